"""The tables, the same in SQLite and PostgreSQL.

Nothing of what was read is ever changed or deleted: an article that is read again gets another reading, a text that
has changed another content. Only ``newest`` is kept up to date, and the views ``current_…`` look through it.
The views and ``content_words`` (the folded words of the texts: FTS5 or tsvector) stand in the migrations alone.
"""

from __future__ import annotations

import sqlalchemy as sa

#: The versions of the schema in their order, as the files of migrations/versions name them; the last is this program's.
REVISIONS = ("0001", "0002", "0003", "0004", "0005")

METADATA = sa.MetaData()


def _key() -> sa.Column[int]:
    """A number of our own counting: the writer gives it, so that all rows of a batch are known before any is sent."""
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=False)


#: The program and the knowledge that made readings: a digest of both.
VERSION = sa.Table(
    "version", METADATA, _key(),
    sa.Column("program", sa.String, nullable=False),
    sa.Column("digest", sa.String, nullable=False, unique=True),
    sa.Column("added", sa.DateTime, nullable=False),
)  # fmt: skip

#: One call of ``rasid run``; `ended` is null when it was stopped.
RUN = sa.Table(
    "run", METADATA, _key(),
    sa.Column("version_id", sa.ForeignKey("version.id"), nullable=False),
    sa.Column("started", sa.DateTime, nullable=False),
    sa.Column("ended", sa.DateTime),
)  # fmt: skip

#: The inputs of a run, as absolute paths.
RUN_INPUT = sa.Table(
    "run_input", METADATA,
    sa.Column("run_id", sa.ForeignKey("run.id"), primary_key=True),
    sa.Column("input", sa.String, primary_key=True),
    sa.Index("run_input_by_input", "input", "run_id"),
    sqlite_with_rowid=False,
)  # fmt: skip

#: An article by its id, whatever its text is.
ARTICLE = sa.Table(
    "article", METADATA, _key(),
    sa.Column("name", sa.String, nullable=False, unique=True),
)  # fmt: skip

#: What an article said when it was read. `hash` is over text, day of publication and outlet.
CONTENT = sa.Table(
    "content", METADATA, _key(),
    sa.Column("article_id", sa.ForeignKey("article.id"), nullable=False),
    sa.Column("hash", sa.String, nullable=False),
    sa.Column("outlet", sa.String),
    sa.Column("published", sa.Date),
    sa.Column("published_from", sa.String),
    sa.Column("retrieved", sa.Date),
    sa.Column("lang", sa.String, nullable=False),
    sa.Column("title", sa.String),
    sa.Column("url", sa.String),
    sa.Column("credits", sa.JSON, nullable=False),
    sa.Column("parts", sa.JSON, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.UniqueConstraint("article_id", "hash", name="content_of_article"),
    sa.Index("content_by_hash", "hash"),
    sa.Index("content_by_outlet", "outlet", "published"),
    sa.Index("content_by_day", "published"),
)  # fmt: skip

#: A reading of a content. `failed`: the program broke on it, and there are no records.
READING = sa.Table(
    "reading", METADATA, _key(),
    sa.Column("content_id", sa.ForeignKey("content.id"), nullable=False, index=True),
    sa.Column("version_id", sa.ForeignKey("version.id"), nullable=False),
    sa.Column("run_id", sa.ForeignKey("run.id"), nullable=False),
    sa.Column("made", sa.DateTime, nullable=False),
    sa.Column("sentences", sa.Integer, nullable=False),
    sa.Column("failed", sa.Boolean, nullable=False),
    sa.Column("versions", sa.JSON, nullable=False),
)  # fmt: skip

#: The newest content of each article, and the newest reading of that.
NEWEST = sa.Table(
    "newest", METADATA,
    sa.Column("article_id", sa.ForeignKey("article.id"), primary_key=True, autoincrement=False),
    sa.Column("content_id", sa.ForeignKey("content.id"), nullable=False, index=True),
    sa.Column("reading_id", sa.ForeignKey("reading.id"), nullable=False, unique=True),
)  # fmt: skip

#: What queries ask of a record. `first_day` to `last_day` are the days of the act; with the precision ``published``
#: they are the day of publication, for want of a date in the text.
RECORD = sa.Table(
    "record", METADATA, _key(),
    sa.Column("reading_id", sa.ForeignKey("reading.id"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("event", sa.String, nullable=False),
    sa.Column("mode", sa.String),
    sa.Column("status", sa.String, nullable=False),
    sa.Column("first_day", sa.Date),
    sa.Column("last_day", sa.Date),
    sa.Column("precision", sa.String),
    sa.Column("certainty", sa.Float, nullable=False),
    sa.Column("same_as", sa.Integer),
    sa.Column("place", sa.String),
    sa.Column("place_id", sa.String),
    sa.Column("place_country", sa.String),
    sa.Column("lat", sa.Float),
    sa.Column("lon", sa.Float),
    sa.Column("quote", sa.Boolean, nullable=False),
    sa.Column("dead", sa.BigInteger),
    sa.Column("injured", sa.BigInteger),
    sa.Column("size", sa.BigInteger),
    sa.Column("frame", sa.String, nullable=False),
    sa.UniqueConstraint("reading_id", "number", name="record_of_reading"),
    sa.Index("record_by_event", "event", "last_day"),
    sa.Index("record_by_day", "last_day"),
    sa.Index("record_by_first_day", "first_day"),
    sa.Index("record_by_place", "place_id"),
    sa.Index("record_by_place_country", "place_country"),
    sa.Index("record_of_act", "reading_id", "same_as", "number", "event"),
)  # fmt: skip

#: The number in its article of the record that first tells the act of a record.
FIRST_TOLD = sa.func.coalesce(RECORD.c.same_as, RECORD.c.number)

#: The whole record, with all words and reasons: what `rasid.model.plain.record_json` makes.
RECORD_WHOLE = sa.Table(
    "record_whole", METADATA,
    sa.Column("record_id", sa.ForeignKey("record.id"), primary_key=True, autoincrement=False),
    sa.Column("whole", sa.JSON, nullable=False),
)  # fmt: skip

_NO_ID = sa.text("entity IS NULL")

#: The parties: `side` is ``actor`` or ``recipient``; `folded` is the name folded for matching.
RECORD_PARTY = sa.Table(
    "record_party", METADATA,
    sa.Column("record_id", sa.ForeignKey("record.id"), primary_key=True, autoincrement=False),
    sa.Column("side", sa.String, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("entity", sa.String),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("folded", sa.String, nullable=False),
    sa.Column("country", sa.String),
    sa.Column("words", sa.String, nullable=False),
    sa.Index("party_by_country", "country", "side", "record_id"),
    sa.Index("party_by_entity", "entity", "side", "record_id"),
    sa.Index("party_by_name", "folded", "side", "record_id"),
    sa.Index(
        "party_without_id", "country", "folded", "record_id", "entity",  # the last that it be read alone
        sqlite_where=_NO_ID, postgresql_where=_NO_ID,
    ),
    sqlite_with_rowid=False,
)  # fmt: skip

#: The sector codes of the parties, each apart.
PARTY_SECTOR = sa.Table(
    "party_sector", METADATA,
    sa.Column("record_id", sa.ForeignKey("record.id"), primary_key=True, autoincrement=False),
    sa.Column("side", sa.String, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("sector", sa.String, primary_key=True),
    sa.Index("party_by_sector", "sector", "side", "record_id"),
    sqlite_with_rowid=False,
)  # fmt: skip

#: On whose word a record stands, the innermost speaker first.
RECORD_SOURCE = sa.Table(
    "record_source", METADATA,
    sa.Column("record_id", sa.ForeignKey("record.id"), primary_key=True, autoincrement=False),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("folded", sa.String, nullable=False),
    sa.Column("anonymous", sa.Boolean, nullable=False),
    sa.Column("manner", sa.String, nullable=False),
    sa.Index("source_by_name", "folded", "record_id"),
    sqlite_with_rowid=False,
)  # fmt: skip

#: What a record is about, as written and folded.
RECORD_ISSUE = sa.Table(
    "record_issue", METADATA,
    sa.Column("record_id", sa.ForeignKey("record.id"), primary_key=True, autoincrement=False),
    sa.Column("issue", sa.String, nullable=False),
    sa.Column("folded", sa.String, nullable=False),
    sa.Index("issue_by_words", "folded", "record_id"),
)  # fmt: skip

#: PLOVER's contexts of a record, each apart.
RECORD_CONTEXT = sa.Table(
    "record_context", METADATA,
    sa.Column("record_id", sa.ForeignKey("record.id"), primary_key=True, autoincrement=False),
    sa.Column("context", sa.String, primary_key=True),
    sa.Index("context_by_name", "context", "record_id"),
    sqlite_with_rowid=False,
)  # fmt: skip

#: Problems of a reading, or of an input of a run that gave no article (`reading_id` is null).
PROBLEM = sa.Table(
    "problem", METADATA, _key(),
    sa.Column("run_id", sa.ForeignKey("run.id"), nullable=False),
    sa.Column("reading_id", sa.ForeignKey("reading.id"), index=True),
    sa.Column("input", sa.String),
    sa.Column("place", sa.String, nullable=False),
    sa.Column("code", sa.String, nullable=False),
    sa.Column("text", sa.String, nullable=False),
    sa.Index("problem_of_run", "run_id", "input"),
)  # fmt: skip

#: One call of ``rasid join``. The latest one that is not undone counts.
JOINING = sa.Table(
    "joining", METADATA, _key(),
    sa.Column("made", sa.DateTime, nullable=False),
    sa.Column("program", sa.String, nullable=False),
    sa.Column("undone", sa.DateTime),
)  # fmt: skip

#: An event as a joining found it: how many records, articles and outlets tell it.
EVENT_GROUP = sa.Table(
    "event_group", METADATA, _key(),
    sa.Column("joining_id", sa.ForeignKey("joining.id"), nullable=False, index=True),
    sa.Column("records", sa.Integer, nullable=False),
    sa.Column("articles", sa.Integer, nullable=False),
    sa.Column("outlets", sa.Integer, nullable=False),
)  # fmt: skip

#: The records of an event, each with how well it fits the others, the one it is most like and why. Every record that
#: counted when it was joined is a member of exactly one group of the joining.
EVENT_MEMBER = sa.Table(
    "event_member", METADATA,
    sa.Column("group_id", sa.ForeignKey("event_group.id"), primary_key=True, autoincrement=False),
    sa.Column("record_id", sa.ForeignKey("record.id"), primary_key=True, autoincrement=False),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("nearest_id", sa.ForeignKey("record.id")),
    sa.Column("reasons", sa.JSON, nullable=False),
    sa.Index("event_member_of_record", "record_id"),
    sqlite_with_rowid=False,
)  # fmt: skip

#: Contents that are near-duplicates: `score` is the share of common runs of three words.
ARTICLE_COPY = sa.Table(
    "article_copy", METADATA,
    sa.Column("joining_id", sa.ForeignKey("joining.id"), primary_key=True, autoincrement=False),
    sa.Column("content_id", sa.ForeignKey("content.id"), primary_key=True, autoincrement=False),
    sa.Column("of_id", sa.ForeignKey("content.id"), primary_key=True, autoincrement=False),
    sa.Column("score", sa.Float, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

#: One grouping into stories by ``rasid stories``; the latest that is not undone counts. `joining_id` and `last_reading`
#: are what it was made of: when another joining counts or there are later readings, it is out of date.
STORYING = sa.Table(
    "storying", METADATA, _key(),
    sa.Column("made", sa.DateTime, nullable=False),
    sa.Column("program", sa.String, nullable=False),
    sa.Column("joining_id", sa.ForeignKey("joining.id")),
    sa.Column("last_reading", sa.Integer, nullable=False),
    sa.Column("undone", sa.DateTime),
)  # fmt: skip

#: A story: articles of one process. Its number is never used again, so that an older grouping can still be looked up.
STORY = sa.Table(
    "story", METADATA, _key(),
    sa.Column("storying_id", sa.ForeignKey("storying.id"), nullable=False, index=True),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("headline", sa.String, nullable=False),
    sa.Column("since", sa.Date, nullable=False),
    sa.Column("until", sa.Date, nullable=False),
    sa.Column("articles", sa.Integer, nullable=False),
    sa.Column("records", sa.Integer, nullable=False),
    sa.Column("issues", sa.JSON, nullable=False),
)  # fmt: skip

#: The parties of a story, those with most acts first, and their roles, the main one first.
STORY_PARTY = sa.Table(
    "story_party", METADATA,
    sa.Column("story_id", sa.ForeignKey("story.id"), primary_key=True, autoincrement=False),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("party", sa.String, nullable=False),
    sa.Column("label", sa.String, nullable=False),
    sa.Column("roles", sa.JSON, nullable=False),
    sa.Column("acts", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

#: The articles of a story; `closeness`, 0 to 1: how like the others, as a share of the most central one.
STORY_ARTICLE = sa.Table(
    "story_article", METADATA,
    sa.Column("story_id", sa.ForeignKey("story.id"), primary_key=True, autoincrement=False),
    sa.Column("content_id", sa.ForeignKey("content.id"), primary_key=True, autoincrement=False),
    sa.Column("closeness", sa.Float, nullable=False),
    sa.Index("story_article_of_content", "content_id"),
    sqlite_with_rowid=False,
)  # fmt: skip

#: The records of a story.
STORY_RECORD = sa.Table(
    "story_record", METADATA,
    sa.Column("story_id", sa.ForeignKey("story.id"), primary_key=True, autoincrement=False),
    sa.Column("record_id", sa.ForeignKey("record.id"), primary_key=True, autoincrement=False),
    sa.Index("story_record_of_record", "record_id"),
    sqlite_with_rowid=False,
)  # fmt: skip
