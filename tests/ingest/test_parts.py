"""Dividing pages into parts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.ingest import PageLayout, divide
from rasid.model import Part

from .conftest import BODY, NBSP, PAGE, TITLE

LAYOUT = PageLayout.load()


def kinds(text: str) -> list[tuple[str, str]]:
    return [(part.kind, part.span.of(text)) for part in divide(text, LAYOUT).parts]


def of_kind(text: str, kind: str) -> list[str]:
    return [words for found, words in kinds(text) if found == kind]


def test_page_with_all_traps() -> None:
    division = divide(PAGE, LAYOUT)
    assert [part.kind for part in division.parts] == [
        "headline",
        "date",
        "caption",
        "boilerplate",
        "summary",
        "summary",
        "body",
        "boilerplate",
        "body",
        "credit",
        "boilerplate",
    ]
    assert division.published == date(2025, 3, 21)
    assert division.credits == ("رويترز", "العربي الجديد")
    assert of_kind(PAGE, "headline") == [f"وزير الخارجية النرويجي يبحث في{NBSP}الخرطوم هدنة جديدة"]


def test_date_of_caption_is_never_the_articles() -> None:
    text = PAGE.replace("21 مارس 2025\n", "")
    assert divide(text, LAYOUT).published is None


def test_seed(seed: str) -> None:
    division = divide(seed, LAYOUT)
    assert division.published == date(2024, 9, 13)
    assert division.credits == ("الأناضول", "العربي الجديد")
    by_kind: dict[str, list[str]] = {}
    for part in division.parts:
        by_kind.setdefault(part.kind, []).append(part.span.of(seed))
    assert by_kind["boilerplate"] == ["+ الخط -", "المساهمون"]
    assert len(by_kind["caption"]) == 1 and "2023" in by_kind["caption"][0]
    assert len(by_kind["credit"]) == 1
    assert len(by_kind["summary"]) == 3
    assert len(by_kind["body"]) == 6


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("13 سبتمبر 2024", date(2024, 9, 13)),
        ("السبت 3 آب 2024 - 10:15", date(2024, 8, 3)),
        ("١٣ أيلول ٢٠٢٤", date(2024, 9, 13)),
        ("آخر تحديث: 5 مايو/ أيار 2023", date(2023, 5, 5)),
        ("نشر في: الأحد، 7 كانون الثاني 2024", date(2024, 1, 7)),
        ("12 جانفي 2022", date(2022, 1, 12)),
        ("8 غشت 2021 على الساعة 12:30", date(2021, 8, 8)),
        ("9 تشرين الأول/أكتوبر 2023", date(2023, 10, 9)),
        ("8 أغسطس (آب) 2023", date(2023, 8, 8)),
        ("2024-09-13", date(2024, 9, 13)),
        ("2024-09-13T10:00:00Z", date(2024, 9, 13)),
        ("2026-01-08 | 12:42", date(2026, 1, 8)),
        ("13/9/2024", date(2024, 9, 13)),
        ("سبتمبر 13, 2024", date(2024, 9, 13)),
        ("1000 (GMT+04:00) - 12/09/09", date(2009, 9, 12)),
        ("الجمعة 10 ربيع الأول 1446 هـ - 13 سبتمبر 2024 م", date(2024, 9, 13)),
        ("الجمعة 10 ربيع الأول 1446", date(2024, 9, 13)),
        ("آخر تحديث: 14/9/2024 | تاريخ النشر: 13/9/2024", date(2024, 9, 13)),
        ("بيروت - العربي الجديد | 3 آب 2024", date(2024, 8, 3)),
        ("Friday, September 13, 2024", date(2024, 9, 13)),
        ("13 مايو/ نيسان 2024", None),
        ("31 فبراير 2024", None),
        ("منذ 3 ساعات", None),
    ],
)
def test_date_lines(line: str, day: date | None) -> None:
    text = f"{TITLE}\n{line}\n{BODY}"
    division = divide(text, LAYOUT)
    assert division.published == day
    assert division.parts[0].kind == "headline"
    if day is not None:
        assert division.parts[1].kind == "date"


@pytest.mark.parametrize(
    "line",
    [
        "نشر الجيش 300 جندي على الحدود في 3 آب 2024 وسط توتر متصاعد مع جارته الشمالية بسبب المياه.",
        "أنقرة، 8 أغسطس 2023",
        "جنود عند معبر حدودي، 4 يناير 2020 (رويترز)",
    ],
)
def test_lines_with_a_date_that_say_more_are_no_date_lines(line: str) -> None:
    assert divide(f"{TITLE}\n{line}\n{BODY}", LAYOUT).published is None


def test_day_below_the_headline_beats_the_day_of_the_visit_above_it() -> None:
    text = f"الأحد 1 حزيران 2025\n{TITLE}\n27 أيار 2025\n{BODY}"
    assert divide(text, LAYOUT).published == date(2025, 5, 27)
    assert divide(f"الأحد 1 حزيران 2025\n{TITLE}\n{BODY}", LAYOUT).published == date(2025, 6, 1)


@pytest.mark.parametrize(
    "line",
    [
        "+ الخط -",
        "شارك القصة",
        "طباعة",
        "انسخ الرابط",
        "Facebook Twitter WhatsApp",
        "تابعونا على تلغرام",
        "اقرأ أيضاً: وزير الدفاع يزور الجبهة الشرقية",
        "إقرأ أيضا : مقتل ثلاثة جنود في كمين",
        "#كولومبيا #محادثات_السلام",
        "جميع الحقوق محفوظة © 2024",
        "مدة القراءة: 3 دقائق",
        "اشترك في النشرة البريدية",
        "مصدر الصورة، Getty Images",
        "شاهد الفيديو",
    ],
)
def test_boilerplate_lines_anywhere(line: str) -> None:
    first, second = BODY.split("\n")
    for text in (
        f"{TITLE}\n{line}\n{BODY}",
        f"{TITLE}\n{first}\n{line}\n{second}",
        f"{TITLE}\n{BODY}\n{line}",
    ):
        assert of_kind(text, "boilerplate") == [line]


@pytest.mark.parametrize(
    "headline",
    [
        "شاهد.. لحظة سقوط الطائرة قرب المطار",
        "بالفيديو.. وزير الدفاع يتفقد الجبهة",
        "تقرير: الحكومة تستعد لانتخابات مبكرة",
        "صورة جوية تكشف قاعدة سرية في الصحراء",
        "مصدر: الوفد وافق على الهدنة",
        "تعليق المفاوضات حتى إشعار آخر",
        "المزيد من القتلى في القصف على المدينة",
    ],
)
def test_headlines_that_look_like_surroundings(headline: str) -> None:
    assert kinds(f"{headline}\n{BODY}")[0] == ("headline", headline)


def test_menu_above_the_headline_is_not_the_headline() -> None:
    menu = "الرئيسية\nسياسة\nصحافة محلية\nبقلم المدير\nأخبار المدن\nاقتصاد وأعمال\n"
    text = f"{menu}{TITLE}\n{BODY}"
    assert of_kind(text, "headline") == [TITLE]
    assert len(of_kind(text, "boilerplate")) == 6


def test_title_of_the_page_above_its_headline() -> None:
    text = f"موقعنا - العالم - {TITLE}\nالرئيسية\nالعالم\n{TITLE}\n{BODY}"
    assert kinds(text)[3] == ("headline", TITLE)
    assert kinds(f"{TITLE} | الجزيرة نت\n{BODY}")[:2] == [
        ("headline", TITLE),
        ("boilerplate", "| الجزيرة نت"),
    ]


def test_flattened_page_is_cut_at_its_gaps_and_wrapped_lines_are_not() -> None:
    first, second = BODY.split("\n")
    gap = " " * 12
    broken = first.replace(" تعليق ", "  تعليق ")
    text = f"{gap}الرئيسية{gap}العالم \t\t رياضة{gap}{TITLE}{gap}{broken}{gap}{second}{gap}"
    assert of_kind(text, "headline") == [TITLE]
    assert of_kind(text, "body") == [broken, second]


def test_lines_of_a_fixed_width_are_one_paragraph() -> None:
    words = BODY.replace("\n", " ").split()
    lines = [" ".join(words[at : at + 5]) for at in range(0, len(words), 5)]
    width = max(map(len, lines))
    paragraph = "\n".join(line.ljust(width, "ـ") for line in lines[:-1]) + f"\n{lines[-1]}"
    text = f"{TITLE}\n\n{paragraph}\n\n{paragraph.replace('الحكومة', 'الرئاسة')}\n"
    assert [kind for kind, _ in kinds(text)] == ["headline", "summary", "body"]


def test_related_list_in_the_middle() -> None:
    first, second = BODY.split("\n")
    links = "روابط ذات علاقة\nمقتل جنديين في كمين\nهل تنجح الوساطة الكوبية في إنهاء الحرب؟"
    text = f"{TITLE}\n{first}\n{links}\n{second}"
    assert of_kind(text, "body") == [first, second]
    assert len(of_kind(text, "boilerplate")) == 3


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("(الأناضول، العربي الجديد)", ("الأناضول", "العربي الجديد")),
        ("(رويترز)", ("رويترز",)),
        ("المصدر: وكالات", ("وكالات",)),
        ("المصدر : رويترز + الجزيرة", ("رويترز", "الجزيرة")),
        (
            "المصدر: الجزيرة + وكالات + مواقع التواصل الاجتماعي",
            ("الجزيرة", "وكالات", "مواقع التواصل الاجتماعي"),
        ),
        ("(أ.ف.ب / رويترز)", ("أ.ف.ب", "رويترز")),
        ("«الشرق الأوسط» ورويترز", ("الشرق الأوسط", "رويترز")),
        ("المصدر:\nرويترز", ("رويترز",)),
        ("(صحيفة الميناء)", ("صحيفة الميناء",)),
    ],
)
def test_credit_lines(line: str, names: tuple[str, ...]) -> None:
    division = divide(f"{TITLE}\n{BODY}\n{line}\n", LAYOUT)
    assert division.credits == names
    assert division.parts[-1].kind == "credit"


def test_credit_at_the_end_of_the_last_paragraph() -> None:
    text = f"{TITLE}\n{BODY} (رويترز)"
    assert kinds(text)[-2:] == [("body", BODY.split("\n")[1]), ("credit", "(رويترز)")]
    assert divide(text, LAYOUT).credits == ("رويترز",)


def test_agency_in_brackets_within_a_sentence_is_no_credit() -> None:
    text = f"{TITLE}\n{BODY[:-1]} وفق ما ذكرت وكالة الأنباء الألمانية (د ب أ)."
    assert divide(text, LAYOUT).credits == ()


def test_byline_and_pull_quote() -> None:
    first, second = BODY.split("\n")
    quote = '"لن يستأنف قبل إطلاق سراح جميع الرهائن"'
    last = first.replace("الثلاثاء", "أمس")
    text = f"{TITLE}\nكتب: سامر الخطيب\n{first}\n{second}\n{quote}\nالرئيس الكولومبي\n{last}"
    assert of_kind(text, "credit") == ["كتب: سامر الخطيب"]
    assert of_kind(text, "boilerplate") == [quote, "الرئيس الكولومبي"]


def test_repeated_headline_goes_and_repeated_paragraph_stays() -> None:
    first, second = BODY.split("\n")
    assert of_kind(f"{TITLE}\n{TITLE}\n{BODY}", "headline") == [TITLE]
    assert len(of_kind(f"{TITLE}\n{first}\n{second}\n{first}", "body")) >= 2


def test_first_paragraph_that_the_second_repeats_is_a_summary() -> None:
    summary = "الحكومة الكولومبية تعلن تعليق المفاوضات مع جيش التحرير الوطني بعد هجوم على قاعدة."
    assert kinds(f"{TITLE}\n{summary}\n{BODY}")[1] == ("summary", summary)


def test_text_without_headline_or_without_stops() -> None:
    assert [kind for kind, _ in kinds(BODY)] == ["body", "body"]
    bare = BODY.replace(".", "")
    assert [kind for kind, _ in kinds(f"{TITLE}\n{bare}")] == ["headline", "body", "body"]


def test_short_sentences_at_the_end_are_text() -> None:
    short = ["سحبت إثيوبيا سفيرها من الخرطوم.", "نشر الجيش تعزيزات في القضارف.", "رحب الاتحاد بالإفراج عن الأسرى."]
    text = "\n".join(["عقوبات على شركات", "فرضت بريطانيا عقوبات على شركات تابعة للحركة يوم الجمعة الماضي.", *short])
    assert of_kind(text, "body")[-3:] == short


def test_known_kinds_win() -> None:
    text = f"{TITLE}\nصورة الجبهة في الشمال\n{BODY}"
    division = divide(text, LAYOUT, known={0: "headline", len(TITLE) + 1: "caption"})
    assert [part.kind for part in division.parts] == ["headline", "caption", "body", "body"]


def check(text: str, parts: tuple[Part, ...]) -> None:
    """Parts lie within the text, in order, without overlap, and leave out nothing but white space."""
    at = 0
    for part in parts:
        assert at <= part.span.start < part.span.end <= len(text)
        assert not text[at : part.span.start].strip()
        assert part.span.of(text).strip()
        at = part.span.end
    assert not text[at:].strip()


SNIPPETS = st.sampled_from(
    [
        *PAGE.split("\n"),
        *BODY.split("\n"),
        "الرئيسية",
        "(رويترز)",
        "المصدر:",
        "آخر تحديث:",
        "13/9/2024",
        ". (أ ف ب)",
        f"{TITLE} - الجزيرة نت",
        "اقرأ أيضا",
        '"',
        "(",
        ")",
        "•",
        "   \t\t ",
        "\u200f",
        "#",
        "\r\n",
        "\u2028",
        ":",
        "|",
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.one_of(SNIPPETS, st.text(max_size=30)), max_size=25),
    st.sampled_from(["\n", "\n\n", "     ", " "]),
)
def test_parts_cover_any_text(pieces: list[str], glue: str) -> None:
    text = glue.join(pieces)
    check(text, divide(text, LAYOUT).parts)


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_no_text_raises(text: str) -> None:
    check(text, divide(text, LAYOUT).parts)


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("رام الله 13-9-2024 وفا- ", date(2024, 9, 13)),
        ("باريس 3 مارس آذار 2025 (رويترز) - ", date(2025, 3, 3)),
        ("القاهرة في 3 مارس 2025 /أ ش أ/ ", date(2025, 3, 3)),
        ("الرياض 10 ربيع الأول 1446 هـ الموافق 13 سبتمبر 2024 م واس\n", date(2024, 9, 13)),
        ("باريس (رويترز) - ", None),
        ("بعد اتفاق 3 مارس 2025 - ", None),
    ],
)
def test_place_line_of_an_agency(opening: str, day: date | None) -> None:
    assert divide(f"{TITLE}\n{opening}{BODY}", LAYOUT).published == day


def test_date_below_the_text() -> None:
    text = f"{TITLE}\n{BODY}\nنشر\nالخميس، 13 مارس / آذار 2025\n"
    division = divide(text, LAYOUT)
    assert division.published == date(2025, 3, 13)
    assert [part.kind for part in division.parts[-2:]] == ["date", "date"]
    assert divide(f"{TITLE}\n{BODY}\nالأكثر قراءة\nخبر قديم\n13 مارس 2021\n", LAYOUT).published is None


def test_page_of_a_newspaper_with_byline_and_dashed_picture_credit() -> None:
    text = (
        f"عاجل\n{TITLE}\nاتهامات متبادلة بخرق الهدنة\nبوغوتا: «الشرق الأوسط»\nبوغوتا: «الشرق الأوسط»\n"
        "نُشر: 18:15-3 مارس 2025 م ـ 03 رمضان 1446 هـ\nTT\nجنود قرب القاعدة التي هوجمت- جيتي\n"
        f"{BODY}\nمواضيع\nكولومبيا\n"
    )
    division = divide(text, LAYOUT)
    assert division.published == date(2025, 3, 3)
    assert division.credits == ("الشرق الأوسط",)
    assert of_kind(text, "headline") == [TITLE]
    assert of_kind(text, "caption") == ["جنود قرب القاعدة التي هوجمت- جيتي"]
    assert of_kind(text, "boilerplate") == ["عاجل", "TT", "مواضيع", "كولومبيا"]
