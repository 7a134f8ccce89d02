"""``csv``: one row a record, as spreadsheets open it rightly."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from rasid.export.base import Item, Options
from rasid.export.columns import COLUMNS, Value, rows, runs
from rasid.model import Problem

_BOM = b"\xef\xbb\xbf"


class Csv:
    """Comma-separated values in UTF-8 with a byte order mark, which tells spreadsheets the encoding.

    An apostrophe stands before a text that a spreadsheet would run as a formula.
    """

    name = "csv"
    suffix = ".csv"
    about = "comma-separated values, one row an event, for spreadsheets"
    binary = False

    def ready(self, options: Options) -> None:
        """Needs nothing."""

    def write(self, items: Iterable[Item], out: BinaryIO, options: Options) -> None:
        """Write the rows of each reading as it comes. Problems have no place in this format."""
        out.write(_BOM + _line([column.name for column in COLUMNS]))
        for item in items:
            if not isinstance(item, Problem):
                out.writelines(_line(row) for row in rows(item))


def _line(row: Iterable[Value]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerow([_guarded(value) for value in row])
    return text.getvalue().encode("utf-8", errors="replace")


def _guarded(value: Value) -> Value:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"'{value}" if runs(value) else value
