"""Noun phrases by construct, over a table of invented sentences in brackets."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from rasid.model import Article, Part, Span
from rasid.packs.tables import Row, rows
from rasid.pipeline.kit import Kit

TABLE = rows(Path(__file__).with_name("phrases.tsv"))


def bracketed(text: str, kit: Kit) -> str:
    """The text with square brackets around the noun phrases that are found."""
    article = Article("", text, (Part("body", Span(0, len(text))),))
    marks: list[tuple[int, str]] = []
    for sentence in kit.language.sentences(article):
        for phrase in sentence.phrases:
            first, last = sentence.tokens[phrase.first].span, sentence.tokens[phrase.last].span
            marks += [(first.start, "["), (last.end, "]")]
    for at, mark in reversed(marks):
        text = text[:at] + mark + text[at:]
    return text


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.get('construct')}-{row.line}")
def test_noun_phrases(row: Row, kit: Kit) -> None:
    wanted = row.get("sentence")
    found = bracketed(wanted.replace("[", "").replace("]", ""), kit)
    if row.get("fails"):
        assert found != wanted, f"line {row.line} holds now: empty its column `fails`"
    else:
        assert found == wanted


@pytest.mark.parametrize("text", ["وصل الوفد برئاسة", "زار وفد من الوزارة المخيم بقيادة", "وفد برئاسة"])
def test_a_sentence_that_breaks_off_has_phrases(text: str, kit: Kit) -> None:
    assert bracketed(text, kit).count("[") >= 1


def test_every_construct_has_rows_and_few_fail() -> None:
    constructs = Counter(row.get("construct") for row in TABLE)
    assert min(constructs.values()) >= 5, constructs
    assert sum(bool(row.get("fails")) for row in TABLE) <= len(TABLE) / 10
