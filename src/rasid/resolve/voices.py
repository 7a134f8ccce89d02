"""On whose word an act stands: which of those who are heard around it.

The event step finds the stretches of text that stand on somebody's word. Whether a coder names him as the source of one
act within such a stretch lies in more: whether he is himself the one who acts, how he says it, whether the act is the
point of what he says or only its setting, and who spoke before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rasid.model import Entity
from rasid.model.event import Claim, Event
from rasid.model.text import Sentence

#: Steps by which distances between what says so and the act are told apart.
_STEPS = (0, 2, 5, 9, 15, 25)


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who may be the source of an act.

    Attributes:
        entity: who it is.
        claim: the words by which he is heard; None of one who spoke in a sentence before and is not named in this one.
        proposed: whether he is the source by rule: he speaks and does not act.
        since: sentences since he was heard, 0 in this one.
        outlet: he carries what another says.
        anonymous: the article keeps his name back.
    """

    entity: Entity
    claim: Claim | None
    proposed: bool
    since: int = 0
    outlet: bool = False
    anonymous: bool = False


def features(
    voices: Sequence[Voice], event: Event, sentence: Sentence, actor: Sequence[Entity], recipient: Sequence[Entity]
) -> list[tuple[str, ...]]:
    """What the model sees of each voice."""
    return [tuple(_features(n, voices, event, sentence, actor, recipient)) for n in range(len(voices))]


def _features(
    n: int,
    voices: Sequence[Voice],
    event: Event,
    sentence: Sentence,
    actor: Sequence[Entity],
    recipient: Sequence[Entity],
) -> Iterator[str]:
    voice = voices[n]
    by = event.reasons[0] if event.reasons else "?"
    heard = _heard(voice)
    like = f"{_like(voice.entity, actor)}/{_like(voice.entity, recipient)}"
    others = min(sum(v.claim is not None for v in voices) - (voice.claim is not None), 2)
    inside = sum(_within(voice.claim, v.claim) for v in voices)
    known = "known" if voice.entity.id is not None else "anonymous" if voice.anonymous else "unknown"
    yield from (
        "bias",
        f"heard={heard}",
        f"heard={heard}|{event.event}",
        f"heard={heard}|{by}|{event.event}",
        f"heard={heard}|status={event.status}",
        f"heard={heard}|part={sentence.part}",
        f"heard={heard}|quote={event.quote}",
        f"heard={heard}|like={like}",
        f"heard={heard}|like={like}|{event.event}",
        f"heard={heard}|like={like}|quote={event.quote}",
        f"heard={heard}|others={others}|inside={inside}",
        f"heard={heard}|sector={voice.entity.sector}",
        f"heard={heard}|{known}",
        f"heard={heard}|{known}|others={others}",
        f"heard={heard}|actors={len(actor)}|recipients={len(recipient)}",
        f"heard={heard}|frame={event.frame.id}",
        f"heard={heard}|first={sentence.index == 0}",
        f"since={min(voice.since, 3)}|quote={event.quote}|{heard}",
        f"since={min(voice.since, 3)}|others={others}",
        f"proposed={voice.proposed}|{like}",
        f"proposed={voice.proposed}|{event.event}",
        f"who={voice.entity.id}" if voice.outlet else "who=-",
    )
    if voice.claim is not None and voice.claim.sentence == sentence.index:
        yield from _of_claim(voice.claim, event, sentence, heard, like)


def _of_claim(claim: Claim, event: Event, sentence: Sentence, heard: str, like: str) -> Iterator[str]:
    """What is seen of the words by which he is heard."""
    width = sum(claim.last - claim.first > step for step in _STEPS)
    yield f"manner={claim.manner}|{like}"
    yield f"manner={claim.manner}|{event.event}"
    yield f"direct={claim.direct}|{event.event}|{like}"
    yield f"width={width}|{heard}"
    yield f"starts={event.trigger[0] - claim.first <= 1}|{heard}|{event.event}"
    yield f"into={sum(event.trigger[0] - claim.first > step for step in _STEPS)}|{heard}"
    if claim.cue < 0:
        yield f"cue=carried|{heard}"
        return
    cue = sentence.tokens[claim.cue]
    side = "before" if claim.cue < event.trigger[0] else "after" if claim.cue > event.trigger[1] else "within"
    low, high = sorted((claim.cue, event.trigger[0]))
    between = sentence.tokens[low + 1 : high]
    gap = sum(len(between) > step for step in _STEPS)
    verbs = min(sum(t.tag == "V" for t in between), 2)
    yield f"cue={cue.bare}"
    yield f"cue={cue.bare}|{event.event}"
    yield f"cue={cue.tag}|{side}|{heard}"
    yield f"cue={side}|gap={gap}|verbs={verbs}"
    yield f"cue={side}|gap={gap}|{event.event}"
    yield f"cue={side}|that={any(t.tag == 'SUB' for t in between)}|verbs={verbs}|{like}"
    yield f"begins={claim.cue <= 1}|{side}|{heard}"


def _heard(voice: Voice) -> str:
    """How he is heard: himself or as a carrier, in this sentence or before."""
    if voice.claim is None:
        return "outlet before" if voice.outlet else "before"
    how = "outlet" if voice.outlet else "speaker"
    return how if voice.claim.speaker is not None and voice.since == 0 else f"{how} going on"


def among(entity: Entity, others: Sequence[Entity]) -> bool:
    """Whether somebody is one of others: by his name, whatever country each is given, or by his id."""
    return any(entity.name == o.name or (entity.id is not None and entity.id == o.id) for o in others)


def _like(entity: Entity, others: Sequence[Entity]) -> str:
    """What somebody is to the parties of one side: one of them, of their country, of another, or there are none."""
    if among(entity, others):
        return "one"
    if not others:
        return "none"
    return "country" if entity.country and any(o.country == entity.country for o in others) else "other"


def _within(own: Claim | None, other: Claim | None) -> bool:
    """Whether another's words hold those of this voice."""
    return own is not None and other is not None and own is not other and other.first <= own.cue <= other.last
