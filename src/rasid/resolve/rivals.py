"""Those who may take part in an act, seen beside each other.

The first model asks of each by himself whether he takes part. An act has few parties: who has a likelier rival, stands
in a list beside one who takes part, or is of the country of another party, is judged again by trees that see all of
them.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, get_args

from rasid.model import Entity, Record
from rasid.model.event import Event
from rasid.model.record import EVENT_TYPES
from rasid.model.text import MentionKind
from rasid.packs.trees import log_odds
from rasid.resolve.parties import Option

T = TypeVar("T")
_ACTOR, _RECIPIENT = 0, 1
_PROPOSED = ("", "actor", "recipient")
_HOW = ("", "phrase", "pronoun", "dropped", "nearest", "told", "pair", "other")
_KINDS = ("", *get_args(MentionKind))
_ROLES = ("speaker", "main", "told actor", "told recipient", "victim", "crowd")
#: What stands where there is no such neighbour or rival.
_NONE, _FAR = -9.0, 99.0

_RIVAL = ("odds", "same country", "proposed", "steps")
_BESIDE = ("as actor", "as recipient", "steps", "proposed", "same kind")
#: What is measured, in this order; odds and chances are what the first model says.
NAMES: tuple[str, ...] = (
    "odds of actor", "odds of recipient", "odds of neither", "type", "proposed", "how", "kind", "side", "subject",
    *_ROLES, "country", "known", "width", "rank", "all", "proposed actors", "proposed recipients",
    "other chances of actor", "other chances of recipient", "likelier actors", "likelier recipients",
    *(f"likeliest other actor {name}" for name in _RIVAL), *(f"likeliest other recipient {name}" for name in _RIVAL),
    *(f"before {name}" for name in _BESIDE), *(f"after {name}" for name in _BESIDE),
    "compatriot as actor", "compatriot as recipient", "told as actor", "told as recipient", "country told as actor",
    "country told as recipient", "pair told", "told",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """How often parties, countries and pairs of countries took part in the records that an article gave so far."""

    records: int = 0
    actors: Counter[str] = field(default_factory=Counter)
    recipients: Counter[str] = field(default_factory=Counter)
    acting: Counter[str | None] = field(default_factory=Counter)
    receiving: Counter[str | None] = field(default_factory=Counter)
    pairs: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)

    def and_then(self, record: Record) -> Told:
        """The same with one more record."""
        return Told(
            self.records + 1,
            _more(self.actors, map(_who, record.actor)),
            _more(self.recipients, map(_who, record.recipient)),
            _more(self.acting, (e.country for e in record.actor)),
            _more(self.receiving, (e.country for e in record.recipient)),
            _more(self.pairs, ((a.country, b.country) for a in record.actor for b in record.recipient)),
        )


NOTHING_TOLD = Told()


def measures(
    options: Sequence[Option],
    chances: Sequence[Sequence[float]],
    event: Event,
    told: Told,
    asked: Iterable[int],
) -> list[list[float]]:
    """What is measured (NAMES) of each option that is asked of.

    Args:
        options: all who may take part in the act.
        chances: of each the probability of being actor, recipient and neither, by himself.
        event: the act.
        told: what the article told before it.
        asked: the numbers of the options to measure.
    """
    order = sorted((n for n, o in enumerate(options) if o.first >= 0), key=lambda n: options[n].first)
    after = dict(itertools.pairwise(order))
    before = {second: first for first, second in after.items()}
    act = _Act(options, chances, event, told)
    return [act.of(n, before.get(n), after.get(n)) for n in asked]


class _Act:
    """What is the same for all options of an act."""

    def __init__(self, options: Sequence[Option], chances: Sequence[Sequence[float]], event: Event, told: Told) -> None:
        self.options, self.chances, self.event, self.told = options, chances, event, told
        self.acts_here = [o.entity.country for o in options if o.proposed == "actor"]
        self.proposed = [sum(o.proposed == part for o in options) for part in ("actor", "recipient")]
        self.whole = [sum(c[part] for c in chances) for part in (_ACTOR, _RECIPIENT)]

    def of(self, n: int, before: int | None, after: int | None) -> list[float]:
        """What is measured of one option, and of the ones named before and after it."""
        o, own = self.options[n], self.chances[n]
        others = [m for m in range(len(self.options)) if m != n]
        alike = [m for m in others if self._country(m) == self._country(n)]
        return [
            *map(log_odds, own),
            float(EVENT_TYPES.index(self.event.event)),
            float(_PROPOSED.index(o.proposed)),
            _number(o.how, _HOW),
            _number(o.kind, _KINDS),
            self._side(o),
            float(o.subject),
            *(float(role in o.roles) for role in _ROLES),
            float(o.entity.country is not None),
            float(o.entity.id is not None),
            float(o.last - o.first),
            float(n),
            float(len(self.options)),
            *map(float, self.proposed),
            *(self.whole[part] - own[part] for part in (_ACTOR, _RECIPIENT)),
            *(float(sum(self.chances[m][part] > own[part] for m in others)) for part in (_ACTOR, _RECIPIENT)),
            *self._rival(n, others, _ACTOR),
            *self._rival(n, others, _RECIPIENT),
            *self._beside(n, before),
            *self._beside(n, after),
            *(max((self.chances[m][part] for m in alike), default=-1.0) for part in (_ACTOR, _RECIPIENT)),
            *self._before(o.entity),
        ]

    def _before(self, e: Entity) -> list[float]:
        """How often he, his country, and it with the one who is said to act took part in what was told before."""
        told = self.told
        pairs = (told.pairs[c, e.country] for c in self.acts_here if c != e.country)
        counts = (told.actors[_who(e)], told.recipients[_who(e)], told.acting[e.country], told.receiving[e.country])
        return [*map(float, counts), float(max(pairs, default=-1)), float(told.records)]

    def _country(self, n: int) -> str | None:
        return self.options[n].entity.country

    def _side(self, o: Option) -> float:
        """Behind the act 1, before it -1, away or inside 0."""
        if o.first < 0:
            return 0.0
        return float(o.first > self.event.trigger[1]) - float(o.last < self.event.trigger[0])

    def _rival(self, n: int, others: Sequence[int], part: int) -> list[float]:
        """What is measured of the likeliest other for a part."""
        if not others:
            return [_NONE, -1.0, -1.0, _FAR]
        m = max(others, key=lambda k: self.chances[k][part])
        rival, o = self.options[m], self.options[n]
        return [
            log_odds(self.chances[m][part]),
            float(self._country(m) == self._country(n)),
            float(_PROPOSED.index(rival.proposed)),
            float(rival.first - o.first) if min(rival.first, o.first) >= 0 else _FAR,
        ]

    def _beside(self, n: int, m: int | None) -> list[float]:
        """What is measured of the one named next to him."""
        if m is None:
            return [_NONE, _NONE, _FAR, -1.0, -1.0]
        near, o = self.options[m], self.options[n]
        return [
            log_odds(self.chances[m][_ACTOR]),
            log_odds(self.chances[m][_RECIPIENT]),
            float(max(near.first, o.first) - min(near.last, o.last)),
            float(_PROPOSED.index(near.proposed)),
            float(near.kind == o.kind),
        ]


def _more(counts: Counter[T], found: Iterable[T]) -> Counter[T]:
    """The counts with these counted too; the given ones stay as they are."""
    more = counts.copy()
    more.update(found)
    return more


def _who(e: Entity) -> str:
    return e.id or e.name


def _number(name: str, names: Sequence[str]) -> float:
    return float(names.index(name)) if name in names else -1.0
