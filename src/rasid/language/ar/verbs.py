"""Whether a word that may be a verb or a noun is a verb where it stands: a small linear model.

Without vowel marks «كشف», «عقد», «بحث» are a verb or its noun. The rules of `words` decide most; this model takes
their answer as one hint among others (what stands around the word, whether the clause has a verb, in which contexts
raw text has the form) and also says which unknown words are verbs. The weights are learned by
``training/verbs.py`` from UD Arabic-PUD; see docs/models/verbs.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rasid.model.text import Tag, Token

_CLOSED: tuple[Tag, ...] = ("PREP", "SUB", "REL", "NEG", "DEM", "CONJ", "SCONJ", "PART")
_OPEN: frozenset[Tag] = frozenset({"V", "N", "ADJ", "NAME", "NUM", "QUANT", "X"})
#: The class of a word that is no verb: the first of these that the lexicon allows.
_OTHERWISE: tuple[Tag, ...] = ("PREP", "SCONJ", "ADV", "N", "NAME", "ADJ", "QUANT")
_ENDS_CLAUSE: frozenset[Tag] = frozenset({"SUB", "REL", "SCONJ"})
#: The rules were made on news, the weights come from other text too: an answer against the rules is so far from even.
_SURE = 1.0
_QUOTES = '"«»“”()'


@dataclass(frozen=True, slots=True)
class VerbModel:
    """Weights by feature; and for forms two digits: how often raw text settles them as verbs, how often with ال."""

    weights: Mapping[str, float]
    forms: Mapping[str, str] = field(default_factory=dict)

    def retag(self, tokens: Sequence[Token]) -> tuple[Token, ...]:
        """The tokens with the class of each doubtful word decided anew."""
        if not self.weights:
            return tuple(tokens)
        return tuple(self._decided(tokens, i) if doubtful(t) else t for i, t in enumerate(tokens))

    def _decided(self, tokens: Sequence[Token], i: int) -> Token:
        token = tokens[i]
        verb = self.judged(features(tokens, i, self.forms), token)
        if verb == (token.tag == "V"):
            return token
        rest = token.tags - {"V"}
        tag: Tag = "V" if verb else next((t for t in _OTHERWISE if t in rest), "X")
        return token.tagged(tag, tanween=token.tanween)

    def judged(self, seen: Iterable[str], token: Token) -> bool:
        """Whether a word is a verb: as the rules say unless the model is sure; of unknown words the model decides."""
        score = sum(self.weights.get(f, 0.0) for f in seen)
        if token.tags <= {"X"} or abs(score) > _SURE:
            return score > 0
        return token.tag == "V"


#: The model of an engine without weights: the rules stand.
RULES_ONLY = VerbModel({})


def load_verbs(path: Path) -> VerbModel:
    """Read the weights; without the file the model that leaves everything to the rules."""
    if not path.is_file():
        return RULES_ONLY
    raw = json.loads(path.read_text("utf-8"))
    return VerbModel(raw["weights"], raw["forms"])


def doubtful(token: Token) -> bool:
    """Whether a word may be a verb and something else, or is unknown."""
    if token.kind != "word" or token.clitic is not None or token.definite or token.passive_mark:
        return False
    if len(token.tags) == 1:
        return "X" in token.tags
    return "V" in token.tags and not token.tags.isdisjoint({"N", "ADJ", "NAME", "X"}) and token.tag in _OPEN


def features(tokens: Sequence[Token], i: int, forms: Mapping[str, str]) -> tuple[str, ...]:
    """What the model sees of the word at place `i`."""
    token = tokens[i]
    before, before2 = tokens[i - 1] if i else None, tokens[i - 2] if i > 1 else None
    after, after2 = (tokens[i + n] if i + n < len(tokens) else None for n in (1, 2))
    rule = "V" if token.tag == "V" else "N"
    tense = "".join(sorted({v.tense[0] for v in token.verbs})) or _prefix(token)
    left, right = _sign(before), _sign(after)
    clause, distance = _clause(tokens, i)
    parts = [
        "bias",
        f"rule={rule}",
        f"rule={rule}|{tense}",
        f"tags={'+'.join(sorted(token.tags))}|{rule}",
        f"tense={tense}",
        f"tanween={token.tanween}",
        f"suffix={right == 'suf'}|{tense}",
        f"length={min(len(token.norm), 6)}|{tense}",
        f"ending={token.norm[-1:]}|{tense}",
        f"ending={token.norm[-2:]}",
        f"left={left}",
        f"left={left}|{tense}",
        f"left class={before.tag if before is not None else '^'}|{tense}",
        f"left={left}|{_sign(before2)}",
        f"left word={before.norm if before is not None else '^'}",
        f"right={right}|{tense}",
        f"right={right}|{left}",
        f"right={right}|{_sign(after2)}",
        f"clause={clause}|{tense}",
        f"clause={clause}|{left}|{right}",
        f"distance={distance}|{clause}|{tense}",
    ]
    if after is not None and after.kind == "word":
        genders = {v.gender for v in token.verbs if v.person == 3}
        agrees = after.gender in genders if after.gender else "?"
        parts.append(f"agrees={agrees}|{left}|{after.definite}")
    digits = forms.get(token.bare)
    if digits is None:
        parts.append("form=?")
    else:
        seen, article = digits[0], digits[1]
        parts += [
            f"form={seen}",
            f"form={seen}|{rule}",
            f"form={seen}|{left}",
            f"form={seen}|{clause}",
            f"article={article}",
            f"article={article}|{seen}",
        ]
    return tuple(parts)


def _prefix(token: Token) -> str:
    """The letter of an unknown word that may be an imperfect's prefix."""
    return f"?{token.norm[0]}" if token.norm[0] in "يتنا" else "?"


def _sign(token: Token | None) -> str:
    """What a neighbour shows without its chosen class."""
    if token is None:
        return "-"
    if token.kind != "word":
        return token.norm
    if token.clitic is not None:
        return "suf" if token.clitic == "suf" else f"pre{token.norm}"
    if token.definite:
        return "def"
    closed = next((t for t in _CLOSED if t in token.tags), None)
    return closed or "+".join(sorted(token.tags & _OPEN))


def _clause(tokens: Sequence[Token], i: int) -> tuple[bool, int]:
    """Whether the clause has a verb before place `i`; and how far that, or the beginning, is (at most 4)."""
    for j in range(i - 1, -1, -1):
        token = tokens[j]
        if token.tag == "V":
            return True, min(i - j, 4)
        if (token.kind == "punct" and token.norm not in _QUOTES) or token.tag in _ENDS_CLAUSE:
            return False, min(i - j, 4)
    return False, min(i + 1, 4)


def form_digits(verb: int, noun: int, article: int, total: int) -> str | None:
    """The digits of a form from counts in raw text; None when it is too rare.

    Args:
        verb: times it stands where only a verb does (after قد, لم, الذي …).
        noun: times it stands where only a noun does (after a preposition).
        article: times it is written with ال.
        total: times it stands without ال.
    """
    if article + total < _RARE:
        return None
    share = (verb + 0.5) / (verb + noun + 1)
    with_article = article / (article + total + 1)
    return f"{sum(share > s for s in _SHARES)}{sum(with_article > s for s in _ARTICLES)}"


_RARE = 12
_SHARES = (0.05, 0.2, 0.4, 0.6, 0.8, 0.95)
_ARTICLES = (0.02, 0.1, 0.3, 0.6)
