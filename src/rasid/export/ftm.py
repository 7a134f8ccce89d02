"""``ftm``: entities of FollowTheMoney, one a line: articles, parties and events that join them (docs/exports.md).

The lines are plain JSON and need no library; the tests read them with FollowTheMoney's own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from rasid.export.acts import HAPPENED, Act, Tally, acts, event_id
from rasid.export.base import Item, Options
from rasid.export.jsonl import write_line
from rasid.model import Article, Entity, Record
from rasid.model.days import first_and_last
from rasid.model.plain import Json
from rasid.packs.codes import PartyKind, party_kind, two_letters
from rasid.packs.plover import QUAD_NAMES, quad_of

#: The schema of a party. What our tables do not know is only said to be somebody who can act.
_SCHEMATA: dict[PartyKind | None, str] = {
    "person": "Person",
    "public body": "PublicBody",
    "country": "PublicBody",
    "organisation": "Organization",
    None: "LegalEntity",
}

#: ISO 639-3 for the languages of articles, which have ISO 639-1.
_LANGUAGES = {"ar": "ara", "en": "eng", "fr": "fra", "fa": "fas", "he": "heb", "tr": "tur"}


class Ftm:
    """One line an entity, each entity once: an article, a party, an act that happened."""

    name = "ftm"
    suffix = ".jsonl"
    about = "entities of FollowTheMoney as JSON lines: events, parties, articles"
    binary = False

    def ready(self, options: Options) -> None:
        """Needs nothing."""

    def write(self, items: Iterable[Item], out: BinaryIO, options: Options) -> None:
        """Write the entities of each act as it comes; say at the end what was left out."""
        tally = Tally()
        written: set[str] = set()
        for act in acts(items, options, tally):
            for entity in _entities(act, options, tally):
                identifier = str(entity["id"])
                if identifier not in written:
                    written.add(identifier)
                    write_line(out, entity)
        tally.tell(options)


def _entities(act: Act, options: Options, tally: Tally) -> Iterator[dict[str, Json]]:
    article, record = act.reading.article, act.record
    yield _article(article)
    for party in (*record.actor, *record.recipient):
        yield _party(article, party)
    yield _event(act, options, tally)


def _entity(identifier: str, schema: str, properties: dict[str, list[str | None]]) -> dict[str, Json]:
    """An entity without what it has no value for."""
    filled: dict[str, Json] = {}
    for name, values in properties.items():
        # Each value once, in order; texts of white space are no values.
        kept: list[Json] = [*dict.fromkeys(value for value in values if value and value.strip())]
        if kept:
            filled[name] = kept
    return {"id": identifier, "schema": schema, "properties": filled}


def _id(*parts: str | None) -> str:
    """An id that is the same in every run."""
    joined = "\x1f".join(part or "" for part in parts)
    return hashlib.sha1(joined.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def _article_id(article: Article) -> str:
    return _id("article", article.id)


def _party_id(article: Article, party: Entity) -> str:
    """Parties of our tables are the same everywhere; others only within their article, by name and country."""
    if party.id:
        return _id("party", party.id)
    return _id("party", article.id, party.name, party.country)


def _article(article: Article) -> dict[str, Json]:
    published = article.published.isoformat() if article.published else None
    first_line = article.text.lstrip().partition("\n")[0].strip()
    return _entity(
        _article_id(article),
        "Article",
        {
            "title": [article.title or first_line or article.id],
            "publishedAt": [published],
            "publisher": [article.outlet],
            "sourceUrl": [article.url],
            "language": [_LANGUAGES.get(article.lang)],
            "retrievedAt": [article.retrieved.isoformat() if article.retrieved else None],
            "bodyText": [article.text],
        },
    )


def _party(article: Article, party: Entity) -> dict[str, Json]:
    name = party.name if party.name.strip() else party.words.text
    return _entity(
        _party_id(article, party),
        _SCHEMATA[party_kind(party.id)],
        {"name": [name], "country": [_country(party.country)], "sector": [*(party.sector or "").split(";")]},
    )


def _event(act: Act, options: Options, tally: Tally) -> dict[str, Json]:
    article, record = act.reading.article, act.record
    first, last = _days(record, options, tally)
    place = record.place
    return _entity(
        _id("event", event_id(act.reading, record)),
        "Event",
        {
            "name": [_name(record)],
            "startDate": [first],
            "endDate": [last],
            "country": [_country(place.country) if place else None],
            "location": [place.words.text if place else None],
            "involved": [_party_id(article, party) for party in (*record.actor, *record.recipient)],
            "proof": [_article_id(article)],
            "summary": [record.sentence.of(article.text)],
            "keywords": [record.event, record.mode, QUAD_NAMES[quad_of(record.event)], record.status],
            "notes": [*_notes(record)],
            "publisher": [article.outlet],
            "sourceUrl": [article.url],
            "recordId": [event_id(act.reading, record)],
        },
    )


def _name(record: Record) -> str:
    """What people see in a list: the kind of act, who and whom."""
    kind = " ".join(filter(None, (record.event, record.mode)))
    kind = kind if record.status in HAPPENED else f"{kind} ({record.status})"
    who, whom = (", ".join(party.name for party in side) for side in (record.actor, record.recipient))
    return f"{kind}: {who or '?'}" + (f" → {whom}" if whom else "")


def _notes(record: Record) -> Iterator[str]:
    """What the schema has no property for: which side a party was on, on whose word the act stands."""
    for label, side in (("actor", record.actor), ("recipient", record.recipient)):
        yield from (f"{label}: {party.name}" for party in side)
    yield from (f"{source.kind}: {source.name}" for source in record.source)


def _days(record: Record, options: Options, tally: Tally) -> tuple[str | None, str | None]:
    """First and last day, or month or year, as exact as the text is; the schema takes dates of each length."""
    if record.date is not None and first_and_last(record.date.value):
        start, _, end = record.date.value.partition("/")
        return start, end or None
    if record.date is None and record.date_fallback and options.date_fallback:
        tally.published += 1
        return record.date_fallback, None
    tally.undated += 1
    return None, None


def _country(code: str | None) -> str | None:
    """A country as the library writes it: two small letters."""
    letters = two_letters(code)
    return letters.lower() if letters else None
