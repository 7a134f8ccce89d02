"""Frozen values that all layers share; the standard library only."""

from rasid.model.article import CODED_PARTS, PART_KINDS, Article, Part, PartKind
from rasid.model.joined import JoinedEvent, JoinedMember
from rasid.model.problem import Problem
from rasid.model.record import (
    CONTEXTS,
    EVENT_TYPES,
    STATUSES,
    Candidate,
    Count,
    CountField,
    Entity,
    EventType,
    FrameRef,
    Reading,
    Record,
    Source,
    Status,
    When,
    Where,
    Words,
)
from rasid.model.span import Span

__all__ = [
    "CODED_PARTS",
    "CONTEXTS",
    "EVENT_TYPES",
    "PART_KINDS",
    "STATUSES",
    "Article",
    "Candidate",
    "Count",
    "CountField",
    "Entity",
    "EventType",
    "FrameRef",
    "JoinedEvent",
    "JoinedMember",
    "Part",
    "PartKind",
    "Problem",
    "Reading",
    "Record",
    "Source",
    "Span",
    "Status",
    "When",
    "Where",
    "Words",
]
