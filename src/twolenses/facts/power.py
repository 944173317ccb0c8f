"""Capabilities and soldiers: what can be measured of power, and how well."""

from __future__ import annotations

from twolenses.data import Cell, cell
from twolenses.facts._choose import pick
from twolenses.facts._rows import counted, single
from twolenses.facts.figure import Figure, fact

_PARTS = (
    "military_spending",
    "military_personnel",
    "iron_and_steel",
    "energy",
    "population",
    "urban_population",
)
_SMALLER = ("ALB", "BIH", "HRV", "MKD", "MNE")
_LARGER = ("BGR", "HUN", "ROU")


def _cinc(iso3: str, year: int) -> Cell:
    return cell("capabilities", "cinc", iso3=iso3, year=year)


def _world_share(iso3: str, year: int) -> Figure:
    row = _cinc(iso3, year)
    return Figure(100 * row.value, rows=(row,))


def _ratio(first: Cell, second: Cell, qualifier: str = "", attribution: str = "") -> Figure:
    value = first.value / second.value
    return Figure(value, rows=(first, second), qualifier=qualifier, attribution=attribution)


def _against(others: tuple[str, ...], year: int) -> Figure:
    serbia = _cinc("SRB", year)
    rest = pick("capabilities", "cinc", year=year, iso3=others)
    return Figure(serbia.value / sum(row.value for row in rest), rows=(serbia, *rest))


# ── The index of capabilities ────────────────────────────────────────────────────────────────────────


@fact(unit="%", digits=3, formula="100 × the published index")
def serbia_cinc_1999() -> Figure:
    """Yugoslavia’s share of the world’s material capabilities in 1999, by the Correlates of War index.

    Serbia and Montenegro together, with Kosovo. Steel and coal equivalents weigh as much as soldiers.
    """
    return _world_share("SRB", 1999)


@fact(unit="%", digits=3, formula="100 × the published index")
def serbia_cinc_2022() -> Figure:
    """Serbia’s share of the world’s material capabilities in 2022, by the Correlates of War index.

    Quality of arms, allies, will and geography are not in it.
    """
    return _world_share("SRB", 2022)


@fact(unit="%", digits=1, formula="100 × the published index")
def us_cinc_2022() -> Figure:
    """Share of the United States in the world’s material capabilities in 2022, by the Correlates of War.

    It has two fifths of all military spending in the same data, and a fifteenth of the soldiers.
    """
    return _world_share("USA", 2022)


@fact(unit="%", digits=1, formula="100 × the published index")
def china_cinc_2022() -> Figure:
    """Share of China in the world’s material capabilities in 2022, by the Correlates of War.

    Steel, energy and people put it above the United States, which the same data let spend almost four times
    as much on its forces.
    """
    return _world_share("CHN", 2022)


@fact(unit="%", digits=1, formula="100 × the published index")
def russia_cinc_2022() -> Figure:
    """Share of Russia in the world’s material capabilities in 2022, by the Correlates of War.

    The index does not see that year’s war: it counts resources, not what is done with them.
    """
    return _world_share("RUS", 2022)


@fact(digits=1, formula="index of Yugoslavia ÷ index of Albania")
def serbia_to_albania_1999() -> Figure:
    """Material capabilities of Yugoslavia for each unit of Albania’s in 1999, by the Correlates of War.

    Yugoslavia is Serbia and Montenegro, with Kosovo.
    """
    return _ratio(_cinc("SRB", 1999), _cinc("ALB", 1999))


@fact(digits=1, formula="index of Serbia ÷ index of Albania")
def serbia_to_albania_2022() -> Figure:
    """Material capabilities of Serbia for each unit of Albania’s in 2022, by the Correlates of War.

    Part of the change since 1999 is one of borders and counting: Serbia stands without Montenegro and Kosovo.
    """
    return _ratio(_cinc("SRB", 2022), _cinc("ALB", 2022))


@fact(digits=2, formula="index of Yugoslavia ÷ sum of the indices of the four")
def serbia_to_smaller_neighbours_1999() -> Figure:
    """Yugoslavia’s material capabilities in 1999 for each unit of four states around it taken together.

    Albania, Bosnia and Herzegovina, Croatia and North Macedonia; Montenegro is in Yugoslavia that year.
    Bulgaria, Hungary and Romania are left out, and they decide the answer: see the fact on all eight.
    """
    return _against(_SMALLER, 1999)


@fact(digits=2, formula="index of Serbia ÷ sum of the indices of the five")
def serbia_to_smaller_neighbours_2022() -> Figure:
    """Serbia’s material capabilities in 2022 for each unit of five states around it taken together.

    Albania, Bosnia and Herzegovina, Croatia, Montenegro and North Macedonia. Kosovo, whose soldiers and
    spending the source prints as zero, is left out, and so are Bulgaria, Hungary and Romania.
    """
    return _against(_SMALLER, 2022)


@fact(digits=2, formula="index of Serbia ÷ sum of the indices of the eight")
def serbia_to_all_neighbours_2022() -> Figure:
    """Serbia’s material capabilities in 2022 for each unit of eight states around it taken together.

    The five smaller ones with Bulgaria, Hungary and Romania; Kosovo is left out. All but Bosnia and
    Herzegovina are in NATO, whose other members the sum does not count.
    """
    return _against(_SMALLER + _LARGER, 2022)


# ── Kosovo in the index ──────────────────────────────────────────────────────────────────────────────


def _zeros(component: str) -> Figure:
    return counted(pick("capabilities", component, iso3="XKX", **{component: 0}))


@fact(counts="years", formula="years in which the source prints 0 soldiers for Kosovo")
def kosovo_years_without_soldiers() -> Figure:
    """Years from 2008 to 2022 in which the Correlates of War data print zero soldiers for Kosovo.

    A fact about the coding, not about Kosovo: another source has about 3,300 in its Security Force. Our
    reading is that no figure was entered; the source may also hold that the force is no army.
    """
    return _zeros("military_personnel")


@fact(counts="years", formula="years in which the source prints 0 spending for Kosovo")
def kosovo_years_without_spending() -> Figure:
    """Years from 2008 to 2022 in which the Correlates of War data print zero military spending for Kosovo.

    A fact about the coding: another source has 0.7 to 1.5% of GDP. For 2014 the data print nothing, which is
    the honest form of not knowing.
    """
    return _zeros("military_spending")


@fact(unit="%", digits=3, formula="100 × mean share in six components, and in those that are not zero")
def kosovo_cinc_2022() -> Figure:
    """Kosovo’s share of the world’s material capabilities in 2022: as published, and with its zeros left out.

    Neither end is a measurement of Kosovo’s strength: the lower one counts soldiers, spending and steel as
    none, the upper one rests on energy and people alone.
    """
    published = _cinc("XKX", 2022)
    shares = [
        published.row[part] / cell("capabilities_world", part, year=2022).value
        for part in _PARTS
        if published.row[part]
    ]
    world = cell("capabilities_world", "states", year=2022)
    ends = (100 * published.value, 100 * sum(shares) / len(shares))
    return Figure(ends, rows=(published, world), attribution="depending on whether its zeros count")


# ── Soldiers ─────────────────────────────────────────────────────────────────────────────────────────


def _personnel(iso3: str, year: int) -> Cell:
    return cell("armed_forces_personnel", "personnel", iso3=iso3, year=year)


def _latest_personnel(iso3: str) -> Cell:
    rows = pick("armed_forces_personnel", "personnel", iso3=iso3)
    return max(rows, key=lambda row: int(row.row["year"]))


@fact(counts="soldiers")
def serbia_soldiers() -> Figure:
    """Serbia’s active military personnel in the latest year printed, by the CIA World Factbook.

    The gendarmerie, about 3,000, is not in it. The figure has not moved in any edition since 2020.
    """
    return single(_latest_personnel("SRB"))


@fact(counts="soldiers")
def kosovo_soldiers() -> Figure:
    """Personnel of the Kosovo Security Force in the latest year printed, by the CIA World Factbook.

    About 800 of them are reserves. The fall from 3,500 in 2021 comes with a change of wording, not with a count.
    """
    return single(_latest_personnel("XKX"), "with reserves")


@fact(digits=1, formula="Serbia’s armed forces ÷ Kosovo Security Force, both of 2023")
def serbia_to_kosovo_soldiers() -> Figure:
    """Serbian soldiers for each member of the Kosovo Security Force in 2023, by the CIA World Factbook.

    Kosovo’s number includes reserves and Serbia’s does not, so the ratio of active soldiers is higher. KFOR,
    which stands in Kosovo, is on neither side.
    """
    first, second = _personnel("SRB", 2023), _personnel("XKX", 2023)
    return _ratio(first, second, "about", "with Kosovo’s reserves counted")


@fact(counts="soldiers", formula="two sources for the same year, thousands printed out")
def serbia_soldiers_2022_two_sources() -> Figure:
    """Serbia’s military personnel in 2022 by two sources, the CIA World Factbook and the Correlates of War.

    They do not say what separates them; the gendarmerie of about 3,000 is of the size of the gap.
    """
    factbook = _personnel("SRB", 2022)
    index = cell("capabilities", "military_personnel", iso3="SRB", year=2022)
    return Figure((factbook.value, 1000 * index.value), rows=(factbook, index), attribution="by two sources")


# ── What the ratios hang on ──────────────────────────────────────────────────────────────────────────


def _shares(row: Cell, year: int) -> dict[str, float]:
    """The share of the world's total that a state has of each component."""
    return {part: row.row[part] / cell("capabilities_world", part, year=year).value for part in _PARTS}


def _spread(ratios: list[float], rows: tuple[Cell, ...], attribution: str) -> Figure:
    return Figure((min(ratios), max(ratios)), rows=rows, attribution=attribution)


@fact(digits=1, formula="index of Serbia ÷ index of Kosovo, as published and with Kosovo’s zeros left out")
def serbia_to_kosovo_cinc_2022() -> Figure:
    """Serbia’s material capabilities for each unit of Kosovo’s in 2022, by the Correlates of War index."""
    kosovo, serbia = kosovo_cinc_2022(), _cinc("SRB", 2022)
    ratios = [100 * serbia.value / end for end in (kosovo.low, kosovo.high)]
    return _spread(ratios, (serbia, *kosovo.rows), "depending on whether Kosovo’s zeros count")


@fact(digits=1, formula="the same, Kosovo’s soldiers and spending from the Factbook, its steel as zero and left out")
def serbia_to_kosovo_cinc_2022_filled() -> Figure:
    """Serbia’s capabilities for each unit of Kosovo’s in 2022, soldiers and spending taken from the World Factbook."""
    serbia, kosovo, soldiers = _cinc("SRB", 2022), _cinc("XKX", 2022), _personnel("XKX", 2022)
    share = cell("military_spending", "share_of_gdp", iso3="XKX", year=2022)
    gdp = cell("world_bank", "gdp_usd", iso3="XKX", year=2022)
    filled = {"military_personnel": soldiers.value / 1000, "military_spending": share.value / 100 * gdp.value / 1000}
    total = sum(_shares(Cell(kosovo.table, kosovo.column, kosovo.row | filled), 2022).values())
    ratios = [serbia.value / (total / parts) for parts in (len(_PARTS), len(_PARTS) - 1)]
    return _spread(ratios, (serbia, kosovo, soldiers, share, gdp), "depending on whether steel counts")


@fact(digits=1, formula="mean share of Serbia ÷ mean share of Albania, each component left out in turn")
def serbia_to_albania_2022_leave_one_out() -> Figure:
    """Serbia’s capabilities for each unit of Albania’s in 2022 when one component of the index is left out."""
    rows = _cinc("SRB", 2022), _cinc("ALB", 2022)
    serbia, albania = (_shares(row, 2022) for row in rows)
    ratios = [(sum(serbia.values()) - serbia[part]) / (sum(albania.values()) - albania[part]) for part in _PARTS]
    return _spread(ratios, rows, "depending on the component")
