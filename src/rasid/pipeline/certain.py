"""Leaving out records that are not certain enough."""

from __future__ import annotations

from dataclasses import replace

from rasid.model import Reading, Record


def at_least(reading: Reading, least: float | None) -> tuple[Reading, int]:
    """A reading without the records under a certainty, and how many these are.

    Of an act that is told several times, the first telling that stays is the one that the later ones tell again.

    Args:
        reading: of a whole article: all its records, numbered from 1.
        least: 0 to 1; None keeps every record.
    """
    if least is None:
        return reading, 0
    kept: list[Record] = []
    first: dict[int, int] = {}  # the number of the first telling, and the new number of the first one that stays
    for number, record in enumerate(reading.records, 1):
        if record.certainty < least:
            continue
        act = record.same_as or number
        kept.append(replace(record, same_as=first.get(act)))
        first.setdefault(act, len(kept))
    return replace(reading, records=tuple(kept)), len(reading.records) - len(kept)


def told(left_out: int, records: int, least: float) -> str:
    """The line that says how many of the records were left out."""
    noun = "record" if records == 1 else "records"
    return f"{left_out} of {records} {noun} left out: certainty under {least:g} [left-out]"
