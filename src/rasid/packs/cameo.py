"""CAMEO codes and Goldstein values of PLOVER types and modes (``data/cameo.tsv``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from rasid.model import EVENT_TYPES, EventType, Status
from rasid.packs.errors import PackError
from rasid.packs.plover import Quad, modes_of
from rasid.packs.tables import Row, data_dir, rows


@dataclass(frozen=True, slots=True)
class Cameo:
    """What CAMEO calls an act.

    Attributes:
        code: two digits of the root and those below it, as text («042», «1831»).
        name: what the code is called.
        goldstein: value of the code on the scale of conflict (-10) and cooperation (+10).
        quad: class of the root: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.
        note: where the two ontologies do not fit, or "".
    """

    code: str
    name: str
    goldstein: float
    quad: Quad
    note: str

    @property
    def root(self) -> str:
        """The first two digits."""
        return self.code[:2]


Key = tuple[str, str, str]

#: Statuses of acts that happened, and that which has rows of its own.
_STATUS: dict[Status, str] = {"actual": "", "ongoing": "", "historical": "", "planned": "planned"}


def quad_of_root(root: str) -> Quad:
    """The class of a CAMEO root, two digits.

    Raises:
        ValueError: when there is no such root.
    """
    number = int(root)
    if not 1 <= number <= 20:
        raise ValueError(f"{root!r} is no root of CAMEO: 01 to 20")
    return 1 if number <= 5 else 2 if number <= 8 else 3 if number <= 13 else 4


def read_cameo(path: Traversable | Path) -> dict[Key, Cameo]:
    """Read a table of codes, by type, mode and status («» or «planned»).

    Raises:
        PackError: at the first row that is not of the table's form, and when a type or a mode is missing.
    """
    found: dict[Key, Cameo] = {}
    for row in rows(path):
        key = _key(row)
        if key in found:
            raise PackError(row.file, row.line, f"{' '.join(filter(None, key))} stands here twice")
        found[key] = _cameo(row)
    for event in EVENT_TYPES:
        for mode in ("", *sorted(modes_of(event))):
            if (event, mode, "") not in found:
                raise PackError("cameo.tsv", 0, f"has no row of {event} {mode}".rstrip())
    return found


def _key(row: Row) -> Key:
    event, mode, status = row.get("type"), row.get("mode"), row.get("status")
    if event not in EVENT_TYPES:
        raise PackError(row.file, row.line, f"type {event!r} is none of {', '.join(EVENT_TYPES)}")
    if mode and mode not in modes_of(event):
        raise PackError(row.file, row.line, f"{event} has no mode {mode!r}")
    if status not in ("", "planned"):
        raise PackError(row.file, row.line, f"status {status!r}: planned, or nothing")
    return event, mode, status


def _cameo(row: Row) -> Cameo:
    code = row.get("code")
    if not re.fullmatch(r"\d{2,4}", code):
        raise PackError(row.file, row.line, f"code {code!r}: two to four digits")
    try:
        goldstein, quad = float(row.get("goldstein")), quad_of_root(code[:2])
    except ValueError as error:
        raise PackError(row.file, row.line, str(error)) from None
    if not -10 <= goldstein <= 10:
        raise PackError(row.file, row.line, f"goldstein {goldstein:g} lies outside -10..10")
    if row.get("quad") != str(quad):
        raise PackError(row.file, row.line, f"quad {row.get('quad')!r}: code {code} is of class {quad}")
    return Cameo(code, row.get("name"), goldstein, quad, row.get("note"))


@cache
def cameo() -> dict[Key, Cameo]:
    """The table that ships with the program."""
    return read_cameo(data_dir() / "cameo.tsv")


def cameo_of(event: EventType, mode: str | None, status: Status) -> Cameo | None:
    """The code of an act: that of its mode, else that of its type.

    None where CAMEO cannot say it: what is negated or hypothetical, and plans that are not cooperation.
    """
    kind = _STATUS.get(status)
    if kind is None:
        return None
    table = cameo()
    return table.get((event, mode or "", kind)) or table.get((event, "", kind))
