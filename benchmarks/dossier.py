"""How long a timeline, a grid of positions and a whole dossier take on a database.

Usage: python benchmarks/dossier.py DATABASE [STORY …] [--tries N]

A STORY is a story file, the number of a story of the database, or parties with commas between: acts between these
alone, of all days. Without any: the two stories of examples/stories, the largest story of the database, and
two pairs. Each question is asked N times (5) with a warm cache and the middle one told: milliseconds by the clock, and
of the processor, of which what else the machine does takes less. The tables are loaded before, as in a program that
asks more than once. "timeline" are its latest 30 days with five acts each, "days" the whole of it.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from rasid.apps.dossier.gather import ask, load_tools, recent
from rasid.dossier import Dossier, Tools
from rasid.packs.stories import Story, StoryParty, read_story
from rasid.store import Database, open_database
from rasid.store.stories import StoryShelf

STORIES = Path(__file__).resolve().parents[1] / "examples" / "stories"
PAIRS = ("ISR,hamas", "USA,PRK")


def questions(database: Database, named: list[str]) -> list[tuple[str, Story, int | None]]:
    """Each with its name, its story and the number of that."""
    found: list[tuple[str, Story, int | None]] = []
    if not named:
        largest = max(StoryShelf(database, "").stories(), key=lambda story: story.records, default=None)
        named = [*map(str, sorted(STORIES.glob("*.yml"))), *([str(largest.number)] if largest else []), *PAIRS]
    for name in named:
        if name.isdecimal():
            found.append((f"story {name}", Story(), int(name)))
        elif name.endswith((".yml", ".yaml")):
            found.append((Path(name).stem, read_story(Path(name)), None))
        else:
            found.append((name, Story(parties=tuple(map(StoryParty, name.split(","))), between=True), None))
    return found


def asked(database: Database, story: Story, tools: Tools, number: int | None) -> dict[str, Callable[[], Dossier]]:
    """What is asked of a story."""
    return {
        "timeline": lambda: recent(database, story, tools, number)[0],
        "positions": lambda: ask(database, story, tools, number, "positions"),
        "days": lambda: ask(database, story, tools, number, "timeline"),
        "everything": lambda: ask(database, story, tools, number),
    }


def timed(call: Callable[[], Dossier], tries: int) -> tuple[Dossier, float, float]:
    """What comes out, and the middle of the milliseconds by the clock and of the processor."""
    clock, processor = [], []
    for _ in range(tries):
        begun, used = time.perf_counter(), time.process_time()
        made = call()
        clock.append((time.perf_counter() - begun) * 1000)
        processor.append((time.process_time() - used) * 1000)
    return made, statistics.median(clock), statistics.median(processor)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database")
    parser.add_argument("stories", nargs="*")
    parser.add_argument("--tries", type=int, default=5)
    args = parser.parse_args()
    database = open_database(args.database, say=print)
    print("| story | asked | acts | cells | ms | ms of the processor |\n|---|---|---|---|---|---|")
    for name, given, number in questions(database, args.stories):
        tools, story = load_tools(given)
        for what, call in asked(database, story, tools, number).items():
            made, clock, processor = timed(call, args.tries)
            shown = "" if what == "positions" else f"{len(made.acts):,}"
            cells = f"{len(made.positions)}" if what in ("positions", "everything") else ""
            print(f"| {name} | {what} | {shown} | {cells} | {clock:.0f} | {processor:.0f} |", flush=True)
    database.close()


if __name__ == "__main__":
    main()
