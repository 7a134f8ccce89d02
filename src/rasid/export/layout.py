"""A plain table for terminals: cells of wrapped lines side by side, widths that fit what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rasid.export.terminal import Show, by_run, clean, pad, width, wrap

GAP = "  "
_RESET = "\x1b[0m"


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of text in a cell that starts on a line of its own.

    Attributes:
        text: as the article or the tables have it.
        prefix: stands before the first line.
        indent: of the following lines; None means as far as the prefix reaches.
        style: codes of the terminal's colours («1;31»), or "".
        english: the line is a sentence of ours, from left to right, with Arabic in it.
    """

    text: str
    prefix: str = ""
    style: str = ""
    indent: int | None = None
    english: bool = False


Cell = Sequence[Line]


@dataclass(frozen=True, slots=True)
class Pen:
    """How lines are put on the terminal."""

    show: Show
    colour: bool = False

    def paint(self, text: str, style: str) -> str:
        """`text` in the colours of `style`, where colours are wanted."""
        return f"\x1b[{style}m{text}{_RESET}" if self.colour and style and text else text

    def lines(self, line: Line, columns: int) -> Iterator[str]:
        """The lines of a piece of text, wrapped, padded to `columns` and painted."""
        first = width(line.prefix)
        indent = first if line.indent is None else line.indent
        show = by_run(self.show) if line.english else self.show
        for n, part in enumerate(wrap(clean(line.text), columns - indent, columns - first)):
            shown = (line.prefix if n == 0 else " " * indent) + show(part)
            yield self.paint(shown, line.style) + " " * max(columns - width(shown), 0)

    def row(self, cells: Sequence[Cell], columns: Sequence[int]) -> Iterator[str]:
        """The lines of a row of cells."""
        blocks = [
            [shown for line in cell for shown in self.lines(line, size)]
            for cell, size in zip(cells, columns, strict=True)
        ]
        for n in range(max(map(len, blocks), default=0)):
            parts = (block[n] if n < len(block) else pad("", size) for block, size in zip(blocks, columns, strict=True))
            yield GAP.join(parts).rstrip(" ")


def natural(cells: Iterable[Cell]) -> int:
    """The columns that a column of cells would like to have."""
    sizes = (width(line.prefix) + width(clean(line.text)) for cell in cells for line in cell)
    return max(sizes, default=0)


def share(available: int, wishes: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Columns for each wish: the wish where it is small, a share by weight of what is left otherwise."""
    sizes = [0] * len(wishes)
    open_ = list(range(len(wishes)))
    left = available
    while open_:
        total = sum(weights[n] for n in open_)
        modest = [n for n in open_ if wishes[n] * total <= left * weights[n]]
        if not modest:
            for n in open_:
                sizes[n] = max(left * weights[n] // total, 1)
            break
        for n in modest:
            sizes[n] = wishes[n]
            left -= wishes[n]
        open_ = [n for n in open_ if n not in modest]
    return sizes
