"""The article that the project began with, where it stands beside the project: its text is not ours."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rasid.ingest import PageLayout
from rasid.model import Reading
from rasid.pipeline.kit import Kit
from tests.conftest import SHARED
from tests.pipeline.acts import Act, check, quoted, reading_of_file, silence, slices

SEED = SHARED / "seed" / "article.txt"
DAY = "2024-09-13"

ACTS = [
    Act(
        "the headline", "يلتقي قادة من المكتب", "CONSULT", "يلتقي",
        actor=("TUR SPY",), recipient=("PSE",), source=(),
    ),
    Act(
        "the meeting", "التقى رئيس الاستخبارات", "CONSULT", "التقى",
        actor=("TUR SPY",), recipient=("PSE",), date=DAY, source=(), retells="the headline",
    ),
    Act(
        "the meeting told again", "كالن عقد لقاء", "CONSULT", "لقاء",
        actor=("TUR SPY",), recipient=("PSE",), place="أنقرة", source=("مصادر أمنية تركية", "الأناضول"),
        retells="the headline",
    ),
    Act(
        "concern", "كما تم التعبير عن القلق", "ACCUSE", "القلق",
        mode="disapprove", actor=(), recipient=("ISR",), issue="الهجمات الإسرائيلية",
    ),
    Act(
        "readiness", "أول أمس الأربعاء", "AGREE", "استعدادها",
        actor=("PSE REB",), recipient=(), date="2024-09-11", issue="وقف إطلاق النار", source=(),
    ),
    Act(
        "refusal of conditions", "أول أمس الأربعاء", "REJECT", "رفضها",
        actor=("PSE REB",), recipient=(), date="2024-09-11", issue="شروط مستجدة", source=(),
    ),
    Act(
        "the delegation", "وفدها المفاوض برئاسة", "CONSULT", "التقى",
        actor=("PSE",), recipient=("QAT GOV", "EGY SPY"), place="الدوحة", source=("حماس",),
    ),
    Act(
        "refusal of plans", "وفدها المفاوض برئاسة", "REJECT", "رفضها",
        actor=("PSE REB",), issue="مشروعات", source=(),
    ),
    Act(
        "American talks", "ما زلنا في مناقشات", "CONSULT", "مناقشات",
        parties=("USA GOV", "EGY GOV", "ISR GOV"), source=("جون كيربي",), quote=True, date=DAY,
    ),
    Act(
        "American efforts", "نواصل جهودنا لمنع", "CONSULT", "جهودنا",
        mode="third-party", actor=("USA GOV",), recipient=("LBN", "ISR GOV"), quote=True,
        source=("جون كيربي", "رويترز"),
    ),
    Act(
        "indirect talks", "تتعثر جولات المفاوضات", "CONSULT", "المفاوضات",
        parties=("ISR GOV", "PSE REB"), source=(),
    ),
    Act(
        "insisting on the war", "تتعثر جولات المفاوضات", "REJECT", "إصرار",
        actor=("ISR GOV",), issue="مواصلة الحرب", source=(),
    ),
    Act(
        "keeping troops", "تتعثر جولات المفاوضات", "REJECT", "تمسكه",
        actor=("ISR GOV",), issue="بقاء قوات الاحتلال", source=(),
    ),
    Act(
        "demanding withdrawal", "تتعثر جولات المفاوضات", "REQUEST", "تطالب",
        mode="yield", actor=("PSE REB",), recipient=("ISR",), issue="انسحاب إسرائيلي كامل", source=(),
    ),
    Act(
        "mediation", "تستمر وساطة", "CONSULT", "وساطة",
        mode="third-party", status=("ongoing",), source=(),
        parties=("EGY GOV", "QAT GOV", "USA GOV", "ISR GOV", "PSE REB"),
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def reading(kit: Kit, layout: PageLayout) -> Reading:
    if not Path(SEED).is_file():
        pytest.skip("the measuring data is not beside the project")
    return reading_of_file(SEED, kit, layout)


@pytest.mark.parametrize("act", ACTS, ids=[act.name for act in ACTS])
def test_an_act_comes_out(act: Act, reading: Reading) -> None:
    check(act, ACTS, reading)


def test_the_page_is_understood(reading: Reading) -> None:
    assert (reading.article.published, reading.article.published_from) == (date(2024, 9, 13), "page")
    assert reading.article.credits == ("الأناضول", "العربي الجديد")


def test_lines_that_are_no_news_give_nothing(reading: Reading) -> None:
    silence(reading)
    assert not any("2023-08" in record.date.value for record in reading.records if record.date)


def test_every_value_is_its_slice(reading: Reading) -> None:
    slices(reading)


def test_no_break_spaces_stay_inside_names(reading: Reading) -> None:
    assert any("\u00a0" in words.text for record in reading.records for words in quoted(record))
