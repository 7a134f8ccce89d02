"""``rasid events``: the records of a database that fit."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import click

from rasid.apps.cli.common import database_option
from rasid.apps.cli.failure import EXIT_CODES, Exit, Failure
from rasid.apps.cli.output import on_terminal, opened
from rasid.apps.cli.stored import database
from rasid.export import FORMATS, Exporter, MissingExtraError, Options
from rasid.export.grouped import write_json, write_table
from rasid.export.lines import EventLines
from rasid.export.table import EventTable
from rasid.model import CONTEXTS, EVENT_TYPES, STATUSES

#: The formats by name.
EVENT_FORMATS: dict[str, Exporter] = {
    "table": EventTable(),
    "json": EventLines(),
    "csv": FORMATS["csv"],
    "xlsx": FORMATS["xlsx"],
    "parquet": FORMATS["parquet"],
}
#: What writes events with all their records.
GROUPED_FORMATS = {"table": write_table, "json": write_json}
_FORMAT_LIST = "\n".join(f"  {name:<8} {exporter.about}" for name, exporter in EVENT_FORMATS.items())

_HELP = f"""Find events in a database.

Without options all events are given, by day. All options that are given must hold; of an option that is
given several times one value must. A party is named by its country (ISR) or sector (GOV), an id of the
tables (see `rasid who`), or part of its name.

A day is 2024, 2024-03 or 2024-03-05, both ends counted. An act without a date in the text counts by the
day of publication, in the table in brackets; --dated leaves such acts out.

\b
Formats:
{_FORMAT_LIST}

Without --format the end of the output's name decides (.csv, .xlsx, .parquet); else it is a table on a
terminal, and JSON lines otherwise.

After `rasid join` the table has one row an event: one meeting that five outlets tell stands there once, with the
number of its outlets, and --explain lists its records. --single gives each record a row.

\b
Examples:
  rasid events --db news.db --actor ISR --recipient PSE --type REQUEST --since 2024-03
  rasid events --db news.db --issue withdrawal --since 2024-03 --until 2024-05-15 --format csv
  rasid events --db news.db --party الحوثي --type ASSAULT --type COERCE --status actual --once
  rasid events --db news.db --words "هدنة غزة" --newest-first --limit 20 --explain
  rasid events --db news.db --type CONSULT -o meetings.parquet
  rasid events --db news.db --type ASSAULT --grouped

The command ends with exit code 1 when there is no such event.
"""

_MANY: dict[str, Any] = {"multiple": True}


@click.command(help=_HELP, epilog=EXIT_CODES)
@database_option
@click.option("--actor", **_MANY, metavar="WHO", help="Who did it: country, sector, id or part of a name.")
@click.option("--recipient", **_MANY, metavar="WHO", help="To whom.")
@click.option("--party", **_MANY, metavar="WHO", help="On either side.")
@click.option(
    "--type", **_MANY, type=click.Choice(EVENT_TYPES, case_sensitive=False), metavar="TYPE",
    help="PLOVER's type: AGREE, CONSULT … (all: docs/plover.md).",
)  # fmt: skip
@click.option("--mode", **_MANY, metavar="MODE", help="PLOVER's mode: meet, visit, airstrike …")
@click.option(
    "--status", **_MANY, type=click.Choice(STATUSES), metavar="STATUS",
    help=f"{', '.join(STATUSES[:-1])} or {STATUSES[-1]}.",
)  # fmt: skip
@click.option(
    "--context", **_MANY, type=click.Choice(CONTEXTS), metavar="CONTEXT",
    help="PLOVER's context: military, legal, health … (all: docs/plover.md).",
)  # fmt: skip
@click.option("--since", metavar="DAY", help="The act on or after that day, month or year.")
@click.option("--until", metavar="DAY", help="The act on or before it.")
@click.option("--dated", is_flag=True, help="Only acts whose text gives the date.")
@click.option(
    "--issue", **_MANY, metavar="WORDS",
    help="About what: part of the Arabic words, or an English name such as withdrawal, ceasefire, prisoners.",
)  # fmt: skip
@click.option("--source", **_MANY, metavar="NAME", help="On whose word: part of the name of a speaker or carrier.")
@click.option("--place", **_MANY, metavar="PLACE", help="Where: an id (see `rasid where`), or part of the words.")
@click.option("--place-country", **_MANY, metavar="ISO", help="Where: the country, in three capitals.")
@click.option("--outlet", **_MANY, metavar="NAME", help="The outlet of the article, by its whole name.")
@click.option("--article", **_MANY, metavar="ID", help="The article.")
@click.option(
    "--words", metavar="WORDS",
    help="Words that must all stand in the article, with or without «ال» and joined prepositions.",
)  # fmt: skip
@click.option(
    "--min-certainty", type=click.FloatRange(0, 1), metavar="0..1",
    help="Only records that are at least so likely to be counted by a coder.",
)  # fmt: skip
@click.option("--once", is_flag=True, help="Leave out what tells an earlier record of the same article again.")
@click.option(
    "--grouped/--single", default=None,
    help="One line an event, as `rasid join` found them, with all that its articles say (formats table and json), "
    "or one a record. Without it the table has events where records were joined.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most so many.")
@click.option("--newest-first", is_flag=True, help="The latest first.")
@click.option("--format", "format_name", type=click.Choice(list(EVENT_FORMATS)), help="Format of the output.")
@click.option(
    "-o", "--output", "output", type=click.Path(path_type=Path), metavar="FILE",
    help="Write to FILE instead of standard output.",
)  # fmt: skip
@click.option("--explain", is_flag=True, help="Say in the table why each record came out.")
@click.option("--visual", is_flag=True, help="Join and reorder Arabic letters in the table, as in `rasid code`.")
@click.pass_context
def events(
    ctx: click.Context,
    /,
    db: str,
    format_name: str | None,
    output: Path | None,
    explain: bool,
    visual: bool,
    grouped: bool | None,
    **wanted: Any,
) -> None:
    """Find events in a database."""
    path = None if output == Path("-") else output
    exporter, options = _output(format_name, path, explain=explain, visual=visual)
    if grouped and exporter.name not in GROUPED_FORMATS:
        raise click.UsageError(f"--grouped is for {' and '.join(GROUPED_FORMATS)}; the format is {exporter.name}")
    with database(db) as found:
        from rasid.apps.api import Archive

        archive = Archive(found)
        try:
            chosen = archive.events(**wanted)
        except ValueError as error:
            raise click.UsageError(f"--{error}") from error
        if grouped is None:
            grouped = exporter.name == "table" and archive.joined()
        count = 0

        def counted() -> Any:
            nonlocal count
            for reading in chosen.readings():
                count += len(reading.records)
                yield reading

        def together() -> Any:
            nonlocal count
            for event in chosen.grouped():
                count += 1
                yield event

        try:
            with opened(path) as stream:
                if grouped:
                    GROUPED_FORMATS[exporter.name](together(), stream, options)
                else:
                    exporter.write(counted(), stream, options)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise Failure(str(error.filename or path or "standard output"), error.strerror or str(error)) from error
    ctx.exit(Exit.OK if count else Exit.NOTHING)


def _output(name: str | None, path: Path | None, *, explain: bool, visual: bool) -> tuple[Exporter, Options]:
    """The format and its options; what cannot be written here is refused before any work."""
    shown = path is None and on_terminal()
    exporter = EVENT_FORMATS[name or _default_format(path, table=shown or explain or visual)]
    if (explain or visual) and exporter.name != "table":
        raise click.UsageError(f"--explain and --visual are for tables; the format is {exporter.name}")
    if exporter.binary and shown:
        raise Failure(exporter.name, "is no text for a terminal; give -o FILE")
    options = Options(
        visual=visual,
        explain=explain,
        colour=shown and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb",
        width=shutil.get_terminal_size((100, 24)).columns,
    )
    try:
        exporter.ready(options)
    except MissingExtraError as error:
        raise Failure(f"--format {exporter.name}", str(error)) from error
    return exporter, options


def _default_format(path: Path | None, *, table: bool) -> str:
    """What is written when nobody says."""
    by_suffix = {FORMATS[name].suffix: name for name in ("csv", "xlsx", "parquet")}
    if path and path.suffix.lower() in by_suffix:
        return by_suffix[path.suffix.lower()]
    return "table" if table else "json"
