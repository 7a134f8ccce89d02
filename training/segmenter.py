"""Train and measure the segmenter: where a written word is split into clitics and stem.

Usage: python training/segmenter.py NLP_DIR [--counts FILE …] [--write]

NLP_DIR holds the treebanks (pud/ is trained on but for its held-out documents; padt-old-NC/ is only measured, never
trained on: its licence does not allow shipping). --counts names raw news (.jsonl.gz with title and text, or .txt.gz)
whose words are counted; without it the counts in the stored weights are kept. --write stores the weights. Prints the
share of words that are split right, and of content words whose lemma is right.

Conventions. The treebanks split some function words that Rasid keeps whole («بأن», «أنه», «بشأن», «لأن»: function.tsv,
and those of FUSED). Both sides are joined there before they are compared, after a و or ف; the figures without such
words are printed beside.

Needs numpy, scipy and simplemma (not needed to run Rasid). The same data give the same weights.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import simplemma
import ud
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from rasid.language.ar.lemma import lemma_of
from rasid.language.ar.letters import ends_in_tanween, fold, is_mark
from rasid.language.ar.lexicon import Lexicon
from rasid.language.ar.segmenter import Candidate, Segmenter, load_segmenter
from rasid.language.ar.tokenize import surfaces
from rasid.language.ar.words import tokens_of
from rasid.model import Span
from rasid.packs.knowledge import load_knowledge
from rasid.pipeline.kit import load_lexicon

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "src" / "rasid" / "packs" / "data" / "ar"
WEIGHTS = DATA / "weights" / "segmenter.json"
#: Words seen less often are left out of the shipped levels.
MIN_COUNT = 8
#: Strength of the Gaussian prior; chosen among 0.1 … 3 by five-fold cross-validation on the training part of PUD.
PRIOR = 0.5
#: Words that the treebanks split and Rasid does not, beside function.tsv.
FUSED = (
    "مما", "عما", "فيما", "ممن", "عمن", "عنما", "منمن", "عنمن", "كأن", "كأنه", "كأنها", "كأنهم", "لكنني", "لكننا",
    "فقد", "باسم",
)  # fmt: skip
#: Run together with the next word.
_ENDED = re.compile(r"(?:[ةى][\u064b-\u0652]*|اً|ًا)(?=[\u0621-\u064a])")
_WORD = re.compile(r"[\u0621-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u0640\u064b-\u0655\u0670]+")


@dataclass(frozen=True, slots=True)
class Case:
    """A written word of a treebank: folded, its letters as written, with tanween or not, its pieces.

    `mapped`: its pieces were joined by the conventions.
    """

    word: str
    letters: str
    sealed: bool
    pieces: tuple[str, ...]
    mapped: bool


def is_closed(word: str) -> bool:
    """Whether a written word ends in ة, marks left out."""
    return next((c for c in reversed(word) if not is_mark(c)), " ") in "ةۃ"


def whole_words() -> frozenset[str]:
    """Function words that Rasid keeps whole."""
    lines = (DATA / "words" / "function.tsv").read_text("utf-8").splitlines()
    return frozenset(fold(line.split("\t")[0]) for line in lines if "\t" in line) | frozenset(map(fold, FUSED))


def joined(pieces: Sequence[str], whole: frozenset[str]) -> tuple[str, ...]:
    """Pieces with those of a function word joined, after و or ف."""
    if "".join(pieces) in whole:
        return ("".join(pieces),)
    start = 0
    while start < len(pieces) - 1 and pieces[start] in ("و", "ف"):
        start += 1
    for end in range(len(pieces), start + 1, -1):
        if "".join(pieces[start:end]) in whole:
            return (*pieces[:start], "".join(pieces[start:end]), *pieces[end:])
    return tuple(pieces)


def cases(sentences: Iterable[ud.Sentence], whole: frozenset[str]) -> Iterator[Case]:
    """The written words of Arabic letters."""
    for sentence in sentences:
        for written in sentence.written:
            if written.is_word and not written.doubtful:
                raw = (written.text,) if written.fused else written.pieces
                folded = tuple(fold(p) for p in raw)
                pieces = joined(folded, whole)
                word = "".join(folded)
                letters = "".join(c for c in written.text if not is_mark(c))
                letters = letters if len(letters) == len(word) else word
                yield Case(word, letters, ends_in_tanween(written.text), pieces, pieces != folded)


# ---------------------------------------------------------------- counts


def counted(files: Sequence[Path], skip: set[str]) -> dict[str, int]:
    """Rounded log2 of the counts of words in raw news, folded, a final ة kept."""
    raw: Counter[str] = Counter()
    for path in files:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                if path.name.endswith(".jsonl.gz"):
                    article = json.loads(line)
                    line = "" if article["id"] in skip else f"{article['title']}\n{article['text']}"
                raw.update(_WORD.findall(line))
    counts: Counter[str] = Counter()
    for word, n in raw.items():
        if (key := fold(word)) and not _ENDED.search(word):
            counts[key[:-1] + "ة" if is_closed(word) else key] += n
    glued = {word for word in counts if _is_glued(word, counts)}
    return {w: round(math.log2(n)) for w, n in sorted(counts.items()) if n >= MIN_COUNT and w not in glued}


def _is_glued(word: str, counts: Counter[str]) -> bool:
    """«مراسلالميادين»: two words far more common than their run, the second with the article."""
    at = word.find("ال", 3)
    while at > 0:
        left, right = counts.get(word[:at], 0), counts.get(word[at:], 0)
        if len(word) - at > 4 and min(left, right) > 20 * counts[word]:
            return True
        at = word.find("ال", at + 1)
    tails = [word[: -len(tail)] for tail in ("في", "بان") if word.startswith("ال") and word.endswith(tail)]
    return any(counts.get(head, 0) > 20 * counts[word] for head in tails)


# ---------------------------------------------------------------- training

#: Weight of a made case beside one of the treebank; chosen by the same cross-validation.
MADE_WEIGHT = 0.1
_NOUNS = frozenset({"noun", "masdar", "adj", "time", "num"})
_NAMES = frozenset({"name", "place", "org"})


def made(levels: dict[str, int]) -> list[Case]:
    """Forms of the listed ordinary words that the raw news has: alone, with each clitic, as accusatives.

    PUD is small. These say that a listed word stays whole («وادي», «ألغاما») and takes clitics («بوضوح», «زوجها»).
    Forms that are listed themselves, as another word, are left out.
    """
    knowledge = load_knowledge(None)
    rows = [(row.get("word"), row.get("pos")) for row in knowledge.stems]
    rows += [(word, "name") for word, _ in knowledge.name_parts]
    pos_wanted = _NOUNS | _NAMES | {"past", "pres"}
    rows = [(word, pos) for word, pos in rows if " " not in word and len(word) > 2 and pos in pos_wanted]
    listed = {fold(word) for word, _ in rows} | whole_words()
    found: dict[str, Case] = {}
    for word, pos in rows:
        for pieces in forms(word, pos):
            letters = "".join(pieces)
            folded = fold(letters)
            key = folded[:-1] + "ة" if letters.endswith("ة") else folded
            if len(letters) == len(folded) and key in levels and (len(pieces) == 1 or folded not in listed):
                found[letters] = Case(folded, letters, False, tuple(map(fold, pieces)), False)
    return [found[letters] for letters in sorted(found)]


def forms(word: str, pos: str) -> Iterator[tuple[str, ...]]:
    """A word with each clitic that its class takes, in pieces."""
    noun = pos in _NOUNS
    yield (word,)
    if noun and not word.endswith(("ة", "ا", "ء", "ى", "ات", "ون", "ين")):
        yield (word + "ا",)
    if pos in _NAMES:
        yield from ((head, word) for head in "وبل")
        return
    heads = ("و", "ف", "ب", "ل", "ك") if noun else ("و", "ف", "ل", "س") if pos == "pres" else ("و", "ف")
    for head in heads:
        yield (head, word)
    if noun:
        yield ("و", "ال" + word)
        yield ("ب", "ال" + word)
        yield ("ل", "ل" + word)
        yield ("و", "ب", word)
        yield ("و", "ل", word)
    if pos == "pres":
        yield ("و", "س", word)
    if pos == "adj" or word.endswith(("ون", "ى", "ء", "وا", "ين")):
        return
    stem = word[:-1] + "ت" if word.endswith("ة") else word
    for tail in ("ه", "ها", "هم", "نا"):
        yield (stem, tail)
        yield ("و", stem, tail)
        if pos == "pres":
            yield ("س", stem, tail)
            yield ("ل", stem, tail)
        if noun:
            yield ("ب", stem, tail)
            yield ("ل", stem, tail)


@dataclass(frozen=True, slots=True)
class Example:
    """A word's candidates as rows of (feature number, value), and which of them are right."""

    rows: list[list[tuple[int, float]]]
    right: list[bool]


def pieces_of(c: Candidate) -> tuple[str, ...]:
    """The pieces of a candidate."""
    return (*c.prefixes, *((c.stem,) if c.stem else ()), *((c.suffix,) if c.suffix else ()))


def fit(
    cases: Sequence[Case],
    lexicon: Lexicon,
    levels: dict[str, int],
    whole: frozenset[str],
    extra: Sequence[Case] = (),
    prior: float = PRIOR,
) -> dict[str, float]:
    """Weights that make the right candidates likely (conditional log-likelihood, Gaussian prior, L-BFGS)."""
    probe = Segmenter({}, levels)
    number: dict[str, int] = {}
    spans: list[tuple[int, int]] = []
    right: list[bool] = []
    weight: list[float] = []
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    counts: dict[Case, float] = dict.fromkeys(extra, MADE_WEIGHT)
    counts.update(Counter(cases))
    for case, n in sorted(counts.items(), key=lambda item: repr(item[0])):
        found = lexicon.candidates(case.word, case.letters, sealed=case.sealed) if len(case.word) > 1 else []
        good = [joined(pieces_of(c), whole) == case.pieces for c in found]
        if len(found) < 2 or not any(good) or all(good):
            continue
        for _ in range(max(1, min(int(n), 3))):  # a frequent word teaches little more than a rare one
            start = len(right)
            for c, ok in zip(found, good, strict=True):
                for name, value in probe.evidence(case.word, case.letters, c):
                    rows.append(len(right))
                    columns.append(number.setdefault(name, len(number)))
                    values.append(value)
                right.append(ok)
            spans.append((start, len(right)))
            weight.append(min(n, 1.0))
    x = csr_matrix((values, (rows, columns)), shape=(len(right), len(number)))
    starts = np.array([s for s, _ in spans])
    group = np.repeat(np.arange(len(spans)), [e - s for s, e in spans])
    good_rows, weights = np.array(right), np.array(weight)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        z = np.exp(z - np.maximum.reduceat(z, starts)[group])
        total = np.add.reduceat(z, starts)
        hit = np.add.reduceat(np.where(good_rows, z, 0.0), starts)
        p, q = z / total[group], np.where(good_rows, z, 0.0) / np.maximum(hit, 1e-300)[group]
        value = -(weights * np.log(np.maximum(hit, 1e-300) / total)).sum() + prior / 2 * (w @ w)
        return value, x.T @ (weights[group] * (p - q)) + prior * w

    best = minimize(loss, np.zeros(len(number)), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return {name: round(float(best.x[i]), 4) for name, i in sorted(number.items()) if abs(best.x[i]) > 5e-4}


# ---------------------------------------------------------------- measuring

Splitter = Callable[[Case], tuple[str, ...]]


def by(lexicon: Lexicon) -> Splitter:
    """The pieces into which a lexicon splits a folded word."""

    def pieces(case: Case) -> tuple[str, ...]:
        s = lexicon.split(case.word, case.letters, sealed=case.sealed)
        return (*s.prefixes, *((s.stem,) if s.stem else ()), *((s.suffix,) if s.suffix else ()))

    return pieces


def measure(name: str, cases: Sequence[Case], split: Splitter, whole: frozenset[str], errors: int = 0) -> str:
    """One line of figures: words right, words with clitics right, words right without the mapped ones."""
    right = [joined(split(c), whole) == c.pieces for c in cases]
    cut = [ok for c, ok in zip(cases, right, strict=True) if len(c.pieces) > 1]
    plain = [ok for c, ok in zip(cases, right, strict=True) if not c.mapped]
    line = (
        f"{name:<28}{len(cases):>7}{np.mean(right):>9.2%}{np.mean(cut):>9.2%}{np.mean(plain):>9.2%}"
        f"{len(cases) - len(plain):>8}"
    )
    wrong = Counter(
        f"{'+'.join(c.pieces)} not {'+'.join(split(c))}" for c, ok in zip(cases, right, strict=True) if not ok
    )
    return "\n".join([line, *(f"    {n} {text}" for text, n in wrong.most_common(errors))])


#: What a word's letters tempt to, in the order of the report.
_PRONOUNS = ("هما", "كما", "ها", "هم", "هن", "كم", "نا", "ني", "ه", "ك", "ي")


def trap_classes(case: Case) -> Iterator[str]:
    """The classes of the report that a word belongs to."""
    for piece in case.pieces[:-1]:
        if len(piece) == 1 and piece in "وفبلكس":
            yield f"with {piece}"
    if len(case.pieces) > 1 and case.pieces[-1] in _PRONOUNS:
        yield "with a pronoun"
    if len(case.pieces) == 1 and case.word[0] in "وفبلكس" and len(case.word) > 2:
        yield f"whole, begins with {case.word[0]}"
    if len(case.pieces) == 1 and case.word.endswith(_PRONOUNS) and len(case.word) > 2 and case.letters[-1] != "ة":
        yield "whole, ends like a pronoun"


def by_class(parts: dict[str, list[Case]], split: Splitter, whole: frozenset[str]) -> Iterator[str]:
    """Lines of the report by class: words and share right of each part."""
    counts = {name: Counter[str]() for name in parts}
    good = {name: Counter[str]() for name in parts}
    for name, part in parts.items():
        for case in part:
            right = joined(split(case), whole) == case.pieces
            for kind in trap_classes(case):
                counts[name][kind] += 1
                good[name][kind] += right
    yield f"{'':<28}" + "".join(f"{name:>18}" for name in parts)
    for kind in sorted({kind for c in counts.values() for kind in c}):
        cells = (f"{counts[n][kind]:>9}{good[n][kind] / max(1, counts[n][kind]):>9.1%}" for n in parts)
        yield f"{kind:<28}" + "".join(cells)


def lemmas(name: str, sentences: Iterable[ud.Sentence], lexicon: Lexicon) -> str:
    """One line: share of content words with the right lemma (vowels left out, folded), beside simplemma.

    Counted are nouns, verbs, adjectives and names that Rasid cuts as the treebank does. simplemma is given the stem as
    the treebank cuts it, and its article is taken off afterwards.
    """
    hits: Counter[str] = Counter()
    for sentence in sentences:
        tokens = tokens_of(sentence.text, surfaces(sentence.text, Span(0, len(sentence.text))), lexicon)
        at = {(t.span.start, t.span.end): t for t in tokens if t.clitic is None}
        for start, piece, word in stems(sentence):
            token = at.get((start, start + len(piece)))
            if token is None:
                continue
            gold = fold(ud.plain(word.lemma))
            other = fold(simplemma.lemmatize(piece, "ar"))
            other = other[2:] if other.startswith("ال") and len(other) > 4 else other
            for kind in ("all", word.upos):
                hits[f"{kind} n"] += 1
                hits[f"{kind} ours"] += lemma_of(token, lexicon) == gold
                hits[f"{kind} theirs"] += other == gold
    kinds = ("all", "NOUN", "VERB", "ADJ")
    cells = (f"{hits[k + ' ours'] / hits[k + ' n']:>8.1%} {hits[k + ' theirs'] / hits[k + ' n']:>6.1%}" for k in kinds)
    return f"{name:<20}{hits['all n']:>7}" + "".join(cells)


def stems(sentence: ud.Sentence) -> Iterator[tuple[int, str, ud.Word]]:
    """(offset, letters, word) of the content words with a lemma."""
    for written in sentence.written:
        start = written.start
        if not written.is_word or written.fused or written.doubtful:
            continue
        for piece, word in zip(written.pieces, written.words, strict=True):
            if word.upos in ("NOUN", "VERB", "ADJ", "PROPN") and word.lemma not in ("", "_") and word.xpos[:1] != "U":
                yield start, piece, word
            start += len(piece)


def main() -> None:
    """Train, report, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("nlp", type=Path)
    parser.add_argument("--counts", type=Path, nargs="+", default=[])
    parser.add_argument("--leave-out", type=Path, help="ids of articles that are not counted")
    parser.add_argument("--errors", type=int, default=0, help="errors to print of each part")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    whole, lexicon = whole_words(), load_lexicon()
    skip = set(args.leave_out.read_text("utf-8").split()) if args.leave_out else set()
    levels = counted(args.counts, skip) if args.counts else dict(load_segmenter(WEIGHTS).levels)
    sentences = list(ud.pud(args.nlp / "pud" / "ar_pud-ud-test.conllu"))
    train = list(cases((s for s in sentences if not ud.held_out(s)), whole))
    parts = {
        "PUD, held out": list(cases((s for s in sentences if ud.held_out(s)), whole)),
        "PADT 2015, test": list(cases(ud.padt(args.nlp / "padt-old-NC" / "test.conllu"), whole)),
        "PADT 2015, dev": list(cases(ud.padt(args.nlp / "padt-old-NC" / "dev.conllu"), whole)),
    }
    extra = made(levels)
    weights = fit(train, lexicon, levels, whole, extra)
    new = lexicon.with_segmenter(Segmenter(weights, levels))
    print(f"{len(train)} words to train on and {len(extra)} made ones")
    print(f"{len(weights)} weights, {len(levels)} words with a level")
    print(f"{'':<28}{'words':>7}{'right':>9}{'of cut':>9}{'unmapped':>9}{'mapped':>8}")
    print(measure("(trained on) PUD", train, by(new), whole))
    for name, part in parts.items():
        print(measure(name, part, by(new), whole, args.errors))
    print()
    print("\n".join(by_class(parts, by(new), whole)))
    print(f"\n{'lemmas: ours, theirs':<20}{'words':>7}{'all':>15}{'nouns':>15}{'verbs':>15}{'adjectives':>15}")
    print(lemmas("PUD, held out", (s for s in sentences if ud.held_out(s)), new))
    print(lemmas("PADT 2015, test", ud.padt(args.nlp / "padt-old-NC" / "test.conllu"), new))
    if args.write:
        store(weights, levels)


def store(weights: dict[str, float], levels: dict[str, int]) -> None:
    """Write the weights; words of one level stand in one string."""
    by_level: dict[int, list[str]] = {}
    for word, level in levels.items():
        by_level.setdefault(level, []).append(word)
    raw = {"weights": weights, "levels": {str(k): " ".join(v) for k, v in sorted(by_level.items())}}
    WEIGHTS.write_text(json.dumps(raw, ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
