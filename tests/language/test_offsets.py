"""Whatever stands in a text, tokens and records slice back to their words; however it is typed, they stay the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rasid.ingest import PageLayout
from rasid.language.ar.letters import fold
from rasid.language.ar.sentences import sentence_spans
from rasid.language.ar.tokenize import surfaces
from rasid.model import Article, Part, Reading, Span
from rasid.model.text import Sentence
from rasid.pipeline.article import read
from rasid.pipeline.kit import Kit
from tests.conftest import article_of, reading_of

WORDS = [
    "التقى", "رئيس", "الوزراء", "القطري", "محمد\u00a0بن\u00a0عبد\u00a0الرحمن", "وفدًا", "من", "حركة", "حماس",
    "للزعيم", "لِلحركة", "ورفضها", "استعـــدادها", "قُتِلَ", "ﻻجئون", "الإیرانی", "\u200fغزة\u200f", "،",
    ":", '"', "«", "»", "(الأناضول)", "13.9.2024", "٣", "أن", "بأنهم", "معهم", "به", "ولهم", "قال", "سيلتقي",
    "لم", "يقبل", "هجوماً", "على", "تل أبيب", "...", ".", "\n", "Reuters", "ﷺ", "½", "ﻷنه", "“", "”", "…", "؛", "إلى",
    "قا\u0654ئد", "\u2067غزة\u2069", "مسـ\u200dـؤول", "إنّ", "مدعوًّا", "لقاءً", "Café", "١٢٫٥٪", "#محمود_عباس",
]  # fmt: skip
NEWS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join)
ARABIC = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x06FF), max_size=80)
FORMS = st.text(st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFC), max_size=20)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)
TEXTS = st.one_of(NEWS, ARABIC, FORMS, ANY)
SETTINGS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

PAGE = """الرئيس\u00a0الإيراني يستقبل وفدًا من حركة حماس في طهران
استقبل الرئيس الإيراني مسعود بزشكيان، الأربعاء 13 سبتمبر/أيلول 2024، وفدًا من حركة حماس،
وبحث معه وقف إطلاق النار في قطاع غزة.
وقال المتحدث باسم الخارجية القطرية: «إنّ الوسطاء رفضوا مقترح إسرائيل. نحن ندعو الأطراف إلى العودة للمفاوضات فورًا».
وأكدت مصر رفضها للهجوم؛ لأنها تؤيد الحل السلمي، على حد قولها. قُتل 12 فلسطينيا في غارة إسرائيلية على خان يونس...
هل يلتقي المسؤولون الأميركيون قادةَ الجماعة؟ "لا أعلم"، أجاب وزير الدفاع اللبناني (في بيروت) لقناة الجزيرة -
وأضاف أن بلاده لن تؤوي أحدا."""
DAY = date(2024, 9, 14)


def whole(text: str) -> Article:
    return Article("test", text, (Part("body", Span(0, len(text))),), DAY, "given")


def shape(sentence: Sentence) -> tuple[object, ...]:
    """All that the analysis says of a sentence, but offsets and spelling."""
    tokens = [
        (t.kind, t.norm, t.bare, t.word, t.tag, sorted(t.tags), t.definite, t.clitic, t.gender, t.number, t.verbs,
         t.nouns, t.participles, t.tanween, t.passive_mark)
        for t in sentence.tokens
    ]  # fmt: skip
    mentions = [(m.kind, m.first, m.last, m.id, m.weak, m.data) for m in sentence.mentions]
    return tokens, mentions, sentence.phrases, sentence.quotes, sentence.open_quote


def told(reading: Reading) -> list[tuple[object, ...]]:
    """The records, but offsets and spelling."""
    return [
        (
            r.event, r.mode, r.status, r.quote, [(e.id, e.country, e.sector) for e in (*r.actor, *r.recipient)],
            r.date and (r.date.value, r.date.words is None), r.place and r.place.id,
            [(s.kind, s.manner) for s in r.source],
        )
        for r in reading.records
    ]  # fmt: skip


def quotes(reading: Reading) -> list[str]:
    words = [(r.trigger, *(e.words for e in (*r.actor, *r.recipient)), r.issue) for r in reading.records]
    return [plain(w.text) for row in words for w in row if w is not None]


def plain(text: str) -> str:
    """The letters and digits of a spelling, for comparing: no normal form, no marks, Arabic letters."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).translate(PERSIAN_BACK))
    return "".join(str(unicodedata.decimal(c, c)) for c in text if c.isalnum() and c != "ـ")


def same(kit: Kit, text: str, other: str, *, records: bool = True) -> None:
    one, two = kit.language.sentences(whole(text)), kit.language.sentences(whole(other))
    assert [shape(s) for s in one] == [shape(s) for s in two]
    for a, b in zip(one, two, strict=True):
        for token in b.tokens:
            assert token.span.of(other) == token.text
        words = [[plain(s.span.of(t)) for s in surfaces(t, x.span)] for t, x in ((text, a), (other, b))]
        assert [w for w in words[0] if w] == [w for w in words[1] if w]
    if records:
        first, second = read(whole(text), kit), read(whole(other), kit)
        assert told(first) == told(second)
        assert quotes(first) == quotes(second)
        slices(second, other)


@pytest.fixture
def quiet(kit: Kit) -> Callable[[], Kit]:
    """The kit behind a function: Hypothesis prints the arguments of a test that fails, and the kit is megabytes."""
    return lambda: kit


# -- slices ----------------------------------------------------------------------------------------------


@SETTINGS
@given(text=TEXTS)
@example(text="ﷺ ½ ①ﷲ ﻷن")
def test_tokens_phrases_and_sentences_slice_back(text: str, quiet: Callable[[], Kit]) -> None:
    for sentence in quiet().language.sentences(whole(text)):
        assert sentence.span.of(text).strip() == sentence.span.of(text) != ""
        for token in sentence.tokens:
            assert token.span.of(text) == token.text
            assert token.text or token.clitic == "pre"  # a proclitic may share a ligature with its word
            assert sentence.span.contains(token.span)
        for before, after in pairwise(sentence.tokens):
            assert before.span.end <= after.span.start
        for mention in sentence.mentions:
            covered = Span(sentence.tokens[mention.first].span.start, sentence.tokens[mention.last].span.end)
            assert mention.span == covered
        for phrase in sentence.phrases:
            assert 0 <= phrase.first <= phrase.head <= phrase.last < len(sentence.tokens)


@SETTINGS
@given(text=TEXTS)
def test_records_quote_the_text(text: str, quiet: Callable[[], Kit], layout: PageLayout) -> None:
    slices(reading_of(text, quiet(), layout), text)


def slices(reading: Reading, text: str) -> None:
    for record in reading.records:
        quoted = [record.trigger, *(e.words for e in (*record.actor, *record.recipient))]
        quoted += [
            w for w in (record.issue, record.date and record.date.words, record.place and record.place.words) if w
        ]
        quoted += [s.words for s in record.source if s.words is not None]
        for words in quoted:
            assert words.span.of(text) == words.text
            assert words.text.strip() == words.text != ""


@SETTINGS
@given(text=TEXTS)
def test_sentences_hold_all_that_is_seen_of_a_text(text: str) -> None:
    spans = sentence_spans(text, Span(0, len(text)))
    edges = [0, *(e for s in spans for e in (s.start, s.end)), len(text)]
    assert edges == sorted(edges)
    assert all(not fold(text[a:b]).strip() for a, b in zip(edges[::2], edges[1::2], strict=True))


# -- one analysis for all ways of typing a text -----------------------------------------------------------


def _several(char: str) -> bool:
    """Whether the compatible form of one sign is several words, or white space: nothing can map that."""
    form = unicodedata.normalize("NFKC", char)
    return form != char and (" " in form or len(surfaces(f"ا{form}ا", Span(0, len(form) + 2))) > 2)


@SETTINGS
@given(text=TEXTS)
@example(text="أ\u064fعلن ال\u200dإيراني لِآ\u0301خر")
@example(text="\u0675")
@example(text="ﾊﾟ 한국 Ǻ ﬁn")
def test_nothing_depends_on_the_normal_form(text: str, quiet: Callable[[], Kit]) -> None:
    kit = quiet()
    same(kit, text, unicodedata.normalize("NFD", text), records=False)
    same(kit, text, unicodedata.normalize("NFC", text), records=False)
    kept = "".join(c for c in text if not _several(c))
    same(kit, kept, unicodedata.normalize("NFKC", kept), records=False)


PERSIAN = str.maketrans({"ي": "ی", "ك": "ک", "ه": "ہ", "ة": "ۃ"})
PERSIAN_BACK = str.maketrans({"ی": "ي", "ک": "ك", "ہ": "ه", "ۃ": "ة", "ھ": "ه"})
FORM_OF = {
    form: chr(code)
    for code in range(0xFE80, 0xFEFD)
    if len(form := unicodedata.normalize("NFKC", chr(code))) == 1 or form == "لا"
}


def _forms(text: str) -> str:
    text = re.sub("لا", FORM_OF["لا"], text)
    return "".join(FORM_OF.get(c, c) for c in text)


def _between_letters(sign: str) -> Callable[[str], str]:
    return lambda text: re.sub(r"(?<=[ء-ي])(?=[ء-ي])", sign, text)


WAYS: dict[str, Callable[[str], str]] = {
    "NFD": lambda t: unicodedata.normalize("NFD", t),
    "NFKC": lambda t: unicodedata.normalize("NFKC", t),
    "NFKD": lambda t: unicodedata.normalize("NFKD", t),
    "Persian letters": lambda t: t.translate(PERSIAN),
    "heh of Urdu": lambda t: t.replace("ه", "ھ"),
    "presentation forms": _forms,
    "tatweel": _between_letters("ـ"),
    "joiners": _between_letters("\u200d"),
    "direction marks": lambda t: re.sub(r"\b(?=[ء-ي])", "\u200f", t),
    "direction marks inside": _between_letters("\u200e"),
    "isolates": lambda t: re.sub(r"([ء-ي]+)", "\u2067\\1\u2069", t),
    "embeddings": lambda t: "\u202b" + re.sub(r"(\d+)", "\u202a\\1\u202c", t) + "\u202c",
    "soft hyphens": _between_letters("\u00ad"),
    "no-break spaces": lambda t: t.replace(" ", "\u00a0"),
    "thin spaces": lambda t: t.replace(" ", "\u2009"),
    "narrow spaces": lambda t: t.replace(" ", "\u202f"),
    "Arabic digits": lambda t: t.translate({ord("0") + n: 0x660 + n for n in range(10)}),
    "Persian digits": lambda t: t.translate({ord("0") + n: 0x6F0 + n for n in range(10)}),
    "Latin punctuation": lambda t: t.translate(str.maketrans("،؛؟", ",;?")),
    "Urdu full stop": lambda t: re.sub(r"(?<=[^\d.])\.(?=\s|$)", "۔", t),
    "one sign for an ellipsis": lambda t: t.replace("...", "…"),
    "long dash": lambda t: t.replace(" -", " —"),
    "double angles": lambda t: t.replace("«", "《").replace("»", "》"),
    "angles of ASCII": lambda t: t.replace("«", "<<").replace("»", ">>"),
    "sounds above the last letters": lambda t: re.sub(r"(?<=[بتلم])\b", "\u06e1", t),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_page_reads_the_same_in_every_way_of_typing(way: str, kit: Kit) -> None:
    other = WAYS[way](PAGE)
    assert other != PAGE
    same(kit, PAGE, other)


def test_the_page_of_these_tests_has_something_to_lose(kit: Kit) -> None:
    reading = read(whole(PAGE), kit)
    assert len(reading.records) >= 5
    tokens = [t for s in kit.language.sentences(whole(PAGE)) for t in s.tokens]
    assert any(t.passive_mark for t in tokens)
    assert any(t.tanween for t in tokens)


@pytest.mark.parametrize(
    ("opening", "closing"),
    ["«»", "“”", "„“", "””", '""', "‹›", "《》", "‘’", "''", ("<<", ">>"), ("''", "''"), "»«", "‟”"],
)
def test_quotation_marks_of_all_kinds_quote(opening: str, closing: str, kit: Kit) -> None:
    text = f"قال الوزير: {opening}نرفض هذا المقترح رفضا تاما{closing}، ثم غادر."
    (sentence,) = kit.language.sentences(whole(text))
    ((first, last),) = sentence.quotes
    assert text[sentence.tokens[first].span.start : sentence.tokens[last].span.end] == "نرفض هذا المقترح رفضا تاما"


def test_a_quotation_over_several_sentences_keeps_its_speaker(kit: Kit) -> None:
    text = 'قال رئيس الوزراء اللبناني: "البلد في أزمة. الولايات المتحدة قصفت صنعاء. الأمر خطير". ثم قصفت روسيا كييف.'
    sentences = kit.language.sentences(whole(text))
    assert [s.open_quote for s in sentences] == [False, True, True, False]
    quoted, plain_ = (r for r in read(whole(text), kit).records if r.event == "ASSAULT")
    assert [s.words and s.words.text for s in quoted.source] == ["رئيس الوزراء اللبناني"]
    assert quoted.quote
    assert plain_.source == ()
    assert not plain_.quote


def test_a_quotation_that_never_closes_ends_with_its_sentence(kit: Kit) -> None:
    one, two = kit.language.sentences(whole('قال الوزير: "نرفض المقترح. ثم غادر القاعة.'))
    assert len(one.quotes) == 1
    assert two.quotes == ()


@pytest.mark.parametrize(
    ("written", "pieces"),
    [
        ("للزعيم", ["ل", "لزعيم"]),
        ("ورفضها", ["و", "رفض", "ها"]),
        ("وبالحوار", ["و", "ب", "الحوار"]),
        ("معهم", ["مع", "هم"]),
        ("به", ["ب", "ه"]),
        ("لبنان", ["لبنان"]),
        ("وزراء", ["وزراء"]),
        ("سيلتقي", ["س", "يلتقي"]),
        ("استعـدادِها", ["استعـدادِ", "ها"]),
        ("اتهم", ["اتهم"]),
        ("والده", ["والد", "ه"]),
        ("بشأن", ["بشأن"]),
        ("ﻷميركا", ["", "ﻷميركا"]),
        ("و\u200fرفضها", ["و\u200f", "رفض", "ها"]),
        ("\u2067غزة\u2069", ["غزة"]),
        ("لا\u0654ميركا", ["ل", "ا\u0654ميركا"]),
    ],
)
def test_clitics_become_tokens_of_their_own(written: str, pieces: list[str], kit: Kit, layout: PageLayout) -> None:
    (sentence,) = kit.language.sentences(article_of(f"قال {written} أمس", layout))
    inner = [t.text for t in sentence.tokens if t.word == 1]
    assert inner == pieces


def test_signs_that_nobody_sees_are_no_tokens(kit: Kit) -> None:
    (sentence,) = kit.language.sentences(
        whole("\u200fقال\u200f \u200e\u2067 الوزير \u2069\u200b إن\ufeff \u064b اللقاء")
    )
    assert [t.text for t in sentence.tokens] == ["قال", "الوزير", "إن", "اللقاء"]


@pytest.mark.parametrize("space", "\u00a0\u2002\u2009\u200a\u202f\u205f\u3000\t\n")
def test_every_kind_of_space_parts_words(space: str) -> None:
    text = f"رئيس{space}الوزراء"
    assert [s.text for s in surfaces(text, Span(0, len(text)))] == ["رئيس", "الوزراء"]
