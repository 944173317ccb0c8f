"""Two groups that read two versions: the difference with an interval, and what so few can show.

Welch's interval does not need both groups to vary alike. The permutation test asks how often a lot that deals the same
answers into groups of the same sizes gives as large a difference; its p-values are adjusted for the number of questions
by Holm's method, as whoever asks three questions gets three chances:

Holm, Sture (1979). "A Simple Sequentially Rejective Multiple Test Procedure." *Scandinavian Journal of Statistics*
6(2): 65–70.

Student's distribution is worked out by numpy alone, since the notebook also runs where SciPy is not; tests hold it to
SciPy's.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
import pandas as pd

from twolenses.errors import FramingError
from twolenses.framing.answers import FEWEST, Answers, Numbers
from twolenses.framing.texts import HIGHEST, LOWEST

__all__ = [
    "SIZES", "SPREAD", "STEPS", "Difference", "adjusted", "differences", "plan", "power", "powers", "quantile",
    "report", "sizes", "table", "verdict",
]  # fmt: skip

SPREAD = 1.5
"""The standard deviation of answers that :func:`power` assumes: a convention of ours, not a finding."""

SIZES = (12, 20, 30, 60, 100, 200)
"""Classes to compare."""

STEPS = (0.5, 1.0, 1.5, 2.0)
"""Differences of means to look for, in points."""

SEED = 1979
SIMULATED = 2000
SHUFFLES = 5000


@dataclass(frozen=True)
class Difference:
    """Mean of the first group less mean of the second, its 95% interval by Welch, and p by permutation."""

    means: tuple[float, float]
    counts: tuple[int, int]
    value: float
    low: float
    high: float
    p: float


def differences(answers: Answers) -> dict[str, Difference]:
    """For each question the difference of the groups, with its interval and the p of a permutation test."""
    return {name: _difference(*(by[group] for group in answers.groups)) for name, by in answers.by.items()}


def _difference(first: Numbers, second: Numbers) -> Difference:
    value, error, freedom = (float(one) for one in _welch(first, second))
    # Where everybody in a group says the same there is no spread to reckon with.
    reach = float(quantile(np.array([freedom]))[0]) * error if error else 0.0
    means = (float(first.mean()), float(second.mean()))
    return Difference(
        means, (len(first), len(second)), value, value - reach, value + reach, _by_lot(first, second, value)
    )


def _by_lot(first: Numbers, second: Numbers, value: float) -> float:
    """Twice the share of deals as far out on the side where fewer are; all deals where they are few, else some."""
    everybody, size = np.concatenate([first, second]), len(first)
    every = math.comb(len(everybody), size) <= SHUFFLES
    if every:
        dealt = everybody[list(combinations(range(len(everybody)), size))]
    else:
        dice = np.random.default_rng(SEED)
        dealt = dice.permuted(np.tile(everybody, (SHUFFLES, 1)), axis=1)[:, :size]
    sums = dealt.sum(axis=1)
    gaps = sums / size - (everybody.sum() - sums) / (len(everybody) - size)
    fewer = min(np.sum(gaps <= value + 1e-9), np.sum(gaps >= value - 1e-9))
    itself = 0 if every else 1  # the deal that was
    return float(min(1, 2 * (fewer + itself) / (len(gaps) + itself)))


def adjusted(p: Sequence[float]) -> list[float]:
    """Holm's p-values, in the order given.

    >>> adjusted([0.04, 0.01, 0.03])
    [0.06, 0.03, 0.06]
    """
    order = sorted(range(len(p)), key=lambda at: p[at])
    found, largest = [0.0] * len(p), 0.0
    for rank, at in enumerate(order):
        largest = max(largest, min(1.0, (len(p) - rank) * p[at]))
        found[at] = largest
    return found


# ── Welch, and Student's distribution ────────────────────────────────────────────────────────────────

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(64)


def _welch(first: Numbers, second: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Difference of the means, its standard error and degrees of freedom, along the last axis."""
    one, other = (each.var(axis=-1, ddof=1) / each.shape[-1] for each in (first, second))
    with np.errstate(invalid="ignore", divide="ignore"):
        freedom = (one + other) ** 2 / (one**2 / (first.shape[-1] - 1) + other**2 / (second.shape[-1] - 1))
    return first.mean(axis=-1) - second.mean(axis=-1), np.sqrt(one + other), freedom


def quantile(freedom: Numbers, share: float = 0.975) -> Numbers:
    """Below what Student's t lies with a probability of 0.5 or more.

    With t = √df · tan θ its distribution is an integral of cosᵈᶠ⁻¹, which is smooth; θ is found by halving.
    """
    gamma = np.vectorize(math.lgamma, otypes=[float])
    factor = np.exp(gamma((freedom + 1) / 2) - gamma(freedom / 2)) / math.sqrt(math.pi)
    low, high = np.zeros_like(freedom), np.full_like(freedom, math.pi / 2)
    for _ in range(45):
        middle = (low + high) / 2
        cosines = np.cos(middle[:, None] * (_NODES + 1) / 2)
        area = factor * middle / 2 * (cosines ** (freedom[:, None] - 1) @ _WEIGHTS)
        low, high = np.where(area < share - 0.5, middle, low), np.where(area < share - 0.5, high, middle)
    return np.asarray(np.sqrt(freedom) * np.tan((low + high) / 2))


@cache
def _quantiles() -> tuple[Numbers, Numbers]:
    """Quantiles along 1/df, so finely that a straight line between two does no harm."""
    inverse = np.linspace(1e-3, 0.5, 400)
    return inverse, quantile(1 / inverse)


# ── What a class can show ────────────────────────────────────────────────────────────────────────────


def sizes(students: int) -> tuple[int, int]:
    """Two groups as equal as can be.

    Raises
    ------
    FramingError
        If there are too few for two groups.
    """
    if students < 2 * FEWEST:
        raise FramingError(f"{students} students are too few for two groups. {2 * FEWEST} is the fewest.")
    return students - students // 2, students // 2


@cache
def power(first: int, second: int, difference: float, spread: float = SPREAD) -> float:
    """In what share of simulated classes Welch's test finds a difference of the means (p below 0.05).

    Parameters
    ----------
    first, second
        The sizes of the groups.
    difference
        Of the means before rounding, in points; answers are whole numbers from 1 to 7 around the middle.
    spread
        The standard deviation of answers before rounding.
    """
    dice = np.random.default_rng(SEED)
    drawn = [
        np.clip(np.rint(dice.normal(4 + shift, spread, (SIMULATED, size))), LOWEST, HIGHEST)
        for size, shift in ((first, difference / 2), (second, -difference / 2))
    ]
    value, error, freedom = _welch(*drawn)
    spread_out = error > 0
    needed = np.interp(1 / freedom[spread_out], *_quantiles()) * error[spread_out]
    found = np.sum(np.abs(value[spread_out]) > needed) + np.sum(value[~spread_out] != 0)
    return float(found / SIMULATED)


def powers(students: Sequence[int] = SIZES, steps: Sequence[float] = STEPS) -> pd.DataFrame:
    """The power of classes of these sizes, a row each, at differences of so many points, a column each."""
    rows = [[power(*sizes(size), step) for step in steps] for size in students]
    return pd.DataFrame(rows, index=pd.Index(students, name="students"), columns=pd.Index(steps, name="difference"))


def _found_in_eighty(first: int, second: int) -> float:
    """The smallest difference, in steps of a tenth, that 80 of 100 classes find; groups of three find five."""
    steps = (step / 10 for step in range(1, 10 * (HIGHEST - LOWEST) + 1))
    return next(step for step in steps if power(first, second, step) >= 0.8)


# ── Words ────────────────────────────────────────────────────────────────────────────────────────────


def table(answers: Answers) -> pd.DataFrame:
    """A row for each question: both means and counts, the difference, its interval, p alone and adjusted."""
    found = differences(answers)
    one, other = answers.groups
    rows = {
        name: {
            f"mean {one}": each.means[0], f"mean {other}": each.means[1], f"n {one}": each.counts[0],
            f"n {other}": each.counts[1], "difference": each.value, "low": each.low, "high": each.high,
            "by lot": each.p, "adjusted": p,
        }
        for (name, each), p in zip(found.items(), _adjusted(found).values(), strict=True)
    }  # fmt: skip
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("question")


def _adjusted(found: Mapping[str, Difference]) -> dict[str, float]:
    return dict(zip(found, adjusted([each.p for each in found.values()]), strict=True))


def report(answers: Answers) -> list[str]:
    """What can be said of the answers, a sentence or two in each line."""
    one, other = answers.groups
    found = differences(answers)
    by_lot = _adjusted(found)
    lines = [f"Without consent, and left out: {answers.without_consent}."] if answers.without_consent else []
    lines += [f"Left empty, and left out: {answers.empty}."] if answers.empty else []
    for name, each in found.items():
        lines.append(
            f"{name}: {one} {each.means[0]:.2f} ({each.counts[0]} answers), {other} {each.means[1]:.2f} "
            f"({each.counts[1]}). Difference {_signed(each.value)}, 95% interval {_signed(each.low)} to "
            f"{_signed(each.high)}; by lot as large or larger in {each.p:.1%} of deals"
            + (f", adjusted for {len(found)} questions {by_lot[name]:.3f}." if len(found) > 1 else ".")
        )
    return [*lines, verdict(answers), *plan(*answers.counts)]


def verdict(answers: Answers) -> str:
    """Whether a lot alone would give such differences, and what that allows to say."""
    sure = [name for name, p in _adjusted(differences(answers)).items() if p < 0.05]
    if sure:
        return (
            f"A lot alone would seldom give such a difference: {', '.join(sure)}. That the version made it is what the "
            "lot allows to say; that it would do so elsewhere is not."
        )
    return (
        "No difference that a lot alone would not give. This does not show that the versions work alike: look at "
        "how wide the intervals are."
    )


def plan(first: int, second: int) -> list[str]:
    """What groups of these sizes can and cannot show, by simulation."""
    shares = ", ".join(f"{step:g} in {100 * power(first, second, step):.0f}" for step in STEPS)
    return [
        f"What {first} and {second} students can show, on one question, if answers have a standard deviation of "
        f"{SPREAD:g} (assumed): a difference of so many points is found in so many of 100 classes: {shares}.",
        f"Only a difference of about {_found_in_eighty(first, second):.1f} or more is found in 80 of 100. A smaller "
        "one is mostly missed, and where it is found it looks larger than it is. "
        f"({SIMULATED:,} simulated classes, always the same.)",
    ]


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")
