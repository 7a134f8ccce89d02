"""Values as plain JSON data, and back.

What is written of a record, in files and in a database, is made here, so that it is the same everywhere; what
was written becomes the same value again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from rasid.model.article import Part
from rasid.model.problem import Problem
from rasid.model.record import Candidate, Count, Entity, FrameRef, Record, Source, When, Where, Words
from rasid.model.span import Span

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


def problem_json(problem: Problem) -> dict[str, Json]:
    """A problem as JSON."""
    return {"where": problem.where, "code": problem.code, "text": problem.text}


def record_json(record: Record) -> dict[str, Json]:
    """A record as JSON: first what gold articles have, then what proves and explains it."""
    return {
        "id": record.id,
        "event": record.event,
        "mode": record.mode,
        "trigger": words_json(record.trigger),
        "actor": [entity_json(entity) for entity in record.actor],
        "recipient": [entity_json(entity) for entity in record.recipient],
        "issue": record.issue.text if record.issue else None,
        "date": record.date.value if record.date else None,
        "date_fallback": record.date_fallback,
        "place": record.place.words.text if record.place else None,
        "status": record.status,
        "source": [source.name for source in record.source],
        "quote": record.quote,
        "dead": record.dead,
        "injured": record.injured,
        "size": record.size,
        "same_as": record.same_as,
        "certainty": record.certainty,
        "contexts": list(record.contexts),
        "sentence": _span(record.sentence),
        "issue_span": words_json(record.issue) if record.issue else None,
        "date_span": _when(record.date) if record.date else None,
        "place_span": _where(record.place) if record.place else None,
        "source_spans": [_source(source) for source in record.source],
        "frame": {"id": record.frame.id, "file": record.frame.file, "line": record.frame.line},
        "reasons": list(record.reasons),
        "counts": [_count(count) for count in record.counts],
    }


def words_json(words: Words) -> dict[str, Json]:
    """Words of the article with their offsets."""
    return {"text": words.text, **_span(words.span)}


def _span(span: Span) -> dict[str, Json]:
    return {"start": span.start, "end": span.end}


def entity_json(entity: Entity) -> dict[str, Json]:
    """An actor or recipient as JSON."""
    return {
        **words_json(entity.words),
        "name": entity.name,
        "country": entity.country,
        "sector": entity.sector,
        "id": entity.id,
        "reason": entity.reason,
        "candidates": [_candidate(candidate) for candidate in entity.candidates],
    }


def _candidate(candidate: Candidate) -> dict[str, Json]:
    return {"id": candidate.id, "score": candidate.score, "reason": candidate.reason}


def _when(when: When) -> dict[str, Json]:
    return {**words_json(when.words), "precision": when.precision, "reason": when.reason}


def _where(where: Where) -> dict[str, Json]:
    return {
        **words_json(where.words),
        "id": where.id,
        "country": where.country,
        "lat": where.lat,
        "lon": where.lon,
        "radius_km": where.radius_km,
        "reason": where.reason,
    }


def _count(count: Count) -> dict[str, Json]:
    return {
        **words_json(count.words),
        "field": count.field,
        "value": count.value,
        "at_least": count.at_least,
        "reason": count.reason,
    }


def _source(source: Source) -> dict[str, Json]:
    """A speaker or outlet; without offsets when the article's text does not name it."""
    where: dict[str, Json] = words_json(source.words) if source.words else {"text": None, "start": None, "end": None}
    return {
        **where,
        "name": source.name,
        "kind": source.kind,
        "anonymous": source.anonymous,
        "manner": source.manner,
        "id": source.id,
        "known_as": source.known_as,
    }


# ---------------------------------------------------------------- and back


def record_of(data: Mapping[str, Any]) -> Record:
    """The record of which `record_json` made `data`: equal to it in every field.

    Raises:
        KeyError: when something of a record is not in it.
    """
    when, where, issue = data["date_span"], data["place_span"], data["issue_span"]
    return Record(
        id=data["id"],
        event=data["event"],
        mode=data["mode"],
        trigger=words_of(data["trigger"]),
        actor=tuple(map(entity_of, data["actor"])),
        recipient=tuple(map(entity_of, data["recipient"])),
        sentence=_span_of(data["sentence"]),
        frame=FrameRef(**data["frame"]),
        issue=words_of(issue) if issue else None,
        date=When(data["date"], words_of(when), when["precision"], when["reason"]) if when else None,
        date_fallback=data["date_fallback"],
        place=_where_of(where) if where else None,
        status=data["status"],
        source=tuple(map(_source_of, data["source_spans"])),
        quote=data["quote"],
        dead=data["dead"],
        injured=data["injured"],
        size=data["size"],
        same_as=data["same_as"],
        certainty=data["certainty"],
        reasons=tuple(data["reasons"]),
        contexts=tuple(data.get("contexts", ())),  # records that were kept before there were contexts have none
        counts=tuple(map(_count_of, data.get("counts", ()))),  # records of before have none
    )


def words_of(data: Mapping[str, Any]) -> Words:
    """Words of the article."""
    return Words(data["text"], _span_of(data))


def _span_of(data: Mapping[str, Any]) -> Span:
    return Span(data["start"], data["end"])


def entity_of(data: Mapping[str, Any]) -> Entity:
    """An actor or recipient."""
    return Entity(
        words=words_of(data),
        name=data["name"],
        country=data["country"],
        sector=data["sector"],
        id=data["id"],
        reason=data["reason"],
        candidates=tuple(Candidate(**candidate) for candidate in data["candidates"]),
    )


def _where_of(data: Mapping[str, Any]) -> Where:
    named = ("id", "country", "lat", "lon", "radius_km", "reason")
    return Where(words_of(data), **{name: data[name] for name in named})


def _count_of(data: Mapping[str, Any]) -> Count:
    return Count(data["field"], data["value"], words_of(data), data["at_least"], data["reason"])


def _source_of(data: Mapping[str, Any]) -> Source:
    words = None if data["start"] is None else words_of(data)
    known = data.get("id"), data.get("known_as")  # records of older versions have neither
    return Source(data["name"], words, data["kind"], data["anonymous"], data["manner"], *known)


def parts_json(parts: Iterable[Part]) -> list[Json]:
    """The parts of a page as lists of kind, start and end."""
    return [[part.kind, part.span.start, part.span.end] for part in parts]


def parts_of(data: Iterable[Any]) -> tuple[Part, ...]:
    """The parts of which `parts_json` made `data`."""
    return tuple(Part(kind, Span(start, end)) for kind, start, end in data)
