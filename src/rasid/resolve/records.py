"""Events as written into records: parties, day, place, sources, the same act told again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rasid.model import Article, Count, Entity, Problem, Record, Source, Span, When, Where, Words
from rasid.model.event import Claim, Event, Slot
from rasid.model.record import CountField, Status
from rasid.model.text import PARTIES, Mention, Sentence
from rasid.resolve import homes, parties, standing, voices, where
from rasid.resolve.actors import ActorResolver, Known, dateline_end, same_entity
from rasid.resolve.counts import Counting, told
from rasid.resolve.index import Index
from rasid.resolve.parties import Option, Proposed
from rasid.resolve.rivals import NOTHING_TOLD
from rasid.resolve.same_act import Acts
from rasid.resolve.timing import Timing
from rasid.resolve.voices import Voice
from rasid.resolve.weighing import PROPOSED, Weighing
from rasid.resolve.when import Dating

#: Types that always hit somebody: without a named one the next party of another country in the sentence is meant.
_AFTER = frozenset({"SANCTION", "COERCE"})
_BEFORE: frozenset[str] = frozenset({"ACCUSE"})
#: Whom an act may be towards that names nobody: no outlet, which tells of it, and no loose group.
_PARTY_KINDS = PARTIES - {"outlet", "group"}
_PLACE_PREPS = frozenset({"في", "ب", "قرب", "شمال", "جنوب", "شرق", "غرب", "علي", "داخل", "وسط", "من", "الي", "ضواحي"})


def resolve(
    article: Article,
    sentences: Sequence[Sentence],
    events: Sequence[Event],
    claims: Sequence[Claim],
    index: Index,
    dating: Dating | None,
    subjects: Sequence[tuple[int, int]] = (),
    weighing: Weighing = PROPOSED,
) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
    """Records of the events of one article, in order of the text, and the problems met."""
    worker = _Resolver(article, sentences, index, claims, events, dating, weighing)
    worker.actors.set_subjects((*subjects, *worker.named_slots()))
    records: list[Record] = []
    acts = Acts(weighing.same_act, sentences)
    for event in events:
        record = worker.record(event, len(records) + 1)
        worker.told(record)
        records.append(replace(record, same_as=acts.first_telling(record, sentences[event.sentence])))
    return tuple(records), tuple(worker.problems)


class _Resolver:
    def __init__(
        self,
        article: Article,
        sentences: Sequence[Sentence],
        index: Index,
        claims: Sequence[Claim],
        events: Sequence[Event],
        dating: Dating | None,
        weighing: Weighing,
    ) -> None:
        self.weighing = weighing
        self.article, self.sentences, self.index, self.dating = article, sentences, index, dating
        self.actors = ActorResolver(article.text, sentences, index, article.published)
        self.problems: list[Problem] = []
        self._speaker: Entity | None = None
        self._heard_at = 0
        self._carrier: tuple[Entity | None, int] = (None, 0)
        self._timings: dict[int, Timing] = {}
        self._unheard = sorted(claims, key=lambda c: (c.sentence, c.cue))
        self._claims, self._events = list(claims), list(events)
        self._told: list[Record] = []
        self._tally = NOTHING_TOLD
        self._countings: dict[int, Counting] = {}
        self._fuller = homes.fuller_names(sentences)
        self._written = self._names_written()

    def _names_written(self) -> dict[str, str]:
        """How the article spells persons, bodies and outlets: as the tables do where it does, else the longest.

        Of a person at least two words; a name in other letters («CNN») is left to the tables.
        """
        found: dict[str, str] = {}
        tables = {"person": self.index.people, "org": self.index.orgs, "outlet": self.index.outlets}
        for sentence in self.sentences:
            for m in sentence.mentions:
                if m.kind not in tables or (m.kind == "person" and m.last == m.first):
                    continue
                words = _spaced(self._words(sentence, (m.first, m.last)).text)
                usual = self.index.fold(tables[m.kind][m.id].name)
                best, same = found.get(m.id, ""), self.index.fold(words) == usual
                longer = not m.weak and len(words) > len(best) and self.index.fold(best) != usual
                if (same or longer) and _ARABIC.search(words):
                    found[m.id] = words
        return found

    def named_slots(self) -> list[tuple[int, int]]:
        """(sentence, first token) of the phrases that act or speak."""
        slots = [s for e in self._events for s in e.actor] + [c.speaker for c in self._claims if c.speaker is not None]
        return [(s.sentence, s.first) for s in slots if s.kind == "phrase"]

    # -- one record ------------------------------------------------------------------------------------

    def _weighed(
        self,
        event: Event,
        sentence: Sentence,
        actor: tuple[Entity, ...],
        recipient: tuple[Entity, ...],
        speakers: Sequence[tuple[Entity | None, Claim]],
        counts: Sequence[Count],
    ) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
        """Actors and recipients as the model sees them, with all who are named around the act."""
        options = self._options(event, sentence, actor, recipient, speakers, counts)
        seen = parties.features(options, event, sentence)
        parts = self.weighing.parts(options, seen, event, self._tally)
        found: dict[str, list[Entity]] = {"actor": [], "recipient": [], "none": []}
        for option, part in zip(options, parties.apart(options, parts, sentence), strict=True):
            entity = option.entity
            if part != option.proposed:
                entity = replace(entity, reason=f"{entity.reason}; weighed as {part}")
            found[part].append(entity)
        return tuple(found["actor"]), tuple(found["recipient"])

    def _options(
        self,
        event: Event,
        sentence: Sentence,
        actor: tuple[Entity, ...],
        recipient: tuple[Entity, ...],
        speakers: Sequence[tuple[Entity | None, Claim]],
        counts: Sequence[Count],
    ) -> list[Option]:
        """All who may take part: those proposed, those named in the sentence, its speakers, those of the act before."""
        away = [("speaker", e) for e, c in speakers if e is not None and not c.outlet]
        if self._told:
            told = self._told[-1]
            away += [("told actor", e) for e in told.actor] + [("told recipient", e) for e in told.recipient]
        here = [k for k in self.actors.memory if k.sentence == event.sentence and k.kind != "outlet"]
        here.sort(key=lambda k: abs(k.token - event.anchor))
        ranked: list[tuple[Entity, Proposed]] = [(e, "actor") for e in actor] + [(e, "recipient") for e in recipient]
        ranked += [(k.entity, "") for k in here] + [(e, "") for _, e in away]
        ranked += [(e, "") for e in self._struck(event, sentence)]
        counted = [(c.words.span, _COUNTED[c.field]) for c in counts]
        ranked += [(e, "") for span, _ in counted if (e := self._phrase_at(sentence, span)) is not None]
        options: list[Option] = []
        for raw, proposed in ranked:
            entity = self._at_home(raw, event, sentence, here, speakers)
            if not any(same_entity(entity, o.entity) for o in options):
                roles = {name for name, e in away if same_entity(e, entity)}
                own = entity.words.span
                roles |= {name for span, name in counted if span.start < own.end and own.start < span.end}
                options.append(self._option(sentence, entity, proposed, here, roles))
        return options

    def _phrase_at(self, sentence: Sentence, span: Span) -> Entity | None:
        """Who the noun phrase at a place of the text is."""
        inside = [t.index for t in sentence.tokens if span.start < t.span.end and t.span.start < span.end]
        found = next((p for p in sentence.phrases if p.first <= inside[-1] and inside[0] <= p.last), None)
        return None if found is None else self.actors.phrase(sentence, found.first, found.last, found.head)

    def _struck(self, event: Event, sentence: Sentence) -> list[Entity]:
        """Places and things that an attack or a siege may be on («قصف مركزا للبحوث», «غارات على مخيم البريج»)."""
        if event.event not in _ON_THINGS:
            return []
        spans = [(m.first, m.last) for m in where.named(sentence) if m.kind == "place"]
        spans += [(t.first, t.last) for t in event.ties if t.relation.rstrip("+") in _STRUCK]
        found = []
        for first, last in dict.fromkeys(spans):
            entity = self.actors.phrase(sentence, first, last, first)
            if entity is None:
                words = self._words(sentence, (first, last))
                entity = Entity(words, words.text, reason="a thing that is acted on")
            found.append(entity)
        return found

    def _at_home(
        self,
        entity: Entity,
        event: Event,
        sentence: Sentence,
        here: Sequence[Known],
        speakers: Sequence[tuple[Entity | None, Claim]],
    ) -> Entity:
        """The entity with the country that its context supports best, where no table knows it."""
        if not homes.uncertain(entity):
            return entity
        known = next((k for k in here if k.entity is entity), None)
        if entity.reason.startswith("group «") or (known is not None and self._of_states(sentence, known.token)):
            return entity  # «دول كبرى», «مهاجرين أفارقة»: of no one country
        told = self._told[-1] if self._told else None
        others = {
            "main": self.actors.main_country,
            "fuller name": self._fuller.get(sentence.tokens[known.token].bare) if known is not None else None,
            "told actor": told.actor[0].country if told is not None and told.actor else None,
            "told recipient": told.recipient[0].country if told is not None and told.recipient else None,
            "speaker": next(
                (e.country for e, c in speakers if e is not None and not c.outlet and e is not entity), None
            ),
        }
        index = self.index.places
        where = [c for m in sentence.mentions if m.kind == "place" and (c := index[m.id].country) is not None]
        named = homes.countries_named(sentence.mentions)
        offered = homes.offers(entity, known.token if known is not None else -1, named, where, others)
        seen = homes.features(
            entity,
            known.kind if known is not None else "",
            known.head if known is not None else "",
            event,
            sentence,
            offered,
        )
        chosen = self.weighing.country(entity, list(offered), seen)
        if chosen is None or (country := list(offered)[chosen]) == entity.country:
            return entity
        return replace(
            entity, country=country, reason=f"{entity.reason}; country weighed: {'+'.join(offered[country])}"
        )

    @staticmethod
    def _of_states(sentence: Sentence, token: int) -> bool:
        return any(m.first == token and m.detail.startswith("state") for m in sentence.mentions if m.kind == "agent")

    def _option(
        self, sentence: Sentence, entity: Entity, proposed: Proposed, here: Sequence[Known], roles: set[str]
    ) -> Option:
        known = next((k for k in here if same_entity(k.entity, entity)), None)
        how = ""
        if proposed:
            found = next((sign for words, sign in _FOUND if entity.reason.startswith(words)), None)
            how = found or ("phrase" if known is not None else "other")
        if entity.country == self.actors.main_country:
            roles = roles | {"main"}
        if known is None:
            first, last = self._tokens_of(sentence, entity)
            return Option(entity, proposed, how, first, last, roles=frozenset(roles))
        own = sentence.span.start <= entity.words.span.start < sentence.span.end
        end = entity.words.span.end if own else known.entity.words.span.end
        last = max((t.index for t in sentence.tokens[known.token :] if t.span.start < end), default=known.token)
        return Option(entity, proposed, how, known.token, last, known.kind, known.subject, frozenset(roles))

    @staticmethod
    def _tokens_of(sentence: Sentence, entity: Entity) -> tuple[int, int]:
        """First and last token of an entity named in the sentence; -1 for both when it is not."""
        span = entity.words.span
        inside = [t.index for t in sentence.tokens if span.start <= t.span.start and t.span.end <= span.end]
        return (inside[0], inside[-1]) if inside else (-1, -1)

    def _nearest_other(self, event: Event, actor: Sequence[Entity]) -> tuple[Entity, ...]:
        """The nearest party of another country in the sentence: likeliest the one that an act is towards."""
        own = {a.country for a in actor}
        parties = [
            k for k in self.actors.memory
            if k.sentence == event.sentence and k.entity.country is not None and k.entity.country not in own
            and k.kind in _PARTY_KINDS and not any(same_entity(k.entity, a) for a in actor)
        ]  # fmt: skip
        after = [k for k in parties if k.token > event.trigger[1]]
        before = [k for k in parties if k.token < event.trigger[0]]
        chosen = after[:1] if event.event in _AFTER else []
        if not chosen and event.event in _BEFORE:
            chosen = before[-1:]
        return tuple(replace(k.entity, reason="the nearest other party in the sentence") for k in chosen)

    def _told_before(self, event: str) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
        """The parties of the last act of the same type: a definite noun alone («اللقاء») points back to it."""
        for known in reversed(self._told):
            if known.event == event and (known.actor or known.recipient):
                reason = "the act told before"
                return (
                    tuple(replace(a, reason=reason) for a in known.actor),
                    tuple(replace(r, reason=reason) for r in known.recipient),
                )
        return (), ()

    def told(self, record: Record) -> None:
        """Take note of a record: later nouns may point back to it."""
        self._told.append(record)
        self._tally = self._tally.and_then(record)

    def record(self, event: Event, number: int) -> Record:
        """The record of one event."""
        sentence = self.sentences[event.sentence]
        self.actors.read_to(event.sentence)
        self._hear_to(event.sentence)
        speakers = self._speakers(event)
        voice = next((e for e, c in speakers if e is not None and not c.outlet), None)
        actor = self._parties(event.actor, event.event, (), voice)
        recipient = self._parties(event.recipient, event.event, actor, voice, acted_on=True)
        recipient = tuple(r for r in recipient if not any(same_entity(r, a) for a in actor))
        if not recipient and event.event in _AFTER | _BEFORE and actor and event.status != "negated":
            recipient = self._nearest_other(event, actor)
        if event.anaphoric and not actor and not recipient:
            actor, recipient = self._told_before(event.event)
            if event.event != "CONSULT":
                recipient = ()  # «الهجوم» may be on others; a meeting told again has the same parties
        counts = self._counts(event, sentence)
        actor, recipient = self._weighed(event, sentence, actor, recipient, speakers, counts)
        if event.event == "CONSULT" and len(actor) + len(recipient) == 2:
            self.actors.meeting = (*actor, *recipient)
        span = Span(sentence.tokens[event.trigger[0]].span.start, sentence.tokens[event.trigger[1]].span.end)
        issue = self._words(sentence, event.issue) if event.issue is not None else None
        date = self._date(event, sentence)
        status = event.status if event.denied else self._status(event, sentence, date)
        fallback = None
        if date is None and self.article.published is not None:
            fallback = self.article.published.isoformat()
        values = {c.field: c.value for c in counts}
        return Record(
            id=self._id(event, span),
            event=event.event,
            mode=event.mode,
            trigger=Words(span.of(self.article.text), span),
            actor=actor,
            recipient=recipient,
            sentence=sentence.span,
            frame=event.frame,
            issue=issue,
            date=date,
            date_fallback=fallback,
            place=self._place(event, sentence, actor, recipient),
            status=status,
            source=self._sources(event, sentence, speakers, actor, recipient),
            quote=event.quote,
            dead=values.get("dead"),
            injured=values.get("injured"),
            size=values.get("size"),
            certainty=round(event.certainty, 3),
            reasons=(
                *event.reasons,
                *(f"{e.words.text}: {e.reason}" for e in (*actor, *recipient)),
                *map(told, counts),
            ),
            counts=counts,
        )

    def _status(self, event: Event, sentence: Sentence, date: When | None) -> Status:
        seen = standing.features(sentence, event, date, self.article.published)
        return self.weighing.status(event.event, seen, event.status)

    def _counts(self, event: Event, sentence: Sentence) -> tuple[Count, ...]:
        """How many were killed, injured or took part in an act."""
        counting = self._countings.get(sentence.index)
        if counting is None:
            here = [e for e in self._events if e.sentence == sentence.index]
            counting = self._countings[sentence.index] = Counting(sentence, here, self.index.counts)
        return counting.of(event, self.article.text)

    def _id(self, event: Event, span: Span) -> str:
        raw = f"{self.article.id}|{span.start}|{span.end}|{event.event}"
        return hashlib.sha1(raw.encode(), usedforsecurity=False).hexdigest()[:16]

    def _words(self, sentence: Sentence, span: tuple[int, int]) -> Words:
        whole = Span(sentence.tokens[span[0]].span.start, sentence.tokens[span[1]].span.end)
        return Words(whole.of(self.article.text), whole)

    # -- parties ---------------------------------------------------------------------------------------

    def _parties(
        self,
        slots: Sequence[Slot],
        event: str,
        exclude: Sequence[Entity],
        voice: Entity | None,
        *,
        acted_on: bool = False,
    ) -> tuple[Entity, ...]:
        found: list[Entity] = []
        speaker = voice or self._speaker
        for slot in slots:
            for entity in self.actors.entities(slot, event, exclude=exclude, speaker=speaker, acted_on=acted_on):
                if not any(same_entity(entity, f) for f in found):
                    found.append(entity)
        return tuple(found)

    # -- on whose word ---------------------------------------------------------------------------------

    def _speakers(self, event: Event) -> list[tuple[Entity | None, Claim]]:
        found: list[tuple[Entity | None, Claim]] = []
        for claim in sorted(event.claims, key=lambda c: (c.last - c.first, c.outlet)):
            found.append((self._speaker_of(claim), claim))
        return found

    def _hear_to(self, sentence: int) -> None:
        """Take note of who spoke in the sentences before: «وأضاف …» goes on with the last of them."""
        while self._unheard and self._unheard[0].sentence < sentence:
            self._speaker_of(self._unheard.pop(0))

    def _speaker_of(self, claim: Claim) -> Entity | None:
        if claim.speaker is None:
            return self._speaker
        entities = self.actors.entities(claim.speaker, "", speaker=self._speaker)
        if not entities and claim.speaker.kind == "phrase":
            sentence = self.sentences[claim.speaker.sentence]
            words = self._words(sentence, (claim.speaker.first, claim.speaker.last))
            return Entity(words, words.text, reason="speaker as written")
        entity = entities[0] if entities else None
        if entity is not None and claim.outlet:
            self._carrier = entity, claim.sentence
        elif entity is not None and not self._inside_another(claim):
            self._speaker, self._heard_at = entity, claim.sentence
        return entity

    def _nominative(self, entity: Entity) -> str:
        """A name that is only the words: «بحسب دبلوماسيين» is on the word of «دبلوماسيون»."""
        name = _spaced(entity.name)
        first, _, rest = name.partition(" ")
        if entity.id is not None or not first.endswith("ين"):
            return name
        plural = first.removesuffix("ين") + "ون"
        return (
            f"{plural} {rest}".strip()
            if self.index.fold(plural).removeprefix("ال") in self.index.sound_plurals
            else name
        )

    def _inside_another(self, claim: Claim) -> bool:
        """Whether somebody else tells that he spoke («قال المصدر إن حماس أبدت …»); «وأضاف …» does not mean him then."""
        others = (c for c in self._claims if c.sentence == claim.sentence and c is not claim)
        return any(c.first <= claim.cue <= c.last for c in others)

    def _sources(
        self,
        event: Event,
        sentence: Sentence,
        speakers: Sequence[tuple[Entity | None, Claim]],
        actor: Sequence[Entity],
        recipient: Sequence[Entity],
    ) -> tuple[Source, ...]:
        """Those of whom are heard around an act on whose word it stands, innermost first, outlets last."""
        heard = list(self._voices(event, speakers, actor))
        named = [self._source(v) for v in heard]
        seen = voices.features(heard, event, sentence, actor, recipient)
        kept = self.weighing.sources([v.proposed for v in heard], seen, [s.name for s in named])
        return tuple(sorted((s for s, k in zip(named, kept, strict=True) if k), key=lambda s: s.kind == "outlet"))

    def _voices(
        self, event: Event, speakers: Sequence[tuple[Entity | None, Claim]], actor: Sequence[Entity]
    ) -> Iterator[Voice]:
        """All who may be its source: who speaks here, then who spoke last and which outlet was named last."""
        found: list[Entity] = []
        for entity, claim in speakers:
            if entity is not None and not voices.among(entity, found):
                found.append(entity)
                # a party that tells its own act is no further source; quoted words keep their speaker
                proposed = event.quote or not any(same_entity(entity, a) for a in actor)
                since = event.sentence - (claim.speaker.sentence if claim.speaker is not None else self._heard_at)
                yield Voice(entity, claim, proposed, since, claim.outlet, _unnamed(entity))
        for entity, at, outlet in ((self._speaker, self._heard_at, False), (*self._carrier, True)):
            if entity is not None and not voices.among(entity, found) and at <= event.sentence:
                found.append(entity)
                yield Voice(entity, None, False, event.sentence - at, outlet, _unnamed(entity))

    def _source(self, voice: Voice) -> Source:
        """The source that a voice is."""
        entity = voice.entity
        if entity.id in self.index.countries and " " in entity.words.text:  # «مركز فلسطين للدراسات», «المملكة المتحدة»
            entity = replace(entity, name=entity.words.text, id=None)
        return Source(
            self._written.get(entity.id or "") or self._nominative(entity),
            entity.words,
            "outlet" if voice.outlet else "speaker",
            anonymous=voice.anonymous,
            manner=voice.claim.manner if voice.claim is not None else "said",
            id=entity.id,
            known_as=entity.name if entity.id is not None else None,
        )

    # -- when and where --------------------------------------------------------------------------------

    def _date(self, event: Event, sentence: Sentence) -> When | None:
        if self.dating is None:
            return None
        timing = self._timings.get(sentence.index)
        if timing is None:
            timing = self._timings[sentence.index] = Timing(sentence, self._events, self.dating.joints)
        for mention, tense in timing.of(event):
            when = self.dating(self.article, sentence, mention, tense)
            if when is not None:
                return when
        return None

    def _place(
        self, event: Event, sentence: Sentence, actor: Sequence[Entity], recipient: Sequence[Entity]
    ) -> Where | None:
        names = where.named(sentence)
        seen = [where.features(sentence, event, m, actor, recipient) for m in names]
        chosen = self.weighing.where(seen, self._nearest_place(event, sentence, names))
        return self._where(sentence, names[chosen]) if chosen is not None else None

    @staticmethod
    def _nearest_place(event: Event, sentence: Sentence, names: Sequence[Mention]) -> int | None:
        """Which of the names is the nearest to the act in its clause that follows a preposition of place."""
        low, high = event.clause
        best: tuple[int, int] | None = None
        after = dateline_end(sentence)
        for n, m in enumerate(names):
            cue = where.place_cue(sentence, m)
            if m.first < max(1, after) or cue not in _PLACE_PREPS or (cue in ("من", "الي") and m.kind != "place"):
                continue
            if not (low <= m.first <= high + 1) or where.steps(sentence, event.anchor, m.first) > _NEAR:
                continue
            rank = abs(m.first - event.anchor) + (20 if m.kind == "country" else 0)
            if best is None or rank < best[0]:
                best = (rank, n)
        return best[1] if best is not None else None

    def _where(self, sentence: Sentence, m: Mention) -> Where:
        words = self._words(sentence, (m.first, m.last))
        place = self.index.places.get(m.id) if m.kind == "place" else None
        if place is None:
            return Where(words, m.id, m.id, reason=f"{m.kind} {m.id}")
        return Where(words, place.id, place.country, place.lat, place.lon, place.radius_km, f"place {place.id}")


#: Types that may be on a place or thing, and the ties that it may have to the act.
_ON_THINGS = frozenset({"ASSAULT", "COERCE", "PROTEST"})
_STRUCK = frozenset({"object", "علي", "ضد", "ب", "في", "object<object", "in.object"})


#: A letter of the Arabic script.
_ARABIC = re.compile(r"[\u0621-\u06d3]")


def _spaced(name: str) -> str:
    """A name without what joins its words in a hashtag («#محمود_عباس»)."""
    return name.replace("_", " ").strip("# ")


def _unnamed(entity: Entity) -> bool:
    """Whether a speaker is told of without his name («مصدر أمني»)."""
    return (entity.id is None and "مصدر" in entity.name) or "مصادر" in entity.name


#: How an entity's reason begins, and what that says of how the frame found him.
_FOUND = (
    ("pronoun", "pronoun"),
    ("first person", "pronoun"),
    ("verb form", "dropped"),
    ("the nearest other", "nearest"),
    ("the act told", "told"),
    ("one of two", "pair"),
)

#: What a counted number of people is to an act.
_COUNTED: dict[CountField, str] = {"dead": "victim", "injured": "victim", "size": "crowd"}

#: How many words, a whole phrase counted as one, may stand between an act and its place.
_NEAR = 14
