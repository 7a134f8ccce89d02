"""Count in how many articles of a collection each stem stands: what joining weighs words by.

Usage: python training/stem_counts.py UNREAD CORPUS...

UNREAD lists the ids of articles that are kept unread; CORPUS are files of articles (packed JSON lines). Writes
``stems.json``: the number of articles, and the counts of the stems that at least `LEAST` articles have. It holds single
stems and counts, nothing of any text.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from pathlib import Path

from rasid.pipeline.joining import STEMS, Eyes

#: Rarer stems are as rare as can be: names that are spelt one way here and another there.
LEAST = 50


def main() -> None:
    """Count, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("unread", type=Path)
    parser.add_argument("corpus", type=Path, nargs="+")
    args = parser.parse_args()
    unread, stems = frozenset(args.unread.read_text("utf-8").split()), Eyes.load().stems
    counts: Counter[str] = Counter()
    articles = 0
    for name in args.corpus:
        with gzip.open(name, "rt", encoding="utf-8") as lines:
            for raw in map(json.loads, lines):
                if raw["id"] not in unread and raw["text"]:
                    articles += 1
                    counts.update(set(stems(f"{raw['title']}\n{raw['text']}")))
    kept = {stem: n for stem, n in sorted(counts.items()) if n >= LEAST}
    STEMS.write_text(json.dumps({"articles": articles, "counts": kept}, ensure_ascii=False, indent=0) + "\n", "utf-8")
    print(f"{articles} articles, {len(counts)} stems, {len(kept)} kept")


if __name__ == "__main__":
    main()
