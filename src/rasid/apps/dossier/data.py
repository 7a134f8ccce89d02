"""A dossier as JSON. Its form is in docs/dossier.schema.json."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from rasid.dossier import Act, Dossier, Position, Statement

#: The version of the form; it grows when something is taken away or means something else.
VERSION = 1


def dossier_json(dossier: Dossier) -> dict[str, Any]:
    """A dossier as plain data: acts by number in one list, everything else points there and at the proofs."""
    acts = dossier.acts
    numbers = {id(act): n for n, act in enumerate(acts)}

    def at(some: Iterable[Act]) -> list[int]:
        return [numbers[id(act)] for act in some]

    contested = dossier.contested
    return {
        "dossier": VERSION,
        "name": dossier.name,
        "story": {
            "parties": [party.id for party in dossier.story.parties],
            "issues": list(dossier.story.issues),
            "since": _day(dossier.story.since),
            "until": _day(dossier.story.until),
        },
        "articles": dossier.articles,
        "outlets": list(dossier.outlets),
        "parties": [
            {
                "id": role.party,
                "name": dossier.parties[role.party].name,
                "name_en": dossier.parties[role.party].name_en or None,
                "roles": list(role.roles),
                "role_given": role.given,
                "acts": role.acts,
                "counts": role.counts,
            }
            for role in dossier.roles
        ],
        "acts": [_act(act) for act in acts],
        "timeline": [{"day": day.isoformat(), "acts": at(held)} for day, held in dossier.timeline],
        "undated": at(dossier.undated),
        "meetings": [
            {
                "pair": list(row.pair),
                "times": row.times,
                "days": row.days,
                "last": _day(row.last),
                "mediated": row.mediated,
                "carriers": list(row.carriers),
                "places": list(row.places),
                "outlets": list(row.outlets),
                "acts": at(row.acts),
            }
            for row in dossier.meetings
        ],
        "positions": [_position(position) for position in dossier.positions],
        "curve": [
            {"pair": list(w.pair), "week": w.monday.isoformat(), "acts": w.acts, "sum": w.sum, "mean": w.mean}
            for w in dossier.curve
        ],
        "weeks": [
            {"week": w.monday.isoformat(), "talks": w.talks, "violence": w.violence, "dead": w.dead}
            for w in dossier.weeks
        ],
        "contested": {
            "denials": [
                {"kind": d.kind, "claim": numbers[id(d.claim)], "denial": numbers[id(d.denial)], "by": list(d.by)}
                for d in contested.denials
            ],
            "differences": [
                {
                    "event": d.event,
                    "day": d.day.isoformat(),
                    "place": d.place,
                    "numbers": [{"dead": number, "acts": at(held)} for number, held in d.numbers],
                }
                for d in contested.differences
            ],
            "anonymous": at(contested.anonymous),
        },
        "proofs": {
            str(key): {
                "article": proof.article,
                "outlet": proof.outlet,
                "published": _day(proof.published),
                "title": proof.title,
                "url": proof.url,
                "sentence": proof.sentence,
                "trigger": [proof.start, proof.end],
            }
            for key, proof in sorted(dossier.proofs.items())
        },
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _act(act: Act) -> dict[str, Any]:
    fact = act.fact
    return {
        "event": fact.event,
        "mode": fact.mode,
        "status": fact.status,
        "day": _day(act.day),
        "by_publication": act.by_publication,
        "actors": list(act.actors),
        "recipients": list(act.recipients),
        "issues": list(act.issues),
        "about": fact.issue,
        "place": fact.place,
        "dead": fact.dead,
        "injured": fact.injured,
        "speakers": [voice.name for voice in fact.voices if voice.kind == "speaker"],
        "outlets": list(act.outlets),
        "records": [{"article": f.article, "number": f.number, "proof": f.key} for f in act.facts],
    }


def _position(position: Position) -> dict[str, Any]:
    return {
        "party": position.party,
        "issue": position.issue,
        "current": position.current,
        "since": _day(position.since),
        "changed": position.changed,
        "outlets": list(position.outlets),
        "history": [_statement(statement) for statement in position.history],
    }


def _statement(said: Statement) -> dict[str, Any]:
    return {
        "stance": said.stance,
        "day": _day(said.day),
        "by_publication": said.by_publication,
        "own": said.own,
        "sure": said.sure,
        "speakers": list(said.speakers),
        "anonymous": said.anonymous,
        "outlets": list(said.outlets),
        "proofs": list(said.keys),
    }
