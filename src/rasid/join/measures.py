"""What two records of different articles have in common, as numbers for the trees of the model.

Likenesses are shares of weighed stems (0 to 1; -1 where a side says nothing), sums are of weights of shared stems,
levels are the larger the better two values agree (-1: one side says nothing), days are whole numbers.
"""

from __future__ import annotations

from datetime import date

from rasid.join.features import (
    LEVELS,
    MUTUAL,
    WORDS,
    Weights,
    contradiction,
    coverage,
    doers,
    excluded,
    gap,
    likeness,
    named,
    places,
    reversed_roles,
)
from rasid.join.telling import Party, Telling
from rasid.model.record import EVENT_TYPES

#: What is measured, in the order of the values.
NAMES: tuple[str, ...] = (
    "near", "near of the fewer", "words", "words of the fewer", "after", "issue", "lead", "target",
    "near shared", "words shared", "lead shared", "trigger shared", "rarest near", "rarest word",
    "actor", "recipient", "parties", "actors matched", "recipients matched", "parties matched",
    "place", "named places", "places of the sentence", "people", "speaker",
    "days apart", "dated", "published apart", "one outlet", "headlines", "earlier place", "later place",
    "dead", "numbers", "status", "negated", "pronouncements", "meetings", "type", "mode", "frame",
    "contradicted", "excluded", "roles reversed", "recipients named", *EVENT_TYPES,
)  # fmt: skip

_LEVEL = {"open": -1.0} | {name: float(len(LEVELS) - 1 - n) for n, name in enumerate(LEVELS)}
_MATCHED = {"all": 2.0, "more": 1.0, "mixed": 0.0, "open": -1.0}
_NAMED = {"same": 2.0, "shared": 1.0, "apart": 0.0, "open": -1.0}
_PLACE = {"same": 4.0, "near": 3.0, "country": 2.0, "open": 1.0, "apart": 0.0}
#: Days that articles lie apart at most for the model; more are as many.
_FAR = 6
#: A stretch of more days than this tells little.
_LONG = 3


def measures(a: Telling, b: Telling, weights: Weights) -> list[float]:
    """The values of `NAMES` for two records of different articles; the same in whichever order they are given."""
    near, words = weights.likeness(a.near, b.near), weights.likeness(a.words, b.words)
    shared_near, shared_words = a.near & b.near, a.words & b.words
    x, y = doers(a), doers(b)
    all_x, all_y = (*a.actor, *a.recipient), (*b.actor, *b.recipient)
    issue = weights.likeness(a.issue, b.issue)[1] if a.issue and b.issue else -1.0
    target = weights.likeness(_phrase(a.recipient), _phrase(b.recipient))[1] if a.recipient and b.recipient else -1.0
    apart, dated = _days(a, b)
    return [
        *near, *words, weights.likeness(a.after, b.after)[1], issue, weights.likeness(a.lead, b.lead)[0], target,
        weights.sum(shared_near), weights.sum(shared_words), weights.sum(a.lead & b.lead),
        weights.sum(a.trigger & b.trigger), weights.top(shared_near), weights.top(shared_words),
        _LEVEL[likeness(x, y)], _LEVEL[likeness(a.recipient, b.recipient)], _LEVEL[likeness(all_x, all_y)],
        _MATCHED[coverage(x, y)], _MATCHED[coverage(a.recipient, b.recipient)], _MATCHED[coverage(all_x, all_y)],
        _PLACE[places(a.place, b.place)], _NAMED[named(a.places, b.places)], _NAMED[named(a.placed, b.placed)],
        _NAMED[named(a.people, b.people)], _LEVEL[likeness(a.speaker, b.speaker)],
        apart, dated, _published(a.published, b.published), float(a.outlet == b.outlet),
        float(a.headline + b.headline), float(min(a.number, b.number)), float(max(a.number, b.number)),
        -1.0 if a.dead is None or b.dead is None else float(a.dead == b.dead),
        -1.0 if not a.numbers or not b.numbers else float(bool(a.numbers & b.numbers)),
        float(a.status == b.status), float((a.status == "negated") != (b.status == "negated")),
        float((a.event in WORDS) + (b.event in WORDS)), float((a.event in MUTUAL) + (b.event in MUTUAL)),
        2.0 * (a.event == b.event), -1.0 if not a.mode or not b.mode else float(a.mode == b.mode),
        float(a.frame == b.frame), float(contradiction(a, b) is not None), float(excluded(a, b) is not None),
        float(reversed_roles(a, b)), float(bool(a.recipient) + bool(b.recipient)),
        *(float(kind in (a.event, b.event)) for kind in EVENT_TYPES),
    ]  # fmt: skip


def _phrase(parties: tuple[Party, ...]) -> frozenset[str]:
    return frozenset().union(*(party.phrase for party in parties))


def _published(a: date | None, b: date | None) -> float:
    return float(min(abs((a - b).days), _FAR)) if a is not None and b is not None else -1.0


def _days(a: Telling, b: Telling) -> tuple[float, float]:
    """Days between two acts, and how well the texts date them.

    Both (3; 2 within a stretch; 2.5 with days between), one (1), neither (0).
    """
    if a.first and a.last and b.first and b.last:
        days = gap((a.first, a.last), (b.first, b.last))
        if days:
            return float(min(days, 3)), 2.5
        return 0.0, 2.0 if max((a.last - a.first).days, (b.last - b.first).days) > _LONG else 3.0
    if a.published is None or b.published is None:
        return 0.0, 0.0
    x, y = (a.first or a.published, a.last or a.published), (b.first or b.published, b.last or b.published)
    return float(min(gap(x, y), 4)), float(a.first is not None or b.first is not None)
