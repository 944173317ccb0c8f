"""Keys of *KFOR's long draw-down*: days, silent years, changes, the words before a total, before and after."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Callable

import pandas as pd

from twolenses.answers.register import answer
from twolenses.data import load

__all__: list[str] = []


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


@answer
def totals_across_violence() -> pd.DataFrame:
    """For each event, the last total on or before its day and the first total on or after it, with their own days."""
    chronology = load("chronology")
    rows = chronology[(chronology["category"] == "violence") & (chronology["date"] > "1999-07")]
    totals = _totals()
    found = []
    for identifier, date in zip(rows["id"], rows["date"], strict=True):
        before = [one for one in totals if one[0] <= pd.Timestamp(date)][-1]
        after = next(one for one in totals if one[0] >= pd.Timestamp(date))
        found.append((identifier, 100 * (after[1] / before[1] - 1), (after[0] - before[0]).days))
    return pd.DataFrame(found, columns=["id", "change", "days"])
