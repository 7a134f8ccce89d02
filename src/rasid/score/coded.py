"""Coded articles as the scorer reads them: gold, a JSON file an article; predictions, a line an article."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class CodedError(ValueError):
    """A file of coded articles cannot be read; the message says which, where and why, in one line."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words with its offsets, where it has any."""

    text: str | None
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Party:
    """An actor or a recipient."""

    words: Piece
    name: str | None
    country: str | None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """A record as somebody coded it: the fields that are compared."""

    event: str
    mode: str | None
    trigger: Piece
    start: int
    end: int
    actor: tuple[Party, ...]
    recipient: tuple[Party, ...]
    issue: str | None
    date: str | None
    place: str | None
    status: str | None
    source: tuple[str, ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Everything that claims to be a slice of the article."""
        return (self.trigger, *(party.words for party in (*self.actor, *self.recipient)))


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article and the records that it should give."""

    id: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    records: tuple[Coded, ...]

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that holds `offset`, or -1."""
        hits = (n for n, (start, end) in enumerate(self.sentences) if start <= offset < end)
        return next(hits, -1)


@dataclass(frozen=True, slots=True)
class Predictions:
    """The records of each article id.

    `repeated` counts lines whose id stood on an earlier line; the last of them counts.
    """

    records: Mapping[str, tuple[Coded, ...]]
    repeated: int = 0


def read_gold(folder: Path) -> tuple[GoldArticle, ...]:
    """The gold articles of a folder, in order of their file names.

    Raises:
        CodedError: when there is none, or one is not of the form.
    """
    if not folder.is_dir():
        raise CodedError(f"{folder}: no such folder of gold articles")
    found = tuple(_gold(path) for path in sorted(folder.glob("*.json")))
    if not found:
        raise CodedError(f"{folder}: no article (*.json) in it")
    return found


def read_predictions(path: Path) -> Predictions:
    """The predicted records of a file with one JSON object a line (the ``records`` format).

    Raises:
        CodedError: at the first line that is not of the form.
    """
    found: dict[str, tuple[Coded, ...]] = {}
    repeated = 0
    # Only newlines part the lines: str.splitlines would also cut at characters that JSON strings may hold.
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        with _naming(f"{path} line {number}"):
            row = json.loads(line)
            article, records = str(row["id"]), _records(row["records"])
        repeated += article in found
        found[article] = records
    return Predictions(found, repeated)


def read_ids(path: Path) -> frozenset[str]:
    """The ids of a file that lists them, separated by white space.

    Raises:
        CodedError: when it cannot be read.
    """
    return frozenset(_text(path).split())


def record_of(raw: object) -> Coded:
    """A record of the JSON form.

    Raises:
        ValueError: what is not of the form.
    """
    if not isinstance(raw, dict) or not isinstance(raw.get("event"), str):
        raise ValueError("a record needs an event")
    trigger = _piece(raw.get("trigger"))
    if trigger is None or trigger.text is None or trigger.start is None or trigger.end is None:
        raise ValueError("trigger needs start, end, text")
    return Coded(
        event=raw["event"],
        mode=_string(raw, "mode"),
        trigger=trigger,
        start=trigger.start,
        end=trigger.end,
        actor=_parties(raw, "actor"),
        recipient=_parties(raw, "recipient"),
        issue=_string(raw, "issue"),
        date=_string(raw, "date"),
        place=_string(raw, "place"),
        status=_string(raw, "status"),
        source=_sources(raw.get("source")),
    )


def _gold(path: Path) -> GoldArticle:
    text = _text(path)
    with _naming(str(path)):
        raw = json.loads(text)
        return GoldArticle(
            id=raw["id"],
            text=raw["text"],
            sentences=tuple((int(start), int(end)) for start, end in raw["sentences"]),
            records=_records(raw["records"]),
        )


def _records(raw: Iterable[object]) -> tuple[Coded, ...]:
    return tuple(record_of(record) for record in raw)


@contextmanager
def _naming(where: str) -> Iterator[None]:
    """Turns what goes wrong inside into one line that names the place."""
    try:
        yield
    except KeyError as error:
        raise CodedError(f"{where}: no {error.args[0]!r}") from error
    except (ValueError, TypeError) as error:
        raise CodedError(f"{where}: {error}") from error


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise CodedError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise CodedError(f"{path}: not UTF-8 at byte {error.start}") from error


def _string(raw: dict[str, Any], key: str) -> str | None:
    value = raw.get(key)
    if not isinstance(value, (str, type(None))):
        raise ValueError(f"{key} is a string or null")
    return value


def _sources(value: object) -> tuple[str, ...]:
    if not value:
        return ()
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValueError("source is a list of strings")
    return tuple(value)


def _parties(raw: dict[str, Any], slot: str) -> tuple[Party, ...]:
    value = raw.get(slot) or []
    if not isinstance(value, list) or not all(isinstance(entity, dict) for entity in value):
        raise ValueError(f"{slot} is a list of entities")
    return tuple(_party(entity) for entity in value)


def _party(entity: dict[str, Any]) -> Party:
    words = _piece(entity) or Piece(None, None, None)
    return Party(words, _string(entity, "name"), _string(entity, "country"), _string(entity, "sector"))


def _piece(raw: object) -> Piece | None:
    if not isinstance(raw, dict):
        return None
    text, start, end = (raw.get(key) for key in ("text", "start", "end"))
    return Piece(
        text if isinstance(text, str) else None,
        start if isinstance(start, int) else None,
        end if isinstance(end, int) else None,
    )
