"""The matching fold of Arabic letters, with a map back to the untouched text.

The fold is for comparing words only; nothing that is shown or stored is folded. It takes off marks that
do not change which word stands there (vowel marks, tatweel, direction marks) and joins spellings that
newspapers mix (hamza seats, final ى and ي, ة and ه, Persian ی and ک).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: Vowel marks, Quranic marks, tatweel, zero-width and direction marks: dropped by the fold.
_DROPPED_RANGES = (
    (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06DC), (0x06DF, 0x06E8), (0x06EA, 0x06ED),
    (0x0640, 0x0640), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x206F), (0xFEFF, 0xFEFF),
    (0x08D3, 0x08FF), (0x00AD, 0x00AD), (0x061C, 0x061C),
)  # fmt: skip

_JOINED = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا",
    "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ئ": "ي", "ۍ": "ي", "ۓ": "ي",
    "ؤ": "و", "ۇ": "و", "ۆ": "و",
    "ة": "ه", "ھ": "ه", "ہ": "ه", "ۀ": "ه", "ە": "ه", "ۃ": "ه", "ۂ": "ه",
    "ک": "ك", "ڪ": "ك", "ګ": "ك",
}  # fmt: skip


def _is_dropped(code: int) -> bool:
    return any(first <= code <= last for first, last in _DROPPED_RANGES)


@lru_cache(maxsize=4096)
def fold_char(char: str) -> str:
    """The fold of one code point: zero, one or (for ligatures) several letters."""
    if _is_dropped(ord(char)):
        return ""
    if char in _JOINED:
        return _JOINED[char]
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    plain = unicodedata.normalize("NFKC", char)
    if plain == char:
        return char.lower()
    return "".join(fold_char(c) for c in plain)


class _Folds(dict[int, str]):
    """Folds by code point for `str.translate`, worked out when a code point is first met."""

    def __missing__(self, code: int) -> str:
        found = self[code] = fold_char(chr(code))
        return found


_FOLDS = _Folds()


def fold(text: str) -> str:
    """`text` folded for matching. Idempotent."""
    return text.translate(_FOLDS)


def fold_map(text: str, start: int = 0) -> tuple[str, tuple[int, ...]]:
    """The fold of `text` and, for each of its letters, the offset of the code point that it came from.

    Args:
        text: any text.
        start: the offset of `text` in the article; added to all offsets.
    """
    letters: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(text, start):
        for letter in fold_char(char):
            letters.append(letter)
            offsets.append(offset)
    return "".join(letters), tuple(offsets)


def is_mark(char: str) -> bool:
    """Whether the fold drops `char` (a vowel mark, tatweel, a direction mark …)."""
    return fold_char(char) == ""


_DAMMA = "\u064f"


def marks_passive(word: str) -> bool:
    """Whether a written damma marks the word as a passive verb («قُتل», «يُقتل»).

    It stands on the first letter, or after a helping alef («اتُهم»).
    """
    at = word.find(_DAMMA, 1, 4)
    if word[:1] in "يتنأ":
        return False  # «يُطالب» is active in forms II to IV
    return len(word) > 2 and (at == 1 or (at > 0 and word[0] in "ا" + "ٱ"))


def ends_in_tanween(word: str) -> bool:
    """Whether the word is written as an indefinite accusative («لقاءً», «هجومًا»)."""
    return "\u064b" in word[-2:]
