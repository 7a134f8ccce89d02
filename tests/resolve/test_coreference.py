"""Short forms and pronouns that point back to a party named earlier in the article."""

from __future__ import annotations

from datetime import date

import pytest

from rasid.ingest import PageLayout
from rasid.model import Record
from rasid.pipeline.kit import Kit

from ..conftest import reading_of

DAY = date(2024, 12, 1)


def record_of(text: str, trigger: str, kit: Kit, layout: PageLayout) -> Record:
    """The record whose trigger is this word; every party's words must be in the text where they are said to be."""
    records = reading_of(text, kit, layout, DAY).records
    for record in records:
        for entity in (*record.actor, *record.recipient):
            assert entity.words.span.of(text) == entity.words.text
    return next(r for r in records if r.trigger.text == trigger)


#: (what is tested, text, trigger, names of the actors, countries of the recipients)
CASES = [
    (
        "last name of a known person",
        "استقبل الرئيس المصري الوزير الأمريكي أنتوني بلينكن.\n\nودعا بلينكن إسرائيل إلى وقف إطلاق النار.",
        "دعا",
        ["أنتوني بلينكن"],
        ["ISR"],
    ),
    (
        "last name of a person whom no table knows, after a title",
        "التقى المبعوث التركي كرم دوغرول الرئيس المصري في القاهرة.\n\nودعا دوغرول إسرائيل إلى وقف إطلاق النار.",
        "دعا",
        ["كرم دوغرول"],
        ["ISR"],
    ),
    (
        "last name with an article",
        "قال الناشط الأردني سهيل القرعان إن الحكومة ترفض الحوار.\n\nواتهم القرعان الشرطة بقمع المتظاهرين.",
        "اتهم",
        ["سهيل القرعان"],
        ["JOR"],
    ),
    (
        "the movement",
        "أعلنت حركة حماس رفضها المقترح.\n\nودعت الحركة إسرائيل إلى الانسحاب من القطاع.",
        "دعت",
        ["حركة حماس"],
        ["ISR"],
    ),
    (
        "the ministry",
        "أدانت وزارة الخارجية القطرية القصف الإسرائيلي.\n\nودعت الوزارة إسرائيل إلى احترام القانون الدولي.",
        "دعت",
        ["وزارة الخارجية القطرية"],
        ["ISR"],
    ),
    (
        "the minister, named before with his ministry",
        "زار وزير الدفاع الفرنسي سيباستيان لوكورنو بيروت.\n\nوهدد الوزير إيران بعقوبات جديدة.",
        "هدد",
        ["سيباستيان لوكورنو"],
        ["IRN"],
    ),
    (
        "the two countries: not the city where they sign",
        "وقعت تركيا والعراق اتفاقا للتعاون في بغداد.\n\nواتفق البلدان على فتح معبر جديد.",
        "اتفق",
        ["تركيا", "العراق"],
        [],
    ),
    (
        "the two countries of two officials",
        "التقى وزير الخارجية الإيراني عباس عراقجي نظيره العماني في مسقط.\n\nواتفق البلدان على مواصلة المشاورات.",
        "اتفق",
        ["إيران", "سلطنة عمان"],
        [],
    ),
    (
        "the two sides",
        "التقى وزير الخارجية الإيراني عباس عراقجي نظيره العماني بدر البوسعيدي.\n\nواتفق الجانبان على مواصلة المشاورات.",
        "اتفق",
        ["عباس عراقجي", "بدر البوسعيدي"],
        [],
    ),
    (
        "the two presidents",
        "التقى الرئيس الروسي نظيره التركي في سوتشي.\n\nواتفق الرئيسان على خفض التصعيد.",
        "اتفق",
        ["فلاديمير بوتين", "رجب طيب أردوغان"],
        [],
    ),
    (
        "a verb without a subject",
        "وصل الرئيس التركي رجب طيب أردوغان إلى بغداد يوم الاثنين.\n\nوانتقد إسرائيل بسبب الحرب.",
        "انتقد",
        ["رجب طيب أردوغان"],
        ["ISR"],
    ),
    (
        "a pronoun on the verb",
        "أصدرت إيران بيانا عن المفاوضات.\n\nواتهمتها إسرائيل بتخصيب اليورانيوم.",
        "اتهمتها",
        ["إسرائيل"],
        ["IRN"],
    ),
    (
        "his counterpart holds the same office of the other side",
        "اتصل وزير الخارجية المصري بنظيره الإيراني.",
        "اتصل",
        ["بدر عبد العاطي"],
        ["IRN"],
    ),
    (
        "the delegation",
        "زار وفد من حركة فتح القاهرة.\n\nوالتقى الوفد رئيس المخابرات المصرية.",
        "التقى",
        ["وفد من حركة فتح"],
        ["EGY"],
    ),
]


@pytest.mark.parametrize(("text", "trigger", "actors", "recipients"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_points_back(
    text: str, trigger: str, actors: list[str], recipients: list[str], kit: Kit, layout: PageLayout
) -> None:
    record = record_of(text, trigger, kit, layout)
    assert [e.name for e in record.actor] == actors
    assert [e.country for e in record.recipient] == recipients


def test_a_deputy_is_not_his_superior(kit: Kit, layout: PageLayout) -> None:
    """«الأمين العام المساعد» does not point back to «الأمين العام …»: it is another title."""
    text = "التقى الأمين العام للأمم المتحدة الرئيس المصري في القاهرة.\n\nوانتقد الأمين العام المساعد إسرائيل."
    (actor,) = record_of(text, "انتقد", kit, layout).actor
    assert actor.name != "أنطونيو غوتيريش"
    assert actor.words.text == "الأمين العام المساعد"


def test_counterpart_is_named(kit: Kit, layout: PageLayout) -> None:
    record = record_of("اتصل وزير الخارجية المصري بنظيره الإيراني.", "اتصل", kit, layout)
    assert [e.name for e in record.recipient] == ["عباس عراقجي"]


def test_unknown_person_gets_no_invented_id(kit: Kit, layout: PageLayout) -> None:
    text = "التقى المبعوث التركي كرم دوغرول الرئيس المصري.\n\nوانتقد دوغرول إسرائيل."
    (actor,) = record_of(text, "انتقد", kit, layout).actor
    assert (actor.name, actor.id, actor.country) == ("كرم دوغرول", None, "TUR")


def test_last_name_alone_needs_a_full_name_before(kit: Kit, layout: PageLayout) -> None:
    """An ordinary word is no last name because a name of the article ends in it."""
    text = "قال الناشط سهيل كامل إن الحوار صعب.\n\nورفضت الحكومة المصرية الاتفاق بشكل كامل."
    names = [e.name for r in reading_of(text, kit, layout, DAY).records for e in (*r.actor, *r.recipient)]
    assert "سهيل كامل" not in names
