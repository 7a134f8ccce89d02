"""What is known about pages, compiled: patterns of lines, names of months, signs of a language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from rasid.ingest.dates import DayPatterns
from rasid.packs.tables import PackError, Row, data_dir, rows

#: Longest line (in characters) that a pattern of a page's surroundings is tried on.
LONGEST_LINE = 600

_EDGE = re.compile(r"^[^\w#@©()\"'?!.%\[]+|[^\w#@©()\"'?!.%\]/]+$")
_CODE = re.compile(r"U\+([0-9A-F]{4,6})(?:-U\+([0-9A-F]{4,6}))?")
_MONTH_FAMILIES = ("egypt", "levant", "maghreb", "libya", "latin")


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of a whole line, what a line that matches it is, and where the pattern stands."""

    kind: str
    pattern: re.Pattern[str]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Language:
    """What tells that a text in Arabic letters is in this language (all items folded but the letters)."""

    words: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()
    letters: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PageLayout:
    """The compiled tables of the folder ``pages``. Build it with `load`.

    Attributes:
        letters: how characters are folded (to nothing, or to another).
        boilerplate, captions, credits: rules in order of the tables, the user's first.
        days: patterns of days and of date lines.
        languages: signs by ISO 639 code.
    """

    letters: Mapping[int, str | None]
    boilerplate: tuple[Rule, ...]
    captions: tuple[Rule, ...]
    credits: tuple[Rule, ...]
    days: DayPatterns
    languages: Mapping[str, Language]

    @classmethod
    def load(cls, user_dir: Path | None = None) -> PageLayout:
        """Compile the tables that ship with the program and those of ``user_dir/pages``, which come first.

        Raises:
            PackError: when a table is damaged, or an example of a pattern does not behave as it says.
        """
        folders: list[Traversable | Path] = [data_dir() / "ar" / "pages"]
        if user_dir is not None:
            folders.insert(0, user_dir / "pages")
        letters = _letters(_table(folders, "letters.tsv"))
        return cls(
            letters=MappingProxyType(letters),
            boilerplate=_rules(_table(folders, "boilerplate.tsv"), letters),
            captions=_rules(_table(folders, "captions.tsv"), letters),
            credits=_rules(_table(folders, "credits.tsv"), letters),
            days=_days(folders, letters),
            languages=MappingProxyType(_languages(_table(folders, "languages.tsv"), letters)),
        )

    def fold(self, line: str) -> str:
        """`line` for matching: one spelling of each letter, no vowel or direction marks, single spaces."""
        return _fold(line, self.letters)

    def surroundings(self, bare: str) -> str | None:
        """The kind of boilerplate that a folded line without its edges is, or None."""
        return first_kind(self.boilerplate, bare)


def first_kind(rules: Iterable[Rule], folded: str, *kinds: str) -> str | None:
    """The kind of the first rule (of `kinds`, when given) whose pattern matches the whole folded line."""
    if not folded or len(folded) > LONGEST_LINE:
        return None
    for rule in rules:
        if (not kinds or rule.kind in kinds) and rule.pattern.fullmatch(folded):
            return rule.kind
    return None


def strip_edges(folded: str) -> str:
    """A folded line without the bullets, arrows and dashes around it."""
    return _EDGE.sub("", folded)


def _fold(line: str, letters: Mapping[int, str | None]) -> str:
    if not line.isascii():
        line = unicodedata.normalize("NFKC", line).translate(letters)
    return " ".join(line.split())


def _table(folders: Iterable[Traversable | Path], name: str) -> tuple[Row, ...]:
    """The rows of a table in every folder that has it."""
    found: list[Row] = []
    for folder in folders:
        path = folder / name
        if path.is_file():
            found += rows(path)
    return tuple(found)


def _letters(table: Iterable[Row]) -> dict[int, str | None]:
    """The fold of characters."""
    folds: dict[int, str | None] = {}
    for row in table:
        target = None if row.get("to") == "drop" else row.get("to")
        for item in row.get("from").split():
            code = _CODE.fullmatch(item)
            if code is not None:
                first = int(code[1], 16)
                folds.update(dict.fromkeys(range(first, int(code[2] or code[1], 16) + 1), target))
            elif len(item) == 1:
                folds[ord(item)] = target
            else:
                raise PackError(row.file, row.line, f"{item!r} is not one character, nor U+XXXX")
    return folds


def _rules(table: Iterable[Row], letters: Mapping[int, str | None]) -> tuple[Rule, ...]:
    """Compiled patterns, each tried on its own example and near miss."""
    found = []
    for row in table:
        try:
            pattern = re.compile(_fold(row.get("pattern"), letters), re.IGNORECASE)
        except re.error as error:
            raise PackError(row.file, row.line, f"not a regular expression: {error}") from error
        rule = Rule(row.get("kind"), pattern, row.file, row.line)
        for column, expected in (("example", True), ("near_miss", False)):
            example = strip_edges(_fold(row.get(column), letters))
            if example and bool(pattern.fullmatch(example)) is not expected:
                verb = "must match" if expected else "must not match"
                raise PackError(row.file, row.line, f"the pattern {verb} its {column} {row.get(column)!r}")
        found.append(rule)
    return tuple(found)


def _days(folders: Iterable[Traversable | Path], letters: Mapping[int, str | None]) -> DayPatterns:
    """The patterns of days from the tables of months and of what stands beside a date."""
    months = _months(_table(folders, "months.tsv"), _MONTH_FAMILIES, letters)
    hijri = _months(_table(folders, "hijri_months.tsv"), ("names",), letters)
    words: dict[str, list[str]] = {}
    for rule in _rules(_table(folders, "dates.tsv"), letters):
        words.setdefault(rule.kind, []).append(rule.pattern.pattern)
    return DayPatterns.compile(MappingProxyType(months), MappingProxyType(hijri), words)


def _months(table: Iterable[Row], columns: Iterable[str], letters: Mapping[int, str | None]) -> dict[str, int]:
    """Month numbers by folded name."""
    found: dict[str, int] = {}
    for row in table:
        if not row.get("number").isdecimal() or not 1 <= int(row.get("number")) <= 12:
            raise PackError(row.file, row.line, "the number of a month is 1 to 12")
        for column in columns:
            found.update({_fold(name, letters).lower(): int(row.get("number")) for name in row.list(column)})
    return found


def _languages(table: Iterable[Row], letters: Mapping[int, str | None]) -> dict[str, Language]:
    """The signs of each language, gathered from its rows."""
    signs: dict[str, dict[str, list[str]]] = {}
    for row in table:
        if row.get("kind") not in {"word", "start", "letter"}:
            raise PackError(row.file, row.line, f"kind {row.get('kind')!r}: expected word, start or letter")
        signs.setdefault(row.get("language"), {}).setdefault(row.get("kind"), []).extend(row.list("items"))
    return {
        code: Language(
            words=frozenset(_fold(word, letters) for word in kinds.get("word", ())),
            starts=tuple(_fold(start, letters) for start in kinds.get("start", ())),
            letters=frozenset(kinds.get("letter", ())),
        )
        for code, kinds in signs.items()
    }
