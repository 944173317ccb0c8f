"""Exercise 5, *Arms race or common trend?*"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from twolenses.answers.register import answer
from twolenses.data import load

YEARS = range(2015, 2025)
EDITIONS = ("share_of_gdp", "first_printed", "lowest_printed", "highest_printed")
STUDENT_OF_SIX = 2.446912  # what Student's t of six degrees of freedom exceeds, in size, once in twenty times


def _printed(iso3: str, column: str = "share_of_gdp") -> pd.Series:
    rows = load("military_spending")
    return rows[(rows["iso3"] == iso3) & rows["year"].isin(YEARS)].set_index("year").sort_index()[column]


@answer
def likeness_of_spending() -> Callable[[pd.DataFrame, str], pd.Series]:
    """The correlation of one state's levels with every other state's, the highest first."""

    def likeness(table: pd.DataFrame, iso3: str) -> pd.Series:
        own = table[iso3].to_numpy(dtype=float)
        found = {
            other: float(np.corrcoef(own, table[other].to_numpy(dtype=float))[0, 1])
            for other in table.columns
            if other != iso3
        }
        return pd.Series(dict(sorted(found.items(), key=lambda pair: -pair[1])))

    return likeness


@answer
def spending_ratio_in_money() -> pd.Series:
    """The money that Serbia spends on its military for each unit of money that Kosovo spends, year by year."""
    gdp = load("world_bank").set_index(["iso3", "year"])["gdp_usd"]
    serbia, kosovo = _printed("SRB"), _printed("XKX")
    sizes = pd.Series({year: int(gdp["SRB", year]) / int(gdp["XKX", year]) for year in YEARS})
    return serbia / kosovo * sizes


@answer
def revision_bars() -> pd.DataFrame:
    """How far below and above the last figure the others lie that were printed for the same year."""
    rows = load("military_spending")
    rows = rows[rows["iso3"].isin(["SRB", "XKX"]) & rows["year"].isin(YEARS)].sort_values(["iso3", "year"])
    last = rows["share_of_gdp"].to_numpy()
    return pd.DataFrame(
        {"below": last - rows["lowest_printed"].to_numpy(), "above": rows["highest_printed"].to_numpy() - last},
        index=pd.MultiIndex.from_frame(rows[["iso3", "year"]]),
    )


@answer
def race_comes_to_rest() -> Callable[[float, float, float, float], bool]:
    """A race comes to rest if both roots of its matrix lie below zero."""

    def rests(k: float, a: float, ell: float, b: float) -> bool:
        return bool(np.linalg.eigvals([[-a, k], [ell, -b]]).real.max() < -1e-12)

    return rests


def reaction(own: pd.Series, other: pd.Series) -> tuple[float, float]:
    """How strongly one side reacts to the other by least squares, and the margin of the 95 % interval."""
    design = np.column_stack([other[:-1], own[:-1], np.ones(len(own) - 1)])
    change = np.diff(own)
    values, squares, *_ = np.linalg.lstsq(design, change)
    variance = float(squares[0]) / (len(change) - 3) * np.linalg.inv(design.T @ design)[0, 0]
    return float(values[0]), STUDENT_OF_SIX * float(np.sqrt(variance))


def who_reacts(serbia: bool, kosovo: bool) -> str:
    """The word of the task for which side reacts."""
    return {(True, True): "both", (True, False): "Serbia", (False, True): "Kosovo"}.get((serbia, kosovo), "neither")


@answer
def reaction_by_edition() -> dict[str, str]:
    """A side reacts where the whole interval of its reaction lies above zero. k is Serbia's, l Kosovo's."""
    found = {}
    for column in EDITIONS:
        serbia, kosovo = _printed("SRB", column), _printed("XKX", column)
        (k, about_k), (ell, about_l) = reaction(serbia, kosovo), reaction(kosovo, serbia)
        found[column] = who_reacts(k - about_k > 0, ell - about_l > 0)
    return found
