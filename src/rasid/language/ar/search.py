"""The ways in which a word that somebody looks for may stand in a text."""

from __future__ import annotations

import re
from functools import lru_cache

from rasid.language.ar.letters import fold

#: What is written at the front of a word, without a space.
_JOINTS = ("", "و", "ف")
_PREPOSITIONS = ("", "ب", "ل", "ك")
_ARTICLE = "ال"
_WORD = re.compile(r"[^\W_]+")


def written_forms(word: str) -> tuple[str, ...]:
    """The folded forms of `word` with and without the article, joined prepositions and conjunctions.

    «هدنة» gives «هدنه», «الهدنه», «والهدنه», «بالهدنه», «للهدنه» …; a word given with its article keeps it.
    """
    folded = fold(word).strip()
    definite = folded.startswith(_ARTICLE) and len(folded) > 4
    bare = folded[len(_ARTICLE) :] if definite else folded
    forms = [] if definite else [prep + bare for prep in _PREPOSITIONS]
    forms += ["لل" + bare if prep == "ل" else prep + _ARTICLE + bare for prep in _PREPOSITIONS]
    return tuple(dict.fromkeys(joint + form for joint in _JOINTS for form in forms))


@lru_cache(maxsize=65536)
def taken_apart(word: str) -> tuple[tuple[str, bool], ...]:
    """What a written word may be without conjunction, preposition and article, and whether it had the article.

    The other way round than `written_forms`: «وبالهدنة» gives («هدنه», True) among others.
    """
    folded = fold(word).strip()
    found: dict[tuple[str, bool], None] = {}
    for joint in _JOINTS:
        if not folded.startswith(joint):
            continue
        rest = folded[len(joint) :]
        for prep in _PREPOSITIONS:
            if not rest.startswith(prep):
                continue
            bare = rest[len(prep) :]
            found[bare, False] = None
            if bare.startswith(_ARTICLE) and len(bare) > 4:
                found[bare[len(_ARTICLE) :], True] = None
            if prep == "ل" and bare.startswith("ل"):
                found[bare[1:], True] = None
    return tuple(found)


@lru_cache(maxsize=65536)
def bare_forms(word: str) -> frozenset[str]:
    """The folded forms of a written word without conjunction and preposition; its article stays."""
    return frozenset(_ARTICLE + bare if definite else bare for bare, definite in taken_apart(word))


def words_apart(text: str) -> list[frozenset[str]]:
    """Each word of a text as what it may be without conjunction and preposition."""
    return [bare_forms(word) for word in _WORD.findall(fold(text))]


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    return tuple(_WORD.findall(fold(text)))
