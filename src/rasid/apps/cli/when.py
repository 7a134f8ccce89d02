"""``rasid when``: what the expressions of time in a text stand for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from rasid.apps.cli.common import Tools, packs_option, published_option
from rasid.apps.cli.failure import Exit
from rasid.export.terminal import clean, isolate
from rasid.model import Article, Part, Span, Words
from rasid.model.time import Tense, TimeExpr
from rasid.resolve.when import Resolved, read_when

_HELP = """Print the expressions of time in a text: the day, month or year that each stands for, why, and the
lines of the tables by which it was read.

TEXT is read as the one line of an article. «الجمعة» and its like are counted from the day of publication
(--published); without it they have no value. Where the tense of the act would change the answer, both
readings are printed.

\b
Examples:
  rasid when "أول أمس الأربعاء" --published 2024-09-13
  rasid when "يلتقي الوفدان الثلاثاء" --published 2024-09-13
  rasid when "منذ عشرة أشهر تقريبا" --published 2024-09-13 --json
"""

_EXITS = """\b
Exit codes:
  0  an expression of the text has a value
  1  none has
  2  wrong use, knowledge that cannot be read
"""


@dataclass(frozen=True, slots=True)
class _Found:
    words: Words
    readings: tuple[tuple[Tense, Resolved], ...]
    rows: tuple[str, ...]


@click.command(help=_HELP, epilog=_EXITS)
@click.argument("words", metavar="TEXT", nargs=-1, required=True)
@published_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@packs_option
@click.pass_context
def when(
    ctx: click.Context, words: tuple[str, ...], published: date | None, as_json: bool, user_packs: Path | None
) -> None:
    """Print what the expressions of time in a text stand for."""
    tools = Tools.load(user_packs)
    found = list(_expressions(" ".join(words), tools, published))
    if as_json:
        click.echo(json.dumps({"times": [_json(one) for one in found]}, ensure_ascii=False))
    else:
        for one in found:
            click.echo(_text(one))
    if not found:
        click.echo("rasid: there is no expression of time in the text", err=True)
    valued = any(result.value is not None for one in found for _, result in one.readings)
    ctx.exit(Exit.OK if valued else Exit.NOTHING)


def _expressions(text: str, tools: Tools, published: date | None) -> Iterator[_Found]:
    article = Article("when", text, (Part("body", Span(0, len(text))),), published, "given" if published else None)
    for sentence in tools.kit.language.sentences(article):
        for mention in sentence.mentions:
            if isinstance(mention.data, TimeExpr):
                words = Words(mention.span.of(text), mention.span)
                yield _Found(words, tuple(_readings(mention.data, published)), mention.data.rows)


def _readings(expr: TimeExpr, published: date | None) -> Iterator[tuple[Tense, Resolved]]:
    """The reading for an act whose tense is not known, and those for past and coming ones that differ."""
    plain = read_when(expr, published)
    yield "unknown", plain
    tenses: tuple[Tense, ...] = ("past", "future")
    for tense in tenses:
        other = read_when(expr, published, tense)
        if other.value is not None and other.value != plain.value:
            yield tense, other


def _text(found: _Found) -> str:
    (_, first), *others = found.readings
    value = f"{first.value} ({first.precision})" if first.value is not None else "no value"
    lines = [
        f"{isolate(f'«{clean(found.words.text)}»')}  {value}",
        f"  why    {isolate(clean(first.reason))}",
    ]
    lines += [f"  {tense:<6} {other.value} ({other.precision}): {other.reason}" for tense, other in others]
    lines += [f"  row    {row}" for row in found.rows]
    return "\n".join(lines)


def _json(found: _Found) -> dict[str, object]:
    return {
        "text": found.words.text,
        "start": found.words.span.start,
        "end": found.words.span.end,
        "readings": [
            {"tense": tense, "value": r.value, "precision": r.precision or None, "reason": r.reason}
            for tense, r in found.readings
        ],
        "rows": list(found.rows),
    }
