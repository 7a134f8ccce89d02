"""Train and measure the tagger of names: a plain CRF and ours in the same five folds.

Usage: python training/name_tagger.py NLP_DIR [--plain] [--write]

NLP_DIR holds newsfane/, aqmar/ and wojood-sample/. Prints, for both systems, F1 of PER, ORG and LOC over five folds
of NewsFANE (blocks of 40 sentences, dealt out by a seeded shuffle), by type, and the recall of names that the
training folds do not have; then the same systems trained on all of NewsFANE and run on AQMAR and the Wojood sample.
--write trains on NewsFANE and AQMAR and stores the weights. Needs python-crfsuite (not needed to run Rasid).
Nothing of NewsFANE is ever tested against ANERcorp or the other way round: they are the same text.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import NamedTemporaryFile

import pycrfsuite

from rasid.language.ar.names import NameModel, WordTable, features, load_words, marks_of
from rasid.language.ar.phrases import primary
from rasid.model import Span
from rasid.model.text import Token
from rasid.pipeline.kit import Kit, load

ROOT = Path(__file__).resolve().parents[1] / "src" / "rasid" / "packs" / "data" / "ar" / "weights"
WEIGHTS, WORDS = ROOT / "names.json", ROOT / "name_words.tsv"
FOLDS, BLOCK, SEED = 5, 40, 7
ITERATIONS, LEAST, SMALLEST, IMPOSSIBLE = 70, 2, 0.05, -50.0
#: Up to how often a word stands in the training text to be one that a second copy hides.
RARE = 4
#: How much dearer than trained O is (more names are found, less surely): what is shipped, and all that were tried.
LEAN, LEANS = 0.5, (0.0, 0.5, 1.0, 1.5)
TYPES = ("PER", "ORG", "LOC", "NORP")
#: NewsFANE's fine classes as ours. FAC and GPE count as LOC; products, books, vehicles and weapons are no names here.
FANE = {
    "PER": "Politician Athlete Businessperson Artist Scientist Police Religious_PER Engineer Lawyer Other_PER",
    "NORP": "Group",
    "ORG": "Government Non-Governmental Commercial Educational Media Religious_ORG Sports Medical-Science "
    "Entertainment",
    "LOC": "Nation Population-Center State-or-Province County-or-District GPE-Cluster Continent Water-Body Celestial "
    "Land-Region-Natural Building-Grounds Airport Path Subarea-Facility",
}
WOJOOD = {"PERS": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "NORP": "NORP"}
FINE = {fine: coarse for coarse, names in FANE.items() for fine in names.split()}

Named = tuple[int, int, str]  # first word, last word, type


@dataclass(frozen=True)
class Text:
    """A sentence of a data set: its words and their labels."""

    words: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass
class Sample:
    """A sentence made ready: our tokens, the word each belongs to, and features."""

    text: Text
    owner: list[int]
    labels: list[str]
    rows: list[list[str]]
    tokens: tuple[Token, ...] = field(default=())


# ---------------------------------------------------------------- data


def read_fane(path: Path) -> list[Text]:
    """The sentences of NewsFANE with our types."""
    found, words, labels = [], [], []
    for line in [*path.read_text("utf-8-sig").splitlines(), ""]:
        word, _, label = (part.strip().strip("\u200e\u200f\ufeff") for part in line.partition("\t"))
        if not word:
            if words:
                found.append(Text(tuple(words), tuple(mended(labels))))
            words, labels = [], []
            continue
        coarse = FINE.get(label[2:])
        words.append(word)
        labels.append(f"{label[:2]}{coarse}" if coarse else "O")
    return found


def mended(labels: Sequence[str]) -> Iterator[str]:
    """Labels in which no I- follows another type."""
    before = "O"
    for label in labels:
        if label.startswith("I-") and before[2:] != label[2:]:
            label = "B-" + label[2:]
        yield label
        before = label


def read_lines(path: Path, types: Callable[[str], str]) -> list[Text]:
    """Sentences of a file of «word label [label …]» lines; empty lines end a sentence."""
    found, words, labels = [], [], []
    for line in [*path.read_text("utf-8-sig").splitlines(), ""]:
        parts = line.split()
        if len(parts) < 2 or parts[0] == "$#$":
            if words:
                found.append(Text(tuple(words), tuple(mended(labels))))
            words, labels = [], []
            continue
        words.append(parts[0].strip("\u200e\u200f"))
        labels.append(types(" ".join(parts[1:])))
    return found


def aqmar_type(label: str) -> str:
    """AQMAR's PER, ORG, LOC; its other classes are no names here."""
    match = re.fullmatch(r"([BI])-+(PER|ORG|LOC)", label)
    return f"{match[1]}-{match[2]}" if match else "O"


def wojood_type(label: str) -> str:
    """The outermost of Wojood's nested types that is one of ours: the first named."""
    for part in label.split():
        match = re.fullmatch(r"([BI])-(\w+)", part)
        if match and match[2] in WOJOOD:
            return f"{match[1]}-{WOJOOD[match[2]]}"
    return "O"


def spans(labels: Sequence[str]) -> list[Named]:
    """The names that a row of labels marks."""
    found: list[Named] = []
    start, kind = -1, ""
    for i, label in enumerate([*labels, "O"]):
        if kind and not (label.startswith("I-") and label[2:] == kind):
            found.append((start, i - 1, kind))
            kind = ""
        if label != "O" and not kind:
            start, kind = i, label[2:]
    return found


# ---------------------------------------------------------------- features


def plain_rows(words: Sequence[str]) -> list[list[str]]:
    """The baseline: the word, its affixes, its neighbours."""
    rows = []
    for i, word in enumerate(words):
        row = ["w" + word, f"digit={word[:1].isdigit()}", f"l{min(len(word), 9)}"]
        row += [f"p{word[:n]}" for n in (1, 2, 3, 4)] + [f"s{word[-n:]}" for n in (1, 2, 3, 4)]
        for d in (-2, -1, 1, 2):
            row.append(f"{d}:{words[i + d]}" if 0 <= i + d < len(words) else f"{d}:edge")
        row.append(f"b{words[i - 1] if i else '^'} {word}")
        row.append(f"c{word} {words[i + 1] if i + 1 < len(words) else '$'}")
        rows.append(row)
    return rows


def prepared(text: Text, kit: Kit, table: WordTable) -> Sample:
    """A sentence as the program sees it: a lone و is joined to the word that it belongs to."""
    shown, starts = "", []
    for n, word in enumerate(text.words):
        starts.append(len(shown))
        joined = word in ("و", "ف", "ب", "ل", "ك", "س") and n + 1 < len(text.words) and text.words[n + 1].isalpha()
        shown += word if joined else word + " "
    engine = kit.language
    tokens = engine.tokens(shown, Span(0, len(shown)))
    owner, word = [], 0
    for token in tokens:
        while word + 1 < len(starts) and starts[word + 1] <= token.span.start:
            word += 1
        owner.append(word)
    kept = [m for m in engine.named(tokens) if m.kind != "time"]
    marks = marks_of(tokens, primary(kept).values())
    labels = []
    for i, token in enumerate(tokens):
        label = text.labels[owner[i]]
        if label.startswith("B-") and i and owner[i - 1] == owner[i]:
            label = label if labels[-1] == "O" else "I" + label[1:]
        if label.startswith("B-") and token.clitic == "pre" and i + 1 < len(tokens) and owner[i + 1] == owner[i]:
            label = "O"
        labels.append(label)
    return Sample(text, owner, list(mended(labels)), features(tokens, marks, table)[0], tokens)


def back(sample: Sample, labels: Sequence[str]) -> list[Named]:
    """Names found among our tokens as names among the data set's words."""
    return [(sample.owner[a], sample.owner[b], kind) for a, b, kind in spans(labels)]


# ---------------------------------------------------------------- measuring


def train(rows: Sequence[list[list[str]]], labels: Sequence[Sequence[str]], path: str, *, least: int = LEAST) -> None:
    """Fit a CRF (L-BFGS, elastic net) and store it."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.05, "c2": 0.02, "max_iterations": ITERATIONS, "feature.minfreq": least})
    for x, y in zip(rows, labels, strict=True):
        trainer.append(pycrfsuite.ItemSequence(x), y)
    trainer.train(path)


def tagged(path: str, rows: Sequence[list[list[str]]]) -> list[list[str]]:
    """Labels of sentences by a stored CRF."""
    tagger = pycrfsuite.Tagger()
    tagger.open(path)
    return [tagger.tag(pycrfsuite.ItemSequence(x)) for x in rows]


def key(sample: Sample, named: Named) -> str:
    """A name for "seen or not": its folded tokens, clitics before it left out."""
    return " ".join(
        t.norm
        for t, o in zip(sample.tokens, sample.owner, strict=True)
        if named[0] <= o <= named[1] and not (t.clitic == "pre" and o == named[0])
    )


@dataclass
class Tally:
    """Counts of one system: right, predicted and gold by type; names unseen in training, and those found."""

    right: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    unseen: Counter[str] = field(default_factory=Counter)
    reached: Counter[str] = field(default_factory=Counter)

    def add(self, gold: Sequence[Named], found: Sequence[Named], sample: Sample, known: frozenset[str]) -> None:
        """Count one sentence."""
        for n in found:
            self.predicted[n[2]] += 1
            self.right[n[2]] += n in gold
        for n in gold:
            self.gold[n[2]] += 1
            if key(sample, n) not in known:
                self.unseen[n[2]] += 1
                self.reached[n[2]] += n in found

    def merge(self, other: Tally) -> None:
        """Add another's counts."""
        for mine, theirs in zip(vars(self).values(), vars(other).values(), strict=True):
            mine.update(theirs)

    def line(self, types: Sequence[str]) -> str:
        """P, R, F1 and recall of unseen names over `types`."""
        right, predicted, gold = (sum(c[t] for t in types) for c in (self.right, self.predicted, self.gold))
        unseen, reached = (sum(c[t] for t in types) for c in (self.unseen, self.reached))
        p, r = right / max(predicted, 1), right / max(gold, 1)
        f1 = 2 * p * r / (p + r) if p + r else 0.0
        fresh = f"unseen: {reached / unseen:.3f} of {unseen}" if unseen else "unseen: none"
        return f"P {p:.3f} R {r:.3f} F1 {f1:.3f} ({gold})  {fresh}"


def names_of(samples: Sequence[Sample]) -> frozenset[str]:
    """The names that samples mark."""
    return frozenset(key(s, n) for s in samples for n in spans(s.text.labels))


def one_fold(job: tuple[list[Sample], list[list[Sample]], str]) -> list[list[Tally]]:
    """Train one system on some samples, count on sets of others: for each set a tally by way of decoding."""
    train_on, tests, system = job
    known, counted = names_of(train_on), []
    with NamedTemporaryFile(suffix=".crf") as file:
        if system == "plain":
            train([plain_rows(s.text.words) for s in train_on], [s.text.labels for s in train_on], file.name, least=1)
            for test_on in tests:
                tally = Tally()
                found = tagged(file.name, [plain_rows(s.text.words) for s in test_on])
                for s, labels in zip(test_on, found, strict=True):
                    tally.add(spans(s.text.labels), spans(labels), s, known)
                counted.append([tally])
            return counted
    model = exported(train_on)
    for test_on in tests:
        tallies = [Tally() for _ in LEANS]
        for lean, tally in zip(LEANS, tallies, strict=True):
            leaning = replace(model, lean=lean)
            for s in test_on:
                tally.add(spans(s.text.labels), back(s, leaning.labels_of(s.rows)), s, known)
        counted.append(tallies)
    return counted


def masked(samples: Sequence[Sample]) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Sentences with a rare word in a name once more, rare words not told by themselves: as unknown names come."""
    counts = Counter(t.norm for s in samples for t in s.tokens)
    for s in samples:
        rare = [counts[t.norm] <= RARE for t in s.tokens]
        if any(r and label != "O" for r, label in zip(rare, s.labels, strict=True)):
            rows = (
                [f for f in row if not (r and f.startswith(("0w", "c")))] for row, r in zip(s.rows, rare, strict=True)
            )
            yield list(rows), s.labels


def exported(samples: Sequence[Sample]) -> NameModel:
    """Fit our system; its weights as the program uses them, rounded to hundredths, the smallest left out."""
    both = [*((s.rows, s.labels) for s in samples), *masked(samples)]
    with NamedTemporaryFile(suffix=".crf") as file:
        train([rows for rows, _ in both], [labels for _, labels in both], file.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(file.name)
        info = tagger.info()
    labels = sorted(info.labels, key=lambda label: (label != "O", label))
    place = {label: n for n, label in enumerate(labels)}
    table: dict[str, list[float]] = {}
    for (name, label), weight in info.state_features.items():
        if abs(weight) >= SMALLEST:
            table.setdefault(name, [0] * len(labels))[place[label]] = round(weight, 2)
    steps = tuple(
        tuple(
            IMPOSSIBLE if b[0] == "I" and a[2:] != b[2:] else round(info.transitions.get((a, b), 0.0), 2)
            for b in labels
        )
        for a in labels
    )
    return NameModel(tuple(labels), table, steps, WordTable({}), LEAN)


def folds(samples: list[Sample]) -> list[tuple[list[Sample], list[Sample]]]:
    """(training, test) samples of each fold: blocks of sentences in a row, dealt out after a seeded shuffle."""
    blocks = [samples[i : i + BLOCK] for i in range(0, len(samples), BLOCK)]
    random.Random(SEED).shuffle(blocks)
    return [
        (
            [s for n, b in enumerate(blocks) if n % FOLDS != k for s in b],
            [s for n, b in enumerate(blocks) if n % FOLDS == k for s in b],
        )
        for k in range(FOLDS)
    ]


def report(name: str, tallies: Sequence[Tally]) -> None:
    """Print a system's figures."""
    whole = Tally()
    for tally in tallies:
        whole.merge(tally)
    print(f"{name}: PER/ORG/LOC {whole.line(TYPES[:3])}")
    for kind in TYPES:
        print(f"    {kind:4s} {whole.line((kind,))}")


def write(model: NameModel) -> None:
    """Store the weights, one feature a line."""
    lines = (f"{dumps(f)}:{dumps(w)}" for f, w in sorted(model.weights.items()))
    head = "".join(f"{dumps(k)}:{dumps(getattr(model, k))},\n" for k in ("labels", "lean", "steps"))
    WEIGHTS.write_text("{" + head + '"weights":{\n' + ",\n".join(lines) + "\n}}\n", "utf-8")
    print(f"wrote {len(model.weights)} features, {WEIGHTS.stat().st_size / 1e6:.1f} MB")


def dumps(value: object) -> str:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main() -> None:
    """Measure, and write when told."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--systems", default="plain,ours", help="which of plain and ours to measure; empty for none")
    parser.add_argument("--folds", type=int, default=FOLDS, help="stop after so many folds")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    kit, table = load(), load_words(WORDS)

    def ready(texts: Iterable[Text]) -> list[Sample]:
        return [prepared(t, kit, table) for t in texts]

    fane = ready(read_fane(args.data / "newsfane" / "NewsFANE_Gold_2014_170K.txt"))
    aqmar = ready(
        t for p in sorted((args.data / "aqmar").glob("*.txt")) if p.stem != "LICENCE"
        for t in read_lines(p, aqmar_type)
    )  # fmt: skip
    wojood = ready(
        t for n in ("train", "val", "test") for t in read_lines(args.data / "wojood-sample" / f"{n}.txt", wojood_type)
    )
    for name, samples in (("NewsFANE", fane), ("AQMAR", aqmar), ("Wojood sample", wojood)):
        print(f"{name}: {len(samples)} sentences, {sum(len(s.text.words) for s in samples)} words")
    with ProcessPoolExecutor(2) as pool:
        for system in filter(None, args.systems.split(",")):
            jobs = [(rest, [apart], system) for rest, apart in folds(fane)[: args.folds]]
            jobs += [(fane, [aqmar, wojood], system)] if args.folds == FOLDS else []
            found = list(pool.map(one_fold, jobs))
            for n, lean in enumerate(LEANS if system == "ours" else (0.0,)):
                name = f"{system}, lean {lean}" if system == "ours" else system
                report(f"{name}, NewsFANE, {args.folds} folds", [sets[0][n] for sets in found[: args.folds]])
                for sets in found[args.folds :]:
                    report(f"{name}, trained on NewsFANE, AQMAR", [sets[0][n]])
                    report(f"{name}, trained on NewsFANE, Wojood sample", [sets[1][n]])
    if args.write:
        write(exported([*fane, *aqmar]))


if __name__ == "__main__":
    main()
