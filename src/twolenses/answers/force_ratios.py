"""Keys of *Force ratios at the line*: ratios with two ends, who is counted where, what flips a verdict."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from twolenses.answers.register import answer
from twolenses.data import cell
from twolenses.facts import figure

__all__: list[str] = []

Range = tuple[float, float]

_ABOVE = ("soldiers", "soldiers and Gendarmerie")
_BELOW = ("KFOR", "KFOR and KSF", "KSF")


def _total(date: str) -> float:
    return float(cell("kfor_strength", "troops", date=date, in_series=True).value)


def _in_sentence(iso3: str, pattern: str) -> float:
    sentence = str(cell("armed_forces_personnel", "quote", iso3=iso3, year=2023).value)
    found = re.search(pattern, sentence)
    assert found, f"{sentence!r} has no {pattern!r}"
    return float(found[1].replace(",", ""))


def _soldiers() -> dict[str, Range]:
    """The lowest and the highest figure of Serbia's side, from the general and the president; the plan is left out."""

    def president(date: str) -> float:
        return float(cell("deployments", measure="troops_near_line_president", date=date).value)

    before = float(figure("serbian_troops_before")), president("2023-09"), president("2023-09-30")
    after = float(figure("serbian_troops_after")), president("2023-10-02")
    return {"before the cut": (min(before), max(before)), "after the cut": (min(after), max(after))}


def facing(moment: str, counted: str) -> Range:
    may, october, december = map(_total, ("2023-05-30", "2023-10-06", "2023-12-31"))
    everybody = float(cell("armed_forces_personnel", "personnel", iso3="XKX", year=2023).value)
    active = everybody - _in_sentence("XKX", r"about (\d+) reserves")
    low, high = (may, october) if moment == "before the cut" else (october, december)
    with_kfor = counted != "KSF"
    with_ksf = counted != "KFOR"
    return low * with_kfor + active * with_ksf, high * with_kfor + everybody * with_ksf


@answer
def lowest_ratio_before_the_cut() -> float:
    """The smallest ratio of September: the general's figure before the cut, divided by the larger total of KFOR."""
    return figure("force_ratio_before").low


@answer
def highest_ratio_before_the_cut() -> float:
    """The largest ratio of September: the general's figure before the cut, divided by the smaller total of KFOR."""
    return figure("force_ratio_before").high


@answer
def ratio_of_may_2023() -> float:
    """The ratio of May: what the general gave for May 2023, divided by KFOR's total of 30 May."""
    return float(figure("serbian_troops_earlier")) / float(figure("kfor_may_2023"))


@answer
def where_each_figure_stands() -> dict[str, str]:
    """Ask of each sentence whether it speaks of people at a place, of a whole force, of people to come, or not at
    all."""
    return {
        "Serbian soldiers": "near the line",
        "KFOR": "wherever it stands",
        "Kosovo Security Force": "wherever it stands",
        "Gendarmerie": "wherever it stands",
        "NATO's soldiers of October": "promised",
        "British battalion": "promised",
        "Kosovo Police": "no figure",
    }


@answer
def ratios_by_who_is_counted() -> pd.DataFrame:
    """The low end is the low number above the line divided by the high one below; the high end the other way round."""
    gendarmerie = _in_sentence("SRB", r"([\d,]+) Gendarmerie")
    rows = []
    for above in _ABOVE:
        for moment, (low, high) in _soldiers().items():
            most = high + gendarmerie * (above != "soldiers")
            for below in _BELOW:
                fewest, everybody = facing(moment, below)
                rows.append((moment, above, below, low / everybody, most / fewest))
    return pd.DataFrame(rows, columns=["moment", "above", "below", "low", "high"])


@answer
def smallest_ratio_of_all() -> float:
    """A bar begins where its range begins: at the low end of the ratio."""
    return float(min(ratios_by_who_is_counted()["low"]))


@answer
def verdict_on_a_range() -> Callable[..., str]:
    """A range decides if both of its ends lie on one side of the line and none of them on it; otherwise it is open."""

    def verdict(low: float, high: float, line: float = 1) -> str:
        if (low - line) * (high - line) <= 0:
            return "open"
        return "more" if low > line else "fewer"

    return verdict


@answer
def kinds_of_verdict() -> pd.Series:
    """How many different verdicts the six ways of counting give for each moment."""
    found: dict[str, set[str]] = {"after the cut": set(), "before the cut": set()}
    table = ratios_by_who_is_counted()
    for moment, low, high in zip(table["moment"], table["low"], table["high"], strict=True):
        found[moment].add(verdict_on_a_range()(low, high))
    return pd.Series({moment: len(verdicts) for moment, verdicts in found.items()})


@answer
def error_to_equal() -> Callable[[float, float], float]:
    """The error is what is missing from the reported figure to the other one, in percent of the reported."""

    def error(reported: float, other: float) -> float:
        return 100 * (other / reported - 1)

    return error
