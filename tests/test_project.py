"""The project as a whole: its metadata, its rules for source files, its documents and tools."""

from __future__ import annotations

import ast
import contextlib
import dataclasses
import importlib
import inspect
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from tools import docs_check, floors

import rasid
from rasid.apps.cli.main import cli
from rasid.score import read_gold
from rasid.store import open_database

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "src" / "rasid").rglob("*.py"))
DATA = ROOT / "src" / "rasid" / "packs" / "data"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
#: Names under which distributions are imported, where they differ.
IMPORTED = {"pyyaml": "yaml", "arabic-reshaper": "arabic_reshaper", "python-bidi": "bidi"}


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# ---------------------------------------------------------------- metadata


def test_one_version() -> None:
    assert PROJECT["version"] == rasid.__version__
    assert f"\n## {rasid.__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_python_versions_are_said_as_they_are() -> None:
    assert PROJECT["requires-python"] == ">=3.11"
    named = {c.rpartition(" ")[2] for c in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", c)}
    assert named >= {"3.11", "3.12", "3.13", "3.14"}
    assert sys.version_info >= (3, 11)


def test_the_extra_all_names_every_extra_for_users() -> None:
    extras = PROJECT["optional-dependencies"]
    (everything,) = extras["all"]
    named = set(everything.removeprefix("rasid[").removesuffix("]").split(","))
    assert named == set(extras) - {"all", "dev"}


def test_every_library_that_is_imported_is_declared() -> None:
    optional = [line for extra in PROJECT["optional-dependencies"].values() for line in extra]
    declared = {
        IMPORTED.get(name, name)
        for line in (*PROJECT["dependencies"], *optional)
        for name in re.findall(r"^[A-Za-z_-]+", line)
    }
    used = {module.partition(".")[0] for path in SOURCES for module in imports(ast.parse(path.read_text("utf-8")))}
    assert used - declared - set(sys.stdlib_module_names) - {"rasid", "__future__"} == set()


def test_licence_and_notice_are_there() -> None:
    """The program's licence, and those of the data in it: each is named, and its note is packed."""
    assert set(PROJECT["license"].split(" AND ")) == {"Apache-2.0", "CC-BY-SA-3.0", "CC-BY-4.0"}
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")
    packed = {path for name in PROJECT["license-files"] for path in ROOT.glob(name)}
    assert packed >= {ROOT / "LICENSE", ROOT / "NOTICE", *DATA.rglob("LICENSE*")}


def test_every_weights_file_has_its_licence_and_its_page() -> None:
    files = [path for path in (DATA / "ar" / "weights").iterdir() if not path.name.startswith("LICENSE")]
    notes = {path.name: path.read_text("utf-8") for path in (DATA / "ar" / "weights").glob("LICENSE-*.txt")}
    pages = "".join(path.read_text("utf-8") for path in (ROOT / "docs" / "models").glob("*.md"))
    assert files
    for path in files:
        assert path.name in pages or any(path.name in note for note in notes.values()), path.name
    share_alike = " ".join(note for note in notes.values() if "creativecommons.org/licenses/by-sa/3.0" in note)
    for name in ("segmenter.json", "verbs.json", "roles.json", "names.json"):
        assert name in share_alike
        assert name in (ROOT / "NOTICE").read_text("utf-8")
    assert sum(path.stat().st_size for path in files) <= 15_000_000


def test_a_machine_runs_the_checks_and_then_the_tests() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text("utf-8").split()[-4:] == ["make", "check", "make", "test"]


# ---------------------------------------------------------------- sources


def imports(tree: ast.AST) -> Iterator[str]:
    """The modules that a source file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


@pytest.mark.parametrize("path", SOURCES, ids=shown)
def test_a_module_says_what_it_is_and_imports_at_the_top(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree)
    if path.is_relative_to(ROOT / "src" / "rasid" / "apps" / "cli"):
        return
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            ours = [module for module in imports(function) if module.partition(".")[0] == "rasid"]
            assert ours == [], function.name


@pytest.mark.parametrize("path", SOURCES, ids=shown)
def test_only_doors_and_exporters_serialise(path: Path) -> None:
    if {"apps", "export", "store"} & set(path.parts) or path.parts[-2:] == ("pipeline", "cache.py"):
        return  # the cache keeps what the program itself reads again, and no result
    calls = re.findall(r"\b(?:json\.dumps?|yaml\.dump|csv\.writer|pickle\.\w+)\b", path.read_text("utf-8"))
    assert calls == []


def test_importing_rasid_costs_nothing() -> None:
    program = "import sys, rasid; before = set(sys.modules); rasid.code; print(*before)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not any(name.startswith(("rasid.", "sqlalchemy")) for name in done.stdout.split())
    stub = (ROOT / "src" / "rasid" / "__init__.pyi").read_text("utf-8")
    assert {*re.findall(r" as (\w+)$", stub, re.M), "__version__"} == set(rasid.__all__)
    assert all(getattr(rasid, name) is not None for name in rasid.__all__)


@pytest.mark.parametrize("path", SOURCES, ids=shown)
def test_no_function_changes_the_state_of_its_module(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert not any(isinstance(node, ast.Global) for node in ast.walk(tree))


def test_values_are_frozen_and_slotted() -> None:
    for path in sorted((ROOT / "src" / "rasid" / "model").glob("[a-z]*.py")):
        module = importlib.import_module(f"rasid.model.{path.stem}")
        for _, value in inspect.getmembers(module, dataclasses.is_dataclass):
            assert vars(value)["__dataclass_params__"].frozen, value
            assert "__slots__" in vars(value), value


def test_what_ships_is_small() -> None:
    large = [shown(path) for path in docs_check.files() if path.stat().st_size > 2_000_000]
    assert large == []


# ---------------------------------------------------------------- what the how-to pages show


def blocks(name: str, language: str) -> list[str]:
    """The blocks of code of a how-to page."""
    text = (ROOT / "docs" / "howto" / name).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)


def test_the_python_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "one.txt").write_text("رفضت الحكومة السودانية مقترح الهدنة.", "utf-8")
    filled = CliRunner().invoke(cli, ["run", "news", "--db", "news.db", "--published", "2024-09-13"])
    assert filled.exit_code == 0, filled.output
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile("\n".join(blocks("python.md", "python")), "python.md", "exec"), {})
        exec(compile("\n".join(blocks("database.md", "python")), "database.md", "exec"), {})
    lines = printed.getvalue().splitlines()
    assert any(line.startswith("CONSULT التقى") for line in lines)
    assert "one 1 REJECT" in lines
    assert "Counts(articles=1, records=1, problems=0)" in lines
    assert json.loads((tmp_path / "events.jsonl").read_text("utf-8"))["id"] == "one"


def test_the_sql_of_the_page_runs(tmp_path: Path) -> None:
    open_database(tmp_path / "news.db", create=True).close()
    with contextlib.closing(sqlite3.connect(tmp_path / "news.db")) as connection:
        for statement in "".join(blocks("database.md", "sql")).split(";"):
            assert connection.execute(statement).fetchall() == []


def test_the_gold_of_the_page_is_gold(tmp_path: Path) -> None:
    (block,) = blocks("score.md", "json")
    (tmp_path / "a-17.json").write_text(block, "utf-8")
    (article,) = read_gold(tmp_path)
    assert article.sentences == ((0, len(article.text)),)
    (record,) = article.records
    assert [article.text[p.start : p.end] for p in record.pieces] == [p.text for p in record.pieces]


# ---------------------------------------------------------------- tools


def page(tmp_path: Path, text: str) -> Path:
    """A page of a project of its own."""
    path = tmp_path / "page.md"
    path.write_text(text, "utf-8")
    return path


def test_dead_links_are_found(tmp_path: Path) -> None:
    path = page(tmp_path, "# A title, here\n[a](page.md#a-title-here) [b](gone.md) [c](#no) [d](https://x.org)\n")
    said = [fault.text for fault in docs_check.links(path, path.read_text("utf-8"))]
    assert said == ["dead link gone.md", "no heading for the link #no"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("rasid code a.txt --format table -o x", []),
        ("cat a | rasid code - --explian", ["no option --explian of 'rasid code'"]),
        ("rasid cod a.txt", ["no command 'rasid cod'"]),
        ("rasid packs check --packs mine", []),
        ("rasid packs check --format x", ["no option --format of 'rasid check'"]),
        ("make demo && make nonsense", ["no target 'nonsense' in the Makefile"]),
    ],
)
def test_calls_that_would_fail_are_found(code: str, said: list[str], tmp_path: Path) -> None:
    for text in (f"Say `{code}`.\n", f"```sh\n{code}\n```\n"):
        path = page(tmp_path, text)
        assert [fault.text for fault in docs_check.commands(path, text)] == said


def test_files_that_are_not_there_are_found(tmp_path: Path) -> None:
    text = "docs/frames.md, `packs/data/ar/actors/{people,gone}.tsv`, packs/data/ar/events/<type>.yml\n"
    path = page(tmp_path, text)
    assert [f.text for f in docs_check.named_files(path, text)] == ["no file packs/data/ar/actors/gone.tsv"]


def test_generated_blocks_are_renewed_and_stale_ones_found(tmp_path: Path) -> None:
    text = "<!-- output: rasid --version -->\nold\n<!-- end -->\n<!-- paste: x -->\nkept\n<!-- end -->\n"
    path = page(tmp_path, text)
    (fault,) = docs_check.stale(path, text)
    assert "is stale" in fault.text
    fresh = docs_check.renewed(text, ("x", "pasted\n"))
    assert f"$ rasid --version\nrasid {rasid.__version__}\n" in fresh
    assert "```text\npasted\n```" in fresh
    assert list(docs_check.stale(path, docs_check.renewed(text))) == []


def test_floors_name_figures_that_exist() -> None:
    wanted = tomllib.loads(floors.FLOORS.read_text("utf-8"))
    assert set(wanted) == {"gold", "gsr", "examples"}
    assert set(wanted["gsr"]) <= set(floors.TYPES)
    assert set(wanted["gold"]) >= {"event", "who", "whom", "core", "slices"}
    assert set(wanted["examples"]) == {"failing_at_most"}


def test_floors_are_skipped_where_there_is_no_gold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(floors, "SHARED", tmp_path)
    assert floors.main([]) == 0
    assert capsys.readouterr().out == "floors: skipped, there is no gold beside the project\n"


def test_figures_are_put_between_their_markers() -> None:
    page = "a\n<!-- short: begin -->\nold\n<!-- short: end -->\nb\n"
    assert floors.filled(page, {"short": "new"}) == page.replace("old", "new")
    with pytest.raises(ValueError, match="no block 'other'"):
        floors.filled(page, {"other": ""})
