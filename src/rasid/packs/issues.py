"""Issues: the subjects of negotiation, by which records are found and positions are grouped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rasid.model import EVENT_TYPES
from rasid.packs.errors import PackError
from rasid.packs.plover import modes_of
from rasid.packs.tables import Row, data_dir, rows

_TABLE = Path("cues") / "issues.tsv"


@dataclass(frozen=True, slots=True)
class Issue:
    """A row of ``cues/issues.tsv``.

    Attributes:
        id: its English word in queries and files.
        name: for people, in English.
        names: further English words in queries.
        words: Arabic words, or runs of words, one of which stands in a phrase of the issue.
        never: runs of words that do not count though a word of the issue stands in them.
        acts: (type, mode) of acts that are about the issue whatever their words.
        example, near_miss: a phrase of the issue, and one that is not.
        at: file and line, for people.
    """

    id: str
    name: str
    names: tuple[str, ...]
    words: tuple[str, ...]
    never: tuple[str, ...]
    acts: tuple[tuple[str, str], ...]
    example: str
    near_miss: str
    at: str = ""


def read_issues(user: Path | None = None) -> tuple[Issue, ...]:
    """The issues of the program and, after them, of ``cues/issues.tsv`` in a user's folder; same ids replace.

    Raises:
        PackError: at the first row that is not of the table's form.
    """
    found = {issue.id: issue for issue in map(_issue, rows(Path(str(data_dir())) / "ar" / _TABLE))}
    if user is not None and (user / _TABLE).is_file():
        found |= {issue.id: issue for issue in map(_issue, rows(user / _TABLE))}
    return tuple(found.values())


def _issue(row: Row) -> Issue:
    if not row.get("id").isascii() or not row.get("id"):
        raise PackError(row.file, row.line, f"id {row.get('id')!r}: an English word")
    if not row.list("words"):
        raise PackError(row.file, row.line, "words is empty: the issue would never be found")
    return Issue(
        id=row.get("id"),
        name=row.get("name_en") or row.get("id"),
        names=row.list("names_en"),
        words=row.list("words"),
        never=row.list("not"),
        acts=tuple(_acts(row)),
        example=row.get("example"),
        near_miss=row.get("near_miss"),
        at=f"{row.file}:{row.line}",
    )


def _acts(row: Row) -> Iterator[tuple[str, str]]:
    for value in row.list("acts"):
        event, _, mode = value.partition("/")
        if event not in EVENT_TYPES or mode not in modes_of(event):
            raise PackError(row.file, row.line, f"acts {value!r}: a type with one of its modes, like RETREAT/release")
        yield event, mode


def issue_words(issues: Iterable[Issue]) -> dict[str, tuple[str, ...]]:
    """The Arabic words of each English name, its own and the further ones."""
    found: dict[str, tuple[str, ...]] = {}
    for issue in issues:
        for name in (issue.id, *issue.names):
            found[name] = (*found.get(name, ()), *issue.words)
    return found


def load_issues() -> dict[str, tuple[str, ...]]:
    """The Arabic words of each English name, which match an issue when they are part of it.

    Raises:
        PackError: at the first row that is not of the table's form.
    """
    return issue_words(read_issues())
