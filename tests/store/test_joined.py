"""Joined records in the store: nothing is lost, a joining can be undone, and what articles say stays side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner, Result

from rasid.apps.cli.main import cli
from rasid.language.ar.letters import fold
from rasid.model import Reading
from rasid.pipeline.joining import Eyes, join_all
from rasid.store import Database, Joiner, Query, Read, Reader, Writer, open_database
from tests.export.samples import ARTICLE, READING, RECORDS, TEXT

#: The same news by another outlet: another number of dead, another source.
TOLD_AGAIN = Reading(
    replace(ARTICLE, id="delta-1", outlet="صحيفة الدلتا", published=date(2025, 2, 13)),
    tuple(replace(r, id=f"delta-1:{n}", dead=5 if r.dead else None, source=()) for n, r in enumerate(RECORDS, 1)),
)


@pytest.fixture(scope="module")
def eyes() -> Eyes:
    return Eyes.load()


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    found = open_database(url, create=True)
    put(found, READING, TOLD_AGAIN)
    yield found
    found.close()


def put(database: Database, *readings: Reading) -> None:
    writer = Writer(database, "rasid 0", "one", {}, fold)
    assert writer.put([Read(reading) for reading in readings]) == []
    writer.finish()


def joiner(database: Database) -> Joiner:
    return Joiner(database, "rasid 0")


def test_every_record_comes_out_once_and_unchanged(database: Database, eyes: Eyes) -> None:
    joint = join_all(joiner(database), eyes)
    assert joint.records == 8
    events = list(Reader(database, fold).grouped(Query()))
    assert len(events) == joint.events < 8
    members = [(m.article.id, m.number, m.record) for event in events for m in event.members]
    expected = [(r.article.id, n, record) for r in (READING, TOLD_AGAIN) for n, record in r.numbered()]
    assert sorted(members, key=lambda m: m[:2]) == sorted(expected, key=lambda m: m[:2])


def test_what_differs_stays_side_by_side(database: Database, eyes: Eyes) -> None:
    assert join_all(joiner(database), eyes).several >= 1
    (attack,) = Reader(database, fold).grouped(Query(event=("ASSAULT",)))
    assert attack.articles == 2
    assert attack.outlets == ("صحيفة النيل", "صحيفة الدلتا")
    assert attack.numbers("dead") == (3, 5)
    assert all(m.score is not None and m.score > 0.5 and m.reasons for m in attack.members)


def test_a_query_for_one_record_gives_the_whole_event(database: Database, eyes: Eyes) -> None:
    join_all(joiner(database), eyes)
    (event,) = Reader(database, fold).grouped(Query(event=("ASSAULT",), outlet=("صحيفة الدلتا",)))
    assert [m.article.id for m in event.members] == ["nile-7", "delta-1"]


def test_undo_brings_the_joining_before_back(database: Database, eyes: Eyes) -> None:
    store = joiner(database)
    first, second = join_all(store, eyes), join_all(store, eyes)
    assert counted(database) == {second.number}
    assert store.undo() == second.number
    assert counted(database) == {first.number}
    assert store.undo() == first.number
    assert store.undo() is None
    assert [event.number for event in Reader(database, fold).grouped(Query())] == [None] * 8
    with database.reading() as connection:  # what was joined then can still be looked up
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM event_member").scalar() == 16


def counted(database: Database) -> set[int]:
    statement = "SELECT DISTINCT g.joining_id FROM current_event_member m JOIN event_group g ON g.id = m.group_id"
    with database.reading() as connection:
        return {row[0] for row in connection.exec_driver_sql(statement)}


def test_a_record_that_came_later_is_an_event_without_a_number(database: Database, eyes: Eyes) -> None:
    join_all(joiner(database), eyes)
    put(database, replace(READING, article=replace(ARTICLE, id="late"), records=RECORDS[2:3]))
    found = list(Reader(database, fold).grouped(Query(event=("ASSAULT",))))
    assert sorted((event.number is None, len(event.members)) for event in found) == [(False, 2), (True, 1)]


def test_an_article_read_again_leaves_its_old_records_out(database: Database, eyes: Eyes) -> None:
    join_all(joiner(database), eyes)
    put(database, replace(READING, records=RECORDS[:1]))
    (attack,) = Reader(database, fold).grouped(Query(event=("ASSAULT",)))
    assert [m.article.id for m in attack.members] == ["delta-1"]


def test_copies_are_kept_and_linked(database: Database, eyes: Eyes) -> None:
    long = f"{TEXT} " + " ".join(f"وكلمة{n}" for n in range(40))
    texts = [replace(ARTICLE, id=name, text=long + end) for name, end in (("wire", ""), ("copy", " وانتهى"))]
    put(database, *(Reading(article) for article in texts))
    assert join_all(joiner(database), eyes).copies == 2  # the two articles of the fixture have one text
    with database.reading() as connection:
        statement = (
            "SELECT a.name, b.name, c.score FROM current_article_copy c "
            "JOIN content x ON x.id = c.content_id JOIN article a ON a.id = x.article_id "
            "JOIN content y ON y.id = c.of_id JOIN article b ON b.id = y.article_id"
        )
        found = {(name, of): score for name, of, score in connection.exec_driver_sql(statement)}
    assert found.keys() == {("delta-1", "nile-7"), ("copy", "wire")}
    assert 0.9 < found["copy", "wire"] < found["delta-1", "nile-7"] == 1


# ---------------------------------------------------------------- the command line


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, list(args))


def test_join_undo_and_grouped_on_the_command_line(database: Database, url: str) -> None:
    joined = run("join", "--db", url)
    assert joined.exit_code == 0
    assert joined.stdout.startswith("joining 1: 8 records, ")
    lines = run("events", "--db", url, "--grouped", "--type", "ASSAULT", "--format", "json").stdout.splitlines()
    (event,) = map(json.loads, lines)
    assert (event["articles"], event["dead"], event["days"]) == (2, [3, 5], ["2025-01/2025-02"])
    assert [m["record"]["dead"] for m in event["members"]] == [3, 5]
    assert all(m["joined_because"] for m in event["members"])
    shown = run("events", "--db", url, "--grouped", "--type", "ASSAULT", "--format", "table", "--explain").stdout
    assert "2 articles" in shown
    assert "3 / 5 dead" in shown
    assert "same trigger" in shown
    refused = run("events", "--db", url, "--grouped", "--format", "csv")
    assert refused.exit_code == 2
    assert "--grouped is for table and json" in refused.stderr
    assert run("join", "--db", url, "--undo").stdout == "joining 1: undone\n"
    assert run("join", "--db", url, "--undo").exit_code == 1


def test_the_table_counts_a_joined_event_once(database: Database, url: str) -> None:
    attacks = ("events", "--db", url, "--type", "ASSAULT", "--format")
    assert "2 events" in run(*attacks, "table").stdout
    run("join", "--db", url)
    assert "1 events told by 2 records" in run(*attacks, "table").stdout
    assert "صحيفة الدلتا" in run(*attacks, "table", "--explain").stdout
    assert "2 events" in run(*attacks, "table", "--single").stdout
    assert len(run(*attacks, "json").stdout.splitlines()) == 2


def test_strict_joins_no_more_than_the_default(database: Database, url: str) -> None:
    events = [int(run("join", "--db", url, *strict).stdout.split()[4]) for strict in ((), ("--strict",))]
    assert events[0] <= events[1] <= 8
