"""The sample article (invented, with the traps of real pages): what must come out of its raw text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rasid.ingest import PageLayout
from rasid.model import Reading
from rasid.pipeline.kit import Kit
from tests.pipeline.acts import Act, check, quoted, reading_of_file, silence, slices

SAMPLE = Path(__file__).resolve().parents[2] / "examples" / "ceasefire-talks.txt"
DAY = "2023-04-18"

ACTS = [
    Act(
        "the headline", "يلتقي قيادات من المجلس السياسي", "CONSULT", "يلتقي",
        actor=("OMN GOV",), recipient=("YEM",), source=(),
    ),
    Act(
        "the meeting", "التقى وزير الخارجية العماني بدر البوسعيدي", "CONSULT", "التقى",
        actor=("OMN GOV",), recipient=("YEM",), date=DAY, source=(), retells="the headline",
    ),
    Act(
        "the meeting told again", "عقد اجتماعاً مع قيادات", "CONSULT", "اجتماعاً",
        actor=("OMN GOV",), recipient=("YEM",), place="مسقط", source=("مصادر دبلوماسية عمانية", "رويترز"),
        retells="the headline",
    ),
    Act(
        "concern", "كما تم التعبير عن القلق", "ACCUSE", "القلق",
        mode="disapprove", actor=(), recipient=("SAU",), issue="الغارات",
    ),
    Act(
        "concern in the summary", "تم التعبير عن القلق من استمرار الغارات السعودية", "ACCUSE", "القلق",
        mode="disapprove", actor=(), recipient=("SAU",), issue="الغارات",
    ),
    Act(
        "readiness", "وكانت جماعة الحوثي قد جددت", "AGREE", "استعدادها",
        actor=("YEM REB",), recipient=(), date="2023-04-16", issue="تبادل الأسرى", source=(),
    ),
    Act(
        "refusal of conditions", "وكانت جماعة الحوثي قد جددت", "REJECT", "رفضها",
        actor=("YEM REB",), recipient=(), date="2023-04-16", issue="اشتراطات إضافية", source=(),
    ),
    Act(
        "the delegation", "وأعلنت الجماعة في بيان", "CONSULT", "التقى",
        actor=("YEM",), recipient=("UNO", "SAU GOV"), place="عمّان", source=("الحوثي",),
    ),
    Act(
        "refusal of arrangements", "وأعلنت الجماعة في بيان", "REJECT", "رفضها",
        actor=("YEM REB",), issue="ترتيبات", source=(),
    ),
    Act(
        "American talks", "ما زلنا في مشاورات", "CONSULT", "مشاورات",
        parties=("USA GOV", "SAU GOV", "OMN GOV"), source=("فيدانت باتيل",), quote=True, date=DAY,
    ),
    Act(
        "American efforts", "نواصل جهودنا", "CONSULT", "جهودنا",
        mode="third-party", actor=("USA GOV",), recipient=("SAU GOV", "YEM"), quote=True,
        source=("فيدانت باتيل", "فرانس برس"),
    ),
    Act(
        "indirect talks", "تتعثر جولات المحادثات غير المباشرة", "CONSULT", "المحادثات",
        parties=("SAU GOV", "YEM REB"), source=(),
    ),
    Act(
        "insisting on the war", "تتعثر جولات المحادثات", "REJECT", "إصرار",
        actor=("YEM GOV",), issue="مواصلة الحرب", source=(),
    ),
    Act(
        "keeping troops", "تتعثر جولات المحادثات", "REJECT", "تمسكه",
        actor=("YEM GOV",), issue="بقاء قوات التحالف", source=(),
    ),
    Act(
        "demanding withdrawal", "تتعثر جولات المحادثات", "REQUEST", "تطالب",
        mode="yield", actor=("YEM REB",), recipient=("SAU",), issue="انسحاب سعودي كامل", source=(),
    ),
    Act(
        "mediation", "تستمر وساطة عُمان", "CONSULT", "وساطة",
        mode="third-party", status=("ongoing",), source=(),
        parties=("OMN GOV", "JOR GOV", "KWT GOV", "SAU GOV", "YEM REB"),
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def reading(kit: Kit, layout: PageLayout) -> Reading:
    return reading_of_file(SAMPLE, kit, layout)


@pytest.mark.parametrize("act", ACTS, ids=[act.name for act in ACTS])
def test_an_act_comes_out(act: Act, reading: Reading) -> None:
    check(act, ACTS, reading)


def test_the_page_is_understood(reading: Reading) -> None:
    article = reading.article
    assert (article.published, article.published_from) == (date(2023, 4, 18), "page")
    assert article.credits == ("رويترز", "فرانس برس")
    kinds = {part.kind for part in article.parts}
    assert {"headline", "date", "caption", "boilerplate", "summary", "body", "credit"} <= kinds
    assert reading.problems == ()


def test_lines_that_are_no_news_give_nothing(reading: Reading) -> None:
    silence(reading)
    assert not any("2022-01" in record.date.value for record in reading.records if record.date)


def test_every_value_is_its_slice(reading: Reading) -> None:
    slices(reading)


def test_no_break_spaces_stay_inside_names(reading: Reading) -> None:
    kept = [words.text for record in reading.records for words in quoted(record) if "\u00a0" in words.text]
    assert kept
