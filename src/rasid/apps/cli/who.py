"""``rasid who``: what actors the program takes the names and titles in a text for."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import click

from rasid.apps.cli.common import Tools, packs_option
from rasid.apps.cli.failure import Exit
from rasid.export.terminal import clean, isolate
from rasid.pipeline import lookup
from rasid.pipeline.lookup import FoundActor, TableRow

_HELP = """Print the actors that a text names: who they are, why, and the lines of the tables that say so.

TEXT is read as the one line of an article: names, titles, titles with a country or a body, nationalities. A
title alone needs a day (--on) to have a holder, and one without a country needs the country that the article
is about (--country). Readings that were not taken follow after "or", each with its score from 0 to 1.

\b
Examples:
  rasid who "وزير الخارجية المصري" --on 2024-05-01
  rasid who "رئيس الاستخبارات التركية" --on 2022-03-01
  rasid who "رئيس الوزراء" --country IRQ
  rasid who "المتحدث باسم حركة حماس" --json
"""

_EXITS = """\b
Exit codes:
  0  there is an actor in the text
  1  there is none
  2  wrong use, knowledge that cannot be read
"""


def _day(ctx: click.Context, param: click.Parameter, value: datetime | None) -> date | None:
    return value.date() if value else None


@click.command(help=_HELP, epilog=_EXITS)
@click.argument("words", metavar="TEXT", nargs=-1, required=True)
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", callback=_day,
    help="Day of the article: who held an office then.",
)  # fmt: skip
@click.option("--country", metavar="ISO", help="Country that the article is about (ISO 3166 alpha-3).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@packs_option
@click.pass_context
def who(
    ctx: click.Context,
    words: tuple[str, ...],
    day: date | None,
    country: str | None,
    as_json: bool,
    user_packs: Path | None,
) -> None:
    """Print the actors that a text names."""
    tools = Tools.load(user_packs)
    iso = country.upper() if country is not None else None
    if iso is not None and iso not in tools.kit.knowledge.countries:
        raise click.BadParameter(f"{country!r} is no ISO 3166 alpha-3 code of countries.tsv", param_hint="--country")
    found = lookup.actors(" ".join(words), tools.kit, lookup.Tables(user_packs), day=day, country=iso)
    if as_json:
        click.echo(json.dumps({"actors": [_json(actor) for actor in found]}, ensure_ascii=False))
    else:
        for actor in found:
            click.echo(_text(actor))
    if not found:
        click.echo("rasid: there is no actor in the text that the tables know", err=True)
    ctx.exit(Exit.OK if found else Exit.NOTHING)


def _text(found: FoundActor) -> str:
    entity = found.entity
    codes = f"{entity.country or 'no country'} {entity.sector or 'no sector'}"
    lines = [
        f"{isolate(f'«{clean(entity.words.text)}»')}  {isolate(clean(entity.name))}, {codes}",
        f"  why    {isolate(clean(entity.reason))}",
    ]
    if entity.id is not None:
        lines.append(f"  id     {isolate(clean(entity.id))}")
    lines += [f"  row    {_row(row)}" for row in found.rows]
    lines += [
        f"  or     {other.score:.2f} {isolate(clean(other.id))}: {isolate(clean(other.reason))}{_at(other.id, found)}"
        for other in entity.candidates
    ]
    return "\n".join(lines)


def _at(id_: str, found: FoundActor) -> str:
    """Where the row of a candidate stands, when it is not among the rows anyhow."""
    at = found.at.get(id_)
    return f", {at}" if at is not None else ""


def _row(row: TableRow) -> str:
    words = f"{isolate(f'«{clean(row.words)}»')} " if row.words else ""
    weak = ", a name that needs context" if row.weak else ""
    return f"{words}{row.kind} {isolate(clean(row.id))} at {row.at or 'no table'}{weak}"


def _json(found: FoundActor) -> dict[str, object]:
    entity = found.entity
    return {
        "text": entity.words.text,
        "start": entity.words.span.start,
        "end": entity.words.span.end,
        "name": entity.name,
        "country": entity.country,
        "sector": entity.sector,
        "id": entity.id,
        "reason": entity.reason,
        "candidates": [
            {"id": c.id, "score": c.score, "reason": c.reason, "at": found.at.get(c.id)} for c in entity.candidates
        ],
        "rows": [
            {"text": row.words or None, "kind": row.kind, "id": row.id, "at": row.at, "weak": row.weak}
            for row in found.rows
        ],
    }
