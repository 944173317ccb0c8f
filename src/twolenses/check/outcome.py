"""How a check ends: one line for a right answer, one sentence for a wrong one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from twolenses import answers
from twolenses.mistakes import mistakes_for

__all__ = ["CheckFailed", "fail_if_known", "filled", "given", "passed", "short"]


class CheckFailed(AssertionError):
    """A check that did not pass: one sentence for the student, a failure for the grader."""

    def _render_traceback_(self) -> list[str]:
        return [f"✗ {self}"]


def passed(name: str, because: str) -> None:
    """Say that it is right, and why it matters."""
    print(f"✓ {name} is right.{' ' + because if because else ''}")


def given(answer: str) -> Any:
    """What an earlier task asks for, so that a later one can be done without it.

    A cell that built it again would show the earlier answer unfolded.
    """
    return answers.key(answer)


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
