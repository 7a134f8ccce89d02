"""Whether an act is told as done, going on, to come, possible, denied or long past: its status, weighed in context.

The event step proposes a status by the scope of negations, conditions and verbs around the trigger. What tells «going
on» from «done», and old history from news, lies in many small hints: the tense, the words near, how old the day is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from rasid.model import When
from rasid.model.event import Event
from rasid.model.text import Sentence

Age = Literal["none", "old", "past", "now", "future"]
#: An act is historical when it is more than so many days older than the article (the codebook's year).
_YEAR = 365
_NEAR = 5


def age(when: When | None, published: date | None) -> Age:
    """How old the day of an act is on the day of the article; ``none`` when one of both is not known."""
    if when is None or published is None:
        return "none"
    parts = [int(x) for x in when.value.split("/")[-1].split("-")]
    year, month, day = [*parts, *(12, 28)[len(parts) - 1 :]]
    days = (published - date(year, month, min(day, 28))).days
    if days > _YEAR:
        return "old"
    return "past" if days > 1 else "now" if days >= -1 else "future"


def features(sentence: Sentence, event: Event, when: When | None, published: date | None) -> tuple[str, ...]:
    """What the model sees of an act."""
    return tuple(_features(sentence, event, age(when, published)))


def _features(sentence: Sentence, event: Event, old: Age) -> Iterator[str]:
    tokens, (start, end) = sentence.tokens, event.trigger
    by = event.reasons[0] if event.reasons else "?"
    token, kind, rule = tokens[start], event.event, event.status
    tense = token.verbs[0].tense if token.tag == "V" and token.verbs else "-"
    before, after = tokens[max(0, start - _NEAR) : start], tokens[end + 1 : end + 4]
    yield from (
        "bias",
        f"rule={rule}",
        f"rule={rule}|{kind}",
        f"rule={rule}|{tense}|{by}",
        f"tense={tense}|{kind}",
        f"tense={tense}|part={sentence.part}",
        f"tense={tense}|quote={event.quote}",
        f"frame={event.frame.id}|{tense}",
        f"by={by}|{kind}",
        f"age={old}",
        f"age={old}|{rule}",
        f"age={old}|{tense}",
        f"claims={min(len(event.claims), 2)}|{tense}",
        f"definite={tokens[event.anchor].definite}|{by}",
        f"anaphoric={event.anaphoric}",
        f"part={sentence.part}|{by}",
        f"dated={any(m.kind == 'time' for m in sentence.mentions)}|{old}",
        f"before={before[-1].norm if before else '^'}|{by}",
    )
    yield from dict.fromkeys(f"near={t.bare}" for t in before if t.kind == "word")
    yield from dict.fromkeys(f"last={t.bare}" for t in before[-3:] if t.kind == "word")
    yield from dict.fromkeys(f"after={t.bare}" for t in after if t.kind == "word")
    low, high = max(0, event.clause[0]), event.clause[1] + 1
    yield from dict.fromkeys(f"clause={t.bare}" for t in tokens[low:high] if t.kind == "word" and t.clitic is None)
    yield from dict.fromkeys(f"trigger={t.bare}" for t in tokens[start : end + 1])
    verb = next((t for t in reversed(tokens[:start]) if t.tag == "V" and t.verbs), None)
    if verb is not None:
        yield f"verb={verb.verbs[0].lemma}|{verb.verbs[0].tense}"
        yield f"verb tense={verb.verbs[0].tense}|{by}"
