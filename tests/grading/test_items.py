"""Item statistics, held to published worked examples and to SciPy."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from twolenses.grading import items


def table(text: str) -> pd.DataFrame:
    return pd.DataFrame([[math.nan if one == "." else float(one) for one in row] for row in text.split()])


# A worksheet of ten students and ten questions, with its solution: studylib.net/doc/25270846/item-anaylsis-
WORKSHEET = table(
    "1111111111 1111111101 1101111100 0111110101 1110111001 1110110100 0110110101 0111001010 1110100001 0100010010"
)
DIFFICULTY = [0.6, 1, 0.8, 0.5, 0.8, 0.8, 0.5, 0.6, 0.3, 0.6]
DIFFERENCE = [0.4, 0, 0, 0.6, 0.4, 0.4, 0.6, 0.4, -0.2, 0.4]

# The data sets of pingouin's documentation of `cronbach_alpha`, the figures of which it holds to R's package psych.
BINARY = table(
    "11111111111 11111111010 .011.111100 11101101100 11111000100 01.01111000 "
    "11110010000 11111000000 01011000010 10010100.00 11100000000 10010000000"
)
LIKERT = table(
    "357261426544564 243452345432553 465363545653655 135354335422245 456242571355323 "
    "514245226533321 123242125324213 453663242132442 356675463743463 255352352214554"
).T


def points(scores: pd.DataFrame) -> pd.Series:
    return pd.Series(1.0, scores.columns)


def test_difficulty_and_difference_are_those_of_the_worksheet() -> None:
    """Its groups are the two halves of the class."""
    found = items.statistics(WORKSHEET, points(WORKSHEET), share=0.5).round(9)
    assert list(found["difficulty"]) == DIFFICULTY
    assert list(found["difference"]) == DIFFERENCE


def test_discrimination_is_the_point_biserial_with_the_other_items() -> None:
    found = items.statistics(WORKSHEET, points(WORKSHEET))
    for item in WORKSHEET.columns.drop(1):
        rest = WORKSHEET.drop(columns=item).sum(axis=1)
        assert found["discrimination"][item] == pytest.approx(stats.pointbiserialr(WORKSHEET[item], rest).statistic)
    assert math.isnan(found["discrimination"][1]), "everybody has it, so it goes with nothing"


def test_the_groups_are_27_percent_of_the_class_at_either_end() -> None:
    scores = pd.DataFrame({"a": range(100)}, index=[f"s{n}" for n in range(100)])
    upper, lower = items.extremes(scores)
    assert (upper[0], upper[-1], len(upper)) == ("s99", "s73", 27)
    assert (lower[0], lower[-1], len(lower)) == ("s26", "s0", 27)


@pytest.mark.parametrize(
    ("scores", "value", "interval"),
    [
        (BINARY.fillna(BINARY.median()), 0.7380191693290734, (0.447, 0.911)),
        (LIKERT, 0.5917188485995826, (0.195, 0.840)),
    ],
    ids=["right or wrong", "points"],
)
def test_alpha_and_its_interval_are_the_published_ones(
    scores: pd.DataFrame, value: float, interval: tuple[float, float]
) -> None:
    found = items.alpha(scores)
    assert found.value == pytest.approx(value)
    assert (round(found.low, 3), round(found.high, 3)) == interval


def test_alpha_is_of_those_who_have_every_score() -> None:
    found = items.alpha(BINARY)
    assert (found.value, found.n, found.k) == (pytest.approx(0.8016949152542373), 9, 11)


def test_an_item_that_waits_for_a_person_in_all_is_no_item_of_alpha() -> None:
    assert items.alpha(BINARY.assign(waits=math.nan)) == items.alpha(BINARY)


def test_points_count_as_a_share_of_those_of_the_item() -> None:
    scores = pd.DataFrame({"two": [2, 1, 0, 1], "four": [4.0, 3, math.nan, 2]})
    found = items.statistics(scores, pd.Series({"two": 2, "four": 4}))
    assert list(found["difficulty"]) == [0.5, 0.75]
    assert list(found["n"]) == [4, 3]


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        (pd.DataFrame({"a": [1.0], "b": [0.0]}), "It needs two items and three students; there are 2 and 1."),
        (pd.DataFrame({"a": [1.0, 0, 1]}), "It needs two items and three students; there are 1 and 3."),
        (pd.DataFrame({"a": [1.0, 1, 1], "b": [0.0, 0, 0]}), "All students have the same total."),
        (pd.DataFrame(), "It needs two items and three students; there are 0 and 0."),
    ],
    ids=["one student", "one item", "constant", "nothing"],
)
def test_what_cannot_be_computed_says_why(scores: pd.DataFrame, said: str) -> None:
    found = items.alpha(scores)
    assert found.missing == said
    assert math.isnan(found.value)
    statistics = items.statistics(scores, points(scores))
    assert statistics["discrimination"].isna().all()
    assert not np.isinf(statistics.to_numpy(float)).any()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"difficulty": 0.0}, "Nobody has a point."),
        ({"difficulty": 1.0}, "Everybody has full points."),
        ({"difficulty": 0.2}, "Hard: 20% of its points were reached"),
        ({"difficulty": 0.97}, "Easy: 97% of its points were reached"),
        ({"discrimination": -0.1}, "Who did well elsewhere did worse here"),
        ({"discrimination": 0.1}, "It says little about who did well elsewhere (0.10)."),
    ],
)
def test_an_item_to_look_at_says_why(row: dict[str, float], said: str) -> None:
    assert any(
        said in one for one in items.reasons(pd.Series({"n": 30, "difficulty": 0.6, "discrimination": 0.4} | row))
    )


def test_a_sound_item_has_no_reason() -> None:
    sound = pd.Series({"n": 30, "difficulty": 0.6, "discrimination": 0.4})
    assert not list(items.reasons(sound))
    alone = pd.Series({"n": 1, "difficulty": 0.0, "discrimination": math.nan})
    assert not list(items.reasons(alone)), "one student says nothing about an item"
