"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make everything."""
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("program", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("added", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    op.create_table(
        "content",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("outlet", sa.String(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("published_from", sa.String(), nullable=True),
        sa.Column("retrieved", sa.Date(), nullable=True),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("credits", sa.JSON(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("article_id", "hash", name="content_of_article"),
    )
    op.create_index("content_by_day", "content", ["published"], unique=False)
    op.create_index("content_by_hash", "content", ["hash"], unique=False)
    op.create_index("content_by_outlet", "content", ["outlet", "published"], unique=False)
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("started", sa.DateTime(), nullable=False),
        sa.Column("ended", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["version.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.Column("sentences", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["content_id"],
            ["content.id"],
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["run.id"],
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["version.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_reading_content_id"), "reading", ["content_id"], unique=False)
    op.create_table(
        "run_input",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("input", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["run.id"],
        ),
        sa.PrimaryKeyConstraint("run_id", "input"),
        sqlite_with_rowid=False,
    )
    op.create_index("run_input_by_input", "run_input", ["input", "run_id"], unique=False)
    op.create_table(
        "newest",
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content_id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
        ),
        sa.ForeignKeyConstraint(
            ["content_id"],
            ["content.id"],
        ),
        sa.ForeignKeyConstraint(
            ["reading_id"],
            ["reading.id"],
        ),
        sa.PrimaryKeyConstraint("article_id"),
        sa.UniqueConstraint("reading_id"),
    )
    op.create_index(op.f("ix_newest_content_id"), "newest", ["content_id"], unique=False)
    op.create_table(
        "problem",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=True),
        sa.Column("input", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reading_id"],
            ["reading.id"],
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["run.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_problem_reading_id"), "problem", ["reading_id"], unique=False)
    op.create_index("problem_of_run", "problem", ["run_id", "input"], unique=False)
    op.create_table(
        "record",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("precision", sa.String(), nullable=True),
        sa.Column("certainty", sa.Float(), nullable=False),
        sa.Column("same_as", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("place_id", sa.String(), nullable=True),
        sa.Column("place_country", sa.String(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("quote", sa.Boolean(), nullable=False),
        sa.Column("dead", sa.BigInteger(), nullable=True),
        sa.Column("injured", sa.BigInteger(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("frame", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reading_id"],
            ["reading.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reading_id", "number", name="record_of_reading"),
    )
    op.create_index("record_by_day", "record", ["last_day"], unique=False)
    op.create_index("record_by_first_day", "record", ["first_day"], unique=False)
    op.create_index("record_by_event", "record", ["event", "last_day"], unique=False)
    op.create_index("record_by_place", "record", ["place_id"], unique=False)
    op.create_index("record_by_place_country", "record", ["place_country"], unique=False)
    op.create_table(
        "party_sector",
        sa.Column("record_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
        ),
        sa.PrimaryKeyConstraint("record_id", "side", "number", "sector"),
        sqlite_with_rowid=False,
    )
    op.create_index("party_by_sector", "party_sector", ["sector", "side", "record_id"], unique=False)
    op.create_table(
        "record_issue",
        sa.Column("record_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("issue", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
        ),
        sa.PrimaryKeyConstraint("record_id"),
    )
    op.create_index("issue_by_words", "record_issue", ["folded", "record_id"], unique=False)
    op.create_table(
        "record_party",
        sa.Column("record_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entity", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
        ),
        sa.PrimaryKeyConstraint("record_id", "side", "number"),
        sqlite_with_rowid=False,
    )
    op.create_index("party_by_country", "record_party", ["country", "side", "record_id"], unique=False)
    op.create_index("party_by_entity", "record_party", ["entity", "side", "record_id"], unique=False)
    op.create_index("party_by_name", "record_party", ["folded", "side", "record_id"], unique=False)
    op.create_table(
        "record_source",
        sa.Column("record_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("manner", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
        ),
        sa.PrimaryKeyConstraint("record_id", "number"),
        sqlite_with_rowid=False,
    )
    op.create_index("source_by_name", "record_source", ["folded", "record_id"], unique=False)
    op.create_table(
        "record_whole",
        sa.Column("record_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("whole", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
        ),
        sa.PrimaryKeyConstraint("record_id"),
    )
    for name, query in _VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _WORDS_SQLITE if sqlite else _WORDS_POSTGRESQL:
        op.execute(statement)


#: What counts now.
_VIEWS = {
    "current_reading": (
        "SELECT a.name AS article, n.article_id, r.* FROM newest n "
        "JOIN article a ON a.id = n.article_id JOIN reading r ON r.id = n.reading_id"
    ),
    "current_record": (
        "SELECT a.name AS article, c.outlet, c.published, c.title, c.url, n.content_id, r.* FROM newest n "
        "JOIN record r ON r.reading_id = n.reading_id JOIN article a ON a.id = n.article_id "
        "JOIN content c ON c.id = n.content_id"
    ),
    "current_problem": (
        "SELECT p.* FROM problem p JOIN newest n ON n.reading_id = p.reading_id "
        "UNION ALL SELECT p.* FROM problem p WHERE p.reading_id IS NULL AND p.run_id = "
        "(SELECT MAX(i.run_id) FROM run_input i WHERE p.input IS NULL OR i.input = p.input)"
    ),
}

#: The words of the texts, folded. Each database has its own kind of index for them.
_WORDS_SQLITE = (
    "CREATE VIRTUAL TABLE content_words USING fts5(folded, content='', tokenize=\"unicode61 remove_diacritics 0\")",
)
_WORDS_POSTGRESQL = (
    "CREATE TABLE content_words (content_id INTEGER PRIMARY KEY REFERENCES content (id), folded TSVECTOR NOT NULL)",
    "CREATE INDEX content_by_words ON content_words USING gin (folded)",
)
