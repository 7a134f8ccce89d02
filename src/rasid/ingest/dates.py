"""The line of a page that says when it was published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from hijridate import Hijri

#: Years before this are not the year of a page.
FIRST_YEAR = 1900
_LAST_YEAR = 2100
_HIJRI_YEARS = range(1343, 1501)
_PIVOT = 70

Label = Literal["published", "plain", "updated"]
_LABELS: tuple[Label, ...] = get_args(Label)


@dataclass(frozen=True, slots=True)
class DateLine:
    """What a date line says.

    Attributes:
        days: each day with what it is called, in order.
        others: how many words of the line are neither date nor label («بيروت - العربي الجديد | 3 آب 2024»).
        apart: whether those words are parted from the date by a dash or a bar.
    """

    days: tuple[tuple[Label, date], ...]
    others: int = 0
    apart: bool = False

    @property
    def published(self) -> date | None:
        """The day of publication: a labelled day first, a bare one next, that of the last change at last."""
        return min(self.days, key=_by_label)[1] if self.days else None

    @property
    def rank(self) -> int:
        """How good `published` is: 0 for a labelled day, 1 for a bare one, 2 for that of the last change."""
        return min(map(_by_label, self.days), default=len(_LABELS))


def _by_label(item: tuple[Label, date]) -> int:
    """The place of a labelled day in the order of trust."""
    return _LABELS.index(item[0])


@dataclass(frozen=True, slots=True)
class DayPatterns:
    """Compiled patterns of days and of what stands beside them, for folded text."""

    named: re.Pattern[str]
    hijri: re.Pattern[str]
    label: re.Pattern[str]
    filler: re.Pattern[str]
    relative: re.Pattern[str]
    months: Mapping[str, int]
    hijri_months: Mapping[str, int]

    @classmethod
    def compile(
        cls, months: Mapping[str, int], hijri_months: Mapping[str, int], words: Mapping[str, Iterable[str]]
    ) -> DayPatterns:
        """Build the patterns.

        Args:
            months: number by folded name.
            hijri_months: number by folded name.
            words: patterns by kind (published, updated, filler, relative, joiner), folded.
        """
        joiner = rf"(?:(?:{_either(words.get('joiner', ()))})\s+)?"
        return cls(
            named=_named(months, joiner, r"\d{4}"),
            hijri=_named(hijri_months, joiner, r"1[345]\d\d"),
            label=re.compile(
                rf"(?<!\w)(?:(?P<published>{_either(words.get('published', ()))})"
                rf"|(?P<updated>{_either(words.get('updated', ()))}))(?!\w)",
                re.IGNORECASE,
            ),
            filler=re.compile(rf"(?<!\w)(?:{_either(words.get('filler', ()))})(?!\w)", re.IGNORECASE),
            relative=re.compile(_either(words.get("relative", ())), re.IGNORECASE),
            months=months,
            hijri_months=hijri_months,
        )

    def days(self, folded: str) -> tuple[tuple[int, int, date], ...]:
        """The full days (with a year) that a folded text names, with their place in it, in order."""
        found: list[tuple[int, int, date]] = []
        for pattern, read in (
            (self.named, self._read_named),
            (_ISO, _read_iso),
            (_DAY_FIRST, _read_day_first),
            (self.hijri, self._read_hijri),
        ):
            for match in pattern.finditer(folded):
                day = read(match)
                if day is not None and self._is_new(match, day, found):
                    found.append((match.start(), match.end(), day))
        return tuple(sorted(found))

    def _is_new(self, match: re.Match[str], day: date, found: list[tuple[int, int, date]]) -> bool:
        """Whether a match says something new: elsewhere, and no Hijri twin of a day that is already there."""
        if any(match.start() < end and start < match.end() for start, end, _ in found):
            return False
        return match.re is not self.hijri or all(abs((day - other).days) > 1 for *_, other in found)

    def read(self, folded: str) -> DateLine | None:
        """What a folded line says as a date line; None when it names neither a day nor a label of one."""
        if self.relative.fullmatch(folded):
            return DateLine(())
        days = self.days(folded)
        labels = [(m.start(), m.end(), m.lastgroup or "") for m in self.label.finditer(folded)]
        if not days and not labels:
            return None
        labelled: list[tuple[Label, date]] = []
        before = 0
        for start, end, day in days:
            kinds = [kind for at, _, kind in labels if before <= at < start]
            label: Label = "plain" if not kinds else "updated" if kinds[-1] == "updated" else "published"
            labelled.append((label, day))
            before = end
        rest, apart = self._rest(folded)
        return DateLine(tuple(labelled), rest, apart)

    def _rest(self, folded: str) -> tuple[int, bool]:
        """How many words of a line are not of its date, and whether a dash or bar parts them from it."""
        left = folded
        for start, end, _ in reversed(self.days(folded)):
            left = f"{left[:start]} \0 {left[end:]}"
        left = self.label.sub(" \0 ", self.hijri.sub(" \0 ", left))
        left = self.filler.sub(" \0 ", left)
        words = re.findall(r"\w+", left.replace("\0", " "))
        chunks = [chunk for chunk in re.split(r"[|:•·]| - |/", left) if re.search(r"\w", chunk)]
        return len(words), all("\0" not in chunk for chunk in chunks)

    def _read_named(self, match: re.Match[str]) -> date | None:
        """A day whose month is named; None when a doubled month disagrees with itself."""
        parts = match.groupdict()
        name, twin = (parts["m1"] or parts["m2"]).lower(), parts["twin"]
        number = self.months[name]
        if twin is not None and self.months[twin.lower()] != number:
            return None
        return _day(parts["y1"] or parts["y2"], number, parts["d1"] or parts["d2"])

    def _read_hijri(self, match: re.Match[str]) -> date | None:
        """A Hijri day in the civil calendar (Umm al-Qura, as newspapers print it)."""
        parts = match.groupdict()
        month = self.hijri_months[(parts["m1"] or parts["m2"]).lower()]
        return _hijri_day(parts["y1"] or parts["y2"], month, parts["d1"] or parts["d2"])


_ISO = re.compile(r"(?<![\d.,/:-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d/]|[.-]\d)")
_DAY_FIRST = re.compile(r"(?<![\d.,/:-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?![\d/]|[.-]\d)")


def _either(patterns: Iterable[str]) -> str:
    """One pattern that matches any of them (nothing, for none)."""
    return "|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)"


def _named(months: Mapping[str, int], joiner: str, year: str) -> re.Pattern[str]:
    """The pattern of «13 سبتمبر 2024», «13 سبتمبر/ أيلول 2024» and «September 13, 2024»."""
    name = "|".join(re.escape(month) for month in sorted(months, key=len, reverse=True)) or r"(?!)"
    twin = rf"(?:(?:\s*[/(-]\s*|\s+)(?P<twin>{name})(?!\w)\s*\)?)?"
    return re.compile(
        rf"(?<![\d./:])(?P<d1>\d{{1,2}})\s*[-/]?\s*{joiner}(?P<m1>{name})(?!\w){twin}\s*[-/,]?\s*{joiner}"
        rf"(?P<y1>{year})(?!\d)"
        rf"|(?<!\w)(?P<m2>{name})\s+(?P<d2>\d{{1,2}})\s*,?\s*(?P<y2>{year})(?!\d)",
        re.IGNORECASE,
    )


def _read_iso(match: re.Match[str]) -> date | None:
    """Year, month, day."""
    return _day(match[1], int(match[3]), match[4])


def _read_day_first(match: re.Match[str]) -> date | None:
    """Day, month, year, as Arab papers write it; month first only where it cannot be otherwise."""
    first, second, year = int(match[1]), int(match[3]), match[4]
    if len(year) == 2:
        if match[2] != "/":
            return None
        year = f"20{year}" if int(year) < _PIVOT else f"19{year}"
    if second > 12 >= first:
        first, second = second, first
    return _hijri_day(year, second, first) if int(year) in _HIJRI_YEARS else _day(year, second, first)


def _day(year: str | int, month: int, day: str | int) -> date | None:
    """A day of the civil calendar, or None when there is no such day."""
    try:
        return date(int(year), month, int(day)) if FIRST_YEAR <= int(year) <= _LAST_YEAR else None
    except ValueError:
        return None


def _hijri_day(year: str | int, month: int, day: str | int) -> date | None:
    """A day of the Hijri calendar in the civil one, or None when there is no such day."""
    try:
        found = Hijri(int(year), month, int(day)).to_gregorian()
        return date(found.year, found.month, found.day)
    except (ValueError, OverflowError):
        return None
