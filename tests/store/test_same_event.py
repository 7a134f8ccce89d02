"""The gold of joining is well-formed; checked with the articles where the measuring data is beside the project."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from rasid.ingest import PageLayout
from rasid.ingest import read as read_inputs
from rasid.model import Article
from rasid.packs.plover import plover
from rasid.score import Mention, read_mentions

GOLD = Path(__file__).with_name("same_event.tsv")
PAIRS = GOLD.with_name("same_pairs.tsv")


@pytest.fixture(scope="module")
def gold() -> dict[Mention, str]:
    return read_mentions(GOLD)


def test_types_are_plovers(gold: dict[Mention, str]) -> None:
    assert {mention.event for mention in gold} <= {kind.event for kind in plover()}


def test_no_two_mentions_of_an_article_overlap(gold: dict[Mention, str]) -> None:
    ordered = sorted(gold)
    assert [(a, b) for a, b in pairwise(ordered) if a.overlap(b)] == []


def test_there_are_events_of_many_articles_and_look_alikes(gold: dict[Mention, str]) -> None:
    articles: dict[str, set[str]] = defaultdict(set)
    for mention, group in gold.items():
        articles[group].add(mention.article)
    assert sum(len(found) > 1 for found in articles.values()) >= 150
    assert sum(len(found) == 1 for found in articles.values()) >= 250


def corpus_lines(shared: Path, ids: set[str]) -> dict[str, str]:
    """The lines of the articles."""
    lines: dict[str, str] = {}
    for name in ("mayadeen2023-24.jsonl.gz", "ant2018.jsonl.gz"):
        with gzip.open(shared / "corpus" / name, "rt", encoding="utf-8") as file:
            for line in file:
                article = json.loads(line)["id"]
                if article in ids:
                    assert article not in lines, f"{article} stands twice in the corpus"
                    lines[article] = line
    return lines


def test_offsets_are_words_of_the_articles(
    gold: dict[Mention, str], shared: Path, layout: PageLayout, tmp_path: Path
) -> None:
    lines = corpus_lines(shared, {mention.article for mention in gold})
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(lines.values()), "utf-8")
    texts = {found.id: found.text for found in read_inputs([path], layout=layout) if isinstance(found, Article)}
    wrong = []
    for mention in gold:
        text = texts[mention.article]
        words = text[mention.start : mention.end]
        whole = mention.end <= len(text) and words == words.strip() and "\n" not in words
        # The words may be a part of a written word, as behind a clitic, but start and end with a letter or digit.
        if not whole or not words[0].isalnum():
            wrong.append(mention)
    assert wrong == []


def test_no_article_is_kept_unread(gold: dict[Mention, str], shared: Path) -> None:
    unread = set((shared / "gold" / "unread.txt").read_text("utf-8").split())
    assert {mention.article for mention in gold} & unread == set()


def test_pairs_of_a_store_are_pairs_of_different_articles_with_types() -> None:
    lines = PAIRS.read_text("utf-8").splitlines()
    head, *rows = (line.split("\t") for line in lines if not line.startswith("#"))
    assert head == [
        "article", "start", "end", "event", "other", "other_start", "other_end", "other_event", "same",
    ]  # fmt: skip
    types = {kind.event for kind in plover()}
    for row in rows:
        pair = dict(zip(head, row, strict=True))
        assert pair["article"] != pair["other"]
        assert {pair["event"], pair["other_event"]} <= types
        assert int(pair["start"]) < int(pair["end"])
        assert pair["same"] in ("yes", "no")
    assert len(rows) >= 150
