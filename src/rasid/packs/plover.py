"""The PLOVER table: types, modes, quad classes and scores (``data/plover.tsv``)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal, cast, get_args

from rasid.model import EVENT_TYPES, EventType
from rasid.packs.errors import PackError
from rasid.packs.tables import Row, data_dir, rows

Quad = Literal[1, 2, 3, 4]

#: What the four quad classes are called.
QUAD_NAMES: dict[Quad, str] = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}


@dataclass(frozen=True, slots=True)
class PloverKind:
    """A type of event (`mode` None) or one of its modes.

    Attributes:
        quad: its quad class.
        score: on the scale of conflict (-10) and cooperation (+10).
        needs_recipient: whether an act of the type needs a recipient; modes have that of their type.
        meaning: for people, one line.
        note: a slip of the manual that is settled here, or "".
    """

    event: EventType
    mode: str | None
    quad: Quad
    score: float
    needs_recipient: bool
    meaning: str
    note: str


def read_plover(path: Traversable | Path) -> tuple[PloverKind, ...]:
    """Read a PLOVER table.

    Raises:
        PackError: at the first row that is not of the table's form, and when a type is missing.
    """
    found: dict[tuple[str, str | None], PloverKind] = {}
    for row in rows(path):
        kind = _kind(row, found)
        if (kind.event, kind.mode) in found:
            raise PackError(row.file, row.line, f"{kind.event} {kind.mode or 'without mode'} stands here twice")
        found[kind.event, kind.mode] = kind
    if missing := [event for event in EVENT_TYPES if (event, None) not in found]:
        raise PackError("plover.tsv", 0, f"has no row of {', '.join(missing)}")
    return tuple(found.values())


def _kind(row: Row, found: dict[tuple[str, str | None], PloverKind]) -> PloverKind:
    event, mode = row.get("type"), row.get("mode") or None
    if event not in EVENT_TYPES:
        raise PackError(row.file, row.line, f"type {event!r} is none of {', '.join(EVENT_TYPES)}")
    parent = found.get((event, None))
    if mode is not None and parent is None:
        raise PackError(row.file, row.line, f"the row of {event} itself must stand before its modes")
    needs = parent.needs_recipient if parent else _yes(row)
    quad = _quad(row)
    if parent and parent.quad != quad:
        raise PackError(row.file, row.line, f"quad {quad} where {event} itself has {parent.quad}")
    return PloverKind(event, mode, quad, _score(row), needs, row.get("meaning"), row.get("note"))


def _yes(row: Row) -> bool:
    value = row.get("recipient")
    if value not in ("yes", "no"):
        raise PackError(row.file, row.line, f"recipient {value!r}: yes or no")
    return value == "yes"


def _quad(row: Row) -> Quad:
    value = row.get("quad")
    if value not in map(str, get_args(Quad)):
        raise PackError(row.file, row.line, f"quad {value!r}: 1, 2, 3 or 4")
    return cast(Quad, int(value))


def _score(row: Row) -> float:
    try:
        score = float(row.get("score"))
    except ValueError:
        raise PackError(row.file, row.line, f"score {row.get('score')!r} is not a number") from None
    if not -10 <= score <= 10:
        raise PackError(row.file, row.line, f"score {score:g} lies outside -10..10")
    return score


@cache
def plover() -> tuple[PloverKind, ...]:
    """The table that ships with the program, each type before its modes."""
    return read_plover(data_dir() / "plover.tsv")


@cache
def _by_key() -> dict[tuple[str, str | None], PloverKind]:
    return {(kind.event, kind.mode): kind for kind in plover()}


@cache
def modes_of(event: str) -> frozenset[str]:
    """The modes that a type can have; none for a type without modes or an unknown word."""
    return frozenset(_modes(plover(), event))


def _modes(kinds: Iterable[PloverKind], event: str) -> Iterable[str]:
    return (kind.mode for kind in kinds if kind.event == event and kind.mode is not None)


def quad_of(event: EventType) -> Quad:
    """The quad class of a type."""
    return _by_key()[event, None].quad


def score_of(event: EventType, mode: str | None = None) -> float:
    """The score of a type and mode; that of the type alone where the table does not know the mode."""
    kinds = _by_key()
    return kinds.get((event, mode), kinds[event, None]).score
