"""The scripts under examples/ read what the exports write."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rasid.export import FORMATS, Options
from rasid.ingest import PageLayout
from rasid.ingest import read as ingest
from rasid.model import Article, Reading
from rasid.pipeline.article import read
from rasid.pipeline.kit import Kit

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
needs_r = pytest.mark.skipif(shutil.which("Rscript") is None, reason="Rscript is not installed")

#: How the R package phoxy reads the daily files of Phoenix and ICEWS: no header or one that is skipped, no
#: quotation, these types.
PHOXY = """
files <- commandArgs(trailingOnly = TRUE)
types <- c(rep("integer", 5), rep("character", 8), rep("factor", 3), "numeric", "character", "numeric", "numeric",
           rep("character", 6))
phoenix <- read.csv(files[1], header = FALSE, sep = "\\t", quote = "", colClasses = types, stringsAsFactors = FALSE)
icews <- read.csv(files[2], header = TRUE, sep = "\\t", quote = "", check.names = FALSE, encoding = "UTF-8")
icews[["Event Date"]] <- as.Date(icews[["Event Date"]])
stopifnot(is.integer(icews[["Event ID"]]), is.integer(icews[["Story ID"]]), is.numeric(icews$Intensity))
cat(nrow(phoenix), ncol(phoenix), nrow(icews), ncol(icews), sum(phoenix[[17]]), sum(icews$Intensity), "\\n")
"""


@pytest.fixture(scope="module")
def readings(kit: Kit) -> list[Reading]:
    items = ingest([str(EXAMPLES / "two-weeks.jsonl")], layout=PageLayout.load(None))
    found = [read(item, kit) for item in items if isinstance(item, Article)]
    assert len(found) == 7
    return found


def file(folder: Path, name: str, readings: list[Reading], options: Options | None = None) -> str:
    path = folder / f"{name}.txt"
    with path.open("wb") as out:
        FORMATS[name].write(readings, out, options or Options())
    return str(path)


def rscript(*arguments: str) -> str:
    done = subprocess.run(["Rscript", *arguments], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@needs_r
def test_the_r_script_reads_events_and_weeks(readings: list[Reading], tmp_path: Path) -> None:
    paths = [file(tmp_path, name, readings) for name in ("polecat", "dyad-week")]
    printed = rscript(str(EXAMPLES / "read_events.R"), *paths)
    rows = Path(paths[0]).read_text("utf-8").count("\n") - 1
    assert printed.startswith(f"{rows} events, ")
    weeks = Path(paths[1]).read_text("utf-8").splitlines()[1:]
    found = re.findall(r"^ *(\d{4}-W\d\d) +(\w{3}) +(\w{3}) +(\d+) ", printed, re.M)
    assert found == [tuple(line.split(",")[n] for n in (0, 2, 3, 4)) for line in weeks]


@needs_r
def test_r_reads_the_tab_separated_files_as_phoxy_does(readings: list[Reading], tmp_path: Path) -> None:
    (tmp_path / "phoxy.R").write_text(PHOXY, "utf-8")
    paths = [file(tmp_path, name, readings, Options(layout="tab")) for name in ("phoenix", "icews")]
    rows, columns, same_rows, others, score, same_score = rscript(str(tmp_path / "phoxy.R"), *paths).split()
    assert (columns, others) == ("26", "20")
    assert rows == same_rows == str(Path(paths[0]).read_text("utf-8").count("\n"))
    assert score == same_score


def cells() -> Iterator[tuple[str, list[Any]]]:
    notebook = json.loads((EXAMPLES / "events.ipynb").read_text("utf-8"))
    assert notebook["nbformat"] == 4
    yield from ((cell["source"], cell["outputs"]) for cell in notebook["cells"] if cell["cell_type"] == "code")


def test_the_notebook_runs_and_shows_what_it_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    names: dict[str, Any] = {}
    for source, outputs in cells():
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile("".join(source), "events.ipynb", "exec"), names)
        (stored,) = outputs  # one printout, no error and no warning
        assert stored["name"] == "stdout"
        # The records change as coding gets better; the form of the printout does not.
        assert printed.getvalue().split()[:1] == "".join(stored["text"]).split()[:1]
    assert len(names["events"]) > 15
    assert names["events"]["Event Date"].dtype.kind == "M"
    assert names["weeks"]["events"].sum() <= len(names["events"])
