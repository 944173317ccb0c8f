"""With whom Serbia trades."""

from __future__ import annotations

from twolenses.data import Cell, cell
from twolenses.facts._rows import single
from twolenses.facts.figure import Figure, fact

_DELEGATION = "by the EU Delegation’s figures"


def _quoted(measure: str, partner: str, period: str) -> Cell:
    return cell("trade_facts", iso3="SRB", measure=measure, partner=partner, period=period)


def _billion(row: Cell) -> Figure:
    return Figure(row.value / 1000, rows=(row,), qualifier=row.qualifier, attribution=_DELEGATION)


@fact(unit="billion euro", digits=1)
def serbia_trade_with_eu_2019() -> Figure:
    """Serbia’s trade with the European Union in 2019, exports and imports together.

    As the EU’s delegation in Belgrade prints it, an interested party.
    """
    return _billion(_quoted("trade", "EU", "2019"))


@fact(unit="billion euro", digits=1)
def serbia_trade_with_russia_2019() -> Figure:
    """Serbia’s trade with Russia in 2019, exports and imports together.

    As the EU’s delegation in Belgrade prints it, an interested party.
    """
    return _billion(_quoted("trade", "RUS", "2019"))


@fact(unit="billion euro", digits=1)
def serbia_trade_with_china_2019() -> Figure:
    """Serbia’s trade with China in 2019, exports and imports together.

    As the EU’s delegation in Belgrade prints it, an interested party.
    """
    return _billion(_quoted("trade", "CHN", "2019"))


@fact(digits=1, formula="trade with the EU ÷ trade with Russia, 2019")
def serbia_trade_eu_per_russia_2019() -> Figure:
    """Euros of trade that Serbia had with the European Union for each euro with Russia, 2019.

    A ratio of values: it does not say what Serbia could do without, gas included.
    """
    eu, russia = _quoted("trade", "EU", "2019"), _quoted("trade", "RUS", "2019")
    return Figure(eu.value / russia.value, rows=(eu, russia), attribution=_DELEGATION)


@fact(unit="%")
def serbia_eu_share_of_trade_2019() -> Figure:
    """Share of the European Union in Serbia’s trade in 2019.

    As the EU’s delegation in Belgrade prints it; whether the United Kingdom is counted is not said.
    """
    return single(_quoted("trade_share", "EU", "2019"), _DELEGATION)


@fact(unit="%", digits=1)
def serbia_eu_share_of_trade_2022() -> Figure:
    """Share of the European Union in Serbia’s trade in 2022.

    As the EU’s delegation in Belgrade prints it. The United Kingdom has left since 2019: no trend by itself.
    """
    return single(_quoted("trade_share", "EU", "2022"), _DELEGATION)


@fact(unit="%", digits=1)
def serbia_eu_share_of_trade_2024() -> Figure:
    """Share of the European Union in Serbia’s trade from January to August 2024, by Serbia’s Statistical Office."""
    return single(_quoted("trade_share", "EU", "2024-01/2024-08"))


@fact(unit="%")
def serbia_eu_share_of_investment() -> Figure:
    """Share of the European Union in foreign direct investment in Serbia, 2010 to 2022.

    As the EU’s delegation in Belgrade has it; investors of other states may invest through the EU.
    """
    return single(_quoted("fdi_share", "EU", "2010/2022"), _DELEGATION)
