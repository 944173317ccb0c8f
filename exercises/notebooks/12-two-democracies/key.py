"""The key of *Two democracies?*."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from twolenses.answers import answer
from twolenses.data import cell, load
from twolenses.facts import figure
from twolenses.mistakes import mistake

YEARS = range(1999, 2025)
LISTED = range(2008, 2015)  # Kosovo is in the list of disputes from 2008, and the list ends in 2014
STATES = ("SRB", "XKX")
NAMES = ("Serbia", "Kosovo")


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
def values_of_the_pair() -> pd.DataFrame:
    """The electoral democracy index of the two, a row for each year."""
    return pd.DataFrame.from_dict(both("polyarchy"), orient="index", columns=list(STATES)).rename_axis("year")


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
def liberal_of_both() -> pd.DataFrame:
    """The liberal democracy index of Serbia and Kosovo, by year."""
    return pd.DataFrame.from_dict(both("liberal"), orient="index", columns=list(NAMES))


@answer
def liberal_intervals() -> pd.DataFrame:
    """The ends of the intervals of the liberal democracy index, by state and year."""
    low, high = both("liberal_low"), both("liberal_high")
    ends = {(name, year): (low[year][n], high[year][n]) for n, name in enumerate(NAMES) for year in YEARS}
    return pd.DataFrame(ends, index=["low", "high"]).T


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


# ── Mistakes ────────────────────────────────────────────────────────────────────────────────────────


# ── The weaker of the two ────────────────────────────────────────────────────────────────────────────


@mistake(about="weaker_of_the_pair")
def mean_of_the_two() -> pd.Series:
    """That is the mean of the two. One democracy and one autocracy have a fair mean, and are no two democracies: take
    the lower value."""
    return pd.Series({year: sum(pair) / 2 for year, pair in both("polyarchy").items()})


@mistake(about="weaker_of_the_pair")
def stronger_of_the_pair() -> pd.Series:
    """That is the higher of the two. A pair of democracies is as democratic as its weaker member: take the lower
    value."""
    return pd.Series({year: max(pair) for year, pair in both("polyarchy").items()})


@mistake(about="weaker_of_the_pair")
def lowest_of_each_state() -> pd.Series:
    """That is the lowest value of each state over the years. You need the lower of the two in each year: `axis=1`."""
    values = list(both("polyarchy").values())
    return pd.Series({"SRB": min(serbia for serbia, _ in values), "XKX": min(kosovo for _, kosovo in values)})


@mistake(about="best_joint_year")
def latest_peak_of_one() -> float:
    """In that year the higher of the two was highest. The pair is as democratic as its weaker member."""
    return float(max(YEARS, key=lambda year: max(both("polyarchy")[year])))


# ── Intervals ────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="intervals_apart")
def apart_in_one_direction() -> Apart:
    """That finds only the years in which the second interval lies above the first. The first may lie above the second
    as well."""
    return lambda low_1, high_1, low_2, high_2: low_2 > high_1


@mistake(about="intervals_apart")
def overlap_for_apart() -> Apart:
    """That is True where the intervals overlap. Turn it round."""
    return lambda low_1, high_1, low_2, high_2: (low_1 <= high_2) & (low_2 <= high_1)


@mistake(about="polyarchy_clear_crossing")
def values_had_crossed() -> float:
    """In that year the values have crossed, and the intervals still overlap. Take the year after the last overlap."""
    return float(figure("polyarchy_crossing"))


@mistake(about="polyarchy_clear_crossing")
def first_year_apart() -> float:
    """In that year the intervals are apart, but they meet again later. Take the year after the last overlap."""
    return float(YEARS[0])


@mistake(about="clear_crossing_of_wide_intervals")
def narrow_for_wide() -> float:
    """That is the year for the intervals as V-Dem prints them. Use those that are twice as wide."""
    return float(figure("polyarchy_clear_crossing"))


# ── The threshold ────────────────────────────────────────────────────────────────────────────────────

Years = Callable[[float, str], list[int]]


@mistake(about="joint_years")
def either_above() -> Years:
    """That lists years in which one of the two stands above the threshold. Both must: `all(axis=1)`."""
    return lambda threshold, column: [year for year, pair in both(column).items() if max(pair) > threshold]


@mistake(about="joint_years")
def values_whatever_the_column() -> Years:
    """That takes the values whatever `column` says. The ends of the intervals stand in columns of their own."""
    return lambda threshold, column: [year for year, pair in both("polyarchy").items() if min(pair) > threshold]


@mistake(about="joint_years")
def half_whatever_the_threshold() -> Years:
    """That takes one half whatever `threshold` says."""
    return lambda threshold, column: [year for year, pair in both(column).items() if min(pair) > 0.5]


@mistake(about="joint_years")
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


@mistake(about="disputes_by_threshold")
def years_after_the_list() -> Split:
    """You counted years after 2014 as years without a dispute. The list ends there: what it does not cover is not
    zero."""
    return _split(2008, YEARS[-1])


@mistake(about="disputes_by_threshold")
def years_before_the_list() -> Split:
    """You counted years before 2008. The list has Kosovo from 2008 on, so before that it could not find a dispute of
    the two."""
    return _split(YEARS[0], 2014)


@mistake(about="disputes_by_threshold")
def every_year_there_is() -> Split:
    """You counted every year of the index. The list of disputes covers the pair from 2008 to 2014 only, and what it
    does not cover is not zero."""
    return _split(YEARS[0], YEARS[-1])


# ── The vote in the north ────────────────────────────────────────────────────────────────────────────


@mistake(about="turnout_april_2023")
def misprinted_total() -> float:
    """That uses a total that is marked doubtful: the four municipalities of the same text add up to more."""
    rows = load("north_kosovo_votes").query("date == '2023-04-23' and measure == 'votes_cast' and doubtful")
    return 100 * float(rows["value"].item()) / april("registered_voters")


@mistake(about="mayors_share_of_registered_april_2023")
def winners_among_the_voters() -> float:
    """That is the share among those who voted. The question asks for the share of those on the register."""
    return float(figure("mayors_share_of_registered_april_2023")) * april("registered_voters") / april("votes_cast")


@mistake(about="mayors_share_of_registered_april_2023")
def register_counted_twice() -> float:
    """You divide by the registers of the four and by that of all four together. The four are estimates and marked
    doubtful: take the row *all four* alone."""
    rows = load("north_kosovo_votes").query("date == '2023-04-23'")
    winners, registered = (rows.query("measure == @one")["value"] for one in ("winner_votes", "registered_voters"))
    return 100 * float(winners.sum()) / float(registered.sum())


@mistake(about="legal_or_legitimate")
def turnout_as_a_rule_of_law() -> dict[str, str]:
    """You judge legality by the turnout. Kosovo’s law sets no minimum, so a low turnout breaks no rule; it speaks of
    acceptance."""
    return {"no minimum": "legality", "turnout": "legality", "whose law": "legality", "the four add up": "neither"}
