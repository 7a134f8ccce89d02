"""First and last day of the dates that records carry."""

from __future__ import annotations

import calendar
from datetime import date


def first_and_last(value: str) -> tuple[date, date] | None:
    """The first and last day of an ISO day, month or year, or of start/end of these; else None."""
    start, _, end = value.partition("/")
    try:
        return _day(start, last=False), _day(end or start, last=True)
    except ValueError:
        return None


def _day(value: str, *, last: bool) -> date:
    numbers = [int(part) for part in value.split("-")]
    if len(numbers) == 1:
        numbers.append(12 if last else 1)
    if len(numbers) == 2:
        numbers.append(calendar.monthrange(*numbers)[1] if last else 1)
    if len(numbers) != 3:
        raise ValueError(f"no ISO date: {value!r}")
    return date(*numbers)
