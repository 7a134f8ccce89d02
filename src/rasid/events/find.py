"""Frames over analysed sentences: every act that a sentence states, as written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from rasid.events.claims import carried_on, claims_of
from rasid.events.clauses import Arguments, SentenceView
from rasid.events.company import proposal
from rasid.events.frames import FrameSet, best_sense, least_sense, mode_of
from rasid.events.judge import OPEN, Judge, features, out_of_context
from rasid.events.roles import RoleModel
from rasid.events.status import denied, dropped_as_goal, status_of, still_to_come
from rasid.events.ties import ties_of
from rasid.model.event import Claim, Event, Slot, Tie
from rasid.model.record import COOPERATION, EventType, Status
from rasid.model.text import BELONGING, PARTIES, MentionKind, Sentence, Token
from rasid.packs.frames import Sense

#: Slots of light verbs whose subject takes part in what the noun's genitive holds.
_TAKES_PART = frozenset({"في"})
#: The slot (folded) of a clause with «أن».
_THAT = "ان"
#: The preposition (folded) of one who ought to do something.
_ON = "علي"
#: Types that are addressed to somebody: a party inside the issue stands for a recipient that is not named apart.
_ADDRESSED = frozenset({"REJECT", "REQUEST", "AGREE"})
#: Types whose recipient may be a place, which stands for its people.
_ON_PLACES = frozenset({"ASSAULT", "COERCE"})
#: Types that somebody else announces: «أعلنت الوزارة مقتل …», but «أعلن الجيش فتح ممر».
_TOLD_BY_OTHERS = frozenset({"ASSAULT", "PROTEST"})
#: Verbs (folded) between an attack and its outcome.
_FOLLOWS = frozenset({"اسفر", "ادي", "اد", "تسبب", "نتج", "اوقع", "خلف", "افضي", "نجم", "اود", "اودي"})
#: Why a noun whose sense fits states no act by itself.
_TOPIC = "a noun of action without a party or a light verb: a topic"
#: What a clause may begin behind.
_CLAUSE_OPENERS = frozenset({"SUB", "COLON", "STOP", "QUOTE", "CONJ", "COMMA"})
#: Types of acts done together: who stands behind «مع» takes part.
_SHARED = frozenset({"CONSULT", "AGREE"})
#: Parties inside a filler («+any»): those of the tables; outlets tell of an act.
_KNOWN_PARTIES = PARTIES - {"name", "body", "outlet"}


@dataclass(frozen=True, slots=True)
class Found:
    """The events and claims of an article's sentences, in order; what was looked at and let go; who is a subject.

    `rejected` are (sentence, token, why); `subjects` (sentence, first token) of phrases that are subjects of verbs.
    """

    events: tuple[Event, ...]
    claims: tuple[Claim, ...]
    rejected: tuple[tuple[int, int, str], ...]
    subjects: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A trigger with a sense, before status and overlap are judged."""

    sense: Sense
    anchor: int
    trigger: tuple[int, int]
    args: Arguments
    by: str
    light_status: str = ""
    reason: str = ""
    loose: str = ""


@dataclass(frozen=True, slots=True)
class _Proposed:
    """An event before it is judged, with what it was made of and what the judge sees."""

    reader: _SentenceReader
    candidate: _Candidate
    event: Event
    features: tuple[str, ...]


def find(
    sentences: Sequence[Sentence], frames: FrameSet, roles: RoleModel, judge: Judge = OPEN, *, explained: bool = False
) -> Found:
    """All events of the sentences of one article that `judge` lets pass; `roles` tells subjects from objects.

    With `explained` the events that the judge lets go of come with what weighed for and against them.
    """
    claims: list[Claim] = []
    subjects: list[tuple[int, int]] = []
    rejected: list[tuple[int, int, str]] = []
    proposed: list[_Proposed] = []
    lone = out_of_context(sentences)
    carried: Claim | None = None
    for sentence in sentences:
        view = SentenceView(sentence, frames.compound, roles)
        here = claims_of(view, frames, carried)
        carried = carried_on(view, here)
        claims += here
        subjects += view.subjects()
        reader = _SentenceReader(view, frames, here, rejected)
        for candidate, event in reader.events():
            if event.loose and (not judge.weights or sentence.part == "caption"):  # a picture shows who, not acts
                rejected.append((sentence.index, event.anchor, event.loose))
            else:
                proposed.append(_Proposed(reader, candidate, event, features(view, event, alone=lone)))
    events = list(_judged(proposed, judge, rejected, len(sentences), explained=explained))
    return Found(tuple(events), tuple(claims), tuple(rejected), tuple(subjects))


def _judged(
    proposed: Sequence[_Proposed],
    judge: Judge,
    rejected: list[tuple[int, int, str]],
    sentences: int,
    *,
    explained: bool,
) -> Iterator[Event]:
    """The events that the judge lets pass; the others go to `rejected`."""
    beside = [proposal(p.event, len(p.reader.tokens), sentences) for p in proposed]
    certainties = judge.certainties([p.features for p in proposed], beside)
    for p, own, certainty in zip(proposed, beside, certainties, strict=True):
        event = p.event
        passes = judge.passes(own, certainty.value)
        grounds = judge.reasons(p.features, certainty) if passes or explained else ""
        if passes:
            told = (f"certainty {round(certainty.value, 3):.2f}: {grounds}",) if grounds else ()
            ties = p.reader.ties(p.candidate, event)
            yield replace(event, certainty=certainty.value, reasons=(*event.reasons, *told), ties=ties)
        else:
            why = f"{event.loose}; " if event.loose else ""
            why = f"{why}{event.event}: judged no event ({certainty.value:.2f})"
            rejected.append((event.sentence, event.anchor, f"{why}: {grounds}" if grounds else why))


class _SentenceReader:
    def __init__(
        self,
        view: SentenceView,
        frames: FrameSet,
        claims: Sequence[Claim],
        rejected: list[tuple[int, int, str]],
    ) -> None:
        self.view, self.frames, self.claims, self.rejected = view, frames, claims, rejected
        self.tokens: Sequence[Token] = view.tokens
        #: Actors of nouns that tell the act of a verb («قتل جنديان في هجوم للحركة»), by the verb.
        self._doers: dict[int, tuple[Slot, ...]] = {}
        #: Recipients of verbs whose subject tells the act («استهدفت غارات البلدة»), by that noun.
        self._struck: dict[int, tuple[Slot, ...]] = {}

    def events(self) -> list[tuple[_Candidate, Event]]:
        """The events of the sentence in order of their triggers, each with what it was made of."""
        candidates = sorted(self._candidates(), key=lambda c: (c.trigger[0], -c.trigger[1]))
        kept = self._without_overlaps(candidates)
        issues = [(c, self._issue(c)) for c in kept]
        found: list[tuple[_Candidate, Event]] = []
        for candidate, issue in issues:
            firm = [(o.sense, i, o.anchor) for o, i in issues if not o.loose]
            goal = dropped_as_goal(self.view, self.frames, candidate, firm)
            if goal:
                self._reject(candidate.anchor, goal)
                continue
            event = self._event(candidate, issue)
            if denied(self.frames, self.tokens, candidate, firm):
                event = replace(event, status="negated", denied=True, reasons=(*event.reasons, "in what is denied"))
            found.append((candidate, event))
        return self._one_attack(found)

    def ties(self, c: _Candidate, event: Event) -> tuple[Tie, ...]:
        """How the phrases of the sentence hang on an event: only of those that are kept, it takes time."""
        return ties_of(self.view, c.anchor, c.args, event.issue or self._object_span(c.args))

    def _one_attack(self, found: Sequence[tuple[_Candidate, Event]]) -> list[tuple[_Candidate, Event]]:
        """An attack and its dead in one clause are one record: the attack, with the victims of the outcome."""
        events: list[Event | None] = [e for _, e in found]
        for n, (outcome, told) in enumerate(found):
            if told.event != "ASSAULT" or outcome.sense.lexeme not in self.frames.outcomes or told.loose:
                continue
            if self._joined_outcome(found, events, n):
                events[n] = None
                self._reject(told.anchor, "a further outcome of the same attack")
                continue
            for m, (attack, act) in enumerate(found):
                if m == n or act.event != "ASSAULT" or attack.sense.lexeme in self.frames.outcomes:
                    continue
                if events[m] is None or not self._same_clause(told, act):
                    continue
                if act.status != told.status and not self._undergone(outcome, attack):
                    continue
                if act.loose and (act.loose != _TOPIC or attack.sense.bare == "light"):  # too weak to stand alone
                    events[m] = None
                    continue
                events[m] = replace(
                    act,
                    loose="",  # what has an outcome took place
                    actor=act.actor or told.actor,
                    recipient=act.recipient or told.recipient,
                    reasons=(*act.reasons, f"with its outcome «{self.tokens[told.anchor].text}»"),
                    anaphoric=False,
                )
                events[n] = None
                self._reject(told.anchor, "the outcome of the attack in its clause")
                break
        return [(c, e) for (c, _), e in zip(found, events, strict=True) if e is not None]

    def _undergone(self, outcome: _Candidate, attack: _Candidate) -> bool:
        """«تعرض لمحاولة اغتيال»: the attack stands in a prepositional phrase of the outcome."""
        return any(s.first <= attack.anchor <= s.last for _, slots in outcome.args.preps for s in slots)

    def _joined_outcome(
        self, found: Sequence[tuple[_Candidate, Event]], events: Sequence[Event | None], n: int
    ) -> bool:
        """«مقتل ثلاثة وإصابة آخرين»: an outcome that is joined to another one tells the same act."""
        told = found[n][1]
        start = told.trigger[0]
        joined = any(t.tag == "CONJ" for t in self.tokens[max(0, start - 2) : start])
        if not joined:
            return False
        return any(
            events[m] is not None
            and self._outcome(c)
            and not e.loose
            and e.event == "ASSAULT"
            and e.status == told.status
            and self._same_clause(e, told)
            for m, (c, e) in enumerate(found[:n])
        )

    def _same_clause(self, a: Event, b: Event) -> bool:
        first, last = sorted((a.anchor, b.anchor))
        between = self.tokens[first + 1 : last]
        follows = any(t.norm.removesuffix("ت") in _FOLLOWS for t in between[-5:])  # «ما أسفر عن مقتل …»
        parted = any(t.norm in ".؛:" or t.norm in self.frames.breaks for t in between)
        return last - first <= (40 if follows else 14) and not parted

    def _reject(self, anchor: int, why: str) -> None:
        self.rejected.append((self.view.sentence.index, anchor, why))

    # -- candidates ----------------------------------------------------------------------------------

    def _candidates(self) -> Iterator[_Candidate]:
        times = (m for m in self.view.sentence.mentions if m.kind == "time")
        timed = {i for m in times for i in range(m.first, m.last + 1)}
        for i, token in enumerate(self.tokens):
            if token.kind != "word" or token.clitic is not None or i in timed:
                continue
            yield from self._by_phrase(i, token)
            yield from self._by_duty(i, token)
            if token.tag == "V":
                yield from self._by_verb(i, token)
            elif token.nouns and token.tag in ("N", "ADJ", "X", "NAME"):
                yield from self._by_noun(i, token)
            if token.participles and token.tag in ("ADJ", "N"):
                yield from self._by_participle(i, token)

    def _by_phrase(self, i: int, token: Token) -> Iterator[_Candidate]:
        for words, sense in self.frames.phrases.get(token.norm, ()):
            last = i + len(words) - 1
            if last < len(self.tokens) and all(self.tokens[i + k].norm == w for k, w in enumerate(words)):
                if self._with_suffix(last) > last:
                    continue  # «على استعدادها» is the noun with its party, not the fixed phrase
                args = self.view.noun(last, idafa_is_object=sense.idafa_is_object)
                args.begins = i
                unit = self.view.units[self.view.unit_at[last]]
                if self.tokens[last].tag == "PREP" and unit.phrase is not None:  # «تريد من واشنطن …»
                    args.preps.insert(0, (unit.prep, [self.view.slot(unit.phrase)]))
                if not args.subject:
                    args.topic = self._topic(i)
                    about = [s for s in args.topic if self.view.human(s)]
                    args.subject = about or self.view.main_subject(i) or self._subject_before(i)
                if best_sense([sense], self.view, args, by="noun") is not None:
                    yield _Candidate(sense, i, (i, last), args, "phrase")

    def _by_duty(self, i: int, token: Token) -> Iterator[_Candidate]:
        """«قال إن على واشنطن وأنقرة أن تجدا حلا», «إن على روسيا التحرك»: somebody's duty at the head of a clause.

        Its sense is that of the entries for such phrases with one party («على المجتمع الدولي أن»).
        """
        if token.norm != _ON:
            return
        units, k = self.view.units, self.view.unit_at[i]
        senses = [s for words, s in self.frames.phrases.get(_ON, ()) if len(words) > 2 and words[-1] == _THAT]
        before = units[k - 1].kind if k else "STOP"
        unit = units[k]
        if not senses or unit.kind != "PP" or unit.phrase is None or before not in _CLAUSE_OPENERS:
            return
        who = self.view.slot(unit.phrase)
        if unit.first != i or not self.view.human(who):
            return
        after = k + 1
        while after + 1 < len(units) and units[after].kind == "CONJ" and units[after + 1].kind == "NP":
            after += 2
        if after >= len(units):
            return
        following = units[after]
        said = following.kind == "SUB" and self.tokens[following.last].norm == _THAT
        named = following.kind == "NP" and before == "SUB" and following.phrase is not None
        if named and following.phrase is not None:
            named = not self.view.human(self.view.slot(following.phrase)) and self.tokens[following.first].tag == "N"
        if said or named:
            args = self.view.noun(following.first, idafa_is_object=False)
            args.begins = i
            args.preps.insert(0, (_ON, [who]))
            yield _Candidate(replace(senses[0], recipient=(_ON,)), i, (i, following.first), args, "phrase")

    def _topic(self, i: int) -> list[Slot]:
        """What a predicate is said of: the phrase that its clause begins with («إن مياه النيل خط أحمر»)."""
        k = self.view.unit_at[i] - 1
        while k >= 0 and self.view.units[k].kind in ("ADV", "TIME", "PART", "NEG", "PP", "PRON"):
            k -= 1
        unit = self.view.units[k] if k >= 0 else None
        if unit is None or unit.kind != "NP" or unit.phrase is None:
            return []
        opens = k == 0 or self.view.units[k - 1].kind in ("SUB", "COLON", "SCONJ", "STOP", "QUOTE", "CONJ")
        return [self.view.slot(unit.phrase)] if opens else []

    def _predicate(self, i: int) -> bool:
        """An indefinite adjective, or a definite one behind «هو», «هم»."""
        before = self.tokens[i - 1] if i else None
        return not self.tokens[i].definite or (before is not None and before.tag == "PRON" and before.clitic is None)

    def _subject_before(self, i: int) -> list[Slot]:
        """The phrase right before a nominal predicate («الحركة مستعدة»)."""
        k = self.view.unit_at[i] - 1
        while k >= 0 and self.view.units[k].kind in ("ADV", "TIME", "PART", "COMMA", "NEG"):
            k -= 1
        if k < 0:
            return []
        unit = self.view.units[k]
        if unit.kind == "PRON" and self.tokens[unit.first].clitic == "suf":
            said = k > 0 and self.view.units[k - 1].kind == "SUB"  # «إنها مستاءة»
            return [self.view.pronoun(unit.first)] if said else []
        if unit.kind == "NP" and unit.phrase is not None:
            slot = self.view.slot(unit.phrase)
            return [slot] if self.view.human(slot) else []
        return []

    def _by_verb(self, i: int, token: Token) -> Iterator[_Candidate]:
        lemmas = list(dict.fromkeys(v.lemma for v in token.verbs))
        senses = [s for lemma in lemmas for s in self.frames.senses.get(lemma, ())]
        if not senses:
            return
        args = self.view.verb(i)
        self._fill_subject(i, args)
        sense = best_sense(senses, self.view, args, by="verb")
        loose = ""
        if sense is None:
            sense, loose = least_sense(senses, by="verb"), "no sense of the verb fits its clause"
        if sense is None:
            return
        args = self._object_first(sense, self._passive_style(sense, args, token), i)
        trigger = (i, i) if loose else self._verb_trigger(sense, i, args)
        yield _Candidate(sense, i, trigger, args, "verb", loose=loose)

    def _verb_trigger(self, sense: Sense, i: int, args: Arguments) -> tuple[int, int]:
        """The verb, with the object's head when the sense hangs on it («عقد لقاء»)."""
        if sense.condition.object and args.objects and args.objects[0][0].kind == "phrase":
            head = args.objects[0][0].head
            if i < head <= i + 3:
                return (i, head)
        return (i, self._with_suffix(i))

    def _with_suffix(self, i: int) -> int:
        """The last token of the written word: its pronoun suffix («التقاهم», «رفضها») belongs to the trigger."""
        following = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        return i + 1 if following is not None and following.clitic == "suf" else i

    def _fill_subject(self, i: int, args: Arguments) -> None:
        """A coordinated verb without a subject of its own shares the one before it."""
        shared = self.view.borrowed_subject(i)
        if shared:
            args.subject, args.subject_from = shared, "shared with the verb before"

    def _passive_style(self, sense: Sense, args: Arguments, token: Token) -> Arguments:
        """«قتل ثلاثة مدنيين»: the bare subject of a verb that is often passive is the one acted upon."""
        by = list(args.prep("BY"))
        own = args.subject_from in ("after the verb", "before the verb", "relative")
        if sense.passive and by and args.objects and not own and args.objects[0][0].first > token.index:
            return replace(args, subject=by, subject_from="passive", dropped=None)
        if not (sense.passive and args.subject and own and not args.objects) or self._strikes(args.subject[0]):
            return args
        return replace(args, subject=by, objects=[list(args.subject)], subject_from="passive", dropped=None)

    def _strikes(self, slot: Slot) -> bool:
        """Whether the subject is a force, body or state: such a one acts; an officer alone is acted upon."""
        return any(
            m.first == slot.head
            and (m.kind in ("org", "country", "capital", "metonym") or m.detail.startswith(("force", "state")))
            for m in self.view.sentence.mentions
        )

    def _can_strike(self, slot: Slot) -> bool:
        """«قصف مستشفى», «قتل مدنيين»: civilians and their places are struck, they do not strike."""
        if slot.kind != "phrase":
            return True
        heads = [m for m in self.view.sentence.mentions if m.first == slot.head]
        return not heads or any(m.kind != "agent" or _fights(m.detail) or m.detail.startswith("state") for m in heads)

    def _object_first(self, sense: Sense, args: Arguments, i: int) -> Arguments:
        """«… وتدعو الحكومة الأميركية إلى …»: the one phrase after a joined verb that needs an object is the object."""
        k = self.view.unit_at[i]
        while k > 0 and self.view.units[k - 1].kind == "QUOTE":
            k -= 1
        joined = (k > 1 and self.view.units[k - 1].kind == "CONJ") or self._described(k, args)
        alone = args.subject_from == "after the verb" and not args.objects
        if not (joined and alone and sense.recipient[:1] == ("object",) and not sense.passive):
            return args
        shared = self.view.shared_subject(i) or self.view.main_subject(i)
        if not shared or not self._same_gender(i, shared[0]) or shared[0] == args.subject[0]:
            return args
        return replace(
            args, subject=shared, objects=[list(args.subject)], subject_from="shared with the verb before", dropped=None
        )

    def _described(self, k: int, args: Arguments) -> bool:
        """«في تصريحات اتهم فيها فرنسا …»: a clause that describes an indefinite noun and points back to it."""
        before = self.view.units[k - 1] if k else None
        back = bool(args.preps) and args.preps[0][1][:1] and args.preps[0][1][0].kind == "pronoun"
        if before is None or before.phrase is None or not back:
            return False
        return not self.tokens[before.phrase.head].definite

    def _same_gender(self, verb: int, slot: Slot) -> bool:
        genders = {v.gender for v in self.tokens[verb].verbs if v.person == 3}
        return slot.gender is None or not genders or slot.gender in genders

    def _by_noun(self, i: int, token: Token) -> Iterator[_Candidate]:
        senses = [s for lexeme in token.nouns for s in self.frames.senses.get(lexeme, ())]
        if not senses:
            return
        acted_on = any(s.idafa_is_object for s in senses)
        plain = self.view.noun(i, idafa_is_object=acted_on)
        sense = best_sense(senses, self.view, plain, by="noun")
        loose = ""
        if sense is None:
            sense, loose = least_sense(senses, by="noun"), "no sense of the noun fits"
        if sense is None:
            return
        same = sense.idafa_is_object == acted_on
        args = plain if same else self.view.noun(i, idafa_is_object=sense.idafa_is_object)
        last = self._with_suffix(i)
        light = self._light(i, sense) if not loose else None
        if light is not None:
            anchor, status, subject, use = light
            own = bool(args.subject) or (
                sense.idafa_is_object and bool(args.objects) and sense.event in _TOLD_BY_OTHERS
            )
            if sense.event == "CONSULT" and use in _TAKES_PART and args.subject_from == "genitive" and subject:
                args.preps.append(("مع", args.subject))  # «شارك في اجتماع التحالف»
                args.subject, own = [], False
            if (not own or (use != "object?" and not args.subject)) or (
                args.subject and args.subject[0].kind == "pronoun" and subject
            ):
                args.subject = subject
            trigger = (anchor, i) if i - anchor <= 4 and last == i else (i, last)
            self._adopt(args, anchor, i)
            yield _Candidate(sense, i, trigger, args, "light", status, f"with the verb {self.tokens[anchor].text}")
            return
        done = self._done_by(i, sense) if not args.subject else None
        if done is not None:
            verb, doer = done
            args.subject, args.subject_from = doer, f"of the verb {self.tokens[verb].text} that describes it"
            self._adopt(args, verb, i)
        if sense.event == "ASSAULT" and args.subject_from == "genitive" and not self._can_strike(args.subject[0]):
            args.objects.insert(0, args.subject)
            args.subject, args.subject_from = [], "genitive as object"
        if sense.event == "CONSULT" and args.subject and self._is_place(args.subject[0]):
            args.subject = []
        if not args.subject and "ADJ" in token.tags and self._predicate(i):
            args.topic = self._topic(i)  # «إن موسكو مستعدة …», «إن الروس هم المسؤولون عن …»
            args.subject = [s for s in args.topic if self.view.human(s)] or self._subject_before(i)
        if not args.subject and self._first_person_before(i):
            args.subject = [Slot("dropped", self.view.sentence.index, i, i, i, None, "p", 1)]
        party = bool(args.subject or (sense.idafa_is_object and args.objects) or args.prep("بين"))
        party = party or self._partner(sense, args) or self._held(i, sense)
        if not loose and (sense.bare == "light" or (sense.bare == "args" and not party)):
            loose = _TOPIC
        yield _Candidate(sense, i, (i, last), args, "noun", loose=loose)

    def _done_by(self, i: int, sense: Sense) -> tuple[int, list[Slot]] | None:
        """«العقوبات التي فرضتها واشنطن على …», «دعوى رفعتها إيران»: the verb that describes the noun, its doer."""
        view = self.view
        k = view.unit_at[i] + 1
        relative = k < len(view.units) and view.units[k].kind == "REL"
        k += relative
        if k >= len(view.units) or view.units[k].kind != "V":
            return None
        verb = view.units[k].first
        lemmas = {v.lemma for v in self.tokens[verb].verbs}
        objects = {u.slot for lemma in lemmas for u in self.frames.light.get(lemma, ())}
        special = any((lemma, sense.lexeme) in self.frames.special_light for lemma in lemmas)
        if not (special or objects & {"object", "object*", "object?"}):
            return None
        after = self.tokens[verb + 1] if verb + 1 < len(self.tokens) else None
        if after is None or after.clitic != "suf":
            return None
        doer = [s for s in view.verb(verb).subject if s.first > verb and self._names_party(s)]
        return (verb, doer) if doer else None

    def _partner(self, sense: Sense, args: Arguments) -> bool:
        """«اجتماع مع نظيره», «طلب من الحكومة»: somebody behind the preposition of one who takes part."""
        places = [*sense.actor, *(sense.recipient if sense.event in _SHARED else ())]
        return any(s.kind != "phrase" or self._names_party(s) for place in places for s in args.prep(place))

    def _held(self, i: int, sense: Sense) -> bool:
        """«انعقاد الاجتماع», «إجراء مفاوضات», «الاتصال الذي جرى»: words around the noun say that it takes place."""
        if sense.event not in _SHARED:
            return False
        before, holding = self.tokens[max(0, i - 2) : i], self.frames.scopes.get("holding", frozenset())
        if before and before[-1].norm in holding:
            return before[0].norm not in self.frames.scopes["purpose"] | {"ل"}
        units, k = self.view.units, self.view.unit_at[i] + 1
        k += k < len(units) and units[k].kind == "REL"
        if k >= len(units) or units[k].kind != "V":
            return False
        lemmas = {v.lemma for v in self.tokens[units[k].first].verbs}
        return any(m in self.frames.light or (m, sense.lexeme) in self.frames.special_light for m in lemmas)

    def _first_person_before(self, i: int) -> bool:
        """«ما زلنا في مناقشات مع …»: a verb of the first person right before the noun."""
        for t in reversed(self.tokens[max(0, i - 3) : i]):
            if t.kind == "punct":
                return False
            if t.tag == "PART" and t.norm.endswith("نا"):
                return True
            if t.tag == "V":
                return bool(t.verbs) and all(v.person == 1 for v in t.verbs)
        return False

    def _is_place(self, slot: Slot) -> bool:
        """«اجتماع الخرطوم»: a meeting's genitive that is a city is where it was held."""
        return slot.kind == "phrase" and any(
            m.first == slot.head and m.kind in ("capital", "place") for m in self.view.sentence.mentions
        )

    def _light(self, i: int, sense: Sense) -> tuple[int, str, list[Slot], str] | None:
        """The light verb that governs the noun at `i`: (its token, the status it gives, its subject, its slot)."""
        view = self.view
        phrase = view.phrase_at(i)
        if phrase is None or i > phrase.head + 1:
            return None
        k = view.unit_at[i]
        for j in range(k - 1, max(k - 9, -1), -1):
            unit = view.units[j]
            if unit.kind in ("STOP", "COLON", "SUB", "SCONJ"):
                return None
            if unit.kind != "V":
                continue
            args = view.verb(unit.first)
            lemmas = dict.fromkeys(v.lemma for v in self.tokens[unit.first].verbs)
            for lemma in lemmas:
                uses = list(self.frames.light.get(lemma, ()))
                special = (lemma, sense.lexeme) in self.frames.special_light
                for use in uses:
                    if self._governs(args, phrase.first, use.slot):
                        return (
                            unit.first,
                            use.status,
                            self._light_subject(args, unit.first, use.slot),
                            use.slot,
                        )
                if special and (
                    self._governs(args, phrase.first, "object") or self._governs(args, phrase.first, "subject")
                ):
                    return unit.first, "", self._light_subject(args, unit.first, "object"), "object"
            return None
        return None

    def _light_subject(self, args: Arguments, verb: int, slot: str) -> list[Slot]:
        if slot in ("subject", "object*"):
            return []
        self._fill_subject(verb, args)
        return args.subject or ([args.dropped] if args.dropped else [])

    def _governs(self, args: Arguments, first: int, slot: str) -> bool:
        if slot in ("object", "object*", "object?"):
            return any(s.first == first for slots in args.objects for s in slots)
        if slot == "subject":
            return any(s.first == first for s in args.subject) or any(
                s.first == first for slots in args.objects for s in slots
            )
        return any(s.first == first for prep, slots in args.preps if prep == slot for s in slots)

    def _adopt(self, args: Arguments, verb: int, noun: int) -> None:
        """A light verb's prepositional phrases belong to the noun too («عقد مع الوفد لقاء»)."""
        own = {(p, tuple(s.first for s in slots)) for p, slots in args.preps}
        for prep, slots in self.view.verb(verb).preps:
            if (prep, tuple(s.first for s in slots)) not in own and all(not s.first <= noun <= s.last for s in slots):
                args.preps.append((prep, slots))
        args.begins, args.ends = min(args.begins, verb), max(args.ends, verb)

    def _by_participle(self, i: int, token: Token) -> Iterator[_Candidate]:
        senses = [s for lemma in token.participles for s in self.frames.senses.get(lemma, ()) if s.participle]
        if not senses or token.definite:
            return
        before = self.tokens[i - 1] if i else None
        adverbial = token.tanween or (token.bare.endswith("ه") and before is not None and before.norm in "،,و")
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        acting = after is not None and after.norm in ("ايا", "اياه", "اياها", "اياهم")  # «واصفة إياها بالمهزلة»
        predicate = (before is not None and before.norm in ("،", ",", "و")) or token.tanween or acting
        if not (adverbial or predicate):
            return
        args = self.view.participle(i)
        sense = best_sense(senses, self.view, args, by="participle")
        if sense is not None:
            yield _Candidate(sense, i, (i, i), args, "participle")

    def _without_overlaps(self, candidates: Sequence[_Candidate]) -> list[_Candidate]:
        """Of triggers that share words, the longer; a light verb that is a trigger itself gives way."""
        kept: list[_Candidate] = []
        rank = {"phrase": 0, "light": 2, "verb": 3, "participle": 3, "noun": 4}
        idiom = {"verb": 1}  # a verb sense that names its object («يحضر القمة») goes before the noun's own
        for c in sorted(
            candidates,
            key=lambda c: (
                bool(c.loose),
                idiom.get(c.by, rank[c.by]) if c.trigger[0] < c.trigger[1] else rank[c.by],
                -(c.trigger[1] - c.trigger[0]),
                c.trigger[0],
            ),
        ):
            if any(c.trigger[0] <= k.trigger[1] and k.trigger[0] <= c.trigger[1] for k in kept):
                self._reject(c.anchor, "its words belong to a longer trigger")
                continue
            kept.append(c)
        told = [c for c in sorted(kept, key=lambda c: c.trigger) if not self._part_of_another(c, kept)]
        told = [c for c in told if not self._told_by_subject(c, told)]
        return [c for c in told if not self._one_of_two_nouns(c, told)]

    def _one_of_two_nouns(self, c: _Candidate, kept: Sequence[_Candidate]) -> bool:
        """«عملية اغتيال», «نفذ عملية اغتيال»: a noun of the same type in the genitive tells the act once more."""
        if c.by not in ("noun", "light"):
            return False
        for other in kept:
            if (
                other.sense.event != c.sense.event
                or other.by not in ("noun", "light")
                or bool(other.loose) > bool(c.loose)
            ):
                continue
            second = other.by == "light" and other.anchor + 1 == c.anchor
            if second or (c.by == "noun" and other.by == "noun" and c.anchor + 1 == other.anchor):
                self._reject(c.anchor, f"tells the act of «{self.tokens[other.anchor].text}»")
                return True
        return False

    def _told_by_subject(self, c: _Candidate, kept: Sequence[_Candidate]) -> bool:
        """«هز انفجار المقر», «استهدفت غارات البلدة»: the subject of a verb of force names the act."""
        if c.by != "verb" or c.sense.event != "ASSAULT" or not c.args.subject:
            return False
        first = c.args.subject[0].first
        for other in kept:
            same = other.by in ("noun", "light") and not other.loose and other.sense.event == "ASSAULT"
            if same and other.anchor == first and c.args.subject[0].kind == "phrase":
                self._struck.setdefault(other.anchor, self._parties(c, None)[1])
                self._reject(c.anchor, f"tells the act of its subject «{self.tokens[other.anchor].text}»")
                return True
        return False

    def _part_of_another(self, c: _Candidate, kept: Sequence[_Candidate]) -> bool:
        """«دفعت بتعزيزات», «نجا من محاولة اغتيال»: a noun governed by a verb of the same type tells the same act."""
        if c.loose and c.by == "verb":
            return self._told_by_its_noun(c, kept)
        if c.by == "verb" and c.args.subject_from == "relative":  # «المشاورات التي عقدت»: the noun tells it
            heads = {s.head for s in c.args.subject if s.kind == "phrase"}
            return any(
                o.by in ("noun", "light") and not o.loose and o.sense.event == c.sense.event and o.anchor in heads
                for o in kept
            )
        light = c.by == "light" and c.trigger[0] == c.anchor
        if c.by not in ("noun", "light") or (c.by == "noun" and c.args.subject):
            return False
        phrase = self.view.phrase_at(c.anchor)
        for other in kept:
            if other.by != "verb" or other.loose or other.sense.event != c.sense.event or phrase is None:
                continue
            if c.sense.event == "ASSAULT" and self._outcome(other) and not self._outcome(c):
                continue  # «قتل جنديان في هجوم»: the attack tells the act
            if light and other.anchor != c.args.begins:
                continue
            # a noun that a light verb states gives way only where that verb means the act itself («وجه إلى … تهمة»)
            preps = () if c.by == "light" else other.args.preps
            governed = [*other.args.objects, *(slots for _, slots in preps)]
            if any(s.first == phrase.first for slots in governed for s in slots[:1]):
                self._reject(c.anchor, f"tells the act of «{self.tokens[other.anchor].text}»")
                self._doers.setdefault(other.anchor, self._parties(c, None)[0])
                return True
        return False

    def _told_by_its_noun(self, c: _Candidate, kept: Sequence[_Candidate]) -> bool:
        """«اجتاحت مظاهرات المدن»: a verb of which no sense fits, beside a noun that tells the act."""
        beside = [*c.args.subject, *(s for slots in c.args.objects for s in slots)]
        for other in kept:
            same = other is not c and not other.loose and other.sense.event == c.sense.event
            if same and any(s.first <= other.anchor <= s.last for s in beside):
                self._reject(c.anchor, f"its act is told by «{self.tokens[other.anchor].text}»")
                return True
        return False

    def _outcome(self, c: _Candidate) -> bool:
        return c.sense.lexeme in self.frames.outcomes

    # -- events --------------------------------------------------------------------------------------

    def _issue(self, c: _Candidate) -> tuple[int, int] | None:
        for slot in c.sense.issue:
            if slot == _THAT and c.args.clause is not None:
                return self._trimmed(c.args.clause)
            fillers = self._fill(c, slot)
            phrases = [s for s in fillers if s.kind == "phrase"]
            if phrases:
                return self._trimmed((phrases[0].first, self._issue_end(phrases)))
        return None

    def _issue_end(self, phrases: Sequence[Slot]) -> int:
        """An issue's phrase goes on over the prepositional phrases that follow it at once."""
        last = phrases[-1].last
        k = self.view.unit_at[last] + 1
        added = 0
        while k < len(self.view.units) and self.view.units[k].kind == "PP" and added < 2:
            last, k, added = self.view.units[k].last, k + 1, added + 1
        return last

    def _trimmed(self, span: tuple[int, int]) -> tuple[int, int]:
        first, last = span
        if last - first > 24:
            last = first + 24
        return first, last

    def _fill(self, c: _Candidate, slot: str, *, acting: bool = False) -> list[Slot]:
        base, _, sub = slot.partition("+")
        thing = base == "subject" and not acting and c.args.topic
        fillers = c.args.topic if thing else self._base(c.args, base, nominal=c.by in ("noun", "light"))
        if sub == "idafa":
            return self._idafa(fillers)
        if sub == "ADJ":
            return self._inner(fillers, BELONGING)
        if sub == "any":
            return self._inner(fillers, _KNOWN_PARTIES)
        return fillers

    def _base(self, args: Arguments, base: str, *, nominal: bool) -> list[Slot]:
        if base == "subject":
            return args.subject or ([args.dropped] if args.dropped is not None else [])
        if base == "object":
            return args.objects[0] if args.objects else (args.prep("ل") if nominal else [])
        if base == "object2":
            return args.objects[1] if len(args.objects) > 1 else []
        if base == _THAT and args.clause is not None:
            first, last = args.clause
            return [Slot("phrase", self.view.sentence.index, first, last, -1)]  # a clause has no head
        return args.prep(base)

    def _idafa(self, fillers: Sequence[Slot]) -> list[Slot]:
        for slot in fillers:
            following = slot.head + 1
            if slot.kind != "phrase" or following >= len(self.tokens):
                continue
            if self.tokens[following].clitic == "suf":
                return [self.view.pronoun(following)]
            if following <= slot.last and self.tokens[following].kind in ("word", "number"):
                head = following
                while head < slot.last and self.tokens[head].tag in ("NUM", "QUANT", "DEM"):
                    head += 1
                t = self.tokens[head]
                return [
                    Slot("phrase", slot.sentence, following, slot.last, head, t.gender, t.number),
                    *fillers[1:],
                ]
        return []

    def _inner(self, fillers: Sequence[Slot], kinds: Set[MentionKind]) -> list[Slot]:
        for slot in fillers:
            for m in self.view.sentence.mentions:
                later = m.kind in ("role", "agent") and m.first > slot.first
                if later and self.tokens[m.first].definite and self.tokens[m.first - 1].definite:
                    continue  # «الانسداد السياسي»: an adjective, not a politician
                if (
                    m.kind in kinds
                    and not (m.weak and m.kind == "group")
                    and slot.first <= m.first <= m.last <= slot.last
                ):
                    if m.first == slot.head:
                        return [slot]
                    t = self.tokens[m.first]
                    last = m.last
                    if m.kind in ("role", "agent"):  # «المسؤولين الروس»
                        whole = self.view.phrase_at(m.first)
                        last = min(slot.last, whole.last if whole is not None else m.last)
                    return [Slot("phrase", slot.sentence, m.first, last, m.first, t.gender, t.number)]
        return []

    def _roles(self, c: _Candidate, slots: Sequence[str], *, acting: bool = False) -> tuple[Slot, ...]:
        for slot in slots:
            fillers = self._fill(c, slot, acting=acting)
            parties = [s for s in fillers if s.kind != "phrase" or self._names_party(s) or self._target(c, s)]
            if parties:
                return tuple(parties)
        return ()

    def _target(self, c: _Candidate, slot: Slot) -> bool:
        """A place that is attacked («قصف على مدينة …») stands for its people."""
        return c.sense.event in _ON_PLACES and any(
            m.kind == "place" and slot.first <= m.first <= slot.last for m in self.view.sentence.mentions
        )

    def _names_party(self, slot: Slot) -> bool:
        """Whether a phrase names somebody: its head does, or a number or quantifier before one."""
        if self.view.human(slot):
            return True
        if self.tokens[slot.head].tag == "NAME" and all(m.first != slot.head for m in self.view.sentence.mentions):
            return True
        return any(
            m.first == slot.head and m.kind in PARTIES and not (m.weak and m.kind == "group")
            for m in self.view.sentence.mentions
        )

    def _parties(self, c: _Candidate, issue: tuple[int, int] | None) -> tuple[tuple[Slot, ...], tuple[Slot, ...]]:
        """Actors and recipients that the frame finds."""
        actor, recipient = self._roles(c, c.sense.actor, acting=True), self._roles(c, c.sense.recipient)
        if not actor and c.by in ("noun", "light"):
            actor = tuple(s for s in c.args.prep("BY"))
        actor = actor or self._doers.get(c.anchor, ())
        recipient = recipient or self._struck.get(c.anchor, ())
        if not recipient and c.sense.event in _ADDRESSED and c.sense.recipient != ():
            recipient = self._named_in(issue or self._object_span(c.args), actor)
        if c.sense.event == "CONSULT" or c.sense.reciprocal:
            actor, recipient = self._both_sides(c, actor, recipient)
        return actor, tuple(r for r in recipient if r not in actor)

    def _event(self, c: _Candidate, issue: tuple[int, int] | None) -> Event:
        actor, recipient = self._parties(c, issue)
        clause = (min(c.args.begins, c.trigger[0]), max(c.args.ends, c.trigger[1]))
        status, why = status_of(self.view, self.frames, c.anchor if c.by != "light" else c.trigger[0], c.by, c.sense)
        event = c.sense.event
        foretold = event in COOPERATION or c.sense.mode == "investigate"  # meetings, visits, help; hearings
        if foretold and status == "actual" and still_to_come(self.view, self.frames, c):
            status, why = "planned", "its time is still to come"
        if c.sense.status is not None and status == "actual":
            status = c.sense.status
        elif c.light_status and status == "actual":
            status = c.light_status  # type: ignore[assignment]
        event, status = _future_cooperation(event, status, hedged=why == "hedged" or why.startswith("قد"))
        mode = (
            mode_of(self.frames, c.sense, self.tokens, issue or self._object_span(c.args), clause)
            if event == c.sense.event
            else None
        )
        k = c.anchor
        return Event(
            sentence=self.view.sentence.index,
            event=event,
            mode=mode,
            trigger=c.trigger,
            anchor=c.anchor,
            frame=c.sense.ref,
            actor=actor,
            recipient=recipient,
            issue=issue,
            status=status,
            claims=tuple(cl for cl in self.claims if cl.first <= k <= cl.last),
            quote=any(a <= k <= b for a, b in self.view.sentence.quotes),
            reciprocal=c.sense.reciprocal,
            clause=clause,
            times=tuple(c.args.times),
            reasons=tuple(
                r
                for r in (
                    c.by,
                    c.reason,
                    why,
                    f"subject {c.args.subject_from}" if c.args.subject_from else "",
                )
                if r
            ),
            nominal=c.by in ("noun", "light"),
            loose=c.loose,
            anaphoric=not actor and not recipient and self._points_back(c, event),
        )

    def _named_in(self, span: tuple[int, int] | None, actor: tuple[Slot, ...]) -> tuple[Slot, ...]:
        """The first party named inside the issue («رفض الانتقادات الأميركية»): the act is towards it."""
        if span is None:
            return ()
        for m in self.view.sentence.mentions:
            if m.kind in ("country", "demonym", "org", "person", "capital") and span[0] <= m.first <= min(
                span[1], span[0] + 7
            ):
                if m.weak or any(s.first <= m.first <= s.last for s in actor):
                    continue
                t = self.tokens[m.first]
                return (Slot("phrase", self.view.sentence.index, m.first, m.last, m.first, t.gender, t.number),)
        return ()

    def _points_back(self, c: _Candidate, event: str) -> bool:
        """A definite noun alone («الهجوم»), or a verb whose subject is the meeting («تناول اللقاء»)."""
        if c.by in ("noun", "light"):
            return self.tokens[c.anchor].definite
        return event == "CONSULT" and any(s.kind == "phrase" and self.tokens[s.head].nouns for s in c.args.subject)

    def _object_span(self, args: Arguments) -> tuple[int, int] | None:
        for slots in args.objects:
            if slots and slots[0].kind == "phrase":
                return slots[0].first, slots[-1].last
        return None

    def _both_sides(
        self, c: _Candidate, actor: tuple[Slot, ...], recipient: tuple[Slot, ...]
    ) -> tuple[tuple[Slot, ...], tuple[Slot, ...]]:
        """A meeting «بين س وص» has both as parties."""
        between = tuple(s for s in c.args.prep("بين") if s.kind != "phrase" or self._names_party(s))
        if between and not recipient:
            return (actor, between) if actor and actor != between else (between, ())
        return actor, recipient


def _fights(detail: str) -> bool:
    """Whether an agent's kind and sector are those of somebody who uses force."""
    kind, _, sector = detail.partition(":")
    return kind == "force" or any(s in ("MIL", "REB", "COP", "UAF", "CRM", "PRM", "SPY") for s in sector.split(";"))


def _future_cooperation(event: EventType, status: Status, *, hedged: bool) -> tuple[EventType, Status]:
    """PLOVER: cooperation still to come is AGREE."""
    if event in COOPERATION and status == "planned":
        return "AGREE", "actual"
    if event == "CONSULT" and status == "hypothetical" and hedged:
        return "AGREE", status
    if event == "AGREE" and status == "planned":
        return event, "actual"
    return event, status
