"""B-cubed and over-merging against values worked out by hand, and the pairing of mentions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.score import (
    CodedError,
    Mention,
    align,
    b_cubed,
    one_an_article,
    over_merging,
    read_mentions,
)

#: Twelve mentions of three events, as in the example of Bagga and Baldwin (1998): 1-5, 6-7, 8-12.
TRUTH = {n: "a" if n <= 5 else "b" if n <= 7 else "c" for n in range(1, 13)}


def test_joining_the_small_group_to_a_large_one() -> None:
    # 1-5 alone; 6-12 together: precision (5*1 + 2*2/7 + 5*5/7)/12 = 64/84, recall 1: their first example.
    response = {n: "x" if n <= 5 else "y" for n in TRUTH}
    figures = b_cubed(TRUTH, response)
    assert figures.precision == pytest.approx(64 / 84)
    assert figures.recall == 1
    assert figures.f1 == pytest.approx(2 * (64 / 84) / (1 + 64 / 84))


def test_joining_two_large_groups_costs_more() -> None:
    # 6-7 alone; the other ten together: precision (2*1 + 10*5/10)/12 = 7/12: their second example.
    response = {n: "y" if n in (6, 7) else "x" for n in TRUTH}
    assert b_cubed(TRUTH, response).precision == pytest.approx(7 / 12)
    assert b_cubed(TRUTH, response).recall == 1


def test_parting_costs_recall() -> None:
    # a = {1, 2, 3} falls into {1, 2} and {3}: recall (2 * 2/3 + 1/3 + 1)/4 = 2/3.
    figures = b_cubed({1: "a", 2: "a", 3: "a", 4: "b"}, {1: 0, 2: 0, 3: 1, 4: 2})
    assert figures.precision == 1
    assert figures.recall == pytest.approx(2 / 3)


def test_both_errors_at_once() -> None:
    # gold {1, 2, 3} {4, 5}; found {1, 2} {3, 4} {5}.
    # precision: 1, 1, 1/2, 1/2, 1 -> 4/5; recall: 2/3, 2/3, 1/3, 1/2, 1/2 -> 8/15.
    figures = b_cubed({1: "a", 2: "a", 3: "a", 4: "b", 5: "b"}, {1: 0, 2: 0, 3: 1, 4: 1, 5: 2})
    assert figures.precision == pytest.approx(4 / 5)
    assert figures.recall == pytest.approx(8 / 15)


def test_over_merging_is_counted_in_groups_pairs_and_mentions() -> None:
    # gold {1, 2, 3} {4, 5}; found {1, 2, 3, 4} {5}: three of six pairs are wrong, one mention is misplaced.
    over = over_merging({1: "a", 2: "a", 3: "a", 4: "b", 5: "b"}, {1: 0, 2: 0, 3: 0, 4: 0, 5: 1})
    assert (over.groups, over.mixed, over.pairs, over.wrong) == (1, 1, 6, 3)
    assert (over.mentions, over.touched, over.misplaced) == (5, 4, 1)
    assert (over.of_groups, over.of_pairs, over.of_mentions, over.put_wrong) == (1, 0.5, 0.8, 0.2)


def test_no_mentions_give_no_figure_that_looks_good() -> None:
    nothing: dict[int, str] = {}
    assert b_cubed(nothing, nothing).f1 == 0
    assert over_merging(nothing, nothing).of_pairs == 0


def test_clusterings_of_other_mentions_are_refused() -> None:
    for measure in (b_cubed, over_merging):
        with pytest.raises(ValueError, match="1 only in gold, 2 only in the prediction"):
            measure({1: "a", 2: "a"}, {2: 0, 3: 0, 4: 1})


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=30))
def test_it_is_the_mean_over_the_mentions(groups: list[tuple[int, int]]) -> None:
    gold, found = dict(enumerate(g for g, _ in groups)), dict(enumerate(p for _, p in groups))
    shares = []
    for mention in gold:
        mine = {other for other in found if found[other] == found[mention]}
        shares.append(len({other for other in mine if gold[other] == gold[mention]}) / len(mine))
    assert b_cubed(gold, found).precision == pytest.approx(sum(shares) / len(shares))
    assert b_cubed(found, gold).recall == pytest.approx(sum(shares) / len(shares))


def test_mixed_groups_and_wrong_pairs() -> None:
    # found {1, 2} right, {3, 4, 5} with a stranger (2 of its 3 pairs), {6} alone.
    gold = {1: "a", 2: "a", 3: "b", 4: "b", 5: "c", 6: "c"}
    counted = over_merging(gold, {1: 0, 2: 0, 3: 1, 4: 1, 5: 1, 6: 2})
    assert (counted.groups, counted.mixed, counted.pairs, counted.wrong) == (2, 1, 4, 2)
    assert (counted.of_groups, counted.of_pairs) == (0.5, 0.5)


def test_joining_nothing_merges_nothing() -> None:
    counted = over_merging({1: "a", 2: "a"}, {1: 0, 2: 1})
    assert (counted.groups, counted.of_groups, counted.of_pairs) == (0, 0, 0)


def test_words_are_paired_by_overlap_and_type_once() -> None:
    marked = [Mention("x", 10, 20, "ASSAULT"), Mention("x", 30, 35, "CONSULT"), Mention("y", 10, 20, "AID")]
    wide, exact = Mention("x", 10, 20, "ACCUSE"), Mention("x", 18, 22, "ASSAULT")
    other_type = Mention("x", 30, 33, "AGREE")
    elsewhere = Mention("z", 10, 20, "AID")
    assert align(marked, [wide, exact, other_type, elsewhere]) == {marked[0]: exact, marked[1]: other_type}
    assert align([Mention("x", 0, 9, "AID"), Mention("x", 9, 12, "AID")], [Mention("x", 8, 12, "AID")]) == {
        Mention("x", 9, 12, "AID"): Mention("x", 8, 12, "AID")
    }


def test_one_mention_of_an_event_an_article() -> None:
    headline, body, other = Mention("x", 0, 4, "AID"), Mention("x", 50, 54, "AID"), Mention("y", 7, 9, "AID")
    gold = {headline: "a", body: "a", other: "a", Mention("x", 60, 64, "AID"): "b"}
    assert one_an_article(gold, [other, body, headline]) == [headline, other]
    assert one_an_article(gold, [other, body]) == [body, other]


def test_marked_mentions_are_read(tmp_path: Path) -> None:
    path = tmp_path / "gold.tsv"
    path.write_text("# about\ngroup\tarticle\tstart\tend\tevent\ng1\tx\t3\t7\tAID\n", "utf-8")
    assert read_mentions(path) == {Mention("x", 3, 7, "AID"): "g1"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("g1\tx\t7\t7\tAID", r":3: expected .*start < end"),
        ("g1\tx\t-1\t7\tAID", r":3: expected"),
        ("g1\tx\t3\t7", r":3: expected"),
        ("\tx\t3\t7\tAID", r":3: expected"),
        ("g2\tx\t1\t2\tAID", r":3: this mention stands above"),
    ],
)
def test_a_wrong_line_is_named(line: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.tsv"
    path.write_text(f"group\tarticle\tstart\tend\tevent\ng1\tx\t1\t2\tAID\n{line}\n", "utf-8")
    with pytest.raises(CodedError, match=said):
        read_mentions(path)


def test_a_file_without_its_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.tsv"
    path.write_text("g1\tx\t1\t2\tAID\n", "utf-8")
    with pytest.raises(CodedError, match="must name the columns"):
        read_mentions(path)
    with pytest.raises(CodedError, match="cannot be read"):
        read_mentions(tmp_path / "gone.tsv")
