"""Whether two coders judge alike: agreement, Cohen's kappa, weighted kappa and their uncertainty.

Cohen, Jacob (1960). "A Coefficient of Agreement for Nominal Scales." *Educational and Psychological
Measurement* 20(1): 37–46.

Cohen, Jacob (1968). "Weighted Kappa: Nominal Scale Agreement with Provision for Scaled Disagreement or
Partial Credit." *Psychological Bulletin* 70(4): 213–220.

Fleiss, Joseph L., Jacob Cohen and B. S. Everitt (1969). "Large Sample Standard Errors of Kappa and Weighted
Kappa." *Psychological Bulletin* 72(5): 323–327.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from math import inf, nan, sqrt
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from twolenses.errors import suggestion
from twolenses.models import ModelError
from twolenses.models._inputs import Numbers, number, numbers

__all__ = ["agreement", "cohen_kappa", "expected_agreement", "interval", "standard_error", "table_of"]


def table_of(
    first: Iterable[Hashable], second: Iterable[Hashable], categories: Iterable[Hashable] | None = None
) -> pd.DataFrame:
    """How often each verdict of the first coder (rows) met each verdict of the second (columns).

    Square also where a coder leaves a category out: without that, row and column of a cell would not be the
    same category.

    Parameters
    ----------
    first, second
        The verdicts on the same things in the same order, n each.
    categories
        All that could be said, in the order of the rows; left out, what either coder said, sorted.

    Raises
    ------
    ModelError
        If the two differ in length, there is none, one is missing, or one is no category.

    >>> table_of(["wrong", "wrong"], ["wrong", "contested"]).to_numpy().tolist()
    [[0, 0], [1, 1]]
    """
    one, other = list(first), list(second)
    if len(one) != len(other) or not one:
        raise ModelError(f"There are {len(one)} and {len(other)} verdicts. Give as many of each coder, at least one.")
    if pd.isna(pd.Series([*one, *other], dtype=object)).any():
        raise ModelError("A verdict is missing. Drop what only one of the coders judged, and say so.")
    known = list(dict.fromkeys(categories if categories is not None else sorted({*one, *other}, key=str)))
    if strange := next((verdict for verdict in (*one, *other) if verdict not in known), None):
        raise ModelError(f"{strange!r} is none of the categories. {suggestion(str(strange), map(str, known))}")
    places = {category: place for place, category in enumerate(known)}
    counts = np.zeros((len(known), len(known)), dtype=int)
    for row, column in zip(one, other, strict=True):
        counts[places[row], places[column]] += 1
    return pd.DataFrame(counts, index=known, columns=known)


def agreement(table: ArrayLike) -> float:
    """The share of things on which both coders say the same, from 0 to 1.

    Parameters
    ----------
    table
        Counts or shares, square: the first coder's categories in rows, the second's in columns, in one order.

    Raises
    ------
    ModelError
        If it is not square, a count is negative or missing, or all are 0.

    >>> agreement([[2, 1], [0, 1]])
    0.75
    """
    return float(np.trace(_shares(table)))


def expected_agreement(table: ArrayLike) -> float:
    """The agreement of two coders who draw blindly, each as often from each category as in `table`.

    Parameters and errors as in :func:`agreement`.

    >>> expected_agreement([[2, 1], [0, 1]])
    0.5
    """
    part = _shares(table)
    return float(part.sum(axis=1) @ part.sum(axis=0))


def cohen_kappa(table: ArrayLike, costs: ArrayLike | None = None) -> float:
    """The part of the agreement not expected by chance that was reached: 1 all, 0 none, below 0 less than chance.

    Not a number (nan) where chance alone agrees on everything, as when both use one and the same category.

    Parameters
    ----------
    table
        As in :func:`agreement`.
    costs
        For weighted kappa: what each disagreement counts for, of the shape of `table`, 0 on the diagonal. Left
        out, all count alike.

    Citation: Cohen (1960); with `costs`, Cohen (1968).

    Raises
    ------
    ModelError
        As in :func:`agreement`; or if `costs` has another shape, or not 0 or more, or not 0 on the diagonal.

    >>> cohen_kappa([[2, 1], [0, 1]])
    0.5
    """
    part = _shares(table)
    cost = _costs(costs, len(part))
    expected = float((cost * _by_chance(part)).sum())
    return 1 - float((cost * part).sum()) / expected if expected > 0 else nan


def standard_error(table: ArrayLike) -> float:
    """The large-sample standard error of (unweighted) kappa, for `table` in counts.

    For few things it is a rough guide, and 0 where the coders agree on all. Not a number where kappa is none.
    Parameters and errors as in :func:`agreement`; shares are no counts.

    Citation: Fleiss, Cohen and Everitt (1969), who corrected the formula of Cohen (1960).
    """
    counts = _square(table)
    part = _shares(table)
    rows, columns = part.sum(axis=1), part.sum(axis=0)
    observed, expected = float(np.trace(part)), float(rows @ columns)
    if expected == 1:
        return nan
    agreed = (part.diagonal() * ((1 - expected) - (rows + columns) * (1 - observed)) ** 2).sum()
    crossed = part * (columns[:, None] + rows[None, :]) ** 2
    differed = (1 - observed) ** 2 * (crossed.sum() - np.trace(crossed))
    spread = agreed + differed - (observed * expected - 2 * expected + observed) ** 2
    return sqrt(max(float(spread), 0)) / (1 - expected) ** 2 / sqrt(counts.sum())


def interval(table: ArrayLike, level: float = 0.95) -> tuple[float, float]:
    """From where to where kappa is uncertain, by :func:`standard_error` and the normal distribution.

    Parameters
    ----------
    level
        Confidence, above 0 and below 1.

    Raises
    ------
    ModelError
        As in :func:`agreement`; or if there is no such level.
    """
    if number("level", level, 0, 1) in (0, 1):
        raise ModelError(f"level is {level:g}. Give a number above 0 and below 1.")
    kappa, half = cohen_kappa(table), NormalDist().inv_cdf((1 + level) / 2) * standard_error(table)
    return kappa - half, kappa + half


def _by_chance(part: Numbers) -> Numbers:
    chance: Numbers = np.outer(part.sum(axis=1), part.sum(axis=0))
    return chance


def _shares(table: ArrayLike) -> Numbers:
    counts = _square(table)
    part: Numbers = counts / counts.sum()
    return part


def _square(table: ArrayLike) -> Numbers:
    counts = numbers("table", table, 0, inf, dimensions=2)
    if counts.shape[0] != counts.shape[1]:
        raise ModelError(f"table has the shape {counts.shape}. Give both coders all categories, in one order.")
    if not counts.any():
        raise ModelError("All counts are 0. Give at least one thing that both coders judged.")
    return counts


def _costs(costs: ArrayLike | None, size: int) -> Numbers:
    if costs is None:
        return 1 - np.eye(size)
    cost = numbers("costs", costs, 0, inf, dimensions=2)
    if cost.shape != (size, size):
        raise ModelError(f"costs has the shape {cost.shape}. Give one for each cell of the table, {size} by {size}.")
    if cost.diagonal().any():
        raise ModelError("costs says that agreeing costs something. Put 0 on the diagonal.")
    return cost
