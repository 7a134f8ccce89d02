"""``rasid run``, ``rasid events`` and ``rasid problems``, with a kit that codes by rote, and once with the real one."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from click.testing import CliRunner, Result

import rasid
from rasid.apps.cli.common import Tools
from rasid.apps.cli.main import cli
from rasid.ingest import PageLayout
from rasid.model import Article, Reading
from rasid.pipeline import article as path_of_article
from rasid.pipeline import batch, version
from tests.apps.test_code import ONE, TWO, by_rote

Run = Callable[..., Result]


def by_rote_with_day(article: Article, kit: object) -> Reading:
    """Records as of an article whose text gives no date."""
    reading = by_rote(article, kit)
    day = article.published.isoformat() if article.published else None
    return replace(reading, records=tuple(replace(record, date_fallback=day) for record in reading.records))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs the command line in a folder with an archive of two articles, and a database named for all commands."""
    layout = PageLayout.load(None)
    monkeypatch.setattr(Tools, "load", lambda packs: Tools(layout, None))  # type: ignore[arg-type]
    monkeypatch.setattr(path_of_article, "read", by_rote_with_day)
    monkeypatch.setenv("RASID_DB", "news.db")
    monkeypatch.chdir(tmp_path)
    archive(("a", ONE, "2024-03-01"), ("b", TWO, "2024-04-02"))

    def invoke(*args: str, **options: Any) -> Result:
        return CliRunner().invoke(cli, list(args), **options)

    return invoke


def archive(*articles: tuple[str, str, str], name: str = "news.jsonl.gz") -> None:
    lines = [json.dumps({"id": key, "text": text, "published": day, "outlet": "النيل"}) for key, text, day in articles]
    with gzip.open(name, "wt", encoding="utf-8") as stream:
        stream.write("\n".join(lines) + "\n")


def events(run: Run, *args: str) -> list[Any]:
    return [json.loads(line) for line in run("events", *args).stdout.splitlines()]


# ---------------------------------------------------------------- rasid run


def test_only_what_is_new_or_changed_is_read(run: Run) -> None:
    first = run("run", "news.jsonl.gz")
    assert first.exit_code == 0
    assert first.stdout.startswith("articles: 2 new, 0 changed, 0 unchanged, 0 failed\nevents: 2; problems: 0; time: ")
    assert "0 new, 0 changed, 2 unchanged" in run("run", "news.jsonl.gz").stdout
    archive(("a", ONE, "2024-03-02"), ("b", TWO, "2024-04-02"), ("c", TWO, "2024-04-03"))
    assert "1 new, 1 changed, 1 unchanged" in run("run", "news.jsonl.gz").stdout
    assert [(e["article"], e["published"]) for e in events(run)] == [
        ("a", "2024-03-02"), ("b", "2024-04-02"), ("c", "2024-04-03"),
    ]  # fmt: skip


def test_other_knowledge_reads_all_again(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("run", "news.jsonl.gz")
    monkeypatch.setattr(version, "digest", lambda packs, least: "other")
    assert "0 new, 0 changed, 2 read again (other program or knowledge), 0 unchanged" in run(
        "run", "news.jsonl.gz"
    ).stdout.replace("\n", " ")
    assert len(events(run)) == 2


def test_a_least_certainty_leaves_records_out_and_says_how_many(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def unsure(article: Article, kit: object) -> Reading:
        reading = by_rote_with_day(article, kit)
        sure = 0.9 if article.id == "a" else 0.2
        return replace(reading, records=tuple(replace(record, certainty=sure) for record in reading.records))

    monkeypatch.setattr(path_of_article, "read", unsure)
    said = run("run", "news.jsonl.gz", "--min-certainty", "0.5").stdout
    assert "events: 1; " in said
    assert "\n1 of 2 records left out: certainty under 0.5 [left-out]\n" in said
    assert [e["article"] for e in events(run)] == ["a"]
    assert "2 unchanged" in run("run", "news.jsonl.gz", "--min-certainty", "0.5").stdout
    said = run("run", "news.jsonl.gz").stdout  # what was left out comes when all is wanted: another digest
    assert "2 read again" in said
    assert "left out" not in said
    assert [e["article"] for e in events(run)] == ["a", "b"]


def test_the_digest_follows_the_packs_and_not_their_place(tmp_path: Path) -> None:
    for name, verb in (("one", "x"), ("two", "x"), ("three", "y")):
        (tmp_path / name / "words").mkdir(parents=True)
        (tmp_path / name / "words" / "stems_mine.tsv").write_text(f"word\tpos\n{verb}\tnoun\n", "utf-8")
    one, two, three = (version.digest(tmp_path / name) for name in ("one", "two", "three"))
    assert one == two
    assert len({one, three, version.digest()}) == 3
    assert version.digest() == version.digest()


def test_one_bad_article_and_one_bad_input_do_not_stop_the_others(run: Run) -> None:
    archive(("a", ONE, "2024-03-01"), ("x", "انفجر خط أنابيب قرب الحدود بين البلدين صباح اليوم.", "2024-03-01"))
    result = run("run", "news.jsonl.gz", "gone.txt")
    assert result.exit_code == 3
    assert "2 new, 0 changed, 0 unchanged, 2 failed" in result.stdout
    assert [line.rpartition(" ")[2] for line in result.stderr.splitlines()] == ["[internal-error]", "[missing-file]"]
    assert len(events(run)) == 1
    listed = run("problems")
    assert listed.exit_code == 0
    assert sorted(line.rpartition(" ")[2] for line in listed.stdout.splitlines()) == [
        "[internal-error]", "[missing-file]",
    ]  # fmt: skip
    assert run("problems", "--count").stdout.split() == ["1", "internal-error", "1", "missing-file"]
    (one,) = map(json.loads, run("problems", "--json", "--code", "missing-file").stdout.splitlines())
    assert (one["where"], one["run"]) == ("gone.txt", 1)


def test_nothing_coded_and_wrong_use(run: Run) -> None:
    assert run("run", "gone.txt").exit_code == 1
    assert run("run", "news.jsonl.gz", "--jobs", "0").exit_code == 2
    result = run("run", "news.jsonl.gz", "--db", "nowhere/news.db")
    assert (result.exit_code, result.stderr) == (2, "rasid: nowhere/news.db: there is no folder nowhere\n")


def test_a_run_that_was_stopped_goes_on(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    archive(*((str(n), ONE, "2024-03-01") for n in range(7)))
    monkeypatch.setattr(batch, "_BATCH", 2)
    count = 0

    def stopping(article: Any, kit: Any) -> Any:
        nonlocal count
        count += 1
        if count == 6:
            raise KeyboardInterrupt
        return by_rote_with_day(article, kit)

    monkeypatch.setattr(path_of_article, "read", stopping)
    stopped = run("run", "news.jsonl.gz")
    assert stopped.exit_code == 130
    assert stopped.stderr == "rasid: stopped\n"
    assert len(events(run)) == 5  # with the one that was read and not yet put in
    assert "2 new, 0 changed, 5 unchanged" in run("run", "news.jsonl.gz").stdout


def test_warnings_are_for_rasid_problems(run: Run) -> None:
    Path("one.txt").write_text(ONE, "utf-8")
    result = run("run", "one.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    assert run("problems").stdout == "one: give --published [no-date]\n"
    run("run", "one.txt", "--published", "2024-01-01")
    assert run("problems").stdout == ""
    assert "[no-date]" in run("problems", "--all-runs").stdout


def test_several_processes_read_as_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = "رفضت الحكومة السودانية مقترح الهدنة. والتقى الوزير السوداني نظيره المصري في الخرطوم."
    archive(*((f"{n:02}", f"{text}\nفقرة رقم {n}", "2024-03-01") for n in range(20)))
    for jobs in ("1", "2"):
        result = CliRunner().invoke(cli, ["run", "news.jsonl.gz", "--db", f"{jobs}.db", "--jobs", jobs])
        assert result.exit_code == 0, result.output
        assert "20 new" in result.stdout
    alone, together = (
        CliRunner().invoke(cli, ["events", "--db", f"{jobs}.db", "--format", "json"]).stdout for jobs in ("1", "2")
    )
    assert alone == together
    assert alone.count("\n") >= 20


def test_ctrl_c_leaves_a_good_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real program, stopped while two processes read."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(rasid.__file__).resolve().parents[1]))
    text = "رفضت الحكومة السودانية مقترح الهدنة. والتقى الوزير السوداني نظيره المصري في الخرطوم. " * 30
    archive(*((str(n), f"{text}{n}", "2024-03-01") for n in range(2000)))
    code = "from rasid.apps.cli.main import main; from rasid.pipeline import batch; batch._SECONDS = 0.1; main()"
    command = [sys.executable, "-c", code, "run", "news.jsonl.gz", "--db", "news.db", "--jobs", "2"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        for _ in range(600):
            if stored() or process.poll() is not None:
                break
            time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal sends it: to all processes
        assert process.communicate(timeout=60)[1] == "rasid: stopped\n"
        assert process.returncode == 130
    assert 0 < stored() < 2000
    with rasid.open("news.db") as news:
        assert news.events().count() >= stored()


def stored() -> int:
    if not Path("news.db").exists():
        return 0
    try:
        with rasid.open("news.db") as news:
            return news.counts().articles
    except RuntimeError:  # its tables are being made
        return 0


# ---------------------------------------------------------------- rasid events


def test_events_that_fit(run: Run) -> None:
    run("run", "news.jsonl.gz")
    assert [e["article"] for e in events(run, "--since", "2024-04")] == ["b"]
    assert [e["article"] for e in events(run, "--until", "2024-03-01", "--type", "reject", "--actor", "YEM")] == ["a"]
    assert [e["article"] for e in events(run, "--words", "هدنة")] == ["a"]
    assert [e["article"] for e in events(run, "--newest-first", "--limit", "1")] == ["b"]
    (event,) = events(run, "--since", "2024", "--until", "2024-03")
    assert event["trigger"]["text"] == ONE[event["trigger"]["start"] : event["trigger"]["end"]]
    assert event["text"].startswith("رفض")
    nothing = run("events", "--actor", "ISR")
    assert (nothing.exit_code, nothing.stdout) == (1, "")


def test_formats_of_events(run: Run) -> None:
    run("run", "news.jsonl.gz")
    table = run("events", "--format", "table").stdout
    assert "REJECT" in table
    assert table.endswith("\n2 events in 2 articles\n")
    rows = list(csv.DictReader(io.StringIO(run("events", "--format", "csv").stdout.lstrip("\ufeff"))))
    assert [row["article"] for row in rows] == ["a", "b"]
    assert run("events", "-o", "events.parquet").exit_code == 0
    assert pyarrow.parquet.read_table("events.parquet").column("article").to_pylist() == ["a", "b"]
    assert run("events", "--format", "csv", "--explain").exit_code == 2
    assert "because" not in run("events", "--explain").stdout
    assert "    frame   REJECT/رفض" in run("events", "--explain").stdout.replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--since", "yesterday"], "'yesterday' is no year, month or day"),
        (["--since", "2024-01/2024-02"], "is no year, month or day"),
        (["--issue", "withdrawl"], "is no Arabic and none of"),
        (["--min-certainty", "2"], "0<=x<=1"),
        (["--type", "TALK"], "'TALK' is not one of"),
    ],
)
def test_what_events_cannot_mean(run: Run, args: list[str], said: str) -> None:
    run("run", "news.jsonl.gz")
    result = run("events", *args)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize("command", ["events", "problems"])
def test_a_database_that_is_not_there(run: Run, command: str) -> None:
    result = run(command)
    assert result.exit_code == 2
    assert result.stderr == "rasid: news.db: there is no database; make it: rasid run INPUT... --db news.db\n"
    assert not Path("news.db").exists()
