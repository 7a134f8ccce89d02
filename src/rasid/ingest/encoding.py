"""Bytes into text: which encoding, what is not text at all, and what was broken."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from rasid.ingest.languages import looks_arabic
from rasid.ingest.layout import PageLayout

#: Longest text of one article, in characters.
MAX_CHARACTERS = 5_000_000
#: No encoding needs more bytes than this for `MAX_CHARACTERS`.
MAX_BYTES = 4 * MAX_CHARACTERS

_SAMPLE = 65_536
#: More broken characters than this share, and the text is in another encoding (or is not text).
_BROKEN_SHARE = 0.02
_CONTROL_SHARE = 0.05

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Encodings of one byte a letter that Arabic pages were written in, tried when a text is not UTF-8.
_SINGLE_BYTE = ("cp1256", "iso8859_6")

_MAGIC = (
    (b"%PDF-", "a PDF file: extract its text first (for example with pdftotext)"),
    (b"PK\x03\x04", "a ZIP archive or an office document: save it as text, or unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old office document: save it as text"),
    (b"{\\rtf", "an RTF document: save it as text"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it"),
    (b"Rar!", "a RAR archive: unpack it"),
    (b"BZh", "a bzip2 archive: unpack it"),
    (b"\xfd7zXZ", "an xz archive: unpack it"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive: unpack it"),
    (b"SQLite format 3", "a database"),
    (b"WARC/", "a web archive, which is not read yet: extract its pages first"),
)
_CHARSET = re.compile(rb"<meta[^>]+?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]+?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding that it was in, and the first byte that was broken (its place in the bytes)."""

    text: str
    encoding: str
    first_bad: int | None = None


class NotTextError(ValueError):
    """The bytes are no text: a stable code for programs, a sentence for people."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


def what_binary(start: bytes) -> str | None:
    """What kind of file that is no text begins so, for people; None when it may be text."""
    for magic, name in _MAGIC:
        if start.startswith(magic):
            return name
    if any(start.startswith(bom) for bom, _ in _BOMS):
        return None
    return "a binary file (it has NUL bytes)" if b"\0" in start[:_SAMPLE] else None


def decode(data: bytes, layout: PageLayout, *, html: bool = False) -> Decoded:
    """Decode the bytes of a text: UTF-8, UTF-16 with a mark, Windows-1256; a mark of byte order is dropped.

    Args:
        data: the bytes, whole.
        layout: the compiled tables (for the signs of Arabic).
        html: whether a ``<meta charset>`` may say what the encoding is.

    Raises:
        NotTextError: when the bytes are a binary file, or text in no encoding that is known here.
    """
    binary = what_binary(data)
    if binary is not None:
        raise NotTextError("binary-file", f"this is {binary}")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _replacing(data[len(bom) :], encoding, len(bom))
    try:
        return _checked(Decoded(data.decode("utf-8"), "utf-8"))
    except UnicodeDecodeError as error:
        first = error.start
    declared = _declared(data) if html else None
    if declared is not None and declared != "utf-8":
        try:
            return _checked(Decoded(data.decode(declared), declared))
        except UnicodeDecodeError:
            pass
    return _other(data, first, layout)


def _other(data: bytes, first: int, layout: PageLayout) -> Decoded:
    """A text that is not clean UTF-8: UTF-8 with a few broken bytes, or an encoding of one byte a letter."""
    replaced = data.decode("utf-8", errors="replace")
    if replaced.count("\ufffd") <= max(3, _BROKEN_SHARE * len(replaced)) and len(replaced) > 20:
        return _checked(Decoded(replaced, "utf-8", first))
    for encoding in _SINGLE_BYTE:
        text = data.decode(encoding, errors="replace")
        if "\ufffd" not in text and looks_arabic(text[:_SAMPLE], layout):
            return _checked(Decoded(text, encoding))
    if replaced.count("\ufffd") <= 0.2 * len(replaced) and looks_arabic(replaced[:_SAMPLE], layout):
        return _checked(Decoded(replaced, "utf-8", first))
    raise NotTextError(
        "unknown-encoding",
        f"byte {first} is not UTF-8, and as Windows-1256 this is no Arabic: save it as UTF-8",
    )


def _replacing(data: bytes, encoding: str, offset: int) -> Decoded:
    """Decode in a known encoding, with broken bytes replaced."""
    try:
        return _checked(Decoded(data.decode(encoding), encoding))
    except UnicodeDecodeError as error:
        return _checked(Decoded(data.decode(encoding, errors="replace"), encoding, offset + error.start))


def _declared(data: bytes) -> str | None:
    """The encoding that a page says it is in, when Python knows it."""
    found = _CHARSET.search(data[:_SAMPLE]) or _XML_ENCODING.search(data[:_SAMPLE])
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except (LookupError, ValueError):
        return None
    return name if isinstance("a".encode(name), bytes) and b"a".decode(name) == "a" else None


def _checked(decoded: Decoded) -> Decoded:
    """The decoded text, unless its control characters show that it is no text."""
    controls = sum(1 for _ in _CONTROLS.finditer(decoded.text[:_SAMPLE]))
    if controls > max(2, _CONTROL_SHARE * len(decoded.text[:_SAMPLE])):
        raise NotTextError("binary-file", "this is a binary file (it has control characters)")
    return decoded
