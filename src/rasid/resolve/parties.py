"""Who of those that stand around an act takes part in it.

A frame proposes whom the grammar of its trigger names. News leaves many parties elsewhere: inside the issue, in a
clause further on, in the speaker who is himself the one who acts. All whom the sentence names, its speakers and the
parties of the act told before are weighed together with the proposals: actor of the act, recipient, or neither?
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rasid.model import Entity
from rasid.model.event import Event
from rasid.model.text import Sentence, Token

Part = Literal["actor", "recipient", "none"]
Proposed = Literal["actor", "recipient", ""]
#: Steps between an act and a name, by which distances are told apart.
_STEPS = (0, 1, 2, 4, 7, 12, 20)


@dataclass(frozen=True, slots=True)
class Option:
    """Somebody who may take part in an act.

    Attributes:
        entity: who it is.
        proposed: the part that the frame gives him, or "".
        how: how the frame found him (``phrase``, ``pronoun``, ``dropped``, ``nearest``, ``told``, ``pair``, ``other``),
            or "".
        first, last: his tokens in the sentence of the act, -1 when he is not named there.
        kind: the kind of the name (a mention's), or "" for a phrase whose head is a common noun.
        subject: the phrase is the subject of a verb.
        roles: what else he is to the act: ``speaker``, ``told actor``, ``told recipient`` (of the act before), ``main``
            (he is of the country that the article names most), ``victim``, ``crowd`` (a number of the act
            counts him).
    """

    entity: Entity
    proposed: Proposed = ""
    how: str = ""
    first: int = -1
    last: int = -1
    kind: str = ""
    subject: bool = False
    roles: frozenset[str] = frozenset()


def features(options: Sequence[Option], event: Event, sentence: Sentence) -> list[tuple[str, ...]]:
    """What the model sees of each option."""
    act = _Act(options, event, sentence)
    return [tuple(act.features(o)) for o in options]


def apart(options: Sequence[Option], parts: Sequence[Part], sentence: Sentence) -> tuple[Part, ...]:
    """The same parts without those who only belong to another of the same part («قائد للمتمردين», «منازل أسرى»)."""
    kept = list(parts)
    order = sorted(range(len(options)), key=lambda n: (not options[n].proposed, n))
    for at, n in enumerate(order):
        if kept[n] != "none" and not options[n].proposed:
            others = [options[m] for m in order[:at] if kept[m] == kept[n]]
            if any(_one_name(options[n], other, sentence) for other in others):
                kept[n] = "none"
    return tuple(kept)


def _one_name(a: Option, b: Option, sentence: Sentence) -> bool:
    """Whether two options share words, or follow each other with nothing that joins them."""
    if min(a.first, b.first) < 0:
        return False
    if a.first <= b.last and b.first <= a.last:
        return True
    low, high = (a.last, b.first) if a.first < b.first else (b.last, a.first)
    return all(t.tag == "PREP" for t in sentence.tokens[low + 1 : high])


class _Act:
    """What is the same for all options of an act."""

    def __init__(self, options: Sequence[Option], event: Event, sentence: Sentence) -> None:
        self.event, self.tokens = event, sentence.tokens
        self.by = event.reasons[0] if event.reasons else "?"
        self.subject_from = next((r[8:] for r in event.reasons if r.startswith("subject ")), "none")
        self.actors = [o.entity for o in options if o.proposed == "actor"]
        self.recipients = [o.entity for o in options if o.proposed == "recipient"]
        self.filled = f"{min(len(self.actors), 2)}{min(len(self.recipients), 2)}"
        self.members = {o.first: self._member_of(o, options) for o in options if o.first >= 0}
        self.phrases = [(p.first, p.last) for p in sentence.phrases]

    def features(self, o: Option) -> Iterator[str]:
        """What is seen of one option."""
        kind, e, by = self.event.event, o.entity, self.by
        near = list(self._near(o))
        way = f"{o.proposed}:{o.how}" if o.proposed else near[0]
        roles, like = "+".join(sorted(o.roles)), self._like(e)
        yield from (
            "bias",
            f"p={way}",
            f"p={way}|{kind}",
            f"p={way}|{by}|{self.subject_from}",
            f"p={way}|filled={self.filled}",
            f"p={way}|{kind}|filled={self.filled}",
            f"p={way}|{like}",
            f"p={way}|{like}|{kind}",
            f"p={o.proposed}|frame={self.event.frame.id}",
            f"{near[0]}|frame={self.event.frame.id}",
            f"kind={o.kind}|{o.proposed}",
            f"kind={o.kind}|{kind}",
            f"sector={e.sector}|{kind}",
            f"sector={e.sector}|{o.proposed}",
            f"country={e.country is not None}|{o.proposed}|{kind}",
            f"state={e.country is not None and len(e.country) == 3}|{way}",
            f"roles={roles}|{o.proposed}",
            f"roles={roles}|{kind}|{o.proposed}|{self.filled}",
            f"roles={roles}|{like}|{o.proposed}",
            f"subject={o.subject}|{o.proposed}|{kind}",
            f"subject={o.subject}|{way}|{by}",
            f"status={self.event.status}|{o.proposed}",
            f"mode={kind}.{self.event.mode}|{way}",
            f"named={e.id is not None}|{o.proposed}",
            f"loose={self.event.loose[:4]}|{o.proposed}|{by}",
        )
        head = self.tokens[o.first].bare if o.first >= 0 else "-"
        yield f"head={head}|{o.proposed}"
        yield f"head={head}|{kind}"
        member = self.members.get(o.first, "")
        yield f"member={member}|{o.proposed}"
        yield f"member={member}|{o.proposed}|{kind}"
        yield f"member={member}|{o.proposed}|{self.filled}"
        held = [t for t in self.event.ties if t.first <= o.first and o.last <= t.last] if o.first >= 0 else []
        for tie in held[:_TIES]:
            relation = tie.relation if tie.head == o.first or tie.first == o.first else f"{tie.relation}~inside"
            yield f"tie={relation}|{o.proposed}"
            yield f"tie={relation}|{o.proposed}|{kind}"
            yield f"tie={relation}|{self.filled}|{o.proposed}"
            yield f"tie={relation}|{by}|{o.proposed}"
            yield f"tie={relation}|frame={self.event.frame.id}"
            yield f"tie={relation}|{o.kind}|{o.proposed}"
        if not held and o.first >= 0:
            yield f"tie=none|{o.proposed}"
            yield f"tie=none|{kind}|{self.filled}|{o.proposed}"
        for feature in near[1:]:
            yield f"{feature}|{o.proposed}"
            if not o.proposed:
                yield f"{feature}|{kind}"
                yield f"{feature}|{self.filled}"

    def _member_of(self, o: Option, options: Sequence[Option]) -> str:
        """The part proposed for whom this one is joined to («حماس والجهاد», «أ وب وج»), or ""."""
        part, first = "", o.first
        for _ in range(_LIST):
            at = first - 1
            while at >= 0 and (self.tokens[at].norm in _JOINTS or self.tokens[at].tag == "PREP"):
                at -= 1
            if at == first - 1 or all(t.norm in _QUOTES or t.tag == "PREP" for t in self.tokens[at + 1 : first]):
                break
            before = next((x for x in options if x.first <= at <= x.last), None)
            if before is None:
                break
            part, first = before.proposed, before.first
            if part:
                break
        return part

    def _like(self, e: Entity) -> str:
        """Whether those whom the frame proposes are of the same country: of actors, of recipients."""
        return f"{_same_country(e, self.actors)}/{_same_country(e, self.recipients)}"

    def _near(self, o: Option) -> Iterator[str]:
        """Where the name stands to the act."""
        if o.first < 0:
            yield "away"
            return
        low, high = self.event.trigger
        side = "after" if o.first > high else "before" if o.last < low else "within"
        start, end = (high + 1, o.first) if side == "after" else (o.last + 1, low)
        between = self.tokens[start:end] if side != "within" else ()
        gap = self._gap(between, start, end)
        before = _before(self.tokens, o.first)
        tags = [t.tag for t in between]
        verbs = min(tags.count("V"), 2)
        clauses = min(tags.count("SUB") + tags.count("REL") + tags.count("SCONJ"), 2)
        commas = min(sum(t.norm in "،,؛" for t in between), 2)
        issue = self.event.issue is not None and self.event.issue[0] <= o.first <= self.event.issue[1]
        clause = self.event.clause[0] <= o.first <= self.event.clause[1]
        same = any(a <= o.first and o.last <= b and a <= self.event.anchor <= b for a, b in self.phrases)
        yield from (
            side,
            f"{side}|gap={gap}",
            f"{side}|prep={before}",
            f"{side}|prep={before}|gap={min(gap, 4)}",
            f"{side}|prep={before}|issue={issue}",
            f"{side}|verbs={verbs}|clauses={clauses}",
            f"{side}|verbs={verbs}|clauses={clauses}|commas={commas}|subject={o.subject}",
            f"{side}|commas={commas}|marks={any(t.norm in _MARKS for t in between)}",
            f"{side}|issue={issue}|clause={clause}",
            f"{side}|issue={issue}|gap={min(gap, 4)}|kind={o.kind}",
            f"{side}|same={same}|gap={min(gap, 3)}|by={self.by}",
            f"{side}|clause={clause}|verbs={verbs}",
            f"{side}|preps={'PREP' in tags}|verbs={verbs}|gap={min(gap, 4)}",
            f"{side}|first={o.first == 0}",
            f"{side}|{self.by}|gap={gap}|prep={before}",
        )

    def _gap(self, between: Sequence[Token], start: int, end: int) -> int:
        """Steps of distance, a whole phrase counted as one word."""
        inside = sum(b - a for a, b in self.phrases if start <= a and b < end)
        return sum(max(0, len(between) - inside) > step for step in _STEPS)


#: Marks and words between the members of a list, and how many members are gone back over.
_QUOTES = '"«»“”'
_JOINTS = frozenset({"و", "،", ",", *_QUOTES})
_LIST = 5
#: How many ties of one phrase are told.
_TIES = 3
_MARKS = ':"«»'


def _same_country(e: Entity, others: Sequence[Entity]) -> str:
    rest = [x for x in others if x is not e]
    if not rest:
        return "self" if others else "-"
    return "same" if any(x.country == e.country for x in rest) else "other"


def _before(tokens: Sequence[Token], first: int) -> str:
    """The word before a name where it is a preposition, conjunction or mark, else its class."""
    if first == 0:
        return "^"
    token = tokens[first - 1]
    if token.clitic == "suf":
        return "suf"
    return token.norm if token.tag in ("PREP", "CONJ", "PUNCT") else token.tag
