"""The ways in which a word that somebody looks for may stand in a text."""

from __future__ import annotations

from rasid.language.ar.letters import fold

#: What is written at the front of a word, without a space.
_JOINTS = ("", "و", "ف")
_PREPOSITIONS = ("", "ب", "ل", "ك")
_ARTICLE = "ال"


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
