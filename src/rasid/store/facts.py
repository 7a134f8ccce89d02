"""Facts and proofs: many records in short, read from the columns alone, and the sentences behind some of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, islice
from typing import Any

import sqlalchemy as sa

from rasid.model.fact import Fact, Hint, Outline, Proof, Side, Voice, shown_day
from rasid.store.database import Database, any_within
from rasid.store.schema import (
    ARTICLE,
    CONTENT,
    EVENT_GROUP,
    EVENT_MEMBER,
    FIRST_TOLD,
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
class Wanted:
    """A party that is looked for, on either side.

    Attributes:
        countries, entities: codes and ids, one of which it has.
        names: parts of names, one of which stands in that of somebody of `home` who has no id («وفد حركة حماس»).
        home: codes of countries, for `names`.
        alone: whether its records are wanted though no party takes part of which this is so.
    """

    countries: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Scope:
    """Which records are wanted: any of the parties, any of the issues, between the days.

    Attributes:
        parties: one of which takes part; empty: any.
        issues: parts of the words of the issue, one of which must stand there; empty: any.
        acts: (type, mode) that count beside the issues.
        two: with parties and issues: records in which two of the parties take part are wanted whatever they are about.
        between: two of the parties take part, in any case.
        types: of the records; empty: any. What else tells the same act comes too, whatever its type.
        about: only records that have words of an issue, or that are of one of these (type, mode), or of which another
            record tells the same act again; None: all.
        since, until: days; an act without a day in its text counts by the day of publication.
        story: number of a story whose records are wanted; None: any.
    """

    parties: tuple[Wanted, ...] = ()
    issues: tuple[str, ...] = ()
    acts: tuple[tuple[str, str], ...] = ()
    two: bool = True
    between: bool = False
    types: frozenset[str] = frozenset()
    about: tuple[tuple[str, str], ...] | None = None
    since: date | None = None
    until: date | None = None
    story: int | None = None


def read_facts(
    database: Database, scope: Scope, fold: Callable[[str], str], among: Callable[[Sequence[Hint]], bool] | None = None
) -> list[Fact]:
    """The current records of a scope by day, article and place in the article.

    The other records that tell the same act come too: those that the coder of the article linked, and where records
    have been joined, those of the same event, whose number each has. An act is whole, though only one of its records
    names the party or the issue.

    Args:
        database: holds the records.
        scope: which are wanted.
        fold: folds words for matching.
        among: tells by the records of an act in short whether it is wanted; None: all are.

    Raises:
        StoreError: when the database cannot be read.
    """
    with database.reading() as connection:
        rows: list[Any] = list(connection.execute(_wanted(scope, fold, database)))
        told, groups = _acts(connection, [row[0] for row in rows])
        keys = list(told) if among is None else _chosen(connection, told, groups, among)
        return _whole(connection, keys, groups)


def _chosen(
    connection: sa.Connection,
    told: Mapping[int, _Place],
    groups: Mapping[int, int],
    among: Callable[[Sequence[Hint]], bool],
) -> list[int]:
    """The records of the acts that are wanted."""
    c = RECORD.c
    query = sa.select(c.id, c.event, c.status, c.mode, c.frame, c.reading_id, RECORD_ISSUE.c.issue).join(
        RECORD_ISSUE, RECORD_ISSUE.c.record_id == c.id, isouter=True
    )
    acts: dict[tuple[int, int], list[tuple[int, Hint]]] = defaultdict(list)
    for part in _parts(told):
        for key, *hint in connection.execute(query.where(_among(c.id, part))).all():
            acts[_act(key, told, groups)].append((key, Hint(*hint)))
    return [key for same in acts.values() if among([hint for _, hint in same]) for key, _ in same]


def read_outlines(
    database: Database, scope: Scope, fold: Callable[[str], str], days: int | None = None
) -> tuple[list[Outline], date | None]:
    """The same records in outline, which takes a fraction of the time.

    Args:
        database: holds the records.
        scope: which are wanted.
        fold: folds words for matching.
        days: only acts of the latest so many days on which records of the scope can be shown; None: all.

    Returns:
        the records, and the first of these days; None where all are there.

    Raises:
        StoreError: when the database cannot be read.
    """
    c, found = RECORD.c, []
    query = (
        sa.select(
            c.id, c.mode, c.status, c.first_day, c.last_day, c.precision, CONTENT.c.published, RECORD_ISSUE.c.issue
        )
        .join(NEWEST, NEWEST.c.reading_id == c.reading_id)
        .join(CONTENT, CONTENT.c.id == NEWEST.c.content_id)
        .join(RECORD_ISSUE, RECORD_ISSUE.c.record_id == c.id, isouter=True)
    )  # fmt: skip
    with database.reading() as connection:
        columns = (c.event, c.status, c.first_day, c.last_day, c.precision)
        rows: list[Any] = list(connection.execute(_wanted(scope, fold, database).add_columns(*columns)))
        shown = {shown_day(e, s, first, last, precision, None)[0] for _, e, s, first, last, precision in rows}
        since = _since(shown, days) if days is not None else None
        told, groups = _acts(connection, [row[0] for row in rows if since is None or (row[4] and row[4] >= since)])
        outlets = _outlets(connection, groups)
        for part in _parts(told):
            for key, mode, status, first, last, precision, published, issue in connection.execute(
                query.where(_among(c.id, part))
            ).all():
                event = told[key][2]
                day, dated = shown_day(event, status, first, last, precision, published)
                told_by = outlets.get(groups.get(key, 0), 1)
                found.append(Outline(key, _act(key, told, groups), event, mode, day, dated, told_by, issue))
    return found, since


def _since(days: set[date | None], count: int) -> date | None:
    """The first of the latest so many days; None where there are no more."""
    known = sorted((day for day in days if day is not None), reverse=True)
    return None if len(known) <= count else known[count - 1]


def last_published(database: Database) -> date | None:
    """The day of publication of the newest article; None where none has one.

    Raises:
        StoreError: when the database cannot be read.
    """
    with database.reading() as connection:
        return connection.execute(sa.select(sa.func.max(CONTENT.c.published))).scalar()


def read_records(database: Database, keys: Sequence[int]) -> list[Fact]:
    """The facts of these numbers, in order of day, article and place in it.

    Raises:
        StoreError: when the database cannot be read.
    """
    with database.reading() as connection:
        return _whole(connection, keys, _groups(connection, keys))


def _acts(connection: sa.Connection, wanted: Sequence[int]) -> tuple[dict[int, _Place], dict[int, int]]:
    """All records of the acts of these records, and the event of each as far as they have been joined."""
    told = _told(connection, wanted)
    groups = _groups(connection, list(told))
    told.update(_others(connection, groups, told.keys()))
    return told, groups


def _whole(connection: sa.Connection, keys: Sequence[int], groups: Mapping[int, int]) -> list[Fact]:
    """Some at a time, so that of an archive the facts alone are held, and not its rows too."""
    found: list[tuple[tuple[date, int, int], Fact]] = []
    known: dict[tuple[Any, ...], Side] = {}
    for part in _parts(keys):
        sides = _sides(connection, part, known)
        voices = _voices(connection, part)
        issues = dict(_children(connection, RECORD_ISSUE, part, RECORD_ISSUE.c.record_id, RECORD_ISSUE.c.issue))
        for row in connection.execute(_facts().where(_among(RECORD.c.id, part))).all():
            key = row[0]
            found.append((_order(row), _fact(row, sides, voices, issues.get(key), groups.get(key))))
    return [fact for _, fact in sorted(found, key=lambda item: item[0])]


_AllSides = Mapping[tuple[int, str], Sequence[Side]]


def _fact(
    row: Any, sides: _AllSides, voices: Mapping[int, Sequence[Voice]], issue: str | None, group: int | None
) -> Fact:
    (
        key, number, event, status, mode, first_day, last_day, precision, certainty, same_as, place, place_country,
        quote, dead, injured, frame, name, outlet, published, _,
    ) = row  # fmt: skip
    return Fact(
        key=key, article=name, number=number, event=event, status=status, mode=mode, outlet=outlet,
        published=published, first_day=first_day, last_day=last_day, precision=precision, certainty=certainty,
        same_as=same_as, place=place, place_country=place_country, quote=quote, dead=dead, injured=injured,
        frame=frame, issue=issue, actors=tuple(sides.get((key, "actor"), ())),
        recipients=tuple(sides.get((key, "recipient"), ())), voices=tuple(voices.get(key, ())), group=group,
    )  # fmt: skip


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
    return (row[5] or date.max, row[-1], row[1])


#: Reading of a record, the record of it that tells its act first, its type.
_Place = tuple[int, int, str]


def _wanted(scope: Scope, fold: Callable[[str], str], database: Database) -> sa.Select[tuple[int]]:
    """Numbers of the current records of a scope."""
    current = sa.select(RECORD.c.id).join(NEWEST, NEWEST.c.reading_id == RECORD.c.reading_id)
    return current.where(*_conditions(scope, fold, database))


def _told(connection: sa.Connection, wanted: Sequence[int]) -> dict[int, _Place]:
    """These current records, and those of the same articles that tell the same acts."""
    c, other = RECORD.c, RECORD.alias("other")
    first = sa.func.coalesce(other.c.same_as, other.c.number)
    # two searches of the index: of a coalesce on both sides it would look at all records of the article
    ways = (c.same_as == first, sa.and_(c.same_as.is_(None), c.number == first))
    queries = [
        sa.select(c.id, c.reading_id, FIRST_TOLD, c.event).join(other, sa.and_(c.reading_id == other.c.reading_id, way))
        for way in ways
    ]
    asked = (query.where(_among(other.c.id, part)) for part in _parts(wanted) for query in queries)
    rows = (row for query in asked for row in connection.execute(query).all())
    return {key: (reading, first, event) for key, reading, first, event in rows}


def _act(key: int, told: Mapping[int, _Place], groups: Mapping[int, int]) -> tuple[int, int]:
    """What tells acts apart: the event, or the reading with the record that tells it first."""
    return (0, groups[key]) if key in groups else told[key][:2]


def _outlets(connection: sa.Connection, groups: Mapping[int, int]) -> dict[int, int]:
    """How many outlets tell an event, where it is more than one."""
    c = EVENT_GROUP.c
    query = sa.select(c.id, c.outlets).where(c.outlets > 1)
    rows = (
        row for p in _parts(sorted(set(groups.values()))) for row in connection.execute(query.where(_among(c.id, p)))
    )
    return {int(key): int(count) for key, count in rows}


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
    rows = (
        row for part in _parts(keys) for row in connection.execute(query.where(_among(EVENT_MEMBER.c.record_id, part)))
    )
    return {int(key): int(group) for key, group in rows}


def _others(connection: sa.Connection, groups: dict[int, int], known: Collection[int]) -> dict[int, _Place]:
    """The current records of these events that are not known yet; `groups` is told of them."""
    query = (
        sa.select(EVENT_MEMBER.c.group_id, RECORD.c.id, RECORD.c.reading_id, FIRST_TOLD, RECORD.c.event)
        .join(RECORD, RECORD.c.id == EVENT_MEMBER.c.record_id)
        .join(NEWEST, NEWEST.c.reading_id == RECORD.c.reading_id)
    )
    found: dict[int, _Place] = {}
    for part in _parts(sorted(set(groups.values()))):
        for group, key, *place in connection.execute(query.where(_among(EVENT_MEMBER.c.group_id, part))):
            if key not in known:
                groups[key] = group
                reading, first, event = place
                found[key] = (reading, first, event)
    return found


def _conditions(scope: Scope, fold: Callable[[str], str], database: Database) -> Iterator[sa.ColumnElement[bool]]:
    plain = list(_plain(scope))
    words = any_within(database, RECORD_ISSUE.c.folded, map(fold, scope.issues))
    if scope.parties and not any(wanted.alone for wanted in scope.parties):
        yield sa.false()
    elif scope.parties:
        yield RECORD.c.id.in_(_taking_part(scope, fold, database, plain, words))
    elif scope.issues:
        yield sa.or_(RECORD.c.id.in_(_having(RECORD_ISSUE, words, plain)), *_of_modes(scope.acts))
    if scope.story is not None:
        yield RECORD.c.id.in_(sa.select(STORY_RECORD.c.record_id).where(STORY_RECORD.c.story_id == scope.story))
    if scope.about is not None:
        yield _about_any(scope.about)
    yield from plain


def _taking_part(
    scope: Scope, fold: Callable[[str], str], database: Database, plain: _Conditions, words: sa.ColumnElement[bool]
) -> sa.Select[tuple[int]] | sa.CompoundSelect[tuple[int]]:
    """Numbers of the records in which parties take part, on an issue where there are any.

    Only of these records the words are looked at, which are the costly part; and those that may not be alone are looked
    for only where one is that may.
    """
    number = count()
    modes = [sa.and_(RECORD.c.mode.is_not(None), sa.or_(*_of_modes(scope.acts)))] if scope.issues and scope.acts else []
    core = sa.union_all(
        *(_numbered(_of_party(w, fold, database, plain, by_mode=modes), next(number)) for w in scope.parties if w.alone)
    ).cte("core")  # asked several times, looked up once
    among = RECORD_PARTY.c.record_id.in_(sa.select(core.c.record_id))
    others = [_of_party(wanted, fold, database, (), among) for wanted in scope.parties if not wanted.alone]
    first, last = sa.func.min(core.c.party), sa.func.max(core.c.party)
    pairs = sa.select(core.c.record_id).group_by(core.c.record_id).having(first < last)
    two: list[sa.Select[Any]] = [pairs, *others]  # the others are looked for only beside those of the core
    if not scope.issues:
        return sa.union_all(*two) if scope.between else sa.select(core.c.record_id)
    some = core.c.record_id.in_(sa.union_all(*two)) if scope.between else sa.true()
    named = sa.select(core.c.record_id).join(RECORD_ISSUE, RECORD_ISSUE.c.record_id == core.c.record_id)
    found: list[sa.Select[Any]] = [named.where(some, words)]
    if modes:
        found.append(sa.select(core.c.record_id).where(some, core.c.by_mode))
    if scope.two and not scope.between and len(scope.parties) > 1:
        found += two
    return sa.union_all(*found)


def _numbered(query: sa.Select[Any], number: int) -> sa.Select[Any]:
    return query.add_columns(sa.literal(number).label("party"))


def _about_any(acts: Iterable[tuple[str, str]]) -> sa.ColumnElement[bool]:
    """That a record, or one that tells the same act, may be about an issue."""
    c, again = RECORD.c, RECORD.alias("again")
    linked = sa.exists().where(again.c.reading_id == c.reading_id, again.c.same_as == c.number)
    named = sa.exists().where(RECORD_ISSUE.c.record_id == c.id)
    return sa.or_(named, c.same_as.is_not(None), linked, *_of_modes(acts))


def _of_modes(acts: Iterable[tuple[str, str]]) -> Iterator[sa.ColumnElement[bool]]:
    yield from (sa.and_(RECORD.c.event == event, RECORD.c.mode == mode) for event, mode in acts)


def _plain(scope: Scope) -> Iterator[sa.ColumnElement[bool]]:
    """What is asked of a record's own columns."""
    if scope.since is not None:
        yield RECORD.c.last_day >= scope.since
    if scope.until is not None:
        yield RECORD.c.first_day <= scope.until
    if scope.types:
        yield RECORD.c.event.in_(sorted(scope.types))


_Conditions = Sequence[sa.ColumnElement[bool]]


def _of_party(
    wanted: Wanted,
    fold: Callable[[str], str],
    database: Database,
    plain: _Conditions,
    among: sa.ColumnElement[bool] | None = None,
    by_mode: _Conditions = (),
) -> sa.Select[Any]:
    """Numbers of the records, as far as they fit otherwise, in which a party takes part.

    Args:
        wanted: the party.
        fold: folds words for matching.
        database: to ask in its language.
        plain: what is asked of the record's own columns.
        among: of these records alone.
        by_mode: conditions one of which the column `by_mode` tells of each; of none there is no such column.
    """
    party = RECORD_PARTY.c
    conditions: list[sa.ColumnElement[bool]]
    conditions = [c.in_(v) for c, v in ((party.country, wanted.countries), (party.entity, wanted.entities)) if v]
    if wanted.names:
        nobody = sa.and_(party.country.in_(wanted.home), party.entity.is_(None))
        names = sa.select(party.country, party.folded).where(nobody).distinct().cte()  # each looked at once
        named = any_within(database, names.c.folded, map(fold, wanted.names))
        found = sa.select(names.c.country, names.c.folded).where(named)
        conditions.append(sa.and_(nobody, sa.tuple_(party.country, party.folded).in_(found)))
    # each by an index of its own: an OR over two columns would read the whole table
    if among is not None:
        conditions = [sa.and_(condition, among) for condition in conditions]
    each = sa.union_all(*(_having(RECORD_PARTY, condition, plain, by_mode) for condition in conditions)).subquery()
    return sa.select(*each.c)


def _having(
    table: sa.Table, condition: sa.ColumnElement[bool], plain: _Conditions, by_mode: _Conditions = ()
) -> sa.Select[Any]:
    """Numbers of the records that have such a row in a child table, as far as they fit otherwise."""
    found: sa.Select[Any] = sa.select(table.c.record_id).where(condition)
    if by_mode:
        found = found.add_columns(sa.or_(*by_mode).label("by_mode"))
    return found.join(RECORD, RECORD.c.id == table.c.record_id).where(*plain) if plain or by_mode else found


def _sides(
    connection: sa.Connection, keys: Sequence[int], known: dict[tuple[Any, ...], Side]
) -> dict[tuple[int, str], list[Side]]:
    """The parties of records; one that is `known` is the same value, for there are few beside the records."""
    c, s = RECORD_PARTY.c, PARTY_SECTOR.c
    of_party = sa.and_(s.record_id == c.record_id, s.side == c.side, s.number == c.number)
    sectors = sa.select(sa.func.aggregate_strings(s.sector, " ")).where(of_party).scalar_subquery()
    found: dict[tuple[int, str], list[Side]] = defaultdict(list)
    for key, side, _, *told in _children(
        connection, RECORD_PARTY, keys, c.record_id, c.side, c.number, c.name, c.entity, c.country, sectors
    ):
        party = known.get(told := tuple(told))
        if party is None:
            name, entity, country, codes = told
            party = known[told] = Side(name, entity, country, tuple(sorted((codes or "").split())))
        found[key, side].append(party)
    return found


def _voices(connection: sa.Connection, keys: Sequence[int]) -> dict[int, list[Voice]]:
    c = RECORD_SOURCE.c
    found: dict[int, list[Voice]] = defaultdict(list)
    for key, _, name, kind, anonymous in _children(
        connection, RECORD_SOURCE, keys, c.record_id, c.number, c.name, c.kind, c.anonymous
    ):
        found[key].append(Voice(name, kind, anonymous))
    return found


def _children(
    connection: sa.Connection, table: sa.Table, keys: Sequence[int], *columns: sa.ColumnElement[Any]
) -> list[Any]:
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
