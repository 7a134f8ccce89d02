"""The loader of knowledge tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from rasid.packs.tables import PackError, data_dir, rows


def write(tmp_path: Path, data: str | bytes) -> Path:
    path = tmp_path / "t.tsv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_rows_know_their_lines(tmp_path: Path) -> None:
    path = write(tmp_path, "\ufeff# a comment\n\nname\tother names\r\nأ\tب ; ج;\r\n# more\nد\t\n")
    first, second = rows(path)
    assert (first.line, first.file, first.get("name"), first.list("other names")) == (
        4,
        str(path),
        "أ",
        ("ب", "ج"),
    )
    assert (second.line, second.get("other names"), second.list("other names")) == (6, "", ())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("a\tb\nx\n", ":2: 1 cells where the header has 2 columns"),
        ("a\tb\nx\ty\tz\n", ":2: 3 cells"),
        ("a\ta\n", ":1: column names"),
        ("# nothing\n", "has no header row"),
        (b"a\n\xff\n", "is not UTF-8"),
    ],
)
def test_damage_names_file_and_line(tmp_path: Path, data: str | bytes, message: str) -> None:
    path = write(tmp_path, data)
    with pytest.raises(PackError, match=message) as caught:
        rows(path)
    assert caught.value.file == str(path)


def test_missing_file_and_column(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="cannot be read"):
        rows(tmp_path / "none.tsv")
    (row,) = rows(write(tmp_path, "a\n1\n"))
    with pytest.raises(PackError, match=r":2: no column 'b'; there are a"):
        row.get("b")


def test_shipped_tables_name_no_path_of_the_machine() -> None:
    table = rows(data_dir() / "ar" / "pages" / "months.tsv")
    assert len(table) == 12
    assert table[0].file == "ar/pages/months.tsv"
