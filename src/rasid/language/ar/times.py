"""Expressions of time in a sentence: found by the tables of time, read into what they say.

Nothing is counted here: what day an expression means is decided later, from the day of publication.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from rasid.language.ar.letters import fold
from rasid.model import Span
from rasid.model.text import Mention, Token
from rasid.model.time import Calendar, Part, Pick, TimeExpr, TimeRef, Unit
from rasid.packs.times import TimeTables

T = TypeVar("T")
_At = tuple[T, int] | None
_Ref = _At[TimeRef]

_ARTICLE = "ال"
_AND = "و"
_TO = "ل"
_GOVERNORS = frozenset({"في", "ل", "ب"})
_DASHES = frozenset("-–—/")
_OPEN, _CLOSE = "(", ")"
_COMMAS = frozenset("،,")

#: Kinds whose forms are matched with and without the article.
_EITHER = frozenset(
    {
        "unit", "unit_weak", "cardinal", "ordinal", "pair", "part", "season", "part_year", "decade",
        "daypart", "anniversary", "event", "vague",
    }
)  # fmt: skip
_WEEKDAYS = {
    "monday": 0,
    "tuesday": 1,
    "wednesday": 2,
    "thursday": 3,
    "friday": 4,
    "saturday": 5,
    "sunday": 6,
}
_PICK_OFFSET = {"last": -1, "this": 0, "next": 1, "beforelast": -2, "afternext": 2}
_SEASONS = {"winter": 1, "spring": 2, "summer": 3, "autumn": 4}
_PERIODS = frozenset({"week", "month", "year"})
_GREGORIAN, _HIJRI = range(1000, 2101), range(1300, 1501)
_PLAIN_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    value: str
    count: int = 0
    definite: bool = False
    number: int = 0
    hijri: bool = False
    weak: bool = False
    rare: bool = False
    at: str = ""


@dataclass(frozen=True, slots=True)
class _Quantity:
    unit: Unit
    count: int | None
    vague: bool


@dataclass(frozen=True, slots=True)
class _Month:
    number: int
    hijri: bool
    sure: bool
    rare: bool = False


@dataclass(frozen=True, slots=True)
class _Year:
    year: int | None = None
    offset: int | None = None
    hijri: bool = False
    unknown: bool = False


_Vocabulary = dict[str, list[tuple[tuple[str, ...], _Entry]]]


class TimeFinder:
    """Finds expressions of time. Holds the tables only."""

    def __init__(self, tables: TimeTables) -> None:
        self._words: _Vocabulary = {}
        for word in tables.words:
            entry = _Entry(
                word.kind,
                word.value,
                word.count,
                word.form.startswith(_ARTICLE),
                _number(word.value),
                at=word.at,
            )
            self._add(word.form, entry)
            if word.kind in _EITHER and not word.form.startswith(_ARTICLE):
                self._add(_ARTICLE + word.form, replace(entry, definite=True))
        for name in tables.months:
            entry = _Entry(
                "month", "", number=name.number, hijri=name.hijri, weak=name.weak, rare=name.rare, at=name.at
            )
            self._add(name.form, entry)

    def _add(self, form: str, entry: _Entry) -> None:
        first, *rest = fold(form).split()
        self._words.setdefault(first, []).append((tuple(rest), entry))

    def __call__(self, tokens: Sequence[Token]) -> Iterator[Mention]:
        """The expressions of a sentence, in order; none overlap."""
        reader = _Reader(self._words, tokens)
        i = 0
        while i < len(tokens):
            if not reader.may_begin(i):
                i += 1
                continue
            first, found, i = reader.expression(i)
            if found is not None:
                span = Span(tokens[first].span.start, tokens[i - 1].span.end)
                yield Mention("time", first, i - 1, span, "", data=replace(found, rows=reader.rows(first, i)))


def _number(value: str) -> int:
    return int(value) if value.lstrip("-").isdigit() else 0


class _Reader:
    """One sentence. Methods named for what they read give it and the token after it, or None."""

    def __init__(self, words: _Vocabulary, tokens: Sequence[Token]) -> None:
        self.words, self.tokens, self.n = words, tokens, len(tokens)
        self._matches: dict[int, dict[str, tuple[_Entry, int]]] = {}
        self._anaphoric = False  # the last month or year read was «the same»

    # -- words -----------------------------------------------------------------------------------------

    def may_begin(self, i: int) -> bool:
        """Whether an expression could begin at token `i`."""
        token = self.tokens[i]
        return token.kind == "number" or token.norm == _ARTICLE or bool(self.match(i))

    def match(self, i: int) -> dict[str, tuple[_Entry, int]]:
        """The table entries that begin at token `i`, the longest of each kind, and the token after each."""
        known = self._matches.get(i)
        if known is None:
            known = self._matches[i] = self._look_up(i)
        return known

    def _look_up(self, i: int) -> dict[str, tuple[_Entry, int]]:
        found: dict[str, tuple[_Entry, int]] = {}
        for key, after in self._keys(i):
            for rest, entry in self.words.get(key, ()):
                end = self._follow(rest, after)
                if end is not None and (entry.kind not in found or end > found[entry.kind][1]):
                    found[entry.kind] = (entry, end)
        return found

    def _keys(self, i: int) -> list[tuple[str, int]]:
        """Token `i`, and from it to the end of its written word: words of time may look cliticised."""
        if i >= self.n or self.tokens[i].kind != "word":
            return []
        keys = [(self.tokens[i].norm, i + 1)]
        word, j, whole = self.tokens[i].word, i + 1, self.tokens[i].norm
        while j < self.n and self.tokens[j].word == word:
            whole, j = whole + self.tokens[j].norm, j + 1
        if j > i + 1:
            keys.append((whole, j))
        return keys

    def _follow(self, rest: tuple[str, ...], i: int) -> int | None:
        for word in rest:
            after = next((end for key, end in self._keys(i) if key == word), None)
            if after is None:
                return None
            i = after
        return i

    def entry(self, kind: str, i: int) -> _At[_Entry]:
        """The table entry of that kind at token `i`."""
        return self.match(i).get(kind) if i < self.n else None

    def after(self, kind: str, i: int) -> int:
        """The token after an entry of that kind at `i`, or `i` where there is none."""
        found = self.entry(kind, i)
        return found[1] if found is not None else i

    def is_(self, norm: str, i: int) -> bool:
        """Whether token `i` is that letter or mark."""
        return i < self.n and self.tokens[i].norm == norm

    def among(self, norms: frozenset[str], i: int) -> bool:
        """Whether token `i` is one of these marks."""
        return i < self.n and self.tokens[i].norm in norms

    def digits(self, i: int) -> int | None:
        """The number that token `i` writes in digits."""
        if i < self.n and self.tokens[i].kind == "number" and self.tokens[i].norm.isdigit():
            return int(self.tokens[i].norm)
        return None

    def rows(self, first: int, end: int) -> tuple[str, ...]:
        """File and line of the longest table entry at each token of an expression."""
        found: list[str] = []
        i = first
        while i < end:
            entries = sorted(self.match(i).values(), key=lambda e: -e[1])
            if entries and entries[0][0].at not in found:
                found.append(entries[0][0].at)
            i = entries[0][1] if entries else i + 1
        return tuple(found)

    # -- numbers ---------------------------------------------------------------------------------------

    def cardinal(self, i: int) -> _At[int]:
        """A number in digits or words."""
        digits = self.digits(i)
        if digits is not None:
            return digits, i + 1
        return self._words_number("cardinal", i)

    def _words_number(self, kind: str, i: int) -> _At[int]:
        found = self.entry(kind, i)
        if found is None:
            return None
        value, j = found[0].number, found[1]
        if 0 < value < 10 and self.is_(_AND, j):
            tens = self.entry("cardinal", j + 1)
            if tens is not None and tens[0].number in range(20, 100, 10):
                return value + tens[0].number, tens[1]
        return value, j

    def day_number(self, i: int) -> _At[int]:
        """A day of the month: digits, or an ordinal with the article."""
        j = i + 1 if self.is_(_ARTICLE, i) else i
        digits = self.digits(j)
        if digits is not None:
            return (digits, j + 1) if 1 <= digits <= 31 and self.tokens[j].text[0] != "+" else None
        found = self.entry("ordinal", i)
        if found is None or not found[0].definite:
            return None
        number = self._words_number("ordinal", i)
        return number if number is not None and 1 <= number[0] <= 31 else None

    # -- quantities ------------------------------------------------------------------------------------

    def quantity(self, i: int) -> _At[_Quantity]:
        """«ثلاثة أيام»، «يومين»، «أسبوع»، «نحو عشرة أشهر»، «عدة أسابيع»، «أشهر»."""
        j = self.after("approx", i)
        vague = j > i
        unsaid = self.entry("vague", j)
        if unsaid is not None:
            unit = self.entry("unit", unsaid[1])
            return (_Quantity(_unit(unit[0]), None, True), unit[1]) if unit is not None else None
        number = self.cardinal(j)
        if number is not None:
            unit = self.entry("unit", number[1]) or self.entry("unit_weak", number[1])
            if unit is None or unit[0].definite or unit[0].count == 2:
                return None
            return _Quantity(_unit(unit[0]), number[0], vague), self._tail(unit[1])
        unit = self.entry("unit", j)
        if unit is None or unit[0].definite:
            return None
        return _Quantity(_unit(unit[0]), unit[0].count or None, vague), self._tail(unit[1])

    def _tail(self, i: int) -> int:
        """After «عام» also «ونصف», «تقريبا»."""
        if self.is_(_AND, i):
            half = self.entry("part_year", i + 1)
            if half is not None and not half[0].definite:
                i = half[1]
        return self.after("approx_after", i)

    # -- months and years ------------------------------------------------------------------------------

    def month(self, i: int) -> _At[_Month]:
        """The name of a month, doubled perhaps («مايو/ أيار»، «سبتمبر أيلول»، «يوليو (تموز)»)."""
        found = self.entry("month", i)
        if found is None:
            return None
        entry, j = found
        sure = not entry.weak
        twin = self._twin(entry, j)
        if twin is not None:
            return _Month(entry.number, entry.hijri, True), twin
        return _Month(entry.number, entry.hijri, sure, entry.rare), j

    def _twin(self, entry: _Entry, i: int) -> int | None:
        bracket = self.is_(_OPEN, i)
        j = i + 1 if bracket or self.among(_DASHES, i) else i
        twin = self.entry("month", j)
        if twin is None or twin[0].number != entry.number or twin[0].hijri != entry.hijri:
            return None
        return twin[1] + 1 if bracket and self.is_(_CLOSE, twin[1]) else twin[1]

    def month_ref(self, i: int, *, near: bool = False, bare: bool = False) -> _Ref:
        """A month by name or by «الشهر الماضي», with its year.

        `near`: words before make a month likely, so names that are also other words count; `bare`: so does
        «الشهر» alone.
        """
        word = self.entry("unit", i)
        titled = word is not None and word[0].value == "month" and word[0].count == 1
        j = word[1] if word is not None and titled else i
        name = self.month(j)
        if name is None:
            return self._counted_month(i, bare=bare)
        month, j = name
        year, j = self._year_after(j, month.hijri)
        pick, j = self._pick(j)
        if month.rare and not (near and year.year is not None):
            return None
        if not (month.sure or near or titled or year.year is not None or pick):
            return None
        if year.unknown:
            self._anaphoric = True
        calendar: Calendar = "hijri" if month.hijri else "civil"
        ref = TimeRef("date", month=month.number, year=year.year, year_offset=year.offset, pick=pick)
        return replace(ref, calendar=calendar), j

    def _in_it(self, i: int) -> bool:
        return i > 0 and self.tokens[i - 1].norm == "في" and self.tokens[i - 1].tag == "PREP"

    def _counted_month(self, i: int, *, bare: bool) -> _Ref:
        period = self.period(i, bare=bare)
        return period if period is not None and period[0].month_offset is not None else None

    def _year_after(self, i: int, hijri: bool) -> tuple[_Year, int]:
        """The year that a month is of: «2014»، «من عام 2009»، «من العام الماضي»، «من العام نفسه»."""
        j = self.after("of", i)
        unit = self.entry("unit", j)
        if unit is None and self.among(_COMMAS, j) and self._is_year(self.digits(j + 1), hijri):
            j += 1
        number = self.year_number(unit[1] if unit is not None and unit[0].value == "year" else j, hijri=hijri)
        if number is not None:
            return number
        if j == i and unit is None and self.entry("this", j) is None:
            return _Year(), i
        period = self.period(j)
        if period is not None and period[0].year_offset is not None:
            return _Year(offset=period[0].year_offset, unknown=self._anaphoric), period[1]
        if unit is not None and unit[0].value == "year" and self.entry("same", unit[1]) is not None:
            return _Year(unknown=True), self.after("same", unit[1])
        return _Year(), i

    @staticmethod
    def _is_year(number: int | None, hijri: bool) -> bool:
        return number is not None and number in (_HIJRI if hijri else _PLAIN_YEARS)

    def year_number(self, i: int, *, hijri: bool = False, named: bool = False) -> _At[_Year]:
        """A year in digits, with the mark of its calendar; after «عام» (`named`) also an early one."""
        number = self.digits(i)
        if number is None:
            return None
        mark = self.entry("mark", i + 1)
        if mark is not None and mark[0].value == "hijri":
            return (_Year(number, hijri=True), mark[1]) if number in _HIJRI else None
        known = number in (_HIJRI if hijri else _GREGORIAN if named else _PLAIN_YEARS)
        if not known or (i + 1 < self.n and self.is_("%", i + 1)):
            return None
        return _Year(number, hijri=hijri), mark[1] if mark is not None else i + 1

    def year_ref(self, i: int, *, governed: bool) -> _Ref:
        """«عام 2006»، «العام 2006»; after a preposition or a part also «2006»."""
        unit = self.entry("unit", i)
        named = unit is not None and unit[0].value == "year" and unit[0].count == 1
        if not named and not governed:
            return None
        found = self.year_number(unit[1] if unit is not None and named else i, named=named)
        if found is None:
            return None
        year, j = found
        return TimeRef("date", year=year.year, calendar="hijri" if year.hijri else "civil"), j

    # -- periods ---------------------------------------------------------------------------------------

    def _pick(self, i: int) -> tuple[Pick, int]:
        found = self.entry("pick", i)
        if found is None or found[0].value == "recent":
            return "", i
        return found[0].value, found[1]  # type: ignore[return-value]

    def period(self, i: int, *, bare: bool = False) -> _Ref:
        """«هذا الأسبوع»، «الشهر الماضي»، «العام الجاري»; `bare`: «الشهر» alone, after a part of it."""
        this = self.entry("this", i)
        unit = self.entry("unit", this[1] if this is not None else i)
        if unit is None or unit[0].value not in _PERIODS or unit[0].count != 1 or not unit[0].definite:
            return None
        value, j = unit[0].value, unit[1]
        if this is not None:
            _, j = self._pick(j)
            return _period(value, 0), j
        pick, after = self._pick(j)
        if pick:
            if value == "year" and self._is_year(self.digits(after), False):
                return TimeRef("date", year=self.digits(after)), after + 1
            return _period(value, _PICK_OFFSET[pick]), after
        if self.entry("same", j) is not None:
            self._anaphoric = True
            return _period(value, 0), self.after("same", j)
        if self.entry("this", j) is not None:
            return _period(value, 0), self.after("this", j)
        return (_period(value, 0), j) if bare and self.entry("following", j) is None else None

    def week_of_month(self, i: int) -> _Ref:
        """«الأسبوع الأول من مايو»."""
        unit = self.entry("unit", i)
        if unit is None or unit[0].value != "week" or not unit[0].definite:
            return None
        nth = self._words_number("ordinal", unit[1])
        j = self.after("of", nth[1]) if nth is not None else i
        if nth is None or j == nth[1]:
            return None
        month = self.month_ref(j, near=True)
        return (replace(month[0], kind="stretch", unit="week", count=nth[0]), month[1]) if month is not None else None

    def part_of_year(self, i: int) -> _Ref:
        """«الربع الأول من 2023»، «النصف الثاني من العام الجاري»."""
        found = self.entry("part_year", i)
        nth = self._words_number("ordinal", found[1]) if found is not None and found[0].definite else None
        if found is None or nth is None:
            return None
        j = self.after("of", nth[1])
        whole = self.month_ref(j, near=True) or self.year_ref(j, governed=True) or self.period(j, bare=True)
        if j == nth[1] or whole is None or whole[0].kind != "date":
            return None
        unit: Unit = "half" if found[0].value == "half" else "quarter"
        return replace(whole[0], kind="stretch", unit=unit, count=nth[0]), whole[1]

    def season(self, i: int) -> _Ref:
        """«صيف 2013»، «خريف العام الماضي»، «الصيف المقبل»."""
        found = self.entry("season", i)
        if found is None:
            return None
        entry, j = found
        ref = TimeRef("stretch", unit="season", count=_SEASONS[entry.value])
        if entry.definite:
            pick, after = self._pick(j)
            return (replace(ref, pick=pick), after) if pick else None
        j = self.after("of", j)
        whole = self.year_ref(j, governed=True) or self.period(j)
        if whole is None or whole[0].kind != "date" or whole[0].month_offset is not None:
            return None
        return replace(ref, year=whole[0].year, year_offset=whole[0].year_offset), whole[1]

    def decade(self, i: int) -> _Ref:
        """«تسعينيات القرن الماضي»، «الثمانينيات»، «القرن الماضي»."""
        century = self.entry("century", i)
        if century is not None:
            return TimeRef("stretch", unit="century", year=century[0].number), century[1]
        found = self.entry("decade", i)
        if found is None:
            return None
        century = self.entry("century", self.after("of", found[1]))
        if century is None and not found[0].definite:
            return None
        base, j = (century[0].number, century[1]) if century is not None else (1900, found[1])
        return TimeRef("stretch", unit="decade", year=base + found[0].number), j

    def part(self, i: int) -> _Ref:
        """«مطلع الشهر الجاري»، «أواخر أيار»، «نهاية 2019»، «بداية الأسبوع»."""
        found = self.entry("part", i)
        if found is None or found[0].definite:
            return None
        j = self.after("of", found[1])
        whole = (
            self.month_ref(j, near=True)
            or self.year_ref(j, governed=True)
            or self.period(j, bare=True)
            or self.season(j)
            or self.decade(j)
        )
        if whole is None:
            return None
        return replace(whole[0], part=_part(found[0].value)), whole[1]

    def span(self, i: int) -> _Ref:
        """«الأيام الثلاثة الماضية»، «الساعات الـ24 الماضية»، «اليومين المقبلين»، «آخر 24 ساعة»."""
        return self._units_first(i) or self._number_first(i) or self._latest(i)

    def _units_first(self, i: int) -> _Ref:
        unit = self.entry("unit", i)
        if unit is None or not unit[0].definite or unit[0].count == 1:
            return None
        j, count = unit[1], unit[0].count or None
        after = j + 1 if self.is_(_ARTICLE, j) else j
        number = None if count else self.cardinal(after) or self._words_number("ordinal", after)
        if number is not None:
            count, j = number
        j = self.after("vague_after", j)
        return self._spanned(_unit(unit[0]), count, self.entry("pick", j))

    def _number_first(self, i: int) -> _Ref:
        number = self.cardinal(i + 1 if self.is_(_ARTICLE, i) else i)
        unit = self.entry("unit", number[1]) if number is not None else None
        if number is None or unit is None or unit[0].definite:
            return None
        return self._spanned(_unit(unit[0]), number[0], self.entry("pick", unit[1]))

    def _latest(self, i: int) -> _Ref:
        latest = self.entry("latest", i)
        found = self.quantity(latest[1]) if latest is not None else None
        if found is None or (found[0].count in (None, 1) and found[0].unit != "hour"):
            return None
        return TimeRef("span", unit=found[0].unit, count=found[0].count), found[1]

    @staticmethod
    def _spanned(unit: Unit, count: int | None, pick: _At[_Entry]) -> _Ref:
        if pick is None or pick[0].value == "this":
            return None
        return TimeRef("span", unit=unit, count=count, forward=pick[0].value == "next"), pick[1]

    # -- days ------------------------------------------------------------------------------------------

    def day(self, i: int, *, governed: bool) -> _Ref:
        """A day, with its part of the day: «مساء السبت»، «أمس الخميس»، «يوم 31 مايو»."""
        j, night = self._dayparts(i)
        unit = self.entry("unit", j)
        titled = unit is not None and unit[0].value == "day" and unit[0].count == 1 and not unit[0].definite
        if unit is not None and titled:
            j = unit[1]
        firm = governed or j > i
        return self._dayword(j, firm=firm) or self._weekday(j, night=night) or self._dated(j, firm=j > i)

    def _dayparts(self, i: int) -> tuple[int, bool]:
        night = False
        part = self.entry("daypart", i)
        while part is not None and not part[0].definite:
            night = night or part[0].value == "night"
            i = self.after("of", part[1])
            if self.is_(_AND, i) and self.entry("daypart", i + 1) is not None:
                i += 1
            part = self.entry("daypart", i)
        return i, night

    def _dayword(self, i: int, *, firm: bool) -> _Ref:
        found = self.entry("dayword", i) or (self.entry("dayword_weak", i) if firm else None)
        if found is None:
            found = self._weak_with_weekday(i)
        if found is None:
            return None
        entry, j = found
        if entry.number == 0 and not self._is_today(i, j):
            return None
        ref = TimeRef("day", offset=entry.number)
        return self._told_again(ref, self._late_daypart(j))

    def _weak_with_weekday(self, i: int) -> _At[_Entry]:
        found = self.entry("dayword_weak", i)
        return found if found is not None and self.entry("weekday", found[1]) is not None else None

    def _is_today(self, i: int, j: int) -> bool:
        """«اليوم» is today, but not in «اليوم الثاني»، «في اليوم»، «اليوم العالمي»."""
        if self.entry("following", j) is not None or self.entry("same", j) is not None:
            return False
        if self.is_(_ARTICLE, j) or (self.digits(j) is not None and self.entry("month", j + 1) is None):
            return False
        ordinal = self.entry("ordinal", j)
        if ordinal is not None and ordinal[0].definite and self.entry("of", ordinal[1]) is None:
            return False
        before = self.tokens[i - 1] if i else None
        return before is None or before.norm != "في" or j > i + 1

    def _told_again(self, ref: TimeRef, i: int) -> tuple[TimeRef, int]:
        """A weekday and a date in apposition: «أمس الخميس»، «اليوم (الاثنين)»، «الخميس 31 مايو»."""
        j, bracket = i, False
        if not ref.weekdays:
            bracket = self.is_(_OPEN, j)
            j = j + 1 if bracket or self.among(_COMMAS, j) else j
            weekday = self.entry("weekday", j)
            if weekday is not None:
                ref, i = replace(ref, weekdays=(_WEEKDAYS[weekday[0].value],)), weekday[1]
                _, i = self._pick(i)
                i = self._late_daypart(i)
                if bracket and self.is_(_CLOSE, i):
                    i, bracket = i + 1, False
        date = self._date_in_apposition(i, inside=bracket)
        if date is None:
            return ref, i
        return replace(date[0], weekdays=ref.weekdays), date[1]

    def _date_in_apposition(self, i: int, *, inside: bool) -> _Ref:
        bracket = self.is_(_OPEN, i)
        j = i + 1 if bracket or self.among(_COMMAS | _DASHES, i) else i
        j = self.after("dated", j)
        date = self._dated(j, firm=True)
        if date is None:
            return None
        close = (bracket or inside) and self.is_(_CLOSE, date[1])
        return date[0], date[1] + 1 if close else date[1]

    def _weekday(self, i: int, *, night: bool) -> _Ref:
        found = self.entry("weekday", i)
        if found is None:
            return None
        first, j = _WEEKDAYS[found[0].value], found[1]
        if night:
            second = self._next_weekday(j, first)
            if second is not None:
                return TimeRef("weekday", weekdays=(first, second[0]), pick=self._pick(second[1])[0]), self._pick(
                    second[1]
                )[1]
        pick, j = self._pick(j)
        ref = TimeRef("weekday", weekdays=(first,), pick=pick)
        week = self.period(self.after("of", j))
        if not pick and week is not None and week[0].kind == "week":
            return replace(ref, week=week[0].offset), week[1]
        return self._told_again(ref, self._late_daypart(j))

    def _next_weekday(self, i: int, first: int) -> _At[int]:
        """The second day of «ليل الأحد الاثنين»، «ليلة السبت - الأحد»."""
        j = i + 1 if self.among(_DASHES, i) or self.is_(_AND, i) else self.after("to", i)
        second = self.entry("weekday", j)
        if second is None or _WEEKDAYS[second[0].value] != (first + 1) % 7:
            return None
        return _WEEKDAYS[second[0].value], second[1]

    def _late_daypart(self, i: int) -> int:
        """«الجمعة مساء»: a part of the day after its day."""
        found = self.entry("daypart", i)
        if found is None or found[0].definite or not self.tokens[i].tanween:
            return i
        return found[1]

    def _dated(self, i: int, *, firm: bool) -> _Ref:
        return self.numeric(i, firm=firm) or self.day_of_month(i)

    def day_of_month(self, i: int) -> _Ref:
        """«31 مايو/ أيار»، «الأول من مايو»، «الـ12 من الشهر الجاري»."""
        day = self.day_number(i)
        if day is None:
            return None
        return self._with_month(day[0], day[1], words=self.digits(day[1] - 1) is None)

    def _with_month(self, day: int, i: int, *, words: bool) -> _Ref:
        j = self.after("of", i)
        if words and j == i:
            return None
        month = self.month_ref(j, near=True, bare=True)
        if month is None or (month[0].month_offset is not None and j == i):
            return None
        return replace(month[0], day=day), month[1]

    def numeric(self, i: int, *, firm: bool) -> _Ref:
        """«13.9.2024»، «13/9/2024»، «2024-09-13»; after «يوم» also «13/9»."""
        if i >= self.n or self.tokens[i].kind != "number":
            return None
        norm = self.tokens[i].norm
        for mark in "/.":
            if mark in norm:
                ref = _numeric(norm.split(mark), firm=firm and mark == "/")
                return (ref, i + 1) if ref is not None else None
        if i + 4 < self.n and self.is_("-", i + 1) and self.is_("-", i + 3):
            parts = [self.tokens[k].norm for k in (i, i + 2, i + 4)]
            joined = all(self.tokens[k].span.end == self.tokens[k + 1].span.start for k in range(i, i + 4))
            ref = _numeric(parts, firm=False) if joined else None
            return (ref, i + 5) if ref is not None else None
        return None

    # -- one point or stretch --------------------------------------------------------------------------

    def ref(self, i: int, *, governed: bool = False) -> _Ref:
        """What point or stretch begins at token `i`; `governed`: a preposition of time is before it."""
        if i >= self.n or not self.may_begin(i) or "not_time" in self.match(i):
            return None
        return (
            self.part(i)
            or self.day(i, governed=governed)
            or self.numeric(i, firm=False)
            or self.season(i)
            or self.month_ref(i, near=governed or self._in_it(i))
            or self.week_of_month(i)
            or self.part_of_year(i)
            or self.span(i)
            or self.year_ref(i, governed=governed)
            or self.period(i)
            or self.decade(i)
        )

    # -- whole expressions -----------------------------------------------------------------------------

    def expression(self, i: int) -> tuple[int, TimeExpr | None, int]:
        """(first token, expression or None, token after it) of what begins at token `i`."""
        self._anaphoric = False
        found = self.match(i)
        if "not_time" in found:
            return i, None, found["not_time"][1]
        if "every" in found:
            return self._recurring(i, found["every"][1])
        if "duration" in found:
            quantity = self.quantity(found["duration"][1])
            if quantity is not None:
                return i, None, quantity[1]
        result = None
        if "rel" in found and "dayword" not in found and "daypart" not in found:
            result = self._related(i, found["rel"][0].value, found["rel"][1])
        if result is None and "pair" in found:
            result = self._pair(i)
        if result is None:
            result = self._points(i, governed=self._governed(i))
        if result is None:
            return i, None, self._past_quantity(i)
        expr, end = result
        first = i
        return first, self._checked(expr, first), end

    def _governed(self, i: int) -> bool:
        """Whether a preposition that times take stands before token `i`."""
        before = self.tokens[i - 1] if i else None
        if before is None or before.tag != "PREP":
            return False
        return before.norm in _GOVERNORS or ("rel" in self.match(i - 1) and self.match(i - 1)["rel"][0].value != "from")

    def _past_quantity(self, i: int) -> int:
        """A quantity that stands alone says how long, not when: go on after it."""
        quantity = self.quantity(i) if self.cardinal(i) is not None else None
        return quantity[1] if quantity is not None else i + 1

    def _checked(self, expr: TimeExpr, first: int) -> TimeExpr:
        if self._anaphoric:
            expr = replace(expr, no_date="«the same» month or year: counted from another date of the text")
        dated = expr.start.kind == "date" and (expr.start.month or expr.start.year or expr.start.day)
        if dated and self._names_event(first, expr):
            return replace(expr, names_event=True)
        return expr

    def _names_event(self, first: int, expr: TimeExpr) -> bool:
        """Whether the words before a date make it the name of an event, a day of memory or a body."""
        if self._in_it(first):
            return False
        for k in (first - 1, first - 2):
            event = self.entry("event", k) if k >= 0 else None
            if event is not None and event[1] == first and not event[0].definite:
                return expr.relation == "at"
        for k in range(first - 1, max(first - 5, -1), -1):
            if self.tokens[k].kind == "punct":
                return False
            if "anniversary" in self.match(k):
                return True
        return False

    def _recurring(self, i: int, j: int) -> tuple[int, TimeExpr | None, int]:
        unit = self.entry("unit", j)
        j = unit[1] if unit is not None and not unit[0].definite else j
        ref = self.ref(j)
        weekday = self.entry("weekday", j)
        end = ref[1] if ref is not None else weekday[1] if weekday is not None else j
        if ref is None and weekday is None and unit is None:
            return i, None, i + 1
        start = ref[0] if ref is not None else TimeRef("day")
        return i, TimeExpr(start, no_date="it recurs"), end

    def _related(self, i: int, relation: str, j: int) -> _At[TimeExpr]:
        """An expression behind a preposition that is part of what it says."""
        if relation == "during":
            return None
        if relation == "between":
            return self._between(j)
        if relation == "from":
            return self._from_to(j)
        if relation == "since":
            return self._since(j)
        ref = self.ref(j, governed=True)
        if ref is not None and relation in ("until", "by", "starting", "before", "after"):
            return TimeExpr(ref[0], relation=relation), ref[1]  # type: ignore[arg-type]
        if relation in ("before", "after"):
            return self._away(relation, j)
        return None

    def _since(self, j: int) -> _At[TimeExpr]:
        ref = self.ref(j, governed=True)
        if ref is not None and ref[0].kind == "span":
            return TimeExpr(ref[0]), ref[1]
        if ref is not None:
            to = self._to(ref[1])
            end = self.ref(to, governed=True) if to is not None else None
            if end is not None:
                return TimeExpr(ref[0], end[0]), end[1]
            return TimeExpr(ref[0], relation="since"), ref[1]
        found = self.quantity(j)
        if found is None:
            return None
        quantity, end_at = found
        start = TimeRef("count", unit=quantity.unit, count=None if quantity.count is None else -quantity.count)
        return TimeExpr(start, relation="since", vague=quantity.vague), end_at

    def _away(self, relation: str, j: int) -> _At[TimeExpr]:
        """«قبل يومين»، «بعد أسبوع»; before «من» they are counted from another act."""
        found = self.quantity(j)
        if found is None:
            return None
        quantity, end = found
        sign = -1 if relation == "before" else 1
        count = None if quantity.count is None else sign * quantity.count
        expr = TimeExpr(TimeRef("count", unit=quantity.unit, count=count, forward=sign > 0), vague=quantity.vague)
        if self.entry("of", end) is not None or self.is_("علي", end):
            return replace(expr, no_date="counted from another act"), end
        return expr, end

    def _to(self, i: int) -> int | None:
        """The token after «إلى»، «حتى»، «وحتى», or None."""
        j = i + 1 if self.is_(_AND, i) else i
        to = self.entry("to", j) or self.entry("to", i)
        if to is not None:
            return to[1]
        if self.is_(_TO, i) and self.tokens[i].clitic == "pre":
            return i + 1
        return i + 1 if self.among(_DASHES, i) else None

    def _end_point(self, i: int, *, governed: bool = True) -> _Ref:
        """A point, or a day number alone."""
        ref = self.ref(i, governed=governed)
        if ref is not None:
            return ref
        unit = self.entry("unit", i)
        j = unit[1] if unit is not None and unit[0].value == "day" and unit[0].count == 1 else i
        day = self.day_number(j)
        return (TimeRef("date", day=day[0]), day[1]) if day is not None else None

    def _from_to(self, j: int) -> _At[TimeExpr]:
        start = self._end_point(j)
        to = self._to(start[1]) if start is not None else None
        end = self.ref(to, governed=True) if to is not None else None
        if start is None or end is None or not _fit(start[0], end[0]):
            return None
        return TimeExpr(_filled(start[0], end[0]), end[0]), end[1]

    def _between(self, j: int) -> _At[TimeExpr]:
        pair = self.entry("pair", j)
        if pair is not None:
            j = pair[1]
        start = self._end_point(j)
        if start is None:
            return None
        k = start[1] + 1 if self.is_(_AND, start[1]) else self._to(start[1])
        end = self.ref(k, governed=True) if k is not None else None
        if end is None or not _fit(start[0], end[0]):
            return None
        return TimeExpr(_filled(start[0], end[0]), end[0]), end[1]

    def _pair(self, i: int) -> _At[TimeExpr]:
        """«يومي الجمعة والسبت»، «عامي 2003 و2004»، «شهري مايو ويونيو»."""
        pair = self.entry("pair", i)
        return self._between(pair[1]) if pair is not None else None

    def _points(self, i: int, *, governed: bool) -> _At[TimeExpr]:
        """A point, or two joined ones of a kind."""
        days = self._days_of_month(i)
        if days is not None:
            return days
        recurring = self._on_days(i)
        if recurring is not None:
            return recurring
        start = self.ref(i, governed=governed)
        if start is None:
            return None
        ref, j = start
        end = self._joined(ref, j)
        if end is None:
            return TimeExpr(ref), j
        return TimeExpr(_filled(ref, end[0]), end[0]), end[1]

    def _on_days(self, i: int) -> _At[TimeExpr]:
        """«أيام الجمعة»: every Friday."""
        unit = self.entry("unit", i)
        if unit is None or unit[0].value != "day" or unit[0].count or unit[0].definite:
            return None
        weekday = self.entry("weekday", unit[1])
        return (TimeExpr(TimeRef("day"), no_date="it recurs"), weekday[1]) if weekday is not None else None

    def _days_of_month(self, i: int) -> _At[TimeExpr]:
        """«3 و4 مايو»، «5-8 مايو»، «5 إلى 8 مايو»: the first and the last."""
        first = self.day_number(i)
        if first is None:
            return None
        j = first[1]
        step = self._list_step(j)
        last: _At[int] = None
        while step is not None:
            last = self.day_number(step)
            if last is None:
                return None
            j = last[1]
            step = self._list_step(j)
        if last is None:
            return None
        whole = self._with_month(last[0], j, words=self.digits(j - 1) is None)
        if whole is None or first[0] >= last[0]:
            return None
        return TimeExpr(replace(whole[0], day=first[0]), whole[0]), whole[1]

    def _list_step(self, i: int) -> int | None:
        if self.is_(_AND, i) or self.is_("او", i) or self.among(_DASHES, i):
            return i + 1
        to = self.entry("to", i)
        return to[1] if to is not None else None

    def _joined(self, ref: TimeRef, i: int) -> _Ref:
        """The second of «الجمعة والسبت»، «سبتمبر أو أكتوبر»، «2003-2011»."""
        single = ref.kind == "weekday" and len(ref.weekdays) == 1 and not ref.pick
        month = ref.kind == "date" and ref.day is None
        if (self.is_(_AND, i) and single) or (self.is_("او", i) and (month or single)):
            end = self.ref(i + 1)
        elif self.is_("-", i) and month and ref.month is None:
            end = self.ref(i + 1, governed=True)
        else:
            return None
        if end is None or end[0].kind != ref.kind or not _fit(ref, end[0]) or len(end[0].weekdays) > 1:
            return None
        return end if single or (end[0].month is None) == (ref.month is None) else None


def _unit(entry: _Entry) -> Unit:
    return entry.value  # type: ignore[return-value]


def _part(value: str) -> Part:
    return value  # type: ignore[return-value]


def _period(unit: str, offset: int) -> TimeRef:
    if unit == "week":
        return TimeRef("week", offset=offset)
    return TimeRef("date", month_offset=offset) if unit == "month" else TimeRef("date", year_offset=offset)


def _fit(start: TimeRef, end: TimeRef) -> bool:
    """Whether two points can be the ends of one range."""
    if start.kind in ("span", "count", "stretch") or end.kind in ("span", "count", "stretch"):
        return False
    if start.kind == end.kind == "date" and start.day is not None and end.day is None:
        return False
    return start.calendar == end.calendar


def _filled(start: TimeRef, end: TimeRef) -> TimeRef:
    """The first of two points, with the month, year and pick that only the second states."""
    if start.kind != end.kind:
        return start
    pick = start.pick or end.pick
    if start.kind != "date":
        return replace(start, pick=pick)
    if start.day is not None and start.month is None and start.month_offset is None:
        start = replace(start, month=end.month, month_offset=end.month_offset)
    return replace(start, pick=pick)


def _numeric(parts: Sequence[str], *, firm: bool) -> TimeRef | None:
    """Day, month and year of a date in digits; day first, unless it cannot be."""
    if not all(part.isdigit() for part in parts):
        return None
    numbers = [int(part) for part in parts]
    if len(parts) == 2 and firm and 1 <= numbers[0] <= 31 and 1 <= numbers[1] <= 12:
        return TimeRef("date", day=numbers[0], month=numbers[1])
    if len(parts) != 3:
        return None
    if len(parts[0]) == 4:
        year, month, day = numbers
    else:
        day, month, year = numbers
    if month > 12 >= day:
        day, month = month, day
    hijri = year in _HIJRI
    if len(str(year)) != 4 or not (hijri or year in _PLAIN_YEARS) or not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return TimeRef("date", day=day, month=month, year=year, calendar="hijri" if hijri else "civil")
