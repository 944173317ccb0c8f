"""The key of *Who is stronger? Balance of power*."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from twolenses.answers import answer
from twolenses.data import load
from twolenses.mistakes import mistake
from twolenses.models import power

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
def population_breaks(state: str = "SRB", limit: int = 5) -> pd.Series:
    """The change of the population against the year before, in percent of the year before, where it is above the
    limit."""
    rows = [row for row in load("capabilities").to_dict("records") if row["iso3"] == state]
    people = {int(row["year"]): float(row["population"]) for row in rows}
    changes = {year: 100 * (people[year] / people[year - 1] - 1) for year in people if year - 1 in people}
    return pd.Series({year: change for year, change in changes.items() if abs(change) > limit})


@answer
def three_balances() -> dict[tuple[str, ...], pd.Series]:
    """Serbia's index for each unit of Albania's, of the five smaller neighbours' and of all eight neighbours' sum."""

    years = {year: _cinc(year) for year in range(1992, 2023)}

    def against(others: Sequence[str]) -> pd.Series:
        return pd.Series({year: cinc["SRB"] / sum(cinc.get(one, 0) for one in others) for year, cinc in years.items()})

    return {
        ("Albania",): against(["ALB"]),
        ("five smaller neighbours", "smaller"): against(_SMALLER),
        ("all eight neighbours", "eight", "all 8", "8 neighbours"): against(_NEIGHBOURS),
    }


# ── Mistakes ────────────────────────────────────────────────────────────────────────────────────────


Index = Callable[[pd.DataFrame, pd.Series], pd.Series]
Ratio = Callable[[pd.Series, Sequence[str], Sequence[str]], float]


def _index_2022() -> pd.Series:
    return load("capabilities").query("year == 2022").set_index("iso3")["cinc"]


# ── Shares ───────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="world_shares_2022")
def shares_of_the_nine() -> pd.DataFrame:
    """Those are shares in the sum of the nine states. Divide by the world's total, the row of 2022 in `world`."""
    shares: pd.DataFrame = world_shares_2022()
    return 100 * shares / shares.sum()


@mistake(about="world_shares_2022")
def shares_as_fractions() -> pd.DataFrame:
    """Those are fractions of one. Multiply by 100 to have percent."""
    shares: pd.DataFrame = world_shares_2022()
    return shares / 100


@mistake(about="world_shares_2022")
def world_of_1989() -> pd.DataFrame:
    """That divides by the world of the table's first year. Figures of 2022 need the totals of 2022."""
    shares: pd.DataFrame = world_shares_2022()
    world = load("capabilities_world").set_index("year")[list(shares.columns)].astype(float)
    return shares * world.loc[2022] / world.loc[1989]


# ── The index ────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="mean_of_shares")
def sum_of_shares() -> Index:
    """That is the sum of the shares. The index is their mean: .mean(axis=1)."""
    return lambda table, world: (table / world).astype(float).sum(axis=1)


@mistake(about="mean_of_shares")
def missing_part_as_zero() -> Index:
    """A missing figure has gone in as a zero. Take the mean over the parts that a state has; mean() leaves the
    missing out by itself."""
    return lambda table, world: (table / world).astype(float).sum(axis=1) / table.shape[1]


@mistake(about="mean_of_shares")
def mean_of_percentages() -> Index:
    """That is a hundred times the index, which runs from 0 to 1. Do not multiply by 100 here."""
    return lambda table, world: 100 * (table / world).astype(float).mean(axis=1)


@mistake(about="mean_of_shares")
def complete_states_alone() -> Index:
    """A state with one missing figure has dropped out. Keep it: mean() leaves out the missing part, not the state."""
    return lambda table, world: (table / world).astype(float).dropna().mean(axis=1)


@mistake(about="mean_of_shares")
def mean_down_the_column() -> Index:
    """That is one mean for each part of the index. One mean for each state goes along the row: mean(axis=1)."""
    return lambda table, world: (table / world).astype(float).mean()


# ── Sides ────────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="ratio_of_sums")
def sides_turned_round() -> Ratio:
    """The fraction is turned round: the own side goes above the line, the others below."""
    return lambda index, side, others: float(index[list(others)].sum() / index[list(side)].sum())


@mistake(about="ratio_of_sums")
def ratio_of_means() -> Ratio:
    """Those are means. States that stand together bring the sum of what each of them has."""
    return lambda index, side, others: float(index[list(side)].mean() / index[list(others)].mean())


@mistake(about="ratio_of_sums")
def difference_of_sums() -> Ratio:
    """That is a difference. A ratio says how many times: divide the one sum by the other."""
    return lambda index, side, others: float(index[list(side)].sum() - index[list(others)].sum())


@mistake(about="ratio_of_sums")
def share_of_both_sides() -> Ratio:
    """That divides by both sides together, which is a share. A ratio has the other side alone below the line."""
    return lambda index, side, others: float(index[list(side)].sum() / index[[*side, *others]].sum())


@mistake(about="nato_members_in_the_table")
def every_state_of_the_table() -> float:
    """That is the sum of every state in the table. Keep those that have a year in `nato_since`."""
    return float(_index_2022().sum())


@mistake(about="nato_members_in_the_table")
def number_of_members() -> float:
    """That is how many members the table has. Add up what they have, the column `cinc`."""
    members = load("states").query("nato_since <= 2022")["iso3"]
    return float(_index_2022().index.isin(members).sum())


@mistake(about="nato_members_in_the_table")
def members_from_the_neighbourhood() -> float:
    """Those are the members around Serbia alone. Their allies in the table are members too."""
    return float(_index_2022()[["ALB", "HRV", "MNE", "MKD", "BGR", "HUN", "ROU"]].sum())


@mistake(about="nato_members_in_the_table")
def states_outside_nato() -> float:
    """Those are the states outside NATO. An empty `nato_since` means that a state is no member."""
    return float(_index_2022().sum()) - float(nato_members_in_the_table())


@mistake(about="serbia_to_nato_members")
def nato_members_to_serbia() -> float:
    """The fraction is turned round: Serbia goes above the line."""
    return 1 / float(serbia_to_nato_members())


@mistake(about="serbia_and_russia_to_nato_members")
def russia_on_the_other_side() -> float:
    """Russia stands below the line there. In this thought experiment it is on Serbia's side, above the line."""
    return float(_index_2022()["SRB"]) / (float(nato_members_in_the_table()) + float(_index_2022()["RUS"]))


@mistake(about="serbia_and_russia_to_nato_members")
def russia_without_serbia() -> float:
    """That is Russia alone. Add Serbia's index to it."""
    return float(_index_2022()["RUS"]) / float(nato_members_in_the_table())


# ── Breaks ───────────────────────────────────────────────────────────────────────────────────────────


def _population(state: str) -> pd.Series:
    return load("capabilities").query("iso3 == @state").set_index("year")["population"].astype(float)


@mistake(about="population_breaks")
def breaks_of_the_new_year(state: str = "SRB", limit: int = 5) -> pd.Series:
    """Those are changes as a share of the new year. A change is measured against the year before."""
    people = _population(state)
    changes = 100 * people.diff() / people
    return changes[changes.abs() > limit]


@mistake(about="population_breaks")
def breaks_as_fractions(state: str = "SRB", limit: int = 5) -> pd.Series:
    """Those are fractions of one. Multiply by 100 to have percent."""
    changes = _population(state).pct_change(fill_method=None)
    return changes[changes.abs() > limit / 100]


@mistake(about="population_breaks")
def rises_alone(state: str = "SRB", limit: int = 5) -> pd.Series:
    """No year is left. pct_change() gives fractions, so multiply by 100; and a fall is a negative change, so compare
    changes.abs()."""
    changes = 100 * _population(state).pct_change(fill_method=None)
    return changes[changes > limit]


@mistake(about="population_breaks")
def breaks_without_their_sign(state: str = "SRB", limit: int = 5) -> pd.Series:
    """The sign is lost, so a fall looks like a rise. Use abs() to choose the years, and keep the changes themselves."""
    changes = 100 * _population(state).pct_change(fill_method=None).abs()
    return changes[changes > limit]


@mistake(about="population_breaks")
def breaks_in_thousands(state: str = "SRB", limit: int = 5) -> pd.Series:
    """Those are changes in thousand persons. The rule is about percent of the year before: pct_change()."""
    changes = _population(state).diff()
    return changes[changes.abs() > limit]
