"""The formats with the columns of other data sets, the table of dyad-weeks and FollowTheMoney entities."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas
import pyarrow.parquet
import pytest
from followthemoney import model as ftm_model
from followthemoney.types import registry

from rasid.export import FORMATS, Item, Options
from rasid.model import Entity, Problem, Reading, Record
from rasid.packs.cameo import cameo, cameo_of, quad_of_root, read_cameo
from rasid.packs.codes import country_name, party_kind, place_name, sector_name, two_letters
from rasid.packs.errors import PackError
from rasid.packs.plover import plover, score_of
from rasid.packs.tables import data_dir, rows
from tests.export.samples import ARTICLE, EMPTY, MISSING, READING, RECORDS, TEXT, entity, lines, reading_of, written

ALL = Options(all_statuses=True)

#: The headers of the public files, in their order.
HEADERS = {
    "polecat": (
        "Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,Actor Name,Actor Country,Actor COW,"
        "Primary Actor Sector,Actor Sectors,Actor Title,Actor Name Raw,Wikipedia Actor ID,Recipient Name,"
        "Recipient Country,Recipient COW,Primary Recipient Sector,Recipient Sectors,Recipient Title,"
        "Recipient Name Raw,Wikipedia Recipient ID,Placename,City,District,Province,Country,Latitude,Longitude,"
        "GeoNames ID,Raw Placename,Feature Type,Source,Publication Date,Story People,Story Organizations,"
        "Story Locations,Language,Version"
    ),
    "icews": (
        "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,Intensity,Target Name,"
        "Target Sectors,Target Country,Story ID,Sentence Number,Publisher,City,District,Province,Country,Latitude,"
        "Longitude"
    ),
    "phoenix": (
        "EventID,Date,Year,Month,Day,SourceActorFull,SourceActorEntity,SourceActorRole,SourceActorAttribute,"
        "TargetActorFull,TargetActorEntity,TargetActorRole,TargetActorAttribute,EventCode,EventRootCode,QuadClass,"
        "GoldsteinScore,Issues,Lat,Lon,LocationName,StateName,CountryCode,SentenceID,URLs,NewsSources"
    ),
}
FLAT = (*HEADERS, "dyad-week")


def reading(*records: Record) -> Reading:
    return replace(READING, records=records)


def cells(name: str, *items: Item, options: Options | None = None) -> list[dict[str, str]]:
    data = written(name, *items, options=options)
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def said(name: str, *items: Item, options: Options | None = None) -> list[str]:
    """What a format tells of what it left out."""
    told: list[str] = []
    written(name, *items, options=replace(options or Options(), say=told.append))
    return told


MEETING = replace(RECORDS[0], date=replace(RECORDS[1].date, value="2025-02-10"), date_fallback=None)  # type: ignore[type-var]
ACCUSATION = replace(
    RECORDS[0],
    id="nile-7:9",
    event="ACCUSE",
    mode="disapprove",
    recipient=(entity("المبعوث\u00a0الأفريقي", "الحكومة الإثيوبية", "ETH", "GOV"),),
)


@pytest.mark.parametrize("name", HEADERS)
def test_headers_are_those_of_the_public_files(name: str) -> None:
    data = written(name, READING)
    assert data.decode("utf-8").splitlines()[0] == HEADERS[name]
    table = pyarrow.parquet.read_table(io.BytesIO(written(name, READING, options=Options(layout="parquet"))))
    assert table.column_names == HEADERS[name].split(",")


@pytest.mark.parametrize("name", FLAT)
def test_three_layouts_hold_the_same_values(name: str) -> None:
    options = replace(ALL, date_fallback=True)
    rows = cells(name, READING, EMPTY, MISSING, options=options)
    assert rows
    tab = written(name, READING, options=replace(options, layout="tab")).decode("utf-8").splitlines()
    head = [] if name == "phoenix" else [list(rows[0])]
    assert [line.split("\t") for line in tab] == [*head, *(list(row.values()) for row in rows)]
    parquet = written(name, READING, options=replace(options, layout="parquet"))
    for row, typed in zip(rows, pyarrow.parquet.read_table(io.BytesIO(parquet)).to_pylist(), strict=True):
        assert row == {key: "" if value is None else str(value) for key, value in typed.items()}


@pytest.mark.parametrize("name", FLAT)
def test_pandas_reads_the_columns_with_their_types(name: str) -> None:
    data = io.BytesIO(written(name, reading(MEETING, *RECORDS[1:]), options=replace(ALL, date_fallback=True)))
    days = {"polecat": "Event Date", "icews": "Event Date", "dyad-week": "week_start"}.get(name)
    frame = pandas.read_csv(data, parse_dates=[days] if days else [], dtype={"CAMEO Code": str, "EventCode": str})
    scores = {"polecat": "Intensity", "icews": "Intensity", "phoenix": "GoldsteinScore", "dyad-week": "score_mean"}
    assert frame[scores[name]].dtype == "float64"
    if days:
        assert frame[days].dtype.kind == "M"
    else:
        assert pandas.to_datetime(frame["Date"].dropna().astype(int).astype(str)).max() == pandas.Timestamp(2025, 2, 10)


def test_polecat_has_one_row_an_act_with_all_its_parties() -> None:
    two = replace(MEETING, actor=(MEETING.recipient[0], MEETING.actor[0]), recipient=())
    (row,) = cells("polecat", reading(two))
    assert row["Event ID"] == "nile-7:1"
    assert (row["Event Date"], row["Publication Date"]) == ("2025-02-10", "2025-02-12")
    assert (row["Event Type"], row["Event Mode"]) == ("CONSULT", "")
    assert (row["Quad Code"], float(row["Intensity"])) == ("VERBAL COOPERATION", score_of("CONSULT"))
    assert row["Actor Name"] == "مبعوث الاتحاد الأفريقي; الوفد السوداني"
    assert (row["Actor Country"], row["Primary Actor Sector"]) == ("IGO; SDN", "; GOV")
    assert row["Actor Name Raw"] == "مبعوث الاتحاد; وفد سوداني"
    assert (row["GeoNames ID"], row["Raw Placename"], row["Country"]) == ("184745", "نيروبي", "KEN")
    assert (float(row["Latitude"]), row["Source"], row["Language"]) == (-1.28333, "صحيفة النيل", "ar")
    assert {row[name] for name in ("Actor COW", "Wikipedia Actor ID", "Recipient Name", "Story People")} == {""}


def test_an_act_told_twice_has_one_row_with_what_each_telling_knows() -> None:
    (row,) = cells("polecat", reading(*RECORDS[:2]))
    assert row["Event ID"] == "nile-7:1"  # the first telling has no day, the second no coordinates
    assert (row["Event Date"], row["Event Mode"], row["Latitude"]) == ("2025-02-10", "visit", "-1.28333")
    assert said("polecat", reading(*RECORDS[:2])) == ["1 of 2 records tell an act again and have no row [repeats]"]


@pytest.mark.parametrize("name", (*FLAT, "ftm"))
def test_only_what_happened_is_written_and_the_rest_is_said(name: str) -> None:
    planned = replace(ACCUSATION, status="planned")
    told = said(name, reading(MEETING, planned, RECORDS[3], replace(RECORDS[2], status="hypothetical")))
    left = next(line for line in told if line.endswith("[left-out]"))
    assert left.startswith("3 of 4 records left out: hypothetical 1, negated 1, planned 1; --all-statuses ")


def test_contexts_of_all_tellings_of_an_act_stand_in_one_cell() -> None:
    again = replace(MEETING, id="nile-7:9", same_as=1, contexts=("legal",))
    (row,) = cells("polecat", reading(replace(MEETING, contexts=("diplomatic", "health")), again))
    assert row["Contexts"] == "legal; diplomatic; health"


def test_all_statuses_are_marked_where_the_format_can() -> None:
    everything = [
        replace(MEETING, id=f"nile-7:{s}", status=s, contexts=()) for s in ("planned", "negated", "historical")
    ]
    assert [row["Contexts"] for row in cells("polecat", reading(*everything), options=ALL)] == [
        "future",
        "negation",
        "historical",
    ]
    # CAMEO says what is intended, not what is denied.
    assert [row["CAMEO Code"] for row in cells("icews", reading(*everything), options=ALL)] == ["036", "040"]
    (told,) = said("icews", reading(*everything), options=ALL)
    assert "negated 1; the format cannot mark them" in told
    names = [
        e["properties"]["name"][0] for e in lines("ftm", reading(*everything), options=ALL) if e["schema"] == "Event"
    ]
    assert [name.partition(":")[0] for name in names] == [
        "CONSULT (planned)",
        "CONSULT (negated)",
        "CONSULT (historical)",
    ]


@pytest.mark.parametrize(
    ("value", "day"),
    [("2025-02-10", "2025-02-10"), ("2025-02-10/2025-02-12", "2025-02-10"), ("2025-02", ""), ("2025", ""), ("?", "")],
)
def test_a_month_is_no_day(value: str, day: str) -> None:
    dated = replace(MEETING, date=replace(MEETING.date, value=value))  # type: ignore[type-var]
    for options in (Options(), Options(date_fallback=True)):
        assert [row["Event Date"] for row in cells("polecat", reading(dated), options=options)] == [day]


def test_some_day_of_a_week_is_no_day() -> None:
    dated = replace(MEETING, date=replace(MEETING.date, value="2025-02-09/2025-02-15", precision="week"))  # type: ignore[type-var]
    assert [row["Event Date"] for row in cells("polecat", reading(dated))] == [""]


def test_publication_is_the_date_only_when_asked_for() -> None:
    undated = reading(RECORDS[0])
    (row,) = cells("icews", undated)
    assert row["Event Date"] == ""
    assert said("icews", undated) == [
        "1 act without a date: the text gives no day; --date-fallback takes the day of publication [no-day]"
    ]
    (row,) = cells("icews", undated, options=Options(date_fallback=True))
    assert row["Event Date"] == "2025-02-12"
    assert said("icews", undated, options=Options(date_fallback=True)) == [
        "1 act dated by the day of publication [published]"
    ]


def test_icews_has_names_and_codes_of_cameo() -> None:
    (row,) = cells("icews", Problem("x", "y", "z"), reading(replace(MEETING, mode="visit")))
    assert (row["CAMEO Code"], row["Event Text"], float(row["Intensity"])) == ("042", "Make a visit", 1.9)
    assert (row["Source Country"], row["Source Sectors"]) == ("Sudan", "Government")
    assert (row["Target Country"], row["Target Name"]) == ("", "مبعوث الاتحاد الأفريقي")
    assert (row["Story ID"], row["Sentence Number"], row["Country"]) == ("2", "1", "Kenya")


def test_phoenix_joins_codes_as_cameo_does() -> None:
    (row,) = cells("phoenix", reading(replace(ACCUSATION, actor=RECORDS[1].actor, date=MEETING.date)))
    assert [row[f"SourceActor{part}"] for part in ("Full", "Entity", "Role", "Attribute")] == [
        "SDNGOVREB",
        "SDN",
        "GOV",
        "REB",
    ]
    assert (row["EventCode"], row["EventRootCode"], row["QuadClass"]) == ("111", "11", "3")
    assert (row["Date"], row["Year"], row["Month"], row["Day"]) == ("20250210", "2025", "2", "10")
    assert (row["SentenceID"], row["URLs"]) == ("nile-7_1", "https://example.org/7")


def test_parties_of_a_meeting_stand_with_each_other_in_both_directions() -> None:
    both = (MEETING.actor[0], MEETING.recipient[0])
    rows = cells("phoenix", reading(replace(MEETING, actor=both, recipient=())))
    assert [(row["SourceActorEntity"], row["TargetActorEntity"]) for row in rows] == [("SDN", "IGO"), ("IGO", "SDN")]
    assert [row["EventID"] for row in rows] == ["1", "2"]
    # Who condemns something together is not condemned by the other.
    rows = cells("phoenix", reading(replace(ACCUSATION, actor=both, recipient=())))
    assert [(row["SourceActorEntity"], row["TargetActorEntity"]) for row in rows] == [("SDN", ""), ("IGO", "")]


# ---------------------------------------------------------------- dyad-weeks


def test_dyad_weeks_count_acts_between_countries() -> None:
    monday, sunday, next_monday = "2025-02-10", "2025-02-16", "2025-02-17"
    dated = [
        replace(record, id=f"nile-7:d{n}", date=replace(MEETING.date, value=value))  # type: ignore[type-var]
        for n, (record, value) in enumerate(
            [(MEETING, monday), (replace(MEETING, mode="visit"), sunday), (ACCUSATION, monday), (MEETING, next_monday)]
        )
    ]
    rows = cells("dyad-week", reading(*dated))
    assert [(r["week"], r["week_start"], r["actor_country"], r["recipient_country"], r["events"]) for r in rows] == [
        ("2025-W07", "2025-02-10", "SDN", "ETH", "1"),
        ("2025-W07", "2025-02-10", "SDN", "IGO", "2"),
        ("2025-W08", "2025-02-17", "SDN", "IGO", "1"),
    ]
    assert (rows[1]["consult"], rows[1]["verbal_cooperation"], rows[1]["verbal_conflict"]) == ("2", "2", "0")
    assert (float(rows[1]["score_sum"]), float(rows[1]["score_mean"])) == (6.5, 3.25)
    assert (rows[0]["accuse"], rows[0]["verbal_conflict"], float(rows[0]["score_sum"])) == ("1", "1", -2)


def test_an_act_counts_once_for_two_countries_however_many_took_part() -> None:
    crowd = replace(MEETING, actor=(*MEETING.actor, *RECORDS[1].actor))
    (row,) = cells("dyad-week", reading(crowd))
    assert (row["actor_country"], row["recipient_country"], row["events"]) == ("SDN", "IGO", "1")


def test_what_has_no_week_or_no_second_country_is_said() -> None:
    told = said("dyad-week", reading(RECORDS[0], RECORDS[2]))
    assert told == [
        "1 act left out: no country on both sides [one-sided]",
        "1 act left out: the text gives no day; --date-fallback takes the day of publication [no-day]",
    ]
    (row,) = cells("dyad-week", reading(RECORDS[0]), options=Options(date_fallback=True))
    assert (row["week_start"], row["dated_by_publication"]) == ("2025-02-10", "1")


def test_what_is_denied_never_counts() -> None:
    denied = replace(MEETING, status="negated")
    assert cells("dyad-week", reading(denied), options=ALL) == []
    assert "negated 1; the format cannot mark them" in said("dyad-week", reading(denied), options=ALL)[0]
    assert len(cells("dyad-week", reading(replace(MEETING, status="planned")), options=ALL)) == 1


# ---------------------------------------------------------------- text that could do harm


@pytest.mark.parametrize("layout", ["csv", "tab"])
@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1+1", "@SUM(A1)", "\t=1", "أ\tب\nج\r\n\u2028د", 'قال "نعم"'])
def test_cells_stay_one_cell_and_never_run(text: str, layout: Any) -> None:
    options = Options(all_statuses=True, layout=layout)
    data = written("polecat", reading_of(text), options=options).decode("utf-8")
    if layout == "csv":
        head, row = csv.reader(io.StringIO(data, newline=""))
    else:
        assert data.count("\n") == 2
        head, row = (line.split("\t") for line in data.rstrip("\n").split("\n"))
    value = dict(zip(head, row, strict=True))["Actor Name Raw"]
    assert value[:1] not in ("=", "+", "-", "@", "\t")
    assert value.removeprefix("'").split() == text.split()


# ---------------------------------------------------------------- FollowTheMoney


def proxies(*items: Item, options: Options | None = None) -> Iterator[Any]:
    """The entities as the library reads them, each value checked by its type."""
    for line in lines("ftm", *items, options=options):
        proxy = ftm_model.get_proxy(line)
        proxy.schema.validate(line)
        for prop, value in proxy.itervalues():
            assert prop.type.name in ("entity", "text", "string", "name") or prop.type.clean(value) == value, prop
        assert {name: sorted(values) for name, values in line["properties"].items()} == {
            name: sorted(proxy.get(name)) for name in line["properties"]
        }
        yield proxy


def test_ftm_entities_are_valid_and_hang_together() -> None:
    found = list(proxies(READING, EMPTY, MISSING, options=replace(ALL, date_fallback=True)))
    by_id = {proxy.id: proxy for proxy in found}
    assert len(by_id) == len(found)
    events = [proxy for proxy in found if proxy.schema.name == "Event"]
    assert len(events) == 3  # four records, two of them of the same meeting
    for event in events:
        (proof,) = event.get("proof")
        assert by_id[proof].schema.is_a("Article")
        assert by_id[proof].first("bodyText") == TEXT
        assert all(by_id[party].schema.is_a("LegalEntity") for party in event.get("involved"))
        assert event.first("summary") in TEXT
    meeting, attack, _ = events
    assert meeting.get("startDate") == ["2025-02-10"]
    assert (attack.get("startDate"), attack.get("endDate")) == (["2025-01"], ["2025-02"])
    assert meeting.countries == ["ke"]
    assert set(meeting.get("notes")) >= {"actor: الوفد السوداني", "recipient: مبعوث الاتحاد الأفريقي"}


def test_ftm_takes_schemata_from_our_tables() -> None:
    known = [("houthis", "Organization"), ("busaidi-badr", "Person"), ("OMN", "PublicBody"), (None, "LegalEntity")]
    parties = tuple(Entity(MEETING.actor[0].words, f"طرف {n}", "OMN", "GOV", id_) for n, (id_, _) in enumerate(known))
    found = [p for p in proxies(reading(replace(MEETING, actor=parties))) if (p.first("name") or "").startswith("طرف")]
    assert [proxy.schema.name for proxy in found] == [schema for _, schema in known]
    assert {tuple(proxy.get("country")) for proxy in found} == {("om",)}


def test_ftm_parties_without_an_id_are_not_joined_over_articles() -> None:
    other = replace(READING, article=replace(ARTICLE, id="nile-9"))
    known = replace(MEETING, actor=(replace(MEETING.actor[0], id="OMN"),), recipient=())
    first, second = (list(proxies(replace(r, records=(MEETING,)))) for r in (READING, other))
    assert {p.id for p in first if p.schema.is_a("LegalEntity")}.isdisjoint(p.id for p in second)
    both = list(proxies(reading(known), replace(other, records=(known,))))
    assert [p.schema.name for p in both].count("PublicBody") == 1


# ---------------------------------------------------------------- tables


def test_every_type_and_mode_has_a_code_and_a_value() -> None:
    for kind in plover():
        found = cameo_of(kind.event, kind.mode, "actual")
        assert found is not None
        assert quad_of_root(found.root) == found.quad
        assert found.goldstein >= 0 if found.quad in (1, 2) else found.goldstein < 0
        # The two ontologies part cooperation from conflict in the same place.
        assert (found.quad in (1, 2)) == (kind.quad in (1, 2)), kind


def test_one_code_has_one_name_and_one_value() -> None:
    by_code: dict[str, set[tuple[str, float]]] = {}
    for row in cameo().values():
        by_code.setdefault(row.code, set()).add((row.name, row.goldstein))
    assert all(len(values) == 1 for values in by_code.values())


def test_statuses_in_cameo() -> None:
    assert cameo_of("AID", None, "planned") == cameo()["AID", "", "planned"]
    assert cameo_of("CONSULT", "phone", "planned") == cameo()["CONSULT", "", "planned"]
    assert cameo_of("ASSAULT", "drone", "historical") == cameo()["ASSAULT", "drone", ""]
    assert cameo_of("ASSAULT", "slingshot", "actual") == cameo()["ASSAULT", "", ""]
    assert cameo_of("ASSAULT", None, "planned") is None
    assert cameo_of("AID", None, "negated") is cameo_of("AID", None, "hypothetical") is None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("AID\t\t\t070", "AIDE\t\t\t070", "AIDE"),
        ("CONSULT\tvisit\t", "CONSULT\thost\t", "no mode 'host'"),
        ("AID\t\tplanned", "AID\t\tsoon", "status 'soon'"),
        ("AID\t\t\t070", "AID\t\t\t7", "two to four digits"),
        ("AID\t\t\t070", "AID\t\t\t270", "no root of CAMEO"),
        ("AID\t\t\t070\t7\t2", "AID\t\t\t070\t7\t1", "is of class 2"),
        ("AID\t\t\t070\t7\t", "AID\t\t\t070\tmuch\t", "much"),
        ("AID\t\t\t070\t7\t", "AID\t\t\t070\t70\t", "outside"),
        ("CONSULT\tphone\t", "CONSULT\tvisit\t", "twice"),
        ("CONSULT\tphone\t", "#", "no row of CONSULT phone"),
    ],
)
def test_the_loader_names_file_and_line(old: str, new: str, says: str, tmp_path: Path) -> None:
    text = (data_dir() / "cameo.tsv").read_text("utf-8")
    assert old in text
    path = tmp_path / "cameo.tsv"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(PackError, match=says):
        read_cameo(path)


def test_every_country_has_a_name_and_two_letters_that_the_library_knows() -> None:
    library = registry.country
    for row in rows(data_dir() / "ar" / "actors" / "countries.tsv"):
        letters = two_letters(row.get("iso3"))
        assert letters is not None, row.get("iso3")
        assert library.clean(letters) == letters.lower()
        assert country_name(row.get("iso3"))
    assert two_letters("UNO") is country_name("UNO") is two_letters(None) is None


def test_names_of_sectors_places_and_parties() -> None:
    assert (sector_name("GOV"), sector_name("XYZ")) == ("Government", "XYZ")
    crossing = place_name("rafah-crossing") or place_name("gaza-strip")
    assert crossing is not None
    assert crossing.kind in ("crossing", "region")
    assert place_name("nowhere") is place_name(None) is None
    assert party_kind("nobody") is party_kind(None) is None


@pytest.mark.parametrize("name", FLAT)
def test_the_page_explains_every_column(name: str) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "exports.md").read_text("utf-8")
    section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    header = written(name).decode("utf-8").splitlines()[0] if name != "phoenix" else HEADERS[name]
    assert [column for column in header.split(",") if f"`{column}`" not in section] == []


def test_text_layouts_stream() -> None:
    out = io.BytesIO()
    sizes: list[int] = []

    def items() -> Iterator[Item]:
        yield READING
        sizes.append(len(out.getvalue()))
        yield EMPTY

    for name in ("polecat", "icews", "phoenix", "ftm"):
        FORMATS[name].write(items(), out, Options())
    assert sizes == sorted(set(sizes))
    assert all(size > 300 for size in sizes)
    assert json.dumps(lines("ftm", READING)) == json.dumps(lines("ftm", READING))


def test_dates_are_days() -> None:
    data = written("polecat", reading(MEETING), options=Options(layout="parquet"))
    (row,) = pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()
    assert (row["Event Date"], row["Publication Date"]) == (date(2025, 2, 10), date(2025, 2, 12))
