"""The Arabic engine: an article's parts into analysed sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rasid.language.ar.gazetteer import Gazetteer
from rasid.language.ar.lexicon import Lexicon
from rasid.language.ar.phrases import phrases_of, primary, unknown_names
from rasid.language.ar.tokenize import sentence_spans, surfaces
from rasid.language.ar.words import tokens_of
from rasid.model import Article, Part, Span
from rasid.model.text import Mention, Sentence, Token

TimeFinder = Callable[[Sequence[Token]], Iterable[Mention]]

_OPENING = {'"': '"', "«": "»", "“": "”"}


class ArabicEngine:
    """Analyses Arabic by lexicon, names and phrase rules. Holds tables only; keeps nothing between articles."""

    def __init__(
        self,
        lexicon: Lexicon,
        gazetteer: Gazetteer,
        honorifics: Iterable[str],
        compound: frozenset[tuple[str, str]],
        times: TimeFinder | None = None,
    ) -> None:
        self._lexicon, self._gazetteer, self._times = lexicon, gazetteer, times
        self._honorifics = frozenset(honorifics)
        self._compound = compound

    def sentences(self, article: Article) -> tuple[Sentence, ...]:
        """The sentences of the parts that may state events, analysed, in order of the text."""
        found: list[Sentence] = []
        for part in article.coded():
            for n, span in enumerate(sentence_spans(article.text, part.span)):
                found.append(self._sentence(article, part, span, len(found), first=n == 0))
        return tuple(found)

    def _sentence(self, article: Article, part: Part, span: Span, index: int, *, first: bool) -> Sentence:
        tokens = tokens_of(article.text, surfaces(article.text, span), self._lexicon, self._compound)
        times = tuple(self._times(tokens)) if self._times is not None else ()
        timed = {i for m in times for i in range(m.first, m.last + 1)}
        names = [m for m in self._gazetteer.find(tokens) if not timed & set(range(m.first, m.last + 1))]
        names = [m for m in names if self._plausible(tokens, m)]
        kept = list(times) + names
        kept += unknown_names(tokens, list(primary(kept).values()), self._honorifics)
        mentions = tuple(sorted(kept, key=lambda m: (m.first, -m.last)))
        return Sentence(
            index=index,
            span=span,
            part=part.kind,
            tokens=tokens,
            mentions=mentions,
            phrases=phrases_of(tokens, mentions),
            quotes=quotes_of(tokens),
            starts_paragraph=first,
        )

    def _plausible(self, tokens: Sequence[Token], mention: Mention) -> bool:
        """A one-word name that the context reads as a verb or a preposition is none."""
        if mention.first != mention.last:
            return True
        token = tokens[mention.first]
        if token.tag == "V":
            return False
        if token.tag in ("PREP", "CONJ", "SUB", "REL", "SCONJ", "NEG", "PART"):
            return False
        if mention.kind in ("person", "org", "country", "place", "capital") and mention.first > 0:
            before = tokens[mention.first - 1]
            if before.clitic == "pre" and before.norm == "س":
                return False
        return True


def quotes_of(tokens: Sequence[Token]) -> tuple[tuple[int, int], ...]:
    """Token ranges inside quotation marks, the marks left out; an unclosed quotation runs to the end."""
    found: list[tuple[int, int]] = []
    closing, start = "", -1
    for token in tokens:
        if closing:
            if token.text == closing:
                if token.index - start > 0:
                    found.append((start, token.index - 1))
                closing = ""
        elif token.text in _OPENING and token.kind == "punct":
            closing, start = _OPENING[token.text], token.index + 1
    if closing and start < len(tokens):
        found.append((start, len(tokens) - 1))
    return tuple(found)
