"""Whatever stands in a text, every token, mention, phrase and record slices back to its own words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rasid.ingest import PageLayout
from rasid.model import Reading, Span
from rasid.pipeline.kit import Kit
from tests.conftest import article_of, reading_of

WORDS = [
    "التقى", "رئيس", "الوزراء", "القطري", "محمد\u00a0بن\u00a0عبد\u00a0الرحمن", "وفدًا", "من", "حركة", "حماس",
    "للزعيم", "لِلحركة", "ورفضها", "استعـــدادها", "قُتِلَ", "ﻻجئون", "الإیرانی", "\u200fغزة\u200f", "،",
    ":", '"', "«", "»", "(الأناضول)", "13.9.2024", "٣", "أن", "بأنهم", "معهم", "به", "ولهم", "قال", "سيلتقي",
    "لم", "يقبل", "هجوماً", "على", "تل أبيب", "...", ".", "\n", "Reuters",
]  # fmt: skip
NEWS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join)
ANY = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x06FF), max_size=80)
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SETTINGS
@given(text=st.one_of(NEWS, ANY))
def test_tokens_and_phrases_slice_back(text: str, kit: Kit, layout: PageLayout) -> None:
    article = article_of(text, layout)
    for sentence in kit.language.sentences(article):
        for token in sentence.tokens:
            assert token.span.of(text) == token.text
        for before, after in pairwise(sentence.tokens):
            assert before.span.end <= after.span.start
        for mention in sentence.mentions:
            covered = Span(sentence.tokens[mention.first].span.start, sentence.tokens[mention.last].span.end)
            assert mention.span == covered
        for phrase in sentence.phrases:
            assert 0 <= phrase.first <= phrase.head <= phrase.last < len(sentence.tokens)


@SETTINGS
@given(text=st.one_of(NEWS, ANY))
def test_records_quote_the_text(text: str, kit: Kit, layout: PageLayout) -> None:
    _slices(reading_of(text, kit, layout), text)


def _slices(reading: Reading, text: str) -> None:
    for record in reading.records:
        quoted = [record.trigger, *(e.words for e in (*record.actor, *record.recipient))]
        quoted += [
            w for w in (record.issue, record.date and record.date.words, record.place and record.place.words) if w
        ]
        quoted += [s.words for s in record.source if s.words is not None]
        for words in quoted:
            assert words.span.of(text) == words.text
            assert words.text.strip() == words.text != ""


@pytest.mark.parametrize(
    ("written", "pieces"),
    [
        ("للزعيم", ["ل", "لزعيم"]),
        ("ورفضها", ["و", "رفض", "ها"]),
        ("وبالحوار", ["و", "ب", "الحوار"]),
        ("معهم", ["مع", "هم"]),
        ("به", ["ب", "ه"]),
        ("لبنان", ["لبنان"]),
        ("وزراء", ["وزراء"]),
        ("سيلتقي", ["س", "يلتقي"]),
        ("استعـدادِها", ["استعـدادِ", "ها"]),
        ("اتهم", ["اتهم"]),
        ("والده", ["والد", "ه"]),
        ("بشأن", ["بشأن"]),
    ],
)
def test_clitics_become_tokens_of_their_own(written: str, pieces: list[str], kit: Kit, layout: PageLayout) -> None:
    (sentence,) = kit.language.sentences(article_of(f"قال {written} أمس", layout))
    inner = [t.text for t in sentence.tokens if t.word == 1]
    assert inner == pieces
