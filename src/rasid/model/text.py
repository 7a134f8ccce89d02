"""Analysed text: tokens, mentions and phrases, all with spans in the untouched text of the article."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from rasid.model.article import PartKind
from rasid.model.span import Span

TokenKind = Literal["word", "number", "punct"]

Tag = Literal[
    "V",  # finite verb
    "N",  # common noun, verbal noun
    "ADJ",  # adjective, participle, nationality adjective
    "NAME",  # proper name
    "PREP",  # preposition
    "CONJ",  # coordinating conjunction
    "SUB",  # complementiser: أنْ، أنّ، إنّ، بأن
    "REL",  # relative pronoun
    "SCONJ",  # subordinator of time, cause, condition, contrast
    "NEG",  # negation
    "PART",  # particle: قد، س، سوف، كان
    "PRON",  # pronoun, suffix pronoun
    "DEM",  # demonstrative
    "QUANT",  # كل، بعض، جميع
    "NUM",  # number, digits or words
    "ADV",  # adverb
    "PUNCT",
    "X",  # unknown
]


@dataclass(frozen=True, slots=True)
class VerbReading:
    """One reading of a word as a finite verb.

    ``jussive`` stands for imperfect spellings that only a jussive has («يقل», «يدع»): they need لم or ل.
    """

    lemma: str
    tense: Literal["perfect", "imperfect", "jussive"]
    voice: Literal["active", "passive"]
    person: int
    gender: Literal["m", "f"] | None
    number: Literal["s", "d", "p"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word without its clitics, a clitic, a number or a punctuation mark.

    Attributes:
        index: place in the sentence, from 0.
        span: in the article's text. Tokens do not overlap and leave out only white space and marks.
        text: the slice.
        norm: folded for matching, the article ال included.
        bare: `norm` without the article ال.
        definite: written with ال.
        clitic: ``pre`` (و ف ب ل ك س), ``suf`` (pronoun) or None.
        word: number of the written word that it belongs to.
        tag: the chosen word class; `tags` all that the lexicon allows.
        gender, number: of nouns and adjectives, where known.
        verbs: readings as a finite verb.
        nouns: lemmas that it may be a form of as a noun of action (verbal noun).
        participles: lemmas of which it may be the active participle.
        tanween: written as accusative indefinite (…ا / ـاً).
        passive_mark: a written vowel marks a passive («قُتل»).
        written: of stems, `text` in composed letters with its vowel marks: what `norm` hides (إن and أن, ى and ي).
    """

    index: int
    span: Span
    text: str
    norm: str
    bare: str
    kind: TokenKind
    word: int
    tag: Tag = "X"
    tags: frozenset[Tag] = frozenset()
    definite: bool = False
    clitic: Literal["pre", "suf"] | None = None
    gender: Literal["m", "f"] | None = None
    number: Literal["s", "d", "p"] | None = None
    verbs: tuple[VerbReading, ...] = ()
    nouns: tuple[str, ...] = ()
    participles: tuple[str, ...] = ()
    tanween: bool = False
    passive_mark: bool = False
    written: str = ""

    def placed(self, index: int, word: int, offset: int) -> Token:
        """The same token at another place of a sentence, its span moved by `offset` code points."""
        span = Span(self.span.start + offset, self.span.end + offset)
        # Here and below the class is called by hand: `dataclasses.replace` takes five times as long.
        return Token(
            index, span, self.text, self.norm, self.bare, self.kind, word, self.tag, self.tags, self.definite,
            self.clitic, self.gender, self.number, self.verbs, self.nouns, self.participles, self.tanween,
            self.passive_mark, self.written,
        )  # fmt: skip

    def tagged(self, tag: Tag, *, tanween: bool) -> Token:
        """The same token with its class chosen."""
        if tag == self.tag and tanween == self.tanween:
            return self
        return Token(
            self.index, self.span, self.text, self.norm, self.bare, self.kind, self.word, tag, self.tags,
            self.definite, self.clitic, self.gender, self.number, self.verbs, self.nouns, self.participles, tanween,
            self.passive_mark, self.written,
        )  # fmt: skip


MentionKind = Literal[
    "person",  # a known person's name
    "org",
    "country",
    "capital",
    "demonym",
    "group",  # عربي، غربي، أممي: loose groups
    "metonym",
    "role",  # a title
    "agent",  # a head noun of actors: قوات، متظاهرون
    "outlet",
    "place",
    "name",  # an unknown person's name
    "body",  # an unknown body's name
    "time",
    "number",
]

#: Kinds of mentions that are proper names.
PROPER: frozenset[MentionKind] = frozenset(
    {"person", "org", "country", "capital", "metonym", "name", "body", "outlet", "place"}
)
#: Kinds that name somebody who can act: persons and bodies, states and what stands for them.
ACTING: frozenset[MentionKind] = (PROPER - {"place"}) | {"role", "agent"}
#: Kinds that are adjectives of where somebody belongs («المصرية», «الغربيون»).
BELONGING: frozenset[MentionKind] = frozenset({"demonym", "group"})
#: Kinds that can stand for a party of an event.
PARTIES: frozenset[MentionKind] = ACTING | BELONGING


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name somebody, something, a place, a time or a number.

    `first` and `last` are token indices, the last one included. `id` is the entry in the knowledge
    tables (for ``time`` and ``number`` the value); `weak` marks names that need context; `detail` is the
    finer kind of the table (an agent's ``person``, ``group``, ``force`` …); `data` the value of a time.
    """

    kind: MentionKind
    first: int
    last: int
    span: Span
    id: str
    weak: bool = False
    detail: str = ""
    data: object = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase with what directly belongs to it.

    Attributes:
        first, last: token indices, the last one included; a governing preposition is outside.
        head: token index of the head word.
        prep: folded form of the preposition (or conjunction و of «كل من … و») that governs it, or "".
        human: it names somebody who can act: a person, group, body, state.
        core_last: last token before relative clauses, prepositional phrases and appositions.
    """

    first: int
    last: int
    head: int
    prep: str = ""
    human: bool = False
    core_last: int = -1


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of one part of the page, analysed.

    Attributes:
        index: place in the article, from 0.
        span: in the article's text.
        part: the part of the page that it stands in.
        tokens: in order of the text.
        mentions: in order of the text; of overlapping ones the longest was kept, except that a phrase
            may hold a shorter mention of another kind.
        quotes: token ranges (first, last) inside quotation marks.
        open_quote: it begins within a quotation that a sentence before opened.
    """

    index: int
    span: Span
    part: PartKind
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    quotes: tuple[tuple[int, int], ...] = ()
    starts_paragraph: bool = True
    open_quote: bool = False
    notes: tuple[str, ...] = field(default=())
