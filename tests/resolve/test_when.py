"""What expressions of time come to, and which act of a sentence they date."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from rasid.apps.cli.main import cli
from rasid.ingest import PageLayout
from rasid.model import Article, Part, Span
from rasid.model.text import Mention
from rasid.model.time import Tense, TimeExpr, TimeRef
from rasid.packs.times import TimeExample, load_examples
from rasid.pipeline.kit import Kit
from rasid.resolve.when import Resolved, read_when
from tests.conftest import reading_of

FRIDAY = date(2024, 9, 13)
EXAMPLES = load_examples()


def mentions(kit: Kit, text: str) -> list[Mention]:
    article = Article("t", text, (Part("body", Span(0, len(text))),))
    return [m for s in kit.language.sentences(article) for m in s.mentions if isinstance(m.data, TimeExpr)]


def value(mention: Mention, published: date | None, tense: Tense) -> Resolved:
    assert isinstance(mention.data, TimeExpr)
    return read_when(mention.data, published, tense)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"line {e.line}")
def test_example(example: TimeExample, kit: Kit) -> None:
    published = date.fromisoformat(example.published) if example.published else None
    tense: Tense = {"past": "past", "future": "future"}.get(example.tense, "unknown")  # type: ignore[assignment]
    found = mentions(kit, example.text)
    here = [m for m in found if m.span.of(example.text) == example.expression]
    if not example.value:
        assert all(value(m, published, tense).value is None for m in here or found)
        return
    assert here, f"found instead: {[m.span.of(example.text) for m in found]}"
    result = value(here[0], published, tense)
    assert (result.value, result.precision) == (example.value, example.precision), result.reason
    assert result.reason


#: What kinds of expressions news uses, each told by a pattern of the expression (or of the sentence around it).
KINDS = {
    "weekday": r"^(?:يوم )?ال(?:سبت|أحد|[اإ]ثنين|ثلاثاء|أربعاء|خميس|جمعة)$",
    "weekday with a word": r"(?:السبت|الأحد|الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة) (?:ال|قبل|من)",
    "yesterday": r"أمس",
    "tomorrow": r"غد",
    "part of a day": r"^(?:صباح|مساء|فجر|ظهر|عصر|ليل)",
    "night between two days": r"ليلة? .*(?:[ /–-])ال(?:أحد|اثنين|أربعاء|جمعة|سبت)",
    "doubled month": r"(?:مايو|أيار|شباط|فبراير|أكتوبر|نوفمبر|نيسان|أبريل) ?(?:[/(–-]|تشرين) ?\w+",
    "Levantine month": r"كانون|شباط|نيسان|أيار|تشرين",
    "Maghrebi month": r"جانفي|جويلية|أوت|غشت|نونبر|دجنبر|شتنبر|أفريل|ماي\b",
    "part of a month": r"(?:مطلع|منتصف|أواخر|نهاية) (?:ال)?شهر",
    "week": r"[اأ]سبوع",
    "ago": r"^قبل",
    "since": r"^منذ",
    "last hours": r"ساعة|الساعات",
    "year": r"^(?:ال)?عام [\d٠-٩۰-۹]+",
    "quarter": r"الربع (?:الأول|الثاني|الثالث|الرابع|الأخير)",
    "range": r"^(?:من|بين|يومي)\b",
    "Hijri": r"144\d|١٤٤|رمضان",
    "numeric": r"\d+[/.-]\d+[/.-]\d+",
    "Arabic-Indic digits": r"[٠-٩]",
    "Persian digits": r"[۰-۹]",
}


def test_every_kind_of_expression_has_examples() -> None:
    assert len(EXAMPLES) >= 450
    few = {
        kind: n
        for kind, pattern in KINDS.items()
        if (n := sum(bool(re.search(pattern, e.expression)) for e in EXAMPLES)) < 3
    }
    assert not few
    assert sum(not e.value for e in EXAMPLES) >= 40, "names of events and lengths of time are no dates"


def test_weekdays_are_never_more_than_a_week_away() -> None:
    for shift in range(7):
        published = FRIDAY + timedelta(days=shift)
        for weekday in range(7):
            expr = TimeExpr(TimeRef("weekday", weekdays=(weekday,)))
            past = date.fromisoformat(read_when(expr, published, "past").value or "")
            future = date.fromisoformat(read_when(expr, published, "future").value or "")
            assert past.weekday() == future.weekday() == weekday
            assert timedelta(0) <= published - past < timedelta(7)
            assert timedelta(0) <= future - published < timedelta(7)


def test_weeks_run_from_sunday_to_saturday() -> None:
    for shift in range(7):
        published = date(2024, 9, 8) + timedelta(days=shift)
        assert read_when(TimeExpr(TimeRef("week")), published).value == "2024-09-08/2024-09-14"


def test_nothing_is_counted_without_a_day_of_publication() -> None:
    result = read_when(TimeExpr(TimeRef("day")), None)
    assert result.value is None
    assert "not known" in result.reason


def test_a_stated_weekday_corrects_a_late_page() -> None:
    today_thursday = TimeExpr(TimeRef("day", weekdays=(3,)))
    assert read_when(today_thursday, FRIDAY).value == "2024-09-12"


def test_a_weekday_finds_the_year_of_a_date() -> None:
    expr = TimeExpr(TimeRef("date", weekdays=(3,), day=31, month=5))
    assert read_when(expr, FRIDAY).value == "2018-05-31"


@pytest.mark.parametrize(
    "ref", [TimeRef("date", day=31, month=2, year=2020), TimeRef("date", day=29, month=2, year=2023)]
)
def test_days_that_do_not_exist(ref: TimeRef) -> None:
    assert read_when(TimeExpr(ref), FRIDAY) == Resolved(None, "", "there is no such day")


# ---------------------------------------------------------------- which act


def dates(kit: Kit, layout: PageLayout, text: str) -> dict[str, str | None]:
    """The date of each record of a sentence, by the first word of its trigger."""
    reading = reading_of(text, kit, layout, FRIDAY)
    return {r.trigger.text.split()[0]: r.date.value if r.date else None for r in reading.records}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("التقى الرئيس المصري نظيره الفرنسي الخميس في القاهرة.", {"التقى": "2024-09-12"}),
        ("أدانت فرنسا، أمس الخميس، الهجوم على السفارة.", {"أدانت": "2024-09-12"}),
        ("ويوم الثلاثاء، أدانت فرنسا الغارات على المدينة.", {"أدانت": "2024-09-10"}),
        (
            "سيلتقي الرئيس المصري نظيره الفرنسي الثلاثاء في القاهرة.",
            {"سيلتقي": "2024-09-17", "يلتقي": "2024-09-17"},
        ),
        # joined verbs and participles go on at the same time
        (
            "أدانت فرنسا، الخميس، القصف وطالبت إسرائيل بوقف إطلاق النار.",
            {"أدانت": "2024-09-12", "طالبت": "2024-09-12"},
        ),
        (
            "أدانت فرنسا الأربعاء القصف، مطالبة إسرائيل بوقف إطلاق النار.",
            {"أدانت": "2024-09-11", "مطالبة": "2024-09-11"},
        ),
        # what somebody tells of has another day, whatever verb of telling goes with the noun
        ("أعلنت وزارة الداخلية السعودية، الخميس، مقتل ثلاثة جنود ورفضت الحوار.", {"مقتل": None, "رفضت": "2024-09-12"}),
        # a date before both verbs is that of the first
        ("في 8 سبتمبر قدمت فرنسا مسودة على المجلس تدين إيران.", {"تدين": "2024-09-08"}),
        # «منذ» right behind a participle goes with it
        ("أدان المجلس العسكري الحاكم منذ 2020 قرار فرنسا.", {"أدان": None}),
        # each clause has its own
        ("أدانت فرنسا الخميس الهجوم الذي شنه مسلحون الاثنين.", {"أدانت": "2024-09-12"}),
        ("أدانت فرنسا الخميس القصف بعد انسحاب القوات الأميركية من العراق عام 2011.", {"أدانت": "2024-09-12"}),
    ],
)
def test_the_act_takes_the_time_of_its_clause(
    text: str, expected: dict[str, str | None], kit: Kit, layout: PageLayout
) -> None:
    found = dates(kit, layout, text)
    shared = expected.keys() & found.keys()
    assert shared
    assert {k: found[k] for k in shared} == {k: expected[k] for k in shared}


def test_the_day_of_telling_is_not_that_of_what_is_told(kit: Kit, layout: PageLayout) -> None:
    found = dates(kit, layout, "أعلن المتحدث العسكري، الخميس، أن مسلحين قتلوا ثلاثة جنود.")
    assert found.get("قتلوا") is None


def test_what_a_speaker_says_of_himself_is_done_when_he_says_it(kit: Kit, layout: PageLayout) -> None:
    found = dates(kit, layout, "قالت فرنسا، الخميس، إنها ترفض الشروط الجديدة.")
    assert found.get("ترفض", "2024-09-12") == "2024-09-12"


def test_the_day_of_publication_is_never_used_silently(kit: Kit, layout: PageLayout) -> None:
    reading = reading_of("أدانت فرنسا الهجوم.", kit, layout, FRIDAY)
    assert reading.records
    assert all(r.date is None and r.date_fallback == "2024-09-13" for r in reading.records)


# ---------------------------------------------------------------- the command


def test_the_command_prints_both_tenses_and_the_rows() -> None:
    done = CliRunner().invoke(cli, ["when", "يلتقي الوفدان الثلاثاء", "--published", "2024-09-13", "--json"])
    assert done.exit_code == 0
    (found,) = json.loads(done.stdout)["times"]
    assert found["text"] == "الثلاثاء"
    assert {r["tense"]: r["value"] for r in found["readings"]} == {
        "unknown": "2024-09-10",
        "future": "2024-09-17",
    }
    assert found["rows"][0].startswith("ar/time/words.tsv:")


def test_the_command_says_why_there_is_no_value() -> None:
    done = CliRunner().invoke(cli, ["when", "وصل الوفد أمس"])
    assert done.exit_code == 1
    assert "not known" in done.stdout
