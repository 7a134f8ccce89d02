"""Names of the tables in a text: the places and people that tell two like acts apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

#: Gives each word of a text as what it may be: as written, and without conjunction and preposition.
Forms = Callable[[str], Sequence[frozenset[str]]]


def _nothing(text: str) -> Sequence[frozenset[str]]:
    return ()


@dataclass(frozen=True, slots=True)
class Names:
    """Names by their first words, the longest first; `forms` gives the words of a text.

    Whole words are compared and not stems: half of the names that stems find are ordinary words («قرار» is no
    «القرارة»), and a place that is not there makes two events of one, or one of two.
    """

    by_first: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
    forms: Forms

    @classmethod
    def of(cls, names: Iterable[tuple[Sequence[str], str]], forms: Forms) -> Names:
        """Names as words, and their ids; of two that read alike the first counts, and empty ones are left out.

        Args:
            names: folded words of each name, with their article where they have one.
            forms: gives the words of a text.
        """
        ids: dict[tuple[str, ...], str] = {}
        for words, name in names:
            if words:
                ids.setdefault(tuple(words), name)
        by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for found in sorted(ids, key=lambda words: -len(words)):
            by_first.setdefault(found[0], []).append((found, ids[found]))
        return cls(by_first, forms)

    def within(self, text: str) -> frozenset[str]:
        """The ids of the names in a text, the longest name first."""
        words = self.forms(text)
        found: set[str] = set()
        n = 0
        while n < len(words):
            hit = self._at(words, n)
            if hit is not None:
                found.add(hit[1])
            n += len(hit[0]) if hit is not None else 1
        return frozenset(found)

    def _at(self, words: Sequence[frozenset[str]], start: int) -> tuple[tuple[str, ...], str] | None:
        named = (entry for form in words[start] for entry in self.by_first.get(form, ()))
        fits = (entry for entry in named if _is(words[start : start + len(entry[0])], entry[0]))
        return max(fits, key=lambda entry: (len(entry[0]), entry), default=None)


def _is(words: Sequence[frozenset[str]], name: Sequence[str]) -> bool:
    return len(words) == len(name) and all(word in forms for word, forms in zip(name, words, strict=True))


#: No names at all.
NONE = Names({}, _nothing)
