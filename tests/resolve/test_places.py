"""Which place a name means, where it is an ordinary word, what it lies in, and how exact its point is."""

from __future__ import annotations

from pathlib import Path

import pytest

from rasid.packs.tables import Row, rows
from rasid.pipeline.kit import Kit
from rasid.pipeline.lookup import Tables, places

TABLE = Path(__file__).with_name("places.tsv")
ROWS = rows(TABLE)


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"line {r.line}")
def test_place(row: Row, kit: Kit) -> None:
    marked = row.get("text")
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    found = places(text, kit, Tables())
    assert all(f.words.span.of(text) == f.words.text for f in found)
    here = [f for f in found if (f.words.span.start, f.words.span.end) == (start, end)]
    if row.get("id") == "-":
        assert not here, [r.row.id for r in here[0].readings]
        return
    assert here, [f.words.text for f in found]
    first = here[0].readings[0]
    assert (first.row.id, first.country or "-") == (row.get("id"), row.get("country")), here[0].reason
    place = kit.knowledge.places.get(first.row.id)
    if row.get("within"):
        parents, parent = set(), place
        while parent is not None and parent.parent not in parents:
            parents.add(parent.parent)
            parent = kit.knowledge.places.get(parent.parent)
        assert row.get("within") in parents
    if row.get("radius"):
        assert first.lat is not None
        assert first.lon is not None
        assert first.radius_km is not None
        assert 0 < first.radius_km <= float(row.get("radius"))


def test_the_table_is_broad() -> None:
    assert len(ROWS) >= 90
    kinds = {r.get("kind") for r in ROWS}
    assert {
        "containment",
        "ambiguous",
        "crossing",
        "corridor",
        "camp",
        "strait",
        "suburb",
        "base",
        "word",
        "cue",
    } <= kinds


def test_every_point_has_a_radius(kit: Kit) -> None:
    """A point without a radius would look exact; a place lies in one that there is, and never in itself."""
    for place in kit.knowledge.places.values():
        if place.lat is not None:
            assert place.radius_km is not None, place.id
            assert place.radius_km > 0, place.id
        seen = {place.id}
        parent = kit.knowledge.places.get(place.parent)
        assert parent is not None or not place.parent, place.id
        while parent is not None:
            assert parent.id not in seen, f"{place.id} lies in itself"
            seen.add(parent.id)
            parent = kit.knowledge.places.get(parent.parent)
