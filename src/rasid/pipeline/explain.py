"""The reading of an article for people: how each sentence was read, what came of it, and why.

Every quoted word is the slice of the text (cleared of what could steer a terminal), each in an isolate of its own
direction, so that Arabic and Latin words keep their places on a line. See docs/language.md for how to read it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence, Set

from rasid.events.clauses import Arguments, SentenceView
from rasid.events.units import Unit
from rasid.export.terminal import by_run, clean, isolate, pad, width
from rasid.language.ar.engine import ArabicEngine
from rasid.model import Article, Entity, Record
from rasid.model.event import Claim, Slot
from rasid.model.text import Mention, Phrase, Sentence, Token
from rasid.pipeline.article import conclude, parse
from rasid.pipeline.kit import Kit

#: What the classes of words are called.
CLASSES = {
    "V": "verb", "N": "noun", "ADJ": "adjective", "NAME": "name", "PREP": "preposition", "CONJ": "and", "SUB": "that",
    "REL": "relative", "SCONJ": "joint", "NEG": "not", "PART": "particle", "PRON": "pronoun", "DEM": "this",
    "QUANT": "quantity", "NUM": "number", "ADV": "adverb", "PUNCT": "mark", "X": "unknown",
}  # fmt: skip
#: Classes whose dictionary form tells something.
_WITH_LEMMA = frozenset({"V", "N", "ADJ", "NUM", "QUANT", "X"})
_KINDS = {
    "name": "person in no table", "body": "body in no table", "role": "office or title", "agent": "kind of actor",
    "demonym": "nationality", "group": "loose group", "metonym": "stands for a body",
}  # fmt: skip
_FROM = {
    "relative": "what the clause describes", "pronoun": "a pronoun before the verb",
    "passive": "named behind the passive",
}  # fmt: skip
_LABEL = 10
_CLAUSE = 70  # characters of a clause that are shown
_PERSONS = {
    (1, "s"): "I", (1, "p"): "we", (2, "s"): "you", (2, "p"): "you", (3, "d"): "the two", (3, "p"): "they",
}  # fmt: skip


def explain(article: Article, kit: Kit) -> str:
    """The whole reading: of each sentence its words, phrases, names, clauses and claims, then what matched and why.

    One block a sentence, with these lines:

    - ``words``: a written word with its clitics parted by +, the class of each piece, the dictionary form
    - ``phrases``: preposition and noun phrase, its head, whether it names somebody who can act
    - ``names``: what was recognised, its kind, its id in the tables
    - ``verbs``: subject and how it was found, objects, prepositional phrases, times, the clause after أن
    - ``claims``: on whose word a stretch stands
    - ``let go``: triggers that made no record, with the reason
    - ``record``: what was coded, by which entry of which file, and how each party was decided
    """
    sentences, found = parse(article, kit, explained=True)
    reading = conclude(article, kit, sentences, found)
    records = [*enumerate(reading.records, 1)]
    lines: list[str] = []
    for sentence in sentences:
        here = [(number, record) for number, record in records if record.sentence == sentence.span]
        claims = [claim for claim in found.claims if claim.sentence == sentence.index]
        view = SentenceView(sentence, kit.frames.compound, kit.roles)
        told = _Sentence(article.text, view, kit.language, here, {claim.cue for claim in claims})
        lines += [f"[{sentence.index}] {shown(sentence.span.of(article.text))}", *told.lines()]
        lines += _block("claims", [told.claim(claim) for claim in claims])
        gone = [(sentence.tokens[token].text, why) for n, token, why in found.rejected if n == sentence.index]
        lines += _block("let go", [f"{shown(word)}: {mixed(why)}" for word, why in gone])
        lines += [line for number, record in here for line in _record(number, record)]
        lines.append("")
    lines += [f"problem: {mixed(p.text)} [{p.code}]" for p in reading.problems]
    return "\n".join(lines)


def shown(text: str) -> str:
    """A quotation of the text: harmless to a terminal and in an isolate of its own direction."""
    return isolate(clean(text))


def mixed(text: str) -> str:
    """A line of ours that quotes words here and there, each run of them in an isolate."""
    return by_run(isolate)(clean(text))


def _block(label: str, lines: Sequence[str]) -> list[str]:
    """Lines under one label, which stands before the first."""
    return [f"  {label if not n else '':<{_LABEL}}{line}".rstrip() for n, line in enumerate(lines)]


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of cells as lines whose columns stand under each other."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(pad(cell, w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows]


class _Sentence:
    """One sentence, told line by line."""

    def __init__(
        self,
        text: str,
        view: SentenceView,
        language: ArabicEngine,
        records: Sequence[tuple[int, Record]],
        cues: Set[int],
    ) -> None:
        self.text, self.view, self.language, self.records, self.cues = text, view, language, records, cues
        self.sentence: Sentence = view.sentence
        self.tokens: Sequence[Token] = view.tokens

    def lines(self) -> Iterator[str]:
        """The blocks of words, phrases, names and verbs."""
        words = [list(group) for _, group in itertools.groupby(self.tokens, key=lambda t: t.word)]
        yield from _block("words", _columns([self._word(w) for w in words if w[0].kind != "punct"]))
        yield from _block("phrases", _columns([self._phrase(p) for p in self.sentence.phrases]))
        yield from _block("names", _columns([self._name(m) for m in self.sentence.mentions]))
        verbs = [self._verb(unit.first) for unit in self.view.units if unit.kind == "V"]
        yield from _block("verbs", [line for verb in verbs for line in verb])

    def slice(self, first: int, last: int) -> str:
        """The text of a run of tokens, for showing."""
        return shown(self.text[self.tokens[first].span.start : self.tokens[last].span.end])

    # -- words and phrases ---------------------------------------------------------------------------

    def _word(self, pieces: Sequence[Token]) -> tuple[str, str, str]:
        parted = shown("+".join(clean(t.text) for t in pieces))
        stems = [t for t in pieces if t.clitic is None and t.tag in _WITH_LEMMA and t.kind == "word"]
        return (
            parted,
            " + ".join(CLASSES[t.tag] for t in pieces),
            " ".join(shown(self.language.lemma(t)) for t in stems),
        )

    def _phrase(self, phrase: Phrase) -> tuple[str, str]:
        unit = self.view.units[self.view.unit_at[phrase.first]]
        before = f"{self._preposition(unit)} " if phrase.prep and unit.phrase is phrase and unit.prep else ""
        head = f"head {shown(self.tokens[phrase.head].text)}"
        return f"{before}{self.slice(phrase.first, phrase.last)}", f"{head}, can act" if phrase.human else head

    def _preposition(self, unit: Unit) -> str:
        at = unit.pronoun if unit.phrase is None else unit.phrase.first
        words = (t for t in self.tokens[unit.first : at] if t.kind == "word")
        return shown(" ".join(clean(t.text) for t in words))

    def _name(self, mention: Mention) -> tuple[str, str]:
        named = mention.id if mention.kind not in ("name", "body", "time", "number") else ""
        weak = "(weak)" if mention.weak else ""
        return self.slice(mention.first, mention.last), " ".join(
            filter(None, (_KINDS.get(mention.kind, mention.kind), mixed(named), weak))
        )

    # -- verbs ---------------------------------------------------------------------------------------

    def _verb(self, index: int) -> list[str]:
        args = self.view.verb(index)
        rows = [self._subject(index, args)]
        passive = args.subject_from == "passive"
        for slots in args.objects:
            label = "no role" if slots in args.stray else "acted on" if passive else "object"
            rows.append((label, self._fillers(slots)))
        rows += [("with", self._prepositional(slots)) for _, slots in args.preps if slots]
        units = [self.view.units[self.view.unit_at[first]] for first in args.times]
        rows += [("when", self.slice(unit.first, unit.last)) for unit in units]
        if args.clause is not None:
            rows.append(("clause", self._clause(*args.clause)))
        return [shown(self.tokens[index].text), *(f"  {label:<10}{told}" for label, told in rows)]

    def _subject(self, index: int, args: Arguments) -> tuple[str, str]:
        if args.subject:
            return "subject", f"{self._fillers(args.subject)}, {_FROM.get(args.subject_from, args.subject_from)}"
        if shared := self.view.borrowed_subject(index):
            return "subject", f"{self._fillers(shared)}, shared with the verb before"
        if args.subject_from == "passive":
            return "subject", "not told: the verb is passive"
        return "subject", f"not written, only in the form of the verb ({_person(args.dropped)}){self._meant(index)}"

    def _meant(self, index: int) -> str:
        """Which record says whom a verb form without a written subject means."""
        start = self.tokens[index].span.start
        if own := [n for n, record in self.records if record.trigger.span.start == start]:
            return f"; whom it means: record #{own[0]}"
        sourced = [n for n, record in self.records if record.source and record.trigger.span.start > start]
        return f"; whom it means: the word of record #{sourced[0]}" if index in self.cues and sourced else ""

    def _fillers(self, slots: Sequence[Slot]) -> str:
        return " and ".join(self.slice(s.first, s.last) for s in slots)

    def _prepositional(self, slots: Sequence[Slot]) -> str:
        unit = self.view.units[self.view.unit_at[slots[0].first]]
        if slots[0].kind == "pronoun":  # «معه» stays one word
            return self.slice(unit.first, unit.last)
        return f"{self._preposition(unit)} {self._fillers(slots)}"

    def _clause(self, first: int, last: int) -> str:
        begin = self.view.unit_at[first] - 1
        if begin > 0 and self.view.units[begin - 1].kind == "PREP":
            begin -= 1
        text = self.text[self.tokens[self.view.units[begin].first].span.start : self.tokens[last].span.end]
        return shown(text if len(text) <= _CLAUSE else f"{text[:_CLAUSE].rpartition(' ')[0]} …")

    def claim(self, claim: Claim) -> str:
        """A line about a stretch on somebody's word."""
        speaker = "the speaker before"
        if claim.speaker is not None and claim.speaker.sentence == self.sentence.index:
            speaker = self.slice(claim.speaker.first, claim.speaker.last)
        return f"{speaker} {claim.manner}: {self.slice(claim.first, claim.last)}"


def _person(slot: Slot | None) -> str:
    """The pronoun of a verb form."""
    if slot is None:
        return "?"
    who = _PERSONS.get((slot.person, slot.number or ""))
    return who or {"m": "he", "f": "she"}.get(slot.gender or "", "he or she")


def _record(number: int, record: Record) -> list[str]:
    who, whom = (" + ".join(map(_party, parties)) or "—" for parties in (record.actor, record.recipient))
    kind = f"{record.event}{'/' + record.mode if record.mode else ''}"
    more = [f"about {shown(record.issue.text)}"] if record.issue is not None else []
    more += [f"on {record.date.value}"] if record.date is not None else []
    more += [f"in {shown(record.place.words.text)}"] if record.place is not None else []
    more += [f"on the word of {mixed(source.name)}" for source in record.source]
    more += [f"tells record #{record.same_as} again"] if record.same_as is not None else []
    certainty = f"certainty {record.certainty:.2f}"
    lines = [
        f"#{number} {kind} {shown(record.trigger.text)}, {who} -> {whom} [{record.status}], {certainty}",
        *(["; ".join(more)] if more else []),
        f"by {mixed(record.frame.id)} at {record.frame.file}:{record.frame.line}",
        *map(mixed, record.reasons),
    ]
    return _block("record", lines)


def _party(entity: Entity) -> str:
    known = " ".join(filter(None, (entity.country, entity.sector)))
    return f"{mixed(entity.name)} ({known})" if known else mixed(entity.name)
