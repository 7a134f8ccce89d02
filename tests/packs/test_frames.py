"""The frame files: they load, and every example gives what it lists."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from rasid.language.ar.inflect import check_lemma
from rasid.model import EVENT_TYPES
from rasid.packs.frames import Example, Expected, FrameEntry, load_frames
from rasid.pipeline.examples import check_entries
from rasid.pipeline.kit import Kit, frame_files

FILES = frame_files()
ENTRIES = {shown: load_frames(path, shown) for path, shown in FILES}
ALL = [entry for entries in ENTRIES.values() for entry in entries]


def test_every_type_has_its_file() -> None:
    assert sorted(Path(shown).stem.upper() for shown in ENTRIES) == sorted(EVENT_TYPES)


@pytest.mark.parametrize("shown", ENTRIES)
def test_a_file_holds_senses_of_its_type_only(shown: str) -> None:
    wrong = [
        f"{e.ref.file}:{e.ref.line} {s.event}"
        for e in ENTRIES[shown]
        for s in e.senses
        if s.event != Path(shown).stem.upper()
    ]
    assert not wrong


@pytest.mark.parametrize("shown", ENTRIES)
def test_every_example_gives_what_it_lists(shown: str, kit: Kit) -> None:
    _, failures = check_entries(kit, ENTRIES[shown])
    assert not failures, "\n" + "\n".join(f"{f.file}:{f.line}: {f.why}\n    {f.text}" for f in failures)


@pytest.mark.parametrize("shown", ENTRIES)
def test_every_entry_has_an_example_that_hits(shown: str) -> None:
    poor = [f"{e.ref.file}:{e.ref.line} {e.word}" for e in ENTRIES[shown] if not any(x.expected for x in e.examples)]
    assert not poor


def test_near_misses_are_many() -> None:
    assert sum(not x.expected for e in ALL for x in e.examples) >= 500


def test_no_sentence_is_an_example_twice() -> None:
    """The same sentence may stand in the files of two types only when both list the same events."""
    seen: dict[str, Example] = {}
    wrong = []
    for example in (x for e in ALL for x in e.examples):
        first = seen.setdefault(example.text, example)
        if [w.event for w in first.expected] != [w.event for w in example.expected]:
            wrong.append(f"{example.file}:{example.line} and {first.file}:{first.line}: {example.text}")
    assert not wrong, "\n".join(wrong)


def test_there_are_500_lemmas_with_examples() -> None:
    assert len({entry.lexeme for entry in ALL if entry.examples}) >= 500


def test_verbs_fit_their_roots() -> None:
    verbs = [entry for entry in ALL if entry.kind == "verb"]
    wrong = [f"{e.ref.file}:{e.ref.line} {said}" for e in verbs if (said := check_lemma(e.word, e.root, e.form))]
    assert not wrong


def test_no_entry_stands_twice_in_a_file() -> None:
    for entries in ENTRIES.values():
        twice = [word for word, count in Counter((e.lexeme, e.form, e.root) for e in entries).items() if count > 1]
        assert not twice


# ---------------------------------------------------------------- known failures


def _entry(expected: tuple[Expected, ...], known: str) -> FrameEntry:
    example = Example("رفضت الحكومة السودانية المقترح", expected, "mine.yml", 7, known)
    return replace(next(e for e in ALL if e.word == "رفض"), examples=(example,))


RIGHT, WRONG = (Expected("REJECT"),), (Expected("AID"),)


@pytest.mark.parametrize(
    ("expected", "known", "why"),
    [
        (RIGHT, "", None),
        (WRONG, "", "events [REJECT «رفضت»] where ['AID'] were expected"),
        (WRONG, "too hard", None),
        (RIGHT, "too hard", "passes now: take off `fails: too hard`"),
    ],
)
def test_a_known_failure_must_fail(expected: tuple[Expected, ...], known: str, why: str | None, kit: Kit) -> None:
    count, failures = check_entries(kit, [_entry(expected, known)])
    assert count == 1
    assert [(f.file, f.line, f.why) for f in failures] == ([("mine.yml", 7, why)] if why else [])
