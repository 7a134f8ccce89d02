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
    if request.param == "sqlite":
        yield str(tmp_path / "news.db")
        return
    server = os.environ.get(VARIABLE)
    if not server:
        pytest.skip(f"no PostgreSQL server is given ({VARIABLE})")
    name = f"rasid_{uuid.uuid4().hex}"
    base = sa.make_url(server)
    engine = sa.create_engine(base.set(drivername="postgresql+pg8000"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield base.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    engine.dispose()
