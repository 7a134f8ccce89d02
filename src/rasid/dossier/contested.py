"""What is contested: denied claims, numbers that differ, claims on one anonymous word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rasid.dossier.acts import Act
from rasid.dossier.parties import PartyIndex

#: Days between a claim and its denial at most.
_DENIED_WITHIN = 7
#: Days within which a claim counts as told by somebody else too.
_TOLD_WITHIN = 2
#: The entry of the frames for saying that something is not so.
_DENIES = "REJECT/نفى"
#: Records between an accusation and its denial in one article, at most.
_BESIDE = 2
#: Types of which «نفى» with the issue of the act may deny one.
_DEALS = frozenset({"AGREE", "CONSULT", "CONCEDE", "RETREAT", "COOPERATE"})
#: Modes of ACCUSE that say that somebody did something; mere blame cannot be denied.
_CLAIMING = frozenset({"allege", "investigate"})
#: Types of which a party has one or many acts every day: parties alone do not tell which of them is meant.
_DAILY = frozenset({"ASSAULT", "COERCE", "ACCUSE", "REQUEST", "REJECT", "SUPPORT", "MOBILIZE"})


@dataclass(frozen=True, slots=True)
class Denial:
    """An act that is told as done and told as not done.

    Attributes:
        claim: as done. `denial`: as not done, by somebody else or another article.
        by: on whose word it is denied; empty: the article's own.
        kind: ``act``: what one tells as done another tells as not done; ``accusation``: the accused denies
            («نفى») within two days.
    """

    claim: Act
    denial: Act
    by: tuple[str, ...]
    kind: Literal["act", "accusation"] = "act"


@dataclass(frozen=True, slots=True)
class Difference:
    """Numbers of the dead that differ for what looks like one act.

    It is the same day, type and actors, and the same place, or where none is told the same recipient.

    `numbers`: each number with the acts that give it, the smallest first.
    """

    event: str
    day: date
    place: str
    numbers: tuple[tuple[int, tuple[Act, ...]], ...]


@dataclass(frozen=True, slots=True)
class Contested:
    """All three kinds; `anonymous` are acts that stand on one unnamed source in one article alone."""

    denials: tuple[Denial, ...]
    differences: tuple[Difference, ...]
    anonymous: tuple[Act, ...]


def contested(acts: Iterable[Act], parties: PartyIndex) -> Contested:
    """What of these acts is contested."""
    acts = tuple(acts)
    return Contested((*_answered(acts), *_denials(acts, parties)), tuple(_differences(acts)), tuple(_anonymous(acts)))


def _speakers(act: Act) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v.name for fact in act.facts for v in fact.voices if v.kind == "speaker"))


def _alike(first: Act, second: Act) -> bool:
    """Whether two acts may be one: the same type, an actor in common, and a recipient or an issue in common.

    What one of them does not name is no hindrance, but there must be one thing beside the actor that both name.
    """
    if first.fact.event != second.fact.event or not set(first.actors) & set(second.actors):
        return False
    common = False
    for ours, theirs in ((first.recipients, second.recipients), (first.issues, second.issues)):
        if ours and theirs:
            if not set(ours) & set(theirs):
                return False
            common = True
    return common


def _same_matter(first: Act, second: Act) -> bool:
    """Whether two acts name the same place or the same issue."""
    place = first.fact.place is not None and first.fact.place == second.fact.place
    return place or bool(set(first.issues) & set(second.issues))


def _next_to(first: Act, second: Act) -> bool:
    """Whether an article tells one right after the other."""
    ours, theirs = first.fact, second.fact
    return ours.article == theirs.article and abs(ours.number - theirs.number) <= _BESIDE


def _near(first: Act, second: Act, days: int) -> bool:
    return first.day is not None and second.day is not None and abs((first.day - second.day).days) <= days


def _denials(acts: tuple[Act, ...], parties: PartyIndex) -> Iterable[Denial]:
    """Acts told as not done on the word of one of their parties, with the nearest that is told as done."""
    by_type: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        if act.happened:
            by_type[act.fact.event].append(act)
    for denial in acts:
        said_by = {parties.of_voice(v) for fact in denial.facts for v in fact.voices if v.kind == "speaker"}
        if denial.fact.status != "negated" or not said_by.intersection(denial.parties):
            continue
        fitting = [
            act
            for act in by_type[denial.fact.event]
            if _alike(act, denial)
            and _near(act, denial, _DENIED_WITHIN)
            and (denial.fact.event not in _DAILY or _same_matter(act, denial))
            and (act.fact.article != denial.fact.article or _speakers(act) != _speakers(denial))
        ]
        if fitting:
            closest = min(fitting, key=lambda act: (abs((act.day - denial.day).days), act.fact.key))  # type: ignore[operator]
            yield Denial(closest, denial, _speakers(denial))


def _answered(acts: tuple[Act, ...]) -> Iterable[Denial]:
    """Accusations that the accused denied soon after. The sentences show whether it is the same matter."""
    accused: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        if act.fact.event == "ACCUSE" and act.fact.mode in _CLAIMING and act.happened:
            for party in act.recipients:
                accused[party].append(act)
    for denial in acts:
        if denial.fact.frame != _DENIES or not denial.happened:
            continue
        near = [
            act
            for party in denial.actors
            for act in accused[party]
            if party not in act.actors
            and _near(act, denial, _TOLD_WITHIN)
            and (_same_matter(act, denial) or _next_to(act, denial))
        ]
        if near:
            yield Denial(min(near, key=lambda act: not _next_to(act, denial)), denial, denial.actors, "accusation")
        elif claim := _denied_by_word(denial, acts):
            yield Denial(claim, denial, denial.actors)


def _denied_by_word(denial: Act, acts: tuple[Act, ...]) -> Act | None:
    """The act on the denied issue, by the one who denies or of whom it is denied; None where there is none."""
    of_whom = {*denial.actors, *denial.recipients}
    fitting = (
        act
        for act in acts
        if act.happened
        and act.fact.event in _DEALS
        and of_whom.intersection(act.actors)
        and set(act.issues) & set(denial.issues)
        and _near(act, denial, _TOLD_WITHIN)
    )
    return next(fitting, None)


def _differences(acts: tuple[Act, ...]) -> Iterable[Difference]:
    found: dict[tuple[str, date, str, tuple[str, ...]], dict[int, list[Act]]] = defaultdict(lambda: defaultdict(list))
    for act in acts:
        fact = act.fact
        place = fact.place or next((side.name for side in fact.recipients), None)
        if fact.dead is None or act.day is None or place is None or not act.happened:
            continue
        found[fact.event, act.day, place, act.actors][fact.dead].append(act)
    for (event, day, place, _), numbers in sorted(found.items(), key=lambda item: item[0][:3]):
        if len(numbers) > 1:
            yield Difference(event, day, place, tuple((n, tuple(numbers[n])) for n in sorted(numbers)))


def _anonymous(acts: tuple[Act, ...]) -> Iterable[Act]:
    by_type: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        by_type[act.fact.event].append(act)
    for act in acts:
        if not _on_one_unnamed(act):
            continue
        others = (
            other
            for other in by_type[act.fact.event]
            if other.fact.article != act.fact.article
            and other.fact.status == act.fact.status
            and _alike(act, other)
            and _near(act, other, _TOLD_WITHIN)
        )
        if not any(True for _ in others):
            yield act


def _on_one_unnamed(act: Act) -> bool:
    if len({fact.article for fact in act.facts}) != 1 or not act.actors:
        return False
    speakers = [[v for v in fact.voices if v.kind == "speaker"] for fact in act.facts]
    return all(said and all(voice.anonymous for voice in said) for said in speakers)
