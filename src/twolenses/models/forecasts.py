"""How good a forecast was: the Brier score, its three parts, calibration, and skill.

Brier, Glenn W. (1950). "Verification of Forecasts Expressed in Terms of Probability." *Monthly Weather
Review* 78(1): 1–3.

Murphy, Allan H. (1973). "A New Vector Partition of the Probability Score." *Journal of Applied Meteorology*
12(4): 595–600.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from twolenses.models import ModelError
from twolenses.models._inputs import Numbers, number, numbers

__all__ = [
    "Decomposition",
    "brier_score",
    "brier_score_categories",
    "calibration_table",
    "decomposition",
    "skill_score",
]


def brier_score(probabilities: ArrayLike, outcomes: ArrayLike) -> float:
    """The mean squared error of forecasts of a yes-or-no event, from 0 (perfect) to 1.

    Always saying 0.5 gets 0.25.

    Parameters
    ----------
    probabilities
        What was forecast, from 0 to 1, shape (n,).
    outcomes
        1 where the event happened, 0 where it did not, shape (n,).

    Citation: Brier (1950), whose own score adds both outcomes up and so is twice as large:
    see :func:`brier_score_categories`.

    Raises
    ------
    ModelError
        If the two differ in length, a probability is not between 0 and 1, or an outcome is neither 0 nor 1.

    >>> brier_score([0.5, 1.0], [1, 1])
    0.125
    """
    forecast, happened = _pairs(probabilities, outcomes)
    return float(np.square(forecast - happened).mean())


def brier_score_categories(probabilities: ArrayLike, outcomes: ArrayLike) -> float:
    """Brier's score for events with several outcomes, summed over these: from 0 (perfect) to 2.

    Parameters
    ----------
    probabilities
        Forecast probability of each category, shape (n, categories); each row adds up to 1.
    outcomes
        Number of the category that came true, counted from 0, shape (n,).

    Citation: Brier (1950).

    Raises
    ------
    ModelError
        If shapes do not fit, a row does not add up to 1, or there is no such category.
    """
    forecast = numbers("probabilities", probabilities, 0, 1, dimensions=2)
    if not np.allclose(sums := forecast.sum(axis=1), 1, atol=1e-6):
        worst = sums[np.abs(sums - 1).argmax()]
        raise ModelError(f"The probabilities of an event add up to {worst:g}. Make each row add up to 1.")
    events, categories = forecast.shape
    came_true = numbers("outcomes", outcomes, 0, categories - 1)
    if came_true.size != events or (came_true % 1).any():
        raise ModelError(f"Give {events} outcomes, each the number of a category from 0 to {categories - 1}.")
    happened = np.eye(categories)[came_true.astype(int)]
    return float(np.square(forecast - happened).sum(axis=1).mean())


def skill_score(score: float, reference: float) -> float:
    """The part of a reference's Brier score that a forecast saved: 1 perfect, 0 no better, below 0 worse.

    A usual reference is the score of always forecasting the base rate: :attr:`Decomposition.uncertainty`. It
    is known only afterwards, which makes it a hard one.

    Raises
    ------
    ModelError
        If a score is negative, or the reference is 0: nothing can be better than perfect.

    >>> skill_score(0.125, 0.25)
    0.5
    """
    number("score", score, low=0)
    if number("reference", reference, low=0) == 0:
        raise ModelError("The reference is 0, a perfect forecast. Give one that can be improved on.")
    return 1 - score / reference


# ── calibration ──────────────────────────────────────────────────────────────────────────────────────


def calibration_table(probabilities: ArrayLike, outcomes: ArrayLike, bins: int | None = None) -> pd.DataFrame:
    """How often what was forecast came true.

    One row per forecast probability, or per non-empty one of so many `bins` of equal width, with columns
    `forecast` (mean probability), `observed` (share that happened) and `n`. With few forecasts in a row,
    `observed` is mostly chance.

    Raises
    ------
    ModelError
        As in :func:`brier_score`; or if `bins` is less than one.

    >>> calibration_table([0.25, 0.25, 0.75], [0, 1, 1])
       forecast  observed  n
    0      0.25       0.5  2
    1      0.75       1.0  1
    """
    forecast, happened = _pairs(probabilities, outcomes)
    rows = pd.DataFrame({"group": _groups(forecast, bins), "forecast": forecast, "happened": happened})
    return (
        rows.groupby("group")
        .agg(forecast=("forecast", "mean"), observed=("happened", "mean"), n=("happened", "size"))
        .reset_index(drop=True)
    )


@dataclass(frozen=True)
class Decomposition:
    """The parts of a Brier score: reliability − resolution + uncertainty + within_bins.

    `reliability`: how far forecasts lie from what then happened (0 is best). `resolution`: how far they tell
    cases apart (more is better). `uncertainty`: how hard the question is, base rate × (1 − base rate).
    `within_bins`: what lies between forecasts that share a bin; 0 without bins.
    """

    brier: float
    reliability: float
    resolution: float
    uncertainty: float

    @property
    def within_bins(self) -> float:
        """What the three parts leave over."""
        return self.brier - (self.reliability - self.resolution + self.uncertainty)


def decomposition(probabilities: ArrayLike, outcomes: ArrayLike, bins: int | None = None) -> Decomposition:
    """Murphy's decomposition of the Brier score.

    Forecasts of the same probability (rounded to ten digits) form a group, or those within one of the `bins`.
    If nearly every forecast is different, groups of one make reliability and resolution both look large: then
    use bins.

    Citation: Murphy (1973). Parameters and errors as in :func:`calibration_table`.
    """
    table = calibration_table(probabilities, outcomes, bins)
    weight = table["n"] / table["n"].sum()
    base = float((weight * table["observed"]).sum())
    return Decomposition(
        brier=brier_score(probabilities, outcomes),
        reliability=float((weight * (table["forecast"] - table["observed"]) ** 2).sum()),
        resolution=float((weight * (table["observed"] - base) ** 2).sum()),
        uncertainty=base * (1 - base),
    )


def _groups(forecast: Numbers, bins: int | None) -> Numbers:
    if bins is None:
        return forecast.round(10)
    if bins < 1:
        raise ModelError(f"bins is {bins}. Give one or more.")
    return np.minimum(np.floor(forecast.round(10) * bins), bins - 1)


def _pairs(probabilities: ArrayLike, outcomes: ArrayLike) -> tuple[Numbers, Numbers]:
    forecast = numbers("probabilities", probabilities, 0, 1)
    happened = numbers("outcomes", outcomes)
    if forecast.size != happened.size:
        raise ModelError(f"There are {forecast.size} probabilities and {happened.size} outcomes. Give as many.")
    if not np.isin(happened, (0, 1)).all():
        raise ModelError("An outcome is neither 0 nor 1. Give 1 where the event happened, else 0.")
    return forecast, happened
