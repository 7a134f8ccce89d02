"""Fixtures of the tests of reading: invented articles with the traps that real pages have."""

from __future__ import annotations

from pathlib import Path

import pytest

from rasid.ingest import PageLayout

NBSP = "\u00a0"

#: An invented page as a crawler leaves it: a caption with another date, a share bar, a credit, NBSPs.
PAGE = (
    f"وزير الخارجية النرويجي يبحث في{NBSP}الخرطوم هدنة جديدة\n"
    "\n"
    "21 مارس 2025\n"
    "وزير الخارجية النرويجي خلال زيارة إلى جوبا، 4 نوفمبر 2022 (الأناضول)\n"
    "+ الخط -\n"
    "\n"
    "الوزير التقى قادة الجيش والمعارضة المدنية\n"
    "\n"
    "الخرطوم تشترط انسحاب القوات من المدن أولا\n"
    "\n"
    f"بحث وزير الخارجية النرويجي إسبن{NBSP}هانسن، الجمعة، مع قادة الجيش السوداني خطة لهدنة إنسانية مدتها"
    " ثلاثون يوما في إقليم دارفور. وقالت مصادر حكومية إن اللقاء تناول ضمانات وصول المساعدات.\n"
    "\n"
    "اقرأ أيضا: مبعوث أممي يحذر من اتساع القتال\n"
    "\n"
    "وأكد الوزير في مؤتمر صحافي أن بلاده مستعدة لاستضافة جولة محادثات مباشرة بين الطرفين في أوسلو.\n"
    "\n"
    "(رويترز، العربي الجديد)\n"
    "\n"
    "المساهمون\n"
)

#: An invented article without surroundings, two paragraphs.
BODY = (
    "أعلنت الحكومة الكولومبية، الثلاثاء، تعليق المفاوضات مع جيش التحرير الوطني بعد هجوم على قاعدة عسكرية.\n"
    "وقال الرئيس في خطاب متلفز إن الحوار لن يستأنف قبل إطلاق سراح جميع الرهائن الذين تحتجزهم الحركة."
)
TITLE = "كولومبيا تعلق المفاوضات مع جيش التحرير الوطني"


@pytest.fixture(scope="session")
def layout() -> PageLayout:
    return PageLayout.load()


@pytest.fixture(scope="session")
def seed() -> str:
    """The seed article that stands beside the project, where it does."""
    path = Path(__file__).parents[2].parent / "shared" / "seed" / "article.txt"
    if not path.is_file():
        pytest.skip("the seed article is not here")
    return path.read_bytes().decode("utf-8-sig")
