"""What the resolver leaves to small trained models: parties and their countries, places, statuses, acts told again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from rasid.model.event import Event
from rasid.model.record import COOPERATION, Entity, Status
from rasid.packs.linear import Linear
from rasid.packs.trees import Trees, read_trees, shares
from rasid.resolve import rivals
from rasid.resolve.parties import Option, Part
from rasid.resolve.rivals import Told

#: Whom a frame proposes stays when his part is at least so likely: a grammar that fits is not given up for a doubt.
_STAYS = 0.3
_IMPLIED = 0.1
_MEANT = 0.25
#: Who is neither named in the sentence nor proposed takes part only where that is likelier than not.
_NOT_NAMED = 0.5
#: Of whom the first model is so sure that he has no part the trees are not asked.
_SURE = 0.92


@dataclass(frozen=True, slots=True)
class Rivals:
    """Trees for each part, and what its probability is divided by before parts are compared."""

    trees: tuple[Trees, ...]
    least: tuple[float, ...]

    def chances(self, values: Sequence[float]) -> tuple[float, ...]:
        """The probabilities of PARTS, 0 to 1, of one option of these measures."""
        return shares([tree.score(values) for tree in self.trees])

    def part(self, chances: Sequence[float]) -> int:
        """Which of PARTS is taken where these are the probabilities."""
        return max(range(len(PARTS)), key=lambda n: chances[n] / self.least[n])


#: The parts in an act, in the order of the trees.
PARTS: tuple[Part, ...] = ("actor", "recipient", "none")


@dataclass(frozen=True, slots=True)
class Weighing:
    """The models of the resolver; where one is missing, what was proposed stands.

    They are learned by ``training/resolution.py`` from articles coded by hand; see docs/models/resolution.md.
    `rivals` judge again what `party` says of each by himself. `same_act` is learned by ``training/same_act.py``.
    """

    party: Linear | None = None
    place: Linear | None = None
    standing: Linear | None = None
    home: Linear | None = None
    same_act: Linear | None = None
    rivals: Rivals | None = None
    source: Linear | None = None

    def country(self, entity: Entity, offered: Sequence[str | None], features: Sequence[Sequence[str]]) -> int | None:
        """Which of the countries that are offered is somebody's; None: as proposed."""
        if self.home is None:
            return None
        chances = [self.home.probabilities(f)["right"] for f in features]
        return max(range(len(chances)), key=chances.__getitem__)

    def parts(
        self, options: Sequence[Option], features: Sequence[Sequence[str]], event: Event, told: Told
    ) -> tuple[Part, ...]:
        """The part of each of those who may take part in an act; `told`: what the article told before it."""
        if self.party is None:
            return tuple(o.proposed or "none" for o in options)
        alone = [self.party.probabilities(f) for f in features]
        if self.rivals is None:
            parts = [cast(Part, self.party.likeliest(c)) for c in alone]
            return tuple(_kept(o, part, c) for o, part, c in zip(options, parts, alone, strict=True))
        found: list[Part] = ["none"] * len(options)
        for n, seen in doubtful(options, alone, event, told):
            chances = self.rivals.chances(seen)
            found[n] = _kept(options[n], PARTS[self.rivals.part(chances)], dict(zip(PARTS, chances, strict=True)))
        return tuple(found)

    def sources(
        self, proposed: Sequence[bool], features: Sequence[Sequence[str]], names: Sequence[str]
    ) -> tuple[bool, ...]:
        """Which of those who are heard around an act, of these names, are its sources."""
        if self.source is None:
            return tuple(proposed)
        return tuple(self.source.best(f) == "source" for f in features)

    def where(self, features: Sequence[Sequence[str]], proposed: int | None) -> int | None:
        """Which of the places named in the sentence is that of the act; None when none is."""
        if self.place is None:
            return proposed
        chances = [self.place.probabilities(f)["place"] for f in features]
        best = max(range(len(chances)), key=chances.__getitem__, default=None)
        return best if best is not None and chances[best] >= self.place.least["place"] else None

    def status(self, event: str, features: Sequence[str], proposed: Status) -> Status:
        """The status of an act."""
        if self.standing is None:
            return proposed
        chosen = cast(Status, self.standing.best(features))
        return proposed if chosen == "planned" and event in (*COOPERATION, "AGREE") else chosen


def doubtful(
    options: Sequence[Option], alone: Sequence[Mapping[str, float]], event: Event, told: Told
) -> list[tuple[int, list[float]]]:
    """The options that the trees are asked of, by number, with what is measured of each.

    They are those proposed, and those not surely without a part. A cascade as in P. Viola, M. Jones, "Rapid object
    detection using a boosted cascade of simple features", 2001.

    Args:
        options: all who may take part in the act.
        alone: of each the probabilities of PARTS, by himself.
        event: the act.
        told: what the article told before it.
    """
    asked = [n for n, (o, c) in enumerate(zip(options, alone, strict=True)) if o.proposed or c["none"] < _SURE]
    chances = [[c[part] for part in PARTS] for c in alone]
    return list(zip(asked, rivals.measures(options, chances, event, told, asked), strict=True))


def _kept(option: Option, part: Part, chances: Mapping[str, float]) -> Part:
    """The part that was chosen, or the one that the frame proposes where it is likely enough."""
    # the form of a verb says that there is a subject, and a pronoun that somebody is meant
    least = {"dropped": _IMPLIED, "pronoun": _MEANT}.get(option.how, _STAYS)
    if part == "none" and option.proposed and chances[option.proposed] >= least:
        return option.proposed
    if option.first < 0 and not option.proposed and chances[part] < _NOT_NAMED:
        return "none"
    return part


def load_rivals(path: Path) -> Rivals | None:
    """Read trees as they are written: ``least`` and ``parts``, one object of trees for each of PARTS.

    Returns:
        None when the file is not there.

    Raises:
        ValueError: when they were learned over other measures than the program takes.
    """
    if not path.is_file():
        return None
    raw = json.loads(path.read_text("utf-8"))
    trees = tuple(read_trees(raw["parts"][part], rivals.NAMES, str(path)) for part in PARTS)
    return Rivals(trees, tuple(float(raw["least"][part]) for part in PARTS))


#: Without models what the frames and rules propose stands.
PROPOSED = Weighing()
