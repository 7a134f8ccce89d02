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
from rasid.score.joining import (
    BCubed,
    Mention,
    OverMerging,
    align,
    b_cubed,
    one_an_article,
    over_merging,
    read_mentions,
)
from rasid.score.text import days, same_text

__all__ = [
    "FIELDS",
    "ArticleScore",
    "BCubed",
    "Coded",
    "CodedError",
    "Counts",
    "Field",
    "Floor",
    "GoldArticle",
    "Interval",
    "Mention",
    "Miss",
    "OverMerging",
    "Party",
    "Piece",
    "Predictions",
    "Score",
    "align",
    "b_cubed",
    "check_floors",
    "compare",
    "days",
    "intervals",
    "one_an_article",
    "over_merging",
    "read_floors",
    "read_gold",
    "read_ids",
    "read_mentions",
    "read_predictions",
    "record_of",
    "same_party",
    "same_text",
    "score_article",
]
