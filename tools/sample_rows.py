"""Draw random rows of the fact tables, for somebody to judge from their own knowledge.

Usage: python tools/sample_rows.py --rows 100 --seed 2026
       python tools/sample_rows.py --rows 20 --seed 7 --table offices.tsv

Prints one row a line, ``FILE:LINE`` first, in the order of the files. Over several tables each gives rows in
proportion to its size (largest remainders). The same seed on the same tables gives the same rows. How the
judgement is made and what it gave is in docs/facts.md.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

ACTORS = Path(__file__).resolve().parents[1] / "src" / "rasid" / "packs" / "data" / "ar" / "actors"
TABLES = ("people.tsv", "offices.tsv", "orgs.tsv", "outlets.tsv")

#: Number of a line in its file, from 1, and the line.
Row = tuple[int, str]


def rows_of(path: Path) -> tuple[str, list[Row]]:
    """The header and the rows of a table: comments and blank lines are left out, line numbers are the file's."""
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    return kept[0][1], kept[1:]


def shares(sizes: Mapping[str, int], total: int) -> dict[str, int]:
    """How many of ``total`` rows each table gives: in proportion, what is left over by the largest remainders."""
    everything = sum(sizes.values())
    exact = {name: total * size / everything for name, size in sizes.items()}
    given = {name: int(value) for name, value in exact.items()}
    by_remainder = sorted(sizes, key=lambda name: given[name] - exact[name])
    for name in by_remainder[: total - sum(given.values())]:
        given[name] += 1
    return given


def draw(tables: Mapping[str, Sequence[Row]], total: int, seed: int) -> dict[str, list[Row]]:
    """``total`` rows without replacement, at most as many as there are; each table's in the order of its file."""
    total = min(total, sum(map(len, tables.values())))
    counts = shares({name: len(rows) for name, rows in tables.items()}, total)
    chance = random.Random(seed)
    return {name: sorted(chance.sample(rows, counts[name])) for name, rows in tables.items()}


def main() -> None:
    """Read the options and print the rows."""
    parser = argparse.ArgumentParser(description="Draw random rows of the fact tables.")
    parser.add_argument("--rows", type=int, default=100, help="how many rows (100)")
    parser.add_argument("--seed", type=int, default=2026, help="the seed of the draw (2026)")
    parser.add_argument("--table", choices=TABLES, action="append", help="only this table; may be given again")
    options = parser.parse_args()
    read = {name: rows_of(ACTORS / name) for name in options.table or TABLES}
    for name, rows in draw({name: rows for name, (_, rows) in read.items()}, options.rows, options.seed).items():
        click.echo(f"# {name}: {len(rows)} of {len(read[name][1])}. {read[name][0]}")
        for number, line in rows:
            click.echo(f"{name}:{number}\t{line}")


if __name__ == "__main__":
    main()
