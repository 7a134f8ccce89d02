"""Rasid reads Arabic news about conflict and mediation into event records that anyone can check."""

import importlib
from typing import Any

__version__ = "0.1.0"
__all__ = ["Archive", "Events", "__version__", "code", "open"]


def __getattr__(name: str) -> Any:
    """What programs use, loaded when it is first asked for: `import rasid` alone costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'rasid' has no attribute {name!r}")
    return getattr(importlib.import_module("rasid.apps.api"), name)
