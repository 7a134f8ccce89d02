"""How many were killed, injured or took part: the numbers of a sentence, each tied to its act.

A *toll* is a number with the word that says of whom it is («مقتل 15 شخصا», «خمسة جرحى»). It goes to the act that
its own word tells; else to the subject of the verb of outcome before it («أسفر الهجوم عن مقتل …»); else to the nearest
act that its clause names, those that follow first («قُتل ثلاثة في غارة»). What gives no number, or only one of several,
is None with the reason. Subsets («من بينهم طفلان») are never added.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rasid.model import Count, Span, Words
from rasid.model.event import Event
from rasid.model.record import CountField
from rasid.model.text import Sentence
from rasid.resolve.quantities import CountWords, Quantity, Sign, quantities

_AND = "و"
_STOPS = frozenset("؛.:؟!")
_COMMA = "،"
#: Prepositions whose phrase may stand between a verb and those whom it hit («قتل في الغارة خمسة»).
_BETWEEN = frozenset({"في", "ب", "جراء", "اثر", "خلال", "علي", "من"})
#: How many words may stand between a word of outcome and its number, and between a number and its act.
_REACH, _FAR = 12, 30
#: The same where the sentence tells one act only.
_ALONE = 50
#: The same between an attack and the dead of it that are an act too.
_CAUSED = 24
#: What a break between clauses adds to the distance of a number to an act.
_BREAK = 12
#: Suffix pronouns of one: «مقتله».
_ONE = frozenset({"ه", "ها"})
_TWO = "هما"


@dataclass(frozen=True, slots=True)
class Toll:
    """A number of people of one sentence: its word (`cue`), its tokens, and what is known of it."""

    field: CountField
    cue: int
    first: int
    last: int
    value: int | None
    at_least: bool = False
    why: str = ""
    joined: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class _Item:
    """Part of a phrase that counts people: a number with its noun, one noun («جندي»), a dual («جنديان»)."""

    first: int
    last: int
    value: int | None
    at_least: bool = False
    why: str = ""


class Counting:
    """The tolls of one sentence and the acts that they go to."""

    def __init__(self, sentence: Sentence, events: Sequence[Event], words: CountWords) -> None:
        """`events` are the acts of the sentence, in order."""
        self.sentence, self.words = sentence, words
        self.tokens = sentence.tokens
        self.events = [e for e in events if e.event in ("ASSAULT", "PROTEST")]
        self.others = [e for e in events if e.event != "PROTEST"]
        self._known: dict[int, tuple[Sign, ...]] = {}
        self._numbers = {q.first: q for q in quantities(sentence, words)} if self.events else {}
        self._inside = {i for q in self._numbers.values() for i in range(q.first + 1, q.last + 1)}
        self._given: list[tuple[Event, Toll]] = list(self._assign()) if self.events else []

    def of(self, event: Event, text: str) -> tuple[Count, ...]:
        """The numbers of an act: at most one of the dead, of the injured and of those who took part."""
        found: dict[str, Toll] = {}
        own = [t for e, t in self._given if e is event]
        first, last = event.trigger
        # what the act's own words tell goes before what stands elsewhere, a number before none
        for toll in sorted(own, key=lambda t: (t.value is None, not first <= t.cue <= last, t.first)):
            found.setdefault(toll.field, toll)
        return tuple(self._count(toll, text) for _, toll in sorted(found.items()))

    def _count(self, toll: Toll, text: str) -> Count:
        span = Span(self.tokens[toll.first].span.start, self.tokens[toll.last].span.end)
        return Count(toll.field, toll.value, Words(span.of(text), span), toll.at_least, toll.why)

    # -- which act --------------------------------------------------------------------------------------

    def _assign(self) -> Iterator[tuple[Event, Toll]]:
        before: tuple[Event, Toll] | None = None
        for toll in self.tolls():
            event = self._act_of(toll, before)
            if event is not None:
                before = event, toll
                yield before

    def _act_of(self, toll: Toll, before: tuple[Event, Toll] | None) -> Event | None:
        kind = "PROTEST" if toll.field == "size" else "ASSAULT"
        fitting = [e for e in self.events if e.event == kind]
        own = next((e for e in fitting if e.trigger[0] <= toll.cue <= e.trigger[1]), None)
        if own is not None:
            return self._caused_by(own, toll, fitting) or own
        if toll.total:  # the sum of a long time is not the toll of one attack that is told beside it
            fitting = [e for e in fitting if e.anchor < toll.cue]
            return next((e for e in reversed(fitting) if self._causes(e.anchor, toll.cue)), None)
        if kind == "ASSAULT":
            caused = [e for e in fitting if e.trigger[0] < toll.cue and self._causes(e.anchor, toll.cue)]
            if caused:
                return caused[-1]
            if before is not None and before[1].field != toll.field and self._goes_on(before, toll):
                return before[0]
        near = min(fitting, key=lambda e: self._distance(toll, e), default=None)
        far = _FAR if len(fitting) > 1 else _ALONE
        return near if near is not None and self._distance(toll, near) <= far else None

    def _caused_by(self, own: Event, toll: Toll, fitting: Sequence[Event]) -> Event | None:
        """The attack before a number whose own word is an act too: the dead are the attack's by the codebook."""
        if toll.total or self._tells_attack(own):
            return None
        before = [e for e in fitting if e.trigger[1] < own.trigger[0] and self._tells_attack(e)]
        if not before or toll.cue - before[-1].anchor > _CAUSED or not self._causes(before[-1].anchor, toll.cue):
            return None
        since = any(self._says(i, "since") for i in range(before[-1].anchor, toll.cue))
        return None if since else before[-1]

    def _goes_on(self, before: tuple[Event, Toll], toll: Toll) -> bool:
        """«مقتل 15 شخصا وإصابة 40»: the second number goes where the first went, unless an act stands between."""
        low, high = before[1].last, min(toll.cue, toll.first)
        between = self.tokens[low + 1 : high]
        return len(between) <= _REACH and self._breaks(low, high) == 0 and not any(
            low < e.anchor < high for e in self.events
        )  # fmt: skip

    def _causes(self, act: int, cue: int) -> bool:
        """Whether a verb of outcome ties a number to an act before it, beside it or with the act as its subject."""
        if self._breaks(act, cue):
            return False
        low = max(0, act - 3)
        return any(self._says(i, "cause") for i in range(low, cue) if i != act) and not any(
            act < e.anchor < cue and not self._says(e.anchor, "cause") and self._tells_attack(e)
            for e in self.events
        )  # fmt: skip

    def _tells_attack(self, event: Event) -> bool:
        """Whether an act is told by a word of its own and not by its dead."""
        return not any(s.kind.startswith(("dead", "injured")) for s in self._signs(event.anchor))

    def _distance(self, toll: Toll, event: Event) -> int:
        if event.anchor > toll.cue:
            low, high, cost = max(toll.cue, toll.last), event.trigger[0], 0
        else:  # an act that follows («في غارة») is likelier than one before
            low, high, cost = event.trigger[1], min(toll.cue, toll.first), 4
        return max(0, high - low) + _BREAK * self._breaks(low, high) + cost

    def _breaks(self, low: int, high: int) -> int:
        """Breaks between clauses from `low` to `high`."""
        found = 0
        for i in range(low + 1, high):
            token = self.tokens[i]
            if token.norm in _STOPS:
                found += 3
            elif token.tag == "SCONJ":
                found += 1
            elif token.norm == _AND and i + 1 < high and self.tokens[i + 1].tag == "V":
                found += not any(s.kind.startswith(("dead", "injured")) for s in self._signs(i + 1))
        return found

    # -- tolls ------------------------------------------------------------------------------------------

    def tolls(self) -> tuple[Toll, ...]:
        """The numbers of people, in order of the words that tell of whom they are."""
        found: list[Toll] = []
        for i, token in enumerate(self.tokens):
            if token.kind != "word" or token.clitic is not None or i in self._inside:
                continue
            for sign in self._signs(i):
                field, _, way = sign.kind.partition("_")
                if not way or (sign.near and not self._near(i, sign)):
                    continue
                toll = self._toll(field, way, i)
                if toll is not None and not self._subset(toll) and not any(_same(toll, t) for t in found):
                    found.append(self._whole(toll))
                    break
        return tuple(found)

    def _toll(self, field: str, way: str, i: int) -> Toll | None:
        if field in ("dead", "injured") and (zero := self._zero(i)) is not None:
            return Toll(field, i, zero, i, 0)  # type: ignore[arg-type]
        if way != "counted" and any(self._says(k, "attempt") for k in range(max(0, i - 3), i)):
            return None  # «محاولة قتل الضابط»
        items = {"verb": self._by_verb, "noun": self._by_noun, "counted": self._counted}[way](field, i)
        if not items:
            return None
        if any(item.value is None for item in items):
            why = next(item.why for item in items if item.value is None)
            return Toll(field, i, items[0].first, items[-1].last, None, why=why)  # type: ignore[arg-type]
        first, last = min(x.first for x in items), max(x.last for x in items)
        value = sum(item.value or 0 for item in items)
        why = "" if len(items) == 1 else " + ".join(str(item.value) for item in items)
        return Toll(field, i, first, last, value, any(x.at_least for x in items), why)  # type: ignore[arg-type]

    def _whole(self, toll: Toll) -> Toll:
        """The toll with whether it is a sum over a long time («منذ بداية الحرب»)."""
        end = next((i for i in range(toll.last, len(self.tokens)) if self._stop(i)), len(self.tokens))
        total = any(self._says(i, "since") for i in range(toll.last, min(end, toll.last + _REACH)))
        both = any(s.kind == "toll" for i in range(toll.last + 1, min(end, toll.last + 3)) for s in self._signs(i))
        if both and toll.value is not None:
            toll = replace(toll, value=None, why=_BOTH)
        return replace(toll, total=total)

    def _subset(self, toll: Toll) -> bool:
        """«من بينهم طفلان»: part of a number told before."""
        low = max(0, min(toll.cue, toll.first) - 3)
        return any(self._says(i, "subset") for i in range(low, min(toll.cue, toll.first)))

    def _zero(self, i: int) -> int | None:
        """The first token of words that say that there were none («دون وقوع إصابات», «لم يسفر عن ضحايا»)."""
        token = self.tokens[i]
        if token.definite or (token.number == "s" and token.tag != "V"):
            return None
        for k in range(i - 1, max(-1, i - 6), -1):
            if self.tokens[k].kind != "word" or k in self._numbers or self._stop(k):
                return None
            if self._says(k, "zero"):
                after = self.tokens[i + 1 : i + 3]
                return k if token.tag != "V" or any(t.bare in ("احد", "اي") for t in after) else None
        return None

    def _by_verb(self, field: str, i: int) -> list[_Item]:
        """Those whom a verb hit: the first people counted after it in its clause, or the subject before it."""
        token = self.tokens[i]
        if token.tag != "V" and (not token.verbs or any(s.kind == f"{field}_noun" for s in self._signs(i))):
            return []
        if self._both(i):
            return [_Item(i, i, None, why=_BOTH)]
        for k in range(i + 1, min(len(self.tokens), i + 1 + _REACH)):
            here = self.tokens[k]
            if self._stop(k) or here.tag == "V" or here.norm == _COMMA or (here.norm == _AND and k not in self._inside):
                break
            item = self._item(field, k)
            if item is None or self._governed(k) or k in self._inside:
                continue
            # «قتل مسلحان ثلاثة جنود»: who is told right after somebody else was hit by him
            if self._item(field, item.last + 1) is not None and item.last + 1 in self._numbers:
                continue
            if k in self._numbers or item.value != 1 or self._hit(i, item):
                return self._list(field, k)
        return self._subject_before(field, i)

    def _governed(self, k: int) -> bool:
        before = self.tokens[k - 1]
        return before.tag == "PREP" and before.norm in _BETWEEN

    def _both(self, i: int) -> bool:
        """«قتل وأصيب 20», «مقتل وإصابة 20»: one number for the dead and the injured."""
        return any(
            self.tokens[and_].norm == _AND and self._outcome(k)
            for and_, k in ((i + 1, i + 2), (i - 1, i - 2))
            if 0 <= k < len(self.tokens) and not self._has_subject(min(i, k))
        )

    def _has_subject(self, i: int) -> bool:
        """«أربعة قتلوا وأصيب ثلاثة»: the form of the first verb says that its people stand before it."""
        verbs = self.tokens[i].verbs
        return bool(verbs) and all(v.number != "s" for v in verbs)

    def _outcome(self, i: int) -> bool:
        """Whether token `i` is a verb or noun of killing or injuring."""
        return any(s.kind in _OUTCOMES for s in self._signs(i))

    def _hit(self, i: int, item: _Item) -> bool:
        """Whether the one person after a verb is whom it hit, as the frames see it."""
        slots = [s for e in self.events for s in e.recipient if s.kind == "phrase"]
        if any(s.first <= item.last and item.first <= s.last for s in slots):
            return True
        return any(v.voice == "passive" for v in self.tokens[i].verbs) and self.tokens[i].passive_mark

    def _subject_before(self, field: str, i: int) -> list[_Item]:
        """«تسعة ناشطين أتراك قتلوا», «12 شخصا لقوا مصرعهم»."""
        verbs = self.tokens[i].verbs
        if (one := self._one_before(i)) is not None:
            return [one]
        if not any(v.number != "s" for v in verbs) and not (verbs and verbs[0].gender == "f"):
            return []
        for k in range(i - 1, max(-1, i - 6), -1):
            if self._stop(k) or self.tokens[k].tag in ("V", "PREP", "CONJ") or self.tokens[k].norm == _COMMA:
                return []
            if k in self._numbers and (item := self._item(field, k)) is not None:
                return [item]
        return []

    def _one_before(self, i: int) -> _Item | None:
        """The one person whom the frames see as the subject of a passive: «كان القائد قد قتل», «الذي قُتل»."""
        if not any(v.number == "s" and v.gender != "f" for v in self.tokens[i].verbs):
            return None
        for slot in (s for e in self.events if e.event == "ASSAULT" for s in e.recipient):
            if slot.kind == "dropped" and slot.first == i and slot.number == "s" and slot.gender != "f":
                return _Item(i, i, 1)
            if slot.kind == "phrase" and i - _REACH <= slot.last < i:
                item = self._item("", slot.head)
                if item is not None and item.value == 1 and slot.head not in self._numbers:
                    return item
        return None

    def _by_noun(self, field: str, i: int) -> list[_Item]:
        """Those who follow a noun of action: «مقتل ثلاثة جنود ومدني», «مقتله», «مقتل الجنود الثلاثة»."""
        if i + 1 >= len(self.tokens) or self.tokens[i].tag == "V":
            return []
        after = self.tokens[i + 1]
        if after.clitic == "suf":
            if i + 2 in self._numbers and (others := self._list(field, i + 2)):  # «بعد قتله 3 أشخاص»
                return others
            if field == "injured" and self._illness(i + 2):
                return []
            value = 1 if after.norm in _ONE and field != "size" else 2 if after.norm == _TWO else None
            return [_Item(i, i + 1, value)] if value is not None else []
        if self._both(i):
            return [_Item(i, i, None, why=_BOTH)]
        items = self._list(field, i + 1)
        if items or after.tag != "N":
            return items
        if i + 3 in self._numbers and self.tokens[i + 2].clitic == "suf":  # «قتل مسلحيها 19 شرطيا»
            return self._list(field, i + 3)
        number = self._numbers.get(i + 2)
        return [_Item(i + 1, number.last, number.value, number.at_least, number.why)] if number is not None else []

    def _illness(self, i: int) -> bool:
        """«إصابته بالسرطان»; not «إصابته بجروح»."""
        if i + 1 >= len(self.tokens) or self.tokens[i].norm != "ب":
            return False
        return not self._says(i + 1, "wound")

    def _counted(self, field: str, i: int) -> list[_Item]:
        """A noun for the dead, the injured or protesters with the number before it, or behind «عدد القتلى بلغ»."""
        if any(s.kind == "toll" and s.last >= i for k in range(max(0, i - 3), i) for s in self._signs(k)):
            return [_Item(i, i, None, why=_BOTH)]
        number = self._ending(i - 1) or (self._ending(i - 2) if self.tokens[i - 1].norm == "من" else None)
        if number is not None:
            if field == "size" and self._claimed(number.first):
                return []
            return [_Item(number.first, i, number.value, number.at_least, number.why)]
        if any(self._says(k, "cause") for k in range(max(0, i - 2), i)) and not self.tokens[i].definite:
            follows = (self._item(field, k) for k in range(i + 1, min(i + 4, len(self.tokens))) if k in self._numbers)
            if (item := next(follows, None)) is not None and not self._governed(item.first):  # «ذهب ضحيتها نحو مئة»
                return [item]
        if any(self._says(k, "tally") for k in range(max(0, i - 2), i)):
            return self._tallied(field, i)
        value = next((s.value for s in self._signs(i) if s.kind == f"{field}_counted"), 0)
        if not value or self.tokens[i].definite or self._idafa(i):
            return []
        return [_Item(i, i, value)]

    def _idafa(self, i: int) -> bool:
        """«شهيد الوطن» is nobody's number."""
        return i + 1 < len(self.tokens) and (self.tokens[i + 1].definite or self.tokens[i + 1].tag == "NAME")

    def _claimed(self, k: int) -> bool:
        """Whether a number is what another act has for its object: «اعتقال 20 متظاهرا», «مقتل 3 محتجين»."""
        near = range(max(0, k - 2), k)
        return any(e.anchor in near for e in self.others) or any(
            s.kind.startswith(("dead", "injured")) for i in near for s in self._signs(i)
        )

    def _tallied(self, field: str, i: int) -> list[_Item]:
        """«عدد القتلى … بلغ 7», «ارتفعت حصيلة القتلى إلى 50»."""
        reached = any(self._says(k, "reach") for k in range(max(0, i - 4), i))
        for k in range(i + 1, min(len(self.tokens), i + 1 + _REACH)):
            if self._stop(k):
                break
            if k in self._numbers and reached:
                number = self._numbers[k]
                item = self._item(field, k)
                last = item.last if item is not None else number.last
                return [_Item(k, last, number.value, number.at_least, number.why)]
            bound = k in self._numbers and self._says(k, "least")
            reached = reached or bound or self._says(k, "reach")
            if bound:
                number = self._numbers[k]
                return [_Item(k, number.last, number.value, number.at_least, number.why)]
        return []

    # -- people who are counted -------------------------------------------------------------------------

    def _list(self, field: str, k: int) -> list[_Item]:
        """People from token `k` on, joined by «و»: «ثلاثة جنود ومدني»."""
        found: list[_Item] = []
        while (item := self._item(field, k)) is not None:
            found.append(item)
            k = item.last + 1
            while k < len(self.tokens) and self.tokens[k].tag == "ADJ" and not self._signs(k):
                k += 1
            if k + 1 >= len(self.tokens) or self.tokens[k].norm != _AND:
                break
            k += 1
            if self.tokens[k].tag == "V" or (self.tokens[k].nouns and k not in self._numbers):
                break
        return found

    def _item(self, field: str, k: int) -> _Item | None:
        if k >= len(self.tokens):
            return None
        if (number := self._numbers.get(k)) is not None:
            return self._numbered(field, number)
        token = self.tokens[k]
        if (people := next((s for s in self._signs(k) if s.kind == "people"), None)) is not None:
            return _Item(k, k, people.value)
        if token.tag not in ("N", "NAME", "ADJ") or not self._person(k) or token.clitic is not None:
            return None
        if any(s.kind.endswith("_counted") and s.kind != f"{field}_counted" for s in self._signs(k)):
            return None
        if token.number == "d" or (token.number is None and token.norm.endswith(_DUAL)):
            return _Item(k, k, 2)
        mentions = [m for m in self.sentence.mentions if m.first <= k <= m.last]
        last = max((m.last for m in mentions), default=k)
        return _Item(k, last, 1) if token.number == "s" or token.tag == "NAME" else None

    def _person(self, k: int) -> bool:
        """Whether token `k` names a person or says what somebody is."""
        return any(
            m.first <= k <= m.last
            and (m.kind in ("person", "name", "role") or (m.kind == "agent" and m.detail.startswith("person")))
            for m in self.sentence.mentions
        )

    def _numbered(self, field: str, number: Quantity) -> _Item | None:
        """A number with the noun that it counts; None when that is no person or somebody of another number."""
        last = number.last
        noun = last + 1
        if noun + 1 < len(self.tokens) and self.tokens[noun].norm == "من" and self.tokens[noun + 1].tag == "N":
            noun += 1
        if noun < len(self.tokens) and self.tokens[noun].kind == "word" and self.tokens[noun].clitic is None:
            kinds = {s.kind for s in self._signs(noun)}
            if "thing" in kinds or any(k.endswith("_counted") and k != f"{field}_counted" for k in kinds - _ANYBODY):
                return None
            if self.tokens[noun].tag in ("N", "NAME", "X", "ADJ", "QUANT"):
                last = noun
        return _Item(number.first, last, number.value, number.at_least, number.why)

    # -- words ------------------------------------------------------------------------------------------

    def _ending(self, i: int) -> Quantity | None:
        return next((q for q in self._numbers.values() if q.last == i), None)

    def _near(self, i: int, sign: Sign) -> bool:
        around = self.tokens[max(0, i - 4) : i + 1 + _REACH]
        return any(t.bare in sign.near for t in around)

    def _stop(self, i: int) -> bool:
        return self.tokens[i].norm in _STOPS

    def _says(self, i: int, kind: str) -> bool:
        return any(s.kind == kind for s in self._signs(i))

    def _signs(self, i: int) -> tuple[Sign, ...]:
        known = self._known.get(i)
        if known is None:
            known = self._known[i] = tuple(self._read(i))
        return known

    def _read(self, i: int) -> Iterator[Sign]:
        token = self.tokens[i]
        yield from (s for s in self.words.signs(self.tokens, i) if not s.kind.endswith("_verb"))
        for lemma in dict.fromkeys([*(v.lemma for v in token.verbs), token.norm]):
            for word in self.words.verb(lemma):
                if word.kind.endswith("_verb") or word.kind in ("cause", "reach", "attempt"):
                    yield Sign(word.kind, word.value, frozenset(word.near), i)


_OUTCOMES = frozenset({"dead_verb", "dead_noun", "injured_verb", "injured_noun"})
_BOTH = "the number is of the dead and the injured together"
#: Endings of folded duals that no plural has.
_DUAL = ("ان", "تين")
#: Nouns that may stand for those whom another word counts: «مقتل 3 متظاهرين» are dead.
_ANYBODY = frozenset({"size_counted"})


def _same(a: Toll, b: Toll) -> bool:
    """Whether two tolls read the same number."""
    return a.first <= b.last and b.first <= a.last


def told(count: Count) -> str:
    """A number of people with its words, for the reasons of a record."""
    bound = "at least " if count.at_least else ""
    value = f"{bound}{count.value}" if count.value is not None else "not counted"
    why = f" ({count.reason})" if count.reason else ""
    return f"{count.field} {value}: «{count.words.text}»{why}"
