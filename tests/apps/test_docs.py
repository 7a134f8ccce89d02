"""The reference pages say what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from tools import docs_check

from rasid.apps.cli.failure import Exit
from rasid.apps.cli.main import COMMANDS, cli
from rasid.apps.cli.reporting import WARNINGS
from rasid.export import FORMATS
from rasid.packs.plover import plover
from rasid.pipeline.explain import CLASSES

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def page() -> str:
    return (DOCS / "commands.md").read_text("utf-8")


def command(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_described(name: str, page: str) -> None:
    assert f"\n## rasid {name} " in page
    for option in command(name).params:
        assert all(f"`{text}" in page for text in option.opts if text.startswith("--")), option.opts


def test_formats_codes_and_warnings_are_described(page: str) -> None:
    assert all(f"| `{name}` |" in page for name in FORMATS)
    assert all(str(int(code)) in page for code in Exit)
    assert all(f"`{warning}`" in page for warning in WARNINGS)


def test_the_page_on_plover_has_the_table_that_is_read() -> None:
    lines = (DOCS / "plover.md").read_text("utf-8").splitlines()
    table = [line for line in lines[lines.index("## Types, modes and scores") :] if line.startswith("|")][2:]
    assert len(table) == len(plover())
    for line, kind in zip(table, plover(), strict=True):
        name = kind.event if kind.mode is None else ""
        assert line.startswith(f"| {name} | {kind.mode or ''} | {kind.quad} | {kind.score:g} |")
        assert line.endswith(f"| {kind.meaning} |")


def test_the_sentence_that_the_page_on_language_reads_is_read_so_today() -> None:
    text = (DOCS / "language.md").read_text("utf-8")
    assert "rasid explain examples/reading.txt" in text
    assert [str(fault) for fault in docs_check.stale(DOCS / "language.md", text)] == []


def test_the_page_on_language_names_every_class_kind_and_line() -> None:
    text = (DOCS / "language.md").read_text("utf-8")
    assert all(re.search(rf"\b{name}\b", text) for tag, name in CLASSES.items() if tag != "PUNCT")
    assert all(
        f"| `{label}` |" in text for label in ("words", "phrases", "names", "verbs", "claims", "let go", "record")
    )
