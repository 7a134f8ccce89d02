"""What Rasid knows of Arabic words: classes, verb readings, verbal nouns; and how a word is split into clitics.

The lexicon is built once (by the kit) from the packs: function words, a list of frequent stems, the
inflected forms of all trigger verbs, names. It proposes the splits of a written word that its letters allow; the
segmenter weighs them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from rasid.language.ar.inflect import conjugate, participles, verbal_noun
from rasid.language.ar.letters import fold
from rasid.language.ar.segmenter import UNTRAINED, Candidate, Segmenter
from rasid.model.text import Tag, Token, VerbReading


@dataclass(slots=True)
class Entry:
    """All that is known of one folded word form (a stem: no clitics, no article).

    `marbuta` says that every known spelling ends in ة, so that a written ه is rather a pronoun. `unit` words are
    never split, though they may hold a clitic («بأن», «لأنه», «بشأن»): the packs speak of them as one word. `noun`
    words are listed as ordinary nouns or adjectives: their letters are not taken for clitics.
    """

    tags: set[Tag] = field(default_factory=set)
    verbs: list[VerbReading] = field(default_factory=list)
    nouns: list[str] = field(default_factory=list)
    participles: list[str] = field(default_factory=list)
    gender: Literal["m", "f"] | None = None
    number: Literal["s", "d", "p"] | None = None
    listed: bool = False
    marbuta: bool = True
    unit: bool = False
    noun: bool = False
    perfect: bool = False


@dataclass(frozen=True, slots=True)
class Split:
    """A written word taken apart: lengths in folded letters.

    `prefixes` are one-letter proclitics in order; `stem` is the folded stem with its article; `suffix` the
    pronoun; `key` is the lexicon key of the stem (article off, ة and ى restored), or None when unknown.
    """

    prefixes: tuple[str, ...]
    stem: str
    suffix: str
    key: str | None
    definite: bool


_SUFFIXES = ("هما", "كما", "ها", "هم", "هن", "كم", "نا", "ني", "ه", "ك", "ي")
_PREFIXES: tuple[tuple[str, ...], ...] = (
    (), ("و",), ("ف",), ("ب",), ("ل",), ("ك",), ("س",),
    ("و", "ب"), ("و", "ل"), ("و", "ك"), ("و", "س"), ("ف", "ب"), ("ف", "ل"), ("ف", "س"),
)  # fmt: skip
_NO_PREFIX: tuple[tuple[str, ...], ...] = ((),)
_PREFIXES_BY_LETTER = {c: tuple(p for p in _PREFIXES if p[:1] in ((), (c,))) for c in "وفبلكس"}
_AFTER_PREPOSITION = frozenset(_SUFFIXES) - {"ني"}  # «بني» is none of them
#: Kept whole: ف + قد or the verb «lost», which what follows decides (words.py); «المتحدث باسم», which titles rely on.
_KEPT = frozenset({"فقد", "باسم"})
_NOMINAL: frozenset[Tag] = frozenset({"N", "ADJ", "NAME", "QUANT", "NUM", "DEM", "REL", "X"})
_SUFFIXABLE: frozenset[Tag] = frozenset({"N", "V", "PREP", "QUANT", "ADJ"})


_CLOSED: frozenset[Tag] = frozenset({"PREP", "CONJ", "SUB", "REL", "SCONJ", "NEG", "PART", "PRON", "DEM"})


class Lexicon:
    """Word forms and the splitter. Filled while the kit is built, only read afterwards."""

    def __init__(self, segmenter: Segmenter = UNTRAINED) -> None:
        self._segmenter = segmenter
        self._entries: dict[str, Entry] = {}
        self._splits: dict[str, Split] = {}
        self._singulars: dict[str, str] = {}
        #: Folded words after which a doubtful word is a verb: ``any``, or ``imperfect`` alone.
        self.verb_after: dict[str, str] = {}
        #: Pieces of written words, remembered by who makes them; like the splits they are always the same.
        self.pieces: dict[str, tuple[Token, ...]] = {}

    def __getstate__(self) -> dict[str, object]:
        """What is kept of it: what was made of words seen so far is only remembered."""
        made: dict[str, object] = {"_splits": {}, "pieces": {}}
        return {name: made.get(name, value) for name, value in vars(self).items()}

    def with_segmenter(self, segmenter: Segmenter) -> Lexicon:
        """A lexicon of the same words (shared, not copied) with another segmenter."""
        other = Lexicon(segmenter)
        other._entries, other._singulars, other.verb_after = self._entries, self._singulars, self.verb_after
        return other

    # -- filling -------------------------------------------------------------------------------------

    def add(
        self,
        word: str,
        tag: Tag,
        gender: Literal["m", "f"] | None = None,
        number: Literal["s", "d", "p"] | None = None,
    ) -> Entry:
        """Know `word` (one word, without clitics or article) as a `tag`."""
        key = fold(word)
        entry = self._entries.get(key)
        if entry is None:
            entry = self._entries[key] = Entry()
        entry.tags.add(tag)
        entry.marbuta = entry.marbuta and word.endswith("ة")
        entry.gender = entry.gender or gender
        entry.number = entry.number or number
        return entry

    def add_verb(self, lemma: str, root: str, form: str, *, participle: bool = True, verb: bool = True) -> None:
        """Know all forms of a verb and, unless told otherwise, of its active participle."""
        if verb:
            for f in conjugate(lemma, root, form):
                if f.tense == "imperative" or f.person == 2:
                    continue  # news reports; such forms only lend their spelling to other words
                entry = self.add(f.text, "V")
                tense: Literal["perfect", "imperfect", "jussive"] = "jussive" if f.mood == "jussive" else f.tense
                reading = VerbReading(lemma, tense, f.voice, f.person, f.gender, f.number)
                if reading not in entry.verbs:
                    entry.verbs.append(reading)
        if participle:
            for p in participles(lemma, root, form):
                if p.voice == "active":
                    entry = self.add(p.text, "ADJ", p.gender, p.number)
                    if lemma not in entry.participles:
                        entry.participles.append(lemma)

    def add_action_noun(self, word: str, lemma: str) -> None:
        """Know `word` (and its regular plural) as a noun that states the act of `lemma`."""
        for form in (word, *plurals_of(word)):
            entry = self.add(form, "N", "f" if fold(form).endswith(("ه", "ات")) else "m")
            entry.noun = True
            if lemma not in entry.nouns:
                entry.nouns.append(lemma)

    def add_names(self, words: Iterable[str]) -> None:
        """Know each word as part of a proper name."""
        for word in words:
            self.add(word, "NAME")

    def add_plural(self, plural: str, singular: str) -> None:
        """Know the singular of a broken plural."""
        self._singulars[fold(plural)] = fold(singular)

    def finish(self) -> None:
        """Give listed accusatives («هجوما») their noun's acts («هجوم»); let a listed perfect outweigh a jussive."""
        for word, entry in self._entries.items():
            if entry.perfect and all(v.tense == "jussive" for v in entry.verbs):
                entry.verbs.clear()  # «نزح» is no form of «أزاح»
            if word.endswith("ا") and not entry.nouns and "N" in entry.tags:
                noun = self._entries.get(word[:-1])
                if noun is not None and noun.nouns:
                    entry.nouns.extend(noun.nouns)

    # -- asking --------------------------------------------------------------------------------------

    def get(self, key: str | None) -> Entry | None:
        """The entry of a folded stem without article, or None."""
        return self._entries.get(key) if key is not None else None

    def is_function_word(self, word: str) -> bool:
        """Whether the word is of a closed class (preposition, conjunction, pronoun …)."""
        entry = self._entries.get(fold(word))
        return entry is not None and not entry.tags.isdisjoint(_CLOSED)

    def is_common_word(self, word: str) -> bool:
        """Whether a folded one-word name is also an ordinary word («إيجاد», «بيان», «الثورة»)."""
        bare = word[2:] if word.startswith("ال") and len(word) > 4 else word
        entry = self._entries.get(bare)
        return entry is not None and not entry.tags.isdisjoint({"N", "V", "ADJ", "ADV", "PREP"}) and entry.listed

    def is_listed_noun(self, word: str) -> bool:
        """Whether a folded word is listed as an ordinary noun and not as an adjective."""
        entry = self._entries.get(word)
        return entry is not None and entry.listed and "N" in entry.tags and "ADJ" not in entry.tags

    def singular(self, word: str) -> str | None:
        """The folded singular of a folded broken plural; None when it is not listed."""
        return self._singulars.get(word)

    def level(self, written: str) -> int:
        """How common a written word is in news: the rounded log2 of a count, 0 when it is rare or unknown."""
        return self._segmenter.level(written)

    def __contains__(self, word: str) -> bool:
        return fold(word) in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def split(self, word: str, letters: str = "", *, sealed: bool = False) -> Split:
        """The best split of a folded written word. The same word, written alike, gives the same split always.

        Args:
            word: the folded word.
            letters: the word as written, without marks, when it has as many letters as `word`: hamza seats and the
                last letter speak for or against a clitic («وأدى», «وادي»).
            sealed: it is written with tanween, so no pronoun follows.
        """
        letters = letters if len(letters) == len(word) else word
        key = letters + "\u064b" if sealed else letters
        known = self._splits.get(key)
        if known is None:
            known = self._split(word, letters, sealed)
            if len(self._splits) < 500_000:
                self._splits[key] = known
        return known

    def _split(self, word: str, letters: str, sealed: bool) -> Split:
        pronoun = _of_clitics(word)
        if pronoun is not None and (len(pronoun.prefixes) == 1 or word not in self._entries):  # but «ولي العهد»
            return pronoun
        found = self.candidates(word, letters, sealed=sealed)
        if not found:
            return Split((), word, "", word if word in self._entries else None, False)
        found = [c for c in found if not self._is_future(c)] or found
        if self.level(letters) == 0 and any(c.key and c.prefixes and len(c.stem) > 3 for c in found):
            found = [c for c in found if c.key]  # «بيوليوز»: nobody knows the whole, but the stem is known
        best = self._segmenter.best(word, letters, found)
        return Split(best.prefixes, best.stem, best.suffix, best.key, best.definite)

    def candidates(self, word: str, letters: str, *, sealed: bool) -> list[Candidate]:
        """All ways to split a folded word that its letters allow and the lexicon does not rule out.

        One reading of each split; the word taken whole comes first.
        """
        if self._is_unit(word):
            return [_candidate((), word, "", word, self._entries[word])]
        closed = letters[-1] in "ةۃ"
        suffixes = () if closed or sealed else tuple(s for s in _SUFFIXES if word.endswith(s))
        if suffixes and letters[-1] == "ى":
            suffixes = ()
        found: list[Candidate] = []
        for prefixes in _PREFIXES_BY_LETTER.get(word[0], _NO_PREFIX):
            head = "".join(prefixes)
            if not word.startswith(head) or len(word) - len(head) < 2:
                continue
            rest, last = word[len(head) :], head[-1:]
            stem = self._stem(prefixes, rest, last, closed)
            if stem is not None:
                found.append(stem)
            for suffix in suffixes:
                if len(rest) - len(suffix) >= 2:
                    found += self._with_suffix(prefixes, rest[: -len(suffix)], suffix, last)
        return [c for c in found if not (self._cuts_unit(word, c) or self._cuts_noun(c, letters))]

    def _is_unit(self, word: str) -> bool:
        if word in _KEPT:
            return word in self._entries
        entry = self._entries.get(word)
        return entry is not None and entry.unit

    def _is_future(self, c: Candidate) -> bool:
        """Whether an unknown stem is س and a known imperfect («ستجري»)."""
        if c.stem[0] != "س" or c.stem[1:2] not in tuple("يتن") or c.key is not None or c.suffix:
            return False
        verb = self._entries.get(c.stem[1:])
        return verb is not None and "V" in verb.tags and c.prefixes in ((), ("و",), ("ف",))

    def _cuts_noun(self, c: Candidate, letters: str) -> bool:
        """Whether a split takes a letter of a listed noun for a proclitic («وسام») or a pronoun («مياه»).

        Not so when a hamza shows where the stem begins («وإلى» is no «والي»).
        """
        if c.suffix == "ها" and self._is_noun(c.stem + "ه") and not self._entries[c.stem + "ه"].marbuta:
            return True  # «جنيها»: the accusative of جنيه
        if not c.prefixes or letters[len(c.prefixes)] in "أإآ" or letters[-1] == "ى":
            return False
        whole = c.prefixes[-1] + c.stem
        entry = self._entries.get(whole)
        if entry is not None and "NAME" in entry.tags and not c.suffix and not frozenset(c.tags) - {"NAME", "ADJ"}:
            return True  # «بسام», «كلاين»
        if c.suffix:
            return self._is_noun(whole) or (whole.endswith("ت") and self._is_noun(whole[:-1] + "ه"))
        return self._is_noun(whole) or (whole.endswith("ا") and len(whole) > 3 and self._is_noun(whole[:-1]))

    def _is_noun(self, word: str) -> bool:
        entry = self._entries.get(word)
        return entry is not None and entry.noun

    def _is_passive(self, word: str) -> bool:
        """Whether a word is known as a passive verb alone: «ووفق» is و and «وفق», hardly ever «was approved»."""
        entry = self._entries.get(word)
        return entry is not None and entry.tags == {"V"} and all(v.voice == "passive" for v in entry.verbs)

    def _cuts_unit(self, word: str, c: Candidate) -> bool:
        """Whether a split parts a word that stays one («و» + «ل» + «أن», «ب» + «شأن» + «ه»)."""
        if len(c.stem) == len(word):
            return word[0] in ("و", "ف") and self._is_unit(word[1:]) and self._is_passive(word)
        joint = 1 if c.prefixes and c.prefixes[0] in ("و", "ف") else 0
        inner = len(c.prefixes) > joint
        if (inner or c.suffix) and word[0] in ("و", "ف") and self._is_unit(word[1:]):
            return True
        return inner and bool(c.suffix) and self._is_unit(word[joint : -len(c.suffix)])

    def _stem(self, prefixes: tuple[str, ...], rest: str, last: str, closed: bool) -> Candidate | None:
        """What follows the proclitics, read as a stem without pronoun: known, with article, or unknown."""
        entry = self._entries.get(rest)
        key = rest
        if entry is None:
            entry, key = self._accusative(rest)
        if entry is None or not self._fits(last, rest, entry):
            bare = ""
            if last == "ل" and rest.startswith("ل") and len(rest) > 3:  # لل: the article after ل
                bare = rest[1:]
            elif rest.startswith("ال") and len(rest) > 3 and last not in ("ل", "س"):
                bare = rest[2:]
            under = self._entries.get(bare)
            if bare and (under is None or under.tags & _NOMINAL):
                return _candidate(prefixes, rest, "", bare, under, definite=True)
            if entry is not None:
                return None
        misspelt = entry is not None and entry.marbuta and not closed and rest.endswith("ه")
        return _candidate(prefixes, rest, "", key, entry, misspelt=misspelt)

    def _accusative(self, stem: str) -> tuple[Entry | None, str]:
        """«كمينا»: a known noun or adjective with the alef of the indefinite accusative."""
        shorter = self._entries.get(stem[:-1]) if stem.endswith("ا") and len(stem) > 3 else None
        if shorter is None or not shorter.tags & {"N", "ADJ"} or (shorter.marbuta and stem.endswith("ها")):
            return None, stem
        return shorter, stem[:-1]

    def _with_suffix(self, prefixes: tuple[str, ...], stem: str, suffix: str, last: str) -> Iterator[Candidate]:
        for key in _stem_keys(stem):
            entry = self._entries.get(key)
            if entry is not None and entry.tags & _SUFFIXABLE and self._fits(last, stem, entry):
                if suffix == "ني" and "V" not in entry.tags:
                    continue
                if last in ("ب", "ل", "ك", "س") and entry.tags <= {"PREP"}:
                    continue
                yield _candidate(prefixes, stem, suffix, key, entry)
                return
        yield _candidate(prefixes, stem, suffix, "", None)

    @staticmethod
    def _fits(last: str, stem: str, entry: Entry) -> bool:
        """Whether a stem may follow the proclitic `last`."""
        if last in ("س", "ل") and stem[0] in "يتنا" and (len(stem) > 3 or entry.tags & {"V"}):
            return True  # an imperfect, perhaps of a verb that the packs do not have
        if last == "س":
            return "V" in entry.tags
        if last in ("ب", "ك"):
            return bool(entry.tags & (_NOMINAL | {"SUB", "SCONJ", "PREP", "ADV", "NEG"})) or entry.tags == set()
        if last == "ل":
            return bool(entry.tags & (_NOMINAL | {"SUB", "PREP", "ADV"}))
        return True


def _of_clitics(word: str) -> Split | None:
    """به، لها، وله: a preposition and its pronoun, with or without a conjunction before them."""
    if word[0] in "بل" and word[1:] in _AFTER_PREPOSITION:
        return Split((word[0],), "", word[1:], None, False)
    if word[0] in "وف" and word[1:2] in ("ب", "ل") and word[2:] in _AFTER_PREPOSITION:
        return Split((word[0], word[1]), "", word[2:], None, False)
    return None


def _candidate(
    prefixes: tuple[str, ...],
    stem: str,
    suffix: str,
    key: str,
    entry: Entry | None,
    *,
    definite: bool = False,
    misspelt: bool = False,
) -> Candidate:
    if entry is None:
        return Candidate(prefixes, stem, suffix, None, definite)
    imperfect = any(v.tense == "imperfect" for v in entry.verbs)
    return Candidate(prefixes, stem, suffix, key, definite, entry.tags, imperfect, misspelt)


def _stem_keys(stem: str) -> tuple[str, ...]:
    """Lexicon keys that `stem` may stand for before a pronoun suffix, likeliest first."""
    keys = [stem]
    if stem.endswith("ت"):
        keys.insert(0, stem[:-1] + "ه")
    elif stem.endswith("وا"):
        keys.insert(0, stem[:-1] + "ي")  # «شكواه»: a plural verb loses its alef before a pronoun
    elif stem.endswith("ا"):
        keys.append(stem[:-1] + "ي")
    elif stem.endswith("و"):
        keys += [stem[:-1] + "ء", stem + "ا"]  # «إنشاؤها» before «أنشأوها»
    elif stem.endswith("ي"):
        keys.append(stem[:-1] + "ء")
    return tuple(keys)


def plurals_of(word: str) -> tuple[str, ...]:
    """Regular other forms of a verbal noun: feminine plural and dual, as newspapers spell them."""
    stem = word[:-1] if word.endswith("ة") else word
    dual = word[:-1] + "ت" if word.endswith("ة") else word
    if word.endswith(("اء", "ى", "ا")):
        return ()
    return (stem + "ات", dual + "ان", dual + "ين")


def action_nouns(lemma: str, root: str, form: str, listed: Iterable[str]) -> tuple[str, ...]:
    """The verbal nouns of an entry: the listed ones, else the regular one of the form."""
    words = tuple(listed)
    if words:
        return words
    regular = verbal_noun(lemma, root, form)
    return (regular,) if regular is not None else ()


TagCounts = Mapping[str, int]
