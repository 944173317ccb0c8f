"""Power as a share: the Correlates of War index, force ratios, and how concentrated a system is.

The Composite Index of National Capability (CINC) is the mean of a state's shares in six totals of the
international system. It measures resources, not resolve, skill or allies.

Singer, J. David, Stuart Bremer and John Stuckey (1972). "Capability Distribution, Uncertainty, and Major
Power War, 1820–1965." In Bruce Russett (ed.), *Peace, War, and Numbers*. Sage, 19–48.

Ray, James Lee, and J. David Singer (1973). "Measuring the Concentration of Power in the International
System." *Sociological Methods & Research* 1(4): 403–437.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from twolenses.errors import suggestion
from twolenses.models import ModelError
from twolenses.models._inputs import Numbers, number, numbers

__all__ = [
    "COMPONENTS",
    "Range",
    "Totals",
    "cinc",
    "component_shares",
    "concentration",
    "force_ratio",
    "herfindahl",
    "leave_one_out",
    "shares",
]

#: Military expenditure, military personnel, iron and steel, primary energy, total and urban population.
COMPONENTS = ("milex", "milper", "irst", "pec", "tpop", "upop")

#: The system's total of each component, by its name.
Totals: TypeAlias = "Mapping[str, float] | pd.Series[float]"


# ── capabilities ─────────────────────────────────────────────────────────────────────────────────────


def component_shares(states: pd.DataFrame, totals: Totals | None = None) -> pd.DataFrame:
    """Each state's share, from 0 to 1, in the system's total of each component.

    Parameters
    ----------
    states
        One row per state, columns among :data:`COMPONENTS`, each in a unit of its own. A missing value is
        missing, not zero; a column that is left out is missing for every state.
    totals
        The system's total of each column. Left out, `states` is taken to be the whole system.

    Raises
    ------
    ModelError
        If a column is no component, a value is negative or above its total, or a total is zero or not given.
    """
    if not len(states) or not len(states.columns):
        raise ModelError(f"There is no state or no component. Give columns among {', '.join(COMPONENTS)}.")
    for name in states.columns:
        if name not in COMPONENTS:
            raise ModelError(f"{name!r} is no component of the index. {suggestion(str(name), COMPONENTS)}")
        if totals is not None and name not in totals:
            raise ModelError(f"No total is given for {name!r}. Give the system's total, or leave the column out.")
    try:
        values = states.astype("float64")
    except (TypeError, ValueError):
        raise ModelError("A component holds something that is not a number. Make it a number, or missing.") from None
    system = {
        name: number(f"The total of {name}", values[name].sum() if totals is None else totals[name], low=0)
        for name in values.columns
    }
    for name, total in system.items():
        if total == 0:
            raise ModelError(f"The total of {name} is 0, so nobody has a share in it. Leave the column out.")
        if (values[name] < 0).any():
            raise ModelError(f"{name} is negative for a state. Give 0 or more, or a missing value.")
        if (values[name] > total).any():
            raise ModelError(f"A state has more {name} than the total of {total:g}. Give the whole system's total.")
    return values / pd.Series(system)


def cinc(states: pd.DataFrame, totals: Totals | None = None) -> pd.Series[float]:
    """The Composite Index of National Capability of each state, from 0 to 1.

    The mean of the state's shares in the components *that are present*, as in the published data. Over a
    whole system it adds up to 1 when nothing is missing, otherwise only nearly so: the published index
    (version 7.0) adds up to between 1 and 1.08, year by year. Parameters and errors as in
    :func:`component_shares`; a state of which every component is missing is an error too.

    Citation: Singer, Bremer and Stuckey (1972).

    >>> system = pd.DataFrame({"milper": [30, 10], "tpop": [50, 50]}, index=["A", "B"])
    >>> cinc(system).to_dict()
    {'A': 0.625, 'B': 0.375}
    """
    parts = component_shares(states, totals)
    if (empty := parts.isna().all(axis=1)).any():
        raise ModelError(f"Every component of {parts.index[empty][0]!r} is missing. Drop the state.")
    return parts.mean(axis=1).rename("cinc")


def leave_one_out(states: pd.DataFrame, totals: Totals | None = None) -> pd.DataFrame:
    """What the index of each state would be if one component were missing: one column per component left out.

    The totals stay as they are. How far the columns lie apart shows how much the index owes to a single one.
    A state that has no other component is missing. Parameters and errors as in :func:`component_shares`.
    """
    parts = component_shares(states, totals)
    return pd.DataFrame({name: parts.drop(columns=name).mean(axis=1) for name in parts.columns})


# ── ratios ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Range:
    """A figure known only to lie between two values (both included).

    Raises
    ------
    ModelError
        If a bound is not finite, or they are in the wrong order.
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse bounds that are no bounds."""
        number("The upper bound of a range", self.high, low=number("The lower bound of a range", self.low))

    def __str__(self) -> str:
        """The range as it is printed: `4–5`, or `4` where both bounds agree."""
        return f"{self.low:g}" if self.low == self.high else f"{self.low:g}–{self.high:g}"


def force_ratio(own: float | Range, other: float | Range) -> Range:
    """How many times the `other` side's strength the `own` side has: every ratio that the figures allow.

    Raises
    ------
    ModelError
        If `own` may be negative, or `other` may be zero or less.

    >>> str(force_ratio(Range(20_000, 25_000), 5_000))
    '4–5'
    """
    mine, theirs = _range(own), _range(other)
    number("The strength of the own side", mine.low, low=0)
    if theirs.low <= 0:
        raise ModelError(f"The other side's strength may be {theirs.low:g}. A ratio needs more than zero.")
    return Range(mine.low / theirs.high, mine.high / theirs.low)


def _range(figure: float | Range) -> Range:
    return figure if isinstance(figure, Range) else Range(figure, figure)


# ── concentration ────────────────────────────────────────────────────────────────────────────────────


def shares(values: ArrayLike) -> Numbers:
    """Each value's part in the sum of all: shape (n,) to shape (n,), adding up to 1.

    Raises
    ------
    ModelError
        If a value is negative or missing, or all are zero.
    """
    amounts = numbers("values", values, low=0)
    if not amounts.any():
        raise ModelError("All values are 0, so nobody has a share. Give at least one that is more.")
    result: Numbers = amounts / amounts.sum()
    return result


def herfindahl(values: ArrayLike) -> float:
    """Herfindahl's index: the sum of squared shares, from 1/n (all equal) to 1 (all with one).

    Its inverse is the number of equal states that would be as concentrated. Errors as in :func:`shares`.

    >>> herfindahl([5, 5, 0, 0])
    0.5
    """
    return float(np.square(shares(values)).sum())


def concentration(values: ArrayLike) -> float:
    """Ray and Singer's CON, from 0 (all equal) to 1 (all with one), whatever the number of states.

    Citation: Ray and Singer (1973).

    Raises
    ------
    ModelError
        As in :func:`shares`; or if there are fewer than two states.
    """
    part = shares(values)
    if part.size < 2:
        raise ModelError("Concentration is given one state. Give two or more.")
    equal = 1 / part.size
    return float(np.sqrt(np.square(part - equal).sum() / (1 - equal)))
