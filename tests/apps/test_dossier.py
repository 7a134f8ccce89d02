"""``rasid dossier`` on the invented negotiation of examples/dossier, read by the real program."""

from __future__ import annotations

import importlib
import json
import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from rasid.apps.cli.main import cli
from rasid.apps.dossier.gather import ask, load_tools, recent
from rasid.language.ar.letters import fold
from rasid.model.fact import event_key
from rasid.packs.stories import read_story
from rasid.store import open_database
from rasid.store.facts import Scope, Wanted, read_facts, read_proofs

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "dossier"
STORY = str(EXAMPLE / "jeddah.yml")


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database of the example."""
    path = str(tmp_path_factory.mktemp("news") / "news.db")
    done = CliRunner().invoke(cli, ["run", str(EXAMPLE / "articles.jsonl"), "--db", path])
    assert done.exit_code == 0, done.output
    return path


@pytest.fixture
def dossier(news: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("RASID_DB", news)
    return lambda *args: CliRunner().invoke(cli, ["dossier", *args])


@pytest.fixture
def data(dossier: Callable[..., Result]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(dossier("--story", STORY, "--format", "json").stdout)
    return found


def test_the_json_has_the_form_of_its_schema(data: dict[str, Any]) -> None:
    schema = json.loads((ROOT / "docs" / "dossier.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(data)


def test_every_number_of_an_act_and_a_proof_leads_somewhere(data: dict[str, Any]) -> None:
    acts = range(len(data["acts"]))
    assert {n for day in data["timeline"] for n in day["acts"]} | set(data["undated"]) == set(acts)
    assert all(n in acts for row in data["meetings"] for n in row["acts"])
    assert {str(r["proof"]) for act in data["acts"] for r in act["records"]} == set(data["proofs"])
    assert all(proof["sentence"] for proof in data["proofs"].values())


def test_the_positions_of_the_example(data: dict[str, Any]) -> None:
    grid = {(p["party"], p["issue"]): p for p in data["positions"]}
    assert (grid["SDN", "ceasefire"]["current"], grid["SDN", "ceasefire"]["changed"]) == ("accepts", True)
    assert [s["stance"] for s in grid["rsf", "ceasefire"]["history"]] == ["accepts with conditions", "accepts"]
    assert grid["EGY", "crossings"]["current"] == "demands"
    assert grid["rsf", "aid"]["current"] is None  # only a Sudanese official says so
    sentence = data["proofs"][str(grid["EGY", "crossings"]["history"][0]["proofs"][0])]
    assert sentence["sentence"][slice(*sentence["trigger"])] in ("تدعو", "دعا")


def test_the_page_is_well_formed_and_needs_no_network(dossier: Callable[..., Result], tmp_path: Path) -> None:
    page = tmp_path / "talks.html"
    assert dossier("--story", STORY, "-o", str(page)).exit_code == 0
    text = page.read_text("utf-8")
    root = ET.fromstring(text.removeprefix("<!DOCTYPE html>\n"))
    said = [" ".join("".join(p.itertext()).split()) for p in root.iter("p") if p.get("dir") == "rtl"]
    assert any("رفض الجيش السوداني الجمعة مقترح الهدنة" in p for p in said)
    assert len(list(root.iter("img"))) == 2
    assert not re.search(r"""(?:src|@import|url\()\s*=?\s*["']?(?!data:)https?:""", text)


def test_every_cell_of_the_page_opens_a_sheet_with_sentences(dossier: Callable[..., Result]) -> None:
    text = dossier("--story", STORY, "--format", "html").stdout
    root = ET.fromstring(text.removeprefix("<!DOCTYPE html>\n"))
    sheets = {sheet.get("id"): sheet for sheet in root.iter("article")}
    links = [a.get("href", "") for td in root.iter("td") for a in td.iter("a")]
    assert len(links) >= 20
    assert all(list(sheets[link.removeprefix("#")].iter("blockquote")) for link in links)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_a_page_does_not_run_what_an_article_says(tmp_path: Path) -> None:
    text = "رفض الجيش السوداني الجمعة مقترح الهدنة <script>alert(1)</script>."
    line = {"id": '"><b>', "text": text, "published": "2024-05-04", "outlet": "<i>", "url": "javascript:alert(1)"}
    (tmp_path / "n.jsonl").write_text(json.dumps(line), "utf-8")
    db = str(tmp_path / "n.db")
    assert CliRunner().invoke(cli, ["run", str(tmp_path / "n.jsonl"), "--db", db]).exit_code == 0
    page = CliRunner().invoke(cli, ["dossier", "--db", db, "--format", "html"]).stdout
    assert "alert(1)" in page
    assert "<script>alert" not in page
    assert "javascript:" not in page


def test_plots_are_written_in_both_formats(dossier: Callable[..., Result], tmp_path: Path) -> None:
    assert dossier("--story", STORY, "--plots", str(tmp_path / "p")).exit_code == 0
    names = {path.name: path.read_bytes()[:8] for path in (tmp_path / "p").iterdir()}
    assert names.keys() == {"curve.svg", "curve.png", "talks-violence.svg", "talks-violence.png"}
    assert names["curve.png"] == b"\x89PNG\r\n\x1a\n"
    ET.parse(tmp_path / "p" / "curve.svg")


def test_without_a_library_for_plots_the_page_says_so(
    dossier: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = importlib.import_module

    def missing(name: str, *args: Any) -> Any:
        if name.startswith("matplotlib"):
            raise ImportError(name)
        return real(name, *args)

    monkeypatch.setattr(importlib, "import_module", missing)
    page = dossier("--story", STORY, "--format", "html")
    assert (page.exit_code, "rasid[plots]" in page.stdout) == (0, True)
    plots = dossier("--story", STORY, "--plots", str(tmp_path / "p"))
    assert (plots.exit_code, "rasid[plots]" in plots.stderr) == (2, True)


def test_the_table_shows_parties_positions_and_what_is_contested(dossier: Callable[..., Result]) -> None:
    shown = dossier("--story", STORY)
    assert shown.exit_code == 0
    assert re.search(r"Rapid Support Forces +side", shown.stdout)
    assert re.search(r"Egypt +outside voice", shown.stdout)
    assert "denied (accusation)" in shown.stdout


def test_options_go_before_the_story_file(dossier: Callable[..., Result]) -> None:
    args = ("--parties", "مصر", "--issues", "crossings", "--since", "2024-05-11", "--until", "2024-05-11")
    found = json.loads(dossier("--story", STORY, *args, "--format", "json").stdout)
    assert found["story"] == {
        "parties": ["EGY"], "issues": ["crossings"], "since": "2024-05-11", "until": "2024-05-11",
    }  # fmt: skip
    assert {act["day"] for act in found["acts"]} == {"2024-05-11"}


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("--parties", "FRA"), 1, ""),
        (("--parties", "nobody"), 2, "rasid who"),
        (("--issues", "nothing"), 2, "ceasefire"),
        (("--since", "soon"), 2, "2024-03"),
        (("--since", "2024-06", "--until", "2024-05"), 2, "lies after"),
        (("--story", "no-such.yml"), 2, "cannot be read"),
    ],
)
def test_exit_codes(dossier: Callable[..., Result], args: tuple[str, ...], code: int, said: str) -> None:
    done = dossier(*args)
    assert done.exit_code == code
    assert said in done.stderr


def test_facts_of_the_store_are_the_records_and_proofs_their_sentences(news: str) -> None:
    database = open_database(news)
    facts = read_facts(database, Scope(parties=(Wanted(countries=("EGY",)),), since=date(2024, 5, 11)), fold)
    asked = next(f for f in facts if f.event == "REQUEST" and f.recipients)
    assert asked.actors[0].entity is not None
    assert (asked.actors[0].country, asked.actors[0].sectors) == ("EGY", ("GOV",))
    assert (asked.issue, asked.outlet, asked.precision) == ("فتح المعابر أمام المساعدات", "قناة الضفاف", "published")
    proof = read_proofs(database, [asked.key])[asked.key]
    assert proof.sentence[proof.start : proof.end] == "دعا"
    assert read_proofs(database, []) == {}
    about: dict[tuple[str, int], list[str]] = defaultdict(list)
    for fact in read_facts(database, Scope(issues=("هدنة",)), fold):
        about[event_key(fact)].append(fact.issue or "")
    assert about
    assert all(any("هدن" in issue for issue in told) for told in about.values())  # an act comes with all its tellings
    database.close()


def test_a_part_alone_is_that_of_the_whole(dossier: Callable[..., Result], news: str) -> None:
    whole = dossier("--story", STORY).stdout
    grid = dossier("--story", STORY, "--only", "positions").stdout.splitlines()[1:]
    days = dossier("--story", STORY, "--only", "timeline").stdout.splitlines()[1:]
    assert len(grid) > 3
    assert len(days) > 3
    assert "\n".join(["POSITIONS", *grid, ""]) in whole
    assert whole.endswith("\n".join(["TIMELINE", *days, ""]))


def test_the_latest_days_are_those_of_the_whole_timeline(news: str) -> None:
    database = open_database(news)
    tools, story = load_tools(read_story(Path(STORY)))
    days = ask(database, story, tools).timeline
    assert len(days) > 4
    made, earlier = recent(database, story, tools, days=3, acts=2)
    assert [(day, [act.keys for act in acts]) for day, acts in made.timeline] == [
        (day, [act.keys for act in acts[:2]]) for day, acts in days[-3:]
    ]
    assert earlier
    made, earlier = recent(database, story, tools, days=len(days) + 1, acts=100)
    assert made.timeline == days
    assert not earlier
    database.close()


def test_acts_between_two_parties_name_both(dossier: Callable[..., Result]) -> None:
    made = json.loads(dossier("--parties", "SDN,rsf", "--between", "--format", "json").stdout)
    parties = [{*act["actors"], *act["recipients"]} for act in made["acts"]]
    assert parties
    assert all({"SDN", "rsf"} <= named | {id.partition(" ")[0] for id in named} for named in parties)
    either = json.loads(dossier("--parties", "SDN,rsf", "--format", "json").stdout)
    assert len(either["acts"]) > len(parties)


def test_a_part_alone_is_no_page(dossier: Callable[..., Result]) -> None:
    done = dossier("--story", STORY, "--only", "timeline", "--format", "json")
    assert done.exit_code == 2
    assert "table" in done.stderr


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*/*.yml")), ids=lambda path: path.stem)
def test_the_stories_of_the_examples_name_what_the_tables_know(path: Path) -> None:
    _, story = load_tools(read_story(path))
    assert story.parties
    assert story.issues
    assert story.since


def test_a_flag_of_a_story_is_yes_or_no(dossier: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "talks.yml"
    path.write_text("parties:\n  - {id: SDN, alone: sometimes}\n", "utf-8")
    done = dossier("--story", str(path))
    assert done.exit_code == 2
    assert "alone: 'sometimes' is neither yes nor no" in done.stderr
