"""Measure the numbers of the dead and the injured against the articles coded by hand.

Usage: python -m training.counts SHARED_DIR

Each record that the program finds is paired with the coded one as the scorer does; a number is right when both have
the same. Records that have no pair are not compared, but counted. Prints a row for the articles that may be read and
one for those that are never read; of the latter only figures.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rasid.ingest import PageLayout
from rasid.packs.counts import FIELDS
from rasid.pipeline.kit import Kit, load
from rasid.score.compare import align
from training import coded
from training.resolution import as_coded, read


def compare(articles: Iterable[dict[str, Any]], kit: Kit) -> Counter[tuple[str, str]]:
    """How often each field was right, wrong (another number), missed, extra; ``unpaired`` coded ones have no record."""
    layout, found = PageLayout.load(None), Counter[tuple[str, str]]()
    for raw in articles:
        reading = read(raw, kit, layout, kit.weighing)
        pairs = dict(align(reading.gold, [as_coded(r) for r in reading.records]))
        for n, record in enumerate(raw["records"]):
            for field in FIELDS:
                wanted = record.get(field)
                if n in pairs:
                    found[field, _outcome(wanted, getattr(reading.records[pairs[n]], field))] += 1
                elif wanted is not None:
                    found[field, "unpaired"] += 1
    return found


def _outcome(wanted: int | None, given: int | None) -> str:
    if wanted == given:
        return "none" if wanted is None else "right"
    return "extra" if wanted is None else "missed" if given is None else "wrong"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    shared = parser.parse_args().shared
    unread = frozenset((shared / "gold" / "unread.txt").read_text("utf-8").split())
    raws = list(coded.gold(shared / "gold" / "dev"))
    kit = load()
    for title, some in (("read", lambda i: i not in unread), ("unread", lambda i: i in unread)):
        found = compare((raw for raw in raws if some(raw["id"])), kit)
        for field in FIELDS:
            right, wrong, missed, extra = (found[field, k] for k in ("right", "wrong", "missed", "extra"))
            precision = right / max(1, right + wrong + extra)
            recall = right / max(1, right + wrong + missed)
            print(
                f"| {title} | {field} | precision {precision:.2f} | recall {recall:.2f} | right {right}, "
                f"wrong {wrong}, missed {missed}, extra {extra}, "
                f"coded ones without a record {found[field, 'unpaired']} |"
            )


if __name__ == "__main__":
    main()
