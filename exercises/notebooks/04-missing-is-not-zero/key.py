"""The key of *Missing is not zero*."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pandas as pd

from twolenses.answers import answer
from twolenses.data import cell, load
from twolenses.mistakes import mistake
from twolenses.models import power

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
    return pd.Series({name: column.dropna().sort_values(kind="stable").index[0] for name, column in versions.items()})


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
def ratio_by_soldiers() -> dict[tuple[str, ...], pd.Series]:
    """Serbia's index for each unit of Kosovo's, for each number of soldiers filled in."""
    ratio: Callable[[pd.Series], float] = serbia_to_kosovo_by_treatment()
    kosovo = {part: float(cell("capabilities", part, iso3="XKX", year=2022).value) for part in _PARTS}
    share = cell("military_spending", "share_of_gdp", iso3="XKX", year=2022).value / 100
    kosovo["military_spending"] = share * cell("world_bank", "gdp_usd", iso3="XKX", year=2022).value / 1000

    def line(steel: float) -> pd.Series:
        sizes = range(0, 10_001, 500)
        filled = [kosovo | {"military_personnel": persons / 1000, "iron_and_steel": steel} for persons in sizes]
        return pd.Series([ratio(pd.Series(figures)) for figures in filled], index=sizes)

    return {
        ("steel as zero", "zero", "as 0"): line(0.0),
        ("steel left out", "left out", "ignored"): line(float("nan")),
    }


@answer
def where_the_axis_begins() -> int:
    """An axis of ratios begins at zero, so that a fall looks as large as it is."""
    return 0


# ── Mistakes ────────────────────────────────────────────────────────────────────────────────────────


def _counted(found: pd.DataFrame) -> pd.DataFrame:
    counts = found.groupby(load("capabilities")["iso3"]).sum().astype(int)
    return counts[counts.sum(axis=1) > 0]


def _versions() -> pd.DataFrame:
    versions: pd.DataFrame = soldiers_in_three_versions()
    return versions


# ── Zeros ────────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="zeros_by_state")
def missing_for_zeros() -> pd.DataFrame:
    """Those are missing figures, empty cells in the source. A printed zero is a figure: compare with == 0."""
    return _counted(load("capabilities")[_PARTS].isna())


@mistake(about="zeros_by_state")
def zeros_with_missing() -> pd.DataFrame:
    """Those are zeros and missing figures together. The source tells the two apart, so keep them apart."""
    return _counted(load("capabilities")[_PARTS].fillna(0) == 0)


@mistake(about="zeros_by_state")
def share_of_years_with_zero() -> pd.DataFrame:
    """Those are shares of the years. The task asks how many years: sum() counts what is true."""
    found = (load("capabilities")[_PARTS] == 0).groupby(load("capabilities")["iso3"])
    shares = found.mean()
    return shares[shares.sum(axis=1) > 0].astype(float)


@mistake(about="zeros_by_state")
def states_without_zeros_too() -> pd.DataFrame:
    """Those are all states of the table. Keep the rows in which at least one count is above zero."""
    return (load("capabilities")[_PARTS] == 0).groupby(load("capabilities")["iso3"]).sum().astype(int)


@mistake(about="zeros_contradicted")
def every_pair() -> pd.DataFrame:
    """Those are all rows that the tables share. Keep those in which `military_personnel` is zero."""
    columns = ["iso3", "year", "military_personnel"]
    return load("capabilities")[columns].merge(load("armed_forces_personnel")[["iso3", "year", "personnel"]])


@mistake(about="zeros_contradicted")
def zeros_without_a_partner() -> pd.DataFrame:
    """Some of these years have no figure in the Factbook. A zero is contradicted only where both tables print
    something: merge without how="left"."""
    zeros = load("capabilities").query("military_personnel == 0")[["iso3", "year", "military_personnel"]]
    return zeros.merge(load("armed_forces_personnel")[["iso3", "year", "personnel"]], how="left")


# ── Versions ─────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="soldiers_in_three_versions")
def persons_among_thousands() -> pd.DataFrame:
    """The filled figure is in persons and the others in thousands. Divide the Factbook's figures by 1000."""
    versions = _versions()
    return versions.assign(filled=versions["missing"].fillna(1000 * versions["filled"]))


@mistake(about="soldiers_in_three_versions")
def filled_with_the_mean() -> pd.DataFrame:
    """The gap is filled with the mean of the others. Fill it with the Factbook's figure for the same state."""
    versions = _versions()
    return versions.assign(filled=versions["missing"].fillna(versions["missing"].mean()))


@mistake(about="soldiers_in_three_versions")
def factbook_for_everybody() -> pd.DataFrame:
    """The whole column is the Factbook's now. Fill the gap alone and leave what the first source measured."""
    factbook = load("armed_forces_personnel").query("year == 2022").set_index("iso3")["personnel"] / 1000
    versions = _versions()
    return versions.assign(filled=factbook.reindex(versions.index).astype(float))


# ── What pandas does with a gap ──────────────────────────────────────────────────────────────────────


@mistake(about="means_of_three_versions")
def always_six() -> pd.Series:
    """The sum has been divided by six each time, which makes a gap a zero. mean() divides by what is there."""
    return _versions().sum() / 6


@mistake(about="means_of_three_versions")
def no_mean_with_a_gap() -> pd.Series:
    """That mean refuses a gap. For the means leave `skipna` as it is; the totals are the ones that must refuse."""
    return _versions().mean(skipna=False)


@mistake(about="means_of_three_versions")
def means_across_the_versions() -> pd.Series:
    """That is one mean for each state, across the versions. One for each version goes down the column: no axis=1."""
    return _versions().mean(axis=1)


@mistake(about="totals_of_three_versions")
def total_over_a_gap() -> pd.Series:
    """sum() passes over a gap as if it were a zero. A total with an unknown part is unknown: skipna=False."""
    return _versions().sum()


@mistake(about="smallest_of_three_versions")
def smallest_numbers() -> pd.Series:
    """Those are the smallest numbers. The question asks whose they are: idxmin() names the row."""
    return _versions().min()


@mistake(about="smallest_of_three_versions")
def largest_of_the_versions() -> pd.Series:
    """Those are the largest. The question asks for the smallest: idxmin()."""
    return _versions().idxmax()


# ── The ratio ────────────────────────────────────────────────────────────────────────────────────────


def _shares(kosovo: pd.Series) -> tuple[pd.Series, pd.Series]:
    world = load("capabilities_world").set_index("year")[_PARTS].T[2022].astype(float)
    serbia = load("capabilities").query("iso3 == 'SRB'").set_index("year")[_PARTS].T[2022].astype(float)
    return serbia / world, kosovo.astype(float) / world


@mistake(about="serbia_to_kosovo_by_treatment")
def sums_for_means() -> Callable[[pd.Series], float]:
    """A gap counts as a zero there, by a sum or by filling in 0, so leaving out changes nothing. Take the mean of the
    shares that are there."""

    def wrong(kosovo: pd.Series) -> float:
        first, second = _shares(kosovo)
        return float(first.sum() / second.sum())

    return wrong


@mistake(about="serbia_to_kosovo_by_treatment")
def same_parts_for_both() -> Callable[[pd.Series], float]:
    """That leaves Kosovo's gaps out for Serbia as well. One can defend it, but the task asks for each state's own
    index: all parts for which that state has a figure."""

    def wrong(kosovo: pd.Series) -> float:
        first, second = _shares(kosovo)
        return float(first[second.notna()].mean() / second.mean())

    return wrong


@mistake(about="serbia_to_kosovo_by_treatment")
def argument_not_used() -> Callable[[pd.Series], float]:
    """The function gives the same whatever it is given. Use its argument `kosovo`, and not the row of the table."""

    def wrong(kosovo: pd.Series) -> float:
        table = load("capabilities").query("iso3 == 'XKX'").set_index("year")[_PARTS].T[2022]
        first, second = _shares(table)
        return float(first.mean() / second.mean())

    return wrong


@mistake(about="serbia_to_kosovo_by_treatment")
def kosovo_to_serbia() -> Callable[[pd.Series], float]:
    """The fraction is turned round: Serbia goes above the line."""

    def wrong(kosovo: pd.Series) -> float:
        first, second = _shares(kosovo)
        return float(second.mean() / first.mean())

    return wrong
