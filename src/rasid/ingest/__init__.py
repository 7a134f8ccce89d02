"""Files, pages and archives into articles."""

from rasid.ingest.encoding import MAX_CHARACTERS
from rasid.ingest.files import SUFFIXES, read
from rasid.ingest.layout import PageLayout
from rasid.ingest.parts import Division, divide

__all__ = ["MAX_CHARACTERS", "SUFFIXES", "Division", "PageLayout", "divide", "read"]
