"""How well mentions of events are joined over articles: B-cubed, and how often different events are joined.

A *clustering* maps each mention to the name of its group. Names mean nothing beyond being equal or not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from rasid.score.coded import CodedError

M = TypeVar("M", bound=Hashable)

#: The columns of a file of marked mentions.
COLUMNS = ("group", "article", "start", "end", "event")


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """The words of an article that state an act.

    Attributes:
        article: id of the article.
        start: code point where the words start in the article's text.
        end: code point after their end.
        event: PLOVER type.
    """

    article: str
    start: int
    end: int
    event: str

    def overlap(self, other: Mention) -> int:
        """How many code points both cover; 0 in different articles."""
        if self.article != other.article:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True)
class BCubed:
    """Precision and recall, each the mean over the mentions, 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class OverMerging:
    """How much was joined, and how much of it wrongly.

    Attributes:
        groups: predicted groups of two or more mentions.
        mixed: those of them that hold mentions of different gold groups.
        pairs: pairs of mentions that a predicted group joins.
        wrong: those of them that are of different gold groups.
        mentions: all mentions.
        touched: those of them that share their predicted group with a mention of another gold group.
        misplaced: those of them that are not of the gold group that most of their predicted group are of.
    """

    groups: int
    mixed: int
    pairs: int
    wrong: int
    mentions: int = 0
    touched: int = 0
    misplaced: int = 0

    @property
    def of_groups(self) -> float:
        """Share of the joining groups that are mixed; 0 when nothing was joined."""
        return self.mixed / self.groups if self.groups else 0.0

    @property
    def of_pairs(self) -> float:
        """Share of the joined pairs that are wrong; 0 when nothing was joined."""
        return self.wrong / self.pairs if self.pairs else 0.0

    @property
    def of_mentions(self) -> float:
        """Share of all mentions that share a group with another event; 0 when there are none."""
        return self.touched / self.mentions if self.mentions else 0.0

    @property
    def put_wrong(self) -> float:
        """Share of all mentions that stand in the group of another event; 0 when there are none."""
        return self.misplaced / self.mentions if self.mentions else 0.0


def b_cubed(gold: Mapping[M, Hashable], predicted: Mapping[M, Hashable]) -> BCubed:
    """Compare two clusterings mention by mention.

    For each mention, precision is the share of its predicted group that is of its gold group, recall the share of its
    gold group that is in its predicted group, the mention itself counted in both; the figures are the means over all
    mentions.

    Source: A. Bagga and B. Baldwin, "Algorithms for Scoring Coreference Chains", in The First International Conference
    on Language Resources and Evaluation, Workshop on Linguistic Coreference, 1998; with equal weights of the mentions.

    Args:
        gold: the right group of each mention.
        predicted: the found group of each mention; a mention joined with nothing has a group of its own.

    Returns:
        The figures; both are 0 when there are no mentions.

    Raises:
        ValueError: when the two are not of the same mentions (`align` and a choice of the found ones come before).
    """
    _same_mentions(gold, predicted)
    if not gold:
        return BCubed(0.0, 0.0)
    whole_gold, whole_predicted = Counter(gold.values()), Counter(predicted.values())
    both = Counter((gold[mention], predicted[mention]) for mention in gold)
    # A cell of n mentions adds n times n over the size of its group.
    precision = sum(n * n / whole_predicted[group] for (_, group), n in both.items())
    recall = sum(n * n / whole_gold[group] for (group, _), n in both.items())
    return BCubed(precision / len(gold), recall / len(gold))


def over_merging(gold: Mapping[M, Hashable], predicted: Mapping[M, Hashable]) -> OverMerging:
    """Count predicted groups, and pairs in them, that join mentions of different gold groups.

    Both shares are needed: one wrong mention in a group of fifty makes the group mixed but few pairs wrong, and one
    huge mixed group among many right ones is the reverse.

    Args:
        gold: the right group of each mention.
        predicted: the found group of each mention.

    Raises:
        ValueError: when the two are not of the same mentions.
    """
    _same_mentions(gold, predicted)
    inside: dict[Hashable, Counter[Hashable]] = defaultdict(Counter)
    for mention, group in predicted.items():
        inside[group][gold[mention]] += 1
    joining = [parts for parts in inside.values() if parts.total() > 1]
    pairs = sum(_pairs(parts.total()) for parts in joining)
    right = sum(_pairs(n) for parts in joining for n in parts.values())
    mixed = [parts for parts in joining if len(parts) > 1]
    touched = sum(parts.total() for parts in mixed)
    misplaced = sum(parts.total() - max(parts.values()) for parts in mixed)
    return OverMerging(len(joining), len(mixed), pairs, pairs - right, len(gold), touched, misplaced)


def align(marked: Iterable[Mention], found: Iterable[Mention]) -> dict[Mention, Mention]:
    """Pair marked mentions with the mentions of a run, one to one, where their words overlap.

    Pairs of the same type come first, then those that share most. The type decides nothing but the order: a record of
    another type stands for the mention whose words it has.

    Returns:
        The found mention of each marked one that has one.
    """
    by_article: dict[str, list[Mention]] = defaultdict(list)
    for mention in sorted(set(found)):
        by_article[mention.article].append(mention)
    candidates = [
        (mention.event != other.event, -common, mention, other)
        for mention in sorted(set(marked))
        for other in by_article[mention.article]
        if (common := mention.overlap(other))
    ]
    paired: dict[Mention, Mention] = {}
    taken: set[Mention] = set()
    for _, _, mention, other in sorted(candidates):
        if mention not in paired and other not in taken:
            paired[mention] = other
            taken.add(other)
    return paired


def one_an_article(gold: Mapping[Mention, Hashable], found: Collection[Mention]) -> list[Mention]:
    """The first found mention of each event in each article, in order of articles and text.

    Figures over these alone say how well *articles* are joined: headlines and summaries that repeat the body add
    nothing.
    """
    first: dict[tuple[str, Hashable], Mention] = {}
    for mention in sorted(found):
        first.setdefault((mention.article, gold[mention]), mention)
    return sorted(first.values())


def read_mentions(path: Path) -> dict[Mention, str]:
    """Read marked mentions and their groups: tab-separated `COLUMNS`, lines that start with ``#`` left out.

    Raises:
        CodedError: when the file cannot be read or a line is not of that form; it says which.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CodedError(f"{path}: cannot be read as UTF-8 text: {error}") from None
    rows = [(number, line.split("\t")) for number, line in enumerate(lines, 1) if line and not line.startswith("#")]
    if not rows or tuple(rows[0][1]) != COLUMNS:
        raise CodedError(f"{path}: the first line must name the columns {', '.join(COLUMNS)}, with tabs between")
    groups: dict[Mention, str] = {}
    for number, row in rows[1:]:
        mention = _mention(row)
        if mention is None:
            raise CodedError(
                f"{path}:{number}: expected {', '.join(COLUMNS)} with offsets 0 <= start < end, found {row}"
            )
        if mention in groups:
            raise CodedError(f"{path}:{number}: this mention stands above already; leave one of the two lines out")
        groups[mention] = row[0]
    return groups


def _mention(row: Sequence[str]) -> Mention | None:
    """The mention of a row, or None when the row has not the form."""
    if len(row) != len(COLUMNS) or not all(row):
        return None
    _, article, start, end, event = row
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end)):
        return None
    return Mention(article, int(start), int(end), event)


def _pairs(n: int) -> int:
    return n * (n - 1) // 2


def _same_mentions(gold: Mapping[M, Hashable], predicted: Mapping[M, Hashable]) -> None:
    if gold.keys() != predicted.keys():
        lacking, extra = len(gold.keys() - predicted.keys()), len(predicted.keys() - gold.keys())
        raise ValueError(
            f"the clusterings are of different mentions: {lacking} only in gold, {extra} only in the prediction; "
            "compare the mentions that both have"
        )
