"""What a student's notebook runs after a task.

A check looks at the type, then the shape, then the value. A right answer prints one line; a wrong one raises
:class:`CheckFailed`, which Jupyter shows as one sentence without a traceback and nbgrader counts as a failure.
The sentence names the likely mistake, never the answer.

>>> from twolenses import check
>>> check.number("cut", 46.1, fact="serbian_troop_cut")
✓ cut is right.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from twolenses.data import load
from twolenses.facts import describe, figure
from twolenses.mistakes import mistakes_for
from twolenses.tolerance import Tolerance, half_unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["CheckFailed", "function", "number", "plot", "series"]


class CheckFailed(AssertionError):
    """A check that did not pass: one sentence for the student, a failure for the grader."""

    def _render_traceback_(self) -> list[str]:
        return [f"✗ {self}"]


def number(name: str, value: Any, *, fact: str, within: float | None = None, because: str = "") -> None:
    """Check that `value` is the figure of `fact`.

    Parameters
    ----------
    name
        What the student calls it, for the sentence.
    value
        The student's answer, a single number.
    fact
        Name of the fact that holds the key.
    within
        Allowed distance; without it, half a unit of the last printed place (none for a whole count).
    because
        Why it matters, printed when the answer is right.

    Raises
    ------
    CheckFailed
        If it is not a number, or not that number.
    """
    given = _a_number(name, value)
    key = figure(fact)
    whole = key.digits == 0 and float(key).is_integer()
    allowed = Tolerance(0.0 if whole else half_unit(key.digits)) if within is None else Tolerance(within)
    if not allowed.accepts(given, float(key)):
        for mistake in mistakes_for(fact):
            if allowed.accepts(given, mistake.value):
                raise CheckFailed(f"{name} is {_short(given)}. {mistake.sentence}")
        raise CheckFailed(f"{name} is {_short(given)}, which is not it. Look again at: {describe(fact).title}")
    _passed(name, because)


def series(name: str, value: Any, *, table: str, column: str, where: str | None = None, because: str = "") -> None:
    """Check that `value` is a Series equal to a column of a table, row by row.

    Parameters
    ----------
    table, column
        Where the key stands.
    where
        Keep only these rows of the table (a :meth:`pandas.DataFrame.query`), numbered from 0.

    Raises
    ------
    CheckFailed
        If it is no Series, has another length or order, holds text, or differs in some row.
    """
    rows = load(table)
    key = (rows.query(where).reset_index(drop=True) if where else rows)[column]
    _filled(name, value)
    if isinstance(value, pd.DataFrame):
        raise CheckFailed(f"{name} is a whole table. Select one column: table['column'].")
    if not isinstance(value, pd.Series):
        raise CheckFailed(f"{name} is a {type(value).__name__}; it should be a Series, one value for each row.")
    if len(value) != len(key):
        raise CheckFailed(f"{name} has {len(value)} rows; the table has {len(key)}. Keep every row, also the odd ones.")
    if not value.index.equals(key.index):
        raise CheckFailed(f"{name} has the rows in another order than the table. Leave the index as it is.")
    if pd.api.types.is_numeric_dtype(key) and not pd.api.types.is_numeric_dtype(value):
        raise CheckFailed(
            f"{name} still holds text (dtype {value.dtype}). Turn it into numbers, for example with astype(int)."
        )
    same = (value.isna() & key.isna()) | (value == key).fillna(False).astype(bool)
    if not same.all():
        first = int(np.flatnonzero(~same.to_numpy())[0])
        wrong = int((~same).sum())
        some = "1 row differs" if wrong == 1 else f"{wrong} rows differ"
        raise CheckFailed(
            f"{name}: {some}; the first is row {key.index[first]}, where you have {_short(value.iloc[first])}."
        )
    _passed(name, because)


def function(
    name: str,
    value: Any,
    cases: Sequence[tuple[tuple[Any, ...], float]],
    *,
    within: float = 1e-6,
    because: str = "",
) -> None:
    """Check a function by calling it with new inputs.

    Parameters
    ----------
    cases
        Pairs of arguments and the number the function must return for them.
    within
        Allowed distance from that number.

    Raises
    ------
    CheckFailed
        If it is no function, cannot be called so, or returns something else.
    """
    _filled(name, value)
    if not callable(value):
        raise CheckFailed(f"{name} is a {type(value).__name__}, not a function. Define it with def {name}(…):")
    for arguments, key in cases:
        call = f"{name}({', '.join(map(repr, arguments))})"
        result = _call(value, arguments, call)
        if result is None:
            raise CheckFailed(f"{call} gives nothing back. End the function with return and the result.")
        if not Tolerance(within).accepts(_a_number(call, result), key):
            raise CheckFailed(f"{call} gives {_short(float(result))}. Work that case out by hand and compare.")
    _passed(name, because)


def plot(
    name: str,
    value: Any,
    *,
    x: str,
    y: str,
    heights: Sequence[float] | None = None,
    because: str = "",
) -> None:
    """Check a chart by what it shows: its axis labels, its title and the heights it draws.

    Parameters
    ----------
    value
        A Matplotlib Axes.
    x, y
        A word each axis label must contain.
    heights
        Values that the lines, markers or bars must show, in any order.

    Raises
    ------
    CheckFailed
        If something is missing; the sentence says what.
    """
    _filled(name, value)
    if not hasattr(value, "get_xlabel"):
        raise CheckFailed(
            f"{name} is a {type(value).__name__}, not a chart's axes. Start with fig, {name} = plt.subplots()."
        )
    axes: Axes = value
    for axis, label, word in (("x", axes.get_xlabel(), x), ("y", axes.get_ylabel(), y)):
        if word.lower() not in label.lower():
            told = f"says {label!r}" if label else "has no label"
            raise CheckFailed(f"The {axis} axis {told}. A reader needs the word {word!r}: {name}.set_{axis}label(…).")
    if not any(axes.get_title(loc=side).strip() for side in ("left", "center", "right")):
        raise CheckFailed(f"The chart has no title. Say in one line what it shows: {name}.set_title(…).")
    if heights is not None:
        drawn = _heights(axes)
        if not drawn:
            raise CheckFailed(f"The chart is empty: nothing is drawn on {name}.")
        missing = _missing(list(heights), drawn)
        if missing:
            some = "1 value of the table is" if missing == 1 else f"{missing} values of the table are"
            raise CheckFailed(f"{some} not in the chart. Plot every row of the series, and the numbers, not the text.")
    _passed(name, because)


# ── helpers ──────────────────────────────────────────────────────────────────────────────────────────


def _passed(name: str, because: str) -> None:
    print(f"✓ {name} is right.{' ' + because if because else ''}")


def _filled(name: str, value: Any) -> None:
    if value is Ellipsis:
        raise CheckFailed(f"{name} is still '...'. Replace the dots with your answer and run the cell again.")


def _a_number(name: str, value: Any) -> float:
    _filled(name, value)
    if isinstance(value, (pd.Series, pd.DataFrame, np.ndarray, list, tuple)):
        raise CheckFailed(
            f"{name} holds {len(value)} values; one number is asked for. Pick the one cell, for example with .item()."
        )
    if isinstance(value, str):
        raise CheckFailed(f"{name} is the text {value!r}. A number has no quotation marks.")
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (Real, np.number)):
        raise CheckFailed(f"{name} is a {type(value).__name__}; a number is asked for.")
    if not math.isfinite(float(value)):
        raise CheckFailed(f"{name} is not a number (nan or infinite): a missing value went into it.")
    return float(value)


def _call(value: Callable[..., Any], arguments: tuple[Any, ...], call: str) -> Any:
    try:
        return value(*arguments)
    except Exception as error:
        raise CheckFailed(f"{call} stops with {type(error).__name__}: {error}") from None


def _short(value: Any) -> str:
    if isinstance(value, (np.integer, int)):
        return f"{value:,}"
    if isinstance(value, (np.floating, float)) and abs(float(value)) < 1e6:
        return f"{value:,.6g}"
    return repr(value)


def _heights(axes: Axes) -> list[float]:
    drawn = [float(y) for line in axes.get_lines() for y in np.atleast_1d(line.get_ydata())]
    drawn += [float(bar.get_height()) for bar in axes.patches if hasattr(bar, "get_height")]
    drawn += [float(y) for dots in axes.collections for _, y in np.atleast_2d(np.asarray(dots.get_offsets()))]
    return drawn


def _missing(wanted: list[float], drawn: list[float]) -> int:
    left = sorted(drawn)
    array = np.array(left)
    return sum(not np.isclose(array, one).any() for one in wanted)
