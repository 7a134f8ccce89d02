"""``rasid stories``: which articles of a database tell one process."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rasid import __version__
from rasid.apps.cli.common import database_option, packs_option
from rasid.apps.cli.failure import EXIT_CODES, Exit, Failure
from rasid.apps.cli.output import opened
from rasid.apps.cli.reporting import say
from rasid.apps.cli.stored import database
from rasid.export.terminal import clean, isolate
from rasid.model.days import first_and_last
from rasid.packs.errors import PackError

if TYPE_CHECKING:
    from rasid.store import Database
    from rasid.store.stories import StoredStory, StoryArticle, StoryShelf

FORMATS = ("table", "json", "yaml")
#: Parties and articles that the table shows of a story; the rest is counted.
_PARTIES, _ARTICLES = 6, 40

_HELP = """Show which articles of a database tell one process.

Articles belong to one story when they share words, parties, issues and events within days of each other; an
article is in one story or in none. A story has a name made of words of its headlines, and its parties have roles
by what they do: side, mediator, guarantor, host, outside voice.

Stories are made at the first call, and anew when articles came in or records were joined since (run
`rasid join` before). Older ones are kept, and their numbers still mean the same.

With --story one story is shown with its articles. Its number also goes into `rasid dossier --story`. To change
what belongs together, write it as a file, change that, and give the file instead.

\b
Examples:
  rasid stories --db news.db
  rasid stories --db news.db --party ISR --party hamas --since 2024-04
  rasid stories --db news.db --story 12
  rasid dossier --db news.db --story 12 -o talks.html
  rasid stories --db news.db --story 12 --format yaml -o talks.yml
  rasid dossier --db news.db --story talks.yml

\b
Formats:
  table    for the terminal
  json     a list of stories, or with --story one with its articles
  yaml     with --story: a story file (docs/howto/stories.md)

The command ends with exit code 1 when there is no such story.
"""


@click.command(help=_HELP, epilog=EXIT_CODES)
@database_option
@click.option("--story", "number", type=click.IntRange(1), metavar="ID", help="This story, with its articles.")
@click.option(
    "--party", multiple=True, metavar="ID",
    help="Stories of this party: a country (SDN) or an id of the tables; of several all must be there.",
)  # fmt: skip
@click.option("--issue", multiple=True, metavar="ISSUE", help="Stories about it: ceasefire, prisoners …")
@click.option("--words", metavar="WORDS", help="Stories whose name or headline has these words.")
@click.option("--since", metavar="DAY", help="Stories that go on or begin on or after that day, month or year.")
@click.option("--until", metavar="DAY", help="Stories that begin on or before it.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most so many.")
@click.option("--again", is_flag=True, help="Make the stories anew, though nothing has changed.")
@click.option("--undo", is_flag=True, help="Take the latest grouping back: the one before it counts again.")
@click.option("--format", "format_name", type=click.Choice(FORMATS), help="Format of the output.")
@click.option(
    "-o", "--output", "output", type=click.Path(path_type=Path), metavar="FILE",
    help="Write to FILE instead of standard output.",
)  # fmt: skip
@packs_option
@click.pass_context
def stories(
    ctx: click.Context,
    /,
    db: str,
    number: int | None,
    format_name: str | None,
    output: Path | None,
    again: bool,
    undo: bool,
    user_packs: Path | None,
    **wanted: Any,
) -> None:
    """Show which articles of a database tell one process."""
    path = None if output == Path("-") else output
    by_suffix = {".json": "json", ".yml": "yaml", ".yaml": "yaml"}
    name = format_name or by_suffix.get(path.suffix.lower() if path else "", "table")
    if name == "yaml" and number is None:
        raise click.UsageError("a story file holds one story: name it with --story ID")
    since, until = _days("--since", wanted["since"])[0], _days("--until", wanted["until"])[1]
    with database(db) as found:
        from rasid.store.stories import StoryShelf

        shelf = StoryShelf(found, f"rasid {__version__}")
        if undo:
            undone = shelf.undo()
            click.echo("there are no stories" if undone is None else f"grouping {undone}: undone")
            ctx.exit(Exit.NOTHING if undone is None else Exit.OK)
        if again or (number is None and not shelf.up_to_date()):
            _make(found, shelf, user_packs)
        if number is not None:
            one = shelf.story(number)
            if one is None:
                raise Failure("--story", f"there is no story {number}; list them: rasid stories --db {db}")
            shown, articles = [one], shelf.articles(number)
        else:
            shown, articles = [s for s in shelf.stories() if _fits(s, since, until, wanted)], []
    shown = shown[: wanted["limit"]]
    with opened(path) as stream:
        text = _written(shown, articles, name, one=number is not None)
        stream.write(text.encode("utf-8", errors="replace"))
    ctx.exit(Exit.OK if shown else Exit.NOTHING)


def _make(found: Database, shelf: StoryShelf, packs: Path | None) -> None:
    from rasid.pipeline.stories import group_all

    try:
        number = group_all(found, shelf, packs)
    except PackError as error:
        raise Failure(f"{error.file}:{error.line}", error.text) from error
    except ImportError as error:
        raise Failure("stories", "they are grouped with networkx: pip install 'rasid[store]'") from error
    say(f"rasid: stories made anew (grouping {number})")


def _days(option: str, value: str | None) -> tuple[date | None, date | None]:
    if value is None:
        return None, None
    ends = None if "/" in value else first_and_last(value)
    if ends is None:
        raise click.UsageError(f"{option}: {value!r} is no year, month or day like 2024, 2024-03, 2024-03-05")
    return ends


def _fits(story: StoredStory, since: date | None, until: date | None, wanted: dict[str, Any]) -> bool:
    parties = {party.party for party in story.parties}
    within = (since is None or story.until >= since) and (until is None or story.since <= until)
    words = (wanted["words"] or "").split()
    named = f"{story.name} {story.headline}"
    return (
        within
        and parties.issuperset(wanted["party"])
        and set(story.issues).issuperset(wanted["issue"])
        and all(word in named for word in words)
    )


# ---------------------------------------------------------------- formats


def _written(shown: list[StoredStory], articles: list[StoryArticle], name: str, *, one: bool) -> str:
    if name == "json":
        data: Any = [_data(story) for story in shown]
        if one:
            data = {**data[0], "told_by": [_article(article) for article in articles]}
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    if name == "yaml":
        return "".join(f"{line}\n" for line in _file(shown[0]))
    return "".join(f"{line}\n" for line in _table(shown, articles, one=one))


def _data(story: StoredStory) -> dict[str, Any]:
    return {
        "story": story.number,
        "name": story.name,
        "headline": story.headline,
        "since": story.since.isoformat(),
        "until": story.until.isoformat(),
        "articles": story.articles,
        "records": story.records,
        "issues": list(story.issues),
        "parties": [
            {"id": party.party, "name": party.label, "roles": list(party.roles), "acts": party.acts}
            for party in story.parties
        ],
    }


def _article(article: StoryArticle) -> dict[str, Any]:
    published = article.published.isoformat() if article.published else None
    found = {"id": article.name, "published": published, "outlet": article.outlet, "title": article.title}
    return {**found, "closeness": article.closeness}


def _file(story: StoredStory) -> Iterator[str]:
    """A story file with the parties, issues and days of a story."""
    yield f"# Story {story.number} of `rasid stories`: {story.headline}"
    yield f"name: {json.dumps(story.name, ensure_ascii=False)}"
    if story.parties:
        yield "parties:"
    for party in story.parties:
        if party.party.startswith("«") or " " in party.party:
            yield f"  # {party.label}: not in the tables, or a people; leave out or add to your own packs"
            continue
        yield f'  - id: "{party.party}"  # {party.label}'
        if party.roles:
            yield f"    role: {party.roles[0]}"
    if story.issues:
        yield f"issues: [{', '.join(story.issues)}]"
    yield f"since: {story.since}"
    yield f"until: {story.until}"


def _table(shown: list[StoredStory], articles: list[StoryArticle], *, one: bool) -> Iterator[str]:
    for story in shown:
        yield f"{story.number}  {isolate(clean(story.name))}"
        if story.headline:
            yield f"    {isolate(clean(story.headline))}"
        yield f"    {story.since} to {story.until}: {story.articles} articles, {story.records} records"
        parties = [_party(party.label, party.roles) for party in story.parties]
        if parties:
            yield f"    {_few(parties, len(parties) if one else _PARTIES)}"
        if story.issues:
            yield f"    about {', '.join(story.issues)}"
        if one:
            yield ""
            for article in articles[:_ARTICLES]:
                title = isolate(clean(article.title)) if article.title else ""
                yield f"    {article.published or '–':<10}  {clean(article.name)}  {title}".rstrip()
            if len(articles) > _ARTICLES:
                yield f"    {len(articles) - _ARTICLES} more: --format json has all"
    if not one:
        yield f"{len(shown)} stories" if shown else "no stories found"


def _party(label: str, roles: tuple[str, ...]) -> str:
    return f"{isolate(clean(label))} ({', '.join(roles)})" if roles else isolate(clean(label))


def _few(parties: list[str], most: int) -> str:
    more = len(parties) - most
    return ", ".join(parties[:most]) + (f", {more} more" if more > 0 else "")
