"""How many were killed, injured or took part: from a table of sentences, each number with its words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.ingest import PageLayout
from rasid.model import Record
from rasid.model.plain import record_json, record_of
from rasid.packs.counts import FIELDS, KINDS, load_counts
from rasid.packs.tables import Row, rows
from rasid.pipeline.kit import Kit
from tests.conftest import reading_of

TABLE = Path(__file__).with_name("counts.tsv")
ROWS = rows(TABLE)
FAMILIES = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")


def _told(record: Record) -> str:
    """What a record says of numbers: ``ASSAULT dead=3 injured=?``; a ``?`` stands for words that give no number."""
    counts = {c.field: "?" if c.value is None else str(c.value) for c in record.counts}
    return " ".join([record.event, *(f"{name}={value}" for name, value in sorted(counts.items()))])


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"line {r.line}")
def test_counts(row: Row, kit: Kit, layout: PageLayout) -> None:
    text = row.get("text")
    records = reading_of(text, kit, layout).records
    assert records, "no act was found: the sentence tests nothing"
    assert sorted(_told(r) for r in records if r.counts) == sorted(row.list("acts"))
    for record in records:
        values: dict[str, int | None] = {c.field: c.value for c in record.counts}
        assert (record.dead, record.injured, record.size) == tuple(values.get(f) for f in FIELDS)
        for count in record.counts:
            assert count.words.span.of(text) == count.words.text
            assert record.sentence.contains(count.words.span)
            assert count.value is not None or count.reason
            assert any(count.words.text in reason and count.field in reason for reason in record.reasons)
        assert record_of(record_json(record)) == record


def test_the_table_is_broad() -> None:
    assert len(ROWS) >= 60
    said = " ".join(r.get("acts") for r in ROWS)
    assert all(f"{name}={value}" in said for name in ("dead", "injured", "size") for value in "?1234")
    assert any(not r.get("acts") for r in ROWS)


@settings(max_examples=60, deadline=None)
@given(number=st.integers(2, 99_999), family=st.sampled_from(FAMILIES), mark=st.sampled_from(("", ",", ".", "٬")))
def test_digits_of_every_family(number: int, family: str, mark: str, kit: Kit, layout: PageLayout) -> None:
    written = (f"{number:,}".replace(",", mark)).translate({ord(str(n)): d for n, d in enumerate(family)})
    text = f"أسفر الهجوم عن مقتل {written} شخصا."
    (record,) = (r for r in reading_of(text, kit, layout).records if r.counts)
    assert record.dead == number
    assert [c.words.text for c in record.counts] == [f"{written} شخصا"]


def test_records_without_counts_are_read(kit: Kit, layout: PageLayout) -> None:
    """What was stored before there were words of numbers is still read."""
    (record, *_) = reading_of("قتل ثلاثة جنود في هجوم على الثكنة.", kit, layout).records
    data = record_json(record)
    del data["counts"]
    assert record_of(data).dead == 3
    assert record_of(data).counts == ()


def test_every_kind_of_word_is_used() -> None:
    assert {word.kind for word in load_counts()} == KINDS
