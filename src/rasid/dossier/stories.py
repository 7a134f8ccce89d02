"""Stories: articles of one process, found by what they share of words, parties, issues and events within days.

Articles are points of a graph. Two are linked by the likeness of what they tell (cosine, rare things counting more),
which fades with the days between them. Each article keeps its strongest links, and the graph is cut into communities:
V. Blondel, J.-L. Guillaume, R. Lambiotte, E. Lefebvre, "Fast unfolding of communities in large networks", Journal of
Statistical Mechanics, 2008 (Louvain), by the library networkx. These communities are the cores
of stories: cores whose middles are alike are joined, and an article that is in none goes to the core that it is most
like. One link alone («a visit», «a law») then brings nothing together.
"""

from __future__ import annotations

import heapq
import importlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rasid.dossier.acts import Act
from rasid.dossier.roles import PartyRole, roles

#: Finds the stems of the content words of a text.
Stems = Callable[[str], Sequence[str]]

#: Strongest links that an article keeps, and the least likeness of a link. Chosen, as the other numbers here, by
#: reading the stories of 1,500 articles; docs/models/stories.md tells what else was tried.
_LINKS, _LEAST = 10, 0.25
#: Days after which a likeness counts e times less.
_FADE = 14.0
#: How finely the graph is cut: 1 gives fewer and larger stories.
_RESOLUTION = 1.0
_SEED = 7
#: Likeness from which two cores are one story, and an article belongs to a core.
_JOINED, _ATTACHED = 0.4, 0.22
#: Articles of a story at least.
_ARTICLES = 3
#: Rarest things of an article by which others are looked up, and how many earlier ones are looked at for each.
_LOOKED_UP, _CROWD = 40, 200
#: What a party, an issue or a pair of parties weighs that takes part in all acts of an article; a word weighs 1, one
#: of the headline 2, and an event that another article tells too this:
_ACTED, _EVENT = 2.0, 1.5
#: Headlines that stand over so many articles are names of programmes («النشرة»), whose articles tell everything.
_PROGRAMME = 4
#: Share of a story's articles in which a party acts, or an issue is spoken of, to be one of the story's; two at least.
_OWN = 0.1
#: Words of a name, and letters of the stem of such a word at least.
_NAMED, _LETTERS = 4, 3
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """An article as grouping sees it.

    Attributes:
        key: names it.
        day: of publication; None: it is in no story.
        headline: "" where there is none.
        beginning: its first lines.
        acts: what it tells; acts of joined records have records of other articles too.
    """

    key: str
    day: date | None
    headline: str
    beginning: str
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class ToldStory:
    """A process that several articles tell.

    Attributes:
        name: words of its headlines that tell it from other stories, the likeliest first.
        headline: that of the article most like the others.
        articles: keys and how central each is, 0 to 1, the most central first.
        records: numbers of the records in these articles in which a party of the story acts or that are about one of
            its issues.
        parties: those that act in a tenth of the articles and two at least, with their roles by what they do.
        issues: likewise, those that most articles speak of first.
        since, until: days of publication of the first and the last article.
    """

    name: str
    headline: str
    articles: tuple[tuple[str, float], ...]
    records: tuple[int, ...]
    parties: tuple[PartyRole, ...]
    issues: tuple[str, ...]
    since: date
    until: date


def told_stories(pieces: Iterable[Piece], stems: Stems) -> list[ToldStory]:
    """The stories of articles, the largest first. An article is in one story or in none.

    Args:
        pieces: the articles; their keys differ.
        stems: gives the stems of the content words of a text.

    Raises:
        ImportError: when networkx is not installed.
    """
    titles = Counter(piece.headline for piece in pieces if piece.headline)
    found = {p.key: p for p in pieces if p.day is not None and titles[p.headline] < _PROGRAMME}
    ordered = sorted(found.values(), key=_published)
    vectors = _vectors(ordered, stems)
    links = _links(ordered, vectors)
    namer = _Namer(ordered, stems)
    cores = [_Core.of([found[key] for key in keys], vectors) for keys in _communities(ordered, links)]
    cores = _attached(_joined(cores, vectors), ordered, vectors)
    made = [_story(core, vectors, namer) for core in cores]
    return sorted(made, key=lambda story: (-len(story.articles), story.since, story.articles))


def _published(piece: Piece) -> tuple[date, str]:
    return piece.day or date.max, piece.key


# ---------------------------------------------------------------- likeness

_Vector = Mapping[Hashable, float]


def _vectors(pieces: Sequence[Piece], stems: Stems) -> dict[str, _Vector]:
    """What each article tells, rare things weighing more (inverse document frequency), as vectors of length 1."""
    told = {piece.key: dict(_told(piece, stems)) for piece in pieces}
    articles: Counter[Hashable] = Counter(thing for things in told.values() for thing in things)
    size = len(pieces) + 50  # in a small collection nothing is then so common that it weighs nothing
    vectors: dict[str, _Vector] = {}
    for key, things in told.items():
        weighed = {t: w * math.log(size / (articles[t] + 1)) for t, w in things.items() if articles[t] > 1}
        length = math.sqrt(sum(weight * weight for weight in weighed.values()))
        vectors[key] = {thing: weight / length for thing, weight in weighed.items()} if length else {}
    return vectors


def _told(piece: Piece, stems: Stems) -> Iterator[tuple[Hashable, float]]:
    head, body = set(stems(piece.headline)), set(stems(piece.beginning))
    for word in head | body:
        yield ("word", word), 1.0 + (word in head)
    counted: Counter[Hashable] = Counter()
    for act in piece.acts:
        counted.update(("party", party) for party in act.parties)
        counted.update(("issue", issue) for issue in act.issues)
        counted.update(("pair", pair) for pair in act.pairs())
        if len({fact.article for fact in act.facts}) > 1:
            yield ("event", act.fact.group), _EVENT
    for thing, times in counted.items():
        yield thing, _ACTED * math.sqrt(times / len(piece.acts))


def _links(pieces: Sequence[Piece], vectors: Mapping[str, _Vector]) -> dict[str, dict[str, float]]:
    """The links of each article that are strong enough, both ways."""
    links: dict[str, dict[str, float]] = {piece.key: {} for piece in pieces}
    having: dict[Hashable, list[Piece]] = defaultdict(list)
    for piece in pieces:
        mine = vectors[piece.key]
        likeness: dict[str, float] = defaultdict(float)
        for thing in sorted(mine, key=lambda thing: (-mine[thing], str(thing)))[:_LOOKED_UP]:
            for other in having[thing][-_CROWD:]:
                likeness[other.key] += mine[thing] * vectors[other.key][thing] * _faded(piece, other)
        for thing in mine:
            having[thing].append(piece)
        for key, value in likeness.items():
            if value >= _LEAST:
                links[piece.key][key] = links[key][piece.key] = value
    return links


def _faded(a: Piece, b: Piece) -> float:
    assert a.day is not None and b.day is not None
    return math.exp(-abs((a.day - b.day).days) / _FADE)


def _communities(pieces: Sequence[Piece], links: Mapping[str, Mapping[str, float]]) -> Iterator[list[str]]:
    networkx = importlib.import_module("networkx")
    graph = networkx.Graph()
    graph.add_nodes_from(piece.key for piece in pieces)
    for key, others in links.items():
        for other in sorted(others, key=lambda other: (-others[other], other))[:_LINKS]:
            graph.add_edge(key, other, weight=others[other])
    for keys in networkx.community.louvain_communities(graph, resolution=_RESOLUTION, seed=_SEED):
        if len(keys) >= _ARTICLES:
            yield sorted(keys)


# ---------------------------------------------------------------- cores


@dataclass(slots=True)
class _Core:
    """Articles of one story, and the middle of what they tell, a vector of length 1."""

    pieces: list[Piece]
    middle: dict[Hashable, float]
    since: date
    until: date

    @classmethod
    def of(cls, pieces: Sequence[Piece], vectors: Mapping[str, _Vector]) -> _Core:
        total: dict[Hashable, float] = defaultdict(float)
        for piece in pieces:
            for thing, weight in vectors[piece.key].items():
                total[thing] += weight
        length = math.sqrt(sum(weight * weight for weight in total.values())) or 1.0
        days = [piece.day for piece in pieces if piece.day is not None]
        middle = {thing: weight / length for thing, weight in total.items()}
        return cls(list(pieces), middle, min(days), max(days))

    def likeness(self, vector: _Vector, since: date, until: date, least: float = 0.0) -> float:
        """How like something of these days is, fading with the days between; 0 where these keep it under `least`."""
        apart = max(0, (since - self.until).days, (self.since - until).days)
        faded = math.exp(-apart / _FADE)
        if faded < least:
            return 0.0
        small, large = sorted((vector, self.middle), key=len)
        return sum(w * large.get(thing, 0.0) for thing, w in small.items()) * faded


def _joined(cores: list[_Core], vectors: Mapping[str, _Vector]) -> list[_Core]:
    """The cores, the two that are most alike joined first, until none are like enough."""
    alive = dict(enumerate(cores))
    queue = [(-value, a, b) for a in alive for b in alive if a < b and (value := _alike(alive[a], alive[b])) >= _JOINED]
    heapq.heapify(queue)
    number = len(cores)
    while queue:
        _, a, b = heapq.heappop(queue)
        if a not in alive or b not in alive:
            continue
        new = _Core.of([*alive.pop(a).pieces, *alive.pop(b).pieces], vectors)
        for other, core in alive.items():
            if (value := _alike(core, new)) >= _JOINED:
                heapq.heappush(queue, (-value, other, number))
        alive[number] = new
        number += 1
    return list(alive.values())


def _alike(a: _Core, b: _Core) -> float:
    return a.likeness(b.middle, b.since, b.until, _JOINED)


def _attached(cores: list[_Core], pieces: Sequence[Piece], vectors: Mapping[str, _Vector]) -> list[_Core]:
    """The cores with the articles that are in none and are like enough to one; the middles stay as they were."""
    within = {piece.key for core in cores for piece in core.pieces}
    having: dict[Hashable, set[int]] = defaultdict(set)
    for n, core in enumerate(cores):
        for thing in sorted(core.middle, key=lambda thing: (-core.middle[thing], str(thing)))[:_LOOKED_UP]:
            having[thing].add(n)
    for piece in pieces:
        if piece.key in within or piece.day is None:
            continue
        mine = vectors[piece.key]
        near = {n for thing in mine for n in having.get(thing, ())}
        likeness = {n: cores[n].likeness(mine, piece.day, piece.day, _ATTACHED) for n in sorted(near)}
        best = max(likeness, key=lambda n: likeness[n], default=None)
        if best is not None and likeness[best] >= _ATTACHED:
            cores[best].pieces.append(piece)
    return cores


# ---------------------------------------------------------------- what a story is


def _story(core: _Core, vectors: Mapping[str, _Vector], namer: _Namer) -> ToldStory:
    pieces = core.pieces
    keys = {piece.key for piece in pieces}
    near = {p.key: core.likeness(vectors[p.key], core.since, core.until) for p in pieces}
    most = max(near.values())
    ordered = sorted(pieces, key=lambda piece: (-near[piece.key], _published(piece)))
    parties, issues = _own(pieces, lambda act: act.parties), _own(pieces, lambda act: act.issues)
    acts = {id(act): act for piece in pieces for act in piece.acts if _belongs(act, parties, issues)}
    days = [piece.day for piece in pieces if piece.day is not None]
    return ToldStory(
        name=namer.name(pieces),
        headline=next((piece.headline for piece in ordered if piece.headline), ""),
        articles=tuple((piece.key, round(near[piece.key] / most, 3) if most else 0.0) for piece in ordered),
        records=tuple(sorted({f.key for act in acts.values() for f in act.facts if f.article in keys})),
        parties=tuple(role for role in roles(acts.values()) if role.party in parties),
        issues=tuple(issues),
        since=min(days),
        until=max(days),
    )


def _belongs(act: Act, parties: Mapping[str, int], issues: Mapping[str, int]) -> bool:
    return any(party in parties for party in act.parties) or any(issue in issues for issue in act.issues)


def _own(pieces: Sequence[Piece], of: Callable[[Act], Iterable[str]]) -> dict[str, int]:
    """What enough articles have, with the number of articles, the commonest first."""
    told = Counter(value for piece in pieces for value in {value for act in piece.acts for value in of(act)})
    least = max(2, _OWN * len(pieces))
    return {value: times for value, times in sorted(told.items(), key=lambda i: (-i[1], i[0])) if times >= least}


class _Namer:
    """Names stories by words of their headlines that are commoner there than elsewhere; else by their first lines."""

    def __init__(self, pieces: Sequence[Piece], stems: Stems) -> None:
        self._stems = stems
        self._all = Counter(stem for piece in pieces for stem in {*stems(piece.headline), *stems(piece.beginning)})
        self._size = len(pieces) + 50

    def name(self, pieces: Sequence[Piece]) -> str:
        """The words, each as it is written most often, parted by « · »."""
        return self._named([p.headline for p in pieces]) or self._named([p.beginning for p in pieces])

    def _named(self, texts: Sequence[str]) -> str:
        counted = Counter(stem for text in texts for stem in set(self._stems(text)))
        weighed = {
            stem: times * math.log(self._size / (self._all[stem] + 1))
            for stem, times in counted.items()
            if times > 1 and len(stem) >= _LETTERS and not stem.isdecimal()
        }
        chosen = sorted(weighed, key=lambda stem: (-weighed[stem], stem))[:_NAMED]
        written: dict[str, Counter[str]] = defaultdict(Counter)
        for word in (word for text in texts for word in _WORD.findall(text)):
            for stem in self._stems(word):
                written[stem][word] += 1
        forms = (min(written[stem], key=lambda word: (-written[stem][word], word)) for stem in chosen if written[stem])
        return " · ".join(forms)
