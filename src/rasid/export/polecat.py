"""``polecat``: one row an event, in the columns of POLECAT's public files (docs/exports.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from rasid import __version__
from rasid.export import flat
from rasid.export.acts import Act, Tally, acts, day_of, event_id, geonames_id, sectors
from rasid.export.base import Item, Options
from rasid.export.flat import Field, day, empty, number, real, text
from rasid.export.plover import contexts
from rasid.model import Entity
from rasid.packs.codes import place_name
from rasid.packs.plover import QUAD_NAMES, quad_of, score_of

#: Kinds of places that stand in the column of cities.
CITIES = frozenset({"city", "town", "village"})


@dataclass(frozen=True, slots=True)
class _Row:
    """An act and its day."""

    act: Act
    day: date | None


def _joined(entities: Iterable[Entity], value: Callable[[Entity], str | None]) -> str | None:
    """One value for each party, in order, so that the columns of a side stay in step; None where all lack it."""
    values = [value(entity) or "" for entity in entities]
    return "; ".join(values) if any(values) else None


def _side(role: str, parties: Callable[[Act], tuple[Entity, ...]]) -> list[Field[_Row]]:
    """The columns of the actors or the recipients."""

    def column(name: str, value: Callable[[Entity], str | None]) -> Field[_Row]:
        return text(name, lambda row: _joined(parties(row.act), value))

    return [
        column(f"{role} Name", lambda party: party.name),
        column(f"{role} Country", lambda party: party.country),
        empty(f"{role} COW"),
        column(f"Primary {role} Sector", lambda party: next(iter(sectors(party)), None)),
        column(f"{role} Sectors", lambda party: "|".join(sectors(party))),
        empty(f"{role} Title"),
        column(f"{role} Name Raw", lambda party: party.words.text),
        empty(f"Wikipedia {role} ID"),
    ]


def _place(row: _Row, kinds: frozenset[str] | None = None) -> str | None:
    """The English name of the place when our gazetteer has it and it is of one of these kinds."""
    where = row.act.record.place
    known = place_name(where.id) if where else None
    return known.name if known and (kinds is None or known.kind in kinds) else None


COLUMNS: tuple[Field[_Row], ...] = (
    text("Event ID", lambda row: event_id(row.act.reading, row.act.record)),
    day("Event Date", lambda row: row.day),
    text("Event Type", lambda row: row.act.record.event),
    text("Event Mode", lambda row: row.act.record.mode),
    real("Intensity", lambda row: score_of(row.act.record.event, row.act.record.mode)),
    text("Quad Code", lambda row: QUAD_NAMES[quad_of(row.act.record.event)].upper()),
    text("Contexts", lambda row: "; ".join(map(str, contexts(row.act.record))) or None),
    *_side("Actor", lambda act: act.record.actor),
    *_side("Recipient", lambda act: act.record.recipient),
    text("Placename", lambda row: _place(row)),
    text("City", lambda row: _place(row, CITIES)),
    empty("District"),
    text("Province", lambda row: _place(row, frozenset({"governorate"}))),
    text("Country", lambda row: row.act.record.place.country if row.act.record.place else None),
    real("Latitude", lambda row: row.act.record.place.lat if row.act.record.place else None),
    real("Longitude", lambda row: row.act.record.place.lon if row.act.record.place else None),
    number("GeoNames ID", lambda row: geonames_id(row.act.record.place)),
    text("Raw Placename", lambda row: row.act.record.place.words.text if row.act.record.place else None),
    empty("Feature Type"),
    text("Source", lambda row: row.act.reading.article.outlet),
    day("Publication Date", lambda row: row.act.reading.article.published),
    empty("Story People"),
    empty("Story Organizations"),
    empty("Story Locations"),
    text("Language", lambda row: row.act.reading.article.lang),
    text("Version", lambda row: f"rasid {__version__}"),
)


class Polecat:
    """One row an act that happened, with all its parties."""

    name = "polecat"
    suffix = ".csv"
    about = "one row an event, in the columns of POLECAT"
    binary = False

    def ready(self, options: Options) -> None:
        """Check that the layout can be written here."""
        flat.ready(options)

    def write(self, items: Iterable[Item], out: BinaryIO, options: Options) -> None:
        """Write the rows of each reading as it comes; say at the end what was left out."""
        tally = Tally()
        flat.write(COLUMNS, _rows(items, options, tally), out, options)
        tally.tell(options)


def _rows(items: Iterable[Item], options: Options, tally: Tally) -> Iterator[_Row]:
    for act in acts(items, options, tally):
        yield _Row(act, day_of(act, options, tally))
