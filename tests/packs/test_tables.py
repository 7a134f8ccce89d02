"""The knowledge tables: they load, their codes are those of the standards. What `packs check` finds: test_check.py."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from rasid.model.text import Tag
from rasid.packs.cues import load_cues
from rasid.packs.knowledge import Knowledge, load_knowledge
from rasid.packs.tables import data_dir, rows
from rasid.packs.times import load_times

DATA = Path(str(data_dir())) / "ar"
TABLES = sorted(DATA.rglob("*.tsv"))

#: ISO 3166-1 alpha-3, and XKX for Kosovo.
ISO_CODES = """
ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR
BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL
COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK
FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV
HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO
LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG
MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN
PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE
SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO
TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE XKX
"""
ISO = frozenset(ISO_CODES.split())
BODIES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
SECTOR_CODES = "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC"
SECTORS = frozenset(SECTOR_CODES.split())


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load_knowledge()


def twice(values: Iterable[object]) -> list[object]:
    return [value for value, count in Counter(values).items() if count > 1]


# ---------------------------------------------------------------- files


@pytest.mark.parametrize("path", TABLES, ids=[p.relative_to(DATA).as_posix() for p in TABLES])
def test_a_table_loads_and_says_where_it_comes_from(path: Path) -> None:
    found = rows(path)
    assert found
    assert len({row.cells for row in found}) == len(found), "a row stands twice"
    head = path.read_text("utf-8").splitlines()[0]
    assert head.startswith("# "), "the first line says what the table is"


def test_cells_hold_nothing_invisible() -> None:
    marks = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00a0]|  ")
    wrong = [
        f"{row.file}:{row.line} {cell!r}"
        for path in TABLES
        if path.parent.name in ("actors", "places", "words")
        for row in rows(path)
        for column, cell in zip(row.columns, row.cells, strict=True)
        if column != "note" and marks.search(cell)
    ]
    assert not wrong


# ---------------------------------------------------------------- ids and what they point at


def test_ids_are_unique(known: Knowledge) -> None:
    groups: dict[str, list[str]] = {
        "people": [p.id for p in known.people],
        "orgs": [o.id for o in known.orgs],
        "outlets": [o.id for o in known.outlets],
        "roles": [r.id for r in known.roles],
        "agents": [a.id for a in known.agents],
        "places": [p.id for p in known.places],
        "countries": [c.iso for c in known.countries],
    }
    assert all(groups.values())
    assert {name: twice(ids) for name, ids in groups.items() if twice(ids)} == {}


# ---------------------------------------------------------------- codes


def test_countries_are_codes_of_iso_3166(known: Knowledge) -> None:
    assert {c.iso for c in known.countries} <= ISO
    assert len(known.countries) > 180
    coded: list[tuple[int, str | None]] = [(p.line, p.country) for p in known.places]
    assert [f"places:{line} {code}" for line, code in coded if code not in ISO | {None}] == []


def test_parties_have_codes_that_exist(known: Knowledge) -> None:
    named = (*known.people, *known.orgs, *known.outlets, *known.metonyms)
    titles = (*known.groups, *known.roles, *known.agents)
    coded = [(x.id, x.country, x.sector) for x in named] + [(x.id, x.country, x.sector) for x in titles]
    coded += [(f"{o.person} {o.role}", o.country, o.sector) for o in known.offices]
    wrong = [(name, country) for name, country, _ in coded if country not in ISO | BODIES | {None}]
    assert wrong == []
    sectors = [(name, s) for name, _, sector in coded if sector not in (None, "=") for s in (sector or "").split(";")]
    assert [(name, s) for name, s in sectors if s not in SECTORS] == []


def test_coordinates_lie_on_earth(known: Knowledge) -> None:
    for place in known.places:
        assert (place.lat is None) == (place.lon is None), place.id
        assert place.lat is None or (-90 <= place.lat <= 90 and -180 <= (place.lon or 0) <= 180), place.id
        assert place.lat is None or (place.radius_km or 0) > 0, place.id


def test_word_classes_exist(known: Knowledge) -> None:
    tags = set(get_args(Tag))
    assert {tag for _, tag in known.function_words} <= tags
    classes = {row.get("pos") for row in known.stems}
    assert classes <= {
        "noun", "masdar", "adj", "past", "pres", "name", "place", "org", "demonym", "adv", "num", "time",
        "func",
    }  # fmt: skip
    assert {row.get("gender") for row in known.stems} <= {"", "m", "f"}
    assert {row.get("number") for row in known.stems} <= {"", "s", "d", "p"}
    assert {kind for _, kind in known.name_parts} == {"given", "family", "particle"}


# ---------------------------------------------------------------- offices


def test_an_office_is_held_by_its_dates(known: Knowledge) -> None:
    held = {
        (office.role, office.org)
        for office in known.offices
        if office.person == "kalin-ibrahim" and office.holds(date(2024, 9, 13))
    }
    assert held == {("head-of-intelligence", "tur-mit")}
    assert all(office.holds(None) for office in known.offices)


# ---------------------------------------------------------------- words


def test_honorifics_and_cues_are_there(known: Knowledge) -> None:
    assert {"الشيخ", "الدكتور"} <= set(known.honorifics)
    assert twice(known.honorifics) == []
    cues = load_cues()
    assert {"قال", "أكد", "أعلن"} <= {verb.lemma for verb in cues.speech}
    assert {"أجرى", "عقد", "شن"} <= {verb.lemma for verb in cues.light}
    assert twice((verb.lemma, verb.form) for verb in cues.speech) == []


def test_times_know_all_families_of_months() -> None:
    months = {month.form for month in load_times().months}
    assert {"سبتمبر", "أيلول", "شتنبر"} <= months
