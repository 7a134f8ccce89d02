"""Phrases and pronouns into entities: who is meant, of which country, in which sector, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from rasid.model import Candidate, Entity, Span, Words
from rasid.model.event import Slot
from rasid.model.text import ACTING, PARTIES, Mention, Sentence, Token
from rasid.packs.knowledge import BODIES, Named, Title
from rasid.resolve.index import Index
from rasid.resolve.offices import Asked, Holder, former_holders, holder

Gender = Literal["m", "f"]
#: A place may stand for its people.
_PARTY_KINDS = PARTIES | {"place"}
#: Events in which a state acts by its forces rather than by its government.
#: What being a subject, and one of the same sentence, counts for an antecedent: of who acts, of who is acted on.
_SUBJECT, _OBJECT = (1.4, 0.8), (0.4, -0.4)
#: Longer lists of candidates are cut.
_MOST = 8
#: Kinds of head nouns and titles that belong to no country of themselves («الوسطاء»).
_LOOSE = frozenset({"source", "loose"})
#: Sectors of bodies that have forces of their own kind.
_ARMED = frozenset({"COP", "PRM", "REB", "SPY"})
#: The sector of those who held an office and hold none.
_FORMER = "ELI"
FORCE_EVENTS = frozenset({"ASSAULT", "MOBILIZE"})


@dataclass(frozen=True, slots=True)
class Known:
    """An entity as the article has named it so far, for pronouns and short forms to point back to."""

    entity: Entity
    sentence: int
    token: int
    gender: Gender | None
    number: Literal["s", "d", "p"]
    kind: str
    head: str
    subject: bool = False


class ActorResolver:
    """Resolves the parties of one article, sentence by sentence, in order of the text."""

    def __init__(self, text: str, sentences: Sequence[Sentence], index: Index, day: date | None) -> None:
        self.text, self.sentences, self.index, self.day = text, sentences, index, day
        self.memory: list[Known] = []
        self._cache: dict[tuple[int, int, int], Entity | None] = {}
        self._by_start = [self._first_readings(s) for s in sentences]
        self.main_country = self._main_country()
        self._read_until = -1
        self._subjects: frozenset[tuple[int, int]] = frozenset()
        self.meeting: tuple[Entity, ...] = ()

    # -- the article as a whole -----------------------------------------------------------------------

    def set_subjects(self, subjects: Iterable[tuple[int, int]]) -> None:
        """Tell which phrases (sentence, first token) are subjects: pronouns point to them first."""
        self._subjects = frozenset(subjects)

    def _first_readings(self, sentence: Sentence) -> dict[int, list[Mention]]:
        """Mentions by their first token, the longest first; none within an earlier, longer one."""
        found: dict[int, list[Mention]] = {}
        until = -1
        for m in sentence.mentions:
            if m.kind in ("time", "number"):
                continue
            same_words = m.first in found and found[m.first][0].last == m.last
            if m.first <= until and not same_words and not (m.kind == "org" and m.last > until):
                continue
            held = found.setdefault(m.first, [])
            if not held or held[0].last == m.last:
                held.append(m)
                until = max(until, m.last)
        return {k: sorted(self._of_the_day(v), key=lambda m: m.weak) for k, v in found.items()}

    def _of_the_day(self, readings: list[Mention]) -> list[Mention]:
        """The readings without bodies that were not there on the day («الدعم السريع» of before and of the war)."""
        orgs = self.index.orgs
        return [m for m in readings if m.kind != "org" or orgs[m.id].exists(self.day)] or readings

    def _main_country(self) -> str | None:
        """The country that the article names most, the headline counting three times."""
        counts: Counter[str] = Counter()
        for sentence, starts in zip(self.sentences, self._by_start, strict=True):
            weight = 3 if sentence.part == "headline" else 1
            after = dateline_end(sentence)
            for first, readings in starts.items():
                if first < after:
                    continue
                country = self._country_of(readings[0])
                if country is not None and len(country) == 3 and country not in BODIES:
                    counts[country] += weight
        return counts.most_common(1)[0][0] if counts else None

    def _country_of(self, m: Mention) -> str | None:
        index = self.index
        if m.kind in ("country", "capital", "demonym"):
            return m.id
        if m.kind == "place":
            return index.places[m.id].country
        if m.kind == "org":
            return index.orgs[m.id].country
        if m.kind == "person":
            return self._person_codes(m.id)[0]
        if m.kind == "metonym":
            return index.metonyms[m.id].country
        if m.kind == "group":
            return index.groups[m.id].country
        return None

    def _person_codes(self, person: str) -> tuple[str | None, str | None, str]:
        row = self.index.people[person]
        office = self.index.office(person, self.day)
        if office is not None:
            # a body of states has no sector, whatever its head was at home
            own = office.sector if office.country in ("IGO", "UNO", "EUR") else office.sector or row.sector
            return office.country or row.country, own, f"office {office.role} since {office.start or '?'}"
        return row.country, row.sector, "no office on that day: affiliation"

    # -- sentence by sentence -------------------------------------------------------------------------

    def read_to(self, sentence: int) -> None:
        """Take up all parties named up to and including `sentence`."""
        while self._read_until < sentence:
            self._read_until += 1
            self._take_up(self.sentences[self._read_until])

    def _take_up(self, sentence: Sentence) -> None:
        starts = self._by_start[sentence.index]
        for phrase in sentence.phrases:
            if phrase.human or any(phrase.first <= s <= phrase.last and r[0].kind in ACTING for s, r in starts.items()):
                first = (
                    phrase.first
                    if phrase.human
                    else min(s for s, r in starts.items() if phrase.first <= s <= phrase.last and r[0].kind in ACTING)
                )
                head = phrase.head if phrase.human else first
                entity = self.phrase(sentence, first, phrase.last, head)
                if entity is not None:
                    self._remember(sentence, first, head, entity)
            elif not phrase.human:
                for s, readings in starts.items():
                    if phrase.first <= s <= phrase.last and readings[0].kind == "demonym":
                        entity = self.phrase(sentence, s, readings[0].last, s)
                        if entity is not None:
                            self._remember(sentence, s, s, entity)

    def _remember(self, sentence: Sentence, first: int, head: int, entity: Entity) -> None:
        token = sentence.tokens[head]
        readings = self._by_start[sentence.index].get(head)
        kind = readings[0].kind if readings else ""
        gender, number = self._agreement(token, kind, readings[0] if readings else None)
        subject = (sentence.index, first) in self._subjects
        self.memory.append(Known(entity, sentence.index, first, gender, number, kind, token.bare, subject))

    def _agreement(
        self, token: Token, kind: str, mention: Mention | None
    ) -> tuple[Gender | None, Literal["s", "d", "p"]]:
        number = token.number or "s"
        if kind in ("country", "capital", "demonym"):
            return "f", "s"
        if kind in ("person", "name"):
            return "m", "s"
        if kind == "role":
            plural = token.bare in self.index.plural_roles or token.norm in self.index.plural_roles
            return ("f" if token.bare.endswith("ه") else "m"), ("p" if plural else "s")
        if token.gender is not None:
            return token.gender, number
        return ("f" if token.bare.endswith(("ه", "ات")) else None), number

    # -- slots ---------------------------------------------------------------------------------------

    def entities(
        self,
        slot: Slot,
        event: str,
        *,
        exclude: Sequence[Entity] = (),
        speaker: Entity | None = None,
        acted_on: bool = False,
    ) -> tuple[Entity, ...]:
        """The entities that fill a slot: one, two for a dual, none when nobody can be meant."""
        if slot.kind == "phrase":
            sentence = self.sentences[slot.sentence]
            entity = self.phrase(sentence, slot.first, slot.last, slot.head)
            if entity is None:
                return ()
            pair = self._pair(sentence, slot, exclude)
            if pair:
                return pair
            return (self._as_force(entity, sentence, slot, event),)
        if slot.person == 1:
            return (self._as_body(speaker),) if speaker is not None else ()
        if slot.person == 2:
            return ()
        return self._antecedents(slot, exclude, acted_on=acted_on)

    def _as_body(self, speaker: Entity) -> Entity:
        return replace(speaker, reason=f"first person: the speaker ({speaker.reason})")

    def _as_force(self, entity: Entity, sentence: Sentence, slot: Slot, event: str) -> Entity:
        """A state named in an attack acts by its forces."""
        readings = self._by_start[sentence.index].get(slot.head)
        if (
            event in FORCE_EVENTS
            and readings
            and readings[0].kind in ("demonym", "metonym")
            and entity.sector in ("GOV", None)
        ):
            return replace(entity, sector="MIL")
        return entity

    def _pair(self, sentence: Sentence, slot: Slot, exclude: Sequence[Entity]) -> tuple[Entity, ...]:
        """«الجانبان», «الطرفان»: the last two parties named, who acts towards them left out («دعا الاتحاد الطرفين»)."""
        token = sentence.tokens[slot.head]
        if slot.last != slot.head:
            return ()
        if token.bare in self.index.pairs_of_states:
            pair = self._last_two(slot.sentence, slot.first, exclude, states=True)
            return tuple(self._as_state(e) for e in pair)
        if token.bare not in self.index.pairs:
            return ()
        return self._two_before(slot, exclude)

    def _two_before(self, slot: Slot, exclude: Sequence[Entity]) -> tuple[Entity, ...]:
        """The two parties of the meeting told before, else the last two named."""
        met = self.meeting if not any(same_entity(m, e) for m in self.meeting for e in exclude) else ()
        pair = met or self._last_two(slot.sentence, slot.first, exclude)
        return tuple(replace(e, reason=f"one of two named before ({e.reason})") for e in pair)

    def _as_state(self, entity: Entity) -> Entity:
        """The country of a party: «البلدان» after a meeting of two ministers."""
        row = self.index.countries.get(entity.country or "")
        if row is None or entity.id == row.iso:
            return entity
        return Entity(entity.words, row.name, row.iso, "GOV", row.iso, f"the country of «{entity.words.text}»")

    def _last_two(
        self, sentence: int, token: int, exclude: Sequence[Entity] = (), *, states: bool = False
    ) -> tuple[Entity, ...]:
        """The last two parties named before a place in the text; with `states`, of two countries."""
        if states:
            sides = {e.country for e in self.meeting} - {None}
            if len(sides) == len(self.meeting) == 2 and sides <= self.index.countries.keys():
                return self.meeting
        found: list[Entity] = []
        for known in reversed(self.memory):
            if (known.sentence, known.token) >= (sentence, token):
                continue
            if known.entity.country is None or any(same_entity(known.entity, e) for e in (*found, *exclude)):
                continue
            if known.kind == "outlet" or self._seat(known):
                continue
            if states and (
                known.entity.country not in self.index.countries
                or any(known.entity.country == e.country for e in found)
            ):
                continue
            found.append(known.entity)
            if len(found) == 2:
                return (found[1], found[0])
        return ()

    def _seat(self, known: Known) -> bool:
        """Whether a capital was named as where something is («في بغداد»), not as a government."""
        if known.kind != "capital" or known.token == 0:
            return False
        before = self.sentences[known.sentence].tokens[known.token - 1]
        return before.tag == "PREP" and before.norm in ("في", "ب")

    def _antecedents(self, slot: Slot, exclude: Sequence[Entity], *, acted_on: bool = False) -> tuple[Entity, ...]:
        """Whom a pronoun or a verb form means; for one acted upon, that somebody was a subject counts for less."""
        standing, here = _OBJECT if acted_on else _SUBJECT
        if slot.number == "d":
            return self._two_before(slot, exclude)
        best: tuple[float, Known] | None = None
        for n, known in enumerate(reversed(self.memory)):
            if (known.sentence, known.token) >= (slot.sentence, slot.first) or n > 40:
                continue
            distance = slot.sentence - known.sentence
            if distance > 4:
                break
            if (
                any(same_entity(known.entity, e) for e in exclude)
                or known.kind == "outlet"
                or (known.kind == "group" and not known.subject)
            ):
                continue
            score = self._fit(slot, known) - 0.9 * distance - 0.08 * n + (standing if known.subject else 0.0)
            score -= 1.5 if known.kind == "demonym" else 0.0
            score += here if known.subject and distance == 0 else 0.0
            if score > -2.0 and (best is None or score > best[0]):
                best = (score, known)
        if best is None:
            return ()
        known = best[1]
        reason = f"{'pronoun' if slot.kind == 'pronoun' else 'verb form'} points back to «{known.entity.words.text}»"
        return (replace(known.entity, reason=reason),)

    @staticmethod
    def _fit(slot: Slot, known: Known) -> float:
        score = 0.0
        if slot.gender is not None and known.gender is not None:
            score += 0.5 if slot.gender == known.gender else -2.5
        if slot.number == "p":
            score += 0.5 if known.number == "p" else -1.5
        elif slot.number == "s" and known.number == "p":
            score += 0.0 if slot.gender == "f" else -2.0
        return score

    # -- phrases -------------------------------------------------------------------------------------

    def phrase(self, sentence: Sentence, first: int, last: int, head: int) -> Entity | None:
        """The entity that a noun phrase names, or None when it names nobody."""
        key = (sentence.index, first, last)
        if key not in self._cache:
            self._cache[key] = None  # a phrase is not its own antecedent
            self._cache[key] = self._phrase(sentence, first, last, head)
        return self._cache[key]

    def _phrase(self, sentence: Sentence, first: int, last: int, head: int) -> Entity | None:
        starts = self._by_start[sentence.index]
        inside = [readings for s, readings in sorted(starts.items()) if first <= s <= last]
        lead = starts.get(head) or (inside[0] if inside and inside[0][0].first <= head + 1 else None)
        if lead is None:
            return self._plain(sentence, self._words(sentence, first, last), inside, first, last)
        m = self._reading(lead, sentence)
        holder = None
        if m.kind == "role" and not any(r[0].kind in _NAMED for r in inside):
            holder = self._holder(sentence, m, last)
            last = holder[1] if holder is not None else last
            inside = [readings for s, readings in sorted(starts.items()) if first <= s <= last]
        words = self._words(sentence, first, last)
        title = self._shared_title(sentence, first) if m.first == first else None
        if title is not None:
            return self._with_shared(words, m, title)
        if m.kind == "person":
            return self._person(words, m, inside)
        if m.kind == "role":
            return self._titled(sentence, words, m, inside, last, holder)
        if m.kind == "agent":
            return self._agent(sentence, words, m, inside, first, last)
        simple = self._simple(sentence, words, m, inside)
        return simple if simple is not None else self._plain(sentence, words, inside, first, last)

    def _holder(self, sentence: Sentence, title: Mention, last: int) -> tuple[int, int] | None:
        """First and last token of the holder's name behind what completes a title.

        «القنصل البريطاني العام في القدس، فيليب هول»، «مفوض الأمم المتحدة السامي لحقوق الإنسان زيد بن رعد»: genitives,
        adjectives and phrases with ل stand between, others only before a comma.
        """
        tokens, starts = sentence.tokens, self._by_start[sentence.index]
        if tokens[title.first].bare in self.index.plural_roles:
            return None
        other = False
        for i in range(last + 1, min(last + 1 + _COMPLEMENT, len(tokens))):
            token, m = tokens[i], starts[i][0] if i in starts else None
            if m is not None and m.kind in _NAMED:
                said = not other or self._then_says(sentence, m.last + 1)
                return (i, m.last) if said and self._may_hold(sentence, title, m, last) else None
            if token.kind == "punct":
                return self._set_off(sentence, title, i + 1, last) if token.norm == "،" else None
            if token.tag not in _COMPLETES or (m is not None and m.kind == "role"):
                return None
            other = other or (token.tag == "PREP" and token.norm != "ل")
        return None

    @staticmethod
    def _then_says(sentence: Sentence, after: int) -> bool:
        """Whether what somebody says begins behind his name («قالت المندوبة في المجلس فلانة، إن …»)."""
        tags = [t.tag for t in sentence.tokens[after : after + 2]]
        return tags[:1] == ["SUB"] or (tags == ["PUNCT", "SUB"] and sentence.tokens[after].norm == "،")

    def _set_off(self, sentence: Sentence, title: Mention, first: int, last: int) -> tuple[int, int] | None:
        """A holder's name between commas, or between a comma and what he says: a name, or words that no table knows."""
        tokens, starts = sentence.tokens, self._by_start[sentence.index]
        m = starts[first][0] if first in starts else None
        if m is not None and m.kind in _NAMED:
            end = m.last if self._may_hold(sentence, title, m, last) else -1
        else:
            end = first - 1
            while end + 1 < len(tokens) and tokens[end + 1].tag in ("NAME", "X") and end + 1 not in starts:
                end += 1
            end = end if 1 <= end - first <= 3 else -1
        closed = end + 1 == len(tokens) or (end >= 0 and tokens[end + 1].tag in _AFTER_HOLDER)
        return (first, end) if end >= 0 and closed else None

    def _may_hold(self, sentence: Sentence, title: Mention, holder: Mention, last: int) -> bool:
        """Whether somebody can be the holder of a title: not when the title is of another country than he is."""
        home = self.index.people[holder.id].country if holder.kind == "person" else None
        stated = [m for m in sentence.mentions if m.kind in ("demonym", "country") and title.first < m.first <= last]
        return home is None or not stated or any(self._country_of(m) == home for m in stated)

    def _words(self, sentence: Sentence, first: int, last: int) -> Words:
        tokens = sentence.tokens
        while last > first and tokens[last].kind == "punct" and tokens[last].norm not in ')"»':
            last -= 1
        span = Span(tokens[first].span.start, tokens[last].span.end)
        return Words(span.of(self.text), span)

    def _body_after(self, sentence: Sentence, title: Mention, inside: Sequence[list[Mention]]) -> Mention | None:
        """The body that a title is of, where the article reads its words as a body."""
        read = (self._reading(r, sentence) for r in inside if _is_body(r) and r[0].first > title.first)
        return next((m for m in read if _is_body([m])), None)

    def _reading(self, readings: list[Mention], sentence: Sentence) -> Mention:
        """Of several readings of the same words, the one that the article supports."""
        existing = [m for m in readings if m.kind != "org" or self.index.orgs[m.id].exists(self.day)]
        readings = existing or readings
        if len(readings) == 1:
            return readings[0]
        agent = next((m for m in readings if m.kind == "agent"), None)
        if agent is not None and all(m.weak for m in readings if m.kind != "agent"):
            return agent  # «المنظمة»: the last body so called, not a body whose short name it can be
        seen = {k.entity.id for k in self.memory}
        for m in readings:
            if m.id in seen:
                return m
        seat = self._seat_of_body(readings)
        if seat is not None:
            return seat
        countries = {k.entity.country for k in self.memory[-12:]}
        return max(
            readings,
            key=lambda m: (
                not m.weak,
                self._country_of(m) in countries and self._country_of(m) is not None,
                self._country_of(m) == self.main_country is not None,
            ),
        )

    def _seat_of_body(self, readings: Sequence[Mention]) -> Mention | None:
        """«بروكسل»: a body that is no state has its seat there, and the capital does not speak for the country."""
        capital = next((self.index.countries[m.id] for m in readings if m.kind == "capital"), None)
        if capital is None or capital.capital_speaks:
            return None
        if any(k.entity.country == capital.iso and k.kind != "capital" for k in self.memory):
            return None  # the article has to do with the country itself
        bodies = (m for m in readings if m.kind == "metonym")
        return next((m for m in bodies if self.index.metonyms[m.id].country in BODIES), None)

    def _others(self, m: Mention, inside: Sequence[list[Mention]]) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(o.id, 0.5 if o.weak else 0.7, f"also a name of this {o.kind}")
            for readings in inside
            if readings[0].first == m.first
            for o in readings
            if o.id != m.id and o.kind not in ("role", "agent", "group")
        )

    def _person(self, words: Words, m: Mention, inside: Sequence[list[Mention]]) -> Entity:
        row = self.index.people[m.id]
        country, sector, why = self._person_codes(m.id)
        return Entity(words, row.name, country, sector, m.id, f"person {m.id}: {why}", self._others(m, inside))

    def _titled(
        self,
        sentence: Sentence,
        words: Words,
        m: Mention,
        inside: Sequence[list[Mention]],
        last: int,
        holder: tuple[int, int] | None = None,
    ) -> Entity:
        """A title with what qualifies it: body, country, nationality, name; `holder`: where the name stands."""
        role = self.index.roles[m.id]
        plural = sentence.tokens[m.first].bare in self.index.plural_roles
        former = self._former(sentence, m, last)
        person = next((r[0] for r in inside if r[0].kind == "person"), None)
        spoken_for = any(t.norm == "باسم" or t.bare == "اسم" for t in sentence.tokens[m.first : m.last + 2])
        if spoken_for and person is not None:  # «المتحدث باسم الخارجية فلان» against «المتحدث باسم فلان»
            between = [r[0] for r in inside if m.first < r[0].first < person.first]
            spoken_for = not between or person.last < last - 1
        if person is not None and not plural and not spoken_for and self._named_by(sentence, m, person):
            return self._with_title(self._person(words, person, inside), role, former=former)
        org = self._body_after(sentence, m, inside)
        country, sector, why = self._belongs(sentence, m, inside, last, org)
        said = country is not None
        if former:
            sector = _FORMER
        if country is None:
            alone = last == m.last and sentence.tokens[m.first].definite and not plural
            of_its_own = any(t.tag in ("N", "X") for t in sentence.tokens[m.last + 1 : last + 1])  # «رئيس العمليات»
            earlier = self._same_title(m, [t.bare for t in sentence.tokens[m.first : m.last + 1]] if alone else [])
            if earlier is not None and not former and not of_its_own:
                return replace(earlier.entity, reason=f"short form of «{earlier.entity.words.text}»")
            if role.kind not in _LOOSE and not self._of_several(m, inside):
                country, why = self._context(sentence, last)
        if role.sector and not sector and country not in BODIES:
            sector = "GOV"
        entity = Entity(words, words.text, country, sector, None, why, self._others(m, inside))
        named = next(((r[0].first, r[0].last) for r in inside if r[0].kind == "name"), holder)
        if named is not None:
            name = self._words(sentence, *named).text
            return self._so_named(entity, name, self._asked(sentence, m, org, country, last), plural=plural or former)
        if plural and not (said and self._shared_title(sentence, last + 2)):
            return entity
        if m.id == "counterpart":
            return self._counterpart(entity)
        asked = self._asked(sentence, m, org, country, last)
        held = self._held(entity, asked, former=former)
        if said and held.id is None and not former and not plural:
            return self._named_before(sentence, held, m, last) or held
        return held if said or held.id is None else _undecided(entity, held)

    def _named_before(self, sentence: Sentence, entity: Entity, m: Mention, last: int) -> Entity | None:
        """Who was named with this title or a longer one («السفير اليمني», «الوزير الإيراني»)."""
        tokens = sentence.tokens
        if not tokens[m.first].definite or any(t.tag != "ADJ" for t in tokens[m.last + 1 : last + 1]):
            return None
        for known in reversed(self.memory):
            e = known.entity
            named = e.id in self.index.people or (e.id is None and " " in e.name and e.name != e.words.text)
            if known.kind != "role" or not named or e.country != entity.country:
                continue
            if self._role_of(known) == m.id or known.head == tokens[m.first].bare:
                return replace(entity, name=e.name, id=e.id, reason=f"short form of «{e.words.text}»")
        return None

    def _asked(self, sentence: Sentence, m: Mention, org: Mention | None, country: str | None, last: int) -> Asked:
        """What a title asks for: the office, its body and country."""
        body = org.id if org is not None else self._inner_body(sentence, m)
        return Asked(self.index.roles[m.id], body, country, self._about(sentence, m, last), self.main_country)

    def _so_named(self, entity: Entity, name: str, asked: Asked, *, plural: bool) -> Entity:
        """Somebody with a title and a name that means nobody by itself: the holder on that day, if he is so called."""
        held = entity if plural else self._held(entity, asked, former=False)
        row = self.index.people.get(held.id or "")
        if row is not None and self.index.fold(name) in map(self.index.fold, (row.name, *row.strong, *row.weak)):
            return replace(held, reason=f"{held.reason}, who is called «{name}»")
        return replace(entity, name=name)

    def _of_several(self, title: Mention, inside: Sequence[list[Mention]]) -> bool:
        """«وزراء خارجية الدول العربية», «مسؤول غربي»: of states or peoples that have no one country."""
        for readings in inside:
            m = readings[0]
            if m.first > title.first and m.kind == "agent" and self.index.agents[m.id].kind == "state":
                return True
            if m.kind == "group":
                group = self.index.groups[m.id]
                if group.country is None and group.sector is None:
                    return True
        return False

    def _shared_title(self, sentence: Sentence, first: int) -> Mention | None:
        """The title of several that a country or nationality joined by و shares («وزيرا خارجية مصر وقطر»)."""
        starts = self._by_start[sentence.index]
        kinds = ("country", "demonym")
        while 1 < first < len(sentence.tokens) and sentence.tokens[first - 1].tag == "CONJ" and first in starts:
            if starts[first][0].kind not in kinds:
                return None
            before = next((p for p in sentence.phrases if p.last == first - 2), None)
            if before is None:
                return None
            title = next((r for r in starts.get(before.head, ()) if r.kind == "role"), None)
            if title is not None:
                several = sentence.tokens[title.first].bare in self.index.plural_roles
                ends = any(r[0].kind in kinds and r[0].last == before.last for r in starts.values())
                return title if several and ends else None
            first = before.first
        return None

    def _with_shared(self, words: Words, m: Mention, title: Mention) -> Entity:
        """Whoever bears for one country of a list the title that stands before the whole list."""
        role = self.index.roles[title.id]
        sector = role.sector if role.sector not in (None, "=") else "GOV"
        entity = Entity(words, words.text, m.id, sector, None, f"shares the title «{title.span.of(self.text)}»")
        if title.id == "counterpart":
            return self._counterpart(entity)
        return _as_holder(entity, holder(self.index, Asked(role, "", m.id), self.day))

    def _belongs(
        self, sentence: Sentence, m: Mention, inside: Sequence[list[Mention]], last: int, org: Mention | None
    ) -> tuple[str | None, str | None, str]:
        """Country and sector of whoever bears a title, by the title itself and the words of the phrase."""
        role = self.index.roles[m.id]
        country, sector, why = self._qualified(sentence, m.last, last, inside, org)
        if role.country is not None:
            country, why = role.country, f"the title is of {role.country}"
        elif org is None:
            country, why = self._within_title(sentence, m, country, why)
        if org is not None and role.sector in (None, "="):
            sector = (self.index.orgs.get(org.id) or self.index.metonyms[org.id]).sector
        elif role.sector not in (None, "="):
            sector = role.sector
        elif sector is None and (group := self._group_of(sentence, m, inside)) is not None:
            sector = group.sector  # «المستشارين العسكريين»
        return country, sector, why

    def _with_title(self, entity: Entity, role: Title, *, former: bool) -> Entity:
        """A person named with a title: a former one is of the elite, an office that no table has is the title's."""
        office = self.index.office(entity.id or "", self.day)
        if former and (office is None or office.role == role.id):
            return replace(entity, sector=_FORMER, reason=f"{entity.reason}; the title is a former one")
        if not former and office is None and role.sector not in (None, "=") and entity.sector == _FORMER:
            return replace(entity, sector=role.sector, reason=f"{entity.reason}; sector of the title {role.id}")
        return entity

    def _held(self, entity: Entity, asked: Asked, *, former: bool) -> Entity:
        """The person who holds, or held, the office that a phrase names; or the candidates."""
        if former:
            before = former_holders(self.index, asked, self.day)
            ids = {c.id for c in before}
            known = next((k.entity for k in reversed(self.memory) if k.entity.id in ids), None)
            if known is not None:
                reason = f"held {asked.role.id} before, named before: «{known.words.text}»"
                return replace(entity, name=known.name, id=known.id, reason=reason)
            return replace(entity, candidates=(*before, *entity.candidates))
        return _as_holder(entity, holder(self.index, asked, self.day))

    def _former(self, sentence: Sentence, title: Mention, last: int) -> bool:
        """Whether a title, or an adjective that follows it in the phrase, says that it is held no more."""
        words = sentence.tokens[title.first : last + 1]
        return any(t.bare in self.index.former and t.tag not in ("V", "PREP") for t in words[1:])

    def _inner_body(self, sentence: Sentence, title: Mention) -> str:
        """The body that a title itself names («رئيس الموساد»), or ""."""
        inner = (n for n in sentence.mentions if n.kind == "org" and title.first < n.first <= title.last)
        return next((n.id for n in inner if not n.weak), "")

    def _about(self, sentence: Sentence, title: Mention, last: int) -> frozenset[str]:
        """Countries that an office is for: those named after a preposition behind the title or its phrase."""
        found: set[str] = set()
        for readings in self._by_start[sentence.index].values():
            m = readings[0]
            if m.kind in ("country", "capital", "place") and title.last + 1 < m.first <= last + 2:
                before = sentence.tokens[m.first - 1]
                country = self._country_of(m)
                if before.tag == "PREP" and country is not None:
                    found.add(country)
        return frozenset(found)

    def _counterpart(self, entity: Entity) -> Entity:
        """«نظيره الإيراني»: who holds there the office of the person named last; not known, at least its sector."""
        for known in reversed(self.memory[-12:]):
            office = self.index.office(known.entity.id or "", self.day) if known.entity.id else None
            if office is None or known.entity.country == entity.country or office.role not in self.index.roles:
                continue
            role = self.index.roles[office.role]
            return _as_holder(entity, holder(self.index, Asked(role, "", entity.country), self.day))
        return entity

    def _within_title(
        self, sentence: Sentence, title: Mention, country: str | None, why: str
    ) -> tuple[str | None, str]:
        """«المبعوث الأممي»: a nationality or body that is part of the title itself counts first."""
        for m in sentence.mentions:
            if title.first < m.first <= title.last and m.kind in ("group", "demonym", "country", "org"):
                inner = self._country_of(m)
                if inner is not None:
                    return inner, f"{m.kind} «{self._words(sentence, m.first, m.last).text}» in the title"
        return country, why

    @staticmethod
    def _named_by(sentence: Sentence, title: Mention, person: Mention) -> bool:
        """A name after a title is the holder's when no noun with its own genitive stands between."""
        return all(
            t.tag in ("ADJ", "NAME", "N", "PUNCT", "X", "PREP", "NUM")
            for t in sentence.tokens[title.last + 1 : person.first]
        )

    def _qualified(
        self, sentence: Sentence, after: int, last: int, inside: Sequence[list[Mention]], org: Mention | None
    ) -> tuple[str | None, str | None, str]:
        """Country and sector that the words of the phrase give: a body, country, nationality, capital, place."""
        if org is not None:
            row = self.index.orgs.get(org.id) or self.index.metonyms[org.id]
            if row.country is not None:
                return row.country, row.sector, f"{org.kind} {org.id}"
        for kind in ("country", "demonym", "group", "capital", "person", "place"):
            for readings in inside:
                m = readings[0]
                if m.kind == kind and m.first > after - 1:
                    country = self._country_of(m)
                    if country is not None or kind == "group":
                        return country, None, f"{kind} «{self._words(sentence, m.first, m.last).text}»"
        return None, None, "no country in the phrase"

    def _same_title(self, m: Mention, alone: Sequence[str]) -> Known | None:
        """The last holder of the same title; of a title `alone` («الوزير»), of any that begins with its words."""
        for known in reversed(self.memory):
            if known.kind != "role" or known.entity.country is None:
                continue
            begins = self.sentences[known.sentence].tokens[known.token : known.token + len(alone)]
            if self._role_of(known) == m.id or (alone and [t.bare for t in begins] == list(alone)):
                return known
        return None

    def _role_of(self, known: Known) -> str:
        readings = self._by_start[known.sentence].get(known.token) or []
        return next((r.id for r in readings if r.kind == "role"), "")

    def _context(self, sentence: Sentence, last: int) -> tuple[str | None, str]:
        """The country that the context gives to a body or group without one."""
        joined = last + 1 < len(sentence.tokens) and sentence.tokens[last + 1].tag == "CONJ"
        for readings in () if joined else self._by_start[sentence.index].values():
            m = self._reading(readings, sentence)
            if m.kind in ("place", "country", "capital") and m.first > last and m.first <= last + 3:
                country = self._country_of(m)
                if country is not None:
                    return (
                        country,
                        f"country from the words after it («{self._words(sentence, m.first, m.last).text}»)",
                    )
        after = dateline_end(sentence)
        places = [m for m in sentence.mentions if m.kind == "place" and m.first >= after and self._country_of(m)]
        if places:
            return self._country_of(places[0]), "country of the place in the sentence"
        if self.main_country is not None:
            return self.main_country, "the country that the article is about"
        return None, "no country known"

    def _agent(
        self,
        sentence: Sentence,
        words: Words,
        m: Mention,
        inside: Sequence[list[Mention]],
        first: int,
        last: int,
    ) -> Entity:
        """A head noun of actors («قوات», «متظاهرون») with what qualifies it."""
        agent = self.index.agents[m.id]
        org = self._body_after(sentence, m, inside)
        country, sector, why = self._qualified(sentence, m.last, last, inside, org)
        owner = self._owner(sentence, m, inside) if org is None else None
        if owner is not None:
            country, sector, why = owner.country, owner.sector, f"of {owner.id}, named before"
        if country is None and agent.country is not None:
            country, why = agent.country, f"{agent.id} is of {agent.country}"
        group = self._group_of(sentence, m, inside)
        sector = self._sector_of(agent, sector, country, group)
        others = self._others(m, inside)
        if country is not None or group is not None:
            return Entity(words, words.text, country, sector, None, why, others)
        if last > m.last and sentence.tokens[m.last + 1].clitic == "suf":
            owned = self._owned(sentence, words, m, agent)
            if owned is not None:
                return owned
        alone = last == m.last and sentence.tokens[m.first].definite
        short = self._short(sentence, words, m, agent) if alone else None
        if short is not None:
            return short
        several = m.last > m.first or sentence.tokens[m.first].number == "p"  # «الدول الأعضاء»
        if agent.kind not in _LOOSE and (agent.kind != "state" or (alone and not several)):
            country, why = self._context(sentence, last)
        return Entity(words, words.text, country, sector, None, why, others)

    def _group_of(self, sentence: Sentence, m: Mention, inside: Sequence[list[Mention]]) -> Title | None:
        """The loose group that an adjective beside or within a head noun names («قوات حكومية»)."""
        beside = [r[0] for r in inside if r[0].kind == "group" and r[0].first != m.first]
        within = [n for n in sentence.mentions if n.kind == "group" and m.first < n.first <= m.last]
        return next((self.index.groups[n.id] for n in (*beside, *within)), None)

    def _sector_of(self, agent: Title, found: str | None, country: str | None, group: Title | None) -> str | None:
        """The sector of a head noun: its own, or that of what qualifies it («=»: GOV beside a country)."""
        own = None if agent.sector == "=" else agent.sector
        inner = agent.kind in ("person", "group") or (agent.kind == "force" and _armed(found))
        sector = (found or own) if inner else (own or found)
        if group is not None and group.sector is not None and own in (None, "UAF"):
            sector = group.sector
        if agent.sector == "=" and sector is None and country in self.index.countries:
            sector = "GOV"
        return sector

    def _short(self, sentence: Sentence, words: Words, m: Mention, agent: Title) -> Entity | None:
        """A definite head noun alone («الحركة», «المملكة», «التحالف»): who is so called here, or who may be."""
        if agent.kind == "state" and (state := self._short_state(sentence, words, m)) is not None:
            return state
        earlier = self._same_head(sentence, m, agent.sector if m.last > m.first else None)
        if earlier is not None:
            return replace(earlier.entity, reason=f"short form of «{earlier.entity.words.text}»")
        return self._short_body(sentence, words, m) if agent.kind == "group" else None

    def _short_state(self, sentence: Sentence, words: Words, m: Mention) -> Entity | None:
        """«المملكة», «السلطنة»: the last state named whose full name begins so, or the one the article is about."""
        index, head = self.index, sentence.tokens[m.first].bare
        called = [c for c in index.countries.values() if any(self._begins(n, head) for n in c.names)]
        isos = {c.iso for c in called}
        before = (k for k in reversed(self.memory) if (k.sentence, k.token) < (sentence.index, m.first))
        iso = next((k.entity.country for k in before if k.entity.country in isos), None)
        iso = iso or (self.main_country if self.main_country in isos else None)
        nicks = [index.metonyms[n.id].country for n in sentence.mentions if n.kind == "metonym" and n.first == m.first]
        if iso is None and len(called) == 1 and nicks:
            iso = called[0].iso
        if iso is not None:
            row = index.countries[iso]
            return Entity(words, row.name, iso, "GOV", iso, f"the state called so that the article names: {iso}")
        if not nicks:
            return None
        candidates = [Candidate(c.iso, 0.5 if c.iso in nicks else 0.1, f"called «{c.names[-1]}»") for c in called]
        ranked = tuple(sorted(candidates, key=lambda c: -c.score))
        return Entity(words, words.text, None, "GOV", None, "a name of several states", ranked)

    def _begins(self, name: str, head: str) -> bool:
        """Whether a name of several words begins with this noun."""
        first, _, rest = self.index.fold(name).partition(" ")
        return bool(rest) and first.removeprefix("ال") == head

    def _short_body(self, sentence: Sentence, words: Words, m: Mention) -> Entity | None:
        """The one body with this short name whose country, or whose work's, the sentence or the article is about."""
        index = self.index
        ids = index.short_names.get(sentence.tokens[m.first].norm, ())
        called = [index.orgs[i] for i in ids if index.orgs[i].exists(self.day)]
        here = {self._country_of(r[0]) for r in self._by_start[sentence.index].values()} - {None}
        near: list[Named] = []
        for about in (here, {self.main_country} - {None}):
            near = [row for row in called if row.country in about or index.work_of(row.id) & about]
            if len(near) == 1:
                row = near[0]
                return Entity(words, row.name, row.country, row.sector, row.id, "the body so called in this context")
            if near:
                break
        if not called:
            return None
        country, why = self._context(sentence, m.last)
        listed = (near or called)[:_MOST]
        share = round((0.8 if near else 0.4) / len(near or called), 2)
        candidates = tuple(Candidate(row.id, share, "its short name") for row in listed)
        sector = self.index.agents[m.id].sector
        return Entity(words, words.text, country, sector, None, f"a short name of several bodies; {why}", candidates)

    def _owner(self, sentence: Sentence, m: Mention, inside: Sequence[list[Mention]]) -> Named | None:
        """The body named before that a short name in the phrase means («قيادات من المجلس السياسي للجماعة»)."""
        before = (n for s in self.sentences[: sentence.index + 1] for n in s.mentions)
        seen = {n.id for n in before if n.kind == "org" and not n.weak}
        for readings in inside:
            if readings[0].first > m.last and sentence.tokens[readings[0].first].definite:
                found = next((r for r in readings if r.kind == "org" and r.id in seen), None)
                if found is not None and self.index.orgs[found.id].country is not None:
                    return self.index.orgs[found.id]
        return None

    def _owned(self, sentence: Sentence, words: Words, m: Mention, agent: Title) -> Entity | None:
        """«وفدها», «بلاده»: of the country (and for want of its own, the sector) of the party the pronoun means."""
        owners = self._antecedents(self._suffix_slot(sentence, m.last + 1), ())
        if not owners or owners[0].country is None:
            return None
        owner = owners[0]
        if agent.id == "land" and owner.country in self.index.countries:
            row = self.index.countries[owner.country]
            return Entity(words, row.name, row.iso, "GOV", row.iso, f"the country of «{owner.words.text}»")
        reason = f"its pronoun points back to «{owner.words.text}»"
        own = None if agent.sector == "=" else agent.sector
        return Entity(words, words.text, owner.country, own or owner.sector, None, reason)

    @staticmethod
    def _suffix_slot(sentence: Sentence, token: int) -> Slot:
        gender: Gender = "f" if sentence.tokens[token].norm == "ها" else "m"
        number: Literal["s", "p"] = "p" if sentence.tokens[token].norm == "هم" else "s"
        return Slot("pronoun", sentence.index, token, token, token, gender, number)

    def _same_head(self, sentence: Sentence, m: Mention, sector: str | None) -> Known | None:
        """The last party whose name begins with the same noun («الحركة» after «حركة حماس»).

        A `sector`, of a name of several words, must be its own: «القوات المسلحة» are not rebels who are called «قوات».
        """
        head = sentence.tokens[m.first].bare
        for known in reversed(self.memory):
            if known.entity.country is None or (known.sentence, known.token) >= (sentence.index, m.first):
                continue
            if sector is not None and sector not in (known.entity.sector or sector).split(";"):
                continue
            row = self.index.orgs.get(known.entity.id or "")
            names = row.strong if row is not None else (known.entity.name,)
            if known.head == head or any(self.index.fold(n).split()[0] == head for n in names if n):
                return known
        return None

    def _simple(self, sentence: Sentence, words: Words, m: Mention, inside: Sequence[list[Mention]]) -> Entity | None:
        index, others = self.index, self._others(m, inside)
        if m.kind == "org":
            row = index.orgs[m.id]
            if (
                m.weak
                and not any(k.entity.id == m.id for k in self.memory)
                and others
                and row.country != self.main_country
            ):
                return Entity(
                    words,
                    words.text,
                    None,
                    None,
                    None,
                    "a short name of several bodies",
                    (Candidate(m.id, 0.4, "weak name"), *others),
                )
            return Entity(words, row.name, row.country, row.sector, m.id, f"org {m.id}", others)
        if m.kind in ("country", "capital"):
            country = index.countries[m.id]
            if m.kind == "capital" and not country.capital_speaks:
                return Entity(words, country.name, m.id, "GOV", m.id, "capital city read as its government", others)
            return Entity(words, country.name, m.id, "GOV", m.id, f"{m.kind} of {m.id}", others)
        if m.kind == "metonym":
            row = index.metonyms[m.id]
            state = row.country or (self._context(sentence, m.last)[0] if m.weak else None)
            return Entity(words, row.name, state, row.sector, m.id, "stands for a body", others)
        if m.kind == "demonym":
            return self._people(sentence, words, m, others)
        if m.kind == "group":
            group = index.groups[m.id]
            return Entity(words, words.text, group.country, group.sector, None, "a loose group", others)
        if m.kind == "outlet":
            return Entity(words, index.outlets[m.id].name, index.outlets[m.id].country, "JRN", m.id, "outlet", others)
        if m.kind == "name":
            return self._unknown_name(words, inside)
        if m.kind == "body":
            return self._unknown_body(words, inside)
        return None

    def _people(self, sentence: Sentence, words: Words, m: Mention, others: tuple[Candidate, ...]) -> Entity:
        """A nationality: people when it is a noun («فلسطينيين»), the state when it is an adjective of an act."""
        token = sentence.tokens[m.first]
        before = sentence.tokens[m.first - 1] if m.first else None
        noun = (
            before is None
            or before.tag in ("NUM", "QUANT", "V", "PREP", "CONJ", "PUNCT")
            or (token.number == "p" and not token.definite)
        )
        name = self.index.countries[m.id].name
        if noun and (
            token.bare.endswith(("ين", "ون", "ان")) or (before is not None and before.tag in ("NUM", "QUANT", "V"))
        ):
            return Entity(words, words.text, m.id, "CVL", None, f"people of {m.id}", others)
        return Entity(words, name, m.id, "GOV", m.id, f"nationality: {m.id}", others)

    def _unknown_name(self, words: Words, inside: Sequence[list[Mention]]) -> Entity:
        name = self.index.fold(words.text).split()
        for known in reversed(self.memory):
            theirs = self.index.fold(known.entity.name).split()
            if (
                name
                and theirs
                and known.kind in ("role", "person", "name")
                and (name[-1] == theirs[-1] or (len(name) > 1 and name == theirs[: len(name)]))
            ):
                return replace(known.entity, words=words, reason=f"named before: «{known.entity.words.text}»")
        country = next((self._country_of(r[0]) for r in inside if r[0].kind in ("demonym", "country", "org")), None)
        maybe = self._weakly_called(" ".join(name))
        reason = "a last name alone, of people of the tables" if maybe else "a name that no table knows"
        return Entity(words, words.text, country, None, None, reason, maybe)

    def _weakly_called(self, name: str) -> tuple[Candidate, ...]:
        """People whom a last name alone may mean, those of the article's country first."""
        people = [self.index.people[i] for i in self.index.last_names.get(name, ())]
        near = {p.id for p in people if p.country is not None and p.country == self.main_country}
        ranked = sorted(people, key=lambda p: p.id not in near)[:_MOST]
        return tuple(
            Candidate(p.id, round((0.6 if p.id in near else 0.3) / len(people), 2), "its last name") for p in ranked
        )

    def _unknown_body(self, words: Words, inside: Sequence[list[Mention]]) -> Entity:
        """A body that no table knows: its name as written; its country only when the phrase says it."""
        for known in reversed(self.memory):
            if known.kind == "body" and self.index.fold(known.entity.name) == self.index.fold(words.text):
                return replace(known.entity, words=words, reason=f"named before: «{known.entity.words.text}»")
        country = next((self._country_of(r[0]) for r in inside if r[0].kind in ("demonym", "country")), None)
        return Entity(words, words.text, country, None, None, "a body that no table knows")

    def _plain(
        self, sentence: Sentence, words: Words, inside: Sequence[list[Mention]], first: int, last: int
    ) -> Entity | None:
        """A phrase whose head is no known party: what its parts tell of country."""
        parties = [r[0] for r in inside if r[0].kind in _PARTY_KINDS]
        if not parties:
            named = sentence.tokens[first].tag == "NAME" and first not in self._by_start[sentence.index]
            return self._unknown_name(words, inside) if named else None
        body = next((p for p in parties if p.kind in ("org", "metonym")), None)
        country, sector, why = self._qualified(sentence, first - 1, last, inside, body)
        return Entity(words, words.text, country, sector, None, why)


def _armed(sector: str | None) -> bool:
    """Whether a body fights and is no army: its forces are of its sector («وحدات تابعة لمصلحة السجون»)."""
    return sector is not None and not _ARMED.isdisjoint(sector.split(";"))


def _undecided(entity: Entity, held: Entity) -> Entity:
    """A title whose country only the context gives («وزير الداخلية»): its holder is a candidate, not decided on."""
    likeliest = Candidate(held.id or "", 0.5, f"{held.reason}, if it is the country's that the article is about")
    return replace(entity, candidates=(likeliest, *entity.candidates))


def _as_holder(entity: Entity, found: Holder) -> Entity:
    """The entity as the person who holds the office, with the office's codes; else with the candidates."""
    person, office = found.person, found.office
    if person is None or office is None:
        return replace(entity, candidates=(*found.candidates, *entity.candidates))
    reason = f"held {office.role} of {office.org or office.country} on that day"
    sector = office.sector or entity.sector
    return replace(entity, name=person.name, id=person.id, sector=sector, reason=reason)


#: Mentions that name one person; classes of words that complete a title, and of those that follow a name set off by
#: commas; how many words may complete a title.
_NAMED = frozenset({"person", "name"})
_COMPLETES = frozenset({"N", "ADJ", "NAME", "X", "PREP"})
_AFTER_HOLDER = frozenset({"PUNCT", "SUB", "V", "CONJ"})
_COMPLEMENT = 9


def _is_body(readings: Sequence[Mention]) -> bool:
    return readings[0].kind in ("org", "metonym")


def dateline_end(sentence: Sentence) -> int:
    """The token after an agency's dateline («دبي، الإمارات (CNN) –»): its places are the desk's, not the act's."""
    tokens = sentence.tokens
    for i in range(1, min(14, len(tokens) - 1)):
        if tokens[i].norm in (")", "سي ان ان") and tokens[i + 1].norm == "-":
            return i + 2
    return 0


def same_entity(a: Entity, b: Entity) -> bool:
    """Whether two are one: an id, or name and country, in common."""
    return (a.id is not None and a.id == b.id) or (a.name == b.name and a.country == b.country)
