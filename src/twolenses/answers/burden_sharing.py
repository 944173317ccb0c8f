"""Keys of *Who carries KFOR? Burden sharing*: shares, concentration, two sources for one year, clubs, wealth."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from twolenses.answers.register import answer
from twolenses.data import cell, load
from twolenses.facts import figure

__all__: list[str] = []

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
