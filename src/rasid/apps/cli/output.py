"""Where a command writes: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from rasid.apps.cli.failure import Failure


@contextmanager
def opened(path: Path | None) -> Iterator[BinaryIO]:
    """A stream for the output; standard output when `path` is None.

    A file is written under another name in the same folder and takes its own name at the end, so that
    whatever stops the work leaves the old file, or none. Devices and pipes are written as they are.

    Raises:
        Failure: when the file cannot be written; before any work where that can be known.
    """
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    elif path.exists() and not path.is_file() and not path.is_dir():
        with path.open("wb") as stream:
            yield stream
    else:
        yield from _draft(path)


def _draft(path: Path) -> Iterator[BinaryIO]:
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise Failure(str(path), "is a folder; name a file in it")
    if target.exists() and not os.access(target, os.W_OK):
        raise Failure(str(path), "cannot be written: Permission denied")
    draft = target.with_name(f".rasid-{os.getpid()}-{target.name[:100]}.part")
    try:
        stream = draft.open("xb")
    except OSError as error:
        raise Failure(str(path), f"cannot be written: {error.strerror}") from error
    try:
        with stream:
            yield stream
        if target.exists():
            draft.chmod(stat.S_IMODE(target.stat().st_mode))
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def on_terminal() -> bool:
    """Whether standard output is shown to somebody."""
    return sys.stdout.isatty()
