"""Who is meant by a title, a short name, a building, a last name: a table of phrases in news-like sentences."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from rasid.ingest import PageLayout
from rasid.model import Entity
from rasid.packs.tables import rows
from rasid.pipeline.kit import Kit
from rasid.pipeline.lookup import Tables, places
from rasid.resolve.actors import ActorResolver

from ..conftest import article_of, reading_of

TABLE = Path(__file__).with_name("parties.tsv")
#: The states of the Arab League, and those beside them whose people the table must hold.
STATES = """
DZA BHR COM DJI EGY IRQ JOR KWT LBN LBY MRT MAR OMN PSE QAT SAU SOM SDN SYR TUN ARE YEM
TUR IRN ISR USA RUS CHN FRA GBR DEU UNO EUR IGO
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A row: the phrase stands in the text from `start` to `end`."""

    line: int
    kind: str
    published: date
    text: str
    start: int
    end: int
    name: str
    country: str | None
    sector: str
    candidates: tuple[str, ...]

    @property
    def phrase(self) -> str:
        return self.text[self.start : self.end]


def cases() -> list[Case]:
    found = []
    for row in rows(TABLE):
        marked = row.get("text")
        start, end = marked.index("["), marked.index("]") - 1
        country = None if row.get("country") == "-" else row.get("country")
        text = marked.replace("[", "").replace("]", "")
        name = text[start:end] if row.get("name") == "=" else row.get("name")
        found.append(
            Case(
                row.line, row.get("kind"), date.fromisoformat(row.get("published")), text, start, end, name, country,
                row.get("sector"), row.list("candidates"),
            )
        )  # fmt: skip
    return found


CASES = cases()


def resolved(case: Case, kit: Kit, layout: PageLayout) -> Entity:
    """The entity of the phrase: of a record where one has it, else as it was taken up for what follows."""
    for record in reading_of(case.text, kit, layout, case.published).records:
        for entity in (*record.actor, *record.recipient):
            span = entity.words.span
            assert span.of(case.text) == entity.words.text
            if (span.start, span.end) == (case.start, case.end):
                return entity
    article = article_of(case.text, layout, case.published)
    sentences = kit.language.sentences(article)
    resolver = ActorResolver(case.text, sentences, kit.knowledge, case.published)
    resolver.read_to(len(sentences) - 1)
    found = [
        k.entity for k in resolver.memory
        if sentences[k.sentence].tokens[k.token].span.start == case.start
    ]  # fmt: skip
    assert len(found) == 1, f"«{case.phrase}» names {[e.words.text for e in found]}"
    return found[0]


@pytest.mark.parametrize("case", [c for c in CASES if c.name != "@place"], ids=lambda c: f"line {c.line}")
def test_party(case: Case, kit: Kit, layout: PageLayout) -> None:
    entity = resolved(case, kit, layout)
    fold = kit.knowledge.fold
    if case.name != "*":
        assert fold(entity.name) == fold(case.name), entity.reason
    if case.country != "*":
        assert entity.country == case.country, entity.reason
    if case.sector != "*":
        expected = set() if case.sector == "-" else set(case.sector.split(";"))
        assert set((entity.sector or "").split(";")) - {""} == expected, entity.reason
    assert entity.reason
    if case.candidates:
        scores = {c.id: c.score for c in entity.candidates}
        assert entity.id is None
        assert set(case.candidates) <= scores.keys()
        assert all(0 < score <= 1 for score in scores.values())
        assert list(scores.values()) == sorted(scores.values(), reverse=True)


@pytest.mark.parametrize("case", [c for c in CASES if c.name == "@place"], ids=lambda c: f"line {c.line}")
def test_a_town_where_something_happens_is_no_party(case: Case, kit: Kit, layout: PageLayout) -> None:
    for record in reading_of(case.text, kit, layout, case.published).records:
        parties = [e.words.span for e in (*record.actor, *record.recipient)]
        assert not any(s.start == case.start for s in parties)
    (found,) = (p for p in places(case.text, kit, Tables()) if p.words.span.start == case.start)
    assert found.readings[0].country == case.country


def test_the_table_is_broad() -> None:
    assert len(CASES) >= 250
    held = Counter(c.country for c in CASES)
    assert not [s for s in STATES.split() if held[s] < 1]
    kinds = Counter(c.kind for c in CASES)
    assert min(kinds[k] for k in ("office", "described", "unnamed", "metonym", "weak", "former", "counterpart")) >= 5


def test_a_last_name_alone_has_candidates(kit: Kit, layout: PageLayout) -> None:
    """Without a full mention nobody is decided on, and those of the country that the article is about come first."""
    text = "انتقدت تركيا إسرائيل. ودعا أكار إلى التهدئة."
    reading = reading_of(text, kit, layout, date(2020, 5, 1))
    entity = next(e for r in reading.records for e in r.actor if e.words.text == "أكار")
    assert entity.id is None
    assert [c.id for c in entity.candidates] == ["akar-hulusi"]
    assert 0 < entity.candidates[0].score < 1


def test_several_envoys_are_candidates(kit: Kit, layout: PageLayout) -> None:
    text = "وصل المبعوث الأممي إلى جنيف."
    case = Case(0, "office", date(2024, 3, 15), text, 4, 18, "", "UNO", "-", ())
    scores = [c.score for c in resolved(case, kit, layout).candidates]
    assert len(scores) > 2
    assert sum(scores) <= 1.01


#: (text, trigger, (name, country) of each actor): a list of parties is a list of entities, never one.
LISTS = [
    (
        "دعت مصر وقطر والولايات المتحدة إسرائيل إلى وقف إطلاق النار.",
        "دعت",
        [("مصر", "EGY"), ("قطر", "QAT"), ("الولايات المتحدة", "USA")],
    ),
    (
        "أدان وزراء خارجية السعودية والأردن ومصر الهجوم الإسرائيلي.",
        "أدان",
        [("فيصل بن فرحان", "SAU"), ("أيمن الصفدي", "JOR"), ("سامح شكري", "EGY")],
    ),
    (
        "دعا الرئيسان المصري والفرنسي إسرائيل إلى وقف الحرب.",
        "دعا",
        [("عبد الفتاح السيسي", "EGY"), ("إيمانويل ماكرون", "FRA")],
    ),
    (
        "اتهم الجيش السوداني وقوات الدعم السريع إثيوبيا بالتدخل.",
        "اتهم",
        [("الجيش السوداني", "SDN"), ("قوات الدعم السريع", "SDN")],
    ),
    (
        "أدان كل من الأردن ومصر الهجوم الإسرائيلي.",
        "أدان",
        [("الأردن", "JOR"), ("مصر", "EGY")],
    ),
]


@pytest.mark.parametrize(("text", "trigger", "expected"), LISTS, ids=[c[1] + str(n) for n, c in enumerate(LISTS)])
def test_lists_are_lists(
    text: str, trigger: str, expected: list[tuple[str, str]], kit: Kit, layout: PageLayout
) -> None:
    records = reading_of(text, kit, layout, date(2024, 2, 12)).records
    record = next(r for r in records if r.trigger.text == trigger)
    assert [(e.name, e.country) for e in record.actor] == expected


def test_his_two_counterparts_are_two(kit: Kit, layout: PageLayout) -> None:
    text = "التقى وزير الخارجية الروسي سيرغي لافروف نظيريه التركي والإيراني."
    (record,) = reading_of(text, kit, layout, date(2024, 9, 13)).records
    parties = [e.name for e in (*record.actor, *record.recipient)]
    assert parties == ["سيرغي لافروف", "هاكان فيدان", "عباس عراقجي"]
