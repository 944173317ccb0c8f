"""Answers of exercise 10, *Recognition and the count*."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

import pandas as pd

from twolenses.answers.register import answer
from twolenses.data import load
from twolenses.facts import figure
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
