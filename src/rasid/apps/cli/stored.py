"""Opening a database for a command."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rasid.apps.cli.failure import Failure
from rasid.apps.cli.reporting import say
from rasid.export.terminal import clean

if TYPE_CHECKING:
    from rasid.store import Database


@contextmanager
def database(name: str, *, create: bool = False) -> Iterator[Database]:
    """A database that is closed at the end.

    Raises:
        Failure: when it cannot be used, now or later.
    """
    try:
        importlib.import_module("sqlalchemy")
    except ImportError as error:
        raise Failure("--db", "a database needs SQLAlchemy: pip install 'rasid[store]'") from error
    from rasid.store import StoreError, open_database

    try:
        found = open_database(name, create=create, say=lambda line: say(f"rasid: {clean(line)}"))
        try:
            yield found
        finally:
            found.close()
    except StoreError as error:
        raise Failure(error.where, error.text) from error
