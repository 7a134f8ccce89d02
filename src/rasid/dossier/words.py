"""Finding runs of words in folded text, with article, joined prepositions and conjunctions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

V = TypeVar("V")

#: The folded forms in which a word may stand in a text.
Forms = Callable[[str], Iterable[str]]
#: Folds a text for matching.
Fold = Callable[[str], str]

_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """The written words of a folded text, or of one without vowel marks."""
    return _WORD.findall(text)


@dataclass(frozen=True, slots=True)
class Hit(Generic[V]):
    """A run of words that was found: its first word, the word after it, and what it stands for."""

    first: int
    end: int
    value: V


@dataclass(slots=True)
class Phrases(Generic[V]):
    """Runs of words, each with a value; filled once, then only asked.

    Attributes:
        fold, forms: of the language.
    """

    fold: Fold
    forms: Forms
    _by_first: dict[str, list[tuple[tuple[frozenset[str], ...], V]]] = field(
        default_factory=lambda: defaultdict(list), init=False
    )

    def add(self, phrase: str, value: V) -> None:
        """A run of words that stands for `value`."""
        words = tuple(frozenset(self.forms(word)) for word in _WORD.findall(phrase))
        for form in words[0] if words else ():
            self._by_first[form].append((words[1:], value))

    def hits(self, text: str) -> Iterator[Hit[V]]:
        """All runs in `text`, from its beginning; runs may overlap."""
        words = _WORD.findall(self.fold(text))
        for first, word in enumerate(words):
            for rest, value in self._by_first.get(word, ()):
                end = first + 1 + len(rest)
                if end <= len(words) and all(w in forms for w, forms in zip(words[first + 1 : end], rest, strict=True)):
                    yield Hit(first, end, value)


def uncovered(hits: Iterable[Hit[V]], never: Iterable[Hit[V]]) -> Iterator[Hit[V]]:
    """The hits that lie in no run of the same value that does not count."""
    covering = list(never)
    for hit in hits:
        if not any(n.value == hit.value and n.first <= hit.first and hit.end <= n.end for n in covering):
            yield hit
