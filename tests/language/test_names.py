"""Names that no table has: what the tagger finds, where its words stand, and how sure it must be."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from rasid.ingest import PageLayout
from rasid.language.ar.names import NameModel, WordTable, features, load_names, marks_of
from rasid.model import Span
from rasid.model.text import Mention
from rasid.packs.tables import data_dir
from rasid.pipeline.kit import Kit

from ..conftest import article_of

WEIGHTS = Path(str(data_dir())) / "ar" / "weights"


@pytest.fixture(scope="module")
def model() -> NameModel:
    found = load_names(WEIGHTS / "names.json", WEIGHTS / "name_words.tsv")
    assert found is not None
    return found


def found_in(text: str, kit: Kit, layout: PageLayout) -> list[tuple[str, str]]:
    """(kind, words) of the unknown names of a text; the words are cut from it by their offsets."""
    sentences = kit.language.sentences(article_of(text, layout))
    return [(m.kind, m.span.of(text)) for s in sentences for m in s.mentions if m.kind in ("name", "body")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وقال المهاجم البرازيلي جيلبرتو سانتورينو إن الفريق مستعد.", "جيلبرتو سانتورينو"),
        ("وأوضح الباحث تاكيشي ياموراتو أن النتائج أولية.", "تاكيشي ياموراتو"),
        ("والتقى المدير العام لوكا بيترونيلي الصحفيين.", "لوكا بيترونيلي"),
    ],
)
def test_unknown_person(text: str, name: str, kit: Kit, layout: PageLayout) -> None:
    assert ("name", name) in found_in(text, kit, layout)


def test_ordinary_words_are_no_names(kit: Kit, layout: PageLayout) -> None:
    text = "ارتفعت أسعار المواد الغذائية في الأسواق بعد إغلاق الطرق بسبب العاصفة."
    assert found_in(text, kit, layout) == []


def test_known_names_stay_with_the_tables(kit: Kit, layout: PageLayout) -> None:
    text = "التقى أنتوني بلينكن الرئيس المصري عبد الفتاح السيسي في القاهرة."
    sentences = kit.language.sentences(article_of(text, layout))
    kinds = {m.kind for s in sentences for m in s.mentions}
    assert "person" in kinds
    assert "name" not in kinds


def test_certainties_are_probabilities(kit: Kit, model: NameModel) -> None:
    text = "وقال المهاجم البرازيلي جيلبرتو سانتورينو إن نادي ميلانوفا فاز في مدينة كوريتانا."
    tokens = kit.language.tokens(text, Span(0, len(text)))
    found = model.find(tokens, kit.language.named(tokens))
    assert found
    assert all(0.0 < f.certainty <= 1.0 for f in found)
    assert all(a.last < b.first for a, b in itertools.pairwise(found))


def test_a_name_goes_on_as_it_began(model: NameModel) -> None:
    """Whatever the scores, no I- follows O or another type."""
    rows = [["0wكلمه"]] * 4
    weights = {"0wكلمه": [0.0] + [5.0 if label == "I-ORG" else 0.0 for label in model.labels[1:]]}
    labels = NameModel(model.labels, weights, model.steps, WordTable({})).labels_of(rows)
    for before, label in zip(["O", *labels], labels, strict=False):
        assert label[:2] != "I-" or before[2:] == label[2:]


def test_dearer_o_finds_more(kit: Kit, model: NameModel) -> None:
    text = "وصل فريق بالتورينا إلى ملعب كروزادو قبل مباراة دلفينيا."
    tokens = kit.language.tokens(text, Span(0, len(text)))

    def count(lean: float) -> int:
        leaning = NameModel(model.labels, model.weights, model.steps, model.words, lean)
        return sum(f.last + 1 - f.first for f in leaning.find(tokens, ()))

    assert count(-20.0) == 0
    assert count(20.0) > count(0.0)


def test_evidence_of_the_tables_is_seen(kit: Kit) -> None:
    text = "زار الوفد مدينة كروزادو."
    tokens = kit.language.tokens(text, Span(0, len(text)))
    place = Mention("place", 3, 3, tokens[3].span, "x", weak=True)
    marks = marks_of(tokens, [place])
    assert marks[3] == ("gplace?",)
    (rows,) = features(tokens, marks, WordTable({}))
    assert "0gplace?" in rows[3]
    assert ">gplace?" in rows[2]


def test_runs_without_weights(tmp_path: Path) -> None:
    assert load_names(tmp_path / "names.json", tmp_path / "name_words.tsv") is None


def test_unknown_body_is_named_as_written(kit: Kit, layout: PageLayout) -> None:
    text = "ونشرت صحيفة لوماتان نورد تقريرا عن الانتخابات."
    assert ("body", "لوماتان نورد") in found_in(text, kit, layout)


def test_body_under_a_known_noun_is_left_to_the_phrase(kit: Kit, layout: PageLayout) -> None:
    """«حزب نوفاليترا» is a party by its noun: the tagger adds no second reading of the same words."""
    assert found_in("أعلن حزب نوفاليترا انسحابه من الانتخابات.", kit, layout) == []


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("طلب الوفد دعما وحصل على تعهد مالي كبير", False),
        ("تعرض الاقتصاد لضغط مالي شديد", False),
        ("أعلن جيش مالي مقتل جنود", True),
        ("دانت القمة ما يجري في شمال مالي", True),
        ("بحث الوزراء أزمة مالي", True),
        ("عاد الجنود من مالي", True),
    ],
)
def test_an_adjective_is_no_country(text: str, country: bool, kit: Kit, layout: PageLayout) -> None:
    mentions = (m for s in kit.language.sentences(article_of(text, layout)) for m in s.mentions)
    assert ("MLI" in {m.id for m in mentions if m.kind == "country"}) == country


@pytest.mark.parametrize("text", ["قال جان-كلود يونكر إن الاتفاق قريب", "قال جان كلود يونكر إن الاتفاق قريب"])
def test_a_hyphen_parts_no_name(text: str, kit: Kit, layout: PageLayout) -> None:
    (sentence,) = kit.language.sentences(article_of(text, layout))
    person = next(m for m in sentence.mentions if m.kind == "person")
    assert person.id == "juncker-jeanclaude"
    assert person.span.of(text) == text[4:18]


def test_a_name_that_ends_like_a_pronoun_is_found(kit: Kit, layout: PageLayout) -> None:
    text = "استقبل مارك روته الوفد"
    (sentence,) = kit.language.sentences(article_of(text, layout))
    assert [m.span.of(text) for m in sentence.mentions if m.id == "rutte-mark"] == ["مارك روته"]
