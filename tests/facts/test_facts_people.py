"""Facts on opinion and population, each against its row or the source's own total."""

from __future__ import annotations

import pytest

from twolenses import facts
from twolenses.data import cell

THEMES = {"people"}
BY_HAND = {
    # Shares as printed, each with the pollster.
    "no_independence_for_eu_2018": "81% (Institute for European Affairs and Ninamedia, 2018)",
    "independence_for_eu_2018": "11% (Institute for European Affairs and Ninamedia, 2018)",
    "no_recognition_for_eu_2022": "about 82% (NSPM, 2022)",
    "reject_eu_for_kosovo_2008": "32% (Ipsos, 2008)",
    "reject_eu_for_kosovo_2022": "49% (Ipsos, 2022)",
    "eu_support_in_serbia_2022": "34.7 to 46.0% depending on the pollster",  # NSPM 34.7, ministry 43, Ipsos 46
    "no_land_swap_2018": "61% (Demostat, 2018)",
    "land_swap_2018": "16% (Demostat, 2018)",
    "never_in_the_eu_2015": "14% (Ipsos, 2015)",
    "never_in_the_eu_2022": "43% (Ipsos, 2022)",
    "kosovo_lost_2018": "43% (Institute for European Affairs and Ninamedia, 2018)",
    "kosovo_not_lost_2018": "45% (Institute for European Affairs and Ninamedia, 2018)",
    "kosovo_lost_2019": "47% (Institute for European Affairs, 2019)",
    "kosovo_elections_democratic_2022": "69% (UNDP Public Pulse 23, 2022)",
    "kosovo_satisfied_with_executive_april_2023": "45.8% (UNDP Public Pulse 24, 2023)",
    "kosovo_satisfied_with_executive_november_2023": "41.8% (UNDP Public Pulse 25, 2023)",
    "kosovo_satisfied_with_courts_november_2023": "29.3% (UNDP Public Pulse 25, 2023)",
    # Census and estimates as printed; the north is 9,485 + 7,920 + 3,385 + 2,867.
    "municipalities_of_kosovo": "38 under Kosovo’s law",
    "northern_municipalities": "4",
    "kosovo_population_2011": "1,739,825 without the north",
    "kosovo_population_2024": "1,602,515 with an estimate for the north",
    "kosovo_population_registered_2024": "1,586,659 without most of the north",
    "northern_population_2024": "23,657 by the Agency of Statistics’ estimate",
    "northern_population_registered_2024": "6,700 by the boycotted census",  # 2,300 + 435 + 758 + 3,207
    "northern_share_of_population_2024": "1.5% by the Agency of Statistics’ estimate",  # 23,657 of 1,602,515: 0.01476
    "northern_voters_per_resident": "1.9",  # 45,095 by 23,657 is 1.906
    "serbs_in_kosovo_agency": "around 53,000 by the Agency of Statistics’ estimate",
    "serbs_in_kosovo_other_estimates": "around 100,000 by other estimates",
}


@pytest.mark.parametrize("name", sorted(set(BY_HAND) - {"northern_municipalities", "northern_voters_per_resident"}))
def test_a_share_or_a_count_of_people_never_stands_without_its_owner(name: str) -> None:
    assert facts.figure(name).attribution


def test_nothing_here_rests_on_a_doubtful_figure() -> None:
    assert not any(row.row.get("doubtful") for name in BY_HAND for row in facts.figure(name).rows)


def test_the_municipalities_add_up_to_the_printed_totals() -> None:
    everywhere = sum(row.value for row in facts.figure("municipalities_of_kosovo").rows)
    assert everywhere == facts.figure("kosovo_population_2024").value
    north = cell("census_facts", census_year=2024, measure="population_northern_estimated")
    assert facts.figure("northern_population_2024").value == north.value


def test_the_three_surveys_are_of_three_pollsters_and_one_year() -> None:
    rows = facts.figure("eu_support_in_serbia_2022").rows
    assert len({row.row["pollster"] for row in rows}) == 3
    assert {row.row["period"][:4] for row in rows} == {"2022"}
