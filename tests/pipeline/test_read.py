"""Reading an article is a pure function: it touches nothing, keeps nothing, and always gives the same."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from rasid.ingest import PageLayout
from rasid.model import Article
from rasid.pipeline.article import read
from rasid.pipeline.explain import explain
from rasid.pipeline.kit import Kit
from tests.conftest import article_of

FIRST = "التقى وزير الخارجية العماني نظيره الأردني في مسقط أمس. وأكدت الحركة رفضها أي شروط جديدة."
SECOND = "شن الطيران السوداني غارات على مواقع الدعم السريع، وفق وكالة رويترز."
THIRD = "منعت الجماعة دخول المساعدات الإنسانية إلى الميناء، وقالت المنظمة إنها لا تستعجل وضع قائمة نهائية بالمطالب."

_touched: list[str] = []
_watching = False


def _hook(event: str, args: tuple[object, ...]) -> None:
    if _watching and event.partition(".")[0] in {"open", "socket", "subprocess", "os", "sqlite3", "urllib"}:
        _touched.append(f"{event} {args[:1]}")


sys.addaudithook(_hook)


@pytest.fixture
def article(layout: PageLayout) -> Article:
    return article_of(FIRST, layout, date(2024, 9, 13))


def test_the_same_article_gives_the_same_reading(article: Article, kit: Kit, layout: PageLayout) -> None:
    before = read(article, kit)
    assert before.records
    read(article_of(SECOND, layout), kit)
    assert read(article, kit) == before


_ALONE = """
from datetime import date
from rasid.ingest import PageLayout
from rasid.pipeline.article import read
from rasid.pipeline.kit import load
from tests.conftest import article_of
from tests.pipeline.test_read import FIRST, SECOND, THIRD
kit, layout = load(), PageLayout.load(None)
for text in (FIRST, SECOND, THIRD):
    print(ascii(read(article_of(text, layout, date(2024, 9, 13)), kit).records))
"""


def test_another_process_gives_the_same_reading() -> None:
    """Whatever order a process keeps its sets in: ties of weights and words to quote are not left to it."""
    told = {
        subprocess.run(
            [sys.executable, "-c", _ALONE], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1


def test_reading_touches_no_file_and_no_network(article: Article, kit: Kit) -> None:
    global _watching
    _touched.clear()
    _watching = True
    try:
        read(article, kit)
        explain(article, kit)
    finally:
        _watching = False
    assert _touched == []


def test_nothing_is_read_off_the_clock(article: Article, kit: Kit) -> None:
    """Without a day of publication relative times stay open, and that is said."""
    reading = read(replace(article, published=None, published_from=None), kit)
    assert [problem.code for problem in reading.problems] == ["no-date"]
    assert all(record.date is None for record in reading.records)
    assert all(record.date_fallback is None for record in reading.records)


def test_the_day_of_publication_is_no_day_of_the_act(article: Article, kit: Kit) -> None:
    dated = [record for record in read(article, kit).records if record.event == "CONSULT"]
    (meeting,) = dated
    assert meeting.date is not None
    assert (meeting.date.value, meeting.date_fallback) == ("2024-09-12", None)
    (refusal,) = [record for record in read(article, kit).records if record.event == "REJECT"]
    assert (refusal.date, refusal.date_fallback) == (None, "2024-09-13")


def test_records_stand_in_order_and_have_ids_of_their_own(article: Article, kit: Kit) -> None:
    records = read(article, kit).records
    assert [r.trigger.span for r in records] == sorted(r.trigger.span for r in records)
    assert len({r.id for r in records}) == len(records)


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "«", "()", "٣", "و", "رويترز", "\u200f", "ا" * 20_000])
def test_what_says_nothing_gives_nothing(text: str, kit: Kit, layout: PageLayout) -> None:
    assert read(article_of(text, layout), kit).records == ()
