"""Mistakes about shares, the index and the sides of a balance, in *Who is stronger? Balance of power*."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from twolenses import answers
from twolenses.data import load
from twolenses.mistakes.register import mistake

__all__: list[str] = []

Index = Callable[[pd.DataFrame, pd.Series], pd.Series]
Ratio = Callable[[pd.Series, Sequence[str], Sequence[str]], float]


def _cinc() -> pd.Series:
    return load("capabilities").query("year == 2022").set_index("iso3")["cinc"]


# ── Shares ───────────────────────────────────────────────────────────────────────────────────────────


@mistake(of="world_shares_2022")
def shares_of_the_nine() -> pd.DataFrame:
    """Those are shares in the sum of the nine states. Divide by the world's total, the row of 2022 in `world`."""
    shares: pd.DataFrame = answers.key("world_shares_2022")
    return 100 * shares / shares.sum()


@mistake(of="world_shares_2022")
def shares_as_fractions() -> pd.DataFrame:
    """Those are fractions of one. Multiply by 100 to have percent."""
    shares: pd.DataFrame = answers.key("world_shares_2022")
    return shares / 100


@mistake(of="world_shares_2022")
def world_of_1989() -> pd.DataFrame:
    """That divides by the world of the table's first year. Figures of 2022 need the totals of 2022."""
    shares: pd.DataFrame = answers.key("world_shares_2022")
    world = load("capabilities_world").set_index("year")[list(shares.columns)].astype(float)
    return shares * world.loc[2022] / world.loc[1989]


# ── The index ────────────────────────────────────────────────────────────────────────────────────────


@mistake(of="mean_of_shares")
def sum_of_shares() -> Index:
    """That is the sum of the shares. The index is their mean: .mean(axis=1)."""
    return lambda table, world: (table / world).astype(float).sum(axis=1)


@mistake(of="mean_of_shares")
def missing_part_as_zero() -> Index:
    """A missing figure has gone in as a zero. Take the mean over the parts that a state has; mean() leaves the
    missing out by itself."""
    return lambda table, world: (table / world).astype(float).sum(axis=1) / table.shape[1]


@mistake(of="mean_of_shares")
def mean_of_percentages() -> Index:
    """That is a hundred times the index, which runs from 0 to 1. Do not multiply by 100 here."""
    return lambda table, world: 100 * (table / world).astype(float).mean(axis=1)


@mistake(of="mean_of_shares")
def complete_states_alone() -> Index:
    """A state with one missing figure has dropped out. Keep it: mean() leaves out the missing part, not the state."""
    return lambda table, world: (table / world).astype(float).dropna().mean(axis=1)


@mistake(of="mean_of_shares")
def mean_down_the_column() -> Index:
    """That is one mean for each part of the index. One mean for each state goes along the row: mean(axis=1)."""
    return lambda table, world: (table / world).astype(float).mean()


# ── Sides ────────────────────────────────────────────────────────────────────────────────────────────


@mistake(of="ratio_of_sums")
def sides_turned_round() -> Ratio:
    """The fraction is turned round: the own side goes above the line, the others below."""
    return lambda index, side, others: float(index[list(others)].sum() / index[list(side)].sum())


@mistake(of="ratio_of_sums")
def ratio_of_means() -> Ratio:
    """Those are means. States that stand together bring the sum of what each of them has."""
    return lambda index, side, others: float(index[list(side)].mean() / index[list(others)].mean())


@mistake(of="ratio_of_sums")
def difference_of_sums() -> Ratio:
    """That is a difference. A ratio says how many times: divide the one sum by the other."""
    return lambda index, side, others: float(index[list(side)].sum() - index[list(others)].sum())


@mistake(of="ratio_of_sums")
def share_of_both_sides() -> Ratio:
    """That divides by both sides together, which is a share. A ratio has the other side alone below the line."""
    return lambda index, side, others: float(index[list(side)].sum() / index[[*side, *others]].sum())


@mistake(of="nato_members_in_the_table")
def every_state_of_the_table() -> float:
    """That is the sum of every state in the table. Keep those that have a year in `nato_since`."""
    return float(_cinc().sum())


@mistake(of="nato_members_in_the_table")
def number_of_members() -> float:
    """That is how many members the table has. Add up what they have, the column `cinc`."""
    members = load("states").query("nato_since <= 2022")["iso3"]
    return float(_cinc().index.isin(members).sum())


@mistake(of="nato_members_in_the_table")
def members_from_the_neighbourhood() -> float:
    """Those are the members around Serbia alone. Their allies in the table are members too."""
    return float(_cinc()[["ALB", "HRV", "MNE", "MKD", "BGR", "HUN", "ROU"]].sum())


@mistake(of="nato_members_in_the_table")
def states_outside_nato() -> float:
    """Those are the states outside NATO. An empty `nato_since` means that a state is no member."""
    return float(_cinc().sum()) - float(answers.key("nato_members_in_the_table"))


@mistake(of="serbia_to_nato_members")
def nato_members_to_serbia() -> float:
    """The fraction is turned round: Serbia goes above the line."""
    return 1 / float(answers.key("serbia_to_nato_members"))


@mistake(of="serbia_and_russia_to_nato_members")
def russia_on_the_other_side() -> float:
    """Russia stands below the line there. In this thought experiment it is on Serbia's side, above the line."""
    return float(_cinc()["SRB"]) / (float(answers.key("nato_members_in_the_table")) + float(_cinc()["RUS"]))


@mistake(of="serbia_and_russia_to_nato_members")
def russia_without_serbia() -> float:
    """That is Russia alone. Add Serbia's index to it."""
    return float(_cinc()["RUS"]) / float(answers.key("nato_members_in_the_table"))


# ── Breaks ───────────────────────────────────────────────────────────────────────────────────────────


def _population() -> pd.Series:
    return load("capabilities").query("iso3 == 'SRB'").set_index("year")["population"].astype(float)


@mistake(of="population_breaks")
def breaks_of_the_new_year() -> pd.Series:
    """Those are changes as a share of the new year. A change is measured against the year before."""
    people = _population()
    changes = 100 * people.diff() / people
    return changes[changes.abs() > 5]


@mistake(of="population_breaks")
def breaks_as_fractions() -> pd.Series:
    """Those are fractions of one. Multiply by 100 to have percent."""
    changes = _population().pct_change(fill_method=None)
    return changes[changes.abs() > 0.05]


@mistake(of="population_breaks")
def rises_alone() -> pd.Series:
    """No year is left. pct_change() gives fractions, so multiply by 100; and a fall is a negative change, so compare
    changes.abs()."""
    changes = 100 * _population().pct_change(fill_method=None)
    return changes[changes > 5]


@mistake(of="population_breaks")
def breaks_without_their_sign() -> pd.Series:
    """The sign is lost, so a fall looks like a rise. Use abs() to choose the years, and keep the changes themselves."""
    changes = 100 * _population().pct_change(fill_method=None).abs()
    return changes[changes > 5]


@mistake(of="population_breaks")
def breaks_in_thousands() -> pd.Series:
    """Those are changes in thousand persons. The rule is about percent of the year before: pct_change()."""
    changes = _population().diff()
    return changes[changes.abs() > 5]
