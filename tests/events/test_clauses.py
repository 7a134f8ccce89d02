"""Who does what in a clause, by construct, over a table of invented sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from rasid.events.clauses import Arguments, SentenceView
from rasid.language.ar.letters import fold
from rasid.model import Article, Part, Span
from rasid.model.event import Slot
from rasid.packs.tables import Row, rows
from rasid.pipeline.kit import Kit

TABLE = rows(Path(__file__).with_name("clauses.tsv"))


def read(row: Row, kit: Kit) -> dict[str, str]:
    """What the clause of a row's verb gives, in the form of the table."""
    text, wanted = row.get("sentence"), fold(row.get("verb"))
    article = Article("", text, (Part("body", Span(0, len(text))),))
    for sentence in kit.language.sentences(article):
        view = SentenceView(sentence, kit.frames.compound, kit.roles)
        for token in sentence.tokens:
            if token.clitic is None and wanted in (token.norm, written(view, token.index)):
                return told(view, token.index, arguments(view, token.index), text)
    return {"verb": "not found"}


def written(view: SentenceView, index: int) -> str:
    """A folded word with the pronoun that is written on it, or with the future's prefix."""
    word = view.tokens[index].word
    near = view.tokens[max(0, index - 1) : index + 2]
    return "".join(t.norm for t in near if t.word == word and t.norm not in ("و", "ف"))


def arguments(view: SentenceView, index: int) -> Arguments:
    """The arguments of a verb, participle or noun of action; a verb without a subject shares the one before it."""
    token = view.tokens[index]
    if token.tag == "V":
        args = view.verb(index)
        joined = view.units[view.unit_at[index] - 1].kind == "CONJ" if view.unit_at[index] else False
        if not args.subject and args.subject_from != "passive" and joined:
            args.subject = view.shared_subject(index)
        return args
    if token.participles and (token.tanween or view.tokens[index - 1].kind == "punct"):
        return view.participle(index)
    return view.noun(index, idafa_is_object=False)


def told(view: SentenceView, index: int, args: Arguments, text: str) -> dict[str, str]:
    """Arguments in the form of the table."""

    def shown(slot: Slot) -> str:
        first = view.tokens[slot.first]
        found = text[first.span.start : view.tokens[slot.last].span.end]
        return f"ا{found}" if first.definite and found.startswith("ل") else found  # «للحكومة»

    def words(slots: Iterable[Slot]) -> str:
        return " + ".join(shown(slot) for slot in slots if slot.kind != "dropped")

    lone = args.dropped is not None and args.subject_from != "passive" and not args.subject
    clause = ""
    if args.clause is not None:
        clause = text[view.tokens[args.clause[0]].span.start :]
    return {
        "subject": "(-)" if lone else words(args.subject),
        "objects": " | ".join(words(slots) for slots in args.objects if slots not in args.stray),
        "preps": " | ".join(f"{prep}: {words(slots)}".strip() for prep, slots in args.preps),
        "clause": clause,
    }


def same(row: Row, found: dict[str, str]) -> bool:
    """Whether what was found is what the row lists; prepositions are compared folded."""
    if "verb" in found:
        return False
    wanted = {column: row.get(column) for column in ("subject", "objects", "preps", "clause")}
    if not found["clause"].startswith(wanted["clause"]) or bool(found["clause"]) != bool(wanted["clause"]):
        return False
    preps = [fold(p).strip() for p in wanted["preps"].split("|")]
    if preps != [fold(p).strip() for p in found["preps"].split("|")]:
        return False
    return found["subject"] == wanted["subject"] and found["objects"] == wanted["objects"]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.get('construct')}-{row.line}")
def test_arguments(row: Row, kit: Kit) -> None:
    found = read(row, kit)
    if row.get("fails"):
        assert not same(row, found), f"line {row.line} holds now: empty its column `fails`"
    else:
        assert same(row, found), found


def test_every_construct_has_rows_and_few_fail() -> None:
    constructs = Counter(row.get("construct") for row in TABLE)
    assert min(constructs.values()) >= 5, constructs
    assert sum(bool(row.get("fails")) for row in TABLE) <= len(TABLE) / 10
