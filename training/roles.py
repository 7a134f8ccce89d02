"""Train the role model: which bare phrase beside a verb is its subject, which its object.

Usage: python -m training.roles SHARED_DIR [--gold] [--valency] [--write]

Trained on UD Arabic-PUD (CC BY-SA 3.0), on the examples of the frame files and, with --gold, on the coded articles:
there the party that acts is the subject of its verb and the party acted upon its object, where the frame says so.
Measured in five folds by document; ``training/arguments.py`` measures the shipped weights on a treebank that nothing
was trained on. --valency counts anew, in raw news text, what follows each
verb that the packs know (some minutes); without it the digits in the weights file are kept. --write stores the
weights. Needs scikit-learn (not needed to run Rasid). Seeded; the same data give the same weights.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rasid.events.clauses import SentenceView
from rasid.events.roles import ROLES, features, valency_digits
from rasid.model import Article, Part, Span
from rasid.model.event import Slot
from rasid.packs.frames import Expected, Sense, load_frames
from rasid.pipeline.kit import Kit, frame_files, load
from training import coded
from training.arguments import Gold, heads, verbs_of, views_of
from training.ud import Sentence, pud

ROOT = Path(__file__).resolve().parents[1]
WEIGHTS = ROOT / "src" / "rasid" / "packs" / "data" / "ar" / "weights" / "roles.json"
FOLDS, SEED = 5, 7
STRENGTH = 0.3  # inverse regularisation, chosen among 0.03 … 1 by the cross-validated share of frames
MIN_COUNT = 2
ARTICLES = 5000  # of each file of raw text


@dataclass(frozen=True)
class Row:
    """One candidate phrase of a verb: the document, its features, the role that the treebank gives it."""

    document: str
    features: tuple[str, ...]
    role: str


def rows(sentences: Sequence[Sentence], kit: Kit, valency: dict[str, str]) -> Iterator[Row]:
    """The candidates of all verbs that Rasid reads as verbs."""
    for sentence in sentences:
        for case in verbs_of(sentence, kit):
            if case.view is None:
                continue
            yield from _rows_of(sentence.document, case, valency)


def _rows_of(document: str, case: Gold, valency: dict[str, str]) -> Iterator[Row]:
    assert case.view is not None
    setting, slots = case.view.setting_of(case.token)
    for candidate, slot in zip(setting.candidates, slots, strict=True):
        word = heads(case, slot)
        role = "subject" if word in case.subject else "object" if word in case.objects else "none"
        yield Row(document, features(setting, candidate, valency), role)


@dataclass(frozen=True)
class Act:
    """A coded act in a text: the range of its trigger, its type, ranges of its parties and of its issue."""

    trigger: tuple[int, int]
    event: str
    actor: tuple[tuple[int, int], ...]
    recipient: tuple[tuple[int, int], ...]
    issue: tuple[tuple[int, int], ...] = ()


def act_rows(name: str, text: str, acts: Sequence[Act], kit: Kit, valency: dict[str, str]) -> Iterator[Row]:
    """The phrases beside the verbs of coded acts whose role the frames and the coder settle."""
    for view in views_of(text, kit):
        for unit in view.units:
            token = view.tokens[unit.first]
            act = next((a for a in acts if a.trigger[0] <= token.span.start < a.trigger[1]), None)
            if unit.kind != "V" or act is None:
                continue
            senses = [s for v in token.verbs for s in kit.frames.senses.get(v.lemma, ()) if s.event == act.event]
            if senses:
                yield from _settled(name, view, unit.first, act, senses, valency)


def _settled(
    name: str, view: SentenceView, verb: int, act: Act, senses: Sequence[Sense], valency: dict[str, str]
) -> Iterator[Row]:
    setting, slots = view.setting_of(verb)
    spans = [_span(view, slot) for slot in slots]
    acting = [any(_overlap(s, a) for a in act.actor) for s in spans]
    for candidate, span, acts in zip(setting.candidates, spans, acting, strict=True):
        role = ""
        if acts and any("subject" in s.actor for s in senses):
            role = "subject"
        elif not acts and any(_overlap(span, r) for r in act.recipient):
            undergoes = any("subject" in s.recipient for s in senses)  # «تكذب واشنطن»: who lies is accused
            if undergoes or (any(s.passive for s in senses) and not any(acting)):
                role = "subject"
            elif any("object" in s.recipient for s in senses):
                role = "object"
        elif not acts and any(_overlap(span, i) for i in act.issue) and any("object" in s.issue for s in senses):
            role = "object"
        antecedent = setting.how == "relative" and candidate.side == "before"  # no role in its clause, as in treebanks
        if role and not antecedent:
            yield Row(name, features(setting, candidate, valency), role)


def _span(view: SentenceView, slot: Slot) -> tuple[int, int]:
    return view.tokens[slot.head].span.start, view.tokens[slot.head].span.end


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def example_rows(kit: Kit, valency: dict[str, str]) -> Iterator[Row]:
    """Rows of the examples of the frame files, those that are marked as failing left out."""
    for path, shown in frame_files():
        for entry in load_frames(path, shown):
            for n, example in enumerate(entry.examples):
                if not example.known:
                    acts = [act for e in example.expected if (act := _act_of(example.text, e)) is not None]
                    yield from act_rows(f"{entry.lexeme}{n}", example.text, acts, kit, valency)


def _act_of(text: str, expected: Expected) -> Act | None:
    def places(words: Sequence[str] | None) -> tuple[tuple[int, int], ...]:
        return tuple((at, at + len(w)) for w in words or () if (at := text.find(w)) >= 0)

    trigger = places([expected.trigger] if expected.trigger else [])
    if not trigger:
        return None
    issue = places([expected.issue] if expected.issue else [])
    return Act(trigger[0], expected.event, places(expected.actor), places(expected.recipient), issue)


def gold_rows(articles: Iterable[dict], kit: Kit, valency: dict[str, str]) -> Iterator[Row]:
    """Rows of articles coded by hand."""

    def span(part: dict) -> tuple[int, int]:
        return part["start"], part["end"]

    for raw in articles:
        for start, end in raw["sentences"]:
            acts = []
            for r in raw["records"]:
                a, b = span(r["trigger"])
                if start <= a < end:
                    parties = (*map(span, r["actor"]), *map(span, r["recipient"]))
                    move = [(x - start, y - start) for x, y in ((a, b), *parties)]
                    n = 1 + len(r["actor"])
                    acts.append(Act(move[0], r["event"], tuple(move[1:n]), tuple(move[n:])))
            yield from act_rows(raw["id"], raw["text"][start:end], acts, kit, valency)


def fit(data: Sequence[Row], strength: float = STRENGTH) -> dict[str, tuple[float, ...]]:
    """Weights by feature, in the order of ``ROLES``."""
    counts = Counter(f for row in data for f in row.features)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{f: 1.0 for f in r.features if counts[f] >= MIN_COUNT} for r in data])
    model = LogisticRegression(C=strength, max_iter=3000, fit_intercept=False, random_state=SEED)
    model.fit(matrix, [row.role for row in data])
    order = [list(model.classes_).index(role) for role in ROLES]
    names = vectorizer.get_feature_names_out()
    weights = np.round(model.coef_[order].T, 4)
    return {str(name): tuple(map(float, w)) for name, w in zip(names, weights, strict=True) if np.abs(w).max() > 0}


def valency_of(corpus: Path, kit: Kit) -> dict[str, str]:
    """What follows each verb of the packs in raw text, as digits."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for path in sorted(corpus.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            texts = [json.loads(line)["text"] or "" for line in file]
        random.Random(SEED).shuffle(texts)
        for text in texts[:ARTICLES]:
            for sentence in kit.language.sentences(Article("", text, (Part("body", Span(0, len(text))),))):
                count(SentenceView(sentence, kit.frames.compound), counts)
    digits = ((lemma, valency_digits(c)) for lemma, c in sorted(counts.items()))
    return {lemma: d for lemma, d in digits if d is not None}


def count(view: SentenceView, counts: dict[str, Counter[str]]) -> None:
    """Count what follows each verb of a sentence."""
    for k, unit in enumerate(view.units):
        verbs = view.tokens[unit.first].verbs if unit.kind == "V" else ()
        if not verbs:
            continue
        kinds = []
        for following in view.units[k + 1 : k + 3]:
            human = following.phrase is not None and following.phrase.human
            kinds.append(f"NP{'h' if human else 'x'}" if following.kind == "NP" else following.kind)
        counts[verbs[0].lemma][" ".join(kinds)] += 1
        counts[verbs[0].lemma]["#"] += 1


def main() -> None:
    """Cross-validate, train on all, store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--gold", action="store_true")
    parser.add_argument("--valency", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    kit = load()
    old = json.loads(WEIGHTS.read_text("utf-8")) if WEIGHTS.is_file() else {"weights": {}, "valency": {}}
    valency = valency_of(options.shared / "corpus", kit) if options.valency else old["valency"]
    sentences = list(pud(options.shared / "nlp" / "pud" / "ar_pud-ud-test.conllu"))
    treebank = list(rows(sentences, kit, valency))
    examples = list(example_rows(kit, valency))
    by_hand = list(gold_rows(coded.readable_gold(options.shared), kit, valency)) if options.gold else []
    data = [*treebank, *examples, *by_hand]
    for name, part in (("treebank", treebank), ("examples", examples), ("coded articles", by_hand)):
        print(f"- {name}: {len(part)} phrases beside verbs; {dict(sorted(Counter(r.role for r in part).items()))}")
    documents = sorted({row.document for row in data})
    random.Random(SEED).shuffle(documents)
    hits = Counter[str]()
    parts = (("treebank", treebank), ("examples", examples), ("coded articles", by_hand))
    names = {id(row): name for name, part in parts for row in part}
    for fold in range(FOLDS):
        test = set(documents[fold::FOLDS])
        weights = fit([r for r in data if r.document not in test])
        hits.update(names[id(r)] for r in data if r.document in test and r.role == best(r, weights))
    for name, n in Counter(names.values()).items():
        print(f"- five folds by document, {name}: {hits[name] / n:.3f} get the right role (each phrase judged alone)")
    if options.write:
        stored = {"weights": fit(data), "valency": valency}
        WEIGHTS.write_text(json.dumps(stored, ensure_ascii=False, separators=(",", ":"), sort_keys=True), "utf-8")
        print(f"- {len(stored['weights'])} features, {len(valency)} verbs with valency written")


def best(row: Row, weights: dict[str, tuple[float, ...]]) -> str:
    """The role of one phrase judged alone."""
    totals = [sum(weights[f][n] for f in row.features if f in weights) for n in range(len(ROLES))]
    return ROLES[totals.index(max(totals))]


if __name__ == "__main__":
    main()
