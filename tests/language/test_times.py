"""Expressions of time in sentences: what is found, where it begins and ends, what is let alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest

from rasid.model import Article, Part, Span
from rasid.model.text import Mention
from rasid.model.time import TimeExpr
from rasid.packs.times import TimeTables, load_times
from rasid.pipeline.kit import Kit

Find = Callable[[str], Sequence[Mention]]


@pytest.fixture(scope="module")
def find(kit: Kit) -> Find:
    def times(text: str) -> list[Mention]:
        article = Article("t", text, (Part("body", Span(0, len(text))),))
        return [m for s in kit.language.sentences(article) for m in s.mentions if m.kind == "time"]

    return times


@pytest.fixture(scope="module")
def tables() -> TimeTables:
    return load_times()


def texts(found: Sequence[Mention], text: str) -> list[str]:
    return [m.span.of(text) for m in found]


def expr(found: Sequence[Mention]) -> TimeExpr:
    assert len(found) == 1
    data = found[0].data
    assert isinstance(data, TimeExpr)
    return data


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("التقى الوزير، الجمعة، نظيره ثم غادر السبت", ["الجمعة", "السبت"]),
        ("ومنذ عامين، لم يلتق الطرفان إلا قبل أسبوع", ["منذ عامين", "قبل أسبوع"]),
        ("قتل 14 شخصا في 14 مايو/ أيار", ["14 مايو/ أيار"]),
        ("قتل 2014 شخصا في 2014", ["2014"]),
        ("أجرى 3 لقاءات في 3 و4 مايو", ["3 و4 مايو"]),
        ("مارس ضغوطا في مارس", ["مارس"]),
        ("وبعد غد تبدأ المهلة بعد يومين من التوقيع", ["بعد غد", "بعد يومين"]),
        ("وكشفت صحيفة فلسطين اليوم أن الوفد يصل اليوم", ["اليوم"]),
        ("عقد في كانون الثاني/يناير 2020 لقاء", ["كانون الثاني/يناير 2020"]),
        ("بين كانون وآخر التقى اثنان", []),
        ("طالب مجلس الأمن بهدنة", []),
        ("بلغ السعر 13.5 دولارا و4/5 الحصص", []),
    ],
)
def test_expressions_are_found_with_their_bounds(find: Find, text: str, expected: list[str]) -> None:
    assert texts(find(text), text) == expected


def test_clitics_stay_outside(find: Find) -> None:
    text = "وبالجمعة بدأت الهدنة"
    assert texts(find(text), text) == ["الجمعة"]


@pytest.mark.parametrize("digits", ["31", "٣١", "۳۱", "３１"])
def test_all_families_of_digits(find: Find, digits: str) -> None:
    assert expr(find(f"وقع الهجوم في {digits} مايو")).start.day == 31


def test_every_month_name_is_read(find: Find, tables: TimeTables) -> None:
    for month in tables.months:
        year = "1445" if month.hijri else "1988"
        found = expr(find(f"وقع الهجوم في 5 {month.form} {year}"))
        assert (found.start.month, found.start.day, found.start.year) == (month.number, 5, int(year)), month.form
        assert (found.start.calendar == "hijri") is month.hijri


@pytest.mark.parametrize("prefix", ["و", "ب", "ل", "وب", "ف"])
def test_month_names_behind_clitics(find: Find, tables: TimeTables, prefix: str) -> None:
    missed = [m.form for m in tables.months if not (m.weak or m.hijri) and not find(f"قال {prefix}{m.form} 2019 إن")]
    assert not missed


def test_both_names_of_a_month_are_one(find: Find) -> None:
    for text in ("في مايو/ أيار", "في مايو (أيار)", "في مايو أيار", "في أيار – مايو"):
        assert expr(find(f"وقع الهجوم {text}")).start.month == 5


def test_names_of_different_months_are_two(find: Find) -> None:
    text = "في مايو وأيلول"
    assert [m.data.start.month for m in find(text) if isinstance(m.data, TimeExpr)] == [5, 9]


@pytest.mark.parametrize(
    "text",
    [
        "أحداث 11 سبتمبر غيرت العالم",
        "دولة على حدود عام 1967",
        "نظمت المسيرة في ذكرى ثورة 17 فبراير",
        "انسحبت من اتفاق 15 يوليو 2015",
        "قاد تحالف 14 آذار الحملة",
    ],
)
def test_names_of_events_are_marked(find: Find, text: str) -> None:
    assert expr(find(text)).names_event


@pytest.mark.parametrize("text", ["وقع الاتفاق عام 2015", "اندلعت الثورة في 17 فبراير", "أبرم الاتفاق 15 يوليو"])
def test_dates_beside_definite_nouns_are_dates(find: Find, text: str) -> None:
    assert not expr(find(text)).names_event


@pytest.mark.parametrize("text", ["يلتقون كل يوم", "يتظاهرون أيام الجمعة", "استقال بعد أسبوع من تعيينه"])
def test_what_is_no_date_says_why(find: Find, text: str) -> None:
    assert expr(find(text)).no_date


@pytest.mark.parametrize(
    "text",
    [
        "استمر القتال لمدة ثلاثة أيام",
        "حكم عليه بالسجن 5 سنوات",
        "في اليوم الثاني من القمة",
        "خلال 24 ساعة",
        "هو البالغ من العمر 28 عاما",
    ],
)
def test_durations_and_series_are_let_alone(find: Find, text: str) -> None:
    assert not [m for m in find(text) if isinstance(m.data, TimeExpr) and not m.data.no_date]


def test_ranges_have_two_ends(find: Find) -> None:
    found = expr(find("انعقد المؤتمر من 5 إلى 8 مايو 2019"))
    assert found.end is not None
    assert (found.start.day, found.start.month, found.end.day, found.end.year) == (5, 5, 8, 2019)


def test_rows_name_the_tables(find: Find) -> None:
    assert [row.split(":")[0] for row in expr(find("أول أمس الأربعاء")).rows] == ["ar/time/words.tsv"] * 2


def test_no_text_breaks_it(find: Find) -> None:
    words = [
        "من",
        "5",
        "إلى",
        "و",
        "/",
        "-",
        "(",
        "الـ",
        "24",
        "الأول",
        "منذ",
        "قبل",
        "حتى",
        "بين",
        "عام",
        "مايو",
        "الجمعة",
        "ليل",
        "نحو",
        "كل",
        "الشهر",
        "هذا",
        "الماضي",
        "2014",
        "ذكرى",
    ]
    for step in range(1, 12):
        text = " ".join(words[(i * step) % len(words)] for i in range(60))
        found = find(text)
        assert all(a.last < b.first for a, b in pairwise(found))
