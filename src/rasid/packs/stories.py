"""Story files: the parties, issues and days by which a user marks off one process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from rasid.model.days import first_and_last
from rasid.packs.errors import PackError

Role = Literal["side", "mediator", "guarantor", "host", "outside voice"]
#: What a party can be in a story.
ROLES: tuple[Role, ...] = get_args(Role)

_KEYS = ("name", "parties", "between", "issues", "since", "until")


@dataclass(frozen=True, slots=True)
class StoryParty:
    """A party as a user names it.

    Attributes:
        id: a country's code or an id of the tables.
        role: None: to be inferred.
        alone: whether its acts belong though no party takes part of which this is so.
    """

    id: str
    role: Role | None = None
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Story:
    """A process. Empty `parties` or `issues` mean any; the days are both counted.

    Attributes:
        between: an act belongs only when two of the parties take part.
    """

    name: str = ""
    parties: tuple[StoryParty, ...] = ()
    issues: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    between: bool = False


def read_story(path: Path) -> Story:
    """Read a story file.

    Raises:
        PackError: when it cannot be read or a value is not of its form.
    """
    try:
        data = yaml.safe_load(path.read_text("utf-8-sig"))
    except OSError as error:
        raise PackError(str(path), 0, f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise PackError(str(path), 0, f"is not UTF-8 (byte {error.start})") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise PackError(str(path), mark.line + 1 if mark else 0, f"is no YAML: {error}".split("\n")[0]) from error
    if not isinstance(data, dict):
        raise PackError(str(path), 0, f"must have {', '.join(_KEYS)}")
    for key in data:
        if key not in _KEYS:
            raise PackError(str(path), 0, f"knows no {key!r}; there are {', '.join(_KEYS)}")
    return Story(
        name=str(data.get("name") or ""),
        parties=tuple(_party(path, item) for item in _list(path, data, "parties")),
        issues=tuple(map(str, _list(path, data, "issues"))),
        since=_day(path, data, "since", last=False),
        until=_day(path, data, "until", last=True),
        between=_flag(path, data, "between"),
    )


def _flag(path: Path, data: dict[str, Any], key: str, *, without: bool = False) -> bool:
    value = data.get(key, without)
    if not isinstance(value, bool):
        raise PackError(str(path), 0, f"{key}: {value!r} is neither yes nor no")
    return value


def _list(path: Path, data: dict[str, Any], key: str) -> list[Any]:
    value = data.get(key) or []
    if not isinstance(value, list):
        raise PackError(str(path), 0, f"{key}: a list, one a line with «- » before it")
    return value


def _party(path: Path, item: Any) -> StoryParty:
    if not isinstance(item, dict):
        return StoryParty(_id(path, item))
    if set(item) - {"id", "role", "alone"} or "id" not in item:
        raise PackError(str(path), 0, f"parties: {item!r}: an id, or id, role and alone")
    role = item.get("role")
    if role is not None and role not in ROLES:
        raise PackError(str(path), 0, f"parties: role {role!r} is none of {', '.join(ROLES)}")
    return StoryParty(_id(path, item["id"]), role, _flag(path, item, "alone", without=True))


def _id(path: Path, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():  # YAML reads NO as false
        raise PackError(str(path), 0, f"parties: {value!r} is no id; put it between quotation marks")
    return value.strip()


def _day(path: Path, data: dict[str, Any], key: str, *, last: bool) -> date | None:
    value = data.get(key)
    if value is None or isinstance(value, date):
        return value
    ends = first_and_last(str(value))
    if ends is None or "/" in str(value):
        raise PackError(str(path), 0, f"{key}: {value!r} is no year, month or day like 2024, 2024-03, 2024-03-05")
    return ends[last]
