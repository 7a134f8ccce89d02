"""The one path of an article: text to sentences to events to records."""

from __future__ import annotations

from rasid.events.find import find
from rasid.model import Article, Problem, Reading, Record
from rasid.model.event import Claim
from rasid.model.text import Sentence
from rasid.pipeline.kit import Kit
from rasid.resolve.records import resolve


def read(article: Article, kit: Kit) -> Reading:
    """Everything known about one article. Pure: the same article and kit give the same reading."""
    sentences = kit.language.sentences(article)
    found = find(sentences, kit.frames, kit.roles, kit.judge)
    records, problems = resolve(
        article, sentences, found.events, found.claims, kit.knowledge, kit.dating, found.subjects
    )
    if article.published is None:
        text = "no date of publication is known; weekdays and «أمس» stay unresolved (give --published YYYY-MM-DD)"
        problems = (Problem(article.id, "no-date", text), *problems)
    return Reading(article, records, problems, kit.versions, len(sentences))


def read_anyway(article: Article, kit: Kit) -> tuple[Reading, bool]:
    """The reading of an article, and whether the program broke on it: one bad article must not end a run over many."""
    try:
        return read(article, kit), False
    except Exception as error:  # whatever it is, it is a fault of the program, not of the caller
        text = f"a fault of the program ({type(error).__name__}: {error}); please report it with the article"
        return Reading(article, problems=(Problem(article.id, "internal-error", text),)), True


def explain(article: Article, kit: Kit) -> str:
    """The whole reading for people: for each sentence its words, phrases, names and claims, then what matched and why.

    One block a sentence; the lines are marked ``words`` (word/class, clitics joined by +), ``phrases`` (in
    brackets, governing preposition first), ``names`` (kind and table id), ``claims`` (speaker and stretch),
    ``let go`` (triggers that made no record, with the reason) and ``record``.
    """
    sentences = kit.language.sentences(article)
    found = find(sentences, kit.frames, kit.roles, kit.judge)
    reading = read(article, kit)
    lines: list[str] = []
    for sentence in sentences:
        lines += [f"[{sentence.index}] {sentence.span.of(article.text)}", *_analysis(article.text, sentence)]
        for claim in found.claims:
            if claim.sentence == sentence.index:
                lines.append(f"  claims   {_claim(article.text, sentence, claim)}")
        for index, token, why in found.rejected:
            if index == sentence.index:
                lines.append(f"  let go   «{sentence.tokens[token].text}»: {why}")
        lines += [
            line
            for number, record in enumerate(reading.records, 1)
            if record.sentence == sentence.span
            for line in _record(number, record)
        ]
        lines.append("")
    lines += [f"problem: {p.text} [{p.code}]" for p in reading.problems]
    return "\n".join(lines)


def _analysis(text: str, sentence: Sentence) -> list[str]:
    words: list[str] = []
    for token in sentence.tokens:
        shown = f"{token.text}/{token.tag}"
        if words and token.index and token.word == sentence.tokens[token.index - 1].word:
            words[-1] += f"+{shown}"
        else:
            words.append(shown)
    phrases = " ".join(
        f"{p.prep + ' ' if p.prep else ''}[{_slice(text, sentence, p.first, p.last)}]{'*' if p.human else ''}"
        for p in sentence.phrases
    )
    names = "; ".join(f"{m.span.of(text)} = {m.kind} {m.id}{' (weak)' if m.weak else ''}" for m in sentence.mentions)
    return [f"  words    {' '.join(words)}", f"  phrases  {phrases}", f"  names    {names}"]


def _slice(text: str, sentence: Sentence, first: int, last: int) -> str:
    return text[sentence.tokens[first].span.start : sentence.tokens[last].span.end]


def _claim(text: str, sentence: Sentence, claim: Claim) -> str:
    speaker = "the speaker before"
    if claim.speaker is not None and claim.speaker.sentence == sentence.index:
        speaker = f"«{_slice(text, sentence, claim.speaker.first, claim.speaker.last)}»"
    return f"{speaker} {claim.manner}: «{_slice(text, sentence, claim.first, claim.last)}»"


def _record(number: int, record: Record) -> list[str]:
    who = " + ".join(f"{e.name} ({e.country} {e.sector})" for e in record.actor) or "—"
    whom = " + ".join(f"{e.name} ({e.country} {e.sector})" for e in record.recipient) or "—"
    kind = f"{record.event}{'/' + record.mode if record.mode else ''}"
    return [
        f"  record   #{number} {kind} «{record.trigger.text}» {who} -> {whom} [{record.status}]",
        f"           by {record.frame.id} at {record.frame.file}:{record.frame.line}",
        *(f"           {reason}" for reason in record.reasons),
    ]
