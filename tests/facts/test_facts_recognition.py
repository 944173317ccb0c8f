"""Facts on recognition, each against its row, the source's own total, or a count by hand."""

from __future__ import annotations

import pytest

from twolenses import facts
from twolenses.data import cell
from twolenses.models.voting import RollCall, assembly_adopts

THEMES = {"recognition", "withdrawals"}
BY_HAND = {
    # Counts as printed: "98 out of the 193", "the 116 country", "up to 109", "below 100", "92 countries" …
    "recognitions_press_2013": "98 in the press",
    "recognitions_claimed_2018": "116 by Kosovo’s count",
    "recognitions_by_serbia_2018": "up to 109 by Serbia’s count",
    "recognitions_by_serbia_august_2019": "below 100 by Serbia’s count",
    "recognitions_by_serbia_2020": "92 by Serbia’s count",
    "recognitions_claimed_2021": "117 by Kosovo’s count",
    "recognitions_claimed_2023": "115 by Kosovo’s count",
    "recognitions_by_vucic_2023": "84 by President Vučić’s count",
    "recognition_gap_2023": "31 by the two sides’ counts",  # 115 less 84
    "recognitions_claimed_october_2025": "120 by Kosovo’s count",
    "recognitions_claimed_december_2025": "121 by Kosovo’s count",
    # Years: 53, 11, 8, 12, 12 to 2012; 8, 4, 3, 2, 2, 1 to 2018; 1 in 2021; 3 to October 2025.
    "recognitions_first_year": "53 by Kosovo’s count",
    "recognitions_by_2012": "96 by Kosovo’s count",
    "recognitions_by_2018": "116 by Kosovo’s count",  # 96 + 20
    "recognitions_by_october_2025": "120 by Kosovo’s count",  # 116 + 1 + 3
    "recognitions_share_by_2012": "82% by Kosovo’s count",  # 96 of 117 is 0.8205
    "recognitions_new_2019_to_2024": "1 by Kosovo’s count",
    "recognitions_new_2025": "4 by Kosovo’s count",  # 121 less 117
    # Withdrawals, counted in the file by eye: evidence 10 government, 6 note by Serbia, 1 note in the Kosovo press,
    # 10 announcement, together 27.
    "withdrawals_claimed": "27 by Serbia’s count",
    "withdrawals_numbered_2020": "18 by Serbia’s count",  # Sierra Leone, the eighteenth
    "withdrawals_confirmed": "10 on the evidence found",
    "withdrawals_confirmed_share": "37% on the evidence found",  # 10 of 27 is 0.370
    "withdrawals_confirmed_uncontested": "8 on the evidence found",  # 10 without Guinea-Bissau and Liberia
    "withdrawals_announced_only": "10 on the evidence found",  # Dominica and the nine of January 2023
    "withdrawals_contested": "4 on the evidence found",  # Guinea-Bissau, Liberia, Papua New Guinea, Sierra Leone
    "withdrawals_accepted_by_kosovo": "1 by Kosovo’s own word",
    # Unions: 27 EU members, 5 of which the ledger's omission O06 names; of the 32 NATO members the same without Cyprus.
    "eu_members": "27",
    "eu_members_recognising": "22",
    "eu_members_not_recognising": "5",
    "nato_members_not_recognising": "4",
    "permanent_members_recognising": "3",  # all but China and Russia
    "un_members": "193",
    "un_admission_majority": "129",  # two thirds of 193 are 128.67
    "recognitions_by_un_members": "119 by Kosovo’s count",  # 121 without the Cook Islands and Niue
    "recognitions_short_of_two_thirds": "10 by Kosovo’s count",  # 129 less 119
}

NOT_CONTESTED = {
    "eu_members",
    "eu_members_recognising",
    "eu_members_not_recognising",
    "nato_members_not_recognising",
    "permanent_members_recognising",
    "un_members",
    "un_admission_majority",
}


def named(name: str) -> set[str]:
    return {row.value for row in facts.figure(name).rows}


@pytest.mark.parametrize("name", sorted(set(BY_HAND) - NOT_CONTESTED))
def test_a_contested_count_never_stands_without_its_owner(name: str) -> None:
    assert facts.figure(name).attribution


@pytest.mark.parametrize(
    ("summed", "stated"),
    [
        ("recognitions_by_2018", "recognitions_claimed_2018"),
        ("recognitions_by_october_2025", "recognitions_claimed_october_2025"),
    ],
)
def test_the_years_add_up_to_the_totals_that_kosovo_states(summed: str, stated: str) -> None:
    assert facts.figure(summed).value == facts.figure(stated).value


def test_who_has_not_recognised_is_whom_the_ledger_names() -> None:
    assert named("eu_members_not_recognising") == {"CYP", "GRC", "ROU", "SVK", "ESP"}
    named_there = cell("claims", "claim", id="O06").value
    assert all(state in named_there for state in ("Cyprus", "Greece", "Romania", "Slovakia", "Spain"))
    assert named("nato_members_not_recognising") == {"GRC", "ROU", "SVK", "ESP"}
    assert named("permanent_members_recognising") == {"FRA", "GBR", "USA"}


def test_no_member_of_the_eu_is_said_to_have_withdrawn() -> None:
    assert not named("withdrawals_claimed") & named("eu_members")


def test_the_newest_recognitions_are_those_of_the_chronology() -> None:
    assert named("recognitions_new_2025") == {"KEN", "SDN", "SYR", "BHS"}
    event = cell("chronology", "event", id="E92").value
    assert all(state in event for state in ("Kenya", "Sudan", "Syria", "Bahamas"))


def test_the_president_s_count_fits_the_size_of_the_assembly() -> None:
    # On 4 January 2023 he named 106 that do not recognise and 3 between.
    assert float(facts.figure("recognitions_by_vucic_2023")) + 106 + 3 == facts.figure("un_members").value


def test_two_thirds_by_the_model_of_the_assembly() -> None:
    members, needed = int(float(facts.figure("un_members"))), int(float(facts.figure("un_admission_majority")))
    assert assembly_adopts(RollCall(needed, members - needed), important=True)
    assert not assembly_adopts(RollCall(needed - 1, members - needed + 1), important=True)
