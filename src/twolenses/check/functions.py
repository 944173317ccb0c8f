"""Checks of a function: it is called with inputs it has not seen."""

from __future__ import annotations

import copy
import inspect
import io
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from typing import Any

import numpy as np
import pandas as pd

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
from twolenses.check.reading import is_number
from twolenses.check.sameness import Asked, same
from twolenses.check.tables import asked_of, hold_order
from twolenses.check.values import a_number

__all__ = ["function"]

Arguments = Sequence[Any] | Mapping[str, Any]


@explained
def function(
    name: str,
    value: Any,
    cases: Sequence[tuple[Arguments, Any]] = (),
    *,
    answer: str | None = None,
    calls: Sequence[Arguments] = (),
    within: float | None = None,
    digits: int | None = None,
    order: str = "",
    by: str = "",
    unit: str = "",
    returns: str = "",
    because: str = "",
) -> None:
    """Check a function by calling it with new inputs: also at a boundary, a fraction, nothing, and one value twice.

    What it gives back may have any form that :func:`number`, :func:`series` or :func:`frame` takes.

    Parameters
    ----------
    cases
        Pairs of arguments and what the function must return for them. Arguments are a tuple, or a dictionary where
        they are passed by name.
    answer
        Name of the answer that holds the key, a function; it is called with each of `calls` too.
    calls
        Arguments to compare the two functions on.
    within, digits, order, by, unit
        Of what is returned, as for :func:`series` and :func:`frame`.
    returns
        What it returns, in words, for the form; without it the annotation of the key says.

    Raises
    ------
    CheckFailed
        If it is no function, cannot be called so, changes its arguments, or returns something else.
    """
    filled(name, value)
    if isinstance(value, type) or not callable(value):
        raise CheckFailed(f"{name} is a {type(value).__name__}, not a function. Define it with def {name}(…):")
    if sealed(answer):
        for arguments in calls:
            _call(value, arguments, _written(name, arguments))
        return formed(name, "a function that can be called so")
    asked = asked_of(answer, within, digits, order, by)
    if answer:
        key = key_of(answer)
        cases = [*cases, *((arguments, _applied(key, arguments)) for arguments in calls)]
    rounded = False
    for arguments, wanted in cases:
        call = _written(name, arguments)
        result = _result(value, arguments, call, wanted)
        if asked.same(result, wanted):
            rounded |= not asked.exactly(result, wanted)
            continue
        if answer:
            _fail_if_known_function(f"{call} gives {_shown(result)}.", answer, value, [one for one, _ in cases], asked)
        _hold_form(call, result, wanted)
        if same(result, wanted, asked.tolerance):
            hold_order(f"What {call} gives", asked)
        raise CheckFailed(f"{call} gives {_shown(result)}. Work that case out by hand and compare.")
    return passed(name, because, rounded=rounded)


def _written(name: str, arguments: Arguments) -> str:
    if isinstance(arguments, Mapping):
        return f"{name}({', '.join(f'{key}={_shown(one)}' for key, one in arguments.items())})"
    return f"{name}({', '.join(map(_shown, arguments))})"


def _result(value: Callable[..., Any], arguments: Arguments, call: str, wanted: Any) -> Any:
    result, printed = _call(value, arguments, call)
    if result is None and wanted is not None and not (is_number(wanted) and np.isnan(float(wanted))):
        if printed.strip():
            raise CheckFailed(f"{call} prints its result and gives nothing back. Write return where print stands.")
        raise CheckFailed(f"{call} gives nothing back. End the function with return and the result.")
    if result is Ellipsis:
        raise CheckFailed(f"{call} still gives '...'. Replace the dots with your answer and run the cell again.")
    return result


def _hold_form(call: str, result: Any, wanted: Any) -> None:
    """Say what form is asked for, where the values cannot be compared."""
    if is_number(wanted):
        if not np.isnan(float(wanted)):
            a_number(call, result)
        return
    alike = (
        (pd.Series, np.ndarray, list, tuple, pd.Index, Mapping),
        (pd.DataFrame,),
        (str,),
        (bool, np.bool_),
    )
    kinds = next((group for group in alike if isinstance(wanted, group)), (type(wanted),))
    if not isinstance(result, kinds):
        raise CheckFailed(f"{call} gives a {type(result).__name__}; a {type(wanted).__name__} is asked for.")


def _call(value: Callable[..., Any], arguments: Arguments, call: str) -> tuple[Any, str]:
    """What the function returns, and what it prints."""
    _hold_parameters(value, arguments, call)
    printed = io.StringIO()
    try:
        with redirect_stdout(printed):
            return _applied(value, arguments), printed.getvalue()
    except Exception as error:
        raise CheckFailed(f"{call} stops with {type(error).__name__}: {error}") from None


def _applied(value: Callable[..., Any], arguments: Arguments) -> Any:
    """A function that changes a table or a list it was given does no harm to the next call."""
    if isinstance(arguments, Mapping):
        return value(**copy.deepcopy(dict(arguments)))
    return value(*copy.deepcopy(tuple(arguments)))


def _hold_parameters(value: Callable[..., Any], arguments: Arguments, call: str) -> None:
    try:
        signature = inspect.signature(value)
    except (TypeError, ValueError):
        return
    try:
        signature.bind(**arguments) if isinstance(arguments, Mapping) else signature.bind(*arguments)
    except TypeError:
        named = ", ".join(signature.parameters) or "none"
        raise CheckFailed(
            f"{call} stops with TypeError: it is called with {len(arguments)} arguments and has the parameters "
            f"{named}. Keep the first line of the function as the task has it."
        ) from None


def _fail_if_known_function(
    prefix: str, answer: str, value: Callable[..., Any], calls: Sequence[Arguments], asked: Asked
) -> None:
    """Fail with the sentence of the mistake that returns the same as the student's function in every case."""

    def outcome(one: Callable[..., Any], arguments: Arguments) -> Any:
        try:
            with redirect_stdout(io.StringIO()):
                return _applied(one, arguments)
        except Exception as error:
            return type(error)

    mine = [outcome(value, arguments) for arguments in calls]
    plain = Asked(asked.tolerance, asked.order, asked.by)

    def fits(wrong: Any) -> bool:
        return callable(wrong) and all(
            plain.alike(one, outcome(wrong, arguments)) for one, arguments in zip(mine, calls, strict=True)
        )

    fail_if_known(prefix, answer, fits)


def _shown(value: Any) -> str:
    """An argument in a sentence; a table or a long Series is named, not printed."""
    if isinstance(value, pd.Series) and len(value) <= 5:
        return f"Series({', '.join(f'{row}: {shown_value(one)}' for row, one in value.items())})"
    if isinstance(value, (pd.Series, pd.DataFrame)):
        return f"a {type(value).__name__} of {len(value)} rows"
    if isinstance(value, np.ndarray) and value.ndim:
        return f"an array of {len(value)} values"
    if isinstance(value, (list, tuple, dict)) and len(value) > 6:
        return f"a {type(value).__name__} of {len(value)}"
    if isinstance(value, (list, tuple)):
        inner = ", ".join(map(_shown, value))
        return f"[{inner}]" if isinstance(value, list) else f"({inner})"
    if callable(value):
        return str(getattr(value, "__name__", type(value).__name__))
    return repr(value) if isinstance(value, (str, int, dict)) else shown_value(value)
