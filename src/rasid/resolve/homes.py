"""Of which country somebody is whom no table knows and whose phrase does not say so.

«القوات الحكومية», «المتظاهرون», an unknown name: the country of the article, of a place in the sentence, of somebody
named beside them, or none at all («بعض الدول»). Each country that the context offers is weighed, and none as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rasid.model import Entity
from rasid.model.event import Event
from rasid.model.text import Mention, Sentence
from rasid.packs.knowledge import BODIES

#: Countries named in the sentence that are weighed, the nearest first.
_NEAREST = 3


def uncertain(entity: Entity) -> bool:
    """Whether the country of an entity rests on its context: no table knows it."""
    return entity.id is None


def offers(
    entity: Entity,
    first: int,
    named: Sequence[tuple[int, str]],
    places: Sequence[str],
    others: Mapping[str, str | None],
) -> dict[str | None, list[str]]:
    """The countries that the context offers, with what offers them; None, no country, is always among them.

    Args:
        entity: as the resolver has it; its own country is an offer («given»).
        first: its first token in the sentence, -1 when it is not named there.
        named: (token, country) of the names in the sentence.
        places: countries of its places.
        others: further countries by who offers them (``main``, ``told actor``, ``speaker`` …).
    """
    found: dict[str | None, list[str]] = {None: ["none"]}
    found.setdefault(entity.country, []).append("given")
    for name, country in others.items():
        if country is not None:
            found.setdefault(country, []).append(name)
    for country in places[:1]:
        found.setdefault(country, []).append("place")
    near = sorted(((abs(token - first), token > first, country) for token, country in named if token != first))
    for n, (_, after, country) in enumerate(near[:_NEAREST]):
        found.setdefault(country, []).append(f"near{n}{'+' if after else '-'}")
    return found


def features(
    entity: Entity, kind: str, head: str, event: Event, sentence: Sentence, offered: Mapping[str | None, Sequence[str]]
) -> list[tuple[str, ...]]:
    """What the model sees of each offer, in their order."""
    return [tuple(_features(entity, kind, head, event, sentence, c, by)) for c, by in offered.items()]


def _features(
    entity: Entity, kind: str, head: str, event: Event, sentence: Sentence, country: str | None, by: Sequence[str]
) -> Iterator[str]:
    why = " ".join(entity.reason.split(":")[0].split("«")[0].split()[:5])
    whole = "+".join(sorted(by))
    for offer in (*by, whole):
        yield from (
            f"{offer}",
            f"{offer}|why={why}",
            f"{offer}|kind={kind}",
            f"{offer}|head={head}",
            f"{offer}|sector={entity.sector}",
            f"{offer}|event={event.event}",
            f"{offer}|why={why}|kind={kind}",
            f"{offer}|part={sentence.part}",
        )
    yield f"body={country is not None and country in BODIES}|{whole}"


def fuller_names(sentences: Sequence[Sentence]) -> dict[str, str]:
    """For head words of phrases with a state of their own («الجيش السوداني») that state, where most of them agree."""
    seen: dict[str, Counter[str]] = {}
    for sentence in sentences:
        stated = countries_named(sentence.mentions)
        for phrase in sentence.phrases:
            last = phrase.core_last if phrase.core_last >= 0 else phrase.last
            home = next((country for token, country in stated if phrase.head < token <= last), None)
            if home is not None:
                seen.setdefault(sentence.tokens[phrase.head].bare, Counter())[home] += 1
    most = {head: counts.most_common(1)[0] for head, counts in seen.items()}
    return {head: home for head, (home, times) in most.items() if 2 * times > seen[head].total()}


def countries_named(mentions: Sequence[Mention]) -> list[tuple[int, str]]:
    """(token, country) of the states named outright in a sentence."""
    return [(m.first, m.id) for m in mentions if m.kind in ("country", "capital", "demonym")]
