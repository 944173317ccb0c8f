"""Size, wealth and openness of the two economies, after the World Bank."""

from __future__ import annotations

from twolenses.data import Cell, cell
from twolenses.facts.figure import Figure, fact

_YEAR = 2023
_BILLION = 1_000_000_000
_MILLION = 1_000_000


def _bank(state: str, column: str, year: int = _YEAR) -> Cell:
    return cell("world_bank", column, iso3=state, year=year)


def _in(scale: int, row: Cell) -> Figure:
    return Figure(row.value / scale, rows=(row,))


def _openness(state: str) -> Figure:
    sold, bought = _bank(state, "exports_pct_gdp"), _bank(state, "imports_pct_gdp")
    return Figure(sold.value + bought.value, rows=(sold, bought))


def _remittances_share(state: str) -> Figure:
    sent, gdp = _bank(state, "remittances_usd"), _bank(state, "gdp_usd")
    return Figure(100 * sent.value / gdp.value, rows=(sent, gdp))


@fact(unit="billion US dollars", digits=2)
def kosovo_gdp_2023() -> Figure:
    """Kosovo’s gross domestic product in 2023, at current prices, after the World Bank."""
    return _in(_BILLION, _bank("XKX", "gdp_usd"))


@fact(unit="billion US dollars", digits=2)
def serbia_gdp_2023() -> Figure:
    """Serbia’s gross domestic product in 2023, at current prices and without Kosovo, after the World Bank."""
    return _in(_BILLION, _bank("SRB", "gdp_usd"))


@fact(digits=1, formula="Serbia’s GDP ÷ Kosovo’s GDP, 2023")
def serbia_kosovo_gdp_ratio_2023() -> Figure:
    """Serbia’s gross domestic product for each dollar of Kosovo’s in 2023, after the World Bank.

    At current prices; dollar values move with exchange rates, and Serbia is given without Kosovo.
    """
    serbia, kosovo = _bank("SRB", "gdp_usd"), _bank("XKX", "gdp_usd")
    return Figure(serbia.value / kosovo.value, rows=(serbia, kosovo))


@fact(unit="US dollars")
def kosovo_gdp_per_head_2023() -> Figure:
    """Kosovo’s gross domestic product per inhabitant in 2023, at current prices, after the World Bank.

    The census of 2024 reset the population downwards, and every figure per head upwards.
    """
    return _in(1, _bank("XKX", "gdp_per_head_usd"))


@fact(unit="US dollars")
def serbia_gdp_per_head_2023() -> Figure:
    """Serbia’s gross domestic product per inhabitant in 2023, at current prices, after the World Bank."""
    return _in(1, _bank("SRB", "gdp_per_head_usd"))


@fact(unit="million people", digits=2)
def kosovo_population_2022() -> Figure:
    """Inhabitants of Kosovo at mid-2022, after the World Bank, before the census of 2024 reset the series.

    Most of the fall to 2024 is that reset, not emigration.
    """
    return _in(_MILLION, _bank("XKX", "population", 2022))


@fact(unit="million people", digits=2)
def kosovo_population_mid_2024() -> Figure:
    """Inhabitants of Kosovo at mid-2024, after the World Bank, on the base of the census of 2024.

    Do not set it against 2022: the series breaks between them.
    """
    return _in(_MILLION, _bank("XKX", "population", 2024))


@fact(unit="million people", digits=2)
def serbia_population_2023() -> Figure:
    """Inhabitants of Serbia at mid-2023, without Kosovo, after the World Bank."""
    return _in(_MILLION, _bank("SRB", "population"))


@fact(unit="%", formula="exports + imports, each in % of GDP")
def kosovo_openness_2023() -> Figure:
    """Kosovo’s exports and imports of goods and services in percent of its GDP, 2023, after the World Bank.

    Above a hundred is possible: trade is counted at full value, GDP as value added. Imports are most of it.
    """
    return _openness("XKX")


@fact(unit="%", formula="exports + imports, each in % of GDP")
def serbia_openness_2023() -> Figure:
    """Serbia’s exports and imports of goods and services in percent of its GDP, 2023, after the World Bank.

    Above a hundred is possible: trade is counted at full value, GDP as value added.
    """
    return _openness("SRB")


@fact(unit="%", digits=1)
def kosovo_imports_share_of_gdp_2023() -> Figure:
    """Kosovo’s imports of goods and services in percent of its GDP, 2023, after the World Bank."""
    return _in(1, _bank("XKX", "imports_pct_gdp"))


@fact(unit="billion US dollars", digits=2)
def kosovo_remittances_2023() -> Figure:
    """Money that people abroad sent to Kosovo in 2023, after the World Bank.

    Sums carried by hand are estimated.
    """
    return _in(_BILLION, _bank("XKX", "remittances_usd"))


@fact(unit="%", digits=1, formula="100 × remittances ÷ GDP")
def kosovo_remittances_share_2023() -> Figure:
    """Remittances to Kosovo in percent of its GDP, 2023, after the World Bank."""
    return _remittances_share("XKX")


@fact(unit="%", digits=1, formula="100 × remittances ÷ GDP")
def serbia_remittances_share_2023() -> Figure:
    """Remittances to Serbia in percent of its GDP, 2023, after the World Bank."""
    return _remittances_share("SRB")
