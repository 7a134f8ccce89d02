"""Tables of time: words of expressions of time, number words, names of months."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rasid.packs.errors import PackError
from rasid.packs.tables import Row, data_dir, rows

#: Families of civil months in which a name alone may stand for the month; Libya's own are everyday words.
_FAMILIES = ("egypt", "levant", "maghreb", "libya")
_RARE_FAMILY = "libya"

#: Kinds of words; see the head of ``ar/time/words.tsv``.
KINDS = frozenset(
    {
        "weekday", "dayword", "dayword_weak", "daypart", "unit", "unit_weak", "pair", "this", "pick", "part",
        "rel", "to", "approx", "approx_after", "vague", "vague_after", "latest", "of", "every", "following",
        "same", "mark", "anniversary", "event", "duration", "season", "part_year", "decade", "century",
        "weak_month", "dated", "not_time", "cardinal", "ordinal",
    }
)  # fmt: skip

#: Roles of joints; see the head of ``ar/time/joints.tsv``.
ROLES = frozenset({"same", "apart", "topic", "source", "join", "self", "first", "relational", "future", "was"})


@dataclass(frozen=True, slots=True)
class TimeWord:
    """A word or phrase of expressions of time.

    `count` is 1 or 2 for units that say their number themselves, 0 for plurals and for all else; `at` is the
    file and line where it stands.
    """

    form: str
    kind: str
    value: str
    count: int = 0
    at: str = ""


@dataclass(frozen=True, slots=True)
class MonthName:
    """A name of a month. `weak` ones are also other words, `rare` ones nearly always are."""

    form: str
    number: int
    hijri: bool = False
    weak: bool = False
    rare: bool = False
    at: str = ""


@dataclass(frozen=True, slots=True)
class TimeExample:
    """A sentence with the expression in it and what it must come to; `value` is "" for none."""

    line: int
    text: str
    expression: str
    published: str
    tense: str
    value: str
    precision: str


@dataclass(frozen=True, slots=True)
class TimeTables:
    """All words of time of one language; `joints` are (word, role) of ``ar/time/joints.tsv``."""

    words: tuple[TimeWord, ...]
    months: tuple[MonthName, ...]
    joints: tuple[tuple[str, str], ...] = ()


def load_times(user: Path | None = None) -> TimeTables:
    """Read the tables of time of the package and, after them, ``time/words.tsv`` of a user's folder.

    Raises:
        PackError: at the first row that is not of the table's form.
    """
    base = data_dir() / "ar"
    words = [_word(row) for row in rows(base / "time" / "words.tsv")]
    words += [_word(row) for row in rows(base / "time" / "numbers.tsv")]
    if user is not None and (user / "time" / "words.tsv").is_file():
        words += [_word(row) for row in rows(user / "time" / "words.tsv")]
    weak = frozenset(word.form for word in words if word.kind == "weak_month")
    civil = rows(base / "pages" / "months.tsv")
    hijri = rows(base / "pages" / "hijri_months.tsv")
    months = [*_months(civil, _FAMILIES, weak), *_months(hijri, ("names",), weak, hijri=True)]
    joints = tuple(_joint(row) for row in rows(base / "time" / "joints.tsv"))
    return TimeTables(tuple(words), tuple(months), joints)


def load_examples() -> tuple[TimeExample, ...]:
    """The examples that every build must read as they say."""
    return tuple(
        TimeExample(
            row.line,
            row.get("text"),
            row.get("expression"),
            row.get("published"),
            row.get("tense") or "unknown",
            "" if row.get("value") == "-" else row.get("value"),
            row.get("precision"),
        )
        for row in rows(data_dir() / "ar" / "time" / "examples.tsv")
    )


def _at(row: Row) -> str:
    return f"{row.file}:{row.line}"


def _word(row: Row) -> TimeWord:
    kind = row.get("kind")
    if kind not in KINDS:
        raise PackError(row.file, row.line, f"unknown kind {kind!r}; known are {', '.join(sorted(KINDS))}")
    count = row.get("count") if row.has("count") else ""
    if count not in ("", "1", "2", "n"):
        raise PackError(row.file, row.line, f"count is 1, 2 or n, not {count!r}")
    return TimeWord(row.get("form"), kind, row.get("value"), int(count) if count in ("1", "2") else 0, _at(row))


def _joint(row: Row) -> tuple[str, str]:
    role = row.get("role")
    if role not in ROLES:
        raise PackError(row.file, row.line, f"unknown role {role!r}; known are {', '.join(sorted(ROLES))}")
    return row.get("word"), role


def _months(
    table: Iterable[Row], columns: Iterable[str], weak: frozenset[str], *, hijri: bool = False
) -> Iterable[MonthName]:
    for row in table:
        try:
            number = int(row.get("number"))
        except ValueError:
            raise PackError(row.file, row.line, f"{row.get('number')!r} is no month") from None
        for column in columns:
            for form in row.list(column):
                yield MonthName(
                    form,
                    number,
                    hijri,
                    form in weak or column == _RARE_FAMILY,
                    column == _RARE_FAMILY,
                    _at(row),
                )
