"""Dossiers of hand-made facts: every value is known beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rasid.apps.dossier.gather import load_tools
from rasid.dossier import Dossier, Position, build
from rasid.model.fact import Fact, Proof, Side, Voice
from rasid.packs.stories import Story, StoryParty

ISR = Side("إسرائيل", "ISR", "ISR", ("GOV",))
ARMY = Side("الجيش الإسرائيلي", "idf", "ISR", ("MIL",))
HAMAS = Side("حركة حماس", "hamas", "PSE", ("PTY", "REB"))
HANIYEH = Side("إسماعيل هنية", "haniyeh-ismail", "PSE", ("PTY", "REB"))
QAT = Side("قطر", "QAT", "QAT", ("GOV",))
CIVILIANS = Side("مدنيين", None, "PSE", ("CVL",))
TRUCE = "الهدنة"


def fact(key: int, event: str, day: int | None = 1, **more: Any) -> Fact:
    when = date(2024, 5, day) if day else None
    given: dict[str, Any] = {
        "article": f"a{key}", "number": 1, "outlet": f"o{key}", "published": when, "first_day": when,
        "last_day": when, "precision": "day" if day else None, **more,
    }  # fmt: skip
    return Fact(key=key, event=event, **given)


def dossier(
    *facts: Fact, proofs: Mapping[int, str] | None = None, before: Mapping[int, str] | None = None, **story: Any
) -> Dossier:
    """A dossier; `proofs` are what follows the trigger in the sentence of a fact, `before` what stands before it."""

    def fetch(keys: Iterable[int]) -> dict[int, Proof]:
        texts, heads = proofs or {}, before or {}
        return {
            key: Proof(
                key, f"a{key}", f"{heads.get(key, '')}قال {texts.get(key, '')}", len(heads.get(key, "")),
                len(heads.get(key, "")) + 3,
            )
            for key in keys
        }  # fmt: skip

    story["parties"] = tuple(StoryParty(id) if isinstance(id, str) else id for id in story.get("parties", ()))
    tools, wanted = load_tools(Story(**story))
    return build(facts, wanted, tools, fetch)


def cell(made: Dossier, party: str, issue: str = "ceasefire") -> Position:
    return next(p for p in made.positions if (p.party, p.issue) == (party, issue))


# ---------------------------------------------------------------- parties and acts


def test_people_and_armies_act_for_their_party() -> None:
    made = dossier(fact(1, "ASSAULT", actors=(ARMY,), recipients=(CIVILIANS,)), fact(2, "CONSULT", actors=(HANIYEH,)))
    assert [act.parties for act in made.acts] == [("ISR", "PSE people"), ("hamas",)]


def test_somebody_without_an_id_is_the_body_that_his_name_names() -> None:
    made = dossier(fact(1, "CONSULT", actors=(Side("وفد حركة حماس", None, "PSE", ("REB",)), Side("وسيط مجهول"))))
    assert made.acts[0].actors == ("hamas", "«وسيط مجهول»")


def test_an_act_told_twice_in_an_article_is_one_and_in_two_articles_two() -> None:
    first = fact(1, "REJECT", actors=(ISR,), issue=TRUCE)
    again = fact(2, "REJECT", article="a1", number=2, same_as=1)
    elsewhere = fact(3, "REJECT", actors=(ISR,), issue=TRUCE)
    made = dossier(first, again, elsewhere)
    assert [act.keys for act in made.acts] == [(1, 2), (3,)]


def test_joined_records_are_one_event() -> None:
    made = dossier(fact(1, "REJECT", actors=(ISR,), group=7), fact(2, "REJECT", actors=(ISR,), group=7))
    assert [act.outlets for act in made.acts] == [("o1", "o2")]


def test_a_story_takes_two_of_its_parties_or_one_on_its_issue() -> None:
    facts = (
        fact(1, "ASSAULT", actors=(ISR,), recipients=(HAMAS,)),
        fact(2, "REJECT", actors=(ISR,), issue=TRUCE),
        fact(3, "REJECT", actors=(ISR,), issue="تجارة"),
        fact(4, "REQUEST", actors=(QAT,), issue=TRUCE),
    )
    made = dossier(*facts, parties=["ISR", "hamas"], issues=("ceasefire",))
    assert sorted(act.fact.key for act in made.acts) == [1, 2]


def test_a_party_that_is_not_to_be_alone_needs_another() -> None:
    facts = (
        fact(1, "REJECT", actors=(QAT,), issue=TRUCE),
        fact(2, "REJECT", actors=(ISR,), issue=TRUCE),
        fact(3, "CONSULT", actors=(ISR, QAT)),
    )
    parties = [StoryParty("ISR"), StoryParty("QAT", alone=False)]
    assert {act.fact.key for act in dossier(*facts, parties=parties, issues=("ceasefire",)).acts} == {2, 3}
    assert {act.fact.key for act in dossier(*facts, parties=parties).acts} == {2, 3}


def test_a_month_is_no_day_of_the_timeline() -> None:
    month = fact(1, "CONSULT", actors=(ISR, QAT), precision="month")
    made = dossier(month, fact(2, "CONSULT", day=3, actors=(ISR, QAT)))
    assert [day for day, _ in made.timeline] == [date(2024, 5, 3)]
    assert [act.fact.key for act in made.undated] == [1]


def test_a_long_stretch_is_no_day_and_leaves_that_of_another_record() -> None:
    month: dict[str, Any] = {"first_day": date(2024, 5, 1), "last_day": date(2024, 5, 29), "precision": "range"}
    alone = fact(1, "REQUEST", actors=(ISR,), **month)
    stretch = fact(2, "CONSULT", actors=(ISR, QAT), group=5, **month)
    told = fact(3, "CONSULT", 20, actors=(ISR, QAT), group=5, precision="published")
    made = dossier(alone, stretch, told)
    assert [(day, [act.keys for act in acts]) for day, acts in made.timeline] == [(date(2024, 5, 20), [(2, 3)])]
    assert [act.keys for act in made.undated] == [(1,)]


def test_words_are_not_said_after_they_were_published() -> None:
    refused = fact(1, "REJECT", 12, actors=(ISR,), issue="محادثات", published=date(2024, 5, 2))
    agreed = fact(2, "AGREE", 12, actors=(ISR, QAT), published=date(2024, 5, 2))
    days = [(act.fact.key, act.day, act.by_publication) for act in dossier(refused, agreed).acts]
    assert days == [(1, date(2024, 5, 2), True), (2, date(2024, 5, 12), False)]


def test_the_day_of_publication_is_not_that_of_what_is_told_as_past() -> None:
    past = fact(1, "CONSULT", actors=(ISR, QAT), precision="published", status="historical")
    dated = fact(2, "CONSULT", 3, actors=(ISR, QAT), status="historical")
    made = dossier(past, dated)
    assert [day for day, _ in made.timeline] == [date(2024, 5, 3)]
    assert [act.keys for act in made.undated] == [(1,)]


# ---------------------------------------------------------------- positions


def test_a_position_is_the_last_stance_and_since_when_it_holds() -> None:
    made = dossier(
        fact(1, "REJECT", 1, actors=(HAMAS,), issue=TRUCE),
        fact(2, "AGREE", 5, actors=(HAMAS,), issue=TRUCE),
        fact(3, "AGREE", 9, actors=(HANIYEH,), issue=TRUCE),
    )
    found = cell(made, "hamas")
    assert (found.current, found.since, found.changed) == ("accepts", date(2024, 5, 5), True)
    assert [said.stance for said in found.history] == ["refuses", "accepts", "accepts"]
    assert found.outlets == ("o2", "o3")
    assert found.latest.keys == (3,)


@pytest.mark.parametrize(
    ("event", "more", "stance"),
    [
        ("AGREE", {}, "accepts"),
        ("AGREE", {"frame": "AGREE/عرض"}, "offers"),
        ("AGREE", {"frame": "CONSULT/زار"}, None),
        ("SUPPORT", {}, "accepts"),
        ("CONCEDE", {}, "offers"),
        ("REQUEST", {}, "demands"),
        ("REJECT", {}, "refuses"),
        ("THREATEN", {}, "threatens"),
        ("AGREE", {"status": "negated"}, "refuses"),
        ("REJECT", {"status": "negated"}, None),
        ("REQUEST", {"status": "hypothetical"}, None),
        ("REJECT", {"frame": "REJECT/نفى"}, None),
        ("AGREE", {"frame": "AGREE/قدم"}, "offers"),
        ("THREATEN", {"frame": "THREATEN/حذر"}, None),
        ("ACCUSE", {}, None),
    ],
)
def test_acts_are_stances(event: str, more: dict[str, Any], stance: str | None) -> None:
    made = dossier(fact(1, event, actors=(HAMAS,), issue=TRUCE, **more))
    assert [p.current for p in made.positions] == ([stance] if stance else [])


def test_two_who_do_not_agree_refuse_nothing() -> None:
    assert dossier(fact(1, "AGREE", actors=(HAMAS, ISR), issue=TRUCE, status="negated")).positions == ()


def test_what_a_condition_asks_is_a_demand() -> None:
    agreed = fact(1, "AGREE", actors=(HAMAS,), issue="الهدنة بشرط انسحاب الجيش")
    made = dossier(agreed, proofs={1: "على الهدنة بشرط انسحاب الجيش"})
    assert cell(made, "hamas").current == "accepts with conditions"
    assert cell(made, "hamas", "withdrawal").current == "demands"


def test_what_is_asked_before_a_yes_is_a_demand() -> None:
    refused = fact(1, "REJECT", actors=(HAMAS,), issue="الهدنة قبل انسحاب الجيش")
    made = dossier(refused, proofs={1: "الهدنة قبل انسحاب الجيش"})
    assert cell(made, "hamas").current == "refuses"
    assert cell(made, "hamas", "withdrawal").current == "demands"


def test_an_act_that_is_only_thought_of_is_no_stance() -> None:
    agreed = fact(1, "AGREE", actors=(HAMAS,), issue=TRUCE)
    assert dossier(agreed, before={1: "لن يعود الوفد إلا بعد "}).positions == ()
    assert cell(dossier(agreed, before={1: "عاد الوفد بعد "}), "hamas").current == "accepts"


def test_who_is_of_a_state_only_by_the_run_of_the_text_decides_no_cell() -> None:
    paper = Side("صحيفة الصباح", None, "ISR")
    made = dossier(fact(1, "AGREE", actors=(ISR,), issue=TRUCE), fact(2, "REJECT", 3, actors=(paper,), issue=TRUCE))
    assert cell(made, "ISR").current == "accepts"
    assert [said.sure for said in cell(made, "ISR").history] == [True, False]


def test_a_speaker_among_the_actors_speaks_for_his_own_party() -> None:
    said = fact(1, "THREATEN", actors=(ISR, HANIYEH), issue=TRUCE, voices=(Voice(HANIYEH.name),))
    made = dossier(said)
    assert cell(made, "hamas").current == "threatens"
    assert cell(made, "ISR").current is None


def test_a_joined_record_lends_another_one_no_party() -> None:
    nameless = fact(1, "REQUEST", issue=TRUCE, article="a1", number=1, group=4)
    joined = fact(2, "REQUEST", actors=(HAMAS,), article="a1", number=2, group=4)
    assert dossier(nameless, joined).positions == ()
    linked = replace(joined, same_as=1)
    assert cell(dossier(nameless, linked), "hamas").current == "demands"


def test_what_others_say_of_a_party_is_not_its_position() -> None:
    made = dossier(
        fact(1, "REJECT", actors=(HAMAS,), issue=TRUCE, voices=(Voice("وزير الخارجية الإسرائيلي"),)),
        fact(2, "AGREE", actors=(QAT,), issue=TRUCE, voices=(Voice("وزير الخارجية القطري"),)),
        fact(3, "AGREE", actors=(ISR,), issue=TRUCE, voices=(Voice("مصدر مطلع", anonymous=True),)),
    )
    assert cell(made, "hamas").current is None
    assert cell(made, "hamas").history[0].speakers == ("وزير الخارجية الإسرائيلي",)
    assert cell(made, "QAT").current == "accepts"
    assert cell(made, "ISR").current is None
    assert cell(made, "ISR").history[0].anonymous


def test_the_speaker_of_a_movement_speaks_for_it_and_not_for_its_country() -> None:
    said = fact(1, "REJECT", actors=(HAMAS,), issue=TRUCE, voices=(Voice("المتحدث باسم حركة حماس الفلسطينية"),))
    assert cell(dossier(said), "hamas").current == "refuses"


# ---------------------------------------------------------------- meetings, curves, roles


def test_meetings_count_pairs_days_and_who_carried_them() -> None:
    made = dossier(
        fact(1, "CONSULT", 1, actors=(ISR,), recipients=(QAT,)),
        fact(2, "CONSULT", 4, actors=(QAT, ISR)),
        fact(3, "CONSULT", 6, actors=(QAT,), recipients=(ISR, HAMAS), mode="third-party"),
        fact(4, "CONSULT", 7, actors=(ISR, HAMAS), status="planned"),
    )
    found = {row.pair: row for row in made.meetings}
    assert found.keys() == {("ISR", "QAT"), ("ISR", "hamas")}
    assert (found["ISR", "QAT"].times, found["ISR", "QAT"].last) == (2, date(2024, 5, 4))
    assert (found["ISR", "hamas"].mediated, found["ISR", "hamas"].carriers) == (1, ("QAT",))


def test_talks_of_two_at_war_are_carried_by_those_who_carry_others() -> None:
    fights = [fact(n, "ASSAULT", n, actors=(ISR,), recipients=(HAMAS,)) for n in (1, 2)]
    told = fact(3, "CONSULT", 6, actors=(QAT,), recipients=(ISR, HAMAS), mode="third-party")
    bare = fact(4, "CONSULT", 7, actors=(ISR, HAMAS))
    call = fact(5, "CONSULT", 8, actors=(ISR,), recipients=(HAMAS,), mode="phone")
    (row,) = (row for row in dossier(*fights, told, bare, call).meetings if row.pair == ("ISR", "hamas"))
    assert (row.times, row.mediated, row.carriers) == (3, 2, ("QAT",))
    peaceful = {row.pair: row for row in dossier(told, bare, call).meetings}["ISR", "hamas"]
    assert peaceful.mediated == 1


def test_those_whom_one_visits_did_not_meet_each_other() -> None:
    made = dossier(fact(1, "CONSULT", actors=(QAT,), recipients=(ISR, HAMAS), mode="visit"))
    assert {row.pair for row in made.meetings} == {("ISR", "QAT"), ("QAT", "hamas")}


def test_the_curve_has_plover_scores_by_week() -> None:
    made = dossier(
        fact(1, "CONSULT", 6, actors=(ISR, QAT)),  # 2.5
        fact(2, "AGREE", 8, actors=(ISR,), recipients=(QAT,)),  # 2.5
        fact(3, "REJECT", 13, actors=(QAT,), recipients=(ISR,)),  # -2
        fact(4, "REJECT", 14, actors=(QAT,), recipients=(ISR,), status="negated"),
    )
    assert [(w.monday.day, w.acts, w.sum, w.mean) for w in made.curve] == [(6, 2, 5.0, 2.5), (13, 1, -2.0, -2.0)]


def test_quiet_weeks_are_on_the_axis_of_talks_and_violence() -> None:
    made = dossier(
        fact(1, "ASSAULT", 1, actors=(ISR,), recipients=(HAMAS,), dead=4), fact(2, "CONSULT", 20, actors=(ISR, QAT))
    )
    assert [(w.talks, w.violence, w.dead) for w in made.weeks] == [(0, 1, 4), (0, 0, 0), (0, 0, 0), (1, 0, 0)]


def test_a_meeting_that_is_told_before_its_day_alone_is_to_come() -> None:
    early = fact(1, "CONSULT", 12, actors=(ISR, QAT), published=date(2024, 5, 2))
    assert [(act.to_come, act.happened) for act in dossier(early).acts] == [(True, False)]
    assert dossier(early).meetings == ()
    held = fact(2, "CONSULT", 12, actors=(ISR, QAT), published=date(2024, 5, 13))
    assert [row.times for row in dossier(early, held).meetings] == [1]
    both = dossier(replace(early, group=3), replace(held, group=3))
    assert [(row.times, row.last) for row in both.meetings] == [(1, date(2024, 5, 12))]


def test_force_makes_sides_where_two_use_it() -> None:
    wrong = [fact(n, "ASSAULT", actors=(CIVILIANS,), recipients=(QAT,)) for n in (1, 2)]
    talks = [fact(n, "CONSULT", actors=(ISR, QAT)) for n in range(3, 20)]
    blame = [fact(n, "ACCUSE", actors=(ISR,), recipients=(HAMAS,)) for n in range(20, 40)]
    roles = {role.party: role.roles for role in dossier(*wrong, *talks, *blame).roles}
    assert "side" in roles["ISR"]
    assert "side" in roles["hamas"]


def test_who_fights_as_much_as_a_side_is_one_though_he_does_much_else() -> None:
    fights = [fact(n, "ASSAULT", actors=(ISR,), recipients=(HAMAS,)) for n in range(1, 5)]
    talks = [fact(n, "CONSULT", actors=(ISR, QAT)) for n in range(5, 25)]
    roles = {role.party: role.roles for role in dossier(*fights, *talks).roles}
    assert roles["ISR"][0] == roles["hamas"][0] == "side"
    assert "side" not in roles["QAT"]


USA = Side("الولايات المتحدة", "USA", "USA", ("GOV",))


def test_an_ally_who_also_refuses_is_no_side_and_two_at_odds_are_though_they_talk() -> None:
    fights = [fact(n, "ASSAULT", actors=(ISR,), recipients=(HAMAS,)) for n in range(1, 9)]
    helps = [fact(n, "SUPPORT", actors=(USA,), recipients=(ISR,)) for n in range(10, 40)]
    blames = [fact(n, "ACCUSE", actors=(USA,), recipients=(ISR,)) for n in range(40, 52)]
    carried = [fact(n, "CONSULT", actors=(USA,), recipients=(ISR, HAMAS), mode="third-party") for n in (60, 61)]
    found = {role.party: role.roles[0] for role in dossier(*fights, *helps, *blames, *carried).roles}
    assert found == {"ISR": "side", "hamas": "side", "USA": "mediator"}
    blames = [fact(n, "ACCUSE", actors=(USA,), recipients=(ISR,)) for n in range(1, 5)]
    threat = fact(5, "THREATEN", actors=(ISR,), recipients=(USA,))
    talks = [fact(n, "CONSULT", actors=(ISR, USA)) for n in range(6, 40)]
    envoy = [fact(n, "CONSULT", actors=(QAT,), recipients=(party,)) for n, party in ((50, ISR), (51, USA))]
    carried = [fact(60, "CONSULT", actors=(QAT,), recipients=(ISR, USA), mode="third-party")]
    found = {role.party: role.roles[0] for role in dossier(*blames, threat, *talks, *envoy, *carried).roles}
    assert found == {"ISR": "side", "USA": "side", "QAT": "mediator"}


def test_who_shelters_a_meeting_of_two_sides_is_host_and_no_mediator() -> None:
    threats = [fact(n, "THREATEN", actors=(ISR,), recipients=(USA,)) for n in (1, 2)]
    summits = [fact(n, "CONSULT", actors=(ISR, USA, QAT), place_country="QAT") for n in (3, 4)]
    found = {role.party: role.roles for role in dossier(*threats, *summits).roles}
    assert found == {"ISR": ("side",), "USA": ("side",), "QAT": ("host",)}


def test_a_party_that_fights_a_side_is_one_beside_a_larger_one() -> None:
    war = [fact(n, "ASSAULT", actors=(ISR,), recipients=(HAMAS,)) for n in range(1, 60)]
    beside = [fact(n, "ASSAULT", actors=(USA,), recipients=(HAMAS,)) for n in range(60, 63)]
    hurt = [fact(n, "ASSAULT", actors=(ISR,), recipients=(CIVILIANS,)) for n in range(70, 73)]
    found = {role.party: role.roles for role in dossier(*war, *beside, *hurt).roles}
    assert (found["USA"], found["PSE people"]) == (("side",), ())


def test_who_is_told_to_be_no_side_makes_nobody_one() -> None:
    facts = (
        *(fact(n, "ASSAULT", actors=(USA,), recipients=(ISR,)) for n in range(1, 9)),
        *(fact(n, "ASSAULT", actors=(ISR,), recipients=(HAMAS,)) for n in (10, 11)),
    )
    parties = [StoryParty("ISR"), StoryParty("hamas"), StoryParty("USA", "mediator")]
    found = {role.party: role.roles for role in dossier(*facts, parties=parties).roles}
    assert found == {"ISR": ("side",), "hamas": ("side",), "USA": ("mediator",)}


def test_roles_follow_from_what_parties_do() -> None:
    made = dossier(
        *(fact(n, "ASSAULT", n, actors=(ISR,), recipients=(HAMAS,)) for n in (1, 2)),
        *(fact(n, "CONSULT", n, actors=(QAT,), recipients=(ISR, HAMAS), mode="third-party") for n in (3, 4)),
        fact(5, "REQUEST", 5, actors=(Side("إسبانيا", "ESP", "ESP", ("GOV",)),), issue=TRUCE),
    )
    assert {role.party: role.roles for role in made.roles} == {
        "ISR": ("side",), "hamas": ("side",), "QAT": ("mediator",), "ESP": ("outside voice",),
    }  # fmt: skip


def test_a_user_may_say_what_a_party_is() -> None:
    made = dossier(fact(1, "REQUEST", actors=(QAT,), issue=TRUCE), parties=[StoryParty("QAT", "guarantor")])
    assert (made.roles[0].roles[0], made.roles[0].given) == ("guarantor", True)


# ---------------------------------------------------------------- contested


def test_an_accusation_and_its_denial_are_contested() -> None:
    accused = fact(1, "ACCUSE", 3, actors=(ISR,), recipients=(HAMAS,), mode="allege")
    denied = fact(2, "REJECT", 3, actors=(HAMAS,), frame="REJECT/نفى", article="a1", number=2)
    later = fact(3, "REJECT", 20, actors=(HAMAS,), frame="REJECT/نفى")
    (found,) = dossier(accused, denied, later).contested.denials
    assert (found.claim.fact.key, found.denial.fact.key, found.by) == (1, 2, ("hamas",))


def test_a_deal_that_one_of_its_parties_denies_is_contested() -> None:
    told = fact(1, "AGREE", 3, actors=(HAMAS,), issue=TRUCE)
    own = fact(2, "AGREE", 5, actors=(HAMAS,), issue=TRUCE, status="negated", voices=(Voice("حركة حماس"),))
    other = fact(3, "AGREE", 5, actors=(HAMAS,), issue=TRUCE, status="negated", voices=(Voice("بوتين"),))
    assert [d.denial.fact.key for d in dossier(told, own, other).contested.denials] == [2]


def test_numbers_that_differ_for_one_act_are_contested() -> None:
    def struck(key: int, dead: int, place: str) -> Fact:
        return fact(key, "ASSAULT", 2, actors=(ISR,), recipients=(CIVILIANS,), dead=dead, place=place)

    found = dossier(struck(1, 9, "رفح"), struck(2, 14, "رفح"), struck(3, 9, "رفح"), struck(4, 3, "جنين")).contested
    assert [(d.place, [(n, len(acts)) for n, acts in d.numbers]) for d in found.differences] == [
        ("رفح", [(9, 2), (14, 1)])
    ]


def test_an_act_on_one_unnamed_word_is_contested_until_somebody_else_tells_it() -> None:
    unnamed = fact(1, "AGREE", 3, actors=(QAT,), issue=TRUCE, voices=(Voice("مصدر مطلع", anonymous=True),))
    assert [act.fact.key for act in dossier(unnamed).contested.anonymous] == [1]
    told = fact(2, "AGREE", 4, actors=(QAT,), issue=TRUCE)
    assert dossier(unnamed, told).contested.anonymous == ()
