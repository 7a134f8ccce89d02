"""Pairs, counts, intervals and floors, on articles of our own."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rasid.score import (
    Coded,
    CodedError,
    Counts,
    GoldArticle,
    Party,
    Piece,
    Predictions,
    Score,
    check_floors,
    compare,
    intervals,
    read_floors,
    read_gold,
    read_predictions,
    score_article,
)

TEXT = "زار الوزير بغداد. واستقبل الرئيس الضيف ثم قصفت الطائرات الميناء."
SPLIT = TEXT.index("واستقبل")
SENTENCES = ((0, SPLIT - 1), (SPLIT, len(TEXT)))


def party(text: str, country: str | None = "IRQ", name: str | None = None) -> Party:
    start = TEXT.index(text)
    return Party(Piece(text, start, start + len(text)), name or text, country)


def coded(event: str, trigger: str, actor: tuple[Party, ...] = (), recipient: tuple[Party, ...] = ()) -> Coded:
    start = TEXT.index(trigger)
    end = start + len(trigger)
    return Coded(event, None, Piece(trigger, start, end), start, end, actor, recipient, None, None, None, "actual", ())


VISIT = replace(
    coded("CONSULT", "زار", (party("الوزير"),), (party("بغداد", "IRQ", "العراق"),)),
    mode="visit",
    date="2024-05",
    source=("وكالة أنباء محلية",),
)
MEETING = coded("CONSULT", "استقبل", (party("الرئيس"),), (party("الضيف", "JOR"),))
STRIKE = replace(coded("ASSAULT", "قصفت", (party("الطائرات", None),), ()), status="planned", place="الميناء")
GOLD = GoldArticle("a", TEXT, SENTENCES, (VISIT, MEETING, STRIKE))


def scored(*predicted: Coded, gold: GoldArticle = GOLD) -> Score:
    return compare([gold], Predictions({gold.id: predicted}))


def test_gold_against_itself_is_perfect() -> None:
    score = scored(*GOLD.records)
    for name, counts in score.fields.items():
        assert counts.right == counts.gold == counts.pred, name
    assert score.fields["event"].f1 == 1
    assert score.types["CONSULT"] == Counts(2, 2, 2)
    assert score.misses == ()


def test_order_of_the_records_does_not_matter() -> None:
    assert scored(*GOLD.records) == scored(*GOLD.records[::-1])


def test_events_pair_within_a_sentence_only() -> None:
    elsewhere = replace(STRIKE, start=0, end=3, trigger=Piece("زار", 0, 3))
    score = scored(elsewhere)
    assert score.fields["event"] == Counts(0, 3, 1)
    assert [miss.kind for miss in score.misses] == ["missed", "missed", "missed", "extra"]
    nearby = coded("ASSAULT", "ثم", STRIKE.actor)
    assert scored(nearby).fields["event"].right == 1


def test_each_gold_record_is_paired_once() -> None:
    assert scored(VISIT, VISIT, VISIT).fields["event"] == Counts(1, 3, 3)


def test_shared_parties_decide_between_triggers_that_do_not_overlap() -> None:
    one = coded("REQUEST", "ثم", (party("الرئيس"),))
    two = coded("REQUEST", "الميناء", (party("الضيف"),))
    gold = replace(GOLD, records=(one, two))
    swapped = (replace(one, actor=two.actor), replace(two, actor=one.actor))
    elsewhere = tuple(
        replace(record, start=start, end=start + 2, trigger=Piece(None, start, start + 2))
        for record, start in zip(swapped, (SPLIT, SPLIT + 3), strict=True)
    )
    assert scored(*elsewhere, gold=gold).fields["core"].right == 2


def test_the_sides_of_a_meeting_count_together_and_those_of_a_visit_do_not() -> None:
    turned = tuple(replace(r, actor=r.recipient, recipient=r.actor) for r in (VISIT, MEETING))
    score = scored(*turned)
    assert score.fields["who"].right == 2  # both parties of the meeting, none of the visit
    assert score.fields["core"].right == 1


def test_countries_must_agree() -> None:
    wrong = replace(MEETING, actor=(party("الرئيس", "SYR"),))
    score = scored(wrong)
    assert score.fields["core"].right == 0
    assert [miss.kind for miss in score.misses if miss.pred] == ["core"]


def test_denied_records_are_no_dyads() -> None:
    denied = replace(STRIKE, status="negated")
    assert score_article(GOLD, (denied,)).fields["dyad"] == Counts(0, 3, 0)


def test_status_counts_only_where_it_is_marked() -> None:
    assert scored(VISIT, MEETING).fields["status*"] == Counts(0, 0, 0)
    assert scored(STRIKE).fields["status*"] == Counts(1, 1, 1)
    assert scored(replace(STRIKE, status="actual")).fields["status*"] == Counts(0, 1, 0)


def test_a_date_that_cannot_be_read_is_a_wrong_one() -> None:
    assert scored(replace(VISIT, date="2024-05-01/2024-05-31")).fields["date"] == Counts(1, 1, 1)
    assert scored(replace(VISIT, date="May")).fields["date"] == Counts(0, 1, 1)


def test_slices_that_lie_are_seen() -> None:
    moved = replace(VISIT, actor=(replace(VISIT.actor[0], words=Piece("الوزير", 0, 6)),))
    assert scored(moved).fields["slices"] == Counts(2, 3, 3)


def test_missing_unknown_and_repeated_ids(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text('{"id": "b", "records": []}\n\n{"id": "b", "records": []}\n', "utf-8")
    score = compare([GOLD], read_predictions(path))
    assert (score.missing, score.unknown, score.repeated) == (1, 1, 1)
    assert score.fields["event"] == Counts(0, 3, 0)
    assert score.fields["event"].f1 == 0


def test_intervals_hold_the_figure_and_repeat() -> None:
    golds = [replace(GOLD, id=str(n)) for n in range(20)]
    predictions = {gold.id: GOLD.records if n % 3 else (VISIT,) for n, gold in enumerate(golds)}
    score = compare(golds, Predictions(predictions))
    tables = [article.fields for article in score.articles]
    first = intervals(tables, 300, seed=4)
    assert first == intervals(tables, 300, seed=4)
    assert intervals(tables, 9, seed=4) != intervals(tables, 9, seed=5)
    event = first["event"]
    assert event.low < score.fields["event"].f1 < event.high
    assert first["slices"].low == 1


def test_a_type_that_a_drawing_lacks_says_nothing_about_it() -> None:
    golds = [replace(GOLD, id="1"), *(replace(GOLD, id=str(n), records=(VISIT,)) for n in range(2, 9))]
    score = compare(golds, Predictions({gold.id: gold.records for gold in golds}))
    ranges = intervals([article.types for article in score.articles], 200, seed=1)
    assert ranges["ASSAULT"].low == 1


@pytest.mark.parametrize("suffix", [".toml", ".json"])
def test_floors(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"floors{suffix}"
    wanted: dict[str, Any] = {"fields": {"event": 1.0, "core": 0.9}, "types": {"ASSAULT": 0.5, "AID": 0.1}}
    toml = "[fields]\nevent = 1\ncore = 0.9\n[types]\nASSAULT = 0.5\nAID = 0.1\n"
    path.write_text(json.dumps(wanted) if suffix == ".json" else toml, "utf-8")
    wrong = replace(VISIT, actor=())
    floors = check_floors(scored(wrong, MEETING, STRIKE), read_floors(path))
    assert {floor.name: floor.holds for floor in floors} == {
        "event": True,
        "core": False,
        "ASSAULT": True,
        "AID": False,
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[field]\nevent = 1", "'fields' and 'types'"),
        ("[fields]\nevents = 1", "no field 'events'"),
        ("[fields]\nevent = 60", "between 0 and 1"),
        ("[fields]\nevent = true", "between 0 and 1"),
        ("fields = 3", "table of figures"),
        ("[fields", "floors.toml"),
    ],
)
def test_floors_that_cannot_be_read(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(CodedError, match=says):
        read_floors(path)


AID = '{"id": "a", "records": [{"event": "AID", "trigger": {"start": 0, "end": 1, "text": "x"}}]}'


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line 2: "),
        ("[]", "line 2: "),
        ('{"records": []}', "line 2: no 'id'"),
        ('{"id": "a", "records": [{}]}', "line 2: a record needs an event"),
        ('{"id": "a", "records": [{"event": "AID"}]}', "line 2: trigger needs"),
        (AID.replace("}}", '}, "actor": {}, "recipient": "x"}'), "line 2: recipient is a list"),
        (AID.replace("}}", '}, "date": 3}'), "line 2: date is a string"),
        (AID.replace("}}", '}, "source": "x"}'), "line 2: source is a list"),
    ],
)
def test_bad_predictions_are_named_by_line(line: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text('{"id": "z", "records": []}\n' + line + "\n", "utf-8")
    with pytest.raises(CodedError, match=says):
        read_predictions(path)


def test_bad_gold_is_named_by_file(tmp_path: Path) -> None:
    with pytest.raises(CodedError, match="no article"):
        read_gold(tmp_path)
    with pytest.raises(CodedError, match="no such folder"):
        read_gold(tmp_path / "none")
    (tmp_path / "a.json").write_text('{"id": "a"}', "utf-8")
    with pytest.raises(CodedError, match=r"a\.json: no 'text'"):
        read_gold(tmp_path)
    (tmp_path / "a.json").write_bytes(b"\xff")
    with pytest.raises(CodedError, match=r"a\.json: not UTF-8"):
        read_gold(tmp_path)
