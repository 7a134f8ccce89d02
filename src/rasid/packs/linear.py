"""Small linear models: a weight for each feature and label, learned by a script under ``training/``, kept as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Linear:
    """A multinomial logistic model.

    Attributes:
        labels: what is chosen among.
        weights: for each feature one weight a label, in the order of `labels`.
        least: what a probability is divided by before labels are compared; 1 where a label is not named.
    """

    labels: tuple[str, ...]
    weights: Mapping[str, tuple[float, ...]]
    least: Mapping[str, float] = field(default_factory=dict)

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """The probability, 0 to 1, of each label; all are as likely when no feature is known."""
        weights = self.weights.get
        rows = [row for feature in features if (row := weights(feature)) is not None]
        scores: list[float] = [sum(column) for column in zip(*rows, strict=True)] or [0.0] * len(self.labels)
        top = max(scores)
        powers = [math.exp(s - top) for s in scores]
        whole = sum(powers)
        return {label: power / whole for label, power in zip(self.labels, powers, strict=True)}

    def best(self, features: Iterable[str]) -> str:
        """The label whose probability is highest, each divided by its `least`."""
        return self.likeliest(self.probabilities(features))

    def likeliest(self, chances: Mapping[str, float]) -> str:
        """The label that `best` takes where these are the probabilities."""
        return max(self.labels, key=lambda label: chances[label] / self.least.get(label, 1.0))


def load_linear(path: Path) -> Linear | None:
    """Read a model; None when the file is not there.

    Its weights are those of the file divided by ``per``: hundredths take less room as whole numbers.
    """
    if not path.is_file():
        return None
    raw = json.loads(path.read_text("utf-8"))
    per = raw.get("per", 1)
    weights = {str(f): tuple(w / per for w in row) for f, row in raw["weights"].items()}
    return Linear(tuple(raw["labels"]), weights, {str(k): float(v) for k, v in raw["least"].items()})
