"""Rasid for programs: an article's text into records, and the records of a database.

>>> import rasid
>>> reading = rasid.code("…", published="2024-09-13")
>>> with rasid.open("news.db") as news:
...     frame = news.events(actor="ISR", type="REQUEST", since="2024-03").to_pandas()
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rasid.export.base import need
from rasid.export.columns import COLUMNS, rows
from rasid.ingest import PageLayout
from rasid.ingest.objects import Raw, to_article
from rasid.language.ar.letters import fold
from rasid.language.ar.search import written_forms
from rasid.model import CONTEXTS, EVENT_TYPES, STATUSES, Article, JoinedEvent, Problem, Reading
from rasid.model.days import first_and_last
from rasid.packs.issues import load_issues
from rasid.pipeline.article import read
from rasid.pipeline.kit import Kit, load

if TYPE_CHECKING:
    from rasid.store import Counts, Database, Found, Query, Reader, StoredProblem

#: One value, or several that are alternatives.
Choice = str | Iterable[str] | None


# ---------------------------------------------------------------- an article


def code(
    text: str,
    published: date | str | None = None,
    *,
    title: str | None = None,
    outlet: str | None = None,
    id: str = "text",
    packs: str | Path | None = None,
) -> Reading:
    """Read an article into event records.

    The knowledge is loaded at the first call, which takes some seconds, and kept.

    Args:
        text: the article, as it stands.
        published: its day of publication, as a date or like ``2024-09-13``; «أمس» and weekdays are read by it.
            Without it, a day that a line of the text gives is taken.
        title: its headline, when it is not in the text.
        outlet: who published it.
        id: how the article is called in the records.
        packs: a folder of your own knowledge.

    Returns:
        the article with its records and problems; of a text that is no Arabic article, a problem that says so.

    Raises:
        ValueError: when `published` is no day.
        PackError: when a file of your knowledge cannot be used.
    """
    kit, layout = _loaded(str(packs) if packs is not None else None)
    raw = Raw(id, id, text, title, _published(published), outlet)
    problems: list[Problem] = []
    for item in to_article(raw, layout, None):
        if isinstance(item, Article):
            reading = read(item, kit)
            return replace(reading, problems=(*problems, *reading.problems))
        problems.append(item)
    return Reading(Article(id, text), problems=tuple(problems), versions=dict(kit.versions))


@cache
def _loaded(packs: str | None) -> tuple[Kit, PageLayout]:
    folder = Path(packs) if packs is not None else None
    return load(folder), PageLayout.load(folder)


def _published(value: date | str | None) -> date | None:
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"published: {value!r} is no day like 2024-09-13") from None


# ---------------------------------------------------------------- a database


def open(db: str | Path) -> Archive:
    """Open a database that ``rasid run`` has filled.

    Args:
        db: a file (SQLite), or a URL like ``postgresql://user@host/name``.

    Raises:
        StoreError: when there is none, it is of a newer version, or cannot be read.
        MissingExtraError: when SQLAlchemy is not installed.
    """
    need("sqlalchemy", "store", "a database")
    return Archive(_store().open_database(db))


def _store() -> Any:
    """The store, loaded only when a database is used."""
    return importlib.import_module("rasid.store")


class Archive:
    """The articles and records of a database: of each article the newest reading of its newest text."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._reader: Reader = _store().Reader(database, fold)

    def joined(self) -> bool:
        """Whether records that tell one event are joined (``rasid join``), so that `Events.grouped` has groups."""
        return self._reader.joined()

    def events(
        self,
        *,
        actor: Choice = None,
        recipient: Choice = None,
        party: Choice = None,
        type: Choice = None,
        mode: Choice = None,
        status: Choice = None,
        context: Choice = None,
        since: date | str | None = None,
        until: date | str | None = None,
        dated: bool = False,
        issue: Choice = None,
        source: Choice = None,
        place: Choice = None,
        place_country: Choice = None,
        outlet: Choice = None,
        article: Choice = None,
        words: str | None = None,
        min_certainty: float | None = None,
        once: bool = False,
        limit: int | None = None,
        newest_first: bool = False,
    ) -> Events:
        """The records that fit all that is given, by day.

        Of several values of one kind one must fit. The call only says what is wanted; the database is asked when
        the records are taken.

        Args:
            actor: who did it: a country (``ISR``) or a sector (``GOV``) in three capitals, an id of the tables, or
                part of a name.
            recipient: to whom, named in the same way.
            party: one that is on either side.
            type: PLOVER's types.
            mode: PLOVER's modes.
            status: ``actual``, ``planned`` ….
            context: PLOVER's contexts: ``military``, ``legal`` ….
            since: the act has a day on or after this one: a date, or a year, month or day like ``2024``, ``2024-03``,
                ``2024-03-05``. A record without a date in its text counts by the day of publication.
            until: the same, on or before.
            dated: only records whose text gives the date.
            issue: part of the words of the issue, or an English name such as ``withdrawal`` or ``ceasefire``.
            source: part of the name of a speaker, or of the outlet that carries him.
            place: an id of the tables, or part of the words of the place.
            place_country: a country in three capitals.
            outlet: the outlet that published it, by its whole name.
            article: ids of articles.
            words: words that must all stand in the article, with or without article and joined prepositions.
            min_certainty: 0 to 1.
            once: leave out what tells an earlier record of the same article again.
            limit: at most so many.
            newest_first: the latest first.

        Raises:
            ValueError: when a value cannot be meant so (no such type, no such day).
        """
        query = _store().Query(
            actor=_values(actor),
            recipient=_values(recipient),
            party=_values(party),
            event=_known("type", _values(type, upper=True), EVENT_TYPES),
            mode=_values(mode),
            status=_known("status", _values(status), STATUSES),
            context=_known("context", _values(context), CONTEXTS),
            since=_day("since", since, last=False),
            until=_day("until", until, last=True),
            dated=dated,
            issue=_issues(_values(issue)),
            source=_values(source),
            place=_values(place),
            place_country=_values(place_country),
            outlet=_values(outlet),
            article=_values(article),
            words=tuple(map(written_forms, _store().WORD.findall(words or ""))),
            min_certainty=min_certainty,
            once=once,
            limit=limit,
            newest_first=newest_first,
        )
        return Events(self._reader, query)

    def article(self, id: str) -> Article | None:
        """An article by its id, as it was last read; None when there is none.

        Raises:
            StoreError: when the database cannot be read.
        """
        return self._reader.article(id)

    def problems(self, *codes: str, all_runs: bool = False) -> list[StoredProblem]:
        """What went wrong with what counts now; with codes only those, with `all_runs` also what is past.

        Raises:
            StoreError: when the database cannot be read.
        """
        return list(self._reader.problems(codes, all_runs=all_runs))

    def counts(self) -> Counts:
        """How many articles, records and problems there are.

        Raises:
            StoreError: when the database cannot be read.
        """
        return self._reader.counts()

    def close(self) -> None:
        """Let the database go."""
        self._database.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


class Events:
    """The records of a query. Each pass over them asks the database anew."""

    def __init__(self, reader: Reader, query: Query) -> None:
        self._reader = reader
        self.query = query

    def __iter__(self) -> Iterator[Found]:
        """Each record with its article and its number in it.

        Raises:
            StoreError: when the database cannot be read.
        """
        return self._reader.events(self.query)

    def count(self) -> int:
        """How many there are.

        Raises:
            StoreError: when the database cannot be read.
        """
        return self._reader.count(self.query)

    def readings(self) -> Iterator[Reading]:
        """The records in order, those of one article that follow each other together, as the writers take them."""
        for _, group in groupby(self, key=lambda found: found.article.id):
            found = list(group)
            records, numbers = tuple(f.record for f in found), tuple(f.number for f in found)
            yield Reading(found[0].article, records, numbers=numbers)

    def grouped(self) -> Iterator[JoinedEvent]:
        """The events that ``rasid join`` found, each with all the records that tell it; one of them fits the query.

        Raises:
            StoreError: when the database cannot be read.
        """
        return self._reader.grouped(self.query)

    def to_pandas(self) -> Any:
        """A pandas data frame with the columns of the format ``csv``.

        Raises:
            MissingExtraError: when pandas is not installed.
            StoreError: when the database cannot be read.
        """
        pandas = need("pandas", "frames", "to_pandas")
        return pandas.DataFrame(self._rows(), columns=[column.name for column in COLUMNS])

    def to_polars(self) -> Any:
        """A polars data frame with the columns of the format ``csv``.

        Raises:
            MissingExtraError: when polars is not installed.
            StoreError: when the database cannot be read.
        """
        polars = need("polars", "frames", "to_polars")
        names = [column.name for column in COLUMNS]
        return polars.DataFrame(self._rows(), schema=names, orient="row", infer_schema_length=None)

    def _rows(self) -> list[list[Any]]:
        return [row for reading in self.readings() for row in rows(reading)]


def _values(choice: Choice, *, upper: bool = False) -> tuple[str, ...]:
    values = (choice,) if isinstance(choice, str) else tuple(choice or ())
    return tuple(value.upper() for value in values) if upper else values


def _known(name: str, values: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if value not in known:
            raise ValueError(f"{name}: {value!r} is none of {', '.join(known)}")
    return values


def _day(name: str, value: date | str | None, *, last: bool) -> date | None:
    if not isinstance(value, str):
        return value
    ends = None if "/" in value else first_and_last(value)
    if ends is None:
        raise ValueError(f"{name}: {value!r} is no year, month or day like 2024, 2024-03, 2024-03-05")
    return ends[last]


def _issues(values: tuple[str, ...]) -> tuple[str, ...]:
    """Arabic words as they are, English names by the words of the table."""
    if not any(value.isascii() for value in values):
        return values
    names = load_issues()
    found: list[str] = []
    for value in values:
        if value.isascii() and value.lower() not in names:
            raise ValueError(f"issue: {value!r} is no Arabic and none of {', '.join(sorted(names))}")
        found += names.get(value.lower(), (value,))
    return tuple(found)
