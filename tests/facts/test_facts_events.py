"""Days between events and numbers of events, each against the calendar or a count by eye."""

from __future__ import annotations

import re

import pytest

from twolenses import data, facts
from twolenses.facts import events

THEMES = {"events"}
BY_HAND = {
    "years_of_autonomy": "15",  # 21 February 1974 to 23 March 1989
    # 7 days of March after the 24th, 30 of April, 31 of May, 10 of June
    "days_of_bombing": "78",
    "years_from_resolution_to_declaration": "8",  # 10 June 1999 to 17 February 2008: four months short of nine
    "days_declaration_to_icj": "886",  # two years to 17 February 2010 with a leap day, 731, and 155 to 22 July
    "years_from_brussels_to_ohrid": "9",  # 19 April 2013 to 18 March 2023: a month short of ten
    "days_resignations_to_vote": "169",  # 25 of November, 31, 31, 28, 31, 23 of April
    "days_agreement_to_annex": "19",  # one of February after the 27th, 18 of March
    "days_annex_to_vote": "36",  # 13 of March after the 18th, 23 of April
    "days_vote_to_entry": "33",  # 7 of April after the 23rd, 26 of May
    "days_entry_to_clash": "3",  # 26 to 29 May
    "days_clash_to_eu_measures": "16",  # 2 of May after the 29th, 14 of June
    "days_eu_measures_lasted": "917",  # two years to 14 June 2025 with a leap day, 731, and 186 to 17 December
    "days_annex_to_attack": "190",  # 13, 30, 31, 30, 31, 31, 24
    "days_attack_to_claim": "5",  # 24 to 29 September
    "days_attack_to_pullback": "8",  # 6 of September after the 24th, 2 of October
    "days_warning_to_pullback": "3",  # 29 September to 2 October
    "days_demand_to_pullback": "2",  # 30 September to 2 October
    "days_attack_to_british_arrival": "12",  # 6 and 6
    "days_attack_to_failed_talks": "32",  # 6 and 26
    "days_attack_to_indictment": "353",  # 366 in that year with a leap day, less the 13 from the 11th to the 24th
    "days_javelins_to_rafales": "231",  # 20, 29, 31, 30, 31, 30, 31, 29
    "events_listed": "118",  # E01 to E99, E101 to E110 and E150 to E158
    "events_of_2023": "15",  # E66 to E80
    "events_before_independence": "36",  # E01 to E31 and E150 to E154
    "violent_events_after_war": "16",  # E23, E27, E42, E49, E71, E74, E88 and E150 to E158
    "deadly_events_after_war": "13",  # all but E23, E71 and E88
    # E03, E05, E06, E07, E08, E09, E10, E23, E34, E42, E47, E84, E85, E89, E90, E91, E92, E93, E98, E99, E106, E109,
    # E110
    "events_of_medium_confidence": "23",
}


# Words of the first and of the last event, as the chronology tells them.
EVENTS = {
    "years_of_autonomy": ("constitution of socialist Yugoslavia", "end most of the province's autonomy"),
    "days_of_bombing": ("NATO begins to bomb", "Resolution 1244"),
    "years_from_resolution_to_declaration": ("Resolution 1244", "declare independence"),
    "days_declaration_to_icj": ("declare independence", "International Court of Justice advises"),
    "years_from_brussels_to_ohrid": ("First agreement of principles", "Implementation annex of Ohrid"),
    "days_resignations_to_vote": ("leave Kosovo institutions", "boycotted by most Kosovo Serbs"),
    "days_agreement_to_annex": ("path to normalisation", "Implementation annex of Ohrid"),
    "days_annex_to_vote": ("Implementation annex of Ohrid", "turnout 3.47%"),
    "days_vote_to_entry": ("turnout 3.47%", "escort mayors"),
    "days_entry_to_clash": ("escort mayors", "Clash at Zveçan"),
    "days_clash_to_eu_measures": ("Clash at Zveçan", "announces reversible measures"),
    "days_eu_measures_lasted": ("announces reversible measures", "the end of its 2023 measures"),
    "days_annex_to_attack": ("Implementation annex of Ohrid", "armed group"),
    "days_attack_to_pullback": ("armed group", "reduced from 8,350 to 4,500"),
    "days_attack_to_claim": ("armed group", "claims the action"),
    "days_warning_to_pullback": ("White House", "reduced from 8,350 to 4,500"),
    "days_demand_to_pullback": ("Kosovo demands", "reduced from 8,350 to 4,500"),
    "days_attack_to_british_arrival": ("armed group", "British soldiers"),
    "days_attack_to_failed_talks": ("armed group", "fail to agree"),
    "days_attack_to_indictment": ("armed group", "indicts 45 people"),
    "days_javelins_to_rafales": ("246 Javelin", "twelve Rafale"),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_a_distance_says_how_it_is_counted(name: str) -> None:
    assert facts.describe(name).formula


@pytest.mark.parametrize("name", [name for name in BY_HAND if name.startswith(("days", "years"))])
def test_a_distance_rests_on_two_days_in_their_order(name: str) -> None:
    first, last = facts.figure(name).rows
    assert first.row["date_precision"] == last.row["date_precision"] == "day"
    assert first.value < last.value


@pytest.mark.parametrize(("name", "words"), EVENTS.items())
def test_a_distance_is_between_the_events_its_name_tells(name: str, words: tuple[str, str]) -> None:
    rows = facts.figure(name).rows
    assert all(word in row.row["event"] for word, row in zip(words, rows, strict=True))


def test_every_distance_is_looked_up_in_both_events() -> None:
    assert set(EVENTS) == {name for name in BY_HAND if name.startswith(("days", "years"))}


def test_the_chronology_states_the_same_number_of_days_of_bombing() -> None:
    assert f"lasts {events.days_of_bombing()} days" in data.cell("chronology", "event", id="E18").value


# Nobody counted the dead of the flight and the reprisals of June 1999; nobody is reported dead at the other two.
WITHOUT_A_COUNT_OF_THE_DEAD = {"E23", "E71", "E88"}


def test_every_event_of_violence_since_the_war_counts_its_dead_or_says_why_not() -> None:
    violent = {row.row["id"] for row in facts.figure("violent_events_after_war").rows}
    deadly = {row.row["id"] for row in facts.figure("deadly_events_after_war").rows}
    assert violent - deadly == WITHOUT_A_COUNT_OF_THE_DEAD


def test_whoever_is_counted_dead_since_the_war_has_an_event_in_the_chronology() -> None:
    counted = data.load("event_counts").query("measure == 'killed' and date > '1999-06-10'")
    dates = {row.row["date"] for row in facts.figure("violent_events_after_war").rows}
    assert set(counted["date"]) <= dates


def test_the_ledger_names_every_year_of_deadly_violence_and_no_other() -> None:
    """`C42`: a list of years that leaves one out would make a force look better, or one side worse."""
    claimed = re.search(r"people were killed in ([^.]+)\.", data.cell("claims", "correction", id="C42").value)
    assert claimed
    years = {row.row["date"][:4] for row in facts.figure("deadly_events_after_war").rows}
    assert set(re.findall(r"\d{4}", claimed[1])) == years
