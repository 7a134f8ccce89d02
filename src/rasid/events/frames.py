"""The compiled frames: which senses a trigger may have, and which one holds in a clause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from rasid.events.clauses import Arguments, SentenceView
from rasid.model.event import Slot
from rasid.model.text import Token
from rasid.packs.cues import Cues, ModeRule
from rasid.packs.frames import NO_MODE, Condition, FrameEntry, Sense

Fold = Callable[[str], str]
#: Prepositions and how they are written with «ما» (folded).
_FUSED = {"ب": "بما", "عن": "عما"}


@dataclass(frozen=True, slots=True)
class Light:
    """What a light verb does to the noun it governs."""

    slot: str
    status: str


@dataclass(frozen=True, slots=True)
class FrameSet:
    """All frames, indexed for reading; every word in it is folded."""

    senses: dict[str, tuple[Sense, ...]]
    phrases: dict[str, tuple[tuple[tuple[str, ...], Sense], ...]]
    light: dict[str, tuple[Light, ...]]
    special_light: frozenset[tuple[str, str]]
    speech: dict[str, str]
    compound: dict[tuple[str, str], str]
    scopes: dict[str, frozenset[str]]
    #: Words that give the word to somebody and the kind of each, by the first word.
    attributions: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    #: The rules of each type with their words, each between spaces.
    modes: dict[str, tuple[tuple[ModeRule, tuple[str, ...]], ...]]
    outcomes: frozenset[str]
    breaks: frozenset[str] = frozenset()
    statements: frozenset[str] = frozenset()
    voices: frozenset[str] = frozenset()


def compile_frames(entries: Iterable[FrameEntry], cues: Cues, fold: Fold) -> FrameSet:
    """Index the entries and cue tables for reading, with all words folded by `fold`."""
    senses: dict[str, list[Sense]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Sense]]] = {}
    special: set[tuple[str, str]] = set()
    for entry in entries:
        if entry.kind == "phrase":
            words = tuple(fold(w) for w in entry.word.split())
            phrases.setdefault(words[0], []).extend((words, _folded(sense, fold)) for sense in entry.senses)
        else:
            senses.setdefault(entry.lexeme, []).extend(_folded(sense, fold) for sense in entry.senses)
            special.update((lemma, entry.lexeme) for lemma in entry.light)
    light: dict[str, list[Light]] = {}
    for verb in cues.light:
        light.setdefault(verb.lemma, []).append(Light(fold(verb.slot), verb.status))
    attributions: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, kind in cues.attributions:
        words = tuple(fold(phrase).split())
        attributions.setdefault(words[0], []).append((words, kind))
    scopes: dict[str, set[str]] = {}
    for word, kind in cues.scopes:
        scopes.setdefault(kind, set()).add(fold(word))
    return FrameSet(
        senses={k: tuple(v) for k, v in senses.items()},
        phrases={k: tuple(v) for k, v in phrases.items()},
        light={k: tuple(v) for k, v in light.items()},
        special_light=frozenset(special),
        speech={v.lemma: v.manner for v in cues.speech},
        compound={_pair(fold(w)): fold(p) if p != "BY" else p for w, p in cues.prepositions},
        scopes={k: frozenset(v) for k, v in scopes.items()},
        attributions={k: tuple(v) for k, v in attributions.items()},
        modes={
            e: tuple((r, tuple(f" {' '.join(fold(w).split())} " for w in r.words)) for r in rules)
            for e, rules in cues.modes.items()
        },
        outcomes=frozenset(w for word in cues.outcomes for w in (word, f"={word}")),
        breaks=frozenset(map(fold, cues.breaks)),
        statements=frozenset(map(fold, cues.statements)),
        voices=frozenset(map(fold, cues.voices)),
    )


def _pair(text: str) -> tuple[str, str]:
    first, second = text.split()
    return first, second


def _folded(sense: Sense, fold: Fold) -> Sense:
    """The sense with the words of its condition and the prepositions of its slots folded."""

    def words(raw: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(fold, raw))

    def slots(raw: tuple[str, ...]) -> tuple[str, ...]:
        parts = (slot.partition("+") for slot in raw)
        return tuple(f"{fold(base)}{plus}{inner}" for base, plus, inner in parts)  # not the case of «+ADJ»

    raw = sense.condition
    condition = replace(
        raw, object=words(raw.object), subject=words(raw.subject), prep=words(raw.prep), words=words(raw.words),
        without=words(raw.without),
    )  # fmt: skip
    return replace(
        sense, condition=condition, actor=slots(sense.actor), recipient=slots(sense.recipient),
        issue=slots(sense.issue),
    )  # fmt: skip


# -- which sense holds ---------------------------------------------------------------------------------


def best_sense(senses: Sequence[Sense], view: SentenceView, args: Arguments, *, by: str) -> Sense | None:
    """Of the senses whose condition holds, the one that demands most; None when none holds.

    Of two that demand as much the first read wins; a user's entries are read before ours.
    """
    fitting = [s for s in senses if _holds(s.condition, view, args, by) and _used(s, by)]
    return max(fitting, key=lambda s: s.condition.weight, default=None)


def least_sense(senses: Sequence[Sense], *, by: str) -> Sense | None:
    """The sense that demands least, for a trigger whose conditions do not hold."""
    usable = [s for s in senses if _used(s, by)]
    return min(usable, key=lambda s: s.condition.weight, default=None)


def _used(sense: Sense, by: str) -> bool:
    return (by != "verb" or sense.verb) and (by != "participle" or sense.participle)


def _holds(condition: Condition, view: SentenceView, args: Arguments, by: str) -> bool:
    if condition.by is not None and condition.by != ("noun" if by == "noun" else "verb"):
        return False
    if condition.object and not any(_headed(view, slots, condition.object) for slots in args.objects):
        return False
    if condition.object_none and args.objects:
        return False
    if condition.object_place and not (args.objects and _place(view, args.objects[0])):
        return False
    if condition.object_human and not (args.objects and _party(view, args.objects[0])):
        return False
    doer = args.subject or (args.objects[0] if args.objects else [])  # a thing alone after its verb
    if condition.subject and not _headed(view, doer, condition.subject):
        return False
    if condition.subject_human and not (args.dropped or (args.subject and _party(view, args.subject))):
        return False
    if condition.prep and not (_any_prep(condition.prep, args) or _fused_prep(condition.prep, view, args)):
        return False
    if condition.words or condition.without:
        near = _clause_words(view, args)
        if condition.words and not any(_among(w, near) for w in condition.words):
            return False
        if any(_among(w, near) for w in condition.without):
            return False
    return True


def _party(view: SentenceView, slots: Sequence[Slot]) -> bool:
    return any(view.human(s) for s in slots)


def _place(view: SentenceView, slots: Sequence[Slot]) -> bool:
    """Whether a filler is a place by name («تحرير الحديدة», «دخول حلب»), a country or a capital too."""
    named = {m.first for m in view.sentence.mentions if m.kind in ("place", "capital", "country")}
    return any(s.kind == "phrase" and s.head in named for s in slots)


def _any_prep(wanted: Sequence[str], args: Arguments) -> bool:
    present = {prep for prep, _ in args.preps}
    return any(w in present or (w == "ان" and args.clause is not None) for w in wanted)


def _fused_prep(wanted: Sequence[str], view: SentenceView, args: Arguments) -> bool:
    """«يرحب بما أعلنه …», «أعرضت عما عرضه …»: a preposition that is written together with «ما»."""
    near = {t.norm for t in view.tokens[args.begins + 1 : args.ends + 3]}
    return any(_FUSED[w] in near for w in wanted if w in _FUSED)


def _headed(view: SentenceView, slots: Sequence[Slot], words: Sequence[str]) -> bool:
    """Whether the first noun of a filler (or the one after a quantifier) is one of `words`."""
    for slot in slots:
        if slot.kind != "phrase":
            continue
        heads = {view.tokens[i].bare for i in (slot.first, slot.head)} | {view.tokens[slot.head].norm}
        stems = {_without_tanween(h) for h in heads} | heads | _full_plurals(view, slot)
        text = " ".join(view.tokens[i].bare for i in range(slot.head, min(slot.head + 4, slot.last + 1)))
        if any(w in stems or (" " in w and text.startswith(w)) for w in words):
            return True
    return False


def _full_plurals(view: SentenceView, slot: Slot) -> set[str]:
    """The sound plural whose «ن» went before a genitive or a pronoun: «سائقو الشاحنات», «مقاتليه»."""
    head = view.tokens[slot.head].bare
    after = view.tokens[slot.head + 1] if slot.head + 1 < len(view.tokens) else None
    governs = after is not None and (after.clitic == "suf" or slot.head < slot.last)
    if not governs or len(head) < 4 or head[-1] not in "وي":
        return set()
    return {f"{head[:-1]}{ending}" for ending in ("ون", "ين")}


def _without_tanween(word: str) -> str:
    return word[:-1] if word.endswith("ا") and len(word) > 3 else word


def _clause_words(view: SentenceView, args: Arguments) -> str:
    last = max(args.ends, args.clause[1] if args.clause else 0)
    first = max(0, args.begins - 4)
    tokens = view.tokens[first : last + 1]
    return " ".join(("", *(t.norm for t in tokens), "|", *(t.bare for t in tokens), ""))


def _among(word: str, near: str) -> bool:
    return f" {word} " in near or f" ال{word} " in near


# -- modes ---------------------------------------------------------------------------------------------


def mode_of(
    frames: FrameSet,
    sense: Sense,
    tokens: Sequence[Token],
    issue: tuple[int, int] | None,
    clause: tuple[int, int],
) -> str | None:
    """The mode that the sense fixes, or the one that the words of issue or clause decide, or None."""
    if sense.mode is not None:
        return None if sense.mode == NO_MODE else sense.mode
    rules = frames.modes.get(sense.event, ())
    spans = {"issue": issue, "clause": clause}
    texts = {place: _texts(tokens, spans[place], place) for place in {rule.place for rule, _ in rules}}
    for rule, words in rules:
        if any(w in text for w in words for text in texts[rule.place]):
            return rule.mode
    return None


def _texts(tokens: Sequence[Token], span: tuple[int, int] | None, place: str) -> list[str]:
    """The words of a span, each between spaces, as they are compared with the words of a rule."""
    if span is None:
        return []
    inside = tokens[span[0] : span[1] + 1]
    forms = [[t.norm for t in inside], [t.bare for t in inside]]
    if place == "issue":  # «طلب دعما»; «نزاعا مسلحا» in the clause decides none
        forms.append([_without_tanween(t.bare) for t in inside])
    return [f" {' '.join(words)} " for words in forms]
