"""Wire copies and near-duplicates: articles whose texts share most of their runs of words.

MinHash with locality-sensitive hashing (library rensa) proposes pairs; their likeness is then counted, not estimated.
Source: A. Broder, "On the Resemblance and Containment of Documents", Compression and Complexity of Sequences, 1997.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import dataclass

#: Words in a run.
_RUN = 3
#: Hashes, bands of them, seed. With 128 hashes in 32 bands of 4, a pair of likeness .5 is proposed
#: with probability .87.
_HASHES, _BANDS, _SEED = 128, 32, 7
#: Texts of fewer runs of words are all alike («عاجل»).
_LEAST = 12


@dataclass(frozen=True, slots=True)
class Text:
    """A text to compare: a number of its own, and its folded words in order with one space between."""

    key: int
    words: str


@dataclass(frozen=True, slots=True)
class Copy:
    """Two texts that are alike: `score` is the share of their runs of three words that both have (Jaccard, 0 to 1)."""

    key: int
    of: int
    score: float


def copies(texts: Iterable[Text], least: float = 0.5) -> list[Copy]:
    """Find pairs of texts that are alike. The earlier text of a pair is what the later one is a copy of.

    Args:
        texts: in order of publication, keys differing.
        least: the least likeness.

    Raises:
        ImportError: when rensa is not installed.
    """
    rensa = importlib.import_module("rensa")
    index = rensa.RMinHashLSH(threshold=least, num_perm=_HASHES, num_bands=_BANDS)
    known: dict[int, Text] = {}
    found: list[Copy] = []
    for text in texts:
        mine = _runs(text)
        if len(mine) < _LEAST:
            continue
        sketch = rensa.RMinHash(num_perm=_HASHES, seed=_SEED)
        sketch.update(sorted(mine))
        for other in index.query(sketch):
            theirs = _runs(known[other])
            score = len(mine & theirs) / len(mine | theirs)
            if score >= least:
                found.append(Copy(text.key, other, round(score, 3)))
        index.insert(text.key, sketch)
        known[text.key] = text
    return sorted(found, key=lambda copy: (copy.key, copy.of))


def _runs(text: Text) -> set[str]:
    words = text.words.split()
    return {" ".join(words[n : n + _RUN]) for n in range(len(words) - _RUN + 1)}
