"""What the tables of events count: acts instead of mentions, those that happened, on their day, between two sides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import permutations, product

from rasid.export.base import Item, Options
from rasid.model import CONTEXTS, Entity, EventType, Problem, Reading, Record, Span, Status, Where
from rasid.model.days import first_and_last

#: Statuses of acts that happened or go on.
HAPPENED: frozenset[Status] = frozenset({"actual", "ongoing"})

#: Types whose actors are each other's other side when there is no recipient.
_MUTUAL: frozenset[EventType] = frozenset({"CONSULT", "COOPERATE"})

#: Ids of places in our tables that are ids of GeoNames.
_GEONAMES = re.compile(r"(?:gn|geonames)?[:-]?([1-9]\d*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Act:
    """One act of an article, once, however often the article tells it.

    Attributes:
        reading: the article and all its records.
        record: the first record of the act; what it lacks is taken from the later ones.
        story: number of the article among the inputs of the run, from 1: its line in the format ``records``.
        sentence: number of its sentence among those of the article that state events, from 1.
    """

    reading: Reading
    record: Record
    story: int
    sentence: int


@dataclass(slots=True)
class Tally:
    """What a run left out and why. One object for one run.

    Attributes:
        records: all that were read.
        repeats: records that tell an act of their article again.
        left_out: records without a row, by their status.
        one_sided: acts without a country on each side, where a row needs both.
        undated: acts whose day the text does not give.
        published: acts that have the day of publication instead.
    """

    records: int = 0
    repeats: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    one_sided: int = 0
    undated: int = 0
    published: int = 0

    def tell(self, options: Options, *, needs_day: bool = False) -> None:
        """Say what the user must know of the rows.

        Args:
            options: say where, and what was chosen.
            needs_day: acts without a day have no row.
        """
        for line in self._lines(options, needs_day=needs_day):
            options.say(line)

    def _lines(self, options: Options, *, needs_day: bool) -> Iterator[str]:
        if self.left_out:
            why = ", ".join(f"{status} {count}" for status, count in sorted(self.left_out.items()))
            what = "the format cannot mark them" if options.all_statuses else "--all-statuses writes what can be marked"
            yield f"{self.left_out.total()} of {_count(self.records, 'record')} left out: {why}; {what} [left-out]"
        if self.repeats:
            yield f"{self.repeats} of {_count(self.records, 'record')} tell an act again and have no row [repeats]"
        if self.one_sided:
            yield f"{_count(self.one_sided, 'act')} left out: no country on both sides [one-sided]"
        if self.undated:
            what = "left out" if needs_day else "without a date"
            hint = "" if options.date_fallback else "; --date-fallback takes the day of publication"
            yield f"{_count(self.undated, 'act')} {what}: the text gives no day{hint} [no-day]"
        if self.published:
            yield f"{_count(self.published, 'act')} dated by the day of publication [published]"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def acts(items: Iterable[Item], options: Options, tally: Tally) -> Iterator[Act]:
    """The acts of all readings in order; what is left out is noted in `tally`."""
    for story, item in enumerate(items, start=1):
        if isinstance(item, Problem):
            continue
        sentences = sentence_numbers(item.records)
        for record in _told_once(item, tally):
            if record.status in HAPPENED or options.all_statuses:
                yield Act(item, record, story, sentences[record.sentence])
            else:
                tally.left_out[record.status] += 1


def _told_once(reading: Reading, tally: Tally) -> Iterator[Record]:
    """The first record of each act, filled from those that tell it again."""
    records = reading.records
    tally.records += len(records)
    for number, record in reading.numbered():
        if record.same_as is not None:
            tally.repeats += 1
            continue
        for again in (other for other in records if other.same_as == number):
            record = _filled(record, again)
        yield record


def _filled(record: Record, again: Record) -> Record:
    """`record` with what it lacks and `again`, which tells the same act, has."""
    date_, fallback = record.date, record.date_fallback
    if date_ is None and again.date is not None:
        date_, fallback = again.date, None
    return replace(
        record,
        mode=record.mode or again.mode,
        contexts=tuple(c for c in CONTEXTS if c in record.contexts or c in again.contexts),
        actor=record.actor or again.actor,
        recipient=record.recipient or again.recipient,
        date=date_,
        date_fallback=fallback,
        place=record.place or again.place,
        issue=record.issue or again.issue,
        dead=record.dead if record.dead is not None else again.dead,
        injured=record.injured if record.injured is not None else again.injured,
        size=record.size if record.size is not None else again.size,
    )


def sentence_numbers(records: Iterable[Record]) -> dict[Span, int]:
    """The sentences that state events, numbered from 1 in order of the text."""
    return {span: n for n, span in enumerate(sorted({record.sentence for record in records}), start=1)}


def event_id(reading: Reading, record: Record) -> str:
    """An id that is unique in the data set: that of the record, with that of its article before it."""
    article = reading.article.id
    rest = record.id.removeprefix(article)
    whole = rest != record.id and not rest[:1].isalnum()
    return record.id if whole else f"{article}:{record.id}"


def day_of(act: Act, options: Options, tally: Tally) -> date | None:
    """The day of an act, or the first of its days; noted in `tally` where it is not of the text.

    A month or a year is no day, nor is «next week»; of acts that lasted, it is the first day. The day of publication
    is taken only when `options` want it and the text gives no date at all.
    """
    record = act.record
    if record.date is not None:
        start = record.date.value.partition("/")[0]
        ends = first_and_last(start)
        if ends and ends[0] == ends[1] and record.date.precision != "week":
            return ends[0]
    elif options.date_fallback and record.date_fallback:
        ends = first_and_last(record.date_fallback)
        if ends:
            tally.published += 1
            return ends[0]
    tally.undated += 1
    return None


Pair = tuple[Entity | None, Entity | None]


def pairs(record: Record) -> list[Pair]:
    """Who did it to whom, one by one: each actor with each recipient, None for a side that is not known.

    The parties of a meeting or an exchange without host and guest are all actors: each of them stands with each
    other one, in both directions, as CAMEO data have it.
    """
    if not record.recipient and record.event in _MUTUAL and len(record.actor) > 1:
        return list(permutations(record.actor, 2))
    return list(product(record.actor or (None,), record.recipient or (None,)))


def sectors(entity: Entity | None) -> list[str]:
    """The sectors of a party, the main one first."""
    return [code for part in (entity.sector or "").split(";") if (code := part.strip())] if entity else []


def geonames_id(where: Where | None) -> int | None:
    """The id of a place in GeoNames, where ours is one of theirs."""
    found = _GEONAMES.fullmatch((where.id if where else None) or "")
    return int(found[1]) if found else None
