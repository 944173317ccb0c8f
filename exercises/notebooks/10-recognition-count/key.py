"""The key of *Recognition and the count*."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor

import pandas as pd

from twolenses.answers import answer
from twolenses.data import load
from twolenses.facts import figure
from twolenses.mistakes import mistake
from twolenses.models.voting import RollCall, assembly_adopts


def _latest_dates(table: str, **where: object) -> dict[str, str]:
    """For each state the day, month or year by which it is reported to have acted."""
    rows = load(table)
    for column, value in where.items():
        rows = rows[rows[column] == value]
    dates = zip(rows["iso3"], rows["not_after"], rows["date"], strict=True)
    return {str(state): str(bound or date) for state, bound, date in dates}


def _members() -> set[str]:
    states = load("states")
    return set(states.loc[states["un_member"], "iso3"])


@answer
def recognition_rules() -> Callable[[str, bool, bool], int]:
    """Keep the rows up to the date, then those of UN members if asked, then drop states with a withdrawal by then."""
    given, members = _latest_dates("recognitions", in_count=True), _members()
    taken = _latest_dates("recognition_withdrawals")

    def rule(on: str, members_only: bool, subtract: bool) -> int:
        counted = {state for state, date in given.items() if date <= on}
        if members_only:
            counted &= members
        if subtract:
            counted -= {state for state, date in taken.items() if date <= on}
        return len(counted)

    return rule


def _on_each_day(*, subtract: bool) -> pd.Series:
    rule, members = recognition_rules(), _members()
    given, taken = _latest_dates("recognitions", in_count=True), _latest_dates("recognition_withdrawals")
    acts = {date for state, date in given.items() if state in members}
    acts |= {date for state, date in taken.items() if state in given}
    days = sorted(pd.to_datetime(list(acts), format="ISO8601").unique())
    return pd.Series([rule(f"{day:%Y-%m-%d}", True, subtract) for day in days], index=days)


@answer
def members_by_kosovos_rule() -> pd.Series:
    """All recognitions by UN members up to each day, none subtracted."""
    return _on_each_day(subtract=False)


@answer
def members_less_withdrawals() -> pd.Series:
    """All recognitions by UN members up to each day, less the withdrawals claimed up to then."""
    return _on_each_day(subtract=True)


@answer
def both_counts() -> dict[str, pd.Series]:
    """The two counts, each under the name of the capital whose rule it follows."""
    return {"Pristina": members_by_kosovos_rule(), "Belgrade": members_less_withdrawals()}


@answer
def request_of_2008_by_group() -> pd.DataFrame:
    """For each vote, how many of those who cast it were in the group: add up the True values of the column."""
    states = load("states").set_index("iso3")
    until = states["eu_until"].fillna(9999)
    day = load("chronology").set_index("id")["date"]["E36"]
    early = load("recognitions").query("in_count and date_precision == 'day'")
    groups = {
        "eu": set(states.index[(states["eu_since"].fillna(9999) <= 2008) & (until > 2008)]),
        "nato": set(states.index[states["nato_since"].fillna(9999) <= 2008]),
        "recognised": set(early.loc[early["date"] < day, "iso3"]),
    }
    cast = load("un_rollcalls").query("resolution == 'A/RES/63/3'")
    votes = {vote: set(cast.loc[cast["vote"] == vote, "iso3"]) for vote in ("abstain", "no", "yes")}
    return pd.DataFrame(
        {group: {vote: len(members & who) for vote, who in votes.items()} for group, members in groups.items()}
    )


@answer
def share_of_votes_cast() -> Callable[[int, int, int], float]:
    """Only members that say yes or no vote: the share of yes among those two."""
    return lambda yes, no, abstain: 100 * yes / RollCall(yes, no, abstain).present_and_voting


def _adopts(yes: int, out: int) -> bool:
    members = int(float(figure("un_members")))
    return assembly_adopts(RollCall(yes, members - out - yes, out), important=True)


@answer
def yes_votes_needed() -> pd.Series:
    """Two thirds of the members that vote yes or no, rounded up to a whole vote."""
    members = int(float(figure("un_members")))
    outs = range(members + 1)
    return pd.Series([ceil((members - out) * 2 / 3) for out in outs], index=outs)


def out_for(yes: int) -> int:
    """How many of the other members must stay out of the vote until `yes` votes suffice."""
    return next(out for out in range(int(float(figure("un_members"))) - yes + 1) if _adopts(yes, out))


@answer
def out_for_kosovos_count() -> int:
    """The first row in which the votes needed are no more than Kosovo’s count of February 2023."""
    return out_for(int(float(figure("recognitions_claimed_2023"))))


@answer
def out_for_serbias_count() -> int:
    """The first row in which the votes needed are no more than President Vučić’s count of January 2023."""
    return out_for(int(float(figure("recognitions_by_vucic_2023"))))


# ── Mistakes ────────────────────────────────────────────────────────────────────────────────────────


Rule = Callable[[str, bool, bool], int]


def _rule() -> Rule:
    rule: Rule = recognition_rules()
    return rule


# ── Counts and rules ─────────────────────────────────────────────────────────────────────────────────


@mistake(about="recognitions_claimed_2023")
def every_entity_for_members() -> float:
    """That total counts every state and entity. Take the row of February 2023, which counts UN members only."""
    return float(figure("recognitions_claimed_2021"))


@mistake(about="recognitions_claimed_2023")
def encyclopedia_for_pristina() -> float:
    """That is an encyclopedia’s total, which belongs to neither government. Look at the column `side`."""
    counts = load("recognition_counts").query("side == 'third party' and date > '2021' and date < '2023'")
    return float(counts["count"].item())


@mistake(about="recognition_rules")
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


@mistake(about="recognition_rules")
def withdrawals_of_the_uncounted() -> Rule:
    """You subtracted the number of withdrawals. Not every state among them was in the count: drop states, not a
    number."""
    rule = _rule()
    rows = load("recognition_withdrawals")
    dates = rows["date"].where(rows["not_after"] == "", rows["not_after"])
    return lambda on, members_only, subtract: rule(on, members_only, False) - subtract * int((dates <= on).sum())


@mistake(about="recognition_rules")
def basis_left_out() -> Rule:
    """That counts entities that are no UN members although `members_only` is true."""
    rule = _rule()
    return lambda on, members_only, subtract: rule(on, False, subtract)


@mistake(about="recognition_rules")
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


@mistake(about="recognition_gap_2023")
def gap_turned_round() -> float:
    """That takes Kosovo’s total from Serbia’s. The task asks how much larger Kosovo’s is."""
    return -float(figure("recognition_gap_2023"))


# ── The course of the count ──────────────────────────────────────────────────────────────────────────


@mistake(about="members_by_kosovos_rule")
def new_for_total() -> pd.Series:
    """Those are the new recognitions of each day. A count is what has come together until then: add up with
    `cumsum`."""
    total: pd.Series = members_by_kosovos_rule()
    return total.diff().fillna(total.iloc[0]).astype(int)


@mistake(about="members_by_kosovos_rule")
def acts_in_the_order_of_the_table() -> pd.Series:
    """You added up in the order of the table. Group by `day` first: then each day stands once, and in order."""
    rows = pd.concat([load("recognitions").query("in_count").assign(new=1), load("recognition_withdrawals")])
    rows = rows[rows["iso3"].isin(load("recognitions").query("in_count")["iso3"])]
    rows = rows[rows["iso3"].isin(load("states").query("un_member")["iso3"])]
    rows["day"] = pd.to_datetime(rows["date"].where(rows["not_after"] == "", rows["not_after"]), format="ISO8601")
    return rows.set_index("day")["new"].fillna(0).cumsum()


@mistake(about="members_less_withdrawals")
def withdrawals_of_one_day() -> pd.Series:
    """That takes from each day only what was withdrawn on that day. What was withdrawn before stays withdrawn: add
    up both columns."""
    gross: pd.Series = members_by_kosovos_rule()
    net: pd.Series = members_less_withdrawals()
    gone = gross - net
    return gross - gone.diff().fillna(0)


@mistake(about="members_less_withdrawals")
def withdrawals_added() -> pd.Series:
    """That adds the withdrawals. Belgrade’s rule takes them away."""
    gross: pd.Series = members_by_kosovos_rule()
    net: pd.Series = members_less_withdrawals()
    return 2 * gross - net


# ── The vote of 2008 ─────────────────────────────────────────────────────────────────────────────────


@mistake(about="request_of_2008_by_group")
def members_of_today() -> pd.DataFrame:
    """Your column `nato` has states that joined after the vote. A member of 2008 joined in 2008 or before."""
    groups: pd.DataFrame = request_of_2008_by_group()
    today = set(load("states").dropna(subset="nato_since")["iso3"])
    cast = load("un_rollcalls").query("resolution == 'A/RES/63/3'")
    return groups.assign(nato=cast[cast["iso3"].isin(today)].groupby("vote").size())


@mistake(about="request_of_2008_by_group")
def rows_for_members() -> pd.DataFrame:
    """That counts every row, whether True or False. `sum` adds up the True ones."""
    cast = load("un_rollcalls").query("resolution == 'A/RES/63/3'").merge(load("states"), on="iso3").groupby("vote")
    return pd.DataFrame({"eu": cast["eu_since"].count(), "nato": cast["nato_since"].count(), "recognised": cast.size()})


@mistake(about="request_of_2008_by_group")
def recognised_by_today() -> pd.DataFrame:
    """Your column `recognised` has states that recognised after the vote. Use the list `recognised_before`."""
    groups: pd.DataFrame = request_of_2008_by_group()
    given = set(load("recognitions").query("in_count")["iso3"])
    cast = load("un_rollcalls").query("resolution == 'A/RES/63/3'")
    return groups.assign(recognised=cast[cast["iso3"].isin(given)].groupby("vote").size())


@mistake(about="share_of_votes_cast")
def abstentions_as_votes() -> Callable[[int, int, int], float]:
    """You divided by all who were present. Under Article 18 a member that abstains is present and does not vote."""
    return lambda yes, no, abstain: 100 * yes / (yes + no + abstain)


@mistake(about="share_of_votes_cast")
def half_a_vote_for_abstaining() -> Callable[[int, int, int], float]:
    """You gave an abstention half a vote. Some measures of likeness do so; the rule of the Charter does not."""
    return lambda yes, no, abstain: 100 * (yes + abstain / 2) / (yes + no + abstain)


@mistake(about="share_of_votes_cast")
def share_of_one() -> Callable[[int, int, int], float]:
    """That is a share of one. Multiply by 100 to have percent."""
    return lambda yes, no, abstain: yes / (yes + no)


# ── The bar ──────────────────────────────────────────────────────────────────────────────────────────


def _needed(share: float) -> pd.Series:
    members = int(float(figure("un_members")))
    outs = pd.Series(range(members + 1))
    return share * (members - outs)


@mistake(about="yes_votes_needed")
def bar_not_rounded() -> pd.Series:
    """Votes are whole. Two thirds of the members voting must be reached, so round up with `np.ceil`."""
    return _needed(2 / 3)


@mistake(about="yes_votes_needed")
def bar_rounded_down() -> pd.Series:
    """You rounded down, to a number that falls short of two thirds. Round up with `np.ceil`."""
    return _needed(2 / 3).apply(floor)


@mistake(about="yes_votes_needed")
def bar_of_a_majority() -> pd.Series:
    """That is half of those voting. Admission is an important question: it needs two thirds."""
    return _needed(1 / 2).apply(ceil)


@mistake(about="yes_votes_needed")
def bar_of_all_members() -> pd.Series:
    """Your bar does not move. Who stays out does not vote, so take two thirds of the others."""
    bar: pd.Series = yes_votes_needed()
    return bar * 0 + float(figure("un_admission_majority"))


@mistake(about="out_for_kosovos_count")
def missing_votes_for_abstentions() -> float:
    """That is how many votes are missing if all members vote. Each member that stays out lowers the bar by less than
    one vote: look for the first row in which the bar is low enough."""
    return float(figure("un_admission_majority")) - float(figure("recognitions_claimed_2023"))


@mistake(about="out_for_serbias_count")
def missing_votes_by_belgrades_count() -> float:
    """That is how many votes are missing if all members vote. Each member that stays out lowers the bar by less than
    one vote: look for the first row in which the bar is low enough."""
    return float(figure("un_admission_majority")) - float(figure("recognitions_by_vucic_2023"))
