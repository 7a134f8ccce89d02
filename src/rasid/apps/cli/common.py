"""Options and steps that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from rasid.apps.cli.failure import Failure
from rasid.ingest import PageLayout, read
from rasid.model import Article, Problem
from rasid.packs.errors import PackError
from rasid.pipeline import kit as kits
from rasid.pipeline.kit import Kit

F = TypeVar("F", bound=Callable[..., Any])


def _day(ctx: click.Context, param: click.Parameter, value: datetime | None) -> date | None:
    return value.date() if value else None


def published_option(command: F) -> F:
    """Adds ``--published``."""
    return click.option(
        "--published",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="YYYY-MM-DD",
        callback=_day,
        help="Day of publication of all inputs, whatever they say themselves.",
    )(command)


def packs_option(command: F) -> F:
    """Adds ``--packs``."""
    return click.option(
        "--packs",
        "user_packs",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="DIR",
        help="Folder of your own knowledge, read after ours: it adds and overrides.",
    )(command)


def certainty_option(command: F) -> F:
    """Adds ``--min-certainty``."""
    return click.option(
        "--min-certainty",
        type=click.FloatRange(0, 1),
        metavar="0..1",
        help="Only records that are at least so likely to be counted by a coder; how many are left out is said.",
    )(command)


def database_option(command: F) -> F:
    """Adds ``--db``."""
    return click.option(
        "--db",
        required=True,
        envvar="RASID_DB",
        metavar="FILE_OR_URL",
        help="The database: a file (SQLite) or postgresql://user@host/name. RASID_DB may name it for all commands.",
    )(command)


@dataclass(frozen=True, slots=True)
class Tools:
    """What turns inputs into readings: the knowledge, loaded."""

    layout: PageLayout
    kit: Kit

    @classmethod
    def load(cls, user_packs: Path | None) -> Tools:
        """Load the knowledge of the program and of the user.

        Raises:
            Failure: when a file of it cannot be used; the line names file and line.
        """
        try:
            return cls(PageLayout.load(user_packs), kits.load(user_packs))
        except PackError as error:
            raise Failure(f"{error.file}:{error.line}", error.text) from error

    def articles(self, inputs: Sequence[str], published: date | None) -> Iterator[Article | Problem]:
        """The articles of the inputs, and the problems of inputs that give none."""
        return read(inputs, published=published, stdin=sys.stdin.buffer, layout=self.layout)
