"""What a run tells on standard error: problems as they are met, and how far it is."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from rasid.apps.cli.failure import Exit
from rasid.export.terminal import clean
from rasid.model import Problem, Reading

#: Problems that leave the article coded; all others are errors.
WARNINGS = frozenset({"no-date", "duplicate-id", "skipped-files"})

Say = Callable[[str], None]


class Report:
    """Counts what is read and prints the problems. One object for one run."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self.coded = 0
        self.failed = 0
        self.records = 0
        self.left_out = 0

    def problem(self, problem: Problem) -> None:
        """An input that gave no article, or a warning about one."""
        self.failed += problem.code not in WARNINGS
        self._print(problem)

    def reading(self, reading: Reading, *, failed: bool = False, shown: bool = False) -> None:
        """An article that was read.

        Args:
            reading: what came of it.
            failed: it could not be coded.
            shown: the output shows its problems on the same terminal.
        """
        self.failed += failed
        self.coded += not failed
        self.records += len(reading.records)
        if not shown:
            for problem in reading.problems:
                self._print(problem)

    def _print(self, problem: Problem) -> None:
        self._say(f"rasid: {clean(problem.where)}: {clean(problem.text)} [{problem.code}]")

    @property
    def exit_code(self) -> Exit:
        """What the run tells its caller."""
        if not self.coded:
            return Exit.NOTHING
        return Exit.SOME if self.failed else Exit.OK


def say(line: str) -> None:
    """Print a line on standard error."""
    click.echo(line, err=True)


@contextmanager
def progress(wanted: bool) -> Iterator[tuple[Say, Callable[[Report], None]]]:
    """Shows how far a run is.

    Yields:
        what prints a line without disturbing the display, and what to call after each article.
    """
    if not wanted:
        yield say, lambda report: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.text import Text

    console = Console(file=sys.stderr)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading …", total=None)

        def step(report: Report) -> None:
            bar.update(task, description=f"{report.coded} articles, {report.records} events")

        yield lambda line: console.print(Text(line), soft_wrap=True), step


#: Shows how many of the articles are done, and a line about it.
Show = Callable[[int, str], None]


@contextmanager
def bar(wanted: bool, total: int | None) -> Iterator[tuple[Say, Show]]:
    """A bar on standard error of how many articles are done.

    Args:
        wanted: whether to show it.
        total: how many there are, about; None when that is not known.

    Yields:
        what prints a line without disturbing the bar, and what moves it on.
    """
    if not wanted:
        yield say, lambda done, text: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.text import Text

    console = Console(file=sys.stderr)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task("articles", total=total)

        def show(done: int, text: str) -> None:
            shown.update(task, completed=done, description=text)

        yield lambda line: console.print(Text(line), soft_wrap=True), show


def expected(inputs: Sequence[str]) -> int | None:
    """How many articles the inputs have, about; None when that cannot be seen quickly."""
    count = 0
    for name in inputs:
        path = Path(name)
        files = [p for p in path.rglob("*") if p.is_file()] if path.is_dir() else [path]
        for file in files:
            kinds = [suffix.lower() for suffix in file.suffixes]
            if name == "-" or {".json", ".parquet"} & set(kinds) or not file.is_file():
                return None
            count += _lines(file) if {".jsonl", ".ndjson"} & set(kinds) else 1
    return count


def _lines(file: Path) -> int:
    try:
        with gzip.open(file) if file.suffix.lower() == ".gz" else file.open("rb") as stream:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b""))
    except (OSError, EOFError):
        return 0
