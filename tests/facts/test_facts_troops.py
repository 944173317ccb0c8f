"""Facts of the first chapter, each against a value worked out by hand from its row."""

from __future__ import annotations

import pytest

from twolenses import facts
from twolenses.errors import FactError
from twolenses.facts import Figure

THEMES = {"troops", "claims"}
BY_HAND = {
    "serbian_troops_before": "8,350",
    "serbian_troops_after": "4,500",
    "serbian_troops_withdrawn": "3,850",  # 8,350 less 4,500
    "serbian_troop_cut": "46.1%",  # 3,850 of 8,350 is 0.46108
    "serbian_troops_earlier": "14,000",
    "serbian_troops_share_of_earlier": "59.6%",  # 8,350 of 14,000 is 0.59643
    "serbian_troops_before_by_president": "less than 8,400 by President Vučić’s account",
    "serbian_troops_on_30_september_by_president": "7,500 by President Vučić’s account",
    "serbian_troops_after_by_president": "4,400 by President Vučić’s account",
    "serbian_troops_planned_by_president": "4,000 by President Vučić’s account",
    "army_bases": "28",
    "gendarmerie_bases": "20",
    "bases_counted": "48 by Pristina’s count",
    "force_ratio_before": "1.9 to 2.2",  # 8,350 by 4,500 is 1.856, by 3,800 is 2.197
    "force_ratio_after": "0.96 to 1.00",  # 4,500 by 4,700 is 0.957, by 4,500 is 1
    "banjska_dead": "4",  # one officer and three attackers
    "banjska_attackers_dead": "3",
    "zvecan_injured_first_count": "30",
    "zvecan_injured_un_count": "93",
    # The ledger's verdicts, as its audit states them: 30, 25, 21, 4 and 1 make 81; 8 omissions.
    "claims_checked": "81",
    "omissions_listed": "8",
    "claims_supported": "30",
    "claims_imprecise": "25",
    "claims_contested": "21",
    "claims_wrong": "4",
    "claims_unverifiable": "1",
    # The types, as the first report counted them: 37, 13, 17, 10 and 4 make 81.
    "claims_of_fact": "37",
    "claims_of_attribution": "13",
    "claims_of_interpretation": "17",
    "claims_of_cause": "10",
    "claims_of_law": "4",
    # Counted in the file by eye.
    "contested_interpretations": "12",
    "contested_causes": "7",
    "contested_facts": "1",
}


def test_a_range_is_never_one_number() -> None:
    with pytest.raises(FactError, match="is a range"):
        float(facts.figure("uk_battalion_offered"))


@pytest.mark.parametrize(
    ("figure", "printed"),
    [
        (Figure(1234.5, unit="%", digits=1), "1,234.5%"),
        (Figure(-3, digits=0), "−3"),
        (Figure(2023, unit="year"), "2023"),
        (Figure(450, unit="million euro"), "450\u00a0million euro"),
        (Figure(450, unit="soldiers", counted=True), "450"),
        (Figure((1.7, 2.4), unit="%", digits=1, qualifier="about"), "about 1.7 to 2.4%"),
        (Figure(116, attribution="by Kosovo’s count"), "116 by Kosovo’s count"),
    ],
)
def test_a_figure_prints_with_unit_qualifier_and_owner(figure: Figure, printed: str) -> None:
    assert str(figure) == printed
