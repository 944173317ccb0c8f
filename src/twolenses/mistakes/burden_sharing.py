"""Mistakes about who carries KFOR."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from twolenses import answers
from twolenses.answers.burden_sharing import club, complete_list, country, turkish, wealth
from twolenses.data import load
from twolenses.facts import figure
from twolenses.mistakes.register import mistake


def _soldiers() -> pd.DataFrame:
    lists = load("kfor_contributions").query("listing == 'complete'")
    return lists.pivot(index="country", columns="date", values="troops").astype(float)


# ── Shares ───────────────────────────────────────────────────────────────────────────────────────────


@mistake(of="shares_in_each_list")
def both_lists_for_the_whole() -> pd.DataFrame:
    """You divide by the soldiers of both lists together. A share needs part and whole from one list: sum each
    column."""
    table = _soldiers().fillna(0)
    return 100 * table / table.sum().sum()


@mistake(of="shares_in_each_list")
def shares_of_a_nation_over_time() -> pd.DataFrame:
    """You divide along the rows: those are shares of one nation's soldiers in the two years. Divide each column by its
    own sum."""
    table = _soldiers().fillna(0)
    return 100 * table.div(table.sum(axis=1), axis=0)


@mistake(of="shares_in_each_list")
def absent_left_missing() -> pd.DataFrame:
    """Nations that one list does not name are missing in your table. Both lists name every nation they count, so here,
    and only here, absent means no soldiers: fillna(0)."""
    table = _soldiers()
    return 100 * table / table.sum()


@mistake(of="shares_in_each_list")
def shares_of_one() -> pd.DataFrame:
    """Those are fractions of one. Multiply by 100 to have percent."""
    table = _soldiers().fillna(0)
    return table / table.sum()


# ── Concentration ────────────────────────────────────────────────────────────────────────────────────


@mistake(of="herfindahl_of_soldiers")
def shares_not_squared() -> Callable[[pd.Series], float]:
    """Your function adds the shares, and shares always add up to one. Square each of them first."""
    return lambda soldiers: float((soldiers / soldiers.sum()).sum())


@mistake(of="herfindahl_of_soldiers")
def squares_of_percent() -> Callable[[pd.Series], float]:
    """Your function squares percent, so the result runs to ten thousand. Square fractions of one."""
    return lambda soldiers: float(((100 * soldiers / soldiers.sum()) ** 2).sum())


@mistake(of="herfindahl_of_soldiers")
def soldiers_squared() -> Callable[[pd.Series], float]:
    """Your function squares soldiers. Divide by their sum first, so that a large force and a small one compare."""
    return lambda soldiers: float((soldiers**2).sum())


@mistake(of="herfindahl_of_soldiers")
def equal_carriers_for_the_index() -> Callable[[pd.Series], float]:
    """Your function gives the number of equal carriers. The index is the sum of the squares itself."""
    return lambda soldiers: float(1 / ((soldiers / soldiers.sum()) ** 2).sum())


@mistake(of="kfor_five_largest_share_2023")
def largest_alone() -> float:
    """That is the largest contingent alone. The question asks for the five largest together."""
    return float(figure("italy_share_of_kfor_2023"))


@mistake(of="kfor_five_largest_share_2023")
def five_of_another_total() -> float:
    """That divides five contingents of one list by NATO’s total of December. Part and whole must come from one
    source."""
    return 100 * sum(sorted(complete_list("2023").values())[-5:]) / float(figure("kfor_december_2023"))


@mistake(of="kfor_five_largest_share_2023")
def five_of_the_other_year() -> float:
    """That is the share of the five largest in 2017. The question is about the list of 2023."""
    return float(figure("kfor_five_largest_share_2017"))


# ── Two sources for one year ─────────────────────────────────────────────────────────────────────────


def _apart(keep: str, of: str = "troops_list") -> pd.Series:
    contributions = load("kfor_contributions")
    factbook = contributions.query("series == 'factbook' and date == '2023'").sort_values("edition_date")
    factbook = factbook[~factbook["iso3"].duplicated(keep="first" if keep == "first" else "last")]
    listed = contributions.query("listing == 'complete' and date == '2023'")
    both = factbook.merge(listed, on="country", suffixes=("_factbook", "_list")).set_index("country")
    return (100 * (both["troops_factbook"] - both["troops_list"]) / both[of]).sort_values()


@mistake(of="factbook_apart_from_the_list")
def first_edition_kept() -> pd.Series:
    """You keep the first edition where there are two. A later edition corrects an earlier one: keep the last."""
    return _apart("first")


@mistake(of="factbook_apart_from_the_list")
def apart_in_percent_of_the_factbook() -> pd.Series:
    """Your differences are in percent of the Factbook. The task asks for percent of the list."""
    return _apart("last", of="troops_factbook")


@mistake(of="factbook_apart_from_the_list")
def list_minus_factbook() -> pd.Series:
    """Your differences have the wrong sign: a plus should mean that the Factbook has more."""
    return (-_apart("last")).sort_values()


@mistake(of="factbook_apart_from_the_list")
def soldiers_apart() -> pd.Series:
    """Your differences are in soldiers. Divide by the list’s number, so that small contingents compare with large
    ones."""
    contributions = load("kfor_contributions").query("date == '2023'").sort_values("edition_date")
    latest = contributions.query("series == 'factbook'").drop_duplicates("country", keep="last").set_index("country")
    listed = contributions.query("listing == 'complete'").set_index("country")["troops"]
    return (latest["troops"] - listed.reindex(latest.index)).sort_values()


@mistake(of="factbook_apart_from_the_list")
def factbook_in_percent_of_the_list() -> pd.Series:
    """You give the Factbook’s figure in percent of the list’s. The difference is what is above or below a hundred."""
    return _apart("last") + 100


@mistake(of="turkish_share_by_two_sources")
def wholes_as_rows() -> pd.DataFrame:
    """Your table lies on its side. A row is a source of the Turkish figure, a column a source of the total."""
    table: pd.DataFrame = answers.key("turkish_share_by_two_sources")
    return table.T


@mistake(of="turkish_share_by_two_sources")
def turkish_shares_of_one() -> pd.DataFrame:
    """Those are fractions of one. Multiply by 100 to have percent."""
    table: pd.DataFrame = answers.key("turkish_share_by_two_sources")
    return table / 100


@mistake(of="turkish_share_by_two_sources")
def totals_for_each_turkish_soldier() -> pd.DataFrame:
    """You divide the total by the contingent. A share is the part divided by the whole."""
    parts, wholes = turkish()
    rows = [[100 * whole / part for whole in wholes.values()] for part in parts.values()]
    return pd.DataFrame(rows, index=list(parts), columns=list(wholes))


# ── Clubs and wealth ─────────────────────────────────────────────────────────────────────────────────


def _by_club(years: dict[str, int]) -> pd.DataFrame:
    clubs = ["EU only", "NATO and EU", "NATO only", "neither"]
    found = {}
    for date, year in years.items():
        soldiers = complete_list(date)
        sums = dict.fromkeys(clubs, 0.0)
        for iso3, troops in soldiers.items():
            sums[club(iso3, year)] += 100 * troops / sum(soldiers.values())
        found[date] = sums
    return pd.DataFrame(found, index=clubs)


@mistake(of="shares_by_club")
def membership_of_2023_for_both() -> pd.DataFrame:
    """You use the membership of 2023 for both lists. Finland and others changed club in between: take the year of each
    list."""
    return _by_club({"2017-02": 2023, "2023": 2023})


@mistake(of="shares_by_club")
def membership_of_2017_for_both() -> pd.DataFrame:
    """You use the membership of 2017 for both lists. Finland and others changed club in between: take the year of each
    list."""
    return _by_club({"2017-02": 2017, "2023": 2017})


@mistake(of="shares_by_club")
def mean_share_of_a_club() -> pd.DataFrame:
    """Those are mean shares of one member. The share of a club is the sum of its members’ shares: aggfunc="sum"."""
    table: pd.DataFrame = answers.key("shares_by_club").copy()
    for date in table:
        clubs = pd.Series([club(iso3, int(str(date)[:4])) for iso3 in complete_list(str(date))])
        table[date] /= clubs.value_counts()
    return table


@mistake(of="shares_by_club")
def soldiers_by_club() -> pd.DataFrame:
    """Those are soldiers. The two lists have different totals: add the shares."""
    totals = {date: sum(complete_list(date).values()) for date in ("2017-02", "2023")}
    return _by_club({"2017-02": 2017, "2023": 2023}) * pd.Series(totals) / 100


def _listed() -> tuple[pd.Series, pd.Series]:
    soldiers, gdp = complete_list("2023"), wealth()
    names = [country(iso3) for iso3 in soldiers]
    return pd.Series(list(soldiers.values()), index=names), pd.Series([gdp[iso3] for iso3 in soldiers], index=names)


@mistake(of="weight_by_wealth")
def soldiers_for_each_billion() -> pd.Series:
    """Those are soldiers for each billion dollars. To see who carries more than its part, divide a share by a share."""
    soldiers, gdp = _listed()
    return soldiers / (gdp / 1e9)


@mistake(of="weight_by_wealth")
def wealth_by_soldiers() -> pd.Series:
    """Your fraction is upside down: whoever carries much comes out small. Divide the share of soldiers by the share of
    GDP."""
    soldiers, gdp = _listed()
    return (gdp / gdp.sum()) / (soldiers / soldiers.sum())


@mistake(of="weight_by_wealth")
def differences_of_shares() -> pd.Series:
    """You subtract the shares. The task asks how many times the share of soldiers is that of GDP: divide."""
    soldiers, gdp = _listed()
    return soldiers / soldiers.sum() - gdp / gdp.sum()
