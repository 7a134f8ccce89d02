"""``icews`` and ``phoenix``: one row an event and pair of parties, in the columns of data sets coded in CAMEO.

The columns are described in ``docs/exports.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from rasid.export import flat
from rasid.export.acts import Act, Tally, acts, day_of, pairs, sectors
from rasid.export.base import Item, Options
from rasid.export.flat import Field, day, empty, number, real, text
from rasid.export.polecat import CITIES
from rasid.model import Entity, Where
from rasid.packs.cameo import Cameo, cameo_of
from rasid.packs.codes import country_name, place_name, sector_name

_Party = Callable[["_Row"], Entity | None]


@dataclass(frozen=True, slots=True)
class _Row:
    """One act between two parties.

    Attributes:
        number: of the row in the file, from 1.
        source, target: actor and recipient; None where the act has none.
    """

    number: int
    act: Act
    day: date | None
    cameo: Cameo
    source: Entity | None
    target: Entity | None

    @property
    def place(self) -> Where | None:
        return self.act.record.place


def _rows(items: Iterable[Item], options: Options, tally: Tally) -> Iterator[_Row]:
    """A row for each pair of parties of each act that CAMEO has a code for."""
    count = 0
    for act in acts(items, options, tally):
        cameo = cameo_of(act.record.event, act.record.mode, act.record.status)
        if cameo is None:
            tally.left_out[act.record.status] += 1
            continue
        first = day_of(act, options, tally)
        for source, target in pairs(act.record):
            count += 1
            yield _Row(count, act, first, cameo, source, target)


# ---------------------------------------------------------------- ICEWS


def _icews_side(role: str, party: _Party) -> list[Field[_Row]]:
    def country(row: _Row) -> str | None:
        one = party(row)
        return country_name(one.country) if one else None

    def name(row: _Row) -> str | None:
        one = party(row)
        return one.name if one else None

    return [
        text(f"{role} Name", name),
        text(f"{role} Sectors", lambda row: ",".join(map(sector_name, sectors(party(row)))) or None),
        text(f"{role} Country", country),
    ]


def _city(row: _Row) -> str | None:
    known = place_name(row.place.id) if row.place else None
    return known.name if known and known.kind in CITIES else None


def _province(row: _Row) -> str | None:
    known = place_name(row.place.id) if row.place else None
    return known.name if known and known.kind == "governorate" else None


ICEWS: tuple[Field[_Row], ...] = (
    number("Event ID", lambda row: row.number),
    day("Event Date", lambda row: row.day),
    *_icews_side("Source", lambda row: row.source),
    text("Event Text", lambda row: row.cameo.name),
    text("CAMEO Code", lambda row: row.cameo.code),
    real("Intensity", lambda row: row.cameo.goldstein),
    *_icews_side("Target", lambda row: row.target),
    number("Story ID", lambda row: row.act.story),
    number("Sentence Number", lambda row: row.act.sentence),
    text("Publisher", lambda row: row.act.reading.article.outlet),
    text("City", _city),
    empty("District"),
    text("Province", _province),
    text("Country", lambda row: country_name(row.place.country) if row.place else None),
    real("Latitude", lambda row: row.place.lat if row.place else None),
    real("Longitude", lambda row: row.place.lon if row.place else None),
)


class Icews:
    """One row an act and pair of parties, coded in CAMEO."""

    name = "icews"
    suffix = ".csv"
    about = "one row an event and pair of parties, in CAMEO codes and the columns of ICEWS"
    binary = False

    def ready(self, options: Options) -> None:
        """Check that the layout can be written here."""
        flat.ready(options)

    def write(self, items: Iterable[Item], out: BinaryIO, options: Options) -> None:
        """Write the rows of each reading as it comes; say at the end what was left out."""
        tally = Tally()
        flat.write(ICEWS, _rows(items, options, tally), out, options)
        tally.tell(options)


# ---------------------------------------------------------------- Phoenix


def _phoenix_side(role: str, party: _Party) -> list[Field[_Row]]:
    def entity(row: _Row) -> str | None:
        one = party(row)
        return one.country if one else None

    def full(row: _Row) -> str | None:
        return "".join([entity(row) or "", *sectors(party(row))]) or None

    return [
        text(f"{role}ActorFull", full),
        text(f"{role}ActorEntity", entity),
        text(f"{role}ActorRole", lambda row: next(iter(sectors(party(row))), None)),
        text(f"{role}ActorAttribute", lambda row: ";".join(sectors(party(row))[1:]) or None),
    ]


PHOENIX: tuple[Field[_Row], ...] = (
    number("EventID", lambda row: row.number),
    number("Date", lambda row: int(f"{row.day:%Y%m%d}") if row.day else None),
    number("Year", lambda row: row.day.year if row.day else None),
    number("Month", lambda row: row.day.month if row.day else None),
    number("Day", lambda row: row.day.day if row.day else None),
    *_phoenix_side("Source", lambda row: row.source),
    *_phoenix_side("Target", lambda row: row.target),
    text("EventCode", lambda row: row.cameo.code),
    text("EventRootCode", lambda row: row.cameo.root),
    number("QuadClass", lambda row: row.cameo.quad),
    real("GoldsteinScore", lambda row: row.cameo.goldstein),
    empty("Issues"),
    real("Lat", lambda row: row.place.lat if row.place else None),
    real("Lon", lambda row: row.place.lon if row.place else None),
    text("LocationName", lambda row: row.place.words.text if row.place else None),
    empty("StateName"),
    text("CountryCode", lambda row: row.place.country if row.place else None),
    text("SentenceID", lambda row: f"{row.act.reading.article.id}_{row.act.sentence}"),
    text("URLs", lambda row: row.act.reading.article.url),
    text("NewsSources", lambda row: row.act.reading.article.outlet),
)


class Phoenix:
    """One row an act and pair of parties, coded in CAMEO; its tab-separated files have no header, as the daily ones."""

    name = "phoenix"
    suffix = ".csv"
    about = "one row an event and pair of parties, in CAMEO codes and the columns of Phoenix"
    binary = False

    def ready(self, options: Options) -> None:
        """Check that the layout can be written here."""
        flat.ready(options)

    def write(self, items: Iterable[Item], out: BinaryIO, options: Options) -> None:
        """Write the rows of each reading as it comes; say at the end what was left out."""
        tally = Tally()
        flat.write(PHOENIX, _rows(items, options, tally), out, options, tab_header=False)
        tally.tell(options)
