"""Contexts: the table's own words and examples, and what the rules look at."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rasid.language.ar.letters import fold
from rasid.model import CONTEXTS, Article, Entity, FrameRef, Part, Record, Span, Words
from rasid.packs.cues import ContextRule, load_contexts
from rasid.packs.errors import PackError
from rasid.pipeline.article import read
from rasid.pipeline.explain import explain
from rasid.pipeline.kit import Kit
from rasid.resolve.contexts import compile_contexts, contexts_of, with_contexts, words_of_rules

RULES = load_contexts()
HEAD = "context\tplace\twords\tnot\tacts\tparties\tunless\texample\tnear_miss\n"


def article(text: str) -> Article:
    return Article("x", text, (Part("body", Span(0, len(text))),), date(2024, 9, 13), "given")


def found(text: str, kit: Kit, *rules: ContextRule) -> tuple[tuple[str, ...], ...]:
    """The contexts of the records of a text, by the rules of the kit or by others."""
    whole = article(text)
    records = read(whole, kit).records
    if rules:
        plain = [replace(record, contexts=()) for record in records]
        records = with_contexts(text, plain, kit.language.sentences(whole), compile_contexts(rules, fold))
    return tuple(record.contexts for record in records)


def holds(text: str, rule: ContextRule, kit: Kit) -> bool:
    """Whether a rule gives its context to a sentence: by its words alone, or to a record of it."""
    if rule.acts or rule.parties:
        return any(rule.context in contexts for contexts in found(f"{text}.", kit, rule))
    rules = compile_contexts([rule], fold)
    return any(words_of_rules(sentence, rules) for sentence in kit.language.sentences(article(f"{text}.")))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.context}-{rule.at.rpartition(':')[2]}")
def test_a_rule_takes_its_example_and_not_its_near_miss(rule: ContextRule, kit: Kit) -> None:
    assert rule.example
    assert rule.near_miss
    assert holds(rule.example, rule, kit)
    assert not holds(rule.near_miss, rule, kit)


def test_every_context_has_words_enough() -> None:
    words: Counter[str] = Counter()
    for rule in RULES:
        words[rule.context] += len(rule.words)
    assert set(words) == set(CONTEXTS)
    assert len(CONTEXTS) == 37
    assert min(words.values()) >= 8
    assert words.total() >= 500


def test_every_word_of_the_table_is_found_where_it_stands(kit: Kit) -> None:
    lost = []
    for rule in RULES:
        for word in rule.words:
            rules = compile_contexts([replace(rule, words=(word,), never=())], fold)
            sentences = kit.language.sentences(article(f"تحدث الوفد عن {word} أمس."))
            if not any(words_of_rules(sentence, rules) for sentence in sentences):
                lost.append((rule.context, word))
    assert lost == []


def test_clitics_and_the_article_hide_no_word(kit: Kit) -> None:
    rule = ContextRule("disasters", "sentence", ("زلزال",), (), (), (), (), "", "")
    assert all(
        holds(f"تحدث الوفد {word} أمس", rule, kit) for word in ("عن زلزال", "وبالزلزال", "للزلزال", "عن زلزالها")
    )
    definite = replace(rule, words=("الزلزال",))
    assert not holds("تحدث الوفد عن زلزال أمس", definite, kit)


def test_several_contexts_in_the_order_of_plover(kit: Kit) -> None:
    text = "طالب وزير الصحة اليمني الحوثيين بإدخال اللقاحات والمواد الغذائية إلى مخيم النازحين."
    assert found(text, kit)[0] == ("human_security", "health", "asylum")


def test_a_reason_quotes_the_words_of_the_text(kit: Kit) -> None:
    text = "رفضت المعارضة تأجيل الاِنتخابات الرئاسية."
    (record,) = read(article(text), kit).records
    assert record.contexts == ("election",)
    assert "context election: «الاِنتخابات»" in record.reasons
    assert "context election: «الاِنتخابات»" in explain(article(text), kit).replace("\u2068", "").replace("\u2069", "")


def test_a_reason_quotes_the_longest_words_that_stand_there(kit: Kit) -> None:
    """Whatever order a process keeps its sets in."""
    rules = compile_contexts([r for r in RULES if r.context == "human_security"], fold)
    for text in ("منعت الجماعة دخول المساعدات الإنسانية إلى الميناء.", "وصلت المساعدات الإنسانية."):
        (sentence,) = kit.language.sentences(article(text))
        longest = [max(spans, key=lambda s: s.end - s.start) for spans in words_of_rules(sentence, rules).values()]
        assert [spans[0] for spans in words_of_rules(sentence, rules).values()] == longest
        assert "المساعدات الإنسانية" in {span.of(text) for span in longest}


RECORD = Record(
    id="x:1",
    event="COERCE",
    mode="arrest",
    trigger=Words("اعتقل", Span(0, 5)),
    actor=(Entity(Words("الشرطة", Span(6, 12)), "الشرطة", "EGY", "COP"),),
    recipient=(Entity(Words("تجار", Span(13, 17)), "تجار", "EGY", "BUS;CVL", id="traders"),),
    sentence=Span(0, 20),
    frame=FrameRef("COERCE/اعتقل", "ar/events/coerce.yml", 1),
)


@pytest.mark.parametrize(
    ("parties", "given"),
    [
        ("COP", True), ("actor:COP", True), ("recipient:COP", False), ("actor:COP+recipient:CVL", True),
        ("actor:COP+recipient:OPP;recipient:BUS", True), ("traders", True), ("EGY", True), ("home", True),
        ("abroad", False), ("actor:COP+abroad", False),
    ],
)  # fmt: skip
def test_conditions_on_the_parties(parties: str, given: bool) -> None:
    ways = tuple(tuple(way.split("+")) for way in parties.split(";"))
    rule = ContextRule("repression", "sentence", (), (), (("COERCE", ""),), ways, (), "", "")
    assert list(contexts_of("", RECORD, {}, compile_contexts([rule], fold))) == (["repression"] if given else [])


def test_an_act_needs_its_mode_where_one_is_given() -> None:
    rule = ContextRule("repression", "sentence", (), (), (("COERCE", "censor"),), (), (), "", "")
    assert contexts_of("", RECORD, {}, compile_contexts([rule], fold)) == {}
    rules = compile_contexts([replace(rule, acts=(("COERCE", "censor"), ("COERCE", "arrest")))], fold)
    assert contexts_of("", RECORD, {}, rules) == {"repression": "COERCE/arrest"}


def test_a_narrower_context_takes_the_place_of_crime(kit: Kit) -> None:
    assert found("أدانت المحكمة الوزير بجريمة اختلاس أموال عامة.", kit)[0] == ("legal", "corruption")
    assert "crime" in found("أدانت المحكمة الرجل بجريمة سطو.", kit)[0]


def test_words_of_the_issue_alone(kit: Kit) -> None:
    rule = ContextRule("health", "issue", ("مستشفيات",), (), (), (), (), "", "")
    assert found("طالبت الحكومة بحماية المستشفيات.", kit, rule) == (("health",),)
    assert found("من أمام المستشفيات طالبت الحكومة بوقف القتال.", kit, rule) == ((),)


def test_a_users_folder_adds_rules(tmp_path: Path) -> None:
    (tmp_path / "cues").mkdir()
    table = tmp_path / "cues" / "contexts.tsv"
    table.write_text(HEAD + "environment\tsentence\tمرجان\t\t\t\t\tحماية المرجان\t\n", "utf-8")
    assert load_contexts(tmp_path)[:-1] == RULES
    assert load_contexts(tmp_path)[-1].words == ("مرجان",)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("weather\tsentence\tمطر\t\t\t\t\t\t", "'weather' is no context of PLOVER"),
        ("health\tclause\tدواء\t\t\t\t\t\t", "place 'clause': sentence or issue"),
        ("health\tsentence\t\t\t\t\t\t\t", "every record would have the context"),
        ("health\tsentence\t\t\tAID/visit\t\t\t\t", "acts 'AID/visit': a type"),
        ("health\tsentence\t\t\t\tgiver:MED\t\t\t", "parties 'giver:MED'"),
        ("crime\tsentence\tسطو\t\t\t\ttheft\t\t", "'theft' is no context"),
    ],
)
def test_a_row_that_is_not_of_the_form_is_told(row: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "cues").mkdir()
    (tmp_path / "cues" / "contexts.tsv").write_text(HEAD + row + "\n", "utf-8")
    with pytest.raises(PackError) as error:
        load_contexts(tmp_path)
    assert said in str(error.value)
    assert error.value.line == 2
