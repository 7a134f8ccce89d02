"""Measure and train the model that says which records of an article tell the same act.

Usage: python -m training.same_act SHARED_DIR [--write]

The program's records are paired with the coded ones as the scorer does; over the paired records the acts on both sides
(``same_as``, followed to the first telling) are compared: pairs of records in one act, and B-cubed (Bagga and Baldwin
1998). Prints figures of five folds by article, and of the articles that are never trained on; --write stores the
weights. Needs scikit-learn. Seeded.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rasid.ingest import PageLayout
from rasid.packs.linear import Linear
from rasid.pipeline.article import parse
from rasid.pipeline.kit import Kit, load
from rasid.resolve.records import resolve
from rasid.resolve.same_act import OTHER, SAME, Told, Weights, agree, best_act, features, view, weights_of
from rasid.score.compare import Counts, align
from training import coded
from training.resolution import WEIGHTS, as_coded

FOLDS, SEED = 5, 7
#: Inverse regularisation, rarest feature kept, least chance of one act; chosen by the folds.
STRENGTH, RARE, LEAST = 0.03, 10, 0.45
#: Least chances whose figures are printed.
SHOWN = (0.35, 0.45, 0.55, 0.65)


@dataclass(frozen=True, slots=True)
class Read:
    """A coded article: its records as they are compared, and for those that are paired the act that the coder says."""

    article: str
    told: tuple[Told, ...]
    weights: Weights
    acts: dict[int, int]


#: Gives the acts of an article: each a list of its tellings.
Linker = Callable[[Read], list[list[Told]]]


def read(raw: dict[str, Any], kit: Kit, layout: PageLayout) -> Read:
    """The program's reading of a coded article."""
    article = coded.article(raw, layout)
    sentences, found = parse(article, kit)
    records, _ = resolve(
        article, sentences, found.events, found.claims, kit.knowledge, kit.dating, found.subjects, kit.weighing
    )
    told: list[Told] = []
    for record, event in zip(records, found.events, strict=True):
        told.append(view(record, sentences[event.sentence], told))
    firsts = first_tellings(raw["records"])
    links = align(coded.scored(raw), [as_coded(record) for record in records])
    return Read(raw["id"], tuple(told), weights_of(sentences), {p + 1: firsts[g] for g, p in links})


def first_tellings(records: Sequence[dict[str, Any]]) -> list[int]:
    """For each coded record the number of the first that tells its act; links are followed to their end."""
    found = []
    for number, record in enumerate(records, 1):
        seen = {number}
        while (link := record.get("same_as")) and link not in seen:
            number, record = link, records[link - 1]
            seen.add(number)
        found.append(number)
    return found


# -- the model -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """Two records of one type: what is seen, and whether they tell one act."""

    article: str
    features: Sequence[str]
    label: str


def rows(reads: Iterable[Read]) -> Iterator[Row]:
    """All pairs of paired records of a type."""
    for article in reads:
        for a, b in combinations((t for t in article.told if t.number in article.acts), 2):
            if a.record.event == b.record.event:
                label = SAME if article.acts[a.number] == article.acts[b.number] else OTHER
                yield Row(article.article, features(a, b, article.weights), label)


def fit(data: Sequence[Row], strength: float = STRENGTH, rare: int = RARE, least: float = LEAST) -> Linear:
    """A logistic regression over features that are not too rare; each article weighs as the root of its pairs."""
    counts = Counter(f for row in data for f in set(row.features))
    sizes = Counter(row.article for row in data)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{f: 1.0 for f in r.features if counts[f] >= rare} for r in data])
    regression = LogisticRegression(C=strength, max_iter=3000, fit_intercept=False, random_state=SEED)
    weights = np.array([sizes[r.article] ** -0.5 for r in data])
    regression.fit(matrix, [r.label == SAME for r in data], weights / weights.mean())
    names = vectorizer.get_feature_names_out()
    half = np.round(regression.coef_[0] / 2, 3)
    kept = {str(n): (float(w), float(-w)) for n, w in zip(names, half, strict=True) if abs(w) >= 0.005}
    return Linear((SAME, OTHER), kept, {SAME: least})


def by_model(model: Linear) -> Linker:
    """Acts as the model joins them."""

    def link(article: Read) -> list[list[Told]]:
        acts: list[list[Told]] = []
        for one in article.told:
            act = best_act(model, acts, one, article.weights)
            if act is None:
                acts.append([one])
            else:
                act.append(one)
        return acts

    return link


def by_rule(article: Read) -> list[list[Told]]:
    """Acts by the rule that needs no model."""
    acts: list[list[Told]] = []
    for one in article.told:
        act = next((act for act in acts if agree(act[0].record, one.record)), None)
        if act is None:
            acts.append([one])
        else:
            act.append(one)
    return acts


def alone(article: Read) -> list[list[Told]]:
    """Every record an act of its own."""
    return [[one] for one in article.told]


# -- figures -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figures:
    """Pairs of records in one act, and sums of B-cubed precision and recall over records."""

    pairs: Counts = field(default_factory=Counts)
    precision: float = 0.0
    recall: float = 0.0
    records: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.pairs + other.pairs, self.precision + other.precision, self.recall + other.recall,
            self.records + other.records,
        )  # fmt: skip

    def row(self, title: str) -> str:
        """A row of a Markdown table."""
        p, r = self.precision / max(1, self.records), self.recall / max(1, self.records)
        values = (self.pairs.precision, self.pairs.recall, self.pairs.f1, p, r, 2 * p * r / (p + r) if p + r else 0.0)
        return f"| {title} | {self.records} | {self.pairs.gold} | " + " | ".join(f"{v:.3f}" for v in values) + " |"


HEADER = (
    "| articles, by | paired records | pairs in one act | pairs P | R | F1 | B-cubed P | R | F1 |\n"
    "|---|---|---|---|---|---|---|---|---|"
)


def measure(article: Read, acts: Iterable[Sequence[Told]]) -> Figures:
    """The acts of one article against those of its coder, over its paired records."""
    mine = {told.number: n for n, act in enumerate(acts) for told in act}
    return compared([(mine[number], act) for number, act in article.acts.items()])


def compared(both: Sequence[tuple[int, int]]) -> Figures:
    """(predicted act, coded act) of each record, compared."""
    mine, theirs, together = Counter(m for m, _ in both), Counter(t for _, t in both), Counter(both)

    def pairs(sizes: Counter[Any]) -> int:
        return sum(n * (n - 1) // 2 for n in sizes.values())

    return Figures(
        Counts(pairs(together), pairs(theirs), pairs(mine)),
        sum(together[one] / mine[one[0]] for one in both),
        sum(together[one] / theirs[one[1]] for one in both),
        len(both),
    )


def figures(reads: Iterable[Read], link: Linker) -> Figures:
    """The figures of all articles."""
    return sum((measure(article, link(article)) for article in reads), Figures())


def folds(ids: Iterable[str]) -> list[frozenset[str]]:
    """The articles of each fold."""
    order = sorted(ids)
    random.Random(SEED).shuffle(order)
    return [frozenset(order[n::FOLDS]) for n in range(FOLDS)]


def main() -> None:
    """Measure, and with --write store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    kit, layout = load(), PageLayout.load(None)
    articles = coded.readable(options.shared)
    seen = {raw["id"] for raw in articles}
    reads = [read(raw, kit, layout) for raw in articles]
    unread = [read(raw, kit, layout) for raw in coded.gold(options.shared / "gold" / "dev") if raw["id"] not in seen]
    data = list(rows(reads))
    print(f"{len(articles)} articles, {len(data)} pairs of one type, {sum(r.label == SAME for r in data)} in one act\n")
    print(HEADER)
    print(figures(reads, alone).row("readable, none told again"))
    print(figures(reads, by_rule).row("readable, rule"))
    parts = [(out, fit([row for row in data if row.article not in out])) for out in folds(seen)]
    for least in SHOWN:
        folded = (
            figures((r for r in reads if r.article in out), by_model(replace(model, least={SAME: least})))
            for out, model in parts
        )
        print(sum(folded, Figures()).row(f"readable, model in five folds, from {least} on"))
    model = fit(data)
    print(figures(unread, alone).row("unread, none told again"))
    print(figures(unread, by_rule).row("unread, rule"))
    print(figures(unread, by_model(model)).row(f"unread, model, from {LEAST} on"))
    if options.write:
        store(model)


def store(model: Linear) -> None:
    """Write the weights."""
    raw = {"labels": model.labels, "least": dict(model.least), "weights": model.weights}
    path = WEIGHTS / "same_act.json"
    path.write_text(json.dumps(raw, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")
    print(f"\n{path.name}: {len(model.weights)} features, {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
