"""Train the judge: how likely a trigger that a frame found is an event that a coder counts.

First a logistic model over what stands around one proposed event, then trees over how it stands among the others of
its article, learned from what the logistic model says of articles that it did not see.

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
import itertools
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
from rasid.events.company import NAMES, Proposal, measures, proposal
from rasid.events.find import find
from rasid.events.judge import Judge, features, out_of_context
from rasid.ingest import PageLayout
from rasid.ingest.parts import divide
from rasid.model import Article, Part, Span
from rasid.model.article import PartKind
from rasid.packs.frames import Example, load_frames
from rasid.packs.trees import Trees, probability
from rasid.pipeline.kit import Kit, frame_files, load
from training import coded
from training.forest import Growth, grow, whole

WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "rasid" / "packs" / "data" / "ar" / "weights"
FOLDS, SEED = 5, 7
#: Folds within the articles of a fold, by which the trees learn from what the logistic model did not see.
INNER = 3
#: How the trees are grown; chosen by the folds.
GROWTH = Growth(rounds=100, rate=0.1, leaves=16, leaf=60, l2=5.0, share=0.7)
MIN_COUNT = 3
#: Thresholds of types with figures enough to set one, where the cross-validated F1 of coded articles is best.
BY_TYPE = {"ASSAULT": 0.3, "PROTEST": 0.15}
#: In a sentence without its article, whether its frame fits or not: what the public gold refuses are mostly protests by
#: the codebook (docs/models/event_judge.md), so recall counts there.
LONE = {"PROTEST": 0.15}
#: Loose candidates pass from here on; the cross-validated event F1 is level from 0.25 to 0.4.
LOOSE = 0.35
#: Least certainty of an event whose frame fits; F1 is level from 0.1 to 0.3. A fixed figure keeps trainings comparable.
FIRM = 0.2
#: What an example of the frame files weighs against a coded candidate.
EXAMPLE_WEIGHT = 6.0
#: The articles coded beside the project are what is aimed at; our own were coded by many, who count more or less fully.
GOLD_WEIGHT, OWN_WEIGHT = 2.0, 0.27
STRENGTH = 0.2  # inverse regularisation; chosen among 0.05 … 2 by the cross-validated event F1


#: A judge that lets every candidate pass, the loose ones too, and one that has the thresholds only.
EVERYTHING = Judge({"": 0.0}, 0.0, 0.0)
THRESHOLDS = Judge({}, 0.0, FIRM, LOOSE, BY_TYPE, LONE)


@dataclass(frozen=True)
class Row:
    """One candidate event: what falls into one fold with it, its text, its features, whether a coder counts it.

    `label` is None where nobody judged that; `weight` is how much it weighs; `sentence` is "TYPE:id" for sentences of
    the public gold. Rows of one text follow each other.
    """

    group: str
    text: str
    proposal: Proposal
    features: tuple[str, ...]
    label: bool | None
    weight: float = 1.0
    sentence: str = ""


@dataclass(frozen=True)
class Candidate:
    """An event that the frames propose, before anybody judges it."""

    start: int
    end: int
    event: str
    features: tuple[str, ...]
    proposal: Proposal


def article(id_: str, text: str, layout: PageLayout) -> Article:
    """A sentence of the public gold as an article of its own."""
    return Article(id_, text, divide(text, layout).parts, None, None)


def candidates(art: Article, kit: Kit) -> Iterator[Candidate]:
    """Every event that the frames propose."""
    sentences = kit.language.sentences(art)
    views = {s.index: SentenceView(s, kit.frames.compound, kit.roles) for s in sentences}
    for event in find(sentences, kit.frames, kit.roles, EVERYTHING).events:
        tokens = sentences[event.sentence].tokens
        start, end = tokens[event.trigger[0]].span.start, tokens[event.trigger[1]].span.end
        seen = features(views[event.sentence], event, alone=out_of_context(sentences))
        yield Candidate(start, end, event.event, seen, proposal(event, len(tokens), len(sentences)))


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
        for one, hit in zip(found, paired(raw, found), strict=True):
            yield Row(raw["id"], raw["id"], one.proposal, one.features, hit, weight)


def example_rows(kit: Kit, weight: float) -> Iterator[Row]:
    """Candidates of the examples of the frame files, as headline and as text: near misses teach what is no event."""
    for path, shown in frame_files():
        for entry in load_frames(path, shown):
            for n, example in enumerate(entry.examples):
                for part in _AS:
                    whole = (Part(part, Span(0, len(example.text))),)
                    found = list(candidates(Article(f"{entry.lexeme}{n}", example.text, whole, None, None), kit))
                    group = f"example:{entry.lexeme}"
                    for one, hit in zip(found, _expected(example, found), strict=True):
                        yield Row(group, f"{group}:{n}:{part}", one.proposal, one.features, hit, weight / len(_AS))


#: The parts of a page that an example stands for: as it is checked, and as a lone sentence is read.
_AS: tuple[PartKind, ...] = ("body", "headline")


def _expected(example: Example, found: list[Candidate]) -> Iterator[bool]:
    """Whether an example lists each of these candidates."""
    left = [(e.event, e.trigger) for e in example.expected]
    for one in found:
        words = example.text[one.start : one.end]
        hit = next(
            (x for x in left if x[0] == one.event and (x[1] is None or words in x[1] or x[1] in words)),
            None,
        )
        if hit is not None:
            left.remove(hit)
        yield hit is not None


def paired(raw: dict, found: list[Candidate]) -> list[bool]:
    """Which candidates pair with a gold record: overlapping triggers first, then any in the sentence."""
    hits, used = [False] * len(found), set()
    options = []
    for g, record in enumerate(raw["records"]):
        a = record["trigger"]
        for c, one in enumerate(found):
            if one.event == record["event"]:
                near = one.start < a["end"] and a["start"] < one.end
                if near or sentence(raw, one.start) == sentence(raw, a["start"]):
                    options.append((not near, abs(one.start - a["start"]), g, c))
    for _, _, g, c in sorted(options):
        if ("g", g) not in used and ("c", c) not in used:
            used |= {("g", g), ("c", c)}
            hits[c] = True
    return hits


def sentence(raw: dict, offset: int) -> int:
    """Number of the gold sentence at an offset."""
    return next((n for n, (s, e) in enumerate(raw["sentences"]) if s <= offset < e), -1)


def gsr_rows(folder: Path, kit: Kit, layout: PageLayout, weight: float) -> Iterator[Row]:
    """Candidates in sentences of the public gold; those of another type than the one that was judged have no label."""
    csv.field_size_limit(10**9)
    for kind in ("ASSAULT", "PROTEST"):
        with (folder / f"{kind.lower()}_gsr.csv").open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                accept, reject = int(row["accept"]), int(row["reject"])
                if not ((accept >= 2 and not reject) or (reject >= 2 and not accept)):
                    continue
                found = list(candidates(article(row["id"], row["text"], layout), kit))
                first = next((one for one in found if one.event == kind), None)
                group = "gsr:" + re.split(r"[-_](?=[^-_]*$)", row["id"])[0]
                place = f"{kind}:{row['id']}"
                for one in found:
                    mine = one.event == kind
                    label = None if not mine or (accept and one is not first) else bool(accept)
                    yield Row(group, place, one.proposal, one.features, label, weight, place if mine else "")


Logistic = tuple[DictVectorizer, LogisticRegression]


def fit(rows: list[Row]) -> Logistic:
    """A logistic regression over features seen at least MIN_COUNT times."""
    rows = [row for row in rows if row.label is not None]
    counts: dict[str, int] = {}
    for row in rows:
        for f in row.features:
            counts[f] = counts.get(f, 0) + 1
    vectorizer = DictVectorizer()
    x = vectorizer.fit_transform({f: 1.0 for f in r.features if counts[f] >= MIN_COUNT} for r in rows)
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    model.fit(x, [r.label for r in rows], sample_weight=[r.weight for r in rows])
    return vectorizer, model


def probabilities(fitted: Logistic, rows: list[Row]) -> np.ndarray:
    """Probability of each row by itself."""
    vectorizer, model = fitted
    return model.predict_proba(vectorizer.transform(dict.fromkeys(r.features, 1.0) for r in rows))[:, 1]


def unseen(rows: list[Row], folds: int) -> np.ndarray:
    """Probabilities of all rows, each by itself, from logistic models that did not see their article."""
    fold = folded(rows, folds)
    out = np.zeros(len(rows))
    for k in range(folds):
        test = np.flatnonzero(fold == k)
        out[test] = probabilities(fit([r for r, f in zip(rows, fold, strict=True) if f != k]), [rows[i] for i in test])
    return out


def folded(rows: list[Row], folds: int) -> np.ndarray:
    """The fold of each row, by its group."""
    groups = sorted({r.group for r in rows})
    random.Random(SEED).shuffle(groups)
    of = {g: n % folds for n, g in enumerate(groups)}
    return np.array([of[r.group] for r in rows])


def in_company(rows: list[Row], chances: np.ndarray) -> np.ndarray:
    """What the trees see of each row: its text's other rows and how likely each of them is by itself."""
    found: list[list[float]] = []
    at = 0
    for _, beside in itertools.groupby(rows, key=lambda r: r.text):
        own = [r.proposal for r in beside]
        found += measures(own, [float(c) for c in chances[at : at + len(own)]])
        at += len(own)
    return np.array(found)


def learn_trees(rows: list[Row], chances: np.ndarray) -> Trees:
    """Trees over rows whose chances come from models that did not see them."""
    known = np.array([r.label is not None for r in rows])
    labels = np.array([bool(r.label) for r in rows])[known]
    weights = np.array([r.weight for r in rows])[known]
    return grow(in_company(rows, chances)[known], labels, weights, NAMES, GROWTH, (False, True))[0]


def cross_validate(rows: list[Row]) -> np.ndarray:
    """Probabilities of all rows from models and trees that did not see their article."""
    fold = folded(rows, FOLDS)
    out = np.zeros(len(rows))
    for k in range(FOLDS):
        seen = [r for r, f in zip(rows, fold, strict=True) if f != k]
        test = [r for r, f in zip(rows, fold, strict=True) if f == k]
        trees = learn_trees(seen, unseen(seen, INNER))
        values = in_company(test, probabilities(fit(seen), test))
        out[fold == k] = [probability(trees.score(v)) for v in values.tolist()]
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
    total = {raw["id"]: len(raw["records"]) for raw in articles}
    gold = len(rows)
    rows += list(gsr_rows(args.shared / "gsr", kit, layout, args.gsr_weight))
    rows += list(example_rows(kit, EXAMPLE_WEIGHT))
    if args.reliability:
        reliability(rows[:gold], cross_validate(rows)[:gold], len(articles))
        return
    right = sum(bool(r.label) for r in rows[:gold])
    print(
        f"{gold} candidates of coded articles ({right} right, {sum(total.values())} records); "
        f"{len(rows) - gold} of the public gold and of examples"
    )
    p = cross_validate(rows)
    report("all", rows[:gold], p[:gold], sum(total.values()))
    near = np.array([r.group in beside for r in rows[:gold]])
    ours = [r for r, n in zip(rows[:gold], near, strict=True) if n]
    report("those beside the project", ours, p[:gold][near], sum(total[i] for i in beside))
    calibration(rows[:gold], p[:gold])
    detection(rows[gold:], p[gold:], args.shared / "gsr")
    if args.write:
        write(rows, FIRM, LOOSE)


def report(title: str, rows: list[Row], p: np.ndarray, total: int) -> None:
    """Print cross-validated event figures by the two thresholds; `total` records are to be found."""
    loose = np.array([is_loose(r) for r in rows])
    label = np.array([bool(r.label) for r in rows])
    least = np.array([BY_TYPE.get(kind(r), 0.0) for r in rows])
    found = []
    for firm in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45):
        for other in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
            kept = (~loose & (p >= np.maximum(firm, least))) | (loose & (p >= other))
            precision, recall = label[kept].mean(), label[kept].sum() / total
            found.append((2 * precision * recall / (precision + recall), precision, recall, firm, other))
    print(f"{title}:")
    chosen = next(x for x in found if x[3:] == (FIRM, LOOSE))
    for mark, (f1, precision, recall, firm, other) in (("chosen", chosen), *(("best", x) for x in sorted(found)[-3:])):
        print(f"  {mark}: firm >= {firm:.2f}, loose >= {other:.2f}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
    precision, recall = label[~loose].mean(), label[~loose].sum() / total
    print(
        f"  without the judge: P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}"
    )


def calibration(rows: list[Row], p: np.ndarray) -> None:
    """Print how often candidates of a certainty are counted."""
    label = np.array([bool(r.label) for r in rows])
    print("calibration (coded articles, cross-validated):")
    for low in np.arange(0.0, 1.0, 0.1):
        inside = (p >= low) & (p < low + 0.1)
        if inside.any():
            print(f"  {low:.1f}-{low + 0.1:.1f}: {inside.sum():5d} candidates, {label[inside].mean():.2f} counted")


def kind(row: Row) -> str:
    """The event type of a row."""
    return row.proposal.event


def is_loose(row: Row) -> bool:
    """Whether the frame of a candidate fits only in part."""
    return row.proposal.loose


def passing(row: Row, certainty: float) -> bool:
    """Whether a candidate becomes a record, by the thresholds that are stored with the weights."""
    return THRESHOLDS.passes(row.proposal, certainty)


def reliability(rows: list[Row], p: np.ndarray, articles: int) -> None:
    """Print how often a record of a certainty is right: of the records, and of all that was proposed.

    The expected calibration error is the distance between the mean certainty of a bin and the share that is right,
    averaged over the bins by their counts (Naeini et al. 2015).
    """
    label = np.array([bool(row.label) for row in rows])
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
        for row, certainty in zip(rows, p, strict=True):
            if row.sentence.startswith(kind) and passing(row, certainty):
                hits.add(row.sentence)
        right = len(hits & accepted)
        precision, recall = right / len(hits), right / len(accepted)
        f1 = 2 * precision * recall / (precision + recall)
        print(f"  {kind}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f} ({len(accepted)} accepted)")


def write(rows: list[Row], threshold: float, loose: float) -> None:
    """Fit on everything and store weights and trees, rounded."""
    vectorizer, model = fit(rows)
    weights = {
        name: round(float(w), 3)
        for name, w in zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
        if abs(w) >= 0.02
    }
    stored = {
        "threshold": threshold,
        "loose_threshold": loose,
        "by_type": BY_TYPE,
        "lone": LONE,
        "bias": round(float(model.intercept_[0]), 4),
        "weights": weights,
    }
    text = json.dumps(stored, ensure_ascii=False, indent=0, sort_keys=True)
    (WEIGHTS / "event_judge.json").write_text(text + "\n", "utf-8")
    trees = learn_trees(rows, unseen(rows, FOLDS))
    (WEIGHTS / "event_company.json").write_text(f"{whole(trees)}\n", "utf-8")
    print(f"wrote {len(weights)} weights, {len(trees.trees)} trees, thresholds {threshold:.2f} and {loose:.2f}")


if __name__ == "__main__":
    main()
