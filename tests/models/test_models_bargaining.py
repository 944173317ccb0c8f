"""The bargaining range and the commitment problem."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from twolenses.models import ModelError
from twolenses.models.bargaining import bargaining_range, power_shift

shares = st.floats(0, 1)
quick = settings(deadline=None, derandomize=True)


@quick
@given(shares, shares, shares, shares)
def test_a_part_is_in_the_range_if_neither_state_would_rather_fight(p, cost_a, cost_b, part):
    a_accepts, b_accepts = part >= p - cost_a, 1 - part >= 1 - p - cost_b
    assume(min(abs(part - p + cost_a), abs(part - p - cost_b)) > 1e-9)
    assert (part in bargaining_range(p, cost_a, cost_b)) == (a_accepts and b_accepts)


def test_the_range_is_as_wide_as_both_costs_together():
    assert bargaining_range(0.5, 0.2, 0.1).width == pytest.approx(0.3)


def test_the_range_ends_where_there_is_nothing_left_to_give():
    found = bargaining_range(0.9, 0.2, 0.3)
    assert (found.low, found.high) == pytest.approx((0.7, 1))
    assert bargaining_range(0.1, 0.3, 0.3).low == 0


def test_without_costs_one_settlement_is_left():
    found = bargaining_range(0.6, 0, 0)
    assert found.width == 0
    assert 0.6 in found


@pytest.mark.parametrize("given", [(1.2, 0.1, 0.1), (0.5, -0.1, 0.1), (0.5, 0.1, float("nan"))])
def test_what_is_no_probability_or_cost_is_refused(given):
    with pytest.raises(ModelError):
        bargaining_range(*given)


@pytest.mark.parametrize(
    ("now", "later", "attacker"),
    [
        (0.3, 0.49, None),
        (0.3, 0.51, "B"),
        (0.6, 0.41, None),
        (0.6, 0.39, "A"),
        (0.5, 0.5, None),
        (0.2, 0.4, None),
    ],
)
def test_the_declining_state_attacks_if_the_shift_exceeds_the_width(now, later, attacker):
    found = power_shift(now, later, cost_a=0.1, cost_b=0.1)
    assert found.preventive_war_by == attacker
    assert found.shift == pytest.approx(later - now)
    assert found.surplus == pytest.approx(0.2)


@quick
@given(shares, shares, shares, shares)
def test_it_attacks_if_war_now_is_better_than_the_best_bargain_to_come(now, later, cost_a, cost_b):
    bargains = [
        part
        for part in np.linspace(0, 1, 201)
        if part >= later - cost_a and part <= later + cost_b  # what both accept once power has shifted
    ]
    assume(bargains)
    coarse = 1 / 200  # the best bargain lies at most this far beyond the best of the list
    b_gains = (1 - now - cost_b) - (1 - min(bargains))
    a_gains = (now - cost_a) - max(bargains)
    found = power_shift(now, later, cost_a, cost_b).preventive_war_by
    if b_gains > coarse:
        assert found == "B"
    elif a_gains > coarse:
        assert found == "A"
    elif max(a_gains, b_gains) < -1e-9:
        assert found is None


@quick
@given(shares, shares, shares, shares)
def test_a_war_is_prevented_by_making_it_costlier(now, later, cost_a, cost_b):
    if power_shift(now, later, cost_a, cost_b).preventive_war_by is None:
        assert power_shift(now, later, cost_a + 0.1, cost_b).preventive_war_by is None
    assert power_shift(now, later, 0.5, 0.5).preventive_war_by is None
