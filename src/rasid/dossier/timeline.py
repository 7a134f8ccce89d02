"""The latest days of a timeline and the acts of a day that most outlets tell, without building all others.

Records in outline choose what is looked at: the day, how many outlets tell the act, the words of the issue. Only the
chosen acts are then read whole and tested as in the whole dossier; where that leaves a day with fewer than there is
room for, more of the day are read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from rasid.dossier.acts import Act
from rasid.dossier.issues import IssueIndex
from rasid.model.fact import Outline, day_of_act

#: Acts of these records that belong to the story, read whole.
Whole = Callable[[Sequence[int]], Iterable[Act]]
#: Days and their acts.
Days = tuple[tuple[date, tuple[Act, ...]], ...]

#: Times as many acts of a day are read at first as are shown: some will not belong.
_SPARE = 2


def latest(
    outlines: Iterable[Outline], issues: IssueIndex, whole: Whole, days: int, acts: int, since: date | None = None
) -> tuple[Days, bool]:
    """The latest days on which something happened, the first of them first, and whether there may be earlier ones.

    Args:
        outlines: the records of all acts.
        issues: finds the issues of phrases.
        whole: reads acts.
        days: how many at most.
        acts: of a day at most: those that most outlets tell, those about an issue first, as in the whole timeline.
        since: days before it are left out: the records are not all that there are of these.
    """
    waiting = _by_day(outlines, issues)
    order = sorted((day for day in waiting if since is None or day >= since), reverse=True)
    found: dict[date, list[Act]] = defaultdict(list)
    while order and len(found) < days:
        chosen, order = order[: days - len(found)], order[days - len(found) :]
        for size in (acts * _SPARE, None):
            short = [day for day in chosen if len(found[day]) < acts and waiting[day]]
            keys = [key for day in short for keys in waiting[day][:size] for key in keys]
            for day in short:
                waiting[day] = waiting[day][size:] if size else []
            for act in whole(keys) if keys else ():
                if act.day is not None and (since is None or act.day >= since):
                    found[act.day].append(act)
        for day in [day for day, told in found.items() if not told]:
            del found[day]
    shown = sorted(found)[-days:]
    return tuple((day, tuple(sorted(found[day], key=weight)[:acts])) for day in shown), bool(order)


def _by_day(outlines: Iterable[Outline], issues: IssueIndex) -> dict[date, list[list[int]]]:
    """The records of each act, by its day, the acts that come first in a timeline first."""
    told: dict[tuple[int, int], list[Outline]] = defaultdict(list)
    for outline in outlines:
        told[outline.act].append(outline)
    ranked: dict[date, list[tuple[tuple[int, bool, int], list[int]]]] = defaultdict(list)
    for same in told.values():
        day, _ = day_of_act((one.day, one.dated) for one in same)
        if day is not None:
            about = any(issues.named(one.event, one.mode, one.issue) for one in same)
            weight = (-max(one.outlets for one in same), not about, min(one.key for one in same))
            ranked[day].append((weight, [one.key for one in same]))
    return {day: [keys for _, keys in sorted(acts)] for day, acts in ranked.items()}


def weight(act: Act) -> tuple[int, int, int]:
    """What most outlets tell and what is about an issue comes first."""
    return (-len(act.outlets), not act.issues, min(act.keys))
