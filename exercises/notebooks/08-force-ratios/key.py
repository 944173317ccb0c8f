"""The key of *Force ratios at the line*."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from twolenses.answers import answer
from twolenses.data import cell
from twolenses.facts import figure, numbers_in
from twolenses.mistakes import mistake

Range = tuple[float, float]

_ABOVE = ("soldiers", "soldiers and Gendarmerie")
_BELOW = ("KFOR", "KFOR and KSF", "KSF")


def _in_sentence(iso3: str, pattern: str) -> int:
    return numbers_in(cell("armed_forces_personnel", "quote", iso3=iso3, year=2023), pattern)[0]


def _soldiers() -> dict[str, Range]:
    """The lowest and the highest figure of Serbia's side, from the general and the president; the plan is left out."""

    def president(date: str) -> float:
        return float(cell("deployments", measure="troops_near_line_president", date=date).value)

    before = float(figure("serbian_troops_before")), president("2023-09"), president("2023-09-30")
    after = float(figure("serbian_troops_after")), president("2023-10-02")
    return {"before the cut": (min(before), max(before)), "after the cut": (min(after), max(after))}


def facing(moment: str, counted: str) -> Range:
    may, october, december = (float(figure(f"kfor_{month}_2023")) for month in ("may", "october", "december"))
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
def ranges_by_height() -> dict[tuple[str, str], pd.DataFrame]:
    """The low and the high end of each range, by moment and by the height of its bar on the axis."""
    table = ratios_by_who_is_counted()
    ways = list(dict.fromkeys(zip(table["above"], table["below"], strict=True)))
    found: dict[tuple[str, str], pd.DataFrame] = {}
    for moment, shift in (("before the cut", -0.17), ("after the cut", 0.17)):
        rows = table[table["moment"] == moment]
        heights = [ways.index(way) + shift for way in zip(rows["above"], rows["below"], strict=True)]
        found[moment, moment.split()[0]] = rows[["low", "high"]].set_axis(heights)
    return found


@answer
def every_range() -> pd.DataFrame:
    """The ranges of both moments together: each has a height of its own, so that none hides another."""
    return pd.concat(list(ranges_by_height().values()))


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


# ── Mistakes ────────────────────────────────────────────────────────────────────────────────────────


# ── One ratio, two ends ──────────────────────────────────────────────────────────────────────────────


@mistake(about="lowest_ratio_before_the_cut")
def smaller_total_for_the_low_end() -> float:
    """That is the high end. The more soldiers there are below the line, the smaller the ratio: divide by the larger
    total."""
    return figure("force_ratio_before").high


@mistake(about="highest_ratio_before_the_cut")
def larger_total_for_the_high_end() -> float:
    """That is the low end. The fewer soldiers there are below the line, the larger the ratio: divide by the smaller
    total."""
    return figure("force_ratio_before").low


@mistake(about="lowest_ratio_before_the_cut")
def kfor_for_each_serbian_soldier() -> float:
    """That is how many KFOR soldiers there were for each Serbian one. Turn the fraction round."""
    return 1 / figure("force_ratio_before").low


@mistake(about="lowest_ratio_before_the_cut")
def figure_after_for_before() -> float:
    """That takes the figure of 2 October, after the cut. The question is about September."""
    return float(figure("serbian_troops_after")) / float(figure("kfor_october_2023"))


@mistake(about="ratio_of_may_2023")
def autumn_total_for_may() -> float:
    """That divides what stood there in May by KFOR’s total of October. Take both from May."""
    return float(figure("serbian_troops_earlier")) / float(figure("kfor_october_2023"))


# ── Where a figure stands ────────────────────────────────────────────────────────────────────────────


def _stands(**wrong: str) -> dict[str, str]:
    right: dict[str, str] = where_each_figure_stands()
    return right | wrong


@mistake(about="where_each_figure_stands")
def promises_counted_as_there() -> dict[str, str]:
    """You count announced soldiers as if they had been there. The two sentences say what will be sent or is offered."""
    return _stands(**{"NATO's soldiers of October": "wherever it stands", "British battalion": "wherever it stands"})


@mistake(about="where_each_figure_stands")
def kfor_put_at_the_line() -> dict[str, str]:
    """You put all of KFOR at the line. Its total counts soldiers in all of Kosovo; how many of them were near the line
    no table says."""
    return _stands(KFOR="near the line")


@mistake(about="where_each_figure_stands")
def gendarmerie_put_at_the_line() -> dict[str, str]:
    """You put all of the Gendarmerie near the line. The sentence gives the whole service, and Pristina’s count of its
    bases is a count of bases."""
    return _stands(Gendarmerie="near the line")


# ── Twelve ratios ────────────────────────────────────────────────────────────────────────────────────


def _ends() -> pd.DataFrame:
    """The four numbers behind each ratio."""
    table: pd.DataFrame = ratios_by_who_is_counted()
    ranges = [facing(moment, below) for moment, below in zip(table["moment"], table["below"], strict=True)]
    fewest, most = (pd.Series(ends) for ends in zip(*ranges, strict=True))
    return table.assign(fewest=fewest, most=most, least=table["low"] * most, largest=table["high"] * fewest)


_KEPT = ["moment", "above", "below", "low", "high"]


@mistake(about="ratios_by_who_is_counted")
def low_by_low() -> pd.DataFrame:
    """You divide low by low and high by high. The smallest ratio has the smallest number above the line and the
    largest below it."""
    ends = _ends()
    return ends.assign(low=ends["least"] / ends["fewest"], high=ends["largest"] / ends["most"])[_KEPT]


@mistake(about="ratios_by_who_is_counted")
def ends_of_the_range_swapped() -> pd.DataFrame:
    """Your low end is the high one. The low end divides by the larger number."""
    table: pd.DataFrame = ratios_by_who_is_counted()
    return table.assign(low=table["high"], high=table["low"])


@mistake(about="ratios_by_who_is_counted")
def soldiers_below_for_each_above() -> pd.DataFrame:
    """You divide what is below the line by what is above it. The ratio counts Serbian soldiers for each one on the
    other side."""
    table: pd.DataFrame = ratios_by_who_is_counted()
    return table.assign(low=1 / table["high"], high=1 / table["low"])


# ── Verdicts ─────────────────────────────────────────────────────────────────────────────────────────


@mistake(about="verdict_on_a_range")
def middle_decides() -> Callable[..., str]:
    """Your function decides by the middle of the range. Then no range is ever open: both ends have to agree."""
    return lambda low, high, line=1: "more" if (low + high) / 2 > line else "fewer"


@mistake(about="verdict_on_a_range")
def touching_decides() -> Callable[..., str]:
    """Your function decides where a range only touches the line. If one end allows for equal numbers, it is open."""
    return lambda low, high, line=1: "more" if low >= line else "fewer" if high <= line else "open"


@mistake(about="verdict_on_a_range")
def always_against_one() -> Callable[..., str]:
    """Your function compares with 1, whatever line is given. Compare with line."""
    return lambda low, high, line=1: "more" if low > 1 else "fewer" if high < 1 else "open"


@mistake(about="kinds_of_verdict")
def verdicts_counted() -> pd.Series:
    """You count the verdicts, and there is one for each way of counting. Count the different ones: nunique."""
    return ratios_by_who_is_counted().groupby("moment")["low"].count()


# ── How wrong a figure may be ────────────────────────────────────────────────────────────────────────


@mistake(about="error_to_equal")
def error_of_the_other() -> Callable[[float, float], float]:
    """Your function divides by the other side’s number. The error is one of the reported figure: divide by that."""
    return lambda reported, other: 100 * (other - reported) / other


@mistake(about="error_to_equal")
def error_without_direction() -> Callable[[float, float], float]:
    """Your function gives a plus where the true number would have to be lower. Take the reported figure away from the
    other one."""
    return lambda reported, other: 100 * (reported - other) / reported


@mistake(about="error_to_equal")
def error_of_one() -> Callable[[float, float], float]:
    """Your function gives the error as a fraction of one. Multiply by 100 to have percent."""
    return lambda reported, other: (other - reported) / reported


@mistake(about="error_to_equal")
def other_in_percent_of_the_reported() -> Callable[[float, float], float]:
    """Your function gives the other side’s number in percent of the reported one. The error is what is above or below
    a hundred."""
    return lambda reported, other: 100 * other / reported


@mistake(about="error_to_equal")
def error_without_its_sign() -> Callable[[float, float], float]:
    """Your function drops the minus. A true number that would have to be lower needs one."""
    return lambda reported, other: abs(100 * (other - reported) / reported)
