"""How phrases hang on an act: beside its trigger, beside the verb that governs it, inside what it asks.

A frame names the slots that it fills. The other places are noted here, so that whom a frame leaves out («رفضت عقوبات
واشنطن», «طالب بأن تنسحب إسرائيل») can still be weighed by where he stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rasid.events.clauses import Arguments, SentenceView
from rasid.model.event import Slot, Tie


def ties_of(view: SentenceView, anchor: int, args: Arguments, issue: tuple[int, int] | None) -> tuple[Tie, ...]:
    """Every tie of an act with a phrase that is seen, nearest first; a phrase may have several."""
    found = [
        *_around("", args),
        *_governor(view, anchor),
        *_within(view, anchor, args, issue),
        *_joined(view, anchor),
    ]
    return tuple(dict.fromkeys(found))


def _around(prefix: str, args: Arguments) -> Iterator[Tie]:
    """The places beside one verb or noun."""
    yield from _ties(f"{prefix}subject", args.subject)
    for n, slots in enumerate(args.objects[:2]):
        yield from _ties(f"{prefix}object{n or ''}", slots)
    for prep, slots in args.preps:
        yield from _ties(f"{prefix}{prep}", slots)
    yield from _ties(f"{prefix}topic", args.topic)


def _ties(relation: str, slots: Sequence[Slot]) -> Iterator[Tie]:
    for n, slot in enumerate(slots):
        if slot.kind == "phrase":
            yield Tie(f"{relation}{'+' if n else ''}", slot.first, slot.last, slot.head)


def _governor(view: SentenceView, anchor: int) -> Iterator[Tie]:
    """What stands beside the verb whose subject, object or prepositional phrase holds the act's noun."""
    phrase = view.phrase_at(anchor)
    if phrase is None:
        return
    verbs = [u.first for u in view.units if u.kind == "V" and u.first != anchor]
    for verb in sorted(verbs, key=lambda v: abs(v - anchor))[:_VERBS]:
        args = view.verb(verb)
        held = next((t.relation for t in _around("", args) if t.first <= anchor <= t.last), None)
        if held is not None:
            yield from (t for t in _around(f"{held}<", args) if not t.first <= anchor <= t.last)
            return


def _within(view: SentenceView, anchor: int, args: Arguments, issue: tuple[int, int] | None) -> Iterator[Tie]:
    """Who stands inside the clause with «أن», or inside the issue: as subject, object or genitive there."""
    region = args.clause or issue
    if region is None:
        return
    verb = next((i for i in range(region[0], region[1] + 1) if view.tokens[i].tag == "V" and i != anchor), None)
    opening = view.phrase_at(region[0])
    if opening is not None and (verb is None or opening.last < verb):
        yield Tie("in.first", opening.first, opening.last, opening.head)
    if verb is not None:
        yield from _around("in.", view.verb(verb))
        return
    noun = next((i for i in range(region[0], region[1] + 1) if view.tokens[i].nouns), None)
    if noun is not None and noun != anchor:
        yield from _around("in.", view.noun(noun, idafa_is_object=False))


def _joined(view: SentenceView, anchor: int) -> Iterator[Tie]:
    """Who stands beside the last verb before the act's own."""
    before = [u.first for u in view.units[: view.unit_at[anchor]] if u.kind == "V"]
    if before:
        yield from _around("before.", view.verb(before[-1]))


#: How many verbs, the nearest first, are asked whether they govern the act's noun.
_VERBS = 4
