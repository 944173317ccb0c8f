"""Capabilities, force ratios and concentration."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twolenses.models import ModelError
from twolenses.models.power import (
    COMPONENTS,
    Range,
    cinc,
    component_shares,
    concentration,
    force_ratio,
    herfindahl,
    leave_one_out,
    shares,
)

# Correlates of War, National Material Capabilities 7.0: five of the 195 states of 2022, and all their sums.
# milex in thousand US dollars, milper, tpop and upop in thousands, irst and pec in thousand tons.
TOTALS_2022 = dict(zip(COMPONENTS, (2_017_970_000, 20_789, 1_889_079, 24_348_764, 8_011_318, 3_554_770), strict=True))
STATES_2022 = pd.DataFrame(
    {
        "USA": (838_814_000, 1_360, 80_535, 3_436_075, 344_775, 119_142),
        "RUS": (74_742_000, 1_190, 71_746, 1_441_163, 145_580, 69_540),
        "SRB": (1_218_000, 28, 1_674, 23_295, 6_791, 2_314),
        "ALB": (288_000, 8, 0, 1_674, 2_828, 1_263),
        "XKX": (0, 0, 0, 7_889, 1_718, 603),
    },
    index=COMPONENTS,
).T
CINC_2022 = {
    "USA": 0.12356574,
    "RUS": 0.038196992,
    "SRB": 0.00088199053,
    "ALB": 0.00021743089,
    "XKX": 0.00011801298,
}

systems = (
    st.integers(2, 6)
    .flatmap(lambda n: st.lists(st.lists(st.floats(1, 1e6), min_size=6, max_size=6), min_size=n, max_size=n))
    .map(lambda rows: pd.DataFrame(rows, columns=COMPONENTS))
)
quick = settings(deadline=None, derandomize=True, max_examples=50)


def test_cinc_is_the_mean_of_a_states_shares():
    system = pd.DataFrame({"milper": [60, 30, 10], "pec": [50, 0, 50], "tpop": [10, 60, 30]}, index=list("ABC"))
    assert cinc(system).to_dict() == pytest.approx({"A": 1.2 / 3, "B": 0.9 / 3, "C": 0.9 / 3})


@pytest.mark.parametrize("state", CINC_2022)
def test_cinc_agrees_with_the_published_index(state):
    assert cinc(STATES_2022, TOTALS_2022)[state] == pytest.approx(CINC_2022[state], rel=1e-7)


def test_a_missing_component_is_left_out_of_the_mean_as_in_the_published_index():
    # Yugoslavia (Serbia and Montenegro) in 1993, whose military expenditure is missing.
    totals = dict(zip(COMPONENTS, (730_578_850, 23_918, 723_368, 13_346_281, 5_498_115, 1_360_727), strict=True))
    yugoslavia = pd.DataFrame([[None, 100, 181, 23_418, 10_482, 2_809]], columns=COMPONENTS)
    assert cinc(yugoslavia, totals)[0] == pytest.approx(0.0020313251, rel=1e-7)
    assert cinc(yugoslavia.fillna(0), totals)[0] == pytest.approx(0.0020313251 * 5 / 6, rel=1e-7)


def test_kosovo_gains_half_when_its_military_zeros_are_read_as_missing():
    kosovo = STATES_2022.loc[["XKX"]].astype(float)
    missing = kosovo.assign(milex=np.nan, milper=np.nan)
    assert cinc(missing, TOTALS_2022)["XKX"] == pytest.approx(cinc(kosovo, TOTALS_2022)["XKX"] * 6 / 4)


def test_a_column_left_out_is_a_component_missing_for_all():
    without = STATES_2022.drop(columns="irst")
    pd.testing.assert_series_equal(
        cinc(without, TOTALS_2022), cinc(STATES_2022.astype(float).assign(irst=np.nan), TOTALS_2022)
    )


def test_nullable_columns_and_series_of_totals_are_understood():
    nullable = STATES_2022.convert_dtypes()
    pd.testing.assert_series_equal(
        cinc(nullable, pd.Series(TOTALS_2022)), cinc(STATES_2022, TOTALS_2022), check_index_type=False
    )
    nullable.loc["XKX", ["milex", "milper"]] = pd.NA
    assert component_shares(nullable, TOTALS_2022).loc["XKX"].isna().sum() == 2


@quick
@given(systems)
def test_over_a_whole_system_cinc_adds_up_to_one(system):
    assert cinc(system).sum() == pytest.approx(1)


def test_over_a_system_with_gaps_it_need_not():
    system = pd.DataFrame({"milper": [30.0, 10.0], "tpop": [10.0, None]})
    assert cinc(system).sum() == pytest.approx((0.75 + 1) / 2 + 0.25)


@quick
@given(systems)
def test_leaving_out_each_component_in_turn_averages_to_the_whole_index(system):
    assert leave_one_out(system).mean(axis=1).to_numpy() == pytest.approx(cinc(system).to_numpy())


def test_leaving_out_a_component_shows_what_the_index_owes_to_it():
    america = leave_one_out(STATES_2022, TOTALS_2022).loc["USA"]
    assert america.idxmin() == "milex"
    assert america["milex"] == pytest.approx((6 * CINC_2022["USA"] - 838_814 / 2_017_970) / 5)


@pytest.mark.parametrize(
    ("states", "totals", "says"),
    [
        ({"milext": [1]}, None, "milex"),
        ({"milex": [1]}, {"tpop": 5}, "total"),
        ({"milex": [-1]}, {"milex": 5}, "negative"),
        ({"milex": [6]}, {"milex": 5}, "whole system"),
        ({"milex": [0, 0]}, None, "Leave the column out"),
        ({"milex": [1.0, None]}, None, "Drop the state"),
        ({"milex": ["many"]}, None, "not a number"),
        ({}, None, "no component"),
    ],
)
def test_what_is_no_system_is_refused(states, totals, says):
    with pytest.raises(ModelError, match=says):
        cinc(pd.DataFrame(states), totals)


# ── ratios ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_ratio_of_two_figures_is_one_figure():
    assert force_ratio(30, 10) == Range(3, 3)
    assert str(force_ratio(30, 10)) == "3"


@quick
@given(*[st.floats(1, 1e6)] * 4, st.floats(0, 1), st.floats(0, 1))
def test_a_ratio_of_ranges_holds_every_ratio_within_them(a, b, c, d, here, there):
    own, other = Range(*sorted((a, b))), Range(*sorted((c, d)))
    ratio = force_ratio(own, other)
    one = min(own.low + here * (own.high - own.low), own.high)
    another = min(other.low + there * (other.high - other.low), other.high)
    assert ratio.low <= one / another <= ratio.high
    assert ratio == Range(own.low / other.high, own.high / other.low)


def test_who_has_nothing_has_no_part_of_the_others_strength():
    assert force_ratio(0, 10) == Range(0, 0)


@pytest.mark.parametrize("other", [0, Range(0, 5), -1])
def test_a_ratio_to_nothing_is_refused(other):
    with pytest.raises(ModelError, match="more than zero"):
        force_ratio(10, other)


def test_a_range_has_its_lower_bound_first():
    with pytest.raises(ModelError, match="upper bound"):
        Range(5, 4)


# ── concentration ────────────────────────────────────────────────────────────────────────────────────


def test_shares_of_a_deployment():
    assert shares([600, 300, 100]) == pytest.approx([0.6, 0.3, 0.1])


@pytest.mark.parametrize("n", [2, 5, 195])
def test_concentration_runs_from_equality_to_monopoly(n):
    equal, monopoly = [7] * n, [1] + [0] * (n - 1)
    assert (herfindahl(equal), concentration(equal)) == pytest.approx((1 / n, 0))
    assert (herfindahl(monopoly), concentration(monopoly)) == pytest.approx((1, 1))


@quick
@given(st.lists(st.floats(0.01, 1e6), min_size=2, max_size=20))
def test_con_is_the_standard_deviation_of_shares_over_the_largest_there_can_be(values):
    monopoly = [1] + [0] * (len(values) - 1)
    assert concentration(values) == pytest.approx(np.std(shares(values)) / np.std(monopoly), abs=1e-9)


@quick
@given(st.lists(st.floats(0.01, 1e6), min_size=2, max_size=20))
def test_con_and_herfindahl_rank_systems_of_one_size_alike(values):
    n = len(values)
    assert concentration(values) ** 2 == pytest.approx((herfindahl(values) - 1 / n) / (1 - 1 / n), abs=1e-9)


@pytest.mark.parametrize("values", [[0, 0], [], [1, -1], [1, float("nan")], ["a"], [[1, 2]]])
def test_what_has_no_shares_is_refused(values):
    with pytest.raises(ModelError):
        shares(values)


def test_one_state_is_no_system():
    with pytest.raises(ModelError, match="two or more"):
        concentration([1])
