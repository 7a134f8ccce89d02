"""Opening a database: SQLite by a file name, PostgreSQL by a URL, brought to the schema of this program."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from rasid.store.schema import REVISIONS

_MIGRATIONS = Path(__file__).parent / "migrations"
#: Milliseconds for which one process waits while another writes.
_PATIENCE = 60_000


class StoreError(RuntimeError):
    """A database that cannot be used.

    Attributes:
        where: the database, without a password.
        text: what is wrong and what to do.
    """

    def __init__(self, where: str, text: str) -> None:
        super().__init__(f"{where}: {text}")
        self.where = where
        self.text = text


def _silent(line: str) -> None:
    """Say nothing."""


class Database:
    """An open database. Connections are made as they are needed; `close` lets them go.

    Attributes:
        engine: of SQLAlchemy.
        name: the file or the URL without its password, for people.
    """

    def __init__(self, engine: sa.Engine, name: str) -> None:
        self.engine = engine
        self.name = name

    @property
    def sqlite(self) -> bool:
        """Whether this is SQLite; else it is PostgreSQL."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the database.

        Raises:
            StoreError: when the database cannot be read.
        """
        with self._told(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction in which nobody else writes; all of it is kept, or nothing.

        Raises:
            StoreError: when the database cannot be written.
        """
        with self.transaction() as connection:
            if not self.sqlite:
                connection.exec_driver_sql("LOCK TABLE article IN SHARE ROW EXCLUSIVE MODE")
            yield connection

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """A transaction: all of it is kept, or nothing. In SQLite nobody else writes meanwhile.

        Raises:
            StoreError: when the database cannot be written.
        """
        with self._told(), self.engine.connect() as connection:
            connection = connection.execution_options(rasid_begin="BEGIN IMMEDIATE")
            with connection.begin():
                yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turns what a database says into one line."""
        try:
            yield
        except sa.exc.DBAPIError as error:
            raise StoreError(self.name, _reason(error)) from error

    def optimize(self) -> None:
        """Let the database look at its tables anew, so that it chooses the right indexes."""
        self.alone("ANALYZE")
        if self.sqlite:
            self.alone("PRAGMA wal_checkpoint(TRUNCATE)")

    def alone(self, statement: str) -> None:
        """Run a statement of the database's own; in SQLite outside of any transaction.

        Raises:
            StoreError: when it fails.
        """
        with self._told(), self.engine.connect() as connection:
            connection.execution_options(rasid_begin="").exec_driver_sql(statement)
            connection.commit()

    def close(self) -> None:
        """Let all connections go."""
        self.engine.dispose()


def open_database(name: str | Path, *, create: bool = False, say: Callable[[str], None] = _silent) -> Database:
    """Open a database and bring its schema to that of this program.

    Args:
        name: a file, or a URL that begins with ``postgresql://``.
        create: make the file or the tables where there are none.
        say: takes a line when an older schema is brought up to date.

    Raises:
        StoreError: when there is no database, it is of a newer version of the program, or cannot be used.
    """
    url = _url(str(name))
    if url.get_backend_name() == "sqlite":
        shown = url.database or ""
        _check_file(Path(shown), create=create)
    else:
        shown = url.set(drivername="postgresql").render_as_string(hide_password=True)
    database = Database(_engine(url, shown), shown)
    try:
        _migrate(database, create=create, say=say)
    except BaseException:
        database.close()
        raise
    return database


def _url(name: str) -> sa.URL:
    if "://" not in name:
        return sa.URL.create("sqlite", database=name)
    try:
        url = make_url(name)
        kind = url.get_backend_name()
    except (sa.exc.ArgumentError, ValueError):
        raise StoreError("the URL of the database", "cannot be read; like postgresql://user@host:5432/name") from None
    if kind == "sqlite":
        return url.set(drivername="sqlite")
    if kind in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+pg8000")
    shown = url.render_as_string(hide_password=True)
    raise StoreError(shown, "is neither a file (SQLite) nor a postgresql:// URL")


def _check_file(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise StoreError(str(path), "is a folder; name a file in it")
    if not path.exists() and not create:
        raise StoreError(str(path), f"there is no database; make it: rasid run INPUT... --db {path}")
    if not path.parent.is_dir():
        raise StoreError(str(path), f"there is no folder {path.parent}")


def _engine(url: sa.URL, shown: str) -> sa.Engine:
    try:
        engine = sa.create_engine(url, json_serializer=_dumps)
    except ImportError as error:
        raise StoreError(shown, "PostgreSQL needs pg8000: pip install 'rasid[postgres]'") from error
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _connected)
        sa.event.listen(engine, "begin", _begun)
    return engine


def _dumps(value: Any) -> str:
    """JSON with its letters as they are, without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _connected(connection: Any, record: object) -> None:
    """Settings of a SQLite connection: readers and a writer at once, references checked, our own transactions."""
    connection.isolation_level = None  # the driver begins no transactions of its own: they break savepoints
    for setting in (f"busy_timeout={_PATIENCE}", "foreign_keys=ON", "synchronous=NORMAL", "cache_size=-65536"):
        connection.execute(f"PRAGMA {setting}")
    connection.create_function("any_within", 2, _any_within, deterministic=True)


@lru_cache(maxsize=64)
def _one_of(words: str) -> Callable[[str], object]:
    """Finds one of the words, each on a line of its own.

    As a tree of their letters, in which a text is looked through once: of sixty words a third of the time of `in`.
    """
    tree: dict[str, Any] = {}
    for word in words.split("\n"):
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return re.compile(_pattern(tree)).search


def _pattern(tree: dict[str, Any]) -> str:
    if "" in tree:  # what stands within a longer word is enough
        return ""
    found = [re.escape(letter) + _pattern(node) for letter, node in tree.items()]
    return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"


def _any_within(text: str | None, words: str) -> bool | None:
    """Whether one of the words, each on a line of its own, stands in a text."""
    return None if text is None else _one_of(words)(text) is not None


def any_within(database: Database, column: sa.ColumnElement[str], words: Iterable[str]) -> sa.ColumnElement[bool]:
    """That one of some words stands in a column; of no words: never."""
    words = tuple(words)
    if not words:
        return sa.false()
    if database.sqlite:
        return sa.func.any_within(column, "\n".join(words)) == sa.true()
    return sa.or_(*(sa.func.strpos(column, word) > 0 for word in words))


def _begun(connection: sa.Connection) -> None:
    if begin := connection.get_execution_options().get("rasid_begin", "BEGIN"):
        connection.exec_driver_sql(begin)


def _reason(error: sa.exc.DBAPIError) -> str:
    """What the driver says, on one line."""
    said = error.orig.args[0] if error.orig is not None and error.orig.args else error
    text = said.get("M", said) if isinstance(said, dict) else said  # pg8000 gives the fields of the message
    return f"the database says: {' '.join(str(text).split())}"


# ---------------------------------------------------------------- versions of the schema


def _migrate(database: Database, *, create: bool, say: Callable[[str], None]) -> None:
    with database.reading() as connection:
        tables = set(sa.inspect(connection).get_table_names())
        asked = "SELECT version_num FROM alembic_version"
        found = connection.exec_driver_sql(asked).scalar() if "alembic_version" in tables else None
    _check(database.name, tables, found, create=create)
    if found == REVISIONS[-1]:
        return
    if found is not None:
        say(f"{database.name}: brought from version {found} of the tables to {REVISIONS[-1]}")
    _upgrade(database)


def _check(name: str, tables: set[str], found: str | None, *, create: bool) -> None:
    """Refuse what is not ours to change."""
    if found is None and tables - {"alembic_version"}:
        raise StoreError(name, "is a database of something else; name another")
    if found is None and not create:
        raise StoreError(name, f"there are no articles in it; put some in: rasid run INPUT... --db {name}")
    if found is not None and found not in REVISIONS:
        raise StoreError(name, f"was written by a newer Rasid (tables of version {found}); update this one")


def _upgrade(database: Database) -> None:
    """Run the migrations that are missing. Alembic is loaded only here: a database is mostly up to date."""
    config = importlib.import_module("alembic.config").Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    command = importlib.import_module("alembic.command")
    if database.sqlite:
        database.alone("PRAGMA journal_mode=WAL")
    with database.transaction() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
