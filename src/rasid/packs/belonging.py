"""Who speaks and acts for whom: countries, organisations and people of the tables, by id and by name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rasid.packs.tables import data_dir, rows

#: Names of bodies that stand where a state has its code.
_BODIES = {
    "IGO": ("Intergovernmental bodies", "منظمات حكومية دولية"),
    "UNO": ("United Nations", "الأمم المتحدة"),
    "EUR": ("European Union", "الاتحاد الأوروبي"),
    "NGO": ("Non-governmental bodies", "منظمات غير حكومية"),
    "ISM": ("Movements across borders", "حركات عابرة للحدود"),
    "IMG": ("Armed groups across borders", "جماعات مسلحة عابرة للحدود"),
    "MNC": ("Companies across borders", "شركات عابرة للحدود"),
}


@dataclass(frozen=True, slots=True)
class Member:
    """A person or an organisation: for whom it acts (`parent`, an id of an organisation, or "")."""

    id: str
    name_en: str
    name: str
    names: tuple[str, ...]
    country: str
    sectors: tuple[str, ...]
    parent: str
    kind: str


@dataclass(frozen=True, slots=True)
class State:
    """A country or one of the bodies that have a code like a country's; `adjectives` are its demonyms."""

    code: str
    name_en: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Belonging:
    """All of them, by id and by code."""

    members: dict[str, Member]
    states: dict[str, State]


def load_belonging(user: Path | None = None) -> Belonging:
    """Read countries, organisations and people, and after them those of a user's folder.

    Raises:
        PackError: at the first row that is not of its table's form.
    """
    roots = [Path(str(data_dir())) / "ar", *([user] if user is not None else [])]
    members: dict[str, Member] = {}
    states = {code: State(code, english, arabic, (arabic,)) for code, (english, arabic) in _BODIES.items()}
    for root in roots:
        folder = root / "actors"
        if (folder / "countries.tsv").is_file():
            for row in rows(folder / "countries.tsv"):
                adjectives = (*row.list("demonym_m"), *row.list("demonym_f"), *row.list("demonym_pl"))
                names = (row.get("name_ar"), *row.list("variants_ar"))
                if row.get("capital_speaks") == "yes" and row.get("capital_ar"):
                    names = (*names, row.get("capital_ar"))
                code = row.get("iso3")
                states[code] = State(code, row.get("name_en"), row.get("name_ar"), names, adjectives)
        for file, parent, kind in (("orgs.tsv", "parent", "kind"), ("people.tsv", "affiliation", "")):
            if (folder / file).is_file():
                for row in rows(folder / file):
                    members[row.get("id")] = Member(
                        id=row.get("id"),
                        name_en=row.get("name_en"),
                        name=row.get("name_ar"),
                        names=(row.get("name_ar"), *row.list("variants_ar")),
                        country=row.get("country"),
                        sectors=tuple(code.strip() for code in row.get("sector").split(";") if code.strip()),
                        parent=row.get(parent),
                        kind=row.get(kind) if kind else "person",
                    )
    return Belonging(members, states)
