"""On whose word an act stands: which speaker is meant, and what he is called."""

from __future__ import annotations

from datetime import date

import pytest

from rasid.ingest import PageLayout
from rasid.model import Source
from rasid.pipeline.kit import Kit

from ..conftest import reading_of

DAY = date(2023, 11, 20)


def sources(text: str, event: str, kit: Kit, layout: PageLayout) -> list[list[str]]:
    """The names of the sources of each record of a type."""
    return [[s.name for s in r.source] for r in reading_of(text, kit, layout, DAY).records if r.event == event]


@pytest.mark.parametrize(
    ("text", "event", "name"),
    [
        # A holder whom no table knows is named behind what completes his title.
        ("قال القنصل البريطاني العام في القدس، فيليب ماكنزي، إن الشرطة اعتقلت ناشطين.", "COERCE", "فيليب ماكنزي"),
        (
            "أعلن مدير عام الهيئة العامة للطيران المدني أحمد المنصوري أن مسلحين قصفوا المطار.",
            "ASSAULT",
            "أحمد المنصوري",
        ),
        # A plural of the words is told in the nominative.
        ("بحسب دبلوماسيين، قصف الجيش السوداني قرية في كردفان.", "ASSAULT", "دبلوماسيون"),
        # The name is spelt as the article spells it.
        ("أعلن الرئيس الأميركي جو بايدن أن الجيش الروسي قصف المدينة.", "ASSAULT", "جو بايدن"),
        ("ذكرت فرانس برس أن الجيش السوداني قصف قرية في كردفان.", "ASSAULT", "فرانس برس"),
        # What a participle of speech tells as a noun.
        (
            "أعلنت وزارة الداخلية العراقية مقتل شرطيين، لافتة إلى إلقاء القبض على مسلحين.",
            "COERCE",
            "وزارة الداخلية العراقية",
        ),
        # A comment behind the sentence.
        ("اعتقلت السلطات التونسية معارضا بارزا، حسبما قال مصدر قضائي.", "COERCE", "مصدر قضائي"),
        # A relative clause between the verb and what is said.
        ("أكد المبعوث البريطاني الذي زار القاهرة أمس، أن بغداد ترفض العقوبات الجديدة.", "REJECT", "المبعوث البريطاني"),
    ],
)
def test_a_source_is_called_as_the_article_calls_him(
    text: str, event: str, name: str, kit: Kit, layout: PageLayout
) -> None:
    assert [name] in sources(text, event, kit, layout)


def test_a_source_that_a_table_knows_has_its_id_and_name(kit: Kit, layout: PageLayout) -> None:
    text = "ذكرت فرانس برس أن الجيش السوداني قصف قرية في كردفان."
    (record,) = reading_of(text, kit, layout, DAY).records
    (source,) = record.source
    assert isinstance(source, Source)
    assert (source.kind, source.known_as) == ("outlet", "وكالة الصحافة الفرنسية")
    assert source.id is not None


def test_who_is_told_of_is_not_who_goes_on_speaking(kit: Kit, layout: PageLayout) -> None:
    text = "قال مصدر في قيادة المقاومة إن حماس أبدت مرونة كبيرة.\n\nوأضاف أن الجيش الإسرائيلي قصف مستشفى في غزة أمس."
    assert sources(text, "ASSAULT", kit, layout) == [["مصدر في قيادة المقاومة"]]
