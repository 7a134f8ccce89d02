"""Train the resolver's models: which of those around an act take part in it, where it happened, what its status is.

Usage: python -m training.resolution SHARED_DIR [--write]

Trained on the articles coded by hand that may be read (``training/coded.py``): each record that the program finds
is paired with the coded one as the scorer does, and what stands around it is labelled by it. Prints figures of five
folds by article, and of the articles that are never trained on; --write stores the weights. Needs scikit-learn. Seeded.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rasid.ingest import PageLayout
from rasid.model import Entity, Record
from rasid.model.event import Event
from rasid.packs.frames import Example, Expected, load_frames
from rasid.packs.linear import Linear
from rasid.pipeline.article import parse
from rasid.pipeline.kit import Kit, frame_files, load
from rasid.resolve import rivals, where
from rasid.resolve.parties import Option, Part
from rasid.resolve.records import resolve
from rasid.resolve.weighing import PARTS, Rivals, Weighing, doubtful
from rasid.score.coded import Coded, GoldArticle, Party, Piece, Predictions
from rasid.score.compare import align, same_party
from rasid.score.figures import compare
from rasid.score.text import same_text
from training import coded
from training.forest import Growth, grow, whole

FOLDS, SEED = 5, 7
#: Inverse regularisation, rarest feature kept, and what probabilities are divided by, by model; chosen by the folds.
SETTINGS: dict[str, tuple[float, int, dict[str, float]]] = {
    "party": (0.1, 4, {"actor": 0.46, "recipient": 0.4, "none": 0.56}),
    "place": (0.1, 2, {"place": 0.25}),
    "standing": (0.3, 2, {"actual": 3.0}),
    "home": (0.1, 2, {}),
    "source": (0.03, 3, {"source": 0.3, "other": 0.7}),
}
#: The articles coded beside the project are what is aimed at; our own were coded by many.
GOLD_WEIGHT = 4.5
#: How the trees that see all of an act are grown, folds by which they learn from what was not seen, and what their
#: probabilities are divided by, in the order of PARTS; chosen by the folds.
GROWTH = Growth(rounds=50, rate=0.18, leaves=12, leaf=60, l2=5.0, share=0.6)
INNER = 3
LEAST = (0.38, 0.38, 0.56)
#: Weights are rounded to so many parts of one.
PER = 100
#: Smaller weights are left out.
SMALL = 0.045
STATUSES = ("actual", "ongoing", "planned", "hypothetical", "negated", "historical")
LABELS: dict[str, tuple[str, ...]] = {
    "party": ("actor", "recipient", "none"),
    "place": ("place", "other"),
    "standing": STATUSES,
    "home": ("right", "wrong"),
    "source": ("source", "other"),
}
WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "rasid" / "packs" / "data" / "ar" / "weights"


@dataclass
class Seen:
    """What the models were shown of one record: options with features, places with features, features of its status."""

    event: Event
    told: rivals.Told = rivals.NOTHING_TOLD
    options: Sequence[Option] = ()
    party: Sequence[Sequence[str]] = ()
    place: Sequence[Sequence[str]] = ()
    standing: Sequence[str] = ()
    voices: Sequence[Sequence[str]] = ()
    names: Sequence[str] = ()
    homes: Sequence[tuple[Entity, Sequence[str | None], Sequence[Sequence[str]]]] = ()


@dataclass(frozen=True, slots=True)
class Notebook(Weighing):
    """Keeps what the models are shown, and answers with the models it holds or with what is proposed."""

    seen: list[Seen] = field(default_factory=list)
    homes: list[tuple[Entity, Sequence[str | None], Sequence[Sequence[str]]]] = field(default_factory=list)

    def country(self, entity: Entity, offered: Sequence[str | None], features: Sequence[Sequence[str]]) -> int | None:
        self.homes.append((entity, offered, features))
        return Weighing.country(self, entity, offered, features)

    def parts(
        self, options: Sequence[Option], features: Sequence[Sequence[str]], event: Event, told: rivals.Told
    ) -> tuple[Part, ...]:
        self.seen.append(Seen(event, told, options, features, homes=tuple(self.homes)))
        self.homes.clear()
        return Weighing.parts(self, options, features, event, told)

    def sources(
        self, proposed: Sequence[bool], features: Sequence[Sequence[str]], names: Sequence[str]
    ) -> tuple[bool, ...]:
        self.seen[-1].voices, self.seen[-1].names = features, names
        return Weighing.sources(self, proposed, features, names)

    def where(self, features: Sequence[Sequence[str]], proposed: int | None) -> int | None:
        self.seen[-1].place = features
        return Weighing.where(self, features, proposed)

    def status(self, event: str, features: Sequence[str], proposed: Any) -> Any:
        self.seen[-1].standing = features
        return Weighing.status(self, event, features, proposed)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to label: the article, what is seen, the right label."""

    article: str
    features: Sequence[str]
    label: str


@dataclass(frozen=True, slots=True)
class Case:
    """The parties of one act: who may take part, what is seen of each, the right part of each."""

    article: str
    event: Event
    told: rivals.Told
    options: Sequence[Option]
    features: Sequence[Sequence[str]]
    parts: Sequence[str]

    def rows(self) -> Iterator[tuple[str, Row]]:
        """A row for each option."""
        for features, part in zip(self.features, self.parts, strict=True):
            yield "party", Row(self.article, features, part)


@dataclass(frozen=True, slots=True)
class Read:
    """A coded article with the program's records and what the models saw of each."""

    gold: GoldArticle
    records: tuple[Record, ...]
    seen: tuple[Seen, ...]
    names: tuple[tuple[str, ...], ...]


def read(raw: dict[str, Any], kit: Kit, layout: PageLayout, weighing: Weighing) -> Read:
    """The program's reading of a coded article with these models."""
    article = coded.article(raw, layout)
    sentences, found = parse(article, kit)
    notes = Notebook(
        weighing.party, weighing.place, weighing.standing, weighing.home, rivals=weighing.rivals, source=weighing.source
    )
    records, _ = resolve(
        article, sentences, found.events, found.claims, kit.knowledge, kit.dating, found.subjects, notes
    )
    names = tuple(
        tuple(article.text[s.tokens[m.first].span.start : s.tokens[m.last].span.end] for m in where.named(s))
        for s in (sentences[event.sentence] for event in found.events)
    )
    return Read(coded.scored(raw), records, tuple(notes.seen), names)


def cases(read_: Read) -> Iterator[Case]:
    """The parties of each act of an article that is coded."""
    for g, p in align(read_.gold, [as_coded(r) for r in read_.records]):
        right, seen = read_.gold.records[g], read_.seen[p]
        yield Case(read_.gold.id, seen.event, seen.told, seen.options, seen.party, parts_of(right, seen.options))


def rows(read_: Read) -> Iterator[tuple[str, Row]]:
    """(model, row) of everything but parties that the coded records label."""
    predicted = [as_coded(r) for r in read_.records]
    for g, p in align(read_.gold, predicted):
        right, seen = read_.gold.records[g], read_.seen[p]
        for words, features in zip(read_.names[p], seen.place, strict=True):
            label = "place" if same_text(right.place, words) else "other"
            yield "place", Row(read_.gold.id, features, label)
        for entity, offered, lists in seen.homes:
            gold = next((x for x in (*right.actor, *right.recipient) if overlap(x, as_party(entity))), None)
            if gold is not None:
                for country, features in zip(offered, lists, strict=True):
                    yield "home", Row(read_.gold.id, features, "right" if country == gold.country else "wrong")
        yield "standing", Row(read_.gold.id, seen.standing, right.status or "actual")
        left = list(right.source)
        for name, features in zip(seen.names, seen.voices, strict=True):
            hit = next((x for x in left if same_text(x, name)), None)
            if hit is not None:
                left.remove(hit)
            yield "source", Row(read_.gold.id, features, "other" if hit is None else "source")


def parts_of(right: Coded, options: Sequence[Option]) -> list[str]:
    """The part of each option in a coded record: each coded party goes to one option.

    That is one of whom the frame proposes the same part, else any; by who he is, else by his words.
    """
    parts = ["none"] * len(options)
    joint = right.event == "CONSULT" and right.mode != "visit"
    golds = [("actor", g) for g in right.actor] + [("recipient", g) for g in right.recipient]
    for same in (same_party, overlap):
        for part, gold in tuple(golds):
            fits = [n for n, o in enumerate(options) if parts[n] == "none" and same(gold, as_party(o.entity))]
            if fits:
                n = min(fits, key=lambda n: (options[n].proposed != part, not options[n].proposed, n))
                golds.remove((part, gold))
                # a meeting's two sides are told apart by their order only
                parts[n] = options[n].proposed or part if joint else part
    return parts


def overlap(a: Party, b: Party) -> bool:
    """Whether two parties share words of the text."""
    x, y = a.words, b.words
    return None not in (x.start, x.end, y.start, y.end) and x.start < y.end and y.start < x.end  # type: ignore[operator]


def as_party(e: Entity) -> Party:
    """An entity as the scorer takes it."""
    return Party(Piece(e.words.text, e.words.span.start, e.words.span.end), e.name, e.country)


def as_coded(r: Record) -> Coded:
    """A record as the scorer takes it."""
    return Coded(
        r.event, r.mode, Piece(r.trigger.text, r.trigger.span.start, r.trigger.span.end), r.trigger.span.start,
        r.trigger.span.end, tuple(map(as_party, r.actor)), tuple(map(as_party, r.recipient)),
        r.issue.text if r.issue else None, r.date.value if r.date else None, r.place.words.text if r.place else None,
        r.status, tuple(s.name for s in r.source),
    )  # fmt: skip


def fit(data: Iterable[Row], model: str, beside: frozenset[str]) -> Linear:
    """A multinomial logistic regression over features that are not too rare; rows of `beside` articles weigh more."""
    data = list(data)
    strength, rare, least = SETTINGS[model]
    counts = Counter(f for row in data for f in set(row.features))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{f: 1.0 for f in r.features if counts[f] >= rare} for r in data])
    regression = LogisticRegression(C=strength, max_iter=3000, fit_intercept=False, random_state=SEED)
    weights = [GOLD_WEIGHT if r.article in beside else 1.0 for r in data]
    regression.fit(matrix, [r.label for r in data], sample_weight=weights)
    labels = LABELS[model]
    coefficients = regression.coef_
    if len(regression.classes_) == 2:
        coefficients = np.stack([-coefficients[0], coefficients[0]])  # the second class against the first
        coefficients = coefficients / 2
    order = [list(regression.classes_).index(label) for label in labels]
    table = np.round(coefficients[order].T * PER) / PER
    names = vectorizer.get_feature_names_out()
    kept = {str(n): tuple(map(float, w)) for n, w in zip(names, table, strict=True) if np.abs(w).max() >= SMALL}
    return Linear(labels, kept, least)


def example_cases(kit: Kit, layout: PageLayout) -> Iterator[tuple[Case, Row]]:
    """Parties and status of what the examples of the frame files say; what they do not compare is as proposed."""
    for path, shown in frame_files():
        for entry in load_frames(path, shown):
            for example in entry.examples:
                if not example.known:
                    yield from _of_example(example, kit, layout)


def _of_example(example: Example, kit: Kit, layout: PageLayout) -> Iterator[tuple[Case, Row]]:
    raw = {
        "id": "example",
        "text": example.text,
        "published": None,
        "sentences": [[0, len(example.text)]],
        "records": [],
    }
    found = read(raw, kit, layout, Weighing())
    left = list(example.expected)
    for record, seen in zip(found.records, found.seen, strict=True):
        want = next((w for w in left if w.event == record.event), None)
        if want is None:
            continue
        left.remove(want)
        parts = [_example_part(want, option) for option in seen.options]
        case = Case("example", seen.event, seen.told, seen.options, seen.party, parts)
        yield case, Row("example", seen.standing, want.status or record.status)


def _example_part(want: Expected, option: Option) -> str:
    words = option.entity.words.text
    for part, texts in (("actor", want.actor), ("recipient", want.recipient)):
        if texts is not None and any(words in text or text in words for text in texts):
            return part
    compared = {"actor": want.actor, "recipient": want.recipient}.get(option.proposed)
    return option.proposed if option.proposed and compared is None else "none"


def taught(
    reads: Iterable[Read], examples: Sequence[tuple[Case, Row]], beside: frozenset[str] = frozenset()
) -> Weighing:
    """The models, learned from these readings and examples; `beside`: ids of articles that weigh more."""
    reads = list(reads)
    data = [*(pair for r in reads for pair in rows(r)), *(("standing", row) for _, row in examples)]
    acts = [case for r in reads for case in cases(r)]
    shown = [case for case, _ in examples]
    models = {m: fit((row for name, row in data if name == m), m, beside) for m in SETTINGS if m != "party"}
    party = fit_parties([*acts, *shown], beside)
    return Weighing(party, **models, rivals=fit_rivals(acts, shown, beside))


def fit_parties(acts: Iterable[Case], beside: frozenset[str]) -> Linear:
    """The model that sees each who may take part by himself."""
    return fit((row for case in acts for _, row in case.rows()), "party", beside)


def fit_rivals(acts: Sequence[Case], shown: Sequence[Case], beside: frozenset[str]) -> Rivals:
    """Trees that see all of an act, from what models say that did not see its article."""
    ids = sorted({case.article for case in acts})
    random.Random(SEED).shuffle(ids)
    values: list[list[float]] = []
    labels: list[str] = []
    weights: list[float] = []
    for n in range(INNER):
        out = set(ids[n::INNER])
        model = fit_parties([*(c for c in acts if c.article not in out), *shown], beside)
        for case in acts:
            if case.article in out and case.options:
                alone = [model.probabilities(f) for f in case.features]
                for k, seen in doubtful(case.options, alone, case.event, case.told):
                    values.append(seen)
                    labels.append(case.parts[k])
                    weights.append(GOLD_WEIGHT if case.article in beside else 1.0)
    trees = grow(np.array(values), np.array(labels), np.array(weights), rivals.NAMES, GROWTH, PARTS)
    return Rivals(tuple(trees), LEAST)


def figures(reads: Iterable[Read]) -> dict[str, float]:
    """The scorer's F1 of the fields that depend on the models."""
    reads = list(reads)
    predicted = Predictions({r.gold.id: tuple(as_coded(x) for x in r.records) for r in reads})
    counts = compare([r.gold for r in reads], predicted).fields
    return {name: counts[name].f1 for name in FIELDS if name in counts}


FIELDS = ("event", "who", "whom", "core", "dyad", "status*", "place", "source")


def main() -> None:
    """Measure, and with --write store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    kit, layout = load(), PageLayout.load(None)
    articles = coded.readable(options.shared)
    unread = [
        raw for raw in coded.gold(options.shared / "gold" / "dev") if raw["id"] not in {a["id"] for a in articles}
    ]
    plain = Weighing()
    untaught = [read(raw, kit, layout, plain) for raw in articles]
    print(
        f"{len(articles)} articles, {sum(len(a['records']) for a in articles)} coded records, "
        f"{sum(len(r.records) for r in untaught)} found"
    )
    show("proposed, articles trained on", untaught)
    beside = frozenset(raw["id"] for raw in coded.readable_gold(options.shared))
    show("of them beside the project", [r for r in untaught if r.gold.id in beside])
    ids = sorted(r.gold.id for r in untaught)
    random.Random(SEED).shuffle(ids)
    examples = list(example_cases(kit, layout))
    folded: list[Read] = []
    for n in range(FOLDS):
        out = set(ids[n::FOLDS])
        models = taught((r for r in untaught if r.gold.id not in out), examples, beside)
        folded += [read(raw, kit, layout, models) for raw in articles if raw["id"] in out]
    show("weighed, five folds", folded)
    show("of them beside the project", [r for r in folded if r.gold.id in beside])
    models = taught(untaught, examples, beside)
    show("proposed, unread", [read(raw, kit, layout, plain) for raw in unread])
    show("weighed, unread", [read(raw, kit, layout, models) for raw in unread])
    if options.write:
        for name in SETTINGS:
            write(name, getattr(models, name))
        if models.rivals is not None:
            write_rivals(models.rivals)


def write_rivals(model: Rivals) -> None:
    """Store the trees of the parts."""
    parts = [f'"{part}": {whole(tree)}' for part, tree in zip(PARTS, model.trees, strict=True)]
    least = json.dumps(dict(zip(PARTS, model.least, strict=True)))
    path = WEIGHTS / "party_rivals.json"
    text = ",\n".join(parts)
    path.write_text(f'{{"least": {least},\n"parts": {{\n{text}\n}}}}\n', "utf-8")
    print(f"- {path.name}: {len(model.trees[0].trees)} trees a part, {path.stat().st_size / 1e6:.2f} MB")


def show(title: str, reads: Sequence[Read]) -> None:
    """Print one row of figures."""
    print(f"| {title} | " + " | ".join(f"{name} {value:.3f}" for name, value in figures(reads).items()) + " |")


def write(name: str, model: Linear) -> None:
    """Store one model, its weights, which are rounded to hundredths, as whole numbers of these."""
    weights = {f: [round(PER * w) for w in row] for f, row in model.weights.items()}
    raw = {"labels": model.labels, "least": dict(model.least), "per": PER, "weights": weights}
    path = WEIGHTS / f"{name}.json"
    path.write_text(json.dumps(raw, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")
    print(f"- {path.name}: {len(model.weights)} features, {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
