"""Expressions of time as written, before they are counted from anywhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Tense = Literal["past", "future", "unknown"]
Pick = Literal["", "last", "this", "next", "beforelast", "afternext"]
Part = Literal["", "start", "early", "middle", "late", "end"]
Calendar = Literal["civil", "hijri"]
Relation = Literal["at", "since", "until", "before", "after", "by", "starting"]
Unit = Literal["minute", "hour", "day", "week", "month", "quarter", "half", "season", "year", "decade", "century"]
RefKind = Literal[
    "day",  # so many days from the publication
    "weekday",
    "date",  # a day, month or year of a calendar, as far as given
    "week",  # the week of the publication or so many weeks from it
    "stretch",  # a quarter, half, season, week of a month, decade, century
    "count",  # so many units away
    "span",  # the last or next so many units
]


@dataclass(frozen=True, slots=True)
class TimeRef:
    """One point or stretch of time.

    Attributes:
        kind: what is given; the other fields are read by it.
        offset: ``day``: days from the publication; ``week``: weeks from that of the publication.
        weekdays: Monday is 0; two for the night between two days; beside ``day`` the weekday that the
            text adds («اليوم الجمعة»).
        day, month, year: as written.
        month_offset, year_offset: «الشهر الماضي» is -1 month, «العام المقبل» +1 year.
        pick: «الماضي»، «المقبل» … after a weekday, a month, a day of a month.
        part: «مطلع»، «أواخر» …
        unit: of ``count``, ``span`` and ``stretch``.
        count: how many units, or which one of a stretch (-1: the last); None when the text does not say.
        forward: a ``span`` that is still to come.
        week: ``weekday``: of which week («الجمعة من الأسبوع الماضي»), as an offset.
    """

    kind: RefKind
    offset: int = 0
    weekdays: tuple[int, ...] = ()
    day: int | None = None
    month: int | None = None
    year: int | None = None
    month_offset: int | None = None
    year_offset: int | None = None
    pick: Pick = ""
    part: Part = ""
    calendar: Calendar = "civil"
    unit: Unit = "day"
    count: int | None = None
    forward: bool = False
    week: int | None = None


@dataclass(frozen=True, slots=True)
class TimeExpr:
    """What an expression of time says.

    Attributes:
        start: the point or stretch, or the first of two.
        end: the other end of a range.
        relation: how the preposition places the act: at it, since it, until it, before it …
        names_event: the date is the name of an event, a day of memory, a body («أحداث 11 سبتمبر»);
            it never dates an act.
        no_date: why this is no date at all («كل جمعة» recurs), or "".
        vague: a word like «نحو» stands beside a number.
        rows: file and line of the table rows by which it was read.
    """

    start: TimeRef
    end: TimeRef | None = None
    relation: Relation = "at"
    names_event: bool = False
    no_date: str = ""
    vague: bool = False
    rows: tuple[str, ...] = field(default=(), compare=False)
