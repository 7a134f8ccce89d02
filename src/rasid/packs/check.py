"""What is wrong in the tables of actors and places although each row has its form: ids, codes, dates, names.

Of a user's folder only the user's rows are told of; they are checked together with ours, which they add to or replace.
What the check finds and is right as it is stands in ``actors/declared.tsv``, with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources.abc import Traversable
from itertools import combinations
from pathlib import Path

from rasid.packs.errors import PackError
from rasid.packs.knowledge import BODIES, in_force
from rasid.packs.tables import Row, data_dir, rows

#: The tables whose rows have ids, and those whose rows name somebody or some place.
_WITH_IDS = ("people", "orgs", "outlets", "roles", "agents", "places", "geonames")
_NAMING = ("people", "orgs", "outlets", "places", "geonames")
_FOLDERS: Mapping[str, str] = {"places": "places", "geonames": "places"}
_TABLES = (*_WITH_IDS, "offices", "countries", "metonyms", "groups")

#: Columns that hold an id of another table.
_REFERENCES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("people", "affiliation", ("orgs",)),
    ("orgs", "parent", ("orgs",)),
    ("offices", "person_id", ("people",)),
    ("offices", "role_id", ("roles",)),
    ("offices", "org_id", ("orgs",)),
    ("places", "parent", ("places", "geonames")),
    ("geonames", "parent", ("places", "geonames")),
)
#: Columns that hold one of a few words.
_WORDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("roles", "scope", ("country", "org", "loose", "none")),
    ("roles", "single", ("yes", "no")),
    ("offices", "certainty", ("sure", "month", "year", "")),
    ("metonyms", "guard", ("strong", "weak", "place")),
    ("countries", "capital_speaks", ("yes", "no")),
    ("places", "cue", ("yes", "")),
)
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
#: The rules by which a row of declared.tsv may let something be.
_RULES = ("overlap", "name", "word")

Fold = Callable[[str], str]
Names = Mapping[str, Sequence[Row]]
Declared = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something wrong: where it stands and what to do."""

    file: str
    line: int
    text: str


def findings(user: Path | None, fold: Fold, is_common: Callable[[str], bool]) -> tuple[Finding, ...]:
    """Check the tables of the package, or of a user's folder read after them.

    Args:
        user: the folder; None for the tables of the package.
        fold: the fold by which names are matched.
        is_common: whether a folded word is an ordinary word.

    Raises:
        PackError: at a row that is not of its table's form.
    """
    base = data_dir() / "ar"
    read = {name: _read(name, base) for name in _TABLES}
    declared = _declared(base, fold)
    twice = list(_ids_twice(read))
    if user is not None:
        own = {name: _read(name, user) for name in _TABLES}
        twice = list(_ids_twice(own))
        declared |= _declared(user, fold)
        read = {name: in_force(name, (read[name], own[name])) for name in _TABLES}
    found = {
        *twice, *_codes(read), *_references(read), *_words(read), *_dates(read), *_overlaps(read, declared),
        *_shared(read, declared, fold), *_common(read, declared, fold, is_common),
    }  # fmt: skip
    mine = {row.file for table in own.values() for row in table} if user is not None else None
    return tuple(sorted(f for f in found if mine is None or f.file in mine))


def _read(name: str, root: Path | Traversable) -> tuple[Row, ...]:
    path = root / _FOLDERS.get(name, "actors") / f"{name}.tsv"
    return rows(path) if path.is_file() else ()


def _declared(root: Path | Traversable, fold: Fold) -> Declared:
    """(rule, key) of what is right as it is; names folded."""
    found: set[tuple[str, str]] = set()
    for row in _read("declared", root):
        if row.get("rule") not in _RULES:
            raise PackError(row.file, row.line, f"rule {row.get('rule')!r} is none of {', '.join(_RULES)}")
        if not row.get("why"):
            raise PackError(row.file, row.line, "why is empty: say why it is right")
        rule, key = row.get("rule"), row.get("key")
        found.add((rule, key if rule == "overlap" else fold(key)))
    return frozenset(found)


def _at(row: Row, text: str) -> Finding:
    return Finding(row.file, row.line, text)


def _optional(row: Row, column: str) -> str:
    return row.get(column) if row.has(column) else ""


# ---------------------------------------------------------------- ids and what they point at


def _ids_twice(read: Names) -> Iterator[Finding]:
    """Rows of one table, or of the two tables of places, that have the same id: the later would hide the earlier."""
    for group in (*((name,) for name in _WITH_IDS[:-2]), ("places", "geonames")):
        first: dict[str, Row] = {}
        for row in (row for name in group for row in read[name]):
            id_ = row.get("id")
            if not id_:
                yield _at(row, "id is empty")
            elif id_ in first:
                yield _at(row, f"id {id_} stands in {first[id_].file}:{first[id_].line} too; ids are given once")
            first.setdefault(id_, row)


def _references(read: Names) -> Iterator[Finding]:
    ids = {name: {row.get("id") for row in read[name]} for name in _WITH_IDS}
    for table, column, targets in _REFERENCES:
        known = set().union(*(ids[target] for target in targets))
        for row in read[table]:
            value = _optional(row, column)
            if value and value not in known:
                yield _at(row, f"{column} {value!r} is no id of {' or '.join(f'{t}.tsv' for t in targets)}")
            elif value and table in ("orgs", "places") and value == row.get("id"):
                yield _at(row, f"{column} {value!r} is the row itself")


# ---------------------------------------------------------------- codes, words, dates


def _codes(read: Names) -> Iterator[Finding]:
    sectors = {row.get("code") for row in rows(data_dir() / "sectors.tsv")}
    countries = {row.get("iso3") for row in (*rows(data_dir() / "iso.tsv"), *read["countries"])} | BODIES
    for name in _TABLES:
        for row in read[name]:
            country = _optional(row, "country")
            if country and country not in countries:
                yield _at(
                    row, f"country {country!r} is no code of countries.tsv, iso.tsv or {', '.join(sorted(BODIES))}"
                )
            allowed = sectors | BODIES | {"="} if name in ("roles", "agents") else sectors
            for sector in row.list("sector") if row.has("sector") else ():
                if sector not in allowed:
                    yield _at(row, f"sector {sector!r} is none of sectors.tsv")


def _words(read: Names) -> Iterator[Finding]:
    for table, column, known in _WORDS:
        for row in read[table]:
            value = _optional(row, column)
            if row.has(column) and value not in known:
                yield _at(row, f"{column} {value!r} is none of {', '.join(w for w in known if w)}")


def _dates(read: Names) -> Iterator[Finding]:
    for row in (*read["offices"], *read["orgs"]):
        start, end = _optional(row, "from"), _optional(row, "to")
        wrong = [day for day in (start, end) if day and not _is_day(day)]
        if wrong:
            yield _at(row, f"{wrong[0]!r} is no year, month or day (2024, 2024-09, 2024-09-13)")
        elif start and end and _cut(start, end) > _cut(end, start):
            yield _at(row, f"from {start} is after to {end}")


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)
    except ValueError:
        return False
    return True


def _cut(one: str, other: str) -> str:
    """A day as coarse as the coarser of two."""
    return one[: min(len(one), len(other))]


# ---------------------------------------------------------------- offices


def _overlaps(read: Names, declared: Declared) -> Iterator[Finding]:
    """Two holders of an office that one holds at a time, and one person's office told twice.

    A day, month or year in which one ends and the other begins is shared by right: `to` may be the first day of the
    next holder, and of a coarse date the day is not known. Offices of one country are told apart by their bodies where
    both have one.
    """
    single = {row.get("id") for row in read["roles"] if row.get("single") == "yes"}
    held: dict[tuple[str, str], list[Row]] = {}
    for row in read["offices"]:
        held.setdefault((row.get("role_id"), row.get("country") or row.get("org_id")), []).append(row)
    for (role, _), terms in held.items():
        for one, other in combinations(terms, 2):
            bodies = {one.get("org_id"), other.get("org_id")} - {""}
            where = next(iter(bodies), one.get("country"))
            same = one.get("person_id") == other.get("person_id")
            if len(bodies) > 1 or not _meet(one, other):
                continue
            if not same and (role not in single or _excused(declared, role, where, one, other)):
                continue
            what = "the same term" if same else f"the one {role} of {where}"
            before = f"{one.get('person_id')} ({_term(one)}) at {one.file}:{one.line}"
            yield _at(other, f"{other.get('person_id')} ({_term(other)}) and {before} overlap in {what}")


def _excused(declared: Declared, role: str, where: str, one: Row, other: Row) -> bool:
    """Whether an overlap is declared, of the office (``role/body``) or of two of its holders (``role/body/a+b``)."""
    office = f"{role}/{where}"
    pair = "+".join(sorted((one.get("person_id"), other.get("person_id"))))
    return ("overlap", office) in declared or ("overlap", f"{office}/{pair}") in declared


def _meet(one: Row, other: Row) -> bool:
    """Whether two terms share more than a border."""
    return _before(one.get("from"), other.get("to")) and _before(other.get("from"), one.get("to"))


def _before(start: str, end: str) -> bool:
    return not start or not end or _cut(start, end) < _cut(end, start)


def _term(row: Row) -> str:
    return f"{row.get('from') or '…'} to {row.get('to') or '…'}"


# ---------------------------------------------------------------- names

#: The columns with the forms by which each table's rows are found, those that need context apart.
_FORMS: tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...] = (
    (("people",), ("name_ar", "variants_ar"), "name"),
    (("orgs",), ("name_ar", "variants_ar"), "name"),
    (("outlets",), ("name_ar", "variants_ar"), "name"),
    (("places", "geonames"), ("name_ar", "variants_ar"), "name"),
    (("metonyms",), ("surface", "variants"), "name"),
    (("roles",), ("masc", "fem", "dual", "plural"), "form"),
    (("agents",), ("forms",), "form"),
    (("groups",), ("word_m", "word_f", "word_pl"), "form"),
    (("countries",), ("name_ar", "variants_ar"), "name"),
    (("countries",), ("demonym_m", "demonym_f", "demonym_pl"), "form"),
    (("countries",), ("capital_ar", "capital_variants_ar"), "capital"),
)


def _strong(row: Row, columns: Sequence[str]) -> tuple[str, ...]:
    """The names of a row, in some columns, that need no context."""
    if _optional(row, "cue") == "yes" or _optional(row, "guard") in ("weak", "place"):
        return ()
    weak = row.list("weak_ar") if row.has("weak_ar") else ()
    names = (name for column in columns if row.has(column) for name in row.list(column))
    return tuple(name for name in dict.fromkeys(names) if name not in weak)


def _shared(read: Names, declared: Declared, fold: Fold) -> Iterator[Finding]:
    """A strong name of two rows of one kind that nothing tells apart.

    What tells apart: the name is weak in one of them (`weak_ar`, `cue` of a place, `guard` of a metonym), bodies whose
    dates do not meet, places of different countries. Between kinds the order person, body, country, metonym, outlet,
    place decides (`language.ar.gazetteer`).
    """
    for tables, columns, what in _FORMS:
        owners: dict[str, list[Row]] = {}
        for row in (row for table in tables for row in read[table]):
            for name in dict.fromkeys(map(fold, _strong(row, columns))):
                owners.setdefault(name, []).append(row)
        for name, sharing in owners.items():
            if len(sharing) > 1 and ("name", name) not in declared:
                yield from _undecided(tables[0], name, what, sharing)


def _undecided(table: str, name: str, what: str, sharing: Sequence[Row]) -> Iterator[Finding]:
    for one, other in combinations(sharing, 2):
        if table == "orgs" and not _meet(one, other):
            continue
        if table == "places" and one.get("country") != other.get("country"):
            continue
        yield _at(other, f"«{name}» is a {what} of {one.file}:{one.line} too; {_REMEDY.get(table, _KEEP_ONE)}")


_KEEP_ONE = "take it from one of them"
_REMEDY: Mapping[str, str] = {
    "people": "make it weak in one of them (weak_ar)",
    "orgs": "make it weak in one of them (weak_ar), or say from and to of both",
    "outlets": "make it weak in one of them (weak_ar)",
    "places": "say yes in cue of one of them",
    "metonyms": "make one of them weak or a place (guard)",
}


def _common(read: Names, declared: Declared, fold: Fold, is_common: Callable[[str], bool]) -> Iterator[Finding]:
    """Strong names of one word that are ordinary words: they count only with support, which the table should say."""
    for table in _NAMING:
        how = "say yes in cue" if table in ("places", "geonames") else "give it in weak_ar"
        for row in read[table]:
            words = (name for name in _strong(row, ("name_ar", "variants_ar")) if " " not in name)
            for name in dict.fromkeys(map(fold, words)):
                if is_common(name) and ("word", name) not in declared:
                    yield _at(row, f"«{name}» is an ordinary word too; {how}")
