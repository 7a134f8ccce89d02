"""Events that several articles tell: one row or line an event, what the articles say side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from rasid.export.base import Options
from rasid.export.jsonl import write_line
from rasid.export.layout import GAP, Cell, Line, Pen, natural, share
from rasid.export.terminal import isolate, visual
from rasid.model import JoinedEvent, JoinedMember
from rasid.model.plain import Json, record_json

_HEADINGS = ("told by", "when, where", "what", "who → whom", "how many", "on whose word", "words")
# Shares of the width of the columns whose text has any length.
_WEIGHTS = {0: 3, 1: 3, 3: 6, 4: 3, 5: 4, 6: 4}
_NARROWEST = 80
#: Different values shown in a cell; the others are counted.
_SHOWN = 4
_DIM = "2"


def write_json(events: Iterable[JoinedEvent], out: BinaryIO, options: Options) -> None:
    """One JSON object an event, with every record of it as it stands, its article, score and reasons."""
    for event in events:
        write_line(
            out,
            {
                "event": event.number,
                "articles": event.articles,
                "outlets": list(event.outlets),
                "days": list(event.days),
                "dated": event.dated,
                "dead": list(event.numbers("dead")),
                "injured": list(event.numbers("injured")),
                "size": list(event.numbers("size")),
                "sources": list(event.sources),
                "members": [_member(member) for member in event.members],
            },
        )


def _member(member: JoinedMember) -> dict[str, Json]:
    article = member.article
    return {
        "article": article.id,
        "number": member.number,
        "published": article.published.isoformat() if article.published else None,
        "outlet": article.outlet,
        "score": member.score,
        "joined_because": list(member.reasons),
        "record": record_json(member.record),
    }


def write_table(events: Iterable[JoinedEvent], out: BinaryIO, options: Options) -> None:
    """A table, one row an event; with `explain` each record of it below, with its score and reasons."""
    pen = Pen(visual() if options.visual else isolate, options.colour)
    found = list(events)
    rows = [_cells(event) for event in found]
    heads: list[Cell] = [[Line(text, style=_DIM)] for text in _HEADINGS]
    lines: list[str] = []
    if rows:
        sizes = _sizes([heads, *rows], max(options.width, _NARROWEST))
        lines += [*pen.row(heads, sizes), pen.paint(GAP.join("─" * size for size in sizes), _DIM)]
        for event, row in zip(found, rows, strict=True):
            lines += pen.row(row, sizes)
            if options.explain:
                lines += _explained(event, pen, max(options.width, _NARROWEST))
    records = sum(len(event.members) for event in found)
    total = f"{len(found)} events told by {records} records" if found else "no events found"
    lines += ["", pen.paint(total, _DIM)] if found else [pen.paint(total, _DIM)]
    out.write("".join(f"{line}\n" for line in lines).encode("utf-8", errors="replace"))
    out.flush()


def _sizes(rows: list[list[Cell]], columns: int) -> list[int]:
    wishes = [natural(column) for column in zip(*rows, strict=True)]
    left = columns - len(GAP) * (len(wishes) - 1) - sum(w for n, w in enumerate(wishes) if n not in _WEIGHTS)
    shares = dict(zip(_WEIGHTS, share(left, [wishes[n] for n in _WEIGHTS], list(_WEIGHTS.values())), strict=True))
    return [shares.get(n, wish) for n, wish in enumerate(wishes)]


def _cells(event: JoinedEvent) -> list[Cell]:
    records = [member.record for member in event.members]
    articles = "1 article" if event.articles == 1 else f"{event.articles} articles"
    days = list(event.days)
    when = days if len(days) < 3 else [f"{days[0]} …", days[-1]]
    return [
        [Line(articles), *_lines(event.outlets, _DIM)],
        [
            *(Line(day if event.dated else f"({day})", style="" if event.dated else _DIM) for day in when),
            *_lines(dict.fromkeys(r.place.words.text for r in records if r.place)),
        ],
        _lines(dict.fromkeys(f"{r.event} {r.mode}" if r.mode else r.event for r in records)),
        [
            *_lines(dict.fromkeys(party.name for r in records for party in r.actor)),
            *(Line(name, "→ ") for name in _cut(dict.fromkeys(p.name for r in records for p in r.recipient))),
        ],
        [
            Line(f"{' / '.join(map(str, values))} {name}")
            for name in ("dead", "injured", "size")
            if (values := event.numbers(name))
        ],
        _lines(event.sources),
        _lines(dict.fromkeys(r.trigger.text for r in records)),
    ]


def _lines(values: Iterable[str], style: str = "") -> Cell:
    return [Line(value, style=style) for value in _cut(values)]


def _cut(values: Iterable[str]) -> list[str]:
    """The first values, and how many more there are."""
    every = list(values)
    return [*every[:_SHOWN], *([f"+{len(every) - _SHOWN}"] if len(every) > _SHOWN else [])]


def _explained(event: JoinedEvent, pen: Pen, columns: int) -> Iterator[str]:
    """Each record of an event: the article, the words, the score and why it is here."""
    for member in event.members:
        score = "not joined yet" if member.score is None else f"{member.score:.2f}"
        place = f"{member.article.id} #{member.number} [{member.record.trigger.text}]"
        why = "; ".join(member.reasons) or "alone"
        line = Line(f"{place} {score}: {why}", "    ", _DIM, english=True)
        yield from (shown.rstrip(" ") for shown in pen.lines(line, columns))
