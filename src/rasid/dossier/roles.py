"""What the parties are in a story, inferred from what they do to whom.

What speaks for it that two parties are at odds is their **conflict**: the acts of force, threats and sanctions between
them, twice, and the refusals, blame and protests; times the share that all these are of the acts between them. Who
refuses much of what an ally asks is thereby at odds with him less than with an enemy. The rule, in order; a party may
have several roles and the first is its main one:

- **side**: first the two parties that are most at odds, one of them the party that acts most where that is at odds
  with anybody; the people of a state only where no two others are half as much at odds. Then who is at odds with a
  side, more often than not, a third as much as these two; or an eighth as much where that is a third of its own acts
  with others; or who has force between it and sides in a quarter of its acts, and thrice. The people of a state need
  the first of these.
- **mediator**: it is no side and carried talks (CONSULT third-party) at least twice, or once and met two sides.
- **host**: at least two meetings of others or visits took place with it or in its country, and these are one in
  twenty-five of its acts.
- **guarantor**: it is no side and at least twice agreed to or backed guarantees.
- **outside voice**: none of these, but it demands, backs or blames.

The numbers were chosen by reading the roles of the dozen largest stories of an archive (docs/real-run.md).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rasid.dossier.acts import Act
from rasid.packs.stories import ROLES, Role

_FORCE = frozenset({"ASSAULT", "COERCE", "THREATEN", "SANCTION"})
_BLAME = frozenset({"REJECT", "ACCUSE", "PROTEST"})
_DISPUTE = frozenset({"REJECT", "REQUEST", "ACCUSE"})
_VOICE = frozenset({"REQUEST", "SUPPORT", "ACCUSE", "REJECT"})
_GUARANTEES = "guarantees"
#: Acts at odds between two parties at least; how much the people of a state count beside others.
_LEAST, _PEOPLE = 2, 0.5
#: Conflict of a further side, as a share of that of the first two: by itself, and where it is so much of its own acts.
_ALIKE, _SOME, _OWN = 1 / 3, 1 / 8, 1 / 3
#: Acts of force with sides at least, and a party's acts at most to one of them, that make it one.
_FIGHTS, _FIGHTING = 3, 4
#: Acts of a party at most to one in which it is host.
_HOSTED = 25


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


@dataclass(frozen=True, slots=True)
class _Between:
    """The acts between two parties: all, those of force, and those of blame."""

    acts: int
    force: int
    blame: int

    @property
    def share(self) -> float:
        return (self.force + self.blame) / self.acts

    @property
    def conflict(self) -> float:
        """0 where they are hardly at odds."""
        return (2 * self.force + self.blame) * self.share if self.force + self.blame >= _LEAST else 0.0


_Pairs = Mapping[tuple[str, str], _Between]


def roles(acts: Iterable[Act], given: dict[str, Role] | None = None) -> tuple[PartyRole, ...]:
    """The roles of all parties of the acts, those with most acts first."""
    acts = tuple(act for act in acts if act.happened)
    given = given or {}
    counts = _counts(acts)
    sides = _sides(counts, _pairs(acts), given)
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


def _pairs(acts: Iterable[Act]) -> _Pairs:
    total: Counter[tuple[str, str]] = Counter()
    force: Counter[tuple[str, str]] = Counter()
    blame: Counter[tuple[str, str]] = Counter()
    for act in acts:
        for pair in act.pairs():
            total[pair] += 1
            force[pair] += act.fact.event in _FORCE
            blame[pair] += act.fact.event in _BLAME
    return {pair: _Between(count, force[pair], blame[pair]) for pair, count in total.items()}


def _hosts(act: Act) -> set[str]:
    if act.fact.mode == "visit":
        return set(act.recipients)
    place = act.fact.place_country
    return {place} if place and len(set(act.parties) - {place}) > 1 else set()


def _sides(counts: Mapping[str, Counter[str]], pairs: _Pairs, given: Mapping[str, Role]) -> set[str]:
    """Those whom the conflict of the story is between."""
    told = {party for party, role in given.items() if role == "side"}
    others = given.keys() - told
    free = {pair: between for pair, between in pairs.items() if between.conflict and not others.intersection(pair)}
    first = _first_pair(counts, {pair: b for pair, b in free.items() if not told or told.intersection(pair)})
    if first is None:
        return told
    rivalry = _Rivalry(pairs, free, free[first].conflict, counts)
    sides = told.union(first)
    while joined := {p for p in counts.keys() - sides - others if rivalry.joins(p, sides)}:
        sides |= joined
    return sides


def _first_pair(counts: Mapping[str, Counter[str]], pairs: _Pairs) -> tuple[str, str] | None:
    """The two that are most at odds."""
    if not pairs:
        return None
    leading = max((p for p in counts if not _is_people(p)), key=lambda p: (counts[p]["acts"], p), default=None)
    wanted = {pair: between for pair, between in pairs.items() if leading in pair} or pairs

    def weight(pair: tuple[str, str]) -> tuple[float, tuple[str, str]]:
        return pairs[pair].conflict * (_PEOPLE if any(map(_is_people, pair)) else 1), pair

    return max(wanted, key=weight)


class _Rivalry:
    """Who is at odds with a side as the first two sides are with each other."""

    def __init__(self, pairs: _Pairs, free: _Pairs, most: float, counts: Mapping[str, Counter[str]]) -> None:
        self._pairs = free
        self._most = most
        self._counts = counts
        self._withal: Counter[str] = Counter()
        for pair, between in pairs.items():
            self._withal.update(dict.fromkeys(pair, between.acts))

    def joins(self, party: str, sides: set[str]) -> bool:
        """Whether a party is a side beside others."""
        with_sides = [b for s in sides if (b := self._pairs.get((min(party, s), max(party, s)))) and b.share >= 1 / 2]
        if any(between.conflict >= self._most * _ALIKE for between in with_sides):
            return True
        if _is_people(party):
            return False
        force = sum(between.force for between in with_sides)
        return force >= max(_FIGHTS, self._counts[party]["acts"] / _FIGHTING) or any(
            between.conflict >= self._most * _SOME and between.force + between.blame >= self._withal[party] * _OWN
            for between in with_sides
        )


def _is_people(party: str) -> bool:
    return " " in party and not party.startswith("«")


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
        "mediator": not side and (count["carried"] >= 2 or (count["carried"] > 0 and len(met[party]) >= 2)),
        "host": count["hosted"] >= max(2, count["acts"] / _HOSTED),
        "guarantor": not side and count["guarantees"] >= 2,
    }
    fits["outside voice"] = not any(fits.values()) and count["voice"] > 0
    return tuple(role for role in ROLES if fits[role])
