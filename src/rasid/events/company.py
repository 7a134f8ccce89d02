"""An event among the others that the frames propose in its article.

A coder who counts one act of a sentence counts its neighbours less or more readily: two proposals of one type are often
one act, a noun beside a verb that governs it is often its topic, and some articles are told act by act and others not.
The judge's trees see each proposal with how likely the others looked by themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, get_args

from rasid.model.event import Event
from rasid.model.record import EVENT_TYPES, Status
from rasid.packs.trees import log_odds

T = TypeVar("T", bound=Hashable)
#: Words for how a frame found an event, in the order of their numbers; "" for any other.
_BY = ("", "verb", "noun", "light", "phrase", "participle")
_STATUSES = get_args(Status)
#: What stands where there is no such neighbour.
_NONE = -1.0

#: What is measured of a neighbour.
_BESIDE = ("chance", "type", "by", "gap", "loose", "clause")
#: What is measured, in this order. `chance`: how likely an event looked by itself.
NAMES: tuple[str, ...] = (
    "odds", "type", "by", "status", "mode", "loose", "actor", "recipient", "quote", "length", "start", "depth", "width",
    "clause start", "clause length", "sentence", "sentences", "chances of the article", "chances of the sentence",
    "chances of the sentence before", "chances of the sentence after", "others", "best other", "best of its type",
    "best beside", "likelier others", "likelier of its type", "mean of its entry", "others of its entry",
    "chances of its type", *(f"before {name}" for name in _BESIDE), *(f"after {name}" for name in _BESIDE),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the others of its article need to know of an event that a frame proposes.

    `sentence` and `sentences` are its sentence's number and how many the article has, `length` the sentence's tokens.
    """

    event: str
    by: str
    status: str
    frame: str
    sentence: int
    sentences: int
    length: int
    trigger: tuple[int, int]
    clause: tuple[int, int]
    mode: bool
    loose: bool
    actor: bool
    recipient: bool
    quote: bool


def proposal(event: Event, tokens: int, sentences: int) -> Proposal:
    """The proposal that an event is."""
    return Proposal(
        event.event, event.reasons[0] if event.reasons else "", event.status, event.frame.id, event.sentence, sentences,
        tokens, event.trigger, event.clause, event.mode is not None, bool(event.loose), bool(event.actor),
        bool(event.recipient), event.quote,
    )  # fmt: skip


def measures(proposals: Sequence[Proposal], chances: Sequence[float]) -> list[list[float]]:
    """What is measured of each proposal of one article (NAMES); `chances`: how likely each looked by itself, 0 to 1."""
    article = _Article(proposals, chances)
    return [article.of(n) for n in range(len(proposals))]


class _Article:
    """Sums over the proposals of an article."""

    def __init__(self, proposals: Sequence[Proposal], chances: Sequence[float]) -> None:
        self.proposals, self.chances = proposals, chances
        self.inside: Mapping[int, list[int]] = _grouped(p.sentence for p in proposals)
        self.of_frame = _grouped(p.frame for p in proposals)
        self.of_type = _grouped(p.event for p in proposals)
        self.whole = sum(chances)

    def of(self, n: int) -> list[float]:
        """What is measured of one."""
        p, chance, at = self.proposals[n], self.chances[n], self.chances
        here = self.inside[p.sentence]
        others = [m for m in here if m != n]
        alike = [m for m in others if self.proposals[m].event == p.event]
        beside = [m for m in others if _touch(self.proposals[m].trigger, p.trigger)]
        frame = [m for m in self.of_frame[p.frame] if self.proposals[m].sentence != p.sentence]
        kind = [m for m in self.of_type[p.event] if self.proposals[m].sentence != p.sentence]
        return [
            log_odds(chance),
            float(EVENT_TYPES.index(p.event)),
            _number(p.by),
            float(_STATUSES.index(p.status)),
            float(p.mode),
            float(p.loose),
            float(p.actor),
            float(p.recipient),
            float(p.quote),
            float(p.length),
            float(p.trigger[0]),
            p.trigger[0] / max(p.length, 1),
            float(p.trigger[1] - p.trigger[0]),
            float(p.clause[0]),
            float(p.clause[1] - p.clause[0]),
            float(p.sentence),
            float(p.sentences),
            self.whole / max(p.sentences, 1),
            sum(at[m] for m in others),
            sum(at[m] for m in self.inside.get(p.sentence - 1, ())),
            sum(at[m] for m in self.inside.get(p.sentence + 1, ())),
            float(len(others)),
            *(max((at[m] for m in group), default=_NONE) for group in (others, alike, beside)),
            float(sum(at[m] > chance for m in others)),
            float(sum(at[m] > chance for m in alike)),
            sum(at[m] for m in frame) / len(frame) if frame else _NONE,
            float(len(frame)),
            sum(at[m] for m in kind),
            *self._beside(p, max((m for m in others if self.proposals[m].trigger[0] < p.trigger[0]), default=None)),
            *self._beside(p, min((m for m in others if self.proposals[m].trigger[0] > p.trigger[0]), default=None)),
        ]

    def _beside(self, p: Proposal, m: int | None) -> list[float]:
        """What is measured of the nearest other on one side."""
        if m is None:
            return [_NONE] * len(_BESIDE)
        o = self.proposals[m]
        first, second = sorted((p.trigger, o.trigger))
        return [
            self.chances[m],
            float(EVENT_TYPES.index(o.event)),
            _number(o.by),
            float(second[0] - first[1]),
            float(o.loose),
            float(o.clause == p.clause),
        ]


def _grouped(keys: Iterable[T]) -> dict[T, list[int]]:
    """The numbers of the keys that are alike."""
    found: dict[T, list[int]] = defaultdict(list)
    for n, key in enumerate(keys):
        found[key].append(n)
    return found


def _touch(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether two triggers overlap or stand side by side."""
    return a[0] <= b[1] + 1 and b[0] <= a[1] + 1


def _number(by: str) -> float:
    return float(_BY.index(by)) if by in _BY else 0.0
