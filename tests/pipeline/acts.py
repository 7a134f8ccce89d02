"""What an article must give, written down as values, and the comparison with what it gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rasid.ingest import PageLayout
from rasid.ingest import read as ingest
from rasid.model import Article, Reading, Record, Words
from rasid.pipeline.article import read
from rasid.pipeline.kit import Kit

#: Parts of a page that never give a record.
SILENT = frozenset({"date", "caption", "credit", "boilerplate"})


@dataclass(frozen=True, slots=True)
class Act:
    """A record that must come out of a sentence; what is None is not compared.

    Attributes:
        name: for people.
        near: words of the sentence that states it.
        event, mode, status, date, quote: as in the record.
        trigger, issue, place: a part of the words.
        actor, recipient: "COUNTRY" or "COUNTRY SECTOR" of each party, in any order; of the sector one code.
        parties: the same for both sides of a meeting together.
        source: a part of the name or of the words of each source, in order.
        retells: the name of the act that it tells again.
    """

    name: str
    near: str
    event: str
    trigger: str
    mode: str | None = None
    status: tuple[str, ...] = ("actual", "ongoing")
    actor: tuple[str, ...] | None = None
    recipient: tuple[str, ...] | None = None
    parties: tuple[str, ...] | None = None
    issue: str | None = None
    date: str | None = None
    place: str | None = None
    source: tuple[str, ...] | None = None
    quote: bool = False
    retells: str | None = None


def reading_of_file(path: Path, kit: Kit, layout: PageLayout) -> Reading:
    """The reading of a file from the raw text alone."""
    (article,) = ingest([path], layout=layout)
    assert isinstance(article, Article)
    return read(article, kit)


def found(act: Act, reading: Reading) -> Record:
    """The record of an act.

    Raises:
        AssertionError: when its sentence gives no such record; the message lists what it gives.
    """
    text = reading.article.text
    here = [r for r in reading.records if plain(act.near) in plain(r.sentence.of(text))]
    assert plain(act.near) in plain(text), f"the article does not hold «{act.near}»"
    hits = [r for r in here if r.event == act.event and act.trigger in r.trigger.text]
    assert hits, f"{act.name}: no {act.event} «{act.trigger}», but {[brief(r) for r in here]}"
    return hits[0]


def check(act: Act, acts: Sequence[Act], reading: Reading) -> None:
    """Compare an act with its record.

    Raises:
        AssertionError: naming everything that differs.
    """
    record = found(act, reading)
    faults = list(differences(act, record))
    if act.retells is not None:
        first = found(next(a for a in acts if a.name == act.retells), reading)
        if origin(record, reading) is not origin(first, reading):
            faults.append(f"same_as {record.same_as}, not tied to {brief(first)}")
    assert not faults, f"{act.name}: {brief(record)}: " + "; ".join(faults)


def differences(act: Act, record: Record) -> Iterator[str]:
    """What of a record is not as the act says."""
    for name in ("mode", "quote"):
        wanted, got = getattr(act, name), getattr(record, name)
        if wanted is not None and wanted != got:
            yield f"{name} {got}, not {wanted}"
    if record.status not in act.status:
        yield f"status {record.status}, not {' or '.join(act.status)}"
    if act.date is not None and (record.date is None or record.date.value != act.date):
        yield f"date {record.date and record.date.value}, not {act.date}"
    yield from _words("issue", act.issue, record.issue)
    yield from _words("place", act.place, record.place.words if record.place else None)
    yield from _sides(act, record)
    spoken = [plain(f"{s.name} {s.words.text if s.words else ''}") for s in record.source]
    if act.source is not None and not (
        len(spoken) == len(act.source) and all(w in s for w, s in zip(act.source, spoken, strict=True))
    ):
        yield f"source {[s.name for s in record.source]}, not {list(act.source)}"


def _words(name: str, wanted: str | None, got: Words | None) -> Iterator[str]:
    if wanted is not None and (got is None or wanted not in plain(got.text)):
        yield f"{name} «{got.text if got else ''}» without «{wanted}»"


def _sides(act: Act, record: Record) -> Iterator[str]:
    sides = {
        "actor": (act.actor, record.actor),
        "recipient": (act.recipient, record.recipient),
        "parties": (act.parties, (*record.actor, *record.recipient)),
    }
    for name, (wanted, got) in sides.items():
        codes = [(e.country or "-", (e.sector or "").split(";")) for e in got]
        if wanted is not None and not _same(wanted, codes):
            yield f"{name} {[f'{e.name} ({e.country} {e.sector})' for e in got]}, not {list(wanted)}"


def _same(wanted: Sequence[str], codes: list[tuple[str, list[str]]]) -> bool:
    left = list(codes)
    for code in wanted:
        country, _, sector = code.partition(" ")
        hit = next((c for c in left if c[0] == country and (not sector or sector in c[1])), None)
        if hit is None:
            return False
        left.remove(hit)
    return not left


def origin(record: Record, reading: Reading) -> Record:
    """The first record of the article that reports the act of this one."""
    while record.same_as is not None:
        record = reading.records[record.same_as - 1]
    return record


def brief(record: Record) -> str:
    """A record in a few words."""
    return f"{record.event} «{record.trigger.text}»"


def plain(text: str) -> str:
    """The text with no-break spaces as spaces."""
    return text.replace("\u00a0", " ")


def quoted(record: Record) -> Iterator[Words]:
    """Every value of a record that claims to be a slice of the article."""
    yield record.trigger
    yield from (entity.words for entity in (*record.actor, *record.recipient))
    yield from (source.words for source in record.source if source.words is not None)
    if record.issue:
        yield record.issue
    yield from (value.words for value in (record.date, record.place) if value)


def slices(reading: Reading) -> None:
    """Check that every value is the slice of the untouched text that it claims to be."""
    text = reading.article.text
    for record in reading.records:
        for words in quoted(record):
            assert words.span.of(text) == words.text, brief(record)


def silence(reading: Reading) -> None:
    """Check that no record stands in a line of the page that is no news, or takes a value from one."""
    silent = [part.span for part in reading.article.parts if part.kind in SILENT]
    assert silent
    loud = [
        f"{brief(record)} has «{words.text}»"
        for record in reading.records
        for words in quoted(record)
        if any(span.overlaps(words.span) for span in silent)
    ]
    assert not loud
