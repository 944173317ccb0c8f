"""Facts on trade, each against sums by hand from the months or the figure that another source prints."""

from __future__ import annotations

import pytest

from twolenses import facts
from twolenses.data import cell
from twolenses.errors import FactError
from twolenses.facts import tariff

THEMES = {"trade", "tariff"}
BY_HAND = {
    "tariff_rate": "100%",
    "tariff_rate_first": "10%",
    # Imports from Serbia in million euro, months of the Agency of Statistics added on paper.
    "imports_from_serbia_2017": "449.9\u00a0million euro",  # quarters 95.455 + 107.785 + 124.834 + 121.846 = 449.920
    "imports_from_serbia_2018": "388.9\u00a0million euro",  # 97.925 + 114.237 + 118.078 + 58.687 = 388.927
    "imports_from_serbia_2019": "5.8\u00a0million euro",  # 1.805 + 1.517 + 1.132 + 1.330 = 5.784
    "imports_from_serbia_2021": "304.6\u00a0million euro",  # 55.045 + 76.865 + 83.567 + 89.158 = 304.635
    "imports_from_serbia_q2_2018": "114.2\u00a0million euro",  # 37.203 + 39.391 + 37.643 = 114.237
    "imports_from_serbia_q2_2019": "1.5\u00a0million euro",  # 0.637 + 0.519 + 0.361 = 1.517
    "imports_from_serbia_q3_2018": "118.1\u00a0million euro",  # 37.558 + 42.932 + 37.588 = 118.078
    "imports_from_serbia_q3_2019": "1.1\u00a0million euro",  # 0.348 + 0.292 + 0.492 = 1.132
    "imports_from_serbia_monthly_before": "36.8\u00a0million euro",  # 97.925 + 114.237 + 118.078 + 37.848 = 368.088
    "imports_from_serbia_monthly_under": "0.47\u00a0million euro",  # 1.805 + 1.517 + 1.132 + 0.270 = 4.724
    "imports_from_serbia_fall": "98.7%",  # 368.088 − 4.724 = 363.364, of 368.088: 0.98717
    "imports_from_serbia_recovered_2021": "67.7%",  # 304.635 of 449.920 is 0.67709
    "serbia_share_of_imports_before": "13.3%",  # 368.088 of 2,769.125 is 0.13293
    "serbia_share_of_imports_under": "0.2%",  # 4.724 of 2,864.262 is 0.00165
    "serbia_share_of_imports_2021": "6.5%",  # 304.635 of 4,652.751 is 0.06547
    # 97.925 + 114.237 + 118.078 = 330.240 by Kosovo, 349.6 by Serbia's chamber of commerce
    "imports_from_serbia_by_both_sides_2018": "330.2 to 349.6\u00a0million euro by the two sides’ figures",
    "imports_lost_from_serbia": "363.4\u00a0million euro",
    "imports_gained_from_turkey": "69.3\u00a0million euro",  # 342.636 less 273.335
    "imports_gained_from_slovenia": "42.9\u00a0million euro",  # 111.696 less 68.832
    "imports_gained_from_germany": "35.1\u00a0million euro",  # 359.085 less 323.985
    "imports_gained_from_albania": "21.3\u00a0million euro",  # 190.158 less 168.851
    # 69.301 + 42.864 + 35.100 + 21.307 + China's 25.690 = 194.262, of 363.364: 0.5346
    "lost_imports_matched_by_five": "53%",
    "imports_from_serbia_fall_2018_full_years": "13.6%",  # 449.920 less 388.927 is 60.993, of 449.920: 0.13556
    "imports_from_serbia_rise_2018_equal_months": "0.5%",  # 368.088 less 366.245 is 1.843, of 366.245: 0.00503
    # The five gained 21.307, 25.690, 35.100, 42.864 and 69.301, on average 38.852; less −363.364 is 402.216, by ten.
    "tariff_difference_in_differences": "40.2\u00a0million euro",
    "imports_growth_under_tariff": "3.4%",  # 2,864.262 less 2,769.125 is 95.137, of 2,769.125: 0.03436
    "exports_to_serbia_2017": "48.2\u00a0million euro",  # customs print 48.246
    "imports_per_export_to_serbia_2017": "9.3",  # 449.920 by 48.245 is 9.326
    "exports_to_serbia_fall": "19.8%",  # 27.593 less 22.138 is 5.455, of 27.593: 0.1977
    # As printed by the EU Delegation and the Statistical Office of Serbia.
    "serbia_trade_with_eu_2019": "24.9\u00a0billion euro by the EU Delegation’s figures",
    "serbia_trade_with_russia_2019": "2.7\u00a0billion euro by the EU Delegation’s figures",
    "serbia_trade_with_china_2019": "2.4\u00a0billion euro by the EU Delegation’s figures",
    "serbia_trade_eu_per_russia_2019": "9.2 by the EU Delegation’s figures",  # 24.9 by 2.7 is 9.22
    "serbia_eu_share_of_trade_2019": "63% by the EU Delegation’s figures",
    "serbia_eu_share_of_trade_2022": "58.7% by the EU Delegation’s figures",
    "serbia_eu_share_of_trade_2024": "58.9%",
    "serbia_eu_share_of_investment": "around 60% by the EU Delegation’s figures",
}


@pytest.mark.parametrize(
    ("name", "measure", "period", "reported_by"),
    [
        ("imports_from_serbia_2017", "imports", "2017", "Kosovo Customs"),
        ("imports_from_serbia_2017", "imports", "2017", "RFE/RL"),
        ("imports_from_serbia_2021", "imports", "2021", "RFE/RL"),
        ("exports_to_serbia_2017", "exports", "2017", "Kosovo Customs"),
    ],
)
def test_the_months_add_up_to_what_others_print(name: str, measure: str, period: str, reported_by: str) -> None:
    printed = cell("trade_facts", iso3="XKX", measure=measure, partner="SRB", period=period, reported_by=reported_by)
    assert float(facts.figure(name)) == pytest.approx(printed.value, abs=1)


def test_serbia_s_figure_is_the_higher_of_the_two() -> None:
    stated = cell("trade_facts", iso3="XKX", measure="imports", partner="SRB", period="2018-01/2018-09")
    assert facts.figure("imports_from_serbia_by_both_sides_2018").high == stated.value


def test_what_the_docstrings_say_of_growth_before_the_tariff() -> None:
    for partner in ("TUR", "DEU", "ALB", "SVN"):
        years = [tariff._million(tariff._imports(partner, f"{year}-01", f"{year}-10")).low for year in (2017, 2018)]
        assert years[0] < years[1]
    albania = [tariff._million(tariff._imports("ALB", f"{year}-01", f"{year}-10")).low for year in (2017, 2018)]
    assert (albania[1] - albania[0]) / float(facts.figure("imports_gained_from_albania")) == pytest.approx(
        1.96, abs=0.01
    )


def test_a_doubtful_month_of_exports_is_refused() -> None:
    with pytest.raises(FactError, match="marked as doubtful"):
        tariff._exports("SRB", "2018-11", "2019-02")


def test_a_month_that_was_not_read_is_not_zero() -> None:
    with pytest.raises(FactError, match="of the 12 months"):
        tariff._imports("ITA", "2018-01", "2018-12")
