"""Stories: articles and records of one process; an index for parties without an id."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the tables and the views of what counts now."""
    op.create_table(
        "storying",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.Column("program", sa.String(), nullable=False),
        sa.Column("joining_id", sa.Integer(), nullable=True),
        sa.Column("last_reading", sa.Integer(), nullable=False),
        sa.Column("undone", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["joining_id"], ["joining.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "story",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("storying_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("headline", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("issues", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["storying_id"], ["storying.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_story_storying_id"), "story", ["storying_id"], unique=False)
    op.create_table(
        "story_party",
        sa.Column("story_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("acts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"]),
        sa.PrimaryKeyConstraint("story_id", "number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "story_article",
        sa.Column("story_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("closeness", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"]),
        sa.ForeignKeyConstraint(["content_id"], ["content.id"]),
        sa.PrimaryKeyConstraint("story_id", "content_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("story_article_of_content", "story_article", ["content_id"], unique=False)
    op.create_table(
        "story_record",
        sa.Column("story_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"]),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"]),
        sa.PrimaryKeyConstraint("story_id", "record_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("story_record_of_record", "story_record", ["record_id"], unique=False)
    without_id = sa.text("entity IS NULL")
    op.create_index(
        "party_without_id",
        "record_party",
        ["country", "folded", "record_id"],
        unique=False,
        sqlite_where=without_id,
        postgresql_where=without_id,
    )
    op.execute(
        "CREATE VIEW current_story AS SELECT s.* FROM story s "
        "WHERE s.storying_id = (SELECT MAX(g.id) FROM storying g WHERE g.undone IS NULL)"
    )
