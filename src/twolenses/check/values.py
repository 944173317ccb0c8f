"""Checks of one value: a number, a choice, the same label for each of several things."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd

from twolenses import answers
from twolenses.check.outcome import CheckFailed, fail_if_known, filled, formed, key_of, passed, sealed, short
from twolenses.check.sameness import is_number
from twolenses.errors import suggestion
from twolenses.facts import describe, figure
from twolenses.tolerance import Tolerance, half_unit

__all__ = ["a_number", "choice", "labels", "number"]


def number(
    name: str,
    value: Any,
    *,
    fact: str | None = None,
    answer: str | None = None,
    within: float | None = None,
    because: str = "",
) -> None:
    """Check that `value` is the figure of a fact, or the number of an answer.

    Parameters
    ----------
    name
        What the student calls it, for the sentence.
    value
        The student's answer, a single number.
    fact, answer
        Name of the fact or of the answer that holds the key: one of the two.
    within
        Allowed distance. Without it, half a unit of a fact's last printed place (none for a whole count), and a
        millionth of an answer.
    because
        Why it matters, printed when the answer is right.

    Raises
    ------
    CheckFailed
        If it is not a number, or not that number.
    """
    given = a_number(name, value)
    if sealed(answer):
        return formed(name, "a number")
    of, key, allowed = _of_fact(fact) if fact else _of_answer(str(answer))
    tolerance = allowed if within is None else Tolerance(within)
    if not tolerance.accepts(given, key):
        fail_if_known(
            f"{name} is {short(given)}.", of, lambda wrong: is_number(wrong) and tolerance.accepts(given, float(wrong))
        )
        title = describe(of).title if fact else answers.describe(of).title
        raise CheckFailed(f"{name} is {short(given)}, which is not it. Look again at: {title}")
    return passed(name, because)


def _of_fact(name: str) -> tuple[str, float, Tolerance]:
    key = figure(name)
    whole = key.digits == 0 and float(key).is_integer()
    return name, float(key), Tolerance(0.0 if whole else half_unit(key.digits))


def _of_answer(name: str) -> tuple[str, float, Tolerance]:
    key = float(key_of(name))
    return name, key, Tolerance(1e-6 * max(1.0, abs(key)))


def choice(name: str, value: Any, *, answer: str, among: Collection[str], because: str = "") -> None:
    """Check that `value` is the right one of a few words.

    Parameters
    ----------
    answer
        Name of the answer that holds the key, a text.
    among
        The words to choose from, as the task lists them.

    Raises
    ------
    CheckFailed
        If it is no text, none of the words, or another of them.
    """
    given = _a_word(name, value, among)
    if sealed(answer):
        return formed(name, "one of the words")
    key = key_of(answer)
    if given.casefold() != key.casefold():
        fail_if_known(f"{name} is {given!r}.", answer, lambda wrong: given.casefold() == str(wrong).casefold())
        raise CheckFailed(f"{name} is {given!r}, which is not it. Look again at: {answers.describe(answer).title}")
    return passed(name, because)


def labels(name: str, value: Any, *, answer: str, among: Collection[str] | None = None, because: str = "") -> None:
    """Check a dictionary that gives each of several things its label.

    Parameters
    ----------
    value
        The student's answer, a dictionary (or a Series) from thing to label.
    answer
        Name of the answer that holds the key, a dictionary.
    among
        The labels to choose from; without it, those of the key.

    Raises
    ------
    CheckFailed
        If it is no dictionary, a thing is missing, added or still open, a label is unknown, or one is wrong.
    """
    filled(name, value)
    if not isinstance(value, (Mapping, pd.Series)):
        raise CheckFailed(f"{name} is a {type(value).__name__}; it should be a dictionary: {{'thing': 'label', …}}.")
    given: dict[Any, Any] = dict(value)
    if sealed(answer):
        return formed(name, "a dictionary with a label for each")
    key: dict[Any, str] = key_of(answer)
    words = sorted(set(key.values())) if among is None else among
    if missing := [thing for thing in key if thing not in given]:
        raise CheckFailed(f"{name} has nothing for {missing[0]!r}. Give each of the {len(key)} its label.")
    if added := [thing for thing in given if thing not in key]:
        raise CheckFailed(
            f"{name} has a label for {added[0]!r}, which was not asked for. {suggestion(str(added[0]), map(str, key))}"
        )
    for thing in key:
        given[thing] = _a_word(f"{name}[{thing!r}]", given[thing], words).casefold()
    wrong = [thing for thing in key if given[thing] != key[thing].casefold()]
    if wrong:
        folded = {thing: given[thing] for thing in key}
        fail_if_known(
            f"{name}:", answer,
            lambda known: folded == {thing: str(word).casefold() for thing, word in known.items()},
        )  # fmt: skip
        some = "one label is" if len(wrong) == 1 else f"{len(wrong)} labels are"
        raise CheckFailed(
            f"{name}: {some} not right. Think again about {wrong[0]!r}, which you call {given[wrong[0]]!r}. "
            f"{answers.describe(answer).title}"
        )
    return passed(name, because)


def a_number(name: str, value: Any) -> float:
    """The value as a float, or the sentence that says why it is no number."""
    filled(name, value)
    if isinstance(value, (pd.Series, pd.DataFrame, np.ndarray, list, tuple)):
        raise CheckFailed(
            f"{name} holds {len(value)} values; one number is asked for. Pick the one cell, for example with .item()."
        )
    if isinstance(value, str):
        raise CheckFailed(f"{name} is the text {value!r}. A number has no quotation marks.")
    if value is None:
        raise CheckFailed(f"{name} is None: nothing was put into it. A function gives its result back with return.")
    if not is_number(value):
        raise CheckFailed(f"{name} is a {type(value).__name__}; a number is asked for.")
    if not math.isfinite(float(value)):
        raise CheckFailed(f"{name} is {value}, no number: a missing value or a division by zero went into it.")
    return float(value)


def _a_word(name: str, value: Any, among: Collection[str]) -> str:
    filled(name, value)
    offered = ", ".join(repr(one) for one in among)
    if not isinstance(value, str):
        raise CheckFailed(f"{name} is a {type(value).__name__}; a text is asked for, one of {offered}.")
    word = value.strip()
    if word.casefold() not in {one.casefold() for one in among}:
        raise CheckFailed(f"{name} is {value!r}, which is none of {offered}.")
    return word
