"""The tables of pages, the fold, and what tells that a text is Arabic."""

from __future__ import annotations

from pathlib import Path

import pytest

from rasid.ingest import PageLayout, divide
from rasid.ingest.languages import not_arabic
from rasid.packs.tables import PackError

from .conftest import BODY, TITLE


def table(folder: Path, name: str, *lines: str) -> Path:
    (folder / "pages").mkdir(exist_ok=True)
    (folder / "pages" / name).write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def test_fold(layout: PageLayout) -> None:
    assert layout.fold("أَلْإِمَـ\u200fارة\u00a0 «ى» ک٣") == 'الاماره "ي" ك3'
    assert layout.fold("ﻻ") == "لا"


def test_user_patterns_come_first_and_add(tmp_path: Path) -> None:
    table(
        tmp_path,
        "boilerplate.tsv",
        "pattern\tkind\texample\tnear_miss",
        "صفحة \\d+\tshare\tصفحة 3\tصفحة جديدة",
    )
    table(tmp_path, "months.tsv", "number\tegypt\tlevant\tmaghreb\tlibya\tlatin", "3\tالربيعي\t\t\t\t")
    layout = PageLayout.load(tmp_path)
    text = f"{TITLE}\n5 الربيعي 2024\nصفحة 3\n{BODY}"
    division = divide(text, layout)
    assert [part.kind for part in division.parts[:3]] == ["headline", "date", "boilerplate"]
    assert str(division.published) == "2024-03-05"


@pytest.mark.parametrize(
    ("name", "lines", "message"),
    [
        (
            "boilerplate.tsv",
            ["pattern\tkind\texample\tnear_miss", "(\tshare\t\t"],
            ":2: not a regular expression",
        ),
        (
            "boilerplate.tsv",
            ["pattern\tkind\texample\tnear_miss", "اب\tshare\tجد\t"],
            ":2: the pattern must match",
        ),
        (
            "boilerplate.tsv",
            ["pattern\tkind\texample\tnear_miss", ".*\tshare\tاب\tجد"],
            ":2: the pattern must not match",
        ),
        ("boilerplate.tsv", ["pattern\tkind", "اب\tshare"], ":2: no column 'example'"),
        (
            "months.tsv",
            ["number\tegypt\tlevant\tmaghreb\tlibya\tlatin", "13\tx\t\t\t\t"],
            ":2: the number of a month",
        ),
        ("letters.tsv", ["from\tto", "ab\tc"], ":2: 'ab' is not one character"),
        ("languages.tsv", ["language\tkind\titems", "fa\tnoun\tx"], ":2: kind 'noun'"),
    ],
)
def test_damaged_tables(tmp_path: Path, name: str, lines: list[str], message: str) -> None:
    with pytest.raises(PackError, match=message):
        PageLayout.load(table(tmp_path, name, *lines))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (BODY, None),
        (BODY.replace("ي", "ی").replace("ك", "ک"), None),
        (TITLE, None),
        ("مقتل جنديين", None),
        (f"{BODY} {'according to the ministry ' * 3}", None),
        ("Der Minister sagte am Freitag", "Latin"),
        ("رئیس جمهور گفت مذاکرات با اروپا ادامه دارد و تحریم‌ها باید لغو شود", "Persian"),
        ("وزیر خارجہ نے کہا ہے کہ دونوں ملکوں کے درمیان مذاکرات میں پیش رفت نہیں ہوئی", "Urdu"),
        ("سەرۆکی هەرێم لەگەڵ باڵیۆزی ئەمریکا کۆبووەوە بۆ گفتوگۆ", "Kurdish"),
        ("... 123", "no letters"),
        ("قبثصض شسيبل تنمكط ئءؤرلا ىةوزظ " * 8, "hardly a common Arabic word"),
    ],
)
def test_language(layout: PageLayout, text: str, reason: str | None) -> None:
    found = not_arabic(text, layout)
    assert (found is None) if reason is None else (found is not None and reason in found)
