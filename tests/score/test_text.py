"""When texts and dates count as the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.score import days, same_text
from rasid.score.text import content_words


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("الحكومة السودانية", "حكومة السودانيه"),
        ("وَزيرُ الدفاع", "وزير الدفاع"),
        ("للوزير", "الوزير"),
        ("بالقاهرة", "القاهرة"),
        ("إدارة المعابر", "ادارة المعابر في الجنوب"),
        ("وزير", "وزير الدفاع اليمني"),
        ("الأزهر\u200f", "الازهر"),
    ],
)
def test_spelling_clitics_and_short_forms_do_not_matter(a: str, b: str) -> None:
    assert same_text(a, b)
    assert same_text(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("وزير الدفاع", "وزير الخارجية التركي"),
        ("وزير", "وزير الدفاع اليمني السابق"),
        ("", ""),
        (None, "شيء"),
        ("في", "في"),
        ("،", "،"),
    ],
)
def test_other_words_and_no_words_do(a: str | None, b: str | None) -> None:
    assert not same_text(a, b)
    assert not same_text(b, a)


def test_short_words_keep_their_letters() -> None:
    assert content_words("وفد") == {"وفد"}
    assert content_words("والوفد") == {"وفد"}


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023/2024-03", "2023-01-01", "2024-03-31"),
        ("2024-05-01/2024-05-09", "2024-05-01", "2024-05-09"),
    ],
)
def test_dates_are_compared_as_first_and_last_day(value: str, first: str, last: str) -> None:
    assert days(value) == (first, last)


@pytest.mark.parametrize("value", [None, "", "2024-13", "yesterday", "2024-1-1", "2024/", "/2024"])
def test_what_is_no_date(value: str | None) -> None:
    assert days(value) is None


@given(st.text("ابتجدلوفكيةىأإ ", max_size=40))
def test_a_text_with_words_is_the_same_as_itself(text: str) -> None:
    assert same_text(text, text) == bool(content_words(text))
