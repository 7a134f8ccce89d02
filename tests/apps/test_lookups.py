"""``rasid who`` and ``rasid where``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rasid.apps.cli.common import Tools
from rasid.apps.cli.main import cli
from rasid.ingest import PageLayout
from rasid.packs.tables import data_dir
from rasid.pipeline import kit as kits
from rasid.pipeline.kit import Kit

PEOPLE = """
id|name_ar|variants_ar|weak_ar|country|sector|affiliation
tester|سامر التجريبي|||NRU|GOV|
"""
OFFICES = """
person_id|role_id|org_id|country|sector|from|to
tester|foreign-minister||NRU|GOV|2019-01-01|2020-12-31
tester|prime-minister||NRU|GOV|2021-01-01|
"""
PLACES = """
id|name_en|name_ar|variants_ar|kind|country|lat|lon|radius_km|parent|cue
probe|Probe|وادي التجريب||site|NRU|-0.5|166.9|1||
"""


def table(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text.strip().replace("|", "\t") + "\n", "utf-8")


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, list(args))


@pytest.fixture
def ready(kit: Kit, layout: PageLayout, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands use the kit that all tests share."""
    monkeypatch.setattr(Tools, "load", lambda packs: Tools(layout, kit))


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Kit]:
    """A user's folder with a minister of two terms and a place, and the kit read with it."""
    folder = tmp_path_factory.mktemp("mine")
    table(folder / "actors/people.tsv", PEOPLE)
    table(folder / "actors/offices.tsv", OFFICES)
    table(folder / "places/places.tsv", PLACES)
    return folder, kits.load(folder)


def at(answer: dict[str, str]) -> list[str]:
    """The cells of the row that an answer names, in our tables."""
    name, _, line = answer["at"].rpartition(":")
    return (data_dir() / name).read_text("utf-8").splitlines()[int(line) - 1].split("\t")


@pytest.mark.usefixtures("ready")
def test_where_gives_all_readings_with_their_rows() -> None:
    result = run("where", "وصل الوفد إلى طرابلس", "--json")
    assert result.exit_code == 0
    (place,) = json.loads(result.stdout)["places"]
    assert (place["text"], place["start"], place["end"]) == ("طرابلس", 14, 20)
    assert {(r["kind"], r["country"]) for r in place["readings"]} == {("capital", "LBY"), ("place", "LBN")}
    assert all("طرابلس" in at(reading) for reading in place["readings"])
    city = next(r for r in place["readings"] if r["kind"] == "place")
    assert abs(city["lat"] - 34.4) < 0.1
    assert city["radius_km"] > 0


@pytest.mark.usefixtures("ready")
def test_where_takes_the_longest_name_and_says_what_it_lies_in() -> None:
    result = run("where", "غارات على حي الرمال في مدينة غزة")
    assert result.exit_code == 0
    blocks = [line for line in result.stdout.splitlines() if not line.startswith(" ")]
    assert len(blocks) == 2
    assert "حي الرمال" in blocks[0]
    assert "neighbourhood, PSE" in blocks[0]
    assert "مدينة غزة" in blocks[0]
    assert "ar/places/places.tsv:" in result.stdout


@pytest.mark.usefixtures("ready")
def test_where_says_which_names_need_a_place_word() -> None:
    result = run("where", "اشتباكات", "في", "بلدة", "الخيام")
    assert "needs a place word before it" in result.stdout


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("command", ["where", "who"])
def test_nothing_found(command: str) -> None:
    result = run(command, "هطلت أمطار غزيرة")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("rasid: ")
    assert json.loads(run(command, "هطلت أمطار غزيرة", "--json").stdout) == {
        "places" if command == "where" else "actors": []
    }


@pytest.mark.usefixtures("ready")
def test_who_composes_title_and_nationality() -> None:
    result = run("who", "وزير الدفاع السويدي", "--json")
    (actor,) = json.loads(result.stdout)["actors"]
    assert actor["country"] == "SWE"
    kinds = {row["kind"]: row for row in actor["rows"]}
    assert at(kinds["demonym"])[0] == "SWE"
    assert at(kinds["role"])[0] == kinds["role"]["id"]


@pytest.mark.usefixtures("ready")
def test_who_takes_the_country_of_the_article() -> None:
    assert "FIN" in run("who", "رئيس الوزراء", "--country", "fin").stdout
    assert "no country" in run("who", "رئيس الوزراء").stdout
    result = run("who", "رئيس الوزراء", "--country", "XYZ")
    assert result.exit_code == 2
    assert "XYZ" in result.stderr


@pytest.mark.usefixtures("ready")
def test_who_knows_outlets() -> None:
    result = run("who", "نقلت صحيفة يديعوت أحرونوت عن مسؤول")
    assert "ar/actors/outlets.tsv:" in result.stdout
    assert "ISR JRN" in result.stdout


def test_own_tables_decide(mine: tuple[Path, Kit], layout: PageLayout, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, kit = mine
    monkeypatch.setattr(Tools, "load", lambda packs: Tools(layout, kit))
    earlier = run("who", "وزير الخارجية الناوري", "--on", "2020-05-01", "--packs", str(folder), "--json")
    (actor,) = json.loads(earlier.stdout)["actors"]
    assert (actor["id"], actor["name"]) == ("tester", "سامر التجريبي")
    assert f"{folder / 'actors/offices.tsv'}:2" in [row["at"] for row in actor["rows"]]
    assert f"{folder / 'actors/people.tsv'}:2" in [row["at"] for row in actor["rows"]]
    later = run("who", "سامر التجريبي", "--on", "2022-05-01", "--packs", str(folder), "--json")
    assert f"{folder / 'actors/offices.tsv'}:3" in later.stdout
    place = run("where", "لقاء في وادي التجريب", "--packs", str(folder))
    assert f"{folder / 'places/places.tsv'}:2" in place.stdout
