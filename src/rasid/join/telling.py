"""What joining sees of a record: who, what, when, where and the words, small enough to hold those of an archive."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rasid.join.named import NONE, Names
from rasid.model import Article, Entity, Record, Span
from rasid.model.days import first_and_last

#: Gives the stems of the content words of a text, in order.
Stems = Callable[[str], tuple[str, ...]]

#: Stems before and after the trigger that are its surroundings.
_BEFORE, _AFTER = 5, 8
#: Stems after the trigger that may name its target.
_FOLLOWING = 6
#: Words after the trigger among which names are looked for.
_TARGET = 14
_WORDS = re.compile(rf"(?:\s*\S+){{0,{_TARGET}}}")
_NUMBER = re.compile(r"(?<![\d/.:-])\d{1,3}(?:[,.]\d{3})*(?![\d/:-])")
#: Letters of an article from its beginning that tell what it is about.
_LEAD = 700


@dataclass(frozen=True, slots=True)
class Party:
    """An actor, a recipient or a speaker: stems of its name and of its whole phrase; `id`, `country` where known.

    `person`: whether the id is that of a human being, of whom two are never one.
    """

    id: str | None
    country: str | None
    sectors: frozenset[str]
    name: frozenset[str]
    phrase: frozenset[str]
    person: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: its id where known, the stems of its words, its point in degrees and how exact that is in km."""

    id: str | None
    country: str | None
    words: frozenset[str]
    lat: float | None
    lon: float | None
    radius_km: float


@dataclass(frozen=True, slots=True)
class Telling:
    """A record, as one article tells an event.

    Attributes:
        key: names the record among all that are joined at once.
        article: number of the article, any that differs between articles.
        number: of the record in its article, from 1.
        outlet, published: of the article.
        event, mode, status: as in the record.
        trigger: stems of the trigger's words.
        frame: id of the entry that found it.
        actor, recipient, speaker: the parties; speakers as far as the record names them.
        first, last: days of the act, where the text dates it.
        place: where, when the text says it.
        words: stems of the sentence; shared by the records of a sentence.
        near: stems around the trigger.
        after: stems after the trigger.
        places, people: ids of the places and people named behind the trigger.
        numbers: written in digits in the trigger and the parties, without their marks of thousands.
        placed: ids of all places of the sentence; shared by the records of a sentence.
        issue: stems of the issue.
        lead: stems of the beginning of the article; shared by its records.
        sentence: where the sentence starts, in code points.
        headline: whether the sentence is the headline.
        dead: number of the dead.
        same_as: number of the record that this one repeats, as the coder of the article says.
    """

    key: int
    article: int
    number: int
    outlet: str | None
    published: date | None
    event: str
    mode: str | None
    status: str
    trigger: frozenset[str]
    frame: str
    actor: tuple[Party, ...]
    recipient: tuple[Party, ...]
    speaker: tuple[Party, ...]
    first: date | None
    last: date | None
    place: Spot | None
    words: frozenset[str]
    near: frozenset[str]
    after: frozenset[str]
    places: frozenset[str]
    people: frozenset[str]
    numbers: frozenset[str]
    placed: frozenset[str]
    issue: frozenset[str]
    lead: frozenset[str]
    sentence: int
    headline: bool
    dead: int | None
    same_as: int | None

    @property
    def day(self) -> date | None:
        """The day that the record is looked up by: the last of the act, or that of publication for want of it."""
        return self.last or self.published


def tellings(
    article: Article,
    records: Iterable[tuple[int, int, Record]],
    number: int,
    stems: Stems,
    places: Names = NONE,
    people: Names = NONE,
    persons: frozenset[str] = frozenset(),
    nations: Names = NONE,
) -> Iterator[Telling]:
    """The records of an article as joining sees them.

    Args:
        article: the article.
        records: key, number in the article and value of each record.
        number: of the article.
        stems: gives the stems of the content words of a text.
        places: the names of places.
        people: the names of people and organisations.
        persons: ids of human beings.
        nations: names and adjectives of countries, with their codes.
    """
    known = _Known(stems, people, persons, nations)
    lead = frozenset(stems(article.text[:_LEAD]))
    sentences: dict[Span, tuple[frozenset[str], frozenset[str]]] = {}
    headline = next((part.span for part in article.parts if part.kind == "headline"), Span(0, 0))
    for key, n, record in records:
        span = record.sentence
        if span not in sentences:
            run = stems(span.of(article.text))
            sentences[span] = frozenset(run), places.within(span.of(article.text))
        trigger = record.trigger.span
        before = stems(article.text[span.start : trigger.start])[-_BEFORE:]
        rest = article.text[trigger.end : span.end]
        after = stems(rest)[:_TARGET]
        target = _WORDS.match(rest)
        behind = target.group() if target else ""
        at = stems(record.trigger.text)
        days = first_and_last(record.date.value) if record.date else None
        yield Telling(
            key=key,
            article=number,
            number=n,
            outlet=article.outlet,
            published=article.published,
            event=record.event,
            mode=record.mode,
            status=record.status,
            trigger=frozenset(at),
            frame=record.frame.id,
            actor=tuple(known.party(entity) for entity in record.actor),
            recipient=tuple(known.party(entity) for entity in record.recipient),
            speaker=tuple(
                known.speaker(source.known_as or source.name)
                for source in record.source
                if source.kind == "speaker" and not source.anonymous
            ),
            first=days[0] if days else None,
            last=days[1] if days else None,
            place=_spot(record, stems),
            words=sentences[span][0],
            near=frozenset((*before, *at, *after[:_AFTER])),
            after=frozenset(after[:_FOLLOWING]),
            places=places.within(behind),
            people=people.within(behind),
            numbers=_numbers(record),
            placed=sentences[span][1],
            issue=frozenset(stems(record.issue.text)) if record.issue else frozenset(),
            lead=lead,
            sentence=span.start,
            headline=headline.contains(span) and len(headline) > 0,
            dead=record.dead,
            same_as=record.same_as,
        )


def _numbers(record: Record) -> frozenset[str]:
    words = (record.trigger.text, *(entity.words.text for entity in (*record.actor, *record.recipient)))
    return frozenset(re.sub("[,.]", "", found) for text in words for found in _NUMBER.findall(text))


@dataclass(frozen=True, slots=True)
class _Known:
    """What makes parties of words."""

    stems: Stems
    people: Names
    persons: frozenset[str]
    nations: Names

    def speaker(self, name: str) -> Party:
        """Who speaks; known by id where his words name one person, or else one body."""
        named = self.people.within(name)
        found = named & self.persons or named
        id = next(iter(found)) if len(found) == 1 else None
        return Party(id, self.nation(name), frozenset(), frozenset(self.stems(name)), frozenset(), id in self.persons)

    def party(self, entity: Entity) -> Party:
        """An actor or a recipient; «دبلوماسيين روس» are of the country that their words name."""
        sectors = frozenset(code.strip() for code in (entity.sector or "").split(";")) - {""}
        phrase = frozenset(self.stems(entity.words.text))
        country = entity.country or self.nation(entity.words.text)
        return Party(entity.id, country, sectors, frozenset(self.stems(entity.name)), phrase, entity.id in self.persons)

    def nation(self, words: str) -> str | None:
        """The country that words name, where they name one."""
        found = self.nations.within(words)
        return next(iter(found)) if len(found) == 1 else None


def _spot(record: Record, stems: Stems) -> Spot | None:
    place = record.place
    if place is None:
        return None
    words = frozenset(stems(place.words.text))
    return Spot(place.id, place.country, words, place.lat, place.lon, place.radius_km or 0.0)
