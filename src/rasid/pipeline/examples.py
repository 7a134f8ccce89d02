"""The examples of the frame files as tests: each sentence must give exactly the events that it lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rasid.language.ar.letters import fold
from rasid.model import Article, Entity, Part, Reading, Record, Span
from rasid.packs.frames import Example, Expected, FrameEntry, load_frames
from rasid.pipeline.article import read
from rasid.pipeline.kit import Kit, frame_files

#: Examples are read as if published on this day.
EXAMPLE_DAY = date(2024, 9, 13)


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that did not give what it lists: where it stands, its sentence, what differs."""

    file: str
    line: int
    text: str
    why: str


def check(kit: Kit, files: Sequence[Path] | None = None) -> tuple[int, tuple[Failure, ...]]:
    """Read every example of the frame files (or of `files`): (number of examples, those that fail).

    Raises:
        PackError: when a file is not of the documented form.
    """
    wanted = [(f, str(f)) for f in files] if files else frame_files()
    entries = [entry for path, shown in wanted for entry in load_frames(path, shown)]
    return check_entries(kit, entries)


def check_entries(kit: Kit, entries: Iterable[FrameEntry]) -> tuple[int, tuple[Failure, ...]]:
    """The same for loaded entries. An example marked as failing must fail."""
    count, failures = 0, []
    for entry in entries:
        for example in entry.examples:
            count += 1
            why = differs(example, _reading(example, kit))
            if example.known:
                why = "" if why else f"passes now: take off `fails: {example.known}`"
            if why:
                failures.append(Failure(example.file, example.line, example.text, why))
    return count, tuple(failures)


def _reading(example: Example, kit: Kit) -> Reading:
    whole = Part("body", Span(0, len(example.text)))
    return read(Article("example", example.text, (whole,), EXAMPLE_DAY, "given"), kit)


def differs(example: Example, reading: Reading) -> str:
    """What of a reading is not as the example lists it; "" when all is."""
    got, wanted = list(reading.records), list(example.expected)
    if [r.event for r in got] != [w.event for w in wanted]:
        return f"events {_brief(got)} where {[w.event for w in wanted]} were expected"
    for record, want in zip(got, wanted, strict=True):
        for fault in _faults(record, want):
            return fault
    return ""


def _brief(records: Sequence[Record]) -> str:
    return "[" + ", ".join(f"{r.event} «{r.trigger.text}»" for r in records) + "]"


def _faults(record: Record, want: Expected) -> Iterator[str]:
    for name in ("mode", "status"):
        expected = getattr(want, name)
        if expected is not None and getattr(record, name) != expected:
            found = getattr(record, name)
            yield f"{record.event} «{record.trigger.text}»: {name} {found} where {expected} was expected"
    if want.trigger is not None and not _within(want.trigger, record.trigger.text):
        yield f"{record.event}: trigger «{record.trigger.text}» where «{want.trigger}» was expected"
    if want.issue is not None and (record.issue is None or not _within(want.issue, record.issue.text)):
        yield f"{record.event}: issue {record.issue and record.issue.text!r} where «{want.issue}» was expected"
    for name in ("actor", "recipient"):
        expected = getattr(want, name)
        if expected is not None:
            fault = _parties(name, expected, getattr(record, name))
            if fault:
                yield f"{record.event} «{record.trigger.text}»: {fault}"


def _parties(name: str, wanted: Sequence[str], got: Sequence[Entity]) -> str:
    texts = [e.words.text for e in got]
    if len(wanted) != len(texts) or not all(any(_within(w, t) for t in texts) for w in wanted):
        return f"{name} {texts} where {list(wanted)} was expected"
    return ""


def _within(a: str, b: str) -> bool:
    """Whether one of two phrases holds the other, clitics and spelling aside."""
    x, y = fold(a).strip(), fold(b).strip()
    if x in y or y in x:
        return True
    mine, theirs = {_bare(w) for w in x.split()}, {_bare(w) for w in y.split()}
    return mine <= theirs or theirs <= mine


def _bare(word: str) -> str:
    for prefix in ("وال", "بال", "لل", "ال", "و", "ب", "ل", "ف"):
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            return word[len(prefix) :]
    return word
