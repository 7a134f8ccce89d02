"""Many articles into a database: only what is new or changed is read, by one process or by several."""

from __future__ import annotations

import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Literal, Protocol

from rasid.model import Article, Problem
from rasid.pipeline.article import read_anyway
from rasid.pipeline.certain import at_least
from rasid.pipeline.kit import Kit, load
from rasid.store import Known, Read, Writer, content_hash

#: How an article stands to what the database had of it. ``again``: the same, by another program or knowledge.
State = Literal["new", "changed", "again", "unchanged"]

#: Readings put in at once, and seconds after which fewer are: what an interruption may cost.
_BATCH = 100
_SECONDS = 5.0
#: Articles sent to a process at once, and bundles that may wait for each process.
_BUNDLE = 8
_WAITING = 4


@dataclass(slots=True)
class Tally:
    """What a run did so far.

    Attributes:
        states: articles by how they stood to the database.
        broken: articles on which the program broke, or that the database does not take.
        lost: inputs that gave no article.
        records: made in this run.
        left_out: records that were not certain enough.
        problems: met in this run.
        seconds: since it began.
    """

    states: dict[State, int] = field(default_factory=dict)
    broken: int = 0
    lost: int = 0
    records: int = 0
    left_out: int = 0
    problems: int = 0
    seconds: float = 0.0

    @property
    def coded(self) -> int:
        """Articles that were read in this run."""
        return sum(count for state, count in self.states.items() if state != "unchanged")

    @property
    def failed(self) -> int:
        """Articles and inputs that gave nothing."""
        return self.broken + self.lost

    @property
    def seen(self) -> int:
        """Articles that were met."""
        return sum(self.states.values())


class Watcher(Protocol):
    """Somebody who wants to know how far a run is."""

    def problem(self, problem: Problem) -> bool:
        """Told of each problem as it is met; whether it is an error."""
        ...

    def step(self, tally: Tally) -> None:
        """Called after each article."""
        ...


def run(
    found: Iterable[Article | Problem],
    read: Reads,
    writer: Writer,
    watcher: Watcher,
    least: float | None = None,
) -> Tally:
    """Read what is new or changed and put it into the database.

    Whatever stops it, what was read until then is in the database, and another run goes on from there.

    Args:
        found: articles, and problems of inputs that gave none.
        read: what reads them: `alone` or `together`.
        writer: a run that was begun.
        watcher: told how far it is.
        least: records of a smaller certainty, 0 to 1, are left out; the writer's digest should tell so.

    Raises:
        StoreError: when the database cannot be written.
    """
    begun = time.monotonic()
    tally = Tally()
    shelf = _Shelf(writer, watcher, tally)
    news = _news(found, writer.known(), writer.version, shelf)
    try:
        for item in read(news):
            reading, left_out = at_least(item.reading, least)
            tally.left_out += left_out
            shelf.put(Read(reading, item.failed))
            tally.seconds = time.monotonic() - begun
            watcher.step(tally)
    except BaseException:
        shelf.empty()
        raise
    shelf.empty()
    writer.finish()
    tally.seconds = time.monotonic() - begun
    return tally


def _news(
    found: Iterable[Article | Problem], known: Mapping[str, Known], version: int, shelf: _Shelf
) -> Iterator[Article]:
    """The articles that are to be read."""
    for item in found:
        if isinstance(item, Problem):
            shelf.put(item)
            continue
        before = known.get(item.id)
        state: State = "new"
        if before is not None:
            same = before.content == content_hash(item)
            state = "changed" if not same else "unchanged" if before.version == version else "again"
        shelf.tally.states[state] = shelf.tally.states.get(state, 0) + 1
        if state == "unchanged":
            shelf.watcher.step(shelf.tally)
        else:
            yield item


@dataclass(slots=True)
class _Shelf:
    """What waits to be put into the database."""

    writer: Writer
    watcher: Watcher
    tally: Tally
    items: list[Read | Problem] = field(default_factory=list)
    last: float = field(default_factory=time.monotonic)

    def put(self, item: Read | Problem) -> None:
        """Take a reading or a problem of an input, and put all in when there are many or it is time."""
        self.items.append(item)
        if isinstance(item, Problem):
            self.tally.lost += self._note(item)
        else:
            self.tally.broken += item.failed
            self.tally.records += len(item.reading.records)
            for problem in item.reading.problems:
                self._note(problem)
        if len(self.items) >= _BATCH or time.monotonic() - self.last > _SECONDS:
            self.empty()

    def _note(self, problem: Problem) -> bool:
        """Whether it is an error."""
        self.tally.problems += 1
        return self.watcher.problem(problem)

    def empty(self) -> None:
        """Put everything in."""
        items, self.items = self.items, []
        for problem in self.writer.put(items):
            self._note(problem)
            self.tally.broken += 1
        self.last = time.monotonic()


# ---------------------------------------------------------------- one process or several


class Reads(Protocol):
    """Reads articles in whatever order suits it."""

    def __call__(self, articles: Iterable[Article], /) -> Iterator[Read]:
        """The readings as they are made."""
        ...


def alone(kit: Kit) -> Reads:
    """Reads in this process."""

    def read(articles: Iterable[Article], /) -> Iterator[Read]:
        for article in articles:
            yield Read(*read_anyway(article, kit))

    return read


@contextmanager
def together(jobs: int, packs: Path | None) -> Iterator[Reads]:
    """Reads in several processes, each with a kit of its own.

    Args:
        jobs: how many processes.
        packs: a folder of the user's own knowledge.
    """
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (packs,))

    def read(articles: Iterable[Article], /) -> Iterator[Read]:
        waiting: deque[Future[list[Read]]] = deque()
        for bundle in _bundles(articles):
            waiting.append(pool.submit(_read, bundle, packs))
            while waiting and (waiting[0].done() or len(waiting) > jobs * _WAITING):
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()

    try:
        yield read
    finally:
        pool.shutdown(cancel_futures=True)


def _bundles(articles: Iterable[Article]) -> Iterator[list[Article]]:
    bundle: list[Article] = []
    for article in articles:
        bundle.append(article)
        if len(bundle) == _BUNDLE:
            yield bundle
            bundle = []
    if bundle:
        yield bundle


@cache
def _kit(packs: Path | None) -> Kit:
    """The kit of a process that reads for another."""
    return load(packs)


def _begin(packs: Path | None) -> None:
    """Load the kit of a process. Ctrl-C goes to all processes of a terminal: only the first one heeds it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _kit(packs)


def _read(bundle: list[Article], packs: Path | None) -> list[Read]:
    return [Read(*read_anyway(article, _kit(packs))) for article in bundle]
