"""Text for terminals: widths, wrapping, direction, and nothing in it that could steer the terminal.

Arabic is written in logical order, each run of it inside a first-strong isolate (FSI … PDI) so that a
terminal that orders text itself keeps the columns of a table apart. For terminals that do not, `visual`
joins the letters and turns the order round.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from rasid.export.base import need

FSI, PDI = "\u2068", "\u2069"

#: What turns one line of text into what is sent to the terminal.
Show = Callable[[str], str]

# Marks that change the direction of what follows: unbalanced ones in an article would break the columns.
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@lru_cache(maxsize=4096)
def _char_width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def width(text: str) -> int:
    """The columns that `text` takes: none for vowel marks, other combining marks and direction marks."""
    return sum(map(_char_width, text))


def clean(text: str) -> str:
    """`text` on one line, without control characters and without marks that change the direction.

    Control characters (a terminal would obey them) become the replacement character, white space of any
    kind one space.
    """
    kept = "".join(_clean_char(char) for char in text)
    return " ".join(kept.split())


def _clean_char(char: str) -> str:
    if char in _DIRECTION:
        return ""
    if char.isspace():
        return " "
    return "\ufffd" if unicodedata.category(char) in ("Cc", "Cs") else char


def isolate(text: str) -> str:
    """`text` in an isolate of its own direction, when it has letters that are written from right to left."""
    return f"{FSI}{text}{PDI}" if any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in text) else text


# Words written from right to left, with what parts and quotes them.
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RTL_RUN = re.compile(rf"[«(\[]*[{_RTL}]+(?:[\s«»()\[\]،؛.\-_/]+[{_RTL}]+)*[»)\]]*")


def by_run(show: Show) -> Show:
    """`show` for lines whose own direction is left to right: applied to each Arabic run in them alone."""
    return lambda text: _RTL_RUN.sub(lambda match: show(match[0]), text)


def visual() -> Show:
    """A function that joins the letters of a line and puts them in the order in which they are seen.

    Raises:
        MissingExtraError: when the libraries for it are not installed.
    """
    reshaper = need("arabic_reshaper", "visual", "visual order").ArabicReshaper(
        # Marks move before their letter, so that they follow it again once the order is turned round.
        {"delete_harakat": False, "shift_harakat_position": True, "delete_tatweel": False}
    )
    display = need("bidi.algorithm", "visual", "visual order").get_display

    def show(text: str) -> str:
        return str(display(reshaper.reshape(text)))

    return show


def wrap(text: str, columns: int, first: int | None = None) -> list[str]:
    """The lines of `text`, each at most `columns` wide, broken at spaces and only in need inside a word.

    Args:
        text: without line breaks.
        columns: width of the lines.
        first: width of the first line, where it differs.
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        room = columns if lines or first is None else first
        pushed = not line and room < width(word) <= columns  # fits the next line, though not the first
        if pushed or (line and width(line) + 1 + width(word) > room):
            lines.append(line)
            line, room = "", columns
        line = f"{line} {word}" if line else word
        while (cut := _fitting(line, room)) < len(line):
            lines.append(line[:cut])
            line, room = line[cut:], columns
    return [*lines, line]


def _fitting(line: str, columns: int) -> int:
    """How many characters fit, at least one; a mark stays with its letter."""
    used = 0
    for n, char in enumerate(line):
        used += _char_width(char)
        if used > columns and n and _char_width(char):
            return n
    return len(line)


def pad(shown: str, columns: int) -> str:
    """`shown` with spaces after it, up to `columns`."""
    return shown + " " * (columns - width(shown))
