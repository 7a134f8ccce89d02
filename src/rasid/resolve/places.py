"""Which of several places with one name is meant: «طرابلس» of Libya or Lebanon, «عمان» the city or the country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from rasid.model.text import Mention, Sentence
from rasid.resolve.index import Index

_PLACES = frozenset({"place", "capital", "country"})
#: What a country named in the same sentence counts for, against one elsewhere in the article.
_HERE = 3
#: What it counts for that the name is spelt, vowel marks and all, as a table spells this place's.
_SPELT = 20


def settle(text: str, sentences: Sequence[Sentence], index: Index) -> tuple[Sentence, ...]:
    """The sentences with one country's readings of each place name, where the article tells which country is meant.

    Where it does not, all readings stay, in the order in which the tables gave them.
    """
    shared = [_shared(s, index) for s in sentences]
    if not any(shared):
        return tuple(sentences)
    named = [_named(s, index, groups) for s, groups in zip(sentences, shared, strict=True)]
    everywhere = sum(named, Counter[str]())
    found = []
    for sentence, groups, here in zip(sentences, shared, named, strict=True):
        out: set[Mention] = set()
        for group in groups:
            countries = _meant(text, group, here, everywhere, index)
            out |= {m for m in group if countries and _country(m, index) not in countries}
        kept = tuple(m for m in sentence.mentions if m not in out)
        found.append(replace(sentence, mentions=kept) if out else sentence)
    return tuple(found)


def _shared(sentence: Sentence, index: Index) -> list[list[Mention]]:
    """The place names of a sentence that are names in several countries, each with its readings."""
    together: dict[tuple[int, int], list[Mention]] = {}
    for m in sentence.mentions:
        if m.kind in _PLACES:
            together.setdefault((m.first, m.last), []).append(m)
    return [group for group in together.values() if len({_country(m, index) for m in group}) > 1]


def _named(sentence: Sentence, index: Index, shared: Sequence[Sequence[Mention]]) -> Counter[str]:
    """How often the sentence names each country, by itself, its people, bodies and places."""
    open_ = {m.first for group in shared for m in group}
    counts: Counter[str] = Counter()
    for m in {(m.first, m.last, _country(m, index)): m for m in sentence.mentions if not m.weak}.values():
        country = _country(m, index)
        if country is not None and m.first not in open_:
            counts[country] += 1
    return counts


def _meant(
    text: str, group: Sequence[Mention], here: Counter[str], everywhere: Counter[str], index: Index
) -> set[str | None]:
    """The country that the context gives to a name; empty when it gives none, or two as well."""
    scores: dict[str | None, int] = {}
    for m in group:
        country = _country(m, index)
        score = _HERE * here[country or ""] + everywhere[country or ""]
        score += _SPELT if _spelt(text, m, index) else 0
        scores[country] = max(scores.get(country, 0), score)
    best = max(scores.values())
    top = {country for country, score in scores.items() if score == best}
    return top if best > 0 and len(top) == 1 else set()


def _spelt(text: str, m: Mention, index: Index) -> bool:
    """Whether a name with vowel marks is spelt as the table spells it («عمّان»)."""
    words = m.span.of(text)
    if index.fold(words) == words or all(c.isalpha() or c.isspace() for c in words):
        return False
    if m.kind == "place":
        return words in index.places[m.id].names
    row = index.countries[m.id]
    return words in (row.capitals if m.kind == "capital" else row.names)


def _country(m: Mention, index: Index) -> str | None:
    """The country that a mention tells: its own, or that of the table's row."""
    if m.kind in ("country", "capital", "demonym"):
        return m.id
    if m.kind == "place":
        return index.places[m.id].country
    rows = {"org": index.orgs, "person": index.people}.get(m.kind)
    return rows[m.id].country if rows is not None else None
