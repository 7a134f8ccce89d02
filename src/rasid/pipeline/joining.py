"""Joining the records of a database: what the joiner needs, and the path from the store and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from rasid.join import Model, Names, Telling, Text, copies, join, load_model, tellings
from rasid.language.ar.letters import fold
from rasid.language.ar.light import Stems, stemmer
from rasid.language.ar.search import folded_words, words_apart
from rasid.model import Article, Record
from rasid.packs.belonging import load_belonging
from rasid.packs.knowledge import load_knowledge
from rasid.packs.tables import data_dir, rows
from rasid.store import WORD, Joiner, Joint

_DATA = Path(str(data_dir()))
#: Where the weights stand.
WEIGHTS = _DATA / "ar" / "weights" / "joining.json"
#: How many articles of a collection have each stem.
STEMS = WEIGHTS.with_name("stems.json")
#: The pairs of types under which one act may be told, in alphabetical order.
KIN = {
    (min(pair), max(pair)): "kin" for pair in ((row.get("type"), row.get("other")) for row in rows(_DATA / "kin.tsv"))
}

#: Mean log-odds of two groups that are nearly surely one event; see docs/models/joining.md.
_STRICT = 2.0

#: Told what is done now, how far it is, and how far it goes.
Step = Callable[[str, int, int], None]


def _silent(what: str, done: int, total: int) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Eyes:
    """How words become what joining compares: stems, and names of places and people."""

    stems: Stems
    places: Names
    people: Names
    persons: frozenset[str]
    nations: Names

    @classmethod
    def load(cls, user: Path | None = None) -> Eyes:
        """Build them from the tables.

        Raises:
            PackError: when a table cannot be used.
        """
        knowledge = load_knowledge(user)
        stems = stemmer(word for word, _ in knowledge.function_words if " " not in word)
        towns = ((folded_words(n), p.id) for p in knowledge.places if not p.needs_cue for n in p.names)
        known = ((folded_words(n), p.id) for p in (*knowledge.people, *knowledge.orgs) for n in (*p.strong, *p.weak))
        persons = frozenset(person.id for person in knowledge.people)
        states = load_belonging(user).states.values()
        nations = ((folded_words(n), state.code) for state in states for n in (*state.names, *state.adjectives))
        found = (Names.of(names, words_apart) for names in (towns, known, nations))
        return cls(stems, next(found), next(found), persons, next(found))

    def tellings(self, article: Article, records: Iterable[tuple[int, int, Record]], number: int) -> Iterator[Telling]:
        """The records of an article as joining sees them."""
        return tellings(article, records, number, self.stems, self.places, self.people, self.persons, self.nations)


def shipped(*, strict: bool = False) -> Model:
    """The model that ships; `strict`: with the threshold of what is nearly sure.

    Raises:
        OSError: when the weights cannot be read.
    """
    model = load_model(WEIGHTS, STEMS)
    return replace(model, threshold=_STRICT) if strict else model


def join_all(store: Joiner, eyes: Eyes, model: Model | None = None, step: Step = _silent) -> Joint:
    """Join all records that count now, find copies, and put both into the database at once.

    Raises:
        StoreError: when the database cannot be read or written.
        ImportError: when rensa is not installed.
    """
    model = model or shipped()
    texts: list[Text] = []
    found: list[Telling] = []
    total = store.articles()
    for n, (content, article, records) in enumerate(store.records(), start=1):
        texts.append(Text(content, " ".join(WORD.findall(fold(article.text)))))
        found += eyes.tellings(article, records, content)
        step("articles", n, total)
    found.sort(key=lambda telling: (telling.published is None, telling.published, telling.key))
    groups = join(found, model, partial(step, "records"))
    return store.put(groups, copies(texts))
