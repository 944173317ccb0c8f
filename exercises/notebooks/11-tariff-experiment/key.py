"""The key of *The tariff as a natural experiment*."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from statistics import fmean

import pandas as pd

from twolenses.answers import answer
from twolenses.data import load
from twolenses.mistakes import mistake
from twolenses.models.interdependence import difference_in_differences

_MILLION = 1_000_000
_PARTNERS = ("SRB", "SVN", "TUR", "ALB")
_MONTHS = tuple(f"{month:02d}" for month in range(1, 11))


@cache
def _average(partner: str, year: str, last: str = "10") -> float:
    """Imports in an average month from January to the last, in million euro."""
    rows = load("trade_monthly").query("partner_iso3 == @partner")
    wanted = [f"{year}-{month}" for month in _MONTHS if month <= last]
    return fmean(rows.loc[rows["month"].isin(wanted), "imports_eur"].astype(float) / _MILLION)


@answer
def means_of_equal_months() -> pd.DataFrame:
    """The average month from January to October of 2017, 2018, 2019 and 2021, in million euro, for four partners."""
    years = ("2017", "2018", "2019", "2021")
    return pd.DataFrame({partner: [_average(partner, year) for year in years] for partner in _PARTNERS}, index=years)


@answer
def expected_like_slovenia(partner: str = "SVN", last: str = "10") -> float:
    """Where imports from Serbia stood before, plus the partner's change in million euro."""
    return _average("SRB", "2018", last) + _average(partner, "2019", last) - _average(partner, "2018", last)


@answer
def effect_beside_slovenia(partner: str = "SVN", last: str = "10") -> float:
    """What was recorded under the tariff less what was expected: the difference of two differences."""
    return _average("SRB", "2019", last) - float(expected_like_slovenia(partner, last))


@answer
def expected_like_slovenia_in_percent(partner: str = "SVN", last: str = "10") -> float:
    """Where imports from Serbia stood before, grown in the same proportion as the partner's."""
    before, under = _average(partner, "2018", last), _average(partner, "2019", last)
    return _average("SRB", "2018", last) * (1 + (under - before) / before)


@answer
def serbia_against_partner() -> Callable[[pd.DataFrame, str, Sequence[str], str, str], float]:
    """The change of Serbia's average month less the change of the partner's, over the months of the list only."""

    def did(imports: pd.DataFrame, partner: str, months: Sequence[str], before: str, after: str) -> float:
        rows = imports[["SRB", partner]].melt(var_name="partner", value_name="value", ignore_index=False)
        frame = rows.reset_index(names="month")
        frame = frame[frame["month"].isin([f"{year}-{month}" for year in (before, after) for month in months])]
        marked = frame.assign(serbia=frame["partner"] == "SRB", later=frame["month"].str.startswith(after))
        return difference_in_differences(marked, "value", "serbia", "later").estimate

    return did


@answer
def estimates_by_partner() -> dict[str, pd.Series]:
    """For each partner both years' estimates, by the choice of months."""
    windows = {
        "January–October": _MONTHS,
        "January–March": _MONTHS[:3],
        "April–June": _MONTHS[3:6],
        "July–September": _MONTHS[6:9],
    }
    did, imports = serbia_against_partner(), _imports()
    pairs = [(window, years) for window in windows for years in (("2017", "2018"), ("2018", "2019"))]
    return {
        name: pd.Series(
            [did(imports, partner, windows[window], *years) for window, years in pairs],
            index=[window for window, _ in pairs],
        )
        for partner, name in (("SVN", "Slovenia"), ("TUR", "Turkey"), ("ALB", "Albania"))
    }


@answer
def exports_to_serbia_fall_earlier() -> float:
    """The fall of exports to Serbia from 2017 to 2018, in percent of 2017, over the months used for 2018 to 2019."""
    rows = load("trade_monthly").to_dict("records")
    sold = {row["month"]: float(row["exports_eur"]) for row in rows if row["partner_iso3"] == "SRB"}
    before, after = (sum(sold[f"{year}-{month}"] for month in _MONTHS[1:]) for year in ("2017", "2018"))
    return 100 * (1 - after / before)


@answer
def what_moves_the_estimate() -> dict[str, str]:
    """Ask which of the four means it moves and which way, and whether the fall beside Slovenia grows by it."""
    return {
        "relabelled": "too large",
        "no papers": "too large",
        "substitutes": "too large",
        "prices": "too large",
        "postponed": "too small",
        "detour": "too small",
        "pandemic": "no change",
    }


# ── Mistakes ────────────────────────────────────────────────────────────────────────────────────────


def _imports() -> pd.DataFrame:
    wide = load("trade_monthly").pivot(index="month", columns="partner_iso3", values="imports_eur") / 1_000_000
    return wide[["SRB", "SVN", "TUR", "ALB"]]


def _by_year(first: str = "01", last: str = "10") -> pd.DataFrame:
    rows = _imports()
    rows = rows[(rows.index.str[5:] >= first) & (rows.index.str[5:] <= last)]
    return rows.groupby(rows.index.str[:4]).mean()


def _before_under(last: str = "10") -> tuple[dict[str, float], dict[str, float]]:
    before, under = ({name: _average(name, year, last) for name in _PARTNERS} for year in ("2018", "2019"))
    return before, under


# ── Equal months ─────────────────────────────────────────────────────────────────────────────────────


@mistake(about="means_of_equal_months")
def all_twelve_months_averaged() -> pd.DataFrame:
    """That averages all months of each year, and the last weeks of 2018 were already under a tariff. Keep January to
    October before you take the mean."""
    return _by_year(last="12").drop("2020")


@mistake(about="means_of_equal_months")
def months_added_up() -> pd.DataFrame:
    """Those are sums of ten months. The average month is asked for: mean() in place of sum()."""
    return 10 * _by_year().drop("2020")


@mistake(about="means_of_equal_months")
def half_treated_year_kept() -> pd.DataFrame:
    """That still has 2020, a year of which the first months were under the tariff and the others after it. Drop that
    row."""
    return _by_year()


@mistake(about="means_of_equal_months")
def october_left_out() -> pd.DataFrame:
    """October is missing: a comparison with < leaves the last month out. Use <= to keep it."""
    return _by_year(last="09").drop("2020")


@mistake(about="means_of_equal_months")
def means_in_single_euros() -> pd.DataFrame:
    """Those are single euros. `imports` is in million euro already; leave the unit as it is."""
    return 1_000_000 * _by_year().drop("2020")


@mistake(about="imports_from_serbia_fall")
def fall_with_a_minus() -> float:
    """That is the change, with its minus. A *fall* of so many percent is written without one: before less after."""
    before, under = _before_under()
    return 100 * (under["SRB"] - before["SRB"]) / before["SRB"]


@mistake(about="imports_from_serbia_fall")
def fall_of_what_was_left() -> float:
    """You divided by the later mean. A fall is measured against what there was before, and cannot exceed all of it."""
    before, under = _before_under()
    return 100 * (before["SRB"] - under["SRB"]) / under["SRB"]


@mistake(about="imports_from_serbia_fall")
def fall_as_a_fraction() -> float:
    """That is a fraction of one. Multiply by 100 to have percent."""
    before, under = _before_under()
    return (before["SRB"] - under["SRB"]) / before["SRB"]


@mistake(about="imports_from_serbia_fall")
def fall_in_million_euro() -> float:
    """That is the fall in million euro a month. Divide it by what was imported before and multiply by 100."""
    before, under = _before_under()
    return float(before["SRB"] - under["SRB"])


# ── By hand ──────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="effect_beside_slovenia")
def before_and_after_alone(partner: str = "SVN", last: str = "10") -> float:
    """That is Serbia's own change. What would have happened anyway is still in it: subtract the partner's change
    as well."""
    before, under = _before_under(last)
    return float(under["SRB"] - before["SRB"])


@mistake(about="effect_beside_slovenia")
def gap_under_the_tariff(partner: str = "SVN", last: str = "10") -> float:
    """That is the gap between the two partners in 2019. Serbia and the other differed before the tariff too: compare
    changes, not levels."""
    _, under = _before_under(last)
    return float(under["SRB"] - under[partner])


@mistake(about="effect_beside_slovenia")
def expected_less_recorded(partner: str = "SVN", last: str = "10") -> float:
    """The size is right and the sign is turned round: take what was recorded less what was expected, so that a fall has
    a minus."""
    return -float(effect_beside_slovenia(partner, last))


@mistake(about="effect_beside_slovenia")
def partners_growth_added(partner: str = "SVN", last: str = "10") -> float:
    """You added the partner's change where it has to be subtracted: without the tariff imports from Serbia would have
    moved with it, by this guess."""
    before, under = _before_under(last)
    return float(under["SRB"] - before["SRB"] + under[partner] - before[partner])


@mistake(about="expected_like_slovenia")
def partners_level_for_serbias(partner: str = "SVN", last: str = "10") -> float:
    """That is what came from the partner. Its change is to be carried over to Serbia, not its level."""
    _, under = _before_under(last)
    return float(under[partner])


@mistake(about="expected_like_slovenia_in_percent")
def euros_once_more(partner: str = "SVN", last: str = "10") -> float:
    """That is the guess in euros again. For the percent multiply by the ratio of the partner's two means."""
    return float(expected_like_slovenia(partner, last))


@mistake(about="expected_like_slovenia_in_percent")
def only_the_growth(partner: str = "SVN", last: str = "10") -> float:
    """That is the growth alone. Add it to where imports from Serbia stood before."""
    before, under = _before_under(last)
    return float(before["SRB"] * (under[partner] - before[partner]) / before[partner])


# ── The function ─────────────────────────────────────────────────────────────────────────────────────

Estimate = Callable[[pd.DataFrame, str, Sequence[str], str, str], float]


def _changes(
    imports: pd.DataFrame, months: Sequence[str] | None, before: str, after: str, how: str
) -> dict[str, float]:
    chosen = imports if months is None else imports[imports.index.str[5:].isin(months)]
    years = chosen.groupby(chosen.index.str[:4]).agg(how).to_dict("index")
    return {str(partner): years[after][partner] - years[before][partner] for partner in imports}


@mistake(about="serbia_against_partner")
def months_of_the_list_ignored() -> Estimate:
    """It averages all months and not only those of the list. Filter the rows by their month first."""

    def did(imports: pd.DataFrame, partner: str, months: Sequence[str], before: str, after: str) -> float:
        change = _changes(imports, None, before, after, "mean")
        return float(change["SRB"] - change[partner])

    return did


@mistake(about="serbia_against_partner")
def sums_of_months_compared() -> Estimate:
    """It compares sums of months. A longer list then gives a larger number: take the mean."""

    def did(imports: pd.DataFrame, partner: str, months: Sequence[str], before: str, after: str) -> float:
        change = _changes(imports, months, before, after, "sum")
        return float(change["SRB"] - change[partner])

    return did


@mistake(about="serbia_against_partner")
def partner_less_serbia() -> Estimate:
    """It takes the partner's change less Serbia's. Turn it round: Serbia is the one that was treated."""

    def did(imports: pd.DataFrame, partner: str, months: Sequence[str], before: str, after: str) -> float:
        change = _changes(imports, months, before, after, "mean")
        return float(change[partner] - change["SRB"])

    return did


@mistake(about="serbia_against_partner")
def serbias_change_alone() -> Estimate:
    """It returns Serbia's change and never looks at the partner. Subtract the partner's change."""

    def did(imports: pd.DataFrame, partner: str, months: Sequence[str], before: str, after: str) -> float:
        return float(_changes(imports, months, before, after, "mean")["SRB"])

    return did


@mistake(about="serbia_against_partner")
def levels_after_compared() -> Estimate:
    """It compares the two in the later year alone. The earlier year has to be subtracted on both sides."""

    def did(imports: pd.DataFrame, partner: str, months: Sequence[str], before: str, after: str) -> float:
        chosen = imports[imports.index.str[5:].isin(months)]
        level = chosen.groupby(chosen.index.str[:4]).mean().to_dict("index")[after]
        return float(level["SRB"] - level[partner])

    return did


@mistake(about="serbia_against_partner")
def years_of_the_tariff_always() -> Estimate:
    """It compares 2018 with 2019 whatever years it is given. Write `before` and `after` where the years stand."""

    def did(imports: pd.DataFrame, partner: str, months: Sequence[str], before: str, after: str) -> float:
        change = _changes(imports, months, "2018", "2019", "mean")
        return float(change["SRB"] - change[partner])

    return did


@mistake(about="serbia_against_partner")
def slovenia_always() -> Estimate:
    """It subtracts Slovenia's change whatever partner it is given. Write `partner` where `"SVN"` stands."""

    def did(imports: pd.DataFrame, partner: str, months: Sequence[str], before: str, after: str) -> float:
        change = _changes(imports, months, before, after, "mean")
        return float(change["SRB"] - change["SVN"])

    return did


# ── Exports ──────────────────────────────────────────────────────────────────────────────────────────


def _sold(year: str, first: str, last: str = "10") -> float:
    rows = load("trade_monthly").query("partner_iso3 == 'SRB'").set_index("month")["exports_eur"]
    return float(rows.loc[f"{year}-{first}" : f"{year}-{last}"].sum())


@mistake(about="exports_to_serbia_fall")
def doubtful_month_kept() -> float:
    """January 2019 is still in it, one of the two months whose exports are doubtful. Leave it out, and January 2018
    with it."""
    return 100 * (1 - _sold("2019", "01") / _sold("2018", "01"))


@mistake(about="exports_to_serbia_fall")
def nine_months_against_ten() -> float:
    """That sets nine months of 2019 against ten of 2018. If January goes in one year, it has to go in the other."""
    return 100 * (1 - _sold("2019", "02") / _sold("2018", "01"))


@mistake(about="exports_to_serbia_fall")
def fall_of_the_later() -> float:
    """You divided by the later year. A fall is measured against what there was before."""
    return 100 * (_sold("2018", "02") - _sold("2019", "02")) / _sold("2019", "02")


@mistake(about="exports_to_serbia_fall")
def exports_fall_as_a_fraction() -> float:
    """That is a fraction of one. Multiply by 100 to have percent."""
    return 1 - _sold("2019", "02") / _sold("2018", "02")


@mistake(about="exports_to_serbia_fall")
def exports_fall_with_a_minus() -> float:
    """That is the change, with its minus. A *fall* of so many percent is written without one: before less after."""
    return 100 * (_sold("2019", "02") / _sold("2018", "02") - 1)


@mistake(about="exports_to_serbia_fall_earlier")
def fall_over_two_years() -> float:
    """That goes from 2017 to 2019. The placebo ends before the tariff: from 2017 to 2018."""
    return 100 * (1 - _sold("2019", "02") / _sold("2017", "02"))


@mistake(about="exports_to_serbia_fall_earlier")
def other_months_for_the_placebo() -> float:
    """That uses January again, which the first comparison left out. A placebo has to use the same months."""
    return 100 * (1 - _sold("2018", "01") / _sold("2017", "01"))


@mistake(about="exports_to_serbia_fall_earlier")
def earlier_fall_of_the_later() -> float:
    """You divided by 2018. From 2017 to 2018 the fall is measured against 2017."""
    return 100 * (_sold("2017", "02") - _sold("2018", "02")) / _sold("2018", "02")


# ── What would move the estimate ─────────────────────────────────────────────────────────────────────


def _moves() -> dict[str, str]:
    return dict(what_moves_the_estimate())


@mistake(about="what_moves_the_estimate")
def substitutes_as_bystanders() -> dict[str, str]:
    """You leave the estimate as it is when shops turn to Slovenia. Slovenia's growth is then made by the tariff, and
    the method subtracts it as if it had come anyway."""
    return _moves() | {"substitutes": "no change"}


@mistake(about="what_moves_the_estimate")
def postponed_orders_the_wrong_way() -> dict[str, str]:
    """Orders that are already postponed in summer 2018 lower the mean *before*. The fall from there is shorter than the
    one the tariff caused."""
    return _moves() | {"postponed": "too large"}


@mistake(about="what_moves_the_estimate")
def every_doubt_the_same_way() -> dict[str, str]:
    """You take every doubt to make the fall too large. Go through them one by one: which mean does each move, which
    way, and does it fall into the months compared?"""
    return dict.fromkeys(_moves(), "too large")
