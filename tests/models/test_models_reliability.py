"""Whether two coders judge alike."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twolenses.models import ModelError
from twolenses.models.reliability import (
    agreement,
    cohen_kappa,
    expected_agreement,
    interval,
    standard_error,
    table_of,
)

COHEN = [[0.44, 0.07, 0.09], [0.05, 0.20, 0.05], [0.01, 0.03, 0.06]]
"""Two judges, 200 cases, three diagnoses: shares, as in Cohen (1968), table 1."""
COHEN_COSTS = [[0, 1, 3], [1, 0, 6], [3, 6, 0]]
SAS = [[0, 4, 1], [0, 8, 0], [0, 1, 5]]
"""An example that SAS prints, and the tests of statsmodels after it."""

quick = settings(deadline=None, derandomize=True)
verdicts = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=30)


# ── published examples ───────────────────────────────────────────────────────────────────────────────


def test_cohens_own_example_and_its_weighted_kappa():
    assert agreement(COHEN) == pytest.approx(0.70)
    assert expected_agreement(COHEN) == pytest.approx(0.41)
    assert round(cohen_kappa(COHEN), 3) == 0.492
    assert round(cohen_kappa(COHEN, COHEN_COSTS), 3) == 0.348


def test_costs_need_not_be_symmetric():
    assert round(cohen_kappa(COHEN, [[0, 1, 4], [1, 0, 6], [2, 2, 0]]), 3) == 0.353


@pytest.mark.parametrize(("table", "kappa"), [([[40, 9], [6, 45]], 0.70), ([[80, 10], [5, 5]], 0.32)])
def test_the_same_agreement_and_another_prevalence(table, kappa):
    """Feinstein and Cicchetti (1990)."""
    assert agreement(table) == pytest.approx(0.85)
    assert round(cohen_kappa(table), 2) == kappa


def test_the_standard_error_and_the_interval_that_sas_prints():
    low, high = interval(SAS)
    printed = [0.4842, 0.1380, 0.2137, 0.7547]
    assert [cohen_kappa(SAS), standard_error(SAS), low, high] == pytest.approx(printed, abs=5e-5)
    assert cohen_kappa(SAS, [[0, 1, 2], [1, 0, 1], [2, 1, 0]]) == pytest.approx(0.4701, abs=5e-5)


def test_the_standard_error_is_how_much_kappa_varies_over_many_samples():
    table, n = np.array(COHEN), 2000
    draws = np.random.default_rng(1960).multinomial(n, table.ravel(), size=2000).reshape(-1, 3, 3)
    assert np.std([cohen_kappa(draw) for draw in draws]) == pytest.approx(standard_error(n * table), rel=0.05)


# ── boundaries ───────────────────────────────────────────────────────────────────────────────────────


def test_perfect_agreement_is_one_and_has_no_spread():
    table = table_of("abca", "abca")
    assert (cohen_kappa(table), standard_error(table)) == (1, 0)
    assert interval(table) == (1, 1)


def test_no_agreement_is_below_nought():
    assert cohen_kappa(table_of("ab", "ba")) == -1
    assert cohen_kappa(table_of("aa", "bb")) == 0


def test_as_much_as_chance_is_nought():
    assert cohen_kappa([[4, 4], [1, 1]]) == pytest.approx(0)


def test_one_category_for_all_leaves_nothing_to_be_shown():
    table = table_of("aaa", "aaa", categories="ab")
    assert expected_agreement(table) == 1
    assert all(math.isnan(one) for one in (cohen_kappa(table), standard_error(table), *interval(table)))


def test_costs_of_nought_leave_nothing_to_be_shown():
    assert math.isnan(cohen_kappa([[1, 1], [1, 1]], [[0, 0], [0, 0]]))


# ── what holds of all ────────────────────────────────────────────────────────────────────────────────


@quick
@given(verdicts)
def test_it_does_not_matter_who_is_first_how_categories_are_ordered_or_which_stay_unused(pairs):
    first, second = zip(*pairs, strict=True)
    kappa = cohen_kappa(table_of(first, second))
    for other in (table_of(second, first), table_of(first, second, "cbad")):
        assert cohen_kappa(other) == pytest.approx(kappa, nan_ok=True)
        assert standard_error(other) == pytest.approx(standard_error(table_of(first, second)), nan_ok=True, abs=1e-7)


@quick
@given(verdicts)
def test_costs_that_are_all_alike_change_nothing(pairs):
    table = table_of(*zip(*pairs, strict=True), categories="abc")
    assert cohen_kappa(table, 7 * (1 - np.eye(3))) == pytest.approx(cohen_kappa(table), nan_ok=True)


@quick
@given(verdicts)
def test_kappa_is_what_its_two_agreements_make_of_it(pairs):
    table = table_of(*zip(*pairs, strict=True))
    if expected_agreement(table) < 1:
        reached = (agreement(table) - expected_agreement(table)) / (1 - expected_agreement(table))
        assert cohen_kappa(table) == pytest.approx(reached, abs=1e-12)


def test_a_table_keeps_the_order_of_its_categories_and_a_row_for_what_nobody_said():
    table = table_of(["x", "y"], ["y", "y"], categories=["y", "z", "x"])
    assert list(table.index) == list(table.columns) == ["y", "z", "x"]
    assert table.to_numpy().tolist() == [[1, 0, 0], [0, 0, 0], [1, 0, 0]]


def test_a_wider_level_has_a_wider_interval():
    assert interval(SAS, 0.99)[0] < interval(SAS, 0.9)[0] < cohen_kappa(SAS) < interval(SAS, 0.9)[1]


# ── faults ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ("ab", "a", "2 and 1 verdicts"),
        ("", "", "at least one"),
        (["a", None], ["a", "a"], "missing"),
        (["a", "b"], ["a", float("nan")], "missing"),
    ],
)
def test_what_is_no_pair_of_codings_is_refused(first, second, says):
    with pytest.raises(ModelError, match=says):
        table_of(first, second)


def test_a_verdict_that_is_none_of_the_categories_is_named():
    with pytest.raises(ModelError, match=r"'wrongg' is none of the categories. Did you mean 'wrong'"):
        table_of(["wrongg"], ["wrong"], categories=["wrong", "contested"])


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ([[1, 2]], "both coders all categories"),
        ([[0, 0], [0, 0]], "All counts are 0"),
        ([[1, -1], [0, 1]], "at least 0"),
        ([1, 2], "rows of numbers"),
    ],
)
@pytest.mark.parametrize("measure", [agreement, expected_agreement, cohen_kappa, standard_error, interval])
def test_what_is_no_table_is_refused(measure, table, says):
    with pytest.raises(ModelError, match=says):
        measure(table)


@pytest.mark.parametrize(
    ("costs", "says"),
    [([[0, 1]], "2 by 2"), ([[1, 1], [1, 0]], "diagonal"), ([[0, -1], [1, 0]], "at least 0")],
)
def test_what_are_no_costs_is_refused(costs, says):
    with pytest.raises(ModelError, match=says):
        cohen_kappa([[1, 1], [1, 1]], costs)


@pytest.mark.parametrize("level", [0, 1])
def test_certainty_is_no_level(level):
    with pytest.raises(ModelError, match="above 0 and below 1"):
        interval(SAS, level)
