"""Contexts of records. Records that were read before have none until their articles are read again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "record_context",
        sa.Column("record_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("context", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"]),
        sa.PrimaryKeyConstraint("record_id", "context"),
        sqlite_with_rowid=False,
    )
    op.create_index("context_by_name", "record_context", ["context", "record_id"], unique=False)
