"""What the frames find in a sentence, before anybody or anything is resolved: all as written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rasid.model.record import EventType, FrameRef, Status


@dataclass(frozen=True, slots=True)
class Slot:
    """What fills a role, as written.

    Attributes:
        kind: ``phrase`` (a noun phrase), ``pronoun`` (a written pronoun), ``dropped`` (a verb form
            alone).
        sentence: index of the sentence.
        first, last, head: token indices (for ``dropped``: of the verb).
        gender, number, person: of pronouns and verb forms, where the form tells.
    """

    kind: Literal["phrase", "pronoun", "dropped"]
    sentence: int
    first: int
    last: int
    head: int
    gender: Literal["m", "f"] | None = None
    number: Literal["s", "d", "p"] | None = None
    person: int = 3


@dataclass(frozen=True, slots=True)
class Tie:
    """Where a phrase stands to an act.

    Attributes:
        relation: ``subject``, ``object``, a preposition, or one of these beside the verb that governs the act
            (``object<subject``), inside what it asks (``in.subject``) or beside the verb before (``before.subject``).
        first, last, head: token indices of the phrase.
    """

    relation: str
    first: int
    last: int
    head: int


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that make somebody the voice behind a stretch of text.

    `first` to `last` are the tokens that stand on the speaker's word; `speaker` is None when the
    speaker of the sentence before goes on («وأضاف: …»). `outlet` tells a carrier («نقلا عن رويترز»)
    from a speaker. A quotation that runs over several sentences is a claim in each of them: the `speaker` stands in
    an earlier sentence and `cue` is -1.
    """

    sentence: int
    first: int
    last: int
    speaker: Slot | None
    cue: int
    manner: str = "said"
    outlet: bool = False
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One act as a sentence states it.

    `trigger` is (first, last) token; `words` the tokens to quote when they are fewer; `issue` a token
    range; `loose` says which condition of the frame was not met (the judge alone may let such an event
    pass); `anaphoric` marks a definite noun without parties («الهجوم») that points back to an act told
    before; `denied` says that the sentence denies it («نفى»), however its own words look; `actor` and `recipient`
    are lists of fillers, empty when the sentence names none.
    """

    sentence: int
    event: EventType
    mode: str | None
    trigger: tuple[int, int]
    anchor: int
    frame: FrameRef
    actor: tuple[Slot, ...] = ()
    recipient: tuple[Slot, ...] = ()
    issue: tuple[int, int] | None = None
    status: Status = "actual"
    claims: tuple[Claim, ...] = ()
    quote: bool = False
    reciprocal: bool = False
    clause: tuple[int, int] = (0, 0)
    times: tuple[int, ...] = ()
    reasons: tuple[str, ...] = ()
    nominal: bool = False
    certainty: float = 1.0
    loose: str = ""
    anaphoric: bool = False
    ties: tuple[Tie, ...] = ()
    denied: bool = False
