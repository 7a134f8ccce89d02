"""The census of what articles name and the tables do not know."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from rasid.ingest import PageLayout
from rasid.language.ar.engine import ArabicEngine
from rasid.pipeline.gaps import Census, Gaps
from rasid.pipeline.kit import Kit
from tests.conftest import article_of

#: Nobody of these names is in a table; the president is.
TEXTS = (
    "التقى وزير الطاقة شاهين مرعشلاوي الرئيس الفرنسي إيمانويل ماكرون في باريس.",
    "قال وزير الطاقة شاهين مرعشلاوي إن مركز النورس للدراسات أصدر تقريرا جديدا.",
    "استقبل الرئيس الفرنسي إيمانويل ماكرون وفدا، فيما غاب المحافظ زاهر قندلفتاوي.",
    "اعتقلت الشرطة أمير كرداحيان.",
)


@pytest.fixture(scope="module")
def gaps(kit: Kit, layout: PageLayout) -> Gaps:
    census = Census(kit)
    for text in TEXTS:
        census.add(article_of(text, layout))
    return census.gaps()


def test_titles_with_unknown_names_are_counted_and_placed(gaps: Gaps) -> None:
    (first, second) = gaps.people
    assert (first.text, first.count, first.known) == ("وزير الطاقة شاهين مرعشلاوي", 2, 0)
    assert TEXTS[0][first.start :].startswith(first.text)
    assert (second.text, second.count) == ("المحافظ زاهر قندلفتاوي", 1)


def test_a_known_person_counts_but_is_no_gap(gaps: Gaps) -> None:
    assert (gaps.articles, gaps.titled, gaps.mentions) == (4, 3, 5)
    assert (gaps.considered, gaps.unknown, gaps.considered_mentions, gaps.unknown_mentions) == (3, 2, 5, 3)
    assert gaps.share == pytest.approx(2 / 3)


def test_a_first_name_that_is_a_title_too_makes_no_title(gaps: Gaps) -> None:
    assert not any("كرداحيان" in row.text for row in gaps.people)


def test_a_body_that_no_table_has_is_listed_and_one_of_a_country_is_not(kit: Kit, layout: PageLayout) -> None:
    census = Census(kit)
    census.add(article_of("أعلنت جمعية النورس الأزرق نتائج الدراسة. رفضت وزارة الصحة المصرية التقرير.", layout))
    bodies = [row.text for row in census.gaps().bodies]
    assert bodies == ["جمعية النورس الأزرق"]


def test_the_share_is_of_the_most_frequent(kit: Kit, layout: PageLayout) -> None:
    census = Census(kit)
    for text in TEXTS:
        census.add(article_of(text, layout))
    frequent = census.gaps(considered=2)
    assert (frequent.considered, frequent.unknown) == (2, 1)
    assert len(frequent.people) == 2  # the list is of all


def test_spellings_and_marks_are_one(kit: Kit, layout: PageLayout) -> None:
    census = Census(kit)
    census.add(article_of("قال المحافظ زاهر قندلفتاوي. وأضاف المحافظ، زاهر قندلفتاوي، أن الطريق مغلق.", layout))
    assert [row.count for row in census.gaps().people] == [2]


def test_a_name_with_its_title_in_the_tables_counts_as_known(kit: Kit, layout: PageLayout) -> None:
    census = Census(kit)
    census.add(article_of("استقبل الملك سلمان الوفد.", layout))
    assert (census.gaps().titled, census.gaps().unknown) == (1, 0)


def test_nothing_read_has_no_share(kit: Kit) -> None:
    assert Census(kit).gaps().share is None


def test_an_article_on_which_the_program_breaks_is_a_problem(kit: Kit, layout: PageLayout) -> None:
    class Broken:
        def sentences(self, article: object) -> None:
            raise ValueError("no such luck")

    census = Census(replace(kit, language=cast(ArabicEngine, Broken())))
    problem = census.add(article_of("وصل الوفد.", layout))
    assert problem is not None
    assert (problem.where, problem.code) == ("test", "internal-error")
    assert census.articles == 0
