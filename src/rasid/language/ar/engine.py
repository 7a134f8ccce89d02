"""The Arabic engine: an article's parts into analysed sentences."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rasid.language.ar.gazetteer import Gazetteer
from rasid.language.ar.lemma import spelled_lemma
from rasid.language.ar.lexicon import Lexicon
from rasid.language.ar.names import NameModel
from rasid.language.ar.phrases import NO_TIES, Ties, phrases_of, primary, unknown_names
from rasid.language.ar.place_cues import NO_CUES, PlaceCues
from rasid.language.ar.quotes import Quotes, quotes_of
from rasid.language.ar.sentences import sentence_spans
from rasid.language.ar.tokenize import surfaces
from rasid.language.ar.verbs import RULES_ONLY, VerbModel
from rasid.language.ar.words import tokens_of
from rasid.model import Article, Part, Span
from rasid.model.text import Mention, MentionKind, Sentence, Token

TimeFinder = Callable[[Sequence[Token]], Iterable[Mention]]

#: Weak names of these kinds need no earlier full mention: they are kept as weak.
_LOOSE = frozenset({"group", "metonym", "place"})
#: A last name is none inside a name of these kinds.
_COVERING = ("person", "time", "name", "org", "body", "country", "capital", "place", "outlet", "metonym", "role")


@dataclass(frozen=True, slots=True)
class _Draft:
    """A sentence before the whole article is known."""

    part: Part
    span: Span
    first: bool
    tokens: tuple[Token, ...]
    names: tuple[Mention, ...]


class ArabicEngine:
    """Analyses Arabic by lexicon, names and phrase rules. Holds tables only; keeps nothing between articles."""

    def __init__(
        self,
        lexicon: Lexicon,
        gazetteer: Gazetteer,
        honorifics: Iterable[str],
        compound: frozenset[tuple[str, str]],
        times: TimeFinder | None = None,
        verbs: VerbModel = RULES_ONLY,
        tagger: NameModel | None = None,
        ties: Ties = NO_TIES,
        place_cues: PlaceCues = NO_CUES,
    ) -> None:
        self._lexicon, self._gazetteer, self._times = lexicon, gazetteer, times
        self._honorifics = frozenset(honorifics)
        self._compound, self._tagger, self._ties, self._place_cues = compound, tagger, ties, place_cues
        self.verbs = verbs  #: tells verbs from nouns; a training script may put another one in a copy

    def tokens(self, text: str, span: Span) -> tuple[Token, ...]:
        """The tokens of a stretch of text, tagged."""
        return self.verbs.retag(self._ruled(text, span))

    def _ruled(self, text: str, span: Span) -> tuple[Token, ...]:
        return tokens_of(text, surfaces(text, span), self._lexicon, self._compound)

    def ruled(self, article: Article) -> Iterator[tuple[Token, ...]]:
        """The tokens of each sentence as the rules alone class them (what the verb model is trained on)."""
        for part in article.coded():
            for span in sentence_spans(article.text, part.span):
                yield self._ruled(article.text, span)

    def lemma(self, token: Token) -> str:
        """The dictionary form of a token, spelt for people to read."""
        return spelled_lemma(token, self._lexicon)

    def is_common_word(self, word: str) -> bool:
        """Whether a folded one-word name is also an ordinary word, so that as a name it needs support."""
        return self._lexicon.is_common_word(word)

    def sentences(self, article: Article) -> tuple[Sentence, ...]:
        """The sentences of the parts that may state events, analysed, in order of the text."""
        drafts: list[_Draft] = []
        for part in article.coded():
            for n, span in enumerate(sentence_spans(article.text, part.span)):
                tokens = self.tokens(article.text, span)
                drafts.append(_Draft(part, span, n == 0, tokens, self.named(tokens)))
        drafts = self._aliased(drafts)
        strong = frozenset(m.id for d in drafts for m in d.names if not m.weak and m.kind != "time")
        drafts = self._aliased([self._supported(draft, strong) for draft in drafts], "name")
        quotes = self._quotes(drafts)
        return tuple(self._sentence(n, draft, quotes[n]) for n, draft in enumerate(drafts))

    @staticmethod
    def _quotes(drafts: Sequence[_Draft]) -> list[Quotes]:
        """The quotations of each sentence; one may run on within a part of the page."""
        found: list[Quotes] = []
        for _, group in itertools.groupby(drafts, key=lambda d: d.part.span):
            found += quotes_of([draft.tokens for draft in group])
        return found

    def _aliased(self, drafts: list[_Draft], kind: MentionKind = "person") -> list[_Draft]:
        """Last names of persons whom the article names in full («عبد اللهيان» after «حسين أمير عبد اللهيان»).

        With `kind` "name" those of persons whom no table knows.
        """
        aliases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for draft in drafts:
            for m in draft.names:
                if m.kind == kind and not m.weak and m.last > m.first:
                    norms = tuple(t.norm for t in draft.tokens[m.first : m.last + 1])
                    for k in range(1, len(norms)):
                        aliases.setdefault(norms[k], []).append((norms[k:], m.id))
        return (
            [replace(d, names=(*d.names, *self._aliases_in(d, aliases, kind))) for d in drafts] if aliases else drafts
        )

    @staticmethod
    def _aliases_in(
        draft: _Draft, aliases: dict[str, list[tuple[tuple[str, ...], str]]], kind: MentionKind
    ) -> Iterable[Mention]:
        closed = ("person", "time") if kind == "person" else _COVERING
        taken = {i for m in draft.names if m.kind in closed for i in range(m.first, m.last + 1)}
        for token in draft.tokens:
            for words, person in aliases.get(token.norm, ()):
                last = token.index + len(words) - 1
                fits = tuple(t.norm for t in draft.tokens[token.index : last + 1]) == words
                if not fits or not taken.isdisjoint(range(token.index, last + 1)):
                    continue
                if len(words) == 1 and not token.tags <= {"NAME", "X"}:
                    continue  # «كامل» is an adjective before it is somebody's last name
                span = Span(token.span.start, draft.tokens[last].span.end)
                yield Mention(kind, token.index, last, span, person)

    def named(self, tokens: Sequence[Token]) -> tuple[Mention, ...]:
        """The names of the tables and the times in a sentence, before the rest of the article is known."""
        times = tuple(self._times(tokens)) if self._times is not None else ()
        timed = {i for m in times for i in range(m.first, m.last + 1)}
        found = [m for m in self._gazetteer.find(tokens) if timed.isdisjoint(range(m.first, m.last + 1))]
        ends = {m.last for m in found if m.kind in ("role", "agent")}
        adjectives = {m.first for m in found if m.kind == "demonym" and self._adjective(tokens, m.first, ends)}
        kept = (m for m in found if m.kind != "country" or m.first not in adjectives)
        return (*times, *self._place_cues.supported(tokens, [m for m in kept if self._plausible(tokens, m)]))

    @staticmethod
    def _adjective(tokens: Sequence[Token], i: int, ends: set[int]) -> bool:
        """Whether a nationality agrees with the noun before it: «ضغط مالي», not «أزمة مالي», «جيش مالي».

        The country of the same spelling is not meant then. `ends`: the tokens at which a title or a head noun of actors
        ends, which a country may own.
        """
        if i == 0 or i - 1 in ends or tokens[i].definite:
            return False
        noun = tokens[i - 1]
        return noun.tag == "N" and noun.gender == "m" and noun.number in ("s", None) and not noun.definite

    def _supported(self, draft: _Draft, strong: frozenset[str]) -> _Draft:
        """The sentence with the names that the article as a whole supports, and those that no table has."""
        kept = [m for m in draft.names if not m.weak or m.id in strong or m.kind in _LOOSE]
        return replace(draft, names=(*kept, *self._unknown(draft, kept)))

    def _unknown(self, draft: _Draft, kept: Sequence[Mention]) -> Iterable[Mention]:
        """Persons and bodies that no table has: by rule, and by the tagger where there are words to look at."""
        tokens, held = draft.tokens, list(primary(kept).values())
        by_rule = list(unknown_names(tokens, held, self._honorifics))
        if self._tagger is None:
            return by_rule
        return self._tagger.unknown(tokens, draft.names, held, by_rule)

    def _sentence(self, index: int, draft: _Draft, quotes: Quotes) -> Sentence:
        mentions = tuple(sorted(draft.names, key=lambda m: (m.first, -m.last)))
        return Sentence(
            index=index,
            span=draft.span,
            part=draft.part.kind,
            tokens=draft.tokens,
            mentions=mentions,
            phrases=phrases_of(draft.tokens, mentions, self._ties),
            quotes=quotes.ranges,
            starts_paragraph=draft.first,
            open_quote=quotes.begun,
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
        if mention.kind == "country" and any(
            t.bare == _CAPITAL for t in tokens[max(0, mention.first - 2) : mention.first]
        ):
            return False  # «في العاصمة الأردنية عمّان» is spelt like the country Oman
        if mention.kind in ("person", "org", "country", "place", "capital") and mention.first > 0:
            before = tokens[mention.first - 1]
            if before.clitic == "pre" and before.norm == "س":
                return False
        return True


_CAPITAL = "عاصمه"
