"""The same figures as the measuring data's own scorer; skipped where that is not beside the project.

The articles that are kept unread are left out here as everywhere.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rasid.score import compare, read_gold, read_predictions

Record = dict[str, Any]


@pytest.fixture
def gold(shared: Path, tmp_path: Path) -> Path:
    """A folder with links to the gold articles that may be read."""
    unread = set((shared / "gold" / "unread.txt").read_text("utf-8").split())
    folder = tmp_path / "gold"
    folder.mkdir()
    for path in (shared / "gold" / "dev").glob("*.json"):
        if path.stem not in unread:
            (folder / path.name).symlink_to(path)
    return folder


def same(record: Record, dice: random.Random) -> list[Record]:
    return [record]


def perturbed(record: Record, dice: random.Random) -> list[Record]:
    """No, one or two records that differ from `record` in anything that is compared."""
    out = _blurred(_turned(record, dice), dice)
    return [out] * dice.choice([0, 1, 1, 1, 2])


def _turned(record: Record, dice: random.Random) -> Record:
    def chance(share: float) -> bool:
        return dice.random() < share

    out: Record = json.loads(json.dumps(record))
    if chance(0.1):
        out["event"] = dice.choice(["ASSAULT", "CONSULT", "REQUEST"])
    if chance(0.2):
        out["actor"], out["recipient"] = out["recipient"], out["actor"]
    for field, values in {
        "date": ["2024-09", "2018-13", "soon", None, "2018", "2018-03-01/2018-03-31"],
        "status": ["negated", "planned", "actual", None],
        "mode": ["visit", "aerial", None],
        "place": ["غزة", None],
    }.items():
        if chance(0.2):
            out[field] = dice.choice(values)
    return out


def _blurred(out: Record, dice: random.Random) -> Record:
    def chance(share: float) -> bool:
        return dice.random() < share

    for party in out["actor"]:
        if chance(0.3):
            party["text"] = party["text"][2:]
        if chance(0.2):
            party["name"] = f"ال{party.get('name') or ''}"
        if chance(0.1):
            party["country"] = None
    if chance(0.2):
        out["issue"] = (out["issue"] or "شروط الهدنة")[:20]
    if chance(0.2):
        out["source"] = [*out["source"][::-1], "وكالة محلية"]
    if chance(0.2):
        out["trigger"]["start"] += 3
        out["trigger"]["end"] += 60
    return out


@pytest.mark.parametrize("change", [same, perturbed])
def test_figures_are_those_of_the_other_scorer(
    change: Callable[[Record, random.Random], list[Record]], gold: Path, shared: Path, tmp_path: Path
) -> None:
    dice = random.Random(11)
    predictions = tmp_path / "pred.jsonl"
    articles = [json.loads(path.read_text("utf-8")) for path in sorted(gold.glob("*.json"))]
    kept = articles if change is same else articles[:-2]
    with predictions.open("w", encoding="utf-8") as out:
        for article in kept:
            records = [new for old in article["records"] for new in change(old, dice)]
            if change is perturbed:
                dice.shuffle(records)
            out.write(json.dumps({"id": article["id"], "records": records}, ensure_ascii=False) + "\n")
    command = [sys.executable, str(shared / "tools" / "score.py"), str(gold), str(predictions), "--json"]
    wanted = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    score = compare(read_gold(gold), read_predictions(predictions))
    assert (wanted["articles"], wanted["missing"]) == (len(score.articles), score.missing)
    assert set(score.types) == set(wanted["types"])
    for ours, theirs in ((score.fields, wanted["fields"]), (score.types, wanted["types"])):
        for name, figures in theirs.items():
            counts = ours[name]
            got = {
                "p": counts.precision,
                "r": counts.recall,
                "f1": counts.f1,
                "right": counts.right,
                "gold": counts.gold,
                "pred": counts.pred,
            }
            assert got == figures, name
