"""The key of *Does Serbia vote with Russia?*."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pandas as pd

from twolenses.answers import answer
from twolenses.data import load
from twolenses.mistakes import mistake
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
def germany_ahead_of_russia(near: str = "DEU", far: str = "RUS") -> pd.DataFrame:
    """Serbia’s agreement with the first state less its agreement with the second, in percentage points, by both
    measures."""
    lead = {}
    for column in ("agreement", "similarity"):
        other = shares(column, far)
        lead[column] = {year: 100 * (share - other[year]) for year, share in shares(column, near).items()}
    return pd.DataFrame(lead)


@answer
def years_germany_ahead(near: str = "DEU", far: str = "RUS") -> int:
    """The years in which Serbia’s agreement with the first state is above its agreement with the second."""
    other = shares("agreement", far)
    return sum(share > other[year] for year, share in shares("agreement", near).items())


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


def error_of_the_lead() -> pd.Series:
    """The errors of the three points together, Serbia's twice, by year."""
    return (half_widths("RUS") ** 2 + half_widths("DEU") ** 2 + 4 * half_widths("SRB") ** 2) ** 0.5


@answer
def order_beyond_the_error() -> pd.Series:
    """Of the leads, those of the years in which the lead, whatever its sign, is larger than its error."""
    lead, error = germany_nearer_by_points(), error_of_the_lead()
    settled: pd.Series = lead[[abs(lead[year]) > error[year] for year in lead.index]]
    return settled


@answer
def lead_with_its_error() -> pd.DataFrame:
    """Each lead less its error, and plus its error."""
    lead, error = germany_nearer_by_points(), error_of_the_lead()
    return pd.DataFrame({"low": lead - error, "high": lead + error})


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


# ── Mistakes ────────────────────────────────────────────────────────────────────────────────────────


# ── Like votes ───────────────────────────────────────────────────────────────────────────────────────


def _ahead(first: str, second: str, factor: float) -> pd.DataFrame:
    columns = ["agreement", "similarity"]
    one, other = (pd.DataFrame({column: shares(column, state) for column in columns}) for state in (first, second))
    return factor * (one - other)


@mistake(about="germany_ahead_of_russia")
def russia_ahead_of_germany(near: str = "DEU", far: str = "RUS") -> pd.DataFrame:
    """That is the second state less the first. Turn the difference round."""
    return _ahead(far, near, 100)


@mistake(about="germany_ahead_of_russia")
def shares_for_points(near: str = "DEU", far: str = "RUS") -> pd.DataFrame:
    """Those are shares of one. Multiply by 100 to have percentage points."""
    return _ahead(near, far, 1)


@mistake(about="germany_ahead_of_russia")
def percent_of_russias_agreement(near: str = "DEU", far: str = "RUS") -> pd.DataFrame:
    """You divided by the agreement with the second state. Percentage points are a plain difference of two
    percentages."""
    other = pd.DataFrame({column: shares(column, far) for column in ("agreement", "similarity")})
    return _ahead(near, far, 100) / other


@mistake(about="years_germany_ahead")
def years_at_least_ten_ahead(near: str = "DEU", far: str = "RUS") -> float:
    """That leaves out years in which the first state was ahead by less. Count every difference above zero."""
    return float((_ahead(near, far, 100)["agreement"] > 10).sum())


@mistake(about="likeness_of_votes")
def distance_for_likeness() -> Likeness:
    """That is the mean distance. Likeness is one less that."""
    likeness = likeness_by(vote_gap)
    return lambda ours, theirs, abstain: 1 - likeness(ours, theirs, abstain)


@mistake(about="likeness_of_votes")
def abstention_always_half() -> Likeness:
    """That puts an abstention half-way whatever `abstain` says."""
    return likeness_by(lambda one, other, abstain: vote_gap(one, other, 0.5))


@mistake(about="likeness_of_votes")
def absent_counted_as_likeness() -> Likeness:
    """You divided by all roll calls, so one in which a state was absent counts as full agreement. Take the mean over
    those in which both took part."""
    return likeness_by(lambda one, other, abstain: vote_gap(one, other, abstain) or 0.0)


@mistake(about="likeness_of_votes")
def absent_counted_as_no() -> Likeness:
    """You counted an absence as a no. Who is absent takes no position: leave the roll call out."""

    def present(vote: object) -> object:
        return vote if isinstance(vote, str) else "no"

    return likeness_by(lambda one, other, abstain: vote_gap(present(one), present(other), abstain))


@mistake(about="likeness_of_votes")
def identical_votes_only() -> Likeness:
    """That is the share of identical votes. An abstention has a position here, and may stand near a yes or a no."""

    def unlike(one: object, other: object, abstain: float) -> float | None:
        gap = vote_gap(one, other, abstain)
        return gap if gap is None else float(one != other)

    return likeness_by(unlike)


@mistake(about="likeness_of_votes")
def distances_that_cancel() -> Likeness:
    """Your distances have a sign, so that one roll call can cancel another. A distance has none: use .abs() before the
    mean."""
    position = {"no": 0.0, "yes": 1.0}

    def signed(one: object, other: object, abstain: float) -> float | None:
        at = position | {"abstain": abstain}
        return at[str(one)] - at[str(other)] if one in at and other in at else None

    return likeness_by(signed)


@mistake(about="likeness_of_votes")
def sum_of_the_distances() -> Likeness:
    """That takes the sum of the distances. A longer list would make any two states less alike: take the mean."""

    def likeness(ours: pd.Series, theirs: pd.Series, abstain: float) -> float:
        gaps = [vote_gap(one, other, abstain) for one, other in zip(ours, theirs, strict=True)]
        return 1 - sum(gap for gap in gaps if gap is not None)

    return likeness


# ── Ideal points ─────────────────────────────────────────────────────────────────────────────────────


def _lead(sign: int) -> pd.Series:
    at = points()

    def distance(state: str, year: int) -> float:
        return abs(at[state, year] - at["SRB", year])

    return pd.Series({year: sign * (distance("RUS", year) - distance("DEU", year)) for year in PLACED})


@mistake(about="germany_nearer_by_points")
def russia_nearer_by_points() -> pd.Series:
    """That is the distance to Germany less the distance to Russia. Above zero should mean that Germany is nearer."""
    return _lead(-1)


@mistake(about="germany_nearer_by_points")
def points_without_serbia() -> pd.Series:
    """That subtracts the points of Russia and Germany from each other. Serbia has to be in it: how far is each from
    Serbia?"""
    at = points()
    return pd.Series({year: at["RUS", year] - at["DEU", year] for year in PLACED})


@mistake(about="germany_nearer_by_points")
def serbia_dropped_out() -> pd.Series:
    """That is Germany's point less Russia's; Serbia has dropped out. Take .abs() of each distance
    before you subtract."""
    at = points()
    return pd.Series({year: at["DEU", year] - at["RUS", year] for year in PLACED})


@mistake(about="order_beyond_the_error")
def order_whatever_the_error() -> pd.Series:
    """Those are the years in which Germany is nearer, whatever the error. Keep those in which the lead is larger than
    its error."""
    lead = _lead(1)
    return lead[lead > 0]


@mistake(about="order_beyond_the_error")
def order_within_the_error() -> pd.Series:
    """Those are the years within the error. Turn the comparison round."""
    lead = _lead(1)
    return lead[lead.abs() <= error_of_the_lead()]


def _ends(state: str, first: int, last: int, column: str) -> tuple[float, float, float, float]:
    at = points(column)
    return at["SRB", first], at["SRB", last], at[state, first], at[state, last]


@mistake(about="parts_of_a_distance")
def moves_without_their_direction() -> Decompose:
    """Your parts are the moves on the scale, and do not add up to the growth. A state below Serbia that moves down
    makes the distance larger: multiply by the side on which it stands."""

    def decompose(state: str, first: int, last: int, column: str) -> Parts:
        ours, our_last, theirs, their_last = _ends(state, first, last, column)
        return abs(their_last - our_last) - abs(theirs - ours), our_last - ours, their_last - theirs

    return decompose


@mistake(about="parts_of_a_distance")
def moves_without_any_sign() -> Decompose:
    """You took the size of both moves, and they do not add up to the growth. A move can make a distance smaller."""

    def decompose(state: str, first: int, last: int, column: str) -> Parts:
        ours, our_last, theirs, their_last = _ends(state, first, last, column)
        return abs(their_last - our_last) - abs(theirs - ours), abs(our_last - ours), abs(their_last - theirs)

    return decompose


@mistake(about="parts_of_a_distance")
def same_sign_for_both_ends() -> Decompose:
    """You gave both ends the same sign. Where the other state lies below, its move down and Serbia’s move up both
    make the distance larger."""

    def decompose(state: str, first: int, last: int, column: str) -> Parts:
        ours, our_last, theirs, their_last = _ends(state, first, last, column)
        side = 1 if theirs > ours else -1
        return abs(their_last - our_last) - abs(theirs - ours), side * (our_last - ours), side * (their_last - theirs)

    return decompose


@mistake(about="parts_of_a_distance")
def parts_for_a_state_above() -> Decompose:
    """That is right for a state above Serbia only. Where the other state lies below, both signs turn round."""

    def decompose(state: str, first: int, last: int, column: str) -> Parts:
        ours, our_last, theirs, their_last = _ends(state, first, last, column)
        return abs(their_last - our_last) - abs(theirs - ours), ours - our_last, their_last - theirs

    return decompose


@mistake(about="parts_of_a_distance")
def parts_in_the_other_order() -> Decompose:
    """The parts are in the other order. After the growth comes Serbia’s part, then the other state’s."""

    def decompose(state: str, first: int, last: int, column: str) -> Parts:
        growth, own, others = parts_of_a_distance()(state, first, last, column)
        return growth, others, own

    return decompose


def _share(column: str) -> float:
    growth, _, others = parts_of_a_distance()("RUS", 2021, 2022, column)
    return float(others / growth)


@mistake(about="russia_share_of_distance_growth_2022")
def russia_share_as_a_fraction() -> float:
    """That is a fraction of one. Multiply by 100 to have percent."""
    return _share("ideal_point")


@mistake(about="russia_share_of_distance_growth_2022")
def russia_share_by_final_votes() -> float:
    """That is the share by final votes. Take the estimate from all roll calls, the column `ideal_point`."""
    return 100 * _share("ideal_point_final")


def _labels() -> dict[str, str]:
    return dict(conclusions_that_outlive())


@mistake(about="conclusions_that_outlive")
def true_elsewhere() -> dict[str, str]:
    """It may be so that Serbia did not join sanctions, but you know it from elsewhere. A sanction is no vote in the
    Assembly, and no ruler of this notebook shows it."""
    return _labels() | {"sanctions": "holds"}


@mistake(about="conclusions_that_outlive")
def empty_cell_for_a_difference() -> dict[str, str]:
    """You took the empty cells of like votes after 2019 for another opinion. A ruler that does not cover a year neither
    agrees nor differs."""
    return _labels() | dict.fromkeys(["apart in 2022", "Russia moved", "nearer Germany in 2022"], "depends")


@mistake(about="conclusions_that_outlive")
def one_ruler_for_all() -> dict[str, str]:
    """You looked at like votes only. By ideal points Russia was no farther from Serbia than Germany in several of
    those years."""
    return {
        "always nearer Germany": "holds",
        "apart in 2022": "holds",
        "Russia moved": "holds",
        "nearer Germany in 2022": "holds",
        "sanctions": "not in the votes",
        "because of Kosovo": "not in the votes",
    }
