"""A sentence as a row of units: phrases, prepositional phrases, verbs, joints. Clauses are read off it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rasid.model.text import Phrase, Sentence, Token

UnitKind = Literal[
    "NP", "PP", "V", "TIME", "ADV", "CONJ", "COMMA", "COLON", "QUOTE", "STOP", "SUB", "REL", "SCONJ", "NEG", "PART",
    "PRON", "BRACKET", "PREP",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """A run of tokens with one part to play. `prep` is the preposition of a PP; `pronoun` its suffix token."""

    kind: UnitKind
    first: int
    last: int
    phrase: Phrase | None = None
    prep: str = ""
    pronoun: int = -1


def units_of(sentence: Sentence, compound: dict[tuple[str, str], str]) -> tuple[Unit, ...]:
    """The units of a sentence, in order; every token belongs to exactly one.

    `compound` maps prepositions of two words to the one that they stand for.
    """
    builder = _Builder(sentence, compound)
    found: list[Unit] = []
    i = 0
    while i < len(sentence.tokens):
        unit = builder.at(i)
        found.append(unit)
        i = unit.last + 1
    return tuple(found)


class _Builder:
    def __init__(self, sentence: Sentence, compound: dict[tuple[str, str], str]) -> None:
        self.compound = compound
        self.tokens: Sequence[Token] = sentence.tokens
        self.phrases = {p.first: p for p in sentence.phrases}
        self.times = {m.first: m for m in sentence.mentions if m.kind == "time"}
        self.n = len(self.tokens)

    def at(self, i: int) -> Unit:
        """The unit that begins at token `i`."""
        time = self.times.get(i)
        if time is not None:
            return Unit("TIME", i, time.last)
        token = self.tokens[i]
        if token.kind == "punct":
            return self._mark(i, token.norm)
        if token.clitic == "suf":
            return Unit("PRON", i, i, pronoun=i)
        phrase = self.phrases.get(i)
        if phrase is not None:
            return Unit("NP", i, phrase.last, phrase)
        if token.tag == "PREP":
            return self._prepositional(i)
        if token.tag == "V":
            return Unit("V", i, i)
        simple: dict[str, UnitKind] = {
            "CONJ": "CONJ", "SUB": "SUB", "REL": "REL", "SCONJ": "SCONJ", "NEG": "NEG",
            "PART": "PART", "PRON": "PRON", "ADV": "ADV",
        }  # fmt: skip
        return Unit(simple.get(token.tag, "ADV"), i, i)

    def _mark(self, i: int, mark: str) -> Unit:
        if mark in "،,":
            return Unit("COMMA", i, i)
        if mark == ":":
            return Unit("COLON", i, i)
        if mark in '"«»“”':
            return Unit("QUOTE", i, i)
        if mark in "()[]":
            return self._bracket(i, mark)
        if mark in "-–—":
            return Unit("COMMA", i, i)
        if mark in "#@*'’‘/":
            return Unit("BRACKET", i, i)
        return Unit("STOP", i, i)

    def _bracket(self, i: int, mark: str) -> Unit:
        if mark in "([":
            for j in range(i + 1, min(i + 15, self.n)):
                if self.tokens[j].norm in ")]":
                    return Unit("BRACKET", i, j)
        return Unit("BRACKET", i, i)

    def _prepositional(self, i: int) -> Unit:
        prep, at = self.tokens[i].norm, i + 1
        if at < self.n:
            compound = self.compound.get((prep, self.tokens[at].norm))
            if compound is not None and at + 1 < self.n:
                prep, at = compound, at + 1
        if at >= self.n:
            return Unit("PREP", i, self.n - 1, prep=prep)
        following = self.tokens[at]
        if following.clitic == "suf":
            return Unit("PP", i, at, prep=prep, pronoun=at)
        if at in self.times:
            return Unit("TIME", i, self.times[at].last, prep=prep)
        phrase = self.phrases.get(at)
        if phrase is None and at + 1 < self.n and (following.norm in '"«“' or following.tag == "NEG"):
            phrase, at = self.phrases.get(at + 1), at + 1  # «على عدم المشاركة»
        if phrase is not None:
            return Unit("PP", i, phrase.last, phrase, prep)
        return Unit("PREP", i, at - 1, prep=prep)
