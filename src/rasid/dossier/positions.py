"""The positions grid: what each party says of each issue, now and before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rasid.dossier.acts import Act
from rasid.dossier.issues import ConditionIndex, IssueIndex
from rasid.dossier.parties import PartyIndex
from rasid.model.fact import Fact, Proof
from rasid.packs.stances import Stance, StanceRule


@dataclass(frozen=True, slots=True)
class Statement:
    """One act by which a party takes a stance.

    Attributes:
        own: whether the article or the party itself says so; else it stands on the word of `speakers`.
        speakers: names of those on whose word it stands, the innermost first; empty: the article's own word.
        facts: the records that tell it.
    """

    stance: Stance
    day: date | None
    by_publication: bool
    own: bool
    speakers: tuple[str, ...]
    anonymous: bool
    outlets: tuple[str, ...]
    facts: tuple[Fact, ...]

    @property
    def keys(self) -> tuple[int, ...]:
        """The numbers of its records in the database."""
        return tuple(fact.key for fact in self.facts)


@dataclass(frozen=True, slots=True)
class Position:
    """A cell of the grid.

    Attributes:
        current: the stance of its latest own statement; of several on one day, the one that more outlets tell,
            then the later one of an article; None where all statements stand on somebody else's word.
        since: the day from which it holds: the first of the run of equal stances up to now.
        changed: whether another stance was held before.
        history: all statements, the oldest first; those without a day come first.
    """

    party: str
    issue: str
    current: Stance | None
    since: date | None
    changed: bool
    history: tuple[Statement, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that tell the current stance."""
        same = (s for s in self.history if s.stance == self.current)
        return tuple(sorted({outlet for statement in same for outlet in statement.outlets}))

    @property
    def latest(self) -> Statement:
        """The statement that stands in the cell: the latest of the current stance, else the latest of all."""
        return next((s for s in reversed(self.history) if s.own and s.stance == self.current), self.history[-1])


def stance_rule(fact: Fact, actors: int, rules: Iterable[StanceRule]) -> StanceRule | None:
    """The first rule that fits an act of so many parties; None where it is no stance."""
    for rule in rules:
        if (
            rule.event == fact.event
            and rule.status == fact.status
            and _of_frame(fact.frame, rule.frame)
            and (rule.several or actors < 2)
        ):
            return rule
    return None


def _of_frame(frame: str, wanted: str) -> bool:
    return frame == wanted or ((wanted == "" or wanted.endswith("/")) and frame.startswith(wanted))


def taking_stance(acts: Iterable[Act], rules: Iterable[StanceRule]) -> list[tuple[Act, StanceRule]]:
    """The acts on an issue that are a stance of their actors."""
    rules = tuple(rules)
    found = ((act, stance_rule(act.fact, len(act.actors), rules)) for act in acts if act.issues and act.actors)
    return [(act, rule) for act, rule in found if rule is not None and rule.stance is not None]


def positions(
    taken: Iterable[tuple[Act, StanceRule]],
    parties: PartyIndex,
    issues: IssueIndex,
    conditions: ConditionIndex,
    proofs: Mapping[int, Proof],
) -> tuple[Position, ...]:
    """The grid, by party and issue.

    A yes with words of condition after its trigger is a yes with conditions to the issues before these words, and a
    demand on those after them («وافقت على الهدنة بشرط الانسحاب»).

    Args:
        taken: what `taking_stance` found.
        parties: to tell whether a speaker is of the party.
        issues: finds the issues of phrases.
        conditions: finds words of condition.
        proofs: the sentences; without its sentence the words of the issue alone are searched for conditions.
    """
    cells: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for act, rule in taken:
        for issue, stance in _stances(act, rule, issues, conditions, proofs):
            for party in act.actors:
                cells[party, issue].append(_statement(act, stance, party, parties))
    return tuple(_position(party, issue, said) for (party, issue), said in sorted(cells.items()))


def _stances(
    act: Act, rule: StanceRule, issues: IssueIndex, conditions: ConditionIndex, proofs: Mapping[int, Proof]
) -> Iterator[tuple[str, Stance]]:
    """Each issue of an act with the stance on it."""
    assert rule.stance is not None
    if not rule.conditions or not _conditional(act, conditions, proofs):
        yield from ((issue, rule.stance) for issue in act.issues)
        return
    asked = {issue for fact in act.facts if fact.issue for issue in issues.of_phrase(conditions.parted(fact.issue)[1])}
    granted = {
        issue for fact in act.facts if fact.issue for issue in issues.of_phrase(conditions.parted(fact.issue)[0])
    }
    for issue in act.issues:
        yield issue, "demands" if issue in asked - granted else "accepts with conditions"


def _conditional(act: Act, conditions: ConditionIndex, proofs: Mapping[int, Proof]) -> bool:
    for fact in act.facts:
        proof = proofs.get(fact.key)
        rest = proof.sentence[proof.end :] if proof is not None and proof.end else fact.issue or ""
        if conditions.stands_in(rest):
            return True
    return False


def _statement(act: Act, stance: Stance, party: str, parties: PartyIndex) -> Statement:
    """The stance of one actor; own when any record of the act has it from the party or from the article itself."""
    own, anonymous = False, False
    speakers: tuple[str, ...] = ()
    for fact in act.facts:
        said_by = [voice for voice in fact.voices if voice.kind == "speaker"]
        innermost = said_by[0] if said_by else None
        if innermost is None or parties.of_voice(innermost) == party or innermost.name in {a.name for a in fact.actors}:
            own, speakers, anonymous = True, tuple(v.name for v in said_by), False
            break
        if not speakers:
            speakers, anonymous = tuple(v.name for v in said_by), innermost.anonymous
    return Statement(stance, act.day, act.by_publication, own, speakers, anonymous, act.outlets, act.facts)


def _position(party: str, issue: str, said: list[Statement]) -> Position:
    history = tuple(sorted(said, key=_order))
    own = [statement for statement in history if statement.own]
    if not own:
        return Position(party, issue, None, None, False, history)
    current = own[-1].stance
    since = own[-1].day
    changed = False
    for statement in reversed(own):
        if statement.stance != current:
            changed = True
            break
        since = statement.day or since
    return Position(party, issue, current, since, changed, history)


def _order(statement: Statement) -> tuple[date, int, str, int]:
    first = statement.facts[0]
    return (statement.day or date.min, len(statement.outlets), first.article, first.number)
