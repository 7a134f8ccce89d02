"""Which split of a written word into clitics and stem is the likeliest: a log-linear model over candidate splits.

The lexicon proposes the candidates. What speaks for each is: which clitics it takes off, the classes under which
the lexicon knows the stem, and how often the stem, the stem with other clitics and the whole word stand in a large
body of news (`levels`: rounded log2 of counts; no text). Weights and levels are trained by training/segmenter.py
and read from a file; see docs/models/segmenter.md.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rasid.language.ar.letters import fold, is_mark

Evidence = list[tuple[str, float]]

#: Clitics that show, by standing before a stem in other places, that it is a stem. The article is one of them here.
_OTHER_PREFIXES = ("و", "ب", "ل", "ال")
_OTHER_SUFFIXES = ("ه", "ها", "هم", "نا")
_CLOSED, _HAMZA = "ةۃ", "أإآٱ"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to split a folded written word.

    Attributes:
        prefixes: one-letter proclitics, in order.
        stem: the folded stem with its article, as written.
        suffix: the pronoun, or "".
        key: the lexicon's key of the stem (article off, ة, ى and ء restored); None when the lexicon has none.
        definite: the stem is read with the article.
        tags: the classes under which the lexicon knows `key`.
        imperfect: `key` may be an imperfect verb.
        misspelt: `key` is known only with ة, but the word is written with ه.
    """

    prefixes: tuple[str, ...]
    stem: str
    suffix: str
    key: str | None
    definite: bool
    tags: Collection[str] = ()
    imperfect: bool = False
    misspelt: bool = False


@dataclass(frozen=True, slots=True)
class Segmenter:
    """Weights of the evidence for a split, and how common words are.

    `levels` maps a folded word, with a final ة kept («زوجة»), to the rounded log2 of its count; rare words are absent.
    """

    weights: Mapping[str, float]
    levels: Mapping[str, int]

    def best(self, word: str, letters: str, candidates: Sequence[Candidate]) -> Candidate:
        """The likeliest of the candidates of a folded word; of equal ones the first.

        Args:
            word: the folded word.
            letters: the same letters as written (hamza seats, ة, ى).
            candidates: at least one.
        """
        if len(candidates) == 1:
            return candidates[0]
        weigh = self.weights.get
        scores = [sum(weigh(name, 0.0) * value for name, value in self.evidence(word, letters, c)) for c in candidates]
        return candidates[scores.index(max(scores))]

    def level(self, written: str) -> int:
        """The level of a word as written, with its marks; 0 when it has none."""
        letters = "".join(c for c in written if not is_mark(c))
        return self._level(fold(letters), letters[-1] in _CLOSED) if letters else 0

    def evidence(self, word: str, letters: str, c: Candidate) -> Evidence:
        """(feature, value) pairs that speak for or against a candidate split.

        A conjunction is judged by how common the rest is beside the whole word; preposition, س and pronoun by how
        common the stem is beside that rest.
        """
        closed = letters[-1] in _CLOSED
        joint = 1 if c.prefixes and c.prefixes[0] in ("و", "ف") else 0
        inner = "".join(c.prefixes[joint:])
        last = c.prefixes[-1] if c.prefixes else ""
        side = f"{inner}_{'s' if c.suffix else ''}"
        found: Evidence = [(f"p={''.join(c.prefixes)}", 1.0), (f"s={c.suffix}", 1.0), (f"side={side}", 1.0)]
        if c.definite:
            found.append((f"article={last}", 1.0))
        for tag in c.tags:
            found.append((f"tag={tag}|{side}", 1.0))
            if joint:
                found.append((f"tag={tag}|و", 1.0))
        if not c.prefixes and word[0] in "وفبلكس":
            found += [(f"tag={tag}|whole {word[0]}", 1.0) for tag in c.tags or ("unknown",)]
        if not c.suffix and word[-1] in "هاي":
            found += [(f"tag={tag}|whole …{word[-2:]}", 1.0) for tag in c.tags or ("unknown",)]
        if c.key is None:
            found.append((f"unknown={side}", 1.0))
        if c.misspelt:
            found.append(("misspelt", 1.0))
        core = word[joint:]
        if core[0] == "س":
            found.append((f"future={core[1]}{min(len(core), 6)}|{inner}", 1.0))
        if inner in ("ل", "س"):
            found.append((f"imperfect={inner}{c.imperfect}", 1.0))
        whole = self._level(core, closed)
        if joint:
            found += self._compared(f"{c.prefixes[0]}", whole, self._level(word, closed))
        elif word[0] in "وف":
            found += self._compared("no joint", self._level(word[1:], closed), self._level(word, closed))
        if inner or c.suffix:
            stem, others = self._suffixed(c) if c.suffix else self._free(c, core, closed)
            found += self._compared(side, stem, whole)
            found += [(f"others|{side}", others / 8), (f"lone|{side}", float(others == 0))]
            found += self._rest(c, core, inner, whole, closed)
        else:
            stem, others = self._free(c, core, closed)
            found += [(f"stem|whole{joint}", stem / 8), (f"others|whole{joint}", others / 8)]
            found.append((f"rare|whole{joint}", float(stem == 0)))
        found += self._letters(c, letters, joint, last, inner)
        return found

    @staticmethod
    def _compared(side: str, part: int, whole: int) -> Evidence:
        """How common a part is, in itself and beside the whole that it would be cut from."""
        return [
            (f"level|{side}", part / 8),
            (f"rare|{side}", float(part == 0)),
            (f"below|{side}", min(0, part - whole) / 8),
            (f"above|{side}", max(0, part - whole) / 8),
        ]

    def _rest(self, c: Candidate, core: str, inner: str, whole: int, closed: bool) -> Evidence:
        """With both a preposition and a pronoun: how common the word is without either («وحده»: «حده» is rare)."""
        if not (inner and c.suffix):
            return []
        rest = self._level(core[len(inner) :], closed) - whole
        free = max(self.levels.get(inner + v, 0) for v in free_forms(c.stem)) - whole
        return [("rest<", min(0, rest) / 8), ("rest>", max(0, rest) / 8),
                ("free<", min(0, free) / 8), ("free>", max(0, free) / 8)]  # fmt: skip

    def _letters(self, c: Candidate, letters: str, joint: int, last: str, inner: str) -> Evidence:
        """What the letters at the edges say."""
        bare = len(c.stem) - (2 if c.definite and c.stem.startswith("ال") else 1 if c.definite else 0)
        kind = "whole" if not inner and not c.suffix else "cut"
        found: Evidence = [(f"length={min(bare, 5)}|{kind}{joint}", 1.0)]
        at = len(c.prefixes)
        if letters[at] in _HAMZA:
            found.append((f"hamza|{last}", 1.0))
        elif letters[at] == "ا" and last and not c.definite:
            found.append((f"alef|{last}", 1.0))
        if not last and len(letters) > 1 and letters[1] in _HAMZA:
            found.append((f"inner hamza|{letters[0]}", 1.0))
        if c.suffix:
            found.append((f"join={c.stem[-1]}{c.suffix}", 1.0))
        else:
            found.append((f"end={letters[-1]}|{kind}", 1.0))
            if c.stem[-1] == "ا":
                found.append(("accusative", self.levels.get(c.stem[:-1], 0) / 8))
            if kind == "whole":
                found.append((f"end={c.stem[-2:]}", 1.0))
        if last:
            found.append((f"begin={last}{c.stem[0]}", 1.0))
        return found

    def _level(self, stem: str, closed: bool) -> int:
        return self.levels.get(stem[:-1] + "ة" if closed else stem, 0)

    def _free(self, c: Candidate, core: str, closed: bool) -> tuple[int, int]:
        """Levels of a stem without pronoun: alone (or with the article), and at most with other proclitics."""
        bare = c.stem if not c.definite else c.stem[2:] if c.stem.startswith("ال") else c.stem[1:]
        level = self._level
        if c.definite:
            return max(level(f"ال{bare}", closed), level(bare, closed)), level(f"وال{bare}", closed)
        others = [level(p + bare, closed) for p in _OTHER_PREFIXES if p + bare != core]
        return level(bare, closed), max(others)

    def _suffixed(self, c: Candidate) -> tuple[int, int]:
        """Levels of a stem before a pronoun: free (with ة for ت), and at most with other pronouns."""
        levels = self.levels
        free = max(max(levels.get(v, 0), levels.get(f"ال{v}", 0)) for v in free_forms(c.stem))
        return free, max(levels.get(c.stem + s, 0) for s in _OTHER_SUFFIXES if s != c.suffix)


def free_forms(stem: str) -> tuple[str, ...]:
    """Spellings that a stem before a pronoun may have without it, in the form of `Segmenter.levels`."""
    if stem.endswith("ت"):
        return (stem[:-1] + "ة", stem)
    if stem.endswith("ا"):
        return (stem, stem[:-1] + "ي")
    if stem.endswith("و"):
        return (stem, stem + "ا", stem[:-1] + "ء", stem + "ن")
    if stem.endswith("ي"):
        return (stem, stem[:-1] + "ء", stem + "ن")
    return (stem,)


#: Knows nothing and splits nothing that may stand whole; for training.
UNTRAINED = Segmenter({}, {})


def load_segmenter(path: Path) -> Segmenter:
    """Read weights and levels; the untrained segmenter when the file is not there."""
    if not path.is_file():
        return UNTRAINED
    raw = json.loads(path.read_text("utf-8"))
    levels = {word: int(level) for level, words in raw["levels"].items() for word in words.split(" ")}
    return Segmenter({str(k): float(v) for k, v in raw["weights"].items()}, levels)
