"""Learn small gradient-boosted trees and write them as the program reads them (``rasid/packs/trees.py``)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from rasid.packs.trees import Fork, Trees, fork

SEED = 7


@dataclass(frozen=True, slots=True)
class Growth:
    """How trees are grown: rounds, what each adds, leaves of a tree, rows of a leaf at least, regularisation."""

    rounds: int
    rate: float
    leaves: int
    leaf: int
    l2: float
    #: The share of the measures that a fork chooses among.
    share: float = 1.0


def grow(
    x: np.ndarray, y: np.ndarray, weight: np.ndarray, names: Sequence[str], growth: Growth, labels: Sequence[Any]
) -> list[Trees]:
    """One forest for each label; of two labels one, whose score is the log-odds of the second.

    Args:
        x: rows of measures.
        y: the label of each row.
        weight: what each row weighs.
        names: what is measured.
        growth: how the trees are grown.
        labels: the labels in the order in which forests are returned.
    """
    fitted = HistGradientBoostingClassifier(
        max_iter=growth.rounds, learning_rate=growth.rate, max_leaf_nodes=growth.leaves, min_samples_leaf=growth.leaf,
        l2_regularization=growth.l2, max_features=growth.share, early_stopping=False, random_state=SEED,
    ).fit(x, y, sample_weight=weight)  # fmt: skip
    bases = [round(float(b), 4) for b in np.ravel(fitted._baseline_prediction)]
    known = list(fitted.classes_)
    order = [0] if len(bases) == 1 else [known.index(label) for label in labels]
    return [
        Trees(tuple(names), bases[k], tuple(fork(_tree(of[k].nodes, 0)[0]) for of in fitted._predictors)) for k in order
    ]


def _tree(nodes: Any, at: int) -> tuple[Any, float]:
    """A tree as it is written, and the mean of its leaves."""
    node = nodes[at]
    if node["is_leaf"]:
        value = round(float(node["value"]), 4)
        return value, value
    (left, x), (right, y) = (_tree(nodes, int(node[side])) for side in ("left", "right"))
    n, m = (int(nodes[int(node[side])]["count"]) for side in ("left", "right"))
    mean = round((n * x + m * y) / (n + m), 4)
    return [int(node["feature_idx"]), round(float(node["num_threshold"]), 6), mean, left, right], mean


def written(trees: Trees) -> str:
    """The trees as JSON, one a line: the part of a file from ``"trees"`` on, without the closing brace."""
    return ' "trees": [\n' + ",\n".join(json.dumps(_raw(t), separators=(",", ":")) for t in trees.trees) + "\n]"


def whole(trees: Trees) -> str:
    """The trees as a JSON object of their own, as ``read_trees`` takes it."""
    return f'{{"measures": {json.dumps(trees.names)},\n "base": {trees.base},\n{written(trees)}}}'


def _raw(node: Fork | float) -> Any:
    if isinstance(node, Fork):
        return [node.measure, node.most, node.mean, _raw(node.left), _raw(node.right)]
    return node
