"""English words for what records are about, as queries may name it."""

from __future__ import annotations

from pathlib import Path

from rasid.packs.tables import data_dir, rows


def load_issues() -> dict[str, tuple[str, ...]]:
    """The Arabic words of each English name, which match an issue when they are part of it.

    Raises:
        PackError: at the first row that is not of the table's form.
    """
    found: dict[str, tuple[str, ...]] = {}
    for row in rows(Path(str(data_dir())) / "ar" / "cues" / "issues.tsv"):
        for name in (row.get("id"), *row.list("names_en")):
            found[name] = (*found.get(name, ()), *row.list("words"))
    return found
