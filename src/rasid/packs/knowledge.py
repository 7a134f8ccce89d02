"""The tables of actors, places and words as typed values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from rasid.packs.errors import PackError
from rasid.packs.tables import Row, data_dir, rows


@dataclass(frozen=True, slots=True)
class Named:
    """A row of a table that gives a name to something: person, organisation, country, outlet ….

    `strong` names mean it wherever they stand; `weak` names need an earlier full mention or a cue. `start` and `end`
    are of bodies that were not always there, or not always of these codes; open ends are None.
    """

    id: str
    name: str
    strong: tuple[str, ...]
    weak: tuple[str, ...] = ()
    country: str | None = None
    sector: str | None = None
    kind: str = ""
    parent: str = ""
    file: str = ""
    line: int = 0
    start: str | None = None
    end: str | None = None

    def exists(self, day: date | None) -> bool:
        """Whether there was such a body, or it had this code, on `day`; True when the day is not known."""
        return _within(self.start, self.end, day)


def _within(start: str | None, end: str | None, day: date | None) -> bool:
    """Whether a day lies between two others, each a day, month or year; an open end is None."""
    if day is None:
        return True
    iso = day.isoformat()
    return (start is None or start <= iso) and (end is None or iso <= end + "~")


@dataclass(frozen=True, slots=True)
class Office:
    """A dated office of a person. Open ends are None."""

    person: str
    role: str
    org: str
    country: str | None
    sector: str | None
    start: str | None
    end: str | None
    line: int = 0

    def holds(self, day: date | None) -> bool:
        """Whether the office was held on `day`; True when the day is not known."""
        return _within(self.start, self.end, day)

    def over(self, day: date | None) -> bool:
        """Whether the office had ended before `day`."""
        return day is not None and self.end is not None and self.end + "~" < day.isoformat()


@dataclass(frozen=True, slots=True)
class Country:
    """A state, its people's names and its capital."""

    iso: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    capital_speaks: bool
    masculine: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Title:
    """A role («وزير الخارجية») or a head noun of actors («قوات»): its forms and what it makes of a person."""

    id: str
    forms: tuple[str, ...]
    sector: str | None
    kind: str = ""
    single: bool = False
    country: str | None = None
    human: bool = True
    plural_forms: frozenset[str] = frozenset()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A named place. `radius_km` is how exact the point is."""

    id: str
    name: str
    names: tuple[str, ...]
    kind: str
    country: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    parent: str = ""
    needs_cue: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """A dual that means the last two parties named («الجانبان»), or their states («البلدان»)."""

    forms: tuple[str, str]
    states: bool


@dataclass(frozen=True, slots=True)
class File:
    """The countries that the work of a body is about; with a `person`, that person's work for it."""

    person: str
    body: str
    countries: frozenset[str]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All tables of one language, and of a user's folder read after them."""

    people: tuple[Named, ...] = ()
    orgs: tuple[Named, ...] = ()
    outlets: tuple[Named, ...] = ()
    metonyms: tuple[Named, ...] = ()
    countries: tuple[Country, ...] = ()
    groups: tuple[Title, ...] = ()
    roles: tuple[Title, ...] = ()
    agents: tuple[Title, ...] = ()
    places: tuple[Place, ...] = ()
    offices: tuple[Office, ...] = ()
    honorifics: tuple[str, ...] = ()
    name_parts: tuple[tuple[str, str], ...] = ()
    stems: tuple[Row, ...] = field(default=())
    function_words: tuple[tuple[str, str], ...] = ()
    plurals: tuple[tuple[str, str], ...] = ()
    verb_after: tuple[tuple[str, str], ...] = ()
    ties: tuple[tuple[str, str], ...] = ()
    pairs: tuple[Pair, ...] = ()
    answers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    work: tuple[File, ...] = ()
    former: tuple[str, ...] = ()
    place_cues: tuple[tuple[str, str], ...] = ()


def load_knowledge(user: Path | None = None) -> Knowledge:
    """Read all tables of the package, then those of `user` (same names; rows of the same id replace).

    Raises:
        PackError: at the first row that is not of the table's form.
    """
    read = _Reader(user)
    people = tuple(_named(r, "name_ar", "variants_ar", "weak_ar") for r in read("actors/people.tsv"))
    orgs = tuple(_named(r, "name_ar", "variants_ar", "weak_ar") for r in read("actors/orgs.tsv"))
    roles = tuple(map(_role, read("actors/roles.tsv")))
    return Knowledge(
        people=people,
        orgs=orgs,
        outlets=tuple(_outlet(r) for r in read("actors/outlets.tsv")),
        metonyms=tuple(_metonym(r) for r in read("actors/metonyms.tsv")),
        countries=_countries(read("actors/countries.tsv"), read("words/masculine_countries.tsv")),
        groups=tuple(map(_group, read("actors/groups.tsv"))),
        roles=roles,
        agents=tuple(map(_agent, read("actors/agents.tsv"))),
        places=tuple(map(_place, (*read("places/places.tsv"), *read("places/geonames.tsv")))),
        offices=tuple(map(_office, read("actors/offices.tsv"))),
        honorifics=tuple(r.get("word") for r in read("words/honorifics.tsv")),
        name_parts=tuple((r.get("word"), r.get("kind")) for r in read("words/names.tsv")),
        stems=tuple(_stem(r) for name in read.matching("words", "stems") for r in read(name)),
        function_words=tuple((r.get("word"), r.get("tag")) for r in read("words/function.tsv")),
        plurals=tuple((r.get("plural"), r.get("singular")) for r in read("words/plurals.tsv")),
        verb_after=tuple(
            (_given(r, "word"), _one_of(r, "verb", ("any", "imperfect"))) for r in read("words/verb_after.tsv")
        ),
        ties=tuple((_given(r, "word"), _one_of(r, "place", ("core", "led"))) for r in read("words/ties.tsv")),
        pairs=tuple(map(_pair, read("words/pairs.tsv"))),
        answers=_answers(read("actors/holders.tsv"), {r.id for r in roles}),
        work=tuple(_file(r, {p.id for p in people}, {o.id for o in orgs}) for r in read("actors/files.tsv")),
        place_cues=tuple(
            (_given(r, "word"), _one_of(r, "stands", ("before", "after", "both"))) for r in read("words/place_cues.tsv")
        ),
        former=tuple(_given(r, "word") for r in read("actors/former.tsv")),
    )


class _Reader:
    """Rows of the package's table and of the user's table of the same name."""

    def __init__(self, user: Path | None) -> None:
        self._roots = [data_dir() / "ar", *([user] if user is not None else [])]

    def __call__(self, name: str) -> tuple[Row, ...]:
        read = (rows(path) for root in self._roots if (path := root / name).is_file())
        return in_force(name.rpartition("/")[2].removesuffix(".tsv"), tuple(read))

    def matching(self, folder: str, prefix: str) -> list[str]:
        names = {
            f"{folder}/{path.name}"
            for root in self._roots
            if (root / folder).is_dir()
            for path in (root / folder).iterdir()
            if path.name.startswith(prefix) and path.name.endswith(".tsv")
        }
        return sorted(names)


#: The columns by which a user's row replaces one of ours, in tables without ids.
_KEYS: Mapping[str, tuple[str, ...]] = {
    "offices": ("person_id", "role_id", "org_id"),
    "countries": ("iso3",),
    "metonyms": ("surface",),
}


def in_force(name: str, roots: Sequence[Sequence[Row]]) -> tuple[Row, ...]:
    """The rows of a table that count, of the rows of each folder in the order in which they are read.

    A row replaces those with its id. In offices a user's terms of a person in a role of a body replace all of ours;
    a user's country (``iso3``) or metonym (`surface`) replaces ours. Other tables add up.

    Args:
        name: of the table, without folder and ending.
        roots: the rows of the package, then those of the user.
    """
    columns = _KEYS.get(name, ())
    kept: dict[object, Row] = {}
    for root in roots:
        if columns:
            own = {tuple(row.get(c) for c in columns) for row in root}
            kept = {n: row for n, row in kept.items() if tuple(row.get(c) for c in columns) not in own}
        for row in root:
            kept[row.get("id") if row.has("id") else (row.file, row.line)] = row
    return tuple(kept.values())


def _none(value: str) -> str | None:
    return value or None


def _named(row: Row, name: str, strong: str, weak: str) -> Named:
    return Named(
        id=row.get("id"),
        name=row.get(name),
        strong=_strong(row, name, strong, weak),
        weak=row.list(weak),
        country=_none(row.get("country")),
        sector=_none(row.get("sector")),
        kind=row.get("kind") if row.has("kind") else "",
        parent=row.get("parent") if row.has("parent") else row.get("affiliation") if row.has("affiliation") else "",
        file=row.file,
        line=row.line,
        start=_none(row.get("from")) if row.has("from") else None,
        end=_none(row.get("to")) if row.has("to") else None,
    )


def _strong(row: Row, name: str, strong: str, weak: str) -> tuple[str, ...]:
    """The names that need no context: the name and its variants but those that the row calls weak."""
    called_weak = row.list(weak)
    return tuple(form for form in (row.get(name), *row.list(strong)) if form not in called_weak)


def _outlet(row: Row) -> Named:
    return Named(
        id=row.get("id"), name=row.get("name_ar"), strong=_strong(row, "name_ar", "variants_ar", "weak_ar"),
        weak=row.list("weak_ar"), country=_none(row.get("country")), sector="JRN", kind=row.get("kind"),
        file=row.file, line=row.line,
    )  # fmt: skip


def _metonym(row: Row) -> Named:
    strong = (row.get("surface"), *row.list("variants"))
    weak = row.get("guard") == "weak"
    return Named(
        id=f"metonym:{row.get('surface')}",
        name=row.get("actor_name") or row.get("surface"),
        strong=() if weak else strong,
        weak=strong if weak else (),
        country=_none(row.get("country")),
        sector=_none(row.get("sector")),
        kind="place" if row.get("guard") == "place" else row.get("kind"),
        file=row.file,
        line=row.line,
    )


def _countries(table: Iterable[Row], masculine: Iterable[Row]) -> tuple[Country, ...]:
    isos = {r.get("iso3") for r in masculine}
    return tuple(replace(c, masculine=c.iso in isos) for c in map(_country, table))


def _country(row: Row) -> Country:
    capital = row.get("capital_ar")
    return Country(
        iso=row.get("iso3"),
        name=row.get("name_ar"),
        names=(row.get("name_ar"), *row.list("variants_ar")),
        demonyms=_demonyms(row),
        capitals=(*((capital,) if capital else ()), *row.list("capital_variants_ar")),
        capital_speaks=row.get("capital_speaks") == "yes",
        line=row.line,
    )


def _demonyms(row: Row) -> tuple[str, ...]:
    """The forms that the table lists and the regular duals of its singulars («إيرانيان», «إيرانيتين»)."""
    singular = [form for form in (*row.list("demonym_m"), *row.list("demonym_f")) if " " not in form]
    stems = [form.removesuffix("ة") + "ت" if form.endswith("ة") else form for form in singular if form[-1] in "ية"]
    duals = (stem + ending for stem in stems for ending in ("ان", "ين"))
    listed = (*row.list("demonym_m"), *row.list("demonym_f"), *row.list("demonym_pl"))
    return tuple(dict.fromkeys((*listed, *duals)))


def _group(row: Row) -> Title:
    forms = (*row.list("word_m"), *row.list("word_f"), *row.list("word_pl"))
    return Title(
        forms[0], forms, _none(row.get("sector")), "group", country=_none(row.get("country")),
        plural_forms=frozenset(row.list("word_pl")), line=row.line,
    )  # fmt: skip


#: Codes that stand where a state has its own; in a title they stand among the sectors.
BODIES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})


def _codes(row: Row) -> tuple[str | None, str | None]:
    """(country, sector) of a title: bodies that are no state stand among its sector codes."""
    codes = row.get("sector").split(";")
    country = next((c for c in codes if c in BODIES), None)
    if row.has("country") and row.get("country"):
        country = row.get("country")
    return country, ";".join(c for c in codes if c not in BODIES) or None


def _role(row: Row) -> Title:
    country, sector = _codes(row)
    plural = (*row.list("dual"), *row.list("plural"))
    return Title(
        id=row.get("id"),
        forms=(*row.list("masc"), *row.list("fem"), *plural),
        sector=sector,
        country=country,
        kind=row.get("scope"),
        single=row.get("single") == "yes",
        plural_forms=frozenset(plural),
        line=row.line,
    )


def _agent(row: Row) -> Title:
    country, sector = _codes(row)
    return Title(
        id=row.get("id"),
        forms=row.list("forms"),
        sector=sector,
        country=country,
        kind=row.get("kind"),
        human=row.get("human") != "no",
        line=row.line,
    )


def _number(row: Row, column: str) -> float | None:
    value = row.get(column)
    try:
        return float(value) if value else None
    except ValueError:
        raise PackError(row.file, row.line, f"{column} {value!r} is no number") from None


def _code(row: Row, column: str = "country") -> str | None:
    """A country's code in three capitals, or None for an empty cell."""
    value = row.get(column)
    if value and not (len(value) == 3 and value.isascii() and value.isalpha() and value.isupper()):
        raise PackError(row.file, row.line, f"{column} {value!r} is no code of three capital letters")
    return value or None


def _given(row: Row, column: str) -> str:
    value = row.get(column)
    if not value:
        raise PackError(row.file, row.line, f"{column} is empty")
    return value


def _one_of(row: Row, column: str, known: tuple[str, ...]) -> str:
    value = row.get(column)
    if value not in known:
        raise PackError(row.file, row.line, f"{column} {value!r} is none of {', '.join(known)}")
    return value


def _pair(row: Row) -> Pair:
    forms = _given(row, "nominative"), _given(row, "oblique")
    return Pair(forms, _one_of(row, "means", ("parties", "states")) == "states")


def _answers(table: Iterable[Row], roles: set[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Titles with the offices that answer them; a user's row replaces ours for the same title."""
    found: dict[str, tuple[str, ...]] = {}
    for row in table:
        offices = row.list("offices")
        for role in (row.get("title"), *(office.partition("@")[0] for office in offices)):
            _known(row, role, roles, "roles.tsv")
        found[row.get("title")] = offices
    return tuple(found.items())


def _file(row: Row, people: set[str], orgs: set[str]) -> File:
    if row.get("person"):
        _known(row, row.get("person"), people, "people.tsv")
    _known(row, row.get("body"), orgs, "orgs.tsv")
    return File(row.get("person"), row.get("body"), frozenset(row.list("countries")))


def _known(row: Row, key: str, ids: set[str], table: str) -> None:
    if key not in ids:
        raise PackError(row.file, row.line, f"{key!r} is no id of {table}")


#: Classes of the words in ``words/stems_*.tsv``.
WORD_CLASSES = frozenset(
    {"noun", "masdar", "adj", "past", "pres", "name", "place", "org", "demonym", "adv", "num", "time", "func"}
)


def _stem(row: Row) -> Row:
    if row.get("pos") not in WORD_CLASSES:
        raise PackError(
            row.file, row.line, f"word class {row.get('pos')!r} is none of {', '.join(sorted(WORD_CLASSES))}"
        )
    return row


def _place(row: Row) -> Place:
    return Place(
        id=row.get("id"),
        name=_given(row, "name_ar"),
        names=(row.get("name_ar"), *row.list("variants_ar")),
        kind=row.get("kind"),
        country=_code(row),
        lat=_number(row, "lat"),
        lon=_number(row, "lon"),
        radius_km=_number(row, "radius_km"),
        parent=row.get("parent") if row.has("parent") else "",
        needs_cue=row.has("cue") and row.get("cue") == "yes",
        line=row.line,
    )


def _office(row: Row) -> Office:
    return Office(
        person=row.get("person_id"), role=row.get("role_id"), org=row.get("org_id"), country=_none(row.get("country")),
        sector=_none(row.get("sector")), start=_none(row.get("from")), end=_none(row.get("to")), line=row.line,
    )  # fmt: skip
