"""``rasid packs``: the knowledge files."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from rasid.apps.cli.common import Tools, packs_option
from rasid.apps.cli.failure import EXIT_CODES, Exit, Failure
from rasid.apps.cli.reporting import Report, bar, expected
from rasid.export.terminal import clean, isolate
from rasid.model import Article, Problem
from rasid.packs.errors import PackError
from rasid.pipeline import checking, examples
from rasid.pipeline import kit as kits
from rasid.pipeline.gaps import Census, Gaps, Often

_CHECK_HELP = """Check the tables of actors and places, and read every example of the event files and compare.

In the tables it finds ids given twice, two holders of an office that one holds at a time, codes and ids that do not
exist, names of two rows that nothing tells apart, dates out of order, and names that are ordinary words. Each is
printed with file and line and what to do; what is right as it is stands in actors/declared.tsv.

Each example must give exactly the events that it lists. Those that do not are printed with file and line,
the sentence and what differs.

The command ends with exit code 1 when it found anything. Without FILE all tables and event files are checked, with
--packs those of your folder; with FILE only the examples of these event files.

\b
Examples:
  rasid packs check
  rasid packs check mine/events/reject.yml
  rasid packs check --packs mine
"""

_GAPS_HELP = """List what articles name often and the tables do not know: what to add next.

INPUT is a file, a folder or - as for "rasid code". Listed are titles with a name after them («وزير الخارجية …») whose
person no table has, and names of bodies that belong to nothing that a table has, each with how often it stands there
and one place of it (the article's id and the offset in its text). The share unknown is of the most frequent titles
with names (--among), each counted once, however often it stands there.

Spellings that the program matches alike are one. A last name may be known in one article, after the full name, and
not in another: a title with a name counts as unknown when it is so in more than half of its places.

\b
Examples:
  rasid packs gaps news/ --top 50
  rasid packs gaps news.jsonl.gz --limit 3000
  rasid packs gaps news/ --json --packs mine | jq .share
"""

_GAPS_EXITS = """\b
Exit codes:
  0  all inputs were read
  1  there was no article to read
  2  wrong use, knowledge that cannot be read
  3  some inputs had errors, the others were read
"""


@click.group()
def packs() -> None:
    """Work with the files of knowledge."""


@packs.command(help=_CHECK_HELP, epilog=EXIT_CODES)
@click.argument(
    "files", metavar="[FILE...]", nargs=-1,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)  # fmt: skip
@packs_option
@click.pass_context
def check(ctx: click.Context, files: tuple[Path, ...], user_packs: Path | None) -> None:
    """Check the tables, and the examples of the event files."""
    try:
        kit = kits.load(user_packs)
        found = checking.check_tables(kit, user_packs) if not files else ()
        count, failures = _examples(kit, files, user_packs)
    except PackError as error:
        raise Failure(f"{error.file}:{error.line}", error.text) from error
    for finding in found:
        click.echo(f"{finding.file}:{finding.line}: {isolate(clean(finding.text))}")
    for failure in failures:
        click.echo(f"{failure.file}:{failure.line}: {failure.why}\n    {failure.text}")
    if not files:
        click.echo(f"tables: {len(found)} findings")
    click.echo(f"{count} examples, {len(failures)} of them fail")
    ctx.exit(Exit.NOTHING if found or failures else Exit.OK)


def _examples(
    kit: kits.Kit, files: tuple[Path, ...], user_packs: Path | None
) -> tuple[int, tuple[examples.Failure, ...]]:
    """How many examples there are, and those that fail: of `files`, of a user's folder, or of the program."""
    wanted = files or (tuple(sorted((user_packs / "events").glob("*.yml"))) if user_packs else None)
    return (0, ()) if wanted == () else examples.check(kit, wanted)


@packs.command(help=_GAPS_HELP, epilog=_GAPS_EXITS)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option("--top", type=click.IntRange(0), default=30, show_default=True, help="How many of each to list.")
@click.option(
    "--among", type=click.IntRange(1), default=1000, show_default=True,
    help="Of how many of the most frequent titles with names the share unknown is taken.",
)  # fmt: skip
@click.option(
    "--limit", type=click.IntRange(1), metavar="N",
    help="Read only N articles, spread evenly; the first N where the inputs do not show how many they have.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@packs_option
@click.option(
    "--progress/--no-progress", "show_progress", default=None,
    help="Show on standard error how far the run is; by default when that is a terminal.",
)  # fmt: skip
@click.pass_context
def gaps(
    ctx: click.Context,
    inputs: tuple[str, ...],
    top: int,
    among: int,
    limit: int | None,
    as_json: bool,
    user_packs: Path | None,
    show_progress: bool | None,
) -> None:
    """List what articles name often and the tables do not know."""
    tools = Tools.load(user_packs)
    shown = sys.stderr.isatty() if show_progress is None else show_progress
    total = expected(inputs) if shown or limit else None
    census = Census(tools.kit)
    with bar(shown, min(total, limit) if total and limit else total) as (say, show):
        report = Report(say)
        for article in _sample(tools, inputs, limit, total, report):
            problem = census.add(article)
            if problem is not None:
                report.problem(problem)
            show(census.articles, "articles")
    found = census.gaps(among)
    click.echo(json.dumps(_json(found, top), ensure_ascii=False) if as_json else _text(found, top))
    ctx.exit(Exit.NOTHING if not census.articles else Exit.SOME if report.failed else Exit.OK)


def _sample(
    tools: Tools, inputs: Sequence[str], limit: int | None, total: int | None, report: Report
) -> Iterator[Article]:
    """The articles, or `limit` of them; problems go to the report."""
    step = max(1.0, total / limit) if total and limit else 1.0
    taken = 0
    seen = 0
    for item in tools.articles(inputs, None):
        if taken == limit:
            return
        if isinstance(item, Problem):
            report.problem(item)
            continue
        if seen >= int(taken * step):
            taken += 1
            yield item
        seen += 1


def _text(found: Gaps, top: int) -> str:
    lines = [
        f"{found.articles} articles; {found.mentions} times a title with a name, {found.titled} different",
        f"of the {found.considered} most frequent the tables do not know {found.unknown}" + _share(found),
    ]
    for title, rows in (("titles with names", found.people), ("bodies", found.bodies)):
        lines += ["", f"{title} that no table knows: {len(rows)}"]
        lines += [_line(row) for row in rows[:top]]
    return "\n".join(lines)


def _share(found: Gaps) -> str:
    if found.share is None:
        return ""
    often = found.unknown_mentions / found.considered_mentions
    return f" ({100 * found.share:.1f}%), and {100 * often:.1f}% counted as often as they stand there"


def _line(row: Often) -> str:
    return f"{row.count:>6}  {isolate(clean(row.text))}  {clean(row.article)}:{row.start}"


def _json(found: Gaps, top: int) -> dict[str, object]:
    return {
        "articles": found.articles,
        "mentions": found.mentions,
        "different": found.titled,
        "considered": found.considered,
        "unknown": found.unknown,
        "share": found.share,
        "considered_mentions": found.considered_mentions,
        "unknown_mentions": found.unknown_mentions,
        "titles": [_row(row) for row in found.people[:top]],
        "bodies": [_row(row) for row in found.bodies[:top]],
    }


def _row(row: Often) -> dict[str, object]:
    return {"text": row.text, "count": row.count, "known": row.known, "article": row.article, "start": row.start}
