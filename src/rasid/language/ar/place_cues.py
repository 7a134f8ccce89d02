"""Names of places that are ordinary words too: kept only where the words around them say that a place is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rasid.model.text import Mention, Token

#: The detail of a name that its table says to be an ordinary word, or a person's name, too.
NEEDS_CUE = "cue"
_PLACES = frozenset({"place", "capital", "country"})


@dataclass(frozen=True, slots=True)
class PlaceCues:
    """Folded words, without the article, that stand before or after the name of a place («مدينة», «جنوبي»)."""

    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()

    def supported(self, tokens: Sequence[Token], mentions: Iterable[Mention]) -> Iterable[Mention]:
        """The mentions without names of places that need support and that nothing supports.

        A preposition or cue word beside the name does, or another place in the same list («مرجعيون والخيام»).
        """
        mentions = list(mentions)
        weak = [m for m in mentions if _needy(m)]
        if not weak:
            return mentions
        sure = {(m.first, m.last) for m in mentions if m.kind in _PLACES and not _needy(m)}
        sure |= {(m.first, m.last) for m in weak if self._cued(tokens, m)}
        for order in (weak, weak[::-1]):  # support runs along a list both ways
            sure |= {(m.first, m.last) for m in order if self._listed(tokens, m, sure)}
        return [m for m in mentions if not _needy(m) or (m.first, m.last) in sure]

    def _cued(self, tokens: Sequence[Token], m: Mention) -> bool:
        before = tokens[m.first - 1] if m.first else None
        after = tokens[m.last + 1] if m.last + 1 < len(tokens) else None
        led = before is not None and (before.tag == "PREP" or (not before.definite and before.bare in self.before))
        followed = after is not None and not after.definite and after.bare in self.after
        return led or followed or tokens[m.first].bare in self.before

    @staticmethod
    def _listed(tokens: Sequence[Token], m: Mention, sure: set[tuple[int, int]]) -> bool:
        """Whether a conjunction or comma joins the name to one of the sure places."""
        for first, last in sure:
            low, high = (last + 1, m.first) if last < m.first else (m.last + 1, first)
            between = tokens[low:high]
            if 0 < len(between) <= 2 and all(t.tag == "CONJ" or t.norm in ("،", ",") for t in between):
                return True
        return False


def _needy(m: Mention) -> bool:
    return m.kind == "place" and m.detail == NEEDS_CUE


#: No word is a cue, prepositions are.
NO_CUES = PlaceCues()
