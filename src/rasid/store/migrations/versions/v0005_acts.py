"""The records that tell one act of an article, and parties without an id, are found in an index alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the indexes."""
    op.create_index("record_of_act", "record", ["reading_id", "same_as", "number", "event"], unique=False)
    without_id = sa.text("entity IS NULL")
    op.drop_index("party_without_id", "record_party")
    op.create_index(
        "party_without_id",
        "record_party",
        ["country", "folded", "record_id", "entity"],
        unique=False,
        sqlite_where=without_id,
        postgresql_where=without_id,
    )
