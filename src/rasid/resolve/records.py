"""Events as written into records: parties, day, place, sources, the same act told again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from rasid.model import Article, Entity, Problem, Record, Source, Span, When, Where, Words
from rasid.model.event import Claim, Event, Slot
from rasid.model.text import PARTIES, Mention, Sentence
from rasid.resolve.actors import ActorResolver, dateline_end
from rasid.resolve.index import Index
from rasid.resolve.timing import Timing
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
) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
    """Records of the events of one article, in order of the text, and the problems met."""
    worker = _Resolver(article, sentences, index, claims, events, dating)
    worker.actors.set_subjects((*subjects, *worker.named_slots()))
    records: list[Record] = []
    for event in events:
        record = worker.record(event, len(records) + 1)
        worker.told(record)
        records.append(replace(record, same_as=_same_act(records, record)))
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
    ) -> None:
        self.article, self.sentences, self.index, self.dating = article, sentences, index, dating
        self.actors = ActorResolver(article.text, sentences, index, article.published)
        self.problems: list[Problem] = []
        self._speaker: Entity | None = None
        self._timings: dict[int, Timing] = {}
        self._claims, self._events = list(claims), list(events)
        self._told: list[Record] = []

    def named_slots(self) -> list[tuple[int, int]]:
        """(sentence, first token) of the phrases that act or speak."""
        slots = [s for e in self._events for s in e.actor] + [c.speaker for c in self._claims if c.speaker is not None]
        return [(s.sentence, s.first) for s in slots if s.kind == "phrase"]

    # -- one record ------------------------------------------------------------------------------------

    def _nearest_other(self, event: Event, actor: Sequence[Entity]) -> tuple[Entity, ...]:
        """The nearest party of another country in the sentence: likeliest the one that an act is towards."""
        own = {a.country for a in actor}
        parties = [
            k for k in self.actors.memory
            if k.sentence == event.sentence and k.entity.country is not None and k.entity.country not in own
            and k.kind in _PARTY_KINDS and not any(_same(k.entity, a) for a in actor)
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

    def record(self, event: Event, number: int) -> Record:
        """The record of one event."""
        sentence = self.sentences[event.sentence]
        self.actors.read_to(event.sentence)
        speakers = self._speakers(event)
        voice = next((e for e, c in speakers if e is not None and not c.outlet), None)
        actor = self._parties(event.actor, event.event, (), voice)
        recipient = self._parties(event.recipient, event.event, actor, voice, acted_on=True)
        recipient = tuple(r for r in recipient if not any(_same(r, a) for a in actor))
        if not recipient and event.event in _AFTER | _BEFORE and actor and event.status != "negated":
            recipient = self._nearest_other(event, actor)
        if event.anaphoric and not actor and not recipient:
            actor, recipient = self._told_before(event.event)
            if event.event != "CONSULT":
                recipient = ()  # «الهجوم» may be on others; a meeting told again has the same parties
        if event.event == "CONSULT" and len(actor) + len(recipient) == 2:
            self.actors.meeting = (*actor, *recipient)
        span = Span(sentence.tokens[event.trigger[0]].span.start, sentence.tokens[event.trigger[1]].span.end)
        issue = self._words(sentence, event.issue) if event.issue is not None else None
        date = self._date(event, sentence)
        fallback = None
        if date is None and self.article.published is not None:
            fallback = self.article.published.isoformat()
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
            place=self._place(event, sentence),
            status=event.status,
            source=self._sources(speakers, actor, quote=event.quote),
            quote=event.quote,
            certainty=round(event.certainty, 3),
            reasons=(*event.reasons, *(f"{e.words.text}: {e.reason}" for e in (*actor, *recipient))),
        )

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
                if not any(_same(entity, f) for f in found):
                    found.append(entity)
        return tuple(found)

    # -- on whose word ---------------------------------------------------------------------------------

    def _speakers(self, event: Event) -> list[tuple[Entity | None, Claim]]:
        found: list[tuple[Entity | None, Claim]] = []
        for claim in sorted(event.claims, key=lambda c: (c.last - c.first, c.outlet)):
            found.append((self._speaker_of(claim), claim))
        return found

    def _speaker_of(self, claim: Claim) -> Entity | None:
        if claim.speaker is None:
            return self._speaker
        entities = self.actors.entities(claim.speaker, "", speaker=self._speaker)
        if not entities and claim.speaker.kind == "phrase":
            sentence = self.sentences[claim.speaker.sentence]
            words = self._words(sentence, (claim.speaker.first, claim.speaker.last))
            return Entity(words, words.text, reason="speaker as written")
        entity = entities[0] if entities else None
        if entity is not None and not claim.outlet:
            self._speaker = entity
        return entity

    def _sources(
        self, speakers: Sequence[tuple[Entity | None, Claim]], actor: Sequence[Entity], *, quote: bool
    ) -> tuple[Source, ...]:
        found: list[Source] = []
        for entity, claim in speakers:
            if entity is None or any(s.name == entity.name for s in found):
                continue
            if not quote and any(_same(entity, a) for a in actor):
                continue  # a party that tells its own act is no further source; quoted words keep their speaker
            found.append(
                Source(
                    entity.name,
                    entity.words,
                    "outlet" if claim.outlet else "speaker",
                    anonymous=(entity.id is None and "مصدر" in entity.name) or "مصادر" in entity.name,
                    manner=claim.manner,
                )
            )
        return tuple(sorted(found, key=lambda s: s.kind == "outlet"))

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

    def _place(self, event: Event, sentence: Sentence) -> Where | None:
        low, high = event.clause
        best: tuple[int, Mention] | None = None
        after = dateline_end(sentence)
        for m in sentence.mentions:
            if m.kind not in ("place", "capital", "country") or m.first == 0:
                continue
            before = self._place_cue(sentence, m)
            if before is None or (before in ("من", "الي") and m.kind != "place"):
                continue
            if m.first < after:
                continue
            if not (low <= m.first <= high + 1) or _steps(sentence, event.anchor, m.first) > _NEAR:
                continue
            rank = abs(m.first - event.anchor) + (20 if m.kind == "country" else 0)
            if best is None or rank < best[0]:
                best = (rank, m)
        return self._where(sentence, best[1]) if best is not None else None

    @staticmethod
    def _place_cue(sentence: Sentence, m: Mention) -> str | None:
        """The preposition that makes a name an act's place, over nouns between («في العاصمة القطرية الدوحة»)."""
        tokens, i = sentence.tokens, m.first - 1
        if m.kind == "place" and tokens[m.first].tag == "PREP":
            return tokens[m.first].norm  # «جنوب لبنان»
        while i >= 0 and m.kind != "country" and m.first - i <= 3 and tokens[i].tag in ("N", "ADJ", "X"):
            i -= 1
        if i >= 0 and tokens[i].tag == "PREP" and tokens[i].norm in _PLACE_PREPS:
            return tokens[i].norm
        return None

    def _where(self, sentence: Sentence, m: Mention) -> Where:
        words = self._words(sentence, (m.first, m.last))
        place = self.index.places.get(m.id) if m.kind == "place" else None
        if place is None:
            return Where(words, m.id, m.id, reason=f"{m.kind} {m.id}")
        return Where(words, place.id, place.country, place.lat, place.lon, place.radius_km, f"place {place.id}")


#: How many words, a whole phrase counted as one, may stand between an act and its place.
_NEAR = 14


def _steps(sentence: Sentence, one: int, other: int) -> int:
    """Words between two tokens; a phrase that lies between them counts as one."""
    first, last = sorted((one, other))
    inside = sum(p.last - p.first for p in sentence.phrases if first < p.first and p.last < last)
    return last - first - inside


def _same(a: Entity, b: Entity) -> bool:
    return (a.id is not None and a.id == b.id) or (a.name == b.name and a.country == b.country)


def _same_act(earlier: Sequence[Record], record: Record) -> int | None:
    """The number of the first record of the article that tells the same act: type, parties and day agree."""
    if not record.actor and not record.recipient:
        return None
    for number, other in enumerate(earlier, 1):
        if other.event == record.event and other.same_as is None and _agree(other, record):
            return number
    return None


def _agree(a: Record, b: Record) -> bool:
    if a.date is not None and b.date is not None and a.date.value != b.date.value:
        return False
    if a.status != b.status:
        return False
    if a.event == "CONSULT":
        mine, theirs = {*_sides(a)}, {*_sides(b)}
        return len(mine & theirs) >= 2 and (mine <= theirs or theirs <= mine)
    actors = set(_keys(a.actor)) == set(_keys(b.actor))
    recipients = not a.recipient or not b.recipient or set(_keys(a.recipient)) == set(_keys(b.recipient))
    issues = a.issue is None or b.issue is None or _overlap(a.issue.text, b.issue.text)
    return actors and recipients and issues and (a.mode == b.mode or None in (a.mode, b.mode))


def _keys(entities: Sequence[Entity]) -> list[str]:
    return [e.id or f"{e.country}:{e.name}" for e in entities]


def _sides(record: Record) -> list[str]:
    """Both sides of a meeting; those without a name of their own by their country («قادة من الحركة»)."""
    return [e.id or e.country or e.name for e in (*record.actor, *record.recipient)]


def _overlap(a: str, b: str) -> bool:
    x, y = set(a.split()), set(b.split())
    return 2 * len(x & y) >= min(len(x), len(y))
