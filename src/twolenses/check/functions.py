"""Checks of a function: it is called with inputs it has not seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from twolenses.check.outcome import CheckFailed, fail_if_known, filled, formed, key_of, passed, sealed, short
from twolenses.check.sameness import is_number, same
from twolenses.check.values import a_number

__all__ = ["function"]

Arguments = tuple[Any, ...]


def function(
    name: str,
    value: Any,
    cases: Sequence[tuple[Arguments, Any]] = (),
    *,
    answer: str | None = None,
    calls: Sequence[Arguments] = (),
    within: float = 1e-6,
    because: str = "",
) -> None:
    """Check a function by calling it with new inputs.

    Parameters
    ----------
    cases
        Pairs of arguments and what the function must return for them.
    answer
        Name of the answer that holds the key, a function; it is called with each of `calls` too.
    calls
        Arguments to compare the two functions on.
    within
        Allowed distance of a number that is returned.

    Raises
    ------
    CheckFailed
        If it is no function, cannot be called so, changes its arguments, or returns something else.
    """
    filled(name, value)
    if not callable(value):
        raise CheckFailed(f"{name} is a {type(value).__name__}, not a function. Define it with def {name}(…):")
    if sealed(answer):
        for arguments in calls:
            _call(value, arguments, f"{name}({', '.join(map(_shown, arguments))})")
        return formed(name, "a function that can be called so")
    if answer:
        key = key_of(answer)
        cases = [*cases, *((arguments, key(*_copied(arguments))) for arguments in calls)]
    for arguments, wanted in cases:
        call = f"{name}({', '.join(map(_shown, arguments))})"
        result = _result(value, arguments, call, wanted)
        if not same(result, wanted, within):
            if answer:
                _fail_if_known_function(call, result, answer, value, cases, within)
            raise CheckFailed(f"{call} gives {_shown(result)}. Work that case out by hand and compare.")
    return passed(name, because)


def _result(value: Callable[..., Any], arguments: Arguments, call: str, wanted: Any) -> Any:
    result = _call(value, arguments, call)
    if result is None and wanted is not None:
        raise CheckFailed(f"{call} gives nothing back. End the function with return and the result.")
    if result is Ellipsis:
        raise CheckFailed(f"{call} still gives '...'. Replace the dots with your answer and run the cell again.")
    if is_number(wanted):
        return a_number(call, result)
    if type(result) is not type(wanted) and not (isinstance(wanted, tuple) and isinstance(result, list)):
        if isinstance(wanted, bool) and hasattr(result, "dtype") and result.dtype == bool and result.ndim == 0:
            return bool(result)
        raise CheckFailed(f"{call} gives a {type(result).__name__}; a {type(wanted).__name__} is asked for.")
    return result


def _call(value: Callable[..., Any], arguments: Arguments, call: str) -> Any:
    try:
        return value(*_copied(arguments))
    except Exception as error:
        raise CheckFailed(f"{call} stops with {type(error).__name__}: {error}") from None


def _copied(arguments: Arguments) -> Arguments:
    """A function that changes a table or a list it was given does no harm to the next call."""
    return tuple(one.copy() if hasattr(one, "copy") else one for one in arguments)


def _fail_if_known_function(
    call: str,
    result: Any,
    answer: str,
    value: Callable[..., Any],
    cases: Sequence[tuple[Arguments, Any]],
    within: float,
) -> None:
    """Fail with the sentence of the mistake that returns the same as the student's function in every case."""

    def agrees(wrong: Any) -> bool:
        return callable(wrong) and all(
            same(_call(value, arguments, call), _call(wrong, arguments, call), within) for arguments, _ in cases
        )

    fail_if_known(f"{call} gives {_shown(result)}.", answer, agrees)


def _shown(value: Any) -> str:
    """An argument in a sentence; a table or a long Series is named, not printed."""
    if isinstance(value, pd.Series) and len(value) <= 5:
        return f"Series({', '.join(f'{row}: {short(one)}' for row, one in value.items())})"
    if isinstance(value, (pd.Series, pd.DataFrame)):
        return f"a {type(value).__name__} of {len(value)} rows"
    if isinstance(value, np.ndarray):
        return f"an array of {len(value)} values"
    if isinstance(value, (list, tuple, dict)) and len(value) > 6:
        return f"a {type(value).__name__} of {len(value)}"
    if isinstance(value, (list, tuple)):
        inner = ", ".join(map(_shown, value))
        return f"[{inner}]" if isinstance(value, list) else f"({inner})"
    if callable(value):
        return str(getattr(value, "__name__", type(value).__name__))
    return repr(value) if isinstance(value, (str, int, dict)) else short(value)
