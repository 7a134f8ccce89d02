"""Diagnoses: what went wrong, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that the reader of the output must know.

    Attributes:
        where: a file name, an article id, or either with ``:offset`` or ``:line``.
        code: a stable short name for programs (``no-date``, ``not-arabic``, ``empty-file``, …).
        text: one sentence for people: what, and what to do.
    """

    where: str
    code: str
    text: str
