"""Exit codes, and errors that end a command with one line."""

from __future__ import annotations

from enum import IntEnum
from typing import IO, Any

import click


class Exit(IntEnum):
    """What a command tells its caller."""

    OK = 0
    NOTHING = 1  # nothing could be coded, or a check failed
    USAGE = 2  # wrong use, unreadable knowledge, unwritable output
    SOME = 3  # some inputs had errors, others were coded
    INTERRUPTED = 130
    CLOSED_PIPE = 141


EXIT_CODES = """\b
Exit codes:
  0  all is well (warnings aside)
  1  nothing could be coded, or a check failed
  2  wrong use, knowledge that cannot be read, output that cannot be written
  3  some inputs had errors, the others were coded
"""


class Failure(click.ClickException):
    """Ends the command with one line on standard error.

    Attributes:
        where: a file, or whatever the message is about.
        text: what is wrong and what to do.
    """

    exit_code = Exit.USAGE

    def __init__(self, where: str, text: str) -> None:
        super().__init__(f"{where}: {text}")

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line."""
        from rasid.export.terminal import clean

        click.echo(f"rasid: {clean(self.message)}", err=file is None, file=file)
