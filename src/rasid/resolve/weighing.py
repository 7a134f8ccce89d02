"""What the resolver leaves to small trained models: parties and their countries, places, statuses, acts told again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from rasid.model.record import COOPERATION, Entity, Status
from rasid.packs.linear import Linear
from rasid.resolve.parties import Option, Part

#: Whom a frame proposes stays when his part is at least so likely: a grammar that fits is not given up for a doubt.
_STAYS = 0.3
_IMPLIED = 0.1


@dataclass(frozen=True, slots=True)
class Weighing:
    """The models of the resolver; where one is missing, what was proposed stands.

    They are learned by ``training/resolution.py`` from articles coded by hand; see docs/models/resolution.md.
    `same_act` is learned by ``training/same_act.py``.
    """

    party: Linear | None = None
    place: Linear | None = None
    standing: Linear | None = None
    home: Linear | None = None
    same_act: Linear | None = None

    def country(self, entity: Entity, offered: Sequence[str | None], features: Sequence[Sequence[str]]) -> int | None:
        """Which of the countries that are offered is somebody's; None: as proposed."""
        if self.home is None:
            return None
        chances = [self.home.probabilities(f)["right"] for f in features]
        return max(range(len(chances)), key=chances.__getitem__)

    def parts(self, options: Sequence[Option], features: Sequence[Sequence[str]]) -> tuple[Part, ...]:
        """The part of each of those who may take part in an act."""
        if self.party is None:
            return tuple(o.proposed or "none" for o in options)
        return tuple(self._part(self.party, o, f) for o, f in zip(options, features, strict=True))

    @staticmethod
    def _part(model: Linear, option: Option, features: Sequence[str]) -> Part:
        chances = model.probabilities(features)
        part = cast(Part, model.likeliest(chances))
        least = _IMPLIED if option.how == "dropped" else _STAYS  # the form of a verb says that there is a subject
        if part == "none" and option.proposed and chances[option.proposed] >= least:
            return option.proposed
        return part

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


#: Without models what the frames and rules propose stands.
PROPOSED = Weighing()
