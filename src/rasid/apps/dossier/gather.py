"""From a database and what a user wants to a dossier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from rasid.dossier import (
    Act,
    ConditionIndex,
    Dossier,
    IssueIndex,
    Part,
    PartyIndex,
    Tools,
    acts_of,
    build,
    latest,
    may_take_stance,
    of_story,
    shortest,
)
from rasid.language.ar.letters import fold
from rasid.language.ar.search import taken_apart
from rasid.packs.belonging import load_belonging
from rasid.packs.issues import Issue, read_issues
from rasid.packs.stances import load_conditions, load_stances, load_unless, load_unreal
from rasid.packs.stories import Story, StoryParty
from rasid.store import Database
from rasid.store.facts import Scope, Wanted, last_published, read_facts, read_outlines, read_proofs, read_records

#: So many more days with records are looked at first than are wanted: the acts of some will not belong.
_SPARE = 10
#: Of the calendar, so many times as many are looked through first: on some nothing is told.
_STRETCH = 4


def load_tools(story: Story, packs: Path | None = None) -> tuple[Tools, Story]:
    """The tables for a story, and the story with ids instead of names.

    Raises:
        ValueError: when a party or an issue of the story is not known.
        PackError: when a table cannot be read.
    """
    issues = read_issues(packs)
    belonging = load_belonging(packs)
    index = PartyIndex(belonging, fold, taken_apart)
    named = tuple(StoryParty(_party(party.id, index), party.role, party.alone) for party in story.parties)
    story = replace(story, parties=named, issues=tuple(dict.fromkeys(_issue(i, issues) for i in story.issues)))
    tools = Tools(
        parties=index.wanting(party.id for party in named),
        issues=IssueIndex(issues, fold, taken_apart),
        conditions=ConditionIndex(load_conditions(), fold, taken_apart),
        unless=ConditionIndex(load_unless(), fold, taken_apart),
        unreal=ConditionIndex(load_unreal(), fold, taken_apart),
        stances=load_stances(),
    )
    return tools, story


def gather(
    database: Database,
    story: Story,
    packs: Path | None = None,
    number: int | None = None,
    only: Part | None = None,
) -> Dossier:
    """The dossier of a story.

    Args:
        database: holds the records.
        story: what belongs to it.
        packs: a folder of the user's knowledge.
        number: of a story of the database, of whose records alone the dossier is made.
        only: the part that is wanted: it comes sooner than all of them.

    Raises:
        ValueError: when a party or an issue of the story is not known.
        PackError: when a table cannot be read.
        StoreError: when the database cannot be read.
    """
    tools, story = load_tools(story, packs)
    return ask(database, story, tools, number, only)


def ask(database: Database, story: Story, tools: Tools, number: int | None = None, only: Part | None = None) -> Dossier:
    """The same with tools that are loaded already.

    Raises:
        StoreError: when the database cannot be read.
    """
    scope = replace(scope_of(story, tools), story=number)
    among = None
    if only == "positions":
        types = frozenset(rule.event for rule in tools.stances if rule.stance is not None)
        about = tuple(act for issue in tools.issues.issues.values() for act in issue.acts)
        scope = replace(scope, types=types, about=about)
        among = partial(may_take_stance, rules=tools.stances, issues=tools.issues)
    facts = read_facts(database, scope, fold, among)
    return build(facts, story, tools, lambda keys: read_proofs(database, keys), only)


def recent(
    database: Database, story: Story, tools: Tools, number: int | None = None, *, days: int = 30, acts: int = 5
) -> tuple[Dossier, bool]:
    """The latest days of a story's timeline alone, and whether there may be earlier ones: what a first look shows.

    Each has the acts that come first on that day in the whole timeline. Ask for earlier days by the story's `until`.

    Args:
        database: holds the records.
        story: what belongs to it, with ids instead of names.
        tools: as `load_tools` gives them.
        number: as for `gather`.
        days: how many at most.
        acts: of a day at most.

    Raises:
        StoreError: when the database cannot be read.
    """
    scope = replace(scope_of(story, tools), story=number)

    def whole(keys: Sequence[int]) -> Iterator[Act]:
        return of_story(acts_of(read_records(database, keys), tools.parties, tools.issues), story)

    for nearer, looked_at in _looks(database, scope, days):
        outlines, since = read_outlines(database, nearer, fold, looked_at)
        if nearer != scope and since is None:
            continue  # fewer days than are looked at: there may be earlier ones
        found, more = latest(outlines, tools.issues, whole, days, acts, since)
        if len(found) == days or since is None:
            break
    facts = (fact for _, told in found for act in told for fact in act.facts)
    return build(facts, story, tools, lambda keys: {}, "timeline"), more or since is not None


def _looks(database: Database, scope: Scope, days: int) -> Iterator[tuple[Scope, int | None]]:
    """What is looked at for so many of the latest days, until it is enough: how far back, and how many days at most."""
    wanted = days + _SPARE
    # a story of the database has few records, and where no days are asked for looking at days would cost more
    dated = scope.story is None and (scope.since, scope.until) != (None, None)
    last = min(filter(None, (last_published(database), scope.until)), default=None) if dated else None
    if last is not None:
        nearer = last - timedelta(days=wanted * _STRETCH)
        if scope.since is None or nearer > scope.since:
            yield replace(scope, since=nearer), wanted
    yield scope, wanted
    yield scope, None


def scope_of(story: Story, tools: Tools) -> Scope:
    """What to ask the database: all that may belong to the story, and somewhat more."""
    chosen = [tools.issues.issues[id] for id in story.issues]
    return Scope(
        parties=tuple(replace(_wanted(party.id, tools), alone=party.alone) for party in story.parties),
        issues=shortest(fold(_part(words)) for issue in chosen for words in issue.words),
        acts=tuple(act for issue in chosen for act in issue.acts),
        since=story.since,
        until=story.until,
        between=story.between,
    )


def _wanted(id: str, tools: Tools) -> Wanted:
    members = tools.parties.members_of(id)
    if not members:
        return Wanted(countries=(id.partition(" ")[0],))
    names, home = tools.parties.named_as(id)
    return Wanted(entities=members, names=names, home=home)


def _part(words: str) -> str:
    """The longest word of a run, without its article: it stands in all that the run may look like in a text."""
    longest = max(words.split(), key=len)
    return next((bare for bare, definite in taken_apart(longest) if definite), longest)


def _party(text: str, index: PartyIndex) -> str:
    found = index.named(text)
    if found is None:
        raise ValueError(f"parties: {text!r} is no country's code, no id and no name of the tables; try: rasid who")
    return found


def _issue(text: str, issues: tuple[Issue, ...]) -> str:
    for issue in issues:
        if text.lower() in (issue.id, *issue.names):
            return issue.id
    known = ", ".join(issue.id for issue in issues)
    raise ValueError(f"issues: {text!r} is none of {known}")
