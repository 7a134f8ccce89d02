"""Small tables: verbs of saying, light verbs, words that change an act's status, words that decide modes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml

from rasid.packs.tables import data_dir, rows


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
    )


def _mode_rules(table: dict[str, dict[str, list[str]]]) -> Iterable[ModeRule]:
    for place, by_mode in table.items():
        for mode, words in by_mode.items():
            yield ModeRule(mode, place, tuple(map(str, words)))
