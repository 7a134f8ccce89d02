"""Which of two types an act is: the rules of PLOVER and of the codebook over a table of invented sentences."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from rasid.model import EVENT_TYPES, Article, Part, Record, Span
from rasid.packs.tables import Row, rows
from rasid.pipeline.article import read
from rasid.pipeline.examples import EXAMPLE_DAY
from rasid.pipeline.kit import Kit

TABLE = rows(Path(__file__).with_name("boundaries.tsv"))


def records(text: str, kit: Kit) -> tuple[Record, ...]:
    """The records of a sentence, read as an article of its own."""
    return read(Article("boundary", text, (Part("body", Span(0, len(text))),), EXAMPLE_DAY, "given"), kit).records


def wanted(row: Row) -> list[str]:
    """The acts that a row lists."""
    acts = row.get("acts")
    return [] if acts == "-" else acts.split(" + ")


def is_act(record: Record, act: str) -> bool:
    """Whether a record is the act of the table's form: TYPE[:mode][@status], «-» for no mode."""
    what, _, status = act.partition("@")
    event, _, mode = what.partition(":")
    same = record.event == event and (not mode or (record.mode or "-") == mode)
    return same and (not status or record.status == status)


def same(acts: list[str], found: tuple[Record, ...]) -> bool:
    """Whether the records are the acts, one to one; the act that demands most chooses first."""
    left = list(found)
    for act in sorted(acts, key=len, reverse=True):
        hit = next((record for record in left if is_act(record, act)), None)
        if hit is None:
            return False
        left.remove(hit)
    return not left


def shown(found: tuple[Record, ...]) -> list[str]:
    """Records in the form of the table, with their triggers."""
    return [f"{r.event}:{r.mode or '-'}@{r.status} «{r.trigger.text}»" for r in found]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"line-{row.line}")
def test_boundary(row: Row, kit: Kit) -> None:
    found = records(row.get("text"), kit)
    if row.get("fails"):
        assert not same(wanted(row), found), f"line {row.line} holds now: empty its column `fails`"
    else:
        assert same(wanted(row), found), f"{row.get('rule')}: {row.get('text')}: {shown(found)}"


def test_every_rule_has_both_sides_and_few_rows_fail() -> None:
    sides: defaultdict[str, set[str]] = defaultdict(set)
    for row in TABLE:
        sides[row.get("rule")].add(row.get("acts"))
    assert not [rule for rule, acts in sides.items() if len(acts) < 2]
    assert not [
        row.line for row in TABLE for act in wanted(row) if act.partition("@")[0].partition(":")[0] not in EVENT_TYPES
    ]
    assert max(Counter(row.get("text") for row in TABLE).values()) == 1
    assert sum(bool(row.get("fails")) for row in TABLE) <= len(TABLE) / 10
