"""How good a forecast was."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twolenses.models import ModelError
from twolenses.models.forecasts import (
    brier_score,
    brier_score_categories,
    calibration_table,
    decomposition,
    skill_score,
)

pairs = st.lists(
    st.tuples(st.sampled_from([0, 0.1, 0.25, 0.5, 0.7, 0.9, 1]), st.integers(0, 1)), min_size=1, max_size=40
)
loose_pairs = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 1)), min_size=1, max_size=40)
quick = settings(deadline=None, derandomize=True)


# ── scores ───────────────────────────────────────────────────────────────────────────────────────────


def test_certainty_scores_zero_when_right_and_one_when_wrong():
    assert brier_score([1, 0], [1, 0]) == 0
    assert brier_score([1, 0], [0, 1]) == 1


def test_a_score_worked_by_hand():
    assert brier_score([0.8, 0.3, 0.6], [1, 0, 0]) == pytest.approx((0.04 + 0.09 + 0.36) / 3)


@pytest.mark.parametrize("outcomes", [[0, 0], [0, 1], [1, 1]])
def test_saying_one_half_scores_a_quarter_whatever_happens(outcomes):
    assert brier_score([0.5, 0.5], outcomes) == 0.25


def test_the_score_is_best_in_expectation_for_who_says_what_they_believe():
    belief, grid = 0.3, np.linspace(0, 1, 101)
    expected = [belief * brier_score([p], [1]) + (1 - belief) * brier_score([p], [0]) for p in grid]
    assert grid[np.argmin(expected)] == pytest.approx(belief)


def test_several_categories_worked_by_hand():
    score = brier_score_categories([[0.5, 0.3, 0.2], [0, 1, 0]], [0, 1])
    assert score == pytest.approx((0.25 + 0.09 + 0.04) / 2)


@quick
@given(loose_pairs)
def test_briers_own_score_of_two_categories_is_twice_the_binary_one(forecasts):
    probabilities, outcomes = map(np.array, zip(*forecasts, strict=True))
    both = np.column_stack([1 - probabilities, probabilities])
    assert brier_score_categories(both, outcomes) == pytest.approx(2 * brier_score(probabilities, outcomes))


def test_skill_is_the_part_of_the_references_score_that_was_saved():
    assert skill_score(0.1, 0.25) == pytest.approx(0.6)
    assert skill_score(0.25, 0.25) == 0
    assert skill_score(0.5, 0.25) == -1


# ── calibration ──────────────────────────────────────────────────────────────────────────────────────


def test_calibration_sets_what_was_said_beside_what_happened():
    table = calibration_table([0.2, 0.9, 0.2, 0.2, 0.2], [0, 1, 0, 1, 0])
    assert table.to_dict("list") == {"forecast": [0.2, 0.9], "observed": [0.25, 1.0], "n": [4, 1]}


def test_bins_hold_their_lower_edge_and_the_last_one_both():
    table = calibration_table([0, 0.19, 0.2, 0.79, 1], [0, 0, 0, 1, 1], bins=5)
    assert table["forecast"].to_list() == pytest.approx([0.095, 0.2, 0.79, 1])
    assert table["n"].to_list() == [2, 1, 1, 1]


def test_an_edge_computed_with_rounding_error_falls_where_it_belongs():
    assert len(calibration_table([0.3, 0.1 + 0.2, 3 * 0.1], [0, 1, 1])) == 1
    assert len(calibration_table([1 - 0.7, 0.35], [0, 1], bins=10)) == 1


# ── decomposition ────────────────────────────────────────────────────────────────────────────────────


def test_the_parts_worked_by_hand():
    # 0.25 said four times, true once; 0.75 said four times, true twice. Base rate 3/8.
    found = decomposition([0.25] * 4 + [0.75] * 4, [1, 0, 0, 0, 1, 1, 0, 0])
    assert found.reliability == pytest.approx((0 + 4 * 0.25**2) / 8)
    assert found.resolution == pytest.approx((4 * 0.125**2 + 4 * 0.125**2) / 8)
    assert found.uncertainty == pytest.approx(3 / 8 * 5 / 8)


@quick
@given(pairs)
def test_the_three_parts_make_up_the_score(forecasts):
    probabilities, outcomes = zip(*forecasts, strict=True)
    found = decomposition(probabilities, outcomes)
    assert found.reliability - found.resolution + found.uncertainty == pytest.approx(
        brier_score(probabilities, outcomes), abs=1e-12
    )


@quick
@given(loose_pairs, st.integers(1, 10))
def test_bins_leave_over_the_spread_within_them(forecasts, bins):
    probabilities, outcomes = map(np.array, zip(*forecasts, strict=True))
    found = decomposition(probabilities, outcomes, bins)
    groups = np.minimum(np.floor(probabilities.round(10) * bins), bins - 1)
    spread = sum(
        np.square(p - p.mean()).sum() - 2 * ((p - p.mean()) * (o - o.mean())).sum()
        for p, o in ((probabilities[groups == one], outcomes[groups == one]) for one in np.unique(groups))
    )
    assert found.within_bins == pytest.approx(spread / len(probabilities), abs=1e-12)


@quick
@given(pairs)
def test_skill_against_the_base_rate_is_resolution_less_reliability_over_uncertainty(forecasts):
    probabilities, outcomes = zip(*forecasts, strict=True)
    found = decomposition(probabilities, outcomes)
    if found.uncertainty > 0:
        reference = brier_score([np.mean(outcomes)] * len(outcomes), outcomes)
        assert found.uncertainty == pytest.approx(reference)
        assert skill_score(found.brier, reference) == pytest.approx(
            (found.resolution - found.reliability) / found.uncertainty
        )


def test_always_saying_the_base_rate_is_reliable_and_resolves_nothing():
    found = decomposition([0.25] * 4, [1, 0, 0, 0])
    assert (found.reliability, found.resolution, found.brier) == (0, 0, 3 / 16)


def test_a_perfect_forecast_resolves_all_uncertainty():
    found = decomposition([1, 0, 0, 1], [1, 0, 0, 1])
    assert found.resolution == found.uncertainty == 0.25


# ── faults ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("probabilities", "outcomes", "says"),
    [
        ([0.5], [1, 0], "as many"),
        ([50], [1], "between 0 and 1"),
        ([0.5], [0.5], "neither 0 nor 1"),
        ([float("nan")], [1], "missing"),
        ([], [], "at least one"),
    ],
)
def test_what_is_no_forecast_is_refused(probabilities, outcomes, says):
    with pytest.raises(ModelError, match=says):
        brier_score(probabilities, outcomes)


@pytest.mark.parametrize(
    ("probabilities", "outcomes", "says"),
    [
        ([0.5, 0.5], [1], "rows of numbers"),
        ([[0.5, 0.5], [1]], [1, 0], "not a number"),
        ([[0.5, 0.6]], [1], "add up to 1.1"),
        ([[1.5, -0.5]], [1], "between 0 and 1"),
        ([[0.5, 0.5]], [2], "between 0 and 1"),
        ([[0.5, 0.5]], [0.5], "number of a category"),
        ([[0.5, 0.5]], [0, 1], "1 outcomes"),
    ],
)
def test_what_is_no_forecast_of_categories_is_refused(probabilities, outcomes, says):
    with pytest.raises(ModelError, match=says):
        brier_score_categories(probabilities, outcomes)


def test_a_reference_must_leave_room_for_skill():
    with pytest.raises(ModelError, match="perfect"):
        skill_score(0.1, 0)


def test_there_is_at_least_one_bin():
    with pytest.raises(ModelError, match="bins is 0"):
        calibration_table([0.5], [1], bins=0)
