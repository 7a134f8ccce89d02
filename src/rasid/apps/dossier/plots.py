"""The plots of a dossier, by Matplotlib, which joins and orders Arabic letters itself from version 3.11 on."""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rasid.dossier import Dossier, PairWeek, top_pairs
from rasid.export.base import need

#: Pairs that have a curve.
_PAIRS = 6
_WARM, _COLD, _GREY = "#b5402f", "#1f6f8b", "#6b7280"


def figures(dossier: Dossier) -> Iterator[tuple[str, str, Any]]:
    """Name, description and figure of each plot; plots without data are left out.

    Raises:
        MissingExtraError: when Matplotlib is not installed.
    """
    need("matplotlib", "plots", "plots")
    make = importlib.import_module("matplotlib.figure").Figure
    pairs = list(top_pairs(dossier, _PAIRS))
    if pairs:
        yield "curve", "Conflict and cooperation by week and pair: mean PLOVER score", _curves(dossier, pairs, make)
    if dossier.weeks:
        yield "talks-violence", "Talks and violence by week: number of acts", _talks(dossier, make)


def svg(figure: Any) -> bytes:
    """A figure as SVG, the same bytes for the same figure."""
    return _saved(figure, "svg", metadata={"Date": None})


def png(figure: Any) -> bytes:
    """A figure as PNG."""
    return _saved(figure, "png", dpi=150)


def _saved(figure: Any, kind: str, **options: Any) -> bytes:
    context = importlib.import_module("matplotlib").rc_context
    buffer = io.BytesIO()
    with context({"svg.hashsalt": "rasid", "svg.fonttype": "path"}):
        figure.savefig(buffer, format=kind, **options)
    return buffer.getvalue()


def write_plots(dossier: Dossier, folder: Path) -> list[Path]:
    """Write each plot as SVG and PNG into a folder, which is made.

    Raises:
        MissingExtraError: when Matplotlib is not installed.
        OSError: when something cannot be written.
    """
    written = []
    drawn = list(figures(dossier))
    folder.mkdir(parents=True, exist_ok=True)
    for name, _, figure in drawn:
        for suffix, content in (("svg", svg(figure)), ("png", png(figure))):
            path = folder / f"{name}.{suffix}"
            path.write_bytes(content)
            written.append(path)
    return written


def _curves(dossier: Dossier, pairs: list[tuple[str, str]], make: Any) -> Any:
    """One strip a pair; a bar a week, its width the days of the week, its depth of colour the number of acts."""
    figure = make(figsize=(10, 1.15 * len(pairs) + 0.5), layout="constrained")
    axes = figure.subplots(len(pairs), 1, sharex=True, sharey=True, squeeze=False)[:, 0]
    most = max(week.acts for week in dossier.curve if week.pair in pairs)
    for pair, ax in zip(pairs, axes, strict=True):
        held = [week for week in dossier.curve if week.pair == pair]
        bars = ax.bar(
            [w.monday for w in held], [w.mean for w in held], width=6, align="edge", color=[_colour(w) for w in held]
        )
        for bar, week in zip(bars, held, strict=True):
            bar.set_alpha(0.35 + 0.65 * min(1.0, week.acts / max(1, most) * 3))
        ax.axhline(0, color=_GREY, linewidth=0.8)
        ax.set_ylim(-10, 10)
        ax.set_yticks([-10, 0, 10])
        first, second = (dossier.parties[id] for id in pair)
        ax.set_title(f"{first.label} – {second.label}", loc="left", fontsize=9)
        ax.set_title(f"{first.name} – {second.name}", loc="right", fontsize=9)
        _plain(ax)
        if ax is not axes[-1]:
            ax.spines["bottom"].set_visible(False)
            ax.tick_params(axis="x", length=0)
    _dates(axes[-1])
    return figure


def _colour(week: PairWeek) -> str:
    return _WARM if week.mean < 0 else _COLD


def _talks(dossier: Dossier, make: Any) -> Any:
    """Talks upwards and violence downwards from one axis of time; the dead as a line beneath."""
    figure = make(figsize=(10, 3.2), layout="constrained")
    ax = figure.subplots()
    days = [week.monday for week in dossier.weeks]
    talks, violence = [week.talks for week in dossier.weeks], [-week.violence for week in dossier.weeks]
    ax.bar(days, talks, width=6, align="edge", color=_COLD, label="talks: CONSULT, AGREE, CONCEDE · محادثات")
    ax.bar(days, violence, width=6, align="edge", color=_WARM, label="violence: ASSAULT · عنف")
    ax.axhline(0, color=_GREY, linewidth=0.8)
    formatter = importlib.import_module("matplotlib.ticker").FuncFormatter
    ax.yaxis.set_major_formatter(formatter(lambda value, _: f"{abs(value):g}"))
    ax.yaxis.get_major_locator().set_params(integer=True)
    ax.set_ylabel("acts a week", fontsize=8)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, 1.16), ncols=2, fontsize=8, frameon=False)
    _plain(ax)
    _dates(ax)
    return figure


def _plain(ax: Any) -> None:
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    ax.tick_params(labelsize=8)


def _dates(ax: Any) -> None:
    dates = importlib.import_module("matplotlib.dates")
    locator = dates.AutoDateLocator(minticks=3, maxticks=9)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))
