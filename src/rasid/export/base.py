"""What every output format has in common."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from types import ModuleType
from typing import BinaryIO, Literal, Protocol

from rasid.model import Problem, Reading

#: What is written: readings of articles, and problems of inputs that gave no article.
Item = Reading | Problem

#: How the formats with the columns of other data sets are written: with commas, with tabs as the public files of
#: those data sets are, or as Parquet.
Layout = Literal["csv", "tab", "parquet"]


def _silent(line: str) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Options:
    """Choices that are not in the readings.

    Attributes:
        visual: shape and reorder Arabic for terminals that do not do it themselves.
        explain: say why each record came out.
        colour: use the colours of a terminal.
        width: columns of the terminal.
        coded_on: the day to note as the day of coding; None leaves it out, so that equal input gives
            equal output.
        layout: of the formats with the columns of other data sets.
        all_statuses: tables of events hold acts that did not happen too, where the format has a mark for them.
        date_fallback: tables of events take the day of publication where the text gives no date.
        say: takes one line for people on what the output lacks.
    """

    visual: bool = False
    explain: bool = False
    colour: bool = False
    width: int = 100
    coded_on: date | None = None
    layout: Layout = "csv"
    all_statuses: bool = False
    date_fallback: bool = False
    say: Callable[[str], None] = _silent


class Exporter(Protocol):
    """One output format.

    Attributes:
        name: how the command line calls it.
        suffix: what its files end in.
        about: one line for people.
        binary: whether it must not be shown on a terminal.
    """

    name: str
    suffix: str
    about: str
    binary: bool

    def ready(self, options: Options) -> None:
        """Check, before any work, that the format can be written here.

        Raises:
            MissingExtraError: when a library that it needs is not installed.
        """
        ...

    def write(self, items: Iterable[Item], out: BinaryIO, options: Options) -> None:
        """Write all `items`, each as it comes where the format allows it, and leave `out` open."""
        ...


class MissingExtraError(RuntimeError):
    """A library that only some formats need is not installed; the message says what to install."""


def need(module: str, extra: str, purpose: str) -> ModuleType:
    """An optional library.

    Args:
        module: what to import.
        extra: the extra of this package that brings it.
        purpose: what needs it, for the message.

    Raises:
        MissingExtraError: when it is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        name = module.partition(".")[0]
        raise MissingExtraError(f"{purpose} needs {name}: pip install 'rasid[{extra}]'") from error
