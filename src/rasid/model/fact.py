"""Records in short: what views of many records ask, without words and offsets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Side:
    """A party of a fact, as resolved; `sectors` the main one first."""

    name: str
    entity: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody on whose word a fact stands, the innermost first."""

    name: str
    kind: Literal["speaker", "outlet"] = "speaker"
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A record in short.

    Attributes:
        key: its number in the database, by which its proof is fetched.
        number: its place in its article, from 1; `same_as` is such a number.
        first_day, last_day: of the act; with the precision ``published`` the day of publication.
        group: the event of several articles to which the record belongs, where they have been joined.
    """

    key: int
    article: str
    number: int
    event: str
    status: str = "actual"
    mode: str | None = None
    outlet: str | None = None
    published: date | None = None
    first_day: date | None = None
    last_day: date | None = None
    precision: str | None = None
    certainty: float = 1.0
    same_as: int | None = None
    place: str | None = None
    place_country: str | None = None
    quote: bool = False
    dead: int | None = None
    injured: int | None = None
    frame: str = ""
    issue: str | None = None
    actors: tuple[Side, ...] = ()
    recipients: tuple[Side, ...] = ()
    voices: tuple[Voice, ...] = ()
    group: int | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """Of a fact only what chooses among many.

    Attributes:
        act: which records tell one act: those in which this is equal.
        day: of the act; `dated`: by the text, not by publication. None for a month or a year.
        outlets: how many tell the act.
        issue: its words.
    """

    key: int
    act: tuple[int, int]
    event: str
    mode: str | None
    day: date | None
    dated: bool
    outlets: int
    issue: str | None


@dataclass(frozen=True, slots=True)
class Proof:
    """The sentence behind a fact.

    Attributes:
        sentence: as it stands in the article.
        start, end: of the trigger within the sentence; both 0 where it stands outside of it.
    """

    key: int
    article: str
    sentence: str
    start: int
    end: int
    outlet: str | None = None
    published: date | None = None
    title: str | None = None
    url: str | None = None


def event_key(fact: Fact) -> tuple[str, int]:
    """What tells events apart: the event of several articles where records are joined, else the act of an article.

    Records of different articles that tell the same are therefore different events as long as nobody joined them.
    """
    if fact.group is not None:
        return ("", fact.group)
    return (fact.article, fact.same_as or fact.number)
