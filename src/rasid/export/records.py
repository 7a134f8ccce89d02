"""``records``: one JSON object an article, every value with its offsets in the article's text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from rasid.export.base import Item, Options
from rasid.export.jsonl import Json, write_line
from rasid.model import Article, Candidate, Entity, Problem, Reading, Record, Source, Span, When, Where, Words


class Records:
    """One line an article: its text, its records and its problems."""

    name = "records"
    suffix = ".jsonl"
    about = "JSON lines, one an article: text, records with offsets, problems"
    binary = False

    def ready(self, options: Options) -> None:
        """Needs nothing."""

    def write(self, items: Iterable[Item], out: BinaryIO, options: Options) -> None:
        """Write one line for each item as it comes; an input without an article has one with its problem."""
        for item in items:
            write_line(out, _input(item) if isinstance(item, Problem) else article_json(item))


def article_json(reading: Reading) -> dict[str, Json]:
    """A reading as JSON. ``start`` and ``end`` count code points in its ``text``."""
    article = reading.article
    return {
        "id": article.id,
        "published": _iso(article),
        "published_from": article.published_from,
        "outlet": article.outlet,
        "title": article.title,
        "url": article.url,
        "text": article.text,
        "records": [record_json(record) for record in reading.records],
        "problems": [problem_json(problem) for problem in reading.problems],
        "versions": dict(reading.versions),
    }


def _input(problem: Problem) -> dict[str, Json]:
    return {
        "id": problem.where,
        "published": None,
        "text": None,
        "records": [],
        "problems": [problem_json(problem)],
    }


def _iso(article: Article) -> str | None:
    return article.published.isoformat() if article.published else None


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
        "sentence": _span(record.sentence),
        "issue_span": words_json(record.issue) if record.issue else None,
        "date_span": _when(record.date) if record.date else None,
        "place_span": _where(record.place) if record.place else None,
        "source_spans": [_source(source) for source in record.source],
        "frame": {"id": record.frame.id, "file": record.frame.file, "line": record.frame.line},
        "reasons": list(record.reasons),
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


def _source(source: Source) -> dict[str, Json]:
    """A speaker or outlet; without offsets when the article's text does not name it."""
    where: dict[str, Json] = words_json(source.words) if source.words else {"text": None, "start": None, "end": None}
    return {
        **where,
        "name": source.name,
        "kind": source.kind,
        "anonymous": source.anonymous,
        "manner": source.manner,
    }
