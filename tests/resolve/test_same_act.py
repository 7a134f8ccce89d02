"""Which records of an article tell the same act again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rasid.ingest import PageLayout
from rasid.model import Record
from rasid.pipeline.article import read
from rasid.pipeline.kit import Kit

from ..conftest import article_of, reading_of

DAY = date(2024, 12, 3)

MEETING = """الرئيس المصري يستقبل وزير الخارجية التركي في القاهرة

استقبل الرئيس المصري عبد الفتاح السيسي، اليوم الثلاثاء، وزير الخارجية التركي فيدان في القاهرة لبحث وقف إطلاق النار.

وقال المتحدث باسم الرئاسة إن السيسي التقى الوزير التركي بحضور رئيس المخابرات العامة.
"""

STRIKE = """مقتل سبعة مدنيين في غارة إسرائيلية على مخيم النصيرات

قُتل سبعة مدنيين، اليوم الثلاثاء، في غارة إسرائيلية على مخيم النصيرات وسط قطاع غزة.

وقال مسعفون إن الغارة الإسرائيلية استهدفت منزلا في المخيم.
"""

SANCTIONS = """واشنطن تفرض عقوبات على شركتين إيرانيتين

أعلنت الولايات المتحدة، اليوم الثلاثاء، فرض عقوبات على شركتين إيرانيتين بسبب برنامج الصواريخ.
"""

TWO_STRIKES = """قُتل سبعة مدنيين، أمس الاثنين، في غارة إسرائيلية على مخيم النصيرات وسط قطاع غزة.

وفي السودان، شنت قوات الدعم السريع، اليوم الثلاثاء، هجوما على مدينة الفاشر أسفر عن مقتل عشرين شخصا.
"""

TWO_STRIKES_OF_ONE = """قصف الجيش الإسرائيلي، الأحد الماضي، مطار دمشق الدولي بعدة صواريخ.

وكانت طائرات إسرائيلية قصفت، في مارس الماضي، ميناء الحديدة في اليمن.
"""

TWO_MEETINGS = """التقى وزير الخارجية القطري، أمس الاثنين، نظيره العماني في مسقط لبحث الملاحة في البحر الأحمر.

والتقى وزير الخارجية التركي، اليوم الثلاثاء، رئيس الوزراء العراقي في بغداد لبحث ملف المياه.
"""

MEETING_AND_LATER = """التقى الرئيس الفرنسي إيمانويل ماكرون، اليوم الثلاثاء، ولي العهد السعودي محمد بن سلمان.

وكان ماكرون التقى الرئيس الإماراتي محمد بن زايد في أبوظبي العام الماضي.
"""


def acts(text: str, event: str, kit: Kit, layout: PageLayout) -> list[int]:
    """For each record of a type, in order, the number of the first that tells its act."""
    records = reading_of(text, kit, layout, DAY).records
    return [record.same_as or number for number, record in enumerate(records, 1) if record.event == event]


@pytest.mark.parametrize(("text", "event"), [(MEETING, "CONSULT"), (STRIKE, "ASSAULT"), (SANCTIONS, "SANCTION")])
def test_headline_lead_and_body_tell_one_act(text: str, event: str, kit: Kit, layout: PageLayout) -> None:
    found = acts(text, event, kit, layout)
    assert len(found) >= 2
    assert set(found) == {found[0]}


@pytest.mark.parametrize(
    ("text", "event"),
    [
        (TWO_STRIKES, "ASSAULT"),
        (TWO_STRIKES_OF_ONE, "ASSAULT"),
        (TWO_MEETINGS, "CONSULT"),
        (MEETING_AND_LATER, "CONSULT"),
    ],
)
def test_two_acts_of_one_type_stay_two(text: str, event: str, kit: Kit, layout: PageLayout) -> None:
    found = acts(text, event, kit, layout)
    assert len(found) == 2
    assert len(set(found)) == 2


def test_a_day_that_the_text_gives_parts_what_is_else_told_alike(kit: Kit, layout: PageLayout) -> None:
    first = "قصفت إسرائيل، {}، مطار دمشق الدولي."
    once = first.format("اليوم الثلاثاء") + "\n\n" + first.format("الثلاثاء")
    twice = first.format("اليوم الثلاثاء") + "\n\n" + first.format("أمس الاثنين")
    assert acts(once, "ASSAULT", kit, layout) == [1, 1]
    assert acts(twice, "ASSAULT", kit, layout) == [1, 2]


@pytest.mark.parametrize("text", [MEETING + "\n" + STRIKE, STRIKE + "\n" + SANCTIONS + "\n" + MEETING])
def test_a_link_points_at_the_first_telling_of_its_type(text: str, kit: Kit, layout: PageLayout) -> None:
    records: tuple[Record, ...] = reading_of(text, kit, layout, DAY).records
    links = [(number, record) for number, record in enumerate(records, 1) if record.same_as is not None]
    assert links
    for number, record in links:
        assert record.same_as is not None
        first = records[record.same_as - 1]
        assert record.same_as < number
        assert first.same_as is None
        assert first.event == record.event


def test_without_a_model_only_records_that_agree_in_all_are_one_act(kit: Kit, layout: PageLayout) -> None:
    plain = replace(kit, weighing=replace(kit.weighing, same_act=None))
    told = read(article_of(SANCTIONS, layout, DAY), plain).records
    assert [r.same_as for r in told if r.event == "SANCTION"] == [None, 1]
    other = read(article_of(TWO_MEETINGS, layout, DAY), plain).records
    assert [r.same_as for r in other] == [None, None]
