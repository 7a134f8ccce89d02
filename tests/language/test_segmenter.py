"""Where written words are split, what their dictionary form is, and words that a page has run together."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rasid.language.ar.lemma import lemma_of
from rasid.language.ar.lexicon import Lexicon
from rasid.language.ar.tokenize import surfaces
from rasid.language.ar.words import tokens_of
from rasid.model import Span
from rasid.model.text import Token
from rasid.pipeline.kit import load_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def tokens(text: str, lexicon: Lexicon) -> tuple[Token, ...]:
    return tokens_of(text, surfaces(text, Span(0, len(text))), lexicon)


def pieces(text: str, lexicon: Lexicon) -> str:
    """The written words of a text, their pieces joined by +."""
    found: dict[int, list[str]] = {}
    for token in tokens(text, lexicon):
        found.setdefault(token.word, []).append(token.text)
    return " ".join("+".join(word) for word in found.values())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # letters of the stem that look like clitics
        ("زار لبنان وفد", "زار لبنان وفد"),
        ("اجتمع وزراء المالية", "اجتمع وزراء المالية"),
        ("وصل بني وليد رتل", "وصل بني وليد رتل"),
        ("صرح فارس للصحفيين", "صرح فارس ل+لصحفيين"),
        ("كان الوضع هادئا", "كان الوضع هادئا"),
        ("اتهم النائب الشركة", "اتهم النائب الشركة"),
        ("فازت كرواتيا أمس", "فازت كرواتيا أمس"),
        ("والي المدينة", "والي المدينة"),
        ("زرع المسلحون ألغاما", "زرع المسلحون ألغاما"),
        ("نال الجندي وساما", "نال الجندي وساما"),
        ("دفع جنيها واحدا", "دفع جنيها واحدا"),
        ("تطبيق واتساب", "تطبيق واتساب"),
        # clitics that look like letters of the stem
        ("سافر والده وحده", "سافر والد+ه وحد+ه"),
        ("وأدى القصف إلى أضرار", "و+أدى القصف إلى أضرار"),
        ("ووفق البيان", "و+وفق البيان"),
        ("وستجري محادثات", "و+س+تجري محادثات"),
        ("رافقته زوجته", "رافقت+ه زوجت+ه"),
        ("تحدث بوضوح", "تحدث ب+وضوح"),
        ("جاء ليكون حاضرا", "جاء ل+يكون حاضرا"),
        ("جنوبي المدينة", "جنوبي المدينة"),
        # words that the packs speak of as one
        ("خلاف بشأن الحدود لأن الطريق مغلق", "خلاف بشأن الحدود لأن الطريق مغلق"),
        ("ولأنه مريض", "و+لأنه مريض"),
        ("فقد النواب الثقة", "فقد النواب الثقة"),
    ],
)
def test_splits(text: str, wanted: str, lexicon: Lexicon) -> None:
    assert pieces(text, lexicon) == wanted


@pytest.mark.parametrize(
    "name", ["فارس", "بني", "وليد", "بسام", "كمال", "لطيف", "سيدني", "بولندا", "كييف", "ليبيا", "لواء"]
)
def test_known_names_are_not_torn_apart_even_after_a_clitic(name: str, lexicon: Lexicon) -> None:
    assert pieces(name, lexicon) == name
    assert pieces(f"و{name}", lexicon) == f"و+{name}"


def test_hamza_decides_between_a_noun_and_a_clitic(lexicon: Lexicon) -> None:
    assert pieces("وادي وأدى", lexicon) == "وادي و+أدى"


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("الوزراء", "وزير"),
        ("طائراتها", "طائرة"),
        ("انتخابات", "انتخاب"),
        ("المقاتلين", "مقاتل"),
        ("وقتلوا", "قتل"),
        ("التي", "الذي"),
        ("كمينا", "كمين"),
    ],
)
def test_lemmas(text: str, lemma: str, lexicon: Lexicon) -> None:
    stem = next(t for t in tokens(text, lexicon) if t.clitic is None)
    folded = lemma.replace("ة", "ه").replace("ئ", "ي")
    assert lemma_of(stem, lexicon) == folded


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("قالت قناةالميادين أمس", "قالت قناة الميادين أمس"),
        ("أجرت مقابلةًمع الوزير", "أجرت مقابلةً مع الوزير"),
        ("وصل إلىالعاصمة اليوم", "وصل إلى العاصمة اليوم"),
        ("قتل جندياًفي المعركة", "قتل جندياً في المعركة"),
        ("جيش الاحتلالالإسرائيلي قصف", "جيش الاحتلال الإسرائيلي قصف"),
        # no seam, though the letters stand there
        ("الجالية العالمية والالتزامات", "الجالية العالمية و+الالتزامات"),
        ("نال عبدالله ميدالية", "نال عبدالله ميدالية"),
        ("إشكاليات المطالبات", "إشكاليات المطالبات"),
    ],
)
def test_words_run_together_are_parted(text: str, wanted: str, lexicon: Lexicon) -> None:
    assert pieces(text, lexicon) == wanted


HALVES = [
    "قناة",
    "مقابلةً",
    "إلى",
    "الميادين",
    "العاصمة",
    "جندياً",
    "في",
    "وفد",
    "والتقى",
    "الرئيس",
    "للحكومة",
    "أنّ",
    "x",
    "٣",
]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs=st.lists(st.lists(st.sampled_from(HALVES), min_size=1, max_size=4).map("".join), min_size=1, max_size=6))
def test_offsets_of_words_run_together(runs: list[str], lexicon: Lexicon) -> None:
    """However words are run together, tokens are slices in order, and no letter is lost or shown twice."""
    text = " ".join(runs)
    found = tokens(text, lexicon)
    assert all(t.span.of(text) == t.text for t in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert "".join(t.text for t in found) == "".join(runs)
    assert [t.word for t in found] == sorted(t.word for t in found)
