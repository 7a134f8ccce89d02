"""Numbers in words and figures: «خمسة وعشرون», «٢٬٣٠٠», «أكثر من 60 ألف», and what is no number: «عشرات الآلاف»."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rasid.model.text import Sentence, Token
from rasid.packs.counts import CountWord

_AND, _BETWEEN = "و", "بين"
_RANGE = "a range"
#: «1,400», «12.500»: marks that part thousands; «2,5» is a fraction.
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_FRACTION = re.compile(r"(\d+)[.,](\d{1,2})")
_PERCENT = frozenset({"%", "٪"})
_DASHES = frozenset({"-", "–"})
#: Digits of one number that a space parts («12 500»).
_PARTED = re.compile(r"\d{3}")
_HALF, _SMALL, _TENS, _HUNDRED = 0.5, 10, 20, 100


@dataclass(frozen=True, slots=True)
class Sign:
    """What a run of words says: the kind of ``cues/counts.tsv``, its value, words that must be near, its last token."""

    kind: str
    value: int
    near: frozenset[str]
    last: int


@dataclass(frozen=True, slots=True)
class CountWords:
    """The words of ``cues/counts.tsv`` by their first folded word: (the words after it, the row with folded words).

    `by_lemma` has the rows of one word as they are written: lemmas are not folded.
    """

    by_first: dict[str, tuple[tuple[tuple[str, ...], CountWord], ...]] = field(default_factory=dict)
    by_lemma: dict[str, tuple[CountWord, ...]] = field(default_factory=dict)

    def signs(self, tokens: Sequence[Token], i: int) -> Iterator[Sign]:
        """What the words from token `i` on say; the longest run first."""
        token = tokens[i]
        names = dict.fromkeys((token.norm, token.bare))
        for name in names:
            for rest, word in self.by_first.get(name, ()):
                last = i + len(rest)
                if last < len(tokens) and all(tokens[i + n].bare == w for n, w in enumerate(rest, 1)):
                    yield Sign(word.kind, word.value, frozenset(word.near), last)

    def verb(self, lemma: str) -> Iterator[CountWord]:
        """What the verb of this lemma says."""
        return (word for word in self.by_lemma.get(lemma, ()))


def compile_counts(words: Iterable[CountWord], fold: Callable[[str], str]) -> CountWords:
    """Fold the words and put them together by their first."""
    found: dict[str, list[tuple[tuple[str, ...], CountWord]]] = {}
    for word in words:
        first, *rest = fold(word.form).split()
        folded = CountWord(word.form, word.kind, word.value, tuple(map(fold, word.near)))
        bare = tuple(w.removeprefix("ال") for w in rest)
        found.setdefault(first, []).append((bare, folded))
    lemmas: dict[str, list[CountWord]] = {}
    for word in (word for some in found.values() for rest, word in some if not rest):
        for form in dict.fromkeys((word.form, fold(word.form))):
            lemmas.setdefault(form, []).append(word)
    return CountWords(
        {k: tuple(sorted(v, key=lambda pair: -len(pair[0]))) for k, v in found.items()},
        {k: tuple(v) for k, v in lemmas.items()},
    )


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a sentence.

    Attributes:
        first, last: its tokens, «أكثر من» included.
        number: the token at which the number itself begins.
        value: None when the words give none.
        at_least: it is a lower bound.
        why: why there is no value, for people.
    """

    first: int
    last: int
    number: int
    value: int | None
    at_least: bool = False
    why: str = ""


def quantities(sentence: Sentence, words: CountWords) -> tuple[Quantity, ...]:
    """The numbers of a sentence from left to right, but those of times and shares («15 آذار», «40%»)."""
    timed = {i for m in sentence.mentions if m.kind == "time" for i in range(m.first, m.last + 1)}
    reader = _Reader(sentence.tokens, words)
    found, i = [], 0
    while i < len(sentence.tokens):
        quantity = None if i in timed or sentence.tokens[i].kind == "punct" else reader.quantity(i)
        if quantity is not None and quantity.last not in timed:
            found.append(quantity)
            i = quantity.last
        i += 1
    return tuple(found)


class _Reader:
    """Reads one sentence. Methods give what they read and the token after it, or None."""

    def __init__(self, tokens: Sequence[Token], words: CountWords) -> None:
        self.tokens, self.words = tokens, words

    def quantity(self, i: int) -> Quantity | None:
        """The number that begins at token `i`, with the words that make it a bound."""
        if (between := self._between(i)) is not None:
            return between
        bound = self._sign(i, "least", "about", "under")
        number = bound.last + 1 if bound is not None else i
        if bound is not None and (more := self._sign(number, "about", "least")) is not None:
            number = more.last + 1
        value = self._whole(number)
        if value is not None:
            return self._judged(i, number, value, bound)
        vague = self._sign(number, "vague")
        if vague is None:
            return None
        return Quantity(i, vague.last, number, None, why="the words give no number")

    def _between(self, i: int) -> Quantity | None:
        """«بين 10 و15»."""
        if self.tokens[i].norm != _BETWEEN or (low := self._whole(i + 1)) is None:
            return None
        at = low[1]
        if at >= len(self.tokens) or self.tokens[at].norm != _AND or (high := self._whole(at + 1)) is None:
            return None
        return Quantity(i, high[1] - 1, i, None, why=_RANGE)

    def _judged(self, first: int, number: int, value: tuple[int, int], bound: Sign | None) -> Quantity | None:
        amount, after = value
        last = after - 1
        if after < len(self.tokens) and self.tokens[after].norm in _PERCENT:
            return None
        if bound is not None and bound.kind == "under":
            return Quantity(first, last, number, None, why="the words say only that it was fewer")
        if after + 1 < len(self.tokens) and self._dash(after) and (end := self._whole(after + 1)) is not None:
            return Quantity(first, end[1] - 1, number, None, why=_RANGE)
        return Quantity(first, last, number, amount, bound is not None and bound.kind == "least")

    def _dash(self, i: int) -> bool:
        return self.tokens[i].norm in _DASHES or self.tokens[i].norm in ("الي", "او")

    def _sign(self, i: int, *kinds: str) -> Sign | None:
        if i >= len(self.tokens):
            return None
        return next((s for s in self.words.signs(self.tokens, i) if s.kind in kinds), None)

    def _whole(self, i: int) -> tuple[int, int] | None:
        """A whole number: parts below a thousand with their scales, joined by «و»."""
        total, at, limit = 0, i, 0
        while True:
            part = self._part(at, limit)
            if part is None:
                break
            value, at, limit = part
            total += value
            if not limit or at >= len(self.tokens) or self.tokens[at].norm != _AND:
                return total, at
            at += 1
        # a «و» that no part of the number follows is not of the number
        return (total, at - 1) if total else None

    def _part(self, i: int, limit: int) -> tuple[int, int, int] | None:
        """A number with its scale, or a scale alone; below `limit` unless that is 0. Third: the scale, 0 for none."""
        small = self._below(i)
        at = small[1] if small is not None else i
        scale = self._sign(at, "scale", *(("scales",) if small is not None else ()))
        if scale is not None and small is None and self.tokens[at].verbs and self.tokens[at].tag == "V":
            return None
        value = (small[0] if small is not None else 1.0) * (scale.value if scale is not None else 1)
        if scale is None and value == _HALF:  # «مليون ونصف»
            value *= limit
        if (small is None and scale is None) or not value or value != int(value):
            return None
        if limit and value >= limit:
            return None
        return (int(value), at, 0) if scale is None else (int(value), scale.last + 1, scale.value)

    def _below(self, i: int) -> tuple[float, int] | None:
        """Digits, or words that make a number below a thousand: «مئة وخمسة وعشرون», «ثلاث مئة»."""
        if i >= len(self.tokens):
            return None
        token = self.tokens[i]
        if token.kind == "number":
            return self._digits(i)
        if (half := self._sign(i, "half")) is not None:
            return _HALF, half.last + 1
        first = self._word(i)
        if first is None:
            return None
        value, at = first
        if value < _SMALL and (hundred := self._word(at)) is not None and hundred[0] == _HUNDRED:
            value, at = value * _HUNDRED, hundred[1]
        while at + 1 < len(self.tokens) and self.tokens[at].norm == _AND:
            following = self._word(at + 1)
            if following is None or not _compound(value, following[0]):
                break
            value, at = value + following[0], following[1]
        return float(value), at

    def _digits(self, i: int) -> tuple[float, int] | None:
        text = self.tokens[i].norm
        if text.isdecimal():
            at = i + 1
            while len(text) <= 3 or at > i + 1:
                if at >= len(self.tokens) or not self._parted(at):
                    break
                text, at = text + self.tokens[at].norm, at + 1
            return float(text), at
        if _THOUSANDS.fullmatch(text):
            return float(re.sub(r"[.,]", "", text)), i + 1
        if fraction := _FRACTION.fullmatch(text):
            return float(f"{fraction[1]}.{fraction[2]}"), i + 1
        return None

    def _parted(self, i: int) -> bool:
        """Whether token `i` goes on with the digits before it, one space between them."""
        gap = self.tokens[i].span.start - self.tokens[i - 1].span.end
        return self.tokens[i].kind == "number" and gap == 1 and _PARTED.fullmatch(self.tokens[i].norm) is not None

    def _word(self, i: int) -> tuple[int, int] | None:
        if i >= len(self.tokens) or self.tokens[i].kind != "word":
            return None
        sign = self._sign(i, "number")
        if sign is None or (sign.value < 3 and self.tokens[i].definite):  # «الأحد», «الاثنين» are days
            return None
        return sign.value, sign.last + 1


def _compound(before: int, value: int) -> bool:
    """Whether «و» joins two number words into one number: «خمسة وعشرون», «مئة وخمسة»."""
    for unit in (1000, _HUNDRED):
        if before >= unit and before % unit == 0:
            return value < unit
    # «مئة وخمسة» goes on with «وعشرون»
    return 0 < before % _HUNDRED < _SMALL and value in range(_TENS, _HUNDRED, 10)
