"""Finding runs of words in folded text, with article, joined prepositions and conjunctions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

V = TypeVar("V")

#: What a word may be without clitics and article, and whether it had the article.
Apart = Callable[[str], Iterable[tuple[str, bool]]]
#: Folds a text for matching.
Fold = Callable[[str], str]
#: A word that is looked for: without its article, and whether the article must be there.
Sought = tuple[str, bool]

_ARTICLE = 2

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


class Phrases(Generic[V]):
    """Runs of words, each with a value; filled once, then only asked. A word given with its article keeps it.

    Args:
        fold, apart: of the language.
    """

    def __init__(self, fold: Fold, apart: Apart) -> None:
        self._fold = fold
        self._apart = apart
        self._by_first: dict[str, list[tuple[tuple[Sought, ...], V]]] = defaultdict(list)

    def add(self, phrase: str, value: V) -> None:
        """A run of words that stands for `value`."""
        words = tuple(map(self._sought, _WORD.findall(self._fold(phrase))))
        if words:
            self._by_first[words[0][0]].append((words, value))

    def _sought(self, word: str) -> Sought:
        """Without its article; a word that is not taken apart is looked for as it is."""
        return next(
            (
                (bare, True)
                for bare, definite in self._apart(word)
                if definite and word.endswith(bare) and len(word) == len(bare) + _ARTICLE
            ),
            (word, False),
        )

    def hits(self, text: str) -> Iterator[Hit[V]]:
        """All runs in `text`, from its beginning; runs may overlap."""
        words = [frozenset(self._apart(word)) for word in _WORD.findall(self._fold(text))]
        for first, forms in enumerate(words):
            for bare in {bare for bare, _ in forms}:
                for sought, value in self._by_first.get(bare, ()):
                    end = first + len(sought)
                    if end <= len(words) and all(map(_is, words[first:end], sought)):
                        yield Hit(first, end, value)


def _is(forms: frozenset[tuple[str, bool]], sought: Sought) -> bool:
    return sought in forms or (not sought[1] and (sought[0], True) in forms)


def uncovered(hits: Iterable[Hit[V]], never: Iterable[Hit[V]]) -> Iterator[Hit[V]]:
    """The hits that lie in no run of the same value that does not count."""
    covering = list(never)
    for hit in hits:
        if not any(n.value == hit.value and n.first <= hit.first and hit.end <= n.end for n in covering):
            yield hit


def shortest(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts without those that have another one within: who looks for parts of words needs these alone."""
    kept: list[str] = []
    for text in sorted(set(texts), key=lambda text: (len(text), text)):
        if not any(other in text for other in kept):
            kept.append(text)
    return tuple(kept)
