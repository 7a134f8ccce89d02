"""Joined records in a database: each joining adds its groups, and the latest that is not undone counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, Protocol

import sqlalchemy as sa

from rasid.model import Article, Record
from rasid.model.plain import record_of
from rasid.store.database import Database
from rasid.store.query import articles_of
from rasid.store.schema import ARTICLE_COPY, CONTENT, EVENT_GROUP, EVENT_MEMBER, JOINING, NEWEST, RECORD, RECORD_WHOLE

_CHUNK = 200


class JoinedRecord(Protocol):
    """A member of a group, as the joiner gives it."""

    @property
    def key(self) -> int:
        """Number of the record."""
        ...

    @property
    def score(self) -> float:
        """How well it fits the others, 0 to 1."""
        ...

    @property
    def nearest(self) -> int | None:
        """The record that it is most like."""
        ...

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is joined."""
        ...


class CopiedText(Protocol):
    """Two contents that are near-duplicates, as the joiner gives them."""

    @property
    def key(self) -> int:
        """The later content."""
        ...

    @property
    def of(self) -> int:
        """The earlier one."""
        ...

    @property
    def score(self) -> float:
        """How alike they are, 0 to 1."""
        ...


@dataclass(frozen=True, slots=True)
class Joint:
    """What a joining found: its number, events, records, events of several articles, pairs of copies."""

    number: int
    events: int
    records: int
    several: int
    copies: int


class Joiner:
    """Hands out the records that count now, and keeps what was joined."""

    def __init__(self, database: Database, program: str) -> None:
        self._database = database
        self._program = program

    def articles(self) -> int:
        """How many articles there are.

        Raises:
            StoreError: when the database cannot be read.
        """
        with self._database.reading() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(NEWEST)).scalar_one())

    def records(self) -> Iterator[tuple[int, Article, list[tuple[int, int, Record]]]]:
        """Number of the content, the article and its records (their number in the store and in it), by publication.

        Raises:
            StoreError: when the database cannot be read.
        """
        wanted = (
            sa.select(NEWEST.c.content_id, NEWEST.c.reading_id)
            .join(CONTENT, CONTENT.c.id == NEWEST.c.content_id)
            .order_by(CONTENT.c.published.nulls_last(), NEWEST.c.article_id)
        )
        with self._database.reading() as connection:
            rows = [(int(content), int(reading)) for content, reading in connection.execute(wanted)]
            for start in range(0, len(rows), _CHUNK):
                chunk = rows[start : start + _CHUNK]
                articles = articles_of(connection, [content for content, _ in chunk])
                found = _records(connection, [reading for _, reading in chunk])
                for content, reading in chunk:
                    yield content, articles[content], found.get(reading, [])

    def put(self, groups: Sequence[Sequence[JoinedRecord]], copies: Sequence[CopiedText]) -> Joint:
        """Keep a joining, all of it or nothing. From now on it counts; earlier ones stay.

        Raises:
            StoreError: when the database cannot be written.
        """
        with self._database.writing() as connection:
            number, group = _next(connection, JOINING), _next(connection, EVENT_GROUP)
            connection.execute(JOINING.insert(), {"id": number, "made": _now(), "program": self._program})
            homes = _homes(connection)
            rows = [
                {"id": group + n, "joining_id": number, "records": len(members), **_counts(members, homes)}
                for n, members in enumerate(groups)
            ]
            _insert(connection, EVENT_GROUP, rows)
            several = sum(row["articles"] > 1 for row in rows)
            members = [_member(member, group + n) for n, found in enumerate(groups) for member in found]
            _insert(connection, EVENT_MEMBER, members)
            pairs = [{"joining_id": number, "content_id": c.key, "of_id": c.of, "score": c.score} for c in copies]
            _insert(connection, ARTICLE_COPY, pairs)
        self._database.optimize()
        return Joint(number, len(rows), len(members), several, len(pairs))

    def undo(self) -> int | None:
        """Let the latest joining count no longer; the one before it, if any, counts again.

        Returns:
            its number, or None when there is none.

        Raises:
            StoreError: when the database cannot be written.
        """
        with self._database.writing() as connection:
            latest = sa.select(sa.func.max(JOINING.c.id)).where(JOINING.c.undone.is_(None))
            number = connection.execute(latest).scalar()
            if number is None:
                return None
            connection.execute(JOINING.update().where(JOINING.c.id == number).values(undone=_now()))
            return int(number)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def _next(connection: sa.Connection, table: sa.Table) -> int:
    return int(connection.execute(sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0))).scalar_one()) + 1


def _records(connection: sa.Connection, readings: Sequence[int]) -> dict[int, list[tuple[int, int, Record]]]:
    query = (
        sa.select(RECORD.c.reading_id, RECORD.c.id, RECORD.c.number, RECORD_WHOLE.c.whole)
        .join(RECORD_WHOLE, RECORD_WHOLE.c.record_id == RECORD.c.id)
        .where(RECORD.c.reading_id.in_(readings))
        .order_by(RECORD.c.reading_id, RECORD.c.number)
    )
    rows = connection.execute(query).all()
    return {
        int(reading): [(int(key), int(number), record_of(whole)) for _, key, number, whole in found]
        for reading, found in groupby(rows, key=lambda row: row[0])
    }


def _homes(connection: sa.Connection) -> dict[int, tuple[int, str | None]]:
    """The article and the outlet of each record that counts now."""
    query = (
        sa.select(RECORD.c.id, NEWEST.c.article_id, CONTENT.c.outlet)
        .join(NEWEST, NEWEST.c.reading_id == RECORD.c.reading_id)
        .join(CONTENT, CONTENT.c.id == NEWEST.c.content_id)
    )
    return {int(key): (int(article), outlet) for key, article, outlet in connection.execute(query)}


def _counts(members: Sequence[JoinedRecord], homes: Mapping[int, tuple[int, str | None]]) -> dict[str, int]:
    found = [homes[member.key] for member in members if member.key in homes]
    outlets = {outlet for _, outlet in found if outlet}
    return {"articles": len({article for article, _ in found}), "outlets": len(outlets)}


def _member(member: JoinedRecord, group: int) -> dict[str, Any]:
    row = {"group_id": group, "record_id": member.key, "score": member.score}
    return {**row, "nearest_id": member.nearest, "reasons": list(member.reasons)}


def _insert(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(rows), 1000):
        part = list(rows[start : start + 1000])
        if connection.dialect.name == "sqlite":
            connection.execute(table.insert(), part)
        else:
            connection.execute(table.insert().values(part))
