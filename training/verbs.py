"""Train the verb model: whether a word that may be a verb or a noun is a verb where it stands.

Usage: python -m training.verbs SHARED_DIR [--count] [--write]

Trained on UD Arabic-PUD (CC BY-SA 3.0) and on the triggers of the frame files' examples; measured on PUD in five
folds by document and on old PADT (never trained on), beside the rules alone. --count counts anew, in raw news text,
in which contexts each form stands (some minutes); without it the digits in the weights file are kept. --write stores
the weights. Needs scikit-learn (not needed to run Rasid). Seeded; the same data give the same weights.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rasid.language.ar.letters import fold
from rasid.language.ar.verbs import VerbModel, doubtful, features, form_digits
from rasid.model import Article, Part, Span
from rasid.model.text import Token
from rasid.packs.frames import load_frames
from rasid.pipeline.kit import Kit, frame_files, load
from training.arguments import tree_of
from training.ud import Sentence, padt, pud

ROOT = Path(__file__).resolve().parents[1]
WEIGHTS = ROOT / "src" / "rasid" / "packs" / "data" / "ar" / "weights" / "verbs.json"
FOLDS, SEED = 5, 7
STRENGTH = 0.2  # inverse regularisation
ARTICLES = 6000  # of each file of raw text
#: Words right after which only a verb stands.
BEFORE_VERBS = frozenset(
    map(
        fold,
        ["قد", "لقد", "لم", "لن", "سوف", "الذي", "التي", "الذين", "كي", "لكي", "عندما", "بعدما", "حينما", "مما", "ما"],
    )
)
#: Forms of «to be», which Rasid has as particles.
_AUXILIARY = frozenset({"كان", "ليس"})


@dataclass(frozen=True)
class Row:
    """A doubtful word: its document, its features, whether it is a verb, what the rules say, whether it is unknown."""

    document: str
    features: tuple[str, ...]
    verb: bool
    rule: bool
    unknown: bool
    token: Token


def analysed(text: str, kit: Kit) -> Iterator[Sequence[Token]]:
    """The tokens of each sentence as the rules alone class them."""
    article = Article("", text, (Part("body", Span(0, len(text))),))
    yield from kit.language.ruled(article)


def treebank_rows(sentences: Iterable[Sentence], kit: Kit, forms: dict[str, str]) -> Iterator[Row]:
    """The doubtful words whose class a treebank has."""
    for sentence in sentences:
        tree = tree_of(sentence)
        starts = {span[0]: i for i, span in tree.spans.items()}
        for tokens in analysed(sentence.text, kit):
            for i, token in enumerate(tokens):
                word = tree.words.get(starts.get(token.span.start, -1)) if doubtful(token) else None
                if word is None or word.upos == "X" or fold(word.lemma) in _AUXILIARY:
                    continue
                yield _row(sentence.document, tokens, i, word.upos in ("VERB", "AUX"), forms)


def _row(document: str, tokens: Sequence[Token], i: int, verb: bool, forms: dict[str, str]) -> Row:
    token = tokens[i]
    return Row(document, features(tokens, i, forms), verb, token.tag == "V", token.tags <= {"X"}, token)


def example_rows(kit: Kit, forms: dict[str, str]) -> Iterator[Row]:
    """The triggers of the frame files' examples: verbs where the rules read them so and the example passes."""
    for path, shown in frame_files():
        for entry in load_frames(path, shown):
            for n, example in enumerate(entry.examples):
                triggers = [fold(e.trigger) for e in example.expected if e.trigger and not example.known]
                for tokens in analysed(example.text, kit) if triggers else ():
                    for i, token in enumerate(tokens):
                        if token.norm in triggers and doubtful(token):
                            yield _row(f"{entry.lexeme}{n}", tokens, i, token.tag == "V", forms)


def fit(data: Sequence[Row]) -> dict[str, float]:
    """Weights by feature; above 0 is a verb."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(row.features, 1.0) for row in data])
    model = LogisticRegression(C=STRENGTH, max_iter=3000, fit_intercept=False, random_state=SEED)
    model.fit(matrix, [row.verb for row in data])
    weights = np.round(model.coef_[0], 4)
    names = vectorizer.get_feature_names_out()
    return {str(f): float(w) for f, w in zip(names, weights, strict=True) if abs(w) > 0.005}


def judged(row: Row, weights: dict[str, float]) -> bool:
    """What the model says."""
    return VerbModel(weights).judged(row.features, row.token)


def told(name: str, data: Sequence[Row], answers: Sequence[bool]) -> str:
    """A line of figures: known doubtful words and unknown ones, rules and model."""
    cells = []
    for unknown in (False, True):
        pairs = [(row, answer) for row, answer in zip(data, answers, strict=True) if row.unknown == unknown]
        rule = sum(row.rule == row.verb for row, _ in pairs) / len(pairs)
        model = sum(answer == row.verb for row, answer in pairs) / len(pairs)
        cells += [str(len(pairs)), f"{rule:.3f}", f"{model:.3f}"]
    return f"| {name} | {' | '.join(cells)} |"


def counted(corpus: Path, kit: Kit) -> dict[str, str]:
    """The digits of every doubtful form of raw text."""
    counts: dict[str, Counter[str]] = {}
    for path in sorted(corpus.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            texts = [json.loads(line)["text"] or "" for line in file]
        random.Random(SEED).shuffle(texts)
        for text in texts[:ARTICLES]:
            for tokens in analysed(text, kit):
                _count(tokens, counts)
    digits = (
        (form, form_digits(c["verb"], c["noun"], c["article"], c["plain"]))
        for form, c in sorted(counts.items())
        if c["doubtful"]
    )
    return {form: d for form, d in digits if d is not None}


def _count(tokens: Sequence[Token], counts: dict[str, Counter[str]]) -> None:
    for i, token in enumerate(tokens):
        if token.kind != "word" or token.clitic is not None:
            continue
        seen = counts.setdefault(token.bare, Counter())
        if token.definite:
            seen["article"] += 1
            continue
        seen["plain"] += 1
        seen["doubtful"] += doubtful(token)
        before = tokens[i - 1] if i else None
        if before is None:
            continue
        if before.norm in BEFORE_VERBS or (before.clitic == "pre" and before.norm == "س"):
            seen["verb"] += 1
        elif before.tag == "PREP" and before.norm != "ل":
            seen["noun"] += 1


def main() -> None:
    """Cross-validate, train on all, store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--count", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    kit, nlp = load(), options.shared / "nlp"
    old = json.loads(WEIGHTS.read_text("utf-8")) if WEIGHTS.is_file() else {"forms": {}}
    forms = counted(options.shared / "corpus", kit) if options.count else old["forms"]
    treebank = list(treebank_rows(pud(nlp / "pud" / "ar_pud-ud-test.conllu"), kit, forms))
    examples = list(example_rows(kit, forms))
    print("| words of | known, doubtful | right by rule | right by model | unknown | right by rule | right by model |")
    print("|---|---|---|---|---|---|---|")
    documents = sorted({row.document for row in treebank})
    random.Random(SEED).shuffle(documents)
    tested: list[Row] = []
    answers: list[bool] = []
    for fold_ in range(FOLDS):
        out = set(documents[fold_::FOLDS])
        weights = fit([*(r for r in treebank if r.document not in out), *examples])
        part = [r for r in treebank if r.document in out]
        tested, answers = tested + part, answers + [judged(r, weights) for r in part]
    print(told("PUD, five folds by document", tested, answers))
    weights = fit([*treebank, *examples])
    for part in ("dev", "test"):
        rows = list(treebank_rows(padt(nlp / "padt-old-NC" / f"{part}.conllu"), kit, forms))
        print(told(f"PADT-old {part}", rows, [judged(r, weights) for r in rows]))
    print(f"\n{len(treebank)} words of the treebank, {len(examples)} of examples")
    print(f"{len(weights)} features, {len(forms)} forms with counts")
    if options.write:
        stored = {"weights": weights, "forms": forms}
        WEIGHTS.write_text(json.dumps(stored, ensure_ascii=False, separators=(",", ":"), sort_keys=True), "utf-8")


if __name__ == "__main__":
    main()
