from rasid.apps.api import Archive as Archive
from rasid.apps.api import Events as Events
from rasid.apps.api import code as code
from rasid.apps.api import open as open

__version__: str

__all__ = ["Archive", "Events", "__version__", "code", "open"]
