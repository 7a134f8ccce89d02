"""Contexts: which of PLOVER's fields (military, legal …) an act belongs to, by rules over words, act and parties.

PLOVER reads a context from the sentence or what is around it, so the whole sentence of the act is looked at, not only
its clause. The rules are the rows of ``cues/contexts.tsv``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rasid.model import CONTEXTS, Entity, Record, Span
from rasid.model.text import Sentence, Token
from rasid.packs.cues import ContextRule

_ARTICLE = "ال"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of contexts, ready to be asked. Filled when made, then only read.

    Attributes:
        rules: all rows; the other tables hold their numbers.
        by_word: by its first word, each run of words that is looked for: the run, its row, whether it does not count.
        wordless: rows without words.
    """

    rules: tuple[ContextRule, ...] = ()
    by_word: Mapping[str, tuple[tuple[tuple[str, ...], int, bool], ...]] | None = None
    wordless: tuple[int, ...] = ()


#: The rules of a kit without any: no record has a context.
NO_RULES = Rules()


def compile_contexts(rules: Iterable[ContextRule], fold: Callable[[str], str]) -> Rules:
    """Rules with their words folded and looked up by the first one."""
    kept = tuple(rules)
    by_word: dict[str, list[tuple[tuple[str, ...], int, bool]]] = {}
    for number, rule in enumerate(kept):
        for phrases, never in ((rule.words, False), (rule.never, True)):
            for phrase in phrases:
                words = tuple(fold(phrase).split())
                by_word.setdefault(words[0], []).append((words, number, never))
    wordless = tuple(number for number, rule in enumerate(kept) if not rule.words)
    return Rules(kept, {word: tuple(found) for word, found in by_word.items()}, wordless)


def with_contexts(
    text: str, records: Sequence[Record], sentences: Sequence[Sentence], rules: Rules
) -> tuple[Record, ...]:
    """The records with their contexts, and a reason for each of these.

    Args:
        text: of the article, for the words that are quoted.
        records: of one article.
        sentences: of the same article.
        rules: of the kit.
    """
    by_span = {sentence.span: sentence for sentence in sentences}
    hits: dict[Span, dict[int, list[Span]]] = {}
    found = []
    for record in records:
        if record.sentence not in hits:
            sentence = by_span.get(record.sentence)
            hits[record.sentence] = words_of_rules(sentence, rules) if sentence is not None else {}
        why = contexts_of(text, record, hits[record.sentence], rules)
        reasons = (f"context {context}: {reason}" for context, reason in why.items())
        found.append(replace(record, contexts=tuple(why), reasons=(*record.reasons, *reasons)) if why else record)
    return tuple(found)


def contexts_of(text: str, record: Record, hits: Mapping[int, Sequence[Span]], rules: Rules) -> dict[str, str]:
    """The contexts of a record in the order of `CONTEXTS`, each with the reason.

    Args:
        text: of the article.
        record: whose act and parties are looked at.
        hits: where the words of which row stand in its sentence (`words_of_rules`).
        rules: of the kit.
    """
    held: dict[str, list[tuple[ContextRule, str]]] = {}
    for number in (*hits, *rules.wordless):
        rule = rules.rules[number]
        words = hits.get(number, ())
        if rule.place == "issue":
            issue = record.issue
            words = [span for span in words if issue is not None and issue.span.contains(span)]
        if rule.words and not words:
            continue
        if (reason := _reason(text, record, rule, words)) is not None:
            held.setdefault(rule.context, []).append((rule, reason))
    found = {
        context: reason
        for context, ways in held.items()
        if (reason := next((why for rule, why in ways if not held.keys() & set(rule.unless)), None)) is not None
    }
    return {context: found[context] for context in CONTEXTS if context in found}


def _reason(text: str, record: Record, rule: ContextRule, words: Sequence[Span]) -> str | None:
    """Why a rule holds for a record whose sentence has its words; None where it does not hold."""
    told: list[str] = []
    if words:
        told.append(f"«{words[0].of(text)}»")
    if rule.acts:
        if not any(record.event == event and mode in ("", record.mode) for event, mode in rule.acts):
            return None
        told.append(f"{record.event}{'/' + record.mode if record.mode else ''}")
    if rule.parties:
        party = next((way for way in rule.parties if all(_holds(record, part) for part in way)), None)
        if party is None:
            return None
        told.append(" and ".join(party))
    return ", ".join(told)


def _holds(record: Record, part: str) -> bool:
    """Whether one condition on the parties holds."""
    side, _, code = part.rpartition(":")
    if code in ("abroad", "home"):
        countries = {e.country for e in (*record.actor, *record.recipient) if e.country is not None}
        return len(countries) > 1 if code == "abroad" else len(countries) == 1
    parties = {"actor": record.actor, "recipient": record.recipient}.get(side, (*record.actor, *record.recipient))
    return any(_is(entity, code) for entity in parties)


def _is(entity: Entity, code: str) -> bool:
    """Whether a code is the country, a sector or the id of a party."""
    return code in (entity.country, entity.id) or code in (entity.sector or "").split(";")


# ---------------------------------------------------------------- words


def words_of_rules(sentence: Sentence, rules: Rules) -> dict[int, list[Span]]:
    """Where the words of each row stand in a sentence, by the number of the row; clitics are passed over."""
    stems = [token for token in sentence.tokens if token.clitic is None]
    forms = [_forms(sentence.tokens, token) for token in stems]
    counted: dict[int, list[tuple[int, int]]] = {}
    barred: dict[int, list[tuple[int, int]]] = {}
    # the longest run of a place first: it is the one that is quoted
    for first, end, number, never in sorted(_runs(forms, rules), key=lambda run: (run[0], -run[1])):
        (barred if never else counted).setdefault(number, []).append((first, end))
    found: dict[int, list[Span]] = {}
    for number, places in counted.items():
        free = [(a, b) for a, b in places if not any(x <= a and b <= y for x, y in barred.get(number, ()))]
        if free:
            found[number] = [Span(stems[a].span.start, stems[b - 1].span.end) for a, b in free]
    return found


def _runs(forms: Sequence[Collection[str]], rules: Rules) -> Iterator[tuple[int, int, int, bool]]:
    """First word, word after the last, row, and whether it does not count, of each run of words that is looked for."""
    table = rules.by_word or {}
    for first, here in enumerate(forms):
        for form in here:
            for words, number, never in table.get(form, ()):
                end = first + len(words)
                if end <= len(forms) and all(w in f for w, f in zip(words[1:], forms[first + 1 : end], strict=True)):
                    yield first, end, number, never


def _forms(tokens: Sequence[Token], token: Token) -> frozenset[str]:
    """What a word may be called in a row: with article, conjunction and preposition or without, «اتفاقا» as «اتفاق»."""
    if token.kind == "punct":
        return frozenset()
    found = {token.norm, token.bare}
    if token.definite:
        found.add(_ARTICLE + token.bare)
    if token.tanween and token.bare.endswith("ا"):
        found.add(token.bare[:-1])
    whole, before = (_ARTICLE + token.bare if token.definite else token.norm), token.index - 1
    while before >= 0 and tokens[before].clitic == "pre" and tokens[before].word == token.word:
        joint = tokens[before].norm
        whole = joint + (whole[1:] if joint == "ل" and token.definite and whole.startswith(_ARTICLE) else whole)
        found.add(whole)
        before -= 1
    return frozenset(found)
