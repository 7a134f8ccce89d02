"""Quotations: which tokens stand within quotation marks, also where a quotation runs over several sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rasid.model.text import Token

#: A quotation that does not close within so many sentences was never closed: it ends with the one it began in.
LONGEST = 8
_STRAIGHT = frozenset('"″〃＂')
_SINGLE = frozenset("'’‘‚‛`´′‵")
_CURLY_OPENERS = frozenset("“„‟〝")


@dataclass(frozen=True, slots=True)
class Quotes:
    """The quotations of one sentence.

    Attributes:
        ranges: (first, last) tokens inside quotation marks, the marks left out; of nested ones the outer.
        begun: whether the sentence begins within a quotation of a sentence before.
    """

    ranges: tuple[tuple[int, int], ...]
    begun: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    """A quotation mark: its place, its family, and what the white space around it says."""

    sentence: int
    index: int
    family: str
    opens: bool
    closes: bool


def quotes_of(sentences: Sequence[Sequence[Token]]) -> tuple[Quotes, ...]:
    """The quotations of the sentences of one part of a page, in order.

    A quotation closes at the next mark of its own family (« with », “ with ”, " with "), nested ones left out. One
    that never closes runs to the end of its sentence; a single mark that never closes is an apostrophe.
    """
    marks = [m for n, tokens in enumerate(sentences) for m in _marks(n, tokens)]
    ranges: list[list[tuple[int, int]]] = [[] for _ in sentences]
    begun = [False] * len(sentences)
    k = 0
    while k < len(marks):
        opening = marks[k]
        if not opening.opens:
            k += 1
            continue
        at = _closing(marks, k)
        if at < 0 and opening.family == "single":
            k += 1
            continue
        closing = marks[at] if at >= 0 else None
        last_sentence = closing.sentence if closing is not None else opening.sentence
        for n in range(opening.sentence, last_sentence + 1):
            first = opening.index + 1 if n == opening.sentence else 0
            last = len(sentences[n]) - 1 if closing is None or n < last_sentence else closing.index - 1
            begun[n] = begun[n] or n > opening.sentence
            if first <= last:
                ranges[n].append((first, last))
        k = at + 1 if at >= 0 else k + 1
        while closing is None and k < len(marks) and marks[k].sentence == opening.sentence:
            k += 1
    return tuple(Quotes(tuple(r), b) for r, b in zip(ranges, begun, strict=True))


def _marks(sentence: int, tokens: Sequence[Token]) -> Iterator[_Mark]:
    for i, token in enumerate(tokens):
        if token.kind != "punct" or token.norm not in '«»"':
            continue
        before = tokens[i - 1] if i else None
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        parted = before is None or before.span.end < token.span.start or before.norm in "([«:-،"
        joined = after is not None and after.span.start == token.span.end and after.kind != "punct"
        opening, closing = parted and joined, not parted and not joined
        if token.norm == '"':
            curly = token.text in _CURLY_OPENERS
            family = "straight" if token.text in _STRAIGHT else "single" if token.text[0] in _SINGLE else "curly"
            yield _Mark(sentence, i, family, opens=not closing, closes=not (curly and opening))
        else:
            opens = token.norm == "«"
            reverse = (opening and not opens) or (closing and opens)  # »word«
            yield _Mark(sentence, i, "reversed" if reverse else "angle", opens ^ reverse, not opens ^ reverse)


def _closing(marks: Sequence[_Mark], at: int) -> int:
    """Index of the mark that closes the one at `at`, or -1."""
    opening, depth = marks[at], 0
    for k in range(at + 1, len(marks)):
        mark = marks[k]
        if mark.sentence - opening.sentence >= LONGEST:
            break
        if mark.family != opening.family:
            continue
        directed = mark.family in ("angle", "reversed") or not mark.closes
        if directed and mark.opens:
            depth += 1
        elif depth:
            depth -= 1
        else:
            return k
    return -1
