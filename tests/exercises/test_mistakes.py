"""Common wrong answers: wrong, told apart, and each with its sentence."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from twolenses import answers, exercises, facts, keys, mistakes
from twolenses.check.sameness import same
from twolenses.errors import FactError
from twolenses.tolerance import Tolerance

KEYS = {"shared": keys.Key({}, {})} | {
    exercises.name_of(path): keys.read(path.with_name(keys.FILE)) for path in exercises.masters()
}
EACH = [
    pytest.param(key, one, id=f"{owner}-{one.name}")
    for owner, key in KEYS.items()
    for one in (mistakes.MISTAKES.all() if owner == "shared" else key.mistakes).values()
]


@pytest.mark.parametrize(("key", "one"), EACH)
def test_a_mistake_is_wrong_and_says_why(key: keys.Key, one: mistakes.Mistake) -> None:
    assert one.sentence.endswith((".", "?"))
    with keys.using(key):
        if one.about in facts.names():
            figure = facts.figure(one.about)
            assert not Tolerance.printed(float(figure), figure.digits).accepts(one.value, float(figure))
            assert str(figure.number) not in one.sentence, "the sentence names the mistake, never the answer"
        else:
            assert not alike(one.compute(), answers.key(one.about))


def alike(wrong: Any, key: Any) -> bool:
    """Functions are told apart by what they return, in test_exercise_answers.py."""
    assert callable(wrong) == callable(key)
    return wrong is key if callable(key) else same(wrong, key)


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_two_mistakes_about_one_thing_are_told_apart(key: keys.Key) -> None:
    with keys.using(key):
        for about in {one.about for one in mistakes.MISTAKES.all().values()}:
            for one, other in itertools.combinations(mistakes.mistakes_for(about), 2):
                assert not alike(one.compute(), other.compute()), (one.name, other.name)


def test_an_unknown_mistake_names_the_nearest() -> None:
    with pytest.raises(FactError, match="'cut_of_nw', which does not exist. Did you mean 'cut_of_new'"):
        mistakes.named("cut_of_nw")


def test_the_cut_against_the_new_figure_is_the_one_everybody_makes() -> None:
    assert mistakes.named("cut_of_new").value == pytest.approx(85.6, abs=0.05)  # 3,850 of 4,500
