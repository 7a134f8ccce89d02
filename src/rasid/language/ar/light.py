"""Content words of a text as light stems: what two texts are compared by when no grammar is needed.

The stemmer is light10: L. S. Larkey, L. Ballesteros and M. E. Connell, "Light Stemming for Arabic Information
Retrieval", in Arabic Computational Morphology, 2007. It is rough on purpose (it makes «لبنان» and «لبن» one): it needs
no lexicon, and a shared stem is only ever one hint among many.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from rasid.language.ar.letters import fold

#: Gives the stems of the content words of a text, in order.
Stems = Callable[[str], tuple[str, ...]]

_WORD = re.compile(r"[^\W_]+")
_ARTICLES = ("وال", "بال", "كال", "فال", "ال", "لل")
_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")  # of folded words: ة is ه already
_LEAST = 2


@lru_cache(maxsize=65536)
def light_stem(word: str) -> str:
    """The light stem of one folded word: without «و», the article and endings of gender and number."""
    if word[:1] == "و" and len(word) > _LEAST + 1:
        word = word[1:]
    for prefix in _ARTICLES:
        if word.startswith(prefix) and len(word) >= len(prefix) + _LEAST:
            word = word[len(prefix) :]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) >= len(suffix) + _LEAST:
            word = word[: -len(suffix)]
    return word


def stemmer(function_words: Iterable[str]) -> Stems:
    """A function that gives the light stems of a text's words, those of `function_words` left out."""
    closed = frozenset(fold(word) for word in function_words)

    def stems(text: str) -> tuple[str, ...]:
        words = _WORD.findall(fold(text))
        return tuple(light_stem(word) for word in words if word not in closed and len(word) > 1)

    return stems
