"""Facts on democracy and on the votes in the north, each against its row, the printed figure, or a sum by hand."""

from __future__ import annotations

import pytest

from twolenses import facts
from twolenses.data import cell

THEMES = {"democracy", "northern_votes"}
BY_HAND = {
    # V-Dem, version 15, as printed to three places.
    "serbia_polyarchy_2012": "0.595",
    "serbia_polyarchy_2012_interval": "0.535 to 0.659",
    "kosovo_polyarchy_2012": "0.505",
    "kosovo_polyarchy_2012_interval": "0.442 to 0.563",
    "serbia_polyarchy_2023": "0.360",
    "serbia_polyarchy_2023_interval": "0.315 to 0.398",
    "kosovo_polyarchy_2023": "0.675",
    "kosovo_polyarchy_2023_interval": "0.612 to 0.737",
    "serbia_polyarchy_2024": "0.315",
    "serbia_polyarchy_2024_interval": "0.280 to 0.344",
    "kosovo_polyarchy_2024": "0.651",
    "kosovo_polyarchy_2024_interval": "0.590 to 0.718",
    "serbia_polyarchy_fall": "0.280",  # 0.595 less 0.315
    "kosovo_polyarchy_rise": "0.146",  # 0.651 less 0.505
    "polyarchy_crossing": "2013",  # 0.516 against 0.504; in 2012 0.505 against 0.595
    "polyarchy_clear_crossing": "2014",  # 0.529 or more against 0.498 or less; in 2013 0.458 against 0.558
    "last_year_both_above_half": "2013",  # 0.504 and 0.516; in 2014 Serbia has 0.446
    # The election commission: 141 + 837 + 385 + 204 = 1,567 of 45,095.
    "registered_voters_april_2023": "45,095",
    "voters_april_2023": "1,567",
    "turnout_april_2023": "3.47%",  # 1,567 of 45,095 is 0.034749
    "voters_leposavic_april_2023": "141",
    "voters_north_mitrovica_april_2023": "837",
    "voters_zubin_potok_april_2023": "385",
    "voters_zvecan_april_2023": "204",
    "turnout_leposavic_april_2023": "1.06%",
    "turnout_north_mitrovica_april_2023": "4.62%",
    "turnout_zubin_potok_april_2023": "5.78%",
    "turnout_zvecan_april_2023": "2.92%",
    "turnout_range_april_2023": "1.06 to 5.78%",
    "mayors_votes_april_2023": "100 to 519",
    "mayors_share_of_registered_april_2023": "2.06%",  # 100 + 519 + 196 + 114 = 929 of 45,095 is 0.020601
    "votes_for_the_serb_candidate_april_2023": "5",
    "registered_voters_april_2024": "46,556",
    "voters_april_2024": "253",
    "turnout_april_2024": "0.54%",  # 253 of 46,556 is 0.005434
    "registered_voters_may_2019": "57,983",
    "turnout_may_2019": "more than 42%",
    "turnout_fall_since_2019": "more than 38.5\u00a0percentage points",  # 42 less 3.47 is 38.53
}

FOUR = ("leposavic", "north_mitrovica", "zubin_potok", "zvecan")


@pytest.mark.parametrize("name", [name for name in BY_HAND if name.endswith("_interval")])
def test_a_value_lies_inside_its_interval(name: str) -> None:
    value, interval = facts.figure(name.removesuffix("_interval")), facts.figure(name)
    assert interval.low < value.low < interval.high


def test_what_the_docstrings_say_of_the_intervals() -> None:
    serbia = {year: facts.figure(f"serbia_polyarchy_{year}_interval") for year in (2012, 2023, 2024)}
    kosovo = {year: facts.figure(f"kosovo_polyarchy_{year}_interval") for year in (2012, 2023, 2024)}
    assert kosovo[2012].high > serbia[2012].low  # not settled
    assert kosovo[2023].low > serbia[2023].high
    assert serbia[2024].high < serbia[2012].low
    assert kosovo[2024].low > kosovo[2012].high


def test_the_four_municipalities_add_up_to_the_printed_total() -> None:
    four = sum(float(facts.figure(f"voters_{place}_april_2023")) for place in FOUR)
    assert four == facts.figure("voters_april_2023").value


def test_turnout_is_what_the_commission_printed() -> None:
    for date, name in (("2023-04-23", "turnout_april_2023"), ("2024-04-21", "turnout_april_2024")):
        printed = cell("north_kosovo_votes", date=date, municipality="all four", measure="turnout_pct")
        assert float(facts.figure(name)) == pytest.approx(printed.value, abs=0.005)


def test_lowest_and_highest_are_the_places_that_the_docstrings_name() -> None:
    bounds = facts.figure("turnout_range_april_2023")
    assert bounds.low == facts.figure("turnout_leposavic_april_2023").value
    assert bounds.high == facts.figure("turnout_zubin_potok_april_2023").value


@pytest.mark.parametrize("name", [name for name in BY_HAND if "polyarchy" not in name])
def test_no_vote_rests_on_a_doubtful_figure(name: str) -> None:
    assert not any(row.row.get("doubtful") for row in facts.figure(name).rows)
