"""How a check ends: one line for a right answer, one sentence for a wrong one."""

from __future__ import annotations

import functools
import inspect
import warnings
from collections.abc import Callable, Sequence
from typing import Any, ParamSpec

import numpy as np
import pandas as pd

from twolenses import answers, keys
from twolenses.errors import Error
from twolenses.mistakes import mistakes_for
from twolenses.register import worked_out

__all__ = [
    "ROUNDED",
    "CheckFailed",
    "exercise",
    "explained",
    "fail_if_known",
    "filled",
    "formed",
    "given",
    "key_of",
    "passed",
    "sealed",
    "shown_value",
]

ROUNDED = "right, but rounded; keep the digits for the next step"


class CheckFailed(AssertionError):
    """A check that did not pass: one sentence for the student, a failure for the grader."""

    def _render_traceback_(self) -> list[str]:
        return [f"✗ {self}"]


P = ParamSpec("P")


def explained(check: Callable[P, None]) -> Callable[P, None]:
    """A check that says in one sentence when it was called without what it needs, or met what it cannot read."""
    signature = inspect.signature(check)

    @functools.wraps(check)
    def call(*args: P.args, **named: P.kwargs) -> None:
        try:
            signature.bind(*args, **named)
        except TypeError as error:
            raise CheckFailed(
                f"check.{check.__name__}(…) cannot run so: {error}. Copy the check cell from the original notebook."
            ) from None
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a warning on stderr costs the cell its points in nbgrader
                check(*args, **named)
        except (CheckFailed, Error, MemoryError, RecursionError):
            raise
        except Exception as error:
            name = args[0] if args else named.get("name", "This")
            raise CheckFailed(
                f"{name} cannot be compared with what is asked for ({type(error).__name__}: {error}). "
                "Look at its type and at what it holds."
            ) from error

    return call


def passed(name: str, because: str, notes: Sequence[str] = (), *, rounded: bool = False) -> None:
    """Say that it is right, and why it matters; then what is worth knowing all the same."""
    print(f"✓ {name} is {ROUNDED if rounded else 'right'}.{' ' + because if because else ''}")
    for note in dict.fromkeys(notes):
        print(f"  Note: {note}")


def exercise(name: str, student: str | None = None, code: str = "", **varied: Any) -> None:
    """Say which exercise this notebook is, by the name of its folder, so that its checks know their key.

    Parameters
    ----------
    student, code
        Whose copy it is, where each student has countries, years or numbers of their own.
    varied
        These, by the names of the key's parameters.

    Raises
    ------
    ExerciseError
        If it is a copy of nobody's: what nbgrader has for all before it is each student's own.
    """
    keys.use(name, varied, whose=student)
    if keys.sealed():
        print(f"The key of {name} is not here: checks look at the form of an answer. Values are judged when graded.")


def key_of(answer: str) -> Any:
    """The key of an answer of the exercise in use."""
    if not answers.is_known(answer):
        keys.adopt(answer)
    return answers.key(answer)


def sealed(answer: str | None) -> bool:
    """Whether the key of that answer lies with the grader only."""
    return answer is not None and keys.sealed()


def formed(name: str, form: str) -> None:
    """Say that an answer of a sealed exercise has the right form."""
    print(f"✓ {name} is {form}, as asked for. Whether it is right is judged when it is graded.")


def given(answer: str) -> Any:
    """What an earlier task asks for, so that a later one can be done without it.

    A cell that built it again would show the earlier answer unfolded.
    """
    if sealed(answer):
        raise CheckFailed("A sealed exercise gives no answer of an earlier task. Go on from your own.")
    return key_of(answer)


def filled(name: str, value: Any) -> None:
    """Fail where the dots of the starter still stand."""
    if value is Ellipsis:
        raise CheckFailed(f"{name} is still '...'. Replace the dots with your answer and run the cell again.")


def fail_if_known(prefix: str, about: str, fits: Callable[[Any], bool], *, weak: bool = False) -> None:
    """Fail with the sentence of the known mistake that fits, if it is the only one that does.

    Parameters
    ----------
    prefix
        What the student has, a sentence or the beginning of one.
    about
        Name of the fact or answer.
    fits
        Whether the student's answer is what the mistake leads to, in every case that was tried.
    weak
        Whether much else leads there too (a small whole number, one case): the sentence is then a guess, and says so.
    """
    found = {one.sentence for one in mistakes_for(about) if fits(worked_out(one.compute))}
    if len(found) == 1:
        raise CheckFailed(f"{prefix} {'It is as if this had happened: ' if weak else ''}{found.pop()}")


def shown_value(value: Any) -> str:
    """A value as it stands in a sentence: as it was typed, a year without a comma."""
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    if isinstance(value, (np.integer, int)):
        return str(int(value))
    if value is None or value is pd.NA or value is pd.NaT:
        return "nothing"
    if isinstance(value, (np.floating, float)):
        number = float(value)
        if np.isnan(number):
            return "nothing (NaN)"
        return (
            repr(number).removesuffix(".0")
            if len(repr(number)) <= 9
            else f"{number:.6g}"
            if abs(number) < 1e6
            else f"{number:.0f}"
        )
    if isinstance(value, (pd.Timestamp, np.datetime64)):
        return pd.Timestamp(value).isoformat().removesuffix("T00:00:00")
    return repr(str(value)) if isinstance(value, str) else repr(value)
