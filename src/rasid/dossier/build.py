"""All parts of a dossier from the facts of a database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rasid.dossier.acts import Act, acts_of, of_story
from rasid.dossier.contested import Contested, contested
from rasid.dossier.curves import PairWeek, Week, curve, weeks
from rasid.dossier.issues import ConditionIndex, IssueIndex
from rasid.dossier.meetings import Meeting, meetings
from rasid.dossier.parties import Party, PartyIndex
from rasid.dossier.positions import Position, Taken, positions, taking_stance
from rasid.dossier.roles import PartyRole, roles
from rasid.dossier.timeline import weight
from rasid.model.fact import Fact, Proof
from rasid.packs.issues import Issue
from rasid.packs.stances import StanceRule
from rasid.packs.stories import Story

#: A part of a dossier that can be asked for alone.
Part = Literal["timeline", "positions"]

#: Fetches the sentences of records by their numbers.
Proofs = Callable[[Iterable[int]], Mapping[int, Proof]]


@dataclass(frozen=True, slots=True)
class Tools:
    """What makes acts of facts."""

    parties: PartyIndex
    issues: IssueIndex
    conditions: ConditionIndex
    unless: ConditionIndex
    unreal: ConditionIndex
    stances: tuple[StanceRule, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A process, ready to be shown.

    Attributes:
        name: the story's name, or one made of its commonest parties and issue.
        shown: ids of the parties that have rows: those that the user named, else those with most acts.
        timeline: day by day all acts that have a day, the first day first.
        undated: acts without one.
        proofs: the sentences of all records that appear.
    """

    name: str
    story: Story
    parties: dict[str, Party]
    issues: dict[str, Issue]
    roles: tuple[PartyRole, ...]
    shown: tuple[str, ...]
    timeline: tuple[tuple[date, tuple[Act, ...]], ...]
    undated: tuple[Act, ...]
    meetings: tuple[Meeting, ...]
    positions: tuple[Position, ...]
    curve: tuple[PairWeek, ...]
    weeks: tuple[Week, ...]
    contested: Contested
    proofs: Mapping[int, Proof]

    @property
    def acts(self) -> tuple[Act, ...]:
        """All acts, by day."""
        return (*(act for _, day in self.timeline for act in day), *self.undated)

    @property
    def articles(self) -> int:
        """How many articles tell them."""
        return len({fact.article for act in self.acts for fact in act.facts})

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets of these articles."""
        return tuple(sorted({fact.outlet for act in self.acts for fact in act.facts if fact.outlet}))


#: Parties that have rows where the user names none.
_SHOWN = 10


def build(facts: Iterable[Fact], story: Story, tools: Tools, proofs: Proofs, only: Part | None = None) -> Dossier:
    """The dossier of the facts that belong to a story.

    Args:
        facts: in order of day, article and place in it, as the store gives them.
        story: what belongs to it.
        tools: tables, ready for use.
        proofs: fetches sentences.
        only: the part to make; the others stay empty, and so do the proofs but those of the positions.
    """
    acts = tuple(of_story(acts_of(facts, tools.parties, tools.issues), story))
    taken = taking_stance(acts, tools.stances, tools.parties, tools.issues) if only != "timeline" else []
    if only is None:
        sentences = proofs([key for act in acts for key in act.keys])
    else:
        sentences = proofs([one.fact.key for one in taken])
    told = Counter(party for act in acts for party in act.parties)
    named = tuple(party.id for party in story.parties)
    shown = named or tuple(party for party, _ in sorted(told.items(), key=lambda item: (-item[1], item[0])))[:_SHOWN]
    taken = [one for one in taken if not _unreal(one, tools.unreal, sentences)]
    grid = positions(taken, tools.parties, tools.issues, (tools.conditions, tools.unless), sentences)
    given = {party.id: party.role for party in story.parties if party.role is not None}
    timeline, undated = _timeline(acts) if only != "positions" else ((), ())
    whole = acts if only is None else ()
    return Dossier(
        name=story.name or _name(shown, acts, tools),
        story=story,
        parties={id: tools.parties.party(id) for id in (*named, *told)},
        issues=tools.issues.issues,
        roles=roles(whole, given),
        shown=shown,
        timeline=timeline,
        undated=undated,
        meetings=meetings(whole),
        positions=grid,
        curve=curve(whole),
        weeks=weeks(whole),
        contested=contested(whole, tools.parties),
        proofs=sentences,
    )


def _unreal(taken: Taken, words: ConditionIndex, proofs: Mapping[int, Proof]) -> bool:
    """Whether a record tells an act only as what may be, by the words before its trigger."""
    proof = proofs.get(taken.fact.key)
    return proof is not None and proof.end > 0 and words.ends(proof.sentence[: proof.start])


def _timeline(acts: Iterable[Act]) -> tuple[tuple[tuple[date, tuple[Act, ...]], ...], tuple[Act, ...]]:
    days: dict[date, list[Act]] = {}
    undated: list[Act] = []
    for act in acts:
        (undated if act.day is None else days.setdefault(act.day, [])).append(act)
    return tuple((day, tuple(sorted(days[day], key=weight))) for day in sorted(days)), tuple(undated)


def _name(shown: tuple[str, ...], acts: Iterable[Act], tools: Tools) -> str:
    """The two parties with most acts and the issue that most acts are about."""
    about = Counter(issue for act in acts for issue in act.issues).most_common(1)
    names = " – ".join(tools.parties.party(id).label for id in shown[:2])
    issue = tools.issues.issues[about[0][0]].name if about else ""
    return ": ".join(part for part in (names, issue) if part) or "nothing found"


def top_pairs(dossier: Dossier, count: int) -> Iterator[tuple[str, str]]:
    """The pairs of shown parties with most acts in the curve."""
    total: Counter[tuple[str, str]] = Counter()
    for week in dossier.curve:
        if set(week.pair) <= set(dossier.shown):
            total[week.pair] += week.acts
    yield from (pair for pair, _ in sorted(total.items(), key=lambda item: (-item[1], item[0]))[:count])
