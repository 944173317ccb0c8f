"""Keys of *The tariff as a natural experiment*: equal months, expectations, the function, what would move it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import fmean

import pandas as pd

from twolenses.answers.register import answer
from twolenses.data import load
from twolenses.models.interdependence import difference_in_differences

__all__: list[str] = []

_MILLION = 1_000_000
_PARTNERS = ("SRB", "SVN", "TUR", "ALB")
_MONTHS = tuple(f"{month:02d}" for month in range(1, 11))


def _average(partner: str, year: str) -> float:
    """Imports in an average month from January to October, in million euro."""
    rows = load("trade_monthly").to_dict("records")
    wanted = {f"{year}-{month}" for month in _MONTHS}
    return fmean(
        row["imports_eur"] / _MILLION for row in rows if row["partner_iso3"] == partner and row["month"] in wanted
    )


@answer
def means_of_equal_months() -> pd.DataFrame:
    """The average month from January to October of 2017, 2018, 2019 and 2021, in million euro, for four partners."""
    years = ("2017", "2018", "2019", "2021")
    return pd.DataFrame({partner: [_average(partner, year) for year in years] for partner in _PARTNERS}, index=years)


@answer
def expected_like_slovenia() -> float:
    """Where imports from Serbia stood before, plus Slovenia's change in million euro."""
    return _average("SRB", "2018") + _average("SVN", "2019") - _average("SVN", "2018")


@answer
def effect_beside_slovenia() -> float:
    """What was recorded under the tariff less what was expected: the difference of two differences."""
    return _average("SRB", "2019") - float(expected_like_slovenia())


@answer
def expected_like_slovenia_in_percent() -> float:
    """Where imports from Serbia stood before, grown in the same proportion as Slovenia's."""
    return _average("SRB", "2018") * (1 + (_average("SVN", "2019") - _average("SVN", "2018")) / _average("SVN", "2018"))


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
