"""Train the judge: how likely a trigger that a frame found is an event that a coder counts.

Usage: python -m training.event_judge SHARED_DIR [--write | --reliability]

SHARED_DIR holds articles coded by hand, of which those in gold/unread.txt are neither trained on nor looked at, the
texts of our own coded articles (``training/coded.py``), and the sentences of the public Arabic gold (assault, protest):
those that every annotator refused are negatives of their type, in those that all accepted the first event of the type
is a positive; and the examples of the frame files.
Prints five-fold cross-validated figures (folds by article) for a range of thresholds; --write stores the weights.
--reliability prints instead how far the certainty of records can be believed, for docs/evaluation.md:
    python -m training.event_judge SHARED_DIR --reliability | python tools/docs_check.py --paste reliability
Needs scikit-learn (not needed to run Rasid). Seeded; the same data give the same weights.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rasid.events.clauses import SentenceView
from rasid.events.find import find
from rasid.events.judge import Judge, features, out_of_context
from rasid.ingest import PageLayout
from rasid.ingest.parts import divide
from rasid.model import Article
from rasid.packs.frames import load_frames
from rasid.pipeline.kit import Kit, frame_files, load
from training import coded

ROOT = Path(__file__).resolve().parents[1]
WEIGHTS = ROOT / "src" / "rasid" / "packs" / "data" / "ar" / "weights" / "event_judge.json"
FOLDS, SEED = 5, 7
MIN_COUNT = 3
#: Thresholds of the types that the public gold judges: where its cross-validated F1 is best without loss on ours.
BY_TYPE = {"ASSAULT": 0.3, "PROTEST": 0.3}
#: Loose candidates pass from here on; the cross-validated event F1 is level from 0.25 to 0.4.
LOOSE = 0.35
#: Least certainty of an event whose frame fits; F1 is level from 0.1 to 0.3. A fixed figure keeps trainings comparable.
FIRM = 0.2
#: What an example of the frame files weighs against a coded candidate.
EXAMPLE_WEIGHT = 6.0
#: The articles coded beside the project are what is aimed at; our own were coded by many, who count more or less fully.
GOLD_WEIGHT, OWN_WEIGHT = 2.0, 0.4
STRENGTH = 0.2  # inverse regularisation; chosen among 0.05 … 2 by the cross-validated event F1


#: A judge that lets every candidate pass, the loose ones too.
EVERYTHING = Judge({"": 0.0}, 0.0, 0.0)


@dataclass(frozen=True)
class Row:
    """One candidate event: its article, its features, whether a coder counts it, how much it weighs.

    `sentence` is "TYPE:id" for sentences of the public gold.
    """

    group: str
    features: tuple[str, ...]
    label: bool
    weight: float = 1.0
    sentence: str = ""


def article(id_: str, text: str, layout: PageLayout) -> Article:
    """A sentence of the public gold as an article of its own."""
    return Article(id_, text, divide(text, layout).parts, None, None)


def candidates(art: Article, kit: Kit) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
    """(start, end, type, features) of every event that the frames propose."""
    sentences = kit.language.sentences(art)
    views = {s.index: SentenceView(s, kit.frames.compound, kit.roles) for s in sentences}
    for event in find(sentences, kit.frames, kit.roles, EVERYTHING).events:
        tokens = sentences[event.sentence].tokens
        start, end = tokens[event.trigger[0]].span.start, tokens[event.trigger[1]].span.end
        yield start, end, event.event, features(views[event.sentence], event, alone=out_of_context(sentences))


def gold_rows(
    articles: Iterable[dict], kit: Kit, layout: PageLayout, beside: frozenset[str] = frozenset()
) -> Iterator[Row]:
    """Candidates of coded articles; a candidate counts when gold has its type in the sentence, one to one.

    Args:
        articles: coded articles.
        kit: what finds the candidates.
        layout: how a text is divided.
        beside: ids of the articles coded beside the project, which weigh more than our own.
    """
    for raw in articles:
        weight = GOLD_WEIGHT if raw["id"] in beside else OWN_WEIGHT
        found = list(candidates(coded.article(raw, layout), kit))
        for (_, _, _, feats), hit in zip(found, paired(raw, found), strict=True):
            yield Row(raw["id"], feats, hit, weight)


def example_rows(kit: Kit, layout: PageLayout, weight: float) -> Iterator[Row]:
    """Candidates of the examples of the frame files: near misses teach what is no event."""
    for path, shown in frame_files():
        for entry in load_frames(path, shown):
            for n, example in enumerate(entry.examples):
                found = list(candidates(article(f"{entry.lexeme}{n}", example.text, layout), kit))
                left = [(e.event, e.trigger) for e in example.expected]
                for start, end, event, feats in found:
                    words = example.text[start:end]
                    hit = next(
                        (x for x in left if x[0] == event and (x[1] is None or words in x[1] or x[1] in words)), None
                    )
                    if hit is not None:
                        left.remove(hit)
                    yield Row(f"example:{entry.lexeme}", feats, hit is not None, weight)


def paired(raw: dict, found: list[tuple[int, int, str, tuple[str, ...]]]) -> list[bool]:
    """Which candidates pair with a gold record: overlapping triggers first, then any in the sentence."""
    hits, used = [False] * len(found), set()
    options = []
    for g, record in enumerate(raw["records"]):
        a = record["trigger"]
        for c, (start, end, event, _) in enumerate(found):
            if event == record["event"]:
                near = start < a["end"] and a["start"] < end
                if near or sentence(raw, start) == sentence(raw, a["start"]):
                    options.append((not near, abs(start - a["start"]), g, c))
    for _, _, g, c in sorted(options):
        if ("g", g) not in used and ("c", c) not in used:
            used |= {("g", g), ("c", c)}
            hits[c] = True
    return hits


def sentence(raw: dict, offset: int) -> int:
    """Number of the gold sentence at an offset."""
    return next((n for n, (s, e) in enumerate(raw["sentences"]) if s <= offset < e), -1)


def gsr_rows(folder: Path, kit: Kit, layout: PageLayout, weight: float) -> Iterator[Row]:
    """Candidates in sentences of the public gold, of the type that was judged."""
    csv.field_size_limit(10**9)
    for kind in ("ASSAULT", "PROTEST"):
        with (folder / f"{kind.lower()}_gsr.csv").open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                accept, reject = int(row["accept"]), int(row["reject"])
                if not ((accept >= 2 and not reject) or (reject >= 2 and not accept)):
                    continue
                mine = [c for c in candidates(article(row["id"], row["text"], layout), kit) if c[2] == kind]
                group = "gsr:" + re.split(r"[-_](?=[^-_]*$)", row["id"])[0]
                place = f"{kind}:{row['id']}"
                for n, (_, _, _, feats) in enumerate(mine):
                    if not accept:
                        yield Row(group, feats, False, weight, place)
                    elif len(mine) == 1 or n == 0:
                        yield Row(group, feats, True, weight, place)


def fit(rows: list[Row]) -> tuple[DictVectorizer, LogisticRegression]:
    """A logistic regression over features seen at least MIN_COUNT times."""
    counts: dict[str, int] = {}
    for row in rows:
        for f in row.features:
            counts[f] = counts.get(f, 0) + 1
    vectorizer = DictVectorizer()
    x = vectorizer.fit_transform({f: 1.0 for f in r.features if counts[f] >= MIN_COUNT} for r in rows)
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    model.fit(x, [r.label for r in rows], sample_weight=[r.weight for r in rows])
    return vectorizer, model


def probabilities(fitted: tuple[DictVectorizer, LogisticRegression], rows: list[Row]) -> np.ndarray:
    """Probability of each row."""
    vectorizer, model = fitted
    return model.predict_proba(vectorizer.transform(dict.fromkeys(r.features, 1.0) for r in rows))[:, 1]


def cross_validate(rows: list[Row]) -> np.ndarray:
    """Probabilities of all rows from models that did not see their article."""
    groups = sorted({r.group for r in rows})
    random.Random(SEED).shuffle(groups)
    fold = {g: n % FOLDS for n, g in enumerate(groups)}
    out = np.zeros(len(rows))
    for k in range(FOLDS):
        test = [i for i, r in enumerate(rows) if fold[r.group] == k]
        model = fit([r for r in rows if fold[r.group] != k])
        out[test] = probabilities(model, [rows[i] for i in test])
    return out


def main() -> None:
    """Train, report, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--gsr-weight", type=float, default=2.5)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--reliability", action="store_true", help="print the reliability curve and nothing else")
    args = parser.parse_args()
    kit, layout = load(), PageLayout.load(None)
    articles = coded.readable(args.shared)
    beside = frozenset(raw["id"] for raw in coded.readable_gold(args.shared))
    rows = list(gold_rows(articles, kit, layout, beside))
    total = sum(len(raw["records"]) for raw in articles)
    gold = len(rows)
    rows += list(gsr_rows(args.shared / "gsr", kit, layout, args.gsr_weight))
    rows += list(example_rows(kit, layout, EXAMPLE_WEIGHT))
    if args.reliability:
        reliability(rows[:gold], cross_validate(rows)[:gold], len(articles))
        return
    print(
        f"{gold} candidates of gold articles ({sum(r.label for r in rows[:gold])} right, {total} records); "
        f"{len(rows) - gold} of the public gold and of examples"
    )
    p = cross_validate(rows)
    report(rows, p, gold, total)
    detection(rows[gold:], p[gold:], args.shared / "gsr")
    if args.write:
        write(rows, FIRM, LOOSE)


def report(rows: list[Row], p: np.ndarray, gold: int, total: int) -> None:
    """Print cross-validated event figures by the two thresholds, and calibration."""
    loose = np.array([is_loose(r) for r in rows[:gold]])
    label = np.array([r.label for r in rows[:gold]])
    p = p[:gold]
    found = []
    for firm in (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3):
        for other in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 2.0):
            kept = (~loose & (p >= firm)) | (loose & (p >= other))
            precision, recall = label[kept].mean(), label[kept].sum() / total
            found.append((2 * precision * recall / (precision + recall), precision, recall, firm, other))
    for f1, precision, recall, firm, other in sorted(found, reverse=True)[:8]:
        print(f"firm >= {firm:.2f}, loose >= {other:.2f}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
    plain = next(x for x in found if x[3] == 0.0 and x[4] == 2.0)
    print(f"without the judge: P {plain[1]:.3f} R {plain[2]:.3f} F1 {plain[0]:.3f}")
    print("calibration (gold articles, cross-validated):")
    for low in np.arange(0.0, 1.0, 0.1):
        inside = (p >= low) & (p < low + 0.1)
        if inside.any():
            print(f"  {low:.1f}-{low + 0.1:.1f}: {inside.sum():5d} candidates, {label[inside].mean():.2f} counted")


def is_loose(row: Row) -> bool:
    """Whether the frame of a candidate fits only in part."""
    return any("|loose" in f or "|bare" in f for f in row.features)


def passing(row: Row, probability: float) -> bool:
    """Whether a candidate becomes a record, by the thresholds that are stored with the weights."""
    if is_loose(row):
        return probability >= LOOSE
    kind = next(f for f in row.features if f.startswith("kind=")).removeprefix("kind=").partition("|")[0]
    return probability >= BY_TYPE.get(kind, FIRM)


def reliability(rows: list[Row], p: np.ndarray, articles: int) -> None:
    """Print how often a record of a certainty is right: of the records, and of all that was proposed.

    The expected calibration error is the distance between the mean certainty of a bin and the share that is right,
    averaged over the bins by their counts (Naeini et al. 2015).
    """
    label = np.array([row.label for row in rows])
    kept = np.array([passing(row, q) for row, q in zip(rows, p, strict=True)])
    print(f"{articles} articles, {FOLDS} folds by article: {kept.sum()} records, {len(rows)} proposed events")
    print("certainty    records  mean   right   |  proposed  mean   right")
    parts = {"records": kept, "proposed": np.ones(len(rows), bool)}
    error = dict.fromkeys(parts, 0.0)
    for n in range(10):
        inside = np.minimum((p * 10).astype(int), 9) == n
        cells = []
        for name, part in parts.items():
            here = inside & part
            if here.any():
                mean, right = p[here].mean(), label[here].mean()
                error[name] += here.sum() / part.sum() * abs(mean - right)
                cells.append(f"{here.sum():8d}  {mean:.2f}   {right:.2f} ")
            else:
                cells.append(f"{0:8d}     -      - ")
        print(f"{n / 10:.1f} to {(n + 1) / 10:.1f} {cells[0]}  | {cells[1]}".rstrip())
    print(f"expected calibration error: {error['records']:.3f} of records, {error['proposed']:.3f} of all proposed")


def detection(rows: list[Row], p: np.ndarray, folder: Path) -> None:
    """Print cross-validated detection of sentences of the public gold on which all annotators agree."""
    csv.field_size_limit(10**9)
    print("public Arabic gold (sentences that all annotators accept or refuse), cross-validated by article:")
    for kind in ("ASSAULT", "PROTEST"):
        with (folder / f"{kind.lower()}_gsr.csv").open(encoding="utf-8", newline="") as handle:
            judged = [(r["id"], int(r["accept"]), int(r["reject"])) for r in csv.DictReader(handle)]
        accepted = {f"{kind}:{i}" for i, a, r in judged if a >= 2 and not r}
        hits = set()
        for row, probability in zip(rows, p, strict=True):
            if row.sentence.startswith(kind) and probability >= (LOOSE if is_loose(row) else BY_TYPE[kind]):
                hits.add(row.sentence)
        right = len(hits & accepted)
        precision, recall = right / len(hits), right / len(accepted)
        f1 = 2 * precision * recall / (precision + recall)
        print(f"  {kind}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f} ({len(accepted)} accepted)")


def write(rows: list[Row], threshold: float, loose: float) -> None:
    """Fit on everything and store the weights, rounded."""
    vectorizer, model = fit(rows)
    weights = {
        name: round(float(w), 3)
        for name, w in zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
        if abs(w) >= 0.02
    }
    WEIGHTS.parent.mkdir(parents=True, exist_ok=True)
    stored = {
        "threshold": threshold,
        "loose_threshold": loose,
        "by_type": BY_TYPE,
        "bias": round(float(model.intercept_[0]), 4),
        "weights": weights,
    }
    WEIGHTS.write_text(json.dumps(stored, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")
    print(f"wrote {len(weights)} weights, thresholds {threshold:.2f} and {loose:.2f}")


if __name__ == "__main__":
    main()
