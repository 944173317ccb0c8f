"""The war of 1998–99: the dead by several rules of counting, and how three sources code the conflict.

Counts differ because rules differ: which deaths, found how, in which months. No figure here says who killed, and
groups differ in size, so a count is not a risk. Every figure prints with its owner.
"""

from __future__ import annotations

from twolenses.data import Cell, cell
from twolenses.facts._choose import pick
from twolenses.facts._rows import counted, percent, total
from twolenses.facts.figure import Figure, fact

_MEMORY_BOOK = "in the Kosovo Memory Book"
_UCDP = "by UCDP’s narrower rule"
_BETWEEN = "between the two counts"
_ESTIMATE = "in the estimates of Ball and others"
_CODED = "as UCDP codes it"
_DISPUTES = "in the Correlates of War’s list"
_RIVALRIES = "in one list of rivalries"


def _persons(first: str = "1998-01", last: str = "2000-12", **where: str) -> tuple[Cell, ...]:
    """Rows of the Memory Book between two months, both included."""
    rows = pick("war_deaths", "persons", **where)
    return tuple(row for row in rows if first <= row.row["month"] <= last)


def _share(part: tuple[Cell, ...], whole: tuple[Cell, ...]) -> Figure:
    return percent(part, whole, _MEMORY_BOOK)


# ── The Kosovo Memory Book ───────────────────────────────────────────────────────────────────────────


@fact(counts="people", formula="sum of the monthly counts")
def memory_book_total() -> Figure:
    """People of all groups killed, missing or dead through the war from 1998 to 2000, by the Kosovo Memory Book.

    Our sum of its records as copied in 2025; the Humanitarian Law Center itself printed 13,526 in 2013 and
    13,535 about a year later. Civilians and members of armed formations together.
    """
    return total(_persons(), _MEMORY_BOOK)


@fact(counts="people", formula="sum of the monthly counts of this group")
def memory_book_albanians() -> Figure:
    """Albanians killed, missing or dead through the war from 1998 to 2000, by the Kosovo Memory Book.

    Civilians and members of armed formations. Groups differ in size, so a count is not a risk.
    """
    return total(_persons(group="Albanian"), _MEMORY_BOOK)


@fact(counts="people", formula="sum of the monthly counts of this group")
def memory_book_serbs() -> Figure:
    """Serbs killed, missing or dead through the war from 1998 to 2000, by the Kosovo Memory Book.

    Civilians and members of armed formations. Groups differ in size, so a count is not a risk.
    """
    return total(_persons(group="Serb"), _MEMORY_BOOK)


@fact(counts="people", formula="sum of the monthly counts of this group")
def memory_book_roma() -> Figure:
    """Roma, Ashkali and Egyptians killed, missing or dead through the war, by the Kosovo Memory Book.

    From 1998 to 2000; the table keeps the three groups together.
    """
    return total(_persons(group="Roma, Ashkali and Egyptian"), _MEMORY_BOOK)


@fact(counts="people", formula="sum of the monthly counts of this group")
def memory_book_montenegrins() -> Figure:
    """Montenegrins killed, missing or dead through the war from 1998 to 2000, by the Kosovo Memory Book.

    Civilians and members of armed formations. Groups differ in size, so a count is not a risk.
    """
    return total(_persons(group="Montenegrin"), _MEMORY_BOOK)


@fact(counts="people", formula="sum of the monthly counts of this group")
def memory_book_others() -> Figure:
    """People of further groups killed, missing or dead through the war, by the Kosovo Memory Book.

    Bosniaks, Hungarians, Gorani, Turks and a few more, citizens of other states among them; 1998 to 2000.
    """
    return total(_persons(group="other"), _MEMORY_BOOK)


@fact(unit="%", digits=1, formula="100 × Albanians ÷ all groups")
def memory_book_albanian_share() -> Figure:
    """Share of Albanians among the dead and missing of 1998 to 2000 in the Kosovo Memory Book.

    The same to one decimal with the numbers that the Humanitarian Law Center printed, 10,812 of 13,535.
    """
    return _share(_persons(group="Albanian"), _persons())


@fact(unit="%", digits=1, formula="100 × Serbs ÷ all groups")
def memory_book_serb_share() -> Figure:
    """Share of Serbs among the dead and missing of 1998 to 2000 in the Kosovo Memory Book.

    The same to one decimal with the numbers that the Humanitarian Law Center printed, 2,197 of 13,535.
    """
    return _share(_persons(group="Serb"), _persons())


@fact(unit="%", digits=1, formula="100 × all but Albanians and Serbs ÷ all groups")
def memory_book_other_share() -> Figure:
    """Share of all other groups among the dead and missing of 1998 to 2000 in the Kosovo Memory Book.

    Roma, Ashkali and Egyptians, Montenegrins, Bosniaks and more: the part that a sentence on two groups drops.
    """
    others = tuple(row for row in _persons() if row.row["group"] not in ("Albanian", "Serb"))
    return _share(others, _persons())


@fact(counts="people", formula="sum of the monthly counts of civilians")
def memory_book_civilians() -> Figure:
    """Civilians of all groups among the dead and missing of 1998 to 2000 in the Kosovo Memory Book.

    As the book records them; the others were members of armed formations.
    """
    return total(_persons(status="civilian"), _MEMORY_BOOK)


@fact(unit="%", digits=1, formula="100 × civilians ÷ all")
def memory_book_civilian_share() -> Figure:
    """Share of civilians among the dead and missing of 1998 to 2000 in the Kosovo Memory Book.

    The others were members of the army, the police or the Kosovo Liberation Army.
    """
    return _share(_persons(status="civilian"), _persons())


@fact(unit="%", formula="100 × Albanian civilians of March to May 1999 ÷ all Albanian civilians")
def memory_book_albanian_civilians_spring_1999() -> Figure:
    """Share of the Albanian civilians in the Kosovo Memory Book who died or disappeared in March to May 1999.

    The months of the bombing and the expulsion. The book has no perpetrators, and a month does not replace one.
    """
    civilians = {"group": "Albanian", "status": "civilian"}
    return _share(_persons("1999-03", "1999-05", **civilians), _persons(**civilians))


@fact(unit="%", formula="100 × Serb civilians of June 1999 or later ÷ all Serb civilians")
def memory_book_serb_civilians_from_june_1999() -> Figure:
    """Share of the Serb civilians in the Kosovo Memory Book who died or disappeared in June 1999 or later.

    KFOR entered on 12 June; the month is not divided. The book has no perpetrators, and a month does not replace
    one.
    """
    civilians = {"group": "Serb", "status": "civilian"}
    return _share(_persons("1999-06", **civilians), _persons(**civilians))


def _by_month() -> dict[str, tuple[Cell, ...]]:
    return {month: _persons(month, month) for month in sorted({row.row["month"] for row in _persons()})}


@fact(counts="people", formula="largest sum of all groups in one month")
def memory_book_peak_month() -> Figure:
    """People of all groups in the Kosovo Memory Book who died or disappeared in April 1999, its peak month.

    Killed, missing or dead through the war, in Kosovo and outside it.
    """
    return max((total(rows, _MEMORY_BOOK) for rows in _by_month().values()), key=lambda one: one.low)


@fact(unit="%", formula="100 × April 1999 ÷ all months")
def memory_book_peak_month_share() -> Figure:
    """Share of April 1999, the peak month, in the dead and missing of the Kosovo Memory Book, 1998 to 2000.

    A month says when, not by whom.
    """
    return _share(memory_book_peak_month().rows, _persons())


# ── The same two years by another rule ───────────────────────────────────────────────────────────────


def _ucdp(first: int, last: int) -> tuple[Cell, ...]:
    return pick("conflict_deaths", "deaths", iso3="SRB", year=range(first, last + 1))


@fact(counts="people", formula="sum of the monthly counts of two years")
def memory_book_1998_1999() -> Figure:
    """People of all groups in the Kosovo Memory Book who died or disappeared in 1998 and 1999.

    The part of the book that can stand beside UCDP’s count, which has nothing for 2000.
    """
    return total(_persons("1998-01", "1999-12"), _MEMORY_BOOK)


@fact(counts="people", formula="1998 + 1999")
def ucdp_deaths_1998_1999() -> Figure:
    """Deaths in organised violence in Kosovo and from the bombing, 1998 and 1999, as UCDP counts them.

    Deaths in reported events for which a number and the actors can be told, and all of Serbia’s territory. The
    best estimate of a data set made for comparing wars, not for recording persons.
    """
    return total(_ucdp(1998, 1999), _UCDP)


@fact(counts="people", formula="UCDP; Kosovo Memory Book")
def dead_1998_1999_by_two_counts() -> Figure:
    """The dead of 1998 and 1999 by two counts, UCDP’s and the Kosovo Memory Book’s.

    Not an error bar: the lower count is of deaths in reported events, the higher one of single persons, the
    missing included.
    """
    low, high = ucdp_deaths_1998_1999(), memory_book_1998_1999()
    return Figure((low.low, high.low), rows=low.rows + high.rows, attribution="by two rules of counting")


@fact(digits=1, formula="Kosovo Memory Book ÷ UCDP, both 1998–99")
def memory_book_to_ucdp() -> Figure:
    """Persons in the Kosovo Memory Book for each death in UCDP’s count, 1998 and 1999 together.

    It hides a difference between the two years: see the ratio by year.
    """
    first, second = memory_book_1998_1999(), ucdp_deaths_1998_1999()
    ratio = float(first) / float(second)
    return Figure(ratio, rows=first.rows + second.rows, attribution=_BETWEEN)


@fact(digits=1, formula="Kosovo Memory Book ÷ UCDP, in 1998 and in 1999")
def memory_book_to_ucdp_by_year() -> Figure:
    """Persons in the Kosovo Memory Book for each death in UCDP’s count, lower in 1998 and higher in 1999.

    A study of both finds that UCDP misses the more, the fiercer the fighting.
    """
    pairs = [(total(_persons(f"{year}-01", f"{year}-12")), total(_ucdp(year, year))) for year in (1998, 1999)]
    low, high = sorted(float(book) / float(ucdp) for book, ucdp in pairs)
    rows = tuple(row for pair in pairs for one in pair for row in one.rows)
    return Figure((low, high), rows=rows, attribution=_BETWEEN)


# ── An estimate from lists that overlap ──────────────────────────────────────────────────────────────


def _periods() -> tuple[Cell, ...]:
    return pick("war_deaths_1999_estimates", "killings")


@fact(counts="people", formula="sum of the periods that have a figure")
def ball_killings_in_periods() -> Figure:
    """Killings of Kosovo Albanians between 20 March and 23 June 1999: sum of two-day estimates by Ball and others.

    Made for the tribunal in The Hague and disputed there by the defence in two trials. Not a total: four periods
    have no figure, and Ball gave the court a range of 9,002 to 12,122. Other victims are not estimated.
    """
    rows = tuple(row for row in _periods() if row.row["basis"] != "none")
    return total(rows, _ESTIMATE)


@fact(counts="people", formula="sum of the monthly counts of Albanians, March to June 1999")
def memory_book_albanians_spring_1999() -> Figure:
    """Albanians in the Kosovo Memory Book who died or disappeared from March to June 1999.

    The part of the book nearest to the estimate of Ball and others, and not the same: whole months, the missing
    included, and members of armed formations too.
    """
    return total(_persons("1999-03", "1999-06", group="Albanian"), _MEMORY_BOOK)


@fact(counts="people", formula="estimate ± 1.96 standard errors")
def ball_killings_24_march() -> Figure:
    """Killings of Kosovo Albanians on 24 and 25 March 1999, 95% interval of the estimate by Ball and others.

    One period, shown for its width. The source requires the note that its data are a convenience sample and do
    not support conclusions about patterns or trends.
    """
    killings, error = (
        cell("war_deaths_1999_estimates", column, period_start="1999-03-24")
        for column in ("killings", "standard_error")
    )
    half = 1.96 * error.value
    ends = (killings.value - half, killings.value + half)
    return Figure(ends, rows=(killings, error), attribution=_ESTIMATE)


@fact(counts="periods", formula="rows with a standard error")
def ball_periods_with_error() -> Figure:
    """Two-day periods, of the forty-eight from 20 March to 23 June 1999, whose estimate comes with an error.

    The others have a figure without one, or none.
    """
    return counted(pick("war_deaths_1999_estimates", "standard_error", basis="estimate"), "", _ESTIMATE)


# ── How sources code the conflict ────────────────────────────────────────────────────────────────────


def _conflict(year: int, column: str) -> Cell:
    return cell("armed_conflicts", column, conflict="Kosovo", year=year)


@fact(unit="year", formula="first and last year in which the conflict is active")
def ucdp_kosovo_war_years() -> Figure:
    """Years in which UCDP codes the conflict in Kosovo as active: 25 deaths in battle or more.

    As a conflict over territory between the government of Yugoslavia and an armed group, internationalised in
    1999. What the parties call it is another matter.
    """
    rows = pick("armed_conflicts", "year", conflict="Kosovo")
    years = [int(row.value) for row in rows]
    return Figure((min(years), max(years)), rows=rows, attribution=_CODED)


@fact(unit="year", formula="year of the first death in battle")
def ucdp_kosovo_first_death() -> Figure:
    """The year of the first death in battle that UCDP counts to the conflict in Kosovo.

    Two years before the fighting passes 25 deaths a year: a start date is a rule.
    """
    row = _conflict(1998, "first_death")
    return Figure(int(str(row.value)[:4]), rows=(row,), attribution=_CODED)


@fact(counts="states")
def states_against_yugoslavia_1999() -> Figure:
    """States whose troops UCDP codes against the government of Yugoslavia in 1999: the members of NATO.

    A coding of sides: it does not say what each state did.
    """
    row = _conflict(1999, "states_against_count")
    return Figure(row.value, rows=(row,), attribution=_CODED)


def _disputes(**where: str) -> Figure:
    """Disputes, each counted once however many opponents and years it has."""
    rows = pick("disputes", "dispute", **where)
    return Figure(len({row.value for row in rows}), rows=rows, attribution=_DISPUTES)


@fact(counts="disputes", formula="different disputes, not rows")
def disputes_of_serbia() -> Figure:
    """Militarised disputes of Yugoslavia and Serbia with other states, 1991 to 2014, in the Correlates of War.

    Threats, displays and uses of force between states. The data end in 2014.
    """
    return _disputes()


@fact(counts="disputes", formula="different disputes, not rows")
def disputes_serbia_kosovo() -> Figure:
    """Militarised disputes between Serbia and Kosovo, 2008 to 2014, in the Correlates of War.

    July 2011 and July 2013; no act of Kosovo is coded in either. The source counts Kosovo as a state from 2008
    and ends in 2014: nothing on 2021 to 2023.
    """
    return _disputes(iso3_2="XKX")


@fact(unit="year")
def rivalry_kosovo_serbia_since() -> Figure:
    """The year from which Thompson, Sakuwa and Suhas hold Kosovo and Serbia to be strategic rivals.

    Over territory, and ongoing in 2020. In this source a rivalry needs two states, so it cannot begin earlier.
    """
    row = cell("rivalries", "start_year", iso3_1="SRB", iso3_2="XKX")
    return Figure(row.value, rows=(row,), attribution=_RIVALRIES)


@fact(counts="rivalries", formula="rows marked as ongoing")
def rivalries_ongoing_2020() -> Figure:
    """Strategic rivalries of the region that Thompson, Sakuwa and Suhas held to be ongoing in 2020.

    Bosnia and Herzegovina with Croatia and with Serbia, Kosovo with Serbia. Albania and Serbia are not listed;
    an absence is not friendship.
    """
    return counted(pick("rivalries", "ongoing_2020", ongoing_2020=True), "", _RIVALRIES)
