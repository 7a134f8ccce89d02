"""Sentences of the hand-marked pages, and of the traps that real pages set."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from rasid.language.ar.sentences import sentence_spans
from rasid.model import Span

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def measure() -> ModuleType:
    """The script that measures, from training/."""
    spec = importlib.util.spec_from_file_location("sentences_measured", ROOT / "training" / "sentences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def cut(text: str) -> list[str]:
    return [s.of(text) for s in sentence_spans(text, Span(0, len(text)))]


def test_hand_marked_pages(measure: ModuleType) -> None:
    pages = measure.hand()
    right, wrong, missed = measure.figures(pages, measure.ours)
    assert right + missed >= 350
    assert right / (right + wrong) >= 0.995
    assert right / (right + missed) >= 0.995


def test_sentences_of_pud(measure: ModuleType, shared: Path) -> None:
    if not (shared / "nlp" / "pud").is_dir():
        pytest.skip("PUD is not beside the project")
    right, wrong, missed = measure.figures(measure.pud(), measure.ours)
    assert right / (right + wrong) >= 0.996
    assert right / (right + missed) >= 0.996


@pytest.mark.parametrize(
    "whole",
    [
        "التقى د. وليد الأحمد نظيره م. سامر في القاهرة",
        "قال أ. د. وفاء السالم إن النسبة 3.5 في المئة",
        "وقع الاتفاق في 13.9.2024 أو في 14. 9. 2024 على الأرجح",
        "بلغت الصفقة 4. 5 مليار دولار",
        "غزة.. قصف متواصل",
        "لم نفهم ما حدث... ثم هربنا",
        "أطلقوا حملة «إلى متى؟» في العاصمة",
        "نقلت العربية.نت وسي.إن.إن الخبر",
        "1. وقف إطلاق النار",
        "أصيب جندي (أعلن ذلك ناطق. لم يسمه) بجروح",
        "جون إف. كينيدي رئيس سابق",
    ],
)
def test_stops_that_end_nothing(whole: str) -> None:
    assert cut(whole) == [whole]


@pytest.mark.parametrize(
    "sentences",
    [
        ['قال: "لن نقبل.', 'لن نعود أبدا."', "ثم غادر."],
        ["هل انتهى الأمر؟!", "لا."],
        ["وقعت عام 2024.", "وقال الوزير ذلك."],
        ["تأسست سنة 1890 م.", "ويعود أول ذكر لها إلى قرون."],
        ['قال : " نعم . "', "ثم مضى ."],
        ["أعلن ذلك۔", "ثم غادر۔"],
        ["نقلت وكالة أ ف ب.", "وقالت إن عددا كبيرا قتل."],
    ],
)
def test_stops_that_end_a_sentence(sentences: list[str]) -> None:
    assert cut(" ".join(sentences)) == sentences


def test_a_stop_without_white_space_ends_a_sentence_between_words() -> None:
    assert cut("انتهت العملية.وأكد الجيش ذلك") == ["انتهت العملية.", "وأكد الجيش ذلك"]


def test_lines_end_sentences_unless_a_width_explains_them() -> None:
    headline, body = "وزير الخارجية في عمان", "بحث وزير الخارجية مع نظيره الأردني سبل تثبيت الهدنة في المنطقة"
    assert cut(f"{headline}\n{body}") == [headline, body]
    wrapped = (
        "دعت الأمم المتحدة أطراف النزاع إلى إعلان هدنة إنسانية عاجلة تسمح\nبإيصال المساعدات إلى أكثر من مليوني شخص"
    )
    assert cut(wrapped) == [wrapped]
    bullets = ["البنود التالية:", "• وقف إطلاق النار", "- تبادل الأسرى", "2) فتح المعابر"]
    assert cut("\n".join(bullets)) == bullets


def test_nothing_is_a_sentence_of_nothing() -> None:
    assert cut("") == []
    assert cut(" \n\u00a0\n ") == []
