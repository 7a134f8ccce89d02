"""``json`` of a query: one JSON object an event, with what its article is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from rasid.export.base import Item, Options
from rasid.export.jsonl import write_line
from rasid.model import Problem
from rasid.model.plain import record_json


class EventLines:
    """One line an event. Offsets count code points in the text of the article, which is not in it."""

    name = "json"
    suffix = ".jsonl"
    about = "JSON lines, one an event, with the sentence that states it"
    binary = False

    def ready(self, options: Options) -> None:
        """Needs nothing."""

    def write(self, items: Iterable[Item], out: BinaryIO, options: Options) -> None:
        """Write the events of each reading as it comes. Problems have no place in this format."""
        for reading in items:
            if isinstance(reading, Problem):
                continue
            article = reading.article
            for number, record in reading.numbered():
                write_line(
                    out,
                    {
                        "article": article.id,
                        "number": number,
                        "published": article.published.isoformat() if article.published else None,
                        "outlet": article.outlet,
                        "title": article.title,
                        "url": article.url,
                        "text": record.sentence.of(article.text),
                        **record_json(record),
                    },
                )
