"""The same act told again: headline, summary, lead and body of one article tell one act more than once.

Each record is compared with every earlier one of its type; a small logistic model gives the chance that both tell
one act, and the record joins the act whose tellings speak most for it. The model is learned by
``training/same_act.py``; see docs/models/same_act.md.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rasid.model import Entity, Record
from rasid.model.days import first_and_last
from rasid.model.record import Source
from rasid.model.text import Sentence, Tag, Token
from rasid.packs.linear import Linear

#: Labels of the model.
SAME, OTHER = "same", "other"
#: Classes of words that carry what a sentence is about.
_CONTENT: frozenset[Tag] = frozenset({"V", "N", "ADJ", "NAME", "NUM", "X"})
#: Letters of a word that are compared: endings fall away without a table (truncation as in retrieval).
_LETTERS = 4
#: What a stem that two records share says: the rarer it is in the article, the more.
Weights = Mapping[str, float]
#: Words before and after a trigger that are its surroundings.
_BEFORE, _AFTER = 5, 10
#: Likenesses from which on a feature is given.
_STEPS = (0.01, 0.15, 0.3, 0.45, 0.6, 0.8, 0.99)


@dataclass(frozen=True, slots=True)
class Side:
    """A party as it is compared: id, country, sectors, and the stems of its name and phrase."""

    id: str | None
    country: str | None
    sectors: frozenset[str]
    name: frozenset[str]
    phrase: frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """A record as it is compared.

    Attributes:
        record: the record.
        number: its number in the article, from 1.
        rank: how many records of its type come before it.
        sentence: index of its sentence.
        part: the part of the page.
        actor, recipient: the parties.
        trigger: lemmas of the trigger.
        definite: the trigger is a definite noun.
        verb: the trigger is a verb.
        words: stems of the sentence.
        near: stems around the trigger without those of the parties.
        after: stems behind the trigger.
        issue: stems of the issue.
        numbers: values of the numbers around the trigger.
        speakers: stems of the names of those on whose word it stands.
    """

    record: Record
    number: int
    rank: int
    sentence: int
    part: str
    actor: tuple[Side, ...]
    recipient: tuple[Side, ...]
    trigger: frozenset[str]
    definite: bool
    verb: bool
    words: frozenset[str]
    near: frozenset[str]
    after: frozenset[str]
    issue: frozenset[str]
    numbers: frozenset[str]
    speakers: frozenset[str]

    @property
    def sides(self) -> tuple[Side, ...]:
        """Actors and recipients together."""
        return (*self.actor, *self.recipient)


class Acts:
    """The acts of one article as far as it is read."""

    def __init__(self, model: Linear | None, sentences: Iterable[Sentence]) -> None:
        self.model, self.weights = model, weights_of(sentences)
        self.told: list[Told] = []
        self.acts: list[list[Told]] = []

    def first_telling(self, record: Record, sentence: Sentence) -> int | None:
        """The number of the first record that tells the act of this one; None when it is the first itself."""
        told = view(record, sentence, self.told)
        self.told.append(told)
        act = self._act_of(told)
        if act is None:
            self.acts.append([told])
            return None
        act.append(told)
        return act[0].number

    def _act_of(self, told: Told) -> list[Told] | None:
        if self.model is None:
            return next((act for act in self.acts if agree(act[0].record, told.record)), None)
        return best_act(self.model, self.acts, told, self.weights)


def best_act(model: Linear, acts: Iterable[list[Told]], told: Told, weights: Weights) -> list[Told] | None:
    """The act that the model is surest of among those that nothing contradicts; None when none reaches its `least`."""
    fitting = [act for act in acts if not any(contradict(other, told) for other in act)]
    chances = [(_chance(model, act, told, weights), act) for act in fitting]
    chance, act = max(chances, key=lambda pair: pair[0], default=(0.0, None))
    return act if chance >= model.least[SAME] else None


def contradict(a: Told, b: Told) -> bool:
    """Whether two records cannot tell one act: other types, days apart, or each with a party that the other lacks.

    The last holds for meetings alone: of other acts parties are too often told in other words.
    """
    if a.record.event != b.record.event or _days(a.record, b.record) == "apart":
        return True
    return a.record.event == "CONSULT" and coverage(a.sides, b.sides) == "mixed"


def _chance(model: Linear, act: Sequence[Told], told: Told, weights: Weights) -> float:
    chances = [model.probabilities(features(other, told, weights))[SAME] for other in act]
    return (max(chances) + sum(chances) / len(chances)) / 2


# -- what is compared ----------------------------------------------------------------------------------


def weights_of(sentences: Iterable[Sentence]) -> Weights:
    """The inverse document frequency of each stem over the sentences of the article."""
    sentences = list(sentences)
    counts = Counter(stem for s in sentences for stem in {_stem(t) for t in _content(s)})
    return {stem: math.log(1 + len(sentences) / count) for stem, count in counts.items()}


def _content(sentence: Sentence) -> list[Token]:
    return [t for t in sentence.tokens if t.tag in _CONTENT and t.clitic is None]


def view(record: Record, sentence: Sentence, earlier: Sequence[Told]) -> Told:
    """A record as it is compared with others; `earlier` are those told before it."""
    tokens = sentence.tokens
    span = record.trigger.span
    inside = [t for t in tokens if span.start <= t.span.start < span.end]
    first, last = (inside[0].index, inside[-1].index) if inside else (0, 0)
    content = _content(sentence)
    before = [t for t in content if t.index < first][-_BEFORE:]
    after = [t for t in content if t.index > last][:_AFTER]
    low, high = (before or inside or content)[0].index, (after or inside or content)[-1].index
    parties = [entity.words.span for entity in (*record.actor, *record.recipient)]
    near = {_stem(t) for t in (*before, *after) if not any(p.start <= t.span.start < p.end for p in parties)}
    issue = record.issue.span if record.issue is not None else None
    return Told(
        record=record,
        number=len(earlier) + 1,
        rank=sum(told.record.event == record.event for told in earlier),
        sentence=sentence.index,
        part=sentence.part,
        actor=tuple(_side(e, sentence) for e in record.actor),
        recipient=tuple(_side(e, sentence) for e in record.recipient),
        trigger=frozenset(lemma for t in inside for lemma in _lemmas(t)),
        definite=any(t.definite for t in inside) and not any(t.tag == "V" for t in inside),
        verb=any(t.tag == "V" for t in inside),
        words=frozenset(map(_stem, content)),
        near=frozenset(near),
        after=frozenset(_stem(t) for t in after[:6]),
        issue=frozenset(_stem(t) for t in content if issue and issue.start <= t.span.start < issue.end),
        numbers=frozenset(m.id for m in sentence.mentions if m.kind == "number" and low <= m.first <= high),
        speakers=_speakers(record.source),
    )


def _lemmas(token: Token) -> Iterator[str]:
    """What a word of a trigger may be a form of."""
    if token.clitic is None:
        yield token.bare
        yield from (noun.lstrip("=") for noun in token.nouns)
        yield from (verb.lemma for verb in token.verbs)


def _stem(token: Token) -> str:
    return token.bare[:_LETTERS]


def _side(entity: Entity, sentence: Sentence) -> Side:
    span = entity.words.span
    inside = [t for t in sentence.tokens if span.start <= t.span.start < span.end and t.clitic is None]
    sectors = frozenset((entity.sector or "").split(";")) - {""}
    phrase = frozenset(map(_stem, inside)) or _stems(entity.words.text)
    return Side(entity.id, entity.country, sectors, _stems(entity.name), phrase)


def _stems(text: str) -> frozenset[str]:
    """The written words of a name, shortened; what the tables name is spelt one way."""
    return frozenset(word[:6] for word in text.split())


def _speakers(sources: Iterable[Source]) -> frozenset[str]:
    return frozenset(s.name for s in sources if s.kind == "speaker")


# -- how two records compare ---------------------------------------------------------------------------


def features(a: Told, b: Told, weights: Weights) -> list[str]:
    """What the model sees of an earlier record `a` and a later one `b` of the same type."""
    found = ["any", f"type {b.record.event}"]
    found += _acting(a, b)
    found += _worded(a, b, weights)
    found += _standing(a, b)
    found += _placed(a, b)
    return found


def _acting(a: Told, b: Told) -> Iterator[str]:
    """Who takes part."""
    event = b.record.event
    if event == "CONSULT":
        level, cover = likeness(a.sides, b.sides), coverage(a.sides, b.sides)
        yield f"sides {level}"
        yield f"sides {cover}"
        yield f"sides {min(len(a.sides), 3)} {min(len(b.sides), 3)} {cover}"
    actor, recipient = likeness(a.actor, b.actor), likeness(a.recipient, b.recipient)
    kind = "meeting" if event == "CONSULT" else "deed"
    yield f"actor {actor} {kind}"
    yield f"recipient {recipient} {kind}"
    yield f"actor {actor} recipient {recipient} {kind}"
    yield f"{event} actor {actor}"
    yield f"{event} recipient {recipient}"
    yield f"actors {coverage(a.actor, b.actor)} {kind}"
    yield f"recipients {coverage(a.recipient, b.recipient)} {kind}"
    if event != "CONSULT" and likeness(a.actor, b.recipient) in _ALIKE and likeness(b.actor, a.recipient) in _ALIKE:
        yield "roles reversed"


def _worded(a: Told, b: Told, weights: Weights) -> Iterator[str]:
    """Words and numbers."""
    event = b.record.event
    trigger = "same" if a.trigger & b.trigger else "differs"
    frame = "same" if a.record.frame.id == b.record.frame.id else "differs"
    yield f"trigger {trigger}"
    yield f"{event} trigger {trigger}"
    yield f"{event} frame {frame}"
    if a.record.mode and b.record.mode:
        yield f"mode {'same' if a.record.mode == b.record.mode else 'differs'}"
        yield f"{event} mode {'same' if a.record.mode == b.record.mode else 'differs'}"
    elif a.record.mode or b.record.mode:
        yield "mode open"
    for name, x, y in (
        ("words", a.words, b.words),
        ("near", a.near, b.near),
        ("after", a.after, b.after),
        ("issue", a.issue, b.issue),
    ):
        yield from _steps(name, x, y, weights)
        yield from (f"{event} {step}" for step in _steps(name, x, y, weights))
    for name, x, y in (("issue told", a.issue, b.words), ("issue tells", b.issue, a.words)):
        yield from _steps(name, x, y, weights)
    if a.numbers and b.numbers:
        yield f"numbers {'same' if a.numbers & b.numbers else 'differ'}"
        yield f"{event} numbers {'same' if a.numbers & b.numbers else 'differ'}"
    elif a.numbers or b.numbers:
        yield "numbers open"
    yield f"trigger {_form(a)} {_form(b)}"
    yield f"{event} {_form(b)}"


def _form(told: Told) -> str:
    return "verb" if told.verb else "definite" if told.definite else "noun"


def _standing(a: Told, b: Told) -> Iterator[str]:
    """Status, and on whose word."""
    x, y = sorted((a.record.status, b.record.status))
    yield f"status {x} {y}"
    if x != y:
        yield f"{b.record.event} status differs"
    if a.speakers and b.speakers:
        yield f"speaker {'same' if a.speakers & b.speakers else 'differs'}"
        yield f"{b.record.event} speaker {'same' if a.speakers & b.speakers else 'differs'}"
    elif a.speakers or b.speakers:
        yield "speaker open"
    yield f"quote {a.record.quote:d}{b.record.quote:d}"


def _placed(a: Told, b: Told) -> Iterator[str]:
    """Day, place, and where in the article the two stand."""
    event = b.record.event
    days, place = _days(a.record, b.record), _places(a.record, b.record)
    yield f"days {days}"
    yield f"{event} days {days}"
    yield f"place {place}"
    yield f"{event} place {place}"
    gap = b.sentence - a.sentence
    step = next((str(n) for n in (0, 1, 2, 4, 8, 16) if gap <= n), "more")
    yield f"gap {step}"
    yield f"{event} gap {'0' if gap == 0 else 'more'}"
    yield f"between {min(b.rank - a.rank - 1, 4)}"
    yield f"first {a.rank == 0:d}"
    yield f"part {a.part} {b.part}"
    if a.part in ("headline", "summary") and a.part != b.part:
        yield f"{event} told on top"
        yield f"from {a.part} {step}"


_LEVELS = ("one", "name", "kind", "country", "unclear", "apart")
_ALIKE = frozenset({"one", "name", "kind"})


def likeness(a: Sequence[Side], b: Sequence[Side]) -> str:
    """How well parties agree, by the best pair of them.

    ``one`` (an id), ``name``, ``kind`` (country and sector), ``country``, ``unclear`` (a country is not known),
    ``apart``; ``half`` when one names nobody, ``none`` when both do.
    """
    if not a or not b:
        return "half" if a or b else "none"
    return _LEVELS[min(_agreement(x, y) for x in a for y in b)]


def coverage(a: Sequence[Side], b: Sequence[Side]) -> str:
    """Whether each party has its like on the other side: ``all``, ``more`` (one side has more), ``mixed``, ``open``."""
    if not a or not b:
        return "open"
    left = sum(all(_agreement(x, y) > _KIND for y in b) for x in a)
    right = sum(all(_agreement(x, y) > _KIND for x in a) for y in b)
    if not left and not right:
        return "all"
    return "mixed" if left and right else "more"


#: The last level at which two parties count as alike.
_KIND = _LEVELS.index("kind")


def _agreement(a: Side, b: Side) -> int:
    if a.id and a.id == b.id:
        return 0
    for x, y in ((a.name, b.name), (a.phrase, b.phrase)):
        shared = len(x & y)
        if shared and 2 * shared > min(len(x), len(y)) and (a.country or b.country) in (b.country, a.country, None):
            return 1
    if a.country and a.country == b.country:
        return 2 if a.sectors & b.sectors else 3
    return 4 if a.country is None or b.country is None else 5


def _days(a: Record, b: Record) -> str:
    """``same``, ``within`` (one stretch holds the other), ``apart``, ``half`` (one has a day), ``none``."""
    if a.date is None or b.date is None:
        return "half" if a.date or b.date else "none"
    if a.date.value == b.date.value:
        return "same"
    x, y = first_and_last(a.date.value), first_and_last(b.date.value)
    if x is None or y is None:
        return "apart"
    return "within" if x[0] <= y[1] and y[0] <= x[1] else "apart"


def _places(a: Record, b: Record) -> str:
    """``same``, ``country`` (of one country), ``apart``, ``half`` (one has a place), ``none``."""
    if a.place is None or b.place is None:
        return "half" if a.place or b.place else "none"
    if (a.place.id and a.place.id == b.place.id) or a.place.words.text == b.place.words.text:
        return "same"
    return "country" if a.place.country and a.place.country == b.place.country else "apart"


def _steps(name: str, a: frozenset[str], b: frozenset[str], weights: Weights) -> Iterator[str]:
    """All steps that the shared weight reaches, as a share of the smaller set's."""
    if not a or not b:
        yield f"{name} open"
        return
    # fsum: the same whatever order a process keeps its sets in
    x, y, shared = (math.fsum(weights.get(stem, 1.0) for stem in stems) for stems in (a, b, a & b))
    value = shared / min(x, y)
    for step in _STEPS:
        if value < step:
            return
        yield f"{name} {step}"


# -- without a model -----------------------------------------------------------------------------------


def agree(a: Record, b: Record) -> bool:
    """Whether type, status, parties, issue and day of two records agree: the rule where no model is at hand."""
    if a.event != b.event or a.status != b.status or not (b.actor or b.recipient):
        return False
    if a.date is not None and b.date is not None and a.date.value != b.date.value:
        return False
    if a.event == "CONSULT":
        mine, theirs = {*_parties(a)}, {*_parties(b)}
        return len(mine & theirs) >= 2 and (mine <= theirs or theirs <= mine)
    actors = set(_keys(a.actor)) == set(_keys(b.actor))
    recipients = not a.recipient or not b.recipient or set(_keys(a.recipient)) == set(_keys(b.recipient))
    issues = a.issue is None or b.issue is None or _overlap(a.issue.text, b.issue.text)
    return actors and recipients and issues and (a.mode == b.mode or None in (a.mode, b.mode))


def _keys(entities: Sequence[Entity]) -> list[str]:
    return [e.id or f"{e.country}:{e.name}" for e in entities]


def _parties(record: Record) -> list[str]:
    """Both sides of a meeting; those without a name of their own by their country («قادة من الحركة»)."""
    return [e.id or e.country or e.name for e in (*record.actor, *record.recipient)]


def _overlap(a: str, b: str) -> bool:
    x, y = set(a.split()), set(b.split())
    return 2 * len(x & y) >= min(len(x), len(y))
