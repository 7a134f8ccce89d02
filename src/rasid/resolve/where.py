"""Where an act happened: which of the places that its sentence names is meant, if any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rasid.model import Entity
from rasid.model.event import Event
from rasid.model.text import Mention, Sentence
from rasid.resolve.actors import dateline_end

_KINDS = frozenset({"place", "capital", "country"})
_STEPS = (1, 2, 4, 7, 12, 20)


def named(sentence: Sentence) -> list[Mention]:
    """The names of places, capitals and countries in a sentence."""
    return [m for m in sentence.mentions if m.kind in _KINDS]


def features(
    sentence: Sentence, event: Event, m: Mention, actor: Sequence[Entity], recipient: Sequence[Entity]
) -> tuple[str, ...]:
    """What the model sees of one name beside one act."""
    return tuple(_features(sentence, event, m, actor, recipient))


def _features(
    sentence: Sentence, event: Event, m: Mention, actor: Sequence[Entity], recipient: Sequence[Entity]
) -> Iterator[str]:
    tokens, kind = sentence.tokens, event.event
    cue, raw = place_cue(sentence, m), _before(sentence, m)
    side = "after" if m.first > event.anchor else "before"
    low, high = sorted((m.first, event.anchor))
    between = tokens[low + 1 : high]
    verbs = min(sum(t.tag == "V" for t in between), 2)
    clauses = min(sum(t.tag in ("SUB", "REL", "SCONJ") for t in between), 2)
    marks = min(sum(t.norm in "،؛.:" for t in between), 2)
    gap = sum(steps(sentence, event.anchor, m.first) > step for step in _STEPS)
    within = event.clause[0] <= m.first <= event.clause[1] + 1
    start = tokens[m.first].span.start
    party = "+".join(
        name
        for name, side_of in (("actor", actor), ("recipient", recipient))
        if any(e.words.span.start <= start < e.words.span.end for e in side_of)
    )
    issue = event.issue is not None and event.issue[0] <= m.first <= event.issue[1]
    by = event.reasons[0] if event.reasons else "?"
    others = sum(x.kind in _KINDS for x in sentence.mentions)
    yield from (
        "bias",
        f"kind={m.kind}|cue={cue}",
        f"kind={m.kind}|{kind}",
        f"cue={cue}|{kind}",
        f"cue={cue}|gap={gap}|{side}",
        f"cue={cue}|within={within}",
        f"before={raw}|{side}",
        f"before={raw}|{m.kind}",
        f"within={within}|{side}|verbs={verbs}",
        f"{side}|verbs={verbs}|clauses={clauses}",
        f"{side}|marks={marks}|gap={gap}",
        f"party={party}|{m.kind}",
        f"party={party}|{kind}",
        f"party={bool(party)}|{raw}",
        f"dateline={m.first < dateline_end(sentence)}",
        f"issue={issue}|{cue}",
        f"by={by}|{side}|{cue}",
        f"weak={m.weak}",
        f"mode={kind}.{event.mode}|{cue}",
        f"frame={event.frame.id}|cue={cue}",
        f"status={event.status}|{cue}",
        f"others={min(others, 4)}|{gap}",
        f"start={m.first == 0}|{m.kind}",
    )


def _before(sentence: Sentence, m: Mention) -> str:
    if m.first == 0:
        return "^"
    token = sentence.tokens[m.first - 1]
    return token.norm if token.tag == "PREP" else token.tag


def place_cue(sentence: Sentence, m: Mention) -> str | None:
    """The preposition before a name, over the nouns between («في العاصمة القطرية الدوحة»); None without one."""
    tokens, i = sentence.tokens, m.first - 1
    if m.kind == "place" and tokens[m.first].tag == "PREP":
        return tokens[m.first].norm  # «جنوب لبنان»
    while i >= 0 and m.kind != "country" and m.first - i <= 3 and tokens[i].tag in ("N", "ADJ", "X"):
        i -= 1
    return tokens[i].norm if i >= 0 and tokens[i].tag == "PREP" else None


def steps(sentence: Sentence, one: int, other: int) -> int:
    """Words between two tokens; a phrase that lies between them counts as one."""
    first, last = sorted((one, other))
    inside = sum(p.last - p.first for p in sentence.phrases if first < p.first and p.last < last)
    return last - first - inside
