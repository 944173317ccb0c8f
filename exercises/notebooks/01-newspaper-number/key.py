"""The key of *Can you trust a newspaper's number?*: what is no fact."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from twolenses.answers import answer
from twolenses.data import load
from twolenses.mistakes import mistake

Cut = Callable[[float, float], float]


@answer
def cut_in_percent() -> Callable[[float, float], float]:
    """The share of those before who are gone, in percent."""
    return lambda before, after: 100 - 100 * after / before


@answer
def troops_as_printed() -> pd.Series:
    """The figure of each row that its source printed, without words and separators."""
    rows = load("kfor_strength")
    return rows[rows["printed"] != ""]["troops"].reset_index(drop=True)


@answer
def kfor_series() -> pd.Series:
    """The strength of KFOR on each day on which it was reported as counted."""
    rows = load("kfor_strength")
    counted = rows[rows["in_series"]]
    return pd.Series(counted["troops"].to_numpy(), index=pd.to_datetime(counted["date"], format="ISO8601"), name="KFOR")


# ── Mistakes ────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="cut_in_percent")
def share_of_what_is_left() -> Cut:
    """That is the change as a share of the new figure. A cut is measured against what was there before."""
    return lambda before, after: 100 * (before - after) / after if after else float("inf")


@mistake(about="cut_in_percent")
def share_not_percent() -> Cut:
    """That is the share as a fraction. In percent it is a hundred times as much: multiply by 100."""
    return lambda before, after: (before - after) / before


@mistake(about="cut_in_percent")
def cut_below_zero() -> Cut:
    """That is the change, which is below zero where fewer are left. A cut is counted upwards: before minus after."""
    return lambda before, after: 100 * (after - before) / before


@mistake(about="cut_in_percent")
def share_that_stayed() -> Cut:
    """That is the share that stayed. The share that left is the rest of the hundred."""
    return lambda before, after: 100 * after / before


@mistake(about="cut_in_percent")
def soldiers_not_share() -> Cut:
    """That is a number of soldiers. A share needs the whole under the line: divide by the number before."""
    return lambda before, after: before - after


@mistake(about="troops_as_printed")
def digits_of_dates() -> pd.Series:
    """Those are the digits of the dates. Clean the column printed."""
    rows = load("kfor_strength").query("printed != ''").reset_index(drop=True)
    return rows["date"].astype(str).str.replace(r"\D", "", regex=True).astype(int)
