"""Event records: what a reading of an article gives, every value with the words that prove it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, get_args

from rasid.model.article import Article
from rasid.model.problem import Problem
from rasid.model.span import Span

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE",
    "COOPERATE", "AID", "RETREAT",
    "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)
#: Types of cooperation done: one that is still to come is an AGREE (PLOVER's manual).
COOPERATION: frozenset[EventType] = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})

Status = Literal["actual", "ongoing", "planned", "hypothetical", "negated", "historical"]
STATUSES: tuple[Status, ...] = get_args(Status)

#: The 37 contexts of PLOVER (manual draft 2.0): what field an act belongs to.
CONTEXTS: tuple[str, ...] = (
    "military", "intelligence", "executive", "legislative", "election", "political_institutions", "pro_democracy",
    "pro_autocracy", "economic", "legal", "reparations", "human_rights", "rights_freedoms", "repression",
    "human_security", "gender", "lgbt", "religion_ethnicity", "inequality", "diplomatic", "territory", "peacekeeping",
    "health", "asylum", "migration", "disasters", "natural_resource", "environment", "technology", "terrorism", "cbrn",
    "cyber", "misinformation", "crime", "corruption", "illegal_drugs", "trafficking",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """A value that is a run of the article: `text` equals `span` of the article's text."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a mention: an id of the knowledge tables, its score (0..1) and why."""

    id: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Entity:
    """An actor or recipient.

    Attributes:
        words: the full noun phrase of the article that names it, without a leading preposition.
        name: canonical name that the article supports.
        country: ISO 3166 alpha-3, or IGO, UNO, EUR, NGO, ISM, IMG, MNC; None when it has none or it
            is not known (`reason` then says which).
        sector: PLOVER sector codes joined by ``;``, or None.
        id: id in the knowledge tables, or None.
        reason: how the reading was decided, for people.
        candidates: the other readings, best first.
    """

    words: Words
    name: str
    country: str | None = None
    sector: str | None = None
    id: str | None = None
    reason: str = ""
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """The time of an act.

    Attributes:
        value: an ISO day (2024-09-13), month (2024-09) or year (2024), or start/end of these.
        words: the expression in the text that says so.
        precision: ``day``, ``week``, ``month``, ``year`` or ``range``.
        reason: how it was resolved, for people («الجمعة» before 2024-09-13 …).
    """

    value: str
    words: Words
    precision: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Where:
    """The place of an act: the words that name it and, when the tables know it, what it is.

    `radius_km` says how exact the point is: the place lies within that distance of it.
    """

    words: Words
    id: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody on whose word a record stands: a speaker or the outlet that carries him.

    Attributes:
        name: his fullest name in the article, as it spells it; the tables' name where it gives none.
        words: where the article names him, as far as it does.
        kind: a speaker or a carrier.
        anonymous: the article keeps his name back («مصادر أمنية»).
        manner: how he said it (said, confirmed, claimed, denied, alleged …).
        id: his entity, where a table knows him.
        known_as: his name in that table.
    """

    name: str
    words: Words | None = None
    kind: Literal["speaker", "outlet"] = "speaker"
    anonymous: bool = False
    manner: str = "said"
    id: str | None = None
    known_as: str | None = None


CountField = Literal["dead", "injured", "size"]


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people that a sentence tells of an act.

    Attributes:
        field: what is counted: the dead, the injured, those who took part.
        value: the number, or None when the words give none («عشرات القتلى»).
        words: the words that say so.
        at_least: it is a lower bound («أكثر من 50»).
        reason: why there is no value, or how it was added up.
    """

    field: CountField
    value: int | None
    words: Words
    at_least: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FrameRef:
    """The knowledge entry that made a record: `id`, and the file and line where it stands."""

    id: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Record:
    """One event mention that a sentence states (the codebook's record).

    `same_as` is the 1-based number of the earlier record of the article that reports the same act.
    `certainty`, 0 to 1, is how likely a coder would count the event. `date_fallback` is the publication day,
    given only where `date` is None; it is not the date of the act. `contexts` are PLOVER's, in the order of `CONTEXTS`.
    `dead`, `injured` and `size` (who took part in a protest) are numbers that its sentence tells; `counts` has the
    words of each, and of those that give no number.
    """

    id: str
    event: EventType
    mode: str | None
    trigger: Words
    actor: tuple[Entity, ...]
    recipient: tuple[Entity, ...]
    sentence: Span
    frame: FrameRef
    issue: Words | None = None
    date: When | None = None
    date_fallback: str | None = None
    place: Where | None = None
    status: Status = "actual"
    source: tuple[Source, ...] = ()
    quote: bool = False
    dead: int | None = None
    injured: int | None = None
    size: int | None = None
    same_as: int | None = None
    certainty: float = 1.0
    reasons: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything known about one article: its records in order of the text, and the problems met.

    `sentences` counts the sentences that were read for events. Where only some of the records are here, `numbers`
    says which of the article's they are, counted from 1.
    """

    article: Article
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    versions: dict[str, str] = field(default_factory=dict)
    sentences: int = 0
    numbers: tuple[int, ...] = ()

    def numbered(self) -> Iterator[tuple[int, Record]]:
        """The records with their numbers in the article."""
        return zip(self.numbers or range(1, len(self.records) + 1), self.records, strict=True)
