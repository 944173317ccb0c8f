"""Who depends on whose trade, and what a measure changed.

Hirschman, Albert O. (1945). *National Power and the Structure of Foreign Trade*. University of California
Press.

Keohane, Robert O., and Joseph S. Nye (1977). *Power and Interdependence: World Politics in Transition*.
Little, Brown.

Angrist, Joshua D., and Jörn-Steffen Pischke (2009). *Mostly Harmless Econometrics: An Empiricist's
Companion*. Princeton University Press.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from twolenses.errors import suggestion
from twolenses.models import ModelError
from twolenses.models._inputs import number, numbers
from twolenses.models.power import shares

__all__ = [
    "Dependence",
    "DifferenceInDifferences",
    "asymmetric_dependence",
    "difference_in_differences",
    "openness",
    "trade_shares",
]


def trade_shares(trade: Mapping[str, float] | pd.Series[float]) -> pd.Series[float]:
    """Each partner's share, from 0 to 1, of the trade with all of them, by the partner's name.

    `trade` must name every partner (or the rest as one), else the shares come out too large.

    Raises
    ------
    ModelError
        If no partner is given, a value is negative or missing, or all are zero.

    >>> trade_shares({"DEU": 30, "SRB": 10}).to_dict()
    {'DEU': 0.75, 'SRB': 0.25}
    """
    values = pd.Series(trade)
    return pd.Series(shares(values), index=values.index, name="share")


def openness(exports: float, imports: float, gdp: float) -> float:
    """Exports plus imports over gross domestic product, all in one currency and year. It may exceed 1.

    Raises
    ------
    ModelError
        If a value is negative, or the product is zero.
    """
    trade = number("exports", exports, low=0) + number("imports", imports, low=0)
    return trade / _positive("gdp", gdp)


@dataclass(frozen=True)
class Dependence:
    """What part of each side's total the trade between them is, and the difference: A's less B's.

    A positive `asymmetry` means that A depends more on B than B on A; by Hirschman's argument it gives B the
    means to put pressure on A.
    """

    a_on_b: float
    b_on_a: float

    @property
    def asymmetry(self) -> float:
        """A's dependence on B less B's on A, from −1 to 1."""
        return self.a_on_b - self.b_on_a


def asymmetric_dependence(trade: float, total_a: float, total_b: float) -> Dependence:
    """How much two sides depend on the trade between them.

    Parameters
    ----------
    trade
        Trade between A and B.
    total_a, total_b
        What it is compared with on each side, the same thing for both: all trade, or gross domestic product.

    Citation: Hirschman (1945); Keohane and Nye (1977), who call this *sensitivity*: *vulnerability*, what it
    would cost to do without, is not in these figures.

    Raises
    ------
    ModelError
        If a value is negative, or a total is zero or less than the trade.

    >>> asymmetric_dependence(trade=10, total_a=40, total_b=400).asymmetry
    0.225
    """
    number("trade", trade, low=0)
    for name, total in (("total_a", total_a), ("total_b", total_b)):
        if _positive(name, total) < trade:
            raise ModelError(f"{name} is {total:g}, less than the trade of {trade:g}. Give a total that includes it.")
    return Dependence(trade / total_a, trade / total_b)


def _positive(name: str, value: float) -> float:
    if number(name, value, low=0) == 0:
        raise ModelError(f"{name} is 0. Give more than zero: it is what the trade is compared with.")
    return float(value)


# ── before and after ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class DifferenceInDifferences:
    """Four means, in the unit of the outcome, and what follows from them."""

    treated_before: float
    treated_after: float
    control_before: float
    control_after: float

    @property
    def counterfactual(self) -> float:
        """Where the treated would have been had they changed as the control group did."""
        return self.treated_before + self.control_after - self.control_before

    @property
    def estimate(self) -> float:
        """The change of the treated less the change of the control group."""
        return self.treated_after - self.counterfactual


def difference_in_differences(frame: pd.DataFrame, outcome: str, treated: str, after: str) -> DifferenceInDifferences:
    """The plain two-by-two comparison: two groups, before and after.

    It is the effect of the measure only if both groups would otherwise have changed alike (parallel trends),
    which these four means cannot show. There is no standard error: with one treated and one control unit, no
    formula can give an honest one.

    Parameters
    ----------
    frame
        Long form: one row per unit and time.
    outcome
        Name of the column with the measured value.
    treated, after
        Names of the columns that are true for units of the treated group, and for times after the measure.

    Citation: Angrist and Pischke (2009), chapter 5.

    Raises
    ------
    ModelError
        If a column is missing, an outcome is missing, a mark is neither true nor false, or a cell has no row.
    """
    for name in (outcome, treated, after):
        if name not in frame.columns:
            raise ModelError(f"There is no column {name!r}. {suggestion(name, map(str, frame.columns))}")
    values = pd.Series(numbers(outcome, frame[outcome]), index=frame.index)
    marks = [_marks(frame, name) for name in (treated, after)]

    def mean(group: bool, time: bool) -> float:
        cell = values[(marks[0] == group) & (marks[1] == time)]
        if cell.empty:
            raise ModelError(f"No row has {treated} = {group} and {after} = {time}. Fill each of the four cells.")
        return float(cell.mean())

    return DifferenceInDifferences(
        treated_before=mean(True, False),
        treated_after=mean(True, True),
        control_before=mean(False, False),
        control_after=mean(False, True),
    )


def _marks(frame: pd.DataFrame, name: str) -> pd.Series[bool]:
    if not frame[name].isin([True, False]).all():
        raise ModelError(f"Column {name!r} holds something else than true and false (or 1 and 0). Mark every row.")
    return frame[name].astype(bool)
