"""``plover``: one JSON object an event, in the named fields of PLOVER's data exchange format.

The fields and our extensions are described in ``docs/plover.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import BinaryIO

from rasid import __version__
from rasid.export.acts import event_id, geonames_id, sectors, sentence_numbers
from rasid.export.base import Item, Options
from rasid.export.jsonl import write_line
from rasid.model import Entity, Problem, Reading, Record, Span, Status, Where
from rasid.model.days import first_and_last
from rasid.model.plain import Json, words_json
from rasid.packs.plover import quad_of, score_of

#: PLOVER's marks for events that are not plain fact; they stand in its list of contexts.
MARKS: dict[Status, str] = {
    "planned": "future",
    "hypothetical": "hypothetical",
    "negated": "negation",
    "historical": "historical",
}

#: Ids of our tables that are ids of Wikidata.
_WIKIDATA = re.compile(r"Q[1-9]\d*")


class Plover:
    """One line an event; articles without events have no line."""

    name = "plover"
    suffix = ".jsonl"
    about = "JSON lines, one an event, in PLOVER's named fields"
    binary = False

    def ready(self, options: Options) -> None:
        """Needs nothing."""

    def write(self, items: Iterable[Item], out: BinaryIO, options: Options) -> None:
        """Write the events of each reading as it comes. Problems have no place in this format."""
        for item in items:
            if isinstance(item, Problem):
                continue
            for event in events_json(item, options):
                write_line(out, event)


def events_json(reading: Reading, options: Options) -> Iterable[dict[str, Json]]:
    """The records of a reading as PLOVER events."""
    ids = {number: event_id(reading, record) for number, record in reading.numbered()}
    numbers = sentence_numbers(reading.records)
    for number, record in reading.numbered():
        yield {
            "id": ids[number],
            **_dates(record),
            "actor": [_actor(entity) for entity in record.actor],
            "recipient": [_actor(entity) for entity in record.recipient],
            "event": [record.event],
            "mode": [record.mode] if record.mode else [],
            "context": contexts(record),
            "event_loc": _place(record.place) if record.place else None,
            "event_text": [record.trigger.text],
            "quad_code": quad_of(record.event),
            "event_scale": score_of(record.event, record.mode),
            "size": _size(record),
            "text": record.sentence.of(reading.article.text),
            "text_info": _text_info(record.sentence, numbers[record.sentence]),
            "cite_info": _citation(reading),
            "link": ids.get(record.same_as) if record.same_as else None,
            "coder": f"rasid {__version__}",
            "coded_date": options.coded_on.isoformat() if options.coded_on else None,
            "comment": None,
            "rasid": _extension(reading, record),
        }


def contexts(record: Record) -> list[Json]:
    """PLOVER's contexts of a record, and its mark where the act is not plain fact."""
    return [*record.contexts, *([MARKS[record.status]] if record.status in MARKS else [])]


def _dates(record: Record) -> dict[str, Json]:
    """First and last day of the act. The day of publication is never passed off as the day of the act."""
    ends = first_and_last(record.date.value) if record.date else None
    first, last = ends or (None, None)
    return {
        "date": first.isoformat() if first else None,
        "enddate": last.isoformat() if last and last != first else None,
        "date_fallback": record.date_fallback,
    }


def _actor(entity: Entity) -> dict[str, Json]:
    codes = sectors(entity)
    return {
        "code": entity.country,
        "sector": codes[0] if codes else None,
        "other_sectors": [*codes[1:]],
        "actor_text": entity.words.text,
        "identifier_id": entity.id if entity.id and _WIKIDATA.fullmatch(entity.id) else None,
        "identifier_text": entity.name,
        "rasid_id": entity.id,
        "start": entity.words.span.start,
        "end": entity.words.span.end,
    }


def _place(where: Where) -> dict[str, Json]:
    """A location in the names of GeoNames."""
    return {
        "geonameid": geonames_id(where),
        "name": where.words.text,
        "latitude": where.lat,
        "longitude": where.lon,
        "cc3": where.country,
        "rasid_id": where.id,
        "radius_km": where.radius_km,
        "start": where.words.span.start,
        "end": where.words.span.end,
    }


def _size(record: Record) -> Json:
    sizes: dict[str, Json] = {
        name: value
        for name, value in (
            ("dead", record.dead),
            ("injured", record.injured),
            ("participants", record.size),
        )
        if value is not None
    }
    return sizes or None


def _text_info(sentence: Span, number: int) -> dict[str, Json]:
    return {"sequence": number, "start": sentence.start, "end": sentence.end}


def _citation(reading: Reading) -> dict[str, Json]:
    article = reading.article
    return {
        "citation": article.id,
        "url": article.url,
        "title": article.title,
        "language": article.lang,
        "publication": article.outlet,
        "published": article.published.isoformat() if article.published else None,
        "coder": f"rasid {__version__}",
        "codebook": "PLOVER 2.0 (draft)",
    }


def _extension(reading: Reading, record: Record) -> dict[str, Json]:
    """What PLOVER has no field for."""
    return {
        "status": record.status,
        "source": [
            {
                "name": source.name,
                "kind": source.kind,
                "anonymous": source.anonymous,
                "manner": source.manner,
                "id": source.id,
                "words": words_json(source.words) if source.words else None,
            }
            for source in record.source
        ],
        "quote": record.quote,
        "certainty": record.certainty,
        "trigger": words_json(record.trigger),
        "issue": words_json(record.issue) if record.issue else None,
        "date": _date_words(record),
        "frame": {"id": record.frame.id, "file": record.frame.file, "line": record.frame.line},
        "reasons": list(record.reasons),
        "versions": dict(reading.versions),
    }


def _date_words(record: Record) -> Json:
    if record.date is None:
        return None
    return {
        "value": record.date.value,
        "precision": record.date.precision,
        **words_json(record.date.words),
    }
