"""A knowledge file that is not of its form: one error that names file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from rasid.packs.errors import PackError
from rasid.packs.frames import load_frames
from rasid.packs.knowledge import load_knowledge
from rasid.packs.tables import rows
from rasid.pipeline.kit import load

#: Lines 1 to 4, and lines 5 and 6, of the files below.
GOOD = "- lemma: رفض\n  root: ر ف ض\n  form: I\n  event: REJECT\n"
NOUN = "- noun: غارة\n  event: ASSAULT\n"

BROKEN_FRAMES = [
    ("no list", "lemma: رفض\n", 1, "a frame file is a list"),
    ("no YAML", GOOD + "- lemma: [\n", 6, "not YAML"),
    ("no mapping", GOOD + "- رفض\n", 5, "an entry is a mapping"),
    ("no headword", GOOD + "- event: REJECT\n", 5, "exactly one of lemma, noun, phrase"),
    ("two headwords", GOOD + "- noun: رفض\n  phrase: رفض\n  event: REJECT\n", 5, "exactly one of"),
    ("no root", GOOD + "- lemma: قبل\n  event: AGREE\n", 5, "needs root and form"),
    ("strange key", GOOD + NOUN + "  recipeint: [على]\n", 5, "unknown key 'recipeint'"),
    ("strange event", GOOD + "- noun: غارة\n  event: ATTACK\n", 5, "event 'ATTACK'"),
    ("no event", GOOD + "- noun: غارة\n", 5, "event None"),
    ("strange mode", GOOD + NOUN + "  mode: plane\n", 5, "has no mode 'plane'"),
    ("strange status", GOOD + NOUN + "  status: real\n", 5, "status 'real'"),
    ("strange condition", GOOD + NOUN + "  senses:\n  - if: {near: [x]}\n", 5, "unknown key 'near'"),
    ("words in a mapping", GOOD + NOUN + "  recipient: {على: 1}\n", 5, "expected a word"),
    ("example without text", GOOD + NOUN + "  examples:\n  - is: []\n", 8, "an example is"),
    ("example of no event", GOOD + NOUN + "  examples:\n  - {text: x, is: [{event: X}]}\n", 8, "sixteen"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "said"), [b[1:] for b in BROKEN_FRAMES], ids=[b[0] for b in BROKEN_FRAMES])
def test_a_frame_file_that_is_not_of_its_form(text: str, line: int, said: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(PackError) as caught:
        load_frames(path, "mine.yml")
    assert (caught.value.file, caught.value.line) == ("mine.yml", line)
    assert said in caught.value.text
    assert "\n" not in str(caught.value)


BROKEN_DEEPER = [
    ("strange slot", NOUN + "  recipient: [objet]\n"),
    ("strange bare", NOUN + "  bare: never\n"),
    ("strange idafa", NOUN + "  idafa: subject\n"),
    ("strange by", NOUN + "  senses:\n  - if: {by: adjective}\n"),
    ("condition is a list", NOUN + "  senses:\n  - if: [على]\n"),
    ("sense is no mapping", NOUN + "  senses: [x]\n"),
    ("senses is a word", NOUN + "  senses: x\n"),
    ("flag is a word", NOUN + "  reciprocal: sometimes\n"),
    ("examples is a mapping", NOUN + "  examples: {text: x}\n"),
    ("is holds words", NOUN + "  examples:\n  - {text: x, is: REJECT}\n"),
    ("key is a list", NOUN + "  ? [a, b]\n  : c\n"),
]


@pytest.mark.parametrize("text", [b[1] for b in BROKEN_DEEPER], ids=[b[0] for b in BROKEN_DEEPER])
def test_what_makes_no_sense_is_refused_by_its_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(GOOD + text, "utf-8")
    with pytest.raises(PackError) as caught:
        load_frames(path, "mine.yml")
    assert caught.value.file == "mine.yml"
    assert 5 <= caught.value.line <= 10


@pytest.mark.parametrize("verb", ["lemma: هجّر\n  root: ه ج ر\n  form: II", "lemma: رفض\n  root: ر ف ض\n  form: XIX"])
def test_a_verb_that_cannot_be_inflected_is_refused_by_its_line(verb: str, tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    path = tmp_path / "events" / "mine.yml"
    path.write_text(f"{GOOD}- {verb}\n  event: COERCE\n", "utf-8")
    with pytest.raises(PackError) as caught:
        load(tmp_path)
    assert (caught.value.file, caught.value.line) == (str(path), 5)


BROKEN_TABLES = [
    ("no header", "# nothing\n", 0, "no header"),
    ("column twice", "id\tid\n", 1, "must be given and differ"),
    ("too few cells", "id\tname\n\na\n", 3, "1 cells where the header has 2 columns"),
]


@pytest.mark.parametrize(("text", "line", "said"), [b[1:] for b in BROKEN_TABLES], ids=[b[0] for b in BROKEN_TABLES])
def test_a_table_that_is_not_of_its_form(text: str, line: int, said: str, tmp_path: Path) -> None:
    path = tmp_path / "people.tsv"
    path.write_text(text, "utf-8")
    with pytest.raises(PackError) as caught:
        rows(path)
    assert (caught.value.file, caught.value.line) == (str(path), line)
    assert said in caught.value.text


def test_a_table_that_is_no_text_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "people.tsv"
    with pytest.raises(PackError, match="cannot be read"):
        rows(path)
    path.write_bytes(b"id\tname\n\xff\xfe\n")
    with pytest.raises(PackError, match="is not UTF-8"):
        rows(path)


PLACE = "id\tname_en\tname_ar\tvariants_ar\tkind\tcountry\tlat\tlon\tradius_km\tparent\tcue\n"
USER_TABLES = [
    ("a column is missing", "actors/people.tsv", "id\tname_ar\nx\tفلان\n", 2),
    ("no number", "places/places.tsv", PLACE + "x\tX\tقلعة\t\tsite\tOMN\tnorth\t58\t2\t\t\n", 2),
    ("no country", "places/places.tsv", PLACE + "x\tX\tقلعة\t\tsite\tOman\t23\t58\t2\t\t\n", 2),
    ("no word class", "words/stems_mine.tsv", "word\tpos\tgender\tnumber\nقلعة\tnown\tf\ts\n", 2),
    ("no name", "places/places.tsv", PLACE + "x\tX\t\t\tsite\tOMN\t23\t58\t2\t\t\n", 2),
]


@pytest.mark.parametrize(("name", "text", "line"), [b[1:] for b in USER_TABLES], ids=[b[0] for b in USER_TABLES])
def test_a_row_of_a_user_that_is_not_of_its_form(name: str, text: str, line: int, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    with pytest.raises(PackError) as caught:
        load_knowledge(tmp_path)
    assert (caught.value.file, caught.value.line) == (str(path), line)
