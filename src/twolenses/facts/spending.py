"""Military spending of Serbia and Kosovo: shares, revisions, ratios, and whether one follows the other."""

from __future__ import annotations

import math

from twolenses.data import Cell, cell
from twolenses.facts._choose import pick
from twolenses.facts.figure import Figure, fact

_BY_EDITION = "in successive editions of one source"


# ── Shares of GDP ────────────────────────────────────────────────────────────────────────────────────


def _spending(iso3: str, year: int, column: str = "share_of_gdp") -> Cell:
    return cell("military_spending", column, iso3=iso3, year=year)


def _latest_spending(iso3: str) -> Figure:
    row = max(pick("military_spending", "share_of_gdp", iso3=iso3), key=lambda row: int(row.row["year"]))
    return Figure(row.value, rows=(row,), qualifier="an estimated" if row.row["estimate"] else "")


def _printed(iso3: str, year: int) -> Figure:
    low, high = _spending(iso3, year, "lowest_printed"), _spending(iso3, year, "highest_printed")
    if low.value == high.value:
        return Figure(low.value, rows=(low,))
    return Figure((low.value, high.value), rows=(low, high), attribution=_BY_EDITION)


@fact(unit="%", digits=1)
def serbia_spending_share() -> Figure:
    """Serbia’s military spending in percent of its GDP in the latest year printed, 2024.

    An estimate of the CIA World Factbook, printed so far in one form; earlier years were revised, 2021 by
    seven tenths of a point.
    """
    return _latest_spending("SRB")


@fact(unit="%", digits=1)
def kosovo_spending_share() -> Figure:
    """Kosovo’s military spending in percent of its GDP in the latest year printed, 2024.

    An estimate of the CIA World Factbook, printed so far in one form; 2021 was once printed at nearly twice
    its present figure.
    """
    return _latest_spending("XKX")


@fact(unit="%", digits=1, formula="lowest and highest figure printed for the year")
def serbia_spending_share_2015() -> Figure:
    """Serbia’s military spending in percent of its GDP in 2015, lowest and highest figure ever printed.

    By the CIA World Factbook, whose last figure for the year is the highest.
    """
    return _printed("SRB", 2015)


@fact(unit="%", digits=1, formula="lowest and highest figure printed for the year")
def kosovo_spending_share_2015() -> Figure:
    """Kosovo’s military spending in percent of its GDP in 2015.

    Every edition of the CIA World Factbook that prints the year has the same figure.
    """
    return _printed("XKX", 2015)


@fact(unit="%", digits=1, formula="lowest and highest figure printed for the year")
def serbia_spending_share_2021() -> Figure:
    """Serbia’s military spending in percent of its GDP in 2021, lowest and highest figure ever printed.

    The spread is the error bar that the source, the CIA World Factbook, does not give.
    """
    return _printed("SRB", 2021)


@fact(unit="%", digits=1, formula="lowest and highest figure printed for the year")
def kosovo_spending_share_2021() -> Figure:
    """Kosovo’s military spending in percent of its GDP in 2021, lowest and highest figure ever printed.

    The spread is the error bar that the source, the CIA World Factbook, does not give.
    """
    return _printed("XKX", 2021)


def _gdp(iso3: str, year: int) -> Cell:
    return cell("world_bank", "gdp_usd", iso3=iso3, year=year)


def _spending_ratio(year: int) -> Figure:
    """From the lowest figure of Serbia over the highest of Kosovo to the reverse."""
    size = _gdp("SRB", year).value / _gdp("XKX", year).value
    serbia, kosovo = _printed("SRB", year), _printed("XKX", year)
    ends = serbia.low / kosovo.high * size, serbia.high / kosovo.low * size
    rows = *serbia.rows, *kosovo.rows, _gdp("SRB", year), _gdp("XKX", year)
    return Figure(ends, rows=rows, attribution="depending on the edition")


@fact(formula="(share of GDP × GDP) of Serbia ÷ the same of Kosovo, with the figures printed for 2021")
def serbia_to_kosovo_spending_2021() -> Figure:
    """How many times Kosovo’s military spending Serbia’s was in 2021, by every figure printed for that year.

    Shares from the CIA World Factbook, GDP in dollars from the World Bank. The width comes from revisions.
    """
    return _spending_ratio(2021)


@fact(formula="(share of GDP × GDP) of Serbia ÷ the same of Kosovo, lowest and highest of the years")
def serbia_to_kosovo_spending() -> Figure:
    """How many times Kosovo’s military spending Serbia’s was, lowest and highest of the years 2015 to 2024.

    With the last figure printed for each year, rounded to a tenth of a point, so the true range is wider.
    Highest in 2019, near 14 in each year since: no trend.
    """
    years = _common_years()
    ratios = [
        _spending("SRB", year).value
        * _gdp("SRB", year).value
        / (_spending("XKX", year).value * _gdp("XKX", year).value)
        for year in years
    ]
    gdp = tuple(_gdp(iso3, year) for iso3 in ("SRB", "XKX") for year in years)
    rows = _spending_rows() + gdp
    return Figure((min(ratios), max(ratios)), rows=rows, attribution="depending on the year")


@fact(unit="billion dollars", digits=1, formula="Correlates of War; share of GDP × GDP")
def serbia_spending_2022_two_sources() -> Figure:
    """Serbia’s military spending in 2022 in dollars, by the Correlates of War and by the CIA World Factbook.

    The second is the Factbook’s share of GDP times the World Bank’s GDP. Neither says what it counts as
    military.
    """
    index = cell("capabilities", "military_spending", iso3="SRB", year=2022)
    share, gdp = _spending("SRB", 2022), _gdp("SRB", 2022)
    values = sorted((index.value / 1e6, share.value / 100 * gdp.value / 1e9))
    return Figure((values[0], values[1]), rows=(index, share, gdp), attribution="by two sources")


# ── Does one follow the other? ───────────────────────────────────────────────────────────────────────


def _common_years() -> list[int]:
    serbia, kosovo = (
        {int(row.value) for row in pick("military_spending", "year", iso3=iso3)} for iso3 in ("SRB", "XKX")
    )
    return sorted(serbia & kosovo)


def _spending_rows() -> tuple[Cell, ...]:
    return tuple(_spending(iso3, year) for iso3 in ("SRB", "XKX") for year in _common_years())


def _correlation(*, of_changes: bool) -> tuple[float, int]:
    import numpy as np

    first, second = np.split(np.array([row.value for row in _spending_rows()], dtype=np.float64), 2)
    if of_changes:
        first, second = np.diff(first), np.diff(second)
    return float(np.corrcoef(first, second)[0, 1]), len(first)


@fact(counts="years", formula="years with a figure for both")
def spending_years_in_common() -> Figure:
    """Years for which both Serbia’s and Kosovo’s military spending are printed as a share of GDP.

    From 2015 to 2024; each figure as the last edition prints it.
    """
    return Figure(len(_common_years()), rows=_spending_rows())


@fact(digits=2, formula="Pearson’s r of the two series, 2015–2024")
def spending_correlation_of_levels() -> Figure:
    """Correlation of Serbia’s and Kosovo’s military spending in percent of GDP, year by year, 2015 to 2024.

    Two series that both rise correlate whatever moves them: see the correlation of the changes.
    """
    value, years = _correlation(of_changes=False)
    return Figure(value, rows=_spending_rows(), attribution=f"over {years} years")


@fact(digits=2, formula="Pearson’s r of the year-on-year changes, 2016–2024")
def spending_correlation_of_changes() -> Figure:
    """Correlation of the yearly changes in Serbia’s and Kosovo’s military spending in percent of GDP.

    Nine changes, 2016 to 2024. Figures are rounded to a tenth of a point, and the changes are of that size:
    little can be read from it.
    """
    value, changes = _correlation(of_changes=True)
    return Figure(value, rows=_spending_rows(), attribution=f"over {changes} changes")


@fact(digits=2, formula="tanh(artanh r ± 1.96 ÷ √(n − 3))")
def spending_correlation_of_changes_interval() -> Figure:
    """The 95% interval of the correlation of yearly changes in Serbia’s and Kosovo’s military spending.

    Fisher’s interval; it takes the changes for independent of one another, which they are not quite. It holds
    a spiral, its opposite, and nothing at all.
    """
    value, changes = _correlation(of_changes=True)
    middle, half = math.atanh(value), 1.96 / math.sqrt(changes - 3)
    return Figure((math.tanh(middle - half), math.tanh(middle + half)), rows=_spending_rows())
