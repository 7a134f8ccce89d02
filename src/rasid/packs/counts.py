"""Words of numbers of people: how many an attack killed or injured, how many took part in a protest."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from rasid.packs.errors import PackError
from rasid.packs.tables import Row, data_dir, rows

#: What a number may be of, and the three ways in which words tie it to that.
FIELDS = ("dead", "injured", "size")
WAYS = ("verb", "noun", "counted")
_NUMERIC = frozenset({"number", "scale", "scales", "people"})
_OTHER = frozenset(
    {
        "vague",
        "least",
        "about",
        "under",
        "zero",
        "subset",
        "toll",
        "thing",
        "reach",
        "tally",
        "cause",
        "since",
        "attempt",
        "wound",
        "half",
    }
)
KINDS = _NUMERIC | _OTHER | {f"{of}_{way}" for of, way in product(FIELDS, WAYS)}


@dataclass(frozen=True, slots=True)
class CountWord:
    """A row of ``cues/counts.tsv``, or a cardinal of ``time/numbers.tsv`` (kind ``number``).

    Attributes:
        form: one word or a run of words; of verbs the lemma.
        kind: one of `KINDS`.
        value: of numbers and scales, and of nouns that are a number by themselves («قتيل», «قتيلان»), else 0.
        near: words of which one must stand near, when there are any.
    """

    form: str
    kind: str
    value: int = 0
    near: tuple[str, ...] = ()


def load_counts() -> tuple[CountWord, ...]:
    """Read the words of the package.

    Raises:
        PackError: at the first row that is not of the table's form.
    """
    base = data_dir() / "ar"
    cardinals = (r for r in rows(base / "time" / "numbers.tsv") if r.get("kind") == "cardinal")
    return (
        *(CountWord(r.get("form"), "number", int(r.get("value"))) for r in cardinals),
        *map(_word, rows(base / "cues" / "counts.tsv")),
    )


def _word(row: Row) -> CountWord:
    kind, value = row.get("kind"), row.get("value")
    if kind not in KINDS:
        raise PackError(row.file, row.line, f"unknown kind {kind!r}; known are {', '.join(sorted(KINDS))}")
    if (value and not value.isdecimal()) or (kind in _NUMERIC and not value):
        raise PackError(row.file, row.line, f"value {value!r}: a whole number; number and scale must have one")
    return CountWord(row.get("word"), kind, int(value or 0), row.list("with"))
