"""Common wrong answers: wrong, told apart, and each with its sentence."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from twolenses import answers, facts, mistakes
from twolenses.check.sameness import same
from twolenses.errors import FactError
from twolenses.tolerance import Tolerance, half_unit


@pytest.mark.parametrize("name", mistakes.names())
def test_a_mistake_is_wrong_and_says_why(name: str) -> None:
    one = mistakes.named(name)
    assert one.sentence.endswith((".", "?"))
    if one.of in facts.names():
        key = facts.figure(one.of)
        assert not Tolerance(half_unit(key.digits)).accepts(one.value, float(key))
        assert str(key.number) not in one.sentence, "the sentence names the mistake, never the answer"
    else:
        assert not alike(one.compute(), answers.key(one.of))


def alike(wrong: Any, key: Any) -> bool:
    """Functions are told apart by what they return, in test_exercise_answers.py."""
    assert callable(wrong) == callable(key)
    return wrong is key if callable(key) else same(wrong, key)


def test_two_mistakes_about_one_thing_are_told_apart() -> None:
    for of in {mistakes.named(name).of for name in mistakes.names()}:
        for one, other in itertools.combinations(mistakes.mistakes_for(of), 2):
            assert not alike(one.compute(), other.compute()), (one.name, other.name)


def test_an_unknown_mistake_names_the_nearest() -> None:
    with pytest.raises(FactError, match="'cut_of_nw', which does not exist. Did you mean 'cut_of_new'"):
        mistakes.named("cut_of_nw")


def test_the_cut_against_the_new_figure_is_the_one_everybody_makes() -> None:
    assert mistakes.named("cut_of_new").value == pytest.approx(85.6, abs=0.05)  # 3,850 of 4,500
