"""The knowledge tables, indexed for resolving mentions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from rasid.packs.counts import load_counts
from rasid.packs.knowledge import Country, Knowledge, Named, Office, Place, Title
from rasid.resolve.quantities import CountWords, compile_counts

Fold = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Index:
    """Rows by id, dated offices by person and by office, and words that point to rows. Built once by the kit.

    `pairs` are folded duals that mean two parties named before, `pairs_of_states` two states; `answers` says which
    offices tell who a title means; `work` which countries a body (or a person for it) deals with; `former` are folded
    adjectives of former holders; `short_names` and `last_names` give ids by folded weak name; `sound_plurals` are the
    folded plurals in ـون of titles, kinds of actors and nationalities.
    """

    people: dict[str, Named]
    orgs: dict[str, Named]
    outlets: dict[str, Named]
    metonyms: dict[str, Named]
    countries: dict[str, Country]
    groups: dict[str, Title]
    roles: dict[str, Title]
    agents: dict[str, Title]
    places: dict[str, Place]
    offices_of: dict[str, tuple[Office, ...]]
    holders: dict[tuple[str, str], tuple[Office, ...]]
    fold: Fold
    plural_roles: frozenset[str] = field(default=frozenset())
    pairs: frozenset[str] = frozenset()
    pairs_of_states: frozenset[str] = frozenset()
    answers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    work: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    former: frozenset[str] = frozenset()
    short_names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    last_names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    counts: CountWords = field(default_factory=CountWords)
    sound_plurals: frozenset[str] = frozenset()

    def office(self, person: str, day: date | None) -> Office | None:
        """The office that a person held on `day`: the latest begun of those that fit."""
        fitting = [o for o in self.offices_of.get(person, ()) if o.holds(day)]
        return max(fitting, key=lambda o: o.start or "", default=None)

    def work_of(self, body: str, person: str = "") -> frozenset[str]:
        """Countries that the work of a body is about, or that of a person for it."""
        return self.work.get((person, body)) or self.work.get(("", body)) or frozenset()

    def holder(self, role: str, where: str, day: date | None) -> Named | None:
        """The one person who held `role` of a country or body on `day`; None when none or several did."""
        people = self.holders_on(role, where, day)
        return people[0] if len(people) == 1 else None

    def holders_on(self, role: str, where: str, day: date | None) -> tuple[Named, ...]:
        """All who held `role` of a country or body on `day`, in the order of the table; none when no day is known."""
        if day is None:
            return ()
        people = dict.fromkeys(o.person for o in self.holders.get((role, where), ()) if o.holds(day))
        return tuple(self.people[person] for person in people if person in self.people)


def _sound_plurals(knowledge: Knowledge, fold: Fold) -> frozenset[str]:
    titles = (form for title in (*knowledge.roles, *knowledge.agents) for form in title.forms)
    demonyms = (form for country in knowledge.countries for form in country.demonyms)
    return frozenset(fold(form).removeprefix("ال") for form in (*titles, *demonyms) if form.endswith("ون"))


def build_index(knowledge: Knowledge, fold: Fold) -> Index:
    """Index all tables."""
    offices: dict[str, list[Office]] = {}
    holders: dict[tuple[str, str], list[Office]] = {}
    for office in knowledge.offices:
        offices.setdefault(office.person, []).append(office)
        for where in {office.country or "", office.org} - {""}:
            holders.setdefault((office.role, where), []).append(office)
    return Index(
        people={p.id: p for p in knowledge.people},
        orgs={o.id: o for o in knowledge.orgs},
        outlets={o.id: o for o in knowledge.outlets},
        metonyms={m.id: m for m in knowledge.metonyms},
        countries={c.iso: c for c in knowledge.countries},
        groups={g.id: g for g in knowledge.groups},
        roles={r.id: r for r in knowledge.roles},
        agents={a.id: a for a in knowledge.agents},
        places={p.id: p for p in knowledge.places},
        offices_of={k: tuple(v) for k, v in offices.items()},
        holders={k: tuple(v) for k, v in holders.items()},
        fold=fold,
        sound_plurals=_sound_plurals(knowledge, fold),
        plural_roles=frozenset(fold(f) for r in knowledge.roles for f in r.plural_forms),
        pairs=frozenset(fold(f) for pair in knowledge.pairs if not pair.states for f in pair.forms),
        pairs_of_states=frozenset(fold(f) for pair in knowledge.pairs if pair.states for f in pair.forms),
        answers=dict(knowledge.answers),
        work={(w.person, w.body): w.countries for w in knowledge.work},
        former=frozenset(fold(w) for w in knowledge.former),
        short_names=_weak_names(knowledge.orgs, fold),
        last_names=_weak_names(knowledge.people, fold),
        counts=compile_counts(load_counts(), fold),
    )


def _weak_names(table: Iterable[Named], fold: Fold) -> dict[str, tuple[str, ...]]:
    """Ids by folded weak name, in the order of the table."""
    found: dict[str, list[str]] = {}
    for row in table:
        for name in row.weak:
            found.setdefault(fold(name), []).append(row.id)
    return {name: tuple(ids) for name, ids in found.items()}
