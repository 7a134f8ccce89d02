"""A text cut into the lines that may be parts of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from rasid.ingest.layout import PageLayout
from rasid.model import PartKind

#: A line with a final stop is prose from this many words on, and any line from `LONG` words on.
PROSE, LONG = 8, 20
#: Lines broken at a fixed width are about so wide.
_NARROWEST, _WIDEST = 40, 120
_FEWEST = 6

_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
#: White space that stands where a flattened page had a new block.
_GAP = re.compile(r"[ \t]{4,}|[ ]*\t[ \t]{2,}")
_BULLET = re.compile(r"\s*[•▪■●◾►▶‣∙·*+\-–—]\s+\S")
#: A sentence may be followed by a credit in brackets.
_CLOSE = r"[\"')\]\s]*(?:[(\[][^()\[\]]{2,60}[)\]]\s*)?$"
_STOP = re.compile(rf"\.{_CLOSE}")
_SENTENCE_END = re.compile(rf"[.!?]{_CLOSE}")


@dataclass(slots=True)
class Line:
    """A run of the text under consideration; `kind` is filled in as it is decided."""

    start: int
    end: int
    folded: str
    words: int
    gap: bool
    bullet: bool = False
    kind: PartKind | None = None
    sign: str | None = None
    day: date | None = None
    rank: int = 0
    names: tuple[str, ...] = ()
    extra: list[tuple[PartKind, int, int]] = field(default_factory=list)

    @property
    def stops(self) -> bool:
        """Whether it ends in a full stop."""
        return _STOP.search(self.folded) is not None

    @property
    def ends(self) -> bool:
        """Whether it ends as a sentence does."""
        return _SENTENCE_END.search(self.folded) is not None

    @property
    def prose(self) -> bool:
        """Whether it reads as a paragraph."""
        return self.words >= LONG or (self.words >= PROSE and self.ends)

    @property
    def solid(self) -> bool:
        """Whether it is prose even among titles, which may end in a question mark but not in a full stop."""
        return self.words >= LONG or (self.words >= PROSE and self.stops)


def cut(text: str, layout: PageLayout) -> list[Line]:
    """The runs of the text that may be parts, blank ones left out."""
    runs: list[tuple[int, int, bool]] = []
    at, blank = 0, False
    for start, end in ranges(text, _BREAK, 0, len(text)):
        if not text[start:end].strip():
            blank = True
            continue
        for piece_start, piece_end in ranges(text, _GAP, start, end):
            piece = text[piece_start:piece_end]
            if piece.strip():
                at = piece_start + len(piece) - len(piece.lstrip())
                runs.append((at, at + len(piece.strip()), blank))
                blank = False
    if _is_wrapped(runs):
        runs = _unwrap(text, runs)
    return [_line(text, layout, *run) for run in runs]


def ranges(text: str, separator: re.Pattern[str], start: int, end: int) -> list[tuple[int, int]]:
    """The ranges between the separators."""
    found = []
    for match in separator.finditer(text, start, end):
        found.append((start, match.start()))
        start = match.end()
    found.append((start, end))
    return found


def _line(text: str, layout: PageLayout, start: int, end: int, gap: bool) -> Line:
    """A run with what can be seen in it alone."""
    folded = layout.fold(text[start:end])
    return Line(start, end, folded, folded.count(" ") + 1, gap, _BULLET.match(text, start, end) is not None)


def _is_wrapped(runs: Sequence[tuple[int, int, bool]]) -> bool:
    """Whether lines were broken at a fixed width.

    Then most lines that another follows at once are nearly as long as the longest, and blank lines part the
    paragraphs.
    """
    widths = [end - start for start, end, _ in runs]
    if len(runs) < _FEWEST or not _NARROWEST <= max(widths) <= _WIDEST or not any(gap for *_, gap in runs[1:]):
        return False
    inner = [width for width, following in zip(widths, runs[1:], strict=False) if not following[2]]
    return len(inner) >= 4 and sum(width >= 0.75 * max(widths) for width in inner) >= 0.9 * len(inner)


def _unwrap(text: str, runs: Sequence[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """The lines of a paragraph as one run."""
    found: list[tuple[int, int, bool]] = []
    for start, end, gap in runs:
        if found and not gap and not _BULLET.match(text, start, end):
            found[-1] = (found[-1][0], end, found[-1][2])
        else:
            found.append((start, end, gap))
    return found
