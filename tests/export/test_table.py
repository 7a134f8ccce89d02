"""The table: direction, widths, colours, explanations, and nothing that steers the terminal."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.export import Options
from rasid.export.layout import share
from rasid.export.terminal import FSI, PDI, by_run, clean, isolate, visual, width, wrap
from tests.export.samples import EMPTY, MISSING, READING, reading_of, written

ARABIC = re.compile("[\u0621-\u064a]")


def shown(*items: object, **options: object) -> list[str]:
    data = written("table", *items, options=Options(**options))  # type: ignore[arg-type]
    return data.decode("utf-8").split("\n")


def test_arabic_stands_inside_isolates_that_are_closed_on_their_line() -> None:
    for line in shown(READING, EMPTY, explain=True):
        depth = 0
        for char in line:
            depth += (char == FSI) - (char == PDI)
            assert depth in (0, 1)
            assert depth == 1 or not ARABIC.match(char)
        assert depth == 0


def test_the_logical_order_is_kept() -> None:
    text = "\n".join(shown(READING))
    assert f"{FSI}الوفد السوداني (SDN GOV){PDI}" in text
    assert f"→ {FSI}مبعوث الاتحاد" in text


@pytest.mark.parametrize("columns", [40, 80, 100, 137, 300])
@pytest.mark.parametrize("explain", [False, True])
def test_no_line_is_wider_than_the_terminal(columns: int, explain: bool) -> None:
    long = reading_of("مستشفيات " * 60 + "ط" * 200)
    lines = shown(READING, long, MISSING, width=columns, explain=explain)
    assert max(map(width, lines)) <= max(columns, 80)


def test_columns_stand_under_their_headings() -> None:
    lines = [line.replace(FSI, "").replace(PDI, "") for line in shown(READING)]
    head = next(line for line in lines if line.startswith("#"))
    row = next(line for line in lines if line.startswith("2 "))
    at = head.index("what")
    assert row[at:].startswith("CONSULT")
    assert "2025-02-10" in row[:at]


def test_marks_take_no_column() -> None:
    assert width("قُتِلَ") == width("قتل") == 3
    assert width(f"{FSI}قتل{PDI}\u200f") == 3
    assert width("中文") == 4


def test_everything_of_a_record_is_there() -> None:
    text = "\n".join(shown(READING, width=200)).replace(FSI, "").replace(PDI, "")
    for part in (
        "CONSULT", "visit", "2025-02-10", "(2025-02-12)", "نيروبي", "متحدث باسم الوفد", "via المرصد",
        "أي شروط جديدة", "NEGATED", "ONGOING", "quoted", "=1", "heavy-weapons", "صحيفة النيل",
        "4 events in 1 article",
    ):  # fmt: skip
        assert part in text, part


def test_problems_are_shown() -> None:
    text = "\n".join(shown(READING, EMPTY, MISSING))
    assert "! A date could not be read. [odd-date]" in text
    assert "! gone.txt: No such file. [missing-file]" in text
    assert "no events found" in text
    assert "day of publication unknown" in text


def test_colours_only_when_wanted() -> None:
    assert "\x1b" not in "\n".join(shown(READING))
    coloured = "\n".join(shown(READING, colour=True))
    assert "\x1b[1;36mCONSULT" in coloured
    assert "\x1b[1;31mASSAULT" in coloured
    assert "\x1b[1;33mREJECT" in coloured
    plain = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert plain == "\n".join(shown(READING))


def test_explain_names_frame_reasons_and_words() -> None:
    text = "\n".join(shown(READING, explain=True, width=160)).replace(FSI, "").replace(PDI, "")
    assert "CONSULT/التقى in ar/events/consult.yml:12" in text
    assert "إن الوفد [التقى] المبعوث" in text
    assert "because the verb's object is a person" in text
    assert "the last Monday before 2025-02-12" in text
    assert "un-envoy (0.25): envoy of another body" in text


def test_text_cannot_steer_the_terminal() -> None:
    text = "".join(shown(reading_of("صاروخ \x1b[2J\x07\u202e\u2069 سقط\r\n\x9b31m"), explain=True))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067]", text)
    assert text.count(FSI) == text.count(PDI)


def test_visual_order_for_terminals_that_do_not_reorder() -> None:
    text = "\n".join(shown(READING, visual=True, width=160))
    assert FSI not in text
    assert not ARABIC.search(text)  # all letters are joined forms
    assert "ﻲﺑﻭﺮﻴﻧ" in text  # نيروبي, from its last letter to its first
    assert max(map(width, shown(READING, visual=True, explain=True))) <= 100


def test_visual_order_keeps_marks_on_their_letters() -> None:
    assert visual()("قُتل") == "ﻞﺘ\ufed7\u064f"


def test_runs_of_arabic_in_an_english_line_stand_alone() -> None:
    line = by_run(isolate)("«كلمة أولى» = كلمة ثانية: found in the table")
    assert line == f"{FSI}«كلمة أولى»{PDI} = {FSI}كلمة ثانية{PDI}: found in the table"


def test_clean_keeps_no_break_spaces_apart() -> None:
    assert clean("أ\u00a0ب\n\tج") == "أ ب ج"


@given(st.text("ابتُ \u200fab", max_size=80), st.integers(1, 30), st.integers(1, 30))
def test_wrapping_loses_nothing_and_fits(text: str, columns: int, first: int) -> None:
    lines = wrap(text, columns, first)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert width(lines[0]) <= first
    assert all(width(line) <= columns for line in lines[1:])


@given(st.integers(0, 200), st.lists(st.integers(0, 90), min_size=1, max_size=5))
def test_shares_never_exceed_what_there_is(available: int, wishes: list[int]) -> None:
    sizes = share(available, wishes, [3] * len(wishes))
    assert sum(sizes) <= max(available, len(wishes))
    assert all(size <= max(wish, 1) for size, wish in zip(sizes, wishes, strict=True))
    if sum(wishes) <= available:
        assert sizes == wishes
