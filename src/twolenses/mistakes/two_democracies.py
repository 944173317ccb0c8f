"""Mistakes of exercise 12, *Two democracies?*"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from twolenses.answers.two_democracies import YEARS, Apart, Split, april, begun, both
from twolenses.data import load
from twolenses.facts import figure
from twolenses.mistakes.register import mistake

# ── The weaker of the two ────────────────────────────────────────────────────────────────────────────


@mistake(of="weaker_of_the_pair")
def mean_of_the_two() -> pd.Series:
    """That is the mean of the two. One democracy and one autocracy have a fair mean, and are no two democracies: take
    the lower value."""
    return pd.Series({year: sum(pair) / 2 for year, pair in both("polyarchy").items()})


@mistake(of="weaker_of_the_pair")
def stronger_of_the_pair() -> pd.Series:
    """That is the higher of the two. A pair of democracies is as democratic as its weaker member: take the lower
    value."""
    return pd.Series({year: max(pair) for year, pair in both("polyarchy").items()})


@mistake(of="weaker_of_the_pair")
def lowest_of_each_state() -> pd.Series:
    """That is the lowest value of each state over the years. You need the lower of the two in each year: `axis=1`."""
    values = list(both("polyarchy").values())
    return pd.Series({"SRB": min(serbia for serbia, _ in values), "XKX": min(kosovo for _, kosovo in values)})


@mistake(of="best_joint_year")
def latest_peak_of_one() -> float:
    """In that year the higher of the two was highest. The pair is as democratic as its weaker member."""
    return float(max(YEARS, key=lambda year: max(both("polyarchy")[year])))


# ── Intervals ────────────────────────────────────────────────────────────────────────────────────────


@mistake(of="intervals_apart")
def apart_in_one_direction() -> Apart:
    """That finds only the years in which the second interval lies above the first. The first may lie above the second
    as well."""
    return lambda low_1, high_1, low_2, high_2: low_2 > high_1


@mistake(of="intervals_apart")
def overlap_for_apart() -> Apart:
    """That is True where the intervals overlap. Turn it round."""
    return lambda low_1, high_1, low_2, high_2: (low_1 <= high_2) & (low_2 <= high_1)


@mistake(of="polyarchy_clear_crossing")
def values_had_crossed() -> float:
    """In that year the values have crossed, and the intervals still overlap. Take the year after the last overlap."""
    return float(figure("polyarchy_crossing"))


@mistake(of="polyarchy_clear_crossing")
def first_year_apart() -> float:
    """In that year the intervals are apart, but they meet again later. Take the year after the last overlap."""
    return float(YEARS[0])


@mistake(of="clear_crossing_of_wide_intervals")
def narrow_for_wide() -> float:
    """That is the year for the intervals as V-Dem prints them. Use those that are twice as wide."""
    return float(figure("polyarchy_clear_crossing"))


# ── The threshold ────────────────────────────────────────────────────────────────────────────────────

Years = Callable[[float, str], list[int]]


@mistake(of="joint_years")
def either_above() -> Years:
    """That lists years in which one of the two stands above the threshold. Both must: `all(axis=1)`."""
    return lambda threshold, column: [year for year, pair in both(column).items() if max(pair) > threshold]


@mistake(of="joint_years")
def values_whatever_the_column() -> Years:
    """That takes the values whatever `column` says. The ends of the intervals stand in columns of their own."""
    return lambda threshold, column: [year for year, pair in both("polyarchy").items() if min(pair) > threshold]


@mistake(of="joint_years")
def half_whatever_the_threshold() -> Years:
    """That takes one half whatever `threshold` says."""
    return lambda threshold, column: [year for year, pair in both(column).items() if min(pair) > 0.5]


@mistake(of="joint_years")
def at_the_line_too() -> Years:
    """Your list has years in which one of the two stands on the threshold itself. Above means more than: `>`."""
    return lambda threshold, column: [year for year, pair in both(column).items() if min(pair) >= threshold]


def _split(first: int, last: int) -> Split:
    def split(threshold: float) -> tuple[int, int, int, int]:
        years = {year: min(pair) > threshold for year, pair in both("polyarchy").items() if first <= year <= last}
        joint = [year for year, above in years.items() if above]
        inside = sum(year in joint for year in begun())
        return len(joint), inside, len(years) - len(joint), len(begun()) - inside

    return split


@mistake(of="disputes_by_threshold")
def years_after_the_list() -> Split:
    """You counted years after 2014 as years without a dispute. The list ends there: what it does not cover is not
    zero."""
    return _split(2008, YEARS[-1])


@mistake(of="disputes_by_threshold")
def years_before_the_list() -> Split:
    """You counted years before 2008. The list has Kosovo from 2008 on, so before that it could not find a dispute of
    the two."""
    return _split(YEARS[0], 2014)


@mistake(of="disputes_by_threshold")
def every_year_there_is() -> Split:
    """You counted every year of the index. The list of disputes covers the pair from 2008 to 2014 only, and what it
    does not cover is not zero."""
    return _split(YEARS[0], YEARS[-1])


# ── The vote in the north ────────────────────────────────────────────────────────────────────────────


@mistake(of="turnout_april_2023")
def misprinted_total() -> float:
    """That uses a total that is marked doubtful: the four municipalities of the same text add up to more."""
    rows = load("north_kosovo_votes").query("date == '2023-04-23' and measure == 'votes_cast' and doubtful")
    return 100 * float(rows["value"].item()) / april("registered_voters")


@mistake(of="mayors_share_of_registered_april_2023")
def winners_among_the_voters() -> float:
    """That is the share among those who voted. The question asks for the share of those on the register."""
    return float(figure("mayors_share_of_registered_april_2023")) * april("registered_voters") / april("votes_cast")


@mistake(of="mayors_share_of_registered_april_2023")
def register_counted_twice() -> float:
    """You divide by the registers of the four and by that of all four together. The four are estimates and marked
    doubtful: take the row *all four* alone."""
    rows = load("north_kosovo_votes").query("date == '2023-04-23'")
    winners, registered = (rows.query("measure == @one")["value"] for one in ("winner_votes", "registered_voters"))
    return 100 * float(winners.sum()) / float(registered.sum())


@mistake(of="legal_or_legitimate")
def turnout_as_a_rule_of_law() -> dict[str, str]:
    """You judge legality by the turnout. Kosovo’s law sets no minimum, so a low turnout breaks no rule; it speaks of
    acceptance."""
    return {"no minimum": "legality", "turnout": "legality", "whose law": "legality", "the four add up": "neither"}
