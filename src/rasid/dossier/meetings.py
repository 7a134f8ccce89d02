"""Who met whom, how often, last when, carried by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from rasid.dossier.acts import Act


@dataclass(frozen=True, slots=True)
class Meeting:
    """A pair of parties that met, telephoned or talked.

    Attributes:
        pair: ids of parties in order.
        times: how many acts; the same meeting told by several articles counts for each until records are joined.
        days: on how many different days.
        last: the last of these days.
        mediated: how many of the acts were hosted or carried by a third party.
        carriers: the third parties, those that carried most first.
        places: countries in which they met, as far as told.
    """

    pair: tuple[str, str]
    times: int
    days: int
    last: date | None
    mediated: int
    carriers: tuple[str, ...]
    places: tuple[str, ...]
    outlets: tuple[str, ...]
    acts: tuple[Act, ...]


def meetings(acts: Iterable[Act]) -> tuple[Meeting, ...]:
    """The pairs, those that met most first.

    Counted are meetings, calls and talks that took place or go on. The parties of talks that somebody else carries
    are its recipients where there are two of them; who carries them is its actor. Else all parties met each other.
    """
    found: dict[tuple[str, str], list[tuple[Act, tuple[str, ...]]]] = defaultdict(list)
    for act in acts:
        if act.fact.event != "CONSULT" or not act.happened:
            continue
        pairs, carriers = _pairs(act)
        for pair in pairs:
            found[pair].append((act, carriers))
    rows = [_meeting(pair, held) for pair, held in found.items()]
    return tuple(sorted(rows, key=lambda row: (-row.times, row.pair)))


def _pairs(act: Act) -> tuple[set[tuple[str, str]], tuple[str, ...]]:
    if act.fact.mode == "third-party" and len(act.recipients) > 1:
        inner = {(min(pair), max(pair)) for pair in combinations(act.recipients, 2)}
        return inner, tuple(party for party in act.actors if party not in act.recipients)
    return {(min(pair), max(pair)) for pair in combinations(act.parties, 2)}, ()


def _meeting(pair: tuple[str, str], held: list[tuple[Act, tuple[str, ...]]]) -> Meeting:
    days = {act.day for act, _ in held if act.day is not None}
    carried: dict[str, int] = defaultdict(int)
    for _, carriers in held:
        for party in carriers:
            carried[party] += 1
    return Meeting(
        pair=pair,
        times=len(held),
        days=len(days),
        last=max(days, default=None),
        mediated=sum(act.fact.mode == "third-party" for act, _ in held),
        carriers=tuple(sorted(carried, key=lambda party: (-carried[party], party))),
        places=tuple(sorted({act.fact.place_country for act, _ in held if act.fact.place_country})),
        outlets=tuple(sorted({outlet for act, _ in held for outlet in act.outlets})),
        acts=tuple(act for act, _ in held),
    )
