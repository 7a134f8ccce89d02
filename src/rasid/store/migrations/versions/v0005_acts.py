"""The records that tell one act of an article are found at once."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the index."""
    op.create_index("record_of_act", "record", ["reading_id", "same_as", "number", "event"], unique=False)
