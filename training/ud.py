"""Read treebanks of Universal Dependencies as written words with their syntactic words.

Two treebanks are read, and each needs a conversion, since neither file says which words were written together:

`pud` (UD Arabic-PUD, version 2). The text is given; adjacent segments («و», «جمعية») are parted by SpaceAfter=No.
A written word is a run of segments of letters that touch in the text; marks and figures part runs as they do for
Rasid («و"تويتر"» is و, a mark and a word). Segments that are spelt out against the text («م» + «ما» for «مما», «عن» +
«ما» for «عما») are kept as its syntactic words, but the written word counts as one piece (`fused`).

`padt` (UD Arabic-PADT of 2015, version 1: its labels dobj, nmod and so on are left as they are). The text is not
given. It is rebuilt, without vowel marks:

1. Words without analysis (XPOS U) that were written with clitics stand there once for each segment, each time whole
   («باطلاق», «باطلاق»). A run of equal such forms is one written word; its segments are cut by the number of
   repeats, the letters and the relations (cc, case, aux, mark stand for proclitics). What no cut fits is `doubtful`.
2. و ف ب ل ك س أ and the particle ال are written with the next word, pronouns in the genitive or accusative with the
   word before. The article falls after ل («للجنة»), ى becomes ا or ي before a pronoun, ة becomes ت, وا loses its alef.
3. من ما، عن ما، في ما، من من، أن لا and the like are written as one word (`fused`), as newspapers do.

The spelling of PADT's forms is corrected spelling (hamzas, final ى), that of its words without analysis is the
newspapers'. Everything measured with the rebuilt text is somewhat flattered by that; compare forms folded.

`held_out` says which documents of PUD are never trained on (about 300 of the 1,000 sentences).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rasid.language.ar.letters import fold

#: Vowel marks, dagger alef and tatweel.
_MARKS = re.compile("[\u064b-\u0652\u0653-\u0655\u0670\u0640]")
_LETTERS = re.compile("[\u0621-\u064a\u0671-\u06d3]+")
_PROCLITICS = {"CONJ": "وفل", "ADP": "بلك", "PART": "سألف", "X": "وفبلك"}
_SUFFIXES = ("هما", "كما", "ها", "هم", "هن", "كم", "نا", "ني", "ه", "ك", "ي")
#: Pairs that newspapers write as one word.
_FUSED = {
    ("من", "ما"): "مما", ("عن", "ما"): "عما", ("في", "ما"): "فيما", ("عند", "ما"): "عندما", ("بين", "ما"): "بينما",
    ("من", "من"): "ممن", ("عن", "من"): "عمن", ("أن", "لا"): "ألا", ("لو", "لا"): "لولا", ("هل", "لا"): "هلا",
    ("بعد", "ما"): "بعدما", ("كل", "ما"): "كلما", ("حسب", "ما"): "حسبما", ("أن", "ما"): "أنما", ("إن", "ما"): "إنما",
}  # fmt: skip
#: Words that take pronouns and whose first letter is no proclitic.
_PRONOMINAL = frozenset({"بين", "لدي", "لكن", "كل", "بعض", "سوي"})
#: Parts of PUD that are not trained on, of 10.
_HELD_OUT = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word as the treebank has it. `id` and `head` count from 1 (head 0: the root)."""

    id: int
    form: str
    lemma: str
    upos: str
    xpos: str
    feats: dict[str, str]
    head: int
    deprel: str


@dataclass(frozen=True, slots=True)
class Written:
    """A written word (or a mark, a figure) with its syntactic words.

    Attributes:
        text: as written; a slice of the sentence's text.
        start: its offset there.
        words: its syntactic words, in order.
        pieces: `text` cut where the treebank cuts it; their join is `text`. One piece when `fused`.
        fused: several syntactic words that no cut of the letters parts («مما»).
        doubtful: the treebank does not say where to cut it; leave it out of any count.
    """

    text: str
    start: int
    words: tuple[Word, ...]
    pieces: tuple[str, ...]
    fused: bool = False
    doubtful: bool = False

    @property
    def is_word(self) -> bool:
        """Whether it is of Arabic letters."""
        return _lettered(self.text)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a treebank. For PADT the text is rebuilt."""

    id: str
    document: str
    text: str
    written: tuple[Written, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """All syntactic words, in order of their ids."""
        return tuple(word for written in self.written for word in written.words)


def held_out(sentence: Sentence) -> bool:
    """Whether a sentence of PUD is of a document that is kept for measuring (three of ten, by its name's checksum)."""
    return zlib.crc32(sentence.document.encode()) % 10 < _HELD_OUT


def plain(form: str) -> str:
    """A form without vowel marks, as newspapers write it; the article of the treebanks («اَل», «ٱ») as ا."""
    return _MARKS.sub("", form).replace("ٱ", "ا")


def pud(path: Path) -> Iterator[Sentence]:
    """The sentences of UD Arabic-PUD.

    Raises:
        ValueError: when the forms of a sentence do not add up to its text.
    """
    for comments, rows in _blocks(path):
        text = _comment(comments, "text")
        written: list[Written] = []
        group: list[tuple[Word, int, int]] = []
        at = 0
        for word in map(_word, rows):
            start = at if text.startswith(word.form, at) else _after_space(text, at)
            fused = not text.startswith(word.form, start)  # «عن» + «ما» for «عما»
            end = start + len(word.form)
            touches = bool(group) and start == group[-1][2] and _lettered(group[-1][0].form) and _lettered(word.form)
            if fused and group:
                end = _end_of_run(text, group[0][1])
                touches = True
            if not touches:
                written += _pud_written(text, group)
                group = []
            group.append((word, start, end))
            at = end
        written += _pud_written(text, group)
        if at != len(text.rstrip()):
            raise ValueError(f"{path.name}: {_comment(comments, 'sent_id')}: the forms do not add up to the text")
        name = _comment(comments, "sent_id")
        yield Sentence(name, name[:6], text, tuple(written))


def padt(path: Path) -> Iterator[Sentence]:
    """The sentences of the old UD Arabic-PADT, the text rebuilt (see above)."""
    for comments, rows in _blocks(path):
        source = _comment(comments, "orig_file_sentence", " ")
        text, written = "", []
        for item in _padt_written([_word(row) for row in rows]):
            start = len(text) + (1 if text else 0)
            text = f"{text} {item.text}" if text else item.text
            written.append(replace(item, start=start))
        yield Sentence(_comment(comments, "sent_id", " "), source.partition("#")[0], text, tuple(written))


# ---------------------------------------------------------------- the files


def _blocks(path: Path) -> Iterator[tuple[list[str], list[list[str]]]]:
    comments: list[str] = []
    rows: list[list[str]] = []
    for line in [*path.read_text("utf-8").split("\n"), ""]:
        if line.startswith("#"):
            comments.append(line)
        elif line:
            rows.append(line.split("\t"))
        elif rows:
            yield comments, rows
            comments, rows = [], []


def _comment(comments: Sequence[str], name: str, sign: str = " = ") -> str:
    lead = f"# {name}{sign}"
    return next((line[len(lead) :] for line in comments if line.startswith(lead)), "")


def _word(row: Sequence[str]) -> Word:
    feats = dict(pair.split("=", 1) for pair in row[5].split("|")) if row[5] != "_" else {}
    return Word(int(row[0]), row[1], row[2], row[3], row[4], feats, int(row[6]), row[7])


def _lettered(form: str) -> bool:
    return _LETTERS.fullmatch(_MARKS.sub("", form)) is not None


# ---------------------------------------------------------------- PUD


def _end_of_run(text: str, start: int) -> int:
    end = start
    while end < len(text) and _lettered(text[end]):
        end += 1
    return end


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _pud_written(text: str, group: Sequence[tuple[Word, int, int]]) -> list[Written]:
    if not group:
        return []
    start, end = group[0][1], group[-1][2]
    words = tuple(word for word, _, _ in group)
    pieces = tuple(text[a:b] for _, a, b in group)
    if "".join(pieces) != text[start:end] or not all(pieces):
        return [Written(text[start:end], start, words, (text[start:end],), fused=True)]
    return [Written(text[start:end], start, words, pieces)]


# ---------------------------------------------------------------- PADT


def _padt_written(words: Sequence[Word]) -> Iterator[Written]:
    """Written words of a sentence, their offsets not yet known."""
    group: list[Word] = []
    i = 0
    while i < len(words):
        run = _repeats(words, i)
        if run > 1:
            yield from _joined(group)
            group = []
            yield _unanalysed(words[i : i + run])
        else:
            if group and not _joins(group[-1], words[i]):
                yield from _joined(group)
                group = []
            group.append(words[i])
        i += run
    yield from _joined(group)


def _repeats(words: Sequence[Word], i: int) -> int:
    """How many words from `i` on are the segments of one word without analysis."""
    n = 1
    if words[i].xpos.startswith("U") and _lettered(words[i].form):
        while i + n < len(words) and words[i + n].form == words[i].form and words[i + n].xpos == words[i].xpos:
            n += 1
    return n


def _joins(before: Word, word: Word) -> bool:
    """Whether `word` is written with the segment before it."""
    if not (_lettered(before.form) and _lettered(word.form)):
        return False
    if _is_pronoun(word):
        return True
    first = plain(before.form)
    if len(first) == 1 and before.xpos[0] in "CPF" and first in _PROCLITICS.get(before.upos, ""):
        return True
    return (first == "ال" and before.upos == "PART") or (first, plain(word.form)) in _FUSED


def _is_pronoun(word: Word) -> bool:
    return word.xpos.startswith("SP") and word.xpos[-2:-1] in ("2", "4")


def _joined(group: Sequence[Word]) -> Iterator[Written]:
    """The written word of segments that were written together."""
    if not group:
        return
    if not _lettered(group[0].form):
        yield Written(plain(group[0].form) or group[0].form, 0, tuple(group), (group[0].form,))
        return
    pieces: list[str] = []
    fused = False
    for n, word in enumerate(group):
        form = plain(word.form) or word.form
        after = group[n + 1] if n + 1 < len(group) else None
        if after is not None and _is_pronoun(after):
            form = _before_pronoun(form, word)
        if pieces and pieces[-1] == "ل" and form.startswith("ال") and word.upos != "X" and len(form) > 3:
            form = form[1:] if not form.startswith("الل") else form[2:]
        pair = (plain(group[n - 1].form), form) if n else ("", "")
        if pair in _FUSED:
            pieces[-1] = _FUSED[pair]
            fused = True
        else:
            pieces.append(form)
    yield Written("".join(pieces), 0, tuple(group), tuple(pieces), fused=fused)


def _before_pronoun(form: str, word: Word) -> str:
    if form.endswith("ة"):
        return form[:-1] + "ت"
    if form.endswith("ى"):
        return form[:-1] + ("ي" if word.upos == "ADP" and form != "سوى" else "ا")
    if form.endswith("وا") and word.upos == "VERB":
        return form[:-1]
    if form.endswith("ء"):  # أداءَه، أداؤه، أدائه
        return form[:-1] + {"1": "ؤ", "2": "ئ"}.get(word.xpos[8:9], "ء")
    return form


def _unanalysed(words: Sequence[Word]) -> Written:
    """A word that the treebank repeats whole for each of its segments."""
    text = plain(words[0].form)
    cuts = list(_cuts(text, len(words)))
    if not cuts:
        return Written(text, 0, tuple(words), (text,), doubtful=True)
    best = max(cuts, key=lambda pieces: _likely(pieces, words))
    parts = tuple(replace(word, form=piece) for word, piece in zip(words, best, strict=True))
    return Written(text, 0, parts, best)


def _cuts(text: str, n: int) -> Iterator[tuple[str, ...]]:
    """All ways to cut a word into `n` pieces: proclitics, a stem, at most one pronoun."""
    for suffix in ("", *_SUFFIXES):
        if suffix and not text.endswith(suffix):
            continue
        prefixes = n - 1 - bool(suffix)
        stem = text[prefixes : len(text) - len(suffix)]
        if prefixes >= 0 and len(stem) > 1 and all(c in "وفبلكس" for c in text[:prefixes]):
            yield (*text[:prefixes], stem, suffix) if suffix else (*text[:prefixes], stem)


def _likely(pieces: Sequence[str], words: Sequence[Word]) -> tuple[int, int]:
    """How well the relations of the segments fit a cut; of equal ones the longer pronoun."""
    has_pronoun = pieces[-1] in _SUFFIXES and len(pieces) > 1
    stem = pieces[-2] if has_pronoun else pieces[-1]
    prefixes = len(pieces) - 1 - has_pronoun
    fit = 2 * sum(word.deprel in ("cc", "case", "aux", "mark") for word in words[:prefixes])
    if has_pronoun and fold(stem) in _PRONOMINAL:
        fit += 9
    if has_pronoun:
        fit += words[-1].deprel in ("nmod", "dobj", "nsubj", "mwe")
    return fit, len(pieces[-1]) if has_pronoun else 0


def same_pieces(written: Written, pieces: Sequence[str]) -> bool:
    """Whether folded pieces are those of the treebank (a fused word is one piece)."""
    return [fold(p) for p in written.pieces] == list(pieces)
