"""Which program and which knowledge made a reading."""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path

import rasid
from rasid.packs.tables import data_dir
from rasid.pipeline.kit import pack_files

#: What decides how an article is read; the other folders only hand it in and out.
_READING = ("model", "packs", "language", "events", "resolve", "ingest", "pipeline")


def digest(user: Path | None = None, least: float | None = None) -> str:
    """A digest of the program and of all knowledge, the same wherever they stand on a machine.

    Args:
        user: a folder of the user's own knowledge.
        least: the certainty under which records are left out, which changes what a reading holds.

    Raises:
        OSError: when a file of it cannot be read.
    """
    root = Path(rasid.__file__).parent
    code = sorted(path for folder in _READING for path in (root / folder).rglob("*.py"))
    base = Path(str(data_dir()))
    found = blake2b(digest_size=16)
    _add(found, rasid.__version__.encode())
    if least is not None:
        _add(found, f"at least {least:g}".encode())
    for path in (*code, *pack_files(user)):
        inside = next((n for n, top in enumerate((root, base)) if path.is_relative_to(top)), None)
        name = path.relative_to((root, base)[inside]) if inside is not None else path.relative_to(user or path.parent)
        _add(found, os.fsencode(f"{'user' if inside is None else 'ours'}/{name.as_posix()}"))
        _add(found, path.read_bytes())
    return found.hexdigest()


def _add(found: blake2b, data: bytes) -> None:
    found.update(len(data).to_bytes(8, "little"))
    found.update(data)
