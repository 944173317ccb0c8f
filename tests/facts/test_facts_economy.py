"""Facts after the World Bank, each against its row or the source's own figure per head."""

from __future__ import annotations

import pytest

from twolenses import facts

THEMES = {"economy"}
BY_HAND = {
    "kosovo_gdp_2023": "10.47\u00a0billion US dollars",  # 10,466,753,840
    "serbia_gdp_2023": "81.34\u00a0billion US dollars",  # 81,343,999,280
    "serbia_kosovo_gdp_ratio_2023": "7.8",  # 81.344 by 10.467 is 7.772
    "kosovo_gdp_per_head_2023": "6,220\u00a0US dollars",
    "serbia_gdp_per_head_2023": "12,282\u00a0US dollars",
    "kosovo_population_2022": "1.77\u00a0million people",  # 1,768,096
    "kosovo_population_mid_2024": "1.59\u00a0million people",  # 1,594,353
    "serbia_population_2023": "6.62\u00a0million people",  # 6,623,183
    "kosovo_openness_2023": "110%",  # 39.64 + 70.31 = 109.95
    "serbia_openness_2023": "114%",  # 55.07 + 59.42 = 114.49
    "kosovo_imports_share_of_gdp_2023": "70.3%",
    "kosovo_remittances_2023": "1.83\u00a0billion US dollars",  # 1,832,626,790
    "kosovo_remittances_share_2023": "17.5%",  # 1.8326 of 10.4668 is 0.17509
    "serbia_remittances_share_2023": "7.1%",  # 5.7722 of 81.3440 is 0.07096
}


@pytest.mark.parametrize("name", BY_HAND)
def test_a_fact_says_its_year(name: str) -> None:
    assert str(facts.figure(name).rows[0].row["year"]) in facts.describe(name).title


@pytest.mark.parametrize("state", ["kosovo", "serbia"])
def test_gdp_per_head_is_gdp_by_heads(state: str) -> None:
    figure = facts.figure(f"{state}_gdp_per_head_2023")
    row = figure.rows[0].row
    assert float(figure) == pytest.approx(row["gdp_usd"] / row["population"], abs=1)
