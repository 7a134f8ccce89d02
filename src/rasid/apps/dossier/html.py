"""A dossier as one HTML file that needs nothing else: no network, no script for reading, little for comfort.

Every cell links to a sheet with its sentences; the script opens the sheet in place, without it the link jumps there.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files

from rasid.apps.dossier.plots import figures, svg
from rasid.dossier import Act, Difference, Dossier, Meeting, Position
from rasid.export.base import MissingExtraError
from rasid.model.fact import Fact, Proof, Voice
from rasid.packs.stances import STANCES

#: Acts of one day that stand in the page, sentences of one sheet, columns of issues, and acts on one unnamed source.
_OF_A_DAY, _OF_A_SHEET, _ISSUES, _UNNAMED = 40, 60, 12, 60
_STANCE_CLASS = {stance: f"s{number}" for number, stance in enumerate(STANCES)}


def page(dossier: Dossier) -> str:
    """The page. Without Matplotlib it says so where the plots would stand."""
    return "".join(_page(dossier))


def _page(dossier: Dossier) -> Iterator[str]:
    assets = files("rasid.apps.dossier")
    style, script = ((assets / name).read_text("utf-8") for name in ("page.css", "page.js"))
    yield '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"/>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1"/>'
    yield f"<title>{_text(dossier.name)}</title><style>{style}</style></head><body>"
    yield f"<header><h1>{_words(dossier.name)}</h1><p>{_summary(dossier)}</p>"
    yield '<nav><a href="#parties">Parties</a> <a href="#positions">Positions</a> <a href="#meetings">Meetings</a> '
    yield '<a href="#plots">Curves</a> <a href="#contested">Contested</a> '
    yield '<a href="#timeline">Timeline</a></nav></header>'
    sheets: list[str] = []
    yield from _parties(dossier)
    yield from _positions(dossier, sheets)
    yield from _meetings(dossier, sheets)
    yield from _plots(dossier)
    yield from _contested(dossier)
    yield from _timeline(dossier)
    yield '<section id="sheets"><h2>Sentences behind the cells</h2>'
    yield from sheets
    yield f'</section><dialog id="box"></dialog><script>{script}</script></body></html>\n'


def _text(text: str) -> str:
    """Text as it may stand in a page: no control characters, for they are not allowed there."""
    return escape("".join(char if char >= " " or char in "\n\t" else "\ufffd" for char in text))


def _words(text: str) -> str:
    """Text in an element that finds its own direction."""
    return f'<bdi dir="auto">{_text(text)}</bdi>'


def _arabic(text: str) -> str:
    return f'<span lang="ar" dir="rtl">{_text(text)}</span>'


def _section(name: str, title: str, note: str) -> str:
    return f'<section id="{name}"><h2>{title}</h2><p class="note">{note}</p>'


def _summary(dossier: Dossier) -> str:
    days = [day for day, _ in dossier.timeline]
    span = f", {days[0]} to {days[-1]}" if days else ""
    outlets = "، ".join(dossier.outlets[:12]) + (" …" if len(dossier.outlets) > 12 else "")
    outlet = "outlet" if len(dossier.outlets) == 1 else "outlets"
    count = f"{len(dossier.acts):,} acts in {dossier.articles:,} articles of {len(dossier.outlets)} {outlet}{span}"
    return f"{count}. {_words(outlets)}"


# ---------------------------------------------------------------- parties


def _party(dossier: Dossier, id: str) -> str:
    """A party's English name with the Arabic one, or that alone."""
    party = dossier.parties.get(id)
    if party is None:
        return _words(id)
    english = f"{_text(party.name_en)} " if party.name_en else ""
    return english + _arabic(party.name)


def _parties(dossier: Dossier) -> Iterator[str]:
    yield _section(
        "parties", "Parties", "Roles are inferred from what the parties do; the counts behind them are given."
    )
    yield "<table><thead><tr><th>party</th><th>role</th><th>acts</th><th>counted</th></tr></thead><tbody>"
    for role in (role for role in dossier.roles if role.party in dossier.shown):
        roles = ", ".join(role.roles) + (" (given)" if role.given else "")
        counts = ", ".join(f"{name} {count}" for name, count in role.counts.items() if count)
        yield f"<tr><th>{_party(dossier, role.party)}</th><td>{roles or '–'}</td><td>{role.acts:,}</td>"
        yield f'<td class="small">{counts}</td></tr>'
    yield "</tbody></table></section>"


# ---------------------------------------------------------------- positions


def _positions(dossier: Dossier, sheets: list[str]) -> Iterator[str]:
    cells = {(p.party, p.issue): p for p in dossier.positions if p.party in dossier.shown}
    weight: dict[str, int] = {}
    for (_, issue), cell in cells.items():
        weight[issue] = weight.get(issue, 0) + len(cell.history)
    wanted = dossier.story.issues
    issues = [i for i in wanted if i in weight] or sorted(weight, key=lambda i: (-weight[i], i))[:_ISSUES]
    left_out = len(weight) - len(issues)
    note = "The stance last taken, since when, and who tells it. A cell opens the sentences and all earlier stances."
    yield _section(
        "positions", "Positions", note + (f" {left_out} further issues are in the JSON." if left_out else "")
    )
    if not cells:
        yield "<p>none</p></section>"
        return
    legend = " ".join(f'<span class="key {_STANCE_CLASS[stance]}">{stance}</span>' for stance in STANCES)
    yield f'<p class="legend">{legend}</p><div class="wide"><table class="grid"><thead><tr><th></th>'
    yield "".join(f"<th>{_text(dossier.issues[issue].name)}</th>" for issue in issues)
    yield "</tr></thead><tbody>"
    for party in (p for p in dossier.shown if any((p, issue) in cells for issue in issues)):
        yield f"<tr><th>{_party(dossier, party)}</th>"
        for issue in issues:
            found = cells.get((party, issue))
            yield "<td></td>" if found is None else _cell(found)
            if found is not None:
                sheets.append(_position_sheet(dossier, found))
        yield "</tr>"
    yield "</tbody></table></div></section>"


def _anchor(*parts: str) -> str:
    """An id for links: letters and digits of any script, the rest as numbers."""
    return "-".join("".join(c if c.isalnum() else f"_{ord(c):x}_" for c in part) for part in parts)


def _cell(cell: Position) -> str:
    name = _anchor("pos", cell.party, cell.issue)
    if cell.current is None:
        return f'<td class="other"><a href="#{name}">others say: {cell.latest.stance}</a></td>'
    outlets = len(cell.outlets)
    small = [f"since {cell.since}" if cell.since else "day unknown", f"{outlets} outlet{'s' if outlets != 1 else ''}"]
    if cell.changed:
        small.append("changed")
    return (
        f'<td class="{_STANCE_CLASS[cell.current]}"><a href="#{name}">{cell.current}'
        f'<span class="small">{" · ".join(small)}</span></a></td>'
    )


def _position_sheet(dossier: Dossier, cell: Position) -> str:
    title = f"{_party(dossier, cell.party)} on {_text(dossier.issues[cell.issue].name)}"
    said = list(reversed(cell.history))
    parts = [f'<article class="sheet" id="{_anchor("pos", cell.party, cell.issue)}"><h3>{title}</h3>']
    for statement in said[:_OF_A_SHEET]:
        day = f"{statement.day}{' (day of publication)' if statement.by_publication else ''}" if statement.day else "–"
        whose = ""
        if not statement.own:
            who = "an unnamed source" if statement.anonymous else "others"
            whose = f' <span class="warn">as {who} say: {_words("، ".join(statement.speakers))}</span>'
        parts.append(
            f'<h4><span class="key {_STANCE_CLASS[statement.stance]}">{statement.stance}</span> {day}{whose}</h4>'
        )
        parts += (_proof(dossier.proofs.get(fact.key), fact) for fact in statement.facts)
    parts.append(_rest(len(said) - _OF_A_SHEET, "statements"))
    return "".join((*parts, "</article>"))


# ---------------------------------------------------------------- meetings


def _meetings(dossier: Dossier, sheets: list[str]) -> Iterator[str]:
    note = (
        "Meetings, calls and talks that took place: how many acts, the last day, who carried them. The same meeting "
        "told by several articles counts for each."
    )
    yield _section("meetings", "Who met whom", note)
    rows = {row.pair: row for row in dossier.meetings if set(row.pair) <= set(dossier.shown)}
    met = [party for party in dossier.shown if any(party in pair for pair in rows)]
    if not met:
        yield "<p>none</p></section>"
        return
    most = max(row.times for row in rows.values())
    yield '<div class="wide"><table class="grid met"><thead><tr><th></th>'
    yield "".join(f"<th>{_party(dossier, party)}</th>" for party in met) + "</tr></thead><tbody>"
    for party in met:
        yield f"<tr><th>{_party(dossier, party)}</th>"
        for other in met:
            row = rows.get((min(party, other), max(party, other)))
            if party == other:
                yield '<td class="self"></td>'
            else:
                yield "<td></td>" if row is None else _met(dossier, row, most)
        yield "</tr>"
    yield "</tbody></table></div></section>"
    sheets += (_meeting_sheet(dossier, row) for row in rows.values())


def _met(dossier: Dossier, row: Meeting, most: int) -> str:
    depth = 0.12 + 0.5 * row.times / most
    carried = ", ".join(_label(dossier, id) for id in row.carriers[:3])
    by = f'<span class="small">by {_words(carried)}</span>' if carried else ""
    last = f'<span class="small">last {row.last}</span>' if row.last else ""
    return (
        f'<td style="background:rgba(31,111,139,{depth:.2f})"><a href="#{_anchor("met", *row.pair)}">{row.times}×'
        f"{last}{by}</a></td>"
    )


def _label(dossier: Dossier, id: str) -> str:
    return dossier.parties[id].label if id in dossier.parties else id


def _meeting_sheet(dossier: Dossier, row: Meeting) -> str:
    first, second = (_party(dossier, id) for id in row.pair)
    title = f"{first} – {second}: {row.times} acts on {row.days} days, {row.mediated} of them hosted or carried"
    acts = sorted(row.acts, key=lambda act: (act.day is not None, act.day), reverse=True)
    body = "".join(_act(dossier, act, opened=True, day=True) for act in acts[:_OF_A_SHEET])
    rest = _rest(len(acts) - _OF_A_SHEET, "acts")
    return f'<article class="sheet" id="{_anchor("met", *row.pair)}"><h3>{title}</h3>{body}{rest}</article>'


# ---------------------------------------------------------------- plots


def _plots(dossier: Dossier) -> Iterator[str]:
    note = "PLOVER scores run from -10 (conflict) to 10 (cooperation); the paler a bar, the fewer acts are behind it."
    yield _section("plots", "Conflict and cooperation", note)
    try:
        drawn = list(figures(dossier))
    except MissingExtraError as error:
        yield f"<p>{_text(str(error))}</p></section>"
        return
    for _, title, figure in drawn:
        data = base64.b64encode(svg(figure)).decode("ascii")
        yield f"<figure><figcaption>{title}</figcaption>"
        yield f'<img alt="{title}" src="data:image/svg+xml;base64,{data}"/></figure>'
    yield ("" if drawn else "<p>none</p>") + "</section>"


# ---------------------------------------------------------------- contested


def _contested(dossier: Dossier) -> Iterator[str]:
    found = dossier.contested
    note = "Denied claims, numbers of the dead that differ for one day and place, and acts on one unnamed source alone."
    yield _section("contested", "What is contested", note)
    yield f"<h3>Denied ({len(found.denials)})</h3>"
    for denial in found.denials:
        kind = "accusation and answer" if denial.kind == "accusation" else "told as done, and as not done"
        yield f'<div class="pair"><p class="small">{kind}</p>{_act(dossier, denial.claim, opened=True, day=True)}'
        yield f"{_act(dossier, denial.denial, opened=True, day=True)}</div>"
    yield f"<h3>Numbers that differ ({len(found.differences)})</h3>"
    for difference in found.differences:
        yield _difference(dossier, difference)
    yield f"<h3>One unnamed source ({len(found.anonymous)})</h3>"
    for act in found.anonymous[-_UNNAMED:]:
        yield _act(dossier, act, day=True)
    yield _rest(len(found.anonymous) - _UNNAMED, "earlier acts") + "</section>"


def _difference(dossier: Dossier, difference: Difference) -> str:
    numbers = ", ".join(str(number) for number, _ in difference.numbers)
    head = f"{difference.day} {_arabic(difference.place)}: {numbers} dead"
    acts = "".join(_act(dossier, act, opened=True) for _, held in difference.numbers for act in held)
    return f"<details><summary>{head}</summary>{acts}</details>"


# ---------------------------------------------------------------- timeline


def _timeline(dossier: Dossier) -> Iterator[str]:
    note = "What most outlets tell comes first. Dotted: the text gives no day, it is the day of publication."
    yield _section("timeline", "Timeline", note)
    for day, acts in reversed(dossier.timeline):
        yield f"<h3>{day}</h3>"
        yield from (_act(dossier, act) for act in acts[:_OF_A_DAY])
        yield _rest(len(acts) - _OF_A_DAY, "acts of this day")
    if dossier.undated:
        yield f"<p>{len(dossier.undated)} acts without a day are in the JSON.</p>"
    yield "</section>"


def _rest(count: int, what: str) -> str:
    return f'<p class="small">{count} more {what} are in the JSON.</p>' if count > 0 else ""


# ---------------------------------------------------------------- an act and its sentences


def _act(dossier: Dossier, act: Act, *, opened: bool = False, day: bool = False) -> str:
    """An act on one line, which opens its sentences."""
    fact = act.fact
    tag = fact.event + (f" {fact.mode}" if fact.mode else "")
    status = "" if fact.status == "actual" else f' <span class="warn">{fact.status}</span>'
    who = _few(dossier, act.actors) or "?"
    whom = f" → {_few(dossier, act.recipients)}" if act.recipients else ""
    about = f' <span class="about" lang="ar" dir="rtl">{_text(fact.issue)}</span>' if fact.issue else ""
    dead = f" <b>{fact.dead} dead</b>" if fact.dead is not None else ""
    when = f"<time>{act.day or '–'}</time> " if day else ""
    line = f'{when}<span class="tag {fact.event.lower()}">{tag}</span>{status} {who}{whom}{dead}{about}'
    proofs = "".join(_proof(dossier.proofs.get(fact.key), fact) for fact in act.facts)
    mark = ' class="act loose"' if act.by_publication else ' class="act"'
    state = ' open="open"' if opened else ""
    return f"<details{mark}{state}><summary>{line}</summary>{proofs}</details>"


def _few(dossier: Dossier, ids: Iterable[str]) -> str:
    """Parties on one line, English names where there are some."""
    return ", ".join(_words(_label(dossier, id)) for id in ids)


def _proof(proof: Proof | None, fact: Fact) -> str:
    """A sentence with its trigger marked, who says it, and where it stands."""
    if proof is None:
        return ""
    before, trigger, after = (
        _text(part)
        for part in (
            proof.sentence[: proof.start],
            proof.sentence[proof.start : proof.end],
            proof.sentence[proof.end :],
        )
    )
    said = f"{before}<mark>{trigger}</mark>{after}" if trigger else before + after
    title = _words(proof.title) if proof.title else ""
    url = proof.url or ""
    link = f'<a href="{_text(url)}" rel="noopener">{title or "article"}</a>' if _safe(url) else title
    facts = [
        f"<b>{_words(proof.outlet or 'outlet unknown')}</b>",
        str(proof.published or "day of publication unknown"),
        f"says {_words('، '.join(map(_voice, fact.voices)))}" if fact.voices else "",
        link,
        f"<code>{_text(proof.article)} #{fact.number}</code>",
    ]
    meta = " · ".join(part for part in facts if part)
    return f'<blockquote><p lang="ar" dir="rtl">{said}</p><footer>{meta}</footer></blockquote>'


def _voice(voice: Voice) -> str:
    return f"{voice.name} (unnamed)" if voice.anonymous else voice.name


def _safe(url: str) -> bool:
    """Whether a link may be followed: no script hides in it."""
    return url.startswith(("https://", "http://"))
