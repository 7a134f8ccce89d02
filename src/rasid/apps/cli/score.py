"""``rasid score``: how well articles are coded."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import click

from rasid import score as scoring
from rasid.apps.cli.failure import EXIT_CODES, Exit, Failure
from rasid.score import CAUSES, Causes, Coded, Counts, Floor, GoldArticle, Interval, Miss, Score

K = TypeVar("K", bound=str)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


_HELP = """Compare coded articles with gold articles.

GOLD is a folder with one JSON file an article, PRED what `rasid code --format records` wrote.

Figures: event (same type, same sentence), who and whom (the parties), core (type and all parties right),
dyad (type and countries, each kind once an article), then single fields over the paired records.

\b
Floors are a TOML or JSON file:
  [fields]
  event = 0.60
  core = 0.27
  [types]
  ASSAULT = 0.45

\b
Examples:
  rasid code gold/ -o pred.jsonl && rasid score gold/ pred.jsonl
  rasid score gold/ pred.jsonl --bootstrap 1000 --except unread.txt
  rasid score gold/ pred.jsonl --floors floors.toml
  rasid score gold/ pred.jsonl --causes
"""


@click.command(help=_HELP, epilog=EXIT_CODES)
@click.argument("gold", metavar="GOLD", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("pred", metavar="PRED", type=_FILE)
@click.option("--only", type=_FILE, metavar="IDS", help="Score only the articles whose ids stand in this file.")
@click.option("--except", "without", type=_FILE, metavar="IDS", help="Leave out the articles of this file.")
@click.option("--errors", default=0, metavar="N", help="Print the first N records that are not right.")
@click.option("--causes", is_flag=True, help="Sort the errors of each field by cause; countries and sectors apart.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--bootstrap", "samples", default=0, metavar="N",
    help="95% intervals of F1 from N drawings of the articles (1000 is enough).",
)  # fmt: skip
@click.option("--seed", default=1, show_default=True, help="Seed of the drawings.")
@click.option("--floors", type=_FILE, metavar="FILE", help="Least F1 figures; exit code 1 when one is missed.")
@click.pass_context
def score(
    ctx: click.Context,
    gold: Path,
    pred: Path,
    only: Path | None,
    without: Path | None,
    errors: int,
    causes: bool,
    as_json: bool,
    samples: int,
    seed: int,
    floors: Path | None,
) -> None:
    """Compare coded articles with gold articles."""
    try:
        articles = _chosen(scoring.read_gold(gold), only, without)
        predictions = scoring.read_predictions(pred)
        result = scoring.compare(articles, predictions)
        limits = scoring.check_floors(result, scoring.read_floors(floors)) if floors else ()
    except scoring.CodedError as error:
        where, _, text = str(error).partition(": ")
        raise Failure(where, text) from error
    ranges = (
        scoring.intervals([article.fields for article in result.articles], samples, seed),
        scoring.intervals([article.types for article in result.articles], samples, seed),
    )
    why = scoring.find_causes(articles, predictions) if causes else None
    if as_json:
        click.echo(json.dumps(_json(result, *ranges, limits) | _causes_json(why), ensure_ascii=False))
    else:
        click.echo("\n\n".join([_text(result, *ranges), *([_causes(why)] if why else [])]))
        for miss in result.misses[:errors]:
            click.echo(_miss(miss))
    missed = [floor for floor in limits if not floor.holds]
    for floor in missed:
        click.echo(f"rasid: {floor.name}: F1 {_figure(floor.reached)} is under its floor {floor.least:.3f}", err=True)
    ctx.exit(Exit.NOTHING if missed else Exit.OK)


def _chosen(articles: Sequence[GoldArticle], only: Path | None, without: Path | None) -> list[GoldArticle]:
    """The gold articles that are asked for."""
    wanted = scoring.read_ids(only) if only else None
    unwanted = scoring.read_ids(without) if without else frozenset()
    chosen = [
        article for article in articles if (wanted is None or article.id in wanted) and article.id not in unwanted
    ]
    if not chosen:
        raise scoring.CodedError("--only, --except: no gold article is left")
    return chosen


def _figure(value: float | None) -> str:
    return "none" if value is None else f"{value:.3f}"


def _json(
    result: Score,
    fields: Mapping[scoring.Field, Interval],
    types: Mapping[str, Interval],
    floors: Iterable[Floor],
) -> dict[str, object]:
    return {
        "articles": len(result.articles),
        "missing": result.missing,
        "unknown": result.unknown,
        "repeated": result.repeated,
        "fields": _table_json(result.fields, fields),
        "types": _table_json(result.types, types),
        "floors": [
            {"name": floor.name, "floor": floor.least, "f1": floor.reached, "holds": floor.holds} for floor in floors
        ],
    }


def _table_json(table: Mapping[K, Counts], ranges: Mapping[K, Interval]) -> dict[str, object]:
    return {name: {**_counts_json(counts), **_range_json(ranges.get(name))} for name, counts in table.items()}


def _counts_json(counts: Counts) -> dict[str, float]:
    return {
        "p": counts.precision,
        "r": counts.recall,
        "f1": counts.f1,
        "right": counts.right,
        "gold": counts.gold,
        "pred": counts.pred,
    }


def _range_json(interval: Interval | None) -> dict[str, float]:
    return {"low": interval.low, "high": interval.high} if interval else {}


def _text(result: Score, fields: Mapping[scoring.Field, Interval], types: Mapping[str, Interval]) -> str:
    by_size = dict(sorted(result.types.items(), key=lambda item: (-item[1].gold, item[0])))
    head = (
        f"{len(result.articles)} articles; {result.unknown} predicted ids not in gold, "
        f"{result.missing} gold ids missing, {result.repeated} repeated"
    )
    return "\n".join((head, "", *_rows("field", result.fields, fields), "", *_rows("type", by_size, types)))


def _rows(title: str, table: Mapping[K, Counts], ranges: Mapping[K, Interval]) -> Iterable[str]:
    interval = f"  {'95% of F1':^13}" if ranges else ""
    yield f"{title:<12} {'P':>6} {'R':>6} {'F1':>6}{interval}  {'right':>6} {'gold':>6} {'pred':>6}"
    for name, counts in table.items():
        figures = f"{counts.precision:6.3f} {counts.recall:6.3f} {counts.f1:6.3f}"
        numbers = f"{counts.right:>6} {counts.gold:>6} {counts.pred:>6}"
        yield f"{name:<12} {figures}{_range(ranges, name)}  {numbers}"


def _range(ranges: Mapping[K, Interval], name: K) -> str:
    if not ranges:
        return ""
    interval = ranges.get(name)
    return f"  {interval.low:.3f}–{interval.high:.3f}  " if interval else " " * 15


def _causes(why: Causes) -> str:
    """Two tables: errors by cause, and how often the codes of a party whose words are right are right."""
    lines = [f"{'cause of':<9}" + "".join(f"{cause:>15}" for cause in CAUSES)]
    lines += [
        f"{name:<9}" + "".join(f"{counts.get(cause, 0) or '-':>15}" for cause in CAUSES)
        for name, counts in why.fields.items()
    ]
    lines += ["", f"{'code':<9}{'right':>8}{'of':>7}{'share':>8}"]
    lines += [
        f"{name:<9}{right:>8}{all_:>7}{right / all_ if all_ else 0:>8.3f}" for name, (right, all_) in why.codes.items()
    ]
    return "\n".join(lines)


def _causes_json(why: Causes | None) -> dict[str, object]:
    if why is None:
        return {}
    codes = {name: {"right": right, "of": of} for name, (right, of) in why.codes.items()}
    return {"causes": {name: dict(counts) for name, counts in why.fields.items()}, "codes": codes}


def _miss(miss: Miss) -> str:
    return f"{miss.kind:<7} {miss.article}  gold {_brief(miss.gold)}  |  got {_brief(miss.pred)}"


def _brief(record: Coded | None) -> str:
    if record is None:
        return "-"
    actor, recipient = (
        "+".join(party.name or party.words.text or "?" for party in side) or "∅"
        for side in (record.actor, record.recipient)
    )
    return f"{record.event} «{record.trigger.text}» {actor} → {recipient}"
