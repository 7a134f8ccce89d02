"""How many sentences a second one core reads, end to end, and the memory it takes.

Usage: python benchmarks/throughput.py [ARTICLES.jsonl.gz …] [--articles N]

Without files it takes the articles of the corpus beside the project when it is there, else the sample
article, repeated. "End to end" means: a line of a file to an article, its parts, words, phrases, frames and
resolution, and the records as JSON again. Loading the knowledge is told apart.
"""

from __future__ import annotations

import argparse
import itertools
import os
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from rasid.export import FORMATS, Options
from rasid.ingest import PageLayout
from rasid.ingest import read as ingest
from rasid.model import Article, Problem, Reading
from rasid.pipeline.article import read
from rasid.pipeline.kit import Kit, load

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
SAMPLE = ROOT / "examples" / "ceasefire-talks.txt"


@dataclass(slots=True)
class Tally:
    """What was read so far."""

    articles: int = 0
    sentences: int = 0
    words: int = 0
    records: int = 0

    def add(self, reading: Reading) -> None:
        """Count a reading."""
        self.articles += 1
        self.sentences += reading.sentences
        self.words += len(reading.article.text.split())
        self.records += len(reading.records)


def articles(files: list[Path], limit: int, layout: PageLayout) -> Iterator[Article]:
    """Up to `limit` articles of the files in turn, so that every source has its share."""
    sources = [(a for a in ingest([f], layout=layout) if not isinstance(a, Problem)) for f in files]
    rounds = itertools.chain.from_iterable(itertools.zip_longest(*sources))
    return itertools.islice((a for a in rounds if a is not None), limit)


def sample(limit: int, layout: PageLayout) -> Iterator[Article]:
    """The sample article, `limit` times under ids of their own."""
    for article in ingest([SAMPLE], layout=layout):
        if isinstance(article, Article):
            yield from (replace(article, id=f"{article.id}-{n}") for n in range(limit))


def readings(found: Iterator[Article], kit: Kit, tally: Tally) -> Iterator[Reading]:
    """Readings as they come, counted."""
    for article in found:
        reading = read(article, kit)
        tally.add(reading)
        yield reading


def main() -> None:
    """Print sentences, words and articles a second, and peak memory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    args = parser.parse_args()
    files = args.files or sorted(CORPUS.glob("*.jsonl.gz"))
    layout = PageLayout.load(None)
    begun = time.perf_counter()
    kit = load()
    loaded = time.perf_counter()
    tally = Tally()
    found = articles(files, args.articles, layout) if files else sample(args.articles, layout)
    with Path(os.devnull).open("wb") as out:
        FORMATS["records"].write(readings(found, kit, tally), out, Options())
    report(tally, loaded - begun, time.perf_counter() - loaded)


def report(tally: Tally, load_time: float, spent: float) -> None:
    """Print the figures."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # Linux counts KiB
    print(
        f"{tally.articles} articles, {tally.sentences} sentences, {tally.words} words, "
        f"{tally.records} records in {spent:.1f} s on one core (and {load_time:.1f} s to load the knowledge)"
    )
    print(
        f"{tally.sentences / spent:.0f} sentences/s, {tally.words / spent:.0f} words/s, "
        f"{tally.articles / spent:.1f} articles/s, peak memory {peak:.0f} MiB"
    )


if __name__ == "__main__":
    main()
