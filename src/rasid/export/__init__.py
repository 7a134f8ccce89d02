"""One file for each output format.

To add one: a file with a class that has what `Exporter` asks for, and a line in `FORMATS`.
"""

from rasid.export.base import Exporter, Item, Layout, MissingExtraError, Options
from rasid.export.cameo import Icews, Phoenix
from rasid.export.csv import Csv
from rasid.export.dyads import DyadWeek
from rasid.export.ftm import Ftm
from rasid.export.parquet import Parquet
from rasid.export.plover import Plover
from rasid.export.polecat import Polecat
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
    "polecat": Polecat(),
    "icews": Icews(),
    "phoenix": Phoenix(),
    "dyad-week": DyadWeek(),
    "ftm": Ftm(),
}

__all__ = ["FORMATS", "Exporter", "Item", "Layout", "MissingExtraError", "Options"]
