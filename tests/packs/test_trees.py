"""Trees that are added up: scores, what each measure lifts, and files of other measures."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.packs.trees import Fork, Trees, fork, log_odds, probability, read_trees, shares

RAW = {"measures": ["near", "far"], "base": 0.5, "trees": [[0, 1.0, 0.25, -1.0, [1, 2.0, 0.75, 0.5, 1.0]], 0.125]}
TREES = read_trees(RAW, ("near", "far"), "here")


@pytest.mark.parametrize(("values", "score"), [((1.0, 9.0), -0.375), ((1.5, 2.0), 1.125), ((1.5, 2.5), 1.625)])
def test_the_leaves_that_values_lead_to_add_up(values: tuple[float, float], score: float) -> None:
    assert TREES.score(values) == pytest.approx(score)


@given(st.tuples(st.floats(-5, 5), st.floats(-5, 5)))
def test_what_measures_lift_is_the_score_without_the_means(values: tuple[float, float]) -> None:
    means = TREES.base + sum(t.mean if isinstance(t, Fork) else t for t in TREES.trees)
    assert means + sum(TREES.lifts(values)) == pytest.approx(TREES.score(values))


def test_trees_of_other_measures_are_refused_with_the_file() -> None:
    with pytest.raises(ValueError, match="here: its trees are of other measures"):
        read_trees(RAW, ("far", "near"), "here")


def test_a_single_leaf_is_a_tree() -> None:
    assert Trees((), 1.0, (fork(2),)).score(()) == 3.0


@given(st.floats(0.001, 0.999))
def test_log_odds_turn_back_into_their_probability(p: float) -> None:
    assert probability(log_odds(p)) == pytest.approx(p)


def test_log_odds_of_certainty_stay_finite() -> None:
    assert log_odds(0.0) == pytest.approx(-log_odds(1.0)) == pytest.approx(-9.21, abs=0.01)


@given(st.lists(st.floats(-20, 20), min_size=1, max_size=5))
def test_shares_are_probabilities_in_the_order_of_scores(scores: list[float]) -> None:
    found = shares(scores)
    assert math.isclose(sum(found), 1.0)
    assert found[scores.index(max(scores))] == max(found)
