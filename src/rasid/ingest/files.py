"""Files, folders and standard input into articles and problems, lazily.

One bad article never stops the rest: what goes wrong becomes a problem that says where.
"""

from __future__ import annotations

import gzip
import importlib
import io
import json
import os
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO, Literal, cast

from rasid.ingest.encoding import MAX_BYTES, MAX_CHARACTERS, NotTextError, decode, what_binary
from rasid.ingest.html import from_html
from rasid.ingest.layout import PageLayout
from rasid.ingest.objects import KEYS, Raw, from_object, to_article, too_large
from rasid.model import Article, Problem

Kind = Literal["text", "html", "json", "jsonl", "parquet"]

#: What a file name says of what is in the file (before ``.gz``).
SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}
#: Longest JSON document, in bytes: it is read whole. Longer ones belong into ``.jsonl``, read line by line.
MAX_JSON = 512 * 1024 * 1024
#: Longest line of ``.jsonl``, in bytes: every character of the longest article as ``\\uXXXX``, and some more.
MAX_LINE = 8 * MAX_CHARACTERS

_CHUNK = 65_536
_BATCH = 64
_NOT_READ = frozenset([".csv", ".tsv", ".xml", ".rss", ".atom", ".warc", ".xlsx", ".yaml", ".yml"])
_KNOWN = ", ".join(SUFFIXES)

Found = Raw | Problem


def read(
    inputs: Iterable[str | Path],
    *,
    published: date | None = None,
    stdin: BinaryIO | None = None,
    layout: PageLayout,
) -> Iterator[Article | Problem]:
    """The articles of all inputs, in order, and a problem for everything that is not one.

    Args:
        inputs: files (.txt, .html, .json, .jsonl, .parquet, each but the last also with .gz), folders (read
            recursively), or ``-`` for standard input.
        published: the day of publication of all of them, whatever they say themselves.
        stdin: what ``-`` reads; by default the standard input of the process.
        layout: the compiled tables of pages.
    """
    run = _Run(layout, published)
    for item in inputs:
        from_stdin = str(item) == "-"
        found = _stdin(stdin or sys.stdin.buffer, layout) if from_stdin else _path(Path(item), layout)
        for raw in found:
            yield from run.finish(raw)


@dataclass(slots=True)
class _Run:
    """What must be known across the articles of a run."""

    layout: PageLayout
    published: date | None
    seen: dict[str, int] = field(default_factory=dict)

    def finish(self, found: Found) -> Iterator[Article | Problem]:
        """Pass a problem on; make an article of a raw one, under an id of its own."""
        if isinstance(found, Problem):
            yield found
            return
        for item in to_article(found, self.layout, self.published):
            if isinstance(item, Article) and item.id in self.seen:
                yield from self._rename(item, found.where)
            else:
                if isinstance(item, Article):
                    self.seen[item.id] = 1
                yield item

    def _rename(self, article: Article, where: str) -> Iterator[Article | Problem]:
        """Give a later article of the same id another one."""
        number = self.seen[article.id] + 1
        while f"{article.id}-{number}" in self.seen:
            number += 1
        self.seen[article.id] = number
        new = f"{article.id}-{number}"
        self.seen[new] = 1
        yield Problem(where, "duplicate-id", f"the id {article.id!r} is taken in this run; this article is {new!r}")
        yield replace(article, id=new)


# ---------------------------------------------------------------- where the bytes come from


def _stdin(stream: BinaryIO, layout: PageLayout) -> Iterator[Found]:
    """Standard input, whatever is in it."""
    yield from _guarded(_stream(stream, "-", "stdin", None, layout), "-")


def _path(path: Path, layout: PageLayout) -> Iterator[Found]:
    """A file or a folder."""
    try:
        if path.is_dir():
            yield from _folder(path, layout)
        elif not path.exists():
            yield Problem(str(path), "missing-file", "there is no such file or folder")
        else:
            yield from _file(path, _stem(path.name), layout)
    except OSError as error:
        yield Problem(str(path), "unreadable", _reason(error))


def _folder(folder: Path, layout: PageLayout) -> Iterator[Found]:
    """All files of a folder that are known by their names, in sorted order; hidden ones are passed over."""
    skipped: Counter[str] = Counter()
    failures: list[OSError] = []
    count = 0
    for parent, folders, names in os.walk(folder, onerror=failures.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            path = Path(parent, name)
            if _kind(name) is None:
                skipped[path.suffix or "no suffix"] += 1
                continue
            count += 1
            yield from _file(path, _stem(path.relative_to(folder).as_posix()), layout)
    for error in failures:
        yield Problem(str(error.filename or folder), "unreadable", _reason(error))
    if skipped:
        kinds = ", ".join(f"{suffix} ({number})" for suffix, number in sorted(skipped.items()))
        yield Problem(str(folder), "skipped-files", f"{skipped.total()} files were skipped: {kinds}; read are {_KNOWN}")
    elif not count and not failures:
        yield Problem(str(folder), "empty-folder", f"there is no file in it that could be read; read are {_KNOWN}")


def _file(path: Path, stem: str, layout: PageLayout) -> Iterator[Found]:
    """One file."""
    where = str(path)
    kind = _kind(path.name)
    if kind is None and path.suffix.lower() in _NOT_READ:
        yield Problem(where, "unknown-format", f"{path.suffix} files are not read; read are {_KNOWN}")
    elif kind == "parquet":
        yield from _guarded(_parquet(path, stem, layout), where)
    else:
        yield from _guarded(_opened(path, stem, kind, layout), where)


def _opened(path: Path, stem: str, kind: Kind | None, layout: PageLayout) -> Iterator[Found]:
    """What is in a file that is read as a stream."""
    if kind in {"text", "html"} and path.suffix.lower() != ".gz" and path.is_file() and path.stat().st_size > MAX_BYTES:
        with path.open("rb") as stream:
            binary = what_binary(stream.read(_CHUNK))
        yield Problem(str(path), "binary-file", f"this is {binary}") if binary else too_large(str(path))
        return
    with path.open("rb") as stream:
        yield from _stream(cast(BinaryIO, stream), str(path), stem, kind, layout)


def _guarded(found: Iterator[Found], where: str) -> Iterator[Found]:
    """Turn what goes wrong while reading into a problem of that file."""
    try:
        yield from found
    except NotTextError as error:
        yield Problem(where, error.code, error.text)
    except (EOFError, zlib.error) as error:
        yield Problem(where, "unreadable", f"the compressed file is damaged or cut off ({error})")
    except OSError as error:
        yield Problem(where, "unreadable", _reason(error))


def _reason(error: OSError) -> str:
    return f"it cannot be read: {error.strerror or error}"


def _kind(name: str) -> Kind | None:
    """What a file name says of what is in the file."""
    name = name.lower()
    kind = SUFFIXES.get(Path(name.removesuffix(".gz")).suffix)
    return None if kind == "parquet" and name.endswith(".gz") else kind


def _stem(name: str) -> str:
    """A name without the suffixes that say what is in the file."""
    bare = name[:-3] if name.lower().endswith(".gz") else name
    suffix = Path(bare).suffix
    return bare[: -len(suffix)] if suffix.lower() in SUFFIXES and len(suffix) < len(bare) else bare


# ---------------------------------------------------------------- what is in them


class _Joined(io.RawIOBase):
    """Bytes that were read ahead, then the rest of the stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._head[: len(buffer)]
        self._head = self._head[len(data) :]
        if not data:
            read1 = getattr(self._rest, "read1", self._rest.read)
            data = read1(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _ahead(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream, and the stream from its beginning. Blank beginnings are read over."""
    read1 = getattr(stream, "read1", stream.read)
    head = b""
    while len(head) < _CHUNK and not (head.strip() and b"\n" in head):
        more = read1(_CHUNK)
        if not more:
            break
        head += more
    return head, cast(BinaryIO, io.BufferedReader(_Joined(head, stream), _CHUNK))


def _stream(stream: BinaryIO, where: str, stem: str, kind: Kind | None, layout: PageLayout) -> Iterator[Found]:
    """What is in a stream of bytes, unpacked where it is packed."""
    head, stream = _ahead(stream)
    if head.startswith(b"\x1f\x8b"):
        with gzip.GzipFile(fileobj=stream) as unpacked:
            yield from _stream(cast(BinaryIO, unpacked), where, stem, kind, layout)
        return
    if not head.strip():
        yield Problem(where, "empty-file", "there is nothing in it")
        return
    binary = what_binary(head)
    if binary is not None:
        raise NotTextError("binary-file", f"this is {binary}")
    kind = _sniff(head, kind)
    if kind is None:
        raise NotTextError("unknown-format", f"this is neither text, HTML nor JSON; read are {_KNOWN}")
    if kind == "jsonl":
        yield from _json_lines(stream, head, where, stem, layout)
    elif kind == "json":
        yield from _json(stream, where, stem, layout)
    else:
        yield from _text(stream, where, stem, kind, layout)


def _sniff(head: bytes, kind: Kind | None) -> Kind | None:
    """What a stream is by its beginning, and by its name where there is one."""
    if kind in {"html", "jsonl"}:
        return kind
    start = _loosely(head).lstrip("\ufeff \t\r\n")
    if kind == "json" or re.match(r"\{\s*[\"}]|\[\s*[\]{\"]", start):
        if kind == "text":
            return kind
        first, newline, rest = start.partition("\n")
        more = newline and (kind is None or rest.strip())
        return "jsonl" if start.startswith("{") and more and _is_object(first) else "json"
    lowered = start[:2000].lower()
    if re.match(r"(<!--.*?-->\s*)*(<!doctype html|<html|<head|<body|<meta)", lowered, re.DOTALL):
        return "html"
    if lowered.startswith("<?xml") or (kind is None and re.match(r"<[a-z!?]", lowered)):
        return "html" if "<html" in lowered else None
    return "text"


def _loosely(head: bytes) -> str:
    """The first bytes as characters, good enough to see what they are."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    return head.decode("utf-8", errors="replace")


def _is_object(line: str) -> bool:
    """Whether a line is a whole JSON object."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _text(stream: BinaryIO, where: str, stem: str, kind: Kind, layout: PageLayout) -> Iterator[Found]:
    """A stream that is one article, as text or as a page."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        yield too_large(where)
        return
    decoded = decode(data, layout, html=kind == "html")
    if decoded.first_bad is not None:
        yield _bad_bytes(where, decoded.first_bad, decoded.encoding)
    if not decoded.text.strip():
        yield Problem(where, "empty-file", "there is no text in it")
    elif kind == "html":
        yield from _page(decoded.text, where, stem, layout)
    else:
        yield Raw(where, stem, decoded.text)


def _page(page: str, where: str, stem: str, layout: PageLayout) -> Iterator[Found]:
    """The article of a page. Damaged pages make the HTML libraries fail in many ways: none stops a run."""
    try:
        yield from list(from_html(page, where, stem, layout))
    except Exception as error:
        yield Problem(where, "no-article", f"this page could not be read as HTML ({type(error).__name__}: {error})")


def _bad_bytes(where: str, offset: int, encoding: str) -> Problem:
    return Problem(where, "bad-bytes", f"bytes that are not {encoding} were replaced by U+FFFD, the first at {offset}")


# ---------------------------------------------------------------- JSON


def _json(stream: BinaryIO, where: str, stem: str, layout: PageLayout) -> Iterator[Found]:
    """A JSON document: one article object, or a list of them."""
    data = stream.read(MAX_JSON + 1)
    if len(data) > MAX_JSON:
        yield Problem(
            where,
            "too-large",
            f"a JSON file of more than {MAX_JSON:,} bytes: write one article a line (.jsonl)",
        )
        return
    decoded = decode(data, layout)
    if decoded.first_bad is not None:
        yield _bad_bytes(where, decoded.first_bad, decoded.encoding)
    try:
        for number, (value, line) in enumerate(_values(decoded.text), start=1):
            fallback = stem if number == 1 and isinstance(value, dict) and line == 0 else f"{stem}-{number}"
            yield from from_object(value, f"{where}:{line}" if line else where, fallback, layout)
    except json.JSONDecodeError as error:
        yield Problem(f"{where}:{error.lineno}", "bad-json", f"not JSON: {error.msg} (column {error.colno})")
    except (ValueError, RecursionError) as error:
        yield Problem(where, "bad-json", f"not JSON that can be read: {error}")


def _values(text: str) -> Iterator[tuple[object, int]]:
    """The object of a document (line 0), or the items of its list with the line where each begins."""
    decoder = json.JSONDecoder()
    at = _skip(text, 0)
    if not text.startswith("[", at):
        value, at = decoder.raw_decode(text, at)
        if _skip(text, at) < len(text):
            raise json.JSONDecodeError("something follows the object", text, at)
        yield value, 0
        return
    at, counted, line = _skip(text, at + 1), 0, 1
    while not text.startswith("]", at):
        line, counted = line + text.count("\n", counted, at), at
        value, at = decoder.raw_decode(text, at)
        yield value, line
        at = _skip(text, at)
        if text.startswith(",", at):
            at = _skip(text, at + 1)
        elif not text.startswith("]", at):
            raise json.JSONDecodeError("expected ',' or ']' after an item", text, at)
    if _skip(text, at + 1) < len(text):
        raise json.JSONDecodeError("something follows the list", text, at)


_BLANK = re.compile(r"[ \t\r\n]*")


def _skip(text: str, at: int) -> int:
    """The next place that is not blank."""
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _json_lines(stream: BinaryIO, head: bytes, where: str, stem: str, layout: PageLayout) -> Iterator[Found]:
    """An article object on each line."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        whole = decode(stream.read(MAX_JSON), layout).text
        stream = io.BytesIO(whole.encode("utf-8", errors="replace"))
    number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        here = f"{where}:{number}"
        if len(line) > MAX_LINE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_CHUNK)
            yield too_large(here)
        elif line.strip():
            yield from _json_line(line, here, f"{stem}-{number}", layout)


def _json_line(line: bytes, where: str, fallback: str, layout: PageLayout) -> Iterator[Found]:
    """One line."""
    try:
        decoded = decode(line, layout)
        value = json.loads(decoded.text)
    except NotTextError as error:
        yield Problem(where, error.code, error.text)
    except json.JSONDecodeError as error:
        yield Problem(where, "bad-json", f"not JSON: {error.msg} (column {error.colno})")
    except (ValueError, RecursionError) as error:
        yield Problem(where, "bad-json", f"not JSON that can be read: {error}")
    else:
        if decoded.first_bad is not None:
            yield _bad_bytes(where, decoded.first_bad, decoded.encoding)
        yield from from_object(value, where, fallback, layout)


# ---------------------------------------------------------------- Parquet


def _parquet(path: Path, stem: str, layout: PageLayout) -> Iterator[Found]:
    """A table with the keys of article objects as columns, read in small batches."""
    where = str(path)
    try:
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError:
        yield Problem(where, "missing-extra", "Parquet needs pyarrow: pip install 'rasid[parquet]'")
        return
    try:
        with parquet.ParquetFile(path) as file:
            columns = [name for name in file.schema_arrow.names if name in KEYS]
            if "text" not in columns:
                yield Problem(where, "bad-type", "there is no column 'text'")
                return
            number = 0
            for batch in file.iter_batches(batch_size=_BATCH, columns=columns):
                for value in batch.to_pylist():
                    number += 1
                    yield from from_object(value, f"{where}:{number}", f"{stem}-{number}", layout)
    except ValueError as error:
        yield Problem(where, "unreadable", f"not a Parquet file that can be read: {str(error).splitlines()[0]}")
