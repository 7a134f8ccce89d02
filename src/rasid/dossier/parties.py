"""Which party of a dossier an actor, a recipient or a speaker belongs to.

A state is one party with all who act for it. Who has a name of its own and is not the state (armed groups, political
parties, companies, organisations) is a party of its own, with its wings and its people. Civilians, journalists and
others of a country are that country's people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass

from rasid.dossier.words import Apart, Fold, Hit, Phrases, shortest
from rasid.model.fact import Side, Voice
from rasid.packs.belonging import Belonging, Member

#: Sectors that speak and fight for their state. A party without a sector is taken for its country.
_STATE = frozenset({"GOV", "MIL", "SPY", "COP", "LEG", "JUD", "ELI"})
#: Sectors of those who are parties of their own.
_OWN = frozenset({"REB", "PTY", "OPP", "PRM", "UAF"})
#: Codes that stand where a state has its own: only the United Nations and the European Union are one party each.
_LOOSE = frozenset({"IGO", "NGO", "ISM", "IMG", "MNC"})
_PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Party:
    """A party of a dossier.

    Attributes:
        id: a country's code, an id of the tables, ``PSE people``, or «» around the name of what the tables do not know.
        name: in Arabic, as the tables have it, or the articles.
        name_en: in English; "" where the tables have none.
        country: the code of its country, or None.
    """

    id: str
    name: str
    name_en: str
    country: str | None = None

    @property
    def label(self) -> str:
        """English where there is some, else the Arabic name."""
        return self.name_en or self.name


class PartyIndex:
    """Finds parties.

    Args:
        belonging: the tables.
        fold, apart: of the language.
        wanted: ids that are parties of their own, whatever the rules say, as a user names them.
    """

    def __init__(self, belonging: Belonging, fold: Fold, apart: Apart, wanted: Iterable[str] = ()) -> None:
        self._belonging = belonging
        self._fold = fold
        # two rows of one name and country are one body at different times: the later row stands for both
        newest = {(m.name, m.country): m.id for m in belonging.members.values() if m.kind != "person"}
        self._same = {m.id: newest.get((m.name, m.country), m.id) for m in belonging.members.values()}
        self._below: dict[str, list[str]] = {}
        for member in belonging.members.values():
            for above in dict.fromkeys(self.canonical(a.id) for a in self._line(member)):
                self._below.setdefault(above, []).append(member.id)
        self._wanted = frozenset(map(self.canonical, wanted))
        self._known: dict[Side, str] = {}  # caches: the same words mean the same party always
        self._voices: dict[Voice, str | None] = {}
        self._names: Phrases[str] = Phrases(fold, apart)
        self._demonyms: Phrases[str] = Phrases(fold, apart)
        for member in belonging.members.values():
            for name in member.names:
                self._names.add(name, member.id)
        for state in belonging.states.values():
            for name in state.names:
                self._demonyms.add(name, state.code)
            for name in state.adjectives:
                self._demonyms.add(name, state.code)

    def wanting(self, wanted: Iterable[str]) -> PartyIndex:
        """The same with ids that are parties of their own."""
        found = copy(self)
        found._wanted = frozenset(map(self.canonical, wanted))
        found._known, found._voices = {}, {}
        return found

    def canonical(self, id: str) -> str:
        """The id under which a body of several rows is known here."""
        return self._same.get(id, id)

    def party(self, id: str) -> Party:
        """The party of an id."""
        belonging = self._belonging
        code, _, people = id.partition(" ")
        if code in belonging.states:
            state = belonging.states[code]
            suffix = f": {_PEOPLE}" if people else ""
            return Party(id, state.name, state.name_en + suffix, code)
        if id in belonging.members:
            member = belonging.members[id]
            return Party(id, member.name, member.name_en, member.country or None)
        return Party(id, id.strip("«»"), "")

    def known(self, id: str) -> bool:
        """Whether the tables have this id or code."""
        return id.partition(" ")[0] in self._belonging.states or id in self._belonging.members

    def named(self, text: str) -> str | None:
        """The id that a user means: an id or a code, or the whole Arabic name of one; else None."""
        if self.known(text):
            return self.canonical(text)
        wanted = self._fold(" ".join(text.split()))
        for state in self._belonging.states.values():
            if wanted in map(self._fold, state.names):
                return state.code
        for member in self._belonging.members.values():
            if wanted in map(self._fold, member.names):
                return self.canonical(member.id)
        return None

    def members_of(self, id: str) -> tuple[str, ...]:
        """The ids of all who belong to an id of the tables, itself among them."""
        return tuple(self._below.get(self.canonical(id), ()))

    def named_as(self, id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The folded names of all bodies that belong to an id, and their countries."""
        bodies = [m for m in map(self._belonging.members.__getitem__, self.members_of(id)) if m.kind != "person"]
        names = shortest(self._fold(name) for m in bodies for name in m.names)
        return names, tuple(sorted({m.country for m in bodies if m.country}))

    def of(self, side: Side) -> str:
        """The id of the party of an actor or recipient."""
        found = self._known.get(side)
        if found is None:
            found = self._known[side] = self._of(side)
        return found

    def sure_of(self, side: Side) -> bool:
        """Whether more than the run of the text says whose an actor is: an id, a sector, a name of state or body."""
        if side.entity is not None or side.country is None or side.sectors:
            return True
        return any(True for names in (self._demonyms, self._names) for _ in names.hits(side.name))

    def _of(self, side: Side) -> str:
        member = self._belonging.members.get(side.entity or "")
        line = list(self._line(member)) if member else []
        for above in line:
            if self.canonical(above.id) in self._wanted:
                return self.canonical(above.id)
        country = side.country or (member.country if member else None)
        sectors = side.sectors or (member.sectors if member else ())
        if country is None or country in _LOOSE:
            return self._top(line) if line else self._own(side)
        own = not _STATE.intersection(sectors) and _OWN.intersection(sectors)
        if own:
            return self._top(line) if line else self._own(side)
        if not sectors or _STATE.intersection(sectors) or country in ("UNO", "EUR"):
            return country
        return f"{country} {_PEOPLE}"

    def of_voice(self, voice: Voice) -> str | None:
        """The party of a speaker by the names and demonyms in his words; None where these tell none or several.

        A person or an organisation goes before a demonym: «المتحدث باسم حركة حماس» is Hamas.
        """
        if voice not in self._voices:
            self._voices[voice] = self._of_voice(voice)
        return self._voices[voice]

    def _of_voice(self, voice: Voice) -> str | None:
        if voice.anonymous:
            return None
        named = self._longest(voice.name)
        if named:
            found = {self._of_member(hit.value) for hit in named}
        else:
            found = {hit.value for hit in self._demonyms.hits(voice.name)}
        return found.pop() if len(found) == 1 else None

    def _of_member(self, id: str) -> str:
        member = self._belonging.members[id]
        return self.of(Side(member.name, id, member.country or None, member.sectors))

    def _line(self, member: Member | None) -> Iterator[Member]:
        """A member, what it belongs to, and so on; a circle ends it."""
        seen: set[str] = set()
        while member is not None and member.id not in seen:
            seen.add(member.id)
            yield member
            member = self._belonging.members.get(member.parent)

    def _top(self, line: list[Member]) -> str:
        """The highest of a line that is no state's body: a wing belongs to its movement, not to a country."""
        top = line[0]
        for above in line[1:]:
            if _STATE.intersection(above.sectors) and not _OWN.intersection(above.sectors):
                break
            top = above
        return self.canonical(top.id)

    def _own(self, side: Side) -> str:
        """Who the tables do not know by id: the one body that his name names («وفد حركة حماس»), else he himself."""
        found = {
            self.of(Side("", hit.value))
            for hit in self._longest(side.name)
            if self._belonging.members[hit.value].country == (side.country or "")
        }
        return found.pop() if len(found) == 1 else f"«{' '.join(side.name.split())}»"

    def _longest(self, text: str) -> list[Hit[str]]:
        """The longest of the names in a text."""
        named = list(self._names.hits(text))
        longest = max((hit.end - hit.first for hit in named), default=0)
        return [hit for hit in named if hit.end - hit.first == longest]
