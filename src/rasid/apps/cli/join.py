"""``rasid join``: which records of a database report one event."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rasid import __version__
from rasid.apps.cli.common import database_option, packs_option
from rasid.apps.cli.failure import EXIT_CODES, Exit, Failure
from rasid.apps.cli.stored import database
from rasid.export.terminal import clean
from rasid.packs.errors import PackError

if TYPE_CHECKING:
    from rasid.pipeline.joining import Step

_HELP = """Join the records of a database that report one event, and link copies of articles.

All records that count now are compared anew: type, parties, place, days, issue, words. Each record comes into
exactly one group, with a score and the reasons; nothing of any record is changed or lost, and numbers, dates
and sources that differ stay side by side. Run it again after `rasid run`: records that are new since are in no group.

Each joining is added; the latest one counts. --undo takes it back, and the one before it counts again.

Some joined events hold a record of another one (docs/models/joining.md). --strict joins only what is nearly
sure: half as many such records, but more that are left apart.

\b
Examples:
  rasid join --db news.db
  rasid events --db news.db --grouped
  rasid join --db news.db --strict
  rasid join --db news.db --undo

The command ends with exit code 1 when there is nothing to join or to undo.
"""


@click.command(help=_HELP, epilog=EXIT_CODES)
@database_option
@click.option("--undo", is_flag=True, help="Take the latest joining back instead.")
@click.option("--strict", is_flag=True, help="Join only what is nearly sure.")
@packs_option
@click.option(
    "--progress/--no-progress", "show_progress", default=None,
    help="Show on standard error how far it is; by default when that is a terminal.",
)  # fmt: skip
@click.pass_context
def join(
    ctx: click.Context, db: str, undo: bool, strict: bool, user_packs: Path | None, show_progress: bool | None
) -> None:
    """Join the records of a database that report one event."""
    if show_progress is None:
        show_progress = sys.stderr.isatty()
    with database(db) as opened:
        from rasid.pipeline.joining import Eyes, join_all, shipped
        from rasid.store import Joiner

        store = Joiner(opened, f"rasid {__version__}")
        if undo:
            number = store.undo()
            click.echo("nothing was joined" if number is None else f"joining {number}: undone")
            ctx.exit(Exit.NOTHING if number is None else Exit.OK)
        try:
            with _watched(show_progress) as step:
                found = join_all(store, Eyes.load(user_packs), shipped(strict=strict), step)
        except PackError as error:
            raise Failure(f"{error.file}:{error.line}", error.text) from error
        except ImportError as error:
            raise Failure("join", "copies are found with rensa: pip install 'rasid[store]'") from error
        click.echo(f"joining {found.number}: {found.records} records, {found.events} events")
        click.echo(f"told by several articles: {found.several} events; copies: {found.copies} pairs of articles")
        click.echo(f"database: {clean(opened.name)}")
    ctx.exit(Exit.OK if found.records else Exit.NOTHING)


@contextmanager
def _watched(shown: bool) -> Iterator[Step]:
    """What is told how far the work is: a bar on standard error, or nothing."""
    if not shown:
        yield lambda what, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task("articles", total=None)

        def step(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total)

        yield step
