"""A dossier as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from rasid.dossier import Act, Dossier
from rasid.export.terminal import clean, isolate, width

#: Acts shown of one day, days and pairs shown; the rest is counted.
_OF_A_DAY, _DAYS, _PAIRS = 5, 30, 15


def lines(dossier: Dossier) -> Iterator[str]:
    """The lines of the table."""
    yield dossier.name
    yield ", ".join(
        (
            _count(len(dossier.acts), "act"),
            _count(dossier.articles, "article"),
            _count(len(dossier.outlets), "outlet"),
        )
    )
    for title, part in (
        ("PARTIES", _parties(dossier)),
        ("POSITIONS", _positions(dossier)),
        ("MEETINGS", _meetings(dossier)),
        ("CONTESTED", _contested(dossier)),
        ("TIMELINE", _timeline(dossier)),
    ):
        yield from ("", title, *(part or ["  none"]))


def positions(dossier: Dossier) -> Iterator[str]:
    """The lines of the positions alone."""
    yield from (dossier.name, *(_positions(dossier) or ["  none"]))


def latest_days(dossier: Dossier, earlier: bool) -> Iterator[str]:
    """The lines of a timeline of its latest days alone; `earlier`: whether there may be more before them."""
    yield dossier.name
    if earlier:
        yield "  earlier days: --until"
    yield from _days(dossier, dossier.timeline) or ["  none"]


def _columns(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Rows with their columns under each other."""
    shown = [tuple(isolate(clean(cell)) for cell in row) for row in rows]
    sizes = [max(map(width, column)) for column in zip(*shown, strict=True)] if shown else []
    return [
        "  " + "  ".join(cell + " " * (size - width(cell)) for cell, size in zip(row, sizes, strict=True)).rstrip()
        for row in shown
    ]


def _label(dossier: Dossier, id: str) -> str:
    return dossier.parties[id].label if id in dossier.parties else id


def _labels(dossier: Dossier, ids: Iterable[str]) -> str:
    return ", ".join(_label(dossier, id) for id in ids)


def _parties(dossier: Dossier) -> list[str]:
    rows = [role for role in dossier.roles if role.party in dossier.shown]
    return _columns(
        (_label(dossier, row.party), ", ".join(row.roles) or "no role", _count(row.acts, "act")) for row in rows
    )


def _positions(dossier: Dossier) -> list[str]:
    rows = [position for position in dossier.positions if position.party in dossier.shown]
    return _columns(
        (
            _label(dossier, row.party),
            dossier.issues[row.issue].name,
            row.current or "only as others say",
            f"since {row.since}" if row.since else "",
            "changed" if row.changed else "",
            _count(len(row.outlets), "outlet") if row.current else "",
        )
        for row in rows
    )


def _meetings(dossier: Dossier) -> list[str]:
    rows = [row for row in dossier.meetings if set(row.pair) & set(dossier.shown)]
    shown = _columns(
        (
            _labels(dossier, row.pair),
            _count(row.times, "time"),
            f"last {row.last or 'day unknown'}",
            f"by {_labels(dossier, row.carriers)}" if row.carriers else "",
        )
        for row in rows[:_PAIRS]
    )
    return [*shown, *_more(len(rows) - _PAIRS, "pairs")]


def _contested(dossier: Dossier) -> list[str]:
    contested = dossier.contested
    found = [
        *(f"  denied ({d.kind}): {_told(dossier, d.claim)} | {_told(dossier, d.denial)}" for d in contested.denials),
        *(
            f"  dead differ: {d.event} {d.day} {isolate(clean(d.place))}: {', '.join(str(n) for n, _ in d.numbers)}"
            for d in contested.differences
        ),
        *(f"  one unnamed source: {_told(dossier, act)}" for act in contested.anonymous[:_PAIRS]),
    ]
    return [*found, *_more(len(contested.anonymous) - _PAIRS, "acts on one unnamed source")]


def _timeline(dossier: Dossier) -> list[str]:
    found = _days(dossier, dossier.timeline[-_DAYS:])
    earlier = len(dossier.timeline) - _DAYS
    return [*([f"  {earlier} earlier days: --format json or html has all"] if earlier > 0 else []), *found]


def _days(dossier: Dossier, days: Iterable[tuple[date, tuple[Act, ...]]]) -> list[str]:
    found: list[str] = []
    for day, acts in days:
        found.append(f"  {day}")
        found += [f"    {_told(dossier, act)}" for act in acts[:_OF_A_DAY]]
        found += [f"  {line}" for line in _more(len(acts) - _OF_A_DAY, "acts")]
    return found


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _more(count: int, what: str) -> list[str]:
    return [f"  {count} more {what}"] if count > 0 else []


def _told(dossier: Dossier, act: Act) -> str:
    """An act on one line."""
    fact = act.fact
    status = " to come" if act.to_come else "" if fact.status == "actual" else f" {fact.status}"
    parts = [
        f"{fact.event}{f'/{fact.mode}' if fact.mode else ''}{status}",
        isolate(clean(_labels(dossier, act.actors))) or "?",
        f"→ {isolate(clean(_labels(dossier, act.recipients)))}" if act.recipients else "",
        isolate(clean(fact.issue)) if fact.issue else "",
        "" if not act.by_publication else "(day of publication)",
    ]
    return "  ".join(part for part in parts if part)
