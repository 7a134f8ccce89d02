"""``records``: one JSON object an article, every value with its offsets in the article's text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from rasid.export.base import Item, Options
from rasid.export.jsonl import write_line
from rasid.model import Article, Problem, Reading
from rasid.model.plain import Json, problem_json, record_json


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
