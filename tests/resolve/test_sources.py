"""On whose word an act stands: which speaker is meant, and what he is called."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rasid.ingest import PageLayout
from rasid.model import Source
from rasid.packs.tables import Row, data_dir, rows
from rasid.pipeline.kit import Kit
from rasid.resolve.weighing import PROPOSED

from ..conftest import reading_of

DAY = date(2023, 11, 20)


def sources(text: str, event: str, kit: Kit, layout: PageLayout) -> list[list[str]]:
    """The names of the sources of each record of a type, by rule: what the model of sources chooses is tested apart."""
    by_rule = replace(kit, weighing=replace(kit.weighing, source=None))
    return [[s.name for s in r.source] for r in reading_of(text, by_rule, layout, DAY).records if r.event == event]


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
            "أعلنت منظمة العفو الدولية مقتل شرطيين، لافتة إلى إلقاء القبض على مسلحين.",
            "COERCE",
            "منظمة العفو الدولية",
        ),
        # A comment behind the sentence.
        ("اعتقلت السلطات التونسية معارضا بارزا، حسبما قال مصدر قضائي.", "COERCE", "مصدر قضائي"),
        # An outlet's report of which the sentence is told.
        ("أصدرت محكمة في القاهرة حكما بسجن ناشط وفقا لما أوردته بوابة الأهرام.", "SANCTION", "بوابة الأهرام"),
        # What «جاء في البيان» says is not on the word of whom it speaks of.
        ("إعلام إسرائيلي: طائرات قصفت مواقع في سوريا", "ASSAULT", "إعلام إسرائيلي"),
        # A name behind what completes a title, before what is said.
        (
            "قال منسق الأمم المتحدة للشؤون الإنسانية في اليمن غابرييل مونتالبان إن مسلحين قصفوا المستشفى.",
            "ASSAULT",
            "غابرييل مونتالبان",
        ),
        ("قال الدكتور ماجد الحداد إن مسلحين قصفوا المستشفى.", "ASSAULT", "ماجد الحداد"),
        # In a hashtag an underscore joins the words.
        ("قال #محمود_عباس إن الجيش الإسرائيلي قصف المخيم.", "ASSAULT", "محمود عباس"),
        # A name in other letters is that of the table.
        ("ذكرت CNN أن الجيش السوداني قصف قرية في كردفان.", "ASSAULT", "سي إن إن"),
        # A body of no table that has a country in its name.
        ("اعتقلت القوات ثلاثة ناشطين، بحسب مركز فلسطين للأسرى.", "COERCE", "مركز فلسطين"),
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


def test_an_outlet_that_somebody_speaks_to_carries_his_words(kit: Kit, layout: PageLayout) -> None:
    text = 'أعلن مصدر عسكري كبير، لـ"رويترز"، أمس، أن الجيش السوداني قصف مدينة نيالا.\n\nوندد الاتحاد الأفريقي بالقصف.'
    names = sources(text, "ASSAULT", kit, layout)
    assert any("رويترز" in found and any(n.startswith("مصدر عسكري") for n in found) for found in names)


def test_a_title_alone_is_whoever_was_named_with_it(kit: Kit, layout: PageLayout) -> None:
    text = (
        "قال السفير اليمني في واشنطن أحمد المنصوري إن الحوثيين قصفوا مأرب.\n\n"
        "وأضاف السفير اليمني أن الحوثيين هاجموا مدينة تعز."
    )
    names = sources(text, "ASSAULT", kit, layout)
    assert names and all("أحمد المنصوري" in found for found in names)


@pytest.mark.parametrize("row", rows(data_dir() / "ar" / "cues" / "voices.tsv"), ids=lambda row: row.get("word"))
def test_what_tells_behind_a_cue(row: Row, kit: Kit, layout: PageLayout) -> None:
    plain = replace(kit, weighing=PROPOSED)
    found = [s.name for r in reading_of(row.get("example"), plain, layout, DAY).records for s in r.source]
    assert any(row.get("word") in name.split()[0] for name in found), found
