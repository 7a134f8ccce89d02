"""What Rasid knows of Arabic words: classes, verb readings, verbal nouns; and how a word is split into clitics.

The lexicon is built once (by the kit) from the packs: function words, a list of frequent stems, the
inflected forms of all trigger verbs, names. A written word is split by weighing all splits whose stem the
lexicon knows; the costs below prefer a whole known word to a split one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from rasid.language.ar.inflect import conjugate, participles, verbal_noun
from rasid.language.ar.letters import fold
from rasid.model.text import Tag, Token, VerbReading


@dataclass(slots=True)
class Entry:
    """All that is known of one folded word form (a stem: no clitics, no article).

    `marbuta` says that every known spelling ends in ة, so that a written ه is rather a pronoun.
    """

    tags: set[Tag] = field(default_factory=set)
    verbs: list[VerbReading] = field(default_factory=list)
    nouns: list[str] = field(default_factory=list)
    participles: list[str] = field(default_factory=list)
    gender: Literal["m", "f"] | None = None
    number: Literal["s", "d", "p"] | None = None
    listed: bool = False
    marbuta: bool = True


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


#: Weights of splitting: an unknown stem costs more than any sequence of clitics on a known one.
_UNKNOWN = 6.0
_PREFIX_COST = {"و": 0.7, "ف": 1.1, "ب": 1.0, "ل": 1.0, "ك": 1.9, "س": 0.6}
_SUFFIXES = ("هما", "كما", "ها", "هم", "هن", "كم", "نا", "ني", "ه", "ك", "ي")
_SUFFIX_COST = {
    "ه": 0.9,
    "ها": 0.8,
    "هم": 0.8,
    "هما": 0.8,
    "نا": 1.0,
    "ني": 1.2,
    "ي": 2.4,
    "ك": 2.4,
    "كم": 1.8,
    "كما": 2.5,
    "هن": 1.8,
}
_PREFIXES: tuple[tuple[str, ...], ...] = (
    (), ("و",), ("ف",), ("ب",), ("ل",), ("ك",), ("س",),
    ("و", "ب"), ("و", "ل"), ("و", "ك"), ("و", "س"), ("ف", "ب"), ("ف", "ل"), ("ف", "س"),
)  # fmt: skip
#: A word known only with ة but written with ه («والده»): dearer than the pronoun, cheaper than the unknown.
_MISSPELT = 1.4
_NOMINAL: frozenset[Tag] = frozenset({"N", "ADJ", "NAME", "QUANT", "NUM", "DEM", "REL", "X"})
_SUFFIXABLE: frozenset[Tag] = frozenset({"N", "V", "PREP", "QUANT", "ADJ"})


_CLOSED: frozenset[Tag] = frozenset({"PREP", "CONJ", "SUB", "REL", "SCONJ", "NEG", "PART", "PRON", "DEM"})


class Lexicon:
    """Word forms and the splitter. Filled while the kit is built, only read afterwards."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._splits: dict[str, Split] = {}
        #: Pieces of written words, remembered by who makes them; like the splits they are always the same.
        self.pieces: dict[str, tuple[Token, ...]] = {}

    def __getstate__(self) -> dict[str, object]:
        """What is kept of it: what was made of words seen so far is only remembered."""
        return {"_entries": self._entries, "_splits": {}, "pieces": {}}

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
            if lemma not in entry.nouns:
                entry.nouns.append(lemma)

    def add_names(self, words: Iterable[str]) -> None:
        """Know each word as part of a proper name."""
        for word in words:
            self.add(word, "NAME")

    def finish(self) -> None:
        """Give listed accusatives («هجوما») the acts of their noun («هجوم»)."""
        for word, entry in self._entries.items():
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

    def __contains__(self, word: str) -> bool:
        return fold(word) in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def split(self, word: str, *, closed: bool = False) -> Split:
        """The best split of a folded written word. The same word gives the same split always.

        Args:
            word: the folded word.
            closed: it is written with ة, so its last letter is no pronoun ه.
        """
        key = word + "ة" if closed else word
        known = self._splits.get(key)
        if known is None:
            known = self._split(word, closed)
            if len(self._splits) < 500_000:
                self._splits[key] = known
        return known

    def _split(self, word: str, closed: bool) -> Split:
        if word[0] in "بل" and word[1:] in _SUFFIXES:  # به، لها: a preposition and its pronoun
            return Split((word[0],), "", word[1:], None, False)
        joined = word[0] in "وف" and word[1:2] in ("ب", "ل") and word[2:] in _SUFFIXES
        if joined and word not in self._entries:  # but «ولي العهد»
            return Split((word[0], word[1]), "", word[2:], None, False)
        best: tuple[float, Split] | None = None
        for prefixes in _PREFIXES:
            head = "".join(prefixes)
            if not word.startswith(head) or len(word) - len(head) < 2:
                continue
            cost = sum(_PREFIX_COST[p] for p in prefixes)
            for extra, split in self._stems(prefixes, word[len(head) :], closed):
                if best is None or cost + extra < best[0] - 1e-9:
                    best = (cost + extra, split)
        return best[1] if best is not None else Split((), word, "", self._key(word), False)

    def _key(self, stem: str) -> str | None:
        return stem if stem in self._entries else None

    def _stems(self, prefixes: tuple[str, ...], rest: str, closed: bool) -> Iterable[tuple[float, Split]]:
        last = prefixes[-1] if prefixes else ""
        if last == "ل" and rest.startswith("ل") and len(rest) > 3:  # لل: the article after ل
            yield from self._with_article(prefixes, rest, rest[1:])
        if rest.startswith("ال") and len(rest) > 3 and last not in ("ل", "س"):
            yield from self._with_article(prefixes, rest, rest[2:])
        whole = self._entries.get(rest)
        if whole is not None and self._fits(last, whole):
            misspelt = _MISSPELT if whole.marbuta and not closed and rest.endswith("ه") else 0.0
            yield misspelt, Split(prefixes, rest, "", rest, False)
        elif whole is None:
            yield from self._accusative(prefixes, rest)
            waw = 1.2 if not prefixes and rest[0] == "و" and len(rest) > 3 else 0.0  # unknown words rarely begin so
            yield _UNKNOWN + 0.4 * len(prefixes) + waw, Split(prefixes, rest, "", None, False)
        for suffix in () if closed else _SUFFIXES:
            if rest.endswith(suffix) and len(rest) - len(suffix) >= 2:
                yield from self._with_suffix(prefixes, rest[: -len(suffix)], suffix, last)

    def _accusative(self, prefixes: tuple[str, ...], rest: str) -> Iterable[tuple[float, Split]]:
        """«كمينا»: a known noun or adjective with the alef of the indefinite accusative."""
        entry = self._entries.get(rest[:-1]) if rest.endswith("ا") and len(rest) > 3 else None
        if entry is not None and entry.tags & {"N", "ADJ"} and not (entry.marbuta and rest.endswith("ها")):
            yield 0.3, Split(prefixes, rest, "", rest[:-1], False)

    def _with_article(self, prefixes: tuple[str, ...], stem: str, bare: str) -> Iterable[tuple[float, Split]]:
        entry = self._entries.get(bare)
        if entry is None:
            yield _UNKNOWN - 3.0, Split(prefixes, stem, "", None, True)
        elif entry.tags & _NOMINAL:
            short = 0.5 if len(bare) == 2 else 0.0  # و+ال+ده is likelier والد+ه
            yield 0.1 + short, Split(prefixes, stem, "", bare, True)

    def _with_suffix(
        self, prefixes: tuple[str, ...], stem: str, suffix: str, last: str
    ) -> Iterable[tuple[float, Split]]:
        for key in _stem_keys(stem):
            entry = self._entries.get(key)
            if entry is not None and entry.tags & _SUFFIXABLE and self._fits(last, entry):
                if suffix == "ني" and "V" not in entry.tags:
                    continue
                pronoun_of_preposition = "PREP" in entry.tags and not prefixes[:-1] and last not in ("ب", "ل", "ك")
                cost = -0.2 if pronoun_of_preposition else _SUFFIX_COST[suffix]
                yield cost, Split(prefixes, stem, suffix, key, False)
                return
        if suffix in ("ها", "هم", "هما") and len(stem) >= 4:
            yield _UNKNOWN - 0.5, Split(prefixes, stem, suffix, None, False)

    @staticmethod
    def _fits(last: str, entry: Entry) -> bool:
        """Whether a stem may follow the proclitic `last`."""
        if last == "س":
            return any(v.tense == "imperfect" for v in entry.verbs) or entry.tags == {"V"}
        if last in ("ب", "ك"):
            return bool(entry.tags & (_NOMINAL | {"SUB", "PREP", "ADV", "NEG"})) or entry.tags == set()
        if last == "ل":
            imperfect = any(v.tense == "imperfect" for v in entry.verbs)
            return imperfect or bool(entry.tags & (_NOMINAL | {"SUB", "PREP", "ADV"}))
        return True


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
