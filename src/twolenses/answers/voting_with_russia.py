"""Answers of exercise 13, *Does Serbia vote with Russia?*"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
import pandas as pd

from twolenses.answers.register import answer
from twolenses.data import load
from twolenses.models.voting import ideal_point_distance

AGREED = range(2000, 2020)  # Serbia's votes of the data, from its return to the Assembly
PLACED = range(2000, 2024)


def shares(column: str, state: str) -> dict[int, float]:
    """A measure of likeness between Serbia and another state, by year."""
    rows = load("un_agreement")
    rows = rows[rows["partner_iso3"] == state]
    return {int(year): float(share) for year, share in zip(rows["year"], rows[column], strict=True) if year in AGREED}


def points(column: str = "ideal_point") -> dict[tuple[str, int], float]:
    """The ideal points by state and year."""
    rows = load("un_ideal_points").dropna(subset=column)
    return {
        (str(state), int(year)): float(point)
        for state, year, point in zip(rows["iso3"], rows["year"], rows[column], strict=True)
    }


# ── Like votes ───────────────────────────────────────────────────────────────────────────────────────


@answer
def germany_ahead_of_russia() -> pd.DataFrame:
    """Serbia’s agreement with Germany less its agreement with Russia, in percentage points, by both measures."""
    lead = {
        column: {year: 100 * (share - shares(column, "RUS")[year]) for year, share in shares(column, "DEU").items()}
        for column in ("agreement", "similarity")
    }
    return pd.DataFrame(lead)


@answer
def years_germany_ahead() -> int:
    """The years in which Serbia’s agreement with Germany is above its agreement with Russia."""
    russia = shares("agreement", "RUS")
    return sum(share > russia[year] for year, share in shares("agreement", "DEU").items())


Likeness = Callable[[pd.Series, pd.Series, float], float]


def likeness_by(
    distance: Callable[[object, object, float], float | None],
) -> Likeness:
    """A likeness from a rule that says how far apart two single votes are, None for a roll call that does not count."""

    def likeness(ours: pd.Series, theirs: pd.Series, abstain: float) -> float:
        gaps = [distance(one, other, abstain) for one, other in zip(ours, theirs, strict=True)]
        counted = [gap for gap in gaps if gap is not None]
        return 1 - sum(counted) / len(counted)

    return likeness


def vote_gap(one: object, other: object, abstain: float) -> float | None:
    """How far apart two votes are, with no at 0, yes at 1 and an abstention at `abstain`; None if one was absent."""
    position = {"no": 0.0, "abstain": abstain, "yes": 1.0}
    if one not in position or other not in position:
        return None
    return abs(position[str(one)] - position[str(other)])


@answer
def likeness_of_votes() -> Likeness:
    """One less the mean distance of the two votes, over the roll calls in which both took part."""
    return likeness_by(vote_gap)


# ── Ideal points ─────────────────────────────────────────────────────────────────────────────────────


@answer
def germany_nearer_by_points() -> pd.Series:
    """The distance from Serbia to Russia less the distance from Serbia to Germany, on the scale of ideal points."""
    at = points()
    return pd.Series(
        {
            year: ideal_point_distance(at["RUS", year], at["SRB", year])
            - ideal_point_distance(at["DEU", year], at["SRB", year])
            for year in PLACED
        }
    )


def half_widths(state: str) -> pd.Series:
    """Half the width of a state's interval, by year."""
    rows = load("un_ideal_points")
    rows = rows[rows["iso3"] == state].set_index("year")
    half: pd.Series = ((rows["high"] - rows["low"]) / 2).loc[PLACED[0] : PLACED[-1]].astype(float)
    return half


@answer
def order_beyond_the_error() -> pd.Series:
    """Of the leads, those of the years in which the lead, whatever its sign, is larger than its error."""
    lead = germany_nearer_by_points()
    error = np.sqrt(half_widths("RUS") ** 2 + half_widths("DEU") ** 2 + 4 * half_widths("SRB") ** 2)
    settled: pd.Series = lead[[abs(lead[year]) > error[year] for year in lead.index]]
    return settled


@answer
def error_bars_drawn() -> int:
    """One call of `ax.errorbar` with `yerr=error` draws the bars of all years."""
    return 1


Parts = tuple[float, float, float]
Decompose = Callable[[str, int, int, str], Parts]


@answer
def parts_of_a_distance() -> Decompose:
    """How much the distance grew, and how much of it is the move of Serbia’s end and of the other end."""

    def decompose(state: str, first: int, last: int, column: str) -> Parts:
        at = points(column)
        (ours, our_last), (theirs, their_last) = ((at[one, first], at[one, last]) for one in ("SRB", state))
        other_end_moves = abs(their_last - ours) - abs(theirs - ours)
        serbias_end_moves = abs(their_last - our_last) - abs(their_last - ours)
        return abs(their_last - our_last) - abs(theirs - ours), serbias_end_moves, other_end_moves

    return decompose


# ── What outlives the choice ─────────────────────────────────────────────────────────────────────────


@answer
def conclusions_that_outlive() -> dict[str, str]:
    """Go through the rulers one by one: agreement, all roll calls, final votes. A reason or an act outside the
    Assembly is in none of them."""
    at = {column: points(column) for column in ("ideal_point", "ideal_point_final")}

    def nearer_germany(column: str, year: int) -> bool:
        own = at[column]["SRB", year]
        return abs(at[column]["DEU", year] - own) < abs(at[column]["RUS", year] - own)

    always = all(nearer_germany(column, year) for column, year in product(at, AGREED))
    apart = [parts_of_a_distance()("RUS", 2021, 2022, column) for column in at]
    word = {True: "holds", False: "depends"}
    return {
        "always nearer Germany": word[always],
        "apart in 2022": word[all(growth > 0 for growth, _, _ in apart)],
        "Russia moved": word[all(theirs > growth / 2 for growth, _, theirs in apart)],
        "nearer Germany in 2022": word[all(nearer_germany(column, 2022) for column in at)],
        "sanctions": "not in the votes",
        "because of Kosovo": "not in the votes",
    }
