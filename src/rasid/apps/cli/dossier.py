"""``rasid dossier``: one process out of a database, as a table, JSON or one HTML page."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rasid.apps.cli.common import database_option, packs_option
from rasid.apps.cli.failure import EXIT_CODES, Exit, Failure
from rasid.apps.cli.output import opened
from rasid.apps.cli.reporting import say
from rasid.apps.cli.stored import database
from rasid.model.days import first_and_last
from rasid.packs.errors import PackError
from rasid.packs.stories import Story, StoryParty, read_story

if TYPE_CHECKING:
    from rasid.dossier import Dossier, Part
    from rasid.store import Database

FORMATS = ("table", "json", "html")

_HELP = """Show one process: who met whom, who stands where, what is contested, day by day.

--story takes the number of a story that `rasid stories` found, or a story file, which names parties, issues
and days (docs/howto/stories.md); options do so without one, or instead of what the file says. Parties are
countries (SDN), ids of the tables (see `rasid who`) or whole Arabic names; issues are the English names of the
table of issues.

With parties alone, an act belongs when one of them takes part; with issues alone, when it is about one of them;
with both, when one of the parties takes part and it is about one of the issues, or two of the parties take part.

\b
Formats:
  table    a summary for the terminal
  json     everything, in the form of docs/dossier.schema.json
  html     one page that needs nothing else; every cell opens its sentences

Without --format the end of the output's name decides (.json, .html); else it is a table.

\b
Examples:
  rasid dossier --db news.db --story talks.yml -o talks.html
  rasid dossier --db news.db --story 12
  rasid dossier --db news.db --parties SDN,rsf,SAU --since 2024-05 --until 2024-06
  rasid dossier --db news.db --issues ceasefire,prisoners --since 2024 --format json
  rasid dossier --db news.db --story talks.yml --plots plots/

The command ends with exit code 1 when no act belongs.
"""


@click.command(help=_HELP, epilog=EXIT_CODES)
@database_option
@click.option(
    "--story", "story_named", metavar="ID_OR_FILE",
    help="A story's number (see `rasid stories`), or a story file (YAML): name, parties, issues, since, until.",
)  # fmt: skip
@click.option("--parties", metavar="A,B", help="Parties, parted by commas.")
@click.option("--issues", metavar="A,B", help="Issues, parted by commas: ceasefire, prisoners …")
@click.option("--between", is_flag=True, help="Only acts in which two of the parties take part.")
@click.option("--since", metavar="DAY", help="Acts on or after that day, month or year.")
@click.option("--until", metavar="DAY", help="Acts on or before it.")
@click.option("--format", "format_name", type=click.Choice(FORMATS), help="Format of the output.")
@click.option(
    "-o", "--output", "output", type=click.Path(path_type=Path), metavar="FILE",
    help="Write to FILE instead of standard output.",
)  # fmt: skip
@click.option(
    "--only", type=click.Choice(["timeline", "positions"]),
    help="This part of the table alone; it comes sooner. Of the timeline the latest 30 days: earlier ones by --until.",
)  # fmt: skip
@click.option(
    "--plots", "plots", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
    help="Write the plots as SVG and PNG into a folder too.",
)  # fmt: skip
@packs_option
@click.pass_context
def dossier(
    ctx: click.Context,
    /,
    db: str,
    story_named: str | None,
    parties: str | None,
    issues: str | None,
    between: bool,
    since: str | None,
    until: str | None,
    format_name: str | None,
    output: Path | None,
    only: Part | None,
    plots: Path | None,
    user_packs: Path | None,
) -> None:
    """Show one process out of a database."""
    path = None if output == Path("-") else output
    name = format_name or {".json": "json", ".html": "html", ".htm": "html"}.get(path.suffix.lower() if path else "")
    if only and (plots or (name or "table") != "table"):
        raise click.UsageError("--only is for the table alone")
    number = _number(story_named)
    file = Path(story_named) if story_named is not None and number is None else None
    story = _story(file, parties, issues, since, until)
    story = replace(story, between=story.between or between)
    with database(db) as found:
        from rasid.apps.dossier.gather import ask, load_tools, recent

        if number is not None:
            story = replace(story, name=_name_of(found, number, db))
        try:
            tools, story = load_tools(story, user_packs)
        except PackError as error:
            raise Failure(f"{error.file}:{error.line}", error.text) from error
        except ValueError as error:
            raise Failure(str(file or "--parties, --issues"), str(error)) from error
        if only == "timeline":
            made, earlier = recent(found, story, tools, number)
        else:
            made, earlier = ask(found, story, tools, number, only), False
    with opened(path) as stream:
        stream.write(_written(made, only or name or "table", earlier).encode("utf-8", errors="replace"))
    if plots is not None:
        _plots(made, plots)
    ctx.exit(Exit.OK if made.acts else Exit.NOTHING)


def _number(named: str | None) -> int | None:
    """The number of a story; a file that is called like a number goes before it."""
    return int(named) if named is not None and named.isdecimal() and not Path(named).exists() else None


def _name_of(found: Database, number: int, db: str) -> str:
    from rasid.store.stories import StoryShelf

    story = StoryShelf(found, "").story(number)
    if story is None:
        raise Failure("--story", f"there is no story {number}; list them: rasid stories --db {db}")
    return story.name


def _story(file: Path | None, parties: str | None, issues: str | None, since: str | None, until: str | None) -> Story:
    """What the file says, and the options instead of it."""
    try:
        story = read_story(file) if file is not None else Story()
    except PackError as error:
        raise Failure(f"{error.file}:{error.line}" if error.line else error.file, error.text) from error
    if parties is not None:
        known = {party.id: party for party in story.parties}
        story = replace(story, parties=tuple(known.get(id, StoryParty(id)) for id in _parted(parties)))
    if issues is not None:
        story = replace(story, issues=_parted(issues))
    if since is not None:
        story = replace(story, since=_day("--since", since, last=False))
    if until is not None:
        story = replace(story, until=_day("--until", until, last=True))
    if story.since and story.until and story.since > story.until:
        raise click.UsageError(f"--since {story.since} lies after --until {story.until}")
    return story


def _parted(values: str) -> tuple[str, ...]:
    return tuple(value.strip() for value in values.replace("،", ",").split(",") if value.strip())


def _day(name: str, value: str, *, last: bool) -> date:
    ends = None if "/" in value else first_and_last(value)
    if ends is None:
        raise click.UsageError(f"{name}: {value!r} is no year, month or day like 2024, 2024-03, 2024-03-05")
    return ends[last]


def _written(made: Dossier, name: str, earlier: bool) -> str:
    if name == "json":
        from rasid.apps.dossier.data import dossier_json

        return json.dumps(dossier_json(made), ensure_ascii=False, indent=1) + "\n"
    if name == "html":
        from rasid.apps.dossier.html import page

        return page(made)
    from rasid.apps.dossier.table import latest_days, lines, positions

    found = (
        positions(made) if name == "positions" else latest_days(made, earlier) if name == "timeline" else lines(made)
    )
    return "".join(f"{line}\n" for line in found)


def _plots(made: Dossier, folder: Path) -> None:
    from rasid.apps.dossier.plots import write_plots
    from rasid.export import MissingExtraError

    try:
        for path in write_plots(made, folder):
            say(f"rasid: {path}")
    except MissingExtraError as error:
        raise Failure("--plots", str(error)) from error
    except OSError as error:
        raise Failure(str(error.filename or folder), error.strerror or str(error)) from error
