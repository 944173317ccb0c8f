"""What a table of scores says about its items: how hard, how well they tell students apart, how well they agree.

`scores` is always one row per student, one column per item, in points; missing where an item was not asked or waits for
a person. A figure that cannot be computed is missing too (NaN), never zero.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

import pandas as pd
from scipy.stats import f

__all__ = ["FEW", "GROUP", "Alpha", "alpha", "extremes", "reasons", "statistics"]

GROUP = 0.27
"""Share of the class in the upper group, and in the lower: where their difference tells most (Kelley 1939)."""

FEW = 20
"""With fewer students the figures of an item say more about these students than about the item."""


@dataclass(frozen=True)
class Alpha:
    """Cronbach's alpha with its interval, of `n` students and `k` items; or why there is none."""

    value: float = math.nan
    low: float = math.nan
    high: float = math.nan
    n: int = 0
    k: int = 0
    missing: str = ""


def alpha(scores: pd.DataFrame, level: float = 0.95) -> Alpha:
    """Cronbach's alpha, of students who have a score in every item, with the interval of Feldt.

    Feldt, Woodruff and Salih (1987), *Applied Psychological Measurement* 11, 93–103: (1 − ρ)/(1 − alpha) has an F
    distribution with n − 1 and (n − 1)(k − 1) degrees of freedom.
    """
    whole = scores.dropna(axis="columns", how="all").dropna()
    n, k = whole.shape
    if k < 2 or n < 3:
        return Alpha(n=n, k=k, missing=f"It needs two items and three students; there are {k} and {n}.")
    covariances = whole.cov().to_numpy()
    total = covariances.sum()
    if total <= 1e-12:
        return Alpha(n=n, k=k, missing="All students have the same total.")
    value = k / (k - 1) * (1 - covariances.trace() / total)
    tails = (1 - level) / 2
    low, high = (float(1 - (1 - value) * f.ppf(p, n - 1, (n - 1) * (k - 1))) for p in (1 - tails, tails))
    return Alpha(float(value), low, high, n, k)


def statistics(scores: pd.DataFrame, maxima: pd.Series, share: float = GROUP) -> pd.DataFrame:
    """One row per item.

    Parameters
    ----------
    maxima
        Points of each item.
    share
        Of the class, in the upper and in the lower group.

    Returns
    -------
    DataFrame
        `n` students with a score; `difficulty`, the mean share of the points reached, from 0 (nobody) to 1;
        `discrimination`, the correlation with the total of the other items (point-biserial where the item is right or
        wrong); `upper` and `lower`, the difficulty in both groups; `difference`, between them.
    """
    shares = scores / maxima
    upper, lower = extremes(scores, share)
    found = pd.DataFrame(
        {
            "n": scores.count(),
            "difficulty": shares.mean(),
            "discrimination": {item: _with_the_rest(scores, item) for item in scores},
            "upper": shares.loc[upper].mean(),
            "lower": shares.loc[lower].mean(),
        }
    )
    return found.assign(difference=found["upper"] - found["lower"])


def _with_the_rest(scores: pd.DataFrame, item: Hashable) -> float:
    """The correlation of an item with the total of the others. With itself in the total it would agree in part."""
    pairs = pd.DataFrame({"item": scores[item], "rest": scores.drop(columns=item).sum(axis=1)}).dropna()
    if len(pairs) < 3 or (pairs.nunique() < 2).any():
        return math.nan
    return float(pairs["item"].corr(pairs["rest"]))


def extremes(scores: pd.DataFrame, share: float = GROUP) -> tuple[list[str], list[str]]:
    """The upper and the lower group by total, each of `share` of the class and at least one student.

    Of several with one total, the order of the rows decides. A single student is in no group.
    """
    size = min(max(1, round(share * len(scores))), len(scores) // 2)
    order = scores.sum(axis=1).sort_values(ascending=False, kind="stable").index
    return list(order[:size]), list(order[len(order) - size :])


def reasons(item: pd.Series) -> Iterator[str]:
    """Why an item deserves a look, from its row of :func:`statistics`: sentences, none where it does not."""
    if item["n"] < 2:
        return
    if item["difficulty"] in (0, 1):
        yield "Everybody has full points." if item["difficulty"] else "Nobody has a point."
    elif item["difficulty"] < 0.3:
        yield f"Hard: {item['difficulty']:.0%} of its points were reached. Was it taught, and is the task clear?"
    elif item["difficulty"] > 0.95:
        yield f"Easy: {item['difficulty']:.0%} of its points were reached. It tells hardly anybody apart."
    if item["discrimination"] < 0:
        yield "Who did well elsewhere did worse here. Look at its key and its wording."
    elif item["discrimination"] < 0.2 and 0.3 <= item["difficulty"] <= 0.95:
        yield f"It says little about who did well elsewhere ({item['discrimination']:.2f})."
