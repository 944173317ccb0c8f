"""Counts of single events, each as its source prints it."""

from __future__ import annotations

from twolenses import facts

THEMES = {"losses"}
BY_HAND = {
    "drenica_killed": "at least 83 by Human Rights Watch’s count",
    "drenica_women_and_children_killed": "24",
    "displaced_1998": "about 230,000",  # SC/6577
    "recak_killed": "45",
    "expelled_1999": "more than 850,000",
    "fled_after_june_1999": "about 200,000 by a press figure that is contested",
    "march_2004_dead": "19",
    "march_2004_homes_burned": "at least 550",
    "march_2004_churches_burned": "27",
    "march_2004_displaced": "about 4,100",
    "declaration_deputies_in_favour": "109",  # Ban Ki-moon, 18 February 2008
    "declaration_serb_deputies_absent": "10",
    "serbian_personnel_requested_2022": "up to 1,000",
    "zvecan_protesters_injured": "52",
    "attackers_first_reported": "about 30 by Kosovo’s first account",
    "attackers_by_kosovo_later": "about 80 by Kosovo’s later account",
    "banjska_indicted": "45",  # RFE/RL, 11 September 2024
    "hate_attacks_on_people_2023": "12",  # hatecrime.osce.org, 2023
    "hate_threats_2023": "4",
    "hate_attacks_on_property_2023": "39",
    "missing_reported": "6,065",  # the EU, 2 May 2023
    "missing_unresolved_2023": "1,621",
    "missing_unresolved_2024": "1,607",  # the EU, 17 December 2024
    "sexual_violence_cases": "96",  # Human Rights Watch, March 2000
    "survivors_recognised_2024": "1,650",
    "decani_land": "24",
    "eulex_war_crime_files": "434",  # EULEX, 14 January 2019
}


def test_every_count_names_who_counted() -> None:
    assert all(facts.figure(name).rows[0].row["claimant"] for name in BY_HAND)
