"""How the strength of KFOR moved from 1999 to today, and what the reports leave out."""

from __future__ import annotations

from twolenses.data import Cell, cell
from twolenses.facts._choose import pick
from twolenses.facts._rows import counted, single
from twolenses.facts.figure import Figure, fact


def _series() -> tuple[Cell, ...]:
    """The totals of actual strength, oldest first."""
    rows = pick("kfor_strength", "troops", in_series=True)
    return tuple(sorted(rows, key=lambda row: str(row.row["date"])))


def _strength(date: str) -> Cell:
    return cell("kfor_strength", "troops", date=date, in_series=True)


def _low() -> Cell:
    return min(_series(), key=lambda row: int(row.value))


def _cut(before: Cell, after: Cell) -> Figure:
    value = 100 * (before.value - after.value) / before.value
    return Figure(value, rows=(before, after), qualifier="about")


def _growth(before: Cell, after: Cell) -> Figure:
    value = 100 * (after.value - before.value) / before.value
    return Figure(value, rows=(before, after), qualifier="about")


# ── Totals ──────────────────────────────────────────────────────────────────────────────────────────


@fact(counts="soldiers")
def kfor_initial() -> Figure:
    """Strength of KFOR when it deployed in June 1999."""
    return single(_strength("1999-06-12"))


@fact(counts="soldiers")
def kfor_may_2023() -> Figure:
    """Strength of KFOR on 30 May 2023, before the reinforcements of that summer."""
    return single(_strength("2023-05-30"))


@fact(counts="soldiers")
def kfor_october_2023() -> Figure:
    """Strength of KFOR on 6 October 2023, as NATO put it, before all reinforcements had arrived."""
    return single(_strength("2023-10-06"))


@fact(counts="soldiers")
def kfor_december_2023() -> Figure:
    """Strength of KFOR on 31 December 2023, deployed reserves included."""
    return single(_strength("2023-12-31"))


@fact(counts="soldiers")
def kfor_latest() -> Figure:
    """The latest total of KFOR in the table."""
    last = max(row.value for row in pick("kfor_strength", "date", in_series=True))
    return single(_strength(last))


# ── High, low, and between ───────────────────────────────────────────────────────────────────────────


@fact(counts="soldiers")
def kfor_low_point() -> Figure:
    """The lowest total of KFOR in the series, of August 2020.

    Rounded, and the lowest that was found: seven years of the series have no total at all.
    """
    return single(_low())


@fact(unit="year", formula="year of the lowest total in the series")
def kfor_low_point_year() -> Figure:
    """The year of the lowest total of KFOR in the series.

    For 2018 and 2019 no total was found, so the true low point may lie earlier.
    """
    row = _low()
    date = Cell(row.table, "date", row.row)
    return Figure(int(str(date.value)[:4]), rows=(date,))


@fact(unit="%", digits=1, formula="100 × (June 1999 − June 2008) ÷ June 1999")
def kfor_cut_by_2008() -> Figure:
    """By how much KFOR had shrunk between June 1999 and June 2008, after the declaration of independence.

    The first total is rounded (*some 50,000*), the second printed to the last soldier.
    """
    return _cut(_strength("1999-06-12"), _strength("2008-06-30"))


@fact(unit="%", digits=1, formula="100 × (June 1999 − lowest total) ÷ June 1999")
def kfor_cut_to_low_point() -> Figure:
    """By how much KFOR had shrunk between June 1999 and its lowest total, of August 2020.

    Both totals are rounded.
    """
    return _cut(_strength("1999-06-12"), _low())


@fact(unit="%", digits=1, formula="100 × (June 1999 − July 2025) ÷ June 1999")
def kfor_cut_by_2025() -> Figure:
    """By how much KFOR had shrunk between June 1999 and July 2025.

    Both totals are rounded; with 4,686, printed in April 2025, it is the same to one decimal.
    """
    return _cut(_strength("1999-06-12"), _strength("2025-07-17"))


@fact(unit="%", formula="100 × (December − May) ÷ May")
def kfor_growth_2023() -> Figure:
    """By how much KFOR grew between 30 May and 31 December 2023.

    From *almost 3,800* to *approximately 4,700*; the later total includes reserves on deployment.
    """
    return _growth(_strength("2023-05-30"), _strength("2023-12-31"))


@fact(unit="%", formula="100 × (latest − lowest) ÷ lowest")
def kfor_growth_since_low_point() -> Figure:
    """By how much KFOR has grown from its lowest total, of August 2020, to the latest in the table.

    From a rounded total to one printed to the last soldier.
    """
    return _growth(_low(), _series()[-1])


# ── What the series does not know ────────────────────────────────────────────────────────────────────


@fact(counts="totals", formula="rows of the series of actual strength")
def kfor_totals_found() -> Figure:
    """Totals of KFOR’s actual strength that the table has from June 1999 on.

    Plans and computed totals are left out, and one row that contradicts another of its month.
    """
    return counted(_series())


@fact(counts="totals", formula="rows of the series printed to the last soldier")
def kfor_totals_exact() -> Figure:
    """Totals of KFOR that their source prints to the last soldier and not as a round number or a bound.

    Exact in print; a total to the last soldier can still count other people than the next one.
    """
    return counted(pick("kfor_strength", "troops", in_series=True, precision="exact"))


@fact(counts="years", formula="years from the first total to the latest less years with one")
def kfor_years_without_total() -> Figure:
    """Years since 1999 for which no total of KFOR’s actual strength was found.

    For 2011 two plans were found (5,000 and 5,500); a plan is not a strength.
    """
    rows = _series()
    years = {int(str(row.row["date"])[:4]) for row in rows}
    return Figure(max(years) - min(years) + 1 - len(years), rows=rows)
