"""Keys of the exercise *Who is stronger? Balance of power*."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from twolenses.answers.register import answer
from twolenses.data import load
from twolenses.models import power

__all__: list[str] = []

_PARTS = ["military_spending", "military_personnel", "iron_and_steel", "energy", "population", "urban_population"]
_SMALLER = ["ALB", "BIH", "HRV", "MKD", "MNE"]
_NEIGHBOURS = [*_SMALLER, "BGR", "HUN", "ROU"]
_NAMES = dict(zip(_PARTS, power.COMPONENTS, strict=True))


def _world(year: int) -> pd.Series:
    return load("capabilities_world").set_index("year")[_PARTS].T[year]


def _cinc(year: int) -> dict[str, float]:
    rows = load("capabilities").to_dict("records")
    return {row["iso3"]: float(row["cinc"]) for row in rows if row["year"] == year}


@answer
def world_shares_2022() -> pd.DataFrame:
    """Each state's figure divided by the world's total of the same column, in percent."""
    table = load("capabilities").query("year == 2022").set_index("iso3").loc[["SRB", *_NEIGHBOURS], _PARTS]
    shares = power.component_shares(table.rename(columns=_NAMES), _world(2022).rename(_NAMES).astype(float))
    return 100 * shares.rename(columns={short: long for long, short in _NAMES.items()})


@answer
def soldiers_shares_2022() -> pd.Series:
    """Each state's soldiers as a percentage of the world's."""
    total = float(_world(2022)["military_personnel"])
    rows = {row["iso3"]: row for row in load("capabilities").to_dict("records") if row["year"] == 2022}
    return pd.Series({iso3: 100 * rows[iso3]["military_personnel"] / total for iso3 in ["SRB", *_NEIGHBOURS]})


@answer
def mean_of_shares() -> Callable[[pd.DataFrame, pd.Series], pd.Series]:
    """The mean of a state's shares in the columns for which it has a figure."""

    def capability_index(table: pd.DataFrame, world: pd.Series) -> pd.Series:
        return power.cinc(table.rename(columns=_NAMES), world.rename(_NAMES).astype(float))

    return capability_index


@answer
def ratio_of_sums() -> Callable[[pd.Series, Sequence[str], Sequence[str]], float]:
    """The sum of the index of one side divided by the sum of the index of the other."""

    def ratio(index: pd.Series, side: Sequence[str], others: Sequence[str]) -> float:
        values = index.to_dict()
        return float(sum(values[one] for one in side) / sum(values[one] for one in others))

    return ratio


def _bloc() -> float:
    members = {row["iso3"]: row["nato_since"] for row in load("states").to_dict("records")}
    return sum(value for iso3, value in _cinc(2022).items() if not pd.isna(members[iso3]) and members[iso3] <= 2022)


@answer
def nato_members_in_the_table() -> float:
    """The sum of the index of 2022 over those states of the table that had joined NATO by then."""
    return _bloc()


@answer
def serbia_to_nato_members() -> float:
    """Serbia's index of 2022 for each unit of NATO's members in the table."""
    return _cinc(2022)["SRB"] / _bloc()


@answer
def serbia_and_russia_to_nato_members() -> float:
    """The index of Serbia and Russia together in 2022 for each unit of NATO's members in the table."""
    return (_cinc(2022)["SRB"] + _cinc(2022)["RUS"]) / _bloc()


@answer
def population_breaks() -> pd.Series:
    """The change of the population against the year before, in percent of the year before, where it is above five."""
    rows = [row for row in load("capabilities").to_dict("records") if row["iso3"] == "SRB"]
    people = {int(row["year"]): float(row["population"]) for row in rows}
    changes = {year: 100 * (people[year] / people[year - 1] - 1) for year in people if year - 1 in people}
    return pd.Series({year: change for year, change in changes.items() if abs(change) > 5})


@answer
def three_balances() -> pd.DataFrame:
    """Serbia's index for each unit of Albania's, of the five smaller neighbours' and of all eight neighbours' sum."""

    def against(others: Sequence[str]) -> dict[int, float]:
        years = {year: _cinc(year) for year in range(1992, 2023)}
        return {year: cinc["SRB"] / sum(cinc.get(one, 0) for one in others) for year, cinc in years.items()}

    return pd.DataFrame(
        {"Albania": against(["ALB"]), "five smaller": against(_SMALLER), "all eight": against(_NEIGHBOURS)}
    )
