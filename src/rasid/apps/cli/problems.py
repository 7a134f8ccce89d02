"""``rasid problems``: what went wrong in the runs of a database."""

from __future__ import annotations

import json
from collections import Counter

import click

from rasid.apps.cli.common import database_option
from rasid.apps.cli.failure import EXIT_CODES
from rasid.apps.cli.stored import database
from rasid.export.terminal import clean

_HELP = """List what went wrong while articles were coded into a database.

Listed are problems of what counts now: of the newest reading of each article, and of inputs when they were
last read. Each line is "where: what and what to do [code]".

\b
Examples:
  rasid problems --db news.db --count
  rasid problems --db news.db --code not-arabic --code bad-json
  rasid problems --db news.db --json | jq .where
"""


@click.command(help=_HELP, epilog=EXIT_CODES)
@database_option
@click.option("--code", "codes", multiple=True, metavar="CODE", help="Only problems of this code.")
@click.option("--all-runs", is_flag=True, help="Also those of older runs and readings.")
@click.option("--count", "counted", is_flag=True, help="Only how many there are of each code.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines.")
def problems(db: str, codes: tuple[str, ...], all_runs: bool, counted: bool, as_json: bool) -> None:
    """List what went wrong in a database."""
    with database(db) as opened:
        from rasid.apps.api import Archive

        found = Archive(opened).problems(*codes, all_runs=all_runs)
    if counted:
        for code, number in sorted(Counter(each.problem.code for each in found).items()):
            click.echo(json.dumps({"code": code, "count": number}) if as_json else f"{number:>7}  {code}")
        return
    for each in found:
        problem = each.problem
        if as_json:
            values = {"where": problem.where, "code": problem.code, "text": problem.text}
            more = {"run": each.run, "begun": each.when.isoformat()}
            click.echo(json.dumps({**values, **more}, ensure_ascii=False))
        else:
            click.echo(f"{clean(problem.where)}: {clean(problem.text)} [{problem.code}]")
