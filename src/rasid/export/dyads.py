"""``dyad-week``: how many acts of which kind one country did to another in a week, and their scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import BinaryIO

from rasid.export import flat
from rasid.export.acts import Tally, acts, day_of, pairs
from rasid.export.base import Item, Options
from rasid.export.flat import Field, day, number, real, text
from rasid.model import EVENT_TYPES, EventType
from rasid.packs.plover import QUAD_NAMES, Quad, quad_of, score_of

#: Monday of the week, code of the actor's country, code of the recipient's.
Key = tuple[date, str, str]


@dataclass(slots=True)
class _Week:
    """The acts of one pair of countries in one week."""

    types: Counter[EventType] = field(default_factory=Counter)
    scores: list[float] = field(default_factory=list)
    published: int = 0

    def quad(self, quad: Quad) -> int:
        return sum(count for event, count in self.types.items() if quad_of(event) == quad)


_Row = tuple[Key, _Week]


def _iso(monday: date) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"


def _quad(quad: Quad) -> Field[_Row]:
    return number(QUAD_NAMES[quad].replace(" ", "_"), lambda row: row[1].quad(quad))


def _type(event: EventType) -> Field[_Row]:
    return number(event.lower(), lambda row: row[1].types[event])


COLUMNS: tuple[Field[_Row], ...] = (
    text("week", lambda row: _iso(row[0][0])),
    day("week_start", lambda row: row[0][0]),
    text("actor_country", lambda row: row[0][1]),
    text("recipient_country", lambda row: row[0][2]),
    number("events", lambda row: row[1].types.total()),
    *map(_quad, QUAD_NAMES),
    real("score_sum", lambda row: sum(row[1].scores)),
    real("score_mean", lambda row: round(sum(row[1].scores) / len(row[1].scores), 4)),
    *map(_type, EVENT_TYPES),
    number("dated_by_publication", lambda row: row[1].published),
)


class DyadWeek:
    """One row a week and pair of countries that had an act."""

    name = "dyad-week"
    suffix = ".csv"
    about = "one row a week and pair of countries: counts of acts by class and type, sum and mean of scores"
    binary = False

    def ready(self, options: Options) -> None:
        """Check that the layout can be written here."""
        flat.ready(options)

    def write(self, items: Iterable[Item], out: BinaryIO, options: Options) -> None:
        """Count all acts, then write the rows by week and countries; say what was left out."""
        tally = Tally()
        weeks = _counted(items, options, tally)
        flat.write(COLUMNS, sorted(weeks.items(), key=lambda row: row[0]), out, options)
        tally.tell(options, needs_day=True)


def _counted(items: Iterable[Item], options: Options, tally: Tally) -> dict[Key, _Week]:
    weeks: dict[Key, _Week] = {}
    for act in acts(items, options, tally):
        record = act.record
        if record.status == "negated":  # a count has no mark that would tell it from an act
            tally.left_out[record.status] += 1
            continue
        sides = {(a.country, b.country) for a, b in pairs(record) if a and b and a.country and b.country}
        if not sides:
            tally.one_sided += 1
            continue
        first = day_of(act, options, tally)
        if first is None:
            continue
        monday = first - timedelta(days=first.weekday())
        # An act between the same two countries counts once, however many of their people took part.
        for actor, recipient in sorted(sides):
            week = weeks.setdefault((monday, actor or "", recipient or ""), _Week())
            week.types[record.event] += 1
            week.scores.append(score_of(record.event, record.mode))
            week.published += record.date is None
    return weeks
