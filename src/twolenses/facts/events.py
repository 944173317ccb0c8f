"""Days between events of the chronology, and how many events it has.

A number of days is the difference of two dates: the first day is not counted. That one event follows another is
no evidence that it follows from it.
"""

from __future__ import annotations

from datetime import date

from twolenses.data import Cell, cell, rows
from twolenses.facts._choose import pick
from twolenses.facts._rows import cells, counted
from twolenses.facts.figure import Figure, fact


def _day(event: str) -> Cell:
    """The date of an event that is known to the day."""
    return cell("chronology", "date", id=event, date_precision="day")


def _days(first: str, last: str) -> Figure:
    rows = _day(first), _day(last)
    start, end = (date.fromisoformat(row.value) for row in rows)
    return Figure((end - start).days, rows=rows)


def _whole_years(first: str, last: str) -> Figure:
    rows = _day(first), _day(last)
    start, end = (date.fromisoformat(row.value) for row in rows)
    return Figure(end.year - start.year - ((end.month, end.day) < (start.month, start.day)), rows=rows)


def _between(first: str, last: str, **where: str) -> tuple[Cell, ...]:
    """Events from one date to another, both included, of one kind or of any."""
    found = (row for row in rows("chronology") if first <= row["date"] <= last)
    return cells("chronology", "id", (row for row in found if all(row[name] == one for name, one in where.items())))


def _violence_after_war() -> tuple[Cell, ...]:
    return _between("1999-06-11", "2026-12-31", category="violence")


# ── From autonomy to independence ────────────────────────────────────────────────────────────────────


@fact(counts="years", formula="full years between the two dates")
def years_of_autonomy() -> Figure:
    """Full years between the Yugoslav constitution of February 1974 and the vote that ended most of the autonomy.

    The vote of Kosovo’s assembly on 23 March 1989, whose majority is disputed; Serbia’s assembly followed on the
    28th.
    """
    return _whole_years("E01", "E04")


@fact(counts="days", formula="10 June − 24 March 1999")
def days_of_bombing() -> Figure:
    """Days from the beginning of NATO’s bombing of Yugoslavia to Resolution 1244, adopted the day it was suspended.

    Counting the first day as well gives 79; up to the agreement of Kumanovo it is 77.
    """
    return _days("E18", "E21")


@fact(counts="years", formula="full years between the two dates")
def years_from_resolution_to_declaration() -> Figure:
    """Full years between Resolution 1244 of June 1999 and the declaration of independence of February 2008.

    Kosovo was under the administration of the United Nations in these years.
    """
    return _whole_years("E21", "E32")


@fact(counts="days", formula="22 July 2010 − 17 February 2008")
def days_declaration_to_icj() -> Figure:
    """Days from the declaration of independence to the advisory opinion of the International Court of Justice.

    The question had been put to the Court in October 2008. The opinion is not binding.
    """
    return _days("E32", "E39")


@fact(counts="years", formula="full years between the two dates")
def years_from_brussels_to_ohrid() -> Figure:
    """Full years between the Brussels Agreement of April 2013 and the Ohrid annex of March 2023.

    The Association that the first one foresees did not exist by mid-2026.
    """
    return _whole_years("E44", "E67")


# ── From the resignations to the clash ───────────────────────────────────────────────────────────────


@fact(counts="days", formula="23 April 2023 − 5 November 2022")
def days_resignations_to_vote() -> Figure:
    """Days from the mass resignations of Kosovo Serbs in November 2022 to the boycotted vote of April 2023.

    The vote was held because the mayors had left.
    """
    return _days("E61", "E68")


@fact(counts="days", formula="18 March − 27 February 2023")
def days_agreement_to_annex() -> Figure:
    """Days from the agreement accepted in Brussels in February 2023 to its annex of Ohrid.

    Both were accepted and neither was signed.
    """
    return _days("E66", "E67")


@fact(counts="days", formula="23 April − 18 March 2023")
def days_annex_to_vote() -> Figure:
    """Days from the annex of Ohrid to the boycotted local elections in four northern municipalities.

    By-elections, held because the mayors had left their offices in November.
    """
    return _days("E67", "E68")


@fact(counts="days", formula="26 May − 23 April 2023")
def days_vote_to_entry() -> Figure:
    """Days from the boycotted vote to the day on which police escorted the new mayors into their offices.

    The vote was lawful and drew 3.47% of the voters.
    """
    return _days("E68", "E70")


@fact(counts="days", formula="29 May − 26 May 2023")
def days_entry_to_clash() -> Figure:
    """Days from the entry of the mayors to the clash of protesters and KFOR at Zveçan/Zvečan.

    Pristina held that elected mayors must work; partners condemned the forced entry.
    """
    return _days("E70", "E71")


@fact(counts="days", formula="14 June − 29 May 2023")
def days_clash_to_eu_measures() -> Figure:
    """Days from the clash at Zveçan/Zvečan to the EU’s announcement of measures towards Kosovo.

    The EU called them neither sanctions nor restrictive measures.
    """
    return _days("E71", "E73")


@fact(counts="days", formula="17 December 2025 − 14 June 2023")
def days_eu_measures_lasted() -> Figure:
    """Days from the announcement of the EU’s measures towards Kosovo to the announcement of their end.

    They were notified two weeks after the first date, and the end was to come by January 2026.
    """
    return _days("E73", "E96")


# ── Eight days in autumn ─────────────────────────────────────────────────────────────────────────────


@fact(counts="days", formula="24 September − 18 March 2023")
def days_annex_to_attack() -> Figure:
    """Days from the annex of Ohrid to the attack at Banjskë/Banjska.

    What links the two, if anything does, is for the reader to argue.
    """
    return _days("E67", "E74")


@fact(counts="days", formula="29 September − 24 September 2023")
def days_attack_to_claim() -> Figure:
    """Days from the attack at Banjskë/Banjska to Milan Radoičić’s claim that he had organised it.

    The White House spoke of an unprecedented staging of forces on the same day.
    """
    return _days("E74", "E75")


@fact(counts="days", formula="2 October − 24 September 2023")
def days_attack_to_pullback() -> Figure:
    """Days from the attack at Banjskë/Banjska to the day on which Serbia’s chief of staff reported a reduction.

    The date of a statement; when the soldiers left, no independent source says.
    """
    return _days("E74", "E77")


@fact(counts="days", formula="2 October − 29 September 2023")
def days_warning_to_pullback() -> Figure:
    """Days from the White House’s public warning to the day on which Serbia’s chief of staff reported a reduction.

    Kosovo’s demand and NATO’s announcement of soldiers came between. Which of them moved Belgrade, if any, the
    order does not say.
    """
    return _days("E75", "E77")


@fact(counts="days", formula="2 October − 30 September 2023")
def days_demand_to_pullback() -> Figure:
    """Days from Kosovo’s demand that Serbia pull its forces back to the day on which Serbia reported a reduction.

    The dates of two statements; when the soldiers left, no independent source says.
    """
    return _days("E76", "E77")


@fact(counts="days", formula="6 October − 24 September 2023")
def days_attack_to_british_arrival() -> Figure:
    """Days from the attack at Banjskë/Banjska to the arrival of the first British reinforcement of KFOR.

    Four days after Serbia reported that it had reduced its troops.
    """
    return _days("E74", "E78")


@fact(counts="days", formula="26 October − 24 September 2023")
def days_attack_to_failed_talks() -> Figure:
    """Days from the attack at Banjskë/Banjska to the failure of the talks on a draft statute for the Association.

    Each side names the other as the one who refused.
    """
    return _days("E74", "E80")


@fact(counts="days", formula="11 September 2024 − 24 September 2023")
def days_attack_to_indictment() -> Figure:
    """Days from the attack at Banjskë/Banjska to Kosovo’s indictment of 45 people for it.

    An indictment, not a judgment; no court had ruled by February 2026.
    """
    return _days("E74", "E87")


@fact(counts="days", formula="29 August 2024 − 11 January 2024")
def days_javelins_to_rafales() -> Figure:
    """Days from the US approval of a possible sale of missiles to Kosovo to Serbia’s order of fighters in France.

    When Serbia decided, the dates do not show: the order of two events is no answer to who reacts to whom.
    """
    return _days("E82", "E86")


# ── The chronology itself ────────────────────────────────────────────────────────────────────────────


@fact(counts="events", formula="rows of the chronology")
def events_listed() -> Figure:
    """Events in the course’s chronology, 1974 to 2026.

    The choice of events is ours.
    """
    return counted(pick("chronology", "id"))


@fact(counts="events", formula="rows of the chronology of that year")
def events_of_2023() -> Figure:
    """Events of 2023 in the course’s chronology.

    More than in any other year: the case is of that autumn, and the choice of events is ours.
    """
    return counted(_between("2023-01-01", "2023-12-31"))


@fact(counts="events", formula="rows of the chronology before 17 February 2008")
def events_before_independence() -> Figure:
    """Events in the course’s chronology before the declaration of independence of 17 February 2008.

    A story that starts with the declaration leaves them out.
    """
    return counted(_between("1974", "2008-02-16"))


@fact(counts="events", formula="rows of the category violence after 10 June 1999")
def violent_events_after_war() -> Figure:
    """Events of violence in the course’s chronology after Resolution 1244 of June 1999.

    From the flight and the reprisals of that summer to the canal of November 2024: those that the sources used here
    told of, on any side. Not a census: most attacks on single people made no timeline.
    """
    return counted(_violence_after_war())


@fact(counts="events", formula="events of violence after 10 June 1999 on whose date the dead are counted")
def deadly_events_after_war() -> Figure:
    """Events of violence in the course’s chronology after Resolution 1244 whose dead a source has counted.

    July 1999 to September 2023. The reprisals of June 1999 killed as well; nobody counted them event by event.
    """
    dead = {row.value for row in pick("event_counts", "date", measure="killed")}
    return counted(tuple(event for event in _violence_after_war() if event.row["date"] in dead))


@fact(counts="events", formula="rows of the chronology marked as medium")
def events_of_medium_confidence() -> Figure:
    """Events in the course’s chronology of whose date or wording we are less than highly sure.

    Most say in their note what is uncertain or disputed.
    """
    return counted(pick("chronology", "id", confidence="medium"))
