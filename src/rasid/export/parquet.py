"""``parquet``: one row a record, with types and nested parties, for data frames."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

from rasid import __version__
from rasid.export.base import Item, Options, need
from rasid.model import Problem, Reading, Record
from rasid.model.days import first_and_last
from rasid.model.plain import Json, entity_json, record_json
from rasid.packs.plover import quad_of, score_of

#: Records in memory at once.
_GROUP = 5_000


class Parquet:
    """A columnar file; needs pyarrow."""

    name = "parquet"
    suffix = ".parquet"
    about = "a columnar file, one row an event (needs pyarrow)"
    binary = True

    def ready(self, options: Options) -> None:
        """Check for pyarrow.

        Raises:
            MissingExtraError: when it is not installed.
        """
        arrow()

    def write(self, items: Iterable[Item], out: BinaryIO, options: Options) -> None:
        """Write the rows in groups. Problems have no place in this format."""
        lib, parquet = arrow()
        schema = _schema(lib)
        with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
            group: list[dict[str, object]] = []
            for item in items:
                if not isinstance(item, Problem):
                    group += [_row(item, n, record) for n, record in item.numbered()]
                if len(group) >= _GROUP:
                    writer.write_table(table_of(lib, group, schema))
                    group = []
            writer.write_table(table_of(lib, group, schema))


def arrow() -> tuple[Any, Any]:
    """The library and its module of files.

    Raises:
        MissingExtraError: when it is not installed.
    """
    return need("pyarrow", "parquet", "parquet"), need("pyarrow.parquet", "parquet", "parquet")


def table_of(lib: Any, rows: list[dict[str, object]], schema: Any) -> Any:
    """The library's table of `rows`; what no file can hold (half a surrogate pair) is replaced."""
    try:
        return lib.Table.from_pylist(rows, schema=schema)
    except UnicodeEncodeError:  # half a surrogate pair, which the file cannot hold
        return lib.Table.from_pylist(list(map(_encodable, rows)), schema=schema)


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return list(map(_encodable, value))
    if isinstance(value, dict):
        return {key: _encodable(item) for key, item in value.items()}
    return value


def _schema(lib: Any) -> Any:
    text, number, real, flag, day = (
        lib.string(),
        lib.int64(),
        lib.float64(),
        lib.bool_(),
        lib.date32(),
    )
    party = lib.struct(
        [
            ("name", text), ("country", text), ("sector", text), ("id", text),
            ("text", text), ("start", number), ("end", number),
        ]
    )  # fmt: skip
    fields = [
        ("article", text), ("record", number), ("id", text), ("published", day), ("outlet", text),
        ("url", text), ("event", text), ("mode", text), ("quad_code", number), ("event_scale", real),
        ("status", text), ("actor", lib.list_(party)), ("recipient", lib.list_(party)), ("issue", text),
        ("date", text), ("date_first", day), ("date_last", day), ("date_fallback", text),
        ("place", text), ("place_id", text), ("place_country", text), ("lat", real), ("lon", real),
        ("radius_km", real), ("source", lib.list_(text)), ("quote", flag), ("dead", number),
        ("injured", number), ("size", number), ("same_as", number), ("trigger", text), ("start", number),
        ("end", number), ("sentence", text), ("frame", text), ("frame_file", text), ("frame_line", number),
    ]  # fmt: skip
    return lib.schema(fields, metadata={"coder": f"rasid {__version__}"})


def _row(reading: Reading, number: int, record: Record) -> dict[str, object]:
    article, place = reading.article, record.place
    plain: dict[str, Json] = record_json(record)
    first, last = (first_and_last(record.date.value) if record.date else None) or (None, None)
    return {
        **{name: plain[name] for name in _PLAIN},
        "article": article.id,
        "record": number,
        "published": article.published,
        "outlet": article.outlet,
        "url": article.url,
        "quad_code": quad_of(record.event),
        "event_scale": score_of(record.event, record.mode),
        "actor": [entity_json(entity) for entity in record.actor],
        "recipient": [entity_json(entity) for entity in record.recipient],
        "date_first": first,
        "date_last": last,
        "place_id": place.id if place else None,
        "place_country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "radius_km": place.radius_km if place else None,
        "trigger": record.trigger.text,
        "start": record.trigger.span.start,
        "end": record.trigger.span.end,
        "sentence": record.sentence.of(article.text),
        "frame": record.frame.id,
        "frame_file": record.frame.file,
        "frame_line": record.frame.line,
    }


#: Columns that are in ``records`` as they stand.
_PLAIN = (
    "id", "event", "mode", "status", "issue", "date", "date_fallback", "place", "source", "quote", "dead",
    "injured", "size", "same_as",
)  # fmt: skip
