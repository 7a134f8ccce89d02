"""``rasid packs``: the knowledge files."""

from __future__ import annotations

from pathlib import Path

import click

from rasid.apps.cli.common import packs_option
from rasid.apps.cli.failure import EXIT_CODES, Exit, Failure
from rasid.packs.errors import PackError
from rasid.pipeline import examples
from rasid.pipeline import kit as kits

_CHECK_HELP = """Read every example of the event files and compare.

Each example must give exactly the events that it lists. Those that do not are printed with file and line,
the sentence and what differs, and the command ends with exit code 1. Without FILE all event files are
checked, with --packs those of your folder.

\b
Examples:
  rasid packs check
  rasid packs check mine/events/reject.yml
  rasid packs check --packs mine
"""


@click.group()
def packs() -> None:
    """Work with the files of knowledge."""


@packs.command(help=_CHECK_HELP, epilog=EXIT_CODES)
@click.argument(
    "files", metavar="[FILE...]", nargs=-1,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)  # fmt: skip
@packs_option
@click.pass_context
def check(ctx: click.Context, files: tuple[Path, ...], user_packs: Path | None) -> None:
    """Read every example of the event files and compare."""
    try:
        count, failures = examples.check(kits.load(user_packs), files or _own(user_packs))
    except PackError as error:
        raise Failure(f"{error.file}:{error.line}", error.text) from error
    for failure in failures:
        click.echo(f"{failure.file}:{failure.line}: {failure.why}\n    {failure.text}")
    click.echo(f"{count} examples, {len(failures)} of them fail")
    ctx.exit(Exit.NOTHING if failures else Exit.OK)


def _own(user_packs: Path | None) -> tuple[Path, ...] | None:
    """The event files of a user's folder; None, for those of the program, when there is no folder."""
    return tuple(sorted((user_packs / "events").glob("*.yml"))) if user_packs else None
