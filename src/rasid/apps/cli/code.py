"""``rasid code``: articles in, event records out."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import click

from rasid.apps.cli.common import Tools, certainty_option, packs_option, published_option
from rasid.apps.cli.failure import EXIT_CODES, Failure
from rasid.apps.cli.output import on_terminal, opened
from rasid.apps.cli.reporting import Report, progress
from rasid.export import FORMATS, Exporter, Item, Layout, MissingExtraError, Options
from rasid.export.terminal import clean
from rasid.model import Problem
from rasid.pipeline import article as path_of_article
from rasid.pipeline import certain

_FORMAT_LIST = "\n".join(f"  {name:<9} {exporter.about}" for name, exporter in FORMATS.items())

#: How the formats with the columns of other data sets are written, by the end of the output's name.
_LAYOUTS: dict[str, Layout] = {".parquet": "parquet", ".tsv": "tab", ".tab": "tab", ".txt": "tab"}

#: The formats whose rows are acts that happened.
_OF_ACTS = ("polecat", "icews", "phoenix", "dyad-week", "ftm")


@dataclass(frozen=True, slots=True)
class _Output:
    """Where and how the records are written."""

    exporter: Exporter
    path: Path | None
    options: Options

    @property
    def shown(self) -> bool:
        """Whether somebody sees the output on a terminal."""
        return self.path is None and on_terminal()


_HELP = f"""Code articles into event records.

INPUT is a file, a folder (read with all its folders), or - for standard input. Files are .txt, .html,
.json (an article or a list of them), .jsonl (an article a line), each also with .gz, and .parquet. A JSON
article has "id" and "text", and may have "title", "published", "outlet" and "url".

\b
Formats:
{_FORMAT_LIST}

Without --format the end of the output's name decides (.csv, .xlsx, .parquet); else it is a table on a
terminal, and records otherwise.

polecat, icews, phoenix and dyad-week are written as Parquet or with tabs when the output's name ends in
.parquet, .tsv, .tab or .txt, and with commas otherwise. They and ftm hold acts, each once, that happened
or go on; what is left out is said on standard error.

\b
Examples:
  rasid code article.txt --published 2024-09-13
  rasid code article.txt --explain
  rasid code news/ -o events.xlsx
  rasid code news.jsonl.gz --format plover | jq .event
  rasid code news/ --format polecat -o events.csv
  cat article.txt | rasid code - --format csv -o events.csv

Problems are printed as "rasid: where: what [code]" on standard error, and stand in the output where the
format has room for them (records, table, xlsx). An output file appears whole or not at all.
"""


@click.command(
    epilog=EXIT_CODES,
    help=_HELP,
)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option("--format", "format_name", type=click.Choice(list(FORMATS)), help="Format of the output.")
@click.option(
    "-o", "--output", "output", type=click.Path(path_type=Path), metavar="FILE",
    help="Write to FILE instead of standard output.",
)  # fmt: skip
@published_option
@packs_option
@certainty_option
@click.option(
    "--all-statuses", is_flag=True,
    help="In polecat, icews, phoenix, dyad-week, ftm: also acts that did not happen, where they can be marked.",
)  # fmt: skip
@click.option(
    "--date-fallback", is_flag=True,
    help="In the same formats: the day of publication where the text gives no date.",
)  # fmt: skip
@click.option("--explain", is_flag=True, help="Say in the table why each record came out.")
@click.option(
    "--visual", is_flag=True,
    help="Join and reorder Arabic letters in the table, for terminals that do not do it themselves.",
)  # fmt: skip
@click.option(
    "--progress/--no-progress", "show_progress", default=None,
    help="Show on standard error how far the run is; by default when that is a terminal.",
)  # fmt: skip
@click.pass_context
def code(
    ctx: click.Context,
    inputs: tuple[str, ...],
    format_name: str | None,
    output: Path | None,
    published: date | None,
    user_packs: Path | None,
    min_certainty: float | None,
    all_statuses: bool,
    date_fallback: bool,
    explain: bool,
    visual: bool,
    show_progress: bool | None,
) -> None:
    """Code articles into event records."""
    chosen = Options(visual=visual, explain=explain, all_statuses=all_statuses, date_fallback=date_fallback)
    out = _output(format_name, None if output == Path("-") else output, chosen)
    _refuse_to_overwrite(inputs, out.path)
    if show_progress is None:
        show_progress = sys.stderr.isatty() and not out.shown
    with _writing(out.path), opened(out.path) as stream:
        tools = Tools.load(user_packs)
        with progress(show_progress) as (say, step):
            report = Report(say)
            items = _items(tools, inputs, published, min_certainty, report, step, shown=out.shown)
            where = clean(str(out.path or "standard output"))
            options = replace(out.options, say=lambda line: say(f"rasid: {where}: {line}"))
            out.exporter.write(items, stream, options)
            if min_certainty is not None:
                say(f"rasid: {where}: {certain.told(report.left_out, report.left_out + report.records, min_certainty)}")
    ctx.exit(report.exit_code)


def _output(name: str | None, path: Path | None, chosen: Options) -> _Output:
    """The format and its options; what cannot be written here is refused before any work."""
    shown = path is None and on_terminal()
    exporter = FORMATS[name or _default_format(path, table=shown or chosen.explain or chosen.visual)]
    if (chosen.explain or chosen.visual) and exporter.name != "table":
        raise click.UsageError(f"--explain and --visual are for tables; the format is {exporter.name}")
    if exporter.binary and shown:
        raise Failure(exporter.name, "is no text for a terminal; give -o FILE")
    if (chosen.all_statuses or chosen.date_fallback) and exporter.name not in _OF_ACTS:
        names = ", ".join(_OF_ACTS)
        raise click.UsageError(f"--all-statuses and --date-fallback are for {names}; the format is {exporter.name}")
    options = replace(
        chosen,
        colour=shown and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb",
        width=shutil.get_terminal_size((100, 24)).columns,
        coded_on=date.today(),
        layout=_LAYOUTS.get(path.suffix.lower(), "csv") if path else "csv",
    )
    try:
        exporter.ready(options)
    except MissingExtraError as error:
        raise Failure(f"--format {exporter.name}", str(error)) from error
    return _Output(exporter, path, options)


def _default_format(path: Path | None, *, table: bool) -> str:
    """What is written when nobody says."""
    by_suffix = {FORMATS[name].suffix: name for name in ("csv", "xlsx", "parquet")}
    if path and path.suffix.lower() in by_suffix:
        return by_suffix[path.suffix.lower()]
    return "table" if table else "records"


def _refuse_to_overwrite(inputs: Sequence[str], output: Path | None) -> None:
    for name in inputs:
        source = Path(name)
        if output and name != "-" and source.exists() and output.exists() and source.samefile(output):
            raise Failure(str(output), "is an input too; name another file")


@contextmanager
def _writing(path: Path | None) -> Iterator[None]:
    """Turns a full disk and the like into one line. A closed pipe is no error here."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        where = error.filename or path or "standard output"
        raise Failure(str(where), error.strerror or str(error)) from error


def _items(
    tools: Tools,
    inputs: Sequence[str],
    published: date | None,
    least: float | None,
    report: Report,
    step: Callable[[Report], None],
    *,
    shown: bool,
) -> Iterator[Item]:
    """Readings, and problems of inputs that gave no article, as they come; both are noted in the report."""
    for item in tools.articles(inputs, published):
        if isinstance(item, Problem):
            report.problem(item)
            yield item
        else:
            reading, failed = path_of_article.read_anyway(item, tools.kit)
            reading, left_out = certain.at_least(reading, least)
            report.left_out += left_out
            report.reading(reading, failed=failed, shown=shown)
            yield reading
        step(report)
