"""``rasid where``: what places the program takes the names in a text for."""

from __future__ import annotations

import json
from pathlib import Path

import click

from rasid.apps.cli.common import Tools, packs_option
from rasid.apps.cli.failure import Exit
from rasid.export.terminal import clean, isolate
from rasid.pipeline import lookup
from rasid.pipeline.lookup import FoundPlace, PlaceReading

_HELP = """Print the places that a text names, with every reading and the line of the table that has it.

TEXT is read as the one line of an article. The first reading of some words is the one that records take; the score
is 0.7 for a name that needs nothing else, 0.5 for an ordinary word or a person's name that needs a place word.

\b
Examples:
  rasid where "تل أبيب"
  rasid where "اجتماع في شرم الشيخ"
  rasid where "وصل الوفد إلى طرابلس" --json
  rasid where "قصف على بلدة الخيام" --packs mine
"""

_EXITS = """\b
Exit codes:
  0  the tables know a place in the text
  1  they know none
  2  wrong use, knowledge that cannot be read
"""


@click.command(help=_HELP, epilog=_EXITS)
@click.argument("words", metavar="TEXT", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@packs_option
@click.pass_context
def where(ctx: click.Context, words: tuple[str, ...], as_json: bool, user_packs: Path | None) -> None:
    """Print the places that a text names."""
    tools = Tools.load(user_packs)
    found = lookup.places(" ".join(words), tools.kit, lookup.Tables(user_packs))
    if as_json:
        click.echo(json.dumps({"places": [_json(place) for place in found]}, ensure_ascii=False))
    else:
        for place in found:
            click.echo(_text(place))
    if not found:
        click.echo("rasid: the tables know no place in the text", err=True)
    ctx.exit(Exit.OK if found else Exit.NOTHING)


def _text(found: FoundPlace) -> str:
    first, *others = found.readings
    lines = [
        f"{isolate(f'«{clean(found.words.text)}»')}  {isolate(clean(first.name))}, {_what(first)}",
        f"  why    {isolate(clean(found.reason))}",
        f"  row    {_row(first)}",
    ]
    lines += [f"  or     {isolate(clean(other.name))}, {_what(other)}; {_row(other)}" for other in others]
    return "\n".join(lines)


def _what(reading: PlaceReading) -> str:
    parts = [reading.kind, reading.country or "of no one country", f"score {reading.score:g}"]
    if reading.within is not None:
        parts.append(f"in {isolate(clean(reading.within))}")
    if reading.lat is not None and reading.lon is not None:
        parts.append(f"{reading.lat:g} {reading.lon:g}")
        if reading.radius_km is not None:
            parts.append(f"within {reading.radius_km:g} km")
    if reading.needs_cue:
        parts.append("needs a place word before it")
    return ", ".join(parts)


def _row(reading: PlaceReading) -> str:
    return f"{reading.row.kind} {isolate(clean(reading.row.id))} at {reading.row.at or 'no table'}"


def _json(found: FoundPlace) -> dict[str, object]:
    return {
        "text": found.words.text,
        "start": found.words.span.start,
        "end": found.words.span.end,
        "reason": found.reason,
        "readings": [
            {
                "kind": reading.row.kind,
                "id": reading.row.id,
                "at": reading.row.at,
                "name": reading.name,
                "country": reading.country,
                "type": reading.kind,
                "score": reading.score,
                "within": reading.within,
                "lat": reading.lat,
                "lon": reading.lon,
                "radius_km": reading.radius_km,
                "needs_cue": reading.needs_cue,
            }
            for reading in found.readings
        ],
    }
