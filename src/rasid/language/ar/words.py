"""Written words into tokens: clitics split off, readings looked up, one word class chosen by context."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from rasid.language.ar.glued import unglued
from rasid.language.ar.letters import (
    begins_with_damma,
    ends_in_tanween,
    fold_map,
    fold_number,
    fold_punctuation,
    letters_of,
    marks_passive,
    written,
)
from rasid.language.ar.lexicon import Entry, Lexicon, Split
from rasid.language.ar.tokenize import Surface, surfaces
from rasid.model import Span
from rasid.model.text import Tag, Token, VerbReading

_PREFIX_TAG: dict[str, Tag] = {"و": "CONJ", "ف": "CONJ", "ب": "PREP", "ل": "PREP", "ك": "PREP", "س": "PART"}
_EMPTY = Entry()
#: Written words whose pieces are remembered: those that a run meets first, which are the frequent ones.
_REMEMBERED = 30_000
_PRONOUNS = ("هما", "ها", "هم", "هن", "نا", "ه")


def tokens_of(
    text: str,
    words: Sequence[Surface],
    lexicon: Lexicon,
    compound: frozenset[tuple[str, str]] = frozenset(),
) -> tuple[Token, ...]:
    """The tokens of a sentence, tagged. `compound` are the prepositions of two words, folded."""
    found: list[Token] = []
    word = 0
    for surface in words:
        pieces = _pieces_of(surface, lexicon)
        for token in pieces:
            found.append(token.placed(len(found), word + token.word, surface.span.start))
        word += 1 + (pieces[-1].word if pieces else 0)
    return _tagged(found, compound, lexicon.verb_after)


def norms_of(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The folded pieces of one written word or number: the `norm` of each token that a sentence has for it."""
    found = surfaces(word, Span(0, len(word)))
    return tuple(token.norm for surface in found for token in _pieces(word, surface, 0, lexicon))


def _pieces_of(surface: Surface, lexicon: Lexicon) -> tuple[Token, ...]:
    """The pieces of a written word, which depend on its letters alone.

    Spans are counted from its beginning, and so are the words when several were run together.
    """
    known = lexicon.pieces.get(surface.text)
    if known is None:
        alone = Surface(surface.text, Span(0, len(surface.text)), surface.kind, surface.plain)
        parts = enumerate(unglued(alone, lexicon))
        known = tuple(token for n, part in parts for token in _pieces(surface.text, part, n, lexicon))
        if len(lexicon.pieces) < _REMEMBERED:
            lexicon.pieces[surface.text] = known
    return known


def _pieces(text: str, surface: Surface, word: int, lexicon: Lexicon) -> Iterator[Token]:
    if surface.kind != "word":
        tag: Tag = "NUM" if surface.kind == "number" else "PUNCT"
        norm = fold_number(surface.plain) if tag == "NUM" else fold_punctuation(surface.plain)
        yield Token(0, surface.span, surface.text, norm, norm, surface.kind, word, tag, frozenset({tag}))
        return
    norm, offsets = fold_map(surface.text, surface.span.start)
    if not norm:
        return
    if not "\u0621" <= norm[0] <= "\u06ff":
        yield Token(0, surface.span, surface.text, norm, norm, "word", word, "NAME", frozenset({"NAME"}))
        return
    letters = letters_of(surface.plain)
    split = lexicon.split(norm, letters, sealed=ends_in_tanween(written(surface.plain)))
    split = _as_written(split, letters, lexicon)
    bounds = _bounds(split, offsets, surface.span)
    if bounds is None:
        split, bounds = Split((), norm, "", None, False), (surface.span.start, surface.span.end)
    edges = iter(itertools.pairwise(bounds))
    for prefix in split.prefixes:
        span = Span(*next(edges))
        clitic_tag = _PREFIX_TAG[prefix]
        yield Token(
            0,
            span,
            span.of(text),
            prefix,
            prefix,
            "word",
            word,
            clitic_tag,
            frozenset({clitic_tag}),
            clitic="pre",
        )
    if split.stem:
        yield _stem(text, Span(*next(edges)), split, word, lexicon)
    if split.suffix:
        span = Span(*next(edges))
        yield Token(
            0,
            span,
            span.of(text),
            split.suffix,
            split.suffix,
            "word",
            word,
            "PRON",
            frozenset({"PRON"}),
            clitic="suf",
        )


def _as_written(split: Split, letters: str, lexicon: Lexicon) -> Split:
    """The split that the hamzas of the spelling ask for; the fold, which splits go by, does not show them.

    «إلغائه» has no article, and «بدئها» is a form of «بدء».
    """
    at = sum(map(len, split.prefixes))
    if len(letters) != at + len(split.stem) + len(split.suffix):
        return split
    if split.definite and letters[at] in "أإآ":
        return next(_without_article(split, letters[at:], lexicon), split)
    if split.suffix and split.stem:
        key = _noun_before_suffix(split.stem, letters[at : at + len(split.stem)], lexicon)
        return replace(split, key=key) if key is not None else split
    return split


def _without_article(split: Split, letters: str, lexicon: Lexicon) -> Iterator[Split]:
    """Known nouns with a pronoun that a word may be which only looks as if it had the article."""
    for suffix in _PRONOUNS:
        stem = split.stem.removesuffix(suffix)
        if stem == split.stem or split.suffix:
            continue
        key = _noun_before_suffix(stem, letters[: len(stem)], lexicon)
        shape = stem[:-1] + "ه" if stem.endswith("ت") else stem
        if key is None and "N" in (lexicon.get(shape) or _EMPTY).tags:
            key = shape
        if key is not None:
            yield Split(split.prefixes, stem, suffix, key, False)


def _noun_before_suffix(stem: str, letters: str, lexicon: Lexicon) -> str | None:
    """The noun in hamza that stands before a pronoun as ـئ or ـؤ («لقائه», «لقاؤه»), or None."""
    if letters[-1] not in "ئؤ":
        return None
    keys = (stem[:-1] + "ء", stem[:-1] + "و")  # «بدئه» of بدء, «تلكئه» of تلكؤ
    return next((key for key in keys if "N" in (lexicon.get(key) or _EMPTY).tags), None)


def _bounds(split: Split, offsets: tuple[int, ...], span: Span) -> tuple[int, ...] | None:
    """Offsets where the pieces begin, and the end.

    A ligature («ﻷنه») belongs to the later one of two pieces that share it: a proclitic may have an empty span. None
    when stem or pronoun would have one.
    """
    lengths = [*map(len, split.prefixes), *(len(part) for part in (split.stem, split.suffix) if part)]
    at, bounds = 0, [span.start]
    for length in lengths[:-1]:
        at += length
        bounds.append(offsets[at])
    bounds.append(span.end)
    clear = all(bounds[n] < bounds[n + 1] for n in range(len(split.prefixes), len(lengths)))
    return tuple(bounds) if clear else None


def _stem(text: str, span: Span, split: Split, word: int, lexicon: Lexicon) -> Token:
    entry = lexicon.get(split.key) or _EMPTY
    bare = split.stem
    if split.definite:
        bare = split.stem[1:] if split.stem.startswith("ل") and not split.stem.startswith("ال") else split.stem[2:]
    norm = f"ال{bare}" if split.definite else split.stem
    if split.suffix and split.key is not None:
        norm = split.key  # «نظيرتها» is matched as «نظيرة»
    tags: frozenset[Tag] = frozenset(entry.tags) or frozenset({"X"})
    if split.definite:
        tags = (tags & {"N", "ADJ", "NAME", "NUM", "QUANT"}) or frozenset({"X"})
    shown = span.of(text)
    letters = written(shown)
    if "PREP" in tags and letters_of(shown).endswith("ى"):
        tags -= {"NAME"}  # «على» is no «علي»
    tanween = ends_in_tanween(letters) or _accusative(split, tags, lexicon)
    if ends_in_tanween(letters):
        tags = (tags - {"V", "NAME"}) or tags
    return Token(
        index=0,
        span=span,
        text=shown,
        norm=norm,
        bare=split.key or bare,
        kind="word",
        word=word,
        tag="X",
        tags=tags,
        definite=split.definite,
        gender=entry.gender or _gender(bare),
        number=entry.number or _number(bare),
        verbs=() if split.definite else _narrated(entry),
        nouns=tuple(entry.nouns),
        participles=tuple(entry.participles),
        tanween=tanween,
        passive_mark=marks_passive(letters) or (begins_with_damma(letters) and _only_perfect(entry)),
        written=letters,
    )


def _only_perfect(entry: Entry) -> bool:
    readings = _narrated(entry)
    return bool(readings) and all(v.tense == "perfect" and v.person == 3 for v in readings)


def _narrated(entry: Entry) -> tuple[VerbReading, ...]:
    """The readings of a verb form: news narrates, so a third person excludes a first («أصدر»: he, not I)."""
    third = tuple(v for v in entry.verbs if v.person == 3)
    return third or tuple(entry.verbs)


def _accusative(split: Split, tags: frozenset[Tag], lexicon: Lexicon) -> bool:
    """Whether the final alef is that of an indefinite accusative: the word without it is a known noun."""
    if split.suffix or not split.stem.endswith("ا") or len(split.stem) < 4 or split.key is None:
        return False
    if split.key == split.stem[:-1]:
        return True
    shorter = lexicon.get(split.stem[:-1])
    return not tags & {"V", "NAME"} and shorter is not None and not shorter.tags.isdisjoint({"N", "ADJ"})


def _gender(bare: str) -> Literal["m", "f"] | None:
    return "f" if bare.endswith(("ه", "ات")) else None


def _number(bare: str) -> Literal["s", "d", "p"] | None:
    if bare.endswith("ات") and len(bare) > 4:
        return "p"
    return None


# -- one class for each word ---------------------------------------------------------------------------

_CLOSED: tuple[Tag, ...] = (
    "REL",
    "SUB",
    "NEG",
    "DEM",
    "PRON",
    "CONJ",
    "SCONJ",
    "PART",
    "PREP",
    "QUANT",
    "ADV",
    "NUM",
)
#: Classes of words so frequent that they outweigh any verb or noun of the same spelling.
_STRONG: frozenset[Tag] = frozenset({"REL", "SUB", "NEG", "DEM", "PRON", "CONJ", "SCONJ", "PART", "PREP"})
_NOUN_AFTER: frozenset[Tag] = frozenset({"PREP", "DEM", "QUANT", "NUM"})


_SO_HAS = "فقد"


def _tagged(
    tokens: Sequence[Token], compound: frozenset[tuple[str, str]], verb_after: Mapping[str, str]
) -> tuple[Token, ...]:
    """The same tokens with a tag chosen for each, from left to right."""
    out: list[Token] = []
    for i, token in enumerate(tokens):
        before = out[-1] if out else None
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        then = tokens[i + 2] if i + 2 < len(tokens) else None
        if before is not None and (before.norm, token.norm) in compound and after is not None and after.kind == "word":
            out.append(token.tagged("PREP", tanween=token.tanween))
            continue
        if token.tanween and after is not None and after.definite and not ends_in_tanween(token.written):
            token = token.tagged(token.tag, tanween=False)  # «وزيرا الخارجية»: the alef of a dual in construct
        tag = token.tag
        if tag == "X" or token.norm == _SO_HAS:
            tag = _choose(token, after, out, then, verb_after)
        out.append(token.tagged(tag, tanween=token.tanween))
    return tuple(out)


def _choose(
    token: Token, after: Token | None, out: Sequence[Token], then: Token | None, verb_after: Mapping[str, str]
) -> Tag:
    tags, before = token.tags, out[-1] if out else None
    if "V" in tags and token.verbs and all(v.tense == "jussive" for v in token.verbs) and not _jussive_place(before):
        tags = (tags - {"V"}) or frozenset({"X"})
    if token.norm == _SO_HAS and after is not None and any(v.tense == "perfect" for v in after.verbs):
        return "PART"  # «فقد دعا»: ف and قد, not the verb
    if len(tags) == 1:
        return next(iter(tags))
    if "QUANT" in tags and after is not None and (after.norm == "من" or after.tags & {"N", "ADJ", "NAME", "DEM"}):
        return "QUANT"
    closed = [tag for tag in _CLOSED if tag in tags]
    if closed and (_STRONG & tags or not ({"V", "N"} & tags)):
        return _choose_closed(token, closed, before, after)
    if "V" in tags and {"N", "ADJ", "NAME", "X"} & tags:
        if _is_verb(token, after, out, then, verb_after):
            return "V"
        tags -= {"V"}
    for tag in ("PREP", "SCONJ", "ADV", "V", "NAME", "N", "ADJ", "QUANT"):
        if tag in tags and _suits(tag, token, before, after):
            return tag
    return next(iter(sorted(tags)))


def _jussive_place(before: Token | None) -> bool:
    return before is not None and before.norm in ("لم", "ل", "لا", "ف", "و")


def _suits(tag: str, token: Token, before: Token | None, after: Token | None) -> bool:
    if tag == "PREP":
        return after is not None and after.kind != "punct" and not (token.clitic is None and after.tag == "PREP")
    if tag == "NAME":
        named = before is not None and before.tag == "NAME"
        return (
            not token.definite
            and "N" not in token.tags
            and (named or "ADJ" not in token.tags or bool(token.participles))
        )
    if tag == "N":
        return not ("ADJ" in token.tags and token.tanween)
    return True


def _choose_closed(token: Token, closed: Sequence[Tag], before: Token | None, after: Token | None) -> Tag:
    if "REL" in closed and "NEG" in closed:  # ما
        return "REL"
    if "PREP" in closed and after is not None and after.clitic == "suf":
        return "PREP"
    if closed == ["ADV"] and "ADJ" in token.tags and token.tanween and before is not None and before.tanween:
        return "ADJ"  # «اتصالا هاتفيا»
    if "ADV" in closed and "SUB" not in closed and (after is None or after.kind == "punct"):
        return "ADV"
    return closed[0]


def _is_verb(  # noqa: C901  # one rule a line, in order
    token: Token, after: Token | None, out: Sequence[Token], then: Token | None, verb_after: Mapping[str, str]
) -> bool:
    """Whether a word that may be a verb or a noun is a verb here."""
    before = out[-1] if out else None
    if token.definite or token.tanween:
        return False
    if token.passive_mark:
        return True
    if before is not None and before.clitic == "pre" and before.tag == "PREP":
        return before.norm == "ل" and any(v.tense == "imperfect" for v in token.verbs)
    start = before is None or before.kind == "punct"
    if before is not None and before.tag == "CONJ":
        if _calls_upon(token, after, out, then):
            return True
        start = len(out) < 2 or out[-2].kind == "punct" or out[-2].tag in ("ADV",)
        if not start and out[-2].tag == "V":
            start = True
        if not start and after is not None:
            said = any(t.tag == "V" and any(v.tense == "perfect" for v in t.verbs) for t in out)
            if said and after.clitic == "suf" and then is not None and _perfect(token):
                return then.tag == "PREP" or "PREP" in then.tags  # «قال … وطالبها بتوضيح»
            if said and not out[-2].nouns and any(v.tense == "perfect" for v in token.verbs):
                start = after.tag == "PREP" or "PREP" in after.tags or after.definite
    if before is not None and before.norm in verb_after:
        return verb_after[before.norm] == "any" or _imperfect(token)
    if before is not None and before.tag in _NOUN_AFTER:
        return False
    if start:
        return _opens_clause(token, after)
    if before is not None and after is not None and _after_topic(token, before, out):
        return True
    if len(out) > 1 and out[-2].tag == "V" and before is not None and before.definite and "N" in token.tags:
        return False  # «عزا الوسيط تعثر الحوار إلى …»: a clause has its verb
    named = before is not None and (before.definite or before.tag == "NAME")
    if named and _imperfect(token) and after is not None and after.kind == "word" and _verbless(out):
        return True  # «حماس توافق على …»
    if named and after is not None and (after.definite or ("NAME" in after.tags and _imperfect(token))):
        return True
    if before is not None and before.tag in ("N", "X", "QUANT") and not before.definite and before.clitic is None:
        return any(v.tense == "imperfect" for v in token.verbs) and "N" not in token.tags
    return _agrees_forward(token, after, start=False)


def _calls_upon(token: Token, after: Token | None, out: Sequence[Token], then: Token | None) -> bool:
    """«… وطالب إسرائيل بـ…»: a joined perfect, a name and a preposition, after a perfect."""
    if after is None or then is None or not _perfect(token) or token.nouns:
        return False
    named = "NAME" in after.tags and not after.tags & {"N", "PREP"}
    return named and then.tag == "PREP" and any(t.tag == "V" and _perfect(t) for t in out)


def _verbless(out: Sequence[Token]) -> bool:
    """Whether the clause so far is a noun phrase from its beginning on: it still wants its verb."""
    for t in reversed(out):
        if t.kind == "punct" or t.tag in ("SUB", "SCONJ"):
            return True
        if t.tag not in ("N", "NAME", "ADJ", "X", "QUANT", "NUM"):
            return False
    return True


def _perfect(token: Token) -> bool:
    return any(v.tense == "perfect" for v in token.verbs)


def _imperfect(token: Token) -> bool:
    return any(v.tense == "imperfect" for v in token.verbs)


def _after_topic(token: Token, before: Token, out: Sequence[Token]) -> bool:
    """«أن كالن عقد …», «أن اللقاء تناول …»: a perfect after the name or the one noun that a clause begins with."""
    if not any(v.tense == "perfect" for v in token.verbs) or before.clitic is not None:
        return False
    start = len(out) - 1
    while start >= 0 and out[start].tag == "NAME":
        start -= 1
    if start == len(out) - 1 and before.definite and before.tag == "N":
        start -= 1
    elif start == len(out) - 1:
        return False
    return start >= 0 and out[start].tag == "SUB"


def _opens_clause(token: Token, after: Token | None) -> bool:
    if after is None or after.kind == "punct" or after.clitic == "suf":
        return after is not None and after.clitic == "suf" and "N" not in token.tags
    return _agrees_forward(token, after, start=True)


def _agrees_forward(token: Token, after: Token | None, *, start: bool) -> bool:
    """A perfect at the head of its clause agrees in gender with the noun after it; a verbal noun need not."""
    if after is None or after.kind == "punct":
        return False
    feminine = {v.gender for v in token.verbs if v.person == 3}
    if after.tags & {"NAME", "NUM", "QUANT"} or after.definite:
        if after.gender == "f" and feminine == {"m"} and after.number != "p":
            return False
        return start or after.definite
    if start and after.tags & {"PREP", "ADV", "SUB", "DEM", "REL"}:
        return True
    return start and bool(after.tags & {"N"}) and after.gender != "f"
