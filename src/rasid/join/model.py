"""How likely two records are one event: a logistic model over named features, and the reasons in words.

The weights are learned by ``training/joining.py``; see docs/models/joining.md.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rasid.join.features import Weights, contradiction, features
from rasid.join.telling import Telling

#: Reasons that are told of a link.
_TOLD = 4
#: A score beyond this, either way, is as sure as can be: one odd pair must not outvote all others of its group.
_SURE = 4.0


@dataclass(frozen=True, slots=True)
class Model:
    """The joiner's knowledge.

    Attributes:
        weights: log-odds by feature.
        bias: log-odds of a pair of which nothing holds.
        threshold: least mean log-odds of two groups that become one.
        contradicted: largest share of contradicting pairs between two groups that become one.
        family: how two types may tell one act.
    """

    weights: Mapping[str, float]
    bias: float
    threshold: float
    contradicted: float
    family: Mapping[tuple[str, str], str]

    def score(self, a: Telling, b: Telling, stems: Weights) -> float:
        """The log-odds that two records are one event, -4 to 4."""
        of = self.weights
        total = self.bias + sum(of.get(name, 0.0) for name in features(a, b, stems, self.family))
        return max(-_SURE, min(_SURE, total))

    def kin(self, a: str, b: str) -> bool:
        """Whether records of these types may be one event."""
        return a == b or (min(a, b), max(a, b)) in self.family

    def reasons(self, a: Telling, b: Telling, stems: Weights) -> tuple[str, ...]:
        """Why two records were joined: what weighed most, what the days rest on, and what speaks against it."""
        found: dict[str, float] = {}
        for name in features(a, b, stems, self.family):
            said = _words(name)
            if said:
                found[said] = found.get(said, 0.0) + self.weights.get(name, 0.0)
        best = sorted((item for item in found.items() if item[1] > 0), key=lambda item: -item[1])[:_TOLD]
        told = [said for said, _ in best]
        if a.article != b.article and (a.first is None or b.first is None):
            told.append("days by publication: a text gives no date")
        if against := contradiction(a, b):
            told.append(f"although {against}")
        return tuple(told)


def probability(score: float) -> float:
    """The probability of log-odds."""
    return 1.0 / (1.0 + math.exp(-score))


def load_model(path: Path) -> Model:
    """Read the weights and the types that go together.

    Raises:
        OSError: when the file cannot be read.
    """
    raw = json.loads(path.read_text("utf-8"))
    family = {(str(a), str(b)): "kin" for a, b in raw["kin"]}
    weights = {str(name): float(value) for name, value in raw["weights"].items()}
    return Model(weights, float(raw["bias"]), float(raw["threshold"]), float(raw["contradicted"]), family)


_LIKE = {
    "one": "the same",
    "name": "of the same name",
    "kind": "of the same country and kind",
    "country": "of the same country",
}
_STEP = {
    "words": "the sentences share words",
    "fewer words": "the sentences share words",
    "near": "the words around the trigger are alike",
    "after": "the words behind the trigger are alike",
    "issue": "the issues share words",
    "target": "the targets share words",
    "lead": "the articles begin alike",
}
_PLAIN = {
    "type same": "same type",
    "type kin": "types that tell one act",
    "mode same": "same mode",
    "trigger same": "same trigger",
    "place same": "same place",
    "place near": "places close to each other",
    "place country": "places in one country",
    "dead same": "same number of dead",
    "linked": "the article tells it again",
    "days same": "dated on the same day",
    "days within": "the dates overlap",
    "published 0 apart": "published on one day",
    "published 1 apart": "published on following days",
    "two headlines": "both are headlines",
    "named places same": "the same places named",
    "named people same": "the same people named",
    "places of the sentence same": "the same places in the sentence",
    "speaker one": "the same speaker",
    "speaker name": "the same speaker",
}


def _words(name: str) -> str | None:
    """A feature in words for people; None for one that only balances others."""
    _, _, rest = name.partition(" ")
    measure, _, _ = rest.rpartition(" ")
    if measure in _STEP:
        return _STEP[measure]
    rest = rest.removesuffix(" word").removesuffix(" deed")
    if rest in _PLAIN:
        return _PLAIN[rest]
    for side in ("actor", "recipient", "parties"):
        if rest.startswith(f"{side} ") and (like := _LIKE.get(rest.removeprefix(f"{side} "))):
            return f"{side} {like}"
    return None
