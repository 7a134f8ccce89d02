"""Article objects (JSON, rows of Parquet) and texts into articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from rasid.ingest.dates import FIRST_YEAR
from rasid.ingest.encoding import MAX_CHARACTERS
from rasid.ingest.languages import not_arabic
from rasid.ingest.layout import PageLayout
from rasid.ingest.parts import divide
from rasid.model import CODED_PARTS, Article, PartKind, Problem

#: The keys of an article object that are read; all others are ignored.
KEYS = ("id", "text", "title", "published", "outlet", "url")

_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_BREAKS = re.compile(r"[\r\n\v\f\x85\u2028\u2029]+")
_ISO = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:[T ].*)?")


@dataclass(frozen=True, slots=True)
class Raw:
    """An article before it is divided: its text without the title, and what is known about it."""

    where: str
    id: str
    text: str
    title: str | None = None
    published: date | None = None
    outlet: str | None = None
    url: str | None = None
    known: Mapping[int, PartKind] = field(default_factory=dict)


def from_object(value: object, where: str, fallback_id: str, layout: PageLayout) -> Iterator[Raw | Problem]:
    """Read an article object; a key of the wrong type is reported and, unless it is the text, left out."""
    if not isinstance(value, Mapping):
        yield Problem(where, "bad-json", f'expected an article object like {{"id", "text"}}, found {_kind(value)}')
        return
    found: dict[str, str | None] = {}
    for key in ("id", "text", "title", "outlet", "url"):
        item = value.get(key)
        found[key] = item if isinstance(item, str) else None
        if key == "id" and isinstance(item, int) and not isinstance(item, bool):
            found[key] = str(item)
        if item is not None and not isinstance(item, str):
            yield Problem(where, "bad-type", f"key {key!r}: expected a string, found {_kind(item)}{_left_out(key)}")
    published = read_day(value.get("published"), layout)
    if published is None and value.get("published") not in (None, ""):
        yield Problem(
            where,
            "bad-date",
            f"key 'published': expected a day like 2024-09-13, found {_shown(value['published'])}; it is left out",
        )
    text, title = found["text"], found["title"]
    if text is None:
        if value.get("text") is None:
            yield Problem(where, "bad-type", "key 'text': expected a string, found none; the article is left out")
        return
    yield Raw(
        where,
        (found["id"] or "").strip() or fallback_id,
        text,
        title,
        published,
        found["outlet"],
        found["url"],
    )


def to_article(raw: Raw, layout: PageLayout, published: date | None) -> Iterator[Article | Problem]:
    """Make the article of a raw one: its title as a line of its own, its parts, its day.

    Args:
        raw: what was read.
        layout: the compiled tables of pages.
        published: the day that the caller gives, which overrides all others.
    """
    text, title, known = _with_title(raw, layout)
    if not text.strip():
        yield Problem(raw.where, "empty-file", "there is no text in it")
        return
    if len(text) > MAX_CHARACTERS:
        yield too_large(raw.where)
        return
    if _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", text)
        yield Problem(raw.where, "bad-bytes", "half characters (lone surrogates) were replaced by U+FFFD")
    division = divide(text, layout, known=known)
    coded = "\n".join(part.span.of(text) for part in division.parts if part.kind in CODED_PARTS)
    reason = not_arabic(coded or text, layout)
    if reason is not None:
        yield Problem(raw.where, "not-arabic", f"this is no Arabic article: {reason}")
        return
    given = published or raw.published
    yield Article(
        id=raw.id,
        text=text,
        parts=division.parts,
        published=given or division.published,
        published_from="given" if given else "page" if division.published else None,
        outlet=raw.outlet or None,
        url=raw.url or None,
        title=title,
        credits=division.credits,
    )


def too_large(where: str) -> Problem:
    """The diagnosis of a text that is too long for one article."""
    return Problem(
        where,
        "too-large",
        f"longer than {MAX_CHARACTERS:,} characters, the limit for one article: split it, one article a line (.jsonl)",
    )


def _with_title(raw: Raw, layout: PageLayout) -> tuple[str, str | None, dict[int, PartKind]]:
    """The text with the title as its first line, the title, and the kinds of lines that are known."""
    title = _LINE_BREAKS.sub(" ", raw.title or "").strip()
    if not title:
        return raw.text, None, dict(raw.known)
    start = len(raw.text) - len(raw.text.lstrip())
    first = re.split(_LINE_BREAKS, raw.text[start : start + 4 * len(title) + 200], maxsplit=1)[0]
    if layout.fold(first) == layout.fold(title):
        return raw.text, title, {**raw.known, start: "headline"}
    shift = len(title) + 1
    known: dict[int, PartKind] = {at + shift: kind for at, kind in raw.known.items()}
    return f"{title}\n{raw.text}", title, {**known, 0: "headline"}


def read_day(value: Any, layout: PageLayout) -> date | None:
    """A day of an article object: ISO, a date of Parquet, or a day whose month is named."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    iso = _ISO.fullmatch(value.strip())
    if iso is None:
        return _named_day(value, layout)
    try:
        return date(int(iso[1]), int(iso[3]), int(iso[4])) if int(iso[1]) >= FIRST_YEAR else None
    except ValueError:
        return None


def _named_day(value: str, layout: PageLayout) -> date | None:
    """The only day that a string names, unless day and month might be confounded («3/4/2024»)."""
    line = layout.days.read(layout.fold(value)) if len(value) <= 80 else None
    if line is None or line.others or len(line.days) != 1:
        return None
    day = line.days[0][1]
    numeric = not any(char.isalpha() for char in value)
    return None if numeric and day.day <= 12 and day.day != day.month else day


def _left_out(key: str) -> str:
    return {"text": "; the article is left out", "id": ""}.get(key, "; it is left out")


def _kind(value: object) -> str:
    """The type of a JSON value, for people."""
    names = {bool: "true or false", int: "a number", float: "a number", str: "a string", list: "a list"}
    return "nothing (null)" if value is None else names.get(type(value), "an object")


def _shown(value: object) -> str:
    return f"{value[:40]!r}" if isinstance(value, str) else _kind(value)
