"""Democracy in Serbia and Kosovo by the V-Dem index, and who voted in the north of Kosovo."""

from __future__ import annotations

from twolenses.data import Cell, cell
from twolenses.facts._choose import chosen
from twolenses.facts._rows import single, total
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
    kosovo = {row.row["year"]: row for row in chosen("democracy", "polyarchy", iso3="XKX")}
    serbia = {row.row["year"]: row for row in chosen("democracy", "polyarchy", iso3="SRB")}
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


# ── The vote of 23 April 2023 in the north ───────────────────────────────────────────────────────────

_APRIL_2023, _APRIL_2024, _MAY_2019 = "2023-04-23", "2024-04-21", "2019-05-19"
_NORTH = ("Leposaviq/Leposavić", "North Mitrovica", "Zubin Potok", "Zveçan/Zvečan")


def _vote(date: str, measure: str, municipality: str = "all four") -> Cell:
    return cell("north_kosovo_votes", date=date, measure=measure, municipality=municipality, doubtful=False)


def _four(measure: str) -> tuple[Cell, ...]:
    return tuple(_vote(_APRIL_2023, measure, municipality) for municipality in _NORTH)


def _turnout(date: str) -> Figure:
    votes, register = _vote(date, "votes_cast"), _vote(date, "registered_voters")
    return Figure(100 * votes.value / register.value, rows=(votes, register))


@fact(counts="voters")
def registered_voters_april_2023() -> Figure:
    """Voters registered in the four northern municipalities for the vote of 23 April 2023.

    By Kosovo’s election commission. The register holds people who live elsewhere.
    """
    return single(_vote(_APRIL_2023, "registered_voters"))


@fact(counts="voters")
def voters_april_2023() -> Figure:
    """People who voted for mayors in the four northern municipalities on 23 April 2023.

    By Kosovo’s election commission; Serb List had called for a boycott. Figures by community that Belgrade gave
    add up to twelve more.
    """
    return single(_vote(_APRIL_2023, "votes_cast"))


@fact(unit="%", digits=2, formula="100 × votes cast ÷ registered voters")
def turnout_april_2023() -> Figure:
    """Turnout in the four northern municipalities in the vote for mayors of 23 April 2023.

    Of registered voters, some of whom live elsewhere: the turnout of residents is not known. It measures
    consent, not legality.
    """
    return _turnout(_APRIL_2023)


@fact(counts="voters")
def voters_leposavic_april_2023() -> Figure:
    """People who voted for a mayor in Leposaviq/Leposavić on 23 April 2023."""
    return single(_vote(_APRIL_2023, "votes_cast", "Leposaviq/Leposavić"))


@fact(counts="voters")
def voters_north_mitrovica_april_2023() -> Figure:
    """People who voted for a mayor in North Mitrovica on 23 April 2023."""
    return single(_vote(_APRIL_2023, "votes_cast", "North Mitrovica"))


@fact(counts="voters")
def voters_zubin_potok_april_2023() -> Figure:
    """People who voted for a mayor in Zubin Potok on 23 April 2023."""
    return single(_vote(_APRIL_2023, "votes_cast", "Zubin Potok"))


@fact(counts="voters")
def voters_zvecan_april_2023() -> Figure:
    """People who voted for a mayor in Zveçan/Zvečan on 23 April 2023."""
    return single(_vote(_APRIL_2023, "votes_cast", "Zveçan/Zvečan"))


@fact(unit="%", digits=2)
def turnout_leposavic_april_2023() -> Figure:
    """Turnout in Leposaviq/Leposavić on 23 April 2023, the lowest of the four.

    As printed; the registered voters of single municipalities were not found.
    """
    return single(_vote(_APRIL_2023, "turnout_pct", "Leposaviq/Leposavić"))


@fact(unit="%", digits=2)
def turnout_north_mitrovica_april_2023() -> Figure:
    """Turnout in North Mitrovica on 23 April 2023.

    As printed; the text says *of the population* where registered voters are meant.
    """
    return single(_vote(_APRIL_2023, "turnout_pct", "North Mitrovica"))


@fact(unit="%", digits=2)
def turnout_zubin_potok_april_2023() -> Figure:
    """Turnout in Zubin Potok on 23 April 2023, the highest of the four.

    As printed; the registered voters of single municipalities were not found.
    """
    return single(_vote(_APRIL_2023, "turnout_pct", "Zubin Potok"))


@fact(unit="%", digits=2)
def turnout_zvecan_april_2023() -> Figure:
    """Turnout in Zveçan/Zvečan on 23 April 2023.

    As printed; the registered voters of single municipalities were not found.
    """
    return single(_vote(_APRIL_2023, "turnout_pct", "Zveçan/Zvečan"))


@fact(unit="%", digits=2, formula="lowest and highest of the four")
def turnout_range_april_2023() -> Figure:
    """Turnout on 23 April 2023 from the lowest to the highest of the four northern municipalities."""
    rows = _four("turnout_pct")
    return Figure((min(row.value for row in rows), max(row.value for row in rows)), rows=rows)


@fact(counts="votes", formula="lowest and highest of the four winners")
def mayors_votes_april_2023() -> Figure:
    """Votes for the winning candidates of 23 April 2023, from the fewest to the most of the four.

    Preliminary results.
    """
    rows = _four("winner_votes")
    return Figure((min(row.value for row in rows), max(row.value for row in rows)), rows=rows)


@fact(unit="%", digits=2, formula="100 × votes of the four winners ÷ registered voters of all four")
def mayors_share_of_registered_april_2023() -> Figure:
    """Share of the registered voters of the north who chose the mayors elected on 23 April 2023.

    Preliminary results, and a register that holds people who live elsewhere.
    """
    votes, register = _four("winner_votes"), _vote(_APRIL_2023, "registered_voters")
    return Figure(100 * total(votes).low / register.value, rows=(*votes, register))


@fact(counts="votes")
def votes_for_the_serb_candidate_april_2023() -> Figure:
    """Votes for the only Kosovo Serb who stood for mayor on 23 April 2023, in Zveçan/Zvečan."""
    return single(_vote(_APRIL_2023, "candidate_votes", "Zveçan/Zvečan"))


# ── The vote of 21 April 2024, and 2019 for comparison ───────────────────────────────────────────────


@fact(counts="voters")
def registered_voters_april_2024() -> Figure:
    """Voters registered in the four northern municipalities for the vote of 21 April 2024 on recalling mayors.

    By Kosovo’s election commission. The register holds people who live elsewhere.
    """
    return single(_vote(_APRIL_2024, "registered_voters"))


@fact(counts="voters")
def voters_april_2024() -> Figure:
    """People who voted on recalling the mayors of the four northern municipalities on 21 April 2024.

    By Kosovo’s election commission; Serb List called for a boycott of this vote too.
    """
    return single(_vote(_APRIL_2024, "votes_cast"))


@fact(unit="%", digits=2, formula="100 × votes cast ÷ registered voters")
def turnout_april_2024() -> Figure:
    """Turnout in the four northern municipalities in the recall vote of 21 April 2024.

    Of registered voters, some of whom live elsewhere. A recall is not an election: compare with care.
    """
    return _turnout(_APRIL_2024)


@fact(counts="voters")
def registered_voters_may_2019() -> Figure:
    """Voters registered in the four northern municipalities for the election of mayors of 19 May 2019.

    By Kosovo’s election commission.
    """
    return single(_vote(_MAY_2019, "registered_voters"))


@fact(unit="%")
def turnout_may_2019() -> Figure:
    """Turnout in the four northern municipalities in the election of mayors of 19 May 2019, without a boycott.

    By Kosovo’s election commission, as the press printed it.
    """
    return single(_vote(_MAY_2019, "turnout_pct"))


@fact(unit="percentage points", digits=1, formula="turnout of May 2019 − turnout of April 2023")
def turnout_fall_since_2019() -> Figure:
    """By how much turnout in the four northern municipalities fell from May 2019 to April 2023.

    The figure of 2019 is a lower bound, and the registers of the two years differ.
    """
    before, after = _vote(_MAY_2019, "turnout_pct"), _vote(_APRIL_2023, "turnout_pct")
    return Figure(before.value - after.value, rows=(before, after), qualifier=before.qualifier)
