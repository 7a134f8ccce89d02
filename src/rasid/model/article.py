"""An article as it came in: the untouched text and what each part of it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from rasid.model.span import Span

PartKind = Literal["headline", "date", "caption", "summary", "body", "credit", "boilerplate"]
PART_KINDS: tuple[PartKind, ...] = get_args(PartKind)

#: The parts whose sentences are read for events.
CODED_PARTS: frozenset[PartKind] = frozenset({"headline", "caption", "summary", "body"})


@dataclass(frozen=True, slots=True)
class Part:
    """A run of the text (a line or a paragraph) and what it is in the page."""

    kind: PartKind
    span: Span


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `text` is never changed: all offsets of everything else point into it.

    Attributes:
        id: unique within a run.
        text: the whole text, headline first when the page has one.
        parts: what each line is, in order of the text, not overlapping; white space may lie between.
        published: day of publication, or None when nothing says it.
        published_from: how the day is known: ``given`` (option or metadata), ``page`` (a line of the
            page itself) or None.
        outlet: the outlet that published it, when known.
        credits: names in the credit line («(الأناضول، العربي الجديد)»), as written.
        title: the headline when it was given apart from the text (it then is the first line of `text`).
        lang: ISO 639-1 code of the language that the text is in.
    """

    id: str
    text: str
    parts: tuple[Part, ...] = ()
    published: date | None = None
    published_from: str | None = None
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    retrieved: date | None = None
    lang: str = "ar"
    credits: tuple[str, ...] = ()

    def coded(self) -> Iterator[Part]:
        """The parts that may state events, in order of the text."""
        return (part for part in self.parts if part.kind in CODED_PARTS)
