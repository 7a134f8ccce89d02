"""``xlsx``: a workbook with one row a record, and a second sheet for the problems."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Any, BinaryIO

from rasid.export.base import Item, Options
from rasid.export.columns import COLUMNS, PROBLEM_COLUMNS, Value, problem_row, rows, runs
from rasid.model import Problem

#: The most characters that a cell may hold.
_LONGEST = 32_767


class Xlsx:
    """A workbook for spreadsheets, its sheets from right to left.

    Every text is a cell of text, whatever it begins with, so that none runs as a formula.
    """

    name = "xlsx"
    suffix = ".xlsx"
    about = "a workbook, one row an event, with a sheet of problems"
    binary = True

    def ready(self, options: Options) -> None:
        """Needs nothing."""

    def write(self, items: Iterable[Item], out: BinaryIO, options: Options) -> None:
        """Collect the rows (on disk, not in memory) and write the workbook at the end."""
        xl = importlib.import_module("openpyxl")  # here, because it takes a quarter of a second
        book = xl.Workbook(write_only=True)
        events = _sheet(xl, book, "events", [(column.name, column.width) for column in COLUMNS])
        problems = _sheet(xl, book, "problems", list(zip(PROBLEM_COLUMNS, (40, 20, 100), strict=True)))
        count = 0
        for item in items:
            if isinstance(item, Problem):
                problems.append(_cells(xl, problems, problem_row(item)))
                continue
            for row in rows(item):
                events.append(_cells(xl, events, row))
                count += 1
            for problem in item.problems:
                problems.append(_cells(xl, problems, problem_row(problem)))
        events.auto_filter.ref = f"A1:{xl.utils.get_column_letter(len(COLUMNS))}{count + 1}"
        book.save(out)


def _sheet(xl: Any, book: Any, title: str, columns: list[tuple[str, int]]) -> Any:
    sheet: Any = book.create_sheet(title)
    sheet.sheet_view.rightToLeft = True
    sheet.freeze_panes = "A2"
    for number, (_, width) in enumerate(columns, start=1):
        sheet.column_dimensions[xl.utils.get_column_letter(number)].width = width
    heads = _cells(xl, sheet, [name for name, _ in columns])
    for head in heads:
        head.font = xl.styles.Font(bold=True)
    sheet.append(heads)
    return sheet


def _cells(xl: Any, sheet: Any, row: Iterable[Value]) -> list[Any]:
    return [_cell(xl, sheet, value) for value in row]


def _cell(xl: Any, sheet: Any, value: Value) -> Any:
    """A cell; a text as text, and marked as such where editing it would make it a formula."""
    if not isinstance(value, str):
        return xl.cell.WriteOnlyCell(sheet, "yes" if value is True else "no" if value is False else value)
    text = xl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("\ufffd", value).encode("utf-8", "replace").decode("utf-8")
    cell = xl.cell.WriteOnlyCell(sheet, text[:_LONGEST])
    cell.data_type = "s"
    cell.alignment = xl.styles.Alignment(vertical="top", wrap_text=True, readingOrder=0)
    if runs(text):
        cell.quotePrefix = True
    return cell
