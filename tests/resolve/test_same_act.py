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

استقبل الرئيس المصري عبد الفتاح السيسي، اليوم الثلاثاء، وزير الخارجية التركي هاكان فيدان في القاهرة لبحث وقف إطلاق النار في غزة.

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

MEETING_AND_LATER = """التقى الرئيس الفرنسي إيمانويل ماكرون، اليوم الثلاثاء، ولي العهد السعودي الأمير محمد بن سلمان في الرياض.

وكان ماكرون التقى الرئيس الإماراتي محمد بن زايد في أبوظبي العام الماضي.
"""


def acts(text: str, event: str, kit: Kit, layout: PageLayout) -> list[int]:
    """For each record of a type, in order, the number of the first that tells its act."""
    records = reading_of(text, kit, layout, DAY).records
    return [record.same_as or number for number, record in enumerate(records, 1) if record.event == event]
