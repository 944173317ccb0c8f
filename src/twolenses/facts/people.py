"""What people say in surveys in Serbia and Kosovo, and how many live where, with what a boycott does to a count."""

from __future__ import annotations

from twolenses.data import Cell, cell
from twolenses.facts._choose import agreed, pick
from twolenses.facts._rows import counted, total
from twolenses.facts.figure import Figure, fact

# ── Surveys ──────────────────────────────────────────────────────────────────────────────────────────

_FOR_EU = "support EU accession in a referendum"


def _share(state: str, question: str, period: str) -> Cell:
    return cell("opinion", "share_pct", iso3=state, question=question, period=period)


def _survey(state: str, question: str, period: str) -> Figure:
    row = _share(state, question, period)
    pollster = str(row.row["pollster"]).split(" (")[0]
    return Figure(row.value, rows=(row,), qualifier=row.qualifier, attribution=f"({pollster}, {period[:4]})")


@fact(unit="%")
def no_independence_for_eu_2018() -> Figure:
    """People in Serbia who would not accept Kosovo’s independence as a condition for joining the EU, March 2018.

    Asked by the Institute for European Affairs and Ninamedia, 1,203 people; Kosovo was left out. Later surveys
    ask in other words, so they make no trend.
    """
    return _survey("SRB", "would not accept Kosovo independence as condition for EU membership", "2018-03")


@fact(unit="%")
def independence_for_eu_2018() -> Figure:
    """People in Serbia who would accept Kosovo’s independence as a condition for joining the EU, March 2018.

    Asked by the Institute for European Affairs and Ninamedia, 1,203 people; Kosovo was left out.
    """
    return _survey("SRB", "would accept Kosovo independence as condition for EU membership", "2018-03")


@fact(unit="%")
def no_land_swap_2018() -> Figure:
    """People in Serbia who were against exchanging the Preševo valley for the north of Kosovo, October 2018.

    Asked by Demostat, 1,200 people. Other surveys of that autumn asked for a “separation” and found more support.
    """
    return _survey("SRB", "would not exchange the Preševo valley for the north of Kosovo", "2018-10")


@fact(unit="%")
def land_swap_2018() -> Figure:
    """People in Serbia who were for exchanging the Preševo valley for the north of Kosovo, October 2018.

    Asked by Demostat, 1,200 people.
    """
    return _survey("SRB", "would exchange the Preševo valley for the north of Kosovo", "2018-10")


@fact(unit="%")
def no_recognition_for_eu_2022() -> Figure:
    """People in Serbia who would not join the EU if recognising Kosovo is a condition, July 2022.

    Asked by NSPM, a Belgrade journal; known from the press, without the size of the sample.
    """
    return _survey("SRB", "would not join EU if recognition of Kosovo is a condition", "2022-07")


@fact(unit="%")
def reject_eu_for_kosovo_2008() -> Figure:
    """People in Serbia who rejected the EU path if it depended on recognising Kosovo, 2008, asked by Ipsos.

    Known from the press, without the size of the sample.
    """
    return _survey("SRB", "reject EU path if conditional on recognising Kosovo", "2008")


@fact(unit="%")
def reject_eu_for_kosovo_2022() -> Figure:
    """People in Serbia who rejected the EU path if it depended on recognising Kosovo, 2022, asked by Ipsos.

    The same pollster as in 2008. Others, with other questions, found about four in five.
    """
    return _survey("SRB", "reject EU path if conditional on recognising Kosovo", "2022")


@fact(unit="%", digits=1, formula="lowest and highest of the surveys of the year")
def eu_support_in_serbia_2022() -> Figure:
    """People in Serbia who would vote for joining the EU, 2022, from the lowest to the highest of three surveys.

    NSPM has the lowest, Ipsos the highest; the third is the ministry’s of European integration. Month, sample
    and perhaps wording differ, and two of the three are known from Russian state media.
    """
    periods = ("2022-03", "2022-10", "2022-12")
    rows = tuple(_share("SRB", _FOR_EU, period) for period in periods)
    return Figure(agreed(*(row.value for row in rows)), rows=rows, attribution="depending on the pollster")


@fact(unit="%")
def never_in_the_eu_2015() -> Figure:
    """People in Serbia who expected that the country would never join the EU, 2015, asked by Ipsos."""
    return _survey("SRB", "expect Serbia never to join the EU", "2015")


@fact(unit="%")
def never_in_the_eu_2022() -> Figure:
    """People in Serbia who expected that the country would never join the EU, April 2022, asked by Ipsos.

    The same pollster as in 2015, seven years on.
    """
    return _survey("SRB", "expect Serbia never to join the EU", "2022-04")


@fact(unit="%")
def kosovo_lost_2018() -> Figure:
    """People in Serbia who thought that Kosovo is lost for Serbia, March 2018.

    Asked by the Institute for European Affairs and Ninamedia; nearly as many thought that it is not.
    """
    return _survey("SRB", "Kosovo is lost for Serbia", "2018-03")


@fact(unit="%")
def kosovo_not_lost_2018() -> Figure:
    """People in Serbia who thought that Kosovo is not lost for Serbia, March 2018.

    Asked by the Institute for European Affairs and Ninamedia.
    """
    return _survey("SRB", "Kosovo is not lost for Serbia", "2018-03")


@fact(unit="%")
def kosovo_lost_2019() -> Figure:
    """People in Serbia who thought that Kosovo is lost for Serbia, March 2019.

    Asked by the Institute for European Affairs, without the partner of the year before: no sure trend.
    """
    return _survey("SRB", "Kosovo is lost for Serbia", "2019-03")


@fact(unit="%")
def kosovo_elections_democratic_2022() -> Figure:
    """People in Kosovo who held its elections to be democratic and of international standard, November 2022.

    Asked by UNDP before the boycotted vote of April 2023; the answer of Kosovo Serbs alone was not found.
    """
    return _survey("XKX", "elections are democratic and follow international standards", "2022-11")


@fact(unit="%", digits=1)
def kosovo_satisfied_with_executive_april_2023() -> Figure:
    """People in Kosovo who were satisfied with the executive, April 2023, asked by UNDP."""
    return _survey("XKX", "satisfied with the executive", "2023-04")


@fact(unit="%", digits=1)
def kosovo_satisfied_with_executive_november_2023() -> Figure:
    """People in Kosovo who were satisfied with the executive, November 2023, after the crisis, asked by UNDP.

    Four points below April: with samples of 1,300 that is about as much as the error.
    """
    return _survey("XKX", "satisfied with the executive", "2023-11")


@fact(unit="%", digits=1)
def kosovo_satisfied_with_courts_november_2023() -> Figure:
    """People in Kosovo who were satisfied with the courts, November 2023, asked by UNDP."""
    return _survey("XKX", "satisfied with the courts", "2023-11")


# ── Municipalities and their people ──────────────────────────────────────────────────────────────────

_AGENCY = "by the Agency of Statistics’ estimate"


def _census(year: int, measure: str, attribution: str = "") -> Figure:
    row = cell("census_facts", census_year=year, measure=measure)
    return Figure(int(row.value), rows=(row,), qualifier=row.qualifier, attribution=attribution)


def _people(**where: bool) -> tuple[Cell, ...]:
    return pick("municipalities", "population_2024", **where)


@fact(counts="municipalities", formula="rows of the table")
def municipalities_of_kosovo() -> Figure:
    """Municipalities into which Kosovo’s law divides the territory.

    Serbia’s law divides it in another way.
    """
    return counted(_people(), attribution="under Kosovo’s law")


@fact(counts="municipalities", formula="rows marked as northern")
def northern_municipalities() -> Figure:
    """Municipalities in the north of Kosovo, all with a Serb majority.

    Leposaviq/Leposavić, North Mitrovica, Zubin Potok and Zveçan/Zvečan; Serb-majority municipalities in the south
    are not counted here.
    """
    return counted(_people(northern=True))


@fact(counts="people")
def kosovo_population_2011() -> Figure:
    """People counted in Kosovo by the census of 2011, without the four northern municipalities.

    The census was not held in the north, and many Serbs and Roma elsewhere stayed away.
    """
    return _census(2011, "population", "without the north")


@fact(counts="people")
def kosovo_population_2024() -> Figure:
    """People in Kosovo in 2024 by its Agency of Statistics: those counted and, for the north, an estimate.

    The census was boycotted in the north; the municipalities add up to the same figure.
    """
    return _census(2024, "population_with_estimates", "with an estimate for the north")


@fact(counts="people")
def kosovo_population_registered_2024() -> Figure:
    """People whom the census of 2024 counted in Kosovo, most of the north not among them."""
    return _census(2024, "population_registered", "without most of the north")


@fact(counts="people", formula="the four northern municipalities, added")
def northern_population_2024() -> Figure:
    """People in the four northern municipalities in 2024, as Kosovo’s Agency of Statistics estimates them.

    An estimate, because the census was boycotted; Serbia’s own figures were not found.
    """
    return total(_people(northern=True), _AGENCY)


@fact(counts="people")
def northern_population_registered_2024() -> Figure:
    """People whom the census of 2024 counted in the four northern municipalities, where it was boycotted.

    Preliminary; the sum of four numbers in the press.
    """
    return _census(2024, "population_northern_registered", "by the boycotted census")


@fact(unit="%", digits=1, formula="100 × the four northern municipalities ÷ all municipalities")
def northern_share_of_population_2024() -> Figure:
    """Share of Kosovo’s people who live in the four northern municipalities, 2024.

    It rests on the estimate for the north, where the census was boycotted.
    """
    north, everywhere = _people(northern=True), _people()
    return Figure(100 * total(north).low / total(everywhere).low, rows=everywhere, attribution=_AGENCY)


@fact(digits=1, formula="registered voters of April 2023 ÷ estimated people of 2024, four municipalities")
def northern_voters_per_resident() -> Figure:
    """Registered voters of April 2023 for each estimated resident of 2024 in the four northern municipalities.

    Above one although children do not vote: the register holds people who live elsewhere, or the estimate is
    too low, or both. Turnout of residents is therefore unknown.
    """
    register = cell("north_kosovo_votes", date="2023-04-23", measure="registered_voters", municipality="all four")
    residents = _people(northern=True)
    return Figure(register.value / total(residents).low, rows=(register, *residents))


@fact(counts="people")
def serbs_in_kosovo_agency() -> Figure:
    """Serbs in all of Kosovo in 2024, as its Agency of Statistics estimates them, according to the press.

    Many boycotted the census; other estimates run to twice as many.
    """
    return _census(2024, "serbs_estimated", _AGENCY)


@fact(counts="people")
def serbs_in_kosovo_other_estimates() -> Figure:
    """Serbs in all of Kosovo, as estimates of the public sector put them, according to RFE/RL in April 2024.

    No count includes all of them. One agency printed 120,000.
    """
    return _census(2024, "serbs_public_estimate", "by other estimates")
