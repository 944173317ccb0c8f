"""Arms and pledges: what was bought or approved, from whom, and who is bound to defend whom.

The table of arms has statements, not weapons: the same arms appear as contract, delivery and display. So
nothing here is a sum of quantities, and every count of contracts or suppliers is a floor.
"""

from __future__ import annotations

from twolenses.data import Cell, cell
from twolenses.facts._choose import pick
from twolenses.facts._rows import counted
from twolenses.facts.figure import Figure, fact

_FLOOR = "at least"


def _arms(identifier: str, column: str) -> Cell:
    return cell("arms_acquisitions", column, id=identifier)


def _contracts(iso3: str) -> Figure:
    """One for each date and supplier: two kinds of vehicle in one contract stand in two rows."""
    rows = pick("arms_acquisitions", "event", iso3=iso3, event="contract")
    contracts = {(row.row["date"], row.row["supplier_iso3"]) for row in rows}
    return Figure(len(contracts), rows=rows, qualifier=_FLOOR)


def _suppliers(iso3: str) -> Figure:
    rows = pick("arms_acquisitions", "supplier_iso3", iso3=iso3)
    return Figure(len({row.value for row in rows if row.value}), rows=rows, qualifier=_FLOOR)


# ── The list ─────────────────────────────────────────────────────────────────────────────────────────


@fact(counts="statements", formula="rows of the list")
def arms_statements() -> Figure:
    """Press statements on arms for Serbia and Kosovo that the course’s list has, 2016 to 2026.

    What was found, not all there is. A contract, its delivery and its display are three statements.
    """
    return counted(pick("arms_acquisitions", "event"))


@fact(counts="statements", formula="rows of the list that rest on Russian state media")
def arms_statements_from_state_media() -> Figure:
    """Statements on arms that rest on Russian state media or on sites that follow them.

    Most quote an official; one, on fifty vehicles for Kosovo in 2025, has no other source.
    """
    return counted(pick("arms_acquisitions", "event", state_media=True))


@fact(counts="contracts", formula="contracts in the list, one for each date and supplier")
def serbia_arms_contracts() -> Figure:
    """Arms contracts of Serbia that the course’s list has, 2016 to 2026.

    Contracts announced or reported, gifts and approvals not counted. The list is longer for Serbia because it
    bought more or because more was written about it.
    """
    return _contracts("SRB")


@fact(counts="contracts", formula="contracts in the list, one for each date and supplier")
def kosovo_arms_contracts() -> Figure:
    """Arms contracts of Kosovo that the course’s list has, 2016 to 2026.

    The Turkish vehicles of July 2021 are one contract in two rows. Most of what the list has for Kosovo is
    deliveries and gifts.
    """
    return _contracts("XKX")


@fact(counts="states", formula="states named as supplier in the list")
def serbia_arms_suppliers() -> Figure:
    """States that the course’s list names as suppliers of arms to Serbia, 2016 to 2026.

    Belarus, China, Cyprus, France, Israel, Russia and Spain; helicopters of Airbus stand without a state.
    """
    return _suppliers("SRB")


@fact(counts="states", formula="states named as supplier in the list")
def kosovo_arms_suppliers() -> Figure:
    """States that the course’s list names as suppliers of arms to Kosovo, 2021 to 2026.

    Turkey and the United States. The list is what was found; other states gave equipment too.
    """
    return _suppliers("XKX")


# ── Single purchases ─────────────────────────────────────────────────────────────────────────────────


@fact(counts="missiles")
def javelins_approved() -> Figure:
    """Javelin anti-tank missiles whose possible sale to Kosovo the US government approved on 11 January 2024.

    An approval of a possible sale: neither a contract nor a delivery.
    """
    row = _arms("A28", "quantity")
    return Figure(row.value, rows=(row,))


@fact(unit="million dollars")
def javelins_price() -> Figure:
    """The price that the US government estimated for the Javelin missiles that Kosovo had asked for.

    Launch units included; an estimate for a possible sale, not the price of a contract.
    """
    row = _arms("A28", "value_low")
    return Figure(row.value, rows=(row,), qualifier="an estimated")


@fact(counts="aircraft")
def rafales_ordered() -> Figure:
    """Rafale fighters that Serbia ordered from France on 29 August 2024, to be delivered by 2029.

    A contract, not a delivery.
    """
    row = _arms("A19", "quantity")
    return Figure(row.value, rows=(row,))


@fact(unit="billion euro", digits=1, formula="the price in millions ÷ 1,000")
def rafales_price() -> Figure:
    """The price of Serbia’s Rafale fighters as it was announced.

    Other figures circulate: 2.6 billion euro, 3.26 billion dollars.
    """
    row = _arms("A19", "value_low")
    return Figure(row.value / 1000, rows=(row,), qualifier="about", attribution="as announced")


@fact(unit="million euro", formula="lower and upper end of the range printed")
def mig_overhaul_planned() -> Figure:
    """What Serbia planned in 2018 to spend on the overhaul of its MiG-29 fighters.

    By a Russian state agency; a plan, not a price paid.
    """
    low, high = _arms("A05", "value_low"), _arms("A05", "value_high")
    return Figure((low.value, high.value), rows=(low, high), attribution="by Russian state media")


@fact(counts="drones")
def bayraktars_received() -> Figure:
    """Bayraktar armed drones that Kosovo received from Turkey in May 2023, by a Turkish defence magazine.

    Kosovo’s premier gave neither the number nor the price.
    """
    row = _arms("A26", "quantity")
    return Figure(row.value, rows=(row,), attribution="by a magazine’s count")


# ── The main suppliers in one source ─────────────────────────────────────────────────────────────────


def _first_named(flag: str) -> Figure:
    rows = pick("arms_suppliers", "edition_date", iso3="SRB", **{flag: True})
    edition = min(rows, key=lambda row: str(row.value))
    return Figure(int(str(edition.value)[:4]), rows=(edition,))


@fact(unit="year", formula="year of the first edition that names the state")
def china_first_named_as_supplier() -> Figure:
    """The year in which the CIA World Factbook first names China among the suppliers of Serbia’s arms.

    Among editions from November 2020 on. A word in a sentence: no quantity, value or share stands behind it.
    """
    return _first_named("names_china")


@fact(unit="year", formula="year of the first edition that names the state")
def france_first_named_as_supplier() -> Figure:
    """The year in which the CIA World Factbook first names France among the suppliers of Serbia’s arms.

    The aircraft ordered in 2024 were still to be delivered.
    """
    return _first_named("names_france")


# ── Who is bound to defend whom ──────────────────────────────────────────────────────────────────────


def _defence_partners(iso3: str, year: int) -> Figure:
    rows = tuple(
        row
        for row in pick("alliances", "defence")
        if iso3 in (row.row["iso3_1"], row.row["iso3_2"]) and row.row["first_year"] <= year <= row.row["last_year"]
    )
    return Figure(sum(bool(row.value) for row in rows), rows=rows)


@fact(counts="states", formula="pairs of the table with a pledge of defence")
def albania_defence_partners_2018() -> Figure:
    """States of the region and greater powers that were bound by treaty to defend Albania in 2018.

    From the Alliance Treaty Obligations and Provisions data, which end that year; members of NATO outside the
    table are not counted.
    """
    return _defence_partners("ALB", 2018)


@fact(counts="states", formula="pairs of the table with a pledge of defence")
def serbia_defence_partners_2018() -> Figure:
    """States of the region and greater powers that were bound by treaty to defend Serbia in 2018.

    From the Alliance Treaty Obligations and Provisions data, which end that year and have no row for Kosovo.
    Serbia declared itself militarily neutral in 2007.
    """
    return _defence_partners("SRB", 2018)
