"""Checks of one value: a number, a choice, the same label for each of several things."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd

from twolenses import answers
from twolenses.check.outcome import (
    CheckFailed,
    explained,
    fail_if_known,
    filled,
    formed,
    key_of,
    passed,
    sealed,
    shown_value,
)
from twolenses.check.reading import canon, is_number, number_of, one_of, word
from twolenses.check.tables import asked_of
from twolenses.errors import suggestion
from twolenses.facts import describe, figure
from twolenses.tolerance import MILLIONTH, Tolerance, needed_digits

__all__ = ["a_number", "choice", "labels", "number"]

WEAK = 12
"""A whole number up to this size is reached in many ways: the mistake that also leads there is a guess."""


@explained
def number(
    name: str,
    value: Any,
    *,
    fact: str | None = None,
    answer: str | None = None,
    within: float | None = None,
    digits: int | None = None,
    unit: str = "",
    because: str = "",
) -> None:
    """Check that `value` is the figure of a fact, or the number of an answer.

    Parameters
    ----------
    name
        What the student calls it, for the sentence.
    value
        The student's response, a single number of any kind.
    fact, answer
        Name of the fact or of the answer that holds the key: one of the two.
    within
        Allowed distance. Without it, half a unit of the last printed place of a fact, or of an answer that says its
        digits (a whole count must be exact), and a millionth of any other answer.
    digits
        Decimals to which a response may be rounded; without it those of the fact, or
        :func:`twolenses.tolerance.needed_digits`.
    unit
        For the form under the task; a fact knows its own.
    because
        Why it matters, printed when the response is right.

    Raises
    ------
    CheckFailed
        If it is not a number, or not that number.
    """
    response = a_number(name, value)
    if sealed(answer):
        return formed(name, "a number")
    about = str(fact or answer)
    key, tolerance = _of_fact(about, within, digits) if fact else _of_answer(about, within, digits)
    if tolerance.accepts(response, key) or tolerance.rounds(response, key):
        notes = (
            []
            if np.ndim(value) == 0
            else [f"{name} holds one value in a {type(value).__name__}; .item() takes it out."]
        )
        exact = MILLIONTH.accepts(response, key) or key == round(key)
        return passed(name, because, notes, rounded=not exact)

    def fits(wrong: Any) -> bool:
        return is_number(wrong) and bool(
            tolerance.accepts(response, float(wrong)) or tolerance.rounds(response, float(wrong))
        )

    def exactly(wrong: Any) -> bool:
        return is_number(wrong) and bool(
            MILLIONTH.accepts(response, float(wrong)) or tolerance.rounds(response, float(wrong))
        )

    whole = response == round(response) and abs(response) <= WEAK
    shown = f"{name} is {shown_value(one_of(value))}."
    fail_if_known(shown, about, exactly, weak=whole)
    fail_if_known(shown, about, fits, weak=True)
    if tolerance.rounds_too_far(response, key):
        keep = needed_digits(key) if tolerance.digits is None else tolerance.digits
        raise CheckFailed(
            f"{name} is {shown_value(one_of(value))}: that is rounded too far. Keep at least {keep} decimals."
        )
    title = describe(about).title if fact else answers.describe(about).title
    raise CheckFailed(f"{name} is {shown_value(one_of(value))}, which is not it. Look again at: {title}")


def _of_fact(name: str, within: float | None, digits: int | None) -> tuple[float, Tolerance]:
    key = figure(name)
    printed = Tolerance.printed(float(key), key.digits if digits is None else digits)
    return float(key), printed if within is None else asked_of(None, within, digits).tolerance


def _of_answer(name: str, within: float | None, digits: int | None) -> tuple[float, Tolerance]:
    key = float(key_of(name))
    own = answers.describe(name).digits if within is None else None
    return key, asked_of(name, within, digits).tolerance if own is None else Tolerance.printed(key, own)


@explained
def choice(name: str, value: Any, *, answer: str, among: Collection[Any], because: str = "") -> None:
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
    response = _a_word(name, value, among)
    if sealed(answer):
        return formed(name, "one of the words")
    key = key_of(answer)
    if _plain(response) != _plain(key):
        fail_if_known(f"{name} is {response!r}.", answer, lambda wrong: _plain(response) == _plain(wrong))
        raise CheckFailed(f"{name} is {response!r}, which is not it. Look again at: {answers.describe(answer).title}")
    return passed(name, because)


@explained
def labels(
    name: str,
    value: Any,
    *,
    answer: str | None = None,
    among: Collection[Any] | None = None,
    things: Collection[Any] = (),
    because: str = "",
) -> None:
    """Check a dictionary that gives each of several things its label.

    Parameters
    ----------
    value
        The student's response, a dictionary, a Series or a frame of one column from thing to label.
    answer
        Name of the answer that holds the key, a dictionary. Without it any of `among` counts: the student's own
        judgement, of which only the form is looked at.
    among
        The labels to choose from; without it, those of the key.
    things
        Where there is no key, what needs a label.

    Raises
    ------
    CheckFailed
        If it is no dictionary, a thing is missing or still open, a label is unknown, or one is wrong.
    """
    filled(name, value)
    response = _a_mapping(name, value)
    if sealed(answer):
        return formed(name, "a dictionary with a label for each")
    key: dict[Any, Any] = key_of(answer) if answer else dict.fromkeys(things)
    words = sorted(set(map(str, key.values()))) if among is None else among
    known = {canon(thing): thing for thing in key}
    notes = []
    found = {known[canon(thing)]: label for thing, label in response.items() if canon(thing) in known}
    added = [thing for thing in response if canon(thing) not in known]
    if missing := [thing for thing in key if thing not in found]:
        typed = f" You have {added[0]!r}. {suggestion(str(added[0]), map(str, key))}" if added else ""
        raise CheckFailed(f"{name} has nothing for {missing[0]!r}. Give each of the {len(key)} its label.{typed}")
    if added:
        notes.append(f"{added[0]!r} was not asked for; it was passed over.")
    typed_words = {thing: _a_word(f"{name}[{thing!r}]", found[thing], words) for thing in key}
    if answer is None:
        return print(f"✓ {name} has a label for each; which one, you decide.{' ' + because if because else ''}")
    plain = {thing: _plain(label) for thing, label in typed_words.items()}
    wrong = [thing for thing in key if plain[thing] != _plain(key[thing])]
    if wrong:

        def fits(mistake: Any) -> bool:
            return plain == {known.get(canon(thing), thing): _plain(label) for thing, label in mistake.items()}

        fail_if_known(f"{name}:", answer, fits)
        some = "one label is" if len(wrong) == 1 else f"{len(wrong)} labels are"
        raise CheckFailed(
            f"{name}: {some} not right. Think again about {wrong[0]!r}, which you call {typed_words[wrong[0]]!r}. "
            f"{answers.describe(answer).title}"
        )
    return passed(name, because, notes)


def _a_mapping(name: str, value: Any) -> dict[Any, Any]:
    if isinstance(value, pd.DataFrame):
        value = value.iloc[:, 0] if value.shape[1] == 1 else value.iloc[0] if len(value) == 1 else value
        if isinstance(value, pd.DataFrame) and value.shape[1] == 2:
            value = pd.Series(value.iloc[:, 1].to_numpy(), index=value.iloc[:, 0])
    if (
        isinstance(value, (list, tuple))
        and value
        and all(isinstance(one, (list, tuple)) and len(one) == 2 for one in value)
    ):
        value = dict(value)
    if not isinstance(value, (Mapping, pd.Series)):
        raise CheckFailed(f"{name} is a {type(value).__name__}; it should be a dictionary: {{'thing': 'label', …}}.")
    return dict(value.items())


def a_number(name: str, value: Any) -> float:
    """The value as a float, or the sentence that says why it is no number."""
    filled(name, value)
    one = one_of(value)
    if isinstance(one, tuple) and len(one) == 2 and all(type(part) is int for part in one):
        raise CheckFailed(
            f"{name} is two whole numbers, {one[0]} and {one[1]}. If one was meant: Python writes a point before the "
            "decimals and nothing between thousands."
        )
    if isinstance(one, (pd.Series, pd.DataFrame, np.ndarray, list, tuple, dict, set)):
        raise CheckFailed(
            f"{name} holds {len(one)} values; one number is asked for. Pick the one cell, for example with .item()."
        )
    if isinstance(one, str):
        comma = " Python writes a point before the decimals and nothing between thousands." if "," in one else ""
        raise CheckFailed(f"{name} is the text {str(one)!r}. A number has no quotation marks.{comma}")
    if one is None:
        raise CheckFailed(f"{name} is None: nothing was put into it. A function gives its result back with return.")
    if one is pd.NA or one is pd.NaT:
        raise CheckFailed(f"{name} is {one}, no number: a missing value went into it.")
    found = number_of(one)
    if found is None:
        raise CheckFailed(f"{name} is a {type(one).__name__}; a number is asked for.")
    if not math.isfinite(found):
        raise CheckFailed(f"{name} is {found}, no number: a missing value or a division by zero went into it.")
    return found


def _plain(label: Any) -> str:
    """A word as it is compared; a number stands for its digits, a day for its date."""
    plain = canon(label)
    return f"{plain:g}" if isinstance(plain, float) else str(plain)


def _a_word(name: str, value: Any, among: Collection[Any]) -> str:
    one = one_of(value)
    filled(name, one)
    offered = ", ".join(repr(str(choice)) for choice in among)
    if not isinstance(one, str) and _plain(one) not in {_plain(str(choice)) for choice in among}:
        raise CheckFailed(f"{name} is a {type(one).__name__}; a text is asked for, one of {offered}.")
    if _plain(one) not in {_plain(choice) for choice in among} and word(str(one)) not in {word(str(c)) for c in among}:
        raise CheckFailed(f"{name} is {str(one)!r}, which is none of {offered}.")
    return str(one).strip()
