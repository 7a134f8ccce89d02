"""The PLOVER table that the exports use: complete, in range, and its loader names what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from rasid.model import EVENT_TYPES
from rasid.packs.errors import PackError
from rasid.packs.plover import modes_of, plover, quad_of, read_plover, score_of
from rasid.packs.tables import data_dir


def test_all_sixteen_types_are_there() -> None:
    assert [kind.event for kind in plover() if kind.mode is None] == list(EVENT_TYPES)
    assert all(kind.meaning for kind in plover())


def test_the_scale_separates_conflict_from_cooperation() -> None:
    for kind in plover():
        assert kind.score >= 0 if kind.quad in (1, 2) else kind.score <= 0.5, kind


def test_slips_of_the_manual_are_settled() -> None:
    assert score_of("ACCUSE") == -3
    assert quad_of("SANCTION") == 4
    assert score_of("PROTEST", "vandalize") == score_of("PROTEST")
    assert not next(kind for kind in plover() if kind.event == "PROTEST").needs_recipient
    assert sum(bool(kind.note) for kind in plover()) >= 6


def test_modes() -> None:
    assert modes_of("CONSULT") == {"visit", "third-party", "multilateral", "phone"}
    assert modes_of("REQUEST") == modes_of("REJECT") == {"assist", "change", "yield", "meet"}
    assert len(modes_of("ASSAULT")) == 15
    assert modes_of("AGREE") == modes_of("NOTHING") == frozenset()


def test_a_mode_that_the_table_does_not_know_has_the_score_of_its_type() -> None:
    assert score_of("ASSAULT", "slingshot") == score_of("ASSAULT")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("AGREE\t\t1", "AGRE\t\t1", "AGRE"),
        ("AGREE\t\t1\t2.5", "AGREE\t\t5\t2.5", "quad '5'"),
        ("AGREE\t\t1\t2.5", "AGREE\t\t1\tmuch", "not a number"),
        ("AGREE\t\t1\t2.5", "AGREE\t\t1\t11", "outside"),
        ("AGREE\t\t1\t2.5\tno", "AGREE\t\t1\t2.5\tmaybe", "yes or no"),
        ("CONSULT\tvisit\t1", "CONSULT\tvisit\t3", "quad 3 where CONSULT itself has 1"),
        ("CONSULT\tvisit\t1", "CONSULT\tphone\t1", "twice"),
        ("CONSULT\t\t1", "CONSULT\tround\t1", "before its modes"),
        ("AID\t\t", "#", "no row of AID"),
    ],
)
def test_the_loader_names_file_and_line(old: str, new: str, says: str, tmp_path: Path) -> None:
    text = (data_dir() / "plover.tsv").read_text("utf-8")
    assert old in text
    path = tmp_path / "plover.tsv"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(PackError, match=says) as caught:
        read_plover(path)
    assert "plover.tsv:" in str(caught.value)
