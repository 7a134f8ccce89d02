"""Stories in the store: kept, given back, out of date, taken back; the same in both databases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from rasid.language.ar.letters import fold
from rasid.model.fact import Hint, event_key
from rasid.pipeline.joining import Eyes, join_all
from rasid.store import Database, Joiner, Read, Writer, open_database
from rasid.store.database import any_within
from rasid.store.facts import Scope, Wanted, read_facts, read_outlines
from rasid.store.schema import RECORD_ISSUE
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


def test_parties_issues_and_days_are_tested_in_the_database(database: Database) -> None:
    facts = read_facts(database, Scope(), fold)
    first = next(fact for fact in facts if fact.actors and fact.actors[0].country)
    country = first.actors[0].country
    assert country is not None
    mine = Wanted(countries=(country,))
    by_party = read_facts(database, Scope(parties=(mine,)), fold)
    assert first in by_party
    assert {fact.key for fact in by_party} <= {fact.key for fact in facts}
    with_issue = next(fact for fact in facts if fact.issue)
    assert with_issue.issue is not None
    about = Scope(issues=(with_issue.issue.split()[0],))
    assert with_issue in read_facts(database, about, fold)
    nobody = Wanted(entities=("no-such-body",), names=("لا احد",), home=(country,))
    assert read_facts(database, replace(about, parties=(nobody,)), fold) == []
    two = replace(about, issues=("لا شيء",), parties=(mine, nobody))
    assert read_facts(database, two, fold) == []  # one of the two parties alone is not enough
    assert read_facts(database, Scope(parties=(mine,), since=date(2040, 1, 1)), fold) == []
    never_alone = replace(mine, alone=False)
    assert read_facts(database, Scope(parties=(never_alone, nobody)), fold) == []
    assert read_facts(database, Scope(parties=(never_alone, never_alone), between=True), fold) == []
    assert {fact.key for fact in read_facts(database, Scope(parties=(never_alone, mine)), fold)} == {
        fact.key for fact in by_party
    }


def test_a_joined_event_comes_whole(database: Database) -> None:
    put(database, "delta-1")
    join_all(Joiner(database, "rasid 0"), Eyes.load())
    facts = read_facts(database, Scope(), fold)
    groups = {fact.group for fact in facts}
    assert None not in groups
    attack = next(fact for fact in facts if fact.event == "ASSAULT")
    told = [fact for fact in facts if fact.group == attack.group]
    assert {fact.article for fact in told} == {"nile-7", "delta-1"}
    undone = Joiner(database, "rasid 0").undo()
    assert undone is not None
    assert {fact.group for fact in read_facts(database, Scope(), fold)} == {None}


def test_words_are_found_in_a_column_as_they_stand(database: Database) -> None:
    with database.reading() as connection:

        def found(*words: str) -> set[str]:
            named = any_within(database, RECORD_ISSUE.c.issue, words)
            return set(connection.execute(sa.select(RECORD_ISSUE.c.issue).where(named)).scalars())

        every = set(connection.execute(sa.select(RECORD_ISSUE.c.issue)).scalars())
        first = min(every)
        assert found(first[1:]) == {issue for issue in every if first[1:] in issue}
        assert found("%", "_") == set()  # no wildcards
        assert found("%", first) >= {first}
        assert found(first, first[:2], "".join(reversed(first))) == {issue for issue in every if first[:2] in issue}
        assert found("(", ".", "\\", first + "؟") == set()  # nor other signs that mean more than themselves
        assert found() == set()


def test_outlines_are_those_of_the_facts(database: Database) -> None:
    put(database, "delta-1")
    facts = {fact.key: fact for fact in read_facts(database, Scope(), fold)}
    outlines, since = read_outlines(database, Scope(), fold)
    assert since is None
    assert {one.key for one in outlines} == facts.keys()
    for one in outlines:
        fact = facts[one.key]
        assert (one.event, one.mode, one.issue) == (fact.event, fact.mode, fact.issue)
        assert one.day in (fact.first_day, None)
    assert len({one.act for one in outlines}) == len({event_key(fact) for fact in facts.values()})
    days = sorted({one.day for one in outlines if one.day})
    if len(days) > 1:
        latest, first = read_outlines(database, Scope(), fold, 1)
        assert first == days[-1]
        assert {one.key for one in latest} <= facts.keys()


def test_acts_that_are_not_wanted_are_left_out_whole(database: Database) -> None:
    put(database, "delta-1")
    facts = read_facts(database, Scope(), fold)
    seen: list[tuple[str, str | None]] = []

    def with_issue(told: Sequence[Hint]) -> bool:
        assert len({hint.reading for hint in told}) == 1  # nobody joined them
        seen.extend((hint.event, hint.issue) for hint in told)
        return any(hint.issue for hint in told)

    chosen = read_facts(database, Scope(), fold, with_issue)
    assert sorted(seen, key=str) == sorted(((fact.event, fact.issue) for fact in facts), key=str)
    acts = {event_key(fact) for fact in facts if fact.issue}
    assert chosen == [fact for fact in facts if event_key(fact) in acts]
    assert 0 < len(chosen) < len(facts)
