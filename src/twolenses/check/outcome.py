"""How a check ends: one line for a right answer, one sentence for a wrong one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from twolenses import answers, keys
from twolenses.mistakes import mistakes_for

__all__ = [
    "CheckFailed",
    "exercise",
    "fail_if_known",
    "filled",
    "formed",
    "given",
    "key_of",
    "passed",
    "sealed",
    "short",
]


class CheckFailed(AssertionError):
    """A check that did not pass: one sentence for the student, a failure for the grader."""

    def _render_traceback_(self) -> list[str]:
        return [f"✗ {self}"]


def passed(name: str, because: str) -> None:
    """Say that it is right, and why it matters."""
    print(f"✓ {name} is right.{' ' + because if because else ''}")


def exercise(name: str) -> None:
    """Say which exercise this notebook is, by the name of its folder, so that its checks know their key."""
    keys.use(name)
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


def fail_if_known(prefix: str, of: str, same: Callable[[Any], bool]) -> None:
    """Fail with the sentence of the first known mistake about `of` that `same` recognises as what was given."""
    for mistake in mistakes_for(of):
        if same(mistake.compute()):
            raise CheckFailed(f"{prefix} {mistake.sentence}")


def short(value: Any) -> str:
    """A value as it stands in a sentence."""
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    if isinstance(value, (np.integer, int)):
        return f"{value:,}"
    if isinstance(value, (np.floating, float)) and np.isnan(value):
        return "nothing (NaN)"
    if isinstance(value, (np.floating, float)):
        return f"{value:,.6g}" if abs(float(value)) < 1e6 else f"{value:,.0f}"
    if isinstance(value, pd.Timestamp):
        return value.isoformat().removesuffix("T00:00:00")
    return repr(value)
