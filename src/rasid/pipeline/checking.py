"""The check of the tables with what the language knows: how names are matched, which words are ordinary ones."""

from __future__ import annotations

from pathlib import Path

from rasid.language.ar.letters import fold
from rasid.packs.check import Finding, findings
from rasid.pipeline.kit import Kit


def check_tables(kit: Kit, user: Path | None = None) -> tuple[Finding, ...]:
    """What is wrong in the tables of actors and places, of the package or of a user's folder (`rasid.packs.check`).

    Raises:
        PackError: at a row that is not of its table's form.
    """
    return findings(user, fold, kit.language.is_common_word)
