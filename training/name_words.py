"""Classes of words from unlabelled news, for the tagger of names.

Usage: python training/name_words.py CORPUS_DIR --leave-out GOLD_DIR [--write]

Words that stand beside the same words are put into the same class. For every word seen LEAST times or more it is
counted which frequent word stands one or two places before or after it; the counts are weighed by positive pointwise
mutual information, reduced to DIMENSIONS by a truncated singular value decomposition and grouped by k-means; the
centres of the fine classes are grouped again into middle and coarse ones. Articles that begin as an article of
GOLD_DIR are left out, sentences told twice count once. The table holds single words and class numbers, no text.
Needs numpy, scipy and scikit-learn (not needed to run Rasid). Seeded.
"""

from __future__ import annotations

import argparse
import array
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.decomposition import TruncatedSVD

from rasid.language.ar.tokenize import sentence_spans
from rasid.model import Span
from rasid.pipeline.kit import Kit, load

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "src" / "rasid" / "packs" / "data" / "ar" / "weights" / "name_words.tsv"
SEED, LEAST, CONTEXTS, DIMENSIONS = 7, 8, 6000, 100
#: (offset of the neighbour, number of frequent words told apart there, weight)
WINDOW = ((-1, CONTEXTS, 1.0), (1, CONTEXTS, 1.0), (-2, CONTEXTS // 2, 0.7), (2, CONTEXTS // 2, 0.7))
FINE, MIDDLE, COARSE = 1000, 200, 50
HEAD = """# Classes of words that stand beside the same words in news: coarse, middle and fine class, the words.
# Made by training/name_words.py from unlabelled articles; single words only (docs/models/names.md).
"""


def start_of(text: str) -> str:
    """The first letters of an article, for telling whether two are one."""
    return "".join(text.split())[:50]


def texts(folder: Path, left_out: set[str]) -> Iterator[str]:
    """The articles of the corpus that are not left out."""
    for path in sorted(folder.glob("*.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                if path.name.endswith(".jsonl.gz"):
                    row = json.loads(line)
                    if row["id"] in left_out:
                        continue
                    text = f"{row.get('title') or ''}\n\n{row.get('text') or ''}"
                else:
                    text = line.replace("\\n", "\n\n")
                if start_of(text) not in left_out:
                    yield text


def numbered(articles: Iterator[str], kit: Kit) -> tuple[np.ndarray, list[str]]:
    """All sentences as numbers of words, 0 after each; and the words, that of number 1 first."""
    numbers: dict[str, int] = {}
    out, seen = array.array("I"), set()
    for text in articles:
        for span in sentence_spans(text, Span(0, len(text))):
            shown = span.of(text)
            if shown in seen:
                continue
            seen.add(shown)
            for token in kit.language.tokens(text, span):
                word = "0" if token.kind == "number" else token.norm
                out.append(numbers.setdefault(word, len(numbers) + 1))
            out.append(0)
    return np.frombuffer(out, dtype=np.uint32).astype(np.int64), list(numbers)


def vectors(numbers: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """(word numbers, their unit vectors), the most frequent word first."""
    counts = np.bincount(numbers, minlength=size + 1)
    order = np.argsort(-counts, kind="stable")
    kept = order[counts[order] >= LEAST]
    rank = np.full(size + 1, -1)
    rank[kept] = np.arange(len(kept))
    ranked = rank[numbers]
    blocks = []
    for offset, width, weight in WINDOW:
        word, other = (ranked[-offset:], ranked[:offset]) if offset < 0 else (ranked[:-offset], ranked[offset:])
        good = (word >= 0) & (other >= 0) & (other < width)
        shape = (len(kept), width)
        pairs = sparse.coo_matrix((np.ones(good.sum(), np.float32), (word[good], other[good])), shape).tocsr()
        blocks.append(informative(pairs) * weight)
    svd = TruncatedSVD(DIMENSIONS, random_state=SEED, n_iter=4)
    found = svd.fit_transform(sparse.hstack(blocks).tocsr()) / np.sqrt(svd.singular_values_)
    return kept, found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-9)


def informative(pairs: sparse.csr_matrix) -> sparse.csr_matrix:
    """Positive pointwise mutual information, counts of contexts smoothed by the power 0.75."""
    pairs.sum_duplicates()
    total, rows = pairs.sum(), np.asarray(pairs.sum(1)).ravel()
    columns = np.asarray(pairs.sum(0)).ravel() ** 0.75
    columns *= total / columns.sum()
    cells = pairs.tocoo()
    value = np.log(cells.data * total / (rows[cells.row] * columns[cells.col]))
    good = value > 0
    return sparse.csr_matrix((value[good].astype(np.float32), (cells.row[good], cells.col[good])), pairs.shape)


def grouped(points: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Fine class of each word; middle and coarse class of each fine class."""
    fine = MiniBatchKMeans(FINE, random_state=SEED, batch_size=4096, n_init=1, max_iter=60, init="random").fit(points)
    middle, coarse = (
        KMeans(k, random_state=SEED, n_init=2).fit(fine.cluster_centers_).labels_ for k in (MIDDLE, COARSE)
    )
    return fine.labels_, middle, coarse


def main() -> None:
    """Make the table, print how large it is, write it when told."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--leave-out", type=Path, required=True)
    parser.add_argument("--numbers", type=Path, help="keep the words as numbers here (.npz), or read them from it")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if args.numbers and args.numbers.exists():
        stored = np.load(args.numbers)
        numbers, words = stored["numbers"], [str(w) for w in stored["words"]]
    else:
        gold = [json.loads(p.read_text("utf-8")) for p in sorted(args.leave_out.glob("*.json"))]
        left_out = {g["id"] for g in gold} | {start_of(g["text"]) for g in gold}
        numbers, words = numbered(texts(args.corpus, left_out), load())
        if args.numbers:
            np.savez_compressed(args.numbers, numbers=numbers, words=np.array(words))
    kept, points = vectors(numbers, len(words))
    fine, middle, coarse = grouped(points)
    print(f"{len(numbers)} tokens, {len(words)} words, {len(kept)} seen {LEAST} times or more")
    rows: dict[int, list[str]] = {}
    for number, k in zip(kept, fine, strict=True):
        if number and words[number - 1].isalpha():
            rows.setdefault(int(k), []).append(words[number - 1])
    lines = [f"a{coarse[k]}\tc{middle[k]}\tb{k}\t{' '.join(sorted(rows[k]))}\n" for k in sorted(rows)]
    if args.write:
        TABLE.write_text(HEAD + "".join(lines), "utf-8")
        print(f"wrote {TABLE.name}: {sum(map(len, rows.values()))} words in {len(rows)} classes")


if __name__ == "__main__":
    main()
