"""JSON, one object a line."""

from __future__ import annotations

import json
import re
from typing import BinaryIO

from rasid.model.plain import Json

# Some readers part lines at these characters, which JSON allows to stand in a string as they are.
_BREAKS = re.compile("[\x85\u2028\u2029]")


def write_line(out: BinaryIO, value: Json) -> None:
    """Write `value` and a newline, in UTF-8 with its letters readable."""
    text = json.dumps(value, ensure_ascii=False, separators=(", ", ": "), allow_nan=False)
    text = _BREAKS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    try:
        line = text.encode("utf-8")
    except UnicodeEncodeError:
        # Half a surrogate pair has no UTF-8 form; as an escape it survives.
        line = json.dumps(value, separators=(", ", ": "), allow_nan=False).encode("ascii")
    out.write(line + b"\n")
