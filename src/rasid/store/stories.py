"""Stories in a database: each grouping adds its stories, and the latest that is not undone counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from rasid.store.database import Database
from rasid.store.schema import (
    ARTICLE,
    CONTENT,
    JOINING,
    NEWEST,
    STORY,
    STORY_ARTICLE,
    STORY_PARTY,
    STORY_RECORD,
    STORYING,
)

#: Letters of an article from its beginning that are handed out.
_BEGINNING = 500
_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Beginning:
    """An article in short: `content` is the number of its text, `text` begins it."""

    content: int
    name: str
    published: date | None
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class StoredParty:
    """A party of a story: its id, its name for people, its roles, how many acts it takes part in."""

    party: str
    label: str
    roles: tuple[str, ...]
    acts: int


@dataclass(frozen=True, slots=True)
class StoredStory:
    """A story. `number` is 0 before it is kept; `articles` and `records` say how many it has."""

    number: int
    name: str
    headline: str
    since: date
    until: date
    articles: int
    records: int
    issues: tuple[str, ...]
    parties: tuple[StoredParty, ...]


@dataclass(frozen=True, slots=True)
class NewStory:
    """A story to keep: what is told of it, the contents with their closeness, the numbers of its records."""

    told: StoredStory
    contents: tuple[tuple[int, float], ...]
    records: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """An article of a story."""

    name: str
    published: date | None
    outlet: str | None
    title: str | None
    closeness: float


class StoryShelf:
    """Keeps stories and gives them back."""

    def __init__(self, database: Database, program: str) -> None:
        self._database = database
        self._program = program

    def beginnings(self) -> list[Beginning]:
        """All articles that count now.

        Raises:
            StoreError: when the database cannot be read.
        """
        c = CONTENT.c
        query = (
            sa.select(c.id, ARTICLE.c.name, c.published, c.title, sa.func.substr(c.text, 1, _BEGINNING).label("text"))
            .join(NEWEST, NEWEST.c.content_id == c.id)
            .join(ARTICLE, ARTICLE.c.id == NEWEST.c.article_id)
            .order_by(c.id)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query)
            return [Beginning(row.id, row.name, row.published, row.title or "", row.text) for row in rows]

    def up_to_date(self) -> bool:
        """Whether there are stories, and they were made of all that counts now.

        Raises:
            StoreError: when the database cannot be read.
        """
        with self._database.reading() as connection:
            latest = connection.execute(
                sa.select(STORYING).where(STORYING.c.undone.is_(None)).order_by(STORYING.c.id.desc()).limit(1)
            ).first()
            return latest is not None and (latest.joining_id, latest.last_reading) == _state(connection)

    def put(self, stories: Sequence[NewStory]) -> int:
        """Keep a grouping, all of it or nothing. From now on it counts; earlier ones stay.

        Returns:
            its number.

        Raises:
            StoreError: when the database cannot be written.
        """
        with self._database.writing() as connection:
            number, first = _next(connection, STORYING), _next(connection, STORY)
            joining, reading = _state(connection)
            row = {"id": number, "made": _now(), "program": self._program, "joining_id": joining}
            connection.execute(STORYING.insert(), {**row, "last_reading": reading})
            kept = list(enumerate(stories, start=first))
            _insert(connection, STORY, (_row(key, number, story) for key, story in kept))
            _insert(connection, STORY_PARTY, (row for key, story in kept for row in _parties(key, story)))
            contents = ((key, item) for key, story in kept for item in story.contents)
            rows = ({"story_id": key, "content_id": item[0], "closeness": item[1]} for key, item in contents)
            _insert(connection, STORY_ARTICLE, rows)
            records = ({"story_id": key, "record_id": record} for key, story in kept for record in story.records)
            _insert(connection, STORY_RECORD, records)
        self._database.optimize()
        return number

    def undo(self) -> int | None:
        """Let the latest grouping count no longer; the one before it, if any, counts again.

        Returns:
            its number, or None when there is none.

        Raises:
            StoreError: when the database cannot be written.
        """
        with self._database.writing() as connection:
            latest = sa.select(sa.func.max(STORYING.c.id)).where(STORYING.c.undone.is_(None))
            number = connection.execute(latest).scalar()
            if number is None:
                return None
            connection.execute(STORYING.update().where(STORYING.c.id == number).values(undone=_now()))
            return int(number)

    def stories(self) -> list[StoredStory]:
        """The stories that count now, the largest first.

        Raises:
            StoreError: when the database cannot be read.
        """
        latest = sa.select(sa.func.max(STORYING.c.id)).where(STORYING.c.undone.is_(None)).scalar_subquery()
        return self._stories(STORY.c.storying_id == latest)

    def story(self, number: int) -> StoredStory | None:
        """The story of a number, be it of an earlier grouping; None when there is none.

        Raises:
            StoreError: when the database cannot be read.
        """
        return next(iter(self._stories(STORY.c.id == number)), None)

    def articles(self, number: int) -> list[StoryArticle]:
        """The articles of a story, the most central first.

        Raises:
            StoreError: when the database cannot be read.
        """
        c = CONTENT.c
        query = (
            sa.select(ARTICLE.c.name, c.published, c.outlet, c.title, STORY_ARTICLE.c.closeness)
            .join(CONTENT, c.id == STORY_ARTICLE.c.content_id)
            .join(ARTICLE, ARTICLE.c.id == c.article_id)
            .where(STORY_ARTICLE.c.story_id == number)
            .order_by(STORY_ARTICLE.c.closeness.desc(), c.published, ARTICLE.c.name)
        )
        with self._database.reading() as connection:
            return [StoryArticle(*row) for row in connection.execute(query)]

    def _stories(self, wanted: sa.ColumnElement[bool]) -> list[StoredStory]:
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(STORY).where(wanted).order_by(STORY.c.id)).all()
            query = sa.select(STORY_PARTY).join(STORY, STORY.c.id == STORY_PARTY.c.story_id).where(wanted)
            parties: dict[int, list[StoredParty]] = {}
            for row in connection.execute(query.order_by(STORY_PARTY.c.story_id, STORY_PARTY.c.number)):
                party = StoredParty(row.party, row.label, tuple(row.roles), row.acts)
                parties.setdefault(row.story_id, []).append(party)
        return [
            StoredStory(
                row.id, row.name, row.headline, row.since, row.until, row.articles, row.records, tuple(row.issues),
                tuple(parties.get(row.id, ())),
            )
            for row in rows
        ]  # fmt: skip


def _state(connection: sa.Connection) -> tuple[int | None, int]:
    """The joining that counts now, and the number of the latest reading that counts."""
    joining = connection.execute(sa.select(sa.func.max(JOINING.c.id)).where(JOINING.c.undone.is_(None))).scalar()
    reading = connection.execute(sa.select(sa.func.max(NEWEST.c.reading_id))).scalar()
    return joining, int(reading or 0)


def _row(key: int, number: int, story: NewStory) -> dict[str, Any]:
    told = story.told
    return {
        "id": key, "storying_id": number, "name": told.name, "headline": told.headline, "since": told.since,
        "until": told.until, "articles": told.articles, "records": told.records, "issues": list(told.issues),
    }  # fmt: skip


def _parties(key: int, story: NewStory) -> Iterator[dict[str, Any]]:
    for number, party in enumerate(story.told.parties):
        row = {"story_id": key, "number": number, "party": party.party, "label": party.label}
        yield {**row, "roles": list(party.roles), "acts": party.acts}


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def _next(connection: sa.Connection, table: sa.Table) -> int:
    return int(connection.execute(sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0))).scalar_one()) + 1


def _insert(connection: sa.Connection, table: sa.Table, rows: Iterator[dict[str, Any]]) -> None:
    found = list(rows)
    for start in range(0, len(found), _ROWS):
        part = found[start : start + _ROWS]
        if connection.dialect.name == "sqlite":
            connection.execute(table.insert(), part)
        else:
            connection.execute(table.insert().values(part))
