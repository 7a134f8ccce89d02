"""Conflict and cooperation by week and pair, and talks and violence by week."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from rasid.dossier.acts import Act
from rasid.model import EventType
from rasid.packs.plover import score_of

#: Types that are talks or their fruit, and violence, on the common axis of time.
TALKS = frozenset({"CONSULT", "AGREE", "CONCEDE"})
VIOLENCE = frozenset({"ASSAULT"})


@dataclass(frozen=True, slots=True)
class PairWeek:
    """The acts between two parties in one week: `monday` is its first day; scores lie within -10 and 10."""

    pair: tuple[str, str]
    monday: date
    acts: int
    sum: float
    mean: float


@dataclass(frozen=True, slots=True)
class Week:
    """A week: how many acts of talks and of violence, and the dead of the latter as far as told."""

    monday: date
    talks: int
    violence: int
    dead: int


def curve(acts: Iterable[Act]) -> tuple[PairWeek, ...]:
    """PLOVER scores by pair and week, of acts that took place or go on; both directions of a pair together.

    An act counts once for each pair of its parties. Acts without a day have no week.
    """
    scores: dict[tuple[tuple[str, str], date], list[float]] = defaultdict(list)
    for act in acts:
        if act.happened and act.day is not None:
            score = score_of(cast(EventType, act.fact.event), act.fact.mode)
            for pair in act.pairs():
                scores[pair, monday(act.day)].append(score)
    return tuple(
        PairWeek(pair, week, len(found), round(sum(found), 4), round(sum(found) / len(found), 4))
        for (pair, week), found in sorted(scores.items())
    )


def weeks(acts: Iterable[Act]) -> tuple[Week, ...]:
    """Talks and violence by week, from the first to the last week that has any; quiet weeks are there too."""
    talks: Counter[date] = Counter()
    violence: Counter[date] = Counter()
    dead: Counter[date] = Counter()
    for act in acts:
        if not act.happened or act.day is None:
            continue
        week = monday(act.day)
        if act.fact.event in TALKS:
            talks[week] += 1
        elif act.fact.event in VIOLENCE:
            violence[week] += 1
            dead[week] += act.fact.dead or 0
    found = sorted({*talks, *violence})
    if not found:
        return ()
    count = (found[-1] - found[0]).days // 7 + 1
    days = (found[0] + timedelta(weeks=n) for n in range(count))
    return tuple(Week(day, talks[day], violence[day], dead[day]) for day in days)


def monday(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())
