"""Mistakes about force ratios."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from twolenses import answers
from twolenses.answers.force_ratios import facing
from twolenses.facts import figure
from twolenses.mistakes.register import mistake

# ── One ratio, two ends ──────────────────────────────────────────────────────────────────────────────


@mistake(of="lowest_ratio_before_the_cut")
def smaller_total_for_the_low_end() -> float:
    """That is the high end. The more soldiers there are below the line, the smaller the ratio: divide by the larger
    total."""
    return figure("force_ratio_before").high


@mistake(of="highest_ratio_before_the_cut")
def larger_total_for_the_high_end() -> float:
    """That is the low end. The fewer soldiers there are below the line, the larger the ratio: divide by the smaller
    total."""
    return figure("force_ratio_before").low


@mistake(of="lowest_ratio_before_the_cut")
def kfor_for_each_serbian_soldier() -> float:
    """That is how many KFOR soldiers there were for each Serbian one. Turn the fraction round."""
    return 1 / figure("force_ratio_before").low


@mistake(of="lowest_ratio_before_the_cut")
def figure_after_for_before() -> float:
    """That takes the figure of 2 October, after the cut. The question is about September."""
    return float(figure("serbian_troops_after")) / float(figure("kfor_october_2023"))


@mistake(of="ratio_of_may_2023")
def autumn_total_for_may() -> float:
    """That divides what stood there in May by KFOR’s total of October. Take both from May."""
    return float(figure("serbian_troops_earlier")) / float(figure("kfor_october_2023"))


# ── Where a figure stands ────────────────────────────────────────────────────────────────────────────


def _stands(**wrong: str) -> dict[str, str]:
    right: dict[str, str] = answers.key("where_each_figure_stands")
    return right | wrong


@mistake(of="where_each_figure_stands")
def promises_counted_as_there() -> dict[str, str]:
    """You count announced soldiers as if they had been there. The two sentences say what will be sent or is offered."""
    return _stands(**{"NATO's soldiers of October": "wherever it stands", "British battalion": "wherever it stands"})


@mistake(of="where_each_figure_stands")
def kfor_put_at_the_line() -> dict[str, str]:
    """You put all of KFOR at the line. Its total counts soldiers in all of Kosovo; how many of them were near the line
    no table says."""
    return _stands(KFOR="near the line")


@mistake(of="where_each_figure_stands")
def gendarmerie_put_at_the_line() -> dict[str, str]:
    """You put all of the Gendarmerie near the line. The sentence gives the whole service, and Pristina’s count of its
    bases is a count of bases."""
    return _stands(Gendarmerie="near the line")


# ── Twelve ratios ────────────────────────────────────────────────────────────────────────────────────


def _ends() -> pd.DataFrame:
    """The four numbers behind each ratio."""
    table: pd.DataFrame = answers.key("ratios_by_who_is_counted")
    ranges = [facing(moment, below) for moment, below in zip(table["moment"], table["below"], strict=True)]
    fewest, most = (pd.Series(ends) for ends in zip(*ranges, strict=True))
    return table.assign(fewest=fewest, most=most, least=table["low"] * most, largest=table["high"] * fewest)


_KEPT = ["moment", "above", "below", "low", "high"]


@mistake(of="ratios_by_who_is_counted")
def low_by_low() -> pd.DataFrame:
    """You divide low by low and high by high. The smallest ratio has the smallest number above the line and the
    largest below it."""
    ends = _ends()
    return ends.assign(low=ends["least"] / ends["fewest"], high=ends["largest"] / ends["most"])[_KEPT]


@mistake(of="ratios_by_who_is_counted")
def ends_of_the_range_swapped() -> pd.DataFrame:
    """Your low end is the high one. The low end divides by the larger number."""
    table: pd.DataFrame = answers.key("ratios_by_who_is_counted")
    return table.assign(low=table["high"], high=table["low"])


@mistake(of="ratios_by_who_is_counted")
def soldiers_below_for_each_above() -> pd.DataFrame:
    """You divide what is below the line by what is above it. The ratio counts Serbian soldiers for each one on the
    other side."""
    table: pd.DataFrame = answers.key("ratios_by_who_is_counted")
    return table.assign(low=1 / table["high"], high=1 / table["low"])


@mistake(of="smallest_ratio_of_all")
def bars_from_zero() -> float:
    """Your bars begin at zero, as if every range did. Give barh the low ends: left=rows["low"]."""
    return 0.0


# ── Verdicts ─────────────────────────────────────────────────────────────────────────────────────────


@mistake(of="verdict_on_a_range")
def middle_decides() -> Callable[..., str]:
    """Your function decides by the middle of the range. Then no range is ever open: both ends have to agree."""
    return lambda low, high, line=1: "more" if (low + high) / 2 > line else "fewer"


@mistake(of="verdict_on_a_range")
def touching_decides() -> Callable[..., str]:
    """Your function decides where a range only touches the line. If one end allows for equal numbers, it is open."""
    return lambda low, high, line=1: "more" if low >= line else "fewer" if high <= line else "open"


@mistake(of="verdict_on_a_range")
def always_against_one() -> Callable[..., str]:
    """Your function compares with 1, whatever line is given. Compare with line."""
    return lambda low, high, line=1: "more" if low > 1 else "fewer" if high < 1 else "open"


@mistake(of="kinds_of_verdict")
def verdicts_counted() -> pd.Series:
    """You count the verdicts, and there is one for each way of counting. Count the different ones: nunique."""
    return answers.key("ratios_by_who_is_counted").groupby("moment")["low"].count()  # type: ignore[no-any-return]


# ── How wrong a figure may be ────────────────────────────────────────────────────────────────────────


@mistake(of="error_to_equal")
def error_of_the_other() -> Callable[[float, float], float]:
    """Your function divides by the other side’s number. The error is one of the reported figure: divide by that."""
    return lambda reported, other: 100 * (other - reported) / other


@mistake(of="error_to_equal")
def error_without_direction() -> Callable[[float, float], float]:
    """Your function gives a plus where the true number would have to be lower. Take the reported figure away from the
    other one."""
    return lambda reported, other: 100 * (reported - other) / reported


@mistake(of="error_to_equal")
def error_of_one() -> Callable[[float, float], float]:
    """Your function gives the error as a fraction of one. Multiply by 100 to have percent."""
    return lambda reported, other: (other - reported) / reported


@mistake(of="error_to_equal")
def other_in_percent_of_the_reported() -> Callable[[float, float], float]:
    """Your function gives the other side’s number in percent of the reported one. The error is what is above or below
    a hundred."""
    return lambda reported, other: 100 * other / reported


@mistake(of="error_to_equal")
def error_without_its_sign() -> Callable[[float, float], float]:
    """Your function drops the minus. A true number that would have to be lower needs one."""
    return lambda reported, other: abs(100 * (other - reported) / reported)
