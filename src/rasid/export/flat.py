"""Tables of one row an event for programs: CSV, tab-separated text or Parquet with the same columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO, Generic, Literal, TypeVar

from rasid import __version__
from rasid.export.base import Options
from rasid.export.columns import runs
from rasid.export.parquet import arrow, table_of

T = TypeVar("T")
Kind = Literal["text", "number", "real", "day"]
Cell = str | int | float | date | None

#: Rows in memory at once.
_GROUP = 5_000


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """One column: its name in the data set, the type of its values, and where they come from."""

    name: str
    kind: Kind
    value: Callable[[T], Cell]


def text(name: str, value: Callable[[T], str | None]) -> Field[T]:
    """A column of text."""
    return Field(name, "text", value)


def number(name: str, value: Callable[[T], int | None]) -> Field[T]:
    """A column of whole numbers."""
    return Field(name, "number", value)


def real(name: str, value: Callable[[T], float | None]) -> Field[T]:
    """A column of decimal numbers."""
    return Field(name, "real", value)


def day(name: str, value: Callable[[T], date | None]) -> Field[T]:
    """A column of days."""
    return Field(name, "day", value)


def empty(name: str, kind: Kind = "text") -> Field[Any]:
    """A column that the data set has and we have nothing for."""
    return Field(name, kind, lambda row: None)


def ready(options: Options) -> None:
    """Check that the layout can be written here.

    Raises:
        MissingExtraError: when it is Parquet and pyarrow is not installed.
    """
    if options.layout == "parquet":
        arrow()


def write(
    fields: Sequence[Field[T]], rows: Iterable[T], out: BinaryIO, options: Options, *, tab_header: bool = True
) -> None:
    """Write the rows in the layout that `options` ask for; text row by row, Parquet in groups.

    Args:
        fields: the columns.
        rows: what the columns take their values from.
        out: left open.
        options: the layout.
        tab_header: whether the tab-separated files of the data set begin with the names of the columns.
    """
    if options.layout == "parquet":
        _parquet(fields, rows, out)
        return
    line = _tab_line if options.layout == "tab" else _csv_line
    if options.layout == "csv" or tab_header:
        out.write(line([field.name for field in fields]))
    for row in rows:
        out.write(line([_shown(field.value(row)) for field in fields]))


def _shown(value: Cell) -> str:
    """A value as text; an apostrophe stands before what a spreadsheet would run."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return f"'{value}" if runs(value) else str(value)


def _csv_line(cells: Iterable[str]) -> bytes:
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue().encode("utf-8", errors="replace")


_BREAKS = re.compile(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


def _tab_line(cells: Iterable[str]) -> bytes:
    """A line without quotation, as readers of these files expect: no cell holds a tab or a line break."""
    line = "\t".join(_BREAKS.sub(" ", cell) for cell in cells)
    return f"{line}\n".encode("utf-8", errors="replace")


def _parquet(fields: Sequence[Field[T]], rows: Iterable[T], out: BinaryIO) -> None:
    lib, parquet = arrow()
    kinds = {"text": lib.string(), "number": lib.int64(), "real": lib.float64(), "day": lib.date32()}
    columns = [(field.name, kinds[field.kind]) for field in fields]
    schema = lib.schema(columns, metadata={"coder": f"rasid {__version__}"})
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        group: list[dict[str, object]] = []
        for row in rows:
            group.append({field.name: field.value(row) for field in fields})
            if len(group) >= _GROUP:
                writer.write_table(table_of(lib, group, schema))
                group = []
        writer.write_table(table_of(lib, group, schema))
