"""The error of a knowledge file: which file, which line, what is wrong."""

from __future__ import annotations


class PackError(ValueError):
    """A knowledge file cannot be used as it stands.

    Attributes:
        file, line: where.
        text: what is wrong and what is expected there.
    """

    def __init__(self, file: str, line: int, text: str) -> None:
        super().__init__(f"{file}:{line}: {text}")
        self.file, self.line, self.text = file, line, text
