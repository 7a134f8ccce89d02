"""When two texts, dates or names count as the same: the definitions that the figures rest on.

They are frozen here on purpose and know a few Arabic letters of their own: figures of two versions of the
program can be compared only while the comparison itself stays as it is, whatever the language layer's fold
becomes.
"""

from __future__ import annotations

import calendar
import re
from functools import lru_cache

_FOLD = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىی", "ي"),
        **dict.fromkeys("ةھہ", "ه"),
        "ؤ": "و",
        "ئ": "ي",
        "ک": "ك",
        "ـ": None,
    }
)
_MARKS = re.compile("[\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_WORD = re.compile(r"\w+")
_CLITICS = re.compile(r"(?:[وف]?(?:[بك]?ال|لل)|[وفبلك])(?=\w{3})")
_STOP_WORDS = frozenset(["من", "في", "على", "الى", "عن", "مع", "و", "هذا", "هذه", "ذلك", "التي", "الذي"])
_ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


@lru_cache(maxsize=1 << 16)
def content_words(text: str) -> frozenset[str]:
    """The words of `text` that carry meaning: folded, without the article and one-letter clitics."""
    words = _WORD.findall(_MARKS.sub("", text).translate(_FOLD).lower())
    return frozenset(_bare(word) for word in words if word not in _STOP_WORDS)


def _bare(word: str) -> str:
    while match := _CLITICS.match(word):
        word = word[match.end() :]
    return word


def same_text(a: str | None, b: str | None) -> bool:
    """Whether two phrases say the same.

    They do when they share half of their words, or when all words of one stand in the other, which then has
    at most three times as many. A text without words is the same as nothing.
    """
    first, second = content_words(a or ""), content_words(b or "")
    if not first or not second:
        return False
    shared = len(first & second)
    small, large = sorted((len(first), len(second)))
    return 2 * shared >= len(first | second) or (shared == small and large <= 3 * shared)


def days(value: str | None) -> tuple[str, str] | None:
    """The first and last day of an ISO day, month or year, or of start/end of these; None when it is neither.

    Parts after a second slash are not looked at.
    """
    start, *rest = (value or "").split("/")
    first = _edge(start, last=False)
    last = _edge(rest[0] if rest else start, last=True)
    return (first, last) if first and last else None


def _edge(value: str, *, last: bool) -> str | None:
    """The first or last day of an ISO day, month or year. A day is taken as it is written."""
    match = _ISO.fullmatch(value)
    if not match:
        return None
    year, month, day = match.groups()
    month = month or ("12" if last else "01")
    if day is None and last:
        try:
            day = f"{calendar.monthrange(int(year), int(month))[1]:02d}"
        except ValueError:
            return None
    return f"{year}-{month}-{day or '01'}"
