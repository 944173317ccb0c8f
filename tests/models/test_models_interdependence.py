"""Trade dependence and difference-in-differences."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twolenses.models import ModelError
from twolenses.models.interdependence import (
    asymmetric_dependence,
    difference_in_differences,
    openness,
    trade_shares,
)


def test_shares_of_partners_add_up():
    found = trade_shares({"DEU": 120, "SRB": 60, "rest": 20})
    assert found.to_dict() == pytest.approx({"DEU": 0.6, "SRB": 0.3, "rest": 0.1})


def test_shares_of_a_column_keep_its_names():
    column = pd.Series({"DEU": 3, "SRB": 1}, dtype="Int64")
    assert trade_shares(column).to_dict() == {"DEU": 0.75, "SRB": 0.25}


@pytest.mark.parametrize("trade", [{}, {"DEU": 0}, {"DEU": -1, "SRB": 2}, {"DEU": None}])
def test_what_has_no_shares_is_refused(trade):
    with pytest.raises(ModelError):
        trade_shares(trade)


def test_openness_counts_trade_both_ways_and_may_exceed_one():
    assert openness(exports=30, imports=45, gdp=100) == 0.75
    assert openness(exports=80, imports=75, gdp=100) == 1.55


def test_no_trade_is_no_openness_and_no_dependence():
    assert openness(exports=0, imports=0, gdp=100) == 0
    assert asymmetric_dependence(trade=0, total_a=1, total_b=2).asymmetry == 0


def test_the_same_trade_weighs_more_on_the_smaller_side():
    found = asymmetric_dependence(trade=440, total_a=3_200, total_b=40_000)
    assert (found.a_on_b, found.b_on_a) == (0.1375, 0.011)
    assert found.asymmetry == pytest.approx(0.1265)


def test_asymmetry_changes_its_sign_with_the_side():
    one, other = asymmetric_dependence(5, 10, 50), asymmetric_dependence(5, 50, 10)
    assert one.asymmetry == -other.asymmetry == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("compute", "says"),
    [
        (lambda: openness(1, 1, 0), "gdp is 0"),
        (lambda: openness(-1, 1, 5), "exports"),
        (lambda: asymmetric_dependence(10, 5, 50), "total_a"),
        (lambda: asymmetric_dependence(10, 50, 0), "total_b is 0"),
    ],
)
def test_impossible_totals_are_refused(compute, says):
    with pytest.raises(ModelError, match=says):
        compute()


# ── difference-in-differences ────────────────────────────────────────────────────────────────────────


def long(cells: dict[tuple[int, int], list[float]]) -> pd.DataFrame:
    rows = [(group, time, value) for (group, time), values in cells.items() for value in values]
    return pd.DataFrame(rows, columns=["treated", "after", "outcome"])


def test_the_four_means_and_the_estimate():
    frame = long({(1, 0): [10, 14], (1, 1): [4], (0, 0): [20, 22], (0, 1): [24, 24, 27]})
    found = difference_in_differences(frame, "outcome", treated="treated", after="after")
    assert vars(found) == {
        "treated_before": 12,
        "treated_after": 4,
        "control_before": 21,
        "control_after": 25,
    }
    assert found.counterfactual == 16
    assert found.estimate == -12


def test_card_and_kruegers_means_give_card_and_kruegers_estimate():
    # Card and Krueger (1994), American Economic Review 84(4), table 3: employment per store, New Jersey
    # (treated) and Pennsylvania; they report 2.76, from unrounded means.
    frame = long({(1, 0): [20.44], (1, 1): [21.03], (0, 0): [23.33], (0, 1): [21.17]})
    assert difference_in_differences(frame, "outcome", "treated", "after").estimate == pytest.approx(2.76, abs=0.011)


values = st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=4)


@settings(deadline=None, derandomize=True)
@given(st.fixed_dictionaries({(group, time): values for group in (0, 1) for time in (0, 1)}))
def test_the_estimate_is_the_coefficient_of_the_interaction_in_a_regression(cells):
    frame = long(cells)
    group, time = frame["treated"].to_numpy(), frame["after"].to_numpy()
    design = np.column_stack([np.ones(len(frame)), group, time, group * time])
    coefficients = np.linalg.lstsq(design, frame["outcome"].to_numpy())[0]
    found = difference_in_differences(frame, "outcome", "treated", "after")
    assert found.estimate == pytest.approx(coefficients[3], abs=1e-8)


def test_a_shock_common_to_both_groups_drops_out():
    frame = long({(1, 0): [10], (1, 1): [4], (0, 0): [20], (0, 1): [21]})
    shocked = frame.assign(outcome=frame["outcome"] + 100 * frame["after"])
    before, after = (difference_in_differences(one, "outcome", "treated", "after") for one in (frame, shocked))
    assert before.estimate == after.estimate


def test_marks_may_be_booleans_and_the_index_anything():
    frame = long({(1, 0): [10], (1, 1): [4], (0, 0): [20], (0, 1): [21]}).astype({"treated": bool, "after": "boolean"})
    frame.index = pd.Index(["a", "a", "b", "b"])
    assert difference_in_differences(frame, "outcome", "treated", "after").estimate == -7


COMPLETE = long({(1, 0): [10], (1, 1): [4], (0, 0): [20], (0, 1): [21]})


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        (COMPLETE.rename(columns={"outcome": "imports"}), "no column 'outcome'"),
        (COMPLETE.iloc[:3], "treated = False and after = True"),
        (COMPLETE.replace({"outcome": {4: None}}), "missing"),
        (COMPLETE.replace({"after": {1: 2}}), "'after'"),
        (COMPLETE.astype({"treated": "Int64"}).replace({"treated": {1: pd.NA}}), "'treated'"),
    ],
)
def test_a_frame_without_the_four_cells_is_refused(frame, says):
    with pytest.raises(ModelError, match=says):
        difference_in_differences(frame, "outcome", "treated", "after")
