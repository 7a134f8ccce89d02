"""Words that a page has run together («قناةالميادين», «مقابلةًمع»): two written words with their own spans.

Pages that take links out of their text leave such words. They are found by letters that end a word (ة, ى, tanween)
or begin one (ال) inside a run of letters, and parted only when the run as a whole is unknown and both halves are
words that news has (`Lexicon.level`).
"""

from __future__ import annotations

import re

from rasid.language.ar.letters import compose, fold
from rasid.language.ar.lexicon import Lexicon
from rasid.language.ar.tokenize import Surface
from rasid.model import Span

_MARK = r"\u064b-\u0652\u0670"
_LETTER = r"[\u0621-\u064a]"
#: After one of these a word has ended; before the article one begins.
_SEAM = re.compile(
    rf"(?:(?<={_LETTER}{{2}})(?:ة[{_MARK}]*|ى|اً|ًا|ً)(?={_LETTER}{{2}}))|(?<={_LETTER}{{3}})(?=ال{_LETTER}{{3}})"
)
#: Function words that follow a definite word without a gap («الميادينفي»).
_TAILS = ("بأنّ", "بأن", "أنّ", "إنّ", "أن", "إن", "إلى", "على", "التي", "الذي", "في", "من", "عن")
#: No shorter run of letters is two words.
_LONG = 6
_SHORT = frozenset(
    map(
        fold,
        (
            "في",
            "من",
            "عن",
            "أن",
            "إن",
            "لا",
            "لم",
            "لن",
            "هو",
            "هي",
            "كل",
            "قد",
            "أو",
            "ما",
            "مع",
            "أي",
            "تم",
            "ثم",
            "ضد",
        ),
    )
)
#: First halves that newspapers write with the second («عبدالله»): one name.
_WITH_NAME = frozenset(map(fold, ("عبد", "وعبد", "لعبد", "بعبد", "أبو", "أبي", "أبا", "بنو", "ابن")))
#: A definite word before a tail is at least so common (log2 of its count).
_COMMON = 6


def unglued(surface: Surface, lexicon: Lexicon) -> tuple[Surface, ...]:
    """The words of a surface: itself, or those that were run together. Spans stay slices of the text."""
    if surface.kind != "word" or len(surface.plain) < _LONG:
        return (surface,)
    parts = _parts(surface.plain, lexicon)
    composed = compose(surface.text, surface.span.start)
    if len(parts) == 1 or composed.text != surface.plain:
        return (surface,)
    found, at = [], 0
    for part in parts:
        span = Span(composed.start(at), composed.end(at + len(part)))
        words = surface.text[span.start - surface.span.start : span.end - surface.span.start]
        found.append(Surface(words, span, "word", part))
        at += len(part)
    return tuple(found)


def _parts(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The words of a run of letters; their join is the run."""
    for seam in _SEAM.finditer(word):
        at = seam.end()
        left, right = word[:at], word[at:]
        bare = seam.start() == seam.end()  # only the article tells
        if fold(left) in _WITH_NAME or not _is_word(left, lexicon):
            continue
        if _is_known(word, lexicon, strict=bare):
            return (word,)
        if bare and not (_may_end(left, lexicon) and lexicon.split(fold(right), right).definite):
            continue
        if _is_word(right, lexicon):
            return (left, right)
        rest = _parts(right, lexicon)
        if len(rest) > 1:
            return (left, *rest)
    return _without_tail(word, lexicon)


def _may_end(left: str, lexicon: Lexicon) -> bool:
    """Whether a word may end before an article: neither «الم» of «المالكون» nor «إشك» of «إشكاليات»."""
    article = len(left) < 5 and (left.startswith("ال") or left.endswith("ال"))
    return lexicon.level(left) >= _COMMON and not article


def _without_tail(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """«الميادينفي»: a common definite word and a function word, when together they are no word."""
    if not word.startswith(("ال", "لل", "وال", "بال")) or len(word) < 8:
        return (word,)
    tail = next((t for t in _TAILS if word.endswith(t)), "")
    head = word[: -len(tail)]
    if tail and lexicon.level(head) >= _COMMON and not _is_known(word, lexicon, strict=True):
        return (head, tail)
    return (word,)


def _is_word(text: str, lexicon: Lexicon) -> bool:
    key = fold(text)
    return key in _SHORT if len(key) < 3 else lexicon.level(text) > 0


def _is_known(word: str, lexicon: Lexicon, *, strict: bool) -> bool:
    """Whether news has the word as it stands; `strict`: or the lexicon knows its stem."""
    if lexicon.level(word) > 0:
        return True
    split = lexicon.split(fold(word)) if strict else None
    return split is not None and split.key is not None
