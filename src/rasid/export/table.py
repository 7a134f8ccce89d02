"""``table``: a readable table for terminals, one for each article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from rasid.export.base import Item, Options
from rasid.export.layout import GAP, Cell, Line, Pen, natural, share
from rasid.export.terminal import clean, isolate, visual
from rasid.model import Entity, Problem, Reading, Record
from rasid.packs.plover import Quad, quad_of

_QUAD_STYLE: dict[Quad, str] = {1: "36", 2: "32", 3: "33", 4: "31"}
_DIM, _BOLD, _ALERT = "2", "1", "1;35"

_HEADINGS = ("#", "when, where", "what", "who → whom", "about", "on whose word", "words")
# Shares of the width for the columns whose text has any length: who, about, source, words.
_WEIGHTS = {3: 7, 4: 5, 5: 4, 6: 3}
_NARROWEST = 80
# The column of dates: a day in brackets fits, long names of places are broken.
_WHEN, _WHEN_WIDTH = 1, 14
# The first column, where it names articles.
_FIRST_WIDTH = 12


class Table:
    """A table an article: when and where, what, who to whom, about what, on whose word, which words."""

    name = "table"
    suffix = ".txt"
    about = "a readable table for the terminal"
    binary = False

    def ready(self, options: Options) -> None:
        """Visual order needs two libraries.

        Raises:
            MissingExtraError: when they are not installed.
        """
        if options.visual:
            visual()

    def write(self, items: Iterable[Item], out: BinaryIO, options: Options) -> None:
        """Write the table of each article as it comes, and a line of totals."""
        pen = Pen(visual() if options.visual else isolate, options.colour)
        columns = max(options.width, _NARROWEST)
        articles = records = 0
        for item in items:
            block: Iterable[str]
            if isinstance(item, Problem):
                block = _problem(item, pen, columns)
            else:
                articles += 1
                records += len(item.records)
                block = _article(item, pen, columns, explain=options.explain)
            _send(out, [*block, ""])
        _send(out, [pen.paint(f"{_count(records, 'event')} in {_count(articles, 'article')}", _DIM)])


class EventTable:
    """One table of the events of many articles, as a query of a database gives them."""

    name = "table"
    suffix = ".txt"
    about = "a readable table for the terminal"
    binary = False

    def ready(self, options: Options) -> None:
        """Visual order needs two libraries.

        Raises:
            MissingExtraError: when they are not installed.
        """
        Table().ready(options)

    def write(self, items: Iterable[Item], out: BinaryIO, options: Options) -> None:
        """Write the table once all events are there, for its columns fit all of them; and a line of totals."""
        pen = Pen(visual() if options.visual else isolate, options.colour)
        columns = max(options.width, _NARROWEST)
        readings = [item for item in items if not isinstance(item, Problem)]
        found = [(reading, number, record) for reading in readings for number, record in reading.numbered()]
        if found:
            rows = [[_article_cell(reading, number), *_cells(number, record)[1:]] for reading, number, record in found]
            heads = [[Line(text, style=_DIM)] for text in ("article", *_HEADINGS[1:])]
            sizes = _sizes([heads, *rows], columns)
            _send(out, [*pen.row(heads, sizes), pen.paint(GAP.join("─" * size for size in sizes), _DIM)])
            for row, (reading, _, record) in zip(rows, found, strict=True):
                why = _explanation(reading, record, pen, columns) if options.explain else ()
                _send(out, [*pen.row(row, sizes), *why])
        articles = len({reading.article.id for reading in readings})
        total = f"{_count(len(found), 'event')} in {_count(articles, 'article')}"
        _send(out, ["", pen.paint(total, _DIM)] if found else [pen.paint("no events found", _DIM)])


def _article_cell(reading: Reading, number: int) -> Cell:
    """The outlet, the article and the number of the record in it."""
    outlet = [Line(reading.article.outlet)] if reading.article.outlet else []
    return [*outlet, Line(reading.article.id, style=_DIM), Line(f"#{number}", style=_DIM)]


def _send(out: BinaryIO, lines: Iterable[str]) -> None:
    out.write("".join(f"{line}\n" for line in lines).encode("utf-8", errors="replace"))
    out.flush()


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _problem(problem: Problem, pen: Pen, columns: int, *, within: str = "") -> list[str]:
    """The lines of a problem; where it is needs no saying when it is the article `within`."""
    where = "" if problem.where == within else f"{problem.where}: "
    line = Line(f"{where}{problem.text} [{problem.code}]", "! ", _ALERT, english=True)
    return [shown.rstrip(" ") for shown in pen.lines(line, columns)]


def _article(reading: Reading, pen: Pen, columns: int, *, explain: bool) -> Iterator[str]:
    """The heading, the problems and the rows of an article."""
    yield from _heading(reading, pen, columns)
    for problem in reading.problems:
        yield from _problem(problem, pen, columns, within=reading.article.id)
    if not reading.records:
        yield pen.paint("no events found", _DIM)
        return
    rows = [_cells(n, record) for n, record in reading.numbered()]
    heads = [[Line(text, style=_DIM)] for text in _HEADINGS]
    sizes = _sizes([heads, *rows], columns)
    yield from pen.row(heads, sizes)
    yield pen.paint(GAP.join("─" * size for size in sizes), _DIM)
    for row, record in zip(rows, reading.records, strict=True):
        yield from pen.row(row, sizes)
        if explain:
            yield from _explanation(reading, record, pen, columns)


def _heading(reading: Reading, pen: Pen, columns: int) -> Iterator[str]:
    article = reading.article
    title = article.title or article.text.lstrip().partition("\n")[0]
    if title:
        yield from (line.rstrip(" ") for line in pen.lines(Line(title, style=_BOLD), columns))
    day = article.published.isoformat() if article.published else "day of publication unknown"
    parts = [article.id, *([article.outlet] if article.outlet else []), day]
    yield " · ".join(pen.show(clean(part)) for part in parts)


def _sizes(rows: Sequence[Sequence[Cell]], columns: int) -> list[int]:
    """The widths of the columns: number and type as they need, the others share the rest."""
    wishes = [natural(column) for column in zip(*rows, strict=True)]
    wishes[0] = min(wishes[0], _FIRST_WIDTH)
    wishes[_WHEN] = min(wishes[_WHEN], _WHEN_WIDTH)
    gaps = len(GAP) * (len(wishes) - 1)
    left = columns - gaps - sum(wish for n, wish in enumerate(wishes) if n not in _WEIGHTS)
    shares = share(left, [wishes[n] for n in _WEIGHTS], list(_WEIGHTS.values()))
    by_column = dict(zip(_WEIGHTS, shares, strict=True))
    return [by_column.get(n, wish) for n, wish in enumerate(wishes)]


def _cells(number: int, record: Record) -> list[Cell]:
    return [
        _number(number, record),
        _when_where(record),
        _what(record),
        [*_parties(record.actor, ""), *_parties(record.recipient, "→ ")],
        _about(record),
        _sources(record),
        [Line(record.trigger.text)],
    ]


def _number(number: int, record: Record) -> Cell:
    again = [Line(f"={record.same_as}", style=_DIM)] if record.same_as else []
    return [Line(str(number)), *again]


def _when_where(record: Record) -> Cell:
    """The day of the act, or in brackets the day of publication where the text gives none; the place."""
    lines = []
    if record.date:
        lines += [Line(part) for part in _ends(record.date.value)]
    elif record.date_fallback:
        lines.append(Line(f"({record.date_fallback})", style=_DIM))
    if record.place:
        lines.append(Line(record.place.words.text))
    return lines


def _ends(value: str) -> list[str]:
    start, slash, end = value.partition("/")
    return [start + slash, end] if end else [start]


def _what(record: Record) -> Cell:
    style = _QUAD_STYLE[quad_of(record.event)]
    lines = [Line(record.event, style=f"{_BOLD};{style}")]
    if record.mode:
        lines.append(Line(record.mode, style=style))
    if record.status != "actual":
        lines.append(Line(record.status.upper(), style=_BOLD))
    numbers = (("dead", record.dead), ("injured", record.injured), ("took part", record.size))
    return [*lines, *(Line(f"{number:,} {what}") for what, number in numbers if number is not None)]


def _parties(parties: Iterable[Entity], prefix: str) -> list[Line]:
    return [Line(_named(party), prefix, indent=0) for party in parties]


def _named(party: Entity) -> str:
    codes = [code for code in (party.country, party.sector) if code]
    return f"{party.name} ({' '.join(codes)})" if codes else party.name


def _about(record: Record) -> Cell:
    """The words of the issue, and the contexts."""
    issue = [Line(record.issue.text)] if record.issue else []
    return [*issue, *(Line(context, style=_DIM) for context in record.contexts)]


def _sources(record: Record) -> Cell:
    """Who says so, the innermost speaker first, then who carries him."""
    lines = [Line(source.name, "via " if n else "", indent=0) for n, source in enumerate(record.source)]
    return [*lines, *([Line("quoted", style=_DIM)] if record.quote else [])]


def _explanation(reading: Reading, record: Record, pen: Pen, columns: int) -> Iterator[str]:
    """Why a record came out: the sentence, the frame and what decided each value."""
    marked = Line(_marked(reading, record), "    text    ", _DIM)
    grounds = (Line(text, f"    {label:<7} ", _DIM, english=True) for label, text in _grounds(record))
    for line in (marked, *grounds):
        yield from (shown.rstrip(" ") for shown in pen.lines(line, columns))


def _grounds(record: Record) -> Iterator[tuple[str, str]]:
    yield "frame", f"{record.frame.id} in {record.frame.file}:{record.frame.line}"
    for label, parties in (("who", record.actor), ("whom", record.recipient)):
        for party in parties:
            yield label, _ground(party.words.text, party.name, party.reason)
            for other in party.candidates:
                yield "  or", f"{other.id} ({other.score:.2f}): {other.reason}"
    if record.date:
        yield "when", _ground(record.date.words.text, record.date.value, record.date.reason)
    if record.place:
        place = record.place
        yield "where", _ground(place.words.text, place.id or "not in the tables", place.reason)
    for source in record.source:
        words = source.words.text if source.words else "not named in the text"
        yield "says", _ground(words, source.name, f"{source.kind}, {source.manner}")
    for reason in record.reasons:
        yield "because", reason


def _ground(words: str, value: str, reason: str) -> str:
    return f"«{words}» = {value}" + (f": {reason}" if reason else "")


def _marked(reading: Reading, record: Record) -> str:
    """The sentence with its trigger in brackets."""
    text, sentence, trigger = reading.article.text, record.sentence, record.trigger.span
    if not sentence.contains(trigger):
        return sentence.of(text)
    return f"{text[sentence.start : trigger.start]}[{record.trigger.text}]{text[trigger.end : sentence.end]}"
