"""How many sentences a second one core reads, end to end, and the memory it takes.

Usage: python benchmarks/throughput.py [ARTICLES.jsonl.gz …] [--articles N]

Without files it takes the articles of the corpus beside the project when it is there, else the sample article,
repeated. "End to end" means: JSON line to article, parts, analysis, frames, resolution, record as JSON.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from rasid.export import FORMATS
from rasid.ingest import PageLayout
from rasid.ingest import read as ingest
from rasid.model import Article, Problem
from rasid.pipeline.article import read
from rasid.pipeline.kit import load

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"


def articles(files: list[Path], limit: int, layout: PageLayout) -> Iterator[Article]:
    """Up to `limit` articles of the files in turn, so that every source has its share."""
    sources = [(a for a in ingest([f], layout=layout) if not isinstance(a, Problem)) for f in files]
    rounds = itertools.chain.from_iterable(itertools.zip_longest(*sources))
    return itertools.islice((a for a in rounds if a is not None), limit)


def main() -> None:
    """Print sentences, words and articles a second, and peak memory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    args = parser.parse_args()
    files = args.files or sorted(CORPUS.glob("*.jsonl.gz")) or [ROOT / "examples" / "ceasefire-talks.txt"] * 50
    layout = PageLayout.load(None)
    begun = time.perf_counter()
    kit = load()
    loaded = time.perf_counter()
    count = sentences = words = records = 0
    for article in articles(files, args.articles, layout):
        reading = read(article, kit)
        FORMATS["records"].write([reading], StringIO())
        count, records = count + 1, records + len(reading.records)
        sentences += reading.sentences
        words += len(article.text.split())
    spent = time.perf_counter() - loaded
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"load {loaded - begun:.2f} s; {count} articles, {sentences} sentences, {words} words, {records} records")
    print(f"{spent:.1f} s: {sentences / spent:.0f} sentences/s, {words / spent:.0f} words/s, {count / spent:.0f} articles/s")
    print(f"peak memory {peak:.0f} MiB (one process, one core)")


if __name__ == "__main__":
    main()
