from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rasid.language.ar.letters import (
    compose,
    ends_in_tanween,
    fold,
    fold_map,
    fold_number,
    fold_punctuation,
    letters_of,
    marks_passive,
    written,
)

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
        ("آل ٱلإسراء", "ال الاسراء"),
        ("ا\u0654ؤئ ى\u0654 ا\u0653", "اوي ي ا"),
        ("ہۃۀە ےېۍ ڪګ", "هههه ييي كك"),
        ("قُرۡءَٰنٗا كَرِيمٗاۖ ۥۦ\u06dd", "قرءنا كريما "),
        ("\u2067ال\u200dقا\u200cئد\u2069\u061c\u202b\ufeff", "القايد"),
        ("وﷲ ﷴ ﻷنه ﺔﻴﺑﺮﻌﻟﺍ", "والله محمد لانه هيبرعلا"),
        ("ﹰﹷﱞ", ""),
        ("رئيس\u00a0الوزراء", "رييس الوزراء"),
        ("١٢۳４", "1234"),
        ("Café ＮＡＴＯ", "cafe nato"),
    ],
)
def test_fold_joins_spellings(written: str, folded: str) -> None:
    assert fold(written) == folded


ANY = st.one_of(ARABIC, st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
FORMS: list[Literal["NFC", "NFD", "NFKC", "NFKD"]] = ["NFC", "NFD", "NFKC", "NFKD"]


@given(ANY)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def _keeps_its_words(char: str) -> bool:
    """Whether the compatible form of a sign holds no white space: ﷺ becomes four words, ¨ a space with a mark."""
    return char.isspace() or " " not in unicodedata.normalize("NFKD", char)


@settings(max_examples=300)
@given(ANY)
@example(" \u064b\u06e7")
def test_fold_and_spelling_do_not_depend_on_the_normal_form(text: str) -> None:
    text = "".join(filter(_keeps_its_words, text))
    for form in FORMS:
        other = unicodedata.normalize(form, text)
        assert fold(other).split() == fold(text).split()
        assert compose(other).text.split() == compose(text).text.split()


def test_every_code_point_folds_alike_in_every_normal_form() -> None:
    for code in (*range(0xD800), *range(0xE000, 0x30000)):
        char = chr(code)
        folded = fold(char)
        assert fold(folded) == folded
        if _keeps_its_words(char) and not char.isspace():
            assert {fold(unicodedata.normalize(form, char)) for form in FORMS} == {folded}


@given(ANY, st.integers(0, 1000))
def test_composed_letters_know_where_they_came_from(text: str, shift: int) -> None:
    composed = compose(text, shift)
    size = len(composed.text)
    bounds = [(composed.start(k) - shift, composed.end(k + 1) - shift) for k in range(size)]
    assert all(0 <= a < b <= len(text) for a, b in bounds)
    assert bounds == sorted(bounds)
    assert all(compose(text[a:b]).text in composed.text for a, b in bounds)
    if size:
        assert (composed.start(0), composed.end(size)) == (shift, shift + len(text))


@given(ARABIC, st.integers(0, 1000))
def test_fold_map_points_at_the_letter_it_came_from(text: str, start: int) -> None:
    letters, offsets = fold_map(text, start)
    assert len(letters) == len(offsets)
    assert list(offsets) == sorted(offsets)
    for letter, offset in zip(letters, offsets, strict=True):
        assert letter in fold(text[offset - start])


WRITTEN = [
    ("ا\u0654ن\u0651", "أنّ"),
    ("عـــلى", "على"),
    ("ﻋﻠﻰ", "على"),
    ("کلی", "كلي"),
    ("دولۃ", "دولة"),
    ("\u2067إ\u200fن\u2069", "إن"),
    ("قُتِلَ", "قُتِلَ"),
]


@pytest.mark.parametrize(("word", "plain"), WRITTEN)
def test_written_shows_what_the_fold_hides(word: str, plain: str) -> None:
    assert written(word) == plain


def test_letters_of_leaves_out_vowel_marks() -> None:
    assert letters_of("إلَىٰ") == "إلى"
    assert letters_of("ا\u0655لى\u0670") == "إلى"


@pytest.mark.parametrize(
    ("word", "passive"),
    [
        ("قُتل", True), ("قتل", False), ("يُعتقد", False), ("قَتل", False), ("قـُتل", True), ("اتُهم", True),
        ("ا\u064f\u0654علن", False), ("أُعلن", False), ("قُّتل", True), ("ﻗُﺘﻞ", True), ("\u200fق\u200fُتل", True),
    ],
)  # fmt: skip
def test_a_written_damma_marks_the_passive(word: str, passive: bool) -> None:
    assert marks_passive(written(word)) is passive


@pytest.mark.parametrize(
    ("word", "accusative"),
    [
        ("هجوماً", True), ("هجومًا", True), ("هجوم", False), ("قويّاً", True), ("قويًّا", True), ("لقاءً", True),
        ("هدًى", True), ("هجومًـا", True), ("هجوم\u064b\u200fا\u200f", True), ("حكومةً", True), ("هجومٌ", False),
    ],
)  # fmt: skip
def test_tanween_is_seen_before_and_after_the_alef(word: str, accusative: bool) -> None:
    assert ends_in_tanween(written(word)) is accusative


@pytest.mark.parametrize(
    ("marks", "norm"),
    [
        (",،、،", "،"), (";؛", "؛"), ("?؟", "؟"), (".۔", "."), ("-–—―−", "-"), ("«‹《", "«"), ("»›》", "»"),
        ("\"“”„'’‘", '"'), ("%٪", "%"),
    ],
)  # fmt: skip
def test_marks_of_one_kind_are_read_alike(marks: str, norm: str) -> None:
    assert {fold_punctuation(mark) for mark in marks} == {norm}


def test_ellipses_and_numbers() -> None:
    assert {fold_punctuation(m) for m in ("…", "...", "..", "……", "....")} == {"..."}
    assert fold_punctuation(".") == "."
    assert fold_number("١٢٫٥") == fold_number("12.5") == "12.5"
    assert fold_number("۱٬۰۰۰") == "1,000"
