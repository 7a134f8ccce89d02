"""Subjects and objects on PUD in five folds by document: no sentence is judged by a model that saw its document.

Usage: python -m training.folds SHARED_DIR

The verb model and the role model are trained anew for each fold, on the other documents of PUD and on everything else
that they are trained on; what is measured is described in ``training/arguments.py``. Some minutes.
"""

from __future__ import annotations

import argparse
import copy
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rasid.events.roles import RoleModel
from rasid.language.ar.verbs import VerbModel
from rasid.pipeline.kit import Kit, load
from training import coded, roles, verbs
from training.arguments import HEADER, TARGET, Gold, brackets, cases_of, measure
from training.ud import Sentence, pud

FOLDS, SEED = 5, 7


def folds(sentences: Sequence[Sentence]) -> Iterator[tuple[list[Sentence], list[Sentence]]]:
    """(trained on, measured on) of each fold."""
    documents = sorted({s.document for s in sentences})
    random.Random(SEED).shuffle(documents)
    for n in range(FOLDS):
        out = set(documents[n::FOLDS])
        yield [s for s in sentences if s.document not in out], [s for s in sentences if s.document in out]


def taught(kit: Kit, train: Sequence[Sentence], shared: Path) -> Kit:
    """The kit with both models trained on these sentences of the treebank and on all that is no treebank."""
    forms = kit.language.verbs.forms
    engine = copy.copy(kit.language)
    rows = [*verbs.treebank_rows(train, kit, dict(forms)), *verbs.example_rows(kit, dict(forms))]
    engine.verbs = VerbModel(verbs.fit(rows), forms)
    kit = replace(kit, language=engine)
    valency = dict(kit.roles.valency)
    data = [
        *roles.rows(train, kit, valency),
        *roles.example_rows(kit, valency),
        *roles.gold_rows(coded.readable_gold(shared), kit, valency),
    ]
    return replace(kit, roles=RoleModel(roles.fit(data), valency))


def main() -> None:
    """Print the figures as rows of a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    options = parser.parse_args()
    kit = load()
    sentences = list(pud(options.shared / "nlp" / "pud" / "ar_pud-ud-test.conllu"))
    parts = [(taught(kit, train, options.shared), test) for train, test in folds(sentences)]

    def cases(only: frozenset[str] | None) -> Iterator[Gold]:
        for kit_of_fold, test in parts:
            yield from cases_of(test, kit_of_fold, only)

    print(HEADER)
    measure("PUD, forty verbs", cases(TARGET))
    measure("PUD, all verbs", cases(None))
    shares = [(len(test), brackets(test, kit_of_fold)) for kit_of_fold, test in parts]
    mean = sum(n * f1 for n, f1 in shares) / sum(n for n, _ in shares)
    print(f"\n- noun phrases of PUD: bracket F1 {mean:.3f} (mean of the folds)")


if __name__ == "__main__":
    main()
