"""The command ``rasid``. Each command is loaded from a file of its own when it is called."""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
from types import FrameType
from typing import Any

import click

from rasid import __version__
from rasid.apps.cli.failure import EXIT_CODES, Exit

#: Where each command lives, in the order in which help lists them.
COMMANDS = {
    "code": "rasid.apps.cli.code:code",
    "run": "rasid.apps.cli.run:run",
    "join": "rasid.apps.cli.join:join",
    "stories": "rasid.apps.cli.stories:stories",
    "events": "rasid.apps.cli.events:events",
    "dossier": "rasid.apps.cli.dossier:dossier",
    "problems": "rasid.apps.cli.problems:problems",
    "explain": "rasid.apps.cli.explain:explain",
    "who": "rasid.apps.cli.who:who",
    "where": "rasid.apps.cli.where:where",
    "when": "rasid.apps.cli.when:when",
    "score": "rasid.apps.cli.score:score",
    "packs": "rasid.apps.cli.packs:packs",
}


class Commands(click.Group):
    """A group that imports a command only when it is called or its help is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _, attribute = place.partition(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a closed pipe ends it quietly, Ctrl-C with one line."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _forget_stdout()
            ctx.exit(Exit.CLOSED_PIPE)
        except KeyboardInterrupt:
            click.echo("rasid: stopped", err=True)
            ctx.exit(Exit.INTERRUPTED)


def _forget_stdout() -> None:
    """Send what is still buffered nowhere, so that the end of the program does not trip over it."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


_HELP = """Read Arabic news into event records that anyone can check.

Who did what to whom, when, where, about what and on whose word: every value points at the words of the
article that say so.

\b
Try:
  rasid code article.txt                     a table on the terminal
  rasid code news/ -o events.xlsx            a folder into a workbook
  rasid code article.txt --explain           and why each record came out
"""


@click.group(
    cls=Commands,
    help=_HELP,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EXIT_CODES,
)
@click.version_option(__version__, prog_name="rasid", message="%(prog)s %(version)s")
def cli() -> None:
    """Read Arabic news into event records that anyone can check."""


def main() -> None:
    """Run the command line."""
    # Being told to end must clean up as Ctrl-C does: no draft of an output file stays behind.
    signal.signal(signal.SIGTERM, _end)
    cli(prog_name="rasid")


def _end(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
