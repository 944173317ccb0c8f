"""Richardson's arms race."""

from math import exp, isnan

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from twolenses.models import ModelError
from twolenses.models.arms_race import ArmsRace, equilibrium, fit, is_stable, simulate

CALM = ArmsRace(k=0.5, a=1.0, g=1.0, l=0.4, b=0.8, h=0.5)
SPIRAL = ArmsRace(k=1.0, a=0.5, g=1.0, l=0.9, b=0.4, h=0.5)
TIMES = np.linspace(0, 8, 17)

coefficients = st.floats(0.01, 3)
races = st.builds(
    ArmsRace, k=coefficients, a=coefficients, g=coefficients, l=coefficients, b=coefficients, h=coefficients
)
quick = settings(deadline=None, derandomize=True, max_examples=50)


def slope(race, x, y):
    return np.array([race.k * y - race.a * x + race.g, race.l * x - race.b * y + race.h])


# ── equilibrium ──────────────────────────────────────────────────────────────────────────────────────


@quick
@given(races)
def test_nobody_changes_at_the_equilibrium(race):
    assume(abs(race.a * race.b - race.k * race.l) > 0.01)
    x, y = equilibrium(race)
    assert slope(race, x, y) == pytest.approx([0, 0], abs=1e-9 * (1 + abs(x) + abs(y)))


def test_parallel_lines_have_no_equilibrium():
    with pytest.raises(ModelError, match="no single equilibrium"):
        equilibrium(ArmsRace(k=0.3, a=0.1, g=1, l=0.7, b=2.1, h=1))


@quick
@given(races)
def test_a_race_is_stable_where_both_eigenvalues_are_negative(race):
    assume(abs(race.a * race.b - race.k * race.l) > 1e-6)
    assert is_stable(race) == bool((np.linalg.eigvals(race.matrix).real < 0).all())


def test_negative_fatigue_is_unstable_though_ab_exceeds_kl():
    assert not is_stable(ArmsRace(k=0.1, a=-1, g=0, l=0.1, b=-1, h=0))


def test_a_stable_race_comes_to_rest_wherever_it_starts():
    for start in [(0, 0), (50, 1), (-3, 9)]:
        end = simulate(CALM, start, [200]).iloc[0]
        assert tuple(end) == pytest.approx(equilibrium(CALM))


def test_an_unstable_race_leaves_its_equilibrium():
    x, y = equilibrium(SPIRAL)
    end = simulate(SPIRAL, (x + 0.01, y + 0.01), [30]).iloc[0]
    assert (end > 1000).all()


# ── simulation ───────────────────────────────────────────────────────────────────────────────────────


def test_sides_that_ignore_each_other_follow_the_exponential():
    path = simulate(ArmsRace(k=0, a=0.5, g=2, l=0, b=0.25, h=0), (1, 3), TIMES)
    assert path["x"].to_list() == pytest.approx([4 - 3 * exp(-t / 2) for t in TIMES])
    assert path["y"].to_list() == pytest.approx([3 * exp(-t / 4) for t in TIMES])


def test_equal_sides_part_into_a_sum_and_a_difference():
    path = simulate(ArmsRace(k=0.3, a=0.5, g=0, l=0.3, b=0.5, h=0), (5, 1), TIMES)
    assert (path["x"] + path["y"]).to_list() == pytest.approx([6 * exp(-0.2 * t) for t in TIMES])
    assert (path["x"] - path["y"]).to_list() == pytest.approx([4 * exp(-0.8 * t) for t in TIMES])


def test_a_one_sided_reaction_follows_its_closed_form():
    # Both fatigues equal: the matrix has one eigenvector only, and t appears outside the exponential.
    path = simulate(ArmsRace(k=2, a=0.5, g=0, l=0, b=0.5, h=0), (1, 3), TIMES)
    assert path["x"].to_list() == pytest.approx([(1 + 2 * 3 * t) * exp(-t / 2) for t in TIMES])


def test_where_fatigue_just_matches_reaction_grievances_add_up_for_ever():
    path = simulate(ArmsRace(k=1, a=1, g=0.5, l=1, b=1, h=0.25), (1, 1), TIMES)
    assert (path["x"] + path["y"]).to_list() == pytest.approx([2 + 0.75 * t for t in TIMES])


@quick
@given(races, st.floats(0, 10), st.floats(0, 10), st.floats(0, 5))
def test_the_path_is_the_sum_of_two_exponentials_about_the_equilibrium(race, x, y, time):
    assume(abs(race.a * race.b - race.k * race.l) > 0.01)
    rest = np.array(equilibrium(race))
    values, vectors = np.linalg.eig(race.matrix)
    closed = rest + vectors @ (np.exp(values * time) * np.linalg.solve(vectors, np.array([x, y]) - rest))
    scale = np.abs(closed).max() + np.abs(rest).max() + 1
    assert simulate(race, (x, y), [time]).to_numpy()[0] == pytest.approx(closed, abs=1e-9 * scale)


@pytest.mark.parametrize("race", [CALM, SPIRAL], ids=["calm", "spiral"])
def test_the_path_agrees_with_small_steps_of_runge_and_kutta(race):
    state, step = np.array([1.0, 2.0]), 0.01
    for _ in range(300):
        first = slope(race, *state)
        second = slope(race, *(state + step / 2 * first))
        third = slope(race, *(state + step / 2 * second))
        fourth = slope(race, *(state + step * third))
        state = state + step / 6 * (first + 2 * second + 2 * third + fourth)
    assert simulate(race, (1, 2), [3]).to_numpy()[0] == pytest.approx(state, rel=1e-8)


def test_the_path_starts_at_the_start_and_is_indexed_by_time():
    path = simulate(CALM, (1, 2), [0, 1.5])
    assert path.loc[0].to_dict() == {"x": 1, "y": 2}
    assert path.index.to_list() == [0, 1.5]


@pytest.mark.parametrize(
    ("start", "times", "says"),
    [
        ((1, 2), [-1], "times"),
        ((1, 2), [10_000], "Stop earlier"),
        ((float("nan"), 2), [1], "first side"),
    ],
)
def test_a_path_that_cannot_be_followed_is_refused(start, times, says):
    with pytest.raises(ModelError, match=says):
        simulate(SPIRAL, start, times)


def test_a_coefficient_must_be_a_number():
    with pytest.raises(ModelError, match="Coefficient k"):
        ArmsRace(k=float("inf"), a=1, g=1, l=1, b=1, h=1)


# ── fit ──────────────────────────────────────────────────────────────────────────────────────────────


def in_steps(race, n, start=(5.0, 1.0), noise=0.0, seed=0, step=1.0):
    """Arms that change once a step by the equations, with errors of the spread `noise`."""
    chance = np.random.default_rng(seed)
    path = [np.array(start)]
    for _ in range(n - 1):
        path.append(path[-1] + step * (slope(race, *path[-1]) + noise * chance.standard_normal(2)))
    return np.array(path).T


SLOW = ArmsRace(k=0.2, a=0.4, g=1.0, l=0.15, b=0.3, h=0.5)
NAMES = ("k", "a", "g", "l", "b", "h")


@pytest.mark.parametrize("step", [1.0, 0.25])
def test_the_fit_recovers_the_coefficients_of_a_race_without_errors(step):
    found = fit(*in_steps(SLOW, 12, step=step), step=step)
    assert vars(found.race) == pytest.approx(vars(SLOW))
    assert max(getattr(found, name).standard_error for name in NAMES) < 1e-9


def test_the_fit_comes_near_the_continuous_race_when_little_changes_in_a_step():
    path = simulate(SLOW, (5, 1), np.arange(0, 10, 0.01))
    assert vars(fit(path["x"], path["y"], step=0.01).race) == pytest.approx(vars(SLOW), rel=0.01)


def test_estimates_and_errors_are_those_of_the_regression_worked_another_way():
    x, y = in_steps(SLOW, 20, noise=0.3, seed=4)
    found = fit(x, y)
    # Frisch, Waugh and Lovell: reaction is the slope on what of y neither x nor the constant explains.
    others = np.column_stack([x[:-1], np.ones(19)])
    left = y[:-1] - others @ np.linalg.lstsq(others, y[:-1])[0]
    assert found.k.value == pytest.approx(left @ np.diff(x) / (left @ left))
    residuals = np.diff(x) - (found.k.value * y[:-1] - found.a.value * x[:-1] + found.g.value)
    assert found.k.standard_error == pytest.approx(np.sqrt(residuals @ residuals / 16 / (left @ left)))


# Two-sided 5 % points of Student's t, from any printed table.
@pytest.mark.parametrize(("n", "t"), [(5, 12.706), (6, 4.303), (7, 3.182), (9, 2.571), (14, 2.228), (34, 2.042)])
def test_the_interval_is_students(n, t):
    found = fit(*in_steps(SLOW, n, noise=0.3, seed=1))
    for name in NAMES:
        one = getattr(found, name)
        assert (one.high - one.value) / one.standard_error == pytest.approx(t, abs=5e-4)
        assert one.value - one.low == pytest.approx(one.high - one.value)


def test_most_intervals_hold_the_truth():
    held = [
        found.k.low <= SLOW.k <= found.k.high
        for found in (fit(*in_steps(SLOW, 60, noise=0.3, seed=seed)) for seed in range(300))
    ]
    assert 0.90 < np.mean(held) < 0.98


def test_short_series_overstate_fatigue():
    found = [fit(*in_steps(SLOW, 12, noise=0.3, seed=seed, start=equilibrium(SLOW))).a.value for seed in range(300)]
    assert np.mean(found) > 1.2 * SLOW.a


@pytest.mark.parametrize(("n", "share"), [(10, 0.10), (100, 0.30)])
def test_independent_trends_feign_a_reaction_more_often_than_in_five_percent_of_cases(n, share):
    feigned = 0
    for seed in range(300):
        chance = np.random.default_rng(seed)
        found = fit(*np.cumsum(1 + chance.standard_normal((2, n)), axis=1))
        feigned += not found.k.low <= 0 <= found.k.high
    assert feigned / 300 == pytest.approx(share, abs=0.04)
    assert any("merely trend" in sentence for sentence in found.cautions)


def test_the_unit_of_the_arms_changes_grievances_alone():
    x, y = in_steps(SLOW, 15, noise=0.3, seed=2)
    plain, large = vars(fit(x, y).race), vars(fit(1e9 * x, 1e9 * y).race)
    for name in "kalb":
        assert large[name] == pytest.approx(plain[name])
    for name in "gh":
        assert large[name] == pytest.approx(1e9 * plain[name])


def test_serbia_and_kosovo_rise_together_but_not_in_the_same_years():
    # Military expenditure, % of GDP, 2015–2024, CIA World Factbook (latest edition for each year).
    serbia = [1.8, 1.7, 1.8, 1.6, 2.2, 2.0, 2.2, 2.2, 2.4, 2.5]
    kosovo = [0.8, 0.8, 0.7, 0.8, 0.8, 1.0, 1.1, 1.1, 1.3, 1.5]
    found = fit(serbia, kosovo)
    assert found.correlation_of_levels == pytest.approx(0.86, abs=0.005)
    assert found.correlation_of_differences == pytest.approx(-0.20, abs=0.005)
    assert (found.observations, found.degrees_of_freedom) == (10, 6)
    assert any("common trend" in sentence for sentence in found.cautions)
    assert any("6 degrees of freedom" in sentence for sentence in found.cautions)


def test_a_reaction_that_could_be_none_is_said_to_be_so():
    alone = ArmsRace(k=0, a=0.4, g=1, l=0, b=0.3, h=1)
    cautions = fit(*in_steps(alone, 40, noise=0.3, seed=3)).cautions
    assert [sentence.split(" contains zero")[0] for sentence in cautions if "contains zero" in sentence] == [
        "The interval of k",
        "The interval of l",
    ]


def test_a_plain_reaction_in_a_long_series_needs_neither_caution():
    cautions = fit(*in_steps(SLOW, 400, noise=0.5, seed=5)).cautions
    assert not [sentence for sentence in cautions if "contains zero" in sentence or "degrees" in sentence]


def test_a_series_that_climbs_evenly_has_no_correlation_of_differences():
    found = fit([1, 2, 3, 4, 5, 6], [3, 1, 4, 1, 5, 9])
    assert isnan(found.correlation_of_differences)
    assert not any("correlate" in sentence for sentence in found.cautions)


@pytest.mark.parametrize(
    ("x", "y", "step", "says"),
    [
        ([1, 2, 3, 5], [2, 1, 2, 1], 1, "five or more"),
        ([1, 2, 3, 5, 8], [2, 1, 2, 1], 1, "as many"),
        ([1, 2, 3, 5, 8], [2, 4, 6, 10, 16], 1, "lockstep"),
        ([1, 2, 3, 5, 8], [0, 0, 0, 0, 0], 1, "constant"),
        ([1, 2, 3, 5, 8], [2, 1, 2, 1, None], 1, "y"),
        ([1, 2, 3, 5, 8], [2, 1, 2, 1, 2], 0, "step"),
    ],
)
def test_series_that_cannot_tell_are_refused(x, y, step, says):
    with pytest.raises(ModelError, match=says):
        fit(x, y, step)


def test_an_estimate_is_printed_with_its_interval():
    assert "95 % interval" in str(fit(*in_steps(SLOW, 12, noise=0.3)).k)
