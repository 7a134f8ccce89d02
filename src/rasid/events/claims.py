"""Who says so: stretches of a sentence that stand on a speaker's word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rasid.events.clauses import Arguments, SentenceView
from rasid.events.frames import FrameSet
from rasid.events.units import Unit
from rasid.model.event import Claim, Slot
from rasid.model.text import PARTIES


def claims_of(view: SentenceView, frames: FrameSet, carried: Claim | None = None) -> tuple[Claim, ...]:
    """The claims of a sentence, innermost last where they nest.

    Args:
        view: the sentence.
        frames: the verbs and phrases of saying.
        carried: what `carried_on` gave for the sentence before.
    """
    told = list(_by_verbs(view, frames))
    found = [
        *_by_quotation(view, carried),
        *_by_colon(view),
        *told,
        *_by_participles(view, frames, told),
        *_by_prepositions(view, frames),
    ]
    return tuple(sorted(found, key=lambda c: (c.first, -c.last)))


def carried_on(view: SentenceView, claims: Sequence[Claim]) -> Claim | None:
    """The claim whose quotation is still open where the sentence ends, if there is one.

    It goes on in the next sentence when that one begins within the same quotation.
    """
    if not view.sentence.quotes or view.sentence.quotes[-1][1] < _end(view):
        return None
    start = view.sentence.quotes[-1][0]
    told = [c for c in claims if not c.outlet and c.first <= start <= c.last and c.cue < start]
    return min(told, key=lambda c: c.last - c.first, default=None)


def _by_quotation(view: SentenceView, carried: Claim | None) -> Iterator[Claim]:
    """The rest of a quotation that began in a sentence before: its speaker goes on."""
    if carried is not None and view.sentence.open_quote and view.sentence.quotes:
        first, last = view.sentence.quotes[0]
        yield Claim(view.sentence.index, first, last, carried.speaker, -1, carried.manner, direct=carried.direct)


def _end(view: SentenceView) -> int:
    return len(view.tokens) - 1


def _by_colon(view: SentenceView) -> Iterator[Claim]:
    """«حماس: نرفض …»: a sentence that begins with its speaker and a colon."""
    for k, unit in enumerate(view.units[:6]):
        if unit.kind == "COLON" and k > 0:
            opening = [u for u in view.units[:k] if u.kind in ("NP", "V")]
            if opening and opening[0].kind == "NP" and all(u.kind != "V" for u in opening):
                slot = view.slot(opening[0].phrase)  # type: ignore[arg-type]
                if view.human(slot) and unit.last < _end(view):
                    first, last = unit.last + 1, _end(view)
                    carrier = _outlet(view, slot)
                    yield Claim(view.sentence.index, first, last, slot, unit.first, outlet=carrier, direct=True)
                    yield from _spoken_to(view, 0, first, last)
            return


def _by_verbs(view: SentenceView, frames: FrameSet) -> Iterator[Claim]:
    for k, unit in enumerate(view.units):
        if unit.kind != "V":
            continue
        token = view.tokens[unit.first]
        manner = next((frames.speech[v.lemma] for v in token.verbs if v.lemma in frames.speech), None)
        if manner is None:
            continue
        args = view.verb(unit.first)
        if _impersonal(view, k, args):
            continue
        speaker = _issuer(view, frames, _speaker(view, unit.first, args))
        if _parenthetical(view, k):
            carrier = speaker is not None and _outlet(view, speaker)
            first = unit.first if _resumed(view, frames, unit.first) else 0
            yield Claim(view.sentence.index, first, _end(view), speaker, unit.first, manner, outlet=carrier)
            continue
        region = args.clause or _that_after(view, k) or _quoted_after(view, k)
        if region is None and all(v.person == 3 for v in token.verbs):
            region = _named_after(unit.first, args, speaker)
        if region is not None:
            last = _cut(view, frames, unit.first, region)
            carrier = speaker is not None and _outlet(view, speaker)
            told_by = next((s for s in args.prep("عن") if carrier and _voice(view, s)), None)
            if told_by is not None:  # «نقلت رويترز عن مسؤول قوله إن …»
                yield Claim(view.sentence.index, region[0], last, told_by, unit.first, manner)
            yield Claim(view.sentence.index, region[0], last, speaker, unit.first, manner, outlet=carrier)
            yield from _carriers(view, args, region[0], last, unit.first)
            known = [s for prep, slots in args.preps if prep in ("ل", "مع") for s in slots[:1] if s.kind == "phrase"]
            yield from _spoken_to(view, unit.first, region[0], last, known)


def _impersonal(view: SentenceView, k: int, args: Arguments) -> bool:
    """«يُذكر أن …», «ويُشار إلى أن …» at the head of a sentence: nobody is said to speak."""
    opens = all(u.kind in ("CONJ", "PART", "QUOTE") for u in view.units[:k])
    verbs = view.tokens[view.units[k].first].verbs
    return (
        opens and not args.subject and bool(verbs)
        and all(v.tense == "imperfect" and v.gender == "m" and v.number == "s" and v.person == 3 for v in verbs)
    )  # fmt: skip


def _voice(view: SentenceView, slot: Slot) -> bool:
    """Whether a filler is somebody who can speak."""
    return slot.kind != "phrase" or view.human(slot) or _speaks(view, slot)


def _named_after(verb: int, args: Arguments, speaker: Slot | None) -> tuple[int, int] | None:
    """What is told as a noun («أعلنت الوزارة مقتل …», «أشار إلى تورط …»): the rest of the verb's clause."""
    if speaker is None or speaker.kind != "phrase":
        return None
    first = max(verb, speaker.last if verb < speaker.first <= args.ends else verb) + 1
    return (first, args.ends) if first <= args.ends else None


def _issuer(view: SentenceView, frames: FrameSet, slot: Slot | None) -> Slot | None:
    """Whose statement speaks («بيان لوزارة الخارجية», «بيانها»); None, the last speaker, for «البيان» alone."""
    if slot is None or slot.kind != "phrase" or view.tokens[slot.head].bare not in frames.statements:
        return slot
    head = slot.head
    following = view.tokens[head + 1] if head + 1 < len(view.tokens) else None
    if following is not None and following.clitic == "suf":
        return view.pronoun(head + 1)
    named = (
        m for m in view.sentence.mentions
        if m.kind in PARTIES and head < m.first <= slot.last + 2
        and all(t.tag not in ("SUB", "V", "PUNCT") for t in view.tokens[head + 1 : m.first])
    )  # fmt: skip
    owner = next((m for m in named if m.kind != "group"), None)
    if owner is not None:
        t, last = view.tokens[owner.first], max(owner.last, slot.last)
        return Slot("phrase", slot.sentence, owner.first, last, owner.first, t.gender, t.number)
    return None if view.tokens[head].definite else slot


def _speaker(view: SentenceView, index: int, args: Arguments) -> Slot | None:
    if args.subject:
        return args.subject[0]
    shared = view.shared_subject(index)
    return shared[0] if shared else None


def _parenthetical(view: SentenceView, k: int) -> bool:
    """«، كما أفادت وكالة …», «، حسبما ذكر …», «وفق ما أوردته …»: the verb comments on the sentence."""
    before = [u for u in view.units[max(0, k - 3) : k] if u.kind not in ("PART", "ADV")]
    joint = view.tokens[before[-1].first].norm if before else ""
    if not before or (before[-1].kind not in ("REL", "SCONJ") and joint != "حسبما"):
        return False
    if len(before) >= 2 and before[-2].kind in ("PREP", "COMMA"):
        return joint in _JOINTS and view.verb(view.units[k].first).clause is None
    return False


#: Joints (folded) of a verb that comments on the sentence; «لما» only behind a preposition («وفقا لما أوردته …»).
_JOINTS = frozenset({"ما", "كما", "حسبما", "فيما", "مثلما", "لما"})


def _resumed(view: SentenceView, frames: FrameSet, index: int) -> bool:
    """«مضيفا، وفق ما أوردته رويترز: …»: after a participle of saying the carrier carries only what follows."""
    near = view.tokens[max(0, index - 6) : index]
    return any(p in frames.speech for t in near if not t.definite for p in t.participles)


def _that_after(view: SentenceView, k: int) -> tuple[int, int] | None:
    """The clause behind an aside or a relative clause between the verb and «أن» («أفاد مسؤول، أمس، بأنّ …»)."""
    relative = False
    for m in range(k + 1, min(k + _ASIDE, len(view.units))):
        kind = view.units[m].kind
        if kind == "REL" or (relative and kind == "V"):
            relative = True  # «أكد الرئيس الذي توجه إلى القاهرة، أن …»
            continue
        if kind == "SUB" and relative and view.units[m - 1].kind != "COMMA":
            break
        if kind == "SUB" and view.units[m - 1].kind in ("COMMA", "PREP", "BRACKET", "QUOTE", "TIME"):
            first, last = view.units[m].last + 1, _end(view)
            return (first, last) if first <= last else None
        if kind in ("V", "STOP", "COLON", "SUB", "SCONJ", "CONJ"):
            break
    return None


#: Units that may stand between a verb of saying and the «أن» behind an aside.
_ASIDE = 12


def _quoted_after(view: SentenceView, k: int) -> tuple[int, int] | None:
    """The stretch after a colon, or within quotation marks, that a verb of saying at unit `k` opens."""
    for m in range(k + 1, len(view.units)):
        unit = view.units[m]
        if unit.kind == "COLON":
            return (unit.last + 1, _end(view)) if unit.last < _end(view) else None
        if unit.kind in ("STOP", "V"):
            break
    first = view.units[k].last
    for a, b in view.sentence.quotes:
        if first < a and b - a >= 4:
            return a, b
    return None


def _cut(view: SentenceView, frames: FrameSet, verb: int, region: tuple[int, int]) -> int:
    """Where what is said ends: before the next verb of saying that is joined to this one, or a contrast."""
    for k in range(view.unit_at[region[0]], len(view.units)):
        unit = view.units[k]
        if unit.first > region[1]:
            break
        norm = view.tokens[unit.first].norm
        comma = k > 0 and view.units[k - 1].kind == "COMMA"
        if unit.kind == "SCONJ" and comma and norm in frames.breaks:
            return unit.first - 1
        if unit.kind == "CONJ" and comma and k + 1 < len(view.units) and view.units[k + 1].kind == "V":
            verbs = view.tokens[view.units[k + 1].first].verbs
            if any(v.lemma in frames.speech and v.tense == "perfect" for v in verbs):
                return unit.first - 1
        if unit.kind == "STOP" and view.tokens[unit.first].norm == "؛":
            return unit.first - 1
    return region[1]


def _outlet(view: SentenceView, slot: Slot) -> bool:
    return any(
        slot.first <= m.first <= slot.last
        and (m.kind == "outlet" or (m.kind == "agent" and m.first == slot.head and m.detail == "body:JRN"))
        for m in view.sentence.mentions
    )


def _carriers(view: SentenceView, args: Arguments, first: int, last: int, cue: int) -> Iterator[Claim]:
    """«قال … لوكالة رويترز»: the outlet that the speaker spoke to carries his words."""
    for prep, slots in args.preps:
        if prep in ("ل", "مع") and slots and slots[0].kind == "phrase" and _outlet(view, slots[0]):
            yield Claim(view.sentence.index, first, last, slots[0], cue, outlet=True)


#: Words (folded) before the name of an outlet.
_NAMED_AS = frozenset({"قناه", "شبكه", "وكاله", "صحيفه", "موقع", "تلفزيون", "اذاعه"})


def _spoken_to(view: SentenceView, cue: int, first: int, last: int, known: Sequence[Slot] = ()) -> Iterator[Claim]:
    """«قال … في تصريحات لـ"رويترز" إن …»: an outlet behind «ل» or «مع» between the one who speaks and what he says."""
    for m in view.sentence.mentions:
        if m.kind != "outlet" or m.weak or not cue < m.first < first:
            continue
        if any(s.first <= m.first <= s.last for s in known):
            continue
        k = m.first - 1
        while k > cue and view.tokens[k].kind == "punct":
            k -= 1
        if k > cue and view.tokens[k].bare in _NAMED_AS:
            k -= 1
        if view.tokens[k].norm in ("ل", "مع"):
            t = view.tokens[m.first]
            slot = Slot("phrase", view.sentence.index, m.first, m.last, m.first, t.gender, t.number)
            yield Claim(view.sentence.index, first, last, slot, cue, outlet=True)


def _by_participles(view: SentenceView, frames: FrameSet, told: Sequence[Claim]) -> Iterator[Claim]:
    """«مضيفا أن …», «مشيرة إلى أن …»; after quoted words it is their speaker who goes on."""
    for token in view.tokens:
        if token.tag not in ("ADJ", "N") or not token.participles or token.definite:
            continue
        manner = next((frames.speech[p] for p in token.participles if p in frames.speech), None)
        if manner is None:
            continue
        args = view.participle(token.index)
        subject = args.subject[0] if args.subject else None
        if subject is None or _quoted_apart(view, subject.first, token.index):
            before = [c.speaker for c in told if c.cue < token.index and not c.outlet]
            subject = before[-1] if before else next(iter(view.main_subject(token.index)), None)
        region = args.clause or _quoted_after(view, view.unit_at[token.index])
        if region is None:  # «لافتة إلى إلقاء القبض على …»
            region = _named_after(token.index, args, subject)
        if region is not None:
            yield Claim(
                view.sentence.index,
                region[0],
                _cut(view, frames, token.index, region),
                subject,
                token.index,
                manner,
            )


def _quoted_apart(view: SentenceView, inner: int, outer: int) -> bool:
    """Whether token `inner` stands in a quotation that `outer` is not part of."""
    return any(a <= inner <= b and not a <= outer <= b for a, b in view.sentence.quotes)


def _by_prepositions(view: SentenceView, frames: FrameSet) -> Iterator[Claim]:
    """«وفق مصادر …», «بحسب …», «نقلا عن …»: the words after the cue speak for the sentence."""
    norms = [t.norm for t in view.tokens]
    for i in range(len(norms)):
        for words, kind in frames.attributions.get(norms[i], ()):
            if tuple(norms[i : i + len(words)]) != words:
                continue
            filler = _after(view, i + len(words) - 1)
            if filler is None:
                continue
            carrier = kind == "carrier" or _outlet(view, filler)
            issuer = _issuer(view, frames, filler)
            speaks = _speaks(view, filler) or view.tokens[filler.head].bare in frames.voices
            if issuer is not filler or view.human(filler) or carrier or speaks:
                filler = issuer
                yield Claim(view.sentence.index, 0, _end(view), filler, i, outlet=carrier)


def _speaks(view: SentenceView, slot: Slot) -> bool:
    return any(m.kind in ("agent", "role") and slot.first <= m.first <= slot.last for m in view.sentence.mentions)


def _after(view: SentenceView, i: int) -> Slot | None:
    unit: Unit = view.units[view.unit_at[i]]
    if unit.kind == "PP" and unit.phrase is not None:
        return view.slot(unit.phrase)
    phrase = next((p for p in view.sentence.phrases if p.first == i + 1), None)
    return view.slot(phrase) if phrase is not None else None
