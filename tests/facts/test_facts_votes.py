"""Facts on the UN General Assembly, each against its row, the press release, or a count by hand."""

from __future__ import annotations

import pytest

from twolenses import facts
from twolenses.data import cell, load
from twolenses.models.voting import tally

THEMES = {"votes", "alignment"}
BY_HAND = {
    # GA/10764: 77 in favour, 6 against, 74 abstentions. The voting data: 78, 6, 73. Both make 157.
    "icj_request_yes": "77 by the UN’s press release",
    "icj_request_no": "6",
    "icj_request_abstentions": "74 by the UN’s press release",
    "icj_request_yes_in_data": "78 in the voting data",
    "icj_request_abstentions_in_data": "73 in the voting data",
    "icj_request_yes_share_of_voting": "92.8 to 92.9%",  # 77 of 83 is 0.9277, 78 of 84 is 0.9286
    "icj_request_yes_share_of_all": "49.0 to 49.7%",  # 77 of 157 is 0.4904, 78 of 157 is 0.4968
    "icj_request_eu_yes": "5",
    "icj_request_eu_abstained": "22",  # 27 members of 2008 less 5; none absent, none against
    "icj_request_recognisers_yes": "5 in the voting data",
    # 48 recognitions before 8 October 2008: 5 yes, 4 no (Albania, Marshall Islands, Nauru, US), 2 absent (Liberia, Turkey)
    "icj_request_recognisers_abstaining": "37 in the voting data",
    "unesco_bid_yes": "92",
    "unesco_bid_no": "50",
    "unesco_bid_abstentions": "29",
    "unesco_bid_needed": "95",  # two thirds of 142 is 94.67
    # Shares as the rows have them: 0.6875, 0.8438, 0.25; 0.6173, 0.6941, 0.2353, 0.6506.
    "serbia_russia_agreement_2008": "68.8%",
    "serbia_germany_agreement_2008": "84.4%",
    "serbia_us_agreement_2008": "25.0%",
    "serbia_russia_agreement_2019": "61.7%",
    "serbia_germany_agreement_2019": "69.4%",
    "serbia_us_agreement_2019": "23.5%",
    "serbia_china_agreement_2019": "65.1%",
    "serbia_germany_agreement_fall": "15.0\u00a0percentage points",  # 84.38 less 69.41
    "serbia_russia_agreement_fall": "7.0\u00a0percentage points",  # 68.75 less 61.73
    "years_serbia_nearer_germany": "20",
    # Points: Russia −0.7762 and −1.4137, Serbia 0.2192 and 0.3022, Germany 1.3346 and 1.4144, US 2.4539 and 2.115.
    "serbia_russia_distance_2021": "1.00",  # 0.2192 + 0.7762
    "serbia_russia_distance_2022": "1.72",  # 0.3022 + 1.4137
    "serbia_germany_distance_2021": "1.12",  # 1.3346 − 0.2192
    "serbia_germany_distance_2022": "1.11",  # 1.4144 − 0.3022
    "serbia_us_distance_2021": "2.23",  # 2.4539 − 0.2192
    "serbia_us_distance_2022": "1.81",  # 2.115 − 0.3022
    "serbia_russia_distance_growth_2022": "0.72",  # 1.7159 − 0.9954
    "russia_shift_2022": "−0.64",  # −1.4137 + 0.7762
    "serbia_shift_2022": "0.08",  # 0.3022 − 0.2192
    "russia_share_of_distance_growth_2022": "88%",  # 0.6375 of 0.7205 is 0.8848
    "serbia_point_interval_2021": "0.10 to 0.33",
    "serbia_point_interval_2022": "0.18 to 0.43",
    "russia_point_interval_2021": "−0.89 to −0.67",
    "russia_point_interval_2022": "−1.54 to −1.29",
}

TWO_SOURCES = {name for name in BY_HAND if name.startswith("icj_request_")} - {
    "icj_request_no",
    "icj_request_eu_yes",
    "icj_request_eu_abstained",
}


def named(name: str) -> set[str]:
    return {row.row["iso3"] for row in facts.figure(name).rows if "iso3" in row.row}


@pytest.mark.parametrize("name", sorted(TWO_SOURCES))
def test_where_two_sources_differ_the_figure_names_one_or_spans_both(name: str) -> None:
    figure = facts.figure(name)
    assert figure.attribution or isinstance(figure.value, tuple)


def test_the_tally_by_the_model_of_the_assembly() -> None:
    rolls = load("un_rollcalls")
    result = tally(rolls.loc[rolls["resolution"] == "A/RES/63/3", "vote"])
    assert result.yes == facts.figure("icj_request_yes_in_data").value
    assert result.no == facts.figure("icj_request_no").value
    assert result.abstain == facts.figure("icj_request_abstentions_in_data").value


def test_both_sources_have_as_many_votes_in_all() -> None:
    release = [float(facts.figure(f"icj_request_{vote}")) for vote in ("yes", "abstentions")]
    data = [float(facts.figure(f"icj_request_{vote}_in_data")) for vote in ("yes", "abstentions")]
    assert sum(release) == sum(data)


def test_the_states_that_the_docstrings_name() -> None:
    assert named("icj_request_no") == {"ALB", "MHL", "FSM", "NRU", "PLW", "USA"}
    assert named("icj_request_eu_yes") == {"CYP", "GRC", "ROU", "SVK", "ESP"}
    assert named("icj_request_recognisers_yes") == {"AFG", "CRI", "ISL", "LIE", "NOR"}
    assert {"GBR", "DEU"} <= named("icj_request_eu_abstained")
    assert "HRV" not in named("icj_request_eu_abstained")  # a member only since 2013


def test_a_distance_is_the_distance_of_the_two_points() -> None:
    for state, name in (("RUS", "russia"), ("DEU", "germany"), ("USA", "us")):
        for year in (2021, 2022):
            points = [cell("un_ideal_points", "ideal_point", iso3=iso3, year=year).value for iso3 in (state, "SRB")]
            distance = float(facts.figure(f"serbia_{name}_distance_{year}"))
            assert distance == pytest.approx(abs(points[0] - points[1]), abs=2e-4)


def test_serbia_s_move_is_within_the_error_and_russia_s_is_not() -> None:
    before, after = (facts.figure(f"serbia_point_interval_{year}") for year in (2021, 2022))
    assert before.high > after.low
    before, after = (facts.figure(f"russia_point_interval_{year}") for year in (2021, 2022))
    assert after.high < before.low
