"""Joining: what is one event, what never is, and that every record is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rasid.join import NAMES, Party, Spot, Telling, Weights, contradiction, features, join, load_model, measures
from rasid.join.copies import Text, copies
from rasid.join.named import NONE, Names
from rasid.join.telling import _Known
from rasid.language.ar.light import light_stem, stemmer
from rasid.language.ar.search import folded_words, words_apart
from rasid.packs.plover import plover
from rasid.pipeline.joining import KIN, WEIGHTS
from rasid.pipeline.joining import STEMS as COUNTS

STEMS = stemmer(["في", "على", "من", "إن"])
MODEL = load_model(WEIGHTS, COUNTS)
SENTENCE = "أعلنت وزارة الزراعة في نورستان طرد خمسة مهندسين من مملكة سولاند ردا على أزمة القمح"


def party(name: str, country: str | None = None, id: str | None = None) -> Party:
    words = frozenset(STEMS(name))
    return Party(id, country, frozenset({"GOV"}), words, words)


def spot(name: str, country: str | None) -> Spot:
    return Spot(None, country, frozenset(STEMS(name)), None, None, 5.0)


def telling(key: int, article: int, **changes: object) -> Telling:
    words = frozenset(STEMS(SENTENCE))
    trigger = frozenset(STEMS("طرد"))
    first = Telling(
        key=key,
        article=article,
        number=1,
        outlet=f"صحيفة {article}",
        published=date(2031, 5, 4),
        event="SANCTION",
        mode="expel",
        status="actual",
        trigger=trigger,
        frame="SANCTION/طرد",
        actor=(party("نورستان", "NOR"),),
        recipient=(party("سولاند", "SOL"),),
        speaker=(),
        first=None,
        last=None,
        place=None,
        words=words,
        near=words,
        after=words - trigger,
        places=frozenset(),
        people=frozenset(),
        numbers=frozenset(),
        placed=frozenset(),
        issue=frozenset(),
        lead=words,
        sentence=0,
        headline=False,
        dead=None,
        same_as=None,
    )
    return replace(first, **changes)  # type: ignore[arg-type]


def groups(*found: Telling) -> list[list[int]]:
    return [[member.key for member in group] for group in join(found, MODEL)]


def test_two_articles_on_one_act_are_joined_and_it_is_said_why() -> None:
    (group,) = join([telling(1, 1), telling(2, 2)], MODEL)
    assert [member.key for member in group] == [1, 2]
    assert [member.nearest for member in group] == [2, 1]
    assert all(0.5 < member.score <= 1 for member in group)
    assert "days by publication: a text gives no date" in group[0].reasons
    assert len(group[0].reasons) > 1


def test_a_record_alone_is_a_group_of_its_own() -> None:
    (group,) = join([telling(7, 1)], MODEL)
    assert (group[0].key, group[0].nearest, group[0].reasons) == (7, None, ())


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (
            {"first": date(2031, 5, 1), "last": date(2031, 5, 1)},
            {"first": date(2031, 5, 4), "last": date(2031, 5, 4)},
            "dated on different days",
        ),
        ({"place": spot("كافور", "NOR")}, {"place": spot("مرجان", "SOL")}, "in different places"),
    ],
)
def test_other_days_and_other_places_are_never_one_event(
    one: dict[str, object], other: dict[str, object], why: str
) -> None:
    a, b = telling(1, 1, **one), telling(2, 2, **other)
    assert contradiction(a, b) == contradiction(b, a) == why
    assert groups(a, b) == [[1], [2]]


def test_a_date_within_a_stretch_is_no_contradiction() -> None:
    month = telling(1, 1, first=date(2031, 5, 1), last=date(2031, 5, 31))
    assert contradiction(month, telling(2, 2, first=date(2031, 5, 3), last=date(2031, 5, 3))) is None


def test_other_targets_other_parties_and_other_speakers_contradict() -> None:
    near = telling(1, 1, event="ASSAULT", places=frozenset({"bridge"}), placed=frozenset({"bridge"}))
    far = telling(2, 2, event="ASSAULT", places=frozenset({"harbour"}), placed=frozenset({"harbour"}))
    assert contradiction(near, far) == "other places are named as the target"
    a, b, c = (party(name, iso, iso) for name, iso in (("نورستان", "NOR"), ("سولاند", "SOL"), ("كافور", "KAF")))
    first, second = (telling(n, n, event="CONSULT", actor=(x,), recipient=(y,)) for n, x, y in ((1, a, b), (2, b, c)))
    assert contradiction(first, second) == "other parties meet"
    first, second = (telling(n, n, event="ACCUSE", actor=(who,)) for n, who in ((1, a), (2, b)))
    assert contradiction(first, second) == "other speakers"


def test_two_people_of_one_state_are_two_and_who_is_quoted_is_the_speaker() -> None:
    minister, envoy = (replace(party(name, "NOR", name), person=True) for name in ("الوزير سالم", "المبعوث سالم"))
    said = {"event": "THREATEN", "actor": (), "mode": None}
    first, second = telling(1, 1, **said, speaker=(minister,)), telling(2, 2, **said, speaker=(envoy,))
    assert contradiction(first, second) == "other speakers"
    assert contradiction(first, telling(3, 3, **said, speaker=(minister,))) is None


def test_pronouncements_share_words_around_their_triggers() -> None:
    first, second = (telling(n, n, event="REQUEST", near=frozenset({"طلب", f"قضي{n}"})) for n in (1, 2))
    assert contradiction(first, second) == "the words around the triggers differ"


def test_what_was_told_before_the_day_of_an_act_is_another_act() -> None:
    later = telling(1, 1, first=date(2031, 5, 6), last=date(2031, 5, 6))
    assert contradiction(later, telling(2, 2)) == "one was published before the day of the other"
    assert contradiction(later, telling(2, 2, published=date(2031, 5, 6))) is None
    assert contradiction(later, telling(2, 2, status="planned")) is None


def test_who_may_be_one_of_two_acts_is_joined_with_neither() -> None:
    first = telling(1, 1, place=spot("كافور", "NOR"))
    second = telling(2, 2, place=spot("مرجان", "SOL"))
    open_place = telling(3, 3)
    assert groups(first, second, open_place) == [[1], [2], [3]]
    assert groups(first, open_place) == [[1, 3]]


def test_types_that_never_tell_one_act_are_not_joined() -> None:
    assert groups(telling(1, 1), telling(2, 2, event="AID", mode=None)) == [[1], [2]]


def test_what_lies_weeks_apart_is_not_joined() -> None:
    assert groups(telling(1, 1), telling(2, 2, published=date(2031, 6, 20))) == [[1], [2]]


def test_every_record_is_in_exactly_one_group_the_same_at_each_call() -> None:
    found = [
        telling(n, n // 3, number=n % 3 + 1, published=date(2031, 5, 1 + n // 6), event=("SANCTION", "ASSAULT")[n % 2])
        for n in range(24)
    ]
    grouped = groups(*found)
    assert sorted(key for group in grouped for key in group) == list(range(24))
    assert any(len(group) > 2 for group in grouped)
    assert groups(*found) == grouped


def test_a_link_inside_the_article_binds_nobody() -> None:
    other = party("كافور", "KAF", "kaf")
    linked = telling(
        2, 1, number=2, same_as=1, sentence=400, trigger=frozenset({"حظر"}), mode="discontinue", actor=(other,),
        recipient=(party("مرجان", "MAR", "mar"),), words=frozenset({"اخر", "تام"}), near=frozenset({"اخر"}),
        after=frozenset({"تام"}),
    )  # fmt: skip
    assert groups(telling(1, 1), linked) == [[1], [2]]


def test_features_and_measures_are_the_same_in_either_order() -> None:
    other = {"dead": 3, "status": "negated", "mode": None, "place": spot("كافور", "NOR"), "speaker": (party("سولاند"),)}
    a, b = telling(1, 1), telling(2, 1, number=2, **other)
    assert sorted(features(a, b, MODEL.stems, KIN)) == sorted(features(b, a, MODEL.stems, KIN))
    b = replace(b, article=2)
    assert measures(a, b, MODEL.stems) == measures(b, a, MODEL.stems)
    assert MODEL.score(a, b) == MODEL.score(b, a)


def test_measures_say_what_they_are_named_after() -> None:
    a, b = telling(1, 1, first=date(2031, 5, 4), last=date(2031, 5, 4), dead=3), telling(2, 2, dead=4, outlet="صحيفة 1")
    found = dict(zip(NAMES, measures(a, b, MODEL.stems), strict=True))
    assert found["near"] == pytest.approx(1) and found["words of the fewer"] == pytest.approx(1)
    assert (found["dead"], found["one outlet"], found["dated"], found["days apart"]) == (0, 1, 1, 0)
    assert (found["SANCTION"], found["ASSAULT"], found["issue"]) == (1, 0, -1)


def test_a_rare_stem_weighs_more_and_an_unknown_one_most() -> None:
    stems = Weights.counted(1000, {"قال": 900, "قمح": 9})
    assert stems.sum(["قال"]) < stems.sum(["قمح"]) < stems.sum(["نورستان"])
    assert stems.top(["قال", "قمح"]) == stems.sum(["قمح"])


def test_trees_over_other_measures_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "joining.json"
    path.write_text(WEIGHTS.read_text("utf-8").replace(NAMES[0], "something else", 1), "utf-8")
    with pytest.raises(ValueError, match="learn it anew"):
        load_model(path, COUNTS)


def test_the_types_that_go_together_are_types_and_those_of_the_weights() -> None:
    assert {event for pair in KIN for event in pair} <= {kind.event for kind in plover()}
    assert dict(MODEL.family) == KIN


# ---------------------------------------------------------------- words, names, copies


@pytest.mark.parametrize(
    ("word", "stem"), [("والمهندسين", "مهندس"), ("للوزاره", "وزار"), ("وزارات", "زار"), ("قمح", "قمح"), ("ان", "ان")]
)
def test_light_stems(word: str, stem: str) -> None:
    assert light_stem(word) == stem


def test_names_are_found_as_whole_words_the_longest_first() -> None:
    known = {"جسر النهر": "bridge", "جسر النهر القديم": "old-bridge", "نورستان": "N", "القرارة": "town"}
    names = Names.of(((folded_words(name), id) for name, id in known.items()), words_apart)
    assert names.within("قصف جسر النهر القديم في نورستان") == {"old-bridge", "N"}
    assert names.within("وبجسر النهر") == {"bridge"}
    assert names.within("في القرارة") == {"town"}
    assert names.within("قرار الوزارة") == names.within("القرار") == frozenset()  # their stem is that of the town


def test_a_party_is_of_the_country_that_its_words_name() -> None:
    known = _Known(STEMS, NONE, frozenset(), Names.of([(folded_words("سولاندي"), "SOL")], words_apart))
    assert known.speaker("دبلوماسي سولاندي").country == "SOL"
    assert known.speaker("دبلوماسي").country is None


def test_a_copy_with_another_ending_is_linked_to_the_earlier_text() -> None:
    first = " ".join(f"كلمه{n}" for n in range(60))
    changed = f"{first} خاتمه اخرى للخبر"
    other = " ".join(f"لفظ{n}" for n in range(60))
    (found,) = copies([Text(5, first), Text(2, other), Text(9, changed), Text(10, "عاجل"), Text(11, "عاجل")])
    assert (found.key, found.of) == (9, 5)
    assert found.score == pytest.approx(58 / 61, abs=0.001)
