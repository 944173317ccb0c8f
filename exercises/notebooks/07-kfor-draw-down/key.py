"""The key of *KFOR's long draw-down*."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Callable
from typing import Literal

import pandas as pd

from twolenses.answers import answer
from twolenses.data import load
from twolenses.mistakes import mistake


def _first_day(date: str) -> pd.Timestamp:
    return pd.Timestamp(date if len(date) > 7 else f"{date}-01")


def _totals() -> list[tuple[pd.Timestamp, int]]:
    rows = load("kfor_strength")
    rows = rows[rows["in_series"]]
    return sorted((_first_day(date), int(troops)) for date, troops in zip(rows["date"], rows["troops"], strict=True))


@answer
def latest_days_of_totals() -> pd.Series:
    """The last day of the month for a total known to the month, and the day itself for one known to the day."""

    def last(date: str) -> pd.Timestamp:
        if len(date) > 7:
            return pd.Timestamp(date)
        year, month = map(int, date.split("-"))
        return pd.Timestamp(year, month, monthrange(year, month)[1])

    return load("kfor_strength")["date"].map(last)


@answer
def kfor_reports_by_year() -> pd.Series:
    """How many totals of actual strength each year has, for every year from the first total to the last."""
    counts = Counter(day.year for day, _ in _totals())
    years = range(min(counts), max(counts) + 1)
    return pd.Series([counts[year] for year in years], index=list(years))


@answer
def change_in_percent() -> Callable[[float, float], float]:
    """The change is the difference after minus before, in percent of what was there before."""

    def change(before: float, after: float) -> float:
        return 100 * (after / before - 1)

    return change


@answer
def what_words_do_to_a_change() -> dict[str, str]:
    """Ask for each total whether its word allows more or fewer soldiers, and whether that makes the change larger."""
    return {
        "rise in 2006": "as printed",
        "fall 2008 to 2009": "at most",
        "rise 2012 to 2013": "at most",
        "rise May to October 2023": "at least",
        "rise May to December 2023": "either way",
    }


def _violence() -> dict[str, pd.Timestamp]:
    """Days of the violent events since July 1999, by their identifier in the chronology."""
    rows = load("chronology")
    rows = rows[(rows["category"] == "violence") & (rows["date"] > "1999-07")]
    return {str(event): pd.Timestamp(date) for event, date in zip(rows["id"], rows["date"], strict=True)}


@answer
def totals_after_violence() -> pd.DataFrame:
    """For each event, the first total on or after its day, and the day of that total."""
    found = []
    for event, day in _violence().items():
        reported, troops = next(one for one in _totals() if one[0] >= day)
        found.append((event, troops, reported))
    return pd.DataFrame(found, columns=["id", "troops", "reported"])


@answer
def totals_across_violence() -> pd.DataFrame:
    """For each event, the last total on or before its day and the first total on or after it, with their own days."""
    totals = _totals()
    found = []
    for event, day in _violence().items():
        before = [one for one in totals if one[0] <= day][-1]
        after = next(one for one in totals if one[0] >= day)
        found.append((event, 100 * (after[1] / before[1] - 1), (after[0] - before[0]).days))
    return pd.DataFrame(found, columns=["id", "change", "days"])


@answer
def kfor_totals_by_day() -> pd.Series:
    """Each total of actual strength at its day; at the first of the month where only the month is known."""
    days, troops = zip(*_totals(), strict=True)
    return pd.Series(troops, index=list(days))


@answer
def days_of_violence() -> dict[str, pd.Timestamp]:
    """The events of Task 5 by their short names, each at its day."""
    names = {
        "E150": "farmers shot",
        "E151": "bus and reprisals",
        "E152": "bus bombed",
        "E153": "bathers shot",
        "E27": "riots",
        "E154": "protesters killed",
        "E155": "courthouse",
        "E156": "blast",
        "E42": "crossings",
        "E157": "quarrel",
        "E158": "EULEX officer killed",
        "E49": "Ivanović killed",
        "E71": "Zveçan/Zvečan",
        "E74": "Banjskë/Banjska",
        "E88": "canal",
    }
    return {names[event]: day for event, day in _violence().items()}


# ── Mistakes ────────────────────────────────────────────────────────────────────────────────────────


def _series() -> pd.DataFrame:
    rows = load("kfor_strength").query("in_series")
    return rows.assign(day=pd.to_datetime(rows["date"], format="ISO8601"), year=rows["date"].str[:4].astype(int))


# ── Dates ────────────────────────────────────────────────────────────────────────────────────────────


def _earliest() -> tuple[pd.Series, pd.Series]:
    rows = load("kfor_strength")
    return pd.to_datetime(rows["date"], format="ISO8601"), rows["date_precision"] == "month"


@mistake(about="latest_days_of_totals")
def every_total_at_the_end_of_its_month() -> pd.Series:
    """That moves every total to the end of its month. Where the source names a day, the day stays: move only the rows
    known to the month."""
    days, _ = _earliest()
    return days + pd.offsets.MonthEnd(0)


@mistake(about="latest_days_of_totals")
def known_days_moved() -> pd.Series:
    """That moves the rows whose day is known and leaves those known to the month. Series.where keeps the value where
    the condition is true: turn the condition round."""
    days, months = _earliest()
    return days.where(months, days + pd.offsets.MonthEnd(0))


@mistake(about="latest_days_of_totals")
def thirty_days_for_a_month() -> pd.Series:
    """That adds thirty days. Months have 28 to 31, so some of your days fall into the next month."""
    days, months = _earliest()
    return days.where(~months, days + pd.Timedelta(days=30))


# ── Reports and silent years ─────────────────────────────────────────────────────────────────────────


@mistake(about="kfor_reports_by_year")
def silent_years_left_out() -> pd.Series:
    """That lists only the years that have a total. A year without one has no row to count: give groupby's result all
    years with reindex."""
    return _series().groupby("year").size()


@mistake(about="kfor_reports_by_year")
def plans_counted_as_reports() -> pd.Series:
    """That counts every row, plans and a contradicted total among them. A plan is not a strength: count the rows of
    strength."""
    years = load("kfor_strength")["date"].str[:4].astype(int)
    return years.groupby(years).size().reindex(range(years.min(), years.max() + 1), fill_value=0)


@mistake(about="kfor_reports_by_year")
def soldiers_added_up() -> pd.Series:
    """That adds up soldiers of different months, who are often the same people. Count the totals: size."""
    sums = _series().groupby("year")["troops"].sum()
    return sums.reindex(range(sums.index.min(), sums.index.max() + 1), fill_value=0)


@mistake(about="kfor_reports_by_year")
def silent_years_left_missing() -> pd.Series:
    """Your silent years are missing values. That zero totals were found is known here: fill_value=0."""
    counts = _series().groupby("year").size()
    return counts.reindex(range(counts.index.min(), counts.index.max() + 1))


@mistake(about="kfor_years_without_total")
def totals_for_silent_years() -> float:
    """That is how many totals there are in all. The question asks how many years have none."""
    return float(len(_series()))


@mistake(about="kfor_years_without_total")
def years_with_a_total() -> float:
    """Those are the years that have a total. The question asks for those that have none."""
    return float(_series()["year"].nunique())


# ── Changes ──────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="kfor_low_point")
def row_of_the_low_point() -> float:
    """That is the label of the row, as idxmin gives it. Take the total that stands in the row, or min."""
    totals = _series()["troops"]
    return float(totals.index.to_numpy()[totals.to_numpy().argmin()])


@mistake(about="change_in_percent")
def change_by_the_new() -> Callable[[float, float], float]:
    """Your function divides by the number after. A change is measured against what was there before."""
    return lambda before, after: 100 * (after - before) / after


@mistake(about="change_in_percent")
def fall_made_a_rise() -> Callable[[float, float], float]:
    """Your function gives a fall a plus and a rise a minus. A change is what came after minus what was before."""
    return lambda before, after: 100 * (before - after) / before


@mistake(about="change_in_percent")
def share_that_is_left() -> Callable[[float, float], float]:
    """Your function gives the new number in percent of the old one. The change is what is above or below a hundred."""
    return lambda before, after: 100 * after / before


@mistake(about="change_in_percent")
def change_of_one() -> Callable[[float, float], float]:
    """Your function gives the change as a fraction of one. Multiply by 100 to have percent."""
    return lambda before, after: (after - before) / before


# ── Words before a total ─────────────────────────────────────────────────────────────────────────────


@mistake(about="what_words_do_to_a_change")
def words_ignored() -> dict[str, str]:
    """You take every total as printed. Only one of the five has no word before either total: ask of the others which
    way the word leans."""
    return dict.fromkeys(what_words_do_to_a_change(), "as printed")


@mistake(about="what_words_do_to_a_change")
def words_without_their_direction() -> dict[str, str]:
    """You read “more than” as “at least”, whatever the numbers do. After a fall more soldiers mean a smaller change:
    ask what the word does to the difference."""
    right: dict[str, str] = what_words_do_to_a_change()
    return right | {"fall 2008 to 2009": "at least"}


# ── Before and after ─────────────────────────────────────────────────────────────────────────────────


def _across(direction: Literal["backward", "forward", "nearest"] = "forward") -> tuple[pd.DataFrame, pd.DataFrame]:
    chronology = load("chronology").query("category == 'violence' and date > '1999-07'")
    events = chronology[["id"]].assign(day=pd.to_datetime(chronology["date"], format="ISO8601"))
    totals = _series()[["day", "troops"]].assign(reported=_series()["day"])
    before = pd.merge_asof(events, totals, on="day")
    return before, pd.merge_asof(events, totals, on="day", direction=direction)


def _table(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    change = 100 * (after["troops"] - before["troops"]) / before["troops"]
    return pd.DataFrame(
        {"id": before["id"], "change": change, "days": (after["reported"] - before["reported"]).dt.days}
    )


@mistake(about="totals_after_violence")
def nearest_total_for_the_next() -> pd.DataFrame:
    """You took the nearest total, and for some events that is the one before, so that nothing changes. The total after
    an event needs direction="forward"."""
    return _across("nearest")[1][["id", "troops", "reported"]]


@mistake(about="totals_after_violence")
def total_before_for_the_next() -> pd.DataFrame:
    """Those are the last totals before each event. The first total on or after it needs direction="forward"."""
    return _across("backward")[1][["id", "troops", "reported"]]


@mistake(about="totals_across_violence")
def silence_counted_from_the_event() -> pd.DataFrame:
    """Your days run from the event to the next total. Soldiers may have come or gone before the event too: count from
    the last total before it."""
    before, after = _across()
    return _table(before, after).assign(days=(after["reported"] - after["day"]).dt.days)


@mistake(about="totals_across_violence")
def days_of_the_event_itself() -> pd.DataFrame:
    """Your days are all zero: the column `day` has the day of the event in both tables. The day of a total stands in
    `reported`."""
    return _table(*_across()).assign(days=0)


@mistake(about="totals_across_violence")
def soldiers_for_percent() -> pd.DataFrame:
    """Your change is in soldiers. Divide it by the total before and multiply by 100."""
    before, after = _across()
    return _table(before, after).assign(change=after["troops"] - before["troops"])


@mistake(about="totals_across_violence")
def change_across_of_one() -> pd.DataFrame:
    """Your change is a fraction of one. Multiply by 100 to have percent."""
    before, after = _across()
    return _table(before, after).assign(change=(after["troops"] - before["troops"]) / before["troops"])


@mistake(about="totals_across_violence")
def change_across_by_the_new() -> pd.DataFrame:
    """Your change is in percent of the total after the event. Divide by the total before it."""
    before, after = _across()
    return _table(before, after).assign(change=100 * (after["troops"] - before["troops"]) / after["troops"])
