"""Errors sorted by cause."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rasid.score import Coded, GoldArticle, Party, Piece, Predictions, find_causes

TEXT = "استقبل رئيس الوزراء العراقي وزير الخارجية الإيراني في بغداد أمس."


def party(text: str, country: str | None, name: str | None = None, sector: str | None = "GOV") -> Party:
    start = TEXT.index(text)
    return Party(Piece(text, start, start + len(text)), name or text, country, sector)


HOST, GUEST = party("رئيس الوزراء العراقي", "IRQ"), party("وزير الخارجية الإيراني", "IRN")
VISIT = Coded(
    "CONSULT", "visit", Piece("استقبل", 0, 6), 0, 6, (GUEST,), (HOST,), None, "2024-05-02", "بغداد", "actual", ()
)  # fmt: skip
ARTICLE = GoldArticle("a", TEXT, ((0, len(TEXT)),), (VISIT,))


def causes(pred: Coded) -> dict[str, dict[str, int]]:
    found = find_causes([ARTICLE], Predictions({"a": (pred,)}))
    return {name: {cause: n for cause, n in counts.items() if n} for name, counts in found.fields.items()}


@pytest.mark.parametrize(
    ("change", "field", "cause"),
    [
        ({}, "who", "right"),
        ({"actor": ()}, "who", "not found"),
        ({"actor": (party("وزير الخارجية الإيراني", "IRQ"),)}, "who", "wrong code"),
        ({"actor": (party("استقبل رئيس الوزراء العراقي وزير", "IRN", "هيئة أخرى"),)}, "who", "wrong id"),
        ({"actor": (HOST,), "recipient": (GUEST,)}, "who", "other side"),
        ({"actor": (party("بغداد", "IRQ", "العراق"),)}, "who", "another"),
        ({"date": "2024-05"}, "date", "wrong boundary"),
        ({"date": None}, "date", "not found"),
        ({"date": "2023"}, "date", "another"),
        ({"place": None}, "place", "not found"),
        ({"issue": "الحدود"}, "issue", "superfluous"),
        ({"status": "planned"}, "status*", "superfluous"),
        ({"event": "AGREE"}, "event", "another"),
    ],
)
def test_each_error_has_one_cause(change: dict[str, object], field: str, cause: str) -> None:
    assert causes(replace(VISIT, **change))[field] == {cause: 1}  # type: ignore[arg-type]


def test_codes_are_compared_where_the_words_are_the_same() -> None:
    pred = replace(VISIT, actor=(party("وزير الخارجية الإيراني", "IRN", sector="GOV;PTY"),), recipient=())
    codes = find_causes([ARTICLE], Predictions({"a": (pred,)})).codes
    assert codes == {"name": (1, 1), "country": (1, 1), "sector": (1, 1), "sectors": (0, 1)}
