"""The columns of the formats that spreadsheets open: one row a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rasid.model import Entity, Problem, Reading, Record
from rasid.packs.plover import QUAD_NAMES, quad_of

Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: its heading.
        width: in characters, for spreadsheets.
        value: what stands in it: reading, number of the record in its article, record.
    """

    name: str
    width: int
    value: Callable[[Reading, int, Record], Value]


def _all(entities: Iterable[Entity], value: Callable[[Entity], str | None]) -> str | None:
    """One value for each entity, in order and parted by bars, so that the columns of a side stay in step."""
    values = [value(entity) or "" for entity in entities]
    return " | ".join(values) if any(values) else None


def _published(reading: Reading) -> str | None:
    day = reading.article.published
    return day.isoformat() if day else None


def _headline(reading: Reading) -> str:
    return reading.article.title or reading.article.text.lstrip().partition("\n")[0].strip()


COLUMNS: tuple[Column, ...] = (
    Column("article", 22, lambda a, n, r: a.article.id),
    Column("record", 7, lambda a, n, r: n),
    Column("published", 11, lambda a, n, r: _published(a)),
    Column("outlet", 16, lambda a, n, r: a.article.outlet),
    Column("headline", 40, lambda a, n, r: _headline(a)),
    Column("type", 11, lambda a, n, r: r.event),
    Column("mode", 13, lambda a, n, r: r.mode),
    Column("quad", 20, lambda a, n, r: QUAD_NAMES[quad_of(r.event)]),
    Column("contexts", 20, lambda a, n, r: " | ".join(r.contexts) or None),
    Column("status", 12, lambda a, n, r: r.status),
    Column("certainty", 8, lambda a, n, r: r.certainty),
    Column("actor", 30, lambda a, n, r: _all(r.actor, lambda e: e.name)),
    Column("actor_country", 10, lambda a, n, r: _all(r.actor, lambda e: e.country)),
    Column("actor_sector", 10, lambda a, n, r: _all(r.actor, lambda e: e.sector)),
    Column("actor_words", 30, lambda a, n, r: _all(r.actor, lambda e: e.words.text)),
    Column("recipient", 30, lambda a, n, r: _all(r.recipient, lambda e: e.name)),
    Column("recipient_country", 10, lambda a, n, r: _all(r.recipient, lambda e: e.country)),
    Column("recipient_sector", 10, lambda a, n, r: _all(r.recipient, lambda e: e.sector)),
    Column("recipient_words", 30, lambda a, n, r: _all(r.recipient, lambda e: e.words.text)),
    Column("issue", 30, lambda a, n, r: r.issue.text if r.issue else None),
    Column("date", 21, lambda a, n, r: r.date.value if r.date else None),
    Column("date_words", 16, lambda a, n, r: r.date.words.text if r.date else None),
    Column("date_fallback", 11, lambda a, n, r: r.date_fallback),
    Column("place", 18, lambda a, n, r: r.place.words.text if r.place else None),
    Column("place_country", 9, lambda a, n, r: r.place.country if r.place else None),
    Column("lat", 9, lambda a, n, r: r.place.lat if r.place else None),
    Column("lon", 9, lambda a, n, r: r.place.lon if r.place else None),
    Column("source", 30, lambda a, n, r: " | ".join(source.name for source in r.source) or None),
    Column("quote", 7, lambda a, n, r: r.quote),
    Column("dead", 7, lambda a, n, r: r.dead),
    Column("injured", 7, lambda a, n, r: r.injured),
    Column("size", 7, lambda a, n, r: r.size),
    Column("same_as", 8, lambda a, n, r: r.same_as),
    Column("trigger", 16, lambda a, n, r: r.trigger.text),
    Column("sentence", 80, lambda a, n, r: r.sentence.of(a.article.text)),
    Column("start", 8, lambda a, n, r: r.trigger.span.start),
    Column("end", 8, lambda a, n, r: r.trigger.span.end),
    Column("frame", 24, lambda a, n, r: f"{r.frame.id} {r.frame.file}:{r.frame.line}"),
    Column("url", 30, lambda a, n, r: a.article.url),
)

PROBLEM_COLUMNS = ("where", "code", "text")


def rows(reading: Reading) -> Iterator[list[Value]]:
    """One row for each record of a reading."""
    for number, record in reading.numbered():
        yield [column.value(reading, number, record) for column in COLUMNS]


def problem_row(problem: Problem) -> list[Value]:
    """The row of a problem, in the order of `PROBLEM_COLUMNS`."""
    return [problem.where, problem.code, problem.text]


#: What a spreadsheet may take as the beginning of a formula, full-width forms included.
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


def runs(value: Value) -> bool:
    """Whether a spreadsheet might run `value` as a formula when it reads it from text. Numbers never do."""
    return isinstance(value, str) and value[:1] in _FORMULA and value != ""
