"""Names of outlets that are also ordinary phrases must not take the place of the person who acts."""

from __future__ import annotations

from datetime import date

import pytest

from rasid.ingest import PageLayout
from rasid.pipeline.kit import Kit
from tests.conftest import reading_of

DAY = date(2024, 5, 7)


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("التقى الرئيس المصري اليوم الثلاثاء وزير الخارجية القطري.", "وزير الخارجية القطري"),
        ("التقى وفد من بغداد اليوم وزير الخارجية اليمني.", "وزير الخارجية اليمني"),
    ],
)
def test_whom_he_met_is_no_newspaper(text: str, whom: str, kit: Kit, layout: PageLayout) -> None:
    meetings = reading_of(text, kit, layout, DAY).records
    assert [[entity.words.text for entity in meeting.recipient] for meeting in meetings] == [[whom]]


def test_the_newspaper_is_still_known_by_its_full_name(kit: Kit, layout: PageLayout) -> None:
    text = "قالت صحيفة المصري اليوم إن الوفد وصل إلى القاهرة."
    (arrival,) = reading_of(text, kit, layout, DAY).records
    assert [source.name for source in arrival.source] == ["صحيفة المصري اليوم"]
