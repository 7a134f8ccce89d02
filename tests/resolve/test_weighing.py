"""What the resolver's models may and may not do: parties, places, countries and statuses of whole articles."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest

from rasid.ingest import PageLayout
from rasid.ingest.parts import divide
from rasid.model import Article, Entity, FrameRef, Record, Span, When, Words
from rasid.model.event import Event
from rasid.packs.linear import Linear
from rasid.packs.trees import Fork, Trees
from rasid.pipeline.article import read
from rasid.pipeline.kit import Kit
from rasid.resolve import rivals
from rasid.resolve.homes import fuller_names
from rasid.resolve.parties import Option
from rasid.resolve.standing import age
from rasid.resolve.weighing import PROPOSED, Rivals


def records(text: str, kit: Kit, layout: PageLayout, published: date | None = date(2024, 5, 20)) -> tuple[Record, ...]:
    article = Article("x", text, divide(text, layout).parts, published, "given" if published else None)
    return read(article, kit).records


def test_without_models_what_the_frames_propose_stands(kit: Kit, layout: PageLayout) -> None:
    text = "استقبل وزير الخارجية المصري نظيره القطري في القاهرة."
    plain = replace(kit, weighing=PROPOSED)
    found = records(text, plain, layout)
    assert [r.event for r in found] == ["CONSULT"]
    assert all("weighed" not in reason for r in found for reason in r.reasons)


def test_a_change_by_a_model_is_told_in_the_reasons(kit: Kit, layout: PageLayout) -> None:
    everybody = Linear(("actor", "recipient", "none"), {"bias": (0.0, 9.0, 0.0)})
    weighing = replace(PROPOSED, party=everybody)
    found = records("استقبل وزير الخارجية المصري نظيره القطري في القاهرة.", replace(kit, weighing=weighing), layout)
    assert found[0].actor == ()
    assert any("weighed as recipient" in reason for reason in found[0].reasons)


def test_nobody_is_a_party_twice_in_other_words(kit: Kit, layout: PageLayout) -> None:
    everybody = Linear(("actor", "recipient", "none"), {"bias": (0.0, 9.0, 0.0)})
    weighing = replace(PROPOSED, party=everybody)
    text = "قتل مسلحون قائدا ميدانيا للمتمردين في صعدة."
    for record in records(text, replace(kit, weighing=weighing), layout):
        spans = sorted((e.words.span.start, e.words.span.end) for e in record.recipient)
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))


def test_the_speaker_who_judges_is_the_one_who_acts(kit: Kit, layout: PageLayout) -> None:
    text = "قال وزير الخارجية الأردني إن بناء المستوطنات يشكل انتهاكا صارخا للقانون الدولي."
    accused = [r for r in records(text, kit, layout) if r.event == "ACCUSE"]
    assert accused and accused[0].actor[0].country == "JOR"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("عقد وزيرا خارجية مصر وتركيا اجتماعا في أنقرة.", "أنقرة"),
        ("نفذ مجهولون هجوما بسيارة مفخخة في مدينة الموصل شمال العراق.", "الموصل"),
        ("دعا وزير الخارجية الفرنسي إسرائيل إلى وقف الاستيطان.", None),
    ],
)
def test_the_place_is_where_the_act_was_and_not_a_party(
    text: str, place: str | None, kit: Kit, layout: PageLayout
) -> None:
    where = records(text, kit, layout)[0].place
    assert (where.words.text if where is not None else None) == place


def test_an_act_of_years_ago_is_historical(kit: Kit, layout: PageLayout) -> None:
    found = records("وكانت إسرائيل قد قصفت مفاعلا نوويا سوريا عام 2007.", kit, layout)
    assert [r.status for r in found if r.event == "ASSAULT"] == ["historical"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2024-05-19", "now"), ("2024-05-21", "now"), ("2024-04", "past"), ("2019", "old"), ("2024-06-01", "future")],
)
def test_age_of_an_act_against_the_day_of_the_article(value: str, expected: str) -> None:
    when = When(value, Words("x", Span(0, 1)), "day")
    assert age(when, date(2024, 5, 20)) == expected


def test_age_is_not_guessed() -> None:
    assert age(None, date(2024, 5, 20)) == "none"
    assert age(When("2024", Words("x", Span(0, 1)), "year"), None) == "none"


def test_a_linear_model_weighs_known_features_only() -> None:
    model = Linear(("yes", "no"), {"a": (1.0, 0.0)}, {"yes": 0.9})
    assert model.best(["a", "never seen"]) == "yes"
    assert model.probabilities([]) == {"yes": 0.5, "no": 0.5}


def test_two_called_by_a_dual_leave_out_who_acts_towards_them(kit: Kit, layout: PageLayout) -> None:
    text = "واصل الجيش السوداني وقوات الدعم السريع القتال.\n\nودعا الاتحاد الأفريقي الطرفين إلى وقف القتال."
    found = records(text, replace(kit, weighing=PROPOSED), layout)
    (asked,) = (r for r in found if r.event == "REQUEST")
    assert [e.id for e in asked.actor] == ["au"]
    assert {e.id for e in asked.recipient} == {"saf", "rsf"}


def test_a_short_name_in_a_headline_is_offered_the_country_of_its_fuller_name(kit: Kit, layout: PageLayout) -> None:
    text = (
        "الجيش يرفض الهدنة القطرية\n\nرفض الجيش السوداني الجمعة هدنة عرضتها قطر، وقال الجيش السوداني إنه يواصل القتال."
    )
    article = Article("x", text, divide(text, layout).parts, date(2024, 5, 20), "given")
    assert fuller_names(kit.language.sentences(article))["جيش"] == "SDN"
    first = records(text, kit, layout)[0]
    assert [e.country for e in first.actor] == ["SDN"]


EVERYBODY = Linear(("actor", "recipient", "none"), {"bias": (0.0, 2.0, 0.0)})


def forest(*parts: Fork | float) -> Rivals:
    """Trees of which each part has one."""
    return Rivals(tuple(Trees(rivals.NAMES, 0.0, (part,)) for part in parts), (1.0, 1.0, 1.0))


def test_who_has_a_likelier_rival_can_be_left_out(kit: Kit, layout: PageLayout) -> None:
    text = "استقبل وزير الخارجية المصري نظيره القطري في القاهرة."
    likelier = rivals.NAMES.index("likelier recipients")
    beaten = forest(0.0, Fork(likelier, 0.0, 0.0, 5.0, -5.0), 0.0)
    weighing = replace(PROPOSED, party=EVERYBODY, rivals=beaten)
    (found,) = records(text, replace(kit, weighing=weighing), layout)
    assert found.recipient and not found.actor


def test_what_was_told_before_is_measured(kit: Kit, layout: PageLayout) -> None:
    text = "قصف الجيش السوداني مدينة نيالا.\n\nوقصف الجيش السوداني مدينة الفاشر."
    again = rivals.NAMES.index("told as actor")
    only_again = forest(Fork(again, 0.5, 0.0, -5.0, 5.0), -9.0, 0.0)
    weighing = replace(PROPOSED, party=EVERYBODY, rivals=only_again)
    first, second = records(text, replace(kit, weighing=weighing), layout)
    assert not first.actor
    assert not second.actor  # the first one was told without him


def test_every_measure_of_rivals_has_a_name() -> None:
    event = Event(0, "CONSULT", None, (1, 1), 1, FrameRef("CONSULT/x", "x.yml", 1))
    x, y = (Entity(Words(name, Span(n, n + 1)), name) for n, name in enumerate("xy"))
    options = [Option(x), Option(y, "actor", first=2, last=2)]
    rows = rivals.measures(options, [(0.2, 0.3, 0.5), (0.7, 0.2, 0.1)], event, rivals.NOTHING_TOLD, range(2))
    assert [len(row) for row in rows] == [len(rivals.NAMES)] * 2


def test_a_model_of_sources_decides_who_is_one(kit: Kit, layout: PageLayout) -> None:
    text = "ذكرت فرانس برس أن الجيش السوداني قصف قرية في كردفان."
    nobody = Linear(("source", "other"), {"bias": (0.0, 9.0)})
    (found,) = records(text, replace(kit, weighing=replace(PROPOSED, source=nobody)), layout)
    assert found.source == ()
    everybody = Linear(("source", "other"), {"bias": (9.0, 0.0)})
    (found,) = records(text, replace(kit, weighing=replace(PROPOSED, source=everybody)), layout)
    assert [s.name for s in found.source] == ["فرانس برس"]
