"""Which expression of time dates which act of a sentence.

A time belongs to the clause in which it stands, or, right behind a noun or a participle, to that alone. An act
takes the time of its own clause; one that only goes on or describes what the clause before says (joined verbs,
participles, «حيث …», «قرارا يدعو …», what a speaker says of himself) takes that of the clause before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from rasid.model.event import Event
from rasid.model.text import Mention, Sentence, Token
from rasid.model.time import Tense, TimeExpr

_Kind = Literal["main", "joined", "content", "relative", "described", "beside"]

#: What somebody says can itself be the act, done when it is said.
_VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
_COMMAS = frozenset("،,-–—")
_STOPS = frozenset(".؛;!?؟")


@dataclass(slots=True)
class _Clause:
    """A stretch of the sentence around one verb or a run of them. `before` is what it leans on."""

    kind: _Kind
    first: int
    before: _Clause | None = None
    same: bool = False
    verbs: list[int] = field(default_factory=list)
    times: list[Mention] = field(default_factory=list)


class Timing:
    """The times of one sentence and the acts that they date."""

    def __init__(self, sentence: Sentence, events: Sequence[Event], joints: Mapping[str, str]) -> None:
        self.sentence, self.tokens, self.joints = sentence, sentence.tokens, joints
        self.times = [m for m in sentence.mentions if m.kind == "time" and isinstance(m.data, TimeExpr)]
        self.anchors = {e.anchor: e for e in events if e.sentence == sentence.index}
        self._timed = {i for m in self.times for i in range(m.first, m.last + 1)}
        self._clause_of: list[_Clause] = []
        if self.times:
            self._read_clauses()
            self._bound = {id(m): self._holder(m) for m in self.times}
            for mention in self.times:
                self._home(mention).times.append(mention)

    def of(self, event: Event) -> Iterator[Mention]:
        """The expressions that may date an act, likeliest first."""
        if not self.times:
            return
        at = event.trigger[0]
        own = [m for m in self.times if self._bound[id(m)] in range(event.trigger[0], event.trigger[1] + 1)]
        yield from own
        if own:
            return
        if event.nominal and event.anchor == at and self._set_apart(at):
            return
        clause: _Clause | None = self._clause_of[at]
        while clause is not None:
            free = [m for m in clause.times if self._bound[id(m)] is None]
            if free:
                yield from sorted(free, key=lambda m: abs(m.first - event.anchor))
                return
            clause = self._leans_on(clause, event)

    def tense(self, event: Event) -> Tense:
        """Whether an act is past or still to come, as its verb, or that of its clause, tells."""
        if event.status == "planned":
            return "future"
        start = event.trigger[0]
        verb = start if self.tokens[start].tag == "V" else self._verb_around(start)
        if verb is None:
            return "unknown"
        before = [self.tokens[i].norm for i in range(max(0, verb - 6), verb)]
        near = before[-2:]
        if any(self.joints.get(n) == "future" for n in near) or any(
            self.joints.get(n) == "future" and len(n) > 1 for n in before
        ):
            return "future"
        tenses = {v.tense for v in self.tokens[verb].verbs}
        if tenses == {"perfect"} or any(self.joints.get(self.tokens[i].norm) == "was" for i in range(verb)):
            return "past"
        return "future" if tenses == {"imperfect"} else "unknown"

    def _verb_around(self, i: int) -> int | None:
        clause = self._clause_of[i] if self._clause_of else None
        verbs = clause.verbs if clause is not None else []
        return max((v for v in verbs if v < i), default=verbs[0] if verbs else None)

    # -- clauses ---------------------------------------------------------------------------------------

    def _read_clauses(self) -> None:
        here = _Clause("main", 0)
        for i, token in enumerate(self.tokens):
            here = self._step(i, token, here)
            self._clause_of.append(here)
            if token.tag == "V" and i not in self._timed:
                here.verbs.append(i)

    def _step(self, i: int, token: Token, here: _Clause) -> _Clause:
        """The clause that token `i` belongs to."""
        if i in self._timed:
            return here
        if token.tag == "SUB" or token.norm == ":":
            return _Clause("content", i, here)
        if token.tag == "REL" and self.joints.get(token.norm) != "same":
            return _Clause("relative", i, here)
        if token.tag == "SCONJ" or token.norm in self.joints and self._opens_beside(i, token):
            same = self.joints.get(token.norm) == "same"
            return _Clause("beside", i, _outer(here, {"relative", "described", "beside"}), same=same)
        if token.kind == "punct":
            return self._after_mark(i, token, here)
        if token.tag == "CONJ" and self._verb_at(i + 1):
            return self._join(i, here)
        if token.tag == "V" and here.verbs and self._describes(i):
            return _Clause("described", i, here)
        return here

    def _opens_beside(self, i: int, token: Token) -> bool:
        """«بعد أن …», «فيما يرى»: a joint before a clause."""
        following = i + 1
        return (
            following < len(self.tokens)
            and self.joints[token.norm] in ("same", "apart")
            and (self.tokens[following].tag == "SUB" or (self.joints[token.norm] == "same" and self._verb_at(following)))
        )

    def _verb_at(self, i: int) -> bool:
        while i < len(self.tokens) and self.tokens[i].tag in ("PART", "NEG"):
            i += 1
        return i < len(self.tokens) and self.tokens[i].tag == "V"

    def _after_mark(self, i: int, token: Token, here: _Clause) -> _Clause:
        if token.norm in _STOPS:
            return _Clause("main", i)
        if token.norm not in _COMMAS:
            return here
        following = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if following is None:
            return here
        if here.kind == "beside" and here.verbs and here.before is not None and not here.before.verbs:
            return here.before
        if self._is_participle(following):
            return _outer(here, {"content", "relative", "described", "beside", "joined"}, keep_joined=True)
        if here.kind == "relative" and here.verbs and self._closes(i + 1, following):
            return here.before or here
        return here

    def _closes(self, i: int, following: Token) -> bool:
        """Whether what follows a comma goes on with the clause outside."""
        if i in self._timed:
            return True
        return following.tag not in ("PREP", "NAME", "REL") and following.kind != "punct"

    def _is_participle(self, token: Token) -> bool:
        return bool(token.participles) and not token.definite and token.tag in ("ADJ", "N")

    def _join(self, i: int, here: _Clause) -> _Clause:
        """A verb joined by و: it goes on from the clause before, outside of what a comma has closed."""
        comma = i > 0 and self.tokens[i - 1].norm in _COMMAS
        base = here
        if comma:
            base = _outer(here, {"relative", "described"})
        return _Clause("joined", i, base)

    def _describes(self, i: int) -> bool:
        """«قرارا يدعو»: a verb right behind an indefinite noun."""
        j = i - 1
        while j >= 0 and (j in self._timed or self.tokens[j].tag == "ADJ" and not self.tokens[j].definite):
            j -= 1
        if j < 0:
            return False
        before = self.tokens[j]
        return before.kind == "word" and before.clitic is None and not before.definite and before.tag in ("N", "X")

    def _leans_on(self, clause: _Clause, event: Event) -> _Clause | None:
        """The clause whose time is also that of this one, or None."""
        if clause.kind in ("joined", "described"):
            return clause.before
        if clause.kind == "beside" and clause.same:
            return clause.before
        if clause.kind == "content" and event.event in _VERBAL and self._of_himself(event, clause):
            return clause.before
        return None

    def _of_himself(self, event: Event, clause: _Clause) -> bool:
        """Whether the one who says it is the one who does it."""
        claims = [c for c in event.claims if not c.outlet and c.speaker is not None and c.cue < clause.first <= c.first + 1]
        if not claims:
            return False
        speaker = claims[-1].speaker
        assert speaker is not None
        for slot in event.actor:
            if slot.kind == "phrase":
                suffixed = any(self.tokens[k].clitic == "suf" for k in range(slot.first, slot.last + 1))
                if slot.sentence == speaker.sentence and slot.first == speaker.first or suffixed:
                    return True
            elif slot.person == 1 or slot.gender is None or speaker.gender in (None, slot.gender):
                return True
        return False

    # -- where a time belongs --------------------------------------------------------------------------

    def _home(self, mention: Mention) -> _Clause:
        """The clause of a time; one that stands between commas belongs to the clause that goes on around them."""
        clause = self._clause_of[mention.first]
        if self._aside(mention) and not _absolute(mention):
            return _outer(clause, {"relative", "described"})
        return clause

    def _aside(self, mention: Mention) -> bool:
        before = self.tokens[mention.first - 1].norm if mention.first else "،"
        after = self.tokens[mention.last + 1].norm if mention.last + 1 < len(self.tokens) else "."
        return before in _COMMAS and (after in _COMMAS or after in _STOPS or after == ":")

    def _holder(self, mention: Mention) -> int | None:
        """The token of the noun or participle that alone a time belongs to; -1: no act of the sentence; or None."""
        i = mention.first - 1
        if i >= 0 and self.tokens[i].tag == "PREP" and self.tokens[i].clitic != "suf":
            i -= 1
        if i < 0 or self._aside(mention):
            return None
        beside = self.tokens[i]
        if i in self.anchors and self.anchors[i].nominal:
            return i
        if beside.definite and beside.participles and beside.tag in ("ADJ", "N", "X") and self._dates_noun(mention):
            return self._described_noun(i)
        return self._governed(mention)

    def _described_noun(self, i: int) -> int:
        """The act that the participle at `i` describes («الاتفاق الموقع عام …»), or the participle itself."""
        j = i
        while j >= 0 and self.tokens[j].kind == "word" and i - j < 6:
            if j in self.anchors:
                return j
            j -= 1
        return i

    def _dates_noun(self, mention: Mention) -> bool:
        return _absolute(mention)

    def _governed(self, mention: Mention) -> int | None:
        """The act, or the lack of one (-1), under a joint that sets its time apart («بعد مجزرة … عام 2022»)."""
        for i in range(mention.first - 1, -1, -1):
            token = self.tokens[i]
            if token.tag == "V" or token.norm in _COMMAS or token.norm in _STOPS or token.tag in ("SUB", "REL", "SCONJ"):
                return None
            role = self.joints.get(token.norm)
            if role == "source":
                return -1
            if role == "apart" and i + 1 < mention.first and token.tag in ("PREP", "N", "ADV", "X"):
                acts = [k for k in range(i + 1, mention.first) if k in self.anchors and self.anchors[k].nominal]
                return acts[-1] if acts else -1
        return None

    def _set_apart(self, at: int) -> bool:
        """Whether a noun of action stands under a joint that gives it another time."""
        phrase = next((p for p in self.sentence.phrases if p.first <= at <= p.last), None)
        i = (phrase.first if phrase is not None else at) - 1
        steps = 0
        while i >= 0 and steps < 6:
            token = self.tokens[i]
            if token.tag == "V" or token.norm in _COMMAS or token.norm in _STOPS:
                return False
            if self.joints.get(token.norm) in ("apart", "source"):
                return True
            i, steps = i - 1, steps + 1
        return False


def _outer(clause: _Clause, kinds: set[str], *, keep_joined: bool = False) -> _Clause:
    """The nearest clause around that is of none of these kinds."""
    while clause.kind in kinds and clause.before is not None:
        if keep_joined and clause.kind == "joined" and clause.before.kind == "main":
            return clause
        clause = clause.before
    return clause


def _absolute(mention: Mention) -> bool:
    """Whether a time is a date of the calendar, as nouns have them beside them («اتفاق 2015»)."""
    data = mention.data
    return isinstance(data, TimeExpr) and data.start.kind in ("date", "stretch", "count")
