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
from rasid.packs.check import Finding
from rasid.packs.errors import PackError
from rasid.pipeline import checking, examples
from rasid.pipeline import explain as explanation
from rasid.pipeline import kit as kits

TEXT = "زار الوفد المدينة."


def rasid(*args: object) -> Result:
    return CliRunner().invoke(cli, list(map(str, args)))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_teaches(name: str) -> None:
    result = rasid(name, "--help")
    assert result.exit_code == 0
    for args in ((name,),) if name != "packs" else (("packs", "check"), ("packs", "gaps")):
        result = rasid(*args, "--help")
        assert result.exit_code == 0
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
    finding = Finding("ar/actors/people.tsv", 12, "country 'XX' is no code")
    monkeypatch.setattr(kits, "load", lambda packs: None)
    monkeypatch.setattr(checking, "check_tables", lambda kit, packs: ())
    monkeypatch.setattr(examples, "check", lambda kit, files: (7, (failure,)))
    result = rasid("packs", "check")
    assert result.exit_code == 1
    assert "ar/events/aid.yml:31: no event found\n    أرسلت الوزارة قافلة\n" in result.stdout
    monkeypatch.setattr(examples, "check", lambda kit, files: (7, ()))
    result = rasid("packs", "check")
    assert (result.exit_code, result.stdout) == (0, "tables: 0 findings\n7 examples, 0 of them fail\n")
    monkeypatch.setattr(checking, "check_tables", lambda kit, packs: (finding,))
    result = rasid("packs", "check")
    assert result.exit_code == 1
    assert result.stdout.startswith("ar/actors/people.tsv:12: ")
    assert "country 'XX' is no code" in result.stdout


def test_packs_check_takes_files_or_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[object] = []
    (tmp_path / "events").mkdir()
    own = tmp_path / "events" / "aid.yml"
    own.write_text("[]", "utf-8")

    def check(kit: object, files: object) -> tuple[int, tuple[()]]:
        asked.append(files)
        return 0, ()

    def check_tables(kit: object, packs: object) -> tuple[()]:
        asked.append(packs)
        return ()

    monkeypatch.setattr(kits, "load", lambda packs: None)
    monkeypatch.setattr(examples, "check", check)
    monkeypatch.setattr(checking, "check_tables", check_tables)
    rasid("packs", "check")
    rasid("packs", "check", own)
    rasid("packs", "check", "--packs", tmp_path)
    assert asked == [None, None, (own,), tmp_path, (own,)]


def test_packs_check_of_a_folder_of_tables_only(tmp_path: Path) -> None:
    (tmp_path / "actors").mkdir()
    table = tmp_path / "actors" / "offices.tsv"
    head = "person_id role_id org_id country sector from to certainty".replace(" ", "\t")
    table.write_text(f"{head}\nnobody\tpresident\t\tOMN\tGOV\t2001\t\tyear\n", "utf-8")
    result = rasid("packs", "check", "--packs", tmp_path)
    assert result.exit_code == 1
    first, *rest = result.stdout.splitlines()
    assert first.startswith(f"{table}:2: ")
    assert rest == ["tables: 1 findings", "0 examples, 0 of them fail"]


def test_packs_check_names_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(packs: Path | None) -> None:
        raise PackError("ar/events/aid.yml", 3, "no event")

    monkeypatch.setattr(kits, "load", load)
    result = rasid("packs", "check")
    assert (result.exit_code, result.stderr) == (2, "rasid: ar/events/aid.yml:3: no event\n")


# ---------------------------------------------------------------- packs gaps


@pytest.fixture
def ready(kit: kits.Kit, layout: PageLayout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Tools, "load", lambda packs: Tools(layout, kit))


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Six articles that name the same unknown minister, the last two another one too."""
    said = "قال وزير الطاقة شاهين مرعشلاوي إن الوفد غادر العاصمة بعد محادثات طويلة مع المسؤولين."
    more = " وغاب المحافظ زاهر قندلفتاوي عن الاجتماع الذي عقد في المدينة."
    path = tmp_path / "news.jsonl"
    articles = [{"id": f"a{n}", "text": said + (more if n > 3 else "")} for n in range(6)]
    path.write_text("".join(json.dumps(each) + "\n" for each in articles), "utf-8")
    return path


@pytest.mark.usefixtures("ready")
def test_gaps_are_listed_with_count_and_place(news: Path) -> None:
    result = rasid("packs", "gaps", news, "--top", 1)
    assert result.exit_code == 0
    assert "6 articles; 8 times a title with a name, 2 different" in result.stdout
    assert "of the 2 most frequent the tables do not know 2 (100.0%)" in result.stdout
    (line,) = [line for line in result.stdout.splitlines() if "مرعشلاوي" in line]
    assert line.split()[0] == "6"
    assert line.endswith(" a0:4")
    assert "قندلفتاوي" not in result.stdout


@pytest.mark.usefixtures("ready")
def test_gaps_as_json_of_a_sample(news: Path) -> None:
    found = json.loads(rasid("packs", "gaps", news, "--json", "--limit", 3, "--among", 1).stdout)
    assert (found["articles"], found["considered"], found["share"]) == (3, 1, 1.0)
    first, second = found["titles"]
    assert (first["count"], first["article"], second["article"]) == (3, "a0", "a4")  # a0, a2, a4: spread evenly
    assert text_of(news, "a4")[second["start"] :].startswith(second["text"])


@pytest.mark.usefixtures("ready")
def test_gaps_of_inputs_that_fail(news: Path, tmp_path: Path) -> None:
    result = rasid("packs", "gaps", news, tmp_path / "gone.txt")
    assert result.exit_code == 3
    assert "[missing-file]" in result.stderr
    nothing = rasid("packs", "gaps", tmp_path / "gone.txt")
    assert nothing.exit_code == 1


def text_of(news: Path, name: str) -> str:
    texts = {each["id"]: each["text"] for each in map(json.loads, news.read_text("utf-8").splitlines())}
    return str(texts[name])


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
