"""What the program takes the names in a short text for, and the rows of the tables that decide it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rasid.model import Article, Entity, Part, Span, Words
from rasid.model.text import Mention, Sentence
from rasid.packs.tables import Row, data_dir, rows
from rasid.pipeline.kit import Kit
from rasid.resolve.actors import ActorResolver
from rasid.resolve.index import Index
from rasid.resolve.places import settle

#: The tables of each kind of mention, in the order in which they are read.
_TABLES: Mapping[str, tuple[str, ...]] = {
    "person": ("actors/people.tsv",),
    "org": ("actors/orgs.tsv",),
    "outlet": ("actors/outlets.tsv",),
    "metonym": ("actors/metonyms.tsv",),
    "country": ("actors/countries.tsv",),
    "capital": ("actors/countries.tsv",),
    "demonym": ("actors/countries.tsv",),
    "group": ("actors/groups.tsv",),
    "role": ("actors/roles.tsv",),
    "agent": ("actors/agents.tsv",),
    "office": ("actors/offices.tsv",),
    "place": ("places/places.tsv", "places/geonames.tsv"),
}


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the tables that has the words as a name: its kind and id, and where it stands (file:line)."""

    words: str
    kind: str
    id: str
    at: str | None
    weak: bool = False


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """One place that words may mean. `needs_cue`: the name counts only after a place word (في، مدينة …).

    `score` (0 to 1) is that of candidates of actors: 0.7 for a name that needs nothing else, 0.5 for one that does.
    """

    row: TableRow
    name: str
    country: str | None
    kind: str
    needs_cue: bool
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    within: str | None = None

    @property
    def score(self) -> float:
        """How much the name alone speaks for the place."""
        return 0.5 if self.needs_cue else 0.7


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """Words that name a place: the readings, the chosen one first, and why it is the first."""

    words: Words
    readings: tuple[PlaceReading, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class FoundActor:
    """Words that name an actor: how they were resolved, and the rows that the resolution stands on.

    `at` says where the rows of the other candidates stand (file:line, by id).
    """

    entity: Entity
    rows: tuple[TableRow, ...]
    at: Mapping[str, str]


class Tables:
    """Says where a row stands. Reads a table when it is first asked for one of its rows."""

    def __init__(self, user: Path | None = None) -> None:
        """Args: user: the folder of a user's own knowledge, whose rows replace ours."""
        self._roots = (data_dir() / "ar", *((user,) if user is not None else ()))
        self._lines: dict[str, dict[str, str]] = {}

    def at(self, kind: str, key: str) -> str | None:
        """``file:line`` of the row with this id; None when no table has it."""
        if kind not in self._lines:
            self._lines[kind] = dict(self._read(kind))
        return self._lines[kind].get(key)

    def _read(self, kind: str) -> Iterator[tuple[str, str]]:
        for root in self._roots:
            for name in _TABLES.get(kind, ()):
                path = root / name
                if path.is_file():
                    yield from ((_id(kind, row), f"{row.file}:{row.line}") for row in rows(path))


def _id(kind: str, row: Row) -> str:
    """The id that a mention of the row has."""
    match kind:
        case "country" | "capital" | "demonym":
            return row.get("iso3")
        case "metonym":
            return f"metonym:{row.get('surface')}"
        case "group":
            return next((f for column in ("word_m", "word_f", "word_pl") for f in row.list(column)), "")
        case "office":
            return _office(row.get("person_id"), row.get("role_id"), row.get("from") or None)
    return row.get("id")


def _office(person: str, role: str, start: str | None) -> str:
    return f"{person}/{role}/{start or '?'}"


def places(text: str, kit: Kit, tables: Tables) -> tuple[FoundPlace, ...]:
    """The places, capitals and countries that `text` names, in its order.

    Args:
        text: some words; read as the one line of an article.
        kit: what reading needs.
        tables: where rows stand.
    """
    article = _article(text, None)
    found: list[FoundPlace] = []
    sentences = kit.language.sentences(article)
    for sentence, settled in zip(sentences, settle(article.text, sentences, kit.knowledge), strict=True):
        until = -1
        for readings in _same_words(sentence, ("place", "capital", "country")):
            first = readings[0]
            if first.first > until:
                until = first.last
                readings.sort(key=lambda m: m not in settled.mentions)  # those that the context speaks for first
                by_context = not all(m in settled.mentions for m in readings)
                found.append(_place(article.text, sentence, readings, kit.knowledge, tables, by_context=by_context))
    return tuple(found)


def _article(text: str, day: date | None) -> Article:
    line = " ".join(text.split())
    whole = Part("body", Span(0, len(line)))
    return Article("text", line, (whole,), day, "given" if day is not None else None)


def _same_words(sentence: Sentence, kinds: Iterable[str]) -> Iterator[list[Mention]]:
    """The mentions of these kinds, those of the same words together; longer ones before shorter ones."""
    together: dict[tuple[int, int], list[Mention]] = {}
    for mention in sentence.mentions:
        if mention.kind in kinds:
            together.setdefault((mention.first, -mention.last), []).append(mention)
    yield from (together[key] for key in sorted(together))


def _place(
    text: str, sentence: Sentence, readings: list[Mention], index: Index, tables: Tables, *, by_context: bool
) -> FoundPlace:
    span = readings[0].span
    words = Words(span.of(text), span)
    ordered = tuple(_reading(words.text, m, index, tables) for m in readings)
    return FoundPlace(words, ordered, _why(sentence, readings, by_context=by_context))


def _reading(words: str, mention: Mention, index: Index, tables: Tables) -> PlaceReading:
    row = TableRow(words, mention.kind, mention.id, tables.at(mention.kind, mention.id), mention.weak)
    if mention.kind != "place":
        country = index.countries[mention.id]
        name = country.name if mention.kind == "country" else country.capitals[0]
        return PlaceReading(row, name, country.iso, mention.kind, mention.weak)
    place = index.places[mention.id]
    parent = index.places.get(place.parent)
    return PlaceReading(
        row, place.name, place.country, place.kind, mention.weak,
        place.lat, place.lon, place.radius_km, parent.name if parent is not None else None,
    )  # fmt: skip


def _why(sentence: Sentence, readings: list[Mention], *, by_context: bool) -> str:
    first = readings[0]
    reasons = ["an ordinary word or person's name too" if first.weak else "always a name of it"]
    if len(readings) > 1:
        reasons.append("its country is the one named beside it" if by_context else "first of several readings")
    before = sentence.tokens[first.first - 1] if first.first else None
    if before is not None and before.tag == "PREP":
        reasons.append(f"«{before.text}» stands before it")
    return "; ".join(reasons)


def actors(
    text: str, kit: Kit, tables: Tables, *, day: date | None = None, country: str | None = None
) -> tuple[FoundActor, ...]:
    """The actors that `text` names, in its order.

    Args:
        text: some words; read as the one line of an article.
        kit: what reading needs.
        tables: where rows stand.
        day: the day of the article: decides who held an office.
        country: the country that the article is about: decides short names and bare titles.
    """
    article = _article(text, day)
    sentences = settle(article.text, kit.language.sentences(article), kit.knowledge)
    resolver = ActorResolver(article.text, sentences, kit.knowledge, day)
    if country is not None:
        resolver.main_country = country
    resolver.read_to(len(sentences) - 1)
    named = [(sentences[known.sentence], known.entity) for known in resolver.memory]
    found: list[FoundActor] = []
    for sentence, entity in named or _only_as_parties(resolver, sentences):
        table_rows = _rows(article.text, sentence, entity, kit.knowledge, tables, day)
        found.append(FoundActor(entity, tuple(table_rows), dict(_rows_of(entity, tables))))
    return tuple(found)


def _only_as_parties(resolver: ActorResolver, sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, Entity]]:
    """The places of a text without actors («القطاع»): whom each is taken for when it acts."""
    for sentence in sentences:
        for phrase in sentence.phrases:
            if any(m.kind == "place" and phrase.first <= m.first <= phrase.last for m in sentence.mentions):
                entity = resolver.phrase(sentence, phrase.first, phrase.last, phrase.head)
                if entity is not None and entity.country is not None:
                    yield sentence, replace(entity, reason=f"a place, and an actor only where it acts: {entity.reason}")


def _rows_of(entity: Entity, tables: Tables) -> Iterator[tuple[str, str]]:
    """Where the rows of the other candidates stand: each id is in one table of these."""
    for other in entity.candidates:
        found = (tables.at(kind, other.id) for kind in ("person", "org", "outlet", "metonym", "country", "place"))
        at = next((place for place in found if place is not None), None)
        if at is not None:
            yield other.id, at


def _rows(
    text: str, sentence: Sentence, entity: Entity, index: Index, tables: Tables, day: date | None
) -> Iterator[TableRow]:
    """The rows whose names stand in the words of an entity, and the office and person that these led to."""
    span = entity.words.span
    inside = [m for m in sentence.mentions if span.start <= m.span.start and m.span.end <= span.end]
    seen = set()
    for m in inside:
        if m.kind in _TABLES and not _swallowed(m, inside):
            seen.add((m.kind, m.id))
            yield TableRow(m.span.of(text), m.kind, m.id, tables.at(m.kind, m.id), m.weak)
    if entity.id is None or entity.id not in index.people:
        return
    if ("person", entity.id) not in seen:
        yield TableRow("", "person", entity.id, tables.at("person", entity.id))
    office = index.office(entity.id, day)
    if office is not None:
        key = _office(office.person, office.role, office.start)
        yield TableRow("", "office", f"{office.person}/{office.role}", tables.at("office", key))


def _swallowed(mention: Mention, others: Iterable[Mention]) -> bool:
    """Whether a longer name holds this one; what a title holds («المبعوث الأممي») still says whose it is."""
    inner = mention.kind in ("demonym", "group", "country", "org")
    return any(
        o.first <= mention.first
        and mention.last <= o.last
        and o.last - o.first > mention.last - mention.first
        and not (inner and o.kind == "role")
        for o in others
    )
