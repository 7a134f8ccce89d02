"""Records of several articles that report one event, side by side."""

from __future__ import annotations

from dataclasses import dataclass

from rasid.model.article import Article
from rasid.model.record import Record


@dataclass(frozen=True, slots=True)
class JoinedMember:
    """A record of an event, as its article has it.

    Attributes:
        article: the article.
        number: of the record in it, from 1.
        record: the record, unchanged.
        score: how well it fits the others of the event, 0 to 1; None when it was not joined yet.
        reasons: why it is joined with the one that it is most like.
    """

    article: Article
    number: int
    record: Record
    score: float | None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JoinedEvent:
    """One event: all records that tell it, by publication. `number` is that of its group; None: not joined yet."""

    number: int | None
    members: tuple[JoinedMember, ...]

    @property
    def articles(self) -> int:
        """How many articles tell it."""
        return len({member.article.id for member in self.members})

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that tell it, in order of the members."""
        return tuple(dict.fromkeys(m.article.outlet for m in self.members if m.article.outlet))

    @property
    def days(self) -> tuple[str, ...]:
        """All days that the records give the act, sorted; days of publication only where no record gives one."""
        said = {member.record.date.value for member in self.members if member.record.date}
        return tuple(sorted(said or {m.record.date_fallback for m in self.members if m.record.date_fallback}))

    @property
    def dated(self) -> bool:
        """Whether a record gives the day of the act."""
        return any(member.record.date for member in self.members)

    def numbers(self, name: str) -> tuple[int, ...]:
        """All different values of ``dead``, ``injured`` or ``size``, sorted."""
        return tuple(sorted({value for m in self.members if (value := getattr(m.record, name)) is not None}))

    @property
    def sources(self) -> tuple[str, ...]:
        """All on whose word it stands, in order of the members."""
        return tuple(dict.fromkeys(source.name for m in self.members for source in m.record.source))
