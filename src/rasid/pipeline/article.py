"""The one path of an article: text to sentences to events to records."""

from __future__ import annotations

from rasid.events.find import find
from rasid.model import Article, Problem, Reading
from rasid.pipeline.kit import Kit
from rasid.resolve.records import resolve


def read(article: Article, kit: Kit) -> Reading:
    """Everything known about one article. Pure: the same article and kit give the same reading."""
    sentences = kit.language.sentences(article)
    found = find(sentences, kit.frames)
    records, problems = resolve(article, sentences, found.events, found.claims, kit.knowledge, kit.dating)
    if article.published is None:
        text = "no date of publication is known; weekdays and «أمس» stay unresolved (give --published YYYY-MM-DD)"
        problems = (Problem(article.id, "no-date", text), *problems)
    return Reading(article, records, problems, kit.versions)
