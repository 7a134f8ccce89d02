"""One file for each output format.

To add one: a file with a class that has what `Exporter` asks for, and a line in `FORMATS`.
"""

from rasid.export.base import Exporter, Item, MissingExtraError, Options
from rasid.export.csv import Csv
from rasid.export.parquet import Parquet
from rasid.export.plover import Plover
from rasid.export.records import Records
from rasid.export.table import Table
from rasid.export.xlsx import Xlsx

#: The formats by name, in the order in which help lists them.
FORMATS: dict[str, Exporter] = {
    "table": Table(),
    "records": Records(),
    "plover": Plover(),
    "csv": Csv(),
    "xlsx": Xlsx(),
    "parquet": Parquet(),
}

__all__ = ["FORMATS", "Exporter", "Item", "MissingExtraError", "Options"]
