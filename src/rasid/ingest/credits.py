"""Credit lines: which agencies and outlets an article was made from, and who wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rasid.ingest.layout import PageLayout, first_kind, strip_edges

#: Longest credit line, in words.
LONGEST = 25
_NAME_WORDS = 6
_PLACE_WORDS = 6
#: A place line at the beginning of a text is not longer, in characters.
_DATELINE = 100

#: How sure a credit line is: `names` anywhere, `loose` only where no sentence is expected; `label` announces
#: the names of the next line; bylines name an author, who is no source.
CreditKind = Literal["names", "loose", "label", "byline", "tail_byline"]

_INNER = re.compile(r"^[(\[]([^()\[\]]+)[)\]]\s*\.?$")
_END = re.compile(r"[(\[]\s*([^()\[\]]{2,80}?)\s*[)\]]\s*\.?\s*$")
_END_DASHED = re.compile(r"\s*[-–—]\s*([^-–—()]{2,40})$")
_DATELINE_END = re.compile(r"\s*[-–—:/]+(?=\s)|$")
_AFTER_SENTENCE = re.compile(r"[.!?؟…\"”»]\s*$")
_SPLIT = re.compile(r"\s*[،,+&؛;|•/]\s*|\s+[-–—]+\s+|\s*[–—]\s*|\s+-|-\s+")
_QUOTES = " \t\xa0\"'«»“”„‘’()[]:.*/"


@dataclass(frozen=True, slots=True)
class Credit:
    """A line that was read as a credit."""

    kind: CreditKind
    names: tuple[str, ...] = ()


def credit_line(raw: str, layout: PageLayout, *, after_label: bool = False) -> Credit | None:
    """Read a line as a credit, or None.

    Args:
        raw: the line as it stands in the text.
        layout: the compiled tables of pages.
        after_label: whether the line before is a label («المصدر:»), so that this one holds the names.
    """
    folded = layout.fold(raw)
    words = folded.count(" ") + 1
    if words > LONGEST:
        return None
    byline = first_kind(layout.credits, strip_edges(folded), "byline", "tail_byline", "label")
    if byline == "label":
        return Credit("label")
    if byline is not None:
        return Credit("byline" if byline == "byline" else "tail_byline")
    rest = _after_label(raw, layout)
    if rest is not None or after_label:
        names = names_of(raw if rest is None else rest, layout)
        return _judge(names, layout, "loose") if words <= 2 * _NAME_WORDS else None
    inner = _INNER.match(raw.strip())
    if inner is not None:
        return _judge(names_of(inner[1], layout), layout, "loose") if words <= 2 * _NAME_WORDS else None
    names = names_of(raw, layout)
    known = tuple(name for name in names if is_agency(name, layout))
    if known and len(known) == len(names):
        return Credit("names" if len(known) > 1 else "loose", known)
    place, colon, last = raw.rpartition(":")
    if colon and place and is_agency(last.strip(_QUOTES), layout):
        known = (last.strip(_QUOTES),)
    return Credit("loose", known) if known and words <= _PLACE_WORDS else None


def _judge(names: tuple[str, ...], layout: PageLayout, otherwise: CreditKind) -> Credit | None:
    """The credit that a list of names makes: sure when one of them is known."""
    if not names or any(name.count(" ") >= _NAME_WORDS or name.isdecimal() for name in names):
        return None
    return Credit("names" if any(is_agency(name, layout) for name in names) else otherwise, names)


def _after_label(raw: str, layout: PageLayout) -> str | None:
    """What stands after «المصدر:» in a line, or None when it does not begin so."""
    head, colon, rest = raw.partition(":")
    if not colon or not rest.strip():
        return None
    return rest if first_kind(layout.credits, f"{layout.fold(head)}:", "label") else None


def names_of(raw: str, layout: PageLayout) -> tuple[str, ...]:
    """The names of a list, as written."""
    found: list[str] = []
    for piece in _SPLIT.split(raw):
        name = piece.strip(_QUOTES)
        if name:
            found += _joined(name, layout)
    return tuple(dict.fromkeys(found))


def _joined(name: str, layout: PageLayout) -> tuple[str, ...]:
    """Two known names where a conjunction that is glued to the second joins them, else the name alone."""
    if is_agency(name, layout):
        return (name,)
    for match in re.finditer(r"\s+\w\s*", name):
        left, right = name[: match.start()].strip(_QUOTES), name[match.end() :].strip(_QUOTES)
        if left and right and is_agency(left, layout) and is_agency(right, layout):
            return (left, right)
    return (name,)


def is_agency(name: str, layout: PageLayout) -> bool:
    """Whether a name is one of the known agencies and outlets."""
    return first_kind(layout.credits, strip_edges(layout.fold(name)), "agency") is not None


def ends_in_picture_credit(raw: str, layout: PageLayout) -> bool:
    """Whether a line ends in the credit of a picture: «… خلال اللقاء (رويترز)»."""
    match = _END.search(raw) or _END_DASHED.search(raw)
    if match is None or match.start() == 0 or raw.endswith("."):
        return False
    names = names_of(match[1], layout)
    known = (first_kind(layout.credits, strip_edges(layout.fold(name)), "agency", "picture") for name in names)
    return bool(names) and any(kind is not None for kind in known)


def dateline_day(folded: str, layout: PageLayout) -> date | None:
    """The day of the place line that opens an agency's text: «رام الله 13-9-2024 وفا- قال …»."""
    for end in _DATELINE_END.finditer(folded[:_DATELINE]):
        opening = folded[: end.start()]
        days = layout.days.days(opening)
        if days:
            before, after = layout.days.hijri.sub("", opening[: days[0][0]]), opening[days[-1][1] :]
            agency = " ".join(word for word in after.split() if not layout.days.filler.fullmatch(word.strip(",")))
            if len(before.split()) <= _PLACE_WORDS and is_agency(agency.strip(_QUOTES), layout):
                return days[-1][2]
    return None


def trailing_credit(raw: str, layout: PageLayout) -> tuple[int, tuple[str, ...]] | None:
    """The credit after the last sentence of a paragraph: where it begins in `raw`, and its names."""
    if not raw.endswith((")", "]", ").", "].")):
        return None
    match = _END.search(raw)
    if match is None or not _AFTER_SENTENCE.search(raw[: match.start()]):
        return None
    names = names_of(match[1], layout)
    if not names or not all(is_agency(name, layout) for name in names):
        return None
    return match.start(), names
