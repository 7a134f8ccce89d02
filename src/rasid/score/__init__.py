"""Comparison of records with gold: the figures that say how well articles are coded."""

from rasid.score.coded import (
    Coded,
    CodedError,
    GoldArticle,
    Party,
    Piece,
    Predictions,
    read_gold,
    read_ids,
    read_predictions,
    record_of,
)
from rasid.score.compare import FIELDS, ArticleScore, Counts, Field, Miss, same_party, score_article
from rasid.score.figures import Floor, Interval, Score, check_floors, compare, intervals, read_floors
from rasid.score.text import days, same_text

__all__ = [
    "FIELDS",
    "ArticleScore",
    "Coded",
    "CodedError",
    "Counts",
    "Field",
    "Floor",
    "GoldArticle",
    "Interval",
    "Miss",
    "Party",
    "Piece",
    "Predictions",
    "Score",
    "check_floors",
    "compare",
    "days",
    "intervals",
    "read_floors",
    "read_gold",
    "read_ids",
    "read_predictions",
    "record_of",
    "same_party",
    "same_text",
    "score_article",
]
