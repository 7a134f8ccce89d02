"""Figures over many articles: totals, bootstrap intervals, and the floors that they must not fall under."""

from __future__ import annotations

import json
import math
import random
import tomllib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from rasid.score.coded import CodedError, GoldArticle, Predictions
from rasid.score.compare import FIELDS, ArticleScore, Counts, Field, Miss, score_article

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Interval:
    """The range that holds 95 of 100 resampled F1 figures."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Floor:
    """A figure that must be reached; `reached` is None when nothing of the kind was counted."""

    name: str
    least: float
    reached: float | None

    @property
    def holds(self) -> bool:
        """Whether the figure is reached."""
        return self.reached is not None and self.reached >= self.least


@dataclass(frozen=True, slots=True)
class Score:
    """Predictions compared with gold.

    Attributes:
        articles: the counts of each gold article, in the order of the gold folder.
        fields, types: counts over all articles.
        missing: gold articles without a prediction; they count as coded with no records.
        unknown: predicted ids that gold does not have.
        repeated: prediction lines whose id stood on an earlier line.
    """

    articles: tuple[ArticleScore, ...]
    fields: Mapping[Field, Counts]
    types: Mapping[str, Counts]
    missing: int = 0
    unknown: int = 0
    repeated: int = 0

    @property
    def misses(self) -> tuple[Miss, ...]:
        """All records that are not right, by article."""
        return tuple(miss for article in self.articles for miss in article.misses)


def compare(gold: Sequence[GoldArticle], predictions: Predictions) -> Score:
    """Compare predictions with gold articles."""
    articles = tuple(score_article(article, predictions.records.get(article.id, ())) for article in gold)
    known = {article.id for article in gold}
    fields: dict[Field, Counts] = {
        **dict.fromkeys(FIELDS, Counts()),
        **_total(article.fields for article in articles),
    }
    return Score(
        articles=articles,
        fields=fields,
        types=_total(article.types for article in articles),
        missing=len(known - predictions.records.keys()),
        unknown=len(predictions.records.keys() - known),
        repeated=predictions.repeated,
    )


def _total(tables: Iterable[Mapping[K, Counts]]) -> dict[K, Counts]:
    total: defaultdict[K, Counts] = defaultdict(Counts)
    for table in tables:
        for key, counts in table.items():
            total[key] += counts
    return dict(total)


def intervals(tables: Sequence[Mapping[K, Counts]], samples: int, seed: int) -> dict[K, Interval]:
    """95% bootstrap intervals of F1: the articles drawn anew, with replacement, `samples` times.

    Args:
        tables: the counts of each article, by field or by type.
        samples: how often to draw.
        seed: the same seed gives the same intervals.
    """
    keys = sorted({key for table in tables for key in table}, key=str)
    empty = Counts()
    columns = {key: [table.get(key, empty) for table in tables] for key in keys}
    drawn: dict[K, list[float]] = {key: [] for key in keys}
    dice = random.Random(seed)
    for _ in range(samples):
        picks = dice.choices(range(len(tables)), k=len(tables))
        for key, column in columns.items():
            right = sum(column[n].right for n in picks)
            size = sum(column[n].gold + column[n].pred for n in picks)
            # A sample without any of the kind says nothing about it. 2·right/(gold+pred) is F1.
            if size:
                drawn[key].append(2 * right / size)
    return {key: _middle(values) for key, values in drawn.items() if values}


def _middle(values: Sequence[float]) -> Interval:
    ordered = sorted(values)
    low = math.floor(0.025 * (len(ordered) - 1))
    high = math.ceil(0.975 * (len(ordered) - 1))
    return Interval(ordered[low], ordered[high])


def read_floors(path: Path) -> dict[str, dict[str, float]]:
    """The floors of a TOML or JSON file: tables ``fields`` and ``types`` of least F1 figures.

    Raises:
        CodedError: when it cannot be read or is not of the form.
    """
    raw = _load(path)
    if not isinstance(raw, dict) or not raw.keys() <= {"fields", "types"}:
        raise CodedError(f"{path}: floors stand in the tables 'fields' and 'types'")
    found: dict[str, dict[str, float]] = {}
    for table, floors in raw.items():
        if not isinstance(floors, dict):
            raise CodedError(f"{path}: {table} is a table of figures")
        found[table] = {str(name): _least(path, table, name, value) for name, value in floors.items()}
    return found


def _load(path: Path) -> Any:
    try:
        text = path.read_text("utf-8")
        return json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except OSError as error:
        raise CodedError(f"{path}: {error.strerror or error}") from error
    except ValueError as error:
        raise CodedError(f"{path}: {error}") from error


def _least(path: Path, table: str, name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise CodedError(f"{path}: {table}.{name}: {value!r} is no figure between 0 and 1")
    if table == "fields" and name not in FIELDS:
        raise CodedError(f"{path}: no field {name!r}; there are {', '.join(FIELDS)}")
    return float(value)


def check_floors(score: Score, floors: Mapping[str, Mapping[str, float]]) -> tuple[Floor, ...]:
    """Every floor with the figure that stands against it."""
    tables: dict[str, Mapping[str, Counts]] = {
        "fields": {str(name): counts for name, counts in score.fields.items()},
        "types": score.types,
    }
    return tuple(
        Floor(name, least, _figure(tables[table].get(name)))
        for table, wanted in floors.items()
        for name, least in wanted.items()
    )


def _figure(counts: Counts | None) -> float | None:
    return counts.f1 if counts and (counts.gold or counts.pred) else None
