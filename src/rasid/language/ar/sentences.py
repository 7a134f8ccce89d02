"""Sentences of a page: stops that end one, stops that do not, and line ends.

Nothing here knows a word of Arabic but the conjunction و that sentences go on with: punctuation, white space, digits
and the length of words decide. A quotation that holds full stops is several sentences; `quotes` knows that they are
one quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from rasid.language.ar.letters import compose
from rasid.language.ar.tokenize import MARK
from rasid.model import Span

_LETTER = r"[^\W\d_]"
_ARABIC = r"[\u0620-\u063f\u0641-\u064a\u066e-\u06d3]"
_MARKS = re.compile(f"[{MARK}]")
_CLOSERS = "\"»”’'›》)]}"
_STOP = re.compile(rf"[.!?؟۔…]+(?P<close>[{re.escape(_CLOSERS)}]*)")
_SPACED_CLOSER = re.compile(r"[^\S\n]([\"»”])(?=\s|$)")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_WORD = re.compile(rf"[\s\"«“‘'(\[]*({_LETTER}+)")

#: A line that begins so is an item of a list, whatever the line before looks like.
_BULLET = re.compile(rf"\s*(?:[•▪■●◾►▶‣∙·◦○❖✓✔*]\s*|(?:\d{{1,2}}|{_ARABIC})[.)\-–]\s*(?=\D))\S")
_SIGNS = re.compile(r"\.{2,}|…|<<|>>|''")
_OMITTED = re.compile(r"(?:\.{2}|…)[\"»”]?$")
_DASH = re.compile(rf"\s*[-–—]\s*{_LETTER}")
#: Lines broken at a fixed width are about so wide.
_NARROWEST, _WIDEST = 40, 120

_INITIAL = re.compile(rf"(?:^|[\s(«\"“.])({_ARABIC}|[A-Za-z])$")
#: Letters that stand for a title («د.», «أ.», «م.») are followed by a name, which may begin with و.
_TITLES = frozenset("دأام")
#: Names of Latin letters as initials are spelt with («جون إف. كينيدي», «سي. إن. إن.»); no other short words are.
_NAMED = re.compile(r"(?<!\w)(?:إيه|بي|سي|دي|إي|إف|جي|إتش|آي|جيه|كيه|إل|إم|إن|كيو|آر|إس|تي|يو|دبليو|إكس|واي|زد)$")
_NUMBERED = re.compile(r"\d\s*$")
_SPELT = re.compile(r"(?<!\w)[ء-نهي]\s$")
_ITEM = re.compile(rf"\s*[\[(]?(?:\d{{1,3}}|{_ARABIC}|[A-Za-z])[\])]?$")
_ITEM_INSIDE = re.compile(r"(?:\D:\s*|[،؛,;]\s+)\d{1,2}$")
_DECIMAL = re.compile(r"(?<!\d)\d{1,2}$"), re.compile(r"\s\d(?!\d)")
_DATE = re.compile(r"(?<!\d)\d{1,2}\.\s?\d{1,2}\.\s?\d{4}(?!\d)")
_LATIN = re.compile(r"(?<![^\W\d_])[A-Z][a-z]{0,3}$"), re.compile(r"\s[A-Z0-9]")
_GLUED = re.compile(rf"{_ARABIC}{{3}}$|\d$"), re.compile(rf"[وف]{_ARABIC}{{3}}|{_ARABIC}{{5}}")
_SHORT = 5


def sentence_spans(text: str, span: Span) -> tuple[Span, ...]:
    """The sentences of one part of a page, in order: all of it but white space.

    A sentence ends at a full stop, question or exclamation mark, with the quotation marks and brackets that close
    there; at an empty line; at a line end that no width explains; before an item of a list. It does not end at the
    stop of an initial («د.»), a decimal, a date, a list number or an address («العربية.نت»), within brackets, at
    points of omission in the middle of a line unless a sentence with و follows, nor at the question mark of a short
    quotation («حملة "إلى متى؟" في …»).

    Args:
        text: the article.
        span: the part.
    """
    composed = compose(span.of(text), span.start)
    kept = _kept(composed.text)
    seen = "".join(composed.text[at] for at in kept)
    kept.append(len(composed.text))
    found: list[Span] = []
    for first, last in _runs(seen):
        for start, end in _sentences(seen, first, last):
            found.append(_strip(text, Span(composed.start(kept[start]), composed.end(kept[end]))))
    return tuple(s for s in found if len(s) > 0)


def _kept(text: str) -> list[int]:
    """Places of the characters that are no marks: only these decide."""
    if _MARKS.search(text) is None:
        return list(range(len(text)))
    return [at for at, char in enumerate(text) if not _MARKS.match(char)]


def _strip(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


# -- lines -----------------------------------------------------------------------------------------------


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that no sentence goes beyond: paragraphs, headlines, items of lists."""
    block: list[tuple[int, int]] = []
    start = 0
    for match in (*_BREAK.finditer(text), None):
        end = match.start() if match is not None else len(text)
        if text[start:end].strip():
            block.append((start, end))
        else:
            yield from _block(text, block)
            block = []
        if match is None or match.group() in "\u2028\u2029":
            yield from _block(text, block)
            block = []
        start = match.end() if match is not None else end


def _block(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The runs of lines that follow each other without an empty one."""
    if not lines:
        return
    width = max(_width(text[a:b].rstrip()) for a, b in lines)
    start = lines[0][0]
    for line, following in pairwise(lines):
        if not _wrapped(text, line, following, width):
            yield start, line[1]
            start = following[0]
    yield start, lines[-1][1]


def _width(line: str) -> int:
    """Characters of a line, marks that may be typed as one sign or several counted once."""
    return len(_SIGNS.sub(".", line))


def _wrapped(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Whether a line end is mere white space: the line was full, or what follows cannot begin a sentence."""
    this, after = text[line[0] : line[1]].strip(), text[following[0] : following[1]].strip()
    if _BULLET.match(after) or _OMITTED.search(this):
        return False
    if this[-1] in "،," or after[0] in "،,؛.؟!»)":
        return True
    if not _NARROWEST <= width <= _WIDEST:
        return False
    full = _width(this) + 1 + len(after.split()[0]) > width
    return full and not _DASH.match(after)


# -- stops -----------------------------------------------------------------------------------------------


def _sentences(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The sentences of one run."""
    here = first
    for match in _STOP.finditer(text, first, last):
        if match.start() < here:
            continue
        end = _closed(text, here, match, last)
        if end < last and not text[end:last].isspace() and _goes_on(text, here, match.start(), end, last):
            continue
        yield here, end
        here = end
    if text[here:last].strip():
        yield here, last


def _closed(text: str, here: int, match: re.Match[str], last: int) -> int:
    """Where the sentence ends with the marks that close at its stop."""
    end = match.end()
    odd = text.count('"', here, match.start()) % 2 == 1
    if match["close"].endswith('"') and not odd and end < last and not text[end].isspace():
        return end - 1  # it opens what follows: «قال.\"نعم»
    spaced = _SPACED_CLOSER.match(text, end, last)
    if spaced is not None and (odd if spaced[1] == '"' else _open(text, here, end)):
        return spaced.end()
    return end


def _open(text: str, here: int, end: int) -> bool:
    """Whether an angular or curly quotation is open."""
    return any(text.rfind(a, here, end) > text.rfind(b, here, end) for a, b in ("«»", "“”"))


def _goes_on(text: str, here: int, at: int, end: int, last: int) -> bool:
    """Whether the sentence goes on after the stop at `at`, whose closing marks end before `end`."""
    before, after = text[here:at], text[end:last]
    stop = text[at:end]
    if not after[0].isspace():
        return _tied(before, stop, after)
    if _in_brackets(before, after):
        return True
    word = _WORD.match(after)
    joined = word is not None and word[1][0] == "و" and len(word[1]) > 3
    if _quoted(before, stop, joined=joined):
        return True
    if "؟" in stop or "?" in stop or "!" in stop:
        return False
    dots = stop.count(".") + 3 * stop.count("…")
    if dots > 1:
        return not (dots > 2 and joined)
    return dots == 1 and end - at == 1 and _abbreviates(before, after, text, at, joined=joined)


def _tied(before: str, stop: str, after: str) -> bool:
    """Whether a stop without white space after it stands within a word, a number or an address."""
    if len(stop) > 1 and stop[-1] in _CLOSERS:
        return re.match(rf"[«“\"]?{_LETTER}", after) is None
    if stop[-1] in "؟!":
        return re.match(rf"[«“\"(]?{_ARABIC}", after) is None
    if after[0] in "«“":
        return False
    return stop not in ".۔" or _GLUED[0].search(before) is None or _GLUED[1].match(after) is None


def _in_brackets(before: str, rest: str) -> bool:
    """Whether the stop stands in brackets that close soon."""
    opening = before.rfind("(")
    if opening <= before.rfind(")") or opening < 0:
        return False
    closing = rest.find(")")
    return 0 < closing < 80 and not 0 <= rest.find("(") < closing


def _quoted(before: str, stop: str, *, joined: bool) -> bool:
    """Whether what stops here is a quotation within a sentence that goes on behind it."""
    if stop[-1] not in "\"»”’'›》":
        return False
    opening = max(before.rfind(mark) for mark in "\"«“‘'‹《")
    if opening < 0:
        return False
    lead = before[:opening].strip()
    if lead.endswith(":"):
        return False
    if stop[0] in ".۔…":
        return bool(lead) and len(before[opening:].split()) <= _SHORT and not joined
    return not joined or (bool(lead) and len(before[opening:].split()) <= _SHORT)


def _abbreviates(before: str, after: str, text: str, at: int, *, joined: bool) -> bool:
    """Whether one full stop before white space belongs to an initial, a number or an item of a list."""
    if _ITEM.fullmatch(before) or _ITEM_INSIDE.search(before):
        return True
    if _DECIMAL[0].search(before) and _DECIMAL[1].match(after):
        return True
    if any(m.start() < at < m.end() for m in _DATE.finditer(text, max(0, at - 8), at + 12)):
        return True
    if _LATIN[0].search(before) and _LATIN[1].match(after):
        return True
    if _NAMED.search(before):
        return not joined
    initial = _INITIAL.search(before)
    if initial is None or initial[1].isascii():
        return False
    lead = before[: initial.start(1)]
    if _NUMBERED.search(lead) or _SPELT.search(lead):
        return not joined  # «على ارتفاع 750 م. عن سطح البحر» and «أ ف ب. وقال»
    return initial[1] in _TITLES or not joined
