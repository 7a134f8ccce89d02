"""Records in short: what views of many records ask, without words and offsets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple


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
        day: on which it can be shown; `dated`: its text gives it.
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


class Hint(NamedTuple):
    """Of a fact only what tells whether it may be a stance; `reading` is equal for those of one article."""

    event: str
    status: str
    mode: str | None
    frame: str
    reading: int
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


#: Days of a stretch at most that has its first day for a day.
_STRETCH = 7
#: Types that are done by saying them; not AGREE, which has the day of the meeting that was agreed on.
_SAID = frozenset({"REQUEST", "REJECT", "ACCUSE", "SUPPORT", "THREATEN", "CONCEDE"})
_TOLD = frozenset({"actual", "ongoing"})


def shown_day(
    event: str, status: str, first: date | None, last: date | None, precision: str | None, published: date | None
) -> tuple[date | None, bool]:
    """The day on which a record can be shown, and whether its text gives it.

    A month, a year or a longer stretch («since October») has none: its first day is hardly that of the act. Nor is the
    day of publication that of what the text itself tells as past (status ``historical``). A day after publication is
    that of what was demanded, refused or blamed, not of the words.

    Args:
        event: type of the record.
        status: of the record.
        first: day of the act, or of publication where the precision is ``published``.
        last: likewise the last of its days.
        precision: of these days.
        published: day of publication of the article.
    """
    if first is None or precision in ("month", "year"):
        return None, False
    if precision == "published":
        return (None if status == "historical" else first), False
    if event in _SAID and status in _TOLD and published is not None and first > published:
        return published, False
    if last is not None and (last - first).days > _STRETCH:
        return None, False
    return first, True


def day_of_act(shown: Iterable[tuple[date | None, bool]]) -> tuple[date | None, bool]:
    """The day of an act by those of its records, as `shown_day` gives them, and whether a text gives it.

    It is the day that most texts give, the earliest of several; where none gives one, the same of the days of
    publication.
    """
    days = list(shown)
    if len(days) == 1:
        return days[0]
    for wanted in (True, False):
        found = Counter(day for day, dated in days if day is not None and dated is wanted)
        if found:
            return min(found, key=lambda day: (-found[day], day)), wanted
    return None, False


def event_key(fact: Fact) -> tuple[str, int]:
    """What tells events apart: the event of several articles where records are joined, else the act of an article.

    Records of different articles that tell the same are therefore different events as long as nobody joined them.
    """
    if fact.group is not None:
        return ("", fact.group)
    return (fact.article, fact.same_as or fact.number)
