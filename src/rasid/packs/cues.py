"""Small tables: verbs of saying, light verbs, words that change an act's status, words that decide modes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from rasid.model import CONTEXTS, EVENT_TYPES
from rasid.packs.errors import PackError
from rasid.packs.plover import modes_of
from rasid.packs.tables import Row, data_dir, rows


@dataclass(frozen=True, slots=True)
class SpeechVerb:
    """A verb whose clause, quotation or colon is what its subject says."""

    lemma: str
    root: str
    form: str
    manner: str


@dataclass(frozen=True, slots=True)
class LightVerb:
    """A verb that only says that the act named by a noun takes place."""

    lemma: str
    root: str
    form: str
    slot: str
    status: str


@dataclass(frozen=True, slots=True)
class ModeRule:
    """Words (or runs of words) that decide a mode, looked for in the issue or in the whole clause."""

    mode: str
    place: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContextRule:
    """A row of ``cues/contexts.tsv``: all that is given must hold for the record to have the context.

    Attributes:
        words: Arabic words or runs of words, one of which stands in `place` (``sentence`` or ``issue``).
        never: runs of words that do not count though one of `words` stands in them.
        acts: (type, mode or "") of the act, one of which it is.
        parties: alternatives, each a conjunction of ``MIL``, ``actor:GOV``, ``recipient:un``, ``abroad``, ``home``.
        unless: narrower contexts; where one of them is found the row gives nothing.
        example, near_miss: a sentence that has the context by this row, and one that has not.
        at: file and line, for people.
    """

    context: str
    place: str
    words: tuple[str, ...]
    never: tuple[str, ...]
    acts: tuple[tuple[str, str], ...]
    parties: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...]
    example: str
    near_miss: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Cues:
    """All cue tables of one language."""

    speech: tuple[SpeechVerb, ...]
    light: tuple[LightVerb, ...]
    prepositions: tuple[tuple[str, str], ...]
    scopes: tuple[tuple[str, str], ...]
    attributions: tuple[tuple[str, str], ...]
    modes: dict[str, tuple[ModeRule, ...]]
    outcomes: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()


def load_cues() -> Cues:
    """Read the cue tables of the package.

    Raises:
        PackError: at the first row that is not of the table's form.
    """
    folder = data_dir() / "ar" / "cues"
    modes: dict[str, Any] = yaml.safe_load((folder / "modes.yml").read_text("utf-8"))
    return Cues(
        speech=tuple(
            SpeechVerb(*(r.get(c) for c in ("lemma", "root", "form", "manner"))) for r in rows(folder / "speech.tsv")
        ),
        light=tuple(
            LightVerb(*(r.get(c) for c in ("lemma", "root", "form", "slot", "status")))
            for r in rows(folder / "light.tsv")
        ),
        prepositions=tuple((r.get("words"), r.get("stands_for")) for r in rows(folder / "prepositions.tsv")),
        scopes=tuple((r.get("word"), r.get("kind")) for r in rows(folder / "scopes.tsv")),
        attributions=tuple((r.get("phrase"), r.get("kind")) for r in rows(folder / "attributions.tsv")),
        modes={event: tuple(_mode_rules(table)) for event, table in modes.items()},
        outcomes=tuple(r.get("word") for r in rows(folder / "outcomes.tsv")),
        breaks=tuple(r.get("word") for r in rows(folder / "breaks.tsv")),
        statements=tuple(r.get("word") for r in rows(folder / "statements.tsv")),
        voices=tuple(r.get("word") for r in rows(folder / "voices.tsv")),
    )


def _mode_rules(table: dict[str, dict[str, list[str]]]) -> Iterable[ModeRule]:
    for place, by_mode in table.items():
        for mode, words in by_mode.items():
            yield ModeRule(mode, place, tuple(map(str, words)))


def load_contexts(user: Path | None = None) -> tuple[ContextRule, ...]:
    """The rules of contexts, and after them those of ``cues/contexts.tsv`` in a user's folder.

    Raises:
        PackError: at the first row that is not of the table's form.
    """
    table = Path("cues") / "contexts.tsv"
    found = list(rows(Path(str(data_dir())) / "ar" / table))
    if user is not None and (user / table).is_file():
        found += rows(user / table)
    return tuple(map(_context_rule, found))


def _context_rule(row: Row) -> ContextRule:
    for context in (row.get("context"), *row.list("unless")):
        if context not in CONTEXTS:
            raise PackError(row.file, row.line, f"{context!r} is no context of PLOVER: {', '.join(CONTEXTS)}")
    if row.get("place") not in ("sentence", "issue"):
        raise PackError(row.file, row.line, f"place {row.get('place')!r}: sentence or issue")
    if not (row.list("words") or row.list("acts") or row.list("parties")):
        raise PackError(row.file, row.line, "words, acts and parties are empty: every record would have the context")
    return ContextRule(
        context=row.get("context"),
        place=row.get("place"),
        words=row.list("words"),
        never=row.list("not"),
        acts=tuple(_act(row, value) for value in row.list("acts")),
        parties=tuple(tuple(_condition(row, part) for part in value.split("+")) for value in row.list("parties")),
        unless=row.list("unless"),
        example=row.get("example"),
        near_miss=row.get("near_miss"),
        at=f"{row.file}:{row.line}",
    )


def _act(row: Row, value: str) -> tuple[str, str]:
    event, _, mode = value.partition("/")
    if event not in EVENT_TYPES or (mode and mode not in modes_of(event)):
        raise PackError(row.file, row.line, f"acts {value!r}: a type, or a type with one of its modes")
    return event, mode


def _condition(row: Row, part: str) -> str:
    side, colon, code = part.strip().rpartition(":")
    if (colon and side not in ("actor", "recipient")) or not code.isascii() or not code:
        raise PackError(row.file, row.line, f"parties {part!r}: a code or an id, after actor: or recipient: or alone")
    return part.strip()
