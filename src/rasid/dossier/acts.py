"""Acts: facts with their parties and issues, the same act of an article once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, product

from rasid.dossier.issues import IssueIndex
from rasid.dossier.parties import PartyIndex
from rasid.model.fact import Fact, day_of_act, event_key, shown_day
from rasid.packs.stories import Story

#: Statuses of acts that happened or go on.
HAPPENED = frozenset({"actual", "ongoing"})
#: Types whose actors are each other's other side.
MUTUAL = frozenset({"CONSULT", "COOPERATE", "AGREE"})


@dataclass(frozen=True, slots=True)
class Act:
    """One act.

    Attributes:
        facts: the records that tell it, the first of them first.
        actors, recipients: ids of parties, each once.
        issues: ids of the table of issues.
        day: the day of the act, or the first of a few days; None where only a longer time is known, or nothing.
        by_publication: whether `day` is only the day of publication.
    """

    facts: tuple[Fact, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    issues: tuple[str, ...]
    day: date | None
    by_publication: bool

    @property
    def fact(self) -> Fact:
        """The record that tells it first."""
        return self.facts[0]

    @property
    def keys(self) -> tuple[int, ...]:
        """The numbers of its records in the database."""
        return tuple(fact.key for fact in self.facts)

    @property
    def parties(self) -> tuple[str, ...]:
        """All parties, actors first."""
        return tuple(dict.fromkeys((*self.actors, *self.recipients)))

    @property
    def to_come(self) -> bool:
        """Whether all who tell it were published before its day: «the summit of 12 June», told in May.

        Of an agreement, which has the day of the meeting that was agreed on, this is not said.
        """
        day = None if self.by_publication or self.fact.event == "AGREE" else self.day
        return day is not None and all(f.published is not None and f.published < day for f in self.facts)

    @property
    def happened(self) -> bool:
        """Whether it took place or goes on, as told."""
        return self.fact.status in HAPPENED and not self.to_come

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that tell it; the article stands for an outlet that is not known."""
        return tuple(sorted({fact.outlet or fact.article for fact in self.facts}))

    def pairs(self) -> set[tuple[str, str]]:
        """The pairs of different parties between whom it lies, each in order of the ids.

        Of a mutual act without a recipient these are all pairs of its actors.
        """
        if not self.recipients and self.fact.event in MUTUAL:
            found: Iterable[tuple[str, str]] = combinations(self.actors, 2)
        else:
            found = product(self.actors, self.recipients)
        return {(min(pair), max(pair)) for pair in found if pair[0] != pair[1]}


def acts_of(facts: Iterable[Fact], parties: PartyIndex, issues: IssueIndex) -> list[Act]:
    """The acts of facts, in the order of their first records. What the first lacks is taken from the later ones."""
    told: dict[tuple[str, int], list[Fact]] = {}
    for fact in facts:
        told.setdefault(event_key(fact), []).append(fact)
    return [_act(same, parties, issues) for same in told.values()]


def _act(facts: list[Fact], parties: PartyIndex, issues: IssueIndex) -> Act:
    if len(facts) > 1:
        facts.sort(key=_told_first)
    sides = [_sides(fact, parties) for fact in facts]
    if len(facts) > 1 and facts[0].group is not None:
        facts, sides = _commonest_first(facts, sides)
    day, dated = day_of_act(
        shown_day(f.event, f.status, f.first_day, f.last_day, f.precision, f.published) for f in facts
    )
    return Act(
        facts=(_filled(facts), *facts[1:]),
        actors=next((actors for actors, _ in sides if actors), ()),
        recipients=next((recipients for _, recipients in sides if recipients), ()),
        issues=tuple(dict.fromkeys(issue for fact in facts for issue in issues.of(fact))),
        day=day,
        by_publication=day is not None and not dated,
    )


def _filled(facts: list[Fact]) -> Fact:
    """The first record, with what it lacks and later ones have."""
    first = facts[0]
    if len(facts) == 1:
        return first
    return replace(
        first,
        mode=first.mode or next((f.mode for f in facts if f.mode and f.event == first.event), None),
        place=first.place or next((f.place for f in facts if f.place), None),
        place_country=first.place_country or next((f.place_country for f in facts if f.place_country), None),
        dead=first.dead if first.dead is not None else next((f.dead for f in facts if f.dead is not None), None),
    )


def _told_first(fact: Fact) -> tuple[bool, date, str, int]:
    return (fact.same_as is not None, fact.published or date.max, fact.article, fact.number)


_Sides = tuple[tuple[str, ...], tuple[str, ...]]


def _sides(fact: Fact, parties: PartyIndex) -> _Sides:
    """The ids of actors and recipients, each once."""
    actors, recipients = (tuple(dict.fromkeys(map(parties.of, side))) for side in (fact.actors, fact.recipients))
    return actors, recipients


def _commonest_first(facts: list[Fact], sides: list[_Sides]) -> tuple[list[Fact], list[_Sides]]:
    """Of an event of several articles, what most of them say of type, actors and recipients comes first.

    One record that was read wrongly or joined wrongly then gives the event neither its type nor its parties.
    """
    types = Counter(fact.event for fact in facts)
    statuses = Counter(fact.status for fact in facts)
    actors = Counter(actor for actor, _ in sides if actor)
    recipients = Counter(recipient for _, recipient in sides if recipient)

    def weight(n: int) -> tuple[int, int, int, int]:
        fact, (actor, recipient) = facts[n], sides[n]
        return (-types[fact.event], -statuses[fact.status], -actors[actor], -recipients[recipient])

    order = sorted(range(len(facts)), key=weight)
    return [facts[n] for n in order], [sides[n] for n in order]


def of_story(acts: Iterable[Act], story: Story) -> Iterator[Act]:
    """The acts that belong to a story.

    Only parties given: one of them takes part. Only issues: it is about one of them. Both: one of the parties takes
    part and it is about one of the issues, or two of the parties take part, whatever it is about. `between`: two of the
    parties take part, and it is about one of the issues where there are any. A party that is not to be `alone` needs
    one that is, in any case. The people of a state count for it. The day lies in the story's time.
    """
    named = {party.id for party in story.parties}
    alone = {party.id for party in story.parties if party.alone}
    wanted = set(story.issues)
    for act in acts:
        among = named.intersection((*act.parties, *(id.partition(" ")[0] for id in act.parties)))
        about = bool(wanted.intersection(act.issues))
        two = len(among) > 1
        if named and not alone.intersection(among):
            continue
        if (story.between and not two) or (wanted and not about and (story.between or not two)):
            continue
        if _within(act, story):
            yield act


def _within(act: Act, story: Story) -> bool:
    first, last = act.fact.first_day, act.fact.last_day
    if act.day is not None:
        first = last = act.day
    if first is None or last is None:
        return story.since is None and story.until is None
    return (story.since is None or last >= story.since) and (story.until is None or first <= story.until)
