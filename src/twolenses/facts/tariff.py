"""Kosovo’s trade with Serbia before, under and after the tariff of 2018 to 2020, a natural experiment."""

from __future__ import annotations

from twolenses.data import Cell, cell
from twolenses.errors import FactError
from twolenses.facts._choose import agreed, months, numbers_in, pick
from twolenses.facts._rows import total
from twolenses.facts.figure import Figure, Number, fact

_MILLION = 1_000_000
_BEFORE = ("2018-01", "2018-10")  # the ten full months before the first tariff of 6 November 2018
_UNDER = ("2019-01", "2019-10")  # the same months a year later


# ── The tariff ───────────────────────────────────────────────────────────────────────────────────────


@fact(unit="%")
def tariff_rate() -> Figure:
    """Tariff that Kosovo put on goods from Serbia and from Bosnia and Herzegovina on 21 November 2018.

    In force to 1 April 2020. International brands were exempt to the end of 2018, raw materials from March 2020.
    """
    row = cell("chronology", "event", id="E51")
    return Figure(numbers_in(row, r"to (\d+)%")[0], rows=(row,))


@fact(unit="%")
def tariff_rate_first() -> Figure:
    """Tariff that Kosovo had put on the same goods two weeks before, on 6 November 2018."""
    row = cell("chronology", "note", id="E51")
    return Figure(numbers_in(row, r"tariff of (\d+)%")[0], rows=(row,))


# ── Imports from Serbia ──────────────────────────────────────────────────────────────────────────────


def _traded(column: str, partner: str, first: str, last: str) -> tuple[Cell, ...]:
    wanted = months(first, last)
    rows = pick("trade_monthly", column, partner_iso3=partner, month=wanted)
    if len(rows) != len(wanted):
        raise FactError(f"trade_monthly has {len(rows)} of the {len(wanted)} months from {first} to {last}.")
    return rows


def _imports(partner: str, first: str, last: str) -> tuple[Cell, ...]:
    return _traded("imports_eur", partner, first, last)


def _exports(partner: str, first: str, last: str) -> tuple[Cell, ...]:
    rows = _traded("exports_eur", partner, first, last)
    if any(row.row["exports_doubtful"] for row in rows):
        raise FactError(f"Exports from {first} to {last} hold a month that is marked as doubtful.")
    return rows


def _everything(first: str, last: str) -> tuple[Cell, ...]:
    return pick("imports_total_monthly", "imports_eur", month=months(first, last))


def _sum(rows: tuple[Cell, ...]) -> Number:
    return total(rows).low


def _million(rows: tuple[Cell, ...]) -> Figure:
    return Figure(_sum(rows) / _MILLION, rows=rows)


def _mean(rows: tuple[Cell, ...]) -> Figure:
    return Figure(_sum(rows) / len(rows) / _MILLION, rows=rows)


def _change(partner: str) -> Figure:
    before, under = _imports(partner, *_BEFORE), _imports(partner, *_UNDER)
    return Figure((_sum(under) - _sum(before)) / _MILLION, rows=(*before, *under))


@fact(unit="million euro", digits=1, formula="twelve months, added")
def imports_from_serbia_2017() -> Figure:
    """Kosovo’s imports of goods from Serbia in 2017, the last full year before the tariff.

    By Kosovo’s Agency of Statistics; customs and the press differ by less than a million. Goods that went
    unrecorded are not in it.
    """
    return _million(_imports("SRB", "2017-01", "2017-12"))


@fact(unit="million euro", digits=1, formula="twelve months, added")
def imports_from_serbia_2018() -> Figure:
    """Kosovo’s imports of goods from Serbia in 2018, ten months of it before the tariff."""
    return _million(_imports("SRB", "2018-01", "2018-12"))


@fact(unit="million euro", digits=1, formula="twelve months, added")
def imports_from_serbia_2019() -> Figure:
    """Kosovo’s imports of goods from Serbia in 2019, the full year under the tariff of a hundred percent.

    What crossed unrecorded, or by way of a third state, is not in it.
    """
    return _million(_imports("SRB", "2019-01", "2019-12"))


@fact(unit="million euro", digits=1, formula="twelve months, added")
def imports_from_serbia_2021() -> Figure:
    """Kosovo’s imports of goods from Serbia in 2021, the first full year after the tariff.

    The tariff had ended on 1 April 2020; the pandemic lay between.
    """
    return _million(_imports("SRB", "2021-01", "2021-12"))


@fact(unit="million euro", digits=1, formula="April to June, added")
def imports_from_serbia_q2_2018() -> Figure:
    """Kosovo’s imports of goods from Serbia in the second quarter of 2018, before the tariff."""
    return _million(_imports("SRB", "2018-04", "2018-06"))


@fact(unit="million euro", digits=1, formula="April to June, added")
def imports_from_serbia_q2_2019() -> Figure:
    """Kosovo’s imports of goods from Serbia in the second quarter of 2019, under the tariff.

    What crossed unrecorded, or by way of a third state, is not in it.
    """
    return _million(_imports("SRB", "2019-04", "2019-06"))


@fact(unit="million euro", digits=1, formula="July to September, added")
def imports_from_serbia_q3_2018() -> Figure:
    """Kosovo’s imports of goods from Serbia in the third quarter of 2018, the last full one before the tariff."""
    return _million(_imports("SRB", "2018-07", "2018-09"))


@fact(unit="million euro", digits=1, formula="July to September, added")
def imports_from_serbia_q3_2019() -> Figure:
    """Kosovo’s imports of goods from Serbia in the third quarter of 2019, under the tariff.

    What crossed unrecorded, or by way of a third state, is not in it.
    """
    return _million(_imports("SRB", "2019-07", "2019-09"))


@fact(unit="million euro", digits=1, formula="January to October 2018, added, ÷ 10")
def imports_from_serbia_monthly_before() -> Figure:
    """Kosovo’s imports of goods from Serbia in an average month from January to October 2018, before the tariff."""
    return _mean(_imports("SRB", *_BEFORE))


@fact(unit="million euro", digits=2, formula="January to October 2019, added, ÷ 10")
def imports_from_serbia_monthly_under() -> Figure:
    """Kosovo’s imports of goods from Serbia in an average month from January to October 2019, under the tariff.

    What crossed unrecorded, or by way of a third state, is not in it.
    """
    return _mean(_imports("SRB", *_UNDER))


@fact(unit="%", digits=1, formula="100 × (January–October 2018 − January–October 2019) ÷ January–October 2018")
def imports_from_serbia_fall() -> Figure:
    """By how much Kosovo’s recorded imports from Serbia fell, January to October 2019 against the same months of 2018.

    What crossed unrecorded, or by way of a third state, would make the fall smaller.
    """
    before, under = _imports("SRB", *_BEFORE), _imports("SRB", *_UNDER)
    return Figure(100 * (_sum(before) - _sum(under)) / _sum(before), rows=(*before, *under))


@fact(unit="%", digits=1, formula="100 × imports of 2021 ÷ imports of 2017")
def imports_from_serbia_recovered_2021() -> Figure:
    """Kosovo’s imports from Serbia in 2021 as a share of those of 2017: how far the trade had come back.

    In current euro. The press printed a fall of 36.8 % for what is a fall of 32 %.
    """
    before, after = _imports("SRB", "2017-01", "2017-12"), _imports("SRB", "2021-01", "2021-12")
    return Figure(100 * _sum(after) / _sum(before), rows=(*before, *after))


@fact(unit="%", digits=1, formula="100 × imports from Serbia ÷ all imports, January to October 2018")
def serbia_share_of_imports_before() -> Figure:
    """Serbia’s share of Kosovo’s imports of goods from January to October 2018, before the tariff."""
    serbia, everything = _imports("SRB", *_BEFORE), _everything(*_BEFORE)
    return Figure(100 * _sum(serbia) / _sum(everything), rows=(*serbia, *everything))


@fact(unit="%", digits=1, formula="100 × imports from Serbia ÷ all imports, January to October 2019")
def serbia_share_of_imports_under() -> Figure:
    """Serbia’s share of Kosovo’s imports of goods from January to October 2019, under the tariff."""
    serbia, everything = _imports("SRB", *_UNDER), _everything(*_UNDER)
    return Figure(100 * _sum(serbia) / _sum(everything), rows=(*serbia, *everything))


@fact(unit="%", digits=1, formula="100 × imports from Serbia ÷ all imports, 2021")
def serbia_share_of_imports_2021() -> Figure:
    """Serbia’s share of Kosovo’s imports of goods in 2021, the first full year after the tariff."""
    serbia, everything = _imports("SRB", "2021-01", "2021-12"), _everything("2021-01", "2021-12")
    return Figure(100 * _sum(serbia) / _sum(everything), rows=(*serbia, *everything))


@fact(unit="million euro", digits=1, formula="Kosovo’s figure, nine months added, and the Serbian one")
def imports_from_serbia_by_both_sides_2018() -> Figure:
    """Serbia’s sales of goods to Kosovo from January to September 2018, as each side counted them.

    Kosovo’s Agency of Statistics has the lower, Serbia’s chamber of commerce the higher figure; why they differ
    is not said.
    """
    kosovo = _imports("SRB", "2018-01", "2018-09")
    serbia = cell("trade_facts", iso3="XKX", measure="imports", partner="SRB", period="2018-01/2018-09")
    value = agreed(_sum(kosovo) / _MILLION, serbia.value)
    return Figure(value, rows=(*kosovo, serbia), attribution="by the two sides’ figures")


# ── Who took Serbia’s place ──────────────────────────────────────────────────────────────────────────

_OTHERS = ("ALB", "CHN", "DEU", "SVN", "TUR")


@fact(unit="million euro", digits=1, formula="imports January–October 2018 − January–October 2019")
def imports_lost_from_serbia() -> Figure:
    """Kosovo’s imports from Serbia that were gone in January to October 2019 against the same months of 2018."""
    change = _change("SRB")
    return Figure(-change.low, rows=change.rows)


@fact(unit="million euro", digits=1, formula="imports January–October 2019 − January–October 2018")
def imports_gained_from_turkey() -> Figure:
    """By how much Kosovo’s imports from Turkey grew from January–October 2018 to the same months of 2019.

    They had grown before the tariff too: not all of it replaces Serbian goods.
    """
    return _change("TUR")


@fact(unit="million euro", digits=1, formula="imports January–October 2019 − January–October 2018")
def imports_gained_from_slovenia() -> Figure:
    """By how much Kosovo’s imports from Slovenia grew from January–October 2018 to the same months of 2019.

    Goods that only passed through Slovenia may be among them.
    """
    return _change("SVN")


@fact(unit="million euro", digits=1, formula="imports January–October 2019 − January–October 2018")
def imports_gained_from_germany() -> Figure:
    """By how much Kosovo’s imports from Germany grew from January–October 2018 to the same months of 2019.

    They had grown before the tariff too: not all of it replaces Serbian goods.
    """
    return _change("DEU")


@fact(unit="million euro", digits=1, formula="imports January–October 2019 − January–October 2018")
def imports_gained_from_albania() -> Figure:
    """By how much Kosovo’s imports from Albania grew from January–October 2018 to the same months of 2019.

    They had grown nearly twice as much in the year before: not all of it replaces Serbian goods.
    """
    return _change("ALB")


@fact(unit="%", formula="100 × growth of imports from the five ÷ fall of imports from Serbia")
def lost_imports_matched_by_five() -> Figure:
    """Growth of Kosovo’s imports from Albania, China, Germany, Slovenia and Turkey, as a share of Serbia’s loss.

    January to October 2019 against the same months of 2018. Other partners grew as well, and part of the growth
    is no substitute: an order of magnitude, not an effect.
    """
    lost, gained = _change("SRB"), [_change(partner) for partner in _OTHERS]
    rows = (*lost.rows, *(row for one in gained for row in one.rows))
    return Figure(-100 * sum(one.low for one in gained) / lost.low, rows=rows)


@fact(unit="%", digits=1, formula="100 × (January–October 2019 − January–October 2018) ÷ January–October 2018")
def imports_growth_under_tariff() -> Figure:
    """Growth of all of Kosovo’s imports of goods from January–October 2018 to the same months of 2019.

    They grew although Serbia’s part was gone. In current euro.
    """
    before, under = _everything(*_BEFORE), _everything(*_UNDER)
    return Figure(100 * (_sum(under) - _sum(before)) / _sum(before), rows=(*before, *under))


# ── The other direction ──────────────────────────────────────────────────────────────────────────────


@fact(unit="million euro", digits=1, formula="twelve months, added")
def exports_to_serbia_2017() -> Figure:
    """Kosovo’s exports of goods to Serbia in 2017, the last full year before the tariff."""
    return _million(_exports("SRB", "2017-01", "2017-12"))


@fact(digits=1, formula="imports from Serbia ÷ exports to Serbia, 2017")
def imports_per_export_to_serbia_2017() -> Figure:
    """Euros’ worth of goods that Kosovo bought from Serbia for each euro’s worth it sold there, 2017.

    By value. Who would suffer more from a stop is another question: 2019 is part of the answer.
    """
    bought, sold = _imports("SRB", "2017-01", "2017-12"), _exports("SRB", "2017-01", "2017-12")
    return Figure(_sum(bought) / _sum(sold), rows=(*bought, *sold))


@fact(unit="%", digits=1, formula="100 × (February–October 2018 − February–October 2019) ÷ the first")
def exports_to_serbia_fall() -> Figure:
    """By how much Kosovo’s exports to Serbia fell, February to October 2019 against the same months of 2018.

    The tariff was on imports. December 2018 and January 2019 are left out: their figures are doubtful.
    """
    before, under = _exports("SRB", "2018-02", "2018-10"), _exports("SRB", "2019-02", "2019-10")
    return Figure(100 * (_sum(before) - _sum(under)) / _sum(before), rows=(*before, *under))


# ── Full years against equal months, and the experiment ──────────────────────────────────────────────


@fact(unit="%", digits=1, formula="100 × (imports of 2017 − imports of 2018) ÷ imports of 2017")
def imports_from_serbia_fall_2018_full_years() -> Figure:
    """By how much Kosovo’s imports from Serbia fell from 2017 to 2018, full years, as equal months do not show.

    The last weeks of 2018 were already under the tariffs, so this is no decline before them.
    """
    before, after = _imports("SRB", "2017-01", "2017-12"), _imports("SRB", "2018-01", "2018-12")
    return Figure(100 * (_sum(before) - _sum(after)) / _sum(before), rows=(*before, *after))


@fact(unit="%", digits=1, formula="100 × (January–October 2018 − January–October 2017) ÷ January–October 2017")
def imports_from_serbia_rise_2018_equal_months() -> Figure:
    """By how much Kosovo’s imports from Serbia rose from January–October 2017 to the same months of 2018."""
    before, after = _imports("SRB", "2017-01", "2017-10"), _imports("SRB", *_BEFORE)
    return Figure(100 * (_sum(after) - _sum(before)) / _sum(before), rows=(*before, *after))


@fact(
    unit="million euro",
    digits=1,
    formula="(mean change of the five − change of Serbia) ÷ 10, January to October, 2018 to 2019",
)
def tariff_difference_in_differences() -> Figure:
    """How much lower imports from Serbia were in an average month than if they had changed as five partners’ did.

    January to October 2019 against 2018; Albania, China, Germany, Slovenia and Turkey, averaged. They took part of
    Serbia’s place, so the number is too large for an effect.
    """
    lost, gained = _change("SRB"), [_change(partner) for partner in _OTHERS]
    rows = (*lost.rows, *(row for one in gained for row in one.rows))
    return Figure((sum(one.low for one in gained) / len(gained) - lost.low) / 10, rows=rows)
