"""How likely two records are one event, and the reasons in words.

Records of one article are judged by a logistic model over named features, records of two articles by gradient-boosted
trees over measures. Both are learned by ``training/joining.py``; see docs/models/joining.md.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rasid.join.features import Weights, contradiction, excluded, features
from rasid.join.measures import NAMES, measures
from rasid.join.telling import Telling
from rasid.packs.trees import Trees, read_trees

#: Reasons that are told of a link.
_TOLD = 4
#: A score beyond this, either way, is as sure as can be: one odd pair must not outvote all others of its group.
_SURE = 4.0


@dataclass(frozen=True, slots=True)
class Model:
    """The joiner's knowledge.

    Attributes:
        weights: log-odds by feature, of records of one article.
        bias: log-odds of such a pair of which nothing holds.
        trees: add up to the log-odds of records of two articles.
        threshold: least mean log-odds of two groups that become one.
        contradicted: largest share of contradicting pairs between two groups that become one.
        family: how two types may tell one act.
        stems: how much each stem tells.
    """

    weights: Mapping[str, float]
    bias: float
    trees: Trees
    threshold: float
    contradicted: float
    family: Mapping[tuple[str, str], str]
    stems: Weights

    def score(self, a: Telling, b: Telling) -> float:
        """The log-odds that two records are one event, -4 to 4."""
        if a.article == b.article:
            of = self.weights
            total = self.bias + sum(of.get(name, 0.0) for name in features(a, b, self.stems, self.family))
        elif excluded(a, b):
            return -_SURE
        else:
            total = self.trees.score(measures(a, b, self.stems))
        return max(-_SURE, min(_SURE, total))

    def kin(self, a: str, b: str) -> bool:
        """Whether records of these types may be one event."""
        return a == b or (min(a, b), max(a, b)) in self.family

    def reasons(self, a: Telling, b: Telling) -> tuple[str, ...]:
        """Why two records were joined: what weighed most, what the days rest on, and what speaks against it."""
        found: dict[str, float] = {}
        for said, weight in self._inside(a, b) if a.article == b.article else self._over(a, b):
            found[said] = found.get(said, 0.0) + weight
        best = sorted((item for item in found.items() if item[1] > 0), key=lambda item: -item[1])[:_TOLD]
        told = [said for said, _ in best]
        if a.article != b.article and (a.first is None or b.first is None):
            told.append("days by publication: a text gives no date")
        if against := contradiction(a, b):
            told.append(f"although {against}")
        return tuple(told)

    def _inside(self, a: Telling, b: Telling) -> list[tuple[str, float]]:
        names = features(a, b, self.stems, self.family)
        return [(said, self.weights.get(name, 0.0)) for name in names if (said := _words(name))]

    def _over(self, a: Telling, b: Telling) -> list[tuple[str, float]]:
        """What each measure adds."""
        values = measures(a, b, self.stems)
        added = self.trees.lifts(values)
        return [(said, added[n]) for n, name in enumerate(NAMES) if (said := _measured(name, values[n]))]


def load_model(path: Path, stems: Path) -> Model:
    """Read the weights, the trees and the counts of stems.

    Args:
        path: JSON with ``weights``, ``bias``, ``trees`` (a leaf is a number; a fork the number of its measure, the
            most of it that goes left, left and right), ``base``, ``measures``, ``threshold``, ``contradicted`` and
            ``kin``.
        stems: JSON with ``articles`` and ``counts``, the articles of a collection that have each stem.

    Raises:
        OSError: when a file cannot be read.
        ValueError: when the trees were learned over other measures.
    """
    raw, counts = json.loads(path.read_text("utf-8")), json.loads(stems.read_text("utf-8"))
    return Model(
        {str(name): float(value) for name, value in raw["weights"].items()},
        float(raw["bias"]),
        read_trees(raw, NAMES, str(path)),
        float(raw["threshold"]),
        float(raw["contradicted"]),
        {(str(a), str(b)): "kin" for a, b in raw["kin"]},
        Weights.counted(int(counts["articles"]), counts["counts"]),
    )


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
    "named places same": "the same places named",
    "named people same": "the same people named",
    "places of the sentence same": "the same places in the sentence",
    "speaker one": "the same speaker",
    "speaker name": "the same speaker",
}


#: What is said of a measure, and from which value on.
_SAID: dict[str, tuple[float, str]] = {
    "near": (0.2, "the words around the trigger are alike"),
    "near of the fewer": (0.2, "the words around the trigger are alike"),
    "near shared": (8.0, "the words around the trigger are alike"),
    "rarest near": (5.0, "both say a rare word around the trigger"),
    "words": (0.2, "the sentences share words"),
    "words of the fewer": (0.2, "the sentences share words"),
    "words shared": (12.0, "the sentences share words"),
    "rarest word": (5.0, "the sentences share a rare word"),
    "after": (0.2, "the words behind the trigger are alike"),
    "issue": (0.2, "the issues share words"),
    "lead": (0.2, "the articles begin alike"),
    "lead shared": (40.0, "the articles begin alike"),
    "target": (0.2, "the targets share words"),
    "trigger shared": (0.1, "same trigger"),
    "named places": (2.0, "the same places named"),
    "places of the sentence": (2.0, "the same places in the sentence"),
    "people": (2.0, "the same people named"),
    "speaker": (5.0, "the same speaker"),
    "headlines": (2.0, "both are headlines"),
    "dead": (1.0, "same number of dead"),
    "numbers": (1.0, "same numbers"),
    "mode": (1.0, "same mode"),
}
_LEVELLED = {6.0: "the same", 5.0: "of the same name", 4.0: "of the same country and kind", 3.0: "of the same country"}
_PLACED = {4.0: "same place", 3.0: "places close to each other", 2.0: "places in one country"}
_DATED = {3.0: "dated on the same day", 2.0: "the dates overlap"}
_PUBLISHED = {0.0: "published on one day", 1.0: "published on following days"}


def _measured(name: str, value: float) -> str | None:
    """A measure in words for people; None where its value says nothing for one event."""
    if name in _SAID:
        least, said = _SAID[name]
        return said if value >= least else None
    if name in ("actor", "recipient", "parties"):
        return f"{name} {_LEVELLED[value]}" if value in _LEVELLED else None
    steps = {"place": _PLACED, "dated": _DATED, "published apart": _PUBLISHED}.get(name, {})
    return steps.get(value)


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
