"""Train and measure the joiner: which records of different articles are one event.

Usage: python -m training.joining MARKED SHARED_DIR --pairs PAIRS [--write] [--kept FILE]

MARKED is tests/store/same_event.tsv and PAIRS tests/store/same_pairs.tsv; SHARED_DIR holds ``corpus/`` (packed JSON
lines) with the marked articles, and the coded ones; --kept names a file for the readings, so that the articles are read
once. Prints, in Markdown, figures of five folds by world: a world is a set of articles that share a marked event, and
no record of a world is judged by trees that saw the world. In each fold the joiner runs over all records of all
articles of the fold, marked or not. The weights for records of one article are learned from coded articles, of which
none is marked. The last table is of the pairs as a store gives them, each judged by trees that saw none of its
articles. --write stores what is learned from all. Needs scikit-learn (not needed to run Rasid). Seeded.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
import pickle
import random
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rasid.ingest import PageLayout
from rasid.ingest import read as ingest
from rasid.join import NAMES, Model, Telling, Weights, features, join, measures
from rasid.model import Article, Reading
from rasid.packs.trees import Trees
from rasid.pipeline.article import read
from rasid.pipeline.joining import KIN, STEMS, WEIGHTS, Eyes
from rasid.pipeline.kit import load
from rasid.score import Mention, align, b_cubed, one_an_article, over_merging, read_mentions
from rasid.score.compare import align as align_coded
from training import coded
from training.forest import Growth, grow, written
from training.resolution import as_coded
from training.same_act import first_tellings

FOLDS, SEED = 5, 7
STRENGTH = 0.05  # inverse regularisation of the weights for one article
#: The trees for two articles.
GROWTH = Growth(rounds=150, rate=0.05, leaves=8, leaf=40, l2=10.0)
THRESHOLDS = (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5)
THRESHOLD = 1.5
CONTRADICTED = 0.3
MIN_COUNT = 10
DRAWS = 1000
#: What a pair of PAIRS weighs, where a marked pair weighs 1 on average. The marked look-alikes are of few stories; in a
#: store a record has a thousand others of its type and day, so what is likely must be learned from pairs of a store.
PAIR = 10.0
CORPORA = ("mayadeen2023-24.jsonl.gz", "ant2018.jsonl.gz")

#: A coded article's reading, and the act of each of its paired records.
Acts = tuple[Reading, dict[int, int]]


@dataclass(frozen=True)
class Pair:
    """Two records as a store offers them for joining."""

    a: Telling
    b: Telling
    same: bool
    fold: int


def readings(wanted: set[str], corpus: Sequence[Path]) -> list[Reading]:
    """The articles of the marked mentions, read."""
    kit, layout = load(), PageLayout.load()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        with path.open("w", encoding="utf-8") as out:
            for name in corpus:
                with gzip.open(name, "rt", encoding="utf-8") as lines:
                    out.writelines(line for line in lines if json.loads(line)["id"] in wanted)
        return [read(found, kit) for found in ingest([path], layout=layout) if isinstance(found, Article)]


def worlds(gold: dict[Mention, str]) -> dict[str, str]:
    """The world of each article: articles that share an event, or whose events have one name but for the number."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while (up := above.setdefault(name, name)) != name:
            name = up
        return name

    for mention, group in gold.items():
        above[top("world " + group.rsplit("-", 1)[0])] = top(mention.article)
    return {mention.article: top(mention.article) for mention in gold}


def folds(found: Sequence[Telling], world: dict[int, str], marked: set[int]) -> dict[str, int]:
    """Worlds to folds of about as many marked records each, the largest worlds first."""
    size: dict[str, int] = defaultdict(int)
    for telling in found:
        size[world[telling.article]] += telling.key in marked
    load_of, fold = [0] * FOLDS, {}
    for name in sorted(size, key=lambda name: (-size[name], name)):
        fold[name] = load_of.index(min(load_of))
        load_of[fold[name]] += size[name]
    return fold


def coded_acts(shared: Path) -> list[Acts]:
    """The coded articles that may be read, with the program's records and the acts that their coders say."""
    kit, layout = load(), PageLayout.load()
    found = []
    for raw in coded.readable(shared):
        reading = read(coded.article(raw, layout), kit)
        firsts = first_tellings(raw["records"])
        links = align_coded(coded.scored(raw), [as_coded(record) for record in reading.records])
        found.append((reading, {p + 1: firsts[g] for g, p in links}))
    return found


def kin(a: Telling, b: Telling) -> bool:
    """Whether the types of two records may tell one act."""
    return a.event == b.event or (min(a.event, b.event), max(a.event, b.event)) in KIN


def weights_inside(acts: Sequence[Acts], eyes: Eyes, stems: Weights) -> tuple[dict[str, float], float]:
    """Weights and bias from all pairs of paired records of coded articles. Each pair of a long article counts less."""
    names, labels, weights = [], [], []
    for reading, act in acts:
        told = list(eyes.tellings(reading.article, ((n, n, record) for n, record in reading.numbered()), 0))
        told = [telling for telling in told if telling.number in act]
        for a, b in combinations(told, 2):
            if kin(a, b):
                names.append(features(a, b, stems, KIN))
                labels.append(act[a.number] == act[b.number])
                weights.append(1 / math.sqrt(len(told)))
    count: dict[str, int] = defaultdict(int)
    for row in names:
        for name in row:
            count[name] += 1
    vectorizer = DictVectorizer()
    x = vectorizer.fit_transform([{n: 1.0 for n in row if count[n] >= MIN_COUNT} for row in names])
    weighed = np.array(weights) / np.mean(weights)
    fitted = LogisticRegression(C=STRENGTH, max_iter=1000).fit(x, labels, sample_weight=weighed)
    print(f"{len(acts)} coded articles, {len(labels)} pairs in them, {sum(labels)} of one act")
    learned = zip(vectorizer.get_feature_names_out(), fitted.coef_[0], strict=True)
    return {n: round(float(w), 3) for n, w in learned}, round(float(fitted.intercept_[0]), 3)


@dataclass(frozen=True)
class Rows:
    """Pairs of records of two articles: measures, whether they are one event, what they weigh, and fold."""

    x: np.ndarray[Any, Any]
    y: np.ndarray[Any, Any]
    weight: np.ndarray[Any, Any]
    fold: np.ndarray[Any, Any]


def rows(
    found: Sequence[Telling],
    world: dict[int, str],
    event: dict[int, str],
    fold: dict[str, int],
    stems: Weights,
    pairs: Sequence[Pair],
) -> Rows:
    """All pairs of marked records of a world, and the pairs of a store. Each pair of a large world counts less."""
    by_world: dict[str, list[Telling]] = defaultdict(list)
    for telling in found:
        if telling.key in event:
            by_world[world[telling.article]].append(telling)
    x, y, weight, folded = [], [], [], []
    for name, members in by_world.items():
        for a, b in combinations(members, 2):
            if a.article != b.article and kin(a, b):
                x.append(measures(a, b, stems))
                y.append(event[a.key] == event[b.key])
                weight.append(1 / math.sqrt(len(members)))
                folded.append(fold[name])
    mean = sum(weight) / len(weight)
    weight = [one / mean for one in weight] + [PAIR] * len(pairs)
    x += [measures(pair.a, pair.b, stems) for pair in pairs]
    y += [pair.same for pair in pairs]
    folded += [pair.fold for pair in pairs]
    return Rows(np.array(x), np.array(y), np.array(weight), np.array(folded))


def learn(data: Rows, without: int | None = None) -> Trees:
    """Trees whose score is the log-odds of one event, from the pairs of all folds but one."""
    mine = data.fold != without if without is not None else data.fold >= 0
    return grow(data.x[mine], data.y[mine], data.weight[mine], NAMES, GROWTH, (False, True))[0]


def read_pairs(path: Path) -> list[tuple[Mention, Mention, bool]]:
    """The pairs of a file: two mentions and whether they are one event."""
    rows = csv.DictReader((line for line in path.open(encoding="utf-8") if not line.startswith("#")), delimiter="\t")
    return [
        (
            Mention(row["article"], int(row["start"]), int(row["end"]), row["event"]),
            Mention(row["other"], int(row["other_start"]), int(row["other_end"]), row["other_event"]),
            row["same"] == "yes",
        )
        for row in rows
    ]


def of_store(wanted: Sequence[tuple[Mention, Mention, bool]], seen: dict[Mention, Telling]) -> list[Pair]:
    """The pairs that the coder finds, in folds by articles that are linked by pairs."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while (up := above.setdefault(name, name)) != name:
            name = up
        return name

    for a, b, _ in wanted:
        above[top(a.article)] = top(b.article)
    sets = sorted({top(a.article) for a, _, _ in wanted})
    at = {(m.article, m.start, m.end): telling for m, telling in seen.items()}
    found = (
        (at.get((a.article, a.start, a.end)), at.get((b.article, b.start, b.end)), a, same) for a, b, same in wanted
    )
    return [Pair(a, b, same, sets.index(top(m.article)) % FOLDS) for a, b, m, same in found if a and b]


def pair_table(pairs: Sequence[Pair], models: Sequence[Model]) -> None:
    """How many of the pairs that reach a threshold are one event, and how many of those that are reach it."""
    scores = [(models[pair.fold].score(pair.a, pair.b), pair.same) for pair in pairs]
    print(f"\n{len(pairs)} pairs of a store, {sum(pair.same for pair in pairs)} of one event\n")
    print("| threshold | pairs | P | R |\n|---|---|---|---|")
    for threshold in THRESHOLDS:
        reached = [same for score, same in scores if score >= threshold]
        right, all_right = sum(reached), sum(same for _, same in scores)
        print(f"| {threshold:+.2f} | {len(reached)} | {right / max(1, len(reached)):.3f} | {right / all_right:.3f} |")


HEAD = (
    "| threshold | P | R | F1 | mixed groups | wrong pairs | with another event | in another's group |\n"
    "|---|---|---|---|---|---|---|---|"
)


def line(name: str, gold: dict[Mention, str], predicted: dict[Mention, object]) -> str:
    """A row of the table."""
    score, over = b_cubed(gold, predicted), over_merging(gold, predicted)
    return (
        f"| {name} | {score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f} | {over.mixed} of {over.groups} "
        f"({over.of_groups:.1%}) | {over.of_pairs:.1%} | {over.of_mentions:.1%} | {over.put_wrong:.1%} |"
    )


def interval(gold: dict[Mention, str], predicted: dict[Mention, object], world: dict[str, str]) -> str:
    """Where 95 of 100 draws of as many worlds lie: F1, mixed groups and wrong pairs."""
    by_world: dict[str, list[Mention]] = defaultdict(list)
    for mention in gold:
        by_world[world[mention.article]].append(mention)
    names, draw = sorted(by_world), random.Random(SEED)
    drawn = []
    for _ in range(DRAWS):
        chosen = [(n, m) for n, name in enumerate(draw.choices(names, k=len(names))) for m in by_world[name]]
        right = {(n, mention): (n, gold[mention]) for n, mention in chosen}
        got = {(n, mention): (n, predicted[mention]) for n, mention in chosen}
        over = over_merging(right, got)
        drawn.append((b_cubed(right, got).f1, over.of_groups, over.of_pairs))
    bounds = [sorted(column) for column in zip(*drawn, strict=True)]
    low, high = DRAWS // 40, DRAWS - DRAWS // 40 - 1
    f1, groups, pairs = ((column[low], column[high]) for column in bounds)
    return (
        f"95% of {DRAWS} draws of {len(names)} worlds: F1 {f1[0]:.3f} to {f1[1]:.3f}, mixed groups {groups[0]:.1%} to "
        f"{groups[1]:.1%}, wrong pairs {pairs[0]:.1%} to {pairs[1]:.1%}"
    )


def kept(args: argparse.Namespace, ids: set[str]) -> tuple[list[Reading], list[Acts]]:
    """The readings of the marked articles and of the coded ones, from the file that keeps them where it is there."""
    if args.kept and args.kept.exists():
        found: tuple[list[Reading], list[Acts]] = pickle.loads(args.kept.read_bytes())
        return found
    found = readings(ids, [args.shared / "corpus" / name for name in CORPORA]), coded_acts(args.shared)
    if args.kept:
        args.kept.write_bytes(pickle.dumps(found))
    return found


def main() -> None:
    """Measure in folds, and with --write store what is learned from all worlds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("marked", type=Path)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--threshold", type=float, default=THRESHOLD)
    parser.add_argument("--pairs", type=Path, required=True)
    args = parser.parse_args()
    gold, wanted = read_mentions(args.marked), read_pairs(args.pairs)
    paired = {m.article for a, b, _ in wanted for m in (a, b)}
    read_articles, acts = kept(args, {m.article for m in gold} | paired)
    eyes, of_article = Eyes.load(), worlds(gold)
    counts = json.loads(STEMS.read_text("utf-8"))
    stems = Weights.counted(counts["articles"], counts["counts"])
    inside = weights_inside([one for one in acts if one[0].article.id not in of_article], eyes, stems)
    found: list[Telling] = []
    mention: dict[int, Mention] = {}
    world: dict[int, str] = {}
    seen: dict[Mention, Telling] = {}
    read_articles.sort(key=lambda reading: reading.article.id)
    for number, reading in enumerate(read_articles):
        if reading.article.id in paired:
            told = eyes.tellings(reading.article, ((-n, n, record) for n, record in reading.numbered()), number)
            at = (record.trigger.span for record in reading.records)
            seen |= {Mention(reading.article.id, s.start, s.end, t.event): t for s, t in zip(at, told, strict=True)}
        if reading.article.id not in of_article:
            continue
        world[number] = of_article[reading.article.id]
        numbered = [(len(mention) + n, n, record) for n, record in reading.numbered()]
        for key, _, record in numbered:
            span = record.trigger.span
            mention[key] = Mention(reading.article.id, span.start, span.end, record.event)
        found += eyes.tellings(reading.article, numbered, number)
    of_mention = {m: gold[g] for g, m in align(gold, mention.values()).items()}
    key_of = {m: key for key, m in mention.items()}
    event = {key_of[m]: group for m, group in of_mention.items()}
    count = len(set(world.values()))
    print(f"{len(gold)} marked mentions, {len(event)} found among {len(found)} records; {count} worlds")
    fold = folds(found, world, set(event))
    pairs = of_store(wanted, seen)
    data = rows(found, world, event, fold, stems, pairs)
    print(f"{len(data.y)} pairs of two articles, {int(data.y.sum())} of one event\n")

    def model(trees: Trees) -> Model:
        return Model(inside[0], inside[1], trees, args.threshold, CONTRADICTED, KIN, stems)

    models = [model(learn(data, n)) for n in range(FOLDS)]
    results: dict[float, dict[Mention, object]] = {}
    for threshold in THRESHOLDS:
        predicted: dict[Mention, object] = {}
        for n, one in enumerate(models):
            mine = [t for t in found if fold[world[t.article]] == n]
            for group in join(mine, replace(one, threshold=threshold)):
                for member in group:
                    predicted[mention[member.key]] = (n, group[0].key)
        results[threshold] = {m: predicted[m] for m in of_mention}
    for name, chosen in tables(of_mention):
        print(f"{name}: {len(chosen)} mentions\n\n{HEAD}")
        print(line("nothing joined", chosen, {m: m for m in chosen}))
        for threshold, result in results.items():
            print(line(f"{threshold:+.2f}", chosen, {m: result[m] for m in chosen}))
        print()
    print(f"at {args.threshold}: {interval(of_mention, results[args.threshold], of_article)}")
    pair_table(pairs, models)
    if args.write:
        write(model(learn(data)))


def tables(of_mention: dict[Mention, str]) -> Iterator[tuple[str, dict[Mention, str]]]:
    """What the figures are shown over: all; one of an event an article; look-alikes and ordinary stories alone."""
    yield "All", of_mention
    yield "One an article", {m: of_mention[m] for m in one_an_article(of_mention, list(of_mention))}
    choose: dict[str, Callable[[str], bool]] = {
        "Look-alikes": lambda name: name not in ORDINARY,
        "Ordinary stories": lambda name: name in ORDINARY,
    }
    for name, wanted in choose.items():
        yield name, {m: group for m, group in of_mention.items() if wanted(group.rsplit("-", 1)[0])}


#: Worlds that were taken as they came; those before them were chosen for their look-alikes (tests/store/README.md).
ORDINARY = frozenset({
    "aden", "port", "olympics", "icc2018", "envoy", "douma", "hamas", "rouhani", "tiyas", "april", "nairab", "wto",
    "beghal", "eujapan", "butina", "waiver", "zubair", "canada", "saada", "lira", "fredericton", "march", "dahieh",
})  # fmt: skip


def write(model: Model) -> None:
    """Store the model: weights sorted by name, and the trees, one a line."""
    data = {
        "threshold": model.threshold,
        "contradicted": model.contradicted,
        "bias": model.bias,
        "base": model.trees.base,
        "kin": [list(pair) for pair in sorted(model.family)],
        "measures": list(NAMES),
        "weights": {name: weight for name, weight in sorted(model.weights.items()) if weight},
    }
    text = json.dumps(data, ensure_ascii=False, indent=1)
    WEIGHTS.write_text(f"{text[:-2]},\n{written(model.trees)}}}\n", "utf-8")
    size = WEIGHTS.stat().st_size / 1e6
    print(f"\n{WEIGHTS.name}: {len(model.weights)} weights, {len(model.trees.trees)} trees, {size:.2f} MB")


if __name__ == "__main__":
    main()
