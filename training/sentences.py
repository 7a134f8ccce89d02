"""Measure where sentences are cut, on the project's hand-marked pages and on two treebanks, beside a common tool.

Usage: python training/sentences.py [--errors]

Texts:
    hand      tests/language/sentences.txt: invented pages, marked by hand
    PUD       ../shared/nlp/pud: the sentences of each document joined by a space
    old PADT  ../shared/nlp/padt-old-NC: the sentences of each document, rebuilt from word forms without vowel marks

A boundary is the end of a sentence that another one of the same page or document follows; it counts as found when a
sentence ends at the same place, white space left out. Texts that are not there are left out, which is said. The peer
is pysbd (MIT) with its rules for Arabic; it is measured where it is installed.
"""

from __future__ import annotations

import argparse
import importlib
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasid.language.ar.sentences import sentence_spans
from rasid.model import Span

ROOT = Path(__file__).resolve().parents[1]
HAND = ROOT / "tests" / "language" / "sentences.txt"
NLP = ROOT.parent / "shared" / "nlp"
WHITE = {"_": " ", "/": "\n", "¶": "\n\n", "+": ""}

Cutter = Callable[[str], frozenset[int]]


@dataclass(frozen=True, slots=True)
class Page:
    """A text and the offsets at which its sentences end, the last one left out."""

    name: str
    text: str
    ends: frozenset[int]


def page_of(name: str, sentences: list[tuple[str, str]]) -> Page:
    """Join (white space before, sentence) to a page."""
    text, ends = "", []
    for white, sentence in sentences:
        text += (white if text else "") + sentence
        ends.append(len(text))
    return Page(name, text, frozenset(ends[:-1]))


def hand(path: Path = HAND) -> list[Page]:
    """The hand-marked pages."""
    pages: list[tuple[str, list[tuple[str, str]]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            pages.append((line[2:], []))
        elif line[:1] in WHITE and pages:
            pages[-1][1].append((WHITE[line[0]], line[2:].replace("⏎", "\n")))
    return [page_of(name, sentences) for name, sentences in pages]


def pud() -> list[Page]:
    """PUD: its documents are excerpts of one to five sentences, told by the first letters of ``sent_id``."""
    documents: dict[str, list[tuple[str, str]]] = {}
    name = ""
    for path in sorted((NLP / "pud").glob("*.conllu")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# sent_id = "):
                name = line.split()[-1][:6]
            elif line.startswith("# text = "):
                documents.setdefault(name, []).append((" ", line[9:].strip()))
    return [page_of(f"PUD {name}", sentences) for name, sentences in documents.items()]


_CLOSING = frozenset(".,;:!?؟،؛)]}%»")


def padt() -> list[Page]:
    """Old PADT: a document is all sentences of one file; words are joined by spaces, clitics to their word."""
    found: list[Page] = []
    for path in sorted((NLP / "padt-old-NC").glob("*.conllu")):
        document: list[tuple[str, str]] = []
        name, words = "", []
        for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
            if line.startswith("# orig_file_sentence "):
                here = line.split()[2].partition("#")[0]
                if here != name and document:
                    found.append(page_of("PADT", document))
                    document = []
                name = here
            elif line[:1].isdigit() and line.split("\t")[0].isdigit():
                words.append((line.split("\t")[1], line.split("\t")[3]))
            elif not line and words:
                document.append((" ", _running(words)))
                words = []
        if document:
            found.append(page_of("PADT", document))
    return found


def _running(words: list[tuple[str, str]]) -> str:
    """Word forms as running text: no vowel marks; one-letter clitics stand with the next word, marks with the last."""
    text = ""
    glue = True
    for form, tag in words:
        form = "".join(c for c in form if unicodedata.category(c) != "Mn").replace("ٱ", "ا")
        text += form if glue or form in _CLOSING else " " + form
        glue = form in ("(", "[", "«") or (
            len(form) == 1 and tag in ("ADP", "CONJ", "CCONJ", "PART") and form in "وفبلكس"
        )
    return text


def ours(text: str) -> frozenset[int]:
    """Ends of the sentences that Rasid finds."""
    return frozenset(s.end for s in sentence_spans(text, Span(0, len(text))))


def peers() -> Iterator[tuple[str, Cutter]]:
    """Other tools that are installed."""
    try:
        pysbd: Any = importlib.import_module("pysbd")
    except ImportError:
        print("pysbd is not installed: pip install pysbd", file=sys.stderr)
        return
    segmenter = pysbd.Segmenter(language="ar", clean=False)

    def cut(text: str) -> frozenset[int]:
        letters = [at for at, char in enumerate(text) if not char.isspace()]  # it may change white space
        ends, seen = set(), 0
        for piece in segmenter.segment(text):
            seen += sum(not char.isspace() for char in piece)
            if 0 < seen <= len(letters):
                ends.add(letters[seen - 1] + 1)
        return frozenset(ends)

    yield "pysbd", cut


def baseline(text: str) -> frozenset[int]:
    """Every stop before white space, and every line end."""
    stops = {m.end() for m in re.finditer(r"[.!?؟۔…]+[\"»”’)\]]*(?=\s|$)|\S(?=\s*\n)", text)}
    return frozenset(stops)


def figures(pages: list[Page], cut: Cutter, errors: bool = False) -> tuple[int, int, int]:
    """(right, wrong, missed) boundaries."""
    right = wrong = missed = 0
    for page in pages:
        ends = frozenset(e for e in cut(page.text) if page.text[e:].strip())
        right += len(ends & page.ends)
        wrong += len(ends - page.ends)
        missed += len(page.ends - ends)
        if errors:
            for sign, places in (("too many", ends - page.ends), ("missed", page.ends - ends)):
                for e in sorted(places):
                    print(
                        f"    {sign}: …{page.text[max(0, e - 40) : e]!r} | {page.text[e : e + 30]!r} [{page.name[:8]}]"
                    )
    return right, wrong, missed


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="show each wrong and missed boundary of Rasid")
    options = parser.parse_args()
    sets = [("hand", hand()), ("PUD", pud()), ("old PADT", padt())] if NLP.is_dir() else [("hand", hand())]
    if len(sets) == 1:
        print(f"no {NLP}: the treebanks are left out", file=sys.stderr)
    print("| text | boundaries | tool | precision | recall | F1 |\n|---|---|---|---|---|---|")
    for name, pages in sets:
        for tool, cut in (("Rasid", ours), *peers(), ("every stop and line end", baseline)):
            right, wrong, missed = figures(pages, cut, options.errors and tool == "Rasid" and name != "old PADT")
            precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
            f1 = 2 * precision * recall / max(1e-9, precision + recall)
            print(f"| {name} | {right + missed} | {tool} | {precision:.3f} | {recall:.3f} | {f1:.3f} |")


if __name__ == "__main__":
    main()
