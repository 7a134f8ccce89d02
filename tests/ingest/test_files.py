"""Reading files, folders and standard input."""

from __future__ import annotations

import gzip
import importlib
import io
import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.ingest import MAX_CHARACTERS, PageLayout, files, read
from rasid.model import Article, Problem

from .conftest import BODY, NBSP, PAGE, TITLE

LAYOUT = PageLayout.load()
ENGLISH = "The foreign minister said on Friday that his country is ready to host a round of direct talks."
PERSIAN = "وزیر امور خارجه گفت که این کشور برای گفتگو آماده است و از همه طرف‌ها می‌خواهد که به آتش‌بس پایبند باشند."
OBJECT = {
    "id": "a1",
    "text": BODY,
    "title": TITLE,
    "published": "2024-05-07",
    "outlet": "الميناء",
    "url": "https://x.example/1",
}


def both(*inputs: str | Path, stdin: bytes = b"", published: date | None = None) -> tuple[list[Article], list[Problem]]:
    found = list(read(inputs, stdin=io.BytesIO(stdin), published=published, layout=LAYOUT))
    return [x for x in found if isinstance(x, Article)], [x for x in found if isinstance(x, Problem)]


def one(*inputs: str | Path, stdin: bytes = b"", published: date | None = None) -> Article:
    articles, problems = both(*inputs, stdin=stdin, published=published)
    assert problems == []
    assert len(articles) == 1
    return articles[0]


def trouble(*inputs: str | Path, stdin: bytes = b"") -> Problem:
    articles, problems = both(*inputs, stdin=stdin)
    assert articles == []
    assert len(problems) == 1
    return problems[0]


def put(path: Path, data: str | bytes | object) -> Path:
    if isinstance(data, str):
        path.write_bytes(data.encode())
    elif isinstance(data, bytes):
        path.write_bytes(data)
    else:
        path.write_bytes(json.dumps(data, ensure_ascii=False).encode())
    return path


# ---------------------------------------------------------------- text


def test_text_is_kept_untouched(tmp_path: Path) -> None:
    text = PAGE.replace("\n", "\r\n") + "\u200fقَالَ\u202b"
    article = one(put(tmp_path / "page.txt", "\ufeff" + text))
    assert article.text == text
    assert NBSP in article.text
    assert (article.id, article.published, article.published_from) == ("page", date(2025, 3, 21), "page")
    assert article.credits == ("رويترز", "العربي الجديد")


def test_seed_file(seed: str, tmp_path: Path) -> None:
    article = one(put(tmp_path / "seed.txt", seed))
    assert (article.published, article.published_from) == (date(2024, 9, 13), "page")
    assert article.text == seed


def test_given_day_overrides_page_and_metadata(tmp_path: Path) -> None:
    day = date(2020, 1, 2)
    for path in (put(tmp_path / "a.txt", PAGE), put(tmp_path / "b.json", OBJECT)):
        article = one(path, published=day)
        assert (article.published, article.published_from) == (day, "given")


def test_no_date_is_none_and_no_problem(tmp_path: Path) -> None:
    article = one(put(tmp_path / "a.txt", f"{TITLE}\n{BODY}"))
    assert article.published is None
    assert article.published_from is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = f"{TITLE}\n{BODY}"
    assert one(put(tmp_path / "a.txt", text.encode(encoding))).text == text


def test_utf16_big_endian(tmp_path: Path) -> None:
    assert one(put(tmp_path / "a.txt", b"\xfe\xff" + BODY.encode("utf-16-be"))).text == BODY


def test_a_few_broken_bytes_are_replaced_and_told(tmp_path: Path) -> None:
    data = bytearray(BODY.encode())
    at = data.index(b" ")
    data[at:at] = b"\xff\xfe"
    (article,), (problem,) = both(put(tmp_path / "a.txt", bytes(data)))
    assert article.text.count("\ufffd") == 2
    assert problem.code == "bad-bytes"
    assert f"at {at}" in problem.text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b" \n\t\n", "empty-file"),
        (b"\xef\xbb\xbf\n", "empty-file"),
        (b"%PDF-1.7\n%\xe2\xe3", "binary-file"),
        (b"\x89PNG\r\n\x1a\n\0\0", "binary-file"),
        (b"abc\0def" * 20, "binary-file"),
        (b"PK\x03\x04aaaa", "binary-file"),
        (bytes(range(128, 256)) * 9, "unknown-encoding"),
        (ENGLISH.encode(), "not-arabic"),
        (PERSIAN.encode(), "not-arabic"),
        (b"1234 5678 - 90", "not-arabic"),
        ("Министр иностранных дел сообщил".encode("cp1251") * 5, "unknown-encoding"),
    ],
)
def test_bad_text_files(tmp_path: Path, data: bytes, code: str) -> None:
    path = put(tmp_path / "a.txt", data)
    problem = trouble(path)
    assert (problem.where, problem.code) == (str(path), code)
    assert "\n" not in problem.text


def test_arabic_typed_with_persian_letters_is_arabic(tmp_path: Path) -> None:
    text = BODY.replace("ي", "ی").replace("ك", "ک")
    assert one(put(tmp_path / "a.txt", text)).text == text


def test_missing_unreadable_and_unknown_files(tmp_path: Path) -> None:
    assert trouble(tmp_path / "none.txt").code == "missing-file"
    assert trouble(put(tmp_path / "a.csv", "a,b")).code == "unknown-format"
    assert trouble(put(tmp_path / "a.bin", b"\0\1\2")).code == "binary-file"
    assert one(put(tmp_path / "article.text", BODY)).id == "article.text"


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", BODY)
    path.chmod(0)
    assert trouble(path).code == "unreadable"


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = f"{BODY}\n"
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(50_000_000)
        file.seek(0)
        file.write((sentence * 400).encode())
    assert trouble(huge).code == "too-large"
    over = sentence * (MAX_CHARACTERS // len(sentence) + 1)
    assert trouble(put(tmp_path / "over.txt", over)).code == "too-large"
    monkeypatch.setattr(files, "MAX_LINE", 5000)
    lines = [{"id": "big", "text": over[:9000]}, {"id": "ok", "text": BODY}]
    data = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    articles, problems = both(put(tmp_path / "a.jsonl", data))
    assert [article.id for article in articles] == ["ok"]
    assert [(problem.code, problem.where[-2:]) for problem in problems] == [("too-large", ":1")]


# ---------------------------------------------------------------- article objects


def test_article_object(tmp_path: Path) -> None:
    article = one(put(tmp_path / "a.json", OBJECT))
    assert article.text == f"{TITLE}\n{BODY}"
    assert (article.id, article.title, article.outlet, article.url) == (
        "a1",
        TITLE,
        "الميناء",
        "https://x.example/1",
    )
    assert (article.published, article.published_from) == (date(2024, 5, 7), "given")
    assert [part.kind for part in article.parts] == ["headline", "body", "body"]


def test_title_that_is_the_first_line_is_not_put_twice(tmp_path: Path) -> None:
    text = f"\n{TITLE}  \n{BODY}"
    article = one(put(tmp_path / "a.json", {"id": "x", "text": text, "title": f" {TITLE}"}))
    assert article.text == text
    assert article.parts[0].kind == "headline"


def test_title_of_two_lines_becomes_one(tmp_path: Path) -> None:
    article = one(put(tmp_path / "a.json", {"id": "x", "text": BODY, "title": TITLE.replace(" مع ", "\nمع ")}))
    assert article.text.split("\n")[0] == TITLE.replace(" مع ", " مع ")
    assert article.parts[0].span.of(article.text) == TITLE


def test_other_keys_are_ignored(tmp_path: Path) -> None:
    article = one(put(tmp_path / "a.json", {**OBJECT, "records": [{"event": "ASSAULT"}], "lang": 3}))
    assert article == one(put(tmp_path / "b.json", OBJECT))


@pytest.mark.parametrize(
    ("change", "code", "kept"),
    [
        ({"text": 5}, "bad-type", False),
        ({"text": None}, "bad-type", False),
        ({"text": ["a"]}, "bad-type", False),
        ({"title": 5}, "bad-type", True),
        ({"id": ["a"]}, "bad-type", True),
        ({"id": 17}, "bad-type", True),
        ({"outlet": {}}, "bad-type", True),
        ({"url": False}, "bad-type", True),
        ({"published": 20240507}, "bad-date", True),
        ({"published": "yesterday"}, "bad-date", True),
        ({"published": "2024-02-31"}, "bad-date", True),
        ({"published": "3/4/2024"}, "bad-date", True),
        ({"text": " ", "title": None}, "empty-file", False),
    ],
)
def test_wrong_types_say_where_and_what(tmp_path: Path, change: dict[str, object], code: str, kept: bool) -> None:
    path = tmp_path / "a.jsonl"
    lines = [OBJECT, {**OBJECT, "id": "a2", **change}, {**OBJECT, "id": "a3"}]
    put(path, "\n".join(json.dumps(line, ensure_ascii=False) for line in lines))
    articles, problems = both(path)
    assert len(articles) == 2 + kept
    assert articles[-1].id == "a3"
    assert [(problem.where, problem.code) for problem in problems] == [(f"{path}:2", code)]
    if code == "bad-type":
        assert f"key {next(iter(change))!r}: expected a string" in problems[0].text


@pytest.mark.parametrize(
    "value", ["2024-05-07T23:10:00+03:00", "2024/5/7", "7 أيار 2024", "الثلاثاء 7 مايو/ أيار 2024"]
)
def test_published_in_other_forms(tmp_path: Path, value: str) -> None:
    assert one(put(tmp_path / "a.json", {**OBJECT, "published": value})).published == date(2024, 5, 7)


def test_null_and_missing_keys(tmp_path: Path) -> None:
    article = one(put(tmp_path / "name.json", {"text": BODY, "title": None, "published": None, "url": ""}))
    assert (article.id, article.title, article.published, article.url) == ("name", None, None, None)


def test_headline_alone_is_an_article(tmp_path: Path) -> None:
    assert one(put(tmp_path / "a.json", {"text": "", "title": TITLE})).text.strip() == TITLE


def test_half_characters_are_replaced(tmp_path: Path) -> None:
    first = BODY.split("\n")[0]
    (article,), (problem,) = both(put(tmp_path / "a.json", f'{{"id": "x", "text": "\\ud800 {first}"}}'))
    assert article.text[0] == "\ufffd"
    assert problem.code == "bad-bytes"


def test_list_of_objects_with_lines(tmp_path: Path) -> None:
    path = put(tmp_path / "list.json", json.dumps([{"text": BODY}, 7, {"text": BODY}], ensure_ascii=False, indent=1))
    articles, problems = both(path)
    assert [article.id for article in articles] == ["list-1", "list-3"]
    assert [(problem.where, problem.code) for problem in problems] == [(f"{path}:5", "bad-json")]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ('{"id": "a", "text": }', 1),
        ('{"id": "a"\n "text": ""}', 2),
        ('[{"id": "a", "text": 1}', 1),
        ("[1 2]", 1),
        ('{"text": "x"} x', 1),
        ("nonsense", 1),
    ],
)
def test_bad_json(tmp_path: Path, data: str, line: int) -> None:
    path = put(tmp_path / "a.json", data)
    _, problems = both(path)
    assert problems[-1].code == "bad-json"
    assert problems[-1].where.startswith(str(path))
    assert problems[-1].where in {f"{path}:{line}", str(path)}


def test_items_before_the_damage_are_read(tmp_path: Path) -> None:
    data = json.dumps([OBJECT, OBJECT], ensure_ascii=False)[:-40]
    articles, problems = both(put(tmp_path / "a.json", data))
    assert len(articles) == 1
    assert problems[0].code == "bad-json"


def test_deep_nesting_and_long_numbers(tmp_path: Path) -> None:
    data = "\n".join(["[" * 200_000, '{"text": ' + "9" * 10_000 + "}", json.dumps(OBJECT)])
    articles, problems = both(put(tmp_path / "a.jsonl", data))
    assert [article.id for article in articles] == ["a1"]
    assert [problem.code for problem in problems] == ["bad-json", "bad-json"]


def test_json_lines_under_the_name_of_json(tmp_path: Path) -> None:
    data = "\n".join(json.dumps({**OBJECT, "id": name}) for name in "ab")
    articles, problems = both(put(tmp_path / "a.json", data))
    assert [article.id for article in articles] == ["a", "b"]
    assert problems == []


def test_duplicate_ids(tmp_path: Path) -> None:
    articles, problems = both(put(tmp_path / "a.json", [OBJECT, OBJECT, OBJECT, {**OBJECT, "id": "a1-2"}]))
    assert [article.id for article in articles] == ["a1", "a1-2", "a1-3", "a1-2-2"]
    assert [problem.code for problem in problems] == ["duplicate-id"] * 3


# ---------------------------------------------------------------- packed, folders, standard input


def test_packed_files(tmp_path: Path) -> None:
    put(tmp_path / "a.jsonl.gz", gzip.compress(json.dumps(OBJECT).encode()))
    put(tmp_path / "b.json.gz", gzip.compress(json.dumps([OBJECT | {"id": "b"}]).encode()))
    put(tmp_path / "c.txt.gz", gzip.compress(PAGE.encode()))
    articles, problems = both(tmp_path)
    assert [article.id for article in articles] == ["a1", "b", "c"]
    assert problems == []


def test_damaged_archives(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(OBJECT | {"id": str(number), "n": os.urandom(200).hex()}) for number in range(200))
    whole = gzip.compress(lines.encode())
    articles, problems = both(put(tmp_path / "a.jsonl.gz", whole[: len(whole) // 2]))
    assert 10 < len(articles) < 200
    assert [problem.code for problem in problems][-1] == "unreadable"
    assert trouble(put(tmp_path / "b.txt.gz", b"\x1f\x8b\x08\x00broken")).code == "unreadable"


def test_folder(tmp_path: Path) -> None:
    (tmp_path / "b" / ".hidden").mkdir(parents=True)
    put(tmp_path / "b" / "one.txt", PAGE)
    put(tmp_path / "b" / ".hidden" / "no.txt", PAGE)
    put(tmp_path / "a.txt", PAGE)
    put(tmp_path / "c.json", OBJECT)
    put(tmp_path / "notes.docx", b"PK")
    put(tmp_path / "x.jpg", b"\xff\xd8\xff")
    put(tmp_path / ".dot.txt", PAGE)
    put(tmp_path / "bad.txt", b"%PDF-")
    articles, problems = both(tmp_path)
    assert [article.id for article in articles] == ["a", "a1", "b/one"]
    assert [problem.code for problem in problems] == ["binary-file", "skipped-files"]
    assert "2 files were skipped: .docx (1), .jpg (1)" in problems[1].text


def test_empty_folder(tmp_path: Path) -> None:
    assert trouble(tmp_path).code == "empty-folder"


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (PAGE.encode(), ["stdin"]),
        (b"\xef\xbb\xbf" + PAGE.encode(), ["stdin"]),
        (PAGE.encode("utf-16"), ["stdin"]),
        (json.dumps(OBJECT).encode(), ["a1"]),
        (json.dumps(OBJECT, indent=2).encode(), ["a1"]),
        (json.dumps([OBJECT]).encode(), ["a1"]),
        (
            b"\n" + json.dumps(OBJECT).encode() + b"\n\n" + json.dumps(OBJECT | {"id": "b"}).encode(),
            ["a1", "b"],
        ),
        (json.dumps(OBJECT).encode("utf-16"), ["a1"]),
        (gzip.compress(json.dumps(OBJECT).encode()), ["a1"]),
        (f"[عاجل] {PAGE}".encode(), ["stdin"]),
    ],
)
def test_standard_input(data: bytes, ids: list[str]) -> None:
    articles, problems = both("-", stdin=data)
    assert [article.id for article in articles] == ids
    assert problems == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"%PDF-1.4", "binary-file"),
        (b"<?xml version='1.0'?><rss></rss>", "unknown-format"),
    ],
)
def test_bad_standard_input(data: bytes, code: str) -> None:
    problem = trouble("-", stdin=data)
    assert (problem.where, problem.code) == ("-", code)


def test_reading_is_lazy() -> None:
    class Endless(io.RawIOBase):
        """The same line for ever."""

        def __init__(self) -> None:
            self.line = json.dumps({"text": BODY}).encode() + b"\n"
            self.rest = b""
            self.given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            self.rest = self.rest or self.line
            part, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
            buffer[: len(part)] = part
            self.given += len(part)
            return len(part)

    stream = Endless()
    found: Iterator[Article | Problem] = read(["-"], stdin=io.BufferedReader(stream), layout=LAYOUT)
    assert [item.id for item, _ in zip(found, range(3), strict=False) if isinstance(item, Article)] == [
        "stdin-1",
        "stdin-2",
        "stdin-3",
    ]
    assert stream.given < 1_000_000


# ---------------------------------------------------------------- Parquet


def test_parquet(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    parquet = importlib.import_module("pyarrow.parquet")
    rows = [
        OBJECT | {"published": date(2024, 5, 7)},
        {"id": None, "text": BODY, "published": None},
        {"text": None},
    ]
    path = tmp_path / "a.parquet"
    parquet.write_table(arrow.Table.from_pylist(rows), path)
    articles, problems = both(path)
    assert [(article.id, article.published) for article in articles] == [
        ("a1", date(2024, 5, 7)),
        ("a-2", None),
    ]
    assert [(problem.where, problem.code) for problem in problems] == [(f"{path}:3", "bad-type")]
    assert trouble(put(tmp_path / "b.parquet", b"no parquet")).code == "unreadable"
    parquet.write_table(arrow.Table.from_pylist([{"body": BODY}]), tmp_path / "c.parquet")
    assert trouble(tmp_path / "c.parquet").code == "bad-type"


def test_parquet_without_pyarrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    assert trouble(put(tmp_path / "a.parquet", b"PAR1")).code == "missing-extra"


# ---------------------------------------------------------------- anything at all


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode), st.just(PAGE.encode())))
def test_any_bytes_give_articles_or_problems(data: bytes) -> None:
    for item in read(["-"], stdin=io.BytesIO(data), layout=LAYOUT):
        assert isinstance(item, Article | Problem)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(list(OBJECT)), inner, max_size=5)
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(JSON, max_size=4))
def test_any_json_gives_articles_or_problems_and_the_rest_goes_on(values: list[object]) -> None:
    lines = [*values, {"id": "the last", "text": BODY}]
    data = "\n".join(json.dumps(line) for line in lines).encode()
    found = list(read(["-"], stdin=io.BytesIO(b'{"text": "x"}\n' + data), layout=LAYOUT))
    assert isinstance(found[-1], Article)
    assert found[-1].id.startswith("the last")
