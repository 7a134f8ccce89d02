"""A reading built by hand: an invented article with a no-break space, a vowel mark and a second mention."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

from rasid.export import FORMATS, Item, Options
from rasid.model import (
    Article,
    Candidate,
    Entity,
    FrameRef,
    Problem,
    Reading,
    Record,
    Source,
    Span,
    When,
    Where,
    Words,
)

TITLE = "وفد سوداني يلتقي مبعوث الاتحاد في نيروبي"
FIRST = "قال متحدث باسم الوفد لوكالة «المرصد» إن الوفد التقى المبعوث\u00a0الأفريقي في نيروبي يوم الاثنين."
SECOND = "وأضاف أن ثلاثة مدنيين قُتلوا في قصف على الفاشر، ورفض الوفد أي شروط جديدة."
TEXT = "\n".join((TITLE, FIRST, SECOND))

ARTICLE = Article(
    id="nile-7",
    text=TEXT,
    published=date(2025, 2, 12),
    published_from="given",
    outlet="صحيفة النيل",
    url="https://example.org/7",
    title=TITLE,
)


def words(phrase: str, after: str = "") -> Words:
    """The words `phrase` of the article, looked for after the words `after`."""
    start = TEXT.index(phrase, TEXT.index(after))
    return Words(phrase, Span(start, start + len(phrase)))


def sentence(text: str) -> Span:
    start = TEXT.index(text)
    return Span(start, start + len(text))


def entity(phrase: str, name: str, country: str | None, sector: str | None, after: str = "") -> Entity:
    return Entity(words(phrase, after), name, country, sector, id=None, reason=f"«{phrase}» in the table")


ENVOY = replace(
    entity("المبعوث\u00a0الأفريقي", "مبعوث الاتحاد الأفريقي", "IGO", None),
    id="au-envoy",
    candidates=(Candidate("un-envoy", 0.25, "envoy of another body"),),
)

RECORDS = (
    Record(
        id="nile-7:1",
        event="CONSULT",
        mode=None,
        trigger=words("يلتقي"),
        actor=(entity("وفد سوداني", "الوفد السوداني", "SDN", "GOV"),),
        recipient=(entity("مبعوث الاتحاد", "مبعوث الاتحاد الأفريقي", "IGO", None),),
        sentence=sentence(TITLE),
        frame=FrameRef("CONSULT/التقى", "ar/events/consult.yml", 12),
        date_fallback="2025-02-12",
        contexts=("diplomatic",),
        place=Where(words("نيروبي"), "184745", "KEN", -1.28333, 36.81667, 25.0),
    ),
    Record(
        id="nile-7:2",
        event="CONSULT",
        mode="visit",
        trigger=words("التقى", FIRST),
        actor=(entity("الوفد", "الوفد السوداني", "SDN", "GOV;REB", "إن الوفد"),),
        recipient=(ENVOY,),
        sentence=sentence(FIRST),
        frame=FrameRef("CONSULT/التقى", "ar/events/consult.yml", 12),
        date=When("2025-02-10", words("يوم الاثنين"), "day", "the last Monday before 2025-02-12"),
        place=Where(words("نيروبي", FIRST)),
        source=(
            Source("متحدث باسم الوفد", words("متحدث باسم الوفد")),
            Source("المرصد", words("المرصد"), kind="outlet"),
        ),
        same_as=1,
        reasons=("the verb's object is a person",),
        contexts=("legal", "diplomatic"),
    ),
    Record(
        id="nile-7:3",
        event="ASSAULT",
        mode="heavy-weapons",
        trigger=words("قصف"),
        actor=(),
        recipient=(entity("ثلاثة مدنيين", "مدنيون", "SDN", "CVL"),),
        sentence=sentence(SECOND),
        frame=FrameRef("ASSAULT/قصف", "ar/events/assault.yml", 3),
        date=When("2025-01/2025-02", words("قُتلوا"), "range"),
        dead=3,
        status="ongoing",
        quote=True,
        contexts=("health",),
    ),
    Record(
        id="nile-7:4",
        event="REJECT",
        mode=None,
        trigger=words("رفض", SECOND),
        actor=(entity("الوفد", "الوفد السوداني", "SDN", "GOV", "ورفض"),),
        recipient=(),
        sentence=sentence(SECOND),
        frame=FrameRef("REJECT/رفض", "ar/events/reject.yml", 1),
        issue=words("أي شروط جديدة"),
        status="negated",
    ),
)

READING = Reading(ARTICLE, RECORDS, (Problem("nile-7", "odd-date", "A date could not be read."),), {"rasid": "0.1.0"})
EMPTY = Reading(Article("nile-8", "لا شيء هنا."), problems=(Problem("nile-8", "no-date", "Give --published."),))
MISSING = Problem("gone.txt", "missing-file", "No such file.")


def reading_of(text: str, name: str = "") -> Reading:
    """A reading whose only record has its trigger, actor and sentence made of the whole `text`."""
    everything = Words(text, Span(0, len(text)))
    record = replace(
        RECORDS[3],
        trigger=everything,
        issue=everything,
        actor=(Entity(everything, name or text),),
        sentence=everything.span,
    )
    return Reading(Article("x", text, title=text), (record,))


def written(name: str, *items: Item, options: Options | None = None) -> bytes:
    out = BytesIO()
    FORMATS[name].write(items, out, options or Options())
    return out.getvalue()


def lines(name: str, *items: Item, options: Options | None = None) -> list[Any]:
    return [json.loads(line) for line in written(name, *items, options=options).splitlines()]
