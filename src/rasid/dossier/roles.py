"""What the parties are in a story, inferred from what they do.

The rule, in order; a party may have several roles and the first is its main one:

- **side**: violence, coercion or threats between it and another party are at least a quarter of its acts, and two
  at least; or a tenth of them, three at least, and half as many as the side with most has. Where no two used any, the
  same of refusals, demands and blame between it and another party.
- **mediator**: it is no side and carried talks (CONSULT third-party) at least twice, or met two or more sides.
- **host**: at least two meetings of others or visits took place with it or in its country.
- **guarantor**: it is no side and agreed to or backed guarantees.
- **outside voice**: none of these, but it demands, backs or blames.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rasid.dossier.acts import Act
from rasid.packs.stories import ROLES, Role

_FORCE = frozenset({"ASSAULT", "COERCE", "THREATEN"})
_DISPUTE = frozenset({"REJECT", "REQUEST", "ACCUSE"})
_VOICE = frozenset({"REQUEST", "SUPPORT", "ACCUSE", "REJECT"})
_GUARANTEES = "guarantees"
#: Shares of a party's acts, as one in so many, that make it a side: by itself, and beside a side of like strength.
_MUCH, _SOME = 4, 10


@dataclass(frozen=True, slots=True)
class PartyRole:
    """The roles of a party and the counts behind them.

    Attributes:
        roles: the main one first; empty where it did nothing that would make one.
        given: whether the user said so.
        acts: how many acts it takes part in.
        counts: what was counted for each rule.
    """

    party: str
    roles: tuple[Role, ...]
    given: bool
    acts: int
    counts: dict[str, int]


def roles(acts: Iterable[Act], given: dict[str, Role] | None = None) -> tuple[PartyRole, ...]:
    """The roles of all parties of the acts, those with most acts first."""
    acts = tuple(act for act in acts if act.happened)
    given = given or {}
    counts = _counts(acts)
    sides = _sides(counts) | {party for party, role in given.items() if role == "side"}
    sides -= {party for party, role in given.items() if role != "side"}
    met = _sides_met(acts, sides)
    found = []
    for party, count in counts.items():
        inferred = _inferred(party, count, sides, met)
        chosen = (given[party], *(r for r in inferred if r != given[party])) if party in given else inferred
        shown = {name: number for name, number in sorted(count.items()) if name != "acts"}
        found.append(PartyRole(party, chosen, party in given, count["acts"], shown))
    return tuple(sorted(found, key=lambda row: (-row.acts, row.party)))


def _counts(acts: Iterable[Act]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for act in acts:
        fact = act.fact
        for party in act.parties:
            counts[party]["acts"] += 1
        for pair in act.pairs():
            for party in pair:
                counts[party]["force"] += fact.event in _FORCE
                counts[party]["dispute"] += fact.event in _DISPUTE
        for party in act.actors:
            carried = fact.event == "CONSULT" and fact.mode == "third-party" and len(act.recipients) != 1
            counts[party]["carried"] += carried
            counts[party]["guarantees"] += fact.event in ("AGREE", "SUPPORT") and _GUARANTEES in act.issues
            counts[party]["voice"] += fact.event in _VOICE
        if fact.event == "CONSULT":
            for host in _hosts(act):
                counts[host]["hosted"] += 1
    return {party: count for party, count in counts.items() if count["acts"]}


def _hosts(act: Act) -> set[str]:
    if act.fact.mode == "visit":
        return set(act.recipients)
    place = act.fact.place_country
    return {place} if place and len(set(act.parties) - {place}) > 1 else set()


def _sides(counts: dict[str, Counter[str]]) -> set[str]:
    for what, least in (("force", 2), ("dispute", 1)):  # one who fights with nobody is a wrong record or two
        found = {party for party, count in counts.items() if count[what] >= max(2, count["acts"] / _MUCH)}
        # who also talks, asks and answers all day is a side all the same when nobody else uses much more of it
        most = max((counts[party][what] for party in found), default=0)
        also = {p for p, count in counts.items() if found and count[what] >= max(3, count["acts"] / _SOME, most / 2)}
        if len(found | also) >= least:
            return found | also
    return set()


def _sides_met(acts: Iterable[Act], sides: set[str]) -> dict[str, set[str]]:
    met: dict[str, set[str]] = defaultdict(set)
    for act in acts:
        if act.fact.event == "CONSULT":
            for party in act.parties:
                met[party] |= sides.intersection(act.parties) - {party}
    return met


def _inferred(party: str, count: Counter[str], sides: set[str], met: dict[str, set[str]]) -> tuple[Role, ...]:
    side = party in sides
    fits: dict[Role, bool] = {
        "side": side,
        "mediator": not side and (count["carried"] >= 2 or len(met[party]) >= 2),
        "host": count["hosted"] >= 2,
        "guarantor": not side and count["guarantees"] > 0,
    }
    fits["outside voice"] = not any(fits.values()) and count["voice"] > 0
    return tuple(role for role in ROLES if fits[role])
