"""The store: what is put in comes out as it was, in SQLite and in PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from rasid.language.ar.letters import fold
from rasid.language.ar.search import written_forms
from rasid.model import Article, Part, Problem, Reading, Record, Span
from rasid.model.plain import parts_json, parts_of, record_json, record_of
from rasid.store import Database, Query, Read, Reader, StoreError, Writer, content_hash, open_database
from rasid.store.schema import METADATA, REVISIONS
from tests.export.samples import ARTICLE, EMPTY, READING, RECORDS, TEXT

PARTS = (Part("headline", Span(0, TEXT.index("\n"))), Part("body", Span(TEXT.index("\n") + 1, len(TEXT))))
WHOLE = replace(READING, article=replace(ARTICLE, parts=PARTS, credits=("المرصد",), retrieved=date(2025, 2, 13)))


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    found = open_database(url, create=True)
    yield found
    found.close()


def begun(database: Database, digest: str = "one", **inputs: str) -> Writer:
    return Writer(database, "rasid 0", digest, inputs, fold)


def put(database: Database, *items: Reading | Problem, digest: str = "one") -> list[Problem]:
    writer = begun(database, digest, **{"in.jsonl": "here/in.jsonl", "gone.txt": "here/gone.txt"})
    refused = writer.put([item if isinstance(item, Problem) else Read(item) for item in items])
    writer.finish()
    return refused


def numbers(database: Database, **wanted: object) -> list[int]:
    """The numbers of the records of the sample that a query finds."""
    return sorted(found.number for found in Reader(database, fold).events(Query(**wanted)))  # type: ignore[arg-type]


# ---------------------------------------------------------------- values and back


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_a_record_is_the_same_after_json(record: Record) -> None:
    assert record_of(record_json(record)) == record


def test_parts_are_the_same_after_json() -> None:
    assert parts_of(parts_json(PARTS)) == PARTS


def test_a_reading_comes_out_as_it_was_put_in(database: Database) -> None:
    assert put(database, WHOLE, EMPTY) == []
    found = list(Reader(database, fold).events(Query()))
    assert sorted(f.number for f in found) == [1, 2, 3, 4]
    assert {f.article for f in found} == {WHOLE.article}
    assert [f.record for f in sorted(found, key=lambda f: f.number)] == list(WHOLE.records)
    assert all(f.record.trigger.span.of(f.article.text) == f.record.trigger.text for f in found)
    assert Reader(database, fold).article("nile-8") == EMPTY.article
    assert Reader(database, fold).article("none") is None


# ---------------------------------------------------------------- what counts now


def test_the_newest_reading_of_the_newest_content_counts(database: Database) -> None:
    put(database, WHOLE)
    put(database, replace(WHOLE, records=WHOLE.records[:1]), digest="two")
    assert numbers(database) == [1]
    changed = replace(WHOLE, article=replace(WHOLE.article, text=TEXT + "\n"), records=WHOLE.records[1:3])
    put(database, changed, digest="two")
    assert numbers(database) == [1, 2]
    put(database, WHOLE, digest="two")  # back to the first text, which is in the database already
    assert numbers(database) == [1, 2, 3, 4]
    with database.reading() as connection:
        counts = [
            connection.exec_driver_sql(f"SELECT COUNT(*) FROM {name}").scalar()
            for name in ("article", "content", "reading", "record", "current_reading", "current_record", "version")
        ]
    assert counts == [1, 2, 4, 11, 1, 4, 2]


def test_what_is_known_of_articles(database: Database) -> None:
    writer = begun(database)
    assert writer.known() == {}
    writer.put([Read(WHOLE)])
    known = begun(database, "two").known()
    assert known["nile-7"].content == content_hash(WHOLE.article)
    assert known["nile-7"].version == writer.version != begun(database, "two").version
    assert begun(database).version == writer.version


def test_the_hash_is_over_text_day_and_outlet() -> None:
    same = replace(ARTICLE, id="x", title=None, url=None, parts=PARTS)
    assert content_hash(same) == content_hash(ARTICLE)
    others = [
        replace(ARTICLE, text=TEXT + "."),
        replace(ARTICLE, published=None),
        replace(ARTICLE, outlet=None),
        replace(ARTICLE, text=TEXT + "صحيفة", outlet="النيل"),
    ]
    assert len({content_hash(article) for article in (ARTICLE, *others)}) == 5


# ---------------------------------------------------------------- queries


QUERIES: list[tuple[dict[str, object], list[int]]] = [
    ({"event": ("CONSULT",)}, [1, 2]),
    ({"event": ("CONSULT", "REJECT")}, [1, 2, 4]),
    ({"mode": ("visit",)}, [2]),
    ({"status": ("negated", "ongoing")}, [3, 4]),
    ({"actor": ("SDN",)}, [1, 2, 4]),
    ({"actor": ("REB",)}, [2]),
    ({"actor": ("SDN",), "recipient": ("IGO",)}, [1, 2]),
    ({"recipient": ("au-envoy",)}, [2]),
    ({"recipient": ("الأفريقى",)}, [1, 2]),
    ({"party": ("SDN",), "event": ("ASSAULT",)}, [3]),
    ({"actor": ("%",)}, []),
    ({"issue": ("شروط",)}, [4]),
    ({"issue": ("شروط", "هدنة")}, [4]),
    ({"source": ("مرصد",)}, [2]),
    ({"place": ("184745",)}, [1]),
    ({"place": ("نيروبي",)}, [1, 2]),
    ({"place_country": ("KEN",)}, [1]),
    ({"outlet": ("صحيفة النيل",)}, [1, 2, 3, 4]),
    ({"outlet": ("أخرى",)}, []),
    ({"article": ("nile-8",)}, []),
    ({"once": True}, [1, 3, 4]),
    ({"context": ("legal",)}, [2]),
    ({"context": ("diplomatic", "health")}, [1, 2, 3]),
    ({"context": ("diplomatic",), "event": ("ASSAULT",)}, []),
    ({"since": date(2025, 2, 11)}, [1, 3]),
    ({"until": date(2025, 2, 10)}, [2, 3]),
    ({"since": date(2025, 2, 10), "until": date(2025, 2, 10)}, [2, 3]),
    ({"since": date(2025, 2, 1), "dated": True}, [2, 3]),
    ({"min_certainty": 0.9}, [1, 2, 3, 4]),
    ({"words": (written_forms("مدنيين"), written_forms("وفد"))}, [1, 2, 3, 4]),
    ({"words": (written_forms("الفاشر"),)}, [1, 2, 3, 4]),
    ({"words": (written_forms("مدنيين"), written_forms("هدنة"))}, []),
]


def test_queries(database: Database) -> None:
    put(database, WHOLE, EMPTY)
    reader = Reader(database, fold)
    for wanted, found in QUERIES:
        assert (wanted, numbers(database, **wanted)) == (wanted, found)
        assert (wanted, reader.count(Query(**wanted))) == (wanted, len(found))  # type: ignore[arg-type]


def test_records_come_by_day_and_those_without_one_last(database: Database) -> None:
    put(database, WHOLE)
    assert [f.number for f in Reader(database, fold).events(Query())] == [3, 2, 1, 4]
    assert [f.number for f in Reader(database, fold).events(Query(newest_first=True, limit=2))] == [3, 1]
    named = Query(actor=("SDN",), limit=2)
    assert [f.number for f in Reader(database, fold).events(named)] == [2, 1]
    assert [f.number for f in Reader(database, fold).events(replace(named, newest_first=True))] == [1, 2]


def test_certainty_is_a_bound(database: Database) -> None:
    records = tuple(replace(record, certainty=n / 4) for n, record in enumerate(WHOLE.records))
    put(database, replace(WHOLE, records=records))
    assert numbers(database, min_certainty=0.5) == [3, 4]


def test_a_word_is_found_with_its_joints() -> None:
    forms = written_forms("هدنة")
    assert {fold(word) for word in ("هدنة", "الهدنة", "والهدنة", "للهدنة", "بهدنة", "فالهدنه")} <= set(forms)
    assert fold("هدنة") not in written_forms("الهدنة")


# ---------------------------------------------------------------- problems


def test_problems_of_what_counts_now(database: Database) -> None:
    gone = Problem("gone.txt", "missing-file", "No such file.")
    line = Problem("in.jsonl:3", "bad-json", "not JSON")
    put(database, WHOLE, gone, line)
    reader = Reader(database, fold)
    assert [p.problem for p in reader.problems()] == [WHOLE.problems[0], gone, line]
    assert [p.problem for p in reader.problems(["bad-json"])] == [line]
    later = Writer(database, "rasid 0", "one", {"in.jsonl": "here/in.jsonl"}, fold)  # the line was mended
    later.put([Read(replace(WHOLE, problems=()))])
    assert [p.problem for p in reader.problems()] == [gone]
    assert len(list(reader.problems(all_runs=True))) == 3
    assert reader.counts().problems == 1


def test_one_article_that_cannot_be_stored_does_not_stop_the_others(database: Database) -> None:
    half = Reading(Article("half", "كلمة", title="\ud800"))
    huge = replace(WHOLE, article=replace(WHOLE.article, id="huge"), records=(replace(WHOLE.records[2], dead=10**30),))
    refused = put(database, half, huge, WHOLE)
    assert [(p.where, p.code) for p in refused] == [("half", "not-stored"), ("huge", "not-stored")]
    assert numbers(database) == [1, 2, 3, 4]
    assert {p.problem.where for p in Reader(database, fold).problems(["not-stored"])} == {"half", "huge"}


def test_a_batch_is_kept_whole_or_not_at_all(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = begun(database)
    writer.put([Read(WHOLE)])

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("rasid.store.write._put", stopped)
    with pytest.raises(KeyboardInterrupt):
        writer.put([Read(replace(WHOLE, records=()))])
    monkeypatch.undo()
    assert numbers(database) == [1, 2, 3, 4]
    put(database, EMPTY)
    assert Reader(database, fold).counts().articles == 2


# ---------------------------------------------------------------- opening


def test_the_tables_are_those_of_the_migrations(database: Database) -> None:
    with database.reading() as connection:
        made = MigrationContext.configure(connection, opts={"include_object": _is_ours})
        assert compare_metadata(made, METADATA) == []


def _is_ours(item: object, name: str | None, kind: str, reflected: bool, compared: object) -> bool:
    return not (name or "").startswith("content_words") and name != "content_by_words"


def test_the_versions_are_those_of_the_files() -> None:
    config = Config()
    config.set_main_option("script_location", "rasid:store/migrations")
    files = ScriptDirectory.from_config(config)
    assert [script.revision for script in files.walk_revisions()] == list(reversed(REVISIONS))


def test_a_database_of_a_newer_version_is_refused(database: Database, url: str) -> None:
    with database.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer Rasid"):
        open_database(url)


def test_an_older_database_is_brought_up_to_date(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    open_database(url, create=True).close()
    monkeypatch.setattr("rasid.store.database.REVISIONS", (REVISIONS[-1], "later"))
    said: list[str] = []
    open_database(url, say=said.append).close()
    assert len(said) == 1
    assert f"from version {REVISIONS[-1]}" in said[0]


def test_a_database_without_contexts_gets_them_and_keeps_its_records(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    old = open_database(path, create=True)
    put(old, WHOLE)
    with old.writing() as connection:  # as it was before version 0004: no table, and records without the field
        connection.exec_driver_sql("DROP INDEX record_of_act")
        connection.exec_driver_sql("DROP TABLE record_context")
        connection.exec_driver_sql("UPDATE record_whole SET whole = json_remove(whole, '$.contexts')")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0003'")
    old.close()
    said: list[str] = []
    new = open_database(path, say=said.append)
    assert "from version 0003 of the tables to " in said[0]
    assert numbers(new) == [1, 2, 3, 4]
    assert {found.record.contexts for found in Reader(new, fold).events(Query())} == {()}
    assert numbers(new, context=("diplomatic",)) == []
    put(new, WHOLE, digest="two")  # read again
    assert numbers(new, context=("diplomatic",)) == [1, 2]
    new.close()


def test_what_is_no_database_of_ours(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no database"):
        open_database(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()
    text = tmp_path / "text.db"
    text.write_text("no database at all, but some text that is long enough\n" * 20, "utf-8")
    with pytest.raises(StoreError, match="not a database"):
        open_database(text, create=True)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(StoreError, match="something else"):
        open_database(other, create=True)
    with pytest.raises(StoreError, match="neither a file") as error:
        open_database("mysql://me:secret@host/name")
    assert "secret" not in str(error.value)


def test_no_password_is_shown() -> None:
    with pytest.raises(StoreError) as error:
        open_database("postgresql://me:secret@127.0.0.1:1/name")
    assert "secret" not in str(error.value)


def test_somebody_may_read_while_another_writes(database: Database) -> None:
    put(database, WHOLE)
    with database.writing() as connection:
        connection.execute(sa.text("DELETE FROM newest"))
        assert numbers(database) == [1, 2, 3, 4]
