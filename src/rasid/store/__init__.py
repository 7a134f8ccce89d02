"""Coded articles in a database: SQLite by default, PostgreSQL by a URL."""

from rasid.store.database import Database, StoreError, open_database
from rasid.store.joined import Joiner, Joint
from rasid.store.query import Counts, Found, Query, Reader, StoredProblem
from rasid.store.write import WORD, Known, Read, Writer, content_hash

__all__ = [
    "WORD",
    "Counts",
    "Database",
    "Found",
    "Joiner",
    "Joint",
    "Known",
    "Query",
    "Read",
    "Reader",
    "StoreError",
    "StoredProblem",
    "Writer",
    "content_hash",
    "open_database",
]
