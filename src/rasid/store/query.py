"""Finding records, and the articles that prove them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from rasid.model import Article, JoinedEvent, JoinedMember, Problem, Record
from rasid.model.plain import parts_of, record_of
from rasid.store.database import Database
from rasid.store.schema import (
    ARTICLE,
    CONTENT,
    JOINING,
    NEWEST,
    PARTY_SECTOR,
    PROBLEM,
    RECORD,
    RECORD_CONTEXT,
    RECORD_ISSUE,
    RECORD_PARTY,
    RECORD_SOURCE,
    RECORD_WHOLE,
    RUN,
)

#: Rows fetched at once.
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Query:
    """What records are wanted. Values of one field are alternatives; all fields that are given must hold.

    Attributes:
        actor, recipient, party: a country (three capitals), an id of the tables, a sector code, or part of a name;
            `party` may be either side.
        event, mode, status, context, place_country, outlet: as the record or its article has it.
        since, until: days: the act, which may stretch over several, has one of them in between. Records without a
            date in the text count by their day of publication.
        dated: only records whose text gives the date.
        issue, source, place: part of the words.
        words: words of the article's text: each is a list of alternatives.
        article: ids of articles.
        min_certainty: 0 to 1.
        once: leave out records that tell an earlier one of their article again.
        limit: at most so many records, the latest first cut off.
        newest_first: the order of the days; articles without any day come last.
    """

    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    event: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    dated: bool = False
    issue: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    place_country: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    article: tuple[str, ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    min_certainty: float | None = None
    once: bool = False
    limit: int | None = None
    newest_first: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A record of the database: `number` is its place in its article, from 1."""

    article: Article
    number: int
    record: Record


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a database holds now: articles, records, problems."""

    articles: int
    records: int
    problems: int


@dataclass(frozen=True, slots=True)
class StoredProblem:
    """A problem, and the run that met it: its number and when it began, in UTC without its zone."""

    problem: Problem
    run: int
    when: Any


Fold = Callable[[str], str]


class Reader:
    """Asks a database for what counts now: the newest reading of the newest content of each article."""

    def __init__(self, database: Database, fold: Fold) -> None:
        self._database = database
        self._fold = fold

    def events(self, query: Query) -> Iterator[Found]:
        """The records of a query, by day, article and place in the article.

        Articles are read once and shared by their records.

        Raises:
            StoreError: when the database cannot be read.
        """
        with self._database.reading() as connection:
            rows: list[Any] = list(connection.execute(self._wanted(query)))
            articles: dict[int, Article] = {}
            for start in range(0, len(rows), _CHUNK):
                chunk = rows[start : start + _CHUNK]
                new = {row[1] for row in chunk} - articles.keys()
                articles.update(articles_of(connection, new))
                wholes = _wholes(connection, [row[0] for row in chunk])
                for key, content, number in chunk:
                    yield Found(articles[content], number, record_of(wholes[key]))

    def grouped(self, query: Query) -> Iterator[JoinedEvent]:
        """The events of which a record fits the query, each with all its records that count now.

        The order is that of the first fitting record. A record that was put in after the latest joining is an event of
        its own, without a number.

        Raises:
            StoreError: when the database cannot be read.
        """
        with self._database.reading() as connection:
            rows: list[Any] = list(connection.execute(self._wanted(query)))
            keys = [int(row[0]) for row in rows]
            done: set[int] = set()
            for start in range(0, len(keys), _CHUNK):
                for event, members in _events(connection, keys[start : start + _CHUNK]):
                    if not done.intersection(members):
                        done.update(members)
                        yield event

    def joined(self) -> bool:
        """Whether a joining counts.

        Raises:
            StoreError: when the database cannot be read.
        """
        with self._database.reading() as connection:
            latest = sa.select(JOINING.c.id).where(JOINING.c.undone.is_(None)).limit(1)
            return connection.execute(latest).first() is not None

    def count(self, query: Query) -> int:
        """How many records a query has.

        Raises:
            StoreError: when the database cannot be read.
        """
        wanted = self._wanted(query).order_by(None).subquery()
        with self._database.reading() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(wanted)).scalar_one())

    def article(self, name: str) -> Article | None:
        """The article of an id, as it was last read; None when there is none.

        Raises:
            StoreError: when the database cannot be read.
        """
        query = (
            sa.select(NEWEST.c.content_id)
            .join(ARTICLE, ARTICLE.c.id == NEWEST.c.article_id)
            .where(ARTICLE.c.name == name)
        )
        with self._database.reading() as connection:
            content = connection.execute(query).scalar()
            return None if content is None else articles_of(connection, [content])[content]

    def problems(self, codes: Sequence[str] = (), *, all_runs: bool = False) -> Iterator[StoredProblem]:
        """The problems of what counts now: of the current readings, and of inputs when they were last read.

        Args:
            codes: only these.
            all_runs: those of older readings and runs too.

        Raises:
            StoreError: when the database cannot be read.
        """
        table: Any = PROBLEM if all_runs else sa.table("current_problem", *(sa.column(c.name) for c in PROBLEM.c))
        query = (
            sa.select(table.c.place, table.c.code, table.c.text, RUN.c.id, RUN.c.started)
            .select_from(table.join(RUN, RUN.c.id == table.c.run_id))
            .order_by(table.c.id)
        )
        if codes:
            query = query.where(table.c.code.in_(codes))
        with self._database.reading() as connection:
            for place, code, text, run, started in connection.execute(query):
                yield StoredProblem(Problem(place, code, text), run, started)

    def counts(self) -> Counts:
        """How much there is.

        Raises:
            StoreError: when the database cannot be read.
        """
        with self._database.reading() as connection:
            articles, records, problems = (
                connection.exec_driver_sql(f"SELECT COUNT(*) FROM {name}").scalar_one()
                for name in ("newest", "current_record", "current_problem")
            )
        return Counts(articles, records, problems)

    # ---------------------------------------------------------------- conditions

    def _wanted(self, query: Query) -> sa.Select[tuple[int, int, int]]:
        """Number of the record, number of the content, place in the article."""
        named = [*self._children(query), *self._of_articles(query)]
        found = (
            sa.select(RECORD.c.id, NEWEST.c.content_id, RECORD.c.number)
            .join(NEWEST, NEWEST.c.reading_id == RECORD.c.reading_id)
            .where(*_plain(query), *named)
        )
        day = RECORD.c.last_day if query.newest_first else RECORD.c.first_day
        if named and query.limit is not None and not self._database.sqlite:
            # PostgreSQL would go through all records by day, hoping to meet enough that fit: let it find them first
            each = found.add_columns(day.label("day"), NEWEST.c.article_id).cte("found").prefix_with("MATERIALIZED")
            last = each.c.day.desc() if query.newest_first else each.c.day
            chosen = sa.select(each.c.id, each.c.content_id, each.c.number)
            return chosen.order_by(last.nulls_last(), each.c.article_id, each.c.number).limit(query.limit)
        order = day.desc() if query.newest_first else day
        found = found.order_by(order.nulls_last(), NEWEST.c.article_id, RECORD.c.number)
        return found.limit(query.limit) if query.limit is not None else found

    def _children(self, query: Query) -> Iterator[sa.ColumnElement[bool]]:
        sides = (("actor", query.actor), ("recipient", query.recipient), (None, query.party))
        for side, wanted in sides:
            if wanted:
                yield sa.or_(*(self._party(value, side) for value in wanted))
        if query.context:
            yield RECORD.c.id.in_(_having(RECORD_CONTEXT, RECORD_CONTEXT.c.context.in_(query.context)))
        if query.issue:
            yield RECORD.c.id.in_(_having(RECORD_ISSUE, self._part_of(RECORD_ISSUE.c.folded, query.issue)))
        if query.source:
            yield RECORD.c.id.in_(_having(RECORD_SOURCE, self._part_of(RECORD_SOURCE.c.folded, query.source)))

    def _party(self, value: str, side: str | None) -> sa.ColumnElement[bool]:
        """A country or a sector by its code, else an id of the tables or part of a name."""
        if len(value) == 3 and value.isascii() and value.isupper():
            coded = (
                _having(RECORD_PARTY, RECORD_PARTY.c.country == value, side),
                _having(PARTY_SECTOR, PARTY_SECTOR.c.sector == value, side),
            )
            return sa.or_(*(RECORD.c.id.in_(part) for part in coded))
        named = self._part_of(RECORD_PARTY.c.folded, [value])
        if not value.isascii():
            return RECORD.c.id.in_(_having(RECORD_PARTY, named, side))
        by_id = _having(RECORD_PARTY, RECORD_PARTY.c.entity == value, side)
        return sa.or_(RECORD.c.id.in_(by_id), RECORD.c.id.in_(_having(RECORD_PARTY, named, side)))

    def _part_of(self, column: sa.Column[str], values: Iterable[str]) -> sa.ColumnElement[bool]:
        folded = (" ".join(self._fold(value).split()) for value in values)
        find = sa.func.instr if self._database.sqlite else sa.func.strpos  # several times as fast as LIKE
        return sa.or_(*(find(column, value) > 0 for value in folded))

    def _of_articles(self, query: Query) -> Iterator[sa.ColumnElement[bool]]:
        if query.outlet:
            named = sa.select(CONTENT.c.id).where(CONTENT.c.outlet.in_(query.outlet))
            yield NEWEST.c.content_id.in_(named)
        if query.article:
            yield NEWEST.c.article_id.in_(sa.select(ARTICLE.c.id).where(ARTICLE.c.name.in_(query.article)))
        if query.words:
            yield NEWEST.c.content_id.in_(self._texts(query.words))

    def _texts(self, words: Sequence[Sequence[str]]) -> sa.Select[Any]:
        """Numbers of the contents whose text has one of the alternatives for each word."""
        table = sa.table("content_words", sa.column("rowid", sa.Integer), sa.column("content_id", sa.Integer))
        if self._database.sqlite:
            match = _match(words, " AND ", " OR ", '"')
            condition = sa.text("content_words MATCH :words").bindparams(words=match)
            return sa.select(table.c.rowid).where(condition)
        match = _match(words, " & ", " | ", "'")
        condition = sa.text("folded @@ CAST(:words AS tsquery)").bindparams(words=match)
        # found by themselves: joined with the rest, each text's words would be gone through instead of their index
        texts = sa.select(table.c.content_id).where(condition).cte("texts").prefix_with("MATERIALIZED")
        return sa.select(texts.c.content_id)


def _match(words: Sequence[Sequence[str]], both: str, either: str, mark: str) -> str:
    """The words in the language of the index, each between quotation marks of its own."""
    groups = (either.join(_quoted(word, mark) for word in alternatives) for alternatives in words)
    return both.join(f"({group})" for group in groups)


def _quoted(word: str, mark: str) -> str:
    return mark + word.replace("\\", " ").replace("\x00", " ").replace(mark, mark * 2) + mark


def _plain(query: Query) -> Iterator[sa.ColumnElement[bool]]:
    """Conditions on the record's own columns."""
    for column, values in (
        (RECORD.c.event, query.event),
        (RECORD.c.mode, query.mode),
        (RECORD.c.status, query.status),
        (RECORD.c.place_country, query.place_country),
    ):
        if values:
            yield column.in_(values)
    if query.place:
        named = (RECORD.c.place.contains(value, autoescape=True) for value in query.place)
        yield sa.or_(RECORD.c.place_id.in_(query.place), *named)
    if query.since is not None:
        yield RECORD.c.last_day >= query.since
    if query.until is not None:
        yield RECORD.c.first_day <= query.until
    if query.dated:
        yield RECORD.c.precision != "published"
    if query.min_certainty is not None:
        yield RECORD.c.certainty >= query.min_certainty
    if query.once:
        yield RECORD.c.same_as.is_(None)


def _having(table: sa.Table, condition: sa.ColumnElement[bool], side: str | None = None) -> sa.Select[tuple[int]]:
    """Numbers of the records that have such a row in a child table."""
    found = sa.select(table.c.record_id).where(condition)
    return found if side is None else found.where(table.c.side == side)


# ---------------------------------------------------------------- values


def _wholes(connection: sa.Connection, keys: Sequence[int]) -> dict[int, Any]:
    query = sa.select(RECORD_WHOLE.c.record_id, RECORD_WHOLE.c.whole).where(RECORD_WHOLE.c.record_id.in_(keys))
    return {row.record_id: row.whole for row in connection.execute(query)}


def _events(connection: sa.Connection, keys: Sequence[int]) -> Iterator[tuple[JoinedEvent, list[int]]]:
    """The event of each record, and the numbers of all its records."""
    names = ("group_id", "record_id", "score", "reasons")
    table = sa.table("current_event_member", *(sa.column(name) for name in names[:3]), sa.column("reasons", sa.JSON))
    wanted = sa.select(table.c.group_id).where(table.c.record_id.in_(keys))
    rows = connection.execute(sa.select(*table.c).where(table.c.group_id.in_(wanted))).all()
    joined = {row.record_id: row for row in rows}
    members: dict[int, list[int]] = {}
    for row in rows:
        members.setdefault(row.group_id, []).append(row.record_id)
    all_keys = list({*keys, *joined})
    placed = _placed(connection, all_keys)
    articles = articles_of(connection, {content for content, _ in placed.values()})
    wholes = {key: whole for part in _parts(all_keys) for key, whole in _wholes(connection, part).items()}

    def member(key: int) -> JoinedMember:
        content, number = placed[key]
        row = joined.get(key)
        told = (row.score, tuple(row.reasons)) if row else (None, ())
        return JoinedMember(articles[content], number, record_of(wholes[key]), *told)

    for key in keys:
        home = joined.get(key)
        mine = [k for k in members[home.group_id] if k in placed] if home else [key]
        found = sorted(map(member, mine), key=lambda m: (str(m.article.published or "9"), m.article.id, m.number))
        yield JoinedEvent(home.group_id if home else None, tuple(found)), mine


def _placed(connection: sa.Connection, keys: Sequence[int]) -> dict[int, tuple[int, int]]:
    """The content of each record that counts now, and its place in it."""
    query = sa.select(RECORD.c.id, NEWEST.c.content_id, RECORD.c.number).join(
        NEWEST, NEWEST.c.reading_id == RECORD.c.reading_id
    )
    rows = (row for part in _parts(keys) for row in connection.execute(query.where(RECORD.c.id.in_(part))))
    return {int(key): (int(content), int(number)) for key, content, number in rows}


def _parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + _CHUNK] for start in range(0, len(keys), _CHUNK))


def articles_of(connection: sa.Connection, contents: Iterable[int]) -> dict[int, Article]:
    """The articles of contents, by the numbers of these."""
    query = sa.select(ARTICLE.c.name, CONTENT).join(ARTICLE, ARTICLE.c.id == CONTENT.c.article_id)
    rows = (row for part in _parts(list(contents)) for row in connection.execute(query.where(CONTENT.c.id.in_(part))))
    return {row.id: _article(row) for row in rows}


def _article(row: Any) -> Article:
    return Article(
        id=row.name,
        text=row.text,
        parts=parts_of(row.parts),
        published=row.published,
        published_from=row.published_from,
        outlet=row.outlet,
        url=row.url,
        title=row.title,
        retrieved=row.retrieved,
        lang=row.lang,
        credits=tuple(row.credits),
    )
