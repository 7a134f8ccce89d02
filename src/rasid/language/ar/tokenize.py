"""Text into written words, numbers and marks; sentences. Clitics are split later, by the lexicon."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

from rasid.model import Span

_MARKS = r"\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u061c\u00ad"
_LETTERS = (
    r"\u0621-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"
)
_WORD = rf"[{_LETTERS}][{_LETTERS}{_MARKS}]*"
_LATIN = r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f0-9'’.&-]*[A-Za-z\u00c0-\u024f0-9]|[A-Za-z\u00c0-\u024f]"
_NUMBER = r"\d+(?:[.,٫٬:/]\d+)*"
_TOKEN = re.compile(rf"(?P<word>{_WORD}|{_LATIN})|(?P<number>{_NUMBER})|(?P<punct>\.{{2,}}|[^\w\s#])")

#: A sentence ends at one of these, with the closing quotes and brackets after it, before white space.
_END = re.compile(r"(?:[.!?؟۔…]+)(?:[\"»”’)\]]*)(?=\s|$)")
_PARAGRAPH = re.compile(r"(?:[^\n\r\u2028\u2029]|\r?\n(?![^\S\n\r]*\r?\n))+")
_INITIAL = re.compile(r"(?:^|\s)(?:[A-Za-z\u0621-\u064a]|د|أ|م)\.$")


@dataclass(frozen=True, slots=True)
class Surface:
    """A written word, number or mark with its span in the article."""

    text: str
    span: Span
    kind: Literal["word", "number", "punct"]


def surfaces(text: str, span: Span) -> tuple[Surface, ...]:
    """The written words, numbers and marks of `span` of the article's `text`, in order.

    The # and _ of tags («#محمود_عباس») are left out: they part words as white space does.
    """
    found = []
    for match in _TOKEN.finditer(text, span.start, span.end):
        kind = cast("Literal['word', 'number', 'punct']", match.lastgroup)
        found.append(Surface(match.group(), Span(*match.span()), kind))
    return tuple(found)


def sentence_spans(text: str, span: Span) -> tuple[Span, ...]:
    """The sentences of one part of a page.

    An empty line always ends a sentence (a single line end is white space: texts are wrapped). A full stop ends
    one only before white space, and not after an initial («د.») or within a number.
    """
    found: list[Span] = []
    for line in _PARAGRAPH.finditer(text[span.start : span.end]):
        start, end = span.start + line.start(), span.start + line.end()
        here = start
        for stop in _END.finditer(text, start, end):
            if _INITIAL.search(text[here : stop.end()]) is not None:
                continue
            found.append(Span(here, stop.end()))
            here = stop.end()
        found.append(Span(here, end))
    return tuple(s for s in (_strip(text, s) for s in found) if len(s) > 0)


def _strip(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def words_of(text: str) -> tuple[str, ...]:
    """The written words and numbers of a short text (a name of a table), without marks."""
    return tuple(m.group() for m in _TOKEN.finditer(text) if m.lastgroup != "punct")
