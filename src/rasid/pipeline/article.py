"""The one path of an article: text to sentences to events to records."""

from __future__ import annotations

from collections.abc import Sequence

from rasid.events.find import Found, find
from rasid.model import Article, Problem, Reading
from rasid.model.text import Sentence
from rasid.pipeline.kit import Kit
from rasid.resolve.contexts import with_contexts
from rasid.resolve.places import settle
from rasid.resolve.records import resolve


def read(article: Article, kit: Kit) -> Reading:
    """Everything known about one article. Pure: the same article and kit give the same reading."""
    return conclude(article, kit, *parse(article, kit))


def parse(article: Article, kit: Kit, *, explained: bool = False) -> tuple[tuple[Sentence, ...], Found]:
    """The sentences of an article and the acts and claims that they state; `explained`: see `find`."""
    sentences = settle(article.text, kit.language.sentences(article), kit.knowledge)
    return sentences, find(sentences, kit.frames, kit.roles, kit.judge, explained=explained)


def conclude(article: Article, kit: Kit, sentences: Sequence[Sentence], found: Found) -> Reading:
    """The reading of an article whose sentences have been parsed."""
    records, problems = resolve(
        article, sentences, found.events, found.claims, kit.knowledge, kit.dating, found.subjects, kit.weighing
    )
    records = with_contexts(article.text, records, sentences, kit.contexts)
    if article.published is None:
        text = "no date of publication is known; weekdays and «أمس» stay unresolved (give --published YYYY-MM-DD)"
        problems = (Problem(article.id, "no-date", text), *problems)
    return Reading(article, records, problems, kit.versions, len(sentences))


def read_anyway(article: Article, kit: Kit) -> tuple[Reading, bool]:
    """The reading of an article, and whether the program broke on it: one bad article must not end a run over many."""
    try:
        return read(article, kit), False
    except Exception as error:  # whatever it is, it is a fault of the program, not of the caller
        return Reading(article, problems=(broken(article, error),)), True


def broken(article: Article, error: Exception) -> Problem:
    """What is told of an article on which the program broke."""
    text = f"a fault of the program ({type(error).__name__}: {error}); please report it with the article"
    return Problem(article.id, "internal-error", text)
