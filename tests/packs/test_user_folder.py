"""Knowledge of a user's own: a folder that is read after ours, adds to it and overrides it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from rasid.ingest import PageLayout
from rasid.model import Reading
from rasid.packs.knowledge import load_knowledge
from rasid.pipeline.examples import check
from rasid.pipeline.kit import Kit, load
from tests.conftest import reading_of

DAY = date(2024, 3, 14)
#: The page that shows how to do it; what it shows is what is tested.
PAGE = Path(__file__).resolve().parents[2] / "docs" / "howto" / "add-knowledge.md"
OTHER_READING = """
- lemma: هادن
  root: ه د ن
  form: III
  event: AGREE
  recipient: [object]
  senses:
    - if: {by: verb, object: human, not: [لم, لن, لا]}
"""
RENAMED = "kalin-ibrahim\t\tIbrahim Kalin\tإبراهيم كالن\tكالن\t\tOMN\t\tEDU"


def shown(name: str) -> str:
    """The block of the page that follows the name of a file."""
    found = re.search(rf"`mine/{re.escape(name)}`.*?```\w*\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    assert found, f"{PAGE.name} shows no {name}"
    return found[1]


def write(folder: Path, name: str, *more: str) -> None:
    """A file of the user as the page shows it, and further lines."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join((shown(name), *more)), "utf-8")


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mine")
    write(folder, "events/consult.yml")
    write(folder, "actors/people.tsv", f"{RENAMED}\n")
    write(folder, "places/places.tsv")
    (folder / "events" / "agree.yml").write_text(OTHER_READING, "utf-8")
    return folder


@pytest.fixture(scope="module")
def wider(mine: Path) -> Kit:
    return load(mine)


def read(text: str, kit: Kit, layout: PageLayout) -> Reading:
    return reading_of(text, kit, layout, DAY)


TEXT = "جالس خلفان الشكيلي قادة المتمردين في قلعة الرملة أمس الأربعاء."


def test_a_verb_a_person_and_a_place_are_added(wider: Kit, kit: Kit, layout: PageLayout, mine: Path) -> None:
    (record,) = read(TEXT, wider, layout).records
    assert (record.event, record.frame.file) == ("CONSULT", str(mine / "events" / "consult.yml"))
    assert [(e.id, e.country, e.sector) for e in record.actor] == [("shukaili", "OMN", "GOV")]
    assert record.place is not None
    assert (record.place.id, record.place.words.text, record.place.radius_km) == (
        "ramla-fort",
        "قلعة الرملة",
        2,
    )
    assert read(TEXT, kit, layout).records == ()


def test_what_ours_knows_stays(wider: Kit, layout: PageLayout) -> None:
    (record,) = read("التقى وزير الخارجية العماني بدر البوسعيدي السفير الأردني.", wider, layout).records
    assert [e.country for e in (*record.actor, *record.recipient)] == ["OMN", "JOR"]


def test_a_row_with_our_id_takes_the_place_of_ours(mine: Path) -> None:
    ours, theirs = load_knowledge(), load_knowledge(mine)
    assert len(theirs.people) == len(ours.people) + 1
    (kalin,) = [p for p in theirs.people if p.id == "kalin-ibrahim"]
    assert (kalin.country, kalin.sector, kalin.strong) == ("OMN", "EDU", ("إبراهيم كالن", "كالن"))


def test_terms_of_a_user_replace_ours_of_the_same_person_role_and_body(tmp_path: Path) -> None:
    (tmp_path / "actors").mkdir()
    head = "person_id\trole_id\torg_id\tcountry\tsector\tfrom\tto\tcertainty\n"
    mine = "kalin-ibrahim\thead-of-intelligence\ttur-mit\tTUR\tSPY\t2023-07-01\t\tsure\n"
    (tmp_path / "actors" / "offices.tsv").write_text(head + mine, "utf-8")
    ours, theirs = load_knowledge(), load_knowledge(tmp_path)
    assert len(theirs.offices) == len(ours.offices)
    terms = [(o.role, o.start) for o in theirs.offices if o.person == "kalin-ibrahim"]
    assert ("head-of-intelligence", "2023-07-01") in terms
    assert ("head-of-intelligence", "2023-06") not in terms
    assert "spokesperson" in {role for role, _ in terms}


def test_a_country_of_a_user_replaces_ours(tmp_path: Path) -> None:
    (tmp_path / "actors").mkdir()
    head = (
        "iso3 name_en name_ar variants_ar demonym_m demonym_f demonym_pl capital_ar capital_variants_ar capital_speaks"
    )
    row = "NRU Nauru ناورو  ناوروي ناوروية ناورويون يارين  yes"
    text = "\n".join(line.replace(" ", "\t") for line in (head, row))
    (tmp_path / "actors" / "countries.tsv").write_text(text, "utf-8")
    (nauru,) = [c for c in load_knowledge(tmp_path).countries if c.iso == "NRU"]
    duals = ("ناورويان", "ناورويين", "ناورويتان", "ناورويتين")  # regular: not in the row
    assert nauru.demonyms == ("ناوروي", "ناوروية", "ناورويون", *duals)


def test_a_frame_of_the_user_wins_over_ours_that_demands_as_much(wider: Kit, layout: PageLayout, mine: Path) -> None:
    (record,) = read("هادنت الحكومة السودانية قادة المتمردين.", wider, layout).records
    assert (record.event, record.frame.file) == ("AGREE", str(mine / "events" / "agree.yml"))


def test_the_examples_of_a_user_are_checked(wider: Kit, mine: Path) -> None:
    assert check(wider, [mine / "events" / "consult.yml"]) == (2, ())


def test_an_empty_folder_changes_nothing(tmp_path: Path) -> None:
    assert load_knowledge(tmp_path) == load_knowledge()
