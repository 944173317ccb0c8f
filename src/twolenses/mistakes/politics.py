"""Mistakes about recognition, votes, democracy, trade and institutions."""

from __future__ import annotations

from twolenses.data import rows
from twolenses.facts import figure
from twolenses.mistakes.register import mistake

NORTHERN = ("leposavic", "north_mitrovica", "zubin_potok", "zvecan")


def _of(fact: str) -> float:
    return float(figure(fact))


def _voters_by_community() -> float:
    votes = [row for row in rows("north_kosovo_votes") if row["date"] == "2023-04-23"]
    return float(sum(row["value"] for row in votes if row["measure"] in ("voters_albanian", "voters_serb")))


@mistake(about="un_admission_majority")
def more_than_half_of_members() -> float:
    """That is more than half. Admission is an important question: it needs two thirds."""
    return _of("un_members") // 2 + 1


@mistake(about="un_admission_majority")
def two_thirds_rounded_down() -> float:
    """That is just below two thirds. Round up."""
    return 2 * _of("un_members") // 3


@mistake(about="recognition_gap_2023")
def all_entities_for_members() -> float:
    """One of these counts every state and entity, the other UN members only."""
    return _of("recognitions_claimed_2021") - _of("recognitions_by_vucic_2023")


@mistake(about="recognitions_share_by_2012")
def first_year_alone() -> float:
    """That is 2008 alone. Add the years to 2012."""
    return 100 * _of("recognitions_first_year") / _of("recognitions_claimed_2021")


@mistake(about="recognitions_share_by_2012")
def share_still_to_come() -> float:
    """That is the share that came later."""
    return 100 - _of("recognitions_share_by_2012")


@mistake(about="withdrawals_confirmed_share")
def confirmed_of_the_numbered() -> float:
    """You divided by those numbered to 2020. Serbia named nine more in 2023."""
    return 100 * _of("withdrawals_confirmed") / _of("withdrawals_numbered_2020")


@mistake(about="turnout_april_2023")
def turnout_from_communities() -> float:
    """That adds up figures by community, which have no second source. Take the commission’s count of all voters."""
    return 100 * _voters_by_community() / _of("registered_voters_april_2023")


@mistake(about="turnout_april_2023")
def turnout_of_residents() -> float:
    """That divides by estimated residents. Turnout is a share of registered voters."""
    return 100 * _of("voters_april_2023") / _of("northern_population_2024")


@mistake(about="turnout_april_2023")
def mean_of_the_four_turnouts() -> float:
    """That is the mean of four shares. The municipalities differ in size: divide all votes by all voters."""
    return sum(_of(f"turnout_{place}_april_2023") for place in NORTHERN) / len(NORTHERN)


@mistake(about="turnout_april_2023")
def turnout_as_fraction() -> float:
    """That is a fraction of one. Multiply by 100."""
    return _of("turnout_april_2023") / 100


@mistake(about="serbia_germany_agreement_fall")
def fall_in_percent_for_points() -> float:
    """That is the fall in per cent of the first share. Percentage points are a difference."""
    return 100 * _of("serbia_germany_agreement_fall") / _of("serbia_germany_agreement_2008")


@mistake(about="serbia_russia_distance_growth_2022")
def ratio_for_growth() -> float:
    """That is how many times larger it became. The question asks by how much."""
    return _of("serbia_russia_distance_2022") / _of("serbia_russia_distance_2021")


@mistake(about="russia_share_of_distance_growth_2022")
def serbias_part_for_russias() -> float:
    """That is Serbia’s part."""
    return 100 - _of("russia_share_of_distance_growth_2022")


@mistake(about="serbia_polyarchy_fall")
def index_fall_in_percent() -> float:
    """That is the fall in per cent of the first value. The question asks for points of the index."""
    return 100 * _of("serbia_polyarchy_fall") / _of("serbia_polyarchy_2012")


@mistake(about="imports_from_serbia_fall")
def full_years_for_equal_months() -> float:
    """The whole of 2018 already holds weeks of the tariff. Compare equal months."""
    return 100 * (1 - _of("imports_from_serbia_2019") / _of("imports_from_serbia_2018"))


@mistake(about="imports_from_serbia_fall")
def import_share_that_stayed() -> float:
    """That is what was left, not the fall."""
    return 100 - _of("imports_from_serbia_fall")


@mistake(about="imports_from_serbia_recovered_2021")
def fall_for_what_is_left() -> float:
    """That is what is still missing."""
    return 100 - _of("imports_from_serbia_recovered_2021")


@mistake(about="imports_from_serbia_recovered_2021")
def earlier_over_later_imports() -> float:
    """Turn the fraction round: the later year is the part, the earlier one the whole."""
    return 100 * _of("imports_from_serbia_2017") / _of("imports_from_serbia_2021")


@mistake(about="kosovo_openness_2023")
def imports_alone() -> float:
    """Those are imports alone. Openness adds exports."""
    return _of("kosovo_imports_share_of_gdp_2023")


@mistake(about="serbia_kosovo_gdp_ratio_2023")
def wealth_for_size() -> float:
    """That compares income per head. The question asks for the size of the economies."""
    return _of("serbia_gdp_per_head_2023") / _of("kosovo_gdp_per_head_2023")


@mistake(about="northern_voters_per_resident")
def residents_per_voter() -> float:
    """Turn the fraction round: voters for each resident."""
    return 1 / _of("northern_voters_per_resident")


@mistake(about="eulex_vacancy_2012")
def posts_filled() -> float:
    """That is the share of posts filled."""
    return 100 - _of("eulex_vacancy_2012")


@mistake(about="eu_members_not_recognising")
def nato_for_eu() -> float:
    """That is NATO. Cyprus is in the EU and not in NATO."""
    return _of("nato_members_not_recognising")
