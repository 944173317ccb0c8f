"""Richardson's arms race: two sides that arm against each other, tire of the cost, and bear grievances.

    dx/dt = k y − a x + g
    dy/dt = l x − b y + h

x and y are the arms of the two sides (any one unit), k and l their reaction to the other (Richardson's
*defence coefficients*), a and b *fatigue and expense*, g and h their *grievances*, which drive arming even
when nobody is armed. k, l, a and b are per unit of time; g and h are arms per unit of time. Arms are not kept
above zero: Richardson reads a negative value as cooperation.

Richardson, Lewis F. (1960). *Arms and Insecurity: A Mathematical Study of the Causes and Origins of War*.
Boxwood Press.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan, cos, isnan, nan, pi, sin, sqrt

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from twolenses.models import ModelError
from twolenses.models._inputs import Numbers, number, numbers

__all__ = ["ArmsRace", "Estimate", "Fit", "equilibrium", "fit", "is_stable", "simulate"]


@dataclass(frozen=True)
class ArmsRace:
    """The six coefficients of a race, named as in the equations.

    Richardson takes k, l, a and b to be positive. An estimated one need not be, so it is not enforced.

    Raises
    ------
    ModelError
        If a coefficient is not a finite number.
    """

    k: float
    a: float
    g: float
    l: float  # noqa: E741 (Richardson's own letter)
    b: float
    h: float

    def __post_init__(self) -> None:
        """Refuse a coefficient that is no number."""
        for name, value in vars(self).items():
            number(f"Coefficient {name}", value)

    @property
    def matrix(self) -> Numbers:
        """How arms change with arms, shape (2, 2)."""
        return np.array([[-self.a, self.k], [self.l, -self.b]])

    @property
    def grievances(self) -> Numbers:
        """g and h, shape (2,)."""
        return np.array([self.g, self.h])


def equilibrium(race: ArmsRace) -> tuple[float, float]:
    """The arms (x, y) at which neither side changes any more.

    Whether a race goes there is another question: see :func:`is_stable`.

    Raises
    ------
    ModelError
        If a b = k l: the two lines are parallel and meet nowhere, or everywhere.

    >>> equilibrium(ArmsRace(k=1, a=2, g=1, l=1, b=2, h=1))
    (1.0, 1.0)
    """
    determinant = race.a * race.b - race.k * race.l
    if abs(determinant) <= 1e-12 * (abs(race.a * race.b) + abs(race.k * race.l)):
        raise ModelError("a b equals k l, so there is no single equilibrium. Change one coefficient.")
    return (
        (race.b * race.g + race.k * race.h) / determinant,
        (race.a * race.h + race.l * race.g) / determinant,
    )


def is_stable(race: ArmsRace) -> bool:
    """Whether the race comes to rest at its equilibrium from wherever it starts.

    It does if fatigue outweighs reaction, a b > k l, and a + b > 0; positive fatigue ensures the latter.
    """
    return race.a * race.b > race.k * race.l and race.a + race.b > 0


def simulate(race: ArmsRace, start: tuple[float, float], times: ArrayLike) -> pd.DataFrame:
    """The course of the race: columns `x` and `y`, one row for each of the `times`, which are its index `t`.

    Exact up to rounding: the matrix exponential carries `start`, the arms (x, y) at time 0, to each time.

    Raises
    ------
    ModelError
        If an input is not finite, a time is negative, or arms grow beyond what a computer can hold.
    """
    moments = numbers("times", times, low=0)
    state = np.array([number("The first side's start", start[0]), number("The second's", start[1]), 1.0])
    flow = np.zeros((3, 3))  # grievances act on a third, constant quantity
    flow[:2, :2], flow[:2, 2] = race.matrix, race.grievances
    with np.errstate(over="ignore", invalid="ignore"):
        path = np.array([_exponential(flow * moment) @ state for moment in moments])
    if not np.isfinite(path).all():
        raise ModelError(f"By time {moments.max():g} arms are beyond what a computer can hold. Stop earlier.")
    return pd.DataFrame(path[:, :2], columns=["x", "y"], index=pd.Index(moments, name="t"))


def _exponential(matrix: Numbers) -> Numbers:
    """The matrix exponential: Taylor's series of a scaled-down matrix, squared back up."""
    norm = np.abs(matrix).sum(axis=1).max()
    halvings = max(0, int(np.ceil(np.log2(norm))) + 1) if norm else 0
    scaled = matrix / 2.0**halvings  # norm at most 1/2: 18 terms leave less than 1e-22
    term = result = np.eye(len(matrix))
    for order in range(1, 19):
        term = term @ scaled / order
        result = result + term
    for _ in range(halvings):
        result = result @ result
    return result


# ── fit ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Estimate:
    """An estimated coefficient, its standard error, and its 95 % confidence interval."""

    value: float
    standard_error: float
    low: float
    high: float

    def __str__(self) -> str:
        """The value, never without its interval."""
        return f"{self.value:.3g} (95 % interval {self.low:.3g} to {self.high:.3g})"


@dataclass(frozen=True)
class Fit:
    """Richardson's equations as estimated from two series, with what they cannot tell.

    `correlation_of_levels` is high whenever both series have a trend, for whatever reason;
    `correlation_of_differences` asks whether they moved at the same times. The latter is `nan` if a series
    changed by the same amount each time.
    """

    k: Estimate
    a: Estimate
    g: Estimate
    l: Estimate  # noqa: E741 (Richardson's own letter)
    b: Estimate
    h: Estimate
    observations: int
    degrees_of_freedom: int
    correlation_of_levels: float
    correlation_of_differences: float

    @property
    def race(self) -> ArmsRace:
        """The race with the estimates as its coefficients, uncertainty left out."""
        return ArmsRace(*(one.value for one in (self.k, self.a, self.g, self.l, self.b, self.h)))

    @property
    def cautions(self) -> tuple[str, ...]:
        """What to say beside the estimates: one sentence each."""
        said = [
            f"The interval of {name} contains zero: the data do not show that this side reacts to the other."
            for name, reaction in (("k", self.k), ("l", self.l))
            if reaction.low <= 0 <= reaction.high
        ]
        if self.degrees_of_freedom < 30:
            said.append(
                f"Each equation rests on {self.degrees_of_freedom} degrees of freedom: in series this short, "
                "least squares tends to overstate fatigue, and the intervals are only approximate."
            )
        if not isnan(self.correlation_of_differences):
            said.append(
                f"Levels correlate at {self.correlation_of_levels:.2f}, changes at "
                f"{self.correlation_of_differences:.2f}: a common trend alone can produce the first."
            )
        said.append("Where two series merely trend, intervals like these leave out zero far too often.")
        return tuple(said)


def fit(x: ArrayLike, y: ArrayLike, step: float = 1.0) -> Fit:
    """Estimate the six coefficients by ordinary least squares on first differences.

    Each side's change over a step is regressed on both sides' arms at its beginning. The coefficients are
    those of the race in steps; they come near those of the equations above when little changes within one.
    The intervals assume independent errors of equal spread (Student's t) around an equilibrium. Two series
    that climb independently yield an interval of k without zero not in 5 % of cases but, in simulation, in
    10 % (ten values) to 30 % (a hundred).

    Parameters
    ----------
    x, y
        Arms of the two sides, shape (n,), n ≥ 5, evenly spaced in time, in one unit.
    step
        Time between two values.

    Raises
    ------
    ModelError
        If the series differ in length, are shorter than five, or do not move apart from each other.
    """
    ours, theirs = numbers("x", x), numbers("y", y)
    if number("step", step, low=0) == 0:
        raise ModelError("step is 0. Give the time between two values.")
    if ours.size != theirs.size or ours.size < 5:
        raise ModelError(f"x has {ours.size} values and y {theirs.size}. Give as many of each, five or more.")
    k, a, g = _regress(ours, theirs, step)
    l, b, h = _regress(theirs, ours, step)  # noqa: E741
    return Fit(
        *(k, a, g, l, b, h),
        observations=ours.size,
        degrees_of_freedom=ours.size - 4,
        correlation_of_levels=_correlation(ours, theirs),
        correlation_of_differences=_correlation(np.diff(ours), np.diff(theirs)),
    )


def _regress(own: Numbers, other: Numbers, step: float) -> tuple[Estimate, Estimate, Estimate]:
    """Reaction, fatigue and grievance of one side."""
    change = np.diff(own) / step
    design = np.column_stack([other[:-1], -own[:-1], np.ones(change.size)])
    scale = np.linalg.norm(design, axis=0)
    if not scale.all() or np.linalg.matrix_rank(design / scale) < 3:
        raise ModelError("The two series are constant or move in lockstep. No data can tell reaction from fatigue.")
    design /= scale  # so that the unit of the arms does not matter
    inverse = np.linalg.inv(design.T @ design)
    values = inverse @ design.T @ change
    freedom = change.size - 3
    variance = np.square(change - design @ values).sum() / freedom
    values, errors = values / scale, np.sqrt(variance * np.diag(inverse)) / scale
    margin = _student(freedom)
    reaction, fatigue, grievance = (
        Estimate(float(value), float(error), float(value - margin * error), float(value + margin * error))
        for value, error in zip(values, errors, strict=True)
    )
    return reaction, fatigue, grievance


def _correlation(first: Numbers, second: Numbers) -> float:
    for series in (first, second):
        if np.ptp(series) <= 1e-12 * np.abs(series).max():
            return nan
    return float(np.corrcoef(first, second)[0, 1])


def _student(freedom: int) -> float:
    """What Student's t exceeds, in size, with a probability of 5 %: bisection on its distribution."""
    low, high = 1.9, 13.0
    while high - low > 1e-12:
        middle = (low + high) / 2
        low, high = (middle, high) if _student_within(middle, freedom) < 0.95 else (low, middle)
    return low


def _student_within(t: float, freedom: int) -> float:
    """The probability that Student's t lies between −t and t, by the finite series for whole `freedom`."""
    angle = atan(t / sqrt(freedom))
    odd = freedom % 2
    term = total = cos(angle) if odd else 1.0
    for j in range(2 + odd, freedom - 1, 2):
        term *= (j - 1) / j * cos(angle) ** 2
        total += term
    if odd:
        return 2 / pi * (angle + (sin(angle) * total if freedom > 1 else 0.0))
    return sin(angle) * total
