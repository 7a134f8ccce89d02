"""The draw of rows that is judged by hand must be repeatable, and say where each row stands."""

from __future__ import annotations

import sys

import pytest
from tools import sample_rows


def test_shares_are_in_proportion_and_add_up() -> None:
    assert sample_rows.shares({"a": 2204, "b": 2493, "c": 1119, "d": 508}, 100) == {"a": 35, "b": 39, "c": 18, "d": 8}
    assert sum(sample_rows.shares({"a": 1, "b": 1, "c": 1}, 10).values()) == 10


def test_a_seed_gives_the_same_rows_none_of_them_twice() -> None:
    tables = {"a": [(n, f"row {n}") for n in range(5, 205)], "b": [(n, f"line {n}") for n in range(3, 103)]}
    drawn = sample_rows.draw(tables, 30, 7)
    assert drawn == sample_rows.draw(tables, 30, 7) != sample_rows.draw(tables, 30, 8)
    assert [len(set(rows)) for rows in drawn.values()] == [20, 10]
    assert sum(map(len, sample_rows.draw(tables, 1000, 7).values())) == 300


def test_each_printed_row_stands_at_the_line_it_names(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["sample_rows.py", "--rows", "12", "--seed", "3"])
    sample_rows.main()
    rows = [line for line in capsys.readouterr().out.splitlines() if not line.startswith("# ")]
    assert len(rows) == 12
    for row in rows:
        place, _, text = row.partition("\t")
        name, _, number = place.partition(":")
        assert (sample_rows.ACTORS / name).read_text("utf-8").splitlines()[int(number) - 1] == text
