"""A compiled object kept in the user's cache folder, for as long as nothing that it was made from changes.

The file is a pickle. It is read only when it is the user's own and nobody else may write it, its digest fits, and it
names nothing but classes (and one function) of Rasid; any other file counts as absent. Whatever goes wrong with the
folder costs time, never a result: the object is then made anew.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

import rasid

T = TypeVar("T")

#: Where the cache lies: a folder, or ``off``.
VARIABLE = "RASID_CACHE"
_MARK = b"rasid-kit-1\n"
_DIGEST = 32
#: Files kept, the last used first: a few sets of knowledge and versions of the program.
_KEPT = 4
#: Seconds after which a draft that nobody finished is taken away.
_STALE = 3600.0
_FUNCTIONS = frozenset({("rasid.language.ar.letters", "fold")})


def folder() -> Path | None:
    """The folder of the cache: that of ``RASID_CACHE``, else the user's; None for ``off`` or where there is none."""
    wanted = os.environ.get(VARIABLE, "")
    if wanted.lower() == "off":
        return None
    found = Path(wanted) if wanted else platformdirs.user_cache_path("rasid", appauthor=False)
    return found if wanted or found.is_absolute() else None  # without a home, «~» stands for itself


def kept(kind: type[T], sources: Callable[[], Iterable[Path]], name: str, make: Callable[[], T]) -> T:
    """The object that `make` gives, from the cache where nothing it depends on has changed since.

    Args:
        kind: what `make` gives.
        sources: the files that `make` reads; the modules of Rasid are counted among them.
        name: what else it depends on.
        make: gives the object; its errors are passed on, and nothing is kept then.
    """
    place = folder()
    key = _fingerprint(sources, name) if place is not None else None
    if place is None or key is None:
        return make()
    path = place / f"kit-{key}.cache"
    found = _read(path, key)
    if isinstance(found, kind):
        return found
    made = make()
    if _fingerprint(sources, name) == key:  # else a file was changed meanwhile, and the key is not of what was read
        _write(path, key, made)
        _prune(place)
    return made


# -- what the object depends on ------------------------------------------------------------------------


def _fingerprint(sources: Callable[[], Iterable[Path]], name: str) -> str | None:
    """A digest of the program, the interpreter and the contents of the files; None when one cannot be read.

    Contents and not times: two changes within one second, or a file put back, must both be seen. It is some
    megabytes, a hundredth of a second.
    """
    code = sorted(Path(rasid.__file__).parent.rglob("*.py"))
    if not code:
        return None  # run from an archive, or without its source: changes would not be seen
    digest = blake2b(digest_size=16)
    for text in (rasid.__version__, sys.version, name):
        _add(digest, text.encode("utf-8", "surrogateescape"))
    try:
        for path in (*code, *sources()):
            _add(digest, os.fsencode(path))
            _add(digest, path.read_bytes())
    except OSError:
        return None
    return digest.hexdigest()


def _add(digest: blake2b, data: bytes) -> None:
    digest.update(len(data).to_bytes(8, "little"))
    digest.update(data)


# -- files ---------------------------------------------------------------------------------------------


def _read(path: Path, key: str) -> object:
    """The object of a file; None when it is not there, not ours, or damaged."""
    data = _own_bytes(path)
    head = _MARK + key.encode()
    body = memoryview(data)[len(head) + _DIGEST :]
    if not data.startswith(head) or blake2b(body, digest_size=_DIGEST).digest() != data[len(head) :][:_DIGEST]:
        return None
    try:
        found: object = _Unpickler(io.BytesIO(body)).load()
    except Exception:  # a pickle can fail in any way; the object is made anew
        return None
    with contextlib.suppress(OSError):
        os.utime(path)  # used now: pruned last
    return found


def _own_bytes(path: Path) -> bytes:
    """The bytes of a plain file that is the user's and that nobody else may read or write; else none."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(path, flags), "rb") as file:
            return file.read() if _is_own(os.fstat(file.fileno())) else b""
    except OSError:
        return b""


def _is_own(status: os.stat_result) -> bool:
    if not stat.S_ISREG(status.st_mode):
        return False
    if sys.platform == "win32":  # owners and rights are another matter there; the folder is the user's
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & 0o077


def _write(path: Path, key: str, made: object) -> None:
    """Put the object into a file, whole or not at all."""
    body = io.BytesIO()
    _Pickler(body, pickle.HIGHEST_PROTOCOL).dump(made)
    data = body.getbuffer()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        number, draft = tempfile.mkstemp(prefix="kit-", suffix=".draft", dir=path.parent)  # mode 0600
        try:
            with os.fdopen(number, "wb") as file:
                file.write(_MARK + key.encode() + blake2b(data, digest_size=_DIGEST).digest())
                file.write(data)
            Path(draft).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(draft).unlink()
            raise
    except OSError:
        return


def _prune(place: Path) -> None:
    """Take away all but the files used last, and drafts left behind. Another process may be doing the same."""
    now = time.time()
    used: list[tuple[float, Path]] = []
    for path in (*place.glob("kit-*.cache"), *place.glob("kit-*.draft")):
        with contextlib.suppress(OSError):
            used.append((path.stat().st_mtime, path))
    complete = sorted((each for each in used if each[1].suffix == ".cache"), reverse=True)
    stale = [each for each in used if each[1].suffix == ".draft" and now - each[0] > _STALE]
    for _, path in (*complete[_KEPT:], *stale):
        with contextlib.suppress(OSError):
            path.unlink()


# -- pickles -------------------------------------------------------------------------------------------


class _Pickler(pickle.Pickler):
    """Writes a dataclass as a call of its class, which loads twice as fast as a state put in field by field."""

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, type):
            return NotImplemented
        names = getattr(value, "__dataclass_fields__", None)  # `dataclasses.fields` is slow
        return NotImplemented if names is None else (type(value), tuple([getattr(value, n) for n in names]))


class _Unpickler(pickle.Unpickler):
    """Knows the classes of Rasid and nothing else, so that no file can have anything run."""

    def find_class(self, module: str, name: str) -> Any:
        if module.split(".")[0] != "rasid" or "." in name:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in the cache")
        found = super().find_class(module, name)
        if (module, name) not in _FUNCTIONS and not (isinstance(found, type) and found.__module__ == module):
            raise pickle.UnpicklingError(f"{module}.{name} is no class of Rasid")
        return found
