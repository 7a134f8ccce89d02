"""Names of the tables in a run of stems: the places and people that tell two like acts apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """Names as tuples of stems, with the id that each stands for; `longest` is the length of the longest."""

    ids: Mapping[tuple[str, ...], str]
    longest: int

    @classmethod
    def of(cls, names: Iterable[tuple[tuple[str, ...], str]]) -> Names:
        """Names and their ids; of two that read alike the first counts, and empty ones are left out."""
        ids: dict[tuple[str, ...], str] = {}
        for stems, name in names:
            if stems:
                ids.setdefault(stems, name)
        return cls(ids, max(map(len, ids), default=0))

    def within(self, stems: Sequence[str]) -> frozenset[str]:
        """The ids of the names in a run of stems, the longest name first."""
        found: set[str] = set()
        n = 0
        while n < len(stems):
            for size in range(min(self.longest, len(stems) - n), 0, -1):
                name = self.ids.get(tuple(stems[n : n + size]))
                if name is not None:
                    found.add(name)
                    n += size - 1
                    break
            n += 1
        return frozenset(found)


#: No names at all.
NONE = Names({}, 0)
