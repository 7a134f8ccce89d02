"""The check of the tables: ours are right, and each fault is found by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from rasid.packs.check import Finding
from rasid.packs.errors import PackError
from rasid.pipeline.checking import check_tables
from rasid.pipeline.kit import Kit

PEOPLE = "id|qid|name_en|name_ar|variants_ar|weak_ar|country|affiliation|sector"
ORGS = "id|name_en|name_ar|variants_ar|weak_ar|kind|country|sector|parent|from|to"
OFFICES = "person_id|role_id|org_id|country|sector|from|to|certainty"
PLACES = "id|name_en|name_ar|variants_ar|kind|country|lat|lon|radius_km|parent|cue"
DECLARED = "rule|key|why"
COUNTRIES = (
    "iso3|name_en|name_ar|variants_ar|demonym_m|demonym_f|demonym_pl|capital_ar|capital_variants_ar|capital_speaks"
)
OUTLETS = "id|name_en|name_ar|variants_ar|weak_ar|kind|country|domain"
ROLES = "id|name_en|masc|fem|dual|plural|sector|scope|single"

ONE = "tester-one||One|سنمار التجريبي|||OMN||GOV"
TWO = "tester-two||Two|كهلان التجريبي|||OMN||GOV"


def write(folder: Path, name: str, *lines: str) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines).replace("|", "\t") + "\n", "utf-8")


def found(kit: Kit, folder: Path) -> list[tuple[str, int, str]]:
    return [(str(Path(f.file).relative_to(folder)), f.line, f.text) for f in check_tables(kit, folder)]


def test_our_tables_are_right(kit: Kit) -> None:
    """Everything but the counts of the tables: ids, references, codes, dates, holders, names, words."""
    assert check_tables(kit) == ()


FAULTS: list[tuple[str, list[tuple[str, ...]], str, int, str]] = [
    ("id twice", [("people", PEOPLE, ONE, TWO, ONE)], "people", 4, "tester-one stands in"),
    ("id missing", [("people", PEOPLE, "||One|سنمار التجريبي|||OMN||GOV")], "people", 2, "id is empty"),
    ("country", [("people", PEOPLE, ONE.replace("OMN", "OMA"))], "people", 2, "country 'OMA' is no code"),
    ("sector", [("people", PEOPLE, ONE.replace("GOV", "GVT"))], "people", 2, "sector 'GVT' is none"),
    ("role's sector", [("roles", ROLES, "tester|x|مجرب|مجربة||مجربون|GVT|country|no")], "roles", 2, "sector 'GVT'"),
    ("role's scope", [("roles", ROLES, "tester|x|مجرب|مجربة||مجربون|GOV|state|no")], "roles", 2, "scope 'state'"),
    ("affiliation", [("people", PEOPLE, ONE.replace("OMN||", "OMN|nobody|"))], "people", 2, "affiliation 'nobody'"),
    ("parent", [("orgs", ORGS, "t|T|هيئة التجريب|||government|OMN|GOV|nobody||")], "orgs", 2, "parent 'nobody'"),
    ("own parent", [("orgs", ORGS, "t|T|هيئة التجريب|||government|OMN|GOV|t||")], "orgs", 2, "the row itself"),
    ("place's parent", [("places", PLACES, "t|T|قلعة التجريب||site|OMN|23|58|2|nowhere|")], "places", 2, "'nowhere'"),
    ("person", [("offices", OFFICES, "nobody|president||OMN|GOV|2001||year")], "offices", 2, "person_id 'nobody'"),
    (
        "role",
        [("people", PEOPLE, ONE), ("offices", OFFICES, "tester-one|boss||OMN|GOV|2001||year")],
        "offices", 2, "role_id 'boss' is no id of roles.tsv",
    ),
    (
        "body",
        [("people", PEOPLE, ONE), ("offices", OFFICES, "tester-one|president|x|OMN|GOV|2001||year")],
        "offices", 2, "org_id 'x'",
    ),
    (
        "certainty",
        [("people", PEOPLE, ONE), ("offices", OFFICES, "tester-one|president||OMN|GOV|2001||maybe")],
        "offices", 2, "certainty 'maybe' is none of sure, month, year",
    ),
    (
        "no date",
        [("people", PEOPLE, ONE), ("offices", OFFICES, "tester-one|president||OMN|GOV|2001-02-30||sure")],
        "offices", 2, "'2001-02-30' is no year, month or day",
    ),
    (
        "dates out of order",
        [("people", PEOPLE, ONE), ("offices", OFFICES, "tester-one|president||OMN|GOV|2001-05|2001-03-02|month")],
        "offices", 2, "from 2001-05 is after to 2001-03-02",
    ),
    (
        "two holders",
        [
            ("people", PEOPLE, ONE, TWO),
            (
                "offices", OFFICES, "tester-one|oil-minister||NRU|GOV|2001|2005-06|month",
                "tester-two|oil-minister||NRU|GOV|2005-03||month",
            ),
        ],
        "offices", 3, "overlap in the one oil-minister of NRU",
    ),
    (
        "one term twice",
        [
            ("people", PEOPLE, ONE),
            ("offices", OFFICES, *["tester-one|minister||NRU|GOV|2001|2005|year"] * 2),
        ],
        "offices", 3, "overlap in the same term",
    ),
    (
        "a strong name of two",
        [("people", PEOPLE, ONE, TWO.replace("كهلان التجريبي||", "كهلان التجريبي|سنمار التجريبيّ|"))],
        "people", 3, "«سنمار التجريبي» is a name of",
    ),
    (
        "a strong name of one of ours",
        [("outlets", OUTLETS, "mine|Mine|رويترز|||agency|OMN|")],
        "outlets", 2, "«رويترز» is a name of ar/actors/outlets.tsv:",
    ),
    ("a demonym of ours", [("countries", COUNTRIES, "NRU|Nauru|ناورو||مصري|||||no")], "countries", 2, "is a form of"),
    ("an ordinary word", [("people", PEOPLE, ONE.replace("ي|||OMN", "ي|البيان||OMN"))], "people", 2, "«البيان» is an"),
    ("a place like it", [("places", PLACES, "t|T|القلعة||site|OMN|23|58|2||")], "places", 2, "say yes in cue"),
]  # fmt: skip


@pytest.mark.parametrize(("tables", "file", "line", "said"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_each_fault_is_found_once_with_file_and_line(
    tables: list[tuple[str, ...]], file: str, line: int, said: str, tmp_path: Path, kit: Kit
) -> None:
    for name, *lines in tables:
        write(tmp_path, f"{'places' if name == 'places' else 'actors'}/{name}.tsv", *lines)
    ((where, number, text),) = found(kit, tmp_path)
    assert (Path(where).stem, number) == (file, line)
    assert said in text


RIGHT: list[tuple[str, list[tuple[str, ...]]]] = [
    (
        "an office changes hands within a coarse date",
        [
            ("people", PEOPLE, ONE, TWO),
            (
                "offices", OFFICES, "tester-one|oil-minister||NRU|GOV|2001|2005-06|month",
                "tester-two|oil-minister||NRU|GOV|2005-06-12||sure",
            ),
        ],
    ),
    (
        "rivals, declared",
        [
            ("people", PEOPLE, ONE, TWO),
            (
                "offices", OFFICES, "tester-one|oil-minister||NRU|GOV|2001|2005|year",
                "tester-two|oil-minister||NRU|GOV|2003||year",
            ),
            ("declared", DECLARED, "overlap|oil-minister/NRU/tester-one+tester-two|two cabinets"),
        ],
    ),
    (
        "a name that is weak in one",
        [("people", PEOPLE, ONE, TWO.replace("ي|||", "ي||سنمار التجريبي|"))],
    ),
    ("a name that is weak itself", [("people", PEOPLE, ONE.replace("سنمار التجريبي||", "البيان||البيان"))]),
    (
        "bodies of two times",
        [
            (
                "orgs", ORGS, "t1|T|هيئة التجريب|||government|OMN|GOV||2003|2010",
                "t2|T|هيئة التجريب|||government|OMN|REB||2010|",
            )
        ],
    ),
    ("a place with a cue", [("places", PLACES, "t|T|القلعة||site|OMN|23|58|2||yes")]),
    (
        "an ordinary word, declared",
        [("places", PLACES, "t|T|القلعة||site|OMN|23|58|2||"), ("declared", DECLARED, "word|القلعة|a quarter")],
    ),
]  # fmt: skip


@pytest.mark.parametrize("tables", [r[1] for r in RIGHT], ids=[r[0] for r in RIGHT])
def test_what_a_rule_decides_is_no_fault(tables: list[tuple[str, ...]], tmp_path: Path, kit: Kit) -> None:
    for name, *lines in tables:
        write(tmp_path, f"{'places' if name == 'places' else 'actors'}/{name}.tsv", *lines)
    assert found(kit, tmp_path) == []


def test_a_row_of_a_user_replaces_ours_before_the_check(tmp_path: Path, kit: Kit) -> None:
    """Another day for one of our terms does not overlap with the term that it replaces."""
    write(tmp_path, "actors/offices.tsv", OFFICES, "macron-emmanuel|president|fra-elysee|FRA|GOV|2017-05-15||sure")
    assert found(kit, tmp_path) == []


@pytest.mark.parametrize(
    ("row", "said"), [("lap|x|why", "rule 'lap' is none of overlap, name, word"), ("name|x|", "why is empty")]
)
def test_a_declaration_that_is_not_of_its_form(row: str, said: str, tmp_path: Path, kit: Kit) -> None:
    write(tmp_path, "actors/declared.tsv", DECLARED, row)
    with pytest.raises(PackError, match=said) as caught:
        check_tables(kit, tmp_path)
    assert caught.value.line == 2


def test_findings_are_in_the_order_of_files_and_lines(tmp_path: Path, kit: Kit) -> None:
    write(tmp_path, "actors/people.tsv", PEOPLE, ONE.replace("GOV", "X"), TWO.replace("OMN", "Y"))
    faults = check_tables(kit, tmp_path)
    assert faults == tuple(sorted(faults))
    assert isinstance(faults[0], Finding)
    assert [f.line for f in faults] == [2, 3]
