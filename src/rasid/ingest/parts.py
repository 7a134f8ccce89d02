"""What each line of a page is: headline, date, caption, summary, body, credit or boilerplate.

A crawler leaves menus, share bars and related links in the text that it saves, as lines among those of the
article. `divide` cuts the text into lines (and where the page was flattened into one line, at its wide gaps),
looks at each alone, then at where it stands between the first and the last paragraph of prose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rasid.ingest.credits import Credit, credit_line, dateline_day, ends_in_picture_credit, trailing_credit
from rasid.ingest.layout import PageLayout, first_kind, strip_edges
from rasid.ingest.lines import LONG, PROSE, Line, cut, ranges
from rasid.model import Part, PartKind, Span

#: A headline is not longer than this.
HEADLINE = 24
_SHORT = 4
_CAPTION = 40
_MENU_RUN = 4
_DATE_ZONE = 8
_LIST_LENGTH = 12
_PULL_QUOTES = 60

_QUOTED = re.compile(r"\"[^\"]+[\"]?\.?\"?")
#: Signs of lines that lie around an article, but may also be a heading within it.
_SURROUNDINGS = frozenset(["menu", "site", "media"])
_SEPARATOR = re.compile(r"\s+[-–—|»«:›]+\s+|\s*[|»›]\s*")


class Division(NamedTuple):
    """A text divided: its parts in order, the day that its date line gives, the names of its credit line."""

    parts: tuple[Part, ...]
    published: date | None = None
    credits: tuple[str, ...] = ()


def divide(text: str, layout: PageLayout, *, known: Mapping[int, PartKind] | None = None) -> Division:
    """Divide a text into parts.

    Args:
        text: the text of one article, as it came.
        layout: the compiled tables of pages.
        known: kinds that are known beforehand, by the offset where the line starts (a title given apart).

    Returns:
        Parts that lie within the text, in order, without overlap, white space between them.
    """
    lines = cut(text, layout)
    for line in lines:
        line.kind = (known or {}).get(line.start)
    _label_alone(lines, text, layout)
    first, last = _prose_range(lines)
    _label_lists(lines, first, last)
    headline = _headline(lines, first)
    if headline is not None:
        _trim_headline(lines[headline], text, layout)
    _label_head(lines, headline, first)
    _label_body(lines, first, last)
    _label_tail(lines, last)
    _split_credits(lines, text, layout)
    _drop_repeats(lines)
    _summary_that_body_repeats(lines)
    return Division(_parts(lines), _published(lines, layout), _credits(lines))


# ---------------------------------------------------------------- each line alone


def _label_alone(lines: Sequence[Line], text: str, layout: PageLayout) -> None:
    """Say of each line what its own words show. Kinds that depend on the place are only signs."""
    label: str | None = None
    above = _Above(opened=any(line.kind == "headline" for line in lines))
    for line in lines:
        if line.kind is None:
            _label_one(line, text, layout, label)
            if not above.opened and "caption" in {line.kind, line.sign}:
                # Nothing stands above it: it is a headline («صورة جوية تكشف …»), or all that there is.
                line.kind = line.sign = None
        elif line.kind == "date":
            found = layout.days.read(line.folded)
            line.day, line.rank = (found.published, found.rank) if found else (None, 0)
        if above.admits_date(line):
            line.kind = "date"
        label = line.sign if line.sign in {"caption_label", "credit_label"} else None
        above.add(line)


@dataclass(slots=True)
class _Above:
    """What was seen above a line: what may be a headline, a date, how much prose, how many lines."""

    opened: bool
    dated: bool = False
    prose: int = 0
    lines: int = 0

    def admits_date(self, line: Line) -> bool:
        """Whether a line that looks like a date line stands where date lines do: near the headline."""
        if line.sign not in {"date", "beside"} or self.prose > 1 or self.lines > _DATE_ZONE:
            return False
        return line.sign == "date" or (self.lines > 0 and not self.dated)

    def add(self, line: Line) -> None:
        """Go past a line."""
        self.opened = self.opened or (line.kind is None and line.sign is None)
        self.dated = self.dated or (line.kind == "date" and line.day is not None)
        self.prose += line.kind is None and line.solid
        self.lines += line.kind != "boilerplate" and line.sign not in _SURROUNDINGS


def _label_one(line: Line, text: str, layout: PageLayout, label: str | None) -> None:
    """Say what one line is, in the order in which the kinds exclude each other."""
    bare = strip_edges(line.folded)
    if label == "caption_label" and line.words <= _CAPTION:
        line.kind = "caption"
        return
    found = layout.days.read(line.folded) if line.words <= 2 * PROSE else None
    if found is not None and found.others <= 5 and (found.others == 0 or (found.apart and found.days)):
        line.sign = "date" if found.others == 0 else "beside"
        line.day, line.rank = found.published, found.rank
        return
    credit = credit_line(text[line.start : line.end], layout, after_label=label == "credit_label")
    if credit is not None:
        _take_credit(line, credit)
        return
    caption = first_kind(layout.captions, bare)
    if caption is not None and line.words <= _CAPTION:
        line.kind, line.sign = ("boilerplate", "caption_label") if caption == "label" else ("caption", None)
        return
    if line.words <= _CAPTION and ends_in_picture_credit(text[line.start : line.end], layout):
        line.sign = None if line.ends and line.words > 2 * PROSE else "caption"
        return
    sign = layout.surroundings(bare)
    if sign is not None:
        line.sign = sign
        if sign not in _SURROUNDINGS:
            line.kind = "boilerplate"


def _take_credit(line: Line, credit: Credit) -> None:
    """Note a credit or a byline."""
    if credit.kind == "tail_byline":
        line.sign = "tail_byline"
    elif credit.kind == "loose":
        line.sign = "loose_credit"
        line.names = credit.names
    else:
        line.kind = "credit"
        line.names = credit.names
        line.sign = "credit_label" if credit.kind == "label" else None


# ---------------------------------------------------------------- where lines stand


def _prose_range(lines: Sequence[Line]) -> tuple[int, int]:
    """The first and the last line of prose; where none is, all lines after the first are taken for it."""
    solid = [n for n, line in enumerate(lines) if line.kind in {None, "body"} and line.solid and not line.sign]
    if solid and solid[0] == _first_open(lines) and _is_sentence_headline(lines, solid):
        solid = solid[1:]
    if solid:
        last = max(n for n, line in enumerate(lines) if line.kind in {None, "body"} and line.prose and not line.sign)
        return solid[0], max(solid[-1], last if last - solid[-1] <= 2 else solid[-1])
    open_lines = [n for n, line in enumerate(lines) if line.kind is None and not line.sign and line.words > _SHORT]
    if len(open_lines) > 1 or any(line.kind == "headline" for line in lines):
        body = open_lines if any(line.kind == "headline" for line in lines) else open_lines[1:]
        return (body[0], body[-1]) if body else (len(lines), -1)
    return len(lines), -1


def _first_open(lines: Sequence[Line]) -> int:
    """The first line that nothing is known of, unless a headline is known."""
    if any(line.kind == "headline" for line in lines):
        return -1
    return next((n for n, line in enumerate(lines) if line.kind is None and not line.sign), -1)


def _is_sentence_headline(lines: Sequence[Line], solid: Sequence[int]) -> bool:
    """Whether the first line is a headline in spite of its full stop: short, and longer lines follow."""
    line = lines[solid[0]]
    return (
        len(solid) > 1
        and line.words <= 15
        and "." not in line.folded.rstrip(".\"' ")
        and lines[solid[1]].words >= 1.5 * line.words
        and (len(lines) <= solid[0] + 1 or lines[solid[0] + 1].gap)
    )


def _label_lists(lines: Sequence[Line], first: int, last: int) -> None:
    """Let the short lines under the heading of a list («روابط ذات صلة») go with it."""
    left = 0
    for number, line in enumerate(lines):
        if line.sign == "list":
            left = _LIST_LENGTH if number >= first else 0
        elif left and (line.kind is None or line.sign == "date") and not line.solid:
            line.kind = "boilerplate"
            left = left - 1 if number < last else _LIST_LENGTH
        elif line.kind != "boilerplate":
            left = 0


def _headline(lines: Sequence[Line], first: int) -> int | None:
    """The number of the headline, when there is one; the page's own title above it is set aside."""
    known = [n for n, line in enumerate(lines) if line.kind == "headline"]
    if known:
        _drop_page_titles(lines, known[0], first)
        return known[0]
    head = [n for n in range(min(first, len(lines))) if lines[n].kind is None and not lines[n].sign]
    twin = _page_title(lines, head)
    if twin is not None:
        lines[twin].kind = "headline"
        return twin
    run = _menu_run(lines, head)
    menu = set(run)
    candidates = [n for n in head if n not in menu] or run[-1:]
    wide = [n for n in candidates if 3 <= lines[n].words <= HEADLINE or lines[n].words > HEADLINE]
    chosen = next(iter(wide or candidates), None)
    if chosen is not None:
        lines[chosen].kind = "headline"
    return chosen


def _page_title(lines: Sequence[Line], head: Sequence[int]) -> int | None:
    """The headline that the first lines (the page's own title: «site - section - headline») repeat."""
    if not head:
        return None
    by_words = {strip_edges(lines[n].folded): n for n in head if lines[n].words >= 3}
    for n in head[:3]:
        pieces = _SEPARATOR.split(lines[n].folded)
        if n == head[0] or len(pieces) > 1:
            pieces.append(lines[n].folded)
        for piece in sorted(pieces, key=len, reverse=True):
            twin = by_words.get(strip_edges(piece))
            if twin is not None and twin > n:
                lines[n].kind = "boilerplate"
                return twin
    return None


def _drop_page_titles(lines: Sequence[Line], headline: int, first: int) -> None:
    """Set the page's own title («site - headline») aside where the headline is known."""
    title = strip_edges(lines[headline].folded)
    for line in lines[headline + 1 : first]:
        if line.kind is None and title in map(strip_edges, _SEPARATOR.split(line.folded)):
            line.kind = "boilerplate"


def _menu_run(lines: Sequence[Line], head: Sequence[int]) -> list[int]:
    """The lines of a menu at the top: many very short ones in a row, with signs of a menu or without."""
    short = []
    for n in range(head[-1] + 1 if head else 0):
        line = lines[n]
        signed = line.kind == "boilerplate" or line.sign in _SURROUNDINGS
        bare = line.kind is None and line.words <= _SHORT and not re.search(r"[:.?!,\"]", line.folded)
        if signed or bare:
            short.append(n)
        elif line.kind is None:
            break
    unsure = [n for n in short if lines[n].kind is None and not lines[n].sign]
    return unsure if len(short) >= _MENU_RUN and len(short) > len(unsure) else unsure if len(unsure) > 5 else []


def _trim_headline(line: Line, text: str, layout: PageLayout) -> None:
    """Leave the names of site and section in the page's title out of the headline."""
    pieces = ranges(text, _SEPARATOR, line.start, line.end)
    keep = [
        (start, end)
        for start, end in pieces
        if first_kind(layout.boilerplate, strip_edges(layout.fold(text[start:end])), "site", "menu") is None
    ]
    if keep and len(keep) < len(pieces) and (keep[0] == pieces[0] or keep[-1] == pieces[-1]):
        start, end = keep[0][0], keep[-1][1]
        for left, right in ((line.start, start), (end, line.end)):
            rest = text[left:right]
            if rest.strip():
                left += len(rest) - len(rest.lstrip())
                line.extra.append(("boilerplate", left, left + len(rest.strip())))
        line.start, line.end = start, end


def _label_head(lines: Sequence[Line], headline: int | None, first: int) -> None:
    """What stands before the body."""
    for number, line in enumerate(lines[:first]):
        if line.kind is not None:
            continue
        if line.sign == "caption":
            line.kind = "caption"
        elif line.sign == "loose_credit" and headline is not None and number > headline:
            line.kind = "credit"
        elif line.sign == "date":
            line.kind = "date"
        elif line.sign or headline is None or number < headline or (line.words <= 2 and not line.bullet):
            line.kind = "boilerplate"
        else:
            line.kind = "summary"


def _label_body(lines: Sequence[Line], first: int, last: int) -> None:
    """What stands between the first and the last paragraph."""
    quotes = 0
    for number in range(first, min(last + 1, len(lines))):
        line = lines[number]
        if line.kind is not None:
            continue
        if line.sign == "caption" and line.words <= LONG and number not in {first, last}:
            line.kind = "caption"
        elif line.sign == "media":
            line.kind = "boilerplate"
        elif line.sign == "loose_credit" and line.folded.startswith(("(", "[")):
            line.kind = "credit"
        elif quotes < _PULL_QUOTES and _is_pull_quote(lines, number):
            quotes += 1
            line.kind = "boilerplate"
            following = lines[number + 1] if number + 1 < len(lines) else None
            if following is not None and following.kind is None and following.words <= PROSE and not following.ends:
                following.kind = "boilerplate"
        else:
            line.kind = "body"


def _is_pull_quote(lines: Sequence[Line], number: int) -> bool:
    """Whether a line is a quotation set apart that a paragraph has in full."""
    line = lines[number]
    if line.words < 5 or not _QUOTED.fullmatch(line.folded):
        return False
    inner = line.folded.strip("\"'. ")
    near = lines[max(0, number - 12) : number + 13]
    return any(other is not line and len(other.folded) > len(line.folded) and inner in other.folded for other in near)


def _label_tail(lines: Sequence[Line], last: int) -> None:
    """What stands after the body."""
    tail = lines[last + 1 :] if last >= 0 else ()
    closed = False
    loose = [line for line in tail if line.kind is None and not line.sign and not line.prose]
    introduced = last >= 0 and lines[last].folded.endswith(":")
    cut_off = last >= 0 and not lines[last].ends and not introduced
    many = len(loose) >= 3 and not introduced and sum(line.ends for line in lines) > 0.4 * len(lines)
    labelled = False
    for line in tail:
        if line.sign == "date" and line.kind is None and not closed:
            # «نشر» and the day below a text; a bare day may belong to a link.
            line.kind = "date" if labelled or line.rank != 1 else "boilerplate"
            labelled = line.day is None
        elif line.kind is not None:
            closed = closed or line.kind == "credit" or line.sign in {"list", "related", "tags", "contributors"}
        elif line.sign == "loose_credit":
            line.kind, closed = "credit", True
        elif line.sign == "tail_byline":
            line.kind = "credit"
        elif line.sign == "caption" and not closed:
            line.kind = "caption"
        elif line.sign:
            line.kind = "boilerplate"
        elif not closed and (line.prose or (cut_off and not line.gap)):
            line.kind = "body"
            cut_off = not line.ends
        elif closed or (many and not line.stops) or (line.words <= _SHORT and not line.ends and not introduced):
            line.kind = "boilerplate"
        else:
            line.kind = "body"
    for line in lines:
        line.kind = line.kind or "boilerplate"


def _split_credits(lines: Sequence[Line], text: str, layout: PageLayout) -> None:
    """Part the credit that ends a paragraph («… في المدينة. (رويترز)») from the paragraph."""
    for line in lines:
        found = trailing_credit(text[line.start : line.end], layout) if line.kind == "body" else None
        if found is not None and found[0] > 0:
            at = line.start + found[0]
            line.extra.append(("credit", at, line.end))
            line.end = at - (len(text[line.start : at]) - len(text[line.start : at].rstrip()))
            line.names = found[1]


def _drop_repeats(lines: Sequence[Line]) -> None:
    """Let a second headline and short titles go; paragraphs that a page says twice stay what they are."""
    seen: dict[str, Line] = {}
    for line in lines:
        if line.kind in {"headline", "summary", "body", "caption"} and line.words > _SHORT:
            earlier = seen.setdefault(strip_edges(line.folded), line)
            if earlier is not line and (earlier.kind == "headline" or line.words < PROSE):
                line.kind = "boilerplate"


def _summary_that_body_repeats(lines: Sequence[Line]) -> None:
    """Call the first paragraph a summary when the second says the same again at greater length."""
    body = [line for line in lines if line.kind == "body"][:2]
    if len(body) < 2 or not any(line.kind == "headline" for line in lines):
        return
    first, second = (set(re.findall(r"\w{3,}", line.folded)) for line in body)
    if first and body[0].words <= 2 * LONG and len(first & second) >= 0.6 * len(first):
        body[0].kind = "summary"


# ---------------------------------------------------------------- results


def _parts(lines: Sequence[Line]) -> tuple[Part, ...]:
    """The parts in order."""
    runs: list[tuple[int, int, PartKind]] = []
    for line in lines:
        runs.append((line.start, line.end, line.kind or "boilerplate"))
        runs += [(start, end, kind) for kind, start, end in line.extra]
    return tuple(Part(kind, Span(start, end)) for start, end, kind in sorted(runs))


def _published(lines: Sequence[Line], layout: PageLayout) -> date | None:
    """The day that is called that of publication, else the one nearest to the headline, below it first."""
    headline = next((n for n, line in enumerate(lines) if line.kind == "headline"), -1)
    dated = [
        (line.rank, n < headline, abs(n - headline), line.day)
        for n, line in enumerate(lines)
        if line.kind == "date" and line.day is not None
    ]
    if dated:
        return min(dated)[-1]
    opening = next((line for line in lines if line.kind in {"summary", "body"}), None)
    return dateline_day(opening.folded, layout) if opening is not None else None


def _credits(lines: Sequence[Line]) -> tuple[str, ...]:
    """The names of all credit lines, once each."""
    return tuple(dict.fromkeys(name for line in lines if _has_credit(line) for name in line.names))


def _has_credit(line: Line) -> bool:
    return line.kind == "credit" or any(kind == "credit" for kind, *_ in line.extra)
