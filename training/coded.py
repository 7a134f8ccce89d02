"""Articles coded by hand: those beside the project, and those of our own whose text lies beside the project.

``training/articles/`` holds our own: for each article its id in the corpus, a hash of its text, its sentences and
records as offsets (start, end) into that text, with what was written for it (canonical names, codes, days); no text.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from rasid.ingest import PageLayout
from rasid.ingest.parts import divide
from rasid.model import Article
from rasid.score.coded import GoldArticle, record_of

OWN = Path(__file__).with_name("articles")
#: Corpus files that hold the texts of our own coded articles.
CORPORA = ("ant2018.jsonl.gz", "mayadeen2023-24.jsonl.gz")


def gold(folder: Path, skip: frozenset[str] = frozenset()) -> Iterator[dict[str, Any]]:
    """The coded articles of a folder but those of `skip`, as written there (score.py's form)."""
    for path in sorted(folder.glob("*.json")):
        raw = json.loads(path.read_text("utf-8"))
        if raw["id"] not in skip:
            yield raw


def own(corpus: Path) -> Iterator[dict[str, Any]]:
    """Our own coded articles in the same form, with their texts from `corpus`.

    Raises:
        ValueError: when a text is not the one that was coded.
    """
    lines = (line for path in sorted(OWN.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines())
    rows = {row["id"]: row for row in map(json.loads, lines)}
    texts = _texts(corpus, frozenset(rows))
    for id_, row in rows.items():
        text, outlet, published = texts[id_]
        if hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest() != row["sha1"]:
            raise ValueError(f"{id_}: the corpus holds another text than the one that was coded")
        records = [_spelt(text, record) for record in row["records"]]
        yield {"id": id_, "text": text, "published": published, "outlet": outlet, "records": records} | {
            "sentences": row["sentences"]
        }


def readable(shared: Path) -> list[dict[str, Any]]:
    """Every coded article that may be trained on."""
    return [*readable_gold(shared), *own(shared / "corpus")]


def readable_gold(shared: Path) -> list[dict[str, Any]]:
    """The coded articles beside the project that may be trained on."""
    skip = frozenset((shared / "gold" / "unread.txt").read_text("utf-8").split())
    return list(gold(shared / "gold" / "dev", skip))


def article(raw: dict[str, Any], layout: PageLayout) -> Article:
    """A coded article as the program divides it."""
    divided = divide(raw["text"], layout)
    day = date.fromisoformat(raw["published"][:10]) if raw["published"] else None
    how = "given" if day else None
    return Article(raw["id"], raw["text"], divided.parts, day, how, raw.get("outlet"), credits=divided.credits)


def scored(raw: dict[str, Any]) -> GoldArticle:
    """A coded article as the scorer takes it."""
    sentences = tuple((start, end) for start, end in raw["sentences"])
    return GoldArticle(raw["id"], raw["text"], sentences, tuple(map(record_of, raw["records"])))


def _texts(corpus: Path, ids: frozenset[str]) -> dict[str, tuple[str, str, str]]:
    found = {}
    for name in CORPORA:
        with gzip.open(corpus / name, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if row["id"] in ids:
                    text = f"{row['title'].strip()}\n{row['text'].strip()}"
                    found[row["id"]] = (text, row["outlet"], row["published"][:10])
    return found


def _spelt(text: str, record: dict[str, Any]) -> dict[str, Any]:
    """A stored record with the words that its offsets point at."""

    def words(span: list[int] | None) -> str | None:
        return text[span[0] : span[1]] if span else None

    def party(row: list[Any]) -> dict[str, Any]:
        start, end, name, country, sector = row
        return {"start": start, "end": end, "text": text[start:end], "name": name, "country": country} | {
            "sector": sector
        }

    start, end = record["trigger"]
    return record | {
        "trigger": {"start": start, "end": end, "text": text[start:end]},
        "actor": [party(row) for row in record["actor"]],
        "recipient": [party(row) for row in record["recipient"]],
        "issue": words(record["issue"]),
        "place": words(record["place"]),
    }
