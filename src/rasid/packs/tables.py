"""Knowledge tables: tab-separated files that spreadsheets open and a diff shows line by line.

A table has one header row; blank lines and lines that begin with ``#`` are comments. Every row knows the
file and line where it stands, so that whatever is made of it can say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from rasid.packs.errors import PackError

__all__ = ["PackError", "Row", "data_dir", "rows"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        line: its line in the file, counted from 1.
        file: the name of the file, for people: within the data folder for the tables that ship.
        columns: the names in the header row.
        cells: the values, as many as there are columns.
    """

    line: int
    file: str
    columns: tuple[str, ...]
    cells: tuple[str, ...]

    def get(self, column: str) -> str:
        """The value of `column`, without surrounding white space.

        Raises:
            PackError: when the table has no such column.
        """
        try:
            return self.cells[self.columns.index(column)]
        except ValueError:
            raise PackError(
                self.file, self.line, f"no column {column!r}; there are {', '.join(self.columns)}"
            ) from None

    def has(self, column: str) -> bool:
        """Whether the table has this column."""
        return column in self.columns

    def list(self, column: str) -> tuple[str, ...]:
        """The values of `column`, which stand in one cell parted by ``;``; none for an empty cell.

        Raises:
            PackError: when the table has no such column.
        """
        return tuple(item for part in self.get(column).split(";") if (item := part.strip()))


def data_dir() -> Traversable:
    """The folder of the knowledge that ships with the program."""
    return files("rasid.packs") / "data"


def rows(path: Traversable | Path) -> tuple[Row, ...]:
    """Read a table.

    Raises:
        PackError: when the file is missing, is not UTF-8, has no header, names a column twice, or has a
            row with more or fewer cells than columns.
    """
    name = _shown(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise PackError(name, 0, f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise PackError(name, 0, f"is not UTF-8 (byte {error.start})") from error
    columns: tuple[str, ...] = ()
    found: list[Row] = []
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.rstrip("\r")
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if not columns:
            columns = _header(cells, name, number)
        elif len(cells) != len(columns):
            raise PackError(name, number, f"{len(cells)} cells where the header has {len(columns)} columns")
        else:
            found.append(Row(number, name, columns, cells))
    if not columns:
        raise PackError(name, 0, "has no header row")
    return tuple(found)


def _header(cells: tuple[str, ...], name: str, number: int) -> tuple[str, ...]:
    """The column names, checked."""
    if not all(cells) or len(set(cells)) != len(cells):
        raise PackError(name, number, "column names must be given and differ")
    return cells


def _shown(path: Traversable | Path) -> str:
    """The name of a file for people: no path of the machine for what ships with the program."""
    base = data_dir()
    if isinstance(path, Path) and isinstance(base, Path) and path.is_relative_to(base):
        return path.relative_to(base).as_posix()
    return str(path) if isinstance(path, Path) else path.name
