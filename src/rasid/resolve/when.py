"""From what an expression of time says to a day, month, year or stretch, counted from the publication.

The publication day is only what is counted from. What the words do not say is not made up: the answer is then
no value, with the reason.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from hijridate import Gregorian, Hijri

from rasid.model import Article, When, Words
from rasid.model.text import Mention, Sentence
from rasid.model.time import Part, Tense, TimeExpr, TimeRef

Grain = Literal["day", "month", "year"]

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SUNDAY = 6
#: First month of spring, summer and autumn; a winter lies in two years, so a year does not say which it is.
_SEASON_STARTS = {2: 3, 3: 6, 4: 9}
_NEAR_YEARS = (-1, 0, 1)
_MANY_YEARS = tuple(sorted(range(-12, 2), key=abs))
#: Months of the year that its parts stand for.
_PARTS_OF_YEAR: dict[Part, tuple[int, int]] = {
    "start": (1, 1), "early": (1, 3), "middle": (6, 7), "late": (10, 12), "end": (12, 12),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Resolved:
    """The value of an expression, or None with the reason why it has none.

    `value` and `precision` are those of a record's `When`.
    """

    value: str | None
    precision: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days from `first` to `last`; `grain` is how exactly they are known, and how they are written."""

    first: date
    last: date
    grain: Grain
    precision: str
    reason: str

    @property
    def value(self) -> str:
        whole = self.precision in ("day", "month", "year") or (self.precision == "week" and self.first == self.last)
        if whole:
            return _written(self.first, self.grain)
        return f"{_written(self.first, self.grain)}/{_written(self.last, self.grain)}"


class _NoValueError(Exception):
    """The words do not say when."""


def resolve_when(expr: TimeExpr, published: date | None, tense: Tense, words: Words) -> When | None:
    """The time that an expression stands for, with the words that say so; None when they do not say.

    Args:
        expr: what the expression says.
        published: day of publication, where known.
        tense: of the act that it dates; decides between the Friday before and the Friday after.
        words: the expression in the text.
    """
    found = read_when(expr, published, tense)
    return None if found.value is None else When(found.value, words, found.precision, found.reason)


@dataclass(frozen=True, slots=True)
class Dating:
    """What dates acts: `joints` are the roles of folded words that part or join the times of two acts."""

    joints: Mapping[str, str]

    def __call__(self, article: Article, sentence: Sentence, mention: Mention, tense: Tense = "unknown") -> When | None:
        """The time of a mention of kind ``time``, counted from the article's day of publication."""
        if not isinstance(mention.data, TimeExpr):
            return None
        words = Words(mention.span.of(article.text), mention.span)
        return resolve_when(mention.data, article.published, tense, words)


def read_when(expr: TimeExpr, published: date | None, tense: Tense = "unknown") -> Resolved:
    """The value of an expression, or why it has none."""
    if expr.names_event:
        return Resolved(None, "", "the date names an event, a day of memory or a body")
    if expr.no_date:
        return Resolved(None, "", expr.no_date)
    try:
        found = _Counter(published, tense).whole(expr)
    except _NoValueError as error:
        return Resolved(None, "", str(error))
    except (ValueError, OverflowError):
        return Resolved(None, "", "there is no such day")
    reason = f"{found.reason}; the number is approximate" if expr.vague else found.reason
    return Resolved(found.value, found.precision, reason)


class _Counter:
    """Counts from one day of publication."""

    def __init__(self, published: date | None, tense: Tense) -> None:
        self._published, self.tense = published, tense

    @property
    def today(self) -> date:
        """The day of publication.

        Raises:
            _NoValueError: when it is not known.
        """
        if self._published is None:
            raise _NoValueError("counted from the day of publication, which is not known")
        return self._published

    # -- expressions -----------------------------------------------------------------------------------

    def whole(self, expr: TimeExpr) -> _Stretch:
        """The stretch of an expression with its preposition."""
        if expr.end is not None:
            return self._range(expr.start, expr.end)
        here = self.ref(expr.start)
        if expr.relation == "since":
            return self._since(expr.start, here)
        if expr.relation == "until":
            return self._until(here)
        if expr.relation == "after":
            raise _NoValueError("it only says after what")
        if expr.relation == "before" and (self._published is None or here.last <= self.today):
            raise _NoValueError("it only says before what")
        if expr.relation == "starting":
            return _Stretch(here.first, here.first, here.grain, here.grain, here.reason)
        return here

    def _since(self, ref: TimeRef, start: _Stretch) -> _Stretch:
        if start.first > self.today:
            raise _NoValueError("it begins after the publication")
        grain = start.grain
        reason = f"from then ({start.reason}) to the publication {self.today}"
        if grain == "year" and ref.kind == "date":
            end = _written(self.today, "month")
            return _Open(start.first, self.today, grain, "range", reason, f"{start.first.year:04}/{end}")
        return _Stretch(start.first, self.today, grain, "range", reason)

    def _until(self, end: _Stretch) -> _Stretch:
        if end.last < self.today:
            raise _NoValueError("it says until when, not since when")
        return _Stretch(self.today, end.last, end.grain, "range", f"from the publication {self.today} to then")

    def _range(self, first: TimeRef, last: TimeRef) -> _Stretch:
        """Two points; the one that can be placed first decides the year or week of the other."""
        ahead = self.tense == "future" or "next" in (first.pick, last.pick)
        if ahead and first.kind == "weekday":
            start = self.ref(first)
            end = self._beside(last, start.first, after=True)
        else:
            end = self.ref(last)
            start = self._beside(first, end.last, after=False)
        if start.first > end.last:
            raise _NoValueError("the range ends before it begins")
        if start.grain == end.grain:
            return _Stretch(start.first, end.last, start.grain, "range", f"{start.reason}; {end.reason}")
        text = f"{_written(start.first, start.grain)}/{_written(end.last, end.grain)}"
        return _Open(start.first, end.last, start.grain, "range", f"{start.reason}; {end.reason}", text)

    def _beside(self, ref: TimeRef, other: date, *, after: bool) -> _Stretch:
        """The other end of a range: the nearest after or before `other`, where the text leaves it open."""
        if ref.kind == "weekday" and ref.week is None:
            step = (ref.weekdays[0] - other.weekday()) % 7 if after else -((other.weekday() - ref.weekdays[0]) % 7)
            day = other + timedelta(days=step)
            return _Stretch(day, day, "day", "day", f"the {_DAYS[ref.weekdays[0]]} {'after' if after else 'before'} it")
        open_year = ref.kind == "date" and ref.month is not None and ref.year is None and ref.year_offset is None
        if open_year and ref.calendar == "civil":
            for year in (other.year, other.year - 1):
                found = self._in_year(ref, year)
                if found.first <= other:
                    return found
        return self.ref(ref)

    # -- points and stretches --------------------------------------------------------------------------

    def ref(self, ref: TimeRef) -> _Stretch:
        """The stretch of one point or period."""
        kinds: dict[str, Callable[[TimeRef], _Stretch]] = {
            "day": self._day, "weekday": self._weekday, "date": self._date, "week": self._week,
            "stretch": self._stretch, "count": self._count, "span": self._span,
        }  # fmt: skip
        return kinds[ref.kind](ref)

    def _day(self, ref: TimeRef) -> _Stretch:
        day = self.today + timedelta(days=ref.offset)
        reason = f"{ref.offset:+} days from the publication {self.today}" if ref.offset else "the day of publication"
        if ref.weekdays and day.weekday() != ref.weekdays[0]:
            step = (ref.weekdays[0] - day.weekday()) % 7
            if step > 1 and (ref.offset <= 0 or step == 6):  # a page may bear the day before or after its text's
                step -= 7
            day += timedelta(days=step)
            reason = f"the {_DAYS[ref.weekdays[0]]} nearest to {reason}: the weekday decides"
        return _one(day, reason)

    def _weekday(self, ref: TimeRef) -> _Stretch:
        if ref.week is not None:
            day = self._sunday(ref.week) + timedelta(days=(ref.weekdays[0] + 1) % 7)
            return _one(day, f"{_DAYS[ref.weekdays[0]]} of the week {ref.week:+} from the publication {self.today}")
        wanted = ref.weekdays[-1]
        back, ahead = (self.today.weekday() - wanted) % 7, (wanted - self.today.weekday()) % 7
        if ref.pick in ("last", "beforelast"):
            step, how = -(back or 7) - (7 if ref.pick == "beforelast" else 0), "last before"
        elif ref.pick in ("next", "afternext"):
            step, how = (ahead or 7) + (7 if ref.pick == "afternext" else 0), "next after"
        elif self.tense == "future":
            step, how = ahead, "nearest on or after"
        else:
            step, how = -back, "nearest on or before"
        last = self.today + timedelta(days=step)
        reason = f"{_DAYS[wanted]} {how} the publication {self.today}"
        if len(ref.weekdays) == 2:
            return _Stretch(last - timedelta(days=1), last, "day", "range", f"the night to {reason}")
        return _one(last, reason)

    def _sunday(self, offset: int) -> date:
        """The Sunday that begins the week so many weeks from that of the publication."""
        back = (self.today.weekday() - _SUNDAY) % 7
        return self.today + timedelta(days=7 * offset - back)

    def _week(self, ref: TimeRef) -> _Stretch:
        # «earlier this week», said on its first day, is the week that has just ended
        ended = ref.offset == 0 and self.tense == "past" and self.today.weekday() == _SUNDAY
        first = self._sunday(-1 if ended else ref.offset)
        reason = f"the week (Sunday to Saturday) {ref.offset:+} from the publication {self.today}"
        return _Stretch(first, first + timedelta(days=6), "day", "week", reason)

    def _count(self, ref: TimeRef) -> _Stretch:
        if ref.count is None:
            raise _NoValueError("how many is not said")
        if ref.count > 0 and self.tense != "future":
            raise _NoValueError("so long after another act")
        return self._moved(ref, ref.count)

    def _moved(self, ref: TimeRef, count: int) -> _Stretch:
        """The point `count` units from the publication."""
        reason = f"{count:+} {ref.unit}s from the publication {self.today}"
        if ref.unit == "hour" and count % 24 == 0:
            return _one(self.today + timedelta(days=count // 24), reason)
        if ref.unit in ("hour", "minute"):
            raise _NoValueError("counted in hours from an hour that is not known")
        if ref.unit in ("day", "week"):
            day = self.today + timedelta(days=count * (7 if ref.unit == "week" else 1))
            return _Stretch(day, day, "day", "week" if ref.unit == "week" else "day", reason)
        if ref.unit == "month":
            return _month(*_months_on(self.today, count), reason)
        years = {"year": 1, "decade": 10, "century": 100}[ref.unit]
        return _year(self.today.year + count * years, reason)

    def _span(self, ref: TimeRef) -> _Stretch:
        if ref.count is None:
            raise _NoValueError("how many is not said")
        if ref.unit == "minute":
            raise _NoValueError("counted in minutes from an hour that is not known")
        unit, count = (ref.unit, ref.count) if ref.unit != "hour" else ("day", -(-ref.count // 24))
        other = self._moved(replace(ref, unit=unit), count if ref.forward else -count)
        here = _Stretch(self.today, self.today, other.grain, "day", "")
        first, last = (here.first, other.last) if ref.forward else (other.first, here.last)
        return _Stretch(first, last, other.grain, "range", f"{other.reason} to the publication")

    # -- dates of a calendar ---------------------------------------------------------------------------

    def _date(self, ref: TimeRef) -> _Stretch:
        if ref.calendar == "hijri":
            return self._hijri(ref)
        if ref.month_offset is not None:
            year, month = _months_on(self.today, ref.month_offset)
            return self._in_year(replace(ref, month=month, month_offset=None), year)
        year_known = self._known_year(ref)
        if year_known is not None:
            return self._in_year(ref, year_known)
        if ref.month is None:
            raise _NoValueError("neither month nor year is said")
        return self._nearest(ref)

    def _known_year(self, ref: TimeRef) -> int | None:
        if ref.year is not None:
            return ref.year
        return self.today.year + ref.year_offset if ref.year_offset is not None else None

    def _in_year(self, ref: TimeRef, year: int) -> _Stretch:
        if ref.month is None:
            return self._year_part(ref.part, year)
        if ref.day is None:
            return _month(year, ref.month, "month as written" if ref.year else f"that month of {year}")
        day = date(year, ref.month, ref.day)
        said = bool(ref.weekdays) and day.weekday() != ref.weekdays[0]
        note = f" (a {_DAYS[day.weekday()]}, not the {_DAYS[ref.weekdays[0]]} that is said)" if said else ""
        return _one(day, ("date as written" if ref.year else f"that day of {year}") + note)

    @staticmethod
    def _year_part(part: Part, year: int) -> _Stretch:
        if not part:
            return _year(year, "year as written")
        first, last = _PARTS_OF_YEAR[part]
        if first == last:
            return _month(year, first, f"{part} of {year}")
        return _Stretch(date(year, first, 1), _month_end(year, last), "month", "range", f"{part} of {year}")

    def _nearest(self, ref: TimeRef) -> _Stretch:
        """A day or month without its year: the year that suits its pick, the tense, or is nearest."""
        if ref.weekdays and ref.day is not None:
            fitting = [y for y in _MANY_YEARS if _is_weekday(self.today.year + y, ref)]
            if fitting:
                found = self._in_year(ref, self.today.year + fitting[0])
                return replace(found, reason=f"{found.reason}, when it is a {_DAYS[ref.weekdays[0]]}")
        options = [self._in_year(ref, self.today.year + y) for y in _NEAR_YEARS if _exists(self.today.year + y, ref)]
        if not options:
            raise _NoValueError("there is no such day in the years around the publication")
        chosen = self._chosen(ref, options)
        return replace(chosen, reason=f"{chosen.reason}, {self._why(ref)} the publication {self.today}")

    def _chosen(self, ref: TimeRef, options: list[_Stretch]) -> _Stretch:
        past = [o for o in options if (o.last < self.today if ref.pick == "last" else o.first <= self.today)]
        ahead = [o for o in options if (o.first > self.today if ref.pick == "next" else o.last >= self.today)]
        if ref.pick in ("last", "beforelast"):
            return past[-1] if ref.pick == "last" or len(past) < 2 else past[-2]
        if ref.pick in ("next", "afternext"):
            return ahead[0]
        if ref.pick == "this":
            return next((o for o in options if o.first.year == self.today.year), options[0])
        if self.tense == "future":
            return ahead[0] if ahead else past[-1]
        if self.tense == "past" or not ahead or not past:
            return past[-1] if past else ahead[0]
        # most dates without a year are past ones: a coming one must be clearly nearer
        near = 2 * (ahead[0].first - self.today).days < (self.today - past[-1].last).days
        return ahead[0] if near else past[-1]

    def _why(self, ref: TimeRef) -> str:
        if ref.pick:
            return {"last": "last before", "next": "next after", "this": "in the year of"}.get(ref.pick, ref.pick)
        return {"future": "next after", "past": "last before", "unknown": "nearest to"}[self.tense]

    # -- quarters, seasons, decades --------------------------------------------------------------------

    def _stretch(self, ref: TimeRef) -> _Stretch:
        if ref.unit in ("decade", "century"):
            first = ref.year or 0
            return _years(first, first + (9 if ref.unit == "decade" else 99))
        if ref.unit == "season":
            return self._season(ref)
        if ref.unit == "week":
            return self._week_of_month(ref)
        if ref.month is not None or ref.month_offset is not None:
            return self._half_month(ref)
        year = self._known_year(ref)
        if year is None:
            raise _NoValueError("of which year is not said")
        length = 3 if ref.unit == "quarter" else 6
        parts = 12 // length
        nth = parts if ref.count == -1 else ref.count or 0
        if not 1 <= nth <= parts:
            raise _NoValueError(f"a year has no such {ref.unit}")
        return _of_year(year, length * (nth - 1) + 1, length, f"{ref.unit} {nth} of {year}")

    def _season(self, ref: TimeRef) -> _Stretch:
        month = _SEASON_STARTS.get(ref.count or 0)
        if month is None:
            raise _NoValueError("a winter lies in two years")
        year = self._known_year(ref)
        if year is None:
            options = [_of_year(self.today.year + y, month, 3, "that season") for y in _NEAR_YEARS]
            chosen = self._chosen(ref, options)
            return replace(chosen, reason=f"that season, {self._why(ref)} the publication {self.today}")
        return _of_year(year, month, 3, f"that season of {year}")

    def _week_of_month(self, ref: TimeRef) -> _Stretch:
        whole = self._date(replace(ref, kind="date", count=None))
        last = whole.last
        first = (
            last - timedelta(days=6) if ref.count == -1 else whole.first + timedelta(days=7 * ((ref.count or 1) - 1))
        )
        return _Stretch(first, min(first + timedelta(days=6), last), "day", "week", f"that week of {whole.value}")

    def _half_month(self, ref: TimeRef) -> _Stretch:
        if ref.unit != "half":
            raise _NoValueError("a month has no quarters")
        whole = self._date(replace(ref, kind="date", count=None))
        middle = whole.first.replace(day=15)
        first, last = (whole.first, middle) if ref.count == 1 else (middle + timedelta(days=1), whole.last)
        return _Stretch(first, last, "day", "range", f"half of {whole.value}")

    # -- the Hijri calendar ----------------------------------------------------------------------------

    def _hijri(self, ref: TimeRef) -> _Stretch:
        if ref.month_offset is not None:
            raise _NoValueError("which month of the Hijri year is not said")
        if ref.year is not None:
            return _hijri_in(ref, ref.year)
        now = _hijri_of(self.today)
        if ref.year_offset is not None:
            return _hijri_in(ref, now.year + ref.year_offset)
        if ref.month is None:
            raise _NoValueError("neither month nor year is said")
        options = [_hijri_in(ref, now.year + y) for y in _NEAR_YEARS if _hijri_exists(ref, now.year + y)]
        if not options:
            raise _NoValueError("there is no such day in the years around the publication")
        chosen = self._chosen(ref, options)
        return replace(chosen, reason=f"{chosen.reason}, {self._why(ref)} the publication {self.today}")


@dataclass(frozen=True, slots=True)
class _Open(_Stretch):
    """A stretch whose ends are known to different grains; `text` is its value."""

    text: str = ""

    @property
    def value(self) -> str:
        return self.text


def _written(day: date, grain: Grain) -> str:
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[grain]]


def _one(day: date, reason: str) -> _Stretch:
    return _Stretch(day, day, "day", "day", reason)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _month(year: int, month: int, reason: str) -> _Stretch:
    return _Stretch(date(year, month, 1), _month_end(year, month), "month", "month", reason)


def _year(year: int, reason: str) -> _Stretch:
    return _Stretch(date(year, 1, 1), date(year, 12, 31), "year", "year", reason)


def _years(first: int, last: int) -> _Stretch:
    return _Stretch(date(first, 1, 1), date(last, 12, 31), "year", "range", "years as written")


def _of_year(year: int, month: int, length: int, reason: str) -> _Stretch:
    return _Stretch(date(year, month, 1), _month_end(year, month + length - 1), "month", "range", reason)


def _months_on(day: date, count: int) -> tuple[int, int]:
    """(year, month) that is `count` months from that of `day`."""
    at = day.year * 12 + day.month - 1 + count
    return at // 12, at % 12 + 1


def _exists(year: int, ref: TimeRef) -> bool:
    return ref.day is None or (ref.month is not None and ref.day <= monthrange(year, ref.month)[1])


def _is_weekday(year: int, ref: TimeRef) -> bool:
    assert ref.month is not None and ref.day is not None
    return _exists(year, ref) and date(year, ref.month, ref.day).weekday() == ref.weekdays[0]


def _hijri_of(day: date) -> Hijri:
    return Gregorian(day.year, day.month, day.day).to_hijri()


def _civil(hijri: Hijri) -> date:
    there = hijri.to_gregorian()
    return date(there.year, there.month, there.day)


def _hijri_exists(ref: TimeRef, year: int) -> bool:
    return ref.day is None or (ref.month is not None and ref.day <= Hijri(year, ref.month, 1).month_length())


def _hijri_in(ref: TimeRef, year: int) -> _Stretch:
    """A day, month or year of the Hijri calendar (Umm al-Qura, as newspapers print it) in civil days."""
    if ref.day is not None and ref.month is not None:
        return _one(_civil(Hijri(year, ref.month, ref.day)), f"Hijri {year}-{ref.month:02}-{ref.day:02}")
    months: Iterable[int] = (ref.month,) if ref.month is not None else (1, 12)
    first, *_, last = [*months] * 2
    begins = _civil(Hijri(year, first, 1))
    ends = _civil(Hijri(year, last, 1)) + timedelta(days=Hijri(year, last, 1).month_length() - 1)
    name = f"Hijri {year}-{ref.month:02}" if ref.month is not None else f"Hijri {year}"
    return _Stretch(begins, ends, "day", "range", name)
