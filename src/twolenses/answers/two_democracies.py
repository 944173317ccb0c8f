"""Answers of exercise 12, *Two democracies?*"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from twolenses.answers.register import answer
from twolenses.data import cell, load

YEARS = range(1999, 2025)
LISTED = range(2008, 2015)  # Kosovo is in the list of disputes from 2008, and the list ends in 2014
STATES = ("SRB", "XKX")


def both(column: str) -> dict[int, tuple[float, float]]:
    """The values of Serbia and Kosovo in each year."""
    rows = load("democracy").set_index(["iso3", "year"])[column]
    return {year: (float(rows[STATES[0], year]), float(rows[STATES[1], year])) for year in YEARS}


def begun() -> list[int]:
    """The years in which a dispute between the two began."""
    rows = load("disputes").query("iso3_2 == 'XKX' and first_year")
    return sorted(int(begins[:4]) for begins in rows["begins"])


# ── The weaker of the two ────────────────────────────────────────────────────────────────────────────


@answer
def weaker_of_the_pair() -> pd.Series:
    """For each year from 1999, the lower of the two values of the electoral democracy index."""
    return pd.Series({year: min(pair) for year, pair in both("polyarchy").items()})


@answer
def best_joint_year() -> int:
    """The year in which the lower of the two values was highest."""
    return max(YEARS, key=lambda year: min(both("polyarchy")[year]))


# ── Intervals ────────────────────────────────────────────────────────────────────────────────────────

Apart = Callable[[pd.Series, pd.Series, pd.Series, pd.Series], pd.Series]


@answer
def intervals_apart() -> Apart:
    """Two intervals are apart where one begins above the end of the other, whichever of the two that is."""

    def apart(low_1: pd.Series, high_1: pd.Series, low_2: pd.Series, high_2: pd.Series) -> pd.Series:
        if not isinstance(low_1, pd.Series):
            return max(low_1, low_2) > min(high_1, high_2)
        lows, highs = pd.concat([low_1, low_2], axis=1), pd.concat([high_1, high_2], axis=1)
        return lows.max(axis=1) > highs.min(axis=1)

    return apart


@answer
def clear_crossing_of_wide_intervals() -> int:
    """The first year from which Kosovo’s interval, made twice as wide, stays wholly above Serbia’s."""
    middle, low, high = (both(f"polyarchy{end}") for end in ("", "_low", "_high"))
    last = 0
    for year in YEARS:
        ceiling = middle[year][0] + 2 * (high[year][0] - middle[year][0])
        floor = middle[year][1] - 2 * (middle[year][1] - low[year][1])
        if floor <= ceiling:
            last = year
    return last + 1


# ── The threshold ────────────────────────────────────────────────────────────────────────────────────


@answer
def joint_years() -> Callable[[float, str], list[int]]:
    """The years in which both states stand above the threshold in the column that is asked for."""
    return lambda threshold, column: [year for year, pair in both(column).items() if min(pair) > threshold]


@answer
def bands_drawn() -> int:
    """A band for each of the two states: call `ax.fill_between` for either."""
    return len(STATES)


Split = Callable[[float], tuple[int, int, int, int]]


@answer
def disputes_by_threshold() -> Split:
    """Of the years from 2008 to 2014: how many were joint and how many disputes began in them, then the others."""

    def split(threshold: float) -> tuple[int, int, int, int]:
        joint = {year for year, pair in both("polyarchy").items() if min(pair) > threshold and year in LISTED}
        inside = sum(year in joint for year in begun())
        return len(joint), inside, len(LISTED) - len(joint), len(begun()) - inside

    return split


# ── The vote in the north ────────────────────────────────────────────────────────────────────────────


@answer
def legal_or_legitimate() -> dict[str, str]:
    """Legality asks whether an act follows the law in force, and whose law; legitimacy whether those governed accept
    it."""
    return {
        "no minimum": "legality",
        "turnout": "legitimacy",
        "whose law": "legality",
        "the four add up": "neither",
    }


def april(measure: str) -> float:
    """A figure of 23 April 2023 for all four municipalities."""
    return float(
        cell("north_kosovo_votes", date="2023-04-23", measure=measure, municipality="all four", doubtful=False).value
    )
