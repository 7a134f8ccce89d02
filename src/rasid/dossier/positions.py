"""The positions grid: what each party says of each issue, now and before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rasid.dossier.acts import Act
from rasid.dossier.issues import ConditionIndex, IssueIndex
from rasid.dossier.parties import PartyIndex
from rasid.model.fact import Fact, Hint, Proof, Voice
from rasid.packs.stances import Stance, StanceRule

#: Certainty from which a record decides a cell. Chosen by reading cells: under it most were wrong.
_SURE = 0.7


@dataclass(frozen=True, slots=True)
class Taken:
    """A stance as one record has it.

    A record of an act that several articles tell is read by itself: what another one names, of another article or
    joined wrongly, is not its party's position.

    Attributes:
        act: the act. `fact`: the record.
        parties: ids of its actors; those of another record of its article that tells the same where it has none.
        named: those of them that an actor is known to be, by an id, a sector or a name of the party in his.
        about: the phrase of its issue, likewise; None where there is none.
        issues: ids.
        rule: by which it is a stance.
    """

    act: Act
    fact: Fact
    parties: tuple[str, ...]
    named: frozenset[str]
    about: str | None
    issues: tuple[str, ...]
    rule: StanceRule


@dataclass(frozen=True, slots=True)
class Statement:
    """One act by which a party takes a stance.

    Attributes:
        own: whether the article or the party itself says so; else it stands on the word of `speakers`.
        sure: whether a record of it is certain enough to decide a cell, and names the party.
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
    sure: bool = True

    @property
    def keys(self) -> tuple[int, ...]:
        """The numbers of its records in the database."""
        return tuple(fact.key for fact in self.facts)


@dataclass(frozen=True, slots=True)
class Position:
    """A cell of the grid.

    Attributes:
        current: the stance of its latest own statement that is sure; of several on one day, the one that more outlets
            tell, then the later one of an article; None where all stand on somebody else's word or are not sure.
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
        return next(
            (s for s in reversed(self.history) if s.own and s.sure and s.stance == self.current), self.history[-1]
        )


def stance_rule(fact: Fact | Hint, actors: int, rules: Iterable[StanceRule]) -> StanceRule | None:
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


def may_take_stance(told: Sequence[Hint], rules: Iterable[StanceRule], issues: IssueIndex) -> bool:
    """Whether one of the records of an act may be a stance on an issue, whoever its actors are."""
    rules = tuple(rules)
    for hint in told:
        if stance_rule(hint, 1, rules) is not None:
            same = (other for other in told if (other.reading, other.event) == (hint.reading, hint.event))
            if any(issues.named(other.event, other.mode, other.issue) for other in same):
                return True
    return False


def taking_stance(
    acts: Iterable[Act], rules: Iterable[StanceRule], parties: PartyIndex, issues: IssueIndex
) -> list[Taken]:
    """The records on an issue that are a stance of their actors."""
    rules = tuple(rules)
    return [taken for act in acts for fact in act.facts if (taken := _taken(act, fact, rules, parties, issues))]


def _taken(
    act: Act, fact: Fact, rules: tuple[StanceRule, ...], parties: PartyIndex, issues: IssueIndex
) -> Taken | None:
    if stance_rule(fact, 1, rules) is None:  # as most are: no rule fits several that does not fit one
        return None
    first = fact.same_as or fact.number  # what was joined with it by likeness lends it nothing
    told = (other for other in act.facts if other.article == fact.article and other.event == fact.event)
    same = [other for other in told if (other.same_as or other.number) == first]
    actors = fact.actors or next((other.actors for other in same if other.actors), ())
    about = fact.issue or next((other.issue for other in same if other.issue), None)
    found = issues.about(fact, about)
    rule = stance_rule(fact, len(actors), rules)
    if not actors or not found or rule is None or rule.stance is None:
        return None
    named = frozenset(parties.of(actor) for actor in actors if parties.sure_of(actor))
    return Taken(act, fact, tuple(dict.fromkeys(map(parties.of, actors))), named, about, found, rule)


def positions(
    taken: Iterable[Taken],
    parties: PartyIndex,
    issues: IssueIndex,
    words: tuple[ConditionIndex, ConditionIndex],
    proofs: Mapping[int, Proof],
) -> tuple[Position, ...]:
    """The grid, by party and issue.

    A yes with words of condition after its trigger is a yes with conditions to the issues before these words, and a
    demand on those after them («وافقت على الهدنة بشرط الانسحاب»). So is what stands after «قبل» and the like in what
    is refused («رفضت الهدنة قبل الانسحاب»). Records of one act that say the same are one statement.

    Args:
        taken: what `taking_stance` found.
        parties: to tell whether a speaker is of the party.
        issues: finds the issues of phrases.
        words: find the words of condition, and those in what is refused after which stands what is asked for.
        proofs: the sentences; without its sentence the words of the issue alone are searched for conditions.
    """
    cells: dict[tuple[str, str], dict[tuple[int, Stance], list[Taken]]] = defaultdict(lambda: defaultdict(list))
    for one in taken:
        for issue, stance in _stances(one, issues, words, proofs):
            for party in one.parties:
                cells[party, issue][id(one.act), stance].append(one)
    return tuple(
        _position(party, issue, [_statement(told, stance, party, parties) for (_, stance), told in said.items()])
        for (party, issue), said in sorted(cells.items())
    )


def _stances(
    taken: Taken, issues: IssueIndex, words: tuple[ConditionIndex, ConditionIndex], proofs: Mapping[int, Proof]
) -> Iterator[tuple[str, Stance]]:
    """Each issue of a record with the stance on it."""
    stance = taken.rule.stance
    assert stance is not None
    conditions, unless = words
    if stance == "refuses":
        before, after = unless.parted(taken.about or "")
    elif taken.rule.conditions and _conditional(taken, conditions, proofs):
        before, after = conditions.parted(taken.about or "")
        stance = "accepts with conditions"
    else:
        before, after = "", ""
    asked, granted = set(issues.of_phrase(after)), set(issues.of_phrase(before))
    for issue in taken.issues:
        yield issue, "demands" if issue in asked - granted else stance


def _conditional(taken: Taken, conditions: ConditionIndex, proofs: Mapping[int, Proof]) -> bool:
    proof = proofs.get(taken.fact.key)
    rest = proof.sentence[proof.end :] if proof is not None and proof.end else taken.about or ""
    return conditions.stands_in(rest)


def _statement(told: list[Taken], stance: Stance, party: str, parties: PartyIndex) -> Statement:
    """The stance of one actor; own when any record of it has it from the party or from the article itself."""
    own, anonymous = False, False
    speakers: tuple[str, ...] = ()
    for fact in (one.fact for one in told):
        said_by = [voice for voice in fact.voices if voice.kind == "speaker"]
        innermost = said_by[0] if said_by else None
        if innermost is None or party in _speaking(fact, innermost, parties):
            own, speakers, anonymous = True, tuple(v.name for v in said_by), False
            break
        if not speakers:
            speakers, anonymous = tuple(v.name for v in said_by), innermost.anonymous
    act, facts = told[0].act, tuple(one.fact for one in told)
    outlets = tuple(sorted({fact.outlet or fact.article for fact in facts}))
    sure = any(one.fact.certainty >= _SURE and party in one.named for one in told)
    return Statement(stance, act.day, act.by_publication, own, speakers, anonymous, outlets, facts, sure)


def _speaking(fact: Fact, voice: Voice, parties: PartyIndex) -> set[str | None]:
    """The parties that a speaker speaks for: that of the actor whom he is, else that of his title."""
    return {parties.of(actor) for actor in fact.actors if actor.name == voice.name} or {parties.of_voice(voice)}


def _position(party: str, issue: str, said: list[Statement]) -> Position:
    history = tuple(sorted(said, key=_order))
    own = [statement for statement in history if statement.own and statement.sure]
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
