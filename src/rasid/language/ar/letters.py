"""Letters of Arabic pages: one matching fold, one composed spelling, both with a map back to the untouched text.

The **fold** is for comparing words; nothing that is shown or stored is folded. It takes off marks that do not change
which word stands there (vowel marks, Quranic marks, tatweel, direction marks and isolates) and joins spellings that
newspapers mix (hamza seats, final ى and ي, ة and ه, Persian ی and ک, presentation forms, digits of all scripts).

The **composed spelling** (Unicode's NFKC, one letter with its marks at a time) is for what the fold hides: إن beside
أن, على beside علي, a written damma. A page may be typed in any normal form; both give the same answer for all.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

#: Dropped by the fold, beside all combining and format characters: tatweel, small letters of the Quran (ۥ ۦ), its
#: signs between verses, the high hamza of Kazakh, fillers. Presentation forms of lone marks are found by their parts.
_DROPPED: Final = frozenset("\u0640\u0674\u06de\u06e5\u06e6\u06e9\u08c9\u115f\u1160\u3164\uffa0")
_DROPPED_CLASSES: Final = frozenset({"Mn", "Me", "Cf"})

_JOINED: Final = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا",
    "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ئ": "ي", "ۍ": "ي", "ۓ": "ي", "ؠ": "ي",
    "ؤ": "و", "ۇ": "و", "ۆ": "و",
    "ة": "ه", "ھ": "ه", "ہ": "ه", "ۀ": "ه", "ە": "ه", "ۃ": "ه", "ۂ": "ه",
    "ک": "ك", "ڪ": "ك", "ګ": "ك",
}  # fmt: skip

#: Letters of Persian and Urdu keyboards that stand for one Arabic letter only. ی is read as ي: it may also be ى.
_ARABIC: Final = str.maketrans("کڪھہەۃی", "ككهههةي")

#: What one mark of punctuation may be written as, by the mark that the analysis reads.
_PUNCTUATION: Final = {
    "،": ",،،、⸲⹁⸴﹐﹑",
    "؛": ";؛⁏⸵",
    "؟": "?؟⸮",
    ".": ".۔。｡",
    ":": ":∶ː꞉",
    "-": "-‐‑‒–—―−⁃─━⸺⸻",
    "%": "%٪",
    "«": "«‹《〈❮❰﴿",
    "»": "»›》〉❯❱﴾",
    '"': "\"“”„‟″‶〝〞〟'’‘‚‛′‵`´❝❞❛❜",
}
_CANONICAL: Final = {mark: norm for norm, marks in _PUNCTUATION.items() for mark in marks}
_DOUBLED: Final = {"<<": "«", ">>": "»", "''": '"', "``": '"', "’’": '"', "‘‘": '"', ",,": '"', "‚‚": '"'}

_SPACES: Final = dict.fromkeys(
    [0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x2026], "."
)  # changed by NFKC, but not for the worse when kept
_NAMES_SPACE: Final = re.compile(r"\s")


def _is_dropped(char: str) -> bool:
    return char in _DROPPED or unicodedata.category(char) in _DROPPED_CLASSES


@lru_cache(maxsize=8192)
def fold_char(char: str) -> str:
    """The fold of one code point: zero, one or (for ligatures) several letters."""
    if _is_dropped(char):
        return ""
    if char in _JOINED:
        return _JOINED[char]
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    plain = unicodedata.normalize("NFKD", char).lower()
    if plain == char:
        return char
    if len(plain) > 1 and plain[0] == " " and all(_is_dropped(c) for c in plain[1:]):
        return ""  # the form of a mark that stands alone
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


def fold_number(text: str) -> str:
    """A number for reading: digits 0 to 9, the Arabic decimal and thousands marks as Latin ones."""
    return fold(text).replace("٫", ".").replace("٬", ",")


def fold_punctuation(text: str) -> str:
    """The one mark that stands for all of its kind: ، for commas, - for dashes, « » or " for quotation marks.

    Curly and single marks come out as ", because pages use “ ” ’ on both sides; an ellipsis is "...".
    """
    if text[0] in ".…" and len(text) + text.count("…") > 1:
        return "..."
    return _DOUBLED.get(text) or _CANONICAL.get(text) or fold(text) or text


# -- the composed spelling -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Composed:
    """A text in composed letters, and where each of them came from.

    Attributes:
        text: the composed text.
        starts, ends: for each character the offsets, in the source, of the letter with its marks that it came from;
            None where the text is its own composed form.
        shift: offset of the source in the article.
    """

    text: str
    starts: tuple[int, ...] | None
    ends: tuple[int, ...] | None
    shift: int = 0

    def start(self, at: int) -> int:
        """The offset in the article at which the character `at` begins."""
        if self.starts is None:
            return self.shift + at
        return self.shift + (self.starts[at] if at < len(self.starts) else self.ends[-1] if self.ends else 0)

    def end(self, at: int) -> int:
        """The offset in the article at which the text before the character `at` ends."""
        if self.ends is None:
            return self.shift + at
        return self.shift + (self.ends[at - 1] if at > 0 else 0)


def compose(text: str, shift: int = 0) -> Composed:
    """`text` in composed letters (NFKC), whatever its normal form, with the way back.

    White space and signs whose compatibility form holds white space (ﷺ) are kept as they are.

    Args:
        text: any text.
        shift: its offset in the article; added to all offsets.
    """
    if unicodedata.is_normalized("NFKC", text.translate(_SPACES)):
        return Composed(text, None, None, shift)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    begin = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and _goes_on(text[begin:end], text[end]):
            continue
        piece = _composed(text[begin:end])
        pieces.append(piece)
        starts += [begin] * len(piece)
        ends += [end] * len(piece)
        begin = end
    return Composed("".join(pieces), tuple(starts), tuple(ends), shift)


@lru_cache(maxsize=16384)
def _composed(cluster: str) -> str:
    if cluster[0].isspace() or cluster[0] == "…":
        return cluster[0] + unicodedata.normalize("NFKC", cluster[1:])
    plain = unicodedata.normalize("NFKC", cluster)
    if _NAMES_SPACE.search(plain):
        return unicodedata.normalize("NFC", cluster)
    return plain


@lru_cache(maxsize=16384)
def _goes_on(cluster: str, char: str) -> bool:
    """Whether `char` belongs to the letter before it: a mark, or a part that melts with it (jamo)."""
    if char < "\u0300":
        return False
    first = unicodedata.normalize("NFKD", char)[0]
    if unicodedata.combining(first):
        return True
    if first < "\u0900":
        return False
    return unicodedata.normalize("NFKC", cluster + first) != unicodedata.normalize("NFKC", cluster) + first


@lru_cache(maxsize=16384)
def written(text: str) -> str:
    """A word as it is written, whatever its normal form: composed letters and vowel marks.

    Tatweel, direction marks and zero-width signs are off; Persian and Urdu ک ھ ہ ۃ ی are ك ه ه ة ي.
    """
    kept = (c for c in compose(text).text.translate(_ARABIC) if c not in _DROPPED and unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFKC", "".join(kept))


@lru_cache(maxsize=16384)
def letters_of(text: str) -> str:
    """The letters of a word as it is written (hamzas, ى, ة), without vowel marks."""
    return "".join(c for c in written(text) if not is_mark(c))


_DAMMA = "\u064f"
_TANWEEN_AT_END = re.compile("\u064b[\u064b-\u065f\u0670]*[اى]?[\u064b-\u065f\u0670]*$")
_FIRST_MARKS = re.compile("[\u064b-\u065f\u0670]*")


def marks_passive(word: str) -> bool:
    """Whether a written damma marks the word as a passive verb («قُتل», «يُقتل»).

    It stands on the first letter, or after a helping alef («اتُهم»).

    Args:
        word: as `written` gives it.
    """
    if len(word) < 3 or word[:1] in "يتنأ":
        return False  # «يُطالب» is active in forms II to IV
    if _DAMMA in _marks_at(word, 1):
        return True
    return word[0] in "اٱ" and any(_DAMMA in _marks_at(word, at) for at in (2, 3))


def begins_with_damma(word: str) -> bool:
    """Whether a damma is written on the first letter («نُقل»): in a perfect it marks the passive.

    Args:
        word: as `written` gives it.
    """
    return _DAMMA in _marks_at(word, 1)


def _marks_at(word: str, at: int) -> str:
    found = _FIRST_MARKS.match(word, at)
    return found.group() if found is not None else ""


def ends_in_tanween(word: str) -> bool:
    """Whether the word is written as an indefinite accusative («لقاءً», «هجومًا»).

    Args:
        word: as `written` gives it.
    """
    return _TANWEEN_AT_END.search(word) is not None
