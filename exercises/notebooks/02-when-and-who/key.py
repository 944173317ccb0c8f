"""The key of *When did it begin, and who counts?*."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from twolenses.answers import answer
from twolenses.data import load
from twolenses.facts import figure
from twolenses.mistakes import mistake


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
def left_out_by_two_names() -> float:
    """The share of all recorded persons who are neither Albanians nor Serbs, in percent."""
    two = float(figure("memory_book_albanians")) + float(figure("memory_book_serbs"))
    return 100 * (1 - two / float(figure("memory_book_total")))


@answer
def recorded_within() -> Callable[[pd.DataFrame, str, str], pd.Series]:
    """The persons of each group in the months from the first to the last, both included."""

    def within(book: pd.DataFrame, first: str, last: str) -> pd.Series:
        months = book.pivot_table(index="group", columns="month", values="persons", aggfunc="sum")
        return months.loc[:, first:last].dropna(how="all").sum(axis=1).astype(int)

    return within


@answer
def left_out_by_two_stories() -> dict[tuple[str, ...], pd.Series]:
    """The share of each group's recorded dead and missing outside each of the two stories."""
    book = load("war_deaths")
    late = book["month"] >= "1999-06"
    whole = book.groupby("group")["persons"].sum()
    return {
        ("ends in May 1999", "ends", "stops", "before June"): 100
        * book[late].groupby("group")["persons"].sum()
        / whole,
        ("begins in June 1999", "begins", "starts"): 100 * book[~late].groupby("group")["persons"].sum() / whole,
    }


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


# ── Mistakes ────────────────────────────────────────────────────────────────────────────────────────


# ── When did it begin? ───────────────────────────────────────────────────────────────────────────────


@mistake(about="ucdp_kosovo_first_death")
def active_year_for_first_death() -> float:
    """That is the first year in which the conflict is active. The first death in battle has a column of its own,
    `first_death`."""
    return float(figure("ucdp_kosovo_war_years").low)


@mistake(about="kosovo_active_from")
def first_death_for_active_year() -> float:
    """That is the year of the first death. A year is active from 25 deaths in battle on: read the column `year`."""
    return float(figure("ucdp_kosovo_first_death"))


@mistake(about="kosovo_active_from")
def last_active_year() -> float:
    """That is the last active year. The question asks for the first."""
    return float(figure("ucdp_kosovo_war_years").high)


@mistake(about="first_dispute_with_kosovo")
def first_dispute_with_anybody() -> float:
    """That dispute was with another state. Keep the rows in which `iso3_2` is Kosovo, XKX."""
    return float(load("disputes")["year"].min())


@mistake(about="rivalry_kosovo_serbia_since")
def oldest_rivalry() -> float:
    """That is the oldest rivalry in the list, of two other parties. Keep the row called Kosovo-Serbia."""
    return float(load("rivalries")["start_year"].min())


# ── The threshold ────────────────────────────────────────────────────────────────────────────────────


@mistake(about="first_year_at_threshold")
def above_the_threshold() -> Callable[[pd.Series, int], int]:
    """A year that just reaches the threshold counts as well: at least means >=, not >."""

    def wrong(deaths: pd.Series, threshold: int) -> int:
        return int(deaths[deaths > threshold].index.min())

    return wrong


@mistake(about="first_year_at_threshold")
def worst_year() -> Callable[[pd.Series, int], int]:
    """That is the year with the most deaths. The question asks for the first year that reaches the threshold."""

    def wrong(deaths: pd.Series, threshold: int) -> int:
        most = deaths.sort_values(kind="stable").index[-1]
        return int(most)

    return wrong


@mistake(about="first_year_at_threshold")
def first_row_for_first_year() -> Callable[[pd.Series, int], int]:
    """That is the first row that reaches the threshold. The years need not stand in order: take the smallest one."""

    def wrong(deaths: pd.Series, threshold: int) -> int:
        return int(deaths[deaths >= threshold].index[0])

    return wrong


@mistake(about="first_year_at_threshold")
def deaths_for_year() -> Callable[[pd.Series, int], int]:
    """That is a number of deaths. The years are in the index: reached.index."""

    def wrong(deaths: pd.Series, threshold: int) -> int:
        return int(deaths[deaths >= threshold].min())

    return wrong


# ── Who is counted? ──────────────────────────────────────────────────────────────────────────────────


@mistake(about="recorded_by_group")
def rows_for_persons() -> pd.Series:
    """Those are numbers of rows. A row holds all persons of a month, group and status: add up the column `persons`."""
    return load("war_deaths").groupby("group")["persons"].count()


@mistake(about="recorded_by_group")
def civilians_alone() -> pd.Series:
    """Those are the civilians alone. The question is about all whom the book records; do not filter by `status`."""
    return load("war_deaths").query("status == 'civilian'").groupby("group")["persons"].sum()


@mistake(about="left_out_by_two_names")
def only_the_row_other() -> float:
    """That is the row called other. Montenegrins, Roma, Ashkali and Egyptians are in neither of the two groups
    either: subtract the two from the whole."""
    return 100 * float(figure("memory_book_others")) / float(figure("memory_book_total"))


@mistake(about="left_out_by_two_names")
def share_of_the_two() -> float:
    """That is the share of the two groups together. The question asks for those whom the sentence drops."""
    return 100 - float(left_out_by_two_names())


@mistake(about="left_out_by_two_names")
def others_for_each_of_the_two() -> float:
    """That divides by the two groups alone. The whole is everybody whom the book records."""
    two = float(figure("memory_book_albanians")) + float(figure("memory_book_serbs"))
    return 100 * (float(figure("memory_book_total")) - two) / two


@mistake(about="left_out_by_two_names")
def others_as_persons() -> float:
    """That is a number of persons. Divide it by all recorded persons and multiply by 100 to have percent."""
    two = float(figure("memory_book_albanians")) + float(figure("memory_book_serbs"))
    return float(figure("memory_book_total")) - two


@mistake(about="left_out_by_two_names")
def everybody_but_one_group() -> float:
    """That leaves out Albanians alone. A sentence with two names has the Serbs as well, so drop both."""
    return 100 * (1 - float(figure("memory_book_albanians")) / float(figure("memory_book_total")))


@mistake(about="left_out_by_two_names")
def others_as_a_fraction() -> float:
    """That is a fraction of one. Multiply by 100 to have percent."""
    return float(left_out_by_two_names()) / 100


# ── Which months? ────────────────────────────────────────────────────────────────────────────────────


def _between(inclusive: str) -> Callable[[pd.DataFrame, str, str], pd.Series]:
    def wrong(book: pd.DataFrame, first: str, last: str) -> pd.Series:
        kept = book[book["month"].between(first, last, inclusive=inclusive)]  # type: ignore[arg-type]
        return kept.groupby("group")["persons"].sum()

    return wrong


@mistake(about="recorded_within")
def window_without_its_last_month() -> Callable[[pd.DataFrame, str, str], pd.Series]:
    """The last month is missing. Both ends belong to the window: between(first, last) keeps them."""
    return _between("left")


@mistake(about="recorded_within")
def window_without_its_ends() -> Callable[[pd.DataFrame, str, str], pd.Series]:
    """The first and the last month are missing. Both ends belong to the window: between(first, last) keeps them."""
    return _between("neither")


@mistake(about="recorded_within")
def rows_of_the_window() -> Callable[[pd.DataFrame, str, str], pd.Series]:
    """Those are numbers of rows. A row can hold many persons: add up the column `persons`."""

    def wrong(book: pd.DataFrame, first: str, last: str) -> pd.Series:
        return book[book["month"].between(first, last)].groupby("group")["persons"].count()

    return wrong


@mistake(about="recorded_within")
def every_month() -> Callable[[pd.DataFrame, str, str], pd.Series]:
    """Those are all months. The function has to keep those from `first` to `last` before it adds up."""

    def wrong(book: pd.DataFrame, first: str, last: str) -> pd.Series:
        return book.groupby("group")["persons"].sum()

    return wrong


# ── Who counts? ──────────────────────────────────────────────────────────────────────────────────────


@mistake(about="ucdp_deaths_1999")
def two_years_for_one() -> float:
    """That is 1998 and 1999 together. The other count beside it will be of 1999 alone."""
    return float(figure("ucdp_deaths_1998_1999"))


@mistake(about="memory_book_1999")
def all_years_of_the_book() -> float:
    """That is the whole book, 1998 to 2000. UCDP's number beside it is of 1999 alone."""
    return float(figure("memory_book_total"))


@mistake(about="memory_book_1999")
def albanians_of_1999() -> float:
    """Those are the Albanians of 1999. UCDP counts deaths whoever died, so keep all groups."""
    book = load("war_deaths").query("month >= '1999-01' and month <= '1999-12' and group == 'Albanian'")
    return float(book["persons"].sum())


@mistake(about="memory_book_albanians_spring_1999")
def every_group_in_spring() -> float:
    """Those are all groups. The estimate is of Kosovo Albanians only, so keep that group in the book as well."""
    return float(load("war_deaths").query("month >= '1999-03' and month <= '1999-06'")["persons"].sum())


@mistake(about="memory_book_albanians_spring_1999")
def albanians_of_the_whole_year() -> float:
    """Those are the Albanians of the whole year. The estimate begins in March 1999 and ends in June."""
    return float(albanians_of_1999())


@mistake(about="memory_book_albanians_spring_1999")
def albanians_of_all_months() -> float:
    """Those are the Albanians of all months. The estimate begins in March 1999 and ends in June."""
    return float(figure("memory_book_albanians"))


@mistake(about="ball_killings_in_periods")
def periods_with_an_error_only() -> float:
    """Those are the periods whose estimate comes with an error. The others that have a figure belong to the sum."""
    return float(load("war_deaths_1999_estimates").query("basis == 'estimate'")["killings"].sum())


@mistake(about="ball_killings_in_periods")
def flight_for_killings() -> float:
    """Those are people who left home. The question asks for the column `killings`."""
    return float(load("war_deaths_1999_estimates")["people_leaving"].sum())
