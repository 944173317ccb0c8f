"""Who carries KFOR: the nations, their contingents and shares."""

from __future__ import annotations

from twolenses.data import Cell, cell
from twolenses.facts._choose import pick
from twolenses.facts._rows import counted, percent, single, total
from twolenses.facts.figure import Figure, fact

_BY_OUR_READING = "by our reading of NATO’s list"
_BY_ONE_LIST = "by one list of 2023"


def _strength(date: str, column: str = "troops") -> Cell:
    return cell("kfor_strength", column, date=date, in_series=True)


def _list(date: str) -> tuple[Cell, ...]:
    """A list that names every nation: February 2017 or 2023, largest contingent first."""
    rows = pick("kfor_contributions", "troops", date=date, listing="complete")
    return tuple(sorted(rows, key=lambda row: -int(row.value)))


def _soldiers(iso3: str, date: str, column: str = "troops", series: str = "press") -> Cell:
    return cell("kfor_contributions", column, iso3=iso3, date=date, series=series)


def _share(iso3: str, date: str, attribution: str = "") -> Figure:
    rows = _list(date)
    return percent(tuple(row for row in rows if row.row["iso3"] == iso3), rows, attribution)


def _two_newspapers(*rows: Cell) -> Figure:
    low, high = sorted(row.value for row in rows)
    return Figure((low, high), rows=rows, attribution="by two newspapers")


# ── The nations ──────────────────────────────────────────────────────────────────────────────────────


@fact(counts="nations")
def kfor_nations_1999() -> Figure:
    """Nations with soldiers in KFOR in September 1999, by NATO’s own statement.

    Seventeen members of NATO and twenty-one others, Russia the largest of these.
    """
    row = _strength("1999-09-08", "nations")
    return Figure(row.value, rows=(row,))


@fact(counts="nations", formula="rows of NATO’s list of February 2017")
def kfor_nations_2017() -> Figure:
    """Nations with soldiers in KFOR in February 2017, as NATO listed them.

    A nation counts with one soldier as with hundreds: two sent one each.
    """
    return counted(_list("2017-02"))


@fact(counts="nations", formula="rows of the list of 2023")
def kfor_nations_2023() -> Figure:
    """Nations with soldiers in KFOR in 2023, as a Belgrade newspaper listed them from official data.

    The newspaper says 28 and names 27; NATO also said 27 on 6 October 2023.
    """
    return counted(_list("2023"))


@fact(counts="nations")
def kfor_nations_latest() -> Figure:
    """Nations with soldiers in KFOR at the latest date for which the table has their number.

    A nation counts with one soldier as with hundreds.
    """
    rows = [row for row in pick("kfor_strength", "nations", in_series=True) if row.value is not None]
    latest = max(rows, key=lambda row: str(row.row["date"]))
    return Figure(latest.value, rows=(latest,))


# ── Who carries it ───────────────────────────────────────────────────────────────────────────────────


@fact(counts="soldiers", formula="sum of the contingents listed")
def kfor_contributions_2017() -> Figure:
    """Soldiers of all nations together in NATO’s list of February 2017.

    The contingents add up to the total that NATO prints on the same sheet.
    """
    return total(_list("2017-02"))


@fact(counts="soldiers", formula="sum of the contingents listed")
def kfor_contributions_2023() -> Figure:
    """Soldiers of all nations together in a Belgrade newspaper’s list of 2023.

    The list adds up to the total it states, but other texts of the same autumn have 4,500 and more: the list
    does not say from which month it is.
    """
    return total(_list("2023"), _BY_ONE_LIST)


@fact(counts="soldiers")
def us_soldiers_in_kfor_2017() -> Figure:
    """United States soldiers in KFOR in February 2017, the largest contingent of NATO’s list.

    The copy of the list drops four names; this one was supplied from its place in the alphabet.
    """
    return single(_soldiers("USA", "2017-02", series="placemat"), _BY_OUR_READING)


@fact(unit="%", digits=1, formula="100 × United States ÷ sum of the contingents listed")
def us_share_of_kfor_2017() -> Figure:
    """Share of the United States, the largest contributor, in KFOR in February 2017.

    The copy of the list drops four names; this one was supplied from its place in the alphabet.
    """
    return _share("USA", "2017-02", _BY_OUR_READING)


@fact(counts="soldiers")
def italian_soldiers_in_kfor_2017() -> Figure:
    """Italian soldiers in KFOR in February 2017, as NATO listed them.

    NATO’s list is the only complete one of these years that was found.
    """
    return single(_soldiers("ITA", "2017-02", series="placemat"))


@fact(unit="%", digits=1, formula="100 × Italy ÷ sum of the contingents listed")
def italy_share_of_kfor_2017() -> Figure:
    """Share of Italy in KFOR in February 2017, when it came second to the United States.

    Part and whole come from NATO’s own list.
    """
    return _share("ITA", "2017-02")


@fact(counts="soldiers")
def us_soldiers_in_kfor_2023() -> Figure:
    """United States soldiers in KFOR in 2023, the second largest contingent of a newspaper’s list.

    The reports of the US Department of Defense leave the contingent out in these years.
    """
    return single(_soldiers("USA", "2023"), _BY_ONE_LIST)


@fact(unit="%", digits=1, formula="100 × United States ÷ sum of the contingents listed")
def us_share_of_kfor_2023() -> Figure:
    """Share of the United States in KFOR in 2023.

    Part and whole come from the same list; shares taken across two sources differ.
    """
    return _share("USA", "2023", _BY_ONE_LIST)


@fact(counts="soldiers")
def italian_soldiers_in_kfor_2023() -> Figure:
    """Italian soldiers in KFOR in 2023, the largest contingent, by two newspapers.

    The lower figure is that of a Greek newspaper on 10 October, the higher one that of a Belgrade newspaper.
    """
    return _two_newspapers(_soldiers("ITA", "2023-10-10"), _soldiers("ITA", "2023"))


@fact(unit="%", digits=1, formula="100 × Italy ÷ sum of the contingents listed")
def italy_share_of_kfor_2023() -> Figure:
    """Share of Italy, the largest contributor, in KFOR in 2023.

    Part and whole come from the same list; shares taken across two sources differ.
    """
    return _share("ITA", "2023", _BY_ONE_LIST)


@fact(counts="soldiers")
def italian_soldiers_in_kfor_2025() -> Figure:
    """Italian soldiers in KFOR in April 2025, by a Belgrade newspaper citing NATO’s command in Naples.

    The list that the same newspaper printed in 2023 has 869.
    """
    return single(_soldiers("ITA", "2025-04-25"), "by a newspaper’s account")


@fact(unit="%", digits=0, formula="100 × Italy ÷ total that the same text states")
def italy_share_of_kfor_2025() -> Figure:
    """Share of Italy in KFOR in April 2025, part and total from one newspaper text.

    The text calls the total approximate, though it prints it to the last soldier.
    """
    soldiers = _soldiers("ITA", "2025-04-25")
    stated = _soldiers("ITA", "2025-04-25", "stated_total")
    return Figure(100 * soldiers.value / stated.value, rows=(soldiers, stated), qualifier="about")


@fact(counts="soldiers")
def turkish_soldiers_in_kfor_2023() -> Figure:
    """Turkish soldiers in KFOR in 2023, by two newspapers.

    The lower figure is that of a Belgrade newspaper, the higher one that of a Greek newspaper on 10 October,
    on a change of command. Neither says whether reserves on deployment are counted.
    """
    return _two_newspapers(_soldiers("TUR", "2023"), _soldiers("TUR", "2023-10-10"))


@fact(unit="%", digits=1, formula="100 × five largest contingents ÷ all contingents listed")
def kfor_five_largest_share_2017() -> Figure:
    """Share of the five largest contingents in KFOR in February 2017.

    The United States, Italy, Germany, Austria and Hungary.
    """
    rows = _list("2017-02")
    return percent(rows[:5], rows)


@fact(unit="%", digits=1, formula="100 × five largest contingents ÷ all contingents listed")
def kfor_five_largest_share_2023() -> Figure:
    """Share of the five largest contingents in KFOR in 2023.

    Italy, the United States, Hungary, Turkey and Austria; part and whole come from one list.
    """
    rows = _list("2023")
    return percent(rows[:5], rows, _BY_ONE_LIST)


@fact(unit="%", digits=1, formula="100 × soldiers from outside NATO ÷ all soldiers")
def kfor_outside_nato_2008() -> Figure:
    """Share of soldiers from states outside NATO in KFOR in June 2008, by NATO’s report to the UN.

    The report counts soldiers in theatre, so those outside Kosovo too.
    """
    outside, everybody = _strength("2008-06-30", "non_nato_troops"), _strength("2008-06-30")
    return Figure(100 * outside.value / everybody.value, rows=(outside, everybody))


# ── Russia in KFOR ───────────────────────────────────────────────────────────────────────────────────


@fact(counts="soldiers")
def russian_soldiers_pledged_1999() -> Figure:
    """Soldiers that Russia pledged to KFOR on 10 June 1999, as an agency reported it.

    A pledge, not a count: about a third of them came.
    """
    return single(_soldiers("RUS", "1999-06-10"))


@fact(counts="soldiers")
def russian_soldiers_in_kfor_1999() -> Figure:
    """Russian soldiers in Kosovo in September 1999, KFOR’s largest contingent from outside NATO.

    By NATO’s own statement. Russia had pledged up to 10,000.
    """
    return single(_soldiers("RUS", "1999-09-08"))


@fact(unit="%", digits=1, formula="100 × Russian soldiers ÷ KFOR on the same day")
def russia_share_of_kfor_1999() -> Figure:
    """Share of Russia in KFOR in September 1999, both numbers from one statement of NATO.

    The total includes soldiers in Macedonia and Albania.
    """
    russia, everybody = _soldiers("RUS", "1999-09-08"), _strength("1999-09-08")
    return Figure(100 * russia.value / everybody.value, rows=(russia, everybody))
