"""The other commands, and the command line itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rasid import __version__
from rasid.apps.cli.common import Tools
from rasid.apps.cli.main import COMMANDS, cli
from rasid.ingest import PageLayout
from rasid.packs.errors import PackError
from rasid.pipeline import examples
from rasid.pipeline import explain as explanation
from rasid.pipeline import kit as kits

TEXT = "زار الوفد المدينة."


def rasid(*args: object) -> Result:
    return CliRunner().invoke(cli, list(map(str, args)))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_teaches(name: str) -> None:
    result = rasid(name, "--help")
    assert result.exit_code == 0
    if name != "packs":
        assert "Examples:" in result.stdout
        assert "Exit codes:" in result.stdout


def test_help_names_every_command() -> None:
    text = rasid("--help").stdout
    assert all(f"\n  {name} " in text for name in COMMANDS)
    assert rasid("--version").stdout == f"rasid {__version__}\n"
    assert rasid("nonsense").exit_code == 2


def test_the_command_line_loads_a_command_only_when_it_is_called() -> None:
    program = "import sys, rasid.apps.cli.main; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "rasid.apps.cli.main" in loaded
    assert not loaded & {"rasid.pipeline", "rasid.export", "rasid.ingest", "openpyxl", "trafilatura", "yaml"}


# ---------------------------------------------------------------- score


@pytest.fixture
def coded(tmp_path: Path) -> tuple[Path, Path]:
    """A folder with two gold articles, and predictions that are right for one of them."""
    record = {
        "event": "CONSULT",
        "mode": "visit",
        "trigger": {"text": "زار", "start": 0, "end": 3},
        "actor": [{"text": "الوفد", "start": 4, "end": 9, "name": "الوفد", "country": "OMN"}],
        "recipient": [],
        "status": "actual",
        "source": [],
    }
    gold = tmp_path / "gold"
    gold.mkdir()
    for name in ("a", "b"):
        article = {"id": name, "text": TEXT, "sentences": [[0, len(TEXT)]], "records": [record]}
        (gold / f"{name}.json").write_text(json.dumps(article), "utf-8")
    pred = tmp_path / "pred.jsonl"
    wrong = {**record, "event": "AID"}
    lines = [{"id": "a", "records": [record]}, {"id": "b", "records": [wrong]}]
    pred.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return gold, pred


def test_score_prints_figures(coded: tuple[Path, Path]) -> None:
    result = rasid("score", *coded, "--errors", 5)
    assert result.exit_code == 0
    assert "event         0.500  0.500  0.500" in result.stdout
    assert "CONSULT       1.000  0.500  0.667" in result.stdout
    assert "missed  b  gold CONSULT «زار» الوفد → ∅  |  got -" in result.stdout


def test_score_as_json_with_intervals(coded: tuple[Path, Path]) -> None:
    result = rasid("score", *coded, "--json", "--bootstrap", 200)
    figures = json.loads(result.stdout)
    assert figures["articles"] == 2
    assert figures["fields"]["event"] == {
        "p": 0.5, "r": 0.5, "f1": 0.5, "right": 1, "gold": 2, "pred": 2, "low": 0.0, "high": 1.0,
    }  # fmt: skip
    assert figures["types"]["AID"]["pred"] == 1
    assert "–" in rasid("score", *coded, "--bootstrap", 200).stdout


def test_score_of_some_articles(coded: tuple[Path, Path], tmp_path: Path) -> None:
    ids = tmp_path / "ids.txt"
    ids.write_text("b\n", "utf-8")
    only = json.loads(rasid("score", *coded, "--json", "--only", ids).stdout)
    without = json.loads(rasid("score", *coded, "--json", "--except", ids).stdout)
    assert only["fields"]["event"]["f1"] == 0
    assert without["fields"]["event"]["f1"] == 1
    nothing = rasid("score", *coded, "--only", ids, "--except", ids)
    assert nothing.exit_code == 2
    assert nothing.stderr == "rasid: --only, --except: no gold article is left\n"


def test_floors_decide_the_exit_code(coded: tuple[Path, Path], tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text("[fields]\nevent = 0.5\n[types]\nCONSULT = 0.6\n", "utf-8")
    assert rasid("score", *coded, "--floors", floors).exit_code == 0
    floors.write_text("[fields]\nevent = 0.51\n[types]\nRETREAT = 0.1\n", "utf-8")
    result = rasid("score", *coded, "--floors", floors)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "rasid: event: F1 0.500 is under its floor 0.510",
        "rasid: RETREAT: F1 none is under its floor 0.100",
    ]


def test_files_that_cannot_be_scored(coded: tuple[Path, Path], tmp_path: Path) -> None:
    gold, pred = coded
    pred.write_text("{", "utf-8")
    result = rasid("score", gold, pred)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"rasid: {pred} line 1: ")
    assert len(result.stderr.splitlines()) == 1
    assert rasid("score", tmp_path / "none", pred).exit_code == 2


# ---------------------------------------------------------------- packs check


def test_packs_check_prints_file_and_line(monkeypatch: pytest.MonkeyPatch) -> None:
    failure = examples.Failure("ar/events/aid.yml", 31, "أرسلت الوزارة قافلة", "no event found")
    monkeypatch.setattr(kits, "load", lambda packs: None)
    monkeypatch.setattr(examples, "check", lambda kit, files: (7, (failure,)))
    result = rasid("packs", "check")
    assert result.exit_code == 1
    assert "ar/events/aid.yml:31: no event found\n    أرسلت الوزارة قافلة\n" in result.stdout
    monkeypatch.setattr(examples, "check", lambda kit, files: (7, ()))
    result = rasid("packs", "check")
    assert (result.exit_code, result.stdout) == (0, "7 examples, 0 of them fail\n")


def test_packs_check_takes_files_or_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[object] = []
    (tmp_path / "events").mkdir()
    own = tmp_path / "events" / "aid.yml"
    own.write_text("[]", "utf-8")

    def check(kit: object, files: object) -> tuple[int, tuple[()]]:
        asked.append(files)
        return 0, ()

    monkeypatch.setattr(kits, "load", lambda packs: None)
    monkeypatch.setattr(examples, "check", check)
    rasid("packs", "check")
    rasid("packs", "check", own)
    rasid("packs", "check", "--packs", tmp_path)
    assert asked == [None, (own,), (own,)]


def test_packs_check_names_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(packs: Path | None) -> None:
        raise PackError("ar/events/aid.yml", 3, "no event")

    monkeypatch.setattr(kits, "load", load)
    result = rasid("packs", "check")
    assert (result.exit_code, result.stderr) == (2, "rasid: ar/events/aid.yml:3: no event\n")


# ---------------------------------------------------------------- explain


def test_explain_prints_the_analysis(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    layout = PageLayout.load(None)
    monkeypatch.setattr(Tools, "load", lambda packs: Tools(layout, None))  # type: ignore[arg-type]
    monkeypatch.setattr(explanation, "explain", lambda article, kit: f"analysis of {article.id}")
    path = tmp_path / "one.txt"
    path.write_text("زار وفد من الوزارة المخيم الواقع شمال المدينة صباح الأحد.", "utf-8")
    result = rasid("explain", path)
    assert (result.exit_code, result.stdout) == (0, "analysis of one\n")
    result = rasid("explain", path, tmp_path / "gone.txt")
    assert result.exit_code == 3
    assert "[missing-file]" in result.stderr
