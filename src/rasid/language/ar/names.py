"""Names that no table has: a small trained tagger of persons, bodies and places, in plain Python.

It comes third, after the tables of names and the rules that compose phrases: it reads their findings as features.
A linear-chain model (a conditional random field) gives each token one of the labels O, B-PER, I-PER, B-ORG …; its
weights are exported to a text file, so that no library is needed to use it (docs/models/names.md).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rasid.language.ar.phrases import primary
from rasid.model import Span
from rasid.model.text import Mention, MentionKind, Token

_NOMINAL = frozenset({"N", "ADJ", "NAME", "X", "NUM"})
#: What a label costs where it cannot stand: I- at the beginning. (The steps hold as much for I- after another type.)
_NEVER = -50.0
_EDGE: tuple[str, ...] = ("e",)


@dataclass(frozen=True, slots=True)
class WordTable:
    """What unlabelled news tells of words: word to its classes, each a short code («a17», «b203» …)."""

    classes: Mapping[str, tuple[str, ...]]

    def of(self, token: Token) -> tuple[str, ...]:
        """The codes of a token, of its form without the article when the form itself is rare."""
        if token.kind == "number":
            return ("number",)
        found = self.classes.get(token.norm)
        return found if found is not None else self.classes.get(token.bare, ())


def marks_of(tokens: Sequence[Token], mentions: Iterable[Mention]) -> list[tuple[str, ...]]:
    """For each token what the tables say of it: kind of the mention, where in it the token stands."""
    found: list[list[str]] = [[] for _ in tokens]
    for m in mentions:
        kind = m.kind + ("?" if m.weak else "")
        for i in range(m.first, m.last + 1):
            at = "" if m.first == m.last else "<" if i == m.first else ">" if i == m.last else "-"
            mark = f"g{kind}{at}"
            if mark not in found[i]:
                found[i].append(mark)
    return [tuple(marks) for marks in found]


def features(
    tokens: Sequence[Token],
    marks: Sequence[Sequence[str]],
    words: WordTable,
    stretches: Iterable[tuple[int, int]] | None = None,
) -> list[list[list[str]]]:
    """For each stretch (start, end) of a sentence the features of each token, as strings.

    Their first sign says where: 0 here, < > beside, 2 3 beyond. Without `stretches` the whole sentence is one.
    """
    near = [_near(t, m, words.of(t)) for t, m in zip(tokens, marks, strict=True)]
    heads = _heads(tokens)
    whole = [(0, len(tokens))] if stretches is None else stretches
    return [[_row(tokens, near, heads, i) for i in range(start, end)] for start, end in whole]


def _row(tokens: Sequence[Token], near: Sequence[Sequence[str]], heads: Sequence[int], i: int) -> list[str]:
    """The features of one token."""
    last = len(tokens) - 1
    row = _here(tokens[i])
    row += ["0" + a for a in near[i]]
    row += ["<" + a for a in (near[i - 1] if i else _EDGE)]
    row += [">" + a for a in (near[i + 1] if i < last else _EDGE)]
    row += ["2" + a for a in (near[i - 2] if i > 1 else _EDGE)]
    row += ["3" + a for a in (near[i + 2] if i + 1 < last else _EDGE)]
    head = heads[i]
    if 0 <= head < i:
        row += [f"h{min(i - head, 4)}", *("h" + a for a in near[head] if a[0] != "t")]
    before, here, after = tokens[i - 1].tag if i else "^", tokens[i].tag, tokens[i + 1].tag if i < last else "$"
    row += [f"t-{before} {here}", f"t+{here} {after}", f"tt{before} {here} {after}"]
    if i and near[i][-1][0] == near[i - 1][-1][0] == "b":
        row.append(f"k-{near[i - 1][-1]} {near[i][-1]}")
    if i < last and near[i][-1][0] == near[i + 1][-1][0] == "b":
        row.append(f"k+{near[i][-1]} {near[i + 1][-1]}")
    return row


def _heads(tokens: Sequence[Token]) -> list[int]:
    """For each token the first noun of the run of nouns, adjectives and names that it stands in, or -1."""
    found: list[int] = []
    head = -1
    for token in tokens:
        if token.kind != "word" or token.tag not in _NOMINAL:
            head = -1
        elif head < 0:
            head = token.index
        found.append(head)
    return found


def _near(token: Token, marks: Sequence[str], classes: Sequence[str]) -> tuple[str, ...]:
    """What neighbours see of a token too."""
    return ("w" + token.norm, "t" + token.tag, *marks, *classes)


def _here(token: Token) -> list[str]:
    """What only the token itself shows: spelling and readings."""
    bare, tags = token.bare, "".join(sorted(token.tags))
    row = ["T" + tags, "d" + ("1" if token.definite else "0"), f"l{min(len(bare), 9)}"]
    if token.clitic is not None or token.kind != "word":
        return row
    row += ["p" + bare[:2], "p" + bare[:3], "s" + bare[-2:], "s" + bare[-3:], "s" + bare[-1:]]
    if bare != token.norm:
        row.append("c" + bare)
    if token.tags <= {"X"}:
        row.append("x" + bare[-2:])
    return row


@dataclass(frozen=True, slots=True)
class Found:
    """A name that the tagger found: first and last token, PER, ORG, LOC or NORP, and how sure it is (0 to 1)."""

    first: int
    last: int
    type: str
    certainty: float


@dataclass(frozen=True, slots=True)
class NameModel:
    """A linear-chain model: a row of weights (one for each label) by feature, and by pair of labels in a row."""

    labels: tuple[str, ...]
    weights: Mapping[str, Sequence[float]]
    steps: tuple[tuple[float, ...], ...]
    words: WordTable
    lean: float = 0.0

    def find(
        self, tokens: Sequence[Token], mentions: Iterable[Mention], around: Iterable[int] | None = None
    ) -> list[Found]:
        """The names in a sentence, or in the stretches of it near the tokens `around`.

        `mentions` are those that the tables know: they are evidence, not excluded.
        """
        marks = marks_of(tokens, primary([m for m in mentions if m.kind != "time"]).values())
        stretches = [(0, len(tokens))] if around is None else _stretches(around, len(tokens))
        rows = features(tokens, marks, self.words, stretches)
        found: list[Found] = []
        for (start, _), part in zip(stretches, rows, strict=True):
            scores = self._scores(part)
            path = self._best(scores)
            for a, b, kind in _spans([self.labels[k] for k in path]):
                found.append(Found(start + a, start + b, kind, self._certainty(scores, path, a, b)))
        return found

    def unknown(
        self, tokens: Sequence[Token], known: Iterable[Mention], held: Sequence[Mention], by_rule: Sequence[Mention]
    ) -> list[Mention]:
        """The unknown names of a sentence: those found by rule, mended and added to by the tagger.

        Args:
            tokens: the sentence.
            known: all mentions of the tables, the tagger's evidence.
            held: those that the article supports; they are left as they are.
            by_rule: the runs of name words.
        """
        covered = frozenset(i for m in held if m.kind in _COVERING for i in range(m.first, m.last + 1))
        around = [t.index for t in tokens if t.index not in covered and _worth(t)]
        if not around:
            return list(by_rule)
        sure = (f for f in self.find(tokens, known, around) if f.certainty >= _LEAST.get(f.type, 2.0))
        freed = (_freed(f, covered) if f.type == "PER" else f for f in sure)
        found = [
            _mention(tokens, f) for f in freed if f.first <= f.last and covered.isdisjoint(range(f.first, f.last + 1))
        ]
        taken = {i for m in found for i in range(m.first, m.last + 1)}
        return found + [m for m in by_rule if taken.isdisjoint(range(m.first, m.last + 1))]

    def labels_of(self, rows: Iterable[Sequence[str]]) -> list[str]:
        """The label of each token, from the features of each (`features`)."""
        return [self.labels[k] for k in self._best(self._scores(rows))]

    def _scores(self, rows: Iterable[Sequence[str]]) -> list[list[float]]:
        """For each token a score for each label; the first label is O, which `lean` makes dearer."""
        get, found = self.weights.get, []
        base = (-self.lean, *(0.0 for _ in self.labels[1:]))
        for row in rows:
            hits = [w for f in row if (w := get(f)) is not None]
            found.append([sum(column) for column in zip(base, *hits, strict=True)])
        return found

    def _best(self, scores: Sequence[Sequence[float]]) -> list[int]:
        """The best path (Viterbi)."""
        if not scores:
            return []
        steps = list(zip(*self.steps, strict=True))  # into a label, from each
        back: list[list[int]] = []
        here = [v + (_NEVER if k.startswith("I-") else 0.0) for v, k in zip(scores[0], self.labels, strict=True)]
        for row in scores[1:]:
            pointers, after = [], []
            for into, score in zip(steps, row, strict=True):
                sums = [h + s for h, s in zip(here, into, strict=True)]
                top = max(sums)
                pointers.append(sums.index(top))
                after.append(top + score)
            back.append(pointers)
            here = after
        path = [here.index(max(here))]
        for pointers in reversed(back):
            path.append(pointers[path[-1]])
        return path[::-1]

    def _certainty(self, scores: Sequence[Sequence[float]], path: Sequence[int], first: int, last: int) -> float:
        """How likely the labels of a name are, each given its neighbours' labels: the geometric mean.

        (The whole sentence's marginals cost three times the search itself, and order names much the same.)
        """
        total = 0.0
        for i in range(first, last + 1):
            row = list(scores[i])
            if i:
                row = [v + s for v, s in zip(row, self.steps[path[i - 1]], strict=True)]
            if i + 1 < len(path):
                row = [v + line[path[i + 1]] for v, line in zip(row, self.steps, strict=True)]
            top = max(row)
            total += row[path[i]] - top - math.log(sum(math.exp(v - top) for v in row))
        return math.exp(total / (last + 1 - first))


def _stretches(around: Iterable[int], length: int) -> list[tuple[int, int]]:
    """Stretches (start, end) of a sentence near some tokens, joined where they meet."""
    found: list[tuple[int, int]] = []
    for i in around:
        start, end = max(0, i - _BEFORE), min(length, i + _AFTER + 1)
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


#: Kinds of the tables within which no unknown name is looked for.
_COVERING = frozenset(
    {"person", "org", "country", "capital", "place", "outlet", "metonym", "time", "demonym", "role", "agent", "group"}
)
#: How many tokens before and after a word worth looking at are tagged with it.
_BEFORE, _AFTER = 3, 4
#: How sure the tagger must be of a name of each type for it to count.
_LEAST = {"PER": 0.85, "ORG": 0.85}
_KINDS: dict[str, MentionKind] = {"PER": "name", "ORG": "body"}


def _worth(token: Token) -> bool:
    """Whether a word can be part of an unknown name: a name word, or one that no table has."""
    if token.kind != "word" or token.clitic is not None:
        return False
    return token.tag == "NAME" or (token.tag == "X" and not token.definite)


def _freed(found: Found, covered: frozenset[int]) -> Found:
    """A name without the known words at its edges («الوزير …», «… الصحفيين»)."""
    first, last = found.first, found.last
    while first <= last and first in covered:
        first += 1
    while last >= first and last in covered:
        last -= 1
    return replace(found, first=first, last=last)


def _mention(tokens: Sequence[Token], found: Found) -> Mention:
    span = Span(tokens[found.first].span.start, tokens[found.last].span.end)
    words = " ".join(t.norm for t in tokens[found.first : found.last + 1])
    return Mention(_KINDS[found.type], found.first, found.last, span, words)


def _spans(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """(first, last, type) of the names that a row of labels marks."""
    found: list[tuple[int, int, str]] = []
    start, kind = -1, ""
    for i, label in enumerate((*labels, "O")):
        if kind and label != "I-" + kind:
            found.append((start, i - 1, kind))
            kind = ""
        if label != "O" and not kind:
            start, kind = i, label[2:]
    return found


def load_names(weights: Path, words: Path) -> NameModel | None:
    """Read the tagger's two files; None when one is not there (then only the tables and rules find names)."""
    if not (weights.is_file() and words.is_file()):
        return None
    raw = json.loads(weights.read_text("utf-8"))
    steps = tuple(tuple(float(v) for v in row) for row in raw["steps"])
    return NameModel(tuple(raw["labels"]), raw["weights"], steps, load_words(words), float(raw["lean"]))


def load_words(path: Path) -> WordTable:
    """Read the classes of words: a line is a fine, a middle and a coarse class and the words in it, tabs between."""
    found: dict[str, tuple[str, ...]] = {}
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            *codes, words = line.split("\t")
            found.update(dict.fromkeys(words.split(" "), tuple(codes)))
    return WordTable(found)
