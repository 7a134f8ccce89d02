"""The tables of issues, conditions and stances: their own examples, and a user's rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from rasid.dossier import ConditionIndex, IssueIndex
from rasid.language.ar.letters import fold
from rasid.language.ar.search import taken_apart
from rasid.packs.errors import PackError
from rasid.packs.issues import Issue, load_issues, read_issues
from rasid.packs.stances import Condition, load_conditions, load_unless, load_unreal
from rasid.packs.stories import read_story

ISSUES = read_issues()
INDEX = IssueIndex(ISSUES, fold, taken_apart)
CONDITIONS = ConditionIndex(load_conditions(), fold, taken_apart)
UNREAL = ConditionIndex(load_unreal(), fold, taken_apart)
UNLESS = ConditionIndex(load_unless(), fold, taken_apart)


@pytest.mark.parametrize("issue", ISSUES, ids=lambda issue: issue.id)
def test_an_issue_takes_its_example_and_not_its_near_miss(issue: Issue) -> None:
    assert issue.id in INDEX.of_phrase(issue.example)
    assert issue.near_miss
    assert issue.id not in INDEX.of_phrase(issue.near_miss)


@pytest.mark.parametrize("condition", load_conditions(), ids=lambda condition: condition.words[0])
def test_a_condition_is_found_in_its_example_and_not_in_its_near_miss(condition: Condition) -> None:
    assert CONDITIONS.stands_in(condition.example)
    assert not CONDITIONS.stands_in(condition.near_miss)


@pytest.mark.parametrize("unreal", load_unreal(), ids=lambda unreal: unreal.words[0])
def test_words_that_make_an_act_unreal_end_their_example_and_not_their_near_miss(unreal: Condition) -> None:
    assert UNREAL.ends(unreal.example)
    assert not UNREAL.ends(unreal.near_miss)
    assert not UNREAL.ends(f"{unreal.example} قرار")  # only directly before the trigger


@pytest.mark.parametrize("unless", load_unless(), ids=lambda unless: unless.words[0])
def test_what_is_refused_is_parted_in_its_example_and_not_in_its_near_miss(unless: Condition) -> None:
    assert all(UNLESS.parted(unless.example)) or unless.example.startswith(unless.words[0])
    assert UNLESS.parted(unless.example)[1]
    assert UNLESS.parted(unless.near_miss) == (unless.near_miss, "")


def test_a_phrase_may_be_of_several_issues() -> None:
    assert INDEX.of_phrase("وقف إطلاق النار وتبادل الأسرى") == ("ceasefire", "prisoners")


def test_prepositions_and_articles_hide_no_issue() -> None:
    assert INDEX.of_phrase("للهدنة") == INDEX.of_phrase("وبالهدنة") == INDEX.of_phrase("هدنة") == ("ceasefire",)


def test_names_of_earlier_queries_still_have_words() -> None:
    names = load_issues()
    assert "هدنة" in names["truce"]
    assert "انسحاب" in names["pullout"]
    assert {"hostages", "release", "talks", "sanctions"} <= names.keys()


def test_a_users_folder_adds_an_issue_and_replaces_one(tmp_path: Path) -> None:
    (tmp_path / "cues").mkdir()
    head = "id\tname_en\tnames_en\twords\tnot\tacts\texample\tnear_miss\n"
    rows = "fishing\tfishing\t\tالصيد البحري\t\t\tحقوق الصيد البحري\tصيد\nceasefire\tonly truces\t\tهدنة\t\t\t\t\n"
    (tmp_path / "cues" / "issues.tsv").write_text(head + rows, "utf-8")
    index = IssueIndex(read_issues(tmp_path), fold, taken_apart)
    assert index.of_phrase("حقوق الصيد البحري") == ("fishing",)
    assert index.of_phrase("وقف إطلاق النار") == ()
    assert index.issues["withdrawal"]


def test_a_row_with_an_unknown_mode_is_named_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "cues").mkdir()
    head = "id\tname_en\tnames_en\twords\tnot\tacts\texample\tnear_miss\n"
    (tmp_path / "cues" / "issues.tsv").write_text(f"{head}x\tx\t\tهدنة\t\tRETREAT/nothing\t\t\n", "utf-8")
    with pytest.raises(PackError, match="RETREAT/release") as told:
        read_issues(tmp_path)
    assert told.value.line == 2


def test_a_story_file_is_read_with_its_days(tmp_path: Path) -> None:
    path = tmp_path / "s.yml"
    path.write_text("name: N\nparties: [ISR, {id: QAT, role: mediator}]\nsince: 2024-02\nuntil: 2024-02\n", "utf-8")
    story = read_story(path)
    assert [(party.id, party.role) for party in story.parties] == [("ISR", None), ("QAT", "mediator")]
    assert (str(story.since), str(story.until)) == ("2024-02-01", "2024-02-29")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("parties: [NO]", "quotation marks"),  # YAML reads it as false
        ("parties: ISR", "a list"),
        ("party: [ISR]", "knows no 'party'"),
        ("parties: [{id: ISR, role: boss}]", "boss"),
        ("since: yesterday", "yesterday"),
        ("- ISR", "must have"),
        ("a: [", "is no YAML"),
    ],
)
def test_what_is_wrong_with_a_story_file_is_said(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "s.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(PackError, match=said):
        read_story(path)
