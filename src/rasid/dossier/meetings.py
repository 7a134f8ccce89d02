"""Who met whom, how often, last when, carried by whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product

from rasid.dossier.acts import Act

_FORCE = frozenset({"ASSAULT", "COERCE"})
#: Acts between two parties at most to one of force, for them to be at war.
_WAR = 4
#: Modes of talks that do not tell whether the two sat together.
_MAYBE = frozenset({None, "multilateral", "third-party"})
_Pair = tuple[str, str]
#: Acts, each with those who carried it.
_Held = list[tuple[Act, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A pair of parties that met, telephoned or talked.

    Attributes:
        pair: ids of parties in order.
        times: how many acts; the same meeting told by several articles counts for each until records are joined.
        days: on how many different days.
        last: the last of these days.
        mediated: how many of the acts were hosted or carried by a third party, as told or as `meetings` takes it.
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
    are its recipients where there are two of them; who carries them is its actor. Those whom one visits are visited
    each by itself. Else all parties met each other. Talks between two who are at war, a quarter of whose acts are
    force, are taken as carried by those who carried others between them, unless a visit or a call is told.
    """
    acts = tuple(acts)
    found: dict[_Pair, _Held] = defaultdict(list)
    for act in acts:
        if act.fact.event != "CONSULT" or not act.happened:
            continue
        pairs, carriers = _pairs(act)
        for pair in pairs:
            found[pair].append((act, carriers))
    war = _at_war(acts, found.keys())
    rows = [_meeting(pair, _carried(held) if pair in war else held) for pair, held in found.items()]
    return tuple(sorted(rows, key=lambda row: (-row.times, row.pair)))


def _pairs(act: Act) -> tuple[set[_Pair], tuple[str, ...]]:
    if act.fact.mode == "third-party" and len(act.recipients) > 1:
        inner = _in_order(combinations(act.recipients, 2))
        return inner, tuple(party for party in act.actors if party not in act.recipients)
    if act.fact.mode == "visit" and act.actors:
        return _in_order((*combinations(act.actors, 2), *product(act.actors, act.recipients))), ()
    return _in_order(combinations(act.parties, 2)), ()


def _in_order(pairs: Iterable[_Pair]) -> set[_Pair]:
    return {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}


def _at_war(acts: Iterable[Act], pairs: Collection[_Pair]) -> set[_Pair]:
    """Those of the pairs that do more to each other than talk."""
    total: Counter[_Pair] = Counter()
    force: Counter[_Pair] = Counter()
    for act in acts:
        for pair in act.pairs() if act.happened else ():
            total[pair] += 1
            force[pair] += act.fact.event in _FORCE
    return {pair for pair in pairs if force[pair] * _WAR >= total[pair] > 0}


def _carried(held: _Held) -> _Held:
    """The talks of two who are at war: where nobody is told to have carried them, those who carried others did."""
    known = Counter(carriers for _, carriers in held if carriers)
    if not known:
        return held
    usual = max(known, key=lambda carriers: (known[carriers], carriers))
    return [(act, carriers or (usual if act.fact.mode in _MAYBE else ())) for act, carriers in held]


def _meeting(pair: tuple[str, str], held: _Held) -> Meeting:
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
        mediated=sum(act.fact.mode == "third-party" or bool(carriers) for act, carriers in held),
        carriers=tuple(sorted(carried, key=lambda party: (-carried[party], party))),
        places=tuple(sorted({act.fact.place_country for act, _ in held if act.fact.place_country})),
        outlets=tuple(sorted({outlet for act, _ in held for outlet in act.outlets})),
        acts=tuple(act for act, _ in held),
    )
