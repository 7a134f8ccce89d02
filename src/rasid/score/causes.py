"""Why what is wrong is wrong: each error of the paired records under one cause, and countries and sectors apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Literal, TypeVar

from rasid.score.coded import Coded, GoldArticle, Party, Predictions
from rasid.score.compare import align, same_party, sides, unmatched
from rasid.score.text import content_words, days, same_text

#: A cause. ``not found``: gold has it, nothing was given; ``wrong boundary``: words or days that overlap with the right
#: ones and are not alike; ``wrong id``: some of its words, but somebody else's name; ``wrong code``: its words or its
#: name, another country; ``another``: something else was given in its place; ``other side``: it was given as the other
#: party; ``superfluous``: given, and gold has nothing in its place.
Cause = Literal[
    "right", "not found", "wrong boundary", "wrong id", "wrong code", "another", "other side", "superfluous",
]  # fmt: skip
#: The causes in the order in which they are shown.
CAUSES: tuple[Cause, ...] = (
    "right", "not found", "wrong boundary", "wrong id", "wrong code", "another", "other side", "superfluous",
)  # fmt: skip
#: What is looked at, in the order in which it is shown.
LOOKED_AT = ("event", "who", "whom", "date", "place", "issue", "source", "mode", "status*")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Causes:
    """How often each cause holds.

    Attributes:
        fields: for each of ``LOOKED_AT`` how often each cause holds.
        codes: over the parties whose words overlap with gold's, (equal, all) of ``name``, ``country``, ``sector`` (the
            first of the two) and ``sectors`` (both).
    """

    fields: Mapping[str, Mapping[Cause, int]]
    codes: Mapping[str, tuple[int, int]]


def find_causes(gold: Sequence[GoldArticle], predictions: Predictions) -> Causes:
    """The causes of the errors over articles; fields other than ``event`` over the records that are paired.

    A gold record with no partner is ``another`` when a record of another type has its words, else ``not found``; a
    predicted one without a partner is ``superfluous`` when no gold record has its words.
    """
    fields: dict[str, Counter[Cause]] = {name: Counter() for name in LOOKED_AT}
    codes: Counter[str] = Counter()
    for article in gold:
        preds = predictions.records.get(article.id, ())
        links = align(article, preds)
        fields["event"].update(_of_events(article, preds, links))
        for i, j in links:
            _add_pair(article.records[i], preds[j], fields, codes)
    shown = {name: (codes[f"{name} equal"], codes["parties"]) for name in ("name", "country", "sector", "sectors")}
    return Causes({name: dict(counts) for name, counts in fields.items()}, shown)


def _of_events(article: GoldArticle, preds: Sequence[Coded], links: Sequence[tuple[int, int]]) -> Iterable[Cause]:
    yield from _times("right", len(links))
    golds, given = {i for i, _ in links}, {j for _, j in links}
    for i, record in enumerate(article.records):
        if i not in golds:
            yield "another" if any(_touch(record, p) for p in preds) else "not found"
    for j, record in enumerate(preds):
        if j not in given and not any(_touch(g, record) for g in article.records):
            yield "superfluous"


def _touch(a: Coded, b: Coded) -> bool:
    return a.start < b.end and b.start < a.end


def _add_pair(gold: Coded, pred: Coded, fields: Mapping[str, Counter[Cause]], codes: Counter[str]) -> None:
    of_gold, of_pred = sides(gold, gold), sides(pred, gold)
    for name, this, other in (("who", 0, 1), ("whom", 1, 0)):
        fields[name].update(_of_parties(of_gold[this], of_pred[this], (of_gold[other], of_pred[other])))
        _compare_codes(of_gold[this], of_pred[this], codes)
    fields["source"].update(_of_list(gold.source, pred.source))
    for name, given in (("place", (gold.place, pred.place)), ("issue", (gold.issue, pred.issue))):
        fields[name].update(_of_value(*given, same_text, _share_words))
    fields["mode"].update(_of_value(gold.mode, pred.mode, lambda a, b: a == b))
    fields["status*"].update(_of_value(_marked(gold.status), _marked(pred.status), lambda a, b: a == b))
    dated = gold.date if days(gold.date) is not None else None
    fields["date"].update(_of_value(dated, pred.date, lambda a, b: days(a) == days(b), _share_days))


def _marked(status: str | None) -> str | None:
    """A status other than plain fact."""
    return None if status == "actual" else status


def _of_parties(
    golds: Sequence[Party], preds: Sequence[Party], others: tuple[Sequence[Party], Sequence[Party]]
) -> Iterable[Cause]:
    """One cause for each gold party, and ``superfluous`` for each predicted one that neither side has in gold.

    Args:
        golds: the parties of one side in gold.
        preds: those predicted.
        others: those of the other side, in gold and as predicted.
    """
    missed, left, pairs = unmatched(golds, preds, same_party)
    yield from _times("right", len(pairs))
    still, left, touching = unmatched(missed, left, lambda g, p: _overlap(g, p) or _alike(g, p))
    yield from (_why(gold, pred) for gold, pred in touching)
    for gold in still:
        if any(same_party(gold, other) for other in others[1]):
            yield "other side"
        elif left:
            left.pop(0)
            yield "another"
        else:
            yield "not found"
    yield from _times("superfluous", sum(not any(same_party(g, p) for g in others[0]) for p in left))


def _why(gold: Party, pred: Party) -> Cause:
    """Why two parties with common words or names are not the same."""
    if (gold.country or None) != (pred.country or None):
        return "wrong code"
    return "wrong boundary" if pred.name is None or same_text(pred.name, pred.words.text) else "wrong id"


def _alike(gold: Party, pred: Party) -> bool:
    return any(same_text(g, p) for g in (gold.name, gold.words.text) for p in (pred.name, pred.words.text))


def _overlap(gold: Party, pred: Party) -> bool:
    a, b = gold.words, pred.words
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return False
    return a.start < b.end and b.start < a.end


def _compare_codes(golds: Sequence[Party], preds: Sequence[Party], codes: Counter[str]) -> None:
    for gold in golds:
        pred = next((p for p in preds if _overlap(gold, p)), None)
        if pred is None:
            continue
        codes["parties"] += 1
        codes["name equal"] += same_text(gold.name, pred.name)
        codes["country equal"] += (gold.country or None) == (pred.country or None)
        codes["sector equal"] += _sectors(gold)[:1] == _sectors(pred)[:1]
        codes["sectors equal"] += set(_sectors(gold)) == set(_sectors(pred))


def _sectors(party: Party) -> list[str]:
    return (party.sector or "").replace(";", "+").split("+") if party.sector else []


def _of_list(golds: Sequence[str], preds: Sequence[str]) -> Iterable[Cause]:
    missed, left, pairs = unmatched(golds, preds, same_text)
    yield from _times("right", len(pairs))
    both = min(len(missed), len(left))
    yield from _times("another", both)
    yield from _times("not found", len(missed) - both)
    yield from _times("superfluous", len(left) - both)


def _times(cause: Cause, times: int) -> Iterable[Cause]:
    return repeat(cause, times)


def _of_value(
    gold: str | None,
    pred: str | None,
    same: Callable[[str, str], bool],
    overlap: Callable[[str, str], bool] = lambda a, b: False,
) -> Iterable[Cause]:
    if gold and pred:
        yield "right" if same(gold, pred) else "wrong boundary" if overlap(gold, pred) else "another"
    elif gold:
        yield "not found"
    elif pred:
        yield "superfluous"


def _share_words(a: str, b: str) -> bool:
    return bool(content_words(a) & content_words(b))


def _share_days(a: str, b: str) -> bool:
    first, second = days(a), days(b)
    return first is not None and second is not None and first[0] <= second[1] and second[0] <= first[1]
