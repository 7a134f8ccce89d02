"""What speaks for and against two records being one event, and for those of one article named features of it.

Each feature is a name with a value of 1: what is measured (a likeness, a distance) is cut into steps, so that the
weights can be read. Their names begin with ``in``. Records of two articles are measured by ``measures``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rasid.join.telling import Party, Spot, Telling

#: Steps of a likeness of words.
_STEPS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8)
#: Types that say something: one event only when speaker and content are one.
WORDS = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
#: Days within which articles tell an act that none of them dates.
_NEWS = 3
#: Stems that two pronouncements share around their triggers at least.
_SHARED = 2
#: Likeness (cosine) of two sentences from which their words alone say that they tell one act.
_SENTENCES_ALIKE = 0.3
_DONE = frozenset({"actual", "ongoing"})
#: Types of which two actors of different countries do two acts.
_ONE_DOER = frozenset({"SANCTION"})
#: Types whose actors and recipients do one thing together.
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
_DIFFER = frozenset({"apart", "others"})
_ALIKE = frozenset({"one", "name", "kind"})
#: Days that two dates of one act may lie apart: night and time zones.
_SLACK = 1
_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each stem tells: more the fewer articles have it (inverse document frequency)."""

    of: Mapping[str, float]
    other: float
    totals: dict[frozenset[str], float] = field(default_factory=dict)

    @classmethod
    def counted(cls, articles: int, counts: Mapping[str, int]) -> Weights:
        """Weights from the number of articles of a collection that have each stem.

        Args:
            articles: of the collection.
            counts: of the stems; one that is not among them is as rare as can be.
        """
        return cls({stem: math.log(articles / (n + 1)) for stem, n in counts.items()}, math.log(articles))

    def total(self, words: frozenset[str]) -> float:
        """The weight of all stems of a set."""
        found = self.totals.get(words)
        if found is None:
            found = self.totals[words] = self.sum(words)
        return found

    def sum(self, words: Iterable[str]) -> float:
        """The weight of some stems."""
        of, other = self.of, self.other
        return math.fsum(of.get(word, other) for word in words)  # the same in whatever order a set is kept

    def top(self, words: Iterable[str]) -> float:
        """The weight of the rarest of some stems; 0 when there are none."""
        of, other = self.of, self.other
        return max((of.get(word, other) for word in words), default=0.0)

    def likeness(self, a: frozenset[str], b: frozenset[str]) -> tuple[float, float]:
        """Shared weight as a share of both (cosine of the sets, 0 to 1), and of the smaller one."""
        x, y = self.total(a), self.total(b)
        if not x or not y:
            return 0.0, 0.0
        shared = self.sum(a & b)
        return shared / math.sqrt(x * y), shared / min(x, y)


def features(a: Telling, b: Telling, weights: Weights, family: Mapping[tuple[str, str], str]) -> list[str]:
    """The names of what holds for two records of one article; the same in whichever order they are given.

    Args:
        a: a record.
        b: another one of its article.
        weights: of the stems.
        family: how two different types of PLOVER may tell one act, by both types in alphabetical order.
    """
    return ["in", *(f"in {name}" for name in (*_common(a, b, weights, family), *_inside(a, b)))]


def excluded(a: Telling, b: Telling) -> str | None:
    """What rules one event out, in words; else None.

    Both texts date it, on other days; both place it, in other places; or neither dates it and the articles lie days
    apart. Of two single days not even the next one is the same; of longer stretches a day of slack is left.
    """
    if a.first and a.last and b.first and b.last:
        sure = a.first == a.last and b.first == b.last
        if gap((a.first, a.last), (b.first, b.last)) > (0 if sure else _SLACK):
            return "dated on different days"
    elif not a.first and not b.first and _published_apart(a, b) > _NEWS:
        return "published days apart, and neither is dated"
    if places(a.place, b.place) == "apart":
        return "in different places"
    return None


def contradiction(a: Telling, b: Telling) -> str | None:
    """What speaks against one event, in words: `excluded`, or other targets, parties, speakers or words; else None.

    All but `excluded` rests on names that the reader may have got wrong, so some are borne in a large group.
    """
    if ruled_out := excluded(a, b):
        return ruled_out
    said = a.event in WORDS and b.event in WORDS
    if said:
        if likeness(doers(a), doers(b)) in _DIFFER:
            return "other speakers"
        if a.article != b.article and len(a.near & b.near) < _SHARED:
            return "the words around the triggers differ"
    elif a.event not in WORDS and b.event not in WORDS and _other_target(a, b):
        return "other places are named as the target"
    if a.event == b.event == "CONSULT":
        x, y = (*a.actor, *a.recipient), (*b.actor, *b.recipient)
        if len(x) > 1 and len(y) > 1 and coverage(x, y) == "mixed":
            return "other parties meet"
        if a.mode != b.mode and "phone" in (a.mode, b.mode):
            return "one meets, one telephones"
    if a.event == b.event and a.event in _ONE_DOER and likeness(a.actor, b.actor) in _DIFFER:
        return "other actors"
    if _done_later(a, b) or _done_later(b, a):
        return "one was published before the day of the other"
    return None


def something_shared(a: Telling, b: Telling, weights: Weights) -> bool:
    """Whether two records name something in common that tells an act from others of its kind.

    A party, a place or a person that both name, the same number, or sentences that are alike. Records of which neither
    says more than «the shelling continues» have nothing of it, however like their articles are.
    """
    parties = ((doers(a), doers(b)), (a.recipient, b.recipient))
    if any(likeness(x, y) in _ALIKE for x, y in parties):
        return True
    if a.event == b.event == "CONSULT" and likeness((*a.actor, *a.recipient), (*b.actor, *b.recipient)) in _ALIKE:
        return True
    if a.placed & b.placed or a.people & b.people or a.numbers & b.numbers:
        return True
    return weights.likeness(a.words, b.words)[0] >= _SENTENCES_ALIKE


def _other_target(a: Telling, b: Telling) -> bool:
    """Whether two deeds name other places behind their triggers.

    Where the sentence of one has the place of the other it may be the same act, unless the sentence is one: then it
    tells two places apart.
    """
    if named(a.places, b.places) != "apart":
        return False
    one = a.article == b.article and a.sentence == b.sentence
    return one or not (a.placed & b.places or b.placed & a.places)


def _done_later(a: Telling, b: Telling) -> bool:
    """Whether `a` took place after the article of `b`, which gives no day, had told `b` as done."""
    done = a.status in _DONE and b.status in _DONE and a.article != b.article and a.event != "CONSULT"
    return done and b.first is None and a.first is not None and b.published is not None and a.first > b.published


def _published_apart(a: Telling, b: Telling) -> int:
    return abs((a.published - b.published).days) if a.published and b.published else 0


def doers(telling: Telling) -> tuple[Party, ...]:
    """Who acts; of a pronouncement without an actor, who is quoted with it."""
    return telling.actor or (telling.speaker[:1] if telling.event in WORDS else ())


def reversed_roles(a: Telling, b: Telling) -> bool:
    """Whether what one does to another is done back: an attack and the answer, an expulsion and its return."""
    if a.event != b.event or a.event in MUTUAL or likeness(a.actor, b.actor) in _ALIKE:
        return False
    if likeness(a.recipient, b.recipient) in _ALIKE:
        return False
    return likeness(a.actor, b.recipient) in _ALIKE or likeness(b.actor, a.recipient) in _ALIKE


def _common(a: Telling, b: Telling, weights: Weights, family: Mapping[tuple[str, str], str]) -> Iterator[str]:
    said = "word" if a.event in WORDS and b.event in WORDS else "deed"
    kin = "same" if a.event == b.event else family.get((min(a.event, b.event), max(a.event, b.event)), "other")
    yield f"type {kin}"
    yield f"type {kin} {said}"
    if kin == "same":
        yield f"type {a.event}"
        if a.mode and b.mode:
            yield "mode same" if a.mode == b.mode else "mode differs"
            if a.mode != b.mode:
                yield f"mode differs {a.event}"
        yield f"{a.event} actor {likeness(doers(a), doers(b))}"
        yield f"{a.event} recipient {likeness(a.recipient, b.recipient)}"
    yield from _trigger(a, b)
    if reversed_roles(a, b):
        yield "roles reversed"
    x, y = doers(a), doers(b)
    actor, recipient = likeness(x, y), likeness(a.recipient, b.recipient)
    if crossed := a.event == b.event == "CONSULT" or kin not in ("same", "other"):
        both = likeness((*a.actor, *a.recipient), (*b.actor, *b.recipient))
        yield f"parties {both}"
        yield f"parties {coverage((*a.actor, *a.recipient), (*b.actor, *b.recipient))}"
    else:
        yield f"actor {coverage(x, y)}"
        yield f"recipient {coverage(a.recipient, b.recipient)}"
    if a.recipient and b.recipient:
        first, second = (frozenset().union(*(party.phrase for party in side.recipient)) for side in (a, b))
        yield from _steps("target", weights.likeness(first, second)[1])
    yield f"actor {actor}"
    yield f"actor {actor} {said}"
    yield f"recipient {recipient}"
    if not crossed:
        yield f"actor {actor} recipient {recipient}"
    yield f"place {places(a.place, b.place)}"
    yield f"named places {named(a.places, b.places)} {said}"
    yield f"places of the sentence {named(a.placed, b.placed)}"
    yield f"named people {named(a.people, b.people)} {said}"
    yield from _steps("words", weights.likeness(a.words, b.words)[0])
    yield from _steps("fewer words", weights.likeness(a.words, b.words)[1])
    yield from _steps("near", weights.likeness(a.near, b.near)[0])
    yield from _steps("after", weights.likeness(a.after, b.after)[1])
    if a.issue and b.issue:
        yield from _steps("issue", weights.likeness(a.issue, b.issue)[1])
    if a.dead is not None and b.dead is not None:
        yield "dead same" if a.dead == b.dead else "dead differ"
    if (a.status == "negated") != (b.status == "negated"):
        yield "one negated"
    elif a.status != b.status:
        yield "status differs"
    if a.speaker and b.speaker:
        yield f"speaker {likeness(a.speaker, b.speaker)}"
        yield f"speaker {likeness(a.speaker, b.speaker)} {said}"
    yield f"days {_days(a, b)}"
    if _done_later(a, b) or _done_later(b, a):
        yield "published before the day"


def _trigger(a: Telling, b: Telling) -> Iterator[str]:
    """How the words of the acts and the numbers in them agree."""
    yield "trigger same" if a.trigger & b.trigger else "trigger differs"
    if a.trigger & b.trigger and a.trigger != b.trigger:
        yield "trigger partly"
    yield "frame same" if a.frame == b.frame else "frame differs"
    if a.numbers and b.numbers:
        yield "numbers same" if a.numbers & b.numbers else "numbers differ"


def named(a: frozenset[str], b: frozenset[str]) -> str:
    """How two sets of names agree: ``same``, ``shared`` (some), ``apart``, ``open`` (one names nothing)."""
    if not a or not b:
        return "open"
    if a == b:
        return "same"
    return "shared" if a & b else "apart"


def _inside(a: Telling, b: Telling) -> Iterator[str]:
    if a.number == b.same_as or b.number == a.same_as or (a.same_as and a.same_as == b.same_as):
        yield "linked"
    if a.sentence == b.sentence:
        yield "one sentence"
        yield f"one sentence {'same' if a.event == b.event else 'other'} {'one' if a.trigger & b.trigger else 'two'}"
        if a.event == b.event:
            yield f"one sentence {a.event}"
    if a.headline or b.headline:
        yield "headline"


def _steps(name: str, value: float) -> Iterator[str]:
    """All steps that a likeness reaches."""
    for step in _STEPS:
        if value < step:
            return
        yield f"{name} {step}"


def likeness(a: Sequence[Party], b: Sequence[Party]) -> str:
    """How well the parties of two records agree, by the best pair of them.

    ``one`` (an id), ``name``, ``kind`` (country and sector), ``country``, ``others`` (two people of one country),
    ``unclear`` (a country is not known), ``apart``; ``open`` when one names nobody.
    """
    if not a or not b:
        return "open"
    best = min(_agreement(x, y) for x in a for y in b)
    return LEVELS[best]


def coverage(a: Sequence[Party], b: Sequence[Party]) -> str:
    """Whether each party has its like on the other side: ``all``, ``more`` (one side has more), ``mixed``, ``open``."""
    if not a or not b:
        return "open"
    left = sum(all(_agreement(x, y) > 2 for y in b) for x in a)
    right = sum(all(_agreement(x, y) > 2 for x in a) for y in b)
    if not left and not right:
        return "all"
    return "mixed" if left and right else "more"


LEVELS = ("one", "name", "kind", "country", "others", "unclear", "apart")


def _agreement(a: Party, b: Party) -> int:
    if a.id and a.id == b.id:
        return 0
    if a.person and b.person:
        return 4 if a.country == b.country or a.country is None or b.country is None else 6
    shared = len(a.name & b.name)
    if shared and 2 * shared >= min(len(a.name), len(b.name)):
        return 1
    if a.country and a.country == b.country:
        return 2 if a.sectors & b.sectors else 3
    return 5 if a.country is None or b.country is None else 6


def places(a: Spot | None, b: Spot | None) -> str:
    """How two places agree: ``same``, ``near``, ``country`` (of one country), ``apart``, ``open``."""
    if a is None or b is None:
        return "open"
    if (a.id and a.id == b.id) or a.words & b.words:
        return "same"
    if a.lat is not None and b.lat is not None:
        km = distance(a, b)
        if km <= a.radius_km + b.radius_km + 15:
            return "near"
    if a.country and b.country:
        return "country" if a.country == b.country else "apart"
    return "open"


def distance(a: Spot, b: Spot) -> float:
    """Kilometres between two points on a sphere of the Earth's mean radius (haversine)."""
    assert a.lat is not None and a.lon is not None and b.lat is not None and b.lon is not None
    p, q = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((q - p) / 2) ** 2
    half += math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * _RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


def _days(a: Telling, b: Telling) -> str:
    """How the days of two acts of one article agree: ``same``, ``within`` a longer stretch, ``apart N``, ``open``."""
    if not (a.first and a.last and b.first and b.last):
        return "open"
    between = gap((a.first, a.last), (b.first, b.last))
    long = max((a.last - a.first).days, (b.last - b.first).days) > 3
    return f"apart {min(between, 3)}" if between else "within" if long else "same"


def gap(a: tuple[date, date], b: tuple[date, date]) -> int:
    """Days between two stretches; 0 when they touch."""
    return max(0, (max(a[0], b[0]) - min(a[1], b[1])).days)
