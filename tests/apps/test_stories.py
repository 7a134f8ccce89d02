"""``rasid stories`` on two invented processes told by three outlets, read by the real program."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from rasid.apps.cli.main import cli
from rasid.packs.stories import read_story

DAM = (
    "بدأت مصر وإثيوبيا في القاهرة جولة جديدة من مفاوضات سد النهضة. وطالبت مصر إثيوبيا بوقف ملء خزان السد.",
    "رفضت إثيوبيا مقترح مصر بشأن ملء خزان سد النهضة. والتقى وزير الخارجية المصري نظيره الإثيوبي في القاهرة.",
    "طالبت مصر إثيوبيا بوقف ملء خزان سد النهضة بعد تعثر المفاوضات. واتهمت إثيوبيا مصر بعرقلة مفاوضات السد.",
    "اتهمت مصر إثيوبيا بإفشال مفاوضات سد النهضة. ورفضت إثيوبيا مطالب مصر بشأن ملء خزان السد.",
)
REFINERY = (
    "قصفت قوات الدعم السريع مصفاة الجيلي شمال الخرطوم. وقال الجيش السوداني إن معارك عنيفة دارت قرب المصفاة.",
    "هاجمت قوات الدعم السريع الجيش السوداني في محيط مصفاة الجيلي. واندلعت معارك عنيفة شمال الخرطوم.",
    "استعاد الجيش السوداني مصفاة الجيلي من قوات الدعم السريع بعد معارك عنيفة شمال الخرطوم.",
    "دعت السعودية الجيش السوداني وقوات الدعم السريع إلى هدنة بعد معارك مصفاة الجيلي شمال الخرطوم.",
)


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("stories")
    told = [("dam", n, text) for n, text in enumerate(DAM)] + [("oil", n, text) for n, text in enumerate(REFINERY)]
    lines = (
        {
            "id": f"{kind}{n}",
            "title": text.split(".")[0],
            "text": text,
            "published": f"2031-05-0{n + 1}",
            "outlet": f"o{n}",
        }
        for kind, n, text in told
    )
    path = folder / "articles.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    db = str(folder / "news.db")
    assert run("run", str(path), "--db", db).exit_code == 0
    assert run("join", "--db", db).exit_code == 0
    return db


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, list(args))


def listed(db: str, *args: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("stories", "--db", db, *args, "--format", "json").stdout)
    return found


def told_by(db: str, number: int) -> list[str]:
    shown = run("stories", "--db", db, "--story", str(number), "--format", "json").stdout
    return sorted(article["id"] for article in json.loads(shown)["told_by"])


def test_each_process_is_a_story_with_its_parties(news: str) -> None:
    stories = listed(news)
    assert sorted(told_by(news, story["story"]) for story in stories) == [
        [f"dam{n}" for n in range(4)],
        [f"oil{n}" for n in range(4)],
    ]
    parties = {party["id"]: party["roles"] for story in stories for party in story["parties"]}
    assert parties["rsf"][0] == "side"
    assert {"EGY", "ETH", "SDN"} <= parties.keys()
    assert all(story["name"] and story["since"] == "2031-05-01" for story in stories)


def test_stories_are_made_anew_only_when_something_changed(news: str) -> None:
    first = [story["story"] for story in listed(news)]
    assert [story["story"] for story in listed(news)] == first
    again = [story["story"] for story in listed(news, "--again")]
    assert min(again) > max(first)
    assert told_by(news, first[0]) in [told_by(news, number) for number in again]  # older numbers still mean the same
    assert run("stories", "--db", news, "--undo").stdout.startswith("grouping ")
    assert [story["story"] for story in listed(news)] == first


def test_stories_are_chosen_by_party_words_and_days(news: str) -> None:
    (dam,) = listed(news, "--party", "EGY")
    assert dam["story"] == listed(news, "--words", "النهضة")[0]["story"]
    assert listed(news, "--since", "2031-06") == []
    assert run("stories", "--db", news, "--party", "JPN").exit_code == 1
    assert run("stories", "--db", news, "--since", "May").exit_code == 2


def test_a_story_goes_into_a_dossier_by_number_and_as_a_file(news: str, tmp_path: Path) -> None:
    (oil,) = listed(news, "--party", "rsf")
    number = str(oil["story"])
    by_number = json.loads(run("dossier", "--db", news, "--story", number, "--format", "json").stdout)
    assert by_number["name"] == oil["name"]
    assert {record["article"][:3] for act in by_number["acts"] for record in act["records"]} == {"oil"}
    path = tmp_path / "oil.yml"
    assert run("stories", "--db", news, "--story", number, "-o", str(path)).exit_code == 0
    story = read_story(path)
    assert ("rsf", "side") in {(party.id, party.role) for party in story.parties}
    by_file = run("dossier", "--db", news, "--story", str(path), "--format", "json")
    assert {"oil"} == {record["article"][:3] for act in json.loads(by_file.stdout)["acts"] for record in act["records"]}


def test_the_table_and_what_is_not_there(news: str) -> None:
    number = str(listed(news)[0]["story"])
    table = run("stories", "--db", news, "--story", number)
    assert "2031-05-01 to 2031-05-04: 4 articles" in table.stdout
    assert "dam0" in table.stdout or "oil0" in table.stdout
    for command in ("stories", "dossier"):
        missing = run(command, "--db", news, "--story", "999")
        assert missing.exit_code != 0
        assert "there is no story 999; list them: rasid stories" in missing.stderr
    assert run("stories", "--db", news, "--format", "yaml").exit_code == 2
