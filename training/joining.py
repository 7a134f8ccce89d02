"""Train and measure the joiner: which records of different articles are one event.

Usage: python training/joining.py MARKED CORPUS... --pairs PAIRS [--write] [--kept FILE]

MARKED is tests/store/same_event.tsv and PAIRS tests/store/same_pairs.tsv; CORPUS are files of articles (packed JSON
lines) that hold the marked ones; --kept names a file for the readings, so that the articles are read once. Prints, in
Markdown, figures of five folds by world: a world is a set of articles that share a marked event, and no record of a
world is judged by weights that saw the world. In each fold the joiner runs over all records of all articles of the
fold, marked or not. The second table is of the pairs as a store gives them, each judged by weights that saw none of its
articles. --write stores weights learned from all. Needs scikit-learn (not needed to run Rasid). Nothing is drawn by
chance.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
import pickle
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rasid.ingest import PageLayout
from rasid.ingest import read as ingest
from rasid.join import Model, Telling, Weights, features, join
from rasid.model import Article, Reading
from rasid.pipeline.article import read
from rasid.pipeline.joining import KIN, WEIGHTS, Eyes
from rasid.pipeline.kit import load
from rasid.score import Mention, align, b_cubed, one_an_article, over_merging, read_mentions

FOLDS = 5
STRENGTH = 0.05  # inverse regularisation
THRESHOLDS = (-1.0, -0.5, -0.25, 0.0, 0.5, 1.0, 2.0, 3.0)
THRESHOLD = -0.5
CONTRADICTED = 0.3
MIN_COUNT = 5
#: What a pair of PAIRS weighs, where a marked pair weighs 1 on average. The marked look-alikes are of few stories; in a
#: store a record has a thousand others of its type and day, so what is likely must be learned from pairs of a store.
PAIR = 10.0


@dataclass(frozen=True)
class Pair:
    """Two records as a store offers them for joining."""

    a: Telling
    b: Telling
    same: bool
    fold: int
    stems: Weights


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


def learn(
    found: Sequence[Telling], world: dict[int, str], event: dict[int, str], stems: Weights, pairs: Sequence[Pair]
) -> Model:
    """Weights from all pairs of marked records of a world, and of a store. Each pair of a large world counts less."""
    by_world: dict[str, list[Telling]] = defaultdict(list)
    for telling in found:
        if telling.key in event:
            by_world[world[telling.article]].append(telling)
    names, labels, weights = [], [], []
    for members in by_world.values():
        for a, b in combinations(members, 2):
            if a.event == b.event or (min(a.event, b.event), max(a.event, b.event)) in KIN:
                names.append(dict.fromkeys(features(a, b, stems, KIN), 1.0))
                labels.append(event[a.key] == event[b.key])
                weights.append(1 / math.sqrt(len(members)))
    mean = sum(weights) / len(weights)
    weights = [weight / mean for weight in weights] + [PAIR] * len(pairs)
    names += [dict.fromkeys(features(pair.a, pair.b, pair.stems, KIN), 1.0) for pair in pairs]
    labels += [pair.same for pair in pairs]
    count: dict[str, int] = defaultdict(int)
    for row in names:
        for name in row:
            count[name] += 1
    vectorizer = DictVectorizer()
    x = vectorizer.fit_transform([{n: v for n, v in row.items() if count[n] >= MIN_COUNT} for row in names])
    fitted = LogisticRegression(C=STRENGTH, max_iter=3000).fit(x, labels, sample_weight=weights)
    learned = zip(vectorizer.get_feature_names_out(), fitted.coef_[0], strict=True)
    return Model(
        {n: round(float(w), 3) for n, w in learned}, round(float(fitted.intercept_[0]), 3), 0.0, CONTRADICTED, KIN
    )


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
    stems = Weights.counted(list(seen.values()))
    return [Pair(a, b, same, sets.index(top(m.article)) % FOLDS, stems) for a, b, m, same in found if a and b]


def pair_table(pairs: Sequence[Pair], models: Sequence[Model]) -> None:
    """How many of the pairs that reach a threshold are one event, and how many of those that are reach it."""
    scores = [(models[pair.fold].score(pair.a, pair.b, pair.stems), pair.same) for pair in pairs]
    print(f"\n{len(pairs)} pairs of a store, {sum(pair.same for pair in pairs)} of one event\n")
    print("| threshold | pairs | P | R |\n|---|---|---|---|")
    for threshold in THRESHOLDS:
        reached = [same for score, same in scores if score >= threshold]
        right, all_right = sum(reached), sum(same for _, same in scores)
        print(f"| {threshold:+.2f} | {len(reached)} | {right / max(1, len(reached)):.3f} | {right / all_right:.3f} |")


def line(name: str, gold: dict[Mention, str], predicted: dict[Mention, object]) -> str:
    """A row of the table: over all found mentions, then over one of an event an article."""
    cells = []
    for chosen in (list(gold), one_an_article(gold, list(gold))):
        right, got = {m: gold[m] for m in chosen}, {m: predicted[m] for m in chosen}
        score, over = b_cubed(right, got), over_merging(right, got)
        cells.append(
            f"{score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f} | "
            f"{over.mixed} of {over.groups} ({over.of_groups:.1%}) | {over.of_pairs:.1%}"
        )
    return f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    """Measure in folds, and with --write store the weights of all worlds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("marked", type=Path)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--threshold", type=float, default=THRESHOLD)
    parser.add_argument("--pairs", type=Path, required=True)
    args = parser.parse_args()
    gold, wanted = read_mentions(args.marked), read_pairs(args.pairs)
    if args.kept and args.kept.exists():
        read_articles = pickle.loads(args.kept.read_bytes())
    else:
        read_articles = readings({m.article for m in (*gold, *(m for a, b, _ in wanted for m in (a, b)))}, args.corpus)
        if args.kept:
            args.kept.write_bytes(pickle.dumps(read_articles))
    eyes, of_article = Eyes.load(), worlds(gold)
    found: list[Telling] = []
    mention: dict[int, Mention] = {}
    world: dict[int, str] = {}
    seen: dict[Mention, Telling] = {}
    paired = {m.article for a, b, _ in wanted for m in (a, b)}
    read_articles.sort(key=lambda reading: reading.article.id)
    for number, reading in enumerate(read_articles):
        if reading.article.id in paired:
            told = eyes.tellings(reading.article, ((-n, n, record) for n, record in reading.numbered()), number)
            at = (record.trigger.span for record in reading.records)
            seen |= {Mention(reading.article.id, s.start, s.end, t.event): t for s, t in zip(at, told, strict=True)}
        if reading.article.id not in of_article:
            continue
        world[number] = of_article[reading.article.id]
        rows = [(len(mention) + n, n, record) for n, record in reading.numbered()]
        for key, _, record in rows:
            span = record.trigger.span
            mention[key] = Mention(reading.article.id, span.start, span.end, record.event)
        found += eyes.tellings(reading.article, rows, number)
    of_mention = {m: gold[g] for g, m in align(gold, mention.values()).items()}
    key_of = {m: key for key, m in mention.items()}
    event = {key_of[m]: group for m, group in of_mention.items()}
    count = len(set(world.values()))
    print(f"{len(gold)} marked mentions, {len(event)} found among {len(found)} records; {count} worlds\n")
    fold = folds(found, world, set(event))
    stems = Weights.counted(found)
    pairs = of_store(wanted, seen)
    models = [
        learn([t for t in found if fold[world[t.article]] != n], world, event, stems, [p for p in pairs if p.fold != n])
        for n in range(FOLDS)
    ]
    cells = "P | R | F1 | mixed groups | wrong pairs"
    print(f"| threshold | all: {cells} | one an article: {cells} |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    print(line("nothing joined", of_mention, {m: m for m in of_mention}))
    for threshold in THRESHOLDS:
        predicted: dict[Mention, object] = {}
        for n, model in enumerate(models):
            mine = [t for t in found if fold[world[t.article]] == n]
            for group in join(mine, replace(model, threshold=threshold)):
                for member in group:
                    predicted[mention[member.key]] = (n, group[0].key)
        print(line(f"{threshold:+.2f}", of_mention, {m: predicted[m] for m in of_mention}))
    pair_table(pairs, models)
    if args.write:
        write(learn(found, world, event, stems, pairs), args.threshold)


def write(model: Model, threshold: float) -> None:
    """Store the weights, sorted by name, one a line."""
    data = {
        "threshold": threshold,
        "contradicted": model.contradicted,
        "bias": model.bias,
        "kin": [list(pair) for pair in sorted(model.family)],
        "weights": {name: weight for name, weight in sorted(model.weights.items()) if weight},
    }
    WEIGHTS.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"\nwrote {len(data['weights'])} weights, threshold {threshold}")


if __name__ == "__main__":
    main()
