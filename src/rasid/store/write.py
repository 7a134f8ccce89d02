"""Putting readings into a database: whole batches, each kept or not as one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa

from rasid.model import Article, Problem, Reading, Record
from rasid.model.days import first_and_last
from rasid.model.plain import parts_json, record_json
from rasid.store.database import Database, StoreError
from rasid.store.schema import (
    ARTICLE,
    CONTENT,
    NEWEST,
    PARTY_SECTOR,
    PROBLEM,
    READING,
    RECORD,
    RECORD_CONTEXT,
    RECORD_ISSUE,
    RECORD_PARTY,
    RECORD_SOURCE,
    RECORD_WHOLE,
    RUN,
    RUN_INPUT,
    VERSION,
)

Fold = Callable[[str], str]
_Row = dict[str, Any]
_Rows = dict[sa.Table, list[_Row]]

#: What counts as a word of a text, in both databases: their own parsers differ.
WORD = re.compile(r"[^\W_]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
#: Letters of folded names and issues that are kept for matching: an entry of an index has room for no more.
_MATCHED = 400
#: In the order in which their rows refer to each other.
_ORDER = (
    ARTICLE,
    CONTENT,
    READING,
    RECORD,
    RECORD_WHOLE,
    RECORD_PARTY,
    PARTY_SECTOR,
    RECORD_SOURCE,
    RECORD_ISSUE,
    RECORD_CONTEXT,
    PROBLEM,
)
_COUNTED = (ARTICLE, CONTENT, READING, RECORD, PROBLEM)


def content_hash(article: Article) -> str:
    """A digest of text, day of publication and outlet: what a reading depends on.

    Lone surrogates, which have no UTF-8 form, count by their code.
    """
    published = article.published.isoformat() if article.published else ""
    digest = blake2b(digest_size=16)
    for text in (article.text, published, article.outlet or ""):
        data = text.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Known:
    """What the database has of an article: the hash of its newest content, and the version that read it."""

    content: str
    version: int


@dataclass(frozen=True, slots=True)
class Read:
    """A reading to be put in. `failed`: the program broke on the article."""

    reading: Reading
    failed: bool = False


class Writer:
    """Puts the readings of one run in. Other processes may read meanwhile.

    Attributes:
        run: the number of the run.
        version: the number of the program and knowledge that it is made with.
    """

    def __init__(self, database: Database, program: str, digest: str, inputs: Mapping[str, str], fold: Fold) -> None:
        """Begin a run.

        Args:
            database: where to.
            program: name of the version of the program, for people.
            digest: of the program and all its knowledge: readings of another digest are older.
            inputs: what the run reads, as problems name it, and the names to keep it under.
            fold: the fold of letters for matching.

        Raises:
            StoreError: when the database cannot be written.
        """
        self._database = database
        self._fold = fold
        self._inputs = dict(sorted(inputs.items(), key=lambda item: len(item[0]), reverse=True))
        with database.writing() as connection:
            self.version = _version(connection, program, digest)
            self.run = _next(connection, RUN)
            connection.execute(RUN.insert(), {"id": self.run, "version_id": self.version, "started": _now()})
            rows = [{"run_id": self.run, "input": name} for name in sorted(set(self._inputs.values()))]
            if rows:
                connection.execute(RUN_INPUT.insert(), rows)

    def known(self) -> dict[str, Known]:
        """All articles of the database by their ids.

        Raises:
            StoreError: when the database cannot be read.
        """
        query = sa.select(ARTICLE.c.name, CONTENT.c.hash, READING.c.version_id).select_from(
            NEWEST.join(ARTICLE, ARTICLE.c.id == NEWEST.c.article_id)
            .join(CONTENT, CONTENT.c.id == NEWEST.c.content_id)
            .join(READING, READING.c.id == NEWEST.c.reading_id)
        )
        with self._database.reading() as connection:
            return {name: Known(digest, version) for name, digest, version in connection.execute(query)}

    def put(self, batch: Sequence[Read | Problem]) -> list[Problem]:
        """Put readings, and problems of inputs that gave none, into the database: all of them at once.

        Returns:
            a problem for each article that the database does not take; it is in the database too.

        Raises:
            StoreError: when the database cannot be written.
        """
        refused = [_refused(item, why) for item in batch if (why := _unfit(item))]
        good = [item for item in batch if not _unfit(item)]
        if not batch:
            return []
        try:
            with self._database.writing() as connection:
                _insert(connection, self._rows(connection, [*good, *refused]))
                return refused
        except (StoreError, OverflowError):
            return self._put_singly(good, refused)

    def _put_singly(self, batch: Sequence[Read | Problem], refused: list[Problem]) -> list[Problem]:
        """One by one, so that only those are left out that the database does not take."""
        with self._database.writing() as connection:
            for item in batch:
                try:
                    with connection.begin_nested():
                        _insert(connection, self._rows(connection, [item]))
                except (sa.exc.DBAPIError, OverflowError) as error:
                    if isinstance(error, sa.exc.OperationalError):
                        raise
                    refused.append(_refused(item, error.orig if isinstance(error, sa.exc.DBAPIError) else error))
            _insert(connection, self._rows(connection, refused))
        return refused

    def finish(self) -> None:
        """Note that the run came to its end, and let the database look at its tables anew.

        Raises:
            StoreError: when the database cannot be written.
        """
        with self._database.writing() as connection:
            connection.execute(RUN.update().where(RUN.c.id == self.run).values(ended=_now()))
        self._database.optimize()

    def _rows(self, connection: sa.Connection, batch: Sequence[Read | Problem]) -> _Filling:
        filling = _Filling(self, connection, self._fold)
        filling.find([item.reading.article for item in batch if isinstance(item, Read)])
        for item in batch:
            if isinstance(item, Read):
                filling.reading(item)
            else:
                filling.problem(item, None, self.input_of(item.where))
        return filling

    def input_of(self, where: str) -> str | None:
        """The input of the run that a place belongs to."""
        for name, kept in self._inputs.items():
            if where == name or where.startswith((f"{name}:", f"{name}/", f"{name}\\")):
                return kept
        return None


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def _next(connection: sa.Connection, table: sa.Table) -> int:
    return int(connection.execute(sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0))).scalar_one()) + 1


def _version(connection: sa.Connection, program: str, digest: str) -> int:
    found = connection.execute(sa.select(VERSION.c.id).where(VERSION.c.digest == digest)).scalar()
    if found is not None:
        return int(found)
    number = _next(connection, VERSION)
    connection.execute(VERSION.insert(), {"id": number, "program": program, "digest": digest, "added": _now()})
    return number


def _refused(item: Read | Problem, why: object) -> Problem:
    where = item.where if isinstance(item, Problem) else item.reading.article.id
    where = where.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
    said = " ".join(str(why).split())[:200]
    return Problem(where, "not-stored", f"the database does not take this article: {said}")


def _unfit(item: Read | Problem) -> str | None:
    """Why no database takes the texts of an item, or None. PostgreSQL has no room for U+0000."""
    texts: tuple[str | None, ...]
    if isinstance(item, Problem):
        texts = (item.where, item.code, item.text)
    else:
        article = item.reading.article
        texts = (article.id, article.text, article.title, article.outlet, article.url, *article.credits)
    for text in texts:
        if text and "\x00" in text:
            return "a text holds the character U+0000"
        if text and _SURROGATE.search(text):
            return "a text holds half a character (a lone surrogate)"
    return None


# ---------------------------------------------------------------- rows


@dataclass(slots=True)
class _Filling:
    """The rows of a batch, with numbers that follow those in the database."""

    writer: Writer
    connection: sa.Connection
    fold: Fold
    rows: _Rows = field(default_factory=dict)
    newest: dict[int, tuple[int, int]] = field(default_factory=dict)
    words: list[tuple[int, str]] = field(default_factory=list)
    articles: dict[str, int] = field(default_factory=dict)
    contents: dict[tuple[int, str], int] = field(default_factory=dict)
    counters: dict[sa.Table, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.counters = {table: _next(self.connection, table) for table in _COUNTED}

    def find(self, articles: Sequence[Article]) -> None:
        """Look up which of the articles, and which of their contents, are in the database."""
        names = [article.id for article in articles]
        if not names:
            return
        query = sa.select(ARTICLE.c.name, ARTICLE.c.id).where(ARTICLE.c.name.in_(names))
        self.articles = {row.name: row.id for row in self.connection.execute(query)}
        ids = list(self.articles.values())
        found = sa.select(CONTENT.c.article_id, CONTENT.c.hash, CONTENT.c.id).where(CONTENT.c.article_id.in_(ids))
        self.contents = {(article, digest): n for article, digest, n in self.connection.execute(found)}

    def add(self, table: sa.Table, row: _Row) -> int:
        """Add a row; its number, where the rows of the table have one."""
        number = self.counters.get(table, 0)
        if number:
            row = {"id": number, **row}
            self.counters[table] = number + 1
        self.rows.setdefault(table, []).append(row)
        return number

    def reading(self, item: Read) -> None:
        """The rows of a reading."""
        article = item.reading.article
        if article.id not in self.articles:
            self.articles[article.id] = self.add(ARTICLE, {"name": article.id})
        owner = self.articles[article.id]
        content = self._content(article, owner)
        number = self.add(
            READING,
            {
                "content_id": content,
                "version_id": self.writer.version,
                "run_id": self.writer.run,
                "made": _now(),
                "sentences": item.reading.sentences,
                "failed": item.failed,
                "versions": dict(item.reading.versions),
            },
        )
        self.newest[owner] = (content, number)
        for n, record in enumerate(item.reading.records, start=1):
            self._record(record, number, n)
        for problem in item.reading.problems:
            self.problem(problem, number, None)

    def _content(self, article: Article, owner: int) -> int:
        digest = content_hash(article)
        known = self.contents.get((owner, digest))
        if known is not None:
            return known
        number = self.add(CONTENT, {"article_id": owner, "hash": digest, **_content_row(article)})
        self.contents[(owner, digest)] = number
        self.words.append((number, " ".join(WORD.findall(self.fold(article.text)))))
        return number

    def problem(self, problem: Problem, reading: int | None, source: str | None) -> None:
        """The row of a problem."""
        row = {"run_id": self.writer.run, "reading_id": reading, "input": source}
        self.add(PROBLEM, {**row, "place": problem.where, "code": problem.code, "text": problem.text})

    def _record(self, record: Record, reading: int, number: int) -> None:
        """The rows of a record."""
        key = self.add(RECORD, {"reading_id": reading, "number": number, **_record_row(record)})
        self.add(RECORD_WHOLE, {"record_id": key, "whole": record_json(record)})
        for side, parties in (("actor", record.actor), ("recipient", record.recipient)):
            for n, party in enumerate(parties):
                place = {"record_id": key, "side": side, "number": n}
                row = {"entity": party.id, "name": party.name, "folded": self._matched(party.name)}
                self.add(RECORD_PARTY, {**place, **row, "country": party.country, "words": party.words.text})
                for sector in sorted({code.strip() for code in (party.sector or "").split(";")} - {""}):
                    self.add(PARTY_SECTOR, {**place, "sector": sector})
        for n, source in enumerate(record.source):
            names = " ".join(dict.fromkeys(name for name in (source.name, source.known_as) if name))
            row = {"kind": source.kind, "name": source.name, "folded": self._matched(names)}
            more = {"anonymous": source.anonymous, "manner": source.manner}
            self.add(RECORD_SOURCE, {"record_id": key, "number": n, **row, **more})
        for context in record.contexts:
            self.add(RECORD_CONTEXT, {"record_id": key, "context": context})
        if record.issue:
            text = record.issue.text
            self.add(RECORD_ISSUE, {"record_id": key, "issue": text, "folded": self._matched(text)})

    def _matched(self, text: str) -> str:
        return " ".join(self.fold(text).split())[:_MATCHED]


def _content_row(article: Article) -> _Row:
    return {
        "outlet": article.outlet,
        "published": article.published,
        "published_from": article.published_from,
        "retrieved": article.retrieved,
        "lang": article.lang,
        "title": article.title,
        "url": article.url,
        "credits": list(article.credits),
        "parts": parts_json(article.parts),
        "text": article.text,
    }


def _record_row(record: Record) -> _Row:
    place = record.place
    value, precision = (
        (record.date.value, record.date.precision) if record.date else (record.date_fallback, "published")
    )
    first, last = (first_and_last(value) if value else None) or (None, None)
    return {
        "event": record.event,
        "mode": record.mode,
        "status": record.status,
        "first_day": first,
        "last_day": last,
        "precision": precision if first else None,
        "certainty": record.certainty,
        "same_as": record.same_as,
        "place": place.words.text if place else None,
        "place_id": place.id if place else None,
        "place_country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "quote": record.quote,
        "dead": record.dead,
        "injured": record.injured,
        "size": record.size,
        "frame": record.frame.id,
    }


# ---------------------------------------------------------------- into the database


def _insert(connection: sa.Connection, filling: _Filling) -> None:
    for table in _ORDER:
        rows = filling.rows.get(table, [])
        if rows:
            _put(connection, table, rows)
    if filling.words:
        connection.execute(_WORDS[connection.dialect.name], [{"id": n, "words": text} for n, text in filling.words])
    if filling.newest:
        owners = list(filling.newest)
        connection.execute(NEWEST.delete().where(NEWEST.c.article_id.in_(owners)))
        rows = [{"article_id": o, "content_id": c, "reading_id": r} for o, (c, r) in filling.newest.items()]
        _put(connection, NEWEST, rows)


def _put(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(table.insert(), rows)
        return
    names = list(rows[0])
    types = (f"{name} {table.c[name].type.compile(connection.dialect)}" for name in names)
    connection.execute(  # all rows as one value: a statement with thousands of values takes many times as long
        sa.text(
            f"INSERT INTO {table.name} ({', '.join(names)}) "
            f"SELECT * FROM json_to_recordset(CAST(:rows AS JSON)) AS given ({', '.join(types)})"
        ),
        {"rows": json.dumps(rows, ensure_ascii=False, default=_iso)},
    )


def _iso(value: date) -> str:
    return value.isoformat()


_WORDS = {
    "sqlite": sa.text("INSERT INTO content_words (rowid, folded) VALUES (:id, :words)"),
    "postgresql": sa.text(
        "INSERT INTO content_words VALUES (:id, array_to_tsvector(string_to_array(CAST(:words AS TEXT), ' ')))"
    ),
}
