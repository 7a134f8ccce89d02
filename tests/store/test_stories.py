"""Stories in the store: kept, given back, out of date, taken back; the same in both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from rasid.language.ar.letters import fold
from rasid.pipeline.joining import Eyes, join_all
from rasid.store import Database, Joiner, Read, Writer, open_database
from rasid.store.facts import Scope, read_facts
from rasid.store.stories import NewStory, StoredParty, StoredStory, StoryShelf
from tests.export.samples import ARTICLE, READING, RECORDS


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    found = open_database(url, create=True)
    put(found, "nile-7")
    yield found
    found.close()


def put(database: Database, name: str) -> None:
    writer = Writer(database, "rasid 0", "one", {}, fold)
    records = tuple(replace(record, id=f"{name}:{n}") for n, record in enumerate(RECORDS, 1))
    assert writer.put([Read(replace(READING, article=replace(ARTICLE, id=name), records=records))]) == []
    writer.finish()


def story(shelf: StoryShelf, *records: int) -> NewStory:
    (article,) = shelf.beginnings()
    party = StoredParty("SDN", "Sudan", ("side", "host"), 3)
    told = StoredStory(
        0, "سد · نهر", "عنوان", date(2025, 2, 1), date(2025, 2, 9), 1, len(records), ("ceasefire",), (party,)
    )
    return NewStory(told, ((article.content, 1.0),), records)


def test_a_story_comes_back_as_it_was_kept(database: Database) -> None:
    shelf = StoryShelf(database, "rasid 0")
    kept = story(shelf, *(fact.key for fact in read_facts(database, Scope(), fold)[:2]))
    shelf.put([kept])
    (found,) = shelf.stories()
    assert found == replace(kept.told, number=found.number) == shelf.story(found.number)
    (article,) = shelf.articles(found.number)
    assert (article.name, article.closeness) == ("nile-7", 1.0)
    assert {fact.key for fact in read_facts(database, Scope(story=found.number), fold)} >= set(kept.records)


def test_stories_are_out_of_date_after_new_articles_and_joinings(database: Database) -> None:
    shelf = StoryShelf(database, "rasid 0")
    assert not shelf.up_to_date()
    shelf.put([])
    assert shelf.up_to_date()
    put(database, "nile-8")
    assert not shelf.up_to_date()
    shelf.put([])
    join_all(Joiner(database, "rasid 0"), Eyes.load())
    assert not shelf.up_to_date()


def test_the_latest_grouping_counts_until_it_is_undone(database: Database) -> None:
    shelf = StoryShelf(database, "rasid 0")
    first, second = shelf.put([story(shelf)]), shelf.put([])
    assert shelf.stories() == []
    assert shelf.undo() == second
    (found,) = shelf.stories()
    assert shelf.undo() == first
    assert shelf.undo() is None
    assert shelf.stories() == []
    assert shelf.story(found.number) == found  # kept, and still to be looked up
