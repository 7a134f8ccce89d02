"""An event among the others of its article: what is measured, and what the judge makes of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from rasid.events.company import NAMES, Proposal, measures
from rasid.events.find import find
from rasid.events.judge import Judge
from rasid.ingest import PageLayout
from rasid.packs.trees import Fork, Trees
from rasid.pipeline.kit import Kit

from ..conftest import article_of

ONE = Proposal("CONSULT", "verb", "actual", "CONSULT/التقى", 0, 3, 20, (2, 2), (0, 9), True, False, True, True, False)
#: A judge that holds every event for likely by itself.
SURE = Judge({"none": 1.0}, 2.0, 0.5, 0.5)


def test_every_measure_has_a_name() -> None:
    assert [len(row) for row in measures([ONE, replace(ONE, sentence=1)], [0.5, 0.5])] == [len(NAMES)] * 2


def test_an_event_alone_has_no_neighbours() -> None:
    (row,) = measures([ONE], [0.5])
    told = dict(zip(NAMES, row, strict=True))
    assert told["others"] == 0 and told["before chance"] == told["after chance"] == told["best of its type"] == -1


def test_neighbours_of_a_sentence_are_told_in_the_order_of_the_text() -> None:
    row = [replace(ONE, trigger=(n, n)) for n in (2, 5, 9)]
    found = [dict(zip(NAMES, one, strict=True)) for one in measures(row, [0.2, 0.4, 0.9])]
    assert [f["before chance"] for f in found] == [-1, 0.2, 0.4]
    assert [f["after chance"] for f in found] == [0.4, 0.9, -1]
    assert [f["likelier others"] for f in found] == [2, 1, 0]
    assert all(a["after gap"] == b["before gap"] for a, b in pairwise(found))


def test_one_act_told_by_two_words_can_be_counted_once(kit: Kit, layout: PageLayout) -> None:
    text = "أدان الاتحاد الأوروبي الهجوم، وندد الاتحاد الأوروبي بقصف المدينة."
    sentences = kit.language.sentences(article_of(text, layout))
    likelier = NAMES.index("likelier of its type")
    others = NAMES.index("best of its type")
    once = Trees(NAMES, 2.0, (Fork(others, 0.0, 0.0, 0.0, Fork(likelier, 0.0, 0.0, 0.0, -9.0)),))
    both = find(sentences, kit.frames, kit.roles, SURE)
    assert sum(e.event == "ACCUSE" for e in both.events) == 2
    weights = {"frame=ACCUSE/أدان": 1.0}
    one = find(sentences, kit.frames, kit.roles, Judge(weights, 2.0, 0.5, 0.5, company=once), explained=True)
    assert sum(e.event == "ACCUSE" for e in one.events) == 1
    assert any("judged no event" in why for _, _, why in one.rejected)


def test_the_other_acts_are_a_reason_of_certainty(kit: Kit, layout: PageLayout) -> None:
    text = "التقى وزير الخارجية المصري نظيره القطري في القاهرة."
    sentences = kit.language.sentences(article_of(text, layout))
    judge = Judge({"inner=False|verb": 0.5}, 2.0, 0.5, 0.5, company=Trees(NAMES, 4.0, ()))
    (event,) = find(sentences, kit.frames, kit.roles, judge).events
    assert any("the other acts of the article" in reason for reason in event.reasons)
