"""Which expression of time dates which act of a sentence.

A time belongs to the clause in which it stands, or, right behind a noun or a participle, to that alone. An
act takes the time of its own clause; one that only goes on or describes what the clause before says (joined
verbs, participles, «حيث …», «قرارا يدعو …», what a speaker says of himself) takes that of the clause before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal

from rasid.model.event import Event
from rasid.model.text import PROPER, Mention, Phrase, Sentence, Token
from rasid.model.time import Tense, TimeExpr

_Kind = Literal["main", "joined", "content", "relative", "described", "beside"]

#: What somebody says can itself be the act, done when it is said.
_VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
_INNER = frozenset({"relative", "described"})
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
        self.cues = {c.cue for e in self.anchors.values() for c in e.claims}
        self._timed = {i for m in self.times for i in range(m.first, m.last + 1)}
        self._clause_of: list[_Clause] = []
        if self.times:
            self._read_clauses()
            self._bound = {id(m): self._holder(m) for m in self.times}
            for mention in self.times:
                self._home(mention).times.append(mention)

    def of(self, event: Event) -> Iterator[tuple[Mention, Tense]]:
        """The expressions that may date an act, likeliest first, and whether they lie behind or ahead."""
        if not self.times:
            return
        at = event.trigger[0]
        own = [m for m in self.times if self._bound[id(m)] in range(at, event.trigger[1] + 1)]
        for mention in own:
            yield mention, self.tense(event)
        if own:
            return
        told = self._told_of(event)
        if told is not None:
            yield from ((m, self._tense_of(told)) for m in told.times if self._bound[id(m)] is None)
            if any(self._bound[id(m)] is None for m in told.times):
                return
        apart = self._set_apart(event) if event.nominal else ""
        if apart:
            yield from self._after_noun(event) if apart == "topic" else ()
            return
        here: _Clause | None = self._clause_of[at]
        clause = here
        while clause is not None:
            free = [m for m in clause.times if self._bound[id(m)] is None]
            if free:
                for mention in sorted(free, key=lambda m: abs(m.first - event.anchor)):
                    behind = clause is not here or (bool(clause.verbs) and max(clause.verbs[0], mention.first) < at)
                    yield mention, self._tense_of(clause) if behind else self.tense(event)
                return
            clause = self._leans_on(clause, event)

    def _after_noun(self, event: Event) -> Iterator[tuple[Mention, Tense]]:
        """A time after a noun that the clause's verb only leads to («قادت إلى هدنة …، مساء الأحد»)."""
        clause = self._clause_of[event.anchor]
        if any(verb in self.anchors for verb in clause.verbs):
            return
        for mention in clause.times:
            between = range(event.anchor + 1, mention.first)
            if self._bound[id(mention)] is None and between and all(self.tokens[k].tag != "V" for k in between):
                yield mention, self._tense_of(clause)

    def tense(self, event: Event) -> Tense:
        """Whether an act is past or still to come, as its verb, or that of its clause, tells."""
        if event.status == "planned":
            return "future"
        start = event.trigger[0]
        if self.tokens[start].tag == "V":
            return self._verb_tense(start)
        return self._tense_of(self._clause_of[start], start)

    def _tense_of(self, clause: _Clause, at: int = -1) -> Tense:
        verbs = clause.verbs
        verb = max((v for v in verbs if v < at), default=verbs[0] if verbs else None)
        return self._verb_tense(verb) if verb is not None else "unknown"

    def _verb_tense(self, verb: int) -> Tense:
        before = [self.tokens[i].norm for i in range(max(0, verb - 6), verb)]
        for distance, norm in enumerate(reversed(before)):
            if self.joints.get(norm) == "future" and (distance < 2 or len(norm) > 2):
                return "future"
        tenses = self._tenses(verb)
        if tenses == {"perfect"} or any(self.joints.get(self.tokens[i].norm) == "was" for i in range(verb)):
            return "past"
        return "future" if tenses == {"imperfect"} else "unknown"

    def _phrase(self, at: int) -> Phrase | None:
        return next((p for p in self.sentence.phrases if p.first <= at <= p.last), None)

    def _told_of(self, event: Event) -> _Clause | None:
        """The clause right behind a noun of action («الهدنة التي بدأت الأحد»، «لقاء عقد أمس»)."""
        phrase = self._phrase(event.anchor) if event.nominal else None
        if phrase is None or not phrase.first <= event.anchor <= phrase.head + 1:
            return None
        i = self._past_times(phrase.last + 1)
        own = (
            i + 1 < len(self.tokens) and self.tokens[event.anchor + 1].clitic == "suf" and self.tokens[i].tag == "PREP"
        )
        inner = self._phrase(i + 1) if own else None
        if inner is not None and inner.first == i + 1:
            i = self._past_times(inner.last + 1)  # «زيارته إلى أنقرة والتي انتهت الجمعة»
            i += i + 1 < len(self.tokens) and self.tokens[i].tag == "CONJ" and self.tokens[i + 1].tag == "REL"
        if i >= len(self.tokens):
            return None
        clause = self._clause_of[i]
        return clause if clause.first == i and clause.kind in ("relative", "described") else None

    def _past_times(self, i: int) -> int:
        """The first token from `i` on that is in no expression of time."""
        while i < len(self.tokens) and i in self._timed:
            i += 1
        return i

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
        if self.joints.get(token.norm) == "join" and self._verb_at(i + 1):
            return _Clause("joined", i, _outer(here, _INNER)) if i else here
        if token.tag == "REL" and (i == 0 or self.tokens[i - 1].kind != "punct" or self.tokens[i - 1].norm in _COMMAS):
            return _Clause("relative", i, here)
        if token.tag == "PRON" and token.clitic is None:
            return _outer(here, {"relative"})
        if token.tag == "SCONJ" or (token.norm in self.joints and self._opens_beside(i, token)):
            same = self.joints.get(token.norm) == "same"
            return _Clause("beside", i, _outer(here, _INNER | {"beside"}), same=same)
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
            and (
                self.tokens[following].tag == "SUB" or (self.joints[token.norm] == "same" and self._verb_at(following))
            )
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
        verb = next(k for k in range(i + 1, len(self.tokens)) if self.tokens[k].tag == "V")
        comma = i > 0 and self.tokens[i - 1].norm in _COMMAS
        base = _outer(here, _INNER) if comma else here
        if comma and verb in self.cues:
            base = _outer(base, _INNER | {"content", "beside"})
        elif self._tenses(verb) == {"perfect"}:
            while (
                base.kind == "content"
                and base.before is not None
                and base.verbs
                and not self._may_be_past(base.verbs[0])
            ):
                base = _outer(base.before, _INNER)
        return _Clause("joined", i, base)

    def _tenses(self, verb: int) -> set[str]:
        return {v.tense for v in self.tokens[verb].verbs}

    def _may_be_past(self, verb: int) -> bool:
        return "perfect" in self._tenses(verb) or not self._tenses(verb)

    def _describes(self, i: int) -> bool:
        """«قرارا يدعو»: a verb right behind an indefinite noun."""
        j = i - 1
        while j >= 0 and (j in self._timed or (self.tokens[j].tag == "ADJ" and not self.tokens[j].definite)):
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
        claims = [
            c for c in event.claims if not c.outlet and c.speaker is not None and c.cue < clause.first <= c.first + 1
        ]
        if self._self_named(event, clause):
            return True
        if not claims:
            return False
        speaker = claims[-1].speaker
        assert speaker is not None
        for slot in event.actor:
            if slot.kind == "phrase":
                suffixed = any(self.tokens[k].clitic == "suf" for k in range(slot.first, slot.last + 1))
                if (slot.sentence == speaker.sentence and slot.first == speaker.first) or suffixed:
                    return True
            elif slot.person == 1 or slot.gender is None or speaker.gender in (None, slot.gender):
                return True
        return False

    def _self_named(self, event: Event, clause: _Clause) -> bool:
        """«قالت …، إنها ترفض»: a pronoun at the complementiser, and what it does right behind it."""
        return self.joints.get(self.tokens[clause.first].norm) == "self" and event.trigger[0] - clause.first < 4

    # -- where a time belongs --------------------------------------------------------------------------

    def _home(self, mention: Mention) -> _Clause:
        """The clause of a time; between commas it is the clause that goes on around them."""
        clause = self._clause_of[mention.first]
        if self._aside(mention) and not _absolute(mention):
            return _outer(clause, _INNER)
        return clause

    def _aside(self, mention: Mention) -> bool:
        before = self.tokens[mention.first - 1].norm if mention.first else "،"
        after = self.tokens[mention.last + 1].norm if mention.last + 1 < len(self.tokens) else "."
        return before in _COMMAS and (after in _COMMAS or after in _STOPS or after == ":")

    def _holder(self, mention: Mention) -> int | None:
        """The token of the noun or participle that a time alone belongs to; -1: no act; None: the clause."""
        if self._since_the_first(mention):
            return -1
        i = mention.first - 1
        of = i >= 0 and self.tokens[i].clitic == "pre" and self.joints.get(self.tokens[i].norm) == "topic"
        if i >= 0 and self.tokens[i].tag == "PREP" and self.tokens[i].clitic != "suf":
            i -= 1
        if i < 0:
            return None
        if self._aside(mention):
            return self._second_aside(mention)
        if i in self.anchors and self.anchors[i].nominal:
            return i if self.tokens[self.anchors[i].trigger[0]].tag != "V" else None
        since = isinstance(mention.data, TimeExpr) and mention.data.relation == "since"  # «المجلس الحاكم منذ 2020»
        if (since or (_absolute(mention) and not self._is_name(i))) and (
            of or self._is_described(i) or (since and self._is_adjective(i))
        ):
            return self._described_noun(i)
        return self._governed(mention)

    def _is_name(self, i: int) -> bool:
        return any(m.first <= i <= m.last and m.kind in PROPER for m in self.sentence.mentions)

    def _is_described(self, i: int) -> bool:
        """Whether token `i` is a participle that a date may belong to («الموقعة عام 1990»)."""
        token = self.tokens[i]
        relational = any(self.joints.get(token.bare[-k:]) == "relational" for k in (1, 2))
        return token.definite and (bool(token.participles) or token.tag == "ADJ") and not relational

    def _is_adjective(self, i: int) -> bool:
        """Whether what is also a title stands as an adjective: two definite words in a row («المجلس الحاكم»)."""
        title = any(m.kind == "role" and m.first == m.last == i for m in self.sentence.mentions)
        return title and i > 0 and self.tokens[i].definite and self.tokens[i - 1].definite

    def _since_the_first(self, mention: Mention) -> bool:
        """«أول لقاء منذ عامين»: the first since then, not going on since then."""
        if not isinstance(mention.data, TimeExpr) or mention.data.relation != "since":
            return False
        for i in range(mention.first - 1, max(mention.first - 9, -1), -1):
            if self.tokens[i].kind == "punct" or self.tokens[i].tag == "V":
                return False
            if self.joints.get(self.tokens[i].norm) == "first":
                return True
        return False

    def _second_aside(self, mention: Mention) -> int | None:
        """A second day between commas belongs to the noun before it («…، الجمعة، … هجوم، الأحد»)."""
        earlier = [m for m in self.times if m.last < mention.first and self._aside(m)]
        if not earlier or _absolute(mention):
            return None
        acts = [i for i, e in self.anchors.items() if e.nominal and earlier[-1].last < i < mention.first]
        return max(acts) if acts else None

    def _described_noun(self, i: int) -> int:
        """The act that the participle at `i` describes («الاتفاق الموقع عام …»), or the word itself."""
        j = i
        while j >= 0 and self.tokens[j].kind == "word" and i - j < 6:
            if j in self.anchors and self.anchors[j].nominal:
                return j
            j -= 1
        return i

    def _governed(self, mention: Mention) -> int | None:
        """The act, or -1, under a joint that sets its time apart («بعد مجزرة … عام 2022»)."""
        for i in range(mention.first - 1, -1, -1):
            token = self.tokens[i]
            if i in self._timed:
                continue
            if token.tag in ("V", "SUB", "REL", "SCONJ") or token.norm in _COMMAS or token.norm in _STOPS:
                return None
            role = self.joints.get(token.norm)
            if role == "source":
                return -1
            if role == "apart" and token.tag in ("PREP", "N", "ADV", "X") and i + 1 < mention.first:
                acts = [k for k in range(i + 1, mention.first) if k in self.anchors and self.anchors[k].nominal]
                return acts[-1] if acts else -1
        return None

    def _set_apart(self, event: Event) -> Literal["", "topic", "apart"]:
        """Whether a noun of action is a mere topic or stands under a joint: it has a time of its own."""
        if event.anchor != event.trigger[0] or self.tokens[event.anchor].tag == "V":
            return ""
        phrase = self._phrase(event.anchor)
        first = phrase.first if phrase is not None else event.anchor
        if "light" in event.reasons:
            return "topic" if event.event not in _VERBAL and self._told_only(event, first) else ""
        end = min(event.trigger[1] + 2, len(self.tokens))
        own = any(self.tokens[k].clitic == "suf" for k in range(event.trigger[0], end))
        role, joined = self._role_before(first)
        if role == "topic" and (joined or not own):
            return "topic"
        if not own and role == "" and self._told_only(event, first):
            return "topic"
        return "apart" if self._under_apart(first) else ""

    def _told_only(self, event: Event, first: int) -> bool:
        """«أعلن الناطق، الأحد، مقتل ثلاثة»: what somebody tells of is not his own act."""
        clause = self._clause_of[event.anchor]
        verb = clause.verbs[0] if clause.verbs else first
        if event.actor or verb >= first or verb in self.anchors:
            return False
        return any(p.human and not p.prep and verb < p.first < first for p in self.sentence.phrases)

    def _role_before(self, first: int) -> tuple[str, bool]:
        """The role of the word that governs a phrase or what it is joined to, and whether it is joined."""
        i, joined = first - 1, False
        while i > 0 and self.tokens[i].tag == "CONJ":
            other = next((p for p in self.sentence.phrases if p.last == i - 1), None)
            if other is None:
                return "none", joined
            i, joined = other.first - 1, True
        if i < 0 or self.tokens[i].tag != "PREP":
            return "", joined
        return self.joints.get(self.tokens[i].norm, "none"), joined

    def _under_apart(self, first: int) -> bool:
        for i in range(first - 1, max(first - 16, -1), -1):
            token = self.tokens[i]
            if i in self._timed:
                continue
            if token.tag == "V" or token.norm in _COMMAS or token.norm in _STOPS:
                return False
            role = self.joints.get(token.norm)
            topic = role == "topic" and i + 1 < first and i + 1 in self.anchors and self.anchors[i + 1].nominal
            if role in ("apart", "source") or topic:
                return True
        return False


def _outer(clause: _Clause, kinds: Set[str], *, keep_joined: bool = False) -> _Clause:
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
