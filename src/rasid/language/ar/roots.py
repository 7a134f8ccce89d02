"""Roots and sounds: what Arabic word forms are built of, and how they are spelt.

A form is built as *sounds* and spelt last, because the seat of a hamza and the shape of a final weak letter
depend on vowels that newspapers do not write. Sounds are a string of Arabic consonants (hamza is always
``ء``) and these Latin letters:

====  =====================================================  =====================
sign  sound                                                  written
====  =====================================================  =====================
a i u short vowels                                           not at all
A I U long vowels                                            ا ي و
Y     long a at the end of a word                            ى (ا after ي)
N     the accusative ending -an                              ا (nothing after اء، أ)
T     the feminine ending                                    ة
====  =====================================================  =====================

A consonant twice in a row is a doubled one and is written once. A word that begins with a vowel begins with
the silent alef (``iنتaقaل``: انتقل).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

WEAK: Final = frozenset("وي")
VOWELS: Final = frozenset("aiuAIUYN")
_RADICALS: Final = frozenset("ءبتثجحخدذرزسشصضطظعغفقكلمنهوي")

# Classes of form I that no rule gives away, by the letters of the root. All other roots follow the rule.
HOLLOW_VOWELS: Final[dict[str, str]] = {
    "خوف": "A",  # خاف يخاف, though the radical is و
    "نوم": "A",
    "كود": "A",  # كاد يكاد
    "نيل": "A",  # نال ينال, though the radical is ي
    "شيء": "A",
    "هيب": "A",
    "حير": "A",
    "غير": "A",
    "عيف": "A",
    "زيل": "A",  # ما زال, لا يزال
    "زول": "UA",  # زال يزول; many write ما زال, لا يزال under this root too
    "خيل": "A",
    "نول": "AU",
}
"""Long vowel(s) of the imperfect of a hollow verb where it is not the one of its middle radical."""

DEFECTIVE_A: Final = frozenset({"سعي", "نهي", "رعي", "نعي", "نءي", "ءبي", "رءي", "طغي", "محي", "نحي", "دهي", "صغي"})
"""Roots whose verb in -ى has the imperfect in -ى (سعى يسعى, not يسعي)."""

DEFECTIVE_I: Final = frozenset({"ولي", "وري"})
"""Roots whose verb in -ي has the imperfect in -ي (ولي يلي, not يولى)."""

KEEPS_WAW: Final = frozenset({"وجل", "وجع", "وحل", "وسخ", "وحش", "وخم", "وعر", "وقح", "وضء", "وبء", "وجه", "وحد"})
"""Roots in و whose form I keeps it in the imperfect (وجل يوجل); the others drop it (وصل يصل)."""

DOUBLED_I: Final = frozenset({"ءنن"})
"""Doubled roots in hamza with i in the imperfect (أنّ يئنّ); elsewhere the vowel changes no letter."""

SHORT_IMPERATIVE: Final = frozenset({"ءخذ", "ءكل", "ءمر"})
"""Roots whose imperative drops the hamza (خذ، كل، مر)."""

# Hamza by what stands before it (rows) and after it (columns: "" the end of the word, C a consonant), with
# the vowel that follows. The first spelling is the rule of the schools, the others are seen in newspapers.
_SEATS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    before: {after: tuple(texts.split()) for after, texts in row.items()}
    for before, row in {
        "": {"a": "أ", "i": "إ", "u": "أ", "A": "آ", "I": "إي", "U": "أو"},
        "a": {
            "": "أ", "C": "أ", "a": "أ", "i": "ئ", "u": "ؤ",
            "A": "آ أا", "I": "ئي", "U": "ؤو أو ءو", "Y": "أى", "N": "أ",
        },
        "i": {
            "": "ئ", "C": "ئ", "a": "ئ", "i": "ئ", "u": "ئ",
            "A": "ئا", "I": "ئي", "U": "ئو", "Y": "ئى", "N": "ئا",
        },
        "u": {
            "": "ؤ", "C": "ؤ", "a": "ؤ", "i": "ئ", "u": "ؤ",
            "A": "ؤا", "I": "ئي", "U": "ؤو ئو", "Y": "ؤى", "N": "ؤا",
        },
        "A": {
            "": "ء", "C": "ء", "a": "ء", "i": "ئ", "u": "ؤ",
            "A": "ءا", "I": "ئي", "U": "ؤو ءو", "Y": "ءى", "N": "ء",
        },
        "I": {
            "": "ء", "C": "ئ", "a": "ئ", "i": "ئ", "u": "ئ",
            "A": "ئا", "I": "ئي", "U": "ئو", "Y": "ئى", "N": "ئا",
        },
        "U": {
            "": "ء", "C": "ء", "a": "ء", "i": "ئ", "u": "ؤ",
            "A": "ءا", "I": "ئي", "U": "ؤو ءو ئو", "Y": "ءى", "N": "ءا",
        },
        "C": {
            "": "ء", "C": "أ", "a": "أ", "i": "ئ", "u": "ؤ",
            "A": "آ", "I": "ئي", "U": "ؤو ئو", "Y": "أى", "N": "ءا",
        },
    }.items()
}  # fmt: skip

_LETTERS: Final = str.maketrans(
    {"a": None, "i": None, "u": None, "A": "ا", "I": "ي", "U": "و", "Y": "ى", "N": "ا", "T": "ة"}
)
_SILENT_ALEF: Final = frozenset("iuIU")  # first vowels that need a letter to lean on
_ENDINGS: Final = frozenset({"", "ن", "ا"})  # what may follow the long vowel of an ending: بدأو، بدأون، بدأوا
_TWIN: Final = re.compile(r"([ء-ي])\1")
_U_BEFORE_Y: Final = re.compile(r"uي(?=[ء-هو])")
_I_BEFORE_W: Final = re.compile(r"iو(?=[ء-هي])")
_TWO_HAMZAS: Final = re.compile(r"^ء([aiu])ء(?=[ء-ي])")


def radicals(root: str) -> tuple[str, ...]:
    """Split ``"ر ف ض"`` into its radicals.

    Raises:
        ValueError: where the root has not three or four radicals, or one of them is not a bare Arabic
            consonant (hamza is written ء, a weak radical و or ي, never ا).
    """
    parts = tuple(root.split())
    if len(parts) not in (3, 4):
        raise ValueError(f"root {root!r} has {len(parts)} radicals, not three or four (separate them by spaces)")
    for part in parts:
        if part not in _RADICALS:
            raise ValueError(f"root {root!r}: {part!r} is no radical (hamza is ء, a weak radical is و or ي)")
    return parts


def spell(sounds: str, *, smooth: bool = True) -> tuple[str, ...]:
    """Write sounds as newspapers do, without vowel marks.

    Args:
        sounds: the notation of this module.
        smooth: let two hamzas at the beginning melt (``ءaءمaن``: آمن).

    Returns:
        The spellings, the regular one first; more than one only for some seats of hamza (بدؤوا، بدأوا).
    """
    if "uي" in sounds:
        sounds = _U_BEFORE_Y.sub("U", sounds)
    if "iو" in sounds:
        sounds = _I_BEFORE_W.sub("I", sounds)
    if "ء" not in sounds:
        return (_letters(_TWIN.sub(r"\1", sounds)),)
    if smooth:
        sounds = _TWO_HAMZAS.sub(lambda found: "ء" + found[1].upper(), sounds)
    return _with_hamzas(_TWIN.sub(r"\1", sounds))


def _letters(sounds: str) -> str:
    """Spell sounds that hold no hamza."""
    text = _tail(sounds.translate(_LETTERS))
    return "ا" + text if sounds[:1] in _SILENT_ALEF else text


def _tail(text: str) -> str:
    """Write a final ى after ي as ا (يحيا, not يحيى)."""
    return text[:-1] + "ا" if text.endswith("يى") else text


def _with_hamzas(sounds: str) -> tuple[str, ...]:
    """Spell sounds that hold at least one hamza: choose the seat of each by its neighbours."""
    pieces = sounds.split("ء")
    texts: tuple[str, ...] = (_letters(pieces[0]),)
    for index, (before, after) in enumerate(pairwise(pieces)):
        follows = after[:1]
        if follows in VOWELS:
            after = after[1:]
        elif follows:
            follows = "C"
        row = _before(before, index)
        if row == "A" and follows == "i" and not after:
            follows = ""  # جاءٍ ends in the bare hamza, for all its vowel
        seats = _SEATS[row][follows]
        rest = _tail(after.translate(_LETTERS))
        if row != "C" and rest not in _ENDINGS:  # بدأوا beside بدؤوا, but never تأامر beside تآمر
            seats = seats[:1]
        texts = tuple(text + seat + rest for text in texts for seat in seats)
    return texts


def _before(piece: str, index: int) -> str:
    """Row of the seat table for a hamza that follows ``piece``."""
    last = piece[-1:]
    if not last:
        return "" if index == 0 else "C"
    return last if last in VOWELS else "C"
