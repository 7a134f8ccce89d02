"""``rasid code`` with a kit that codes by rote: what is written where, and what the caller is told."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

import rasid.apps.cli.code as command
from rasid.apps.cli import reporting
from rasid.apps.cli.common import Tools
from rasid.apps.cli.main import cli
from rasid.export import FORMATS
from rasid.ingest import PageLayout
from rasid.model import Article, Entity, FrameRef, Problem, Reading, Record, Span, Words
from rasid.packs.errors import PackError
from rasid.pipeline import article as path_of_article

ONE = "رفض المجلس مقترح الهدنة الجديد بعد جلسة طويلة.\n"
TWO = "أعلنت الوزارة إرسال قافلة مساعدات إلى المخيم شمال المدينة.\n"

Run = Callable[..., Result]


def by_rote(article: Article, kit: object) -> Reading:
    """A record of the first word of each article; one that begins with «انفجر» breaks the program."""
    first = article.text.split()[0]
    if first == "انفجر":
        raise RuntimeError("no such thing")
    span = Span(article.text.index(first), article.text.index(first) + len(first))
    words = Words(first, span)
    record = Record(
        id=f"{article.id}:1",
        event="REJECT",
        mode=None,
        trigger=words,
        actor=(Entity(words, "المجلس", "YEM", "GOV"),),
        recipient=(),
        sentence=Span(0, len(article.text)),
        frame=FrameRef("REJECT/رفض", "ar/events/reject.yml", 1),
    )
    problems = () if article.published else (Problem(article.id, "no-date", "give --published"),)
    return Reading(article, (record,), problems)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs the command line in a folder with two articles."""
    layout = PageLayout.load(None)
    monkeypatch.setattr(Tools, "load", lambda packs: Tools(layout, None))  # type: ignore[arg-type]
    monkeypatch.setattr(path_of_article, "read", by_rote)
    monkeypatch.chdir(tmp_path)
    Path("one.txt").write_text(ONE, "utf-8")
    Path("two.txt").write_text(TWO, "utf-8")

    def invoke(*args: str, **options: Any) -> Result:
        return CliRunner().invoke(cli, list(args), **options)

    return invoke


def rows(result: Result) -> list[Any]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def certain_to(*certainties: float, same_as: tuple[int | None, ...] = ()) -> Callable[[Article, object], Reading]:
    """Reads records of these certainties."""

    def read(article: Article, kit: object) -> Reading:
        reading = by_rote(article, kit)
        links = same_as or (None,) * len(certainties)
        records = (
            replace(reading.records[0], id=f"x:{n}", certainty=certainty, same_as=link)
            for n, (certainty, link) in enumerate(zip(certainties, links, strict=True), 1)
        )
        return replace(reading, records=tuple(records))

    return read


def test_a_least_certainty_leaves_records_out_and_says_how_many(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(path_of_article, "read", certain_to(0.9, 0.3, 0.5))
    result = run("code", "one.txt", "two.txt", "--published", "2024-09-13", "--min-certainty", "0.5")
    assert [record["certainty"] for line in rows(result) for record in line["records"]] == [0.9, 0.5] * 2
    assert result.stderr == "rasid: standard output: 2 of 6 records left out: certainty under 0.5 [left-out]\n"
    assert result.exit_code == 0
    assert run("code", "one.txt", "--min-certainty", "1.5").exit_code == 2
    everything = run("code", "one.txt", "--published", "2024-09-13")
    assert len(rows(everything)[0]["records"]) == 3
    assert everything.stderr == ""


def test_tellings_of_an_act_stay_linked_when_the_first_is_left_out(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    read = certain_to(0.2, 0.9, 0.8, 0.7, 0.6, same_as=(None, None, 1, 2, 1))
    monkeypatch.setattr(path_of_article, "read", read)
    (line,) = rows(run("code", "one.txt", "--min-certainty", "0.5"))
    assert [(record["id"], record["same_as"]) for record in line["records"]] == [
        ("x:2", None), ("x:3", None), ("x:4", 1), ("x:5", 2),
    ]  # fmt: skip


def left_behind() -> list[str]:
    return sorted(path.name for path in Path().iterdir() if path.name not in ("one.txt", "two.txt"))


def test_records_are_the_default_where_nobody_looks(run: Run) -> None:
    result = run("code", "one.txt", "two.txt", "--published", "2024-09-13")
    assert result.exit_code == 0
    assert [row["id"] for row in rows(result)] == ["one", "two"]
    assert rows(result)[0]["published"] == "2024-09-13"
    assert result.stderr == ""


def test_warnings_are_told_and_are_no_failure(run: Run) -> None:
    result = run("code", "one.txt")
    assert result.exit_code == 0
    assert result.stderr == "rasid: one: give --published [no-date]\n"
    assert rows(result)[0]["problems"][0]["code"] == "no-date"


def test_standard_input(run: Run) -> None:
    result = run("code", "-", "--published", "2024-09-13", input=ONE.encode())
    assert result.exit_code == 0
    assert rows(result)[0]["text"].startswith("رفض")


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        (["one.txt"], 0),
        (["one.txt", "gone.txt"], 3),
        (["gone.txt"], 1),
        (["empty.txt", "gone.txt"], 1),
        (["broken.txt"], 1),
        (["broken.txt", "one.txt"], 3),
        (["english.txt", "one.txt"], 3),
        ([], 2),
    ],
)
def test_exit_codes(run: Run, inputs: list[str], code: int) -> None:
    Path("empty.txt").touch()
    Path("broken.txt").write_text("انفجر خط أنابيب قرب الحدود بين البلدين صباح اليوم.", "utf-8")
    Path("english.txt").write_text("The council rejected the proposal for a truce on Monday.", "utf-8")
    result = run("code", *inputs, "--published", "2024-09-13")
    assert result.exit_code == code
    if inputs:
        assert len(rows(result)) == len(inputs)  # every input has a line, coded or not


def test_one_bad_article_leaves_the_others_untouched(run: Run) -> None:
    lines = [
        {"id": "a", "text": ONE, "published": "2024-01-02"},
        {"id": "b", "text": 7},
        {"id": "c", "text": "انفجر خط أنابيب قرب الحدود بين البلدين صباح اليوم.", "published": "2024-01-02"},
        {"id": "d", "text": TWO, "published": "2024-01-02"},
    ]
    Path("in.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n{\n", "utf-8")
    result = run("code", "in.jsonl")
    assert result.exit_code == 3
    found = {row["id"]: row for row in rows(result)}
    assert found["a"]["records"]
    assert found["d"]["records"]
    assert found["c"]["problems"][0]["code"] == "internal-error"
    assert "in.jsonl:2: " in result.stderr
    assert "in.jsonl:5: " in result.stderr
    assert "RuntimeError: no such thing" in result.stderr
    assert all(line.startswith("rasid: ") for line in result.stderr.splitlines())


def test_problems_cannot_steer_the_terminal(run: Run) -> None:
    result = run("code", "gone\x1b[2J.txt")
    assert "\x1b" not in result.stderr


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_be_written_to_a_file(run: Run, name: str) -> None:
    result = run("code", "one.txt", "--format", name, "-o", "out.bin", "--published", "2024-09-13")
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert left_behind() == ["out.bin"]
    assert Path("out.bin").stat().st_size > 50


def test_the_name_of_the_output_decides_the_format(run: Run) -> None:
    for name in ("e.xlsx", "e.csv", "e.jsonl", "e.parquet"):
        assert run("code", "one.txt", "-o", name, "--published", "2024-09-13").exit_code == 0
    assert openpyxl.load_workbook("e.xlsx").sheetnames == ["events", "problems"]
    assert Path("e.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert json.loads(Path("e.jsonl").read_text("utf-8"))["id"] == "one"
    assert Path("e.parquet").read_bytes().startswith(b"PAR1")


@pytest.mark.parametrize("name", ["polecat", "icews", "phoenix", "dyad-week"])
def test_the_name_of_the_output_decides_the_layout_of_data_sets(run: Run, name: str) -> None:
    for end in ("csv", "tsv", "parquet"):
        args = ("code", "one.txt", "--format", name, "-o", f"e.{end}", "--published", "2024-09-13")
        assert run(*args).exit_code == 0
    assert Path("e.parquet").read_bytes().startswith(b"PAR1")
    assert b"," in Path("e.csv").read_bytes()
    tab = Path("e.tsv").read_text("utf-8")
    assert "," not in tab
    assert ("\t" in tab) == (name != "phoenix" or "YEM" in tab)


def test_what_has_no_row_is_said_on_standard_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(article: Article, kit: object) -> Reading:
        reading = by_rote(article, kit)
        return replace(reading, records=tuple(replace(record, status="negated") for record in reading.records))

    monkeypatch.setattr(path_of_article, "read", denied)
    args = ("code", "one.txt", "two.txt", "--format", "polecat", "--published", "2024-09-13")
    result = run(*args)
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr.startswith("rasid: standard output: 2 of 2 records left out: negated 2; --all-statuses ")
    assert len(run(*args, "--all-statuses").stdout.splitlines()) == 3


@pytest.mark.parametrize("option", ["--all-statuses", "--date-fallback"])
def test_options_of_data_sets_are_refused_elsewhere(run: Run, option: str) -> None:
    result = run("code", "one.txt", "--format", "csv", option)
    assert result.exit_code == 2
    assert "polecat" in result.stderr


def test_explain_and_visual_mean_a_table(run: Run) -> None:
    result = run("code", "one.txt", "--explain")
    assert "ar/events/reject.yml:1" in result.stdout
    assert "\x1b" not in result.stdout
    assert "REJECT" in run("code", "one.txt", "--visual").stdout
    assert run("code", "one.txt", "--explain", "--format", "csv").exit_code == 2


@pytest.mark.parametrize("place", ["no/such/folder/out.csv", ".", "one.txt/out.csv"])
def test_unwritable_output_is_refused_before_any_work(run: Run, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(packs: Path | None) -> Tools:
        raise AssertionError("work was begun")

    monkeypatch.setattr(Tools, "load", forbidden)
    result = run("code", "one.txt", "-o", place)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"rasid: {place}: ")
    assert len(result.stderr.splitlines()) == 1
    assert left_behind() == []


def test_an_input_is_never_overwritten(run: Run) -> None:
    result = run("code", "one.txt", "-o", "./one.txt")
    assert result.exit_code == 2
    assert Path("one.txt").read_text("utf-8") == ONE


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt(), ValueError()])
def test_a_half_written_file_is_never_left(run: Run, fault: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("out.csv").write_text("old", "utf-8")

    def articles(self: Tools, *args: object) -> Iterator[Article]:
        yield Article("a", ONE)
        raise fault

    monkeypatch.setattr(Tools, "articles", articles)
    result = run("code", "one.txt", "-o", "out.csv")
    assert left_behind() == ["out.csv"]
    assert Path("out.csv").read_text("utf-8") == "old"
    if isinstance(fault, OSError):
        assert (result.exit_code, result.stderr.splitlines()[-1]) == (
            2,
            "rasid: out.csv: No space left on device",
        )
    elif isinstance(fault, KeyboardInterrupt):
        assert (result.exit_code, result.stderr.splitlines()[-1]) == (130, "rasid: stopped")


def test_a_finished_file_replaces_the_old_one_and_keeps_its_mode(run: Run) -> None:
    out = Path("out.csv")
    out.write_text("old", "utf-8")
    out.chmod(0o640)
    link = Path("link.csv")
    link.symlink_to(out)
    assert run("code", "one.txt", "-o", "link.csv", "--published", "2024-09-13").exit_code == 0
    assert link.is_symlink()
    assert "REJECT" in out.read_text("utf-8")
    assert stat.S_IMODE(out.stat().st_mode) == 0o640


def test_devices_are_written_as_they_are(run: Run) -> None:
    assert run("code", "one.txt", "-o", os.devnull, "--published", "2024-09-13").exit_code == 0
    assert Path(os.devnull).is_char_device()


def test_a_closed_pipe_is_no_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(self: object, *args: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(type(FORMATS["records"]), "write", closed)
    result = run("code", "one.txt")
    assert result.exit_code == 141
    assert result.stderr == ""


def test_knowledge_that_cannot_be_read_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()

    def broken(*args: object) -> object:
        raise PackError("mine/events/aid.yml", 4, "unknown key 'typo'")

    monkeypatch.setattr("rasid.pipeline.kit.load", broken)
    result = CliRunner().invoke(cli, ["code", "x.txt"])
    assert result.exit_code == 2
    assert result.stderr == "rasid: mine/events/aid.yml:4: unknown key 'typo'\n"


@pytest.mark.parametrize(
    "args",
    [["one.txt", "--published", "13/9/2024"], ["one.txt", "--format", "pdf"], ["one.txt", "--packs", "none"]],
)
def test_wrong_use(run: Run, args: list[str]) -> None:
    assert run("code", *args).exit_code == 2


def on_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "on_terminal", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.delenv("NO_COLOR", raising=False)


def test_a_terminal_gets_a_table_in_colours(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    on_terminal(monkeypatch)
    result = run("code", "one.txt")
    assert "\x1b[1;33mREJECT\x1b[0m" in result.stdout
    assert "! give --published [no-date]" in result.stdout
    assert result.stderr == ""  # the table shows the problem on the same terminal
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("code", "one.txt").stdout


def test_a_workbook_is_not_thrown_at_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    on_terminal(monkeypatch)
    result = run("code", "one.txt", "--format", "xlsx")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "give -o FILE" in result.stderr


def test_progress_does_not_touch_the_output(run: Run) -> None:
    quiet = run("code", "one.txt", "gone.txt", "--no-progress")
    loud = run("code", "one.txt", "gone.txt", "--progress")
    assert loud.stdout == quiet.stdout
    assert "[missing-file]" in loud.stderr


def test_only_warnings_leave_the_exit_code_alone() -> None:
    report = reporting.Report(lambda line: None)
    report.reading(Reading(Article("a", "")))
    report.problem(Problem("b", "duplicate-id", ""))
    assert report.exit_code == 0
    report.problem(Problem("c", "unreadable", ""))
    assert report.exit_code == 3


def test_being_told_to_end_leaves_no_draft(tmp_path: Path) -> None:
    """A run in a process of its own, ended while it writes."""
    program = """
import sys, time
from rasid.apps.cli import main, common
from rasid.model import Article
def articles(self, *args):
    print("begun", file=sys.stderr, flush=True)
    time.sleep(30)
    yield Article("a", "x")
common.Tools.load = classmethod(lambda cls, packs: cls(None, None))
common.Tools.articles = articles
main.main()
"""
    arguments = [sys.executable, "-c", program, "code", "in.txt", "-o", "out.csv", "--no-progress"]
    with subprocess.Popen(arguments, cwd=tmp_path, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        process.stderr.readline()
        assert len(list(tmp_path.iterdir())) == 1
        process.send_signal(signal.SIGTERM)
        process.wait(10)
    assert process.returncode == 143
    assert list(tmp_path.iterdir()) == []


def test_equal_input_gives_equal_records(run: Run) -> None:
    assert run("code", "one.txt", "two.txt").stdout == run("code", "one.txt", "two.txt").stdout
