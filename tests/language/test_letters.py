from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.language.ar.letters import ends_in_tanween, fold, fold_map, marks_passive

ARABIC = st.text(
    st.one_of(
        st.characters(min_codepoint=0x0600, max_codepoint=0x06FF),
        st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFC),
        st.sampled_from('\u00a0\u200f\u200e\u202b\u2067\u2069 ab19.,«»"()'),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("أَكَّدَ", "اكد"),
        ("مســـؤول", "مسوول"),
        ("الإیرانی", "الايراني"),
        ("ﻻجئين", "لاجيين"),
        ("قوة", "قوه"),
        ("\u200fغزة\u200f", "غزه"),
        ("٢٠٢٤", "2024"),
        ("۲۰۲۴", "2024"),
        ("کھ", "كه"),
    ],
)
def test_fold_joins_spellings(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(ARABIC)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ARABIC)
def test_fold_does_not_depend_on_the_normal_form(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert fold(unicodedata.normalize("NFD", composed)) == fold(composed)


@given(ARABIC, st.integers(0, 1000))
def test_fold_map_points_at_the_letter_it_came_from(text: str, start: int) -> None:
    letters, offsets = fold_map(text, start)
    assert len(letters) == len(offsets)
    assert list(offsets) == sorted(offsets)
    for letter, offset in zip(letters, offsets, strict=True):
        assert letter in fold(text[offset - start])


@pytest.mark.parametrize(("word", "passive"), [("قُتل", True), ("قتل", False), ("يُعتقد", False), ("قَتل", False)])
def test_a_written_damma_marks_the_passive(word: str, passive: bool) -> None:
    assert marks_passive(word) is passive


def test_tanween_is_seen_before_and_after_the_alef() -> None:
    assert ends_in_tanween("هجوماً")
    assert ends_in_tanween("هجومًا")
    assert not ends_in_tanween("هجوم")
