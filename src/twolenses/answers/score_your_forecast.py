"""Keys of *Score your forecast*: Brier scores, outcomes, base rates, calibration, luck, possible worlds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from math import comb

import pandas as pd

from twolenses.answers.register import answer
from twolenses.data import load
from twolenses.models.forecasts import brier_score, calibration_table

__all__: list[str] = []

_REALIST_BETS, _LIBERAL_BETS = (0.05, 0.10, 0.80), (0.02, 0.60, 0.40)
_REALIST = (0.3, 0.7, 0.3, 0.3, 0.3, 0.9, 0.1, 0.1, 0.5, 0.9)
_LIBERAL = (0.5, 0.9, 0.5, 0.7, 0.7, 0.3, 0.3, 0.1, 0.9, 0.3)


# ── The score ────────────────────────────────────────────────────────────────────────────────────────


@answer
def brier_by_function() -> Callable[[Sequence[float], Sequence[int]], float]:
    """The mean of the squared distances between the probabilities and the outcomes."""

    def brier(probabilities: Sequence[float], outcomes: Sequence[int]) -> float:
        return brier_score(probabilities, outcomes)

    return brier


@answer
def realist_by_hand() -> float:
    """The realist's three distances if there is no war, an Association and a rise, squared, and their mean."""
    return brier_score(_REALIST_BETS, (0, 1, 1))


@answer
def liberal_by_hand() -> float:
    """The liberal's three distances if there is no war, an Association and a rise, squared, and their mean."""
    return brier_score(_LIBERAL_BETS, (0, 1, 1))


# ── The record ───────────────────────────────────────────────────────────────────────────────────────


@answer
def outcome_of_each_statement() -> dict[str, str]:
    """Hold the verb and the date of the statement against those of the row that resolves it."""
    return {
        "admission": "no",
        "indictment": "yes",
        "judgment": "no",
        "measures": "yes",
        "mayors": "yes",
        "violence": "yes",
        "association": "no",
        "war": "no",
        "recognition": "yes",
        "fighters": "yes",
        "missiles": "open",
    }


def _happened() -> list[int]:
    return [int(word == "yes") for word in outcome_of_each_statement().values() if word != "open"]


@answer
def years_with_violence() -> float:
    """The number of years from 2000 to 2023 with an event of violence in the chronology, divided by 24."""
    rows = load("chronology").to_dict("records")
    return sum(
        any(row["category"] == "violence" and row["date"].startswith(str(year)) for row in rows)
        for year in range(2000, 2024)
    ) / len(range(2000, 2024))


@answer
def share_of_statements_come_true() -> float:
    """The share of yes among the ten statements that the record resolves."""
    return sum(_happened()) / len(_happened())


@answer
def scores_of_four_forecasters() -> pd.Series:
    """The Brier score of each column of `forecasts`, the base rate last."""
    happened = _happened()
    base = float(share_of_statements_come_true())
    said = {"realist": _REALIST, "liberal": _LIBERAL, "half": (0.5,) * 10, "base rate": (base,) * 10}
    return pd.Series({who: brier_score(forecasts, happened) for who, forecasts in said.items()})


# ── Calibration, luck, worlds ────────────────────────────────────────────────────────────────────────


@answer
def calibration_of_twenty() -> pd.DataFrame:
    """For each probability that was stated, the share that came true and the number of forecasts."""
    table = calibration_table([*_REALIST, *_LIBERAL], _happened() * 2)
    return table.set_index("forecast")[["observed", "n"]]


@answer
def how_often_knowledge_loses() -> Callable[[int], float]:
    """The share of sets in which the mean of the squared distances from 0.8 is above 0.25."""

    def loses(n: int) -> float:
        losing = [hits for hits in range(n + 1) if 4 * hits + 64 * (n - hits) > 25 * n]
        return sum(comb(n, hits) * 0.8**hits * 0.2 ** (n - hits) for hits in losing)

    return loses


@answer
def gap_in_each_world() -> pd.Series:
    """In each world the realist's mean squared distance less the liberal's."""
    every = product((0, 1), repeat=3)
    return pd.Series([brier_score(_REALIST_BETS, world) - brier_score(_LIBERAL_BETS, world) for world in every])


@answer
def worlds_the_realist_leads() -> int:
    """The number of worlds in which the realist's score is the lower one."""
    return sum(gap < 0 for gap in gap_in_each_world())


@answer
def question_that_separates() -> str:
    """The question on which the two probabilities lie furthest apart."""
    apart = {"war": 0, "association": 1, "arms": 2}
    return max(apart, key=lambda name: abs(_REALIST_BETS[apart[name]] - _LIBERAL_BETS[apart[name]]))
