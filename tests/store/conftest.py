"""A database of each kind: a file, and one of its own on the PostgreSQL server that the environment names."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

#: URL of a server on which databases may be made; ``.ci/run`` starts one.
VARIABLE = "RASID_TEST_POSTGRES"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a database may be made."""
    yield str(tmp_path / "news.db") if request.param == "sqlite" else request.getfixturevalue("emptied")


@pytest.fixture
def emptied(server: sa.Engine) -> str:
    """A database of PostgreSQL without tables."""
    with server.connect() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    return server.url.set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def server() -> Iterator[sa.Engine]:
    """A database of our own on the server, so that none of somebody else's is ever emptied."""
    given = os.environ.get(VARIABLE)
    if not given:
        pytest.skip(f"no PostgreSQL server is given ({VARIABLE})")
    name = f"rasid_{uuid.uuid4().hex}"
    base = sa.make_url(given).set(drivername="postgresql+pg8000")
    engine = sa.create_engine(base, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    own = sa.create_engine(base.set(database=name), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    yield own
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    engine.dispose()
