"""The key of *Who carries KFOR? Burden sharing*."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from twolenses.answers import answer
from twolenses.data import cell, load
from twolenses.facts import figure
from twolenses.mistakes import mistake

_DATES = ("2017-02", "2023")


def complete_list(date: str) -> dict[str, int]:
    """Soldiers by state code, in the order of the list that names every nation."""
    rows = load("kfor_contributions")
    rows = rows[(rows["listing"] == "complete") & (rows["date"] == date)]
    return {str(iso3): int(troops) for iso3, troops in zip(rows["iso3"], rows["troops"], strict=True)}


def country(iso3: str) -> str:
    """The name of a state in the table of contributions."""
    rows = load("kfor_contributions")
    return str(rows[rows["iso3"] == iso3]["country"].iloc[0])


def club(iso3: str, year: int) -> str:
    """What a state belonged to in a year."""
    state = load("states").set_index("iso3").loc[iso3]
    nato = pd.notna(state["nato_since"]) and state["nato_since"] <= year
    eu = pd.notna(state["eu_since"]) and state["eu_since"] <= year
    if pd.notna(state["eu_until"]) and state["eu_until"] <= year:
        eu = False
    return "NATO and EU" if nato and eu else "NATO only" if nato else "EU only" if eu else "neither"


@answer
def shares_in_each_list() -> pd.DataFrame:
    """Soldiers of a nation in percent of all soldiers of the same list, zero where a complete list does not name it."""
    lists = {date: complete_list(date) for date in _DATES}
    names = sorted({iso3 for soldiers in lists.values() for iso3 in soldiers}, key=country)
    return pd.DataFrame(
        {
            date: [100 * soldiers.get(iso3, 0) / sum(soldiers.values()) for iso3 in names]
            for date, soldiers in lists.items()
        },
        index=[country(iso3) for iso3 in names],
    )


@answer
def herfindahl_of_soldiers() -> Callable[[pd.Series], float]:
    """The sum of the squared shares, each share a fraction of one."""

    def herfindahl(soldiers: pd.Series) -> float:
        numbers = [float(one) for one in soldiers]
        return sum(one * one for one in numbers) / sum(numbers) ** 2

    return herfindahl


@answer
def factbook_apart_from_the_list() -> pd.Series:
    """For each state in both: the Factbook's latest edition minus the list, in percent of the list, from the lowest
    to the highest."""
    rows = load("kfor_contributions")
    rows = rows[(rows["series"] == "factbook") & (rows["date"] == "2023")]
    latest: dict[str, tuple[str, int]] = {}
    for iso3, edition, troops in zip(rows["iso3"], rows["edition_date"], rows["troops"], strict=True):
        latest[iso3] = max(latest.get(iso3, ("", 0)), (edition, int(troops)))
    listed = complete_list("2023")
    apart = {iso3: 100 * (troops / listed[iso3] - 1) for iso3, (_, troops) in latest.items() if iso3 in listed}
    order = sorted(apart, key=lambda iso3: apart[iso3])
    return pd.Series([apart[iso3] for iso3 in order], index=[country(iso3) for iso3 in order])


def turkish() -> tuple[dict[str, float], dict[str, float]]:
    """Turkish soldiers in 2023 and totals of KFOR, by source."""

    def press(date: str, column: str) -> float:
        return float(cell("kfor_contributions", column, iso3="TUR", date=date, series="press").value)

    factbook = cell("kfor_contributions", iso3="TUR", date="2023", series="factbook", column="troops").value
    parts = {
        "Belgrade newspaper": press("2023", "troops"),
        "Greek newspaper": press("2023-10-10", "troops"),
        "Factbook": float(factbook),
    }
    wholes = {
        "Belgrade newspaper": press("2023", "stated_total"),
        "Greek newspaper": press("2023-10-10", "stated_total"),
        "NATO, December": float(figure("kfor_december_2023")),
    }
    return parts, wholes


@answer
def turkish_share_by_two_sources() -> pd.DataFrame:
    """Each Turkish figure in percent of each total: a row for each source of the part, a column for each of the
    whole."""
    parts, wholes = turkish()
    rows = [[100 * part / whole for whole in wholes.values()] for part in parts.values()]
    return pd.DataFrame(rows, index=list(parts), columns=list(wholes))


@answer
def shares_by_club() -> pd.DataFrame:
    """The soldiers of each club in percent of the list, with the membership that states had in the year of the list."""
    clubs = ("EU only", "NATO and EU", "NATO only", "neither")
    found = {}
    for date in _DATES:
        soldiers = complete_list(date)
        sums = dict.fromkeys(clubs, 0.0)
        for iso3, troops in soldiers.items():
            sums[club(iso3, int(date[:4]))] += 100 * troops / sum(soldiers.values())
        found[date] = [sums[one] for one in clubs]
    return pd.DataFrame(found, index=list(clubs))


def wealth(year: int = 2023) -> dict[str, float]:
    """Gross domestic product in dollars, by state code."""
    rows = load("world_bank")
    rows = rows[rows["year"] == year].dropna(subset="gdp_usd")
    return {str(iso3): float(gdp) for iso3, gdp in zip(rows["iso3"], rows["gdp_usd"], strict=True)}


@answer
def weight_by_wealth() -> pd.Series:
    """A nation's share of the soldiers divided by its share of the GDP of all nations on the list."""
    soldiers, gdp = complete_list("2023"), wealth()
    everybody, dollars = sum(soldiers.values()), sum(gdp[iso3] for iso3 in soldiers)
    return pd.Series({country(iso3): troops * dollars / gdp[iso3] / everybody for iso3, troops in soldiers.items()})


@answer
def weight_at_gdp() -> pd.Series:
    """The weight of each nation on the list, at its GDP in billions of dollars."""
    gdp = wealth()
    return pd.Series(weight_by_wealth().to_numpy(), index=[gdp[iso3] / 1e9 for iso3 in complete_list("2023")])


NAMED = ("ITA", "USA", "DEU", "TUR", "HUN", "ALB", "MNE", "CAN", "SWE", "LTU", "GRC")


@answer
def weight_of_named() -> dict[str, tuple[float, float]]:
    """GDP in billions of dollars and weight of the nations that the chart names."""
    gdp, weight = wealth(), weight_by_wealth()
    return {country(iso3): (gdp[iso3] / 1e9, float(weight[country(iso3)])) for iso3 in NAMED}


# ── Mistakes ────────────────────────────────────────────────────────────────────────────────────────


def _soldiers() -> pd.DataFrame:
    lists = load("kfor_contributions").query("listing == 'complete'")
    return lists.pivot(index="country", columns="date", values="troops").astype(float)


# ── Shares ───────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="shares_in_each_list")
def both_lists_for_the_whole() -> pd.DataFrame:
    """You divide by the soldiers of both lists together. A share needs part and whole from one list: sum each
    column."""
    table = _soldiers().fillna(0)
    return 100 * table / table.sum().sum()


@mistake(about="shares_in_each_list")
def shares_of_a_nation_over_time() -> pd.DataFrame:
    """You divide along the rows: those are shares of one nation's soldiers in the two years. Divide each column by its
    own sum."""
    table = _soldiers().fillna(0)
    return 100 * table.div(table.sum(axis=1), axis=0)


@mistake(about="shares_in_each_list")
def absent_left_missing() -> pd.DataFrame:
    """Nations that one list does not name are missing in your table. Both lists name every nation they count, so here,
    and only here, absent means no soldiers: fillna(0)."""
    table = _soldiers()
    return 100 * table / table.sum()


@mistake(about="shares_in_each_list")
def shares_of_one() -> pd.DataFrame:
    """Those are fractions of one. Multiply by 100 to have percent."""
    table = _soldiers().fillna(0)
    return table / table.sum()


# ── Concentration ────────────────────────────────────────────────────────────────────────────────────


@mistake(about="herfindahl_of_soldiers")
def shares_not_squared() -> Callable[[pd.Series], float]:
    """Your function adds the shares, and shares always add up to one. Square each of them first."""
    return lambda soldiers: float((soldiers / soldiers.sum()).sum())


@mistake(about="herfindahl_of_soldiers")
def squares_of_percent() -> Callable[[pd.Series], float]:
    """Your function squares percent, so the result runs to ten thousand. Square fractions of one."""
    return lambda soldiers: float(((100 * soldiers / soldiers.sum()) ** 2).sum())


@mistake(about="herfindahl_of_soldiers")
def soldiers_squared() -> Callable[[pd.Series], float]:
    """Your function squares soldiers. Divide by their sum first, so that a large force and a small one compare."""
    return lambda soldiers: float((soldiers**2).sum())


@mistake(about="herfindahl_of_soldiers")
def equal_carriers_for_the_index() -> Callable[[pd.Series], float]:
    """Your function gives the number of equal carriers. The index is the sum of the squares itself."""
    return lambda soldiers: float(1 / ((soldiers / soldiers.sum()) ** 2).sum())


@mistake(about="kfor_five_largest_share_2023")
def largest_alone() -> float:
    """That is the largest contingent alone. The question asks for the five largest together."""
    return float(figure("italy_share_of_kfor_2023"))


@mistake(about="kfor_five_largest_share_2023")
def five_of_another_total() -> float:
    """That divides five contingents of one list by NATO’s total of December. Part and whole must come from one
    source."""
    return 100 * sum(sorted(complete_list("2023").values())[-5:]) / float(figure("kfor_december_2023"))


@mistake(about="kfor_five_largest_share_2023")
def five_of_the_other_year() -> float:
    """That is the share of the five largest in 2017. The question is about the list of 2023."""
    return float(figure("kfor_five_largest_share_2017"))


# ── Two sources for one year ─────────────────────────────────────────────────────────────────────────


def _apart(keep: str, of: str = "troops_list") -> pd.Series:
    contributions = load("kfor_contributions")
    factbook = contributions.query("series == 'factbook' and date == '2023'").sort_values("edition_date", kind="stable")
    factbook = factbook[~factbook["iso3"].duplicated(keep="first" if keep == "first" else "last")]
    listed = contributions.query("listing == 'complete' and date == '2023'")
    both = factbook.merge(listed, on="country", suffixes=("_factbook", "_list")).set_index("country")
    return (100 * (both["troops_factbook"] - both["troops_list"]) / both[of]).sort_values(kind="stable")


@mistake(about="factbook_apart_from_the_list")
def first_edition_kept() -> pd.Series:
    """You keep the first edition where there are two. A later edition corrects an earlier one: keep the last."""
    return _apart("first")


@mistake(about="factbook_apart_from_the_list")
def apart_in_percent_of_the_factbook() -> pd.Series:
    """Your differences are in percent of the Factbook. The task asks for percent of the list."""
    return _apart("last", of="troops_factbook")


@mistake(about="factbook_apart_from_the_list")
def list_minus_factbook() -> pd.Series:
    """Your differences have the wrong sign: a plus should mean that the Factbook has more."""
    return (-_apart("last")).sort_values(kind="stable")


@mistake(about="factbook_apart_from_the_list")
def soldiers_apart() -> pd.Series:
    """Your differences are in soldiers. Divide by the list’s number, so that small contingents compare with large
    ones."""
    contributions = load("kfor_contributions").query("date == '2023'").sort_values("edition_date", kind="stable")
    latest = contributions.query("series == 'factbook'").drop_duplicates("country", keep="last").set_index("country")
    listed = contributions.query("listing == 'complete'").set_index("country")["troops"]
    return (latest["troops"] - listed.reindex(latest.index)).sort_values(kind="stable")


@mistake(about="factbook_apart_from_the_list")
def factbook_in_percent_of_the_list() -> pd.Series:
    """You give the Factbook’s figure in percent of the list’s. The difference is what is above or below a hundred."""
    return _apart("last") + 100


@mistake(about="turkish_share_by_two_sources")
def wholes_as_rows() -> pd.DataFrame:
    """Your table lies on its side. A row is a source of the Turkish figure, a column a source of the total."""
    table: pd.DataFrame = turkish_share_by_two_sources()
    return table.T


@mistake(about="turkish_share_by_two_sources")
def turkish_shares_of_one() -> pd.DataFrame:
    """Those are fractions of one. Multiply by 100 to have percent."""
    table: pd.DataFrame = turkish_share_by_two_sources()
    return table / 100


@mistake(about="turkish_share_by_two_sources")
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


@mistake(about="shares_by_club")
def membership_of_2023_for_both() -> pd.DataFrame:
    """You use the membership of 2023 for both lists. Finland and others changed club in between: take the year of each
    list."""
    return _by_club({"2017-02": 2023, "2023": 2023})


@mistake(about="shares_by_club")
def membership_of_2017_for_both() -> pd.DataFrame:
    """You use the membership of 2017 for both lists. Finland and others changed club in between: take the year of each
    list."""
    return _by_club({"2017-02": 2017, "2023": 2017})


@mistake(about="shares_by_club")
def mean_share_of_a_club() -> pd.DataFrame:
    """Those are mean shares of one member. The share of a club is the sum of its members’ shares: aggfunc="sum"."""
    table: pd.DataFrame = shares_by_club().copy()
    for date in table:
        clubs = pd.Series([club(iso3, int(str(date)[:4])) for iso3 in complete_list(str(date))])
        table[date] /= clubs.value_counts()
    return table


@mistake(about="shares_by_club")
def soldiers_by_club() -> pd.DataFrame:
    """Those are soldiers. The two lists have different totals: add the shares."""
    totals = {date: sum(complete_list(date).values()) for date in ("2017-02", "2023")}
    return _by_club({"2017-02": 2017, "2023": 2023}) * pd.Series(totals) / 100


def _listed() -> tuple[pd.Series, pd.Series]:
    soldiers, gdp = complete_list("2023"), wealth()
    names = [country(iso3) for iso3 in soldiers]
    return pd.Series(list(soldiers.values()), index=names), pd.Series([gdp[iso3] for iso3 in soldiers], index=names)


@mistake(about="weight_by_wealth")
def soldiers_for_each_billion() -> pd.Series:
    """Those are soldiers for each billion dollars. To see who carries more than its part, divide a share by a share."""
    soldiers, gdp = _listed()
    return soldiers / (gdp / 1e9)


@mistake(about="weight_by_wealth")
def wealth_by_soldiers() -> pd.Series:
    """Your fraction is upside down: whoever carries much comes out small. Divide the share of soldiers by the share of
    GDP."""
    soldiers, gdp = _listed()
    return (gdp / gdp.sum()) / (soldiers / soldiers.sum())


@mistake(about="weight_by_wealth")
def differences_of_shares() -> pd.Series:
    """You subtract the shares. The task asks how many times the share of soldiers is that of GDP: divide."""
    soldiers, gdp = _listed()
    return soldiers / soldiers.sum() - gdp / gdp.sum()
