"""How fast one core loads the knowledge, finds names, analyses words and reads articles, and the memory it takes.

Usage: python benchmarks/throughput.py [ARTICLES.jsonl.gz …] [--articles N]

Without files it takes the articles of the corpus beside the project when it is there, else the sample
article, repeated. "End to end" means: a line of a file to an article, its parts, words, phrases, frames and
resolution, and the records as JSON again. Loading is measured in processes of their own: without a cache, with
an empty one, and with the one that the second left. Parts are measured on the same sentences, their best of three;
two libraries that do a comparable part stand beside them where they are installed (no part of Rasid needs them):

  pip install simplemma                              dictionary lemmas, for any language
  pip install --no-deps camel-tools; pip install emoji    CAMeL Tools' splitting of text into words and marks

Seconds are those of the processor, so that what else the machine does counts less.
"""

from __future__ import annotations

import argparse
import importlib
import itertools
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from rasid.events.find import find
from rasid.export import FORMATS, Options
from rasid.ingest import PageLayout
from rasid.ingest import read as ingest
from rasid.language.ar.sentences import sentence_spans
from rasid.language.ar.tokenize import surfaces
from rasid.language.ar.words import tokens_of
from rasid.model import Article, Problem, Reading, Span
from rasid.pipeline.article import read
from rasid.pipeline.kit import Kit, load
from rasid.resolve.contexts import with_contexts
from rasid.resolve.places import settle
from rasid.resolve.records import resolve

T = TypeVar("T")

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
SAMPLE = ROOT / "examples" / "ceasefire-talks.txt"


@dataclass(slots=True)
class Tally:
    """What was read so far."""

    articles: int = 0
    sentences: int = 0
    words: int = 0
    records: int = 0

    def add(self, reading: Reading) -> None:
        """Count a reading."""
        self.articles += 1
        self.sentences += reading.sentences
        self.words += len(reading.article.text.split())
        self.records += len(reading.records)


def articles(files: list[Path], limit: int, layout: PageLayout) -> Iterator[Article]:
    """Up to `limit` articles of the files in turn, so that every source has its share."""
    sources = [(a for a in ingest([f], layout=layout) if not isinstance(a, Problem)) for f in files]
    rounds = itertools.chain.from_iterable(itertools.zip_longest(*sources))
    return itertools.islice((a for a in rounds if a is not None), limit)


def sample(limit: int, layout: PageLayout) -> Iterator[Article]:
    """The sample article, `limit` times under ids of their own."""
    for article in ingest([SAMPLE], layout=layout):
        if isinstance(article, Article):
            yield from (replace(article, id=f"{article.id}-{n}") for n in range(limit))


def readings(found: Iterator[Article], kit: Kit, tally: Tally) -> Iterator[Reading]:
    """Readings as they come, counted."""
    for article in found:
        reading = read(article, kit)
        tally.add(reading)
        yield reading


def main() -> None:
    """Print the figures of loading, of the parts and of the whole."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--sentences", type=int, default=5000, help="sentences on which the parts are measured")
    args = parser.parse_args()
    files = args.files or sorted(CORPUS.glob("*.jsonl.gz"))
    layout = PageLayout.load(None)

    def found() -> Iterator[Article]:
        return articles(files, args.articles, layout) if files else sample(args.articles, layout)

    loading()
    kit = load()
    whole(found(), kit)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # Linux counts KiB; before the parts hold texts
    print(f"peak memory {peak:.0f} MiB")
    stages(found(), kit, args.sentences)
    parts(found(), kit, args.sentences)


# ---------------------------------------------------------------- loading

_LOAD = """
import time
begun = time.process_time()
from rasid.pipeline.kit import load
imported = time.process_time()
load()
loaded = time.process_time()
import resource
print(imported - begun, loaded - imported, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def loading() -> None:
    """Print seconds and memory of loading the knowledge in a new process; the best of three."""
    with tempfile.TemporaryDirectory() as folder:
        ways: list[tuple[str, Callable[[int], str]]] = [
            ("without a cache", lambda n: "off"),
            ("filling the cache", lambda n: f"{folder}/{n}"),
            ("from the cache", lambda n: f"{folder}/{n}"),
        ]
        for name, place in ways:
            took, load_time, memory = min((_process(place(n)) for n in range(3)), key=lambda run: run[1])
            print(f"loading {name:<18} {load_time:.2f} s (imports {took:.2f} s), peak memory {memory:.0f} MiB")


def _process(cache: str) -> tuple[float, float, float]:
    command = [sys.executable, "-c", _LOAD]
    run = subprocess.run(command, env={**os.environ, "RASID_CACHE": cache}, check=True, capture_output=True, text=True)
    took, load_time, memory = map(float, run.stdout.split())
    return took, load_time, memory


# ---------------------------------------------------------------- end to end


def whole(found: Iterable[Article], kit: Kit) -> None:
    """Print how fast articles are read from files to records."""
    tally = Tally()
    begun = time.process_time()
    with Path(os.devnull).open("wb") as out:
        FORMATS["records"].write(readings(iter(found), kit, tally), out, Options())
    spent = time.process_time() - begun
    print(
        f"{tally.articles} articles, {tally.sentences} sentences, {tally.words} words, "
        f"{tally.records} records in {spent:.1f} s on one core"
    )
    print(
        f"end to end: {tally.sentences / spent:.0f} sentences/s, {tally.words / spent:.0f} words/s, "
        f"{tally.articles / spent:.1f} articles/s"
    )


# ---------------------------------------------------------------- stages


def stages(found: Iterable[Article], kit: Kit, limit: int) -> None:
    """Print which share of the reading of an article each of its stages takes, and how much a sentence."""
    spent = dict.fromkeys(("language", "events", "resolution", "contexts"), 0.0)
    count = 0
    for article in found:
        clock = [time.process_time()]
        sentences = settle(article.text, kit.language.sentences(article), kit.knowledge)
        clock.append(time.process_time())
        acts = find(sentences, kit.frames, kit.roles, kit.judge)
        clock.append(time.process_time())
        records, _ = resolve(
            article, sentences, acts.events, acts.claims, kit.knowledge, kit.dating, acts.subjects, kit.weighing
        )
        clock.append(time.process_time())
        with_contexts(article.text, records, sentences, kit.contexts)
        clock.append(time.process_time())
        for stage, (begun, ended) in zip(spent, itertools.pairwise(clock), strict=True):
            spent[stage] += ended - begun
        count += len(sentences)
        if count >= limit:
            break
    whole_time = sum(spent.values())
    told = (f"{stage} {took / whole_time:.0%} ({1000 * took / count:.2f} ms)" for stage, took in spent.items())
    print(f"stages, share and time a sentence, on {count} sentences: {', '.join(told)}")


# ---------------------------------------------------------------- parts


def parts(found: Iterable[Article], kit: Kit, limit: int) -> None:
    """Print how many written words a second each part takes, and how often that is what a library takes."""
    chosen: list[Article] = []
    texts: list[str] = []
    for article in found:
        chosen.append(article)
        texts += _sentences(article)
        if len(texts) >= limit:
            break
    engine = kit.language
    lexicon, gazetteer = engine._lexicon, engine._gazetteer
    cut = [surfaces(text, Span(0, len(text))) for text in texts]
    words = sum(s.kind == "word" for written in cut for s in written)
    analysed = [tokens_of(t, written, lexicon) for t, written in zip(texts, cut, strict=True)]
    plain = [[s.text for s in written if s.kind == "word"] for written in cut]
    print(f"parts, on {len(texts)} sentences with {words} written words:")

    splitting = _rate(words, texts, lambda t: surfaces(t, Span(0, len(t))))
    pairs = list(zip(texts, cut, strict=True))
    classes = _rate(words, pairs, lambda p: tokens_of(p[0], p[1], lexicon))
    matching = _rate(words, analysed, gazetteer.find)
    layer = _rate(words, chosen, engine.sentences)
    _show("into words and marks", splitting, "CAMeL Tools", _camel(words, texts))
    _show("clitics and classes", classes, "simplemma (remembers words)", _simplemma(words, plain))
    _show("names of the tables", matching)
    _show("the whole language layer", layer)


def _sentences(article: Article) -> Iterator[str]:
    for part in article.coded():
        yield from (span.of(article.text) for span in sentence_spans(article.text, part.span))


def _rate(words: int, items: Sequence[T], work: Callable[[T], object]) -> float:
    """Words a second of the best of three rounds over all items."""
    rounds = []
    for _ in range(3):
        begun = time.process_time()
        for item in items:
            work(item)
        rounds.append(time.process_time() - begun)
    return words / min(rounds)


def _camel(words: int, texts: Sequence[str]) -> float | None:
    try:
        split = importlib.import_module("camel_tools.tokenizers.word").simple_word_tokenize
    except ImportError:
        return None
    return _rate(words, texts, split)


def _simplemma(words: int, sentences: Sequence[Sequence[str]]) -> float | None:
    try:
        lemmatize = importlib.import_module("simplemma").lemmatize
        lemmatize("قال", lang="ar")  # reads its dictionary
    except (ImportError, ValueError):
        return None
    return _rate(words, sentences, lambda sentence: [lemmatize(word, lang="ar") for word in sentence])


def _show(part: str, rate: float, peer: str = "", its: float | None = None) -> None:
    beside = f"   {peer}: {its:,.0f} words/s, ratio {rate / its:.2f}" if its else f"   {peer}: not here" if peer else ""
    print(f"  {part:<26} {rate:>11,.0f} words/s{beside}")


if __name__ == "__main__":
    main()
