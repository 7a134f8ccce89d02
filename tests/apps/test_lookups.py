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
tester|head-of-intelligence|tur-mit|TUR|SPY|2022-02-01|2022-04-30
fidan-hakan|head-of-intelligence|tur-mit|TUR|SPY|2010-05|2022-01-31
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


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize(
    ("day", "person"), [("2024-09-15", "kalin-ibrahim"), ("2022-03-01", "fidan-hakan"), (None, None)]
)
def test_who_held_an_office_on_the_day(day: str | None, person: str | None) -> None:
    on = ["--on", day] if day else []
    (actor,) = json.loads(run("who", "رئيس الاستخبارات التركية", *on, "--json").stdout)["actors"]
    assert (actor["id"], actor["country"]) == (person, "TUR")
    assert actor["sector"].split(";")[0] == "SPY"
    if person:
        rows = {row["kind"]: row for row in actor["rows"]}
        assert at(rows["person"])[0] == person
        assert at(rows["office"])[:3] == [person, "head-of-intelligence", "tur-mit"]


@pytest.mark.usefixtures("ready")
def test_two_who_held_it_within_a_month_are_candidates() -> None:
    result = run("who", "رئيس الاستخبارات التركية", "--on", "2023-06-10", "--json")
    (actor,) = json.loads(result.stdout)["actors"]
    assert actor["id"] is None
    assert {(c["id"], c["score"]) for c in actor["candidates"]} == {("kalin-ibrahim", 0.5), ("fidan-hakan", 0.5)}
    assert all(at(candidate)[0] == candidate["id"] for candidate in actor["candidates"])
    shown = run("who", "رئيس الاستخبارات التركية", "--on", "2023-06-10").stdout
    assert "or     0.50 kalin-ibrahim: " in shown
    assert ", ar/actors/people.tsv:" in shown


@pytest.mark.usefixtures("ready")
def test_a_capital_is_a_government_for_who_and_a_city_for_where() -> None:
    (actor,) = json.loads(run("who", "تل أبيب", "--json").stdout)["actors"]
    assert (actor["country"], actor["sector"]) == ("ISR", "GOV")
    assert [(c["id"], c["score"]) for c in actor["candidates"]] == [("ISR", 0.7)]
    (place,) = json.loads(run("where", "تل أبيب", "--json").stdout)["places"]
    assert [(r["kind"], r["type"], r["country"], r["score"]) for r in place["readings"]] == [
        ("capital", "capital", "ISR", 0.7)
    ]


@pytest.mark.usefixtures("ready")
def test_a_place_alone_is_an_actor_only_where_it_acts() -> None:
    (actor,) = json.loads(run("who", "القطاع", "--json").stdout)["actors"]
    assert actor["country"] == "PSE"
    assert actor["reason"].startswith("a place, and an actor only where it acts")
    assert at(actor["rows"][0])[0] == "gaza-strip"
    (place,) = json.loads(run("where", "القطاع", "--json").stdout)["places"]
    (reading,) = place["readings"]
    assert (reading["id"], reading["needs_cue"], reading["score"]) == ("gaza-strip", True, 0.5)


@pytest.mark.usefixtures("ready")
def test_a_body_is_that_of_the_day() -> None:
    def codes(day: str) -> tuple[str, str]:
        (actor,) = json.loads(run("who", "قوات الدعم السريع", "--on", day, "--json").stdout)["actors"]
        return actor["id"], actor["sector"]

    assert codes("2022-03-01") == ("rsf-pre", "PRM")
    assert codes("2024-03-01") == ("rsf", "REB")


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
    ours = run("who", "رئيس الاستخبارات التركية", "--on", "2022-03-01", "--packs", str(folder), "--json")
    (moved,) = json.loads(ours.stdout)["actors"]
    assert (moved["id"], moved["name"]) == ("tester", "سامر التجريبي")  # the user's term replaces ours
    place = run("where", "لقاء في وادي التجريب", "--packs", str(folder))
    assert f"{folder / 'places/places.tsv'}:2" in place.stdout
