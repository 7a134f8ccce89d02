"""Grouping the articles of a database into stories: the path from the store and back."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from rasid.dossier import Act, IssueIndex, PartyIndex, Piece, ToldStory, acts_of, told_stories
from rasid.language.ar.letters import fold
from rasid.language.ar.light import stemmer
from rasid.language.ar.search import taken_apart
from rasid.packs.belonging import load_belonging
from rasid.packs.issues import read_issues
from rasid.packs.knowledge import load_knowledge
from rasid.store import Database
from rasid.store.facts import Scope, read_facts
from rasid.store.stories import Beginning, NewStory, StoredParty, StoredStory, StoryShelf


def group_all(database: Database, shelf: StoryShelf, packs: Path | None = None) -> int:
    """Group all articles that count now into stories, and keep these.

    Returns:
        the number of the grouping.

    Raises:
        StoreError: when the database cannot be read or written.
        PackError: when a table cannot be used.
        ImportError: when networkx is not installed.
    """
    parties = PartyIndex(load_belonging(packs), fold, taken_apart)
    issues = IssueIndex(read_issues(packs), fold, taken_apart)
    stems = stemmer(word for word, _ in load_knowledge(packs).function_words if " " not in word)
    told: dict[str, list[Act]] = defaultdict(list)
    for act in acts_of(read_facts(database, Scope(), fold), parties, issues):
        for article in {fact.article for fact in act.facts}:
            told[article].append(act)
    articles = shelf.beginnings()
    pieces = (Piece(a.name, a.published, a.title, a.text, tuple(told.get(a.name, ()))) for a in articles)
    contents = {article.name: article for article in articles}
    return shelf.put([_new(story, contents, parties) for story in told_stories(list(pieces), stems)])


def _new(story: ToldStory, contents: dict[str, Beginning], parties: PartyIndex) -> NewStory:
    found = tuple(
        StoredParty(role.party, parties.party(role.party).label, role.roles, role.acts) for role in story.parties
    )
    told = StoredStory(
        number=0,
        name=story.name,
        headline=story.headline,
        since=story.since,
        until=story.until,
        articles=len(story.articles),
        records=len(story.records),
        issues=story.issues,
        parties=found,
    )
    return NewStory(told, tuple((contents[key].content, near) for key, near in story.articles), story.records)
