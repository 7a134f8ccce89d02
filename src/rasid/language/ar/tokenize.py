"""Text into written words, numbers and marks. Clitics are split later, by the lexicon."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

from rasid.language.ar.letters import compose, fold
from rasid.model import Span

#: Vowel marks, Quranic marks, tatweel, zero-width signs, direction marks and isolates: they may stand inside a word.
MARK = (
    r"\u00ad\u0300-\u036f\u0600-\u0605\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u0674\u06d6-\u06ed"
    r"\u070f\u0890\u0891\u0897-\u089f\u08c9-\u08ff\u115f\u1160\u17b4\u17b5\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20f0\u3164\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\uffa0\ufff9-\ufffb\U000e0001-\U000e01ef"
)
#: Of these, what is written into a word and stays with it; the others belong to a word only between its letters.
_VOWEL = (
    r"\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u0674\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    r"\u08c9-\u08e1\u08e3-\u08ff"
)
_ARABIC = r"\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufeff"
_LETTER = rf"(?:(?=[{_ARABIC}])[^\W\d_{MARK}])"
_OTHER = rf"[^\W\d_{MARK}{_ARABIC}]"  # letters of all other scripts
_WORD = rf"{_LETTER}(?:[{MARK}]*{_LETTER})*[{_VOWEL}]*"
_FOREIGN = rf"{_OTHER}(?:(?:{_OTHER}|[{MARK}0-9'’.&-])*(?:{_OTHER}|[0-9]))?[{_VOWEL}]*"
_NUMBER = rf"\d(?:[{MARK}]*\d)*(?:[{MARK}]*[.,٫٬:/][{MARK}]*\d(?:[{MARK}]*\d)*)*"
_PUNCT = rf"(?:\.|…){{2,}}|<<|>>|''|’’|‘‘|``|[^\w\s#{MARK}]"
_TOKEN = re.compile(rf"(?P<word>{_WORD}|{_FOREIGN})|(?P<number>{_NUMBER})|(?P<punct>{_PUNCT})")


@dataclass(frozen=True, slots=True)
class Surface:
    """A written word, number or mark.

    Attributes:
        text: the slice of the article.
        span: in the article.
        kind: word, number or mark of punctuation.
        plain: the same in composed letters, whatever the normal form of the article.
    """

    text: str
    span: Span
    kind: Literal["word", "number", "punct"]
    plain: str


def surfaces(text: str, span: Span) -> tuple[Surface, ...]:
    """The written words, numbers and marks of `span` of the article's `text`, in order.

    Signs that no reader sees (direction marks, zero-width signs) are part of a word between its letters and are left
    out elsewhere. The # and _ of tags («#محمود_عباس») are left out: they part words as white space does.
    """
    composed = compose(span.of(text), span.start)
    found: list[Surface] = []
    until = span.start
    for match in _TOKEN.finditer(composed.text):
        kind = cast("Literal['word', 'number', 'punct']", match.lastgroup)
        here = Span(composed.start(match.start()), composed.end(match.end()))
        if here.start < until or (kind == "punct" and not fold(match.group())):
            continue  # the rest of one sign («½»); a mark that stands alone
        until = here.end
        found.append(Surface(here.of(text), here, kind, match.group()))
    return tuple(found)


def words_of(text: str) -> tuple[str, ...]:
    """The written words and numbers of a short text (a name of a table), without marks."""
    return tuple(s.text for s in surfaces(text, Span(0, len(text))) if s.kind != "punct")
