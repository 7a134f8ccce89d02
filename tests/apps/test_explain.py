"""What `rasid explain` tells a reader about a sentence: words, phrases, names, verbs, and what came of them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest

from rasid.export.terminal import FSI, PDI, width
from rasid.ingest import PageLayout
from rasid.pipeline.explain import explain
from rasid.pipeline.kit import Kit
from tests.conftest import article_of

TEXT = (
    "التقت وزيرة الخارجية الأردنية هالة الربيعي نظيرها العماني في مسقط أمس وبحثت معه سبل تثبيت الهدنة. "
    "وأكدت أن بلادها سترسل مساعدات إلى المدينة التي يحاصرها المتمردون منذ شهرين. "
    "وقُتل ثلاثة مدنيين في غارة، ورحبت الحكومات الغربية بالهدنة الإنسانية."
)
PUBLISHED = date(2024, 9, 13)


def explained(text: str, kit: Kit, layout: PageLayout) -> list[str]:
    """The lines without direction marks, runs of spaces made one."""
    told = explain(article_of(text, layout, PUBLISHED), kit).replace(FSI, "").replace(PDI, "")
    return [re.sub(" +", " ", line).strip() for line in told.splitlines()]


@pytest.fixture(scope="module")
def lines(kit: Kit, layout: PageLayout) -> list[str]:
    return explained(TEXT, kit, layout)


def verb(lines: list[str], word: str) -> list[str]:
    """What is told of a verb."""
    plain = [line.removeprefix("verbs ") for line in lines]
    at = plain.index(word)
    rest = [line.split(" ", 1)[0] for line in plain[at + 1 :]]
    parts = ("subject", "object", "acted", "with", "when", "clause", "no")
    end = next(n for n, label in enumerate(rest) if label not in parts)
    return plain[at + 1 : at + 1 + end]


def test_the_certainty_of_a_record_has_its_grounds(lines: list[str]) -> None:
    (first,) = [line for line in lines if line.startswith("record #1 ")]
    certainty = re.search(r"certainty (0\.\d\d)$", first)
    assert certainty is not None
    (told,) = [line for line in lines[lines.index(first) :] if line.startswith(f"certainty {certainty[1]}: ")][:1]
    pattern = r"certainty [\d.]+: for it [^;]+ \(\+\d\.\d\)(, [^;]+)?; against it [^;]+ \(-\d\.\d\)(, [^;]+)?"
    assert re.fullmatch(pattern, told)
    assert "the entry CONSULT/التقى (+" in told


def test_what_was_judged_no_event_has_its_grounds(kit: Kit, layout: PageLayout) -> None:
    told = [line for line in explained(TEXT, kit, layout) if "judged no event (" in line]
    assert told
    assert all(re.search(r"judged no event \(0\.\d\d\): (for|against) it ", line) for line in told)


def test_clitics_are_parted_with_class_and_dictionary_form(lines: list[str]) -> None:
    told = {line.removeprefix("words ") for line in lines}
    assert told >= {
        "التقت verb التقى",
        "ب+الهدنة preposition + noun هدنة",
        "نظير+ها noun + pronoun نظير",
        "س+ترسل particle + verb أرسل",
        "الحكومات noun حكومة",
        "المتمردون noun متمرد",
        "الأردنية adjective أردني",
        "إلى preposition",
    }


def test_phrases_have_preposition_and_head(lines: list[str]) -> None:
    told = {line.removeprefix("phrases ") for line in lines}
    assert "وزيرة الخارجية الأردنية هالة الربيعي head وزيرة, can act" in told
    assert "إلى المدينة head المدينة" in told


def test_names_have_kind_and_id(lines: list[str]) -> None:
    told = {line.removeprefix("names ") for line in lines}
    assert told >= {"وزيرة الخارجية office or title foreign-minister", "مسقط capital OMN", "أمس time"}
    assert "هالة الربيعي person in no table" in told


def test_a_verb_has_subject_objects_prepositions_and_times(lines: list[str]) -> None:
    assert verb(lines, "التقت") == [
        "subject وزيرة الخارجية الأردنية هالة الربيعي, after the verb",
        "object نظيرها العماني",
        "with في مسقط",
        "when أمس",
    ]


def test_a_shared_subject_is_said_to_be_shared(lines: list[str]) -> None:
    told = verb(lines, "بحثت")
    assert "subject وزيرة الخارجية الأردنية هالة الربيعي, shared with the verb before" in told
    assert "with معه" in told


def test_a_subject_that_is_not_written_and_the_clause_after_the_verb(lines: list[str]) -> None:
    assert verb(lines, "أكدت") == [
        "subject not written, only in the form of the verb (she)",
        "clause أن بلادها سترسل مساعدات إلى المدينة التي يحاصرها المتمردون منذ شهرين",
    ]
    assert verb(lines, "ترسل")[0] == "subject بلادها, before the verb"


def test_a_subject_that_is_not_written_leads_to_the_record_that_names_it(kit: Kit, layout: PageLayout) -> None:
    told = explained("زار الوزير العماني صنعاء. ودعا إلى وقف فوري لإطلاق النار.", kit, layout)
    (subject,) = [line for line in verb(told, "دعا") if line.startswith("subject")]
    number = re.fullmatch(r".*\(he\); whom it means: record (#\d+)", subject)
    assert number is not None
    (record,) = [line for line in told if line.startswith(f"record {number[1]} REQUEST")]
    assert "دعا, " in record
    assert "(OMN GOV) -> " in record


def test_a_speaker_that_is_not_written_leads_to_the_record_on_his_word(kit: Kit, layout: PageLayout) -> None:
    told = explained("قال الوزير العماني إن القوات قصفت المخيم. وأضاف أن المسلحين قصفوا المدينة.", kit, layout)
    (subject,) = [line for line in verb(told, "أضاف") if line.startswith("subject")]
    number = re.fullmatch(r".*\(he\); whom it means: the word of record (#\d+)", subject)
    assert number is not None
    at = next(n for n, line in enumerate(told) if line.startswith(f"record {number[1]} "))
    assert "on the word of الوزير العماني" in told[at + 1]


def test_of_a_passive_verb_the_subject_is_acted_on(lines: list[str]) -> None:
    assert verb(lines, "قُتل")[:2] == ["subject not told: the verb is passive", "acted on ثلاثة مدنيين"]


def test_a_record_has_its_day_and_its_place(lines: list[str]) -> None:
    at = next(n for n, line in enumerate(lines) if line.startswith("record #1 "))
    assert lines[at + 1] == "on 2024-09-12; in مسقط"


def test_records_name_the_entry_and_what_was_let_go_the_reason(lines: list[str]) -> None:
    assert any(line.startswith("record #1 CONSULT التقت, هالة الربيعي (JOR GOV) -> ") for line in lines)
    assert any(line.startswith("by CONSULT/التقى at ar/events/consult.yml:") for line in lines)
    assert any(line.startswith("let go ") and ": " in line for line in lines)


def test_arabic_stands_in_isolates_and_columns_under_each_other(kit: Kit, layout: PageLayout) -> None:
    told = explain(article_of(TEXT, layout, PUBLISHED), kit).splitlines()
    for line in told:
        assert line.count(FSI) == line.count(PDI)
        outside = re.sub(f"{FSI}[^{PDI}]*{PDI}", "", line)
        assert not any(unicodedata.bidirectional(c) == "AL" for c in outside), line
    begin = next(n for n, line in enumerate(told) if line.startswith("  words"))
    end = next(n for n, line in enumerate(told) if line.startswith("  phrases"))
    columns = [
        re.search(r"(?<=  )(noun|verb|adjective|name|preposition|adverb|and)\b", line) for line in told[begin:end]
    ]
    assert {width(match.string[: match.start()]) if match else None for match in columns} == {
        width("  words     " + "الخارجية  ")
    }


def test_a_text_cannot_steer_the_terminal(kit: Kit, layout: PageLayout) -> None:
    text = explain(article_of("زار \x1b[2J\x07الوزير\u202e\u2069 المدينة \x9b31m.", layout), kit)
    assert not any(unicodedata.category(c) == "Cc" for c in text.replace("\n", ""))
    assert "\u202e" not in text
    assert text.count(FSI) == text.count(PDI)
