"""Event frames: the entries of ``events/*.yml`` as typed values (the format: docs/frames.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, cast, get_args

import yaml

from rasid.model import EVENT_TYPES, STATUSES, EventType, FrameRef, Status
from rasid.packs.errors import PackError
from rasid.packs.plover import modes_of

Bare = Literal["always", "args", "light"]
Kind = Literal["verb", "noun", "phrase"]
#: What a sense writes as its mode that never has one, whatever the general tables of modes say.
NO_MODE = "none"


@dataclass(frozen=True, slots=True)
class Condition:
    """What must stand in the clause for a sense to hold; empty fields demand nothing."""

    object: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    prep: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    object_human: bool = False
    subject_human: bool = False
    object_none: bool = False
    object_place: bool = False
    by: Literal["noun", "verb"] | None = None

    @property
    def weight(self) -> int:
        """How specific the condition is: the number of things it demands."""
        demands = (self.object, self.subject, self.prep, self.words, self.without)
        flags = (self.object_human, self.subject_human, self.object_none, self.object_place, self.by)
        return sum(map(bool, demands)) + sum(map(bool, flags))


@dataclass(frozen=True, slots=True)
class Expected:
    """One event that an example must give; None means "not compared"."""

    event: EventType
    mode: str | None = None
    trigger: str | None = None
    actor: tuple[str, ...] | None = None
    recipient: tuple[str, ...] | None = None
    issue: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and the events that it must give (none: a near miss).

    `known` says why it fails at present; such an example must fail, so that a mended cause is noticed.
    """

    text: str
    expected: tuple[Expected, ...]
    file: str
    line: int
    known: str = ""


@dataclass(frozen=True, slots=True)
class Sense:
    """One sense of a trigger: when it holds, which event it is, and where its roles stand."""

    ref: FrameRef
    lexeme: str
    kind: Kind
    event: EventType
    mode: str | None = None
    actor: tuple[str, ...] = ("subject",)
    recipient: tuple[str, ...] = ()
    issue: tuple[str, ...] = ()
    condition: Condition = Condition()
    idafa_is_object: bool = False
    reciprocal: bool = False
    passive: bool = False
    bare: Bare = "args"
    verb: bool = True
    participle: bool = True
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class FrameEntry:
    """One entry of a frame file."""

    ref: FrameRef
    kind: Kind
    lexeme: str
    word: str
    root: str = ""
    form: str = ""
    nouns: tuple[str, ...] = ()
    plurals: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    senses: tuple[Sense, ...] = ()
    examples: tuple[Example, ...] = field(default=())


_ENTRY_KEYS = {
    "lemma",
    "root",
    "form",
    "noun",
    "plurals",
    "phrase",
    "nouns",
    "light",
    "senses",
    "also",
    "examples",
}
_SENSE_KEYS = {
    "event", "mode", "actor", "recipient", "issue", "idafa", "reciprocal", "passive", "bare",
    "verb", "participle", "status",
}  # fmt: skip
_IF_KEYS = {"object", "subject", "prep", "words", "not", "by"}
_EXPECT_KEYS = {"event", "mode", "trigger", "actor", "recipient", "issue", "status"}
_FLAGS = {"reciprocal", "passive", "verb", "participle"}
_CHOICES = {"bare": get_args(Bare), "idafa": ("object",)}
_FORMS = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "QI", "QII", "QIV"}
#: A slot is subject, object, object2 or a preposition (in Arabic letters), and what of its phrase is meant.
_SLOT = re.compile(r"(subject|object2?|[\u0621-\u064a]+(?: [\u0621-\u064a]+)*)(\+(idafa|ADJ|any))?")


def load_frames(path: Path, shown: str) -> tuple[FrameEntry, ...]:
    """The entries of one YAML file.

    Args:
        path: the file.
        shown: how messages and records name it.

    Raises:
        PackError: at the first entry that is not of the documented form, with its line.
    """
    try:
        node = yaml.compose(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PackError(shown, line, f"not YAML: {error.problem}") from error
    if node is None:
        return ()
    if not isinstance(node, yaml.SequenceNode):
        raise PackError(
            shown,
            1,
            "a frame file is a list of entries, each beginning with '- lemma:', '- noun:' or '- phrase:'",
        )
    return tuple(_entry(child, shown) for child in node.value)


def _construct(node: yaml.Node, file: str) -> Any:
    constructor = yaml.constructor.SafeConstructor()
    try:
        return constructor.construct_object(node, deep=True)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or node.start_mark
        raise PackError(file, mark.line + 1, f"not of the form: {error.problem}") from error


def _entry(node: yaml.Node, file: str) -> FrameEntry:
    line = node.start_mark.line + 1
    raw = _construct(node, file)
    if not isinstance(raw, dict):
        raise PackError(file, line, "an entry is a mapping that begins with lemma, noun or phrase")
    _known(raw, _ENTRY_KEYS | _SENSE_KEYS, file, line)
    kind, word = _headword(raw, file, line)
    lexeme = word if kind == "verb" else f"={word}"
    first = _event_of(raw, file, line)
    ref = FrameRef(f"{first}/{word}", file, line)
    base = {key: raw[key] for key in _SENSE_KEYS if key in raw}
    senses = tuple(
        _sense({**base, **each}, each.get("if", {}), ref, lexeme, kind, file, line)
        for each in _list(raw, "senses", file, line) or [{}]
    )
    entry = FrameEntry(
        ref=ref,
        kind=kind,
        lexeme=lexeme,
        word=word,
        root=str(raw.get("root", "")),
        form=str(raw.get("form", "")),
        nouns=_words(raw.get("nouns"), file, line),
        plurals=_words(raw.get("plurals"), file, line),
        light=_words(raw.get("light"), file, line),
        senses=senses,
    )
    return replace(entry, examples=tuple(_examples(node, raw, file)))


def _headword(raw: dict[str, Any], file: str, line: int) -> tuple[Kind, str]:
    kinds: dict[str, Kind] = {"lemma": "verb", "noun": "noun", "phrase": "phrase"}
    present = [key for key in kinds if key in raw]
    if len(present) != 1:
        raise PackError(file, line, "an entry has exactly one of lemma, noun, phrase")
    kind = kinds[present[0]]
    if kind == "verb" and not (raw.get("root") and raw.get("form")):
        raise PackError(file, line, f"verb {raw['lemma']!r} needs root and form")
    if kind == "verb" and raw["form"] not in _FORMS:
        raise PackError(file, line, f"form {raw['form']!r} is none of {', '.join(sorted(_FORMS))}")
    return kind, str(raw[present[0]])


def _list(raw: dict[str, Any], key: str, file: str, line: int) -> list[dict[str, Any]]:
    """The mappings under `key`; none where it is absent."""
    found = raw.get(key) or []
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise PackError(file, line, f"{key} is a list of mappings, found {found!r}")
    return found


def _event_of(raw: dict[str, Any], file: str, line: int) -> str:
    senses = _list(raw, "senses", file, line)
    return str(raw.get("event") or next((s.get("event") for s in senses if s.get("event")), "?"))


def _known(raw: dict[str, Any], allowed: set[str], file: str, line: int) -> None:
    strange = sorted(set(raw) - allowed)
    if strange:
        raise PackError(file, line, f"unknown key {strange[0]!r}; known: {', '.join(sorted(allowed))}")


def _sense(
    raw: dict[str, Any],
    condition: object,
    ref: FrameRef,
    lexeme: str,
    kind: Kind,
    file: str,
    line: int,
) -> Sense:
    _known({k: v for k, v in raw.items() if k != "if"}, _SENSE_KEYS, file, line)
    event = raw.get("event")
    if event not in EVENT_TYPES:
        raise PackError(file, line, f"event {event!r} is none of {', '.join(EVENT_TYPES)}")
    mode = raw.get("mode")
    if mode not in (None, NO_MODE) and mode not in modes_of(event):
        raise PackError(
            file, line, f"{event} has no mode {mode!r}; it has {', '.join(sorted(modes_of(event))) or 'none'}"
        )
    status = raw.get("status")
    if status is not None and status not in STATUSES:
        raise PackError(file, line, f"status {status!r} is none of {', '.join(STATUSES)}")
    _choices(raw, file, line)
    return Sense(
        ref=replace(ref, id=f"{event}/{ref.id.split('/', 1)[1]}"),
        lexeme=lexeme,
        kind=kind,
        event=cast(EventType, event),
        mode=mode,
        actor=_slots(raw["actor"], file, line) if "actor" in raw else ("subject",),
        recipient=_slots(raw.get("recipient"), file, line),
        issue=_slots(raw.get("issue"), file, line),
        condition=_condition(condition, file, line),
        idafa_is_object=raw.get("idafa") == "object",
        reciprocal=bool(raw.get("reciprocal", False)),
        passive=bool(raw.get("passive", False)),
        bare=cast(Bare, raw.get("bare", "args")),
        verb=bool(raw.get("verb", True)),
        participle=bool(raw.get("participle", True)),
        status=cast("Status | None", status),
    )


def _choices(raw: dict[str, Any], file: str, line: int) -> None:
    """Check the keys whose values are few."""
    for key in _FLAGS & set(raw):
        if not isinstance(raw[key], bool):
            raise PackError(file, line, f"{key} is true or false, found {raw[key]!r}")
    for key, allowed in _CHOICES.items():
        if key in raw and raw[key] not in allowed:
            raise PackError(file, line, f"{key} {raw[key]!r} is none of {', '.join(allowed)}")


def _slots(raw: object, file: str, line: int) -> tuple[str, ...]:
    slots = _words(raw, file, line)
    for slot in slots:
        if not _SLOT.fullmatch(slot):
            raise PackError(
                file, line, f"slot {slot!r} is neither subject, object nor a preposition (with +idafa, +ADJ, +any)"
            )
    return slots


def _condition(raw: object, file: str, line: int) -> Condition:
    if not isinstance(raw, dict):
        raise PackError(file, line, f"`if` is a mapping, found {raw!r}")
    _known(raw, _IF_KEYS, file, line)
    if raw.get("by") not in (None, "noun", "verb"):
        raise PackError(file, line, f"by {raw['by']!r} is neither noun nor verb")
    obj, subj = raw.get("object"), raw.get("subject")
    return Condition(
        object=() if obj in ("human", "none", "place", "any", None) else _words(obj, file, line),
        subject=() if subj in ("human", None) else _words(subj, file, line),
        prep=_words(raw.get("prep"), file, line),
        words=_words(raw.get("words"), file, line),
        without=_words(raw.get("not"), file, line),
        object_human=obj == "human",
        subject_human=subj == "human",
        object_none=obj == "none",
        object_place=obj == "place",
        by=raw.get("by"),
    )


def _words(raw: object, file: str, line: int) -> tuple[str, ...]:
    if raw is None:
        return ()
    if isinstance(raw, (str, int)):
        return (str(raw),)
    if isinstance(raw, list) and all(isinstance(w, (str, int)) for w in raw):
        return tuple(str(w) for w in raw)
    raise PackError(file, line, f"expected a word or a list of words, found {raw!r}")


def _examples(node: yaml.Node, raw: dict[str, Any], file: str) -> Iterator[Example]:
    lines = list(_example_lines(node))
    if not isinstance(raw.get("examples") or [], list):
        raise PackError(file, node.start_mark.line + 1, "examples is a list")
    for n, each in enumerate(raw.get("examples") or []):
        line = lines[n] if n < len(lines) else node.start_mark.line + 1
        if not isinstance(each, dict) or set(each) - {"text", "is", "fails"} or not isinstance(each.get("text"), str):
            raise PackError(file, line, "an example is {text: …, is: [ … ]}, with `fails: why` while it fails")
        expected = tuple(_expected(e, file, line) for e in each.get("is") or [])
        yield Example(each["text"], expected, file, line, str(each.get("fails", "")))


def _example_lines(node: yaml.Node) -> Iterable[int]:
    for key, value in cast(yaml.MappingNode, node).value:
        if key.value == "examples" and isinstance(value, yaml.SequenceNode):
            for child in value.value:
                yield child.start_mark.line + 1


def _expected(raw: object, file: str, line: int) -> Expected:
    if not isinstance(raw, dict) or raw.get("event") not in EVENT_TYPES:
        raise PackError(file, line, "each item of `is` names one of the sixteen events")
    _known(raw, _EXPECT_KEYS, file, line)

    def parties(key: str) -> tuple[str, ...] | None:
        return _words(raw[key] or [], file, line) if key in raw else None

    return Expected(
        event=raw["event"],
        mode=raw.get("mode"),
        trigger=raw.get("trigger"),
        actor=parties("actor"),
        recipient=parties("recipient"),
        issue=raw.get("issue"),
        status=raw.get("status"),
    )
