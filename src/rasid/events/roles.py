"""Which phrase beside a verb is its subject and which its object: a small linear model over what stands around it.

Written Arabic shows no case, a subject may stand before or after its verb or be left out, and two bare phrases may
follow each other («رفضت وزارة الخارجية الكشف»). No rule tells them apart as well as many small hints taken together:
agreement, definiteness, whether the phrase names somebody, what stands between, and what the verb usually governs.
The weights are learned by ``training/roles.py`` from UD Arabic-PUD; see docs/models/roles.md.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from rasid.model.text import Token

Role = Literal["subject", "object", "none"]
ROLES: tuple[Role, ...] = ("subject", "object", "none")
#: A verb has one subject and at most this many objects.
_OBJECTS = 2
#: Words that make the phrase after them the subject of the verb behind it («كان الرئيس قد أعلن»).
_AUXILIARY = frozenset({"كان", "كانت", "كانوا", "يكون", "تكون", "ظل", "بات", "ليس", "زال", "زالت"})
_DASHES = "-–—"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A bare phrase beside a verb.

    Attributes:
        side: ``before`` or ``after`` the verb.
        rank: place among the bare phrases of its side, from 0.
        head, first: its head word and its first token.
        human: it names somebody who can act.
        oblique: a sound plural or dual in ـين, which no subject has.
        feminine: it is a state or capital, which is feminine.
        definite: ``def`` (ال), ``name``, ``tanween``, ``idafa`` (definite by what follows) or ``ind``.
        gap: number of tokens between it and the verb.
        previous, following: kinds of the units around it; of a prepositional phrase with its preposition.
    """

    side: Literal["before", "after"]
    rank: int
    head: Token
    first: Token
    human: bool
    oblique: bool
    feminine: bool
    definite: str
    gap: int
    previous: str
    following: str

    @property
    def gender(self) -> str | None:
        """Its gender, where known."""
        return "f" if self.feminine else self.head.gender


@dataclass(frozen=True, slots=True)
class Setting:
    """A verb and what the search to its left found.

    Attributes:
        verb: its token.
        how: how the phrase to the left was found (``relative``, ``joined``, ``before the verb`` …), or "".
        suffix: a pronoun is written on the verb.
        before: the phrase before it, or None.
        after: the bare phrases after it.
    """

    verb: Token
    how: str
    suffix: bool
    before: Candidate | None
    after: tuple[Candidate, ...]

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """All candidates, those after the verb first."""
        return (*self.after, self.before) if self.before is not None else self.after


@dataclass(frozen=True, slots=True)
class RoleModel:
    """Weights by feature, one for each of ``ROLES``; and what each verb governs, in steps of frequency.

    `valency` has for each lemma one digit for each of: how often a pronoun is written on it, a preposition or a
    complementiser follows at once, two bare phrases follow, a phrase and a preposition, a phrase that names
    somebody, another phrase.
    """

    weights: Mapping[str, tuple[float, ...]]
    valency: Mapping[str, str] = field(default_factory=dict)

    def choose(self, setting: Setting) -> tuple[Role, ...]:
        """The role of each of the setting's candidates: the best assignment with at most one subject, which agrees."""
        scores = [self._scores(setting, c) for c in setting.candidates]
        barred = [disagrees(setting, c) for c in setting.candidates]
        best: tuple[float, tuple[int, ...]] | None = None
        for labels in itertools.product(range(len(ROLES)), repeat=len(scores)):
            if labels.count(0) > 1 or labels.count(1) > _OBJECTS:
                continue
            if any(no and label == 0 for no, label in zip(barred, labels, strict=True)):
                continue
            total = sum(s[label] for s, label in zip(scores, labels, strict=True))
            if best is None or total > best[0]:
                best = total, labels
        return tuple(ROLES[label] for label in best[1]) if best is not None else ()

    def _scores(self, setting: Setting, candidate: Candidate) -> tuple[float, ...]:
        found = [self.weights[f] for f in features(setting, candidate, self.valency) if f in self.weights]
        return tuple(sum(column) for column in zip(*found, strict=True)) if found else (0.0,) * len(ROLES)


def disagrees(setting: Setting, c: Candidate) -> bool:
    """Whether agreement rules a phrase out as the subject, whatever the hints say.

    A verb before its subject is singular («وأحرقوا المنازل» names its subject already); a state or capital is
    feminine; and a masculine singular before the verb is no subject of a feminine form.
    """
    readings = setting.verb.verbs
    if c.side == "after" and readings and all(v.number != "s" or v.person != 3 for v in readings):
        return True
    genders = {v.gender for v in readings if v.person == 3}
    if c.feminine:
        return genders == {"m"}
    plural = c.head.number != "s"
    return c.side == "before" and genders == {"f"} and c.head.gender == "m" and not plural and setting.how != "relative"


#: The model of a kit without weights: no phrase has a role.
UNTAUGHT = RoleModel({})


def load_roles(path: Path) -> RoleModel:
    """Read the weights; without the file the model that gives no phrase a role."""
    if not path.is_file():
        return UNTAUGHT
    raw = json.loads(path.read_text("utf-8"))
    return RoleModel({f: tuple(w) for f, w in raw["weights"].items()}, raw["valency"])


VALENCY = ("suffix", "prep", "clause", "two", "phrase+prep", "somebody", "something")


def features(setting: Setting, c: Candidate, valency: Mapping[str, str]) -> tuple[str, ...]:
    """What the model sees of one candidate."""
    verb, count, before = setting.verb, len(setting.after), setting.before
    third = [v for v in verb.verbs if v.person == 3]
    genders = {v.gender for v in third if v.number == "s"}
    gender = next(iter(genders)) if len(genders) == 1 else None
    plural = bool(third) and all(v.number == "p" for v in third)
    agree = "?" if gender is None or (c.gender is None and not c.human) else (c.gender or "m") == gender
    how = setting.how or ("left" if before else "")
    gap = sum(c.gap > step for step in (0, 1, 3, 6, 12))
    tense = verb.verbs[0].tense if verb.verbs else f"?{verb.norm[:1]}"
    parts = [
        "bias",
        f"how={how}|{before is not None}",
        f"count={count}",
        f"human={c.human}",
        f"definite={c.definite}",
        f"agree={agree}",
        f"human={c.human}|{c.definite}|{count}|{how}",
        f"suffix={setting.suffix}|{count}",
        f"tense={tense}|{how}",
        f"voices={''.join(sorted({v.voice[0] for v in verb.verbs}))}|{count}",
        f"number={c.head.number}|{plural}|{c.definite}",
        f"plural={plural}",
        f"oblique={c.oblique}",
        f"feminine={c.feminine}|{gender}",
        f"gap={gap}",
        f"gap={gap}|{c.human}|{c.definite}",
        f"numeral={c.first.tag == 'NUM'}",
        f"tag={c.head.tag}",
        f"first={c.first.tag}",
        f"previous={c.previous}",
        f"following={c.following}",
    ]
    parts += _beside(setting, c, gender, agree)
    digits = valency.get(verb.verbs[0].lemma) if verb.verbs else None
    for name, digit in zip(VALENCY, digits or "", strict=False):
        parts.append(f"{name}={digit}")
        parts.append(f"{name}={digit}|{c.human}|{count}|{before is not None}")
        parts.append(f"{name}={digit}|{agree}")
    if digits is None:
        parts.append("valency=?")
    place = f"{c.side}{min(c.rank, 2)}"
    return tuple(f"{place}|{part}" for part in parts)


def _beside(setting: Setting, c: Candidate, gender: str | None, agree: object) -> list[str]:
    """What the other candidates say about this one."""
    count, how, before = len(setting.after), setting.how, setting.before
    first = setting.after[0] if setting.after else None
    if c.side == "before":
        found = [
            f"opening={c.previous}|{c.definite}",
            f"opening={c.previous}|{how}|{c.human}",
            f"opening={c.previous}|{count}|{c.human}",
        ]
        if first is not None:
            found += [f"next={first.human}|{c.human}", f"next={first.definite}|{first.gap > 0}"]
        return found
    found = []
    if before is not None:
        definite = before.definite in ("def", "name")
        found += [
            f"before={before.human}|{definite}|{how}|{c.human}",
            f"before={before.human}|{how}|{c.definite}",
            f"before agrees={'?' if gender is None else (before.gender or 'm') == gender}|{agree}|{how}",
        ]
    if c.rank and first is not None:
        found.append(f"first={first.human}|{c.human}|{c.definite}")
    elif not c.rank and count > 1:
        second = setting.after[1]
        found.append(f"second={second.human}|{second.definite}|{c.human}")
    return found


def opening(token: Token | None, kind: str) -> str:
    """The kind of the unit before a phrase, finer where it tells a subject from a place of writing."""
    if token is None:
        return "start"
    if token.norm in _AUXILIARY:
        return "auxiliary"
    if token.norm in _DASHES:
        return "dash"
    return kind


def valency_digits(counts: Mapping[str, int]) -> str | None:
    """The digits of one verb from counts of what follows it in raw text; None when it is too rare.

    Args:
        counts: number of occurrences by the kinds of the next units, joined by blanks (``NPh PP:في``); ``#`` all.
    """
    total = counts.get("#", 0)
    if total < _RARE:
        return None
    seen: dict[str, int] = {}
    for key, n in counts.items():
        kinds = [k.split(":")[0] for k in key.split()]
        if key.startswith(("#", "left:")) or not kinds:
            continue
        seen[kinds[0]] = seen.get(kinds[0], 0) + n
        if len(kinds) > 1 and kinds[0] in ("NPh", "NPx"):
            pair = "two" if kinds[1] in ("NPh", "NPx") else kinds[1]
            seen[f"+{pair}"] = seen.get(f"+{pair}", 0) + n
    phrases = seen.get("NPh", 0) + seen.get("NPx", 0) + 1
    rates = (
        seen.get("PRON", 0) / total,
        (seen.get("PP", 0) + seen.get("PREP", 0)) / total,
        seen.get("SUB", 0) / total,
        seen.get("+two", 0) / phrases,
        (seen.get("+PP", 0) + seen.get("+PREP", 0)) / phrases,
        seen.get("NPh", 0) / total,
        seen.get("NPx", 0) / total,
    )
    return "".join(str(sum(rate > step for step in steps)) for rate, steps in zip(rates, _STEPS, strict=True))


_RARE = 20
_STEPS: Sequence[tuple[float, ...]] = (
    (0.01, 0.03, 0.06, 0.1),
    (0.05, 0.15, 0.3, 0.5),
    (0.02, 0.1, 0.3),
    (0.05, 0.12, 0.2, 0.3),
    (0.2, 0.35, 0.5, 0.65),
    (0.1, 0.2, 0.35),
    (0.1, 0.2, 0.3, 0.45),
)
