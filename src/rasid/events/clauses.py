"""Who does what in a clause: subject, objects and prepositional phrases of a verb or of a noun of action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from rasid.events.roles import UNTAUGHT, Candidate, Role, RoleModel, Setting, opening
from rasid.events.units import Unit, units_of
from rasid.model.event import Slot
from rasid.model.text import ACTING, Mention, Phrase, Sentence, Token, VerbReading


@dataclass(slots=True)
class Arguments:
    """What stands around a trigger, as found: phrases by syntactic place.

    `preps` keeps the order of the text. `clause` is the token range of an أنْ/أنّ clause; `ends` the last
    token that belongs to the clause; `dropped` says that the verb form alone stands for the subject; `stray` are
    those of the objects that the role model takes for none.
    """

    subject: list[Slot] = field(default_factory=list)
    objects: list[list[Slot]] = field(default_factory=list)
    preps: list[tuple[str, list[Slot]]] = field(default_factory=list)
    clause: tuple[int, int] | None = None
    begins: int = 0
    ends: int = 0
    dropped: Slot | None = None
    times: list[int] = field(default_factory=list)
    subject_from: str = ""
    topic: list[Slot] = field(default_factory=list)
    stray: list[list[Slot]] = field(default_factory=list)

    def prep(self, name: str) -> list[Slot]:
        """The fillers of the first phrase after preposition `name`, or none."""
        return next((slots for prep, slots in self.preps if prep == name), [])


class SentenceView:
    """A sentence with its units, asked many times while its triggers are read."""

    def __init__(self, sentence: Sentence, compound: dict[tuple[str, str], str], roles: RoleModel = UNTAUGHT) -> None:
        self.sentence = sentence
        self.roles = roles
        self.tokens: Sequence[Token] = sentence.tokens
        self.units: tuple[Unit, ...] = units_of(sentence, compound)
        self.unit_at: dict[int, int] = {
            t: k for k, unit in enumerate(self.units) for t in range(unit.first, unit.last + 1)
        }
        self._verbs: dict[int, Arguments] = {}
        self._phrase_at = {t: p for p in sentence.phrases for t in range(p.first, p.last + 1)}

    def phrase_at(self, index: int) -> Phrase | None:
        """The noun phrase that token `index` is part of, or None."""
        return self._phrase_at.get(index)

    # -- slots ---------------------------------------------------------------------------------------

    def slot(self, phrase: Phrase) -> Slot:
        """A phrase as the filler of a role."""
        head = self.tokens[phrase.head]
        return Slot("phrase", self.sentence.index, phrase.first, phrase.last, phrase.head, head.gender, head.number)

    def pronoun(self, index: int) -> Slot:
        """A written pronoun as the filler of a role."""
        gender, number, person = _PRONOUNS.get(self.tokens[index].norm, (None, None, 3))
        return Slot("pronoun", self.sentence.index, index, index, index, gender, number, person)

    def dropped(self, index: int, reading: VerbReading | None) -> Slot:
        """The person that a verb form alone names."""
        if reading is None:
            return Slot("dropped", self.sentence.index, index, index, index)
        return Slot(
            "dropped",
            self.sentence.index,
            index,
            index,
            index,
            reading.gender,
            reading.number,
            reading.person,
        )

    def human(self, slot: Slot) -> bool:
        """Whether the filler names somebody who can act."""
        if slot.kind != "phrase":
            return True
        whole = self.phrase_at(slot.first)
        if whole is None or slot.last > whole.last:
            return False
        return whole.human if slot.first == whole.first else self._named(slot)

    # -- verbs ---------------------------------------------------------------------------------------

    def verb(self, index: int) -> Arguments:
        """The arguments of the verb at token `index`."""
        found = self._verbs.get(index)
        if found is None:
            self._verbs[index] = found = Arguments(begins=index, ends=index)  # guards against a ring of verbs
            self._read_verb(index, found)
        return found

    def _read_verb(self, index: int, args: Arguments) -> None:
        k = self.unit_at[index]
        token = self.tokens[index]
        reading = token.verbs[0] if token.verbs else None
        bare, suffix = self._right(k, args)
        bare = self._without_office(bare, args)
        left, how = self._left(k)
        third = [v for v in token.verbs if v.person == 3]
        if token.passive_mark or (third and all(v.voice == "passive" for v in third)):
            self._passive(args, left, bare, suffix)
        else:
            self._active(args, self.setting(index, bare, suffix, left, how), bare, suffix, left)
        if not args.subject:
            args.dropped = self.dropped(index, reading)

    def _active(
        self, args: Arguments, setting: Setting, bare: list[list[Slot]], suffix: Slot | None, left: list[Slot]
    ) -> None:
        """Subject and objects of an active verb, as the role model has them."""
        roles = self._in_relative(args, setting, self.roles.choose(setting), bare)
        after = roles[: len(bare)]
        subject = next((slots for slots, role in zip(bare, after, strict=True) if role == "subject"), [])
        args.objects = [[suffix]] if suffix is not None else []
        args.objects += [slots for slots, role in zip(bare, after, strict=True) if role == "object"]
        args.stray = [slots for slots, role in zip(bare, after, strict=True) if role == "none"]
        args.objects += args.stray  # last, for senses that look for a word among all bare phrases
        relative = setting.how == "relative" and bool(left)
        if subject:
            args.subject, args.subject_from = subject, "after the verb"
            if relative and not self._resumed(args, left, suffix):
                args.objects = [left, *args.objects[1 if suffix is not None else 0 :]]
        elif relative or setting.how == "pronoun" or (len(roles) > len(bare) and roles[-1] == "subject"):
            args.subject, args.subject_from = left, setting.how

    def _without_office(self, bare: list[list[Slot]], args: Arguments) -> list[list[Slot]]:
        """«أكد سالم العامري رئيس البلدية أن …»: an office behind the name of who says something is that person's."""
        if args.clause is None or len(bare) != 2 or len(bare[0]) > 1 or len(bare[1]) > 1:
            return bare
        name, office = bare[0][0], bare[1][0]
        if self.tokens[args.clause[0] - 1].tag != "SUB" or office.first != name.last + 1:
            return bare
        named = any(m.kind in ("person", "name") and m.last == name.last for m in self.sentence.mentions)
        return bare[:1] if named and self._individual(office) else bare

    def _resumed(self, args: Arguments, antecedent: list[Slot], suffix: Slot | None) -> bool:
        """«المدينة التي يسيطر عليها الحوثيون»: put the antecedent where a preposition has the pronoun for it."""
        if suffix is not None:
            return False
        at = next((n for n, (_, slots) in enumerate(args.preps) if [s.kind for s in slots] == ["pronoun"]), -1)
        if at >= 0:
            args.preps[at] = (args.preps[at][0], antecedent)
        return at >= 0

    def _in_relative(
        self, args: Arguments, setting: Setting, roles: tuple[Role, ...], bare: list[list[Slot]]
    ) -> tuple[Role, ...]:
        """«القصف الذي استهدف المستشفى»: nothing points back to the antecedent, so it is itself the subject."""
        if setting.how != "relative" or setting.before is None or setting.suffix or not roles or "subject" not in roles:
            return roles
        last = max(args.ends, bare[-1][-1].last if bare else 0)
        back = any(t.clitic == "suf" for t in self.tokens[setting.verb.index + 1 : last + 1])
        if back or setting.verb.passive_mark or roles[-1] == "subject" or not self._agrees(setting):
            return roles
        return (*("object" if role == "subject" else role for role in roles[:-1]), "subject")

    @staticmethod
    def _agrees(setting: Setting) -> bool:
        genders = {v.gender for v in setting.verb.verbs if v.person == 3}
        gender = setting.before.gender if setting.before is not None else None
        return not genders or gender is None or gender in genders

    def setting_of(self, index: int) -> tuple[Setting, list[Slot]]:
        """What the role model sees of the verb at token `index`, and the filler of each of its candidates."""
        k = self.unit_at[index]
        bare, suffix = self._right(k, Arguments(begins=index, ends=index))
        left, how = self._left(k)
        setting = self.setting(index, bare, suffix, left, how)
        fillers = [slots[0] for slots in bare]
        return setting, fillers if setting.before is None else [*fillers, left[0]]

    def setting(self, index: int, bare: list[list[Slot]], suffix: Slot | None, left: list[Slot], how: str) -> Setting:
        """What the role model sees of the verb at token `index`."""
        before = self._candidate(left[0], "before", 0, index) if left and left[0].kind == "phrase" else None
        after = tuple(self._candidate(slots[0], "after", n, index) for n, slots in enumerate(bare))
        return Setting(self.tokens[index], how, suffix is not None, before, after)

    def _candidate(self, slot: Slot, side: Literal["before", "after"], rank: int, verb: int) -> Candidate:
        head, u = self.tokens[slot.head], self.unit_at[slot.first]
        units = self.units
        previous = "start" if u == 0 else opening(self.tokens[units[u - 1].first], units[u - 1].kind)
        following = units[u + 1] if u + 1 < len(units) else None
        return Candidate(
            side=side,
            rank=rank,
            head=head,
            first=self.tokens[slot.first],
            human=self.human(slot),
            oblique=self._oblique(head),
            feminine=self._feminine_place(slot),
            definite=self._definiteness(slot),
            gap=slot.first - verb - 1 if side == "after" else verb - slot.last - 1,
            previous=previous,
            following="end" if following is None else f"{following.kind}{following.prep}",
        )

    def _definiteness(self, slot: Slot) -> str:
        head = self.tokens[slot.head]
        if head.definite or head.tag == "NAME":
            return "def" if head.definite else "name"
        if head.tanween:
            return "tanween"
        within = self.tokens[slot.head + 1 : slot.last + 1]
        return "idafa" if any(t.definite or t.tag == "NAME" or t.clitic == "suf" for t in within) else "ind"

    def _feminine_place(self, slot: Slot) -> bool:
        """«وطالب موسكو بـ…»: a state or capital is feminine, so it is no subject of a masculine verb."""
        here = [m for m in self.sentence.mentions if m.first == slot.head and m.kind in ("country", "capital")]
        masculine = any(m.kind == "country" and m.detail == "m" for m in here)  # «الفاتيكان» is a capital as well
        return slot.first == slot.head and bool(here) and not masculine

    def _oblique(self, head: Token) -> bool:
        """A sound plural or dual in ـين («الحوثيين», «القادة الإيرانيين») is no subject."""
        following = self.tokens[head.index + 1] if head.index + 1 < len(self.tokens) else None
        agrees = following is not None and following.tag == "ADJ" and following.definite == head.definite
        if agrees and following is not None and following.clitic is None and _sound_oblique(following.bare):
            return True
        if not _sound_oblique(head.bare):
            return False
        return head.number in ("p", "d") or any(
            m.first <= head.index <= m.last and m.kind in ("demonym", "agent", "role", "group", "org")
            for m in self.sentence.mentions
        )

    def _passive(self, args: Arguments, left: list[Slot], bare: list[list[Slot]], suffix: Slot | None) -> None:
        args.objects = [left, *bare] if left else list(bare)
        if suffix is not None:
            args.objects.insert(0, [suffix])
        args.subject = args.prep("BY")
        args.subject_from = "passive"

    # -- to the right --------------------------------------------------------------------------------

    def _right(  # noqa: C901  # one rule for each kind of unit
        self, k: int, args: Arguments
    ) -> tuple[list[list[Slot]], Slot | None]:
        """Bare phrases after unit `k` (coordinated ones together), and a pronoun suffixed to the verb."""
        units, bare, suffix = self.units, [], None  # type: tuple[Unit, ...], list[list[Slot]], Slot | None
        j = k + 1
        if j < len(units) and units[j].kind == "PRON" and self.tokens[units[j].first].clitic == "suf":
            suffix, j = self.pronoun(units[j].first), j + 1
        after_aside = True
        while j < len(units):
            unit = units[j]
            if unit.kind == "NP" and unit.phrase is not None:
                if self._apposed(j):
                    args.ends, j = max(args.ends, unit.last), j + 1
                    continue
                if len(bare) >= 3 or (not after_aside and bare and units[j - 1].kind == "COMMA"):
                    break
                slots, j = self._coordinated(j)
                bare.append(slots)
                args.ends = max(args.ends, slots[-1].last)
                continue
            if unit.kind == "PP":
                slots, j2 = self._coordinated(j)
                args.preps.append((unit.prep, slots))
                args.ends, j = max(args.ends, units[j2 - 1].last), j2
                continue
            if unit.kind == "PRON" and unit.pronoun < 0:
                j += 1
                continue
            if unit.kind in ("SUB", "PREP"):
                clause = self._clause_after(j)
                if clause is not None:
                    args.clause = args.clause or clause
                    if unit.kind == "PREP":
                        args.preps.append((unit.prep, []))
                    args.ends = max(args.ends, clause[1])
                    break
                if unit.kind == "SUB":
                    break
            elif unit.kind == "REL":
                comma = next((m for m in range(j, min(j + 14, len(units))) if units[m].kind in ("COMMA", "STOP")), -1)
                if comma < 0 or units[comma].kind == "STOP":
                    break
                closes = units[j - 1].kind == "COMMA" and comma + 1 < len(units) and units[comma + 1].kind == "SUB"
                j, after_aside = comma + closes, True  # «قالت الحركة، التي …، إن …»
                continue
            elif unit.kind == "COMMA":
                second = len(bare) == 1 and self._object_after_comma(j, bare[0])
                if not (second or self._goes_on(j, bool(bare))):
                    break
                after_aside = second or self._aside(j)
            elif unit.kind == "V" and self._describes(j):
                j += 2 if j + 1 < len(units) and units[j + 1].kind == "NP" else 1
                continue
            elif unit.kind in ("V", "STOP", "COLON", "SCONJ") or (unit.kind == "CONJ" and not self._joins(j)):
                break
            if unit.kind == "TIME":
                args.times.append(unit.first)
            args.ends = max(args.ends, unit.last)
            j += 1
        return bare, suffix

    def _describes(self, j: int) -> bool:
        """«اعتدى مشرف يتبع الجماعة بالضرب على …»: an imperfect right behind an indefinite noun is its description."""
        before, verb = self.units[j - 1], self.tokens[self.units[j].first]
        imperfect = any(v.tense == "imperfect" for v in verb.verbs) if verb.verbs else verb.norm[:1] in ("ي", "ت")
        if before.kind != "NP" or before.phrase is None or not imperfect:
            return False
        head = self.tokens[before.phrase.head]
        return head.tag in ("N", "X") and not head.definite and before.last == before.phrase.head

    def _apposed(self, j: int) -> bool:
        """«مع الوزير عباس كامل رئيس المخابرات»: an office after the name of one governed by a preposition."""
        before, unit = self.units[j - 1], self.units[j]
        joined = before.kind == "NP" and j >= 2 and self.units[j - 2].kind == "CONJ"
        if before.kind != "PP" and not joined:
            return False
        mentions = self.sentence.mentions
        person = any(m.kind in ("person", "name") and m.last == before.last for m in mentions)
        return person and any(m.kind == "role" and m.first == unit.first for m in mentions)

    def _clause_after(self, j: int) -> tuple[int, int] | None:
        """The token range of the clause that a complementiser at unit `j` (or right after it) opens."""
        units = self.units
        if units[j].kind == "PREP":
            j += 1
        if j >= len(units) or units[j].kind != "SUB":
            return None
        first = units[j].last + 1
        last = first
        for m in range(j + 1, len(units)):
            if units[m].kind == "STOP":
                break
            last = units[m].last
        return (first, last) if first < len(self.tokens) else None

    def _joins(self, j: int) -> bool:
        following = self.units[j + 1].kind if j + 1 < len(self.units) else "STOP"
        return following in ("NP", "PP", "TIME", "ADV")

    def _goes_on(self, j: int, has_bare: bool) -> bool:
        """Whether the clause goes on after the comma at unit `j`."""
        if j + 1 >= len(self.units):
            return False
        following = self.units[j + 1]
        if following.kind in ("TIME", "PP", "ADV", "BRACKET", "QUOTE"):
            return True
        if following.kind == "REL":
            return has_bare and any(u.kind == "COMMA" for u in self.units[j + 2 : j + 15])
        if following.kind == "SUB":
            return self._aside(j)  # «كشفت مصادر، لوكالة الأناضول، أن …»
        if following.kind == "CONJ":
            return self._joins(j + 1) and self.units[min(j + 2, len(self.units) - 1)].kind in ("NP", "PP")
        return following.kind == "NP" and (not has_bare or self._aside(j))

    def _object_after_comma(self, j: int, subject: list[Slot]) -> bool:
        """«حذّرت كوريا الشمالية، الأمم المتحدة، من …»: a party between a comma and what the verb governs."""
        following = self.units[j + 1] if j + 1 < len(self.units) else None
        if following is None or following.kind != "NP" or following.phrase is None:
            return False
        slot = self.slot(following.phrase)
        if (
            not self.human(slot)
            or not self.human(subject[0])
            or (self._individual(slot) and self._individual(subject[0]))
        ):
            return False
        after = self._coordinated(j + 1)[1]
        if after < len(self.units) and self.units[after].kind == "COMMA":
            after += 1
        return after < len(self.units) and self.units[after].kind in ("PP", "PREP")

    def _aside(self, j: int) -> bool:
        """Whether the comma at unit `j` closes an aside («، الجمعة،», «، جون كيري،»)."""
        before = self.units[j - 1]
        if before.phrase is not None and any(self.tokens[t].norm == "،" for t in range(before.first, before.last)):
            return True  # the name stands within the phrase: «الرئيس الإيراني، حسن روحاني، …»
        for m in range(j - 1, max(j - 6, -1), -1):
            if self.units[m].kind == "COMMA":
                return True
            if self.units[m].kind in ("V", "STOP"):
                return False
        return False

    def _party_last(self, unit: Unit) -> bool:
        """«بمساعدة الجيش والتحالف»: a phrase that ends in somebody, to whom the next may be joined."""
        return any(
            m.last == unit.last and m.kind in ("org", "country", "person", "capital") for m in self.sentence.mentions
        )

    def _both_names(self, slot: Slot, head: int) -> bool:
        return slot.kind == "phrase" and self.tokens[slot.head].tag == self.tokens[head].tag == "NAME"

    def _coordinated(self, j: int, *, acts: bool = False) -> tuple[list[Slot], int]:
        """The phrase of unit `j` with those joined to it by و; and the unit after them.

        `acts` says that the phrase ends in somebody who acts («وساطة مصر»), whatever its head.
        """
        units = self.units
        unit = units[j]
        slots = [self.pronoun(unit.pronoun) if unit.phrase is None else self.slot(unit.phrase)]
        human = (
            acts or self.human(slots[0]) or (unit.kind == "PP" and unit.phrase is not None and self._party_last(unit))
        )
        j += 1
        while j + 1 < len(units):
            step = j + 1 if units[j].kind == "COMMA" and units[j + 1].kind == "CONJ" else j
            if units[step].kind == "CONJ" and step + 1 < len(units):
                nxt = units[step + 1]
                fits = nxt.phrase is not None and (
                    self.human(self.slot(nxt.phrase)) == human or self._both_names(slots[0], nxt.phrase.head)
                )
                if fits and (nxt.kind == "NP" or (nxt.kind == "PP" and nxt.prep == unit.prep)):
                    slots.append(self.slot(nxt.phrase))  # type: ignore[arg-type]
                    j = step + 2
                    continue
            if units[j].kind == "COMMA" and units[j + 1].phrase is not None and units[j + 1].kind == "NP" and human:
                following = self.slot(units[j + 1].phrase)  # type: ignore[arg-type]
                if self._list_goes_on(j) and self.human(following) and self._alike(slots[0], following):
                    slots.append(self.slot(units[j + 1].phrase))  # type: ignore[arg-type]
                    j += 2
                    continue
            if units[j].kind == "PP" and units[j].prep == "مع" and units[j].phrase is not None and human:
                prior = self.tokens[units[j].first].norm
                if prior == "الي":  # «إلى جانب»
                    slots.append(self.slot(units[j].phrase))  # type: ignore[arg-type]
                    j += 1
                    continue
            break
        return slots, j

    def _alike(self, a: Slot, b: Slot) -> bool:
        """Whether two fillers are both single persons or both bodies: a list does not mix them."""
        return self._individual(a) == self._individual(b)

    def _individual(self, slot: Slot) -> bool:
        return any(
            m.first == slot.head and (m.kind in ("person", "name", "role") or m.detail.startswith("person"))
            for m in self.sentence.mentions
        )

    def _list_goes_on(self, j: int) -> bool:
        """«أ، ب، وج»: a comma between phrases is a list only when و ends it."""
        m = j + 2
        while m + 1 < len(self.units) and self.units[m].kind == "COMMA" and self.units[m + 1].kind == "NP":
            m += 2
        if m < len(self.units) and self.units[m].kind == "COMMA":
            m += 1
        return m + 1 < len(self.units) and self.units[m].kind == "CONJ" and self.units[m + 1].kind == "NP"

    # -- to the left ---------------------------------------------------------------------------------

    def _left(self, k: int) -> tuple[list[Slot], str]:
        """The subject before the verb of unit `k`, and how it was found ("joined": shared with a verb before)."""
        units = self.units
        j = k - 1
        while j >= 0 and units[j].kind in ("PART", "NEG", "ADV", "QUOTE", "BRACKET"):
            j -= 1
        if j < 0:
            return [], ""
        unit = units[j]
        if unit.kind == "CONJ":
            return [], "joined"
        if self._dateline(j):
            return [], "dateline"
        if unit.kind == "REL":
            free = self.tokens[unit.first].norm in _FREE_RELATIVES
            return ([], "relative") if free else self._antecedent(j)
        if unit.kind == "SUB":
            return self._after_complementiser(unit)
        if unit.kind == "PRON" and unit.pronoun < 0 and self.tokens[unit.first].clitic is None:
            return [self.pronoun(unit.first)], "pronoun"
        if unit.kind in ("CONJ", "V", "STOP", "COLON", "SCONJ"):
            return [], ""
        if unit.kind == "NP" and unit.phrase is not None and not self._in_relative_clause(j):
            return self._coordinated(self._list_start(j))[0], "before the verb"
        return self._clause_initial(j)

    def _in_relative_clause(self, j: int) -> bool:
        """«الوزير الذي زار طهران أعلن …»: the phrase of unit `j` belongs to the verb of a relative clause."""
        m = j - 1
        while m > 0 and self.units[m].kind in ("PP", "TIME", "ADV"):
            m -= 1
        return m > 0 and self.units[m].kind == "V" and self.units[m - 1].kind == "REL"

    def _after_complementiser(self, unit: Unit) -> tuple[list[Slot], str]:
        """«أنهم», «لأنها»: the pronoun that is written on a complementiser is the subject of its clause."""
        norm = self.tokens[unit.last].norm
        ending = next((e for e in _SUFFIXES if norm.endswith(e) and len(norm) > len(e) + 1), None)
        if ending is None:
            return [], ""
        at = unit.last
        return [Slot("pronoun", self.sentence.index, at, at, at, *_PRONOUNS[ending])], "pronoun"

    def _antecedent(self, j: int) -> tuple[list[Slot], str]:
        m = j - 1
        while m >= 0 and self.units[m].kind in ("COMMA", "CONJ", "BRACKET", "QUOTE", "TIME"):
            m -= 1
        if m >= 0 and self.units[m].phrase is not None:
            return [self.slot(self.units[m].phrase)], "relative"  # type: ignore[arg-type]
        return [], "relative"

    def _list_start(self, j: int) -> int:
        """The first unit of the coordination that unit `j` ends."""
        while j >= 2 and self.units[j - 1].kind == "CONJ" and self.units[j - 2].kind == "NP":
            j -= 2
        return j

    def _clause_initial(self, j: int) -> tuple[list[Slot], str]:
        """The bare phrase that the clause begins with, when only asides and PPs stand between it and the verb."""
        m, found = j, -1
        while m >= 0:
            kind = self.units[m].kind
            if kind == "V" and m > 0 and self.units[m - 1].kind == "REL":
                m -= 2
                continue
            if kind == "V":
                return [], ""
            if kind in ("STOP", "COLON", "SUB", "SCONJ") or self._dateline(m):
                break
            if kind == "NP":
                found = m
            m -= 1
        if found < 0 or (found > 1 and self.units[found - 1].kind == "CONJ" and self.units[found - 2].kind == "PP"):
            return [], ""
        return self._coordinated(self._list_start(found))[0], "before the verb"

    def _dateline(self, k: int) -> bool:
        """Whether the mark of unit `k` closes a dateline («القاهرة - أعلن …»): a dash with no verb before it."""
        dash = self.tokens[self.units[k].first].norm in "-–—" and self.units[k].kind == "COMMA"
        return dash and not any(unit.kind == "V" for unit in self.units[:k])

    def shared_subject(self, index: int) -> list[Slot]:
        """The subject of a verb before the one at token `index`: of the nearest that agrees, else of the nearest."""
        genders = {v.gender for v in self.tokens[index].verbs if v.person == 3}
        nearest: list[Slot] = []
        for k in range(self.unit_at[index] - 1, -1, -1):
            unit = self.units[k]
            if unit.kind == "V":
                if k > 0 and self.units[k - 1].kind == "REL":
                    continue
                subject = self.verb(unit.first).subject
                if not subject:
                    continue
                nearest = nearest or subject
                gender = "m" if self._person(subject[0]) else subject[0].gender
                if not genders or gender is None or gender in genders:
                    return subject
        return nearest

    def _person(self, slot: Slot) -> bool:
        return any(m.kind in ("person", "name") and m.first == slot.head for m in self.sentence.mentions)

    def subjects(self) -> list[tuple[int, int]]:
        """(sentence, first token) of every phrase that is the subject of a verb here."""
        found = []
        for unit in self.units:
            if unit.kind == "V":
                found += [(s.sentence, s.first) for s in self.verb(unit.first).subject if s.kind == "phrase"]
        return found

    # -- nouns of action -----------------------------------------------------------------------------

    def noun(self, index: int, *, idafa_is_object: bool) -> Arguments:
        """The arguments of the noun of action at token `index`."""
        args = Arguments(begins=index, ends=index)
        phrase = self.phrase_at(index)
        end = phrase.last if phrase is not None else index
        following = index + 1
        if following < len(self.tokens) and self.tokens[following].clitic == "suf":
            slot = self.pronoun(following)
            self._genitive(args, [slot], idafa_is_object)
            following += 1
        elif following <= end:
            self._inside(args, index, end, idafa_is_object)
        args.ends = end
        k = self.unit_at[index]
        bare, _ = self._right(k, args)
        counted = bool(args.objects) and self.tokens[args.objects[0][0].first].tag in ("NUM", "QUANT")
        if idafa_is_object and args.objects and not counted and bare and self._struck(bare[0][0]):
            args.subject, args.subject_from, args.objects = args.objects[0], "genitive", []  # «قتل مسلحيها 19 شرطيا»
        args.objects += bare
        by = args.prep("BY")
        if by and not args.subject:
            args.subject, args.subject_from = by, "by"
        return args

    def _struck(self, slot: Slot) -> bool:
        """Whether a bare phrase behind a verbal noun and its genitive is plainly its object: counted or accusative."""
        if slot.kind != "phrase" or not self.human(slot):
            return False
        return self.tokens[slot.first].tag == "NUM" or self.tokens[slot.head].tanween

    def _genitive(self, args: Arguments, slots: list[Slot], idafa_is_object: bool) -> None:
        if idafa_is_object or not self._acts(slots):
            args.objects.append(slots)
        else:
            args.subject, args.subject_from = slots, "genitive"

    def _acts(self, slots: list[Slot]) -> bool:
        return slots[0].kind == "pronoun" or self._named(slots[0])

    def _named(self, slot: Slot) -> bool:
        """Whether a stretch inside a phrase begins with somebody who can act."""
        return any(m.first == slot.head and m.kind in ACTING and not m.weak for m in self.sentence.mentions)

    def _inside(self, args: Arguments, index: int, end: int, idafa_is_object: bool) -> None:
        """Genitive and nationality adjective of a noun of action within its own phrase."""
        token = self.tokens[index]
        nation = [
            m
            for m in self.sentence.mentions
            if index < m.first <= end and m.kind in ("demonym", "group") and not m.weak
        ]
        adjective = bool(nation) and nation[0].first == index + 1 and not self._oblique(self.tokens[index + 1])
        if token.definite or token.tanween or adjective:
            if nation:
                run = [m for n, m in enumerate(nation) if m.first == nation[0].first + n]
                run += self._joined_adjectives(run[-1].last, token.definite)
                args.subject, args.subject_from = (
                    [self._mention_slot(m.first, m.last) for m in run],
                    "adjective",
                )
            return
        first = self.tokens[index + 1]
        if first.kind == "punct" or self._adjective_of(token, first):
            return
        head = index + 1
        while head < end and (self.tokens[head].tag in ("NUM", "QUANT", "DEM") or self.tokens[head].norm == "من"):
            head += 1
        slot = Slot("phrase", self.sentence.index, index + 1, end, head, first.gender, first.number)
        self._genitive(args, [slot], idafa_is_object)
        k = self.unit_at[index]
        joined, _ = self._coordinated(k, acts=bool(args.subject))
        if len(joined) > 1 and not idafa_is_object and args.subject:
            args.subject = [*args.subject, *joined[1:]]

    def _joined_adjectives(self, last: int, definite: bool) -> list[Mention]:
        """«الاعتداءات الأميركية والبريطانية»: further nationalities after و."""
        found: list[Mention] = []
        while last + 2 < len(self.tokens) and self.tokens[last + 1].tag == "CONJ":
            nation = next(
                (
                    m
                    for m in self.sentence.mentions
                    if m.first == last + 2 and m.kind == "demonym" and m.last == m.first
                ),
                None,
            )
            if nation is None or self.tokens[nation.first].definite != definite:
                break
            found.append(nation)
            last = nation.last
        return found

    def _mention_slot(self, first: int, last: int) -> Slot:
        head = self.tokens[first]
        return Slot("phrase", self.sentence.index, first, last, first, head.gender, head.number)

    @staticmethod
    def _adjective_of(noun: Token, word: Token) -> bool:
        """An indefinite adjective right after an indefinite noun («هجوم إرهابي») is no genitive."""
        relational = word.bare.endswith(("ي", "يه")) and len(word.bare) > 3 and word.number != "p"
        return not noun.definite and not word.definite and (word.tag == "ADJ" or ("ADJ" in word.tags and relational))

    def participle(self, index: int) -> Arguments:
        """The arguments of a participle («مؤكدا»): its subject is that of the main verb."""
        args = Arguments(begins=index, ends=index)
        k = self.unit_at[index]
        bare, suffix = self._right(k, args)
        args.objects = ([[suffix]] if suffix is not None else []) + bare
        args.subject, args.subject_from = self.main_subject(index), "of the main verb"
        if not args.subject:
            token = self.tokens[index]
            args.dropped = Slot("dropped", self.sentence.index, index, index, index, token.gender, token.number)
        return args

    def main_subject(self, index: int) -> list[Slot]:
        """The subject that a participle at token `index` goes with: of the outermost verb before it that agrees."""
        gender = self.tokens[index].gender or ("f" if self.tokens[index].bare.endswith("ه") else "m")
        found: list[Slot] = []
        nested = False
        for k in range(self.unit_at[index]):
            unit = self.units[k]
            if unit.kind in ("SUB", "REL"):
                nested = True
            elif unit.kind in ("STOP", "COLON"):
                found, nested = [], False
            if unit.kind != "V":
                continue
            subject = self.verb(unit.first).subject or self.shared_subject(unit.first)
            if not subject or not self.human(subject[0]):
                continue
            agrees = any(v.gender == gender for v in self.tokens[unit.first].verbs) or not self.tokens[unit.first].verbs
            if not found or (agrees and not nested):
                found = subject
        return found


_Person = tuple[Literal["m", "f"] | None, Literal["s", "d", "p"] | None, int]
_PRONOUNS: dict[str, _Person] = {
    "ه": ("m", "s", 3), "ها": ("f", "s", 3), "هم": ("m", "p", 3), "هن": ("f", "p", 3), "هما": (None, "d", 3),
    "نا": (None, "p", 1), "ني": (None, "s", 1), "ي": (None, "s", 1), "ك": (None, "s", 2), "كم": (None, "p", 2),
    "هو": ("m", "s", 3), "هي": ("f", "s", 3), "نحن": (None, "p", 1), "انا": (None, "s", 1),
}  # fmt: skip
#: «ما», «مما» stand for no phrase before them.
_FREE_RELATIVES = frozenset({"ما", "مما"})
#: Suffixes of a complementiser, the longer before those that they end in.
_SUFFIXES = ("هما", "هم", "ها", "نا", "ه", "ني", "ي")


def _sound_oblique(word: str) -> bool:
    return word.endswith("ين") and len(word) > 4
