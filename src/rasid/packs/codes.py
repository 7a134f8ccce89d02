"""Names and codes that other data sets have for what ours name by id: countries, sectors, places, kinds of parties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from typing import Literal

from rasid.packs.tables import data_dir, rows

#: What sort of thing an actor of the tables is.
PartyKind = Literal["person", "public body", "organisation", "country"]

#: Kinds of organisations (orgs.tsv) that belong to a state or to states.
_PUBLIC = frozenset(
    {"government", "army", "ministry", "parliament", "service", "court", "police", "igo", "un", "eu"},
)


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place of the gazetteer: its English name and its kind (city, village, governorate, crossing …)."""

    name: str
    kind: str


@cache
def _country_names() -> dict[str, str]:
    return {row.get("iso3"): row.get("name_en") for row in rows(data_dir() / "ar" / "actors" / "countries.tsv")}


@cache
def _two_letters() -> dict[str, str]:
    return {row.get("iso3"): row.get("iso2") for row in rows(data_dir() / "iso.tsv")}


@cache
def _sector_names() -> dict[str, str]:
    return {row.get("code"): row.get("name") for row in rows(data_dir() / "sectors.tsv")}


@cache
def _places() -> dict[str, PlaceName]:
    tables = ("places.tsv", "geonames.tsv")
    found = (row for table in tables for row in rows(data_dir() / "ar" / "places" / table))
    return {row.get("id"): PlaceName(row.get("name_en"), row.get("kind")) for row in found}


@cache
def _parties() -> dict[str, PartyKind]:
    actors = data_dir() / "ar" / "actors"
    kinds: dict[str, PartyKind] = dict.fromkeys(_ids(actors / "countries.tsv", "iso3"), "country")
    kinds |= dict.fromkeys(_ids(actors / "outlets.tsv", "id"), "organisation")
    for row in rows(actors / "orgs.tsv"):
        kinds[row.get("id")] = "public body" if row.get("kind") in _PUBLIC else "organisation"
    kinds |= dict.fromkeys(_ids(actors / "people.tsv", "id"), "person")
    return kinds


def _ids(table: Traversable, column: str) -> Iterable[str]:
    return (row.get(column) for row in rows(table))


def country_name(code: str | None) -> str | None:
    """The English name of a country by its three letters; None for IGO, UNO … and what the table lacks."""
    return _country_names().get(code or "")


def two_letters(code: str | None) -> str | None:
    """The two letters of ISO 3166-1 for the three; None where there are none."""
    return _two_letters().get(code or "")


def sector_name(code: str) -> str:
    """An English word for a sector of PLOVER; the code itself where the table lacks it."""
    return _sector_names().get(code, code)


def place_name(id_: str | None) -> PlaceName | None:
    """Name and kind of a place by its id in our gazetteer.

    None for countries and capitals, which share the country's id, and for places of a user's own tables.
    """
    return _places().get(id_ or "")


def party_kind(id_: str | None) -> PartyKind | None:
    """What an actor is by its id in our tables; None where it has no id or none of ours."""
    return _parties().get(id_ or "")
