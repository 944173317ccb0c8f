"""Facts on memberships and missions, each against its row or a sum by hand."""

from __future__ import annotations

import pytest

from twolenses import facts
from twolenses.facts import institutions

THEMES = {"institutions"}
BY_HAND = {
    # Correlates of War, intergovernmental organisations 3.0, as printed.
    "shared_igos_serbia_kosovo_2009": "4",
    "shared_igos_serbia_kosovo_2014": "5",
    "shared_igos_serbia_albania_2014": "53",
    "shared_igos_serbia_germany_2014": "58",
    "shared_igos_serbia_russia_2014": "52",
    "shared_igos_serbia_us_2014": "41",
    "shared_igos_kosovo_range_2014": "4 to 6",  # 4 with China and Germany, 6 with Albania and four more
    "shared_igos_albania_per_kosovo_2014": "10.6",  # 53 by 5
    # The Factbook: 55 + 4 + 1 for Serbia, 8 + 1 for Kosovo by kind of participation.
    "organisations_of_serbia": "60 in the World Factbook’s list",
    "organisations_of_kosovo": "9 in the World Factbook’s list",
    # Missions as printed by the Council and the press.
    "unmik_staff_1999": "5,000",
    "unmik_posts_2009": "507",
    "eulex_planned_2008": "3,000",  # 1,900 + 1,100
    "eulex_international_posts_2012": "1,950",
    "eulex_international_present_2012": "about 1,350",
    "eulex_vacancy_2012": "about 31%",  # 600 of 1,950 is 0.3077
    "eulex_limit_before_2012": "3,150",  # 1,950 + 1,200
    "eulex_limit_from_2012": "2,250",  # 1,250 + 1,000
    "eulex_limit_cut_2012": "29%",  # 900 of 3,150 is 0.2857
    # The agreement of 2023: 11 articles and 9 paragraphs; the declaration on missing persons and the committee are done.
    "agreement_points": "20",
    "agreement_points_done": "2",
}


@pytest.mark.parametrize("name", ["organisations_of_serbia", "organisations_of_kosovo"])
def test_a_list_that_is_known_to_be_stale_is_named(name: str) -> None:
    assert facts.figure(name).attribution


def test_the_first_shared_membership_came_in_2009() -> None:
    with_kosovo = institutions.pick("shared_igos", "shared_igos", iso3="SRB", partner_iso3="XKX")
    assert {row.row["year"]: row.value for row in with_kosovo}[2008] == 0
    assert facts.figure("shared_igos_serbia_kosovo_2009").low > 0


def test_people_and_posts_are_only_set_against_each_other_where_a_vacancy_is_meant() -> None:
    mixed = {name for name in BY_HAND if len({row.row.get("measure") for row in facts.figure(name).rows}) > 1}
    assert mixed == {"eulex_vacancy_2012"}
