"""One article's predicted records against its gold records: pairs, counts and errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from rasid.score.coded import Coded, GoldArticle, Party
from rasid.score.text import days, same_text

Field = Literal[
    "event", "who", "whom", "core", "dyad", "mode", "status*", "date", "place", "issue", "source", "slices",
]  # fmt: skip
#: What is measured, in the order in which it is shown.
FIELDS: tuple[Field, ...] = (
    "event", "who", "whom", "core", "dyad", "mode", "status*", "date", "place", "issue", "source", "slices",
)  # fmt: skip

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many are right, how many gold has and how many were predicted."""

    right: int = 0
    gold: int = 0
    pred: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.gold + other.gold, self.pred + other.pred)

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 0 when nothing was predicted."""
        return self.right / self.pred if self.pred else 0.0

    @property
    def recall(self) -> float:
        """Share of gold that was found; 0 when gold has nothing."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """A record that is not right: one side alone has it, or (``core``) the parties differ."""

    kind: Literal["missed", "extra", "core"]
    article: str
    gold: Coded | None
    pred: Coded | None


@dataclass(frozen=True, slots=True)
class ArticleScore:
    """The counts of one article. They add up over articles."""

    article: str
    fields: Mapping[Field, Counts]
    types: Mapping[str, Counts]
    misses: tuple[Miss, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    gold: Coded
    pred: Coded
    who: Counts
    whom: Counts

    @property
    def whole(self) -> bool:
        """All parties of both sides are right."""
        return all(c.right == c.gold == c.pred for c in (self.who, self.whom))


def score_article(article: GoldArticle, predicted: Sequence[Coded]) -> ArticleScore:
    """Compare the records predicted for an article with its gold records."""
    golds = article.records
    links = align(article, predicted)
    pairs = [_judge(golds[i], predicted[j]) for i, j in links]
    fields = _field_counts(pairs)
    fields["event"] = Counts(len(pairs), len(golds), len(predicted))
    fields["core"] = Counts(sum(pair.whole for pair in pairs), len(golds), len(predicted))
    fields["dyad"] = _set_counts(_dyads(golds), _dyads(predicted))
    fields["slices"] = _slices(article.text, predicted)
    used_gold, used_pred = {i for i, _ in links}, {j for _, j in links}
    misses = [Miss("core", article.id, pair.gold, pair.pred) for pair in pairs if not pair.whole]
    misses += [Miss("missed", article.id, g, None) for i, g in enumerate(golds) if i not in used_gold]
    misses += [Miss("extra", article.id, None, p) for j, p in enumerate(predicted) if j not in used_pred]
    return ArticleScore(article.id, fields, _type_counts(pairs, golds, predicted), tuple(misses))


def same_party(gold: Party, pred: Party) -> bool:
    """Whether two parties are the same: equal country, and a name or the words alike."""
    if (gold.country or None) != (pred.country or None):
        return False
    return any(same_text(g, p) for g in (gold.name, gold.words.text) if g for p in (pred.name, pred.words.text) if p)


def unmatched(
    golds: Sequence[T], preds: Sequence[T], same: Callable[[T, T], bool]
) -> tuple[list[T], list[T], list[tuple[T, T]]]:
    """Golds without a prediction of their own, predictions that are left, and the pairs; each gold takes the first."""
    left, missed, pairs = list(preds), [], []
    for gold in golds:
        hit = next((n for n, pred in enumerate(left) if same(gold, pred)), None)
        if hit is None:
            missed.append(gold)
        else:
            pairs.append((gold, left.pop(hit)))
    return missed, left, pairs


def _matches(golds: Sequence[T], preds: Sequence[T], same: Callable[[T, T], bool]) -> int:
    """How many golds find a prediction of their own."""
    return len(unmatched(golds, preds, same)[2])


def sides(record: Coded, gold: Coded) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Actors and recipients of a record; all on the first side where `gold` is a CONSULT other than a visit."""
    return _sides(record, joint=gold.event == "CONSULT" and gold.mode != "visit")


def _sides(record: Coded, *, joint: bool) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    return ((*record.actor, *record.recipient), ()) if joint else (record.actor, record.recipient)


def _judge(gold: Coded, pred: Coded) -> _Pair:
    counts = [
        Counts(_matches(gs, ps, same_party), len(gs), len(ps))
        for gs, ps in zip(sides(gold, gold), sides(pred, gold), strict=True)
    ]
    return _Pair(gold, pred, *counts)


def align(article: GoldArticle, preds: Sequence[Coded]) -> list[tuple[int, int]]:
    """Pairs (gold, predicted) of equal type in one sentence, the likeliest pairs first.

    Overlapping triggers come before shared parties, and these before the order of the records.
    """
    ranked: list[tuple[bool, int, int, int]] = []
    for i, gold in enumerate(article.records):
        for j, pred in enumerate(preds):
            if gold.event != pred.event:
                continue
            apart = not (gold.start < pred.end and pred.start < gold.end)
            if apart and article.sentence_at(gold.start) != article.sentence_at(pred.start):
                continue
            pair = _judge(gold, pred)
            ranked.append((apart, -(pair.who.right + pair.whom.right), i, j))
    links: list[tuple[int, int]] = []
    used_gold: set[int] = set()
    used_pred: set[int] = set()
    for *_, i, j in sorted(ranked):
        if i not in used_gold and j not in used_pred:
            used_gold.add(i)
            used_pred.add(j)
            links.append((i, j))
    return links


def _field_counts(pairs: Iterable[_Pair]) -> dict[Field, Counts]:
    """The counts of everything that is measured over the paired records."""
    total: dict[Field, Counts] = dict.fromkeys(FIELDS, Counts())
    for pair in pairs:
        for name, counts in _pair_counts(pair).items():
            total[name] += counts
    return total


def _pair_counts(pair: _Pair) -> dict[Field, Counts]:
    g, p = pair.gold, pair.pred
    return {
        "who": pair.who,
        "whom": pair.whom,
        "mode": _value(bool(g.mode) and g.mode == p.mode, g.mode, p.mode),
        "date": _date(g.date, p.date),
        "status*": _status(g.status, p.status),
        "place": _value(same_text(g.place, p.place), g.place, p.place),
        "issue": _value(same_text(g.issue, p.issue), g.issue, p.issue),
        "source": Counts(_matches(g.source, p.source, same_text), len(g.source), len(p.source)),
    }


def _value(right: bool, gold: str | None, pred: str | None) -> Counts:
    return Counts(int(right), int(bool(gold)), int(bool(pred)))


def _date(gold: str | None, pred: str | None) -> Counts:
    expected = days(gold)
    counts = _value(expected is not None and expected == days(pred), gold, pred)
    return replace(counts, gold=int(expected is not None))


def _status(gold: str | None, pred: str | None) -> Counts:
    """Statuses count where gold or prediction is other than plain fact."""
    marked = [status not in ("actual", None) for status in (gold, pred)]
    return Counts(int(all(marked) and gold == pred), *map(int, marked))


def _type_counts(pairs: Sequence[_Pair], golds: Sequence[Coded], preds: Sequence[Coded]) -> dict[str, Counts]:
    kinds = {record.event for record in (*golds, *preds)}
    return {
        kind: Counts(
            sum(pair.gold.event == kind for pair in pairs),
            sum(gold.event == kind for gold in golds),
            sum(pred.event == kind for pred in preds),
        )
        for kind in kinds
    }


def _dyads(records: Iterable[Coded]) -> set[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Type and countries of both sides, each kind once; a meeting is unordered, the denied are left out."""
    found = set()
    for record in records:
        if record.status == "negated":
            continue
        both = _sides(record, joint=record.event == "CONSULT")
        actor, recipient = (tuple(sorted({party.country or "---" for party in side})) for side in both)
        found.add((record.event, actor, recipient))
    return found


def _set_counts(gold: set[T], pred: set[T]) -> Counts:
    return Counts(len(gold & pred), len(gold), len(pred))


def _slices(text: str, preds: Iterable[Coded]) -> Counts:
    """Of the predicted pieces with offsets, how many are the slice that they claim to be."""
    checks = [
        text[piece.start : piece.end] == piece.text
        for pred in preds
        for piece in pred.pieces
        if piece.start is not None and piece.end is not None
    ]
    return Counts(sum(checks), len(checks), len(checks))
