"""Web pages."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.ingest import PageLayout, html, read
from rasid.model import Article, Problem

LAYOUT = PageLayout.load()
NBSP = "\u00a0"
TITLE = "وفد الوساطة الكينية يصل إلى مقديشو"
FIRST = (
    f"وصل وفد الوساطة الكينية برئاسة جوزيف{NBSP}أوتينو، الأحد، إلى العاصمة الصومالية مقديشو لبحث خلاف"
    " الحكومة مع ولاية جوبالاند، وقال مصدر رسمي إن الوفد سيلتقي رئيس الوزراء والمعارضة."
)
SECOND = (
    "وكانت الحكومة قد رفضت في وقت سابق شروط الولاية، مؤكدة أن الانتخابات ستجرى في موعدها المحدد في جميع"
    " أنحاء البلاد رغم الخلافات، وأن أبوابها مفتوحة أمام كل المبادرات التي تحترم سيادة الدولة."
)
SHARE = "تابعونا على تلغرام"
CAPTION = "رئيس الوزراء الصومالي خلال لقاء في نيروبي، 2 أيلول 2021 (رويترز)"


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>{TITLE} - الميناء</title>{head}</head><body>{body}</body></html>"


ARTICLE = (
    "<nav><ul><li><a href='/'>الرئيسية</a></li><li><a href='/p'>سياسة</a></li></ul></nav><form><article>"
    f"<h1>{TITLE}</h1><div class='date'>الأحد، 4 آب 2024 - 11:20</div>"
    f"<figure><img src='a.jpg' alt='x'><figcaption>{CAPTION}</figcaption></figure>"
    f"<p>{FIRST}</p><p>{SHARE}</p><p>{SECOND}</p><p>(رويترز، الميناء)</p></article></form>"
    "<aside><h3>الأكثر قراءة</h3><ul><li><a href='/2'>حكومة أخرى تستقيل بعد احتجاجات</a></li></ul></aside>"
    "<footer>جميع الحقوق محفوظة</footer>"
)


def found(data: str | bytes, tmp_path: Path) -> list[Article | Problem]:
    path = tmp_path / "page.html"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read([path], layout=LAYOUT))


def article(data: str | bytes, tmp_path: Path) -> Article:
    (item,) = found(data, tmp_path)
    assert isinstance(item, Article), item
    return item


def test_article_of_a_page(tmp_path: Path) -> None:
    item = article(page(ARTICLE), tmp_path)
    by_kind = [(part.kind, part.span.of(item.text)) for part in item.parts]
    assert by_kind[:3] == [("headline", TITLE), ("date", "الأحد، 4 آب 2024 - 11:20"), ("caption", CAPTION)]
    assert ("body", FIRST) in by_kind
    assert ("body", SECOND) in by_kind
    assert ("boilerplate", SHARE) in by_kind or SHARE not in item.text
    assert "الأكثر قراءة" not in item.text
    assert "الرئيسية" not in item.text
    assert (item.published, item.published_from) == (date(2024, 8, 4), "page")
    assert item.credits == ("رويترز", "الميناء")
    assert (item.id, item.title) == ("page", TITLE)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2024-08-04T09:00:00+03:00">',
        '<meta itemprop="datePublished" content="2024-08-04">',
        '<script type="application/ld+json">{"@graph": [{"datePublished": "2024-08-04"}]}</script>',
        '<script type="application/ld+json">{broken</script><meta name="pubdate" content="2024-08-04">',
    ],
)
def test_metadata(tmp_path: Path, head: str) -> None:
    more = '<meta property="og:site_name" content="الميناء"><meta property="og:url" content="https://m.example/n/1">'
    item = article(page(ARTICLE, head + more), tmp_path)
    assert (item.published, item.published_from) == (date(2024, 8, 4), "given")
    assert (item.outlet, item.url) == ("الميناء", "https://m.example/n/1")


@pytest.mark.parametrize(
    "meta",
    [
        '<meta charset="windows-1256">',
        "<meta http-equiv='Content-Type' content='text/html; charset=windows-1256'>",
        "",
    ],
)
def test_windows_1256_page(tmp_path: Path, meta: str) -> None:
    item = article(page(ARTICLE, meta).encode("cp1256"), tmp_path)
    assert FIRST in item.text


def test_charset_that_lies(tmp_path: Path) -> None:
    item = article(page(ARTICLE, '<meta charset="windows-1256">'), tmp_path)
    assert FIRST in item.text


def test_xhtml_with_declaration(tmp_path: Path) -> None:
    assert FIRST in article(f'<?xml version="1.0" encoding="utf-8"?>{page(ARTICLE)}', tmp_path).text


def test_front_page_has_no_article(tmp_path: Path) -> None:
    items = "".join(f"<li><a href='/{n}'>الحكومة رقم {n} تعلن خطة جديدة للسلام في البلاد</a></li>" for n in range(40))
    for body in (f"<ul>{items}</ul>", "<p>الرئيسية</p>", ""):
        (problem,) = found(page(body), tmp_path)
        assert isinstance(problem, Problem)
        assert problem.code in {"no-article", "not-arabic"}


def test_english_page_is_not_arabic(tmp_path: Path) -> None:
    text = "The delegation arrived on Sunday and said that it would meet the prime minister and the opposition. "
    (problem,) = found(
        page(f"<article><h1>Talks resume</h1><p>{text * 3}</p></article>").replace(TITLE, "Talks"), tmp_path
    )
    assert isinstance(problem, Problem)
    assert problem.code == "not-arabic"


def test_page_on_standard_input_and_under_the_name_of_text(tmp_path: Path) -> None:
    (item,) = read(["-"], stdin=io.BytesIO(page(ARTICLE).encode()), layout=LAYOUT)
    assert isinstance(item, Article)
    path = tmp_path / "saved.txt"
    path.write_bytes(page(ARTICLE).encode())
    assert [item.title for item in read([path], layout=LAYOUT) if isinstance(item, Article)] == [TITLE]


def test_library_failure_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> object:
        raise RuntimeError("broken tree")

    monkeypatch.setattr(html, "_metadata", broken)
    (problem,) = found(page(ARTICLE), tmp_path)
    assert isinstance(problem, Problem)
    assert problem.code == "no-article"
    assert "broken tree" in problem.text


def test_deep_page(tmp_path: Path) -> None:
    found(page("<div>" * 3000 + ARTICLE), tmp_path)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(["<p>", "</p>", "<article>", "<!--", "<li>", FIRST, "&#x", "<h1>", "\0"]),
            st.text(max_size=20),
        )
    )
)
def test_any_page_gives_articles_or_problems(pieces: list[str]) -> None:
    data = ("<!DOCTYPE html>" + "".join(pieces)).encode(errors="replace")
    for item in read(["-"], stdin=io.BytesIO(data), layout=LAYOUT):
        assert isinstance(item, Article | Problem)
