"""United States soldiers in Kosovo by the Pentagon’s reports, and the years in which these leave them out."""

from __future__ import annotations

from twolenses.data import Cell, cell
from twolenses.facts._choose import pick
from twolenses.facts._rows import counted, single
from twolenses.facts.figure import Figure, fact

_BY_THE_PENTAGON = "by the Pentagon’s count"


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
    return counted(pick("us_troops", "personnel", iso3="XKX", coverage=gaps))
