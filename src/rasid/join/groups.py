"""Which records are one event: pairs worth a look, then groups that grow as long as their members agree on average."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from rasid.join.features import Weights, contradiction, excluded, something_shared
from rasid.join.model import Model
from rasid.join.telling import Telling
from rasid.packs.trees import probability

#: Days between two articles on one event, and between the dates of two acts that may be one.
_WINDOW = 4
_ACT_WINDOW = 1
#: Rarest stems around a trigger, and of its sentence, by which records are looked up.
_NEAR, _SENTENCE = 7, 5
#: Scores above this are kept, the others counted again when they are asked for: of nine in ten pairs it is never asked.
_KEPT = -2.0
#: Earlier records looked at for one stem of a record: a stem that more records of these days share tells little.
_CROWD = 150

Say = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Member:
    """A record of a group.

    Attributes:
        key: of the record.
        score: mean probability, 0 to 1, of being one event with each of the others; 1 alone.
        nearest: the record of the group that it is most like; None alone.
        reasons: why it is joined with that one.
    """

    key: int
    score: float
    nearest: int | None
    reasons: tuple[str, ...]


def join(found: Sequence[Telling], model: Model, say: Say = lambda done, total: None) -> list[tuple[Member, ...]]:
    """Put records into groups, one for each event. Every record is in exactly one.

    Groups are joined two by two, those with the highest mean score first (average link), as long as that mean reaches
    the model's threshold, no pair of members is ruled out, few pairs contradict each other otherwise, they name
    something in common, and neither group is as like to a third one that contradicts the other.

    Args:
        found: the records; their keys differ.
        model: scores pairs.
        say: told of how many records the likes were looked for.

    Returns:
        the groups, in order of their first record; members in order of `found`.
    """
    return _Joining(tuple(found), model, model.stems).run(say)


@dataclass(slots=True)
class _Joining:
    found: tuple[Telling, ...]
    model: Model
    stems: Weights
    scores: dict[int, float] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)
    likes: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def run(self, say: Say) -> list[tuple[Member, ...]]:
        self.members = {n: [n] for n in range(len(self.found))}
        queue: list[tuple[float, int, int]] = []
        for n, others in enumerate(self._candidates()):
            for m in others:
                score = self._score(m, n)
                if score >= self.model.threshold:
                    self.likes[m].add(n)
                    self.likes[n].add(m)
                    queue.append((-score, m, n))
            say(n + 1, len(self.found))
        self._grow(queue)
        return [self._told(sorted(group)) for _, group in sorted(self.members.items(), key=lambda item: min(item[1]))]

    # ---------------------------------------------------------------- pairs

    def _candidates(self) -> Iterator[set[int]]:
        """For each record, the earlier ones that may be the same event."""
        order = {telling.key: n for n, telling in enumerate(self.found)}
        assert len(order) == len(self.found), "keys of records must differ"
        by_stem: dict[str, list[int]] = defaultdict(list)
        by_article: dict[int, list[int]] = defaultdict(list)
        for n, telling in enumerate(self.found):
            others = {m for m in by_article[telling.article] if self.model.kin(telling.event, self.found[m].event)}
            for stem in self._looked_up(telling):
                known = by_stem[stem]
                others.update(m for m in known[-_CROWD:] if self._may_be(telling, self.found[m]))
                known.append(n)
            by_article[telling.article].append(n)
            yield others

    def _looked_up(self, telling: Telling) -> set[str]:
        return {*self._rarest(telling.near, _NEAR), *self._rarest(telling.words, _SENTENCE)}

    def _rarest(self, words: frozenset[str], size: int) -> list[str]:
        of, other = self.stems.of, self.stems.other
        return heapq.nsmallest(size, words, key=lambda word: (-of.get(word, other), word))

    def _may_be(self, a: Telling, b: Telling) -> bool:
        return self.model.kin(a.event, b.event) and (
            _close(a.published, b.published, _WINDOW) or _close(a.last, b.last, _ACT_WINDOW)
        )

    def _score(self, m: int, n: int) -> float:
        first, second = (m, n) if m < n else (n, m)
        pair = first * len(self.found) + second  # a whole number takes half the room of a pair
        known = self.scores.get(pair)
        if known is None:
            a, b = self.found[first], self.found[second]
            known = self.model.score(a, b) if self.model.kin(a.event, b.event) else -4.0
            if known > _KEPT:
                self.scores[pair] = known
        return known

    # ---------------------------------------------------------------- groups

    def _grow(self, queue: list[tuple[float, int, int]]) -> None:
        heapq.heapify(queue)
        number = len(self.found)
        while queue:
            negative, a, b = heapq.heappop(queue)
            if a not in self.members or b not in self.members:
                continue
            if self._contradict(a, b) or self._strangers(a, b) or self._torn(a, b, -negative):
                continue
            self.members[number] = self.members.pop(a) + self.members.pop(b)
            for other in (self.likes.pop(a) | self.likes.pop(b)) - {a, b}:
                self.likes[other] -= {a, b}
                mean = self._mean(number, other)
                if mean >= self.model.threshold:
                    self.likes[number].add(other)
                    self.likes[other].add(number)
                    heapq.heappush(queue, (-mean, other, number))
            self.likes[number]  # known, though it may be like none
            number += 1

    def _mean(self, a: int, b: int) -> float:
        first, second = self.members[a], self.members[b]
        return sum(self._score(m, n) for m in first for n in second) / (len(first) * len(second))

    def _contradict(self, a: int, b: int) -> bool:
        first, second = self.members[a], self.members[b]
        pairs = [(self.found[m], self.found[n]) for m in first for n in second]
        if any(excluded(a, b) for a, b in pairs):
            return True
        count = sum(contradiction(a, b) is not None for a, b in pairs)
        return count > self.model.contradicted * len(first) * len(second)

    def _strangers(self, a: int, b: int) -> bool:
        """Whether nothing that one group names in an article stands in another article of the other group."""
        pairs = [(self.found[m], self.found[n]) for m in self.members[a] for n in self.members[b]]
        over = [(x, y) for x, y in pairs if x.article != y.article and self.model.kin(x.event, y.event)]
        return len(over) > 0 and not any(something_shared(x, y, self.stems) for x, y in over)

    def _torn(self, a: int, b: int, score: float) -> bool:
        """Whether one of two groups is as like to a third that cannot be the other: which of them it is, is not known.

        Within one article repeats are joined all the same.
        """
        if self._articles(a) == self._articles(b):
            return False
        return any(
            third in self.members
            and third != other
            and self._mean(one, third) >= score
            and self._contradict(other, third)
            for one, other in ((a, b), (b, a))
            for third in self.likes[one]
        )

    def _articles(self, group: int) -> set[int]:
        return {self.found[n].article for n in self.members[group]}

    def _told(self, group: list[int]) -> tuple[Member, ...]:
        if len(group) == 1:
            return (Member(self.found[group[0]].key, 1.0, None, ()),)
        return tuple(self._member(n, group) for n in group)

    def _member(self, n: int, group: list[int]) -> Member:
        others = [m for m in group if m != n]
        nearest = max(others, key=lambda m: (self._score(m, n), -m))
        score = sum(probability(self._score(m, n)) for m in others) / len(others)
        reasons = self.model.reasons(self.found[n], self.found[nearest])
        return Member(self.found[n].key, round(score, 3), self.found[nearest].key, reasons)


def _close(a: date | None, b: date | None, days: int) -> bool:
    return a is not None and b is not None and abs((a - b).days) <= days
