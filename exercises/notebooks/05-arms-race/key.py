"""The key of *Arms race or common trend?*."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from twolenses.answers import answer
from twolenses.data import load
from twolenses.facts import figure
from twolenses.mistakes import mistake

YEARS = range(2015, 2025)
EDITIONS = ("share_of_gdp", "first_printed", "lowest_printed", "highest_printed")
STUDENT_OF_SIX = 2.446912  # what Student's t of six degrees of freedom exceeds, in size, once in twenty times


def _printed(iso3: str, column: str = "share_of_gdp") -> pd.Series:
    rows = load("military_spending")
    return rows[(rows["iso3"] == iso3) & rows["year"].isin(YEARS)].set_index("year").sort_index()[column]


@answer
def likeness_of_spending() -> Callable[[pd.DataFrame, str], pd.Series]:
    """The correlation of one state's levels with every other state's, the highest first."""

    def likeness(table: pd.DataFrame, iso3: str) -> pd.Series:
        own = table[iso3].to_numpy(dtype=float)
        found = {
            other: float(np.corrcoef(own, table[other].to_numpy(dtype=float))[0, 1])
            for other in table.columns
            if other != iso3
        }
        return pd.Series(dict(sorted(found.items(), key=lambda pair: -pair[1])))

    return likeness


@answer
def spending_ratio_in_money(state: str = "SRB", neighbour: str = "XKX") -> pd.Series:
    """The money that the first state spends on its military for each unit of money that the second spends, by year."""
    gdp = load("world_bank").set_index(["iso3", "year"])["gdp_usd"]
    sizes = pd.Series({year: int(gdp[state, year]) / int(gdp[neighbour, year]) for year in YEARS})
    return _printed(state) / _printed(neighbour) * sizes


@answer
def revision_bars() -> pd.DataFrame:
    """How far below and above the last figure the others lie that were printed for the same year."""
    rows = load("military_spending")
    rows = rows[rows["iso3"].isin(["SRB", "XKX"]) & rows["year"].isin(YEARS)].sort_values(["iso3", "year"])
    last = rows["share_of_gdp"].to_numpy()
    return pd.DataFrame(
        {"below": last - rows["lowest_printed"].to_numpy(), "above": rows["highest_printed"].to_numpy() - last},
        index=pd.MultiIndex.from_frame(rows[["iso3", "year"]]),
    )


NAMES = {"SRB": "Serbia", "XKX": "Kosovo"}


@answer
def last_figures_of_both() -> pd.DataFrame:
    """The share that was printed last for each year, with a column for either state."""
    return pd.DataFrame({name: _printed(iso3) for iso3, name in NAMES.items()})


@answer
def range_of_editions() -> dict[str, pd.DataFrame]:
    """The lowest and the highest share ever printed for each year."""
    return {
        name: pd.DataFrame({column: _printed(iso3, column) for column in ("lowest_printed", "highest_printed")})
        for iso3, name in NAMES.items()
    }


@answer
def race_comes_to_rest() -> Callable[[float, float, float, float], bool]:
    """A race comes to rest if both roots of its matrix lie below zero."""

    def rests(k: float, a: float, ell: float, b: float) -> bool:
        return bool(np.linalg.eigvals([[-a, k], [ell, -b]]).real.max() < -1e-12)

    return rests


def reaction(own: pd.Series, other: pd.Series) -> tuple[float, float]:
    """How strongly one side reacts to the other by least squares, and the margin of the 95 % interval."""
    design = np.column_stack([other[:-1], own[:-1], np.ones(len(own) - 1)])
    change = np.diff(own)
    values, squares, *_ = np.linalg.lstsq(design, change)
    variance = float(squares[0]) / (len(change) - 3) * np.linalg.inv(design.T @ design)[0, 0]
    return float(values[0]), STUDENT_OF_SIX * float(np.sqrt(variance))


def who_reacts(serbia: bool, kosovo: bool) -> str:
    """The word of the task for which side reacts."""
    return {(True, True): "both", (True, False): "Serbia", (False, True): "Kosovo"}.get((serbia, kosovo), "neither")


@answer
def reaction_by_edition() -> dict[str, str]:
    """A side reacts where the whole interval of its reaction lies above zero. k is Serbia's, l Kosovo's."""
    found = {}
    for column in EDITIONS:
        serbia, kosovo = _printed("SRB", column), _printed("XKX", column)
        (k, about_k), (ell, about_l) = reaction(serbia, kosovo), reaction(kosovo, serbia)
        found[column] = who_reacts(k - about_k > 0, ell - about_l > 0)
    return found


# ── Mistakes ────────────────────────────────────────────────────────────────────────────────────────


Likeness = Callable[[pd.DataFrame, str], pd.Series]
Rests = Callable[[float, float, float, float], bool]


def _wide(
    table: str = "military_spending", column: str = "share_of_gdp", states: tuple[str, str] = ("SRB", "XKX")
) -> pd.DataFrame:
    rows = load(table).query("2015 <= year <= 2024 and iso3 in @states")
    return rows.pivot(index="year", columns="iso3", values=column).astype(float)


# ── Levels and changes ───────────────────────────────────────────────────────────────────────────────


@mistake(about="spending_correlation_of_levels")
def changes_for_spending_levels() -> float:
    """That is the correlation of the yearly changes. The levels are the shares themselves, as the table has them."""
    return float(figure("spending_correlation_of_changes"))


@mistake(about="spending_correlation_of_changes")
def percent_changes_for_points() -> float:
    """Those are changes in percent of the year before. A change from one share to the next is a difference, in
    percentage points: use diff()."""
    moves = _wide().pct_change()
    return float(moves["SRB"].corr(moves["XKX"]))


@mistake(about="spending_correlation_of_changes")
def answered_a_year_later() -> float:
    """That sets each change of one side beside the other's change of another year. Take both of the same year."""
    moves = _wide().diff()
    return float(moves["SRB"].corr(moves["XKX"].shift(1)))


# ── Likeness with everybody ──────────────────────────────────────────────────────────────────────────


@mistake(about="likeness_of_spending")
def likeness_with_itself() -> Likeness:
    """The state's correlation with itself is still in the list, and is 1 whatever happened. Drop that row."""
    return lambda table, iso3: table.corrwith(table[iso3]).sort_values(ascending=False, kind="stable")


@mistake(about="likeness_of_spending")
def likeness_of_changes() -> Likeness:
    """Those are the correlations of the changes. This task is about levels: leave out diff()."""

    def wrong(table: pd.DataFrame, iso3: str) -> pd.Series:
        moves = table.diff()
        return moves.corrwith(moves[iso3]).drop(iso3).sort_values(ascending=False, kind="stable")

    return wrong


@mistake(about="likeness_of_spending")
def likeness_lowest_first() -> Likeness:
    """The lowest stands first. The likeness that is asked for begins with the highest: ascending=False."""
    return lambda table, iso3: table.corrwith(table[iso3]).drop(iso3).sort_values(kind="stable")


@mistake(about="likeness_of_spending")
def likeness_without_its_sign() -> Likeness:
    """The sign is lost, so states that move against each other look alike. Sort the correlations as they are."""
    return lambda table, iso3: table.corrwith(table[iso3]).drop(iso3).abs().sort_values(ascending=False, kind="stable")


@mistake(about="likeness_of_spending")
def likeness_unsorted() -> Likeness:
    """The states stand in the order of the table. Sort the values, the highest first."""
    return lambda table, iso3: table.corrwith(table[iso3]).drop(iso3)


# ── Money ────────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="spending_ratio_in_money")
def ratio_of_shares(state: str = "SRB", neighbour: str = "XKX") -> pd.Series:
    """That divides the shares. A share says nothing of size: multiply each by its own GDP first."""
    shares = _wide(states=(state, neighbour))
    return shares[state] / shares[neighbour]


@mistake(about="spending_ratio_in_money")
def ratio_of_economies(state: str = "SRB", neighbour: str = "XKX") -> pd.Series:
    """That compares the economies. Military spending is GDP times the share that goes to the military."""
    gdp = _wide("world_bank", "gdp_usd", (state, neighbour))
    return gdp[state] / gdp[neighbour]


@mistake(about="spending_ratio_in_money")
def money_between_the_two(state: str = "SRB", neighbour: str = "XKX") -> pd.Series:
    """That is a difference in dollars. How many dollars for each dollar is a quotient: divide."""
    both = (state, neighbour)
    money = _wide(states=both) * _wide("world_bank", "gdp_usd", both) / 100
    return money[state] - money[neighbour]


@mistake(about="spending_ratio_in_money")
def money_turned_round(state: str = "SRB", neighbour: str = "XKX") -> pd.Series:
    """That is the second state’s spending for each unit of the first’s. Turn the fraction round."""
    both = (state, neighbour)
    money = _wide(states=both) * _wide("world_bank", "gdp_usd", both)
    return money[neighbour] / money[state]


# ── Revisions ────────────────────────────────────────────────────────────────────────────────────────


def _revised() -> pd.DataFrame:
    rows = load("military_spending").query("2015 <= year <= 2024 and iso3 in ['SRB', 'XKX']")
    return rows.set_index(["iso3", "year"]).sort_index()


@mistake(about="revision_bars")
def edges_for_distances() -> pd.DataFrame:
    """Those are the lowest and highest figures themselves. An error bar is drawn from distances: how far each lies
    from the last figure."""
    rows = _revised()
    return pd.DataFrame({"below": rows["lowest_printed"], "above": rows["highest_printed"]})


@mistake(about="revision_bars")
def bars_below_zero() -> pd.DataFrame:
    """Distances are not below zero. Downwards, take the last figure less the lowest."""
    rows = _revised()
    last = rows["share_of_gdp"]
    return pd.DataFrame({"below": rows["lowest_printed"] - last, "above": rows["highest_printed"] - last})


@mistake(about="revision_bars")
def bars_around_the_first_figure() -> pd.DataFrame:
    """Those are distances from the figure first printed. The chart shows the last one, so measure from that."""
    rows = _revised()
    first = rows["first_printed"]
    return pd.DataFrame({"below": first - rows["lowest_printed"], "above": rows["highest_printed"] - first})


@mistake(about="revision_bars")
def bars_exchanged() -> pd.DataFrame:
    """The two columns are exchanged. What lies below the last figure is measured from the lowest."""
    rows = _revised()
    last = rows["share_of_gdp"]
    return pd.DataFrame({"below": rows["highest_printed"] - last, "above": last - rows["lowest_printed"]})


# ── Richardson ───────────────────────────────────────────────────────────────────────────────────────


@mistake(about="race_comes_to_rest")
def product_alone() -> Rests:
    """Two fatigues below zero have a product above zero, and then both sides arm ever faster by themselves. Ask for
    the second condition too, the sum of the fatigues."""
    return lambda k, a, ell, b: a * b > k * ell


@mistake(about="race_comes_to_rest")
def one_condition_is_enough() -> Rests:
    """That is true where one of the two conditions holds. Both must hold: join them with `and`."""
    return lambda k, a, ell, b: a * b > k * ell or a + b > 0


@mistake(about="race_comes_to_rest")
def rest_turned_round() -> Rests:
    """That is true where reaction outweighs fatigue, which is where a race runs away. Turn the comparison round."""
    return lambda k, a, ell, b: a * b < k * ell and a + b > 0


@mistake(about="race_comes_to_rest")
def each_side_by_itself() -> Rests:
    """That asks each side to tire faster than it reacts. A calm side can make up for an excited one: compare the
    two products."""
    return lambda k, a, ell, b: a > k and b > ell


@mistake(about="race_comes_to_rest")
def sums_for_products() -> Rests:
    """That compares sums. A push goes from one side to the other and back, so the coefficients multiply."""
    return lambda k, a, ell, b: a + b > k + ell


# ── Editions ─────────────────────────────────────────────────────────────────────────────────────────


def _reactions(column: str) -> tuple[tuple[float, float], tuple[float, float]]:
    version = _wide(column=column)
    return reaction(version["SRB"], version["XKX"]), reaction(version["XKX"], version["SRB"])


@mistake(about="reaction_by_edition")
def estimates_without_intervals() -> dict[str, str]:
    """Those labels follow the estimates alone. An estimate above zero whose interval reaches below zero shows no
    reaction: look at the lower end."""
    found = {}
    for column in EDITIONS:
        (k, _), (ell, _) = _reactions(column)
        found[column] = who_reacts(k > 0, ell > 0)
    return found


@mistake(about="reaction_by_edition")
def sides_exchanged() -> dict[str, str]:
    """The two sides are exchanged. The letter k is the reaction of Serbia to Kosovo, the letter l that of Kosovo to
    Serbia."""
    found = {}
    for column in EDITIONS:
        (k, about_k), (ell, about_l) = _reactions(column)
        found[column] = who_reacts(ell - about_l > 0, k - about_k > 0)
    return found


@mistake(about="reaction_by_edition")
def zero_inside_for_reaction() -> dict[str, str]:
    """That is turned round: an interval that holds zero is one in which no reaction is shown."""
    found = {}
    for column in EDITIONS:
        (k, about_k), (ell, about_l) = _reactions(column)
        found[column] = who_reacts(k - about_k <= 0, ell - about_l <= 0)
    return found
