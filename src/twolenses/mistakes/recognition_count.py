"""Mistakes of exercise 10, *Recognition and the count*."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor

import pandas as pd

from twolenses import answers
from twolenses.data import load
from twolenses.facts import figure
from twolenses.mistakes.register import mistake

Rule = Callable[[str, bool, bool], int]


def _rule() -> Rule:
    rule: Rule = answers.key("recognition_rules")
    return rule


# ── Counts and rules ─────────────────────────────────────────────────────────────────────────────────


@mistake(of="recognitions_claimed_2023")
def every_entity_for_members() -> float:
    """That total counts every state and entity. Take the row of February 2023, which counts UN members only."""
    return float(figure("recognitions_claimed_2021"))


@mistake(of="recognitions_claimed_2023")
def encyclopedia_for_pristina() -> float:
    """That is an encyclopedia’s total, which belongs to neither government. Look at the column `side`."""
    counts = load("recognition_counts").query("side == 'third party' and date > '2021' and date < '2023'")
    return float(counts["count"].item())


@mistake(of="recognition_rules")
def withdrawals_before_their_date() -> Rule:
    """You subtracted withdrawals that were claimed only later. Keep those whose date is not after the date of the
    count."""
    given = load("recognitions").query("in_count")
    given = given.assign(by=given["date"].where(given["not_after"] == "", given["not_after"]))
    members = load("states").query("un_member")["iso3"]
    gone = load("recognition_withdrawals")["iso3"]

    def wrong(on: str, members_only: bool, subtract: bool) -> int:
        kept = given[given["by"] <= on]
        if members_only:
            kept = kept[kept["iso3"].isin(members)]
        return len(kept[~kept["iso3"].isin(gone)] if subtract else kept)

    return wrong


@mistake(of="recognition_rules")
def withdrawals_of_the_uncounted() -> Rule:
    """You subtracted the number of withdrawals. Not every state among them was in the count: drop states, not a
    number."""
    rule = _rule()
    rows = load("recognition_withdrawals")
    dates = rows["date"].where(rows["not_after"] == "", rows["not_after"])
    return lambda on, members_only, subtract: rule(on, members_only, False) - subtract * int((dates <= on).sum())


@mistake(of="recognition_rules")
def basis_left_out() -> Rule:
    """That counts entities that are no UN members although `members_only` is true."""
    rule = _rule()
    return lambda on, members_only, subtract: rule(on, False, subtract)


@mistake(of="recognition_rules")
def day_itself_left_out() -> Rule:
    """You left out what was claimed on the very day of the count. Up to a date includes the date: `<=`."""
    rule = _rule()
    given = set(load("recognitions").query("in_count")["iso3"])
    members = set(load("states").query("un_member")["iso3"])
    rows = load("recognition_withdrawals")
    dates = rows["date"].where(rows["not_after"] == "", rows["not_after"])

    def wrong(on: str, members_only: bool, subtract: bool) -> int:
        same_day = set(rows.loc[dates == on, "iso3"]) & given
        return rule(on, members_only, subtract) + subtract * len(same_day & members if members_only else same_day)

    return wrong


@mistake(of="recognition_gap_2023")
def gap_turned_round() -> float:
    """That takes Kosovo’s total from Serbia’s. The task asks how much larger Kosovo’s is."""
    return -float(figure("recognition_gap_2023"))


# ── The course of the count ──────────────────────────────────────────────────────────────────────────


@mistake(of="members_by_kosovos_rule")
def new_for_total() -> pd.Series:
    """Those are the new recognitions of each day. A count is what has come together until then: add up with
    `cumsum`."""
    total: pd.Series = answers.key("members_by_kosovos_rule")
    return total.diff().fillna(total.iloc[0]).astype(int)


@mistake(of="members_by_kosovos_rule")
def acts_in_the_order_of_the_table() -> pd.Series:
    """You added up in the order of the table. Group by `day` first: then each day stands once, and in order."""
    rows = pd.concat([load("recognitions").query("in_count").assign(new=1), load("recognition_withdrawals")])
    rows = rows[rows["iso3"].isin(load("recognitions").query("in_count")["iso3"])]
    rows = rows[rows["iso3"].isin(load("states").query("un_member")["iso3"])]
    rows["day"] = pd.to_datetime(rows["date"].where(rows["not_after"] == "", rows["not_after"]), format="ISO8601")
    return rows.set_index("day")["new"].fillna(0).cumsum()


@mistake(of="members_less_withdrawals")
def withdrawals_of_one_day() -> pd.Series:
    """That takes from each day only what was withdrawn on that day. What was withdrawn before stays withdrawn: add
    up both columns."""
    gross: pd.Series = answers.key("members_by_kosovos_rule")
    net: pd.Series = answers.key("members_less_withdrawals")
    gone = gross - net
    return gross - gone.diff().fillna(0)


@mistake(of="members_less_withdrawals")
def withdrawals_added() -> pd.Series:
    """That adds the withdrawals. Belgrade’s rule takes them away."""
    gross: pd.Series = answers.key("members_by_kosovos_rule")
    net: pd.Series = answers.key("members_less_withdrawals")
    return 2 * gross - net


# ── The vote of 2008 ─────────────────────────────────────────────────────────────────────────────────


@mistake(of="request_of_2008_by_group")
def members_of_today() -> pd.DataFrame:
    """Your column `nato` has states that joined after the vote. A member of 2008 joined in 2008 or before."""
    groups: pd.DataFrame = answers.key("request_of_2008_by_group")
    today = set(load("states").dropna(subset="nato_since")["iso3"])
    cast = load("un_rollcalls").query("resolution == 'A/RES/63/3'")
    return groups.assign(nato=cast[cast["iso3"].isin(today)].groupby("vote").size())


@mistake(of="request_of_2008_by_group")
def rows_for_members() -> pd.DataFrame:
    """That counts every row, whether True or False. `sum` adds up the True ones."""
    cast = load("un_rollcalls").query("resolution == 'A/RES/63/3'").merge(load("states"), on="iso3").groupby("vote")
    return pd.DataFrame({"eu": cast["eu_since"].count(), "nato": cast["nato_since"].count(), "recognised": cast.size()})


@mistake(of="request_of_2008_by_group")
def recognised_by_today() -> pd.DataFrame:
    """Your column `recognised` has states that recognised after the vote. Use the list `recognised_before`."""
    groups: pd.DataFrame = answers.key("request_of_2008_by_group")
    given = set(load("recognitions").query("in_count")["iso3"])
    cast = load("un_rollcalls").query("resolution == 'A/RES/63/3'")
    return groups.assign(recognised=cast[cast["iso3"].isin(given)].groupby("vote").size())


@mistake(of="share_of_votes_cast")
def abstentions_as_votes() -> Callable[[int, int, int], float]:
    """You divided by all who were present. Under Article 18 a member that abstains is present and does not vote."""
    return lambda yes, no, abstain: 100 * yes / (yes + no + abstain)


@mistake(of="share_of_votes_cast")
def half_a_vote_for_abstaining() -> Callable[[int, int, int], float]:
    """You gave an abstention half a vote. Some measures of likeness do so; the rule of the Charter does not."""
    return lambda yes, no, abstain: 100 * (yes + abstain / 2) / (yes + no + abstain)


@mistake(of="share_of_votes_cast")
def share_of_one() -> Callable[[int, int, int], float]:
    """That is a share of one. Multiply by 100 to have percent."""
    return lambda yes, no, abstain: yes / (yes + no)


# ── The bar ──────────────────────────────────────────────────────────────────────────────────────────


def _needed(share: float) -> pd.Series:
    members = int(float(figure("un_members")))
    outs = pd.Series(range(members + 1))
    return share * (members - outs)


@mistake(of="yes_votes_needed")
def bar_not_rounded() -> pd.Series:
    """Votes are whole. Two thirds of the members voting must be reached, so round up with `np.ceil`."""
    return _needed(2 / 3)


@mistake(of="yes_votes_needed")
def bar_rounded_down() -> pd.Series:
    """You rounded down, to a number that falls short of two thirds. Round up with `np.ceil`."""
    return _needed(2 / 3).apply(floor)


@mistake(of="yes_votes_needed")
def bar_of_a_majority() -> pd.Series:
    """That is half of those voting. Admission is an important question: it needs two thirds."""
    return _needed(1 / 2).apply(ceil)


@mistake(of="yes_votes_needed")
def bar_of_all_members() -> pd.Series:
    """Your bar does not move. Who stays out does not vote, so take two thirds of the others."""
    bar: pd.Series = answers.key("yes_votes_needed")
    return bar * 0 + float(figure("un_admission_majority"))


@mistake(of="out_for_kosovos_count")
def missing_votes_for_abstentions() -> float:
    """That is how many votes are missing if all members vote. Each member that stays out lowers the bar by less than
    one vote: look for the first row in which the bar is low enough."""
    return float(figure("un_admission_majority")) - float(figure("recognitions_claimed_2023"))


@mistake(of="out_for_serbias_count")
def missing_votes_by_belgrades_count() -> float:
    """That is how many votes are missing if all members vote. Each member that stays out lowers the bar by less than
    one vote: look for the first row in which the bar is low enough."""
    return float(figure("un_admission_majority")) - float(figure("recognitions_by_vucic_2023"))
