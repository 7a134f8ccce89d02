"""How fast articles go into a database, how large it gets, and how long queries take.

Usage: python benchmarks/store.py [ARTICLES.jsonl.gz …] [--articles N] [--copies N] [--db URL]

One process reads N articles of the files in turn (without files, of the corpus beside the project) and puts them
into a database. ``--copies`` then puts the same readings in again under other ids, so that queries can be timed on
a large database without reading for hours; names and words are then those of fewer articles than it seems. Without
--db the database is a file in a temporary folder. Each query is asked five times and the middle one told; a query
brings the first 100 records with their articles, as values.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import rasid
from rasid.ingest import PageLayout
from rasid.language.ar.letters import fold
from rasid.model import Reading
from rasid.pipeline.article import read
from rasid.pipeline.kit import load
from rasid.store import Read, Writer, open_database
from throughput import CORPUS, articles

_BATCH = 100
QUERIES: dict[str, dict[str, Any]] = {
    "everything": {},
    "type, newest first": {"type": "CONSULT", "newest_first": True},
    "actor, recipient, type, since": {"actor": "ISR", "recipient": "PSE", "type": "ASSAULT", "since": "2023-03"},
    "rare pair of countries": {"actor": "OMN", "recipient": "YEM"},
    "part of a name": {"actor": "بوتين"},
    "either side by name": {"party": "الحوثي"},
    "sector": {"actor": "REB", "status": "actual"},
    "issue": {"issue": "withdrawal"},
    "issue, type, since": {"issue": "ceasefire", "type": "REQUEST", "since": "2023-03"},
    "words of the article": {"words": "هدنة"},
    "two words and a type": {"words": "وقف النار", "type": "REJECT"},
    "speaker": {"source": "رويترز"},
    "place": {"place": "غزة"},
    "outlet, one day": {"outlet": "الميادين", "since": "2023-02-01", "until": "2023-02-01"},
    "certain, once, by month": {"min_certainty": 0.9, "once": True, "since": "2023-02", "until": "2023-02"},
    "nothing fits": {"actor": "لا أحد كهذا"},
}


@contextmanager
def place(given: str | None) -> Iterator[str]:
    """Where the database is made."""
    with tempfile.TemporaryDirectory() as folder:
        yield given or str(Path(folder) / "news.db")


def fill(db: str, files: list[Path], limit: int, copies: int) -> None:
    """Read and write, timed apart."""
    layout, kit = PageLayout.load(None), load()
    database = open_database(db, create=True)
    writer = Writer(database, "benchmark", "benchmark", {}, fold)
    begun, writing = time.perf_counter(), 0.0
    readings: list[Reading] = []
    for article in articles(files, limit, layout):
        readings.append(read(article, kit))
        if len(readings) % _BATCH == 0:
            writing += put(writer, readings[-_BATCH:])
    writing += put(writer, readings[len(readings) // _BATCH * _BATCH :])
    spent = time.perf_counter() - begun
    records = sum(len(reading.records) for reading in readings)
    print(f"{len(readings)} articles, {records} records in {spent:.1f} s: {len(readings) / spent:.1f} articles/s")
    print(f"of which writing {writing:.1f} s: {len(readings) / writing:.0f} articles/s")
    begun = time.perf_counter()
    for copy in range(1, copies):
        for start in range(0, len(readings), _BATCH):
            put(writer, [_copy(reading, copy) for reading in readings[start : start + _BATCH]])
    if copies > 1:
        print(f"{len(readings) * (copies - 1)} copies in {time.perf_counter() - begun:.1f} s")
    writer.finish()
    database.close()


def put(writer: Writer, readings: list[Reading]) -> float:
    """Seconds that it takes to put readings in."""
    begun = time.perf_counter()
    assert writer.put([Read(reading) for reading in readings]) == []
    return time.perf_counter() - begun


def _copy(reading: Reading, number: int) -> Reading:
    return replace(reading, article=replace(reading.article, id=f"{reading.article.id}.{number}"))


def ask(db: str) -> None:
    """Time the queries."""
    with rasid.open(db) as news:
        print(news.counts())
        print(f"{'query':<32} records  count ms  first 100 ms")
        for name, wanted in QUERIES.items():
            count = news.events(**wanted).count()
            counted = statistics.median(timed(lambda wanted=wanted: news.events(**wanted).count()))
            first = statistics.median(timed(lambda wanted=wanted: list(news.events(**wanted, limit=100))))
            print(f"{name:<32} {count:>7}  {counted:>8.1f}  {first:>12.1f}")


def timed(call: Any) -> Iterator[float]:
    """Milliseconds of five calls."""
    for _ in range(5):
        begun = time.perf_counter()
        call()
        yield (time.perf_counter() - begun) * 1000


def main() -> None:
    """Print articles a second, the size of the database and the time of queries."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--db")
    args = parser.parse_args()
    files = args.files or sorted(CORPUS.glob("*.jsonl.gz"))
    if not files:
        parser.error("there is no corpus beside the project; name files of articles")
    with place(args.db) as db:
        fill(db, files, args.articles, args.copies)
        if "://" not in db:
            size = Path(db).stat().st_size
            print(f"database: {size / 1e6:.1f} MB, {size / args.articles / args.copies / 1e3:.1f} kB an article")
        ask(db)


if __name__ == "__main__":
    main()
