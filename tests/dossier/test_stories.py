"""Grouping articles into stories: invented processes that share a party, told side by side."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zlib import crc32

import pytest

from rasid.dossier import Piece, ToldStory, acts_of, told_stories
from rasid.dossier.issues import IssueIndex
from rasid.dossier.parties import PartyIndex
from rasid.language.ar.letters import fold
from rasid.language.ar.light import stemmer
from rasid.language.ar.search import taken_apart
from rasid.model.fact import Fact, Side
from rasid.packs.belonging import load_belonging
from rasid.packs.issues import read_issues

STEMS = stemmer(["في", "على", "من", "إن", "إلى", "بين"])
EGY, ETH, SDN, RSF, SAU = (Side(name, id, id if id.isupper() else "SDN", (sector,)) for name, id, sector in (
    ("مصر", "EGY", "GOV"), ("إثيوبيا", "ETH", "GOV"), ("السودان", "SDN", "GOV"), ("قوات الدعم السريع", "rsf", "REB"),
    ("السعودية", "SAU", "GOV"),
))  # fmt: skip
START = date(2031, 5, 1)
#: Headline and first lines, and the act that the article tells.
DAM = (
    ("جولة جديدة من مفاوضات السد في القاهرة", "CONSULT", (EGY, ETH), (), "ملء السد"),
    ("إثيوبيا ترفض مقترح مصر لملء خزان السد", "REJECT", (ETH,), (EGY,), "ملء خزان السد"),
    ("مصر تطالب إثيوبيا بوقف ملء خزان السد", "REQUEST", (EGY,), (ETH,), "ملء خزان السد"),
    ("مفاوضات السد تتعثر بعد خلاف على ملء الخزان", "REJECT", (ETH,), (EGY,), "ملء خزان السد"),
)
TRUCE = (
    ("معارك عنيفة قرب مصفاة الجيلي شمال الخرطوم", "ASSAULT", (RSF,), (SDN,), None),
    ("قصف على محيط مصفاة الجيلي والدعم السريع تتقدم", "ASSAULT", (RSF,), (SDN,), None),
    ("الجيش السوداني يستعيد مصفاة الجيلي بعد معارك", "ASSAULT", (SDN,), (RSF,), None),
    ("السعودية تدعو الجيش والدعم السريع إلى هدنة بعد معارك المصفاة", "REQUEST", (SAU,), (SDN, RSF), "هدنة"),
)
INDEXES = PartyIndex(load_belonging(), fold, taken_apart), IssueIndex(read_issues(), fold, taken_apart)


def piece(key: str, n: int, told: tuple[Any, ...], **more: Any) -> Piece:
    headline, event, actors, recipients, issue = told
    day = more.pop("day", START + timedelta(days=n))
    fact = Fact(
        key=crc32(key.encode()), article=key, number=1, event=event, published=day, first_day=day, last_day=day,
        precision="day", actors=actors, recipients=recipients, issue=issue, **more,
    )  # fmt: skip
    return Piece(key, day, headline, headline, tuple(acts_of([fact], *INDEXES)))


def pieces(name: str, told: tuple[Any, ...], **more: Any) -> list[Piece]:
    return [piece(f"{name}{n}", n, one, **more) for n, one in enumerate(told)]


def articles(story: ToldStory) -> set[str]:
    return {key for key, _ in story.articles}


@pytest.fixture
def both() -> list[ToldStory]:
    return told_stories([*pieces("dam", DAM), *pieces("truce", TRUCE)], STEMS)


def test_two_processes_are_two_stories(both: list[ToldStory]) -> None:
    assert sorted(map(sorted, map(articles, both))) == [[f"dam{n}" for n in range(4)], [f"truce{n}" for n in range(4)]]


def test_a_story_is_named_by_its_own_words_and_has_its_days(both: list[ToldStory]) -> None:
    dam = next(story for story in both if "dam0" in articles(story))
    assert {"إثيوبيا", "مفاوضات"} <= set(dam.name.split(" · "))
    assert dam.headline in {headline for headline, *_ in DAM}
    assert (dam.since, dam.until) == (START, START + timedelta(days=3))


def test_parties_have_roles_by_what_they_do(both: list[ToldStory]) -> None:
    truce = next(story for story in both if "truce0" in articles(story))
    assert {role.party: role.roles[:1] for role in truce.parties} == {"SDN": ("side",), "rsf": ("side",)}
    assert len(truce.records) == 4


def test_the_same_words_months_later_are_another_story() -> None:
    later = pieces("later", DAM, day=START + timedelta(days=120))
    found = told_stories([*pieces("dam", DAM), *later], STEMS)
    assert all(len({key[:3] for key in articles(story)}) == 1 for story in found)
    assert len(found) == 2


def test_a_programme_that_tells_everything_is_in_no_story() -> None:
    news = [piece(f"news{n}", n % 4, ("نشرة المساء", *DAM[n % 4][1:])) for n in range(8)]
    found = told_stories([*pieces("dam", DAM), *news], STEMS)
    assert not any(key.startswith("news") for story in found for key in articles(story))


def test_articles_that_have_nothing_in_common_are_no_story() -> None:
    assert told_stories([piece("dam0", 0, DAM[0]), piece("truce0", 0, TRUCE[0])], STEMS) == []
    assert told_stories([], STEMS) == []


def test_the_order_of_the_articles_changes_nothing() -> None:
    found = [*pieces("dam", DAM), *pieces("truce", TRUCE)]
    assert told_stories(found, STEMS) == told_stories(found[::-1], STEMS)
