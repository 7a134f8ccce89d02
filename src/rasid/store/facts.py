"""Facts and proofs: many records in short, read from the columns alone, and the sentences behind some of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import sqlalchemy as sa

from rasid.model.fact import Fact, Proof, Side, Voice
from rasid.store.database import Database
from rasid.store.schema import (
    ARTICLE,
    CONTENT,
    EVENT_GROUP,
    EVENT_MEMBER,
    JOINING,
    NEWEST,
    PARTY_SECTOR,
    RECORD,
    RECORD_ISSUE,
    RECORD_PARTY,
    RECORD_SOURCE,
    RECORD_WHOLE,
    STORY_RECORD,
)

#: Numbers in one statement.
_CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class Scope:
    """Which records are wanted: any of the parties, any of the issues, between the days.

    Attributes:
        countries, entities: codes and ids, one of which is on either side; both empty: any parties.
        names: parts of names of parties, beside the ids.
        issues: parts of the words of the issue, one of which must stand there; empty: any.
        acts: (type, mode) that count beside the issues.
        since, until: days; an act without a day in its text counts by the day of publication.
        story: number of a story whose records are wanted; None: any.
    """

    countries: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    acts: tuple[tuple[str, str], ...] = ()
    since: date | None = None
    until: date | None = None
    story: int | None = None


def read_facts(database: Database, scope: Scope, fold: Callable[[str], str]) -> list[Fact]:
    """The current records of a scope by day, article and place in the article.

    Where records have been joined, each has the number of its event, and the other records of these events come too:
    an event is whole, though only one of its articles names the party or the issue.

    Raises:
        StoreError: when the database cannot be read.
    """
    with database.reading() as connection:
        found = list(connection.execute(_facts().where(*_conditions(scope, fold))))
        groups = _groups(connection, [row.id for row in found])
        found = sorted((*found, *_others(connection, groups, {row.id for row in found})), key=_order)
        keys = [row.id for row in found]
        sides = _sides(connection, keys)
        voices = _voices(connection, keys)
        issues = dict(_children(connection, RECORD_ISSUE, keys, RECORD_ISSUE.c.record_id, RECORD_ISSUE.c.issue))
    return [
        Fact(
            key=row.id, article=row.name, number=row.number, event=row.event, status=row.status, mode=row.mode,
            outlet=row.outlet, published=row.published, first_day=row.first_day, last_day=row.last_day,
            precision=row.precision, certainty=row.certainty, same_as=row.same_as, place=row.place,
            place_country=row.place_country, quote=row.quote, dead=row.dead, injured=row.injured, frame=row.frame,
            issue=issues.get(row.id), actors=tuple(sides[row.id, "actor"]),
            recipients=tuple(sides[row.id, "recipient"]), voices=tuple(voices[row.id]), group=groups.get(row.id),
        )
        for row in found
    ]  # fmt: skip


def read_proofs(database: Database, keys: Iterable[int]) -> dict[int, Proof]:
    """The sentences of the records of these numbers.

    Raises:
        StoreError: when the database cannot be read.
    """
    whole = RECORD_WHOLE.c.whole
    spans = [whole[part][end].as_integer() for part in ("sentence", "trigger") for end in ("start", "end")]
    found: dict[int, Proof] = {}
    with database.reading() as connection:
        contents: dict[int, Any] = {}
        for part in _parts(keys):
            query = (
                sa.select(RECORD.c.id, NEWEST.c.content_id, *(s.label(f"s{n}") for n, s in enumerate(spans)))
                .join(RECORD_WHOLE, RECORD_WHOLE.c.record_id == RECORD.c.id)
                .join(NEWEST, NEWEST.c.reading_id == RECORD.c.reading_id)
                .where(_among(RECORD.c.id, part))
            )
            rows = list(connection.execute(query))
            contents |= _contents(connection, {row[1] for row in rows} - contents.keys())
            found |= {row[0]: _proof(row, contents[row[1]]) for row in rows}
    return found


def _proof(row: Any, content: Any) -> Proof:
    key, _, start, end, first, last = row
    inside = start <= first and last <= end
    return Proof(
        key=key,
        article=content.name,
        sentence=content.text[start:end],
        start=first - start if inside else 0,
        end=last - start if inside else 0,
        outlet=content.outlet,
        published=content.published,
        title=content.title,
        url=content.url,
    )


def _contents(connection: sa.Connection, ids: set[int]) -> dict[int, Any]:
    c = CONTENT.c
    query = sa.select(c.id, ARTICLE.c.name, c.text, c.outlet, c.published, c.title, c.url).join(
        ARTICLE, ARTICLE.c.id == c.article_id
    )
    return {row.id: row for row in connection.execute(query.where(_among(c.id, sorted(ids))))} if ids else {}


def _facts() -> sa.Select[Any]:
    """All records that count now."""
    c = RECORD.c
    return (
        sa.select(
            c.id, c.number, c.event, c.status, c.mode, c.first_day, c.last_day, c.precision, c.certainty, c.same_as,
            c.place, c.place_country, c.quote, c.dead, c.injured, c.frame, ARTICLE.c.name, CONTENT.c.outlet,
            CONTENT.c.published, NEWEST.c.article_id,
        )
        .join(NEWEST, NEWEST.c.reading_id == c.reading_id)
        .join(ARTICLE, ARTICLE.c.id == NEWEST.c.article_id)
        .join(CONTENT, CONTENT.c.id == NEWEST.c.content_id)
    )  # fmt: skip


def _order(row: Any) -> tuple[date, int, int]:
    return (row.first_day or date.max, row.article_id, row.number)


def _groups(connection: sa.Connection, keys: Sequence[int]) -> dict[int, int]:
    """The event that each record belongs to by the latest joining that is not undone."""
    latest = connection.execute(sa.select(sa.func.max(JOINING.c.id)).where(JOINING.c.undone.is_(None))).scalar()
    if latest is None:
        return {}
    query = (
        sa.select(EVENT_MEMBER.c.record_id, EVENT_MEMBER.c.group_id)
        .join(EVENT_GROUP, EVENT_GROUP.c.id == EVENT_MEMBER.c.group_id)
        .where(EVENT_GROUP.c.joining_id == latest)
    )
    rows = (row for part in _parts(keys) for row in connection.execute(query.where(_among(EVENT_MEMBER.c.record_id, part))))
    return {int(key): int(group) for key, group in rows}


def _others(connection: sa.Connection, groups: dict[int, int], known: set[int]) -> list[Any]:
    """The records of these events that are not known yet; `groups` is told of them."""
    query = sa.select(EVENT_MEMBER.c.record_id, EVENT_MEMBER.c.group_id)
    more = {
        int(key): int(group)
        for part in _parts(sorted(set(groups.values())))
        for key, group in connection.execute(query.where(_among(EVENT_MEMBER.c.group_id, part)))
        if key not in known
    }
    groups.update(more)
    return [row for part in _parts(more) for row in connection.execute(_facts().where(_among(RECORD.c.id, part)))]


def _conditions(scope: Scope, fold: Callable[[str], str]) -> Iterator[sa.ColumnElement[bool]]:
    party = RECORD_PARTY.c
    sides: list[sa.ColumnElement[bool]]
    sides = [column.in_(v) for column, v in ((party.country, scope.countries), (party.entity, scope.entities)) if v]
    sides += [party.folded.contains(fold(name), autoescape=True) for name in scope.names]
    if sides:
        # each by an index of its own: an OR over two columns would read the whole table
        named = (RECORD.c.id.in_(sa.select(party.record_id).where(condition)) for condition in sides)
        yield sa.or_(*named)
    if scope.issues:
        phrases = (RECORD_ISSUE.c.folded.contains(fold(words), autoescape=True) for words in scope.issues)
        about = RECORD.c.id.in_(sa.select(RECORD_ISSUE.c.record_id).where(sa.or_(*phrases)))
        acts = (sa.and_(RECORD.c.event == event, RECORD.c.mode == mode) for event, mode in scope.acts)
        yield sa.or_(about, *acts)
    if scope.story is not None:
        yield RECORD.c.id.in_(sa.select(STORY_RECORD.c.record_id).where(STORY_RECORD.c.story_id == scope.story))
    if scope.since is not None:
        yield RECORD.c.last_day >= scope.since
    if scope.until is not None:
        yield RECORD.c.first_day <= scope.until


def _sides(connection: sa.Connection, keys: Sequence[int]) -> dict[tuple[int, str], list[Side]]:
    c, s = RECORD_PARTY.c, PARTY_SECTOR.c
    sectors: dict[tuple[int, str, int], list[str]] = defaultdict(list)
    for key, side, number, sector in _children(connection, PARTY_SECTOR, keys, s.record_id, s.side, s.number, s.sector):
        sectors[key, side, number].append(sector)
    found: dict[tuple[int, str], list[Side]] = defaultdict(list)
    rows = _children(connection, RECORD_PARTY, keys, c.record_id, c.side, c.number, c.name, c.entity, c.country)
    for key, side, number, name, entity, country in rows:
        found[key, side].append(Side(name, entity, country, tuple(sectors.get((key, side, number), ()))))
    return found


def _voices(connection: sa.Connection, keys: Sequence[int]) -> dict[int, list[Voice]]:
    c = RECORD_SOURCE.c
    found: dict[int, list[Voice]] = defaultdict(list)
    for key, _, name, kind, anonymous in _children(
        connection, RECORD_SOURCE, keys, c.record_id, c.number, c.name, c.kind, c.anonymous
    ):
        found[key].append(Voice(name, kind, anonymous))
    return found


def _children(connection: sa.Connection, table: sa.Table, keys: Sequence[int], *columns: sa.Column[Any]) -> list[Any]:
    """Rows of a child table in the order of its key."""
    found: list[Any] = []
    for part in _parts(keys):
        query = sa.select(*columns).where(_among(table.c.record_id, part)).order_by(*table.primary_key.columns)
        found += connection.execute(query).all()
    return found


def _parts(keys: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(keys)
    while part := list(islice(rest, _CHUNK)):
        yield part


def _among(column: sa.Column[Any], keys: Sequence[int]) -> sa.ColumnElement[bool]:
    """That a number is one of many; they are written out, for parameters are counted and slow."""
    return column.in_(sa.text(",".join(str(int(key)) for key in keys)))
