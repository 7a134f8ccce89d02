"""Whether an act is said to have happened: negation, plans, conditions, purposes, topics, by scope."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rasid.events.clauses import Arguments, SentenceView
from rasid.events.frames import FrameSet
from rasid.model.record import Status
from rasid.model.text import Token
from rasid.packs.frames import Sense

#: An act of the sentence beside the one that is asked about: its sense, its issue, the token of its own word.
Other = tuple[Sense, tuple[int, int] | None, int]
#: Inside a charge these are only blamed («اتهمه بدعم …»); an attack that is blamed on somebody took place.
_CHARGED = frozenset({"SUPPORT", "AGREE", "CONCEDE", "COOPERATE"})
_ANSWERS = frozenset({"REJECT", "AGREE"})
#: What stands in the issue of these is asked, refused or the motive, not told.
_DEMANDING = frozenset({"REQUEST", "REJECT", "AGREE", "THREATEN", "CONCEDE", "PROTEST"})
#: Behind these another act's time begins («محادثاته بشأن الانتخابات المقبلة»).
_WITHIN = frozenset({"بشان", "حول", "ل", "بخصوص", "عن", "حيال", "الذي", "التي"})
#: Before «أن» + imperfect: the act is told as a fact all the same.
_FACTUAL_BEFORE = frozenset({"بعد", "منذ", "دون", "علي", "الي"})
#: Before «أن» + imperfect: a fact when what comes before it has happened («اعتقل قبل أن يفرج عنه»).
_TOLD_BEFORE = "قبل"


class Trigger(Protocol):
    """What is asked of a candidate: its sense, its words and how it was found."""

    @property
    def sense(self) -> Sense:
        """The frame that holds."""
        ...

    @property
    def anchor(self) -> int:
        """Token of the act's own word."""
        ...

    @property
    def trigger(self) -> tuple[int, int]:
        """First and last token of the trigger."""
        ...

    @property
    def args(self) -> Arguments:
        """Who stands where around it."""
        ...

    @property
    def by(self) -> str:
        """How it was found: verb, noun, light, participle or phrase."""
        ...


def status_of(view: SentenceView, frames: FrameSet, anchor: int, by: str, sense: Sense) -> tuple[Status, str]:
    """The status of the act whose trigger begins at token `anchor`, and why; "actual" without a mark."""
    tokens = view.tokens
    near = _before(tokens, anchor, 3)
    consumed = set(sense.condition.words) & frames.scopes["negation"]
    negation = frames.scopes["negation"] - consumed
    if by in ("verb", "light", "participle", "phrase"):
        negator = next((t for t in near if t.norm in negation and t.tag in ("NEG", "PART", "REL")), None)
        if negator is not None and not (negator.norm == "ما" and negator.tag == "REL"):
            return "negated", f"after {negator.text}"
        future = frames.scopes["future"] - set(sense.condition.words)
        if any(t.norm in future for t in near):
            return "planned", "future mark"
        if tokens[anchor].verbs and near and near[0].norm == "قد" and _imperfect(tokens[anchor]):
            return "hypothetical", "قد with the imperfect"
    else:
        negator = next((t for t in _before(tokens, anchor, 2) if t.norm in ("عدم", "دون", "بدون", "بلا", "غير")), None)
        if negator is not None:
            return "negated", f"after {negator.text}"
    if _in_condition(view, frames, anchor):
        return "hypothetical", "in a condition"
    if any(t.norm in frames.scopes["hedge"] and t.norm != "قد" for t in _before(tokens, anchor, 4)):
        return "hypothetical", "hedged"
    if any(t.norm in frames.scopes["future"] for t in _before(tokens, anchor, 6) if t.norm not in ("س", "سوف")):
        return "planned", "future mark"
    return "actual", ""


def still_to_come(view: SentenceView, frames: FrameSet, c: Trigger) -> bool:
    """«القمة المرتقبة», «يزور الوزير بغداد الأسبوع المقبل»: words behind the act put it into the future."""
    future, tokens = frames.scopes["future"] | frames.scopes.get("tomorrow", frozenset()), view.tokens
    if c.by in ("verb", "light") and not _imperfect(tokens[c.trigger[0]]):
        return False
    units = [view.units[view.unit_at[i]] for i in c.args.times]
    words = [t for u in units for t in tokens[u.first : u.last + 1]]
    if c.by in ("noun", "light"):
        for t in tokens[c.anchor + 1 : c.anchor + 7]:
            if t.kind == "punct" or t.tag in ("V", "SUB") or t.norm in _WITHIN:
                break
            words.append(t)
    return any(t.norm in future or f"ال{t.norm}" in future for t in words if t.tag != "PREP" and t.norm != "س")


def _imperfect(token: Token) -> bool:
    return any(v.tense == "imperfect" for v in token.verbs)


def _past(tokens: Sequence[Token]) -> bool:
    """Whether the nearest verb is one of the past."""
    verbs = next((t.verbs for t in reversed(tokens) if t.tag == "V" and t.verbs), ())
    return bool(verbs) and all(v.tense == "perfect" for v in verbs)


def _before(tokens: Sequence[Token], index: int, width: int) -> list[Token]:
    """The tokens before `index`, nearest first, as far as the mark that ends the clause."""
    found = []
    for i in range(index - 1, max(index - 1 - width, -1), -1):
        if tokens[i].kind == "punct":
            break
        if i < index - 1 and tokens[i + 1].tag == "CONJ" and tokens[i + 1].clitic == "pre":
            break
        found.append(tokens[i])
    return found


def _in_condition(view: SentenceView, frames: FrameSet, anchor: int) -> bool:
    for i in range(anchor - 1, -1, -1):
        token = view.tokens[i]
        if token.kind == "punct":
            return False
        if token.norm in frames.scopes["condition"]:
            if token.norm == "ان":
                continue
            if token.norm in ("حال", "شرط") and (i == 0 or view.tokens[i - 1].norm not in ("في", "ب")):
                continue
            return True
    return False


def dropped_as_goal(
    view: SentenceView,
    frames: FrameSet,
    c: Trigger,
    others: Sequence[Other],
) -> str:
    """Why a candidate states no act of its own (a purpose, a topic, a demanded act), or ""."""
    tokens = view.tokens
    start = c.trigger[0]
    before = tokens[start - 1] if start else None
    if c.by in ("verb", "light") and tokens[start].tag == "V":
        why = _goal_verb(tokens, start, frames)
        if why:
            return why
    if c.by in ("noun", "light") and before is not None:
        why = _goal_noun(view, frames, start, c.sense.event)
        if why:
            return why
    for sense, issue, anchor in others:
        if issue is None or not issue[0] <= start <= issue[1] or anchor == c.anchor:
            continue
        why = _answered(c, sense)
        if why and not _denies(frames, tokens, sense, anchor):
            return why
    return ""


def _answered(c: Trigger, other: Sense) -> str:
    """Why an act inside the issue of another is asked, refused, charged, and not told; "" when it is told."""
    event = other.event
    if c.sense.event == "REQUEST" and event in _ANSWERS and c.by == "noun":
        return ""  # «رفضت طلب الوفد», «وافق على طلب …»: what is answered was asked
    if event == "REJECT" and _charge(c.sense):
        return ""  # a charge that is denied has been made
    if event in _DEMANDING or (_charge(other) and c.sense.event in _CHARGED):
        return f"inside the issue of {event}"
    return ""


def _charge(sense: Sense) -> bool:
    return sense.event == "ACCUSE" and sense.mode == "allege"


def denied(frames: FrameSet, tokens: Sequence[Token], c: Trigger, others: Sequence[Other]) -> bool:
    """Whether an act stands in the issue of a denial («نفت الحكومة التوصل إلى اتفاق»).

    A charge that is denied was made, and a verb joined with the denial («نفى التهم ووصفها …») is another deed.
    """
    start = c.trigger[0]
    joined = bool(tokens[start].verbs) and start > 0 and tokens[start - 1].tag == "CONJ"  # a noun by its form at times
    if joined or _charge(c.sense):
        return False
    return any(
        issue is not None
        and issue[0] <= start <= issue[1]
        and anchor != c.anchor
        and _denies(frames, tokens, o, anchor)
        for o, issue, anchor in others
    )


def _denies(frames: FrameSet, tokens: Sequence[Token], sense: Sense, anchor: int) -> bool:
    return sense.event == "REJECT" and tokens[anchor].norm in frames.scopes.get("denial", frozenset())


def _goal_verb(tokens: Sequence[Token], start: int, frames: FrameSet) -> str:
    i = start - 1
    while i >= 0 and tokens[i].tag in ("NEG", "PART"):
        i -= 1
    if i < 0 or not _imperfect(tokens[start]):
        return ""
    before = tokens[i]
    if before.norm in ("ان", "بان") and before.tag == "SUB" and not before.written.startswith("إ"):
        if "\u0651" in before.written:
            return ""
        earlier = tokens[i - 1].norm if i else ""
        if earlier == _TOLD_BEFORE and _past(tokens[: i - 1]):
            return ""
        foretold = {t.norm for t in tokens[max(0, i - 3) : i]} & (frames.scopes["future"] | frames.scopes["hedge"])
        return "" if earlier in _FACTUAL_BEFORE or foretold else "after «أن»: wanted, not done"
    if (before.norm == "ل" and before.clitic == "pre") or before.norm in ("كي", "لكي", "حتي"):
        return "a purpose"
    return ""


def _undergone(view: SentenceView, frames: FrameSet, preposition: int) -> bool:
    """«تعرضت القافلة لهجوم», «أدى لمقتل …»: what is undergone, or follows, took place."""
    for i in range(preposition - 1, max(preposition - 12, -1), -1):
        token = view.tokens[i]
        if token.norm in ".؛:" or token.tag == "SUB":
            return False
        lemmas = {*(v.lemma for v in token.verbs), *token.nouns, *token.participles}
        if token.clitic is None and lemmas & frames.outcomes:
            return True
        if token.tag == "V":
            return False
    return False


def _goal_noun(view: SentenceView, frames: FrameSet, start: int, event: str) -> str:
    """A noun of action under a preposition of purpose or a topic word."""
    tokens = view.tokens
    phrase = view.phrase_at(start)
    first = phrase.first if phrase is not None else start
    governor = tokens[first - 1] if first else None
    if governor is None:
        return ""
    if governor.tag == "PREP" and governor.norm == "ل" and first == start:
        real = _undergone(view, frames, first - 1) or _suffered(tokens, first - 1, frames)
        answered = first > 1 and tokens[first - 2].bare in frames.scopes.get("answer", frozenset())
        return "" if real or answered or event == "REJECT" else "a purpose"  # nobody acts in order to refuse
    if governor.norm in frames.scopes["purpose"] or governor.norm in frames.scopes["topic"]:
        return f"after {governor.text}: a purpose or a topic"
    if any(tokens[i].bare in frames.scopes["topic"] for i in range(first, start)):
        return "names a subject matter"
    return ""


def _suffered(tokens: Sequence[Token], prep: int, frames: FrameSet) -> bool:
    """«تعرض لاعتقال», «انتقد … لاعتقاله»: what is undergone or blamed is no purpose."""
    return any(t.bare in frames.scopes["undergone"] for t in _before(tokens, prep, 5))
