"""Who a title means: the holders of dated offices on a day, and those who held them before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rasid.model import Candidate
from rasid.packs.knowledge import Named, Office, Title
from rasid.resolve.index import Index

#: Longer lists of candidates are cut.
_MOST = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """What a phrase says of an office.

    Attributes:
        role: the title.
        body: id of the organisation that the phrase names, or "".
        country: code of the country (or UNO, IGO …) that it names.
        about: countries that the office is said to be for («المبعوث الأممي إلى اليمن»).
        context: the country that the article is about, which decides only where several would do.
    """

    role: Title
    body: str
    country: str | None
    about: frozenset[str] = frozenset()
    context: str | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """The one person who is meant, or None and those who may be, likeliest first."""

    person: Named | None
    office: Office | None = None
    candidates: tuple[Candidate, ...] = ()


#: Kinds of organisations whose heads and ministers are a country's (or the United Nations' own).
_STATE_BODIES = frozenset({"government", "ministry", "army", "service", "police", "parliament", "court", "un"})
NOBODY = Holder(None)


def holder(index: Index, asked: Asked, day: date | None) -> Holder:
    """Who held the office on `day`; nobody when the day is not known, and candidates when several did."""
    if day is None:
        return NOBODY
    maybe: tuple[Candidate, ...] = ()
    for offices in _offices(index, asked):
        people, fits = _narrowed(index, asked, offices, day)
        if len(people) == 1 and fits:
            office = next(iter(people.values()))
            return Holder(index.people.get(office.person), office)
        if people and not maybe:
            maybe = tuple(_candidate(o, round(1 / len(people), 2), "held") for o in people.values())[:_MOST]
    return Holder(None, candidates=maybe)


def former_holders(index: Index, asked: Asked, day: date | None) -> tuple[Candidate, ...]:
    """Those who held the office before `day` and hold it no more, the last one first."""
    now = {o.person for offices in _offices(index, asked) for o in offices if o.holds(day)} if day else set()
    for offices in _offices(index, asked):
        over = sorted((o for o in offices if o.over(day) and o.person not in now), key=lambda o: o.end or "")
        last = {o.person: o for o in over}  # each once, with the last term
        newest = sorted(last.values(), key=lambda o: o.end or "", reverse=True)[:_MOST]
        if newest:
            return tuple(_candidate(o, round(0.5 / n, 2), "held until") for n, o in enumerate(newest, 1))
    return ()


def _candidate(office: Office, score: float, verb: str) -> Candidate:
    day = office.end if verb == "held until" else office.start
    return Candidate(
        office.person, score, f"{verb} {office.role} {'' if verb == 'held until' else 'since '}{day or '?'}"
    )


def _narrowed(index: Index, asked: Asked, offices: Iterable[Office], day: date) -> tuple[dict[str, Office], bool]:
    """One office for each holder, and whether they fit the country that the office is said to be for.

    Where offices have work of their own, those about the country named, or for want of one the article's, are taken.
    """
    offices = list(offices)
    found = {o.person: o for o in offices if o.holds(day)}
    if not any(index.work_of(o.org, o.person) for o in offices):
        return found, True
    about = asked.about or ({asked.context} if asked.context is not None else set())
    near = {p: o for p, o in found.items() if index.work_of(o.org, p) & about}
    return (near, True) if near else (found, not about)


def _offices(index: Index, asked: Asked) -> Iterator[tuple[Office, ...]]:
    """The dated offices that answer a title, group by group in the order of the table."""
    role = asked.role
    entries = index.answers.get(role.id) or ((role.id if role.single else f"{role.id}@"),)
    for entry in entries:
        name, at, body = entry.partition("@")
        if body:
            body = body.replace("{iso}", (asked.country or "").lower())
            named = index.orgs.get(asked.body)
            if named is not None and body not in (named.id, named.parent):
                continue
            yield index.holders.get((name, body), ())
            continue
        if asked.body:
            yield index.holders.get((name, asked.body), ())
        if not at and asked.country is not None and (role.country is not None or _of_the_state(index, asked.body)):
            yield index.holders.get((name, asked.country), ())


def _of_the_state(index: Index, body: str) -> bool:
    """Whether an office of the country may be meant where this body is named: none is of a party or armed group."""
    row = index.orgs.get(body)
    if row is None:
        return True  # none is named, or a building that stands for one
    parent = index.orgs.get(row.parent)
    return row.kind in _STATE_BODIES and (parent is None or parent.kind in _STATE_BODIES)
