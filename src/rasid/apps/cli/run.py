"""``rasid run``: articles into a database, what is new or changed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rasid import __version__
from rasid.apps.cli.common import Tools, certainty_option, database_option, packs_option, published_option
from rasid.apps.cli.failure import EXIT_CODES, Exit, Failure
from rasid.apps.cli.reporting import WARNINGS, Say, bar, expected
from rasid.apps.cli.stored import database
from rasid.export.terminal import clean
from rasid.model import Problem
from rasid.pipeline.certain import told

if TYPE_CHECKING:
    from rasid.pipeline.batch import Reads, Tally
    from rasid.store import Database

_HELP = """Code articles into a database.

INPUT is what `rasid code` reads: files, folders, or - for standard input. An article is known by its id.
What is in the database already, with the same text, day and outlet and read by the same program and
knowledge, is passed over; so a run that was stopped (Ctrl-C) goes on where it was when it is started again.

Nothing is overwritten: an article that is read again gets another reading, and the newest one counts.

\b
Examples:
  rasid run news/ --db news.db
  rasid run archive.jsonl.gz --db news.db --jobs 4
  rasid run archive.jsonl.gz --db postgresql://rasid@localhost/news
  rasid events --db news.db --actor ISR --type REQUEST
  rasid problems --db news.db

Errors are printed as "rasid: where: what [code]"; warnings such as articles without a day of publication
are only counted. `rasid problems` lists both.
"""


@click.command(help=_HELP, epilog=EXIT_CODES)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@database_option
@click.option(
    "--jobs", type=click.IntRange(1, 256), default=1, metavar="N", show_default=True,
    help="Processes that read; each takes some 500 MB of memory.",
)  # fmt: skip
@published_option
@packs_option
@certainty_option
@click.option(
    "--progress/--no-progress", "show_progress", default=None,
    help="Show on standard error how far the run is; by default when that is a terminal.",
)  # fmt: skip
@click.pass_context
def run(
    ctx: click.Context,
    inputs: tuple[str, ...],
    db: str,
    jobs: int,
    published: date | None,
    user_packs: Path | None,
    min_certainty: float | None,
    show_progress: bool | None,
) -> None:
    """Code articles into a database."""
    if show_progress is None:
        show_progress = sys.stderr.isatty()
    with database(db, create=True) as opened:
        tally = _run(opened, inputs, jobs, published, user_packs, min_certainty, show_progress)
        _summary(opened, tally, min_certainty)
    ctx.exit(_exit_code(tally))


def _run(
    opened: Database,
    inputs: Sequence[str],
    jobs: int,
    published: date | None,
    packs: Path | None,
    least: float | None,
    shown: bool,
) -> Tally:
    from rasid.language.ar.letters import fold
    from rasid.pipeline import batch, version
    from rasid.store import Writer

    tools = Tools.load(packs)  # by several processes too: faults of the packs are told once, and the kit is kept
    kept = {name: name if name == "-" else str(Path(name).absolute()) for name in inputs}
    try:
        with _reading(tools, jobs, packs) as read, _Watcher.begun(inputs, shown) as watcher:
            writer = Writer(opened, f"rasid {__version__}", version.digest(packs, least), kept, fold)
            return batch.run(tools.articles(inputs, published), read, writer, watcher, least)
    except BrokenProcessPool as error:
        text = "a process that read articles has died (out of memory?); what was read is kept, run again with fewer"
        raise Failure("--jobs", text) from error


@contextmanager
def _reading(tools: Tools, jobs: int, packs: Path | None) -> Iterator[Reads]:
    from rasid.pipeline import batch

    if jobs == 1:
        yield batch.alone(tools.kit)
    else:
        with batch.together(jobs, packs) as read:
            yield read


class _Watcher:
    """Prints errors and shows how far the run is."""

    def __init__(self, say: Say, show: Callable[[Tally], None]) -> None:
        self._say = say
        self._show = show

    def problem(self, problem: Problem) -> bool:
        """Print an error; a warning is left to `rasid problems`."""
        error = problem.code not in WARNINGS
        if error:
            self._say(f"rasid: {clean(problem.where)}: {clean(problem.text)} [{problem.code}]")
        return error

    def step(self, tally: Tally) -> None:
        """Show how far the run is."""
        self._show(tally)

    @classmethod
    @contextmanager
    def begun(cls, inputs: Sequence[str], shown: bool) -> Iterator[_Watcher]:
        """One that shows a bar on standard error when that is wanted."""
        with bar(shown, expected(inputs) if shown else None) as (say, show):

            def step(tally: Tally) -> None:
                show(tally.seen, f"articles, {tally.coded} read, {tally.records} events")

            yield cls(say, step)


def _summary(opened: Database, tally: Tally, least: float | None) -> None:
    """What the run did, on standard output."""
    states = tally.states
    parts = [f"{states.get('new', 0)} new", f"{states.get('changed', 0)} changed"]
    if again := states.get("again"):
        parts.append(f"{again} read again (other program or knowledge)")
    parts += [f"{states.get('unchanged', 0)} unchanged", f"{tally.failed} failed"]
    click.echo(f"articles: {', '.join(parts)}")
    rate = f", {tally.coded / tally.seconds:.1f} articles/s" if tally.coded and tally.seconds else ""
    click.echo(f"events: {tally.records}; problems: {tally.problems}; time: {tally.seconds:.1f} s{rate}")
    if least is not None:
        click.echo(told(tally.left_out, tally.left_out + tally.records, least))
    click.echo(f"database: {clean(opened.name)}")


def _exit_code(tally: Tally) -> Exit:
    if tally.seen == tally.broken:
        return Exit.NOTHING
    return Exit.SOME if tally.failed else Exit.OK
