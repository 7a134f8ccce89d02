"""Groups of records that report one event, and copies of articles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the tables and the views of what counts now."""
    op.create_table(
        "joining",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.Column("program", sa.String(), nullable=False),
        sa.Column("undone", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "event_group",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("joining_id", sa.Integer(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("outlets", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["joining_id"], ["joining.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_event_group_joining_id"), "event_group", ["joining_id"], unique=False)
    op.create_table(
        "event_member",
        sa.Column("group_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("nearest_id", sa.Integer(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["event_group.id"]),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"]),
        sa.ForeignKeyConstraint(["nearest_id"], ["record.id"]),
        sa.PrimaryKeyConstraint("group_id", "record_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("event_member_of_record", "event_member", ["record_id"], unique=False)
    op.create_table(
        "article_copy",
        sa.Column("joining_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("of_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["joining_id"], ["joining.id"]),
        sa.ForeignKeyConstraint(["content_id"], ["content.id"]),
        sa.ForeignKeyConstraint(["of_id"], ["content.id"]),
        sa.PrimaryKeyConstraint("joining_id", "content_id", "of_id"),
        sqlite_with_rowid=False,
    )
    for name, query in _VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")


_COUNTS = "(SELECT MAX(j.id) FROM joining j WHERE j.undone IS NULL)"
#: What the latest joining that is not undone found.
_VIEWS = {
    "current_event_member": (
        "SELECT m.*, g.records, g.articles, g.outlets FROM event_group g "
        f"JOIN event_member m ON m.group_id = g.id WHERE g.joining_id = {_COUNTS}"
    ),
    "current_article_copy": f"SELECT c.* FROM article_copy c WHERE c.joining_id = {_COUNTS}",
}
