"""Verb forms of written Arabic: from lemma, root and form to every spelling a newspaper may print.

The ten forms (and those of four radicals) are templates; weak, doubled and hamzated roots change the stem by
a few rules; the endings of a stem are a table. Which of the possible stems a verb has (استجاب or استجوب, دعا
or رضي, اتخذ or ائتلف) is read off its lemma: the first one whose perfect is spelt like the lemma.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from rasid.language.ar.roots import (
    DEFECTIVE_A,
    DEFECTIVE_I,
    DOUBLED_I,
    HOLLOW_VOWELS,
    KEEPS_WAW,
    SHORT_IMPERATIVE,
    VOWELS,
    WEAK,
    radicals,
    spell,
)

Tense: TypeAlias = Literal["perfect", "imperfect", "imperative"]
Mood: TypeAlias = Literal["indicative", "subjunctive", "jussive"]
Voice: TypeAlias = Literal["active", "passive"]
Gender: TypeAlias = Literal["m", "f"]
Number: TypeAlias = Literal["s", "d", "p"]
Shape: TypeAlias = Literal["plain", "accusative", "construct"]


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One spelling of one form of a verb.

    Attributes:
        text: the spelling without vowel marks, with its hamzas.
        tense: perfect, imperfect or imperative.
        mood: of the imperfect only; where moods are spelt alike, the first of indicative, subjunctive and
            jussive.
        voice: active or passive.
        person: 1, 2 or 3.
        gender: None in the first person and the dual of the second.
        number: singular, dual or plural.
    """

    text: str
    tense: Tense
    mood: Mood | None
    voice: Voice
    person: int
    gender: Gender | None
    number: Number


@dataclass(frozen=True, slots=True)
class Participle:
    """One spelling of a participle, without the article.

    Attributes:
        text: the spelling without vowel marks.
        voice: active (مطالب who demands) or passive (مطلوب what is demanded).
        gender: masculine or feminine.
        number: singular, dual or plural (sound plurals only).
        shape: ``accusative`` for the indefinite accusative (مطالبا); ``construct`` for a dual or plural
            before a genitive or pronoun (منفذو، منفذي); ``plain`` for everything else.
    """

    text: str
    voice: Voice
    gender: Gender
    number: Number
    shape: Shape


# ---------------------------------------------------------------------------------------------- templates


@dataclass(frozen=True, slots=True)
class _Template:
    """Stems of a form, each up to the last two radicals, with the vowel between these.

    1 2 3 are radicals, 8 is the first radical melted with the ت of form VIII.
    """

    perfect: tuple[str, str]
    perfect_passive: tuple[str, str]
    imperfect: tuple[str, str]
    imperfect_passive: tuple[str, str]
    prefix: str  # vowel of the prefix of the active imperfect
    participle: str  # vowel of the active participle
    noun: str = ""  # verbal noun up to the last radical but one, where it is regular
    noun_vowel: str = "A"


_TEMPLATES: Final = {
    "I": _Template(("1a", "a"), ("1u", "i"), ("1", "u"), ("1", "a"), "a", "i"),
    "II": _Template(("1a2", "a"), ("1u2", "i"), ("1a2", "i"), ("1a2", "a"), "u", "i", "تa1", "I"),
    "III": _Template(("1A", "a"), ("1U", "i"), ("1A", "i"), ("1A", "a"), "u", "i", "مu1A", "a"),
    "IV": _Template(("ءa1", "a"), ("ءu1", "i"), ("1", "i"), ("1", "a"), "u", "i", "ءi1"),
    "V": _Template(("تa1a2", "a"), ("تu1u2", "i"), ("تa1a2", "a"), ("تa1a2", "a"), "a", "i", "تa1a2", "u"),
    "VI": _Template(("تa1A", "a"), ("تu1U", "i"), ("تa1A", "a"), ("تa1A", "a"), "a", "i", "تa1A", "u"),
    "VII": _Template(("iن1a", "a"), ("uن1u", "i"), ("ن1a", "i"), ("ن1a", "a"), "a", "i", "iن1i"),
    "VIII": _Template(("i8a", "a"), ("u8u", "i"), ("8a", "i"), ("8a", "a"), "a", "i", "i8i"),
    "IX": _Template(("i12a", "a"), ("u12u", "i"), ("12a", "i"), ("12a", "a"), "a", "i", "i12i"),
    "X": _Template(("iستa1", "a"), ("uستu1", "i"), ("ستa1", "i"), ("ستa1", "a"), "a", "i", "iستi1"),
    "QI": _Template(("1a2", "a"), ("1u2", "i"), ("1a2", "i"), ("1a2", "a"), "u", "i", "1a2", "a"),
    "QII": _Template(("تa1a2", "a"), ("تu1u2", "i"), ("تa1a2", "a"), ("تa1a2", "a"), "a", "i", "تa1a2", "u"),
    "QIV": _Template(("i12a3", "a"), ("u12u3", "i"), ("12a3", "i"), ("12a3", "a"), "a", "i", "i12i3"),
}
FORMS: Final = tuple(_TEMPLATES)
"""The forms known here: I to X, QI (سيطر), QII (تدهور) and QIV (اطمأن)."""

_NO_PASSIVE: Final = frozenset({"VII", "IX"})  # their meaning is passive already
_NO_PASSIVE_PARTICIPLE: Final = frozenset({"VII", "IX", "QII", "QIV"})
_CONTRACTS: Final = frozenset({"I", "III", "IV", "VI", "VII", "VIII", "IX", "X", "QIV"})
_HOLLOW: Final = frozenset({"I", "IV", "VII", "VIII", "X"})
_CLUSTERS: Final[dict[str, tuple[str, ...]]] = {
    # how the first radical meets the ت of form VIII; anything else stands beside it
    "ء": ("ءت", "تت"),
    "و": ("تت",),
    "ي": ("تت",),
    "ث": ("ثت", "ثث", "تت"),
    "د": ("دد",),
    "ذ": ("دد", "ذذ", "ذد"),
    "ز": ("زد",),
    "ص": ("صط", "صص"),
    "ض": ("ضط", "ضض"),
    "ط": ("طط",),
    "ظ": ("ظط", "ظظ", "طط"),
}

# ------------------------------------------------------------------------------------------------ endings


@dataclass(frozen=True, slots=True)
class _Slot:
    person: int
    gender: Gender | None
    number: Number


_PERFECT_SLOTS: Final = (
    (_Slot(3, "m", "s"),),
    (_Slot(3, "f", "s"),),
    (_Slot(3, "m", "d"),),
    (_Slot(3, "f", "d"),),
    (_Slot(3, "m", "p"),),
    (_Slot(3, "f", "p"),),
    (_Slot(2, "m", "s"), _Slot(2, "f", "s"), _Slot(1, None, "s")),
    (_Slot(2, None, "d"),),
    (_Slot(2, "m", "p"),),
    (_Slot(2, "f", "p"),),
    (_Slot(1, None, "p"),),
)
_BEFORE_CONSONANT: Final = (
    "ن",
    "ت",
    "تuمA",
    "تuم",
    "تuن",
    "نA",
)  # these take the other stem of hollow and doubled
_PERFECT_ENDINGS: Final[dict[str, tuple[str, ...]]] = {
    "": ("", "aت", "A", "aتA", "Uا", *_BEFORE_CONSONANT),
    "ay": ("Y", "aت", "aيA", "aتA", "aوا", *("aي" + ending for ending in _BEFORE_CONSONANT)),
    "aw": ("A", "aت", "aوA", "aتA", "aوا", *("aو" + ending for ending in _BEFORE_CONSONANT)),
    "iy": ("iي", "iيaت", "iيA", "iيaتA", "Uا", *("I" + ending for ending in _BEFORE_CONSONANT)),
}
_FIRST_CONSONANT: Final = 5  # index of the first ending that takes the stem before consonants

# Endings of the imperfect: the bare form, its jussive, then those that differ in defective verbs only.
_Imperfect: TypeAlias = tuple[str, str, str, str, str, str, str, str, str]
_IMPERFECT_ENDINGS: Final[dict[str, _Imperfect]] = {
    #      bare jussive  dual           plural        feminine     feminine plural
    "": ("", "", "Aن", "A", "Uن", "Uا", "Iن", "I", "ن"),
    "iy": ("I", "i", "iيAن", "iيA", "Uن", "Uا", "Iن", "I", "Iن"),
    "uw": ("U", "u", "uوAن", "uوA", "Uن", "Uا", "Iن", "I", "Uن"),
    "aY": ("Y", "a", "aيAن", "aيA", "aون", "aوا", "aين", "aي", "aين"),
}
_BARE: Final = (
    ("ي", (_Slot(3, "m", "s"),)),
    ("ت", (_Slot(3, "f", "s"), _Slot(2, "m", "s"))),
    ("ء", (_Slot(1, None, "s"),)),
    ("ن", (_Slot(1, None, "p"),)),
)
_DUAL: Final = (("ي", (_Slot(3, "m", "d"),)), ("ت", (_Slot(3, "f", "d"), _Slot(2, None, "d"))))
_MASCULINE: Final = (("ي", (_Slot(3, "m", "p"),)), ("ت", (_Slot(2, "m", "p"),)))
_FEMININE: Final = (("ت", (_Slot(2, "f", "s"),)),)
_FEMININES: Final = (("ي", (_Slot(3, "f", "p"),)), ("ت", (_Slot(2, "f", "p"),)))
# (index of the ending, stem before consonants?, mood, prefixes with the persons they stand for)
_IMPERFECT_ROWS: Final[tuple[tuple[int, bool, Mood, tuple[tuple[str, tuple[_Slot, ...]], ...]], ...]] = (
    (0, False, "indicative", _BARE),
    (2, False, "indicative", _DUAL),
    (4, False, "indicative", _MASCULINE),
    (6, False, "indicative", _FEMININE),
    (8, True, "indicative", _FEMININES),
    (3, False, "subjunctive", _DUAL),
    (5, False, "subjunctive", _MASCULINE),
    (7, False, "subjunctive", _FEMININE),
    (1, True, "jussive", _BARE),
)
_IMPERATIVE_ROWS: Final = (
    (1, True, _Slot(2, "m", "s")),
    (7, False, _Slot(2, "f", "s")),
    (3, False, _Slot(2, None, "d")),
    (5, False, _Slot(2, "m", "p")),
    (8, True, _Slot(2, "f", "p")),
)
_Endings: TypeAlias = tuple[tuple[str, Gender, Number, Shape], ...]
_FEMININE_SOUND: Final[_Endings] = (
    ("aT", "f", "s", "plain"),
    ("aتAن", "f", "d", "plain"),
    ("aتaين", "f", "d", "plain"),
    ("aتA", "f", "d", "construct"),
    ("aتaي", "f", "d", "construct"),
    ("Aت", "f", "p", "plain"),
)
_PARTICIPLE_ENDINGS: Final[dict[str, _Endings]] = {
    "": (
        ("", "m", "s", "plain"),
        ("N", "m", "s", "accusative"),
        ("Aن", "m", "d", "plain"),
        ("aين", "m", "d", "plain"),
        ("A", "m", "d", "construct"),
        ("aي", "m", "d", "construct"),
        ("Uن", "m", "p", "plain"),
        ("Iن", "m", "p", "plain"),
        ("U", "m", "p", "construct"),
        ("I", "m", "p", "construct"),
        *_FEMININE_SOUND,
    ),
    "iy": (  # قاضٍ: قاض، قاضي، قاضيا
        ("i", "m", "s", "plain"),
        ("I", "m", "s", "plain"),
        ("iيN", "m", "s", "accusative"),
        ("iيAن", "m", "d", "plain"),
        ("iيaين", "m", "d", "plain"),
        ("iيA", "m", "d", "construct"),
        ("iيaي", "m", "d", "construct"),
        ("Uن", "m", "p", "plain"),
        ("Iن", "m", "p", "plain"),
        ("U", "m", "p", "construct"),
        ("I", "m", "p", "construct"),
        *(("iي" + text, gender, number, shape) for text, gender, number, shape in _FEMININE_SOUND),
    ),
    "aY": (  # مستشفى: the accusative is spelt alike
        ("Y", "m", "s", "plain"),
        ("aيAن", "m", "d", "plain"),
        ("aيaين", "m", "d", "plain"),
        ("aيA", "m", "d", "construct"),
        ("aيaي", "m", "d", "construct"),
        ("aون", "m", "p", "plain"),
        ("aين", "m", "p", "plain"),
        ("aو", "m", "p", "construct"),
        ("aي", "m", "p", "construct"),
        ("AT", "f", "s", "plain"),
        ("AتAن", "f", "d", "plain"),
        ("Aتaين", "f", "d", "plain"),
        ("AتA", "f", "d", "construct"),
        ("Aتaي", "f", "d", "construct"),
        ("aيAت", "f", "p", "plain"),
    ),
}

# -------------------------------------------------------------------------------------------------- stems

_Kind: TypeAlias = Literal["sound", "hollow", "doubled", "defective"]


@dataclass(frozen=True, slots=True)
class _Stem:
    """A stem before vowels, the same before consonants, and which set of endings it takes."""

    vowel: str
    consonant: str
    endings: str = ""


@dataclass(frozen=True, slots=True)
class _Plan:
    """One way in which a root can fill a form; its lemma tells which one a verb follows."""

    kind: _Kind
    vowel: str = "a"  # form I: vowel of the perfect
    endings: str = "ay"  # form I: endings of the defective perfect
    cluster: str = ""  # form VIII: first radical with ت


@dataclass(frozen=True, slots=True)
class _Verb:
    """A verb with its plan settled."""

    root: tuple[str, ...]
    form: str
    plan: _Plan

    def stem(self, which: tuple[str, str], *, perfect: bool, plan: _Plan | None = None) -> _Stem:
        """Fill a template with the radicals and apply the changes of the verb's kind."""
        lead, vowel = self.fill(which[0]), which[1]
        last, end = self.tail
        kind = (plan or self.plan).kind
        if kind == "defective":
            back = "iy" if vowel == "i" else "ay" if perfect else "aY"
            return _Stem(lead + last, lead + last, back)
        if kind == "hollow":
            head = lead
            if lead[-1:] == "a":
                head, vowel = lead[:-1], "a"
            elif lead[-1:] == "u":
                head, vowel = lead[:-1], "i"
            return _Stem(head + vowel.upper() + end, head + vowel + end)
        whole = lead + last + vowel + end
        if kind == "doubled":
            open_ = lead[-1:] in VOWELS
            return _Stem(lead + last + end if open_ else lead + vowel + last + end, whole)
        return _Stem(whole, whole)

    def fill(self, pattern: str) -> str:
        """Put the radicals into a pattern."""
        table = {ord(str(place)): radical for place, radical in enumerate(self.root, 1)}
        table[ord("8")] = self.plan.cluster
        return pattern.translate(table)

    @property
    def tail(self) -> tuple[str, str]:
        """The last two radicals of the pattern (IX and QIV double the last one)."""
        return (self.root[-1], self.root[-1]) if self.form in ("IX", "QIV") else (self.root[-2], self.root[-1])

    @property
    def letters(self) -> str:
        """The root as one word, the key of the lists of classes."""
        return "".join(self.root)

    @property
    def sees(self) -> bool:
        """Is this رأى or أرى, which lose their hamza?"""
        return self.letters == "رءي"


def _perfect(verb: _Verb) -> _Stem:
    """Active stem of the perfect."""
    lead, vowel = _TEMPLATES[verb.form].perfect
    if verb.form != "I":
        if verb.form == "IV" and verb.sees:
            return _Stem("ءaر", "ءaر", "ay")
        return verb.stem((lead, vowel), perfect=True)
    plan = verb.plan
    if plan.kind == "defective":
        base = verb.fill("1a2")
        return _Stem(base, base, plan.endings)
    if plan.kind == "hollow":
        short = "u" if _hollow_vowels(verb)[0] == "U" else "i"
        return _Stem(verb.fill("1A3"), verb.fill(f"1{short}3"))
    return verb.stem((lead, plan.vowel), perfect=True)


def _perfect_passive(verb: _Verb) -> _Stem:
    """Passive stem of the perfect."""
    if verb.form == "IV" and verb.sees:
        return _Stem("ءuر", "ءuر", "iy")
    lead, vowel = _TEMPLATES[verb.form].perfect_passive
    if verb.form in ("QI", "QII") and verb.root[1] == "ي":
        lead = lead.replace("u2", "i2")  # newspapers keep the letter: سيطر, not سوطر
    return verb.stem((lead, vowel), perfect=True)


def _imperfects(verb: _Verb) -> tuple[_Stem, ...]:
    """Active stems of the imperfect, without prefix; two where both are in use (يزول، يزال)."""
    lead, vowel = _TEMPLATES[verb.form].imperfect
    if verb.sees and verb.form in ("I", "IV"):
        return (_Stem("ر", "ر", "aY" if verb.form == "I" else "iy"),)
    if verb.form != "I":
        return (verb.stem((lead, vowel), perfect=False),)
    plan = verb.plan
    if plan.kind == "hollow":
        return tuple(_Stem(verb.fill(f"1{long}3"), verb.fill(f"1{long.lower()}3")) for long in _hollow_vowels(verb))
    if _drops_waw(verb):
        lead = ""
    if plan.kind == "defective":
        base = verb.fill(lead + "2")
        return (_Stem(base, base, _defective_endings(verb)),)
    return (verb.stem((lead, _imperfect_vowel(verb)), perfect=False),)


def _imperfect_passive(verb: _Verb) -> _Stem:
    """Passive stem of the imperfect, without prefix."""
    if verb.sees and verb.form in ("I", "IV"):
        return _Stem("ر", "ر", "aY")
    return verb.stem(_TEMPLATES[verb.form].imperfect_passive, perfect=False)


def _hollow_vowels(verb: _Verb) -> str:
    """Long vowels of the imperfect of a hollow verb of form I."""
    return HOLLOW_VOWELS.get(verb.letters, "U" if verb.root[1] == "و" else "I")


def _drops_waw(verb: _Verb) -> bool:
    """Does this verb of form I lose its first radical in the imperfect (يصل)?"""
    return verb.root[0] == "و" and verb.plan.kind != "doubled" and verb.letters not in KEEPS_WAW


def _defective_endings(verb: _Verb) -> str:
    """Endings of the imperfect of a defective verb of form I."""
    match verb.plan.endings:
        case "aw":
            return "uw"
        case "iy":
            return "iy" if verb.letters in DEFECTIVE_I else "aY"
        case _:
            return "aY" if verb.letters in DEFECTIVE_A else "iy"


def _imperfect_vowel(verb: _Verb) -> str:
    """Vowel of the imperfect of form I; written only through the seat of a hamza."""
    if verb.plan.vowel in ("u", "i"):
        return "u" if verb.plan.vowel == "u" else "a"
    if verb.plan.kind == "doubled":
        return "i" if verb.letters in DOUBLED_I else "u"
    if _drops_waw(verb) and verb.root[2] != "ء":
        return "i"
    return "a" if "ء" in verb.root[1:] else "u"


def _plans(root: tuple[str, ...], form: str) -> Iterator[_Plan]:
    """All ways in which a root can fill a form, the most regular first."""
    clusters = _CLUSTERS.get(root[0], (root[0] + "ت",)) if form == "VIII" else ("",)
    last, end = (root[-1], root[-1]) if form in ("IX", "QIV") else (root[-2], root[-1])
    for cluster in clusters:
        if end in WEAK and form not in ("IX", "QIV"):
            first, second = ("aw", "ay") if end == "و" else ("ay", "aw")
            for endings in (first, "iy", second) if form == "I" else ("ay",):
                yield _Plan("defective", endings=endings, cluster=cluster)
            continue
        if last == end and form in _CONTRACTS:
            yield _Plan("doubled", cluster=cluster)
        elif last in WEAK and form in _HOLLOW:
            yield _Plan("hollow", cluster=cluster)
        for vowel in "aiu" if form == "I" else "a":
            yield _Plan("sound", vowel=vowel, cluster=cluster)


def _lemmas(verb: _Verb) -> tuple[str, ...]:
    """Spellings of the perfect, third person masculine singular."""
    stem = _perfect(verb)
    return spell(stem.vowel + _PERFECT_ENDINGS[stem.endings][0])


def _candidates(root: str, form: str) -> Iterator[_Verb]:
    """Every verb that a root can make in a form."""
    parts = radicals(root)
    if form not in _TEMPLATES:
        raise ValueError(f"form {form!r} is none of {', '.join(FORMS)}")
    if len(parts) != (4 if form.startswith("Q") else 3):
        raise ValueError(f"form {form} takes {'four' if form.startswith('Q') else 'three'} radicals, not {root!r}")
    for plan in _plans(parts, form):
        yield _Verb(parts, form, plan)


@lru_cache(maxsize=16)  # its forms, participles and nouns are asked for one after the other
def _verb(lemma: str, root: str, form: str) -> _Verb:
    """The verb that is spelt like its lemma."""
    for verb in _candidates(root, form):
        if lemma in _lemmas(verb):
            return verb
    expected = "، ".join(lemmas_of(root, form))
    raise ValueError(f"lemma {lemma} does not fit root {root} in form {form} (expected {expected})")


# ------------------------------------------------------------------------------------------------- public


def lemmas_of(root: str, form: str) -> tuple[str, ...]:
    """All lemmas a root can have in a form, the most regular first.

    Raises:
        ValueError: where the root or the form is not well written.
    """
    return tuple(dict.fromkeys(text for verb in _candidates(root, form) for text in _lemmas(verb)[:1]))


def check_lemma(lemma: str, root: str, form: str) -> str | None:
    """Say what is wrong with a lemma, root and form that stand together; None where they fit."""
    try:
        _verb(lemma, root, form)
    except ValueError as error:
        return str(error)
    return None


def conjugate(lemma: str, root: str, form: str) -> tuple[VerbForm, ...]:
    """All forms of a verb: perfect, imperfect and imperative, active and passive, in every person.

    Args:
        lemma: perfect, third person masculine singular, with its hamzas and without vowel marks.
        root: radicals separated by spaces, hamza written ء.
        form: I to X, QI, QII or QIV.

    Returns:
        The forms, each spelling once for the same tense, voice and person. Forms VII and IX get no passive.

    Raises:
        ValueError: where lemma, root and form do not fit (see `check_lemma`).
    """
    verb = _verb(lemma, root, form)
    found: dict[tuple[str, Tense, Voice, _Slot], VerbForm] = {}

    def add(text: str, tense: Tense, mood: Mood | None, voice: Voice, slot: _Slot) -> None:
        key = (text, tense, voice, slot)
        if key not in found:
            found[key] = VerbForm(text, tense, mood, voice, slot.person, slot.gender, slot.number)

    for slot, text in _conjugate_perfect(_perfect(verb)):
        add(text, "perfect", None, "active", slot)
    prefix = _TEMPLATES[form].prefix
    active = _imperfects(verb)
    for stem in active:
        for mood, slot, text in _conjugate_imperfect(stem, prefix):
            add(text, "imperfect", mood, "active", slot)
    if form not in _NO_PASSIVE:
        for slot, text in _conjugate_perfect(_perfect_passive(verb)):
            add(text, "perfect", None, "passive", slot)
        for mood, slot, text in _conjugate_imperfect(_imperfect_passive(verb), "u"):
            add(text, "imperfect", mood, "passive", slot)
    for stem in active:
        for slot, text in _conjugate_imperative(verb, stem):
            add(text, "imperative", None, "active", slot)
    return tuple(found.values())


def participles(lemma: str, root: str, form: str) -> tuple[Participle, ...]:
    """Active and passive participles, in gender, number and shape, without the article.

    Raises:
        ValueError: where lemma, root and form do not fit (see `check_lemma`).
    """
    verb = _verb(lemma, root, form)
    found: dict[Participle, None] = {}
    voices: list[tuple[Voice, _Stem]] = [("active", _active_participle(verb))]
    if form not in _NO_PASSIVE_PARTICIPLE:
        voices.append(("passive", _passive_participle(verb)))
    for voice, stem in voices:
        for ending, gender, number, shape in _PARTICIPLE_ENDINGS[stem.endings]:
            for text in spell(stem.vowel + ending):
                found[Participle(text, voice, gender, number, shape)] = None
    return tuple(found)


def verbal_noun(lemma: str, root: str, form: str) -> str | None:
    """The regular verbal noun, singular; None for form I, whose verbal nouns follow no rule.

    Forms V and VI of defective roots end in ي (تولي), as with article or genitive; the indefinite lacks it.

    Raises:
        ValueError: where lemma, root and form do not fit (see `check_lemma`).
    """
    verb = _verb(lemma, root, form)
    return None if form == "I" else spell(_noun_sounds(verb))[0]


def before_suffix(text: str) -> tuple[str, ...]:
    """The shapes a word takes before a pronoun suffix: التقى+هم is التقاهم, أصدقاء+ه is أصدقاؤه or أصدقائه.

    The word is one of its own (a verb form or a noun), not a preposition (إلى, على).
    """
    head, last = text[:-1], text[-1:]
    if last == "ى":
        return (head[:-1] + "آ",) if head.endswith("أ") else (head + "ا",)
    if last == "ة":
        return (head + "ت",)
    if len(text) > 2 and text.endswith("وا"):
        return (head,)
    if last == "ء":
        if head.endswith("ي"):
            return (head + "ئ",)
        return tuple(head + seat for seat in "ءؤئ")
    if last == "أ":
        return tuple(head + seat for seat in "أؤئ")
    if last == "ؤ":
        return tuple(head + seat for seat in "ؤئ")
    return (text,)


# --------------------------------------------------------------------------------------------- conjugation


def _conjugate_perfect(stem: _Stem) -> Iterator[tuple[_Slot, str]]:
    for index, (ending, slots) in enumerate(zip(_PERFECT_ENDINGS[stem.endings], _PERFECT_SLOTS, strict=True)):
        base = stem.consonant if index >= _FIRST_CONSONANT else stem.vowel
        for text in spell(base + ending):
            for slot in slots:
                yield slot, text


def _conjugate_imperfect(stem: _Stem, vowel: str) -> Iterator[tuple[Mood, _Slot, str]]:
    endings = _IMPERFECT_ENDINGS[stem.endings]
    doubled = _is_doubled(stem)
    for index, consonant, mood, prefixes in _IMPERFECT_ROWS:
        bare = mood == "jussive"
        if bare and (doubled or (stem.vowel == stem.consonant and not stem.endings)):
            continue  # spelt like the indicative
        base = (stem.consonant if consonant else stem.vowel) + endings[index]
        for prefix, slots in prefixes:
            for text in _with_prefix(prefix + vowel, base):
                for slot in slots:
                    yield mood, slot, text


def _with_prefix(prefix: str, base: str) -> tuple[str, ...]:
    """Spell a form of the imperfect; أؤمن beside the أومن of the schools."""
    texts = spell(prefix + base)
    if prefix == "ءu" and base[0] == "ء" and base[1] not in VOWELS:
        return (*spell(prefix + base, smooth=False), *texts)
    return texts


def _is_doubled(stem: _Stem) -> bool:
    return stem.vowel != stem.consonant and stem.vowel[-1] == stem.vowel[-2]


def _conjugate_imperative(verb: _Verb, stem: _Stem) -> Iterator[tuple[_Slot, str]]:
    endings = _IMPERFECT_ENDINGS[stem.endings]
    doubled = _is_doubled(stem)
    for index, consonant, slot in _IMPERATIVE_ROWS:
        base = stem.consonant if consonant and not (doubled and slot.number == "s") else stem.vowel
        for text in spell(_imperative_lead(verb, base) + endings[index]):
            if len(text) > 1:  # قِ, عِ, رَ: a single letter would be found in every clitic
                yield slot, text


def _imperative_lead(verb: _Verb, base: str) -> str:
    """The stem of the imperative with what it needs at its beginning."""
    if verb.form == "IV":
        return "ءa" + base
    if verb.form == "I" and verb.letters in SHORT_IMPERATIVE:
        return base[1:]
    return base if base[1:2] in VOWELS or len(base) == 1 else "i" + base


# ----------------------------------------------------------------------------------------- nominal forms


def _active_participle(verb: _Verb) -> _Stem:
    template = _TEMPLATES[verb.form]
    if verb.form != "I":
        if verb.form == "IV" and verb.sees:
            return _Stem("مuر", "مuر", "iy")
        return verb.stem(("مu" + template.imperfect[0], template.participle), perfect=False)
    if verb.plan.kind == "hollow":
        base = verb.fill("1Aء")
        return _Stem(base, base, "iy") if verb.root[2] == "ء" else _Stem(base + "i" + verb.root[2], "")
    return verb.stem(("1A", "i"), perfect=False)


def _passive_participle(verb: _Verb) -> _Stem:
    template = _TEMPLATES[verb.form]
    if verb.form != "I":
        if verb.form == "IV" and verb.sees:
            return _Stem("مuر", "مuر", "aY")
        return verb.stem(("مu" + template.imperfect_passive[0], "a"), perfect=False)
    if verb.plan.kind == "hollow":
        return _Stem(verb.fill("مa1U3" if verb.root[1] == "و" else "مa1I3"), "")
    if verb.plan.kind == "defective":
        return _Stem(verb.fill("مa12") + ("uوو" if verb.plan.endings == "aw" else "iيي"), "")
    return _Stem(verb.fill("مa12U3"), "")


def _noun_sounds(verb: _Verb) -> str:
    """Sounds of the verbal noun of a derived form."""
    template = _TEMPLATES[verb.form]
    lead, (last, end) = verb.fill(template.noun), verb.tail
    match verb.form:
        case "II":
            return _second_noun(verb)
        case "III":
            return verb.stem((template.noun, "a"), perfect=False).vowel + (
                "AT" if verb.plan.kind == "defective" else "aT"
            )
        case "QI":
            return lead + last + ("AT" if verb.plan.kind == "defective" else f"a{end}aT")
        case "V" | "VI" | "QII":
            if verb.plan.kind == "defective":
                return lead + last + "I"
            return verb.stem((template.noun, "u"), perfect=False).vowel
        case _:
            return _noun_in_alef(verb, lead)


def _second_noun(verb: _Verb) -> str:
    """تفعيل, and تفعلة where the last radical is weak or hamza."""
    _, second, third = verb.root
    base = verb.fill("تa1")
    if third not in WEAK and third != "ء":
        return base + second + "I" + third
    if second == "ي" and third in WEAK:
        return base + "iييaT"  # تحية
    return base + second + ("iءaT" if third == "ء" else "iيaT")


def _noun_in_alef(verb: _Verb, lead: str) -> str:
    """Verbal nouns of the pattern إفعال, انفعال, افتعال, استفعال."""
    last, end = verb.tail
    if verb.plan.kind == "hollow":
        if verb.form in ("IV", "X"):
            return lead + "A" + end + "aT"
        return lead + "يA" + end
    if verb.form == "IV" and verb.sees:
        return "ءiرAءaT"
    return lead + last + "A" + ("ء" if verb.plan.kind == "defective" else end)
