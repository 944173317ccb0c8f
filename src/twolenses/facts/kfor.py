"""How the strength of KFOR moved from 1999 to today, and what the reports leave out."""

from __future__ import annotations

from twolenses.data import Cell, cell
from twolenses.facts._choose import chosen
from twolenses.facts._rows import counted, single
from twolenses.facts.figure import Figure, fact

_BY_THE_PENTAGON = "by the Pentagon’s count"


def _series() -> tuple[Cell, ...]:
    """The totals of actual strength, oldest first."""
    rows = chosen("kfor_strength", "troops", in_series=True)
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
    return counted(chosen("kfor_strength", "troops", in_series=True, precision="exact"))


@fact(counts="years", formula="years from the first total to the latest less years with one")
def kfor_years_without_total() -> Figure:
    """Years since 1999 for which no total of KFOR’s actual strength was found.

    For 2011 two plans were found (5,000 and 5,500); a plan is not a strength.
    """
    rows = _series()
    years = {int(str(row.row["date"])[:4]) for row in rows}
    return Figure(max(years) - min(years) + 1 - len(years), rows=rows)


# ── The reinforcements of 2023 ───────────────────────────────────────────────────────────────────────


@fact(counts="soldiers")
def nato_soldiers_announced_may_2023() -> Figure:
    """Soldiers that NATO announced for KFOR on 30 May 2023, the day after the clash at Zveçan/Zvečan.

    Announced, from a reserve force; how many came the text does not say.
    """
    return single(cell("deployments", actor="NATO", measure="soldiers_announced", date="2023-05-30"))


@fact(counts="soldiers")
def nato_soldiers_announced_october_2023() -> Figure:
    """Soldiers that NATO announced for KFOR on 1 October 2023, a week after the attack at Banjskë/Banjska.

    Whether the British soldiers of that week are among them the text does not say.
    """
    return single(cell("deployments", actor="NATO", measure="soldiers_announced", date="2023-10-01"))


@fact(counts="soldiers")
def kfor_reserves_deployed_2023() -> Figure:
    """Reserves that allies deployed to KFOR in 2023, by the annual report of NATO’s Secretary General.

    Called there the largest reinforcement in a decade. Part of the strength of December 2023.
    """
    return single(cell("deployments", actor="NATO", measure="reserves_deployed", date="2023-12-31"))


@fact(counts="soldiers")
def romanian_soldiers_announced() -> Figure:
    """Soldiers that Romania announced for KFOR on 3 October 2023.

    Announced; the newspaper list of 2023 has 80 Romanians.
    """
    return single(cell("deployments", actor="ROU", measure="soldiers_added", date="2023-10-03"))


# ── The United States in Kosovo ──────────────────────────────────────────────────────────────────────


def _us(year: int) -> Cell:
    return cell("us_troops", "personnel", iso3="XKX", year=year)


@fact(counts="soldiers")
def us_soldiers_in_kosovo_1999() -> Figure:
    """United States military personnel in Kosovo in 1999, after the reports of the US Department of Defense.

    No report is kept with the file to check it; Washington had committed 7,000 in June.
    """
    return single(_us(1999), _BY_THE_PENTAGON)


@fact(counts="soldiers")
def us_soldiers_in_kosovo_2003() -> Figure:
    """United States soldiers in KFOR in Kosovo in 2003, as the President told Congress in two letters.

    The reports of the Department of Defense have 319 for that year and leave the contingent out.
    """
    may, november = (
        cell("kfor_contributions", "troops", iso3="USA", date=date) for date in ("2003-05-14", "2003-11-14")
    )
    return Figure((november.value, may.value), rows=(november, may), qualifier=may.qualifier)


@fact(counts="soldiers")
def us_soldiers_in_kosovo_2008() -> Figure:
    """United States military personnel in Kosovo in 2008, after the reports of the US Department of Defense.

    Another report of the same year lists two.
    """
    return single(_us(2008), _BY_THE_PENTAGON)


@fact(counts="soldiers")
def us_soldiers_in_kosovo_2017() -> Figure:
    """United States military personnel in Kosovo in 2017, the last year in which the reports count them.

    NATO’s list of February 2017 has 675.
    """
    return single(_us(2017), _BY_THE_PENTAGON)


@fact(unit="%", digits=1, formula="100 × (1999 − 2017) ÷ 1999")
def us_cut_in_kosovo_1999_2017() -> Figure:
    """By how much the United States contingent in Kosovo shrank between 1999 and 2017.

    Two years of a series that goes up and down between them: it has 807 in 2011 and 1,412 in 2012.
    """
    before, after = _us(1999), _us(2017)
    value = 100 * (before.value - after.value) / before.value
    return Figure(value, rows=(before, after), attribution=_BY_THE_PENTAGON)


@fact(counts="soldiers")
def us_personnel_reported_2023() -> Figure:
    """United States military personnel in Kosovo in 2023 by the Department of Defense’s report.

    Embassy and liaison staff only. Never read it as the strength of the contingent, which was near 600.
    """
    return single(_us(2023), "in a report that leaves KFOR out")


@fact(counts="years", formula="years whose figure leaves the contingent or part of it out")
def us_reporting_gaps() -> Figure:
    """Years from 1999 to 2024 in which the reports leave out most or all of the US contingent in Kosovo.

    2003, 2009 and all from 2018: a chart of the raw file shows a withdrawal that never took place.
    """
    gaps = ("reporting gap", "contingency force left out")
    return counted(chosen("us_troops", "personnel", iso3="XKX", coverage=gaps))
