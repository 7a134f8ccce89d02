"""What acts on an issue say of a party's stance, the words that make a yes conditional, and those that make it none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from rasid.model import EVENT_TYPES, STATUSES
from rasid.packs.errors import PackError
from rasid.packs.tables import Row, data_dir, rows

Stance = Literal["accepts", "accepts with conditions", "offers", "demands", "refuses", "threatens"]
#: All stances, from yes to no.
STANCES: tuple[Stance, ...] = get_args(Stance)

_NONE = "none"


@dataclass(frozen=True, slots=True)
class StanceRule:
    """A row of ``cues/stances.tsv``.

    Attributes:
        event, status: of the record.
        frame: the id of its entry, or the beginning of it when that ends in "/"; "" for all.
        conditions: whether words of condition change the stance.
        several: whether it also counts for several actors together.
        stance: None where the act is no stance.
    """

    event: str
    frame: str
    status: str
    conditions: bool
    several: bool
    stance: Stance | None


@dataclass(frozen=True, slots=True)
class Condition:
    """A row of ``cues/conditions.tsv`` its like: words that count, runs of words that do not, two examples."""

    words: tuple[str, ...]
    never: tuple[str, ...]
    example: str
    near_miss: str


def load_stances() -> tuple[StanceRule, ...]:
    """The rules in order; the first that fits counts.

    Raises:
        PackError: at the first row that is not of the table's form.
    """
    return tuple(map(_rule, rows(_folder() / "stances.tsv")))


def load_conditions() -> tuple[Condition, ...]:
    """The words of condition.

    Raises:
        PackError: when the table is not of its form.
    """
    return _conditions("conditions.tsv")


def load_unreal() -> tuple[Condition, ...]:
    """The words directly before a trigger after which nobody is told to have done it.

    Raises:
        PackError: when the table is not of its form.
    """
    return _conditions("unreal.tsv")


def load_unless() -> tuple[Condition, ...]:
    """The words in what is refused, after which stands what is asked for.

    Raises:
        PackError: when the table is not of its form.
    """
    return _conditions("unless.tsv")


def _conditions(name: str) -> tuple[Condition, ...]:
    return tuple(
        Condition(row.list("words"), row.list("not"), row.get("example"), row.get("near_miss"))
        for row in rows(_folder() / name)
    )


def _folder() -> Path:
    return Path(str(data_dir())) / "ar" / "cues"


def _rule(row: Row) -> StanceRule:
    event, status, stance = row.get("type"), row.get("status"), row.get("stance")
    for value, known in ((event, EVENT_TYPES), (status, STATUSES), (stance, (*STANCES, _NONE))):
        if value not in known:
            raise PackError(row.file, row.line, f"{value!r} is none of {', '.join(known)}")
    return StanceRule(
        event=event,
        frame=row.get("frame"),
        status=status,
        conditions=_yes(row, "conditions"),
        several=_yes(row, "several"),
        stance=None if stance == _NONE else cast(Stance, stance),
    )


def _yes(row: Row, column: str) -> bool:
    if (value := row.get(column)) not in ("yes", "no"):
        raise PackError(row.file, row.line, f"{column} {value!r}: yes or no")
    return value == "yes"
