"""Small gradient-boosted trees: learned by scripts under ``training/``, kept as JSON, added up without a library."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fork:
    """A fork of a tree: up to `most` of the measure go left. `mean` is the mean of what lies behind it."""

    measure: int
    most: float
    mean: float
    left: Fork | float
    right: Fork | float


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees whose leaves add up to a score.

    Attributes:
        names: what is measured, in the order in which values are given.
        base: the score before the first tree.
        trees: the trees.
    """

    names: tuple[str, ...]
    base: float
    trees: tuple[Fork | float, ...]

    def score(self, values: Sequence[float]) -> float:
        """The sum of the leaves that these values lead to."""
        total = self.base
        for node in self.trees:
            while isinstance(node, Fork):
                node = node.left if values[node.measure] <= node.most else node.right
            total += node
        return total

    def lifts(self, values: Sequence[float]) -> list[float]:
        """What each measure adds to the score: the change of the mean at each fork of it on the way down.

        Source: A. Saabas, "Interpreting random forests", 2014 (the method of the library treeinterpreter).
        """
        added = [0.0] * len(self.names)
        for node in self.trees:
            while isinstance(node, Fork):
                after = node.left if values[node.measure] <= node.most else node.right
                added[node.measure] += (after.mean if isinstance(after, Fork) else after) - node.mean
                node = after
        return added


def read_trees(raw: Any, names: Sequence[str], where: str) -> Trees:
    """Trees as they are written: ``measures``, ``base`` and ``trees``.

    Args:
        raw: the JSON object; a leaf is a number, a fork the number of its measure, the most of it that goes left, the
            mean of its leaves, left and right.
        names: the measures that the program takes.
        where: the file, for the message.

    Raises:
        ValueError: when the trees were learned over other measures.
    """
    if tuple(raw["measures"]) != tuple(names):
        raise ValueError(f"{where}: its trees are of other measures; delete it and learn it anew (docs/models)")
    return Trees(tuple(names), float(raw["base"]), tuple(fork(tree) for tree in raw["trees"]))


def fork(raw: Any) -> Fork | float:
    """A tree as it is written: a number, or the measure, the most that goes left, the mean, left and right."""
    if isinstance(raw, (int, float)):
        return float(raw)
    measure, most, mean, left, right = raw
    return Fork(int(measure), float(most), float(mean), fork(left), fork(right))


def log_odds(probability: float) -> float:
    """The log-odds of a probability, none further than 1 in 10,000 from sure."""
    p = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


def probability(score: float) -> float:
    """The probability of log-odds."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def shares(scores: Sequence[float]) -> tuple[float, ...]:
    """Probabilities, one a label, of scores of several labels."""
    top = max(scores)
    powers = [math.exp(s - top) for s in scores]
    whole = sum(powers)
    return tuple(p / whole for p in powers)
