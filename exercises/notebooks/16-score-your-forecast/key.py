"""The key of *Score your forecast*."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from math import comb
from typing import Any

import numpy as np
import pandas as pd

from twolenses.answers import answer
from twolenses.data import load
from twolenses.mistakes import mistake
from twolenses.models.forecasts import brier_score, calibration_table

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
def realist_by_hand(realist_war: str = "0.05", realist_association: str = "0.10", realist_arms: str = "0.80") -> float:
    """The realist's three distances if there is no war, an Association and a rise, squared, and their mean."""
    return brier_score([float(realist_war), float(realist_association), float(realist_arms)], (0, 1, 1))


@answer
def liberal_by_hand(liberal_war: str = "0.02", liberal_association: str = "0.60", liberal_arms: str = "0.40") -> float:
    """The liberal's three distances if there is no war, an Association and a rise, squared, and their mean."""
    return brier_score([float(liberal_war), float(liberal_association), float(liberal_arms)], (0, 1, 1))


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
    return table.set_index("forecast")[["observed", "n"]].rename_axis("stated")


@answer
def observed_where_stated() -> pd.Series:
    """The observed share at each stated probability."""
    table: pd.DataFrame = calibration_of_twenty()
    return table["observed"]


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


# ── Mistakes ────────────────────────────────────────────────────────────────────────────────────────


Score = Callable[[Sequence[float], Sequence[int]], float]

# ── The score ────────────────────────────────────────────────────────────────────────────────────────


def _distances(probabilities: Sequence[float], outcomes: Sequence[int]) -> list[float]:
    return [abs(said - came) for said, came in zip(probabilities, outcomes, strict=True)]


@mistake(about="brier_by_function")
def distances_not_squared() -> Score:
    """It takes the mean distance. The Brier score squares each distance first."""

    def brier(probabilities: Sequence[float], outcomes: Sequence[int]) -> float:
        distances = _distances(probabilities, outcomes)
        return sum(distances) / len(distances)

    return brier


@mistake(about="brier_by_function")
def squares_added_up() -> Score:
    """It adds the squares. Two forecasters with different numbers of forecasts could not be compared: take the mean."""

    def brier(probabilities: Sequence[float], outcomes: Sequence[int]) -> float:
        return sum(one**2 for one in _distances(probabilities, outcomes))

    return brier


@mistake(about="brier_by_function")
def root_of_the_mean() -> Score:
    """It takes the root at the end. That is another measure; the Brier score stays a mean of squares."""

    def brier(probabilities: Sequence[float], outcomes: Sequence[int]) -> float:
        distances = _distances(probabilities, outcomes)
        return float((sum(one**2 for one in distances) / len(distances)) ** 0.5)

    return brier


@mistake(about="brier_by_function")
def mean_squared_before_the_square() -> Score:
    """It squares the mean distance, so that errors in opposite directions cancel. Square each one, then take the
    mean."""

    def brier(probabilities: Sequence[float], outcomes: Sequence[int]) -> float:
        signed = [said - came for said, came in zip(probabilities, outcomes, strict=True)]
        return (sum(signed) / len(signed)) ** 2

    return brier


@mistake(about="realist_by_hand")
def realist_without_association(
    realist_war: str = "0.05", realist_association: str = "0.10", realist_arms: str = "0.80"
) -> float:
    """That is the realist's score in the world without an Association. Here it is established: its distance is from
    one."""
    return (float(realist_war) ** 2 + float(realist_association) ** 2 + (1 - float(realist_arms)) ** 2) / 3


@mistake(about="realist_by_hand")
def realist_not_divided(
    realist_war: str = "0.05", realist_association: str = "0.10", realist_arms: str = "0.80"
) -> float:
    """That is the sum of the three squares. Divide by the number of forecasts."""
    return 3 * float(realist_by_hand(realist_war, realist_association, realist_arms))


# ── The record ───────────────────────────────────────────────────────────────────────────────────────


def _outcomes() -> dict[str, str]:
    return dict(outcome_of_each_statement())


@mistake(about="outcome_of_each_statement")
def recommendation_for_admission() -> dict[str, str]:
    """You resolve the admission with a yes. An assembly recommended it; the statement asks for the ministers' act."""
    return _outcomes() | {"admission": "yes"}


@mistake(about="outcome_of_each_statement")
def indictment_for_judgment() -> dict[str, str]:
    """You resolve the judgment with a yes. An indictment opens a case, a judgment ends it: read what the note says of
    the trial."""
    return _outcomes() | {"judgment": "yes"}


@mistake(about="outcome_of_each_statement")
def approval_for_delivery() -> dict[str, str]:
    """You take an approved sale for a delivery. What the row says is that a sale was possible."""
    return _outcomes() | {"missiles": "yes"}


@mistake(about="outcome_of_each_statement")
def inaction_for_open() -> dict[str, str]:
    """You leave the admission open. The row says what the ministers did not do in the month that the statement names:
    that resolves it."""
    return _outcomes() | {"admission": "open"}


@mistake(about="outcome_of_each_statement")
def silence_for_no() -> dict[str, str]:
    """You count silence as a no. The row knows of no delivery, and nobody has to publish one: the record leaves it
    open."""
    return _outcomes() | {"missiles": "no"}


# ── Base rates ───────────────────────────────────────────────────────────────────────────────────────


def _violent_years() -> pd.Series:
    return load("chronology").query("category == 'violence'")["date"].str[:4].astype(int)


@mistake(about="years_with_violence")
def events_for_years() -> float:
    """That counts events, and a year with two of them counts twice: count the years from 2000 to 2023 with at least one
    event."""
    years = _violent_years()
    return int(years.between(2000, 2023).sum()) / 24


@mistake(about="years_with_violence")
def years_not_share() -> float:
    """That is the number of years with violence. Divide it by the number of all the years to have a share."""
    years = _violent_years()
    return years[years.between(2000, 2023)].nunique()


@mistake(about="years_with_violence")
def year_in_its_own_rate() -> float:
    """The year 2024, which is to be forecast, is in your base rate. On 31 December 2023 nobody could have known it."""
    years = _violent_years()
    return years[years >= 2000].nunique() / 25


@mistake(about="share_of_statements_come_true")
def open_counted_as_no() -> float:
    """You divided by eleven. The open statement is neither yes nor no: it is not among the ten."""
    return 10 * float(share_of_statements_come_true()) / 11


@mistake(about="scores_of_four_forecasters")
def distances_for_scores() -> pd.Series:
    """Those are mean distances. Square them before you take the mean."""
    return _scores(1)


@mistake(about="scores_of_four_forecasters")
def squares_summed_for_scores() -> pd.Series:
    """Those are sums of squares. The score is their mean."""
    return 10 * _scores(2)


def _scores(power: int) -> pd.Series:
    happened = [int(word == "yes") for word in _outcomes().values() if word != "open"]
    base = float(share_of_statements_come_true())
    said = {
        "realist": (0.3, 0.7, 0.3, 0.3, 0.3, 0.9, 0.1, 0.1, 0.5, 0.9),
        "liberal": (0.5, 0.9, 0.5, 0.7, 0.7, 0.3, 0.3, 0.1, 0.9, 0.3),
        "half": (0.5,) * 10,
        "base rate": (base,) * 10,
    }
    return pd.Series({who: sum(one**power for one in _distances(said[who], happened)) / 10 for who in said})


# ── Calibration ──────────────────────────────────────────────────────────────────────────────────────


@mistake(about="calibration_of_twenty")
def hits_for_shares() -> pd.DataFrame:
    """Your column observed counts what came true. Divide by the number of forecasts, or take the mean in place of the
    sum."""
    table: pd.DataFrame = calibration_of_twenty()
    return table.assign(observed=table["observed"] * table["n"])


# ── Luck and worlds ──────────────────────────────────────────────────────────────────────────────────


@mistake(about="how_often_knowledge_loses")
def share_of_sets_won() -> Callable[[int], float]:
    """It returns how often she does not lose. The question asks for the sets in which her score is above 0.25."""
    key = how_often_knowledge_loses()
    return lambda n: 1 - float(key(n))


@mistake(about="how_often_knowledge_loses")
def chances_turned_round() -> Callable[[int], float]:
    """It scores her as if events came true with probability 0.2. Either the draws are compared the wrong way round, or
    her forecast is: an event happens where the draw is below 0.8, and she says 0.8."""

    def loses(n: int) -> float:
        losing = [hits for hits in range(n + 1) if 4 * hits + 64 * (n - hits) > 25 * n]
        return float(sum(comb(n, hits) * 0.2**hits * 0.8 ** (n - hits) for hits in losing))

    return loses


def _scores_of_sets(n: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    outcomes = np.random.default_rng(2023).random((10_000, n)) < 0.8
    return np.asarray(((0.8 - outcomes) ** 2).mean(axis=1))


@mistake(about="how_often_knowledge_loses")
def sets_not_share() -> Callable[[int], float]:
    """It returns how many sets she loses. A share is that number divided by all sets: mean, not sum."""
    return lambda n: float((_scores_of_sets(n) > 0.25).sum())


@mistake(about="how_often_knowledge_loses")
def distances_against_squares() -> Callable[[int], float]:
    """It compares mean distances with her rival's 0.25, which is a square. Square the distances first."""

    def loses(n: int) -> float:
        outcomes = np.random.default_rng(2023).random((10_000, n)) < 0.8
        return float((np.abs(0.8 - outcomes).mean(axis=1) > 0.25).mean())

    return loses


@mistake(about="how_often_knowledge_loses")
def one_score_for_all_sets() -> Callable[[int], float]:
    """It takes one score over all sets together. Each set needs its own: the mean along its row, axis=1."""
    return lambda n: float(_scores_of_sets(n).mean() > 0.25)


@mistake(about="gap_in_each_world")
def liberal_less_realist() -> pd.Series:
    """You took the liberal's score less the realist's. Turn it round: a minus should mean that the realist leads."""
    gap: pd.Series = gap_in_each_world()
    return -gap


@mistake(about="gap_in_each_world")
def gap_of_sums() -> pd.Series:
    """You added up the three squares. A score is their mean."""
    gap: pd.Series = gap_in_each_world()
    return 3 * gap


@mistake(about="worlds_the_realist_leads")
def higher_score_leads() -> float:
    """You count the worlds in which the realist's score is higher. A higher score is a larger error."""
    return 8 - float(worlds_the_realist_leads())


@mistake(about="question_that_separates")
def gravest_question() -> str:
    """War is the gravest of the three, and the two hardly differ on it. Ask where their probabilities lie furthest
    apart."""
    return "war"
