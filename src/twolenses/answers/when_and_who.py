"""Keys of the exercise *When did it begin, and who counts?*"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from twolenses.answers.register import answer
from twolenses.data import load
from twolenses.facts import figure

__all__: list[str] = []


@answer
def kosovo_active_from() -> int:
    """The first year that the table of armed conflicts has for Kosovo. It has a row for each active year."""
    return int(figure("ucdp_kosovo_war_years").low)


@answer
def first_dispute_with_kosovo() -> int:
    """The earliest year in `disputes`, the rows in which the other party is Kosovo."""
    rows = load("disputes").to_dict("records")
    return min(int(row["year"]) for row in rows if row["iso3_2"] == "XKX")


@answer
def first_year_at_threshold() -> Callable[[pd.Series, int], int]:
    """The first year with at least as many deaths as the threshold."""

    def first_year(deaths: pd.Series, threshold: int) -> int:
        by_year = zip(deaths.index.tolist(), deaths.tolist(), strict=True)
        return min(int(year) for year, count in by_year if count >= threshold)

    return first_year


@answer
def recorded_by_group() -> pd.Series:
    """The sum of the column `persons` for each group: all five groups, civilians and members of formations."""
    counts = {
        "Albanian": "memory_book_albanians",
        "Montenegrin": "memory_book_montenegrins",
        "Roma, Ashkali and Egyptian": "memory_book_roma",
        "Serb": "memory_book_serbs",
        "other": "memory_book_others",
    }
    return pd.Series({group: int(float(figure(name))) for group, name in counts.items()})


@answer
def recorded_within() -> Callable[[pd.DataFrame, str, str], pd.Series]:
    """The persons of each group in the months from the first to the last, both included."""

    def within(book: pd.DataFrame, first: str, last: str) -> pd.Series:
        months = book.pivot_table(index="group", columns="month", values="persons", aggfunc="sum")
        return months.loc[:, first:last].dropna(how="all").sum(axis=1).astype(int)

    return within


@answer
def left_out_by_two_stories() -> pd.DataFrame:
    """The share of each group's recorded dead and missing outside each of the two stories."""
    book = load("war_deaths")
    late = book["month"] >= "1999-06"
    whole = book.groupby("group")["persons"].sum()
    return pd.DataFrame(
        {
            "ends in May 1999": 100 * book[late].groupby("group")["persons"].sum() / whole,
            "begins in June 1999": 100 * book[~late].groupby("group")["persons"].sum() / whole,
        }
    )


@answer
def ucdp_deaths_1999() -> int:
    """UCDP's deaths under Serbia in the single year 1999."""
    rows = load("conflict_deaths").to_dict("records")
    return sum(int(row["deaths"]) for row in rows if row["iso3"] == "SRB" and row["year"] == 1999)


@answer
def memory_book_1999() -> int:
    """The persons of all groups in the Memory Book, the twelve months of 1999."""
    rows = load("war_deaths").to_dict("records")
    return sum(int(row["persons"]) for row in rows if row["month"].startswith("1999"))
