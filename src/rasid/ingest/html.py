"""Web pages: what is the article on a page, and what its metadata say.

trafilatura decides what is the main text; the characters are taken from the page itself (trafilatura makes
plain spaces of no-break spaces and may join short pages into one line), and the date line, the captions and
the credit, which it leaves out, are added from between and around the main text.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from rasid.ingest.credits import credit_line
from rasid.ingest.layout import PageLayout, strip_edges
from rasid.ingest.objects import Raw, read_day
from rasid.model import PartKind, Problem

#: Elements whose text is not read, and elements that do not break a line.
_SKIPPED_TAGS = (
    "script style noscript template svg button select option iframe head nav footer aside object audio video"
    " textarea math"
)
_INLINE_TAGS = (
    "a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q s small span strong sub sup u var wbr"
    " tt img label"
)
_SKIPPED = frozenset(_SKIPPED_TAGS.split())
_INLINE = frozenset(_INLINE_TAGS.split())
_SPACE = re.compile(r"[ \t\r\n\f]+")
_CAPTION_CLASS = re.compile(r"caption|img-?desc|photo-?desc|image-?desc", re.IGNORECASE)

#: Metadata that name the day of publication, in order of trust.
_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "article:published",
    "publishdate",
    "publish_date",
    "publish-date",
    "pubdate",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "cxenseparse:recs:publishtime",
    "rnews:datepublished",
)
_ARTICLE_TYPES = ("article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "liveblogposting")

#: A page is an article when this much of its main text stands in paragraphs; lists of headlines do not.
_PROSE_SHARE = 0.35
_PARAGRAPH = 12
_SHORTEST = 20
_AFTER = 4


@dataclass(frozen=True, slots=True)
class _Block:
    """A line of a page as a reader sees it: its text and the tags and classes around it."""

    text: str
    folded: str
    heading: bool = False
    caption: bool = False
    item: bool = False


def from_html(page: str, where: str, fallback_id: str, layout: PageLayout) -> Iterator[Raw | Problem]:
    """The article of a page, or the problem that it has none."""
    trafilatura = importlib.import_module("trafilatura")
    tree = trafilatura.load_html(page)
    if tree is None:
        yield Problem(where, "no-article", "this is no HTML page")
        return
    metadata = _metadata(tree)
    blocks = list(_blocks(tree, layout))
    document = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False, favor_recall=False)
    main = _main(document, blocks, layout)
    title = _title(document, blocks, main, metadata, layout)
    if not _is_article(blocks, main, metadata):
        yield Problem(where, "no-article", "no article was found on this page (a front page or a list of headlines?)")
        return
    chosen = _choose(blocks, main, title, layout)
    text, known = _assemble(chosen)
    yield Raw(
        where,
        fallback_id,
        text,
        title,
        _published(tree, metadata, layout),
        _attribute(document, "sitename") or metadata.get("og:site_name"),
        metadata.get("og:url") or _attribute(document, "url"),
        known,
    )


# ---------------------------------------------------------------- the page as lines


def _blocks(tree: Any, layout: PageLayout) -> Iterator[_Block]:
    """The lines of a page, as its block elements cut them."""
    for text, marks in _runs(tree):
        line = _SPACE.sub(" ", text).strip(" ")
        if line.strip():
            yield _Block(line, layout.fold(line), "heading" in marks, "caption" in marks, "item" in marks)


def _runs(tree: Any) -> Iterator[tuple[str, frozenset[str]]]:
    """Runs of text between the edges of block elements, with marks (no recursion: pages nest deeply)."""
    pieces: list[str] = []
    marks: frozenset[str] = frozenset()
    stack: list[tuple[Any, str, frozenset[str]]] = [(tree, "open", frozenset())]
    while stack:
        node, step, inside = stack.pop()
        tag = node.tag.lower() if isinstance(node.tag, str) else "#comment"
        block = tag not in _INLINE and tag != "#comment"
        if step == "open":
            if block:
                yield "".join(pieces), marks
                pieces, marks = [], inside | _marks(node, tag)
            stack.append((node, "close", inside))
            if tag not in _SKIPPED and tag != "#comment":
                pieces.append(node.text or "")
                stack.extend((child, "open", inside | _marks(node, tag)) for child in reversed(node))
        else:
            if block:
                yield "".join(pieces), marks
                pieces, marks = [], inside
            pieces.append((node.tail or "") if node is not tree else "")
    yield "".join(pieces), marks


def _marks(node: Any, tag: str) -> frozenset[str]:
    """What an element says of the text in it."""
    marks = set()
    if re.fullmatch(r"h[1-6]", tag):
        marks.add("heading")
    if tag == "figcaption" or _CAPTION_CLASS.search(node.get("class") or ""):
        marks.add("caption")
    if tag == "li":
        marks.add("item")
    return frozenset(marks)


# ---------------------------------------------------------------- what is the article


def _main(document: Any, blocks: list[_Block], layout: PageLayout) -> set[int]:
    """The numbers of the lines that trafilatura holds for the main text."""
    text = _attribute(document, "text")
    if not text:
        return set()
    whole = layout.fold(text)
    lines = {strip_edges(layout.fold(line)) for line in text.split("\n")}
    return {
        number
        for number, block in enumerate(blocks)
        if strip_edges(block.folded) in lines or (block.folded.count(" ") >= 3 and block.folded in whole)
    }


def _title(
    document: Any, blocks: list[_Block], main: set[int], metadata: dict[str, str], layout: PageLayout
) -> str | None:
    """The headline: the heading that metadata name, else the one above the text, else the page's title."""
    found = metadata.get("og:title") or _attribute(document, "title") or ""
    wanted = layout.fold(found)
    headings = [n for n, block in enumerate(blocks) if block.heading and block.folded.count(" ") >= 2]
    for number in headings:
        if wanted and (blocks[number].folded in wanted or wanted in blocks[number].folded):
            return blocks[number].text
    first = next(iter(_paragraphs(blocks, main)), len(blocks))
    if not any(wanted and block.folded in wanted for block in blocks if block.folded.count(" ") >= 2):
        above = [number for number in headings if number < first and number >= min(main, default=first) - _AFTER]
        if above:
            return blocks[above[-1]].text
    return _SPACE.sub(" ", _attribute(document, "title") or found).strip() or None


def _paragraphs(blocks: list[_Block], main: set[int]) -> list[int]:
    """The numbers of the lines of the main text that read as paragraphs."""
    return [n for n in sorted(main) if blocks[n].folded.count(" ") + 1 >= _PARAGRAPH]


def _is_article(blocks: list[_Block], main: set[int], metadata: dict[str, str]) -> bool:
    """Whether the main text reads as an article: paragraphs, and not mostly lists of short lines."""
    words = {number: blocks[number].folded.count(" ") + 1 for number in main}
    prose = sum(count for number, count in words.items() if count >= _PARAGRAPH and not blocks[number].item)
    total = sum(words.values())
    declared = metadata.get("og:type", "").lower() in _ARTICLE_TYPES
    if prose < _SHORTEST:
        return False
    return prose >= (_PROSE_SHARE / 2 if declared else _PROSE_SHARE) * total


def _choose(
    blocks: list[_Block], main: set[int], title: str | None, layout: PageLayout
) -> list[tuple[_Block, PartKind | None]]:
    """The lines that make the article: date line and captions below the title, main text, credit."""
    wanted = layout.fold(title or "")
    first, last = min(main), max(main)
    body = next(iter(_paragraphs(blocks, main)), first)
    above = [n for n in range(body) if wanted and blocks[n].folded == wanted]
    start = above[-1] + 1 if above else first
    chosen: list[tuple[_Block, PartKind | None]] = []
    seen: set[str] = set()
    for number in range(min(start, first), min(len(blocks), last + 1 + _AFTER)):
        block = blocks[number]
        kind = _kind_of(block, number in main, number > last, layout)
        if block.folded == wanted or (kind == "none" or block.folded in seen):
            continue
        seen.add(block.folded)
        chosen.append((block, None if kind in {"main", "none"} else kind))  # type: ignore[arg-type]
    return chosen


def _kind_of(block: _Block, is_main: bool, after: bool, layout: PageLayout) -> str:
    """What a line below the title is: ``main``, a part that is added, or ``none``."""
    if block.caption and not after:
        return "caption"
    if is_main:
        return "main"
    day = layout.days.read(block.folded) if block.folded.count(" ") < 2 * _PARAGRAPH else None
    if day is not None and day.days and day.others == 0 and not after:
        return "date"
    credit = credit_line(block.text, layout)
    return "credit" if credit is not None and credit.kind == "names" else "none"


def _assemble(chosen: Iterable[tuple[_Block, PartKind | None]]) -> tuple[str, dict[int, PartKind]]:
    """The lines as one text, and the kinds that the page told, by offset."""
    lines: list[str] = []
    known: dict[int, PartKind] = {}
    at = 0
    for block, kind in chosen:
        if kind in {"caption", "date"}:
            known[at + len(block.text) - len(block.text.lstrip())] = kind
        lines.append(block.text)
        at += len(block.text) + 1
    return "\n".join(lines), known


# ---------------------------------------------------------------- metadata


def _metadata(tree: Any) -> dict[str, str]:
    """The ``<meta>`` of a page by lower-case name, the first of each."""
    found: dict[str, str] = {}
    for node in tree.iter("meta"):
        name = node.get("property") or node.get("name") or node.get("itemprop")
        content = (node.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _published(tree: Any, metadata: dict[str, str], layout: PageLayout) -> date | None:
    """The day of publication that metadata name; a day that is only seen is left to the date line."""
    for name in _PUBLISHED:
        day = read_day(metadata.get(name), layout)
        if day is not None:
            return day
    for item in _linked_data(tree):
        day = read_day(item.get("datePublished"), layout)
        if day is not None:
            return day
    for node in tree.iter("time"):
        if node.get("pubdate") is not None or "published" in (node.get("itemprop") or node.get("class") or "").lower():
            return read_day(node.get("datetime"), layout)
    return None


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects of a page."""
    for node in tree.iter("script"):
        if (node.get("type") or "").lower() == "application/ld+json":
            try:
                value = json.loads(node.text or "null", strict=False)
            except (ValueError, RecursionError):
                continue
            items = value if isinstance(value, list) else [value]
            for item in items:
                if isinstance(item, dict):
                    graph = item.get("@graph")
                    yield item
                    yield from (
                        (child for child in graph if isinstance(child, dict)) if isinstance(graph, list) else ()
                    )


def _attribute(document: Any, name: str) -> str | None:
    """A field of what trafilatura found, when it is there."""
    value = getattr(document, name, None)
    return value if isinstance(value, str) and value else None
