"""What every format does, and the formats that machines read."""

from __future__ import annotations

import csv
import importlib
import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import openpyxl
import pytest

from rasid.export import FORMATS, MissingExtraError, Options
from rasid.model import EVENT_TYPES, Problem, Reading
from rasid.packs.plover import quad_of, score_of
from rasid.score import Predictions, compare, read_predictions
from rasid.score.coded import GoldArticle, record_of
from tests.export.samples import ARTICLE, EMPTY, MISSING, READING, RECORDS, TEXT, lines, reading_of, written

FORMULAS = ["=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1"]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_names_itself_and_leaves_the_stream_open(name: str) -> None:
    exporter = FORMATS[name]
    assert exporter.name == name
    assert exporter.suffix.startswith(".")
    assert exporter.about
    exporter.ready(Options())
    out = io.BytesIO()
    exporter.write([READING, EMPTY, MISSING], out, Options())
    assert not out.closed
    assert out.getvalue()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_no_items_and_odd_characters(name: str) -> None:
    assert written(name) is not None
    odd = reading_of("\ud800 ا\x1b[31m\x00ب\u2028ج\u202eد")
    assert written(name, odd, options=Options(all_statuses=True))


@pytest.mark.parametrize("name", ["records", "plover", "csv", "table"])
def test_text_formats_stream(name: str) -> None:
    out = io.BytesIO()
    sizes = []

    def items() -> Any:
        yield READING
        sizes.append(len(out.getvalue()))
        yield EMPTY

    FORMATS[name].write(items(), out, Options())
    assert sizes[0] > 500


def slices(value: object) -> list[dict[str, Any]]:
    """All objects inside `value` that claim to be a slice of the text."""
    if isinstance(value, list):
        return [found for item in value for found in slices(item)]
    if not isinstance(value, dict):
        return []
    inner = [found for item in value.values() for found in slices(item)]
    return [value, *inner] if isinstance(value.get("start"), int) and "text" in value else inner


def test_records_quote_the_text() -> None:
    (article,) = lines("records", READING)
    assert article["text"] == TEXT
    found = slices(article["records"])
    assert len(found) > 15
    for piece in found:
        assert article["text"][piece["start"] : piece["end"]] == piece["text"]
    assert article["records"][1]["recipient"][0]["text"] == "المبعوث\u00a0الأفريقي"


def test_records_have_the_fields_of_the_contract() -> None:
    (article,) = lines("records", READING)
    assert (article["id"], article["published"]) == ("nile-7", "2025-02-12")
    first, second, third, _ = article["records"]
    assert (first["date"], first["date_fallback"]) == (None, "2025-02-12")
    assert (second["date"], second["date_fallback"]) == ("2025-02-10", None)
    assert second["source"] == ["متحدث باسم الوفد", "المرصد"]
    assert [span["kind"] for span in second["source_spans"]] == ["speaker", "outlet"]
    assert (second["place"], second["same_as"]) == ("نيروبي", 1)
    assert (third["dead"], third["quote"], third["actor"]) == (3, True, [])
    assert third["frame"] == {"id": "ASSAULT/قصف", "file": "ar/events/assault.yml", "line": 3}
    assert second["recipient"][0]["candidates"][0]["id"] == "un-envoy"


def test_articles_and_inputs_without_records_have_a_line() -> None:
    empty, missing = lines("records", EMPTY, MISSING)
    assert (empty["id"], empty["records"], empty["problems"][0]["code"]) == ("nile-8", [], "no-date")
    assert (missing["id"], missing["text"]) == ("gone.txt", None)
    assert missing["problems"] == [{"where": "gone.txt", "code": "missing-file", "text": "No such file."}]


def test_a_line_of_records_is_one_line_for_every_reader() -> None:
    data = written("records", reading_of("قبل\u2028بعد\u2029ثم\x85ختام"))
    assert len(data.decode("utf-8").splitlines()) == 1


def test_records_score_against_themselves(tmp_path: Path) -> None:
    path = tmp_path / "pred.jsonl"
    path.write_bytes(written("records", READING))
    (article,) = lines("records", READING)
    sentences = tuple(sorted({(r.sentence.start, r.sentence.end) for r in RECORDS}))
    gold = GoldArticle(article["id"], TEXT, sentences, tuple(map(record_of, article["records"])))
    score = compare([gold], read_predictions(path))
    assert isinstance(read_predictions(path), Predictions)
    assert all(counts.right == counts.gold == counts.pred for counts in score.fields.values())
    assert score.fields["slices"].right == 4 + 6


def test_plover_has_its_named_fields() -> None:
    events = lines("plover", READING, EMPTY, MISSING, options=Options(coded_on=date(2025, 2, 13)))
    assert len(events) == len(RECORDS)
    visit = events[1]
    assert (visit["id"], visit["date"], visit["enddate"]) == ("nile-7:2", "2025-02-10", None)
    assert (visit["event"], visit["mode"], visit["quad_code"]) == (["CONSULT"], ["visit"], 1)
    assert visit["event_scale"] == score_of("CONSULT", "visit") == 4
    actor = visit["actor"][0]
    assert (actor["code"], actor["sector"], actor["other_sectors"]) == ("SDN", "GOV", ["REB"])
    assert (actor["actor_text"], actor["identifier_text"]) == ("الوفد", "الوفد السوداني")
    assert [visit["recipient"][0][key] for key in ("identifier_id", "rasid_id")] == [None, "au-envoy"]
    assert visit["text"] == TEXT[visit["text_info"]["start"] : visit["text_info"]["end"]]
    assert visit["text_info"]["sequence"] == 2
    assert visit["cite_info"]["publication"] == "صحيفة النيل"
    assert visit["cite_info"]["language"] == "ar"
    assert visit["coder"].startswith("rasid ")
    assert visit["coded_date"] == "2025-02-13"
    assert visit["link"] == events[0]["id"]
    for piece in slices(visit):
        assert TEXT[piece["start"] : piece["end"]] == piece["text"]


def test_contexts_stand_in_every_format_with_the_mark_of_the_status() -> None:
    planned = replace(READING, records=(replace(RECORDS[1], status="planned"), RECORDS[3]))
    assert [e["context"] for e in lines("plover", planned)] == [["legal", "diplomatic", "future"], ["negation"]]
    assert [e["rasid"]["certainty"] for e in lines("plover", planned)] == [1.0, 1.0]
    assert [r["contexts"] for r in lines("records", planned)[0]["records"]] == [["legal", "diplomatic"], []]
    table = csv.DictReader(written("csv", planned).decode("utf-8-sig").splitlines())
    assert [(row["contexts"], row["certainty"]) for row in table] == [("legal | diplomatic", "1.0"), ("", "1.0")]
    shown = written("table", planned, options=Options(width=160)).decode("utf-8")
    assert "legal" in shown
    assert "diplomatic" in shown


def test_plover_never_passes_publication_off_as_the_date() -> None:
    meeting, _, attack, refusal = lines("plover", READING)
    assert (meeting["date"], meeting["date_fallback"]) == (None, "2025-02-12")
    assert (attack["date"], attack["enddate"]) == ("2025-01-01", "2025-02-28")
    assert attack["rasid"]["date"]["value"] == "2025-01/2025-02"
    assert attack["size"] == {"dead": 3}
    assert refusal["context"] == ["negation"]
    assert refusal["rasid"]["status"] == "negated"
    assert meeting["event_loc"]["geonameid"] == 184745
    assert meeting["event_loc"]["cc3"] == "KEN"


def test_plover_ids_stay_unique_over_articles() -> None:
    short = replace(READING, records=tuple(replace(r, id=str(n)) for n, r in enumerate(RECORDS, 1)))
    other = replace(short, article=replace(ARTICLE, id="nile-70"))
    ids = [event["id"] for event in lines("plover", short, other)]
    assert len(set(ids)) == len(ids) == 8


def cells(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_opens_in_spreadsheets() -> None:
    data = written("csv", READING, EMPTY, MISSING)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = cells(data)
    assert len(rows) == len(RECORDS)
    assert rows[1]["actor"] == "الوفد السوداني"
    assert rows[0]["quad"] == "verbal cooperation"
    assert rows[0]["lat"] == "-1.28333"  # numbers stay numbers
    assert TEXT[int(rows[1]["start"]) : int(rows[1]["end"])] == rows[1]["trigger"]
    assert rows[0]["recipient_sector"] == ""


def test_csv_keeps_the_parties_of_a_side_in_step() -> None:
    two = replace(RECORDS[0], actor=(RECORDS[0].recipient[0], RECORDS[0].actor[0]))
    (row,) = cells(written("csv", replace(READING, records=(two,))))
    assert row["actor_country"] == "IGO | SDN"
    assert row["actor_sector"] == " | GOV"


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_cells_never_run(text: str) -> None:
    (row,) = cells(written("csv", reading_of(text)))
    for column in ("trigger", "issue", "actor", "sentence"):
        assert row[column] == f"'{text}"


@pytest.mark.parametrize("text", FORMULAS)
def test_xlsx_cells_never_run(text: str) -> None:
    sheet = workbook(written("xlsx", reading_of(text)))["events"]
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            assert cell.data_type in ("s", "n", "b")
    trigger = next(cell for cell in sheet[2] if sheet.cell(1, cell.column).value == "trigger")
    assert trigger.value is not None
    assert trigger.value.strip() == text.strip()
    assert trigger.quotePrefix


def workbook(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_xlsx_has_real_cells_from_right_to_left() -> None:
    book = workbook(written("xlsx", READING, EMPTY, MISSING))
    events, problems = book["events"], book["problems"]
    assert events.sheet_view.rightToLeft
    assert events.freeze_panes == "A2"
    heads = [cell.value for cell in events[1]]
    rows = [dict(zip(heads, values, strict=True)) for values in events.iter_rows(min_row=2, values_only=True)]
    assert len(rows) == len(RECORDS)
    assert events.auto_filter.ref.endswith(str(len(RECORDS) + 1))
    assert (rows[2]["dead"], rows[0]["lat"], rows[0]["quote"]) == (3, -1.28333, "no")
    assert rows[1]["actor"] == "الوفد السوداني"
    found = list(problems.iter_rows(min_row=2, values_only=True))
    assert [values[1] for values in found] == ["odd-date", "no-date", "missing-file"]


def test_xlsx_cuts_what_no_cell_can_hold() -> None:
    sheet = workbook(written("xlsx", reading_of("ا" * 40_000)))["events"]
    assert max(len(str(cell.value)) for cell in sheet[2]) == 32_767


def test_parquet_has_types_and_nested_parties() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(written("parquet", READING, EMPTY, MISSING)))
    rows = table.to_pylist()
    assert len(rows) == len(RECORDS)
    assert rows[1]["published"] == date(2025, 2, 12)
    assert rows[1]["recipient"][0]["id"] == "au-envoy"
    assert rows[1]["source"] == ["متحدث باسم الوفد", "المرصد"]
    assert (rows[2]["date_first"], rows[2]["date_last"]) == (date(2025, 1, 1), date(2025, 2, 28))
    assert rows[3]["event_scale"] == score_of("REJECT")
    assert TEXT[rows[2]["start"] : rows[2]["end"]] == rows[2]["trigger"]


def test_parquet_writes_more_than_one_group() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    many = Reading(ARTICLE, RECORDS * 1500)
    data = io.BytesIO(written("parquet", many, many, EMPTY))
    assert parquet.ParquetFile(data).metadata.num_rows == 12_000


@pytest.mark.parametrize(
    ("name", "options"),
    [("parquet", Options()), ("polecat", Options(layout="parquet")), ("table", Options(visual=True))],
)
def test_a_missing_library_is_named_before_any_work(
    name: str, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importlib.import_module

    def without(module: str, package: str | None = None) -> ModuleType:
        if module.startswith(("pyarrow", "bidi", "arabic_reshaper")):
            raise ImportError(module)
        return real(module, package)

    monkeypatch.setattr(importlib, "import_module", without)
    with pytest.raises(MissingExtraError, match=r"pip install 'rasid\["):
        FORMATS[name].ready(options)


@pytest.mark.parametrize("event", EVENT_TYPES)
def test_every_type_has_a_quad_class_and_a_score(event: Any) -> None:
    record = replace(RECORDS[3], event=event)
    (line,) = lines("plover", replace(READING, records=(record,)))
    assert line["quad_code"] == quad_of(event)
    assert -10 <= line["event_scale"] <= 10


def test_problems_of_inputs_stay_out_of_tables_of_records() -> None:
    problem = Problem("x", "y", "z")
    assert written("plover", problem) == b""
    assert len(cells(written("csv", problem))) == 0
