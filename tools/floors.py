"""Code the gold beside the project and compare the figures with their floors.

Usage: python tools/floors.py            prints each figure beside its floor; exit code 1 when one is under it
       python tools/floors.py --print    prints the whole evaluation as Markdown
       python tools/floors.py --write    puts it into docs/evaluation.md, between its markers

The gold stands in a folder ``shared`` beside the project. Without it the check is skipped, which is said.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from rasid.export import FORMATS, Options
from rasid.ingest import PageLayout
from rasid.ingest import read as ingest
from rasid.model import Article, Reading
from rasid.packs.frames import load_frames
from rasid.pipeline import examples
from rasid.pipeline.article import read
from rasid.pipeline.kit import frame_files, load
from rasid.score import (
    CAUSES,
    Causes,
    Counts,
    Interval,
    Score,
    compare,
    find_causes,
    intervals,
    read_gold,
    read_ids,
    read_predictions,
)

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FLOORS = ROOT / "quality" / "floors.toml"
PAGE = ROOT / "docs" / "evaluation.md"
DRAWS, SEED = 1000, 1
TYPES = ("ASSAULT", "PROTEST")

Floors = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that is measured.

    Attributes:
        whole, unread, rest: all gold articles, the third that nobody reads or trains on, and the others.
        gsr: what the scorer of the public Arabic gold prints as JSON.
        examples: number of the frame files' examples, and of those that fail.
    """

    whole: Score
    unread: Score
    rest: Score
    causes: Causes
    gsr: Mapping[str, Any]
    examples: tuple[int, int]


# ---------------------------------------------------------------- measuring


def code(source: Path, target: Path) -> Path:
    """Code the articles of a file or folder into a file of records."""
    layout, kit = PageLayout.load(None), load()

    def readings() -> Iterator[Reading]:
        for item in ingest([source], layout=layout):
            if isinstance(item, Article):
                yield read(item, kit)

    with target.open("wb") as stream:
        FORMATS["records"].write(readings(), stream, Options())
    return target


def check_examples() -> tuple[int, int]:
    """How many examples the frame files have, and how many of them do not hold, those marked `fails` among them."""
    entries = [entry for path, shown in frame_files() for entry in load_frames(path, shown)]
    count, failures = examples.check_entries(load(), entries)
    marked = sum(bool(example.known) for entry in entries for example in entry.examples)
    return count, len(failures) + marked


def measure(shared: Path) -> Figures:
    """Code and score everything; one process a task."""
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(2) as pool:
        work = Path(folder)
        sentences = work / "sentences.jsonl"
        sentences.write_bytes(_gsr(shared, "inputs"))
        gsr = pool.submit(code, sentences, work / "gsr.jsonl")
        gold = pool.submit(code, shared / "gold" / "dev", work / "gold.jsonl")
        failing = pool.submit(check_examples)
        articles = read_gold(shared / "gold" / "dev")
        predicted = read_predictions(gold.result())
        apart = read_ids(shared / "gold" / "unread.txt")
        return Figures(
            whole=compare(articles, predicted),
            unread=compare([a for a in articles if a.id in apart], predicted),
            rest=compare([a for a in articles if a.id not in apart], predicted),
            causes=find_causes(articles, predicted),
            gsr=json.loads(_gsr(shared, "score", str(gsr.result()), "--json")),
            examples=failing.result(),
        )


def _gsr(shared: Path, *args: str) -> bytes:
    """What the scorer of the public Arabic gold prints. It stands beside the gold and is no part of Rasid."""
    command = [sys.executable, str(shared / "tools" / "score_gsr.py"), *args]
    return subprocess.run(command, check=True, capture_output=True).stdout


# ---------------------------------------------------------------- floors


def check(figures: Figures, floors: Floors) -> bool:
    """Print every figure beside its floor; whether all are reached."""
    good = True
    for name, figure, least in _pairs(figures, floors):
        good &= figure >= least
        click.echo(f"{name:<14} {figure:.3f}  floor {least:.3f}{'' if figure >= least else '  UNDER ITS FLOOR'}")
    count, failing = figures.examples
    most = int(floors.get("examples", {}).get("failing_at_most", 0))
    good &= failing <= most
    note = "" if failing <= most else "  TOO MANY"
    click.echo(f"{'examples':<14} {failing} of {count} fail, at most {most}{note}")
    return good


def _pairs(figures: Figures, floors: Floors) -> Iterator[tuple[str, float, float]]:
    """(name, figure, floor) of all floors that are shares."""
    fields = {str(name): counts.f1 for name, counts in figures.whole.fields.items()}
    for name, least in floors.get("gold", {}).items():
        yield f"gold {name}", fields[name], least
    for name, least in floors.get("gsr", {}).items():
        yield f"gsr {name}", figures.gsr[f"detect/unanimous/{name}"]["F1"], least


# ---------------------------------------------------------------- the page


def blocks(figures: Figures) -> dict[str, str]:
    """The generated blocks of the page by name."""
    return {"short": "\n".join(_short(figures)), "figures": "\n".join(_long(figures))}


def _short(figures: Figures) -> Iterator[str]:
    apart, whole = len(figures.unread.articles), len(figures.whole.articles)
    yield f"| F1 | {apart} articles that nobody read or trained on | all {whole} |"
    yield "|---|---|---|"
    tables = [_named(part.fields) for part in (figures.unread, figures.whole)]
    for name, words in _SHORT.items():
        yield f"| {words} | {' | '.join(f'{table[name].f1:.2f}' for table in tables)} |"


#: What the short table shows.
_SHORT = {
    "event": "the event: type and sentence",
    "who": "who did it",
    "whom": "to whom",
    "core": "type and all parties right at once",
    "date": "when",
    "place": "where",
    "source": "on whose word",
}


def _long(figures: Figures) -> Iterator[str]:
    yield f"### {len(figures.whole.articles)} articles coded by the codebook"
    yield ""
    yield from _fields(figures)
    yield ""
    yield "### By type"
    yield ""
    yield from _types(figures)
    yield ""
    yield "### Errors by cause"
    yield ""
    yield from _causes(figures.causes)
    yield ""
    yield "### The public Arabic gold (arabic_event_gsr)"
    yield ""
    yield from _detection(figures.gsr)
    yield ""
    yield from _spans(figures.gsr)
    yield ""
    yield "### Examples of the frame files"
    yield ""
    count, failing = figures.examples
    yield f"{count} examples, of which {failing} do not give what they list."


def _fields(figures: Figures) -> Iterator[str]:
    apart, rest = len(figures.unread.articles), len(figures.rest.articles)
    yield f"| field | P | R | F1 (95%) | {apart} unread: F1 (95%) | the other {rest}: F1 (95%) | gold |"
    yield "|---|---|---|---|---|---|---|"
    parts = (figures.whole, figures.unread, figures.rest)
    ranges = [_named(intervals([a.fields for a in part.articles], DRAWS, SEED)) for part in parts]
    tables = [_named(part.fields) for part in parts]
    for name, counts in tables[0].items():
        cells = [_f1(table[name], known.get(name)) for table, known in zip(tables, ranges, strict=True)]
        found = f"{counts.precision:.3f} | {counts.recall:.3f}"
        yield f"| {name} | {found} | {' | '.join(cells)} | {counts.gold} |"


def _causes(why: Causes) -> Iterator[str]:
    yield "| field | " + " | ".join(CAUSES) + " |"
    yield "|---" * (len(CAUSES) + 1) + "|"
    for name, counts in why.fields.items():
        yield f"| {name} | " + " | ".join(str(counts.get(cause, "")) for cause in CAUSES) + " |"
    yield ""
    shares = ", ".join(f"{name} {right / (of or 1):.3f}" for name, (right, of) in why.codes.items())
    count = next(iter(why.codes.values()))[1]
    yield f"Of the {count} parties whose words overlap with gold's, these are right: {shares}."


def _types(figures: Figures) -> Iterator[str]:
    yield "| type | P | R | F1 (95%) | unread: F1 | gold | predicted |"
    yield "|---|---|---|---|---|---|---|"
    known = intervals([article.types for article in figures.whole.articles], DRAWS, SEED)
    for name, counts in sorted(figures.whole.types.items(), key=lambda item: (-item[1].gold, item[0])):
        apart = figures.unread.types.get(name, Counts())
        unread = f"{apart.f1:.3f} (of {apart.gold})" if apart.gold else "none"
        cells = f"{counts.precision:.3f} | {counts.recall:.3f} | {_f1(counts, known.get(name))} | {unread}"
        yield f"| {name} | {cells} | {counts.gold} | {counts.pred} |"


def _named(table: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): value for name, value in table.items()}


def _f1(counts: Counts, interval: Interval | None) -> str:
    return f"{counts.f1:.3f}" + (f" ({interval.low:.3f} to {interval.high:.3f})" if interval else "")


def _detection(gsr: Mapping[str, Any]) -> Iterator[str]:
    yield "| sentences | type | P | R | F1 (95%) | yes / no | flagged: easy no | flagged: difficult no |"
    yield "|---|---|---|---|---|---|---|---|"
    for setting in ("unanimous", "majority"):
        for kind in TYPES:
            d = gsr[f"detect/{setting}/{kind}"]
            figures = f"{d['P']:.3f} | {d['R']:.3f} | {d['F1']:.3f} ({d['F1_lo']:.3f} to {d['F1_hi']:.3f})"
            flagged = f"{d['FPR_easy']:.3f} | {d['FPR_difficult']:.3f} (of {d['n_difficult']})"
            yield f"| {setting} | {kind} | {figures} | {d['n_pos']} / {d['n_neg']} | {flagged} |"


def _spans(gsr: Mapping[str, Any]) -> Iterator[str]:
    yield "| type | found | words of | F1, all | F1, where found | rightly empty | core recall |"
    yield "|---|---|---|---|---|---|---|"
    for kind in TYPES:
        spans = gsr[f"spans/{kind}"]
        for role in ("trigger", "actor", "recipient"):
            d = spans[role]
            values = " | ".join(_share(d[key]) for key in ("F1_all", "F1_detected", "null_ok", "core_recall"))
            yield f"| {kind} | {spans['detected']} of {spans['records']} | {role} | {values} |"


def _share(value: float | None) -> str:
    return "none" if value is None else f"{value:.3f}"


def filled(page: str, generated: Mapping[str, str]) -> str:
    """The page with its generated blocks put between their markers.

    Raises:
        ValueError: when a marker is missing.
    """
    for name, block in generated.items():
        begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
        before, found, rest = page.partition(begin)
        _, closed, after = rest.partition(end)
        if not found or not closed:
            raise ValueError(f"no block {name!r} between its markers")
        page = f"{before}{begin}{block}\n{end}{after}"
    return page


# ---------------------------------------------------------------- command line


def main(arguments: Iterable[str] | None = None) -> int:
    """Check, print or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--print", action="store_true", help="print the evaluation as Markdown")
    parser.add_argument("--write", action="store_true", help="write it into docs/evaluation.md")
    args = parser.parse_args(None if arguments is None else list(arguments))
    if not (SHARED / "gold" / "dev").is_dir():
        click.echo("floors: skipped, there is no gold beside the project")
        return 0
    csv.field_size_limit(10**9)
    figures = measure(SHARED)
    floors = tomllib.loads(FLOORS.read_text("utf-8"))
    if args.print or args.write:
        generated = blocks(figures)
        if args.write:
            PAGE.write_text(filled(PAGE.read_text("utf-8"), generated), "utf-8")
        if args.print:
            click.echo("\n\n".join(generated.values()))
        return 0
    good = check(figures, floors)
    if filled(page := PAGE.read_text("utf-8"), blocks(figures)) != page:
        click.echo("docs/evaluation.md shows older figures; renew it: python tools/floors.py --write")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
