"""Keys of the exercise *Missing is not zero*."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pandas as pd

from twolenses.answers.register import answer
from twolenses.data import cell, load
from twolenses.models import power

__all__: list[str] = []

_PARTS = ["military_spending", "military_personnel", "iron_and_steel", "energy", "population", "urban_population"]
_SIX = ["ALB", "BIH", "MKD", "MNE", "SRB", "XKX"]
_NAMES = dict(zip(_PARTS, power.COMPONENTS, strict=True))


@answer
def zeros_by_state() -> pd.DataFrame:
    """The number of zeros of each state in each part, for the states that have any. A missing figure is no zero."""
    rows = load("capabilities").to_dict("records")
    found = Counter((row["iso3"], part) for row in rows for part in _PARTS if not pd.isna(row[part]) and row[part] == 0)
    states = sorted({iso3 for iso3, _ in found})
    return pd.DataFrame({part: [found[iso3, part] for iso3 in states] for part in _PARTS}, index=states)


@answer
def zeros_contradicted() -> pd.DataFrame:
    """The rows of both tables, matched by state and year, in which the one prints zero soldiers."""
    factbook = {
        (row["iso3"], row["year"]): row["personnel"] for row in load("armed_forces_personnel").to_dict("records")
    }
    rows = [
        {
            "iso3": row["iso3"],
            "year": row["year"],
            "military_personnel": 0,
            "personnel": factbook[row["iso3"], row["year"]],
        }
        for row in load("capabilities").to_dict("records")
        if (row["iso3"], row["year"]) in factbook and row["military_personnel"] == 0
    ]
    return pd.DataFrame(rows)


def _soldiers(iso3: str) -> float:
    return float(cell("capabilities", "military_personnel", iso3=iso3, year=2022).value)


@answer
def soldiers_in_three_versions() -> pd.DataFrame:
    """Soldiers of 2022 in thousands: as printed, with zeros made missing, and with these filled from the Factbook."""
    printed = {iso3: _soldiers(iso3) for iso3 in _SIX}
    factbook = cell("armed_forces_personnel", "personnel", iso3="XKX", year=2022).value / 1000
    return pd.DataFrame(
        {
            "zero": printed,
            "missing": printed | {"XKX": float("nan")},
            "filled": printed | {"XKX": factbook},
        }
    )


@answer
def means_of_three_versions() -> pd.Series:
    """The mean of each version: over six forces, over the five that are known, over six."""
    versions: pd.DataFrame = soldiers_in_three_versions()
    return pd.Series({name: sum(column.dropna()) / column.count() for name, column in versions.items()})


@answer
def totals_of_three_versions() -> pd.Series:
    """The total of each version. A total with an unknown part is unknown: `skipna=False`."""
    versions: pd.DataFrame = soldiers_in_three_versions()
    return pd.Series({name: float(sum(column.tolist())) for name, column in versions.items()})


@answer
def smallest_of_three_versions() -> pd.Series:
    """The state with the smallest number in each version, not the number."""
    versions: pd.DataFrame = soldiers_in_three_versions()
    return pd.Series({name: column.dropna().sort_values().index[0] for name, column in versions.items()})


@answer
def serbia_to_kosovo_by_treatment() -> Callable[[pd.Series], float]:
    """Serbia's index divided by Kosovo's, each the mean of the shares for which there is a figure."""
    totals = load("capabilities_world").set_index("year")[_PARTS].T[2022].rename(_NAMES).astype(float)
    serbia = {part: float(cell("capabilities", part, iso3="SRB", year=2022).value) for part in _PARTS}

    def serbia_to_kosovo(kosovo: pd.Series) -> float:
        pair = pd.DataFrame({"SRB": pd.Series(serbia), "XKX": kosovo.astype(float)}).T.rename(columns=_NAMES)
        index = power.cinc(pair, totals)
        return float(index["SRB"] / index["XKX"])

    return serbia_to_kosovo


@answer
def ratio_by_soldiers() -> pd.DataFrame:
    """Serbia's index for each unit of Kosovo's, for each number of soldiers filled in."""
    ratio: Callable[[pd.Series], float] = serbia_to_kosovo_by_treatment()
    kosovo = {part: float(cell("capabilities", part, iso3="XKX", year=2022).value) for part in _PARTS}
    share = cell("military_spending", "share_of_gdp", iso3="XKX", year=2022).value / 100
    kosovo["military_spending"] = share * cell("world_bank", "gdp_usd", iso3="XKX", year=2022).value / 1000
    columns = {}
    for name, steel in (("steel as zero", 0.0), ("steel left out", float("nan"))):
        columns[name] = {
            persons: ratio(pd.Series(kosovo | {"military_personnel": persons / 1000, "iron_and_steel": steel}))
            for persons in range(0, 10_001, 500)
        }
    return pd.DataFrame(columns)
