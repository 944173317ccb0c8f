"""Democracy in Serbia and Kosovo by the V-Dem index."""

from __future__ import annotations

from twolenses.data import Cell, cell
from twolenses.facts._choose import pick
from twolenses.facts._rows import single
from twolenses.facts.figure import Figure, fact

# ── The electoral democracy index ────────────────────────────────────────────────────────────────────


def _polyarchy(state: str, year: int) -> Cell:
    return cell("democracy", "polyarchy", iso3=state, year=year)


def _index(state: str, year: int) -> Figure:
    return single(_polyarchy(state, year))


def _interval(state: str, year: int) -> Figure:
    ends = ("polyarchy_low", "polyarchy_high")
    low, high = (cell("democracy", end, iso3=state, year=year) for end in ends)
    return Figure((low.value, high.value), rows=(low, high))


@fact(digits=3)
def serbia_polyarchy_2012() -> Figure:
    """Serbia on V-Dem’s electoral democracy index, from 0 to 1, in 2012.

    An estimate from the judgements of coders: print its interval beside it.
    """
    return _index("SRB", 2012)


@fact(digits=3)
def serbia_polyarchy_2012_interval() -> Figure:
    """Interval of Serbia’s value on V-Dem’s electoral democracy index in 2012.

    It overlaps Kosovo’s of that year: which of the two was ahead is not settled.
    """
    return _interval("SRB", 2012)


@fact(digits=3)
def kosovo_polyarchy_2012() -> Figure:
    """Kosovo on V-Dem’s electoral democracy index, from 0 to 1, in 2012.

    An estimate from the judgements of coders; it does not say how the system works for a minority.
    """
    return _index("XKX", 2012)


@fact(digits=3)
def kosovo_polyarchy_2012_interval() -> Figure:
    """Interval of Kosovo’s value on V-Dem’s electoral democracy index in 2012.

    It overlaps Serbia’s of that year: which of the two was ahead is not settled.
    """
    return _interval("XKX", 2012)


@fact(digits=3)
def serbia_polyarchy_2023() -> Figure:
    """Serbia on V-Dem’s electoral democracy index, from 0 to 1, in 2023, the year of the crisis.

    An estimate from the judgements of coders: print its interval beside it.
    """
    return _index("SRB", 2023)


@fact(digits=3)
def serbia_polyarchy_2023_interval() -> Figure:
    """Interval of Serbia’s value on V-Dem’s electoral democracy index in 2023.

    It lies wholly below Kosovo’s.
    """
    return _interval("SRB", 2023)


@fact(digits=3)
def kosovo_polyarchy_2023() -> Figure:
    """Kosovo on V-Dem’s electoral democracy index, from 0 to 1, in 2023, the year of the crisis.

    An estimate from the judgements of coders. One value for the whole: the boycotted vote in the north was held
    in a state that V-Dem placed well above Serbia.
    """
    return _index("XKX", 2023)


@fact(digits=3)
def kosovo_polyarchy_2023_interval() -> Figure:
    """Interval of Kosovo’s value on V-Dem’s electoral democracy index in 2023.

    It lies wholly above Serbia’s.
    """
    return _interval("XKX", 2023)


@fact(digits=3)
def serbia_polyarchy_2024() -> Figure:
    """Serbia on V-Dem’s electoral democracy index, from 0 to 1, in 2024, the last year of the data.

    An estimate from the judgements of coders: print its interval beside it.
    """
    return _index("SRB", 2024)


@fact(digits=3)
def serbia_polyarchy_2024_interval() -> Figure:
    """Interval of Serbia’s value on V-Dem’s electoral democracy index in 2024.

    It lies wholly below the interval of 2012: the fall is larger than the error.
    """
    return _interval("SRB", 2024)


@fact(digits=3)
def kosovo_polyarchy_2024() -> Figure:
    """Kosovo on V-Dem’s electoral democracy index, from 0 to 1, in 2024, the last year of the data.

    An estimate from the judgements of coders; it does not say how the system works for a minority.
    """
    return _index("XKX", 2024)


@fact(digits=3)
def kosovo_polyarchy_2024_interval() -> Figure:
    """Interval of Kosovo’s value on V-Dem’s electoral democracy index in 2024.

    It lies wholly above the interval of 2012: the rise is larger than the error.
    """
    return _interval("XKX", 2024)


@fact(digits=3, formula="value of 2012 − value of 2024")
def serbia_polyarchy_fall() -> Figure:
    """By how much Serbia’s value on V-Dem’s electoral democracy index fell from 2012 to 2024.

    The intervals of the two years do not overlap.
    """
    before, after = _polyarchy("SRB", 2012), _polyarchy("SRB", 2024)
    return Figure(before.value - after.value, rows=(before, after))


@fact(digits=3, formula="value of 2024 − value of 2012")
def kosovo_polyarchy_rise() -> Figure:
    """By how much Kosovo’s value on V-Dem’s electoral democracy index rose from 2012 to 2024.

    The intervals of the two years do not overlap.
    """
    before, after = _polyarchy("XKX", 2012), _polyarchy("XKX", 2024)
    return Figure(after.value - before.value, rows=(before, after))


def _both() -> dict[int, tuple[Cell, Cell]]:
    kosovo = {row.row["year"]: row for row in pick("democracy", "polyarchy", iso3="XKX")}
    serbia = {row.row["year"]: row for row in pick("democracy", "polyarchy", iso3="SRB")}
    return {year: (serbia[year], kosovo[year]) for year in sorted(serbia.keys() & kosovo.keys())}


def _end(row: Cell, end: str) -> float:
    return float(row.row[f"polyarchy_{end}"])


def _first_from(holds: dict[int, bool]) -> int:
    """First of the years from which on it holds in all that follow."""
    return max(year for year, does in holds.items() if not does) + 1


@fact(unit="year", formula="first year from which Kosovo’s value stays above Serbia’s")
def polyarchy_crossing() -> Figure:
    """Year from which V-Dem’s electoral democracy index has stood higher for Kosovo than for Serbia.

    By the values alone; in that year and the one before, the intervals overlap.
    """
    pairs = _both()
    year = _first_from({year: kosovo.value > serbia.value for year, (serbia, kosovo) in pairs.items()})
    return Figure(year, rows=(*pairs[year - 1], *pairs[year]))


@fact(unit="year", formula="first year from which Kosovo’s interval stays wholly above Serbia’s")
def polyarchy_clear_crossing() -> Figure:
    """Year from which Kosovo has stood above Serbia on V-Dem’s electoral democracy index beyond the error.

    The lower end of Kosovo’s interval is above the upper end of Serbia’s in that year and in all that follow.
    """
    pairs = _both()
    apart = {year: _end(kosovo, "low") > _end(serbia, "high") for year, (serbia, kosovo) in pairs.items()}
    year = _first_from(apart)
    return Figure(year, rows=(*pairs[year - 1], *pairs[year]))


_MIDDLE = 0.5  # of a scale from 0 to 1


@fact(unit="year", formula="last year with both values above 0.5")
def last_year_both_above_half() -> Figure:
    """Last year in which V-Dem’s electoral democracy index stood above one half for both Serbia and Kosovo.

    One half is the middle of the scale, a convention and not a finding, and the intervals of that year hold it.
    Kosovo before 2008 is coded under UN administration.
    """
    pairs = _both()
    year = max(year for year, pair in pairs.items() if min(row.value for row in pair) > _MIDDLE)
    return Figure(year, rows=(*pairs[year], *pairs[year + 1]))
