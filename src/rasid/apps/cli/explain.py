"""``rasid explain``: everything that the program sees in an article."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from rasid.apps.cli.common import Tools, packs_option, published_option
from rasid.apps.cli.failure import EXIT_CODES
from rasid.apps.cli.reporting import Report, say
from rasid.model import Problem, Reading
from rasid.pipeline import explain as explanation

_HELP = """Print the whole analysis of articles.

Of each sentence: the words with their clitics parted, their classes and dictionary forms, the noun phrases, the
names, what belongs to each verb, on whose word it stands; then the records with the file and line of the entry
that made them and how each party was decided, and what was let go and why. docs/language.md explains it.

FILE is what `rasid code` reads. For the records alone, with a line of reasons each, see
`rasid code FILE --explain`.

\b
Examples:
  rasid explain article.txt
  rasid explain article.txt --published 2024-09-13 | less -R
"""


@click.command(help=_HELP, epilog=EXIT_CODES)
@click.argument("inputs", metavar="FILE...", nargs=-1, required=True)
@published_option
@packs_option
@click.pass_context
def explain(ctx: click.Context, inputs: tuple[str, ...], published: date | None, user_packs: Path | None) -> None:
    """Print the whole analysis of articles."""
    tools = Tools.load(user_packs)
    report = Report(say)
    for item in tools.articles(inputs, published):
        if isinstance(item, Problem):
            report.problem(item)
        else:
            click.echo(explanation.explain(item, tools.kit))
            report.reading(Reading(item))
    ctx.exit(report.exit_code)
