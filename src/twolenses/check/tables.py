"""Checks of a Series and of a DataFrame: type, then shape, then values."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from twolenses.check.outcome import CheckFailed, fail_if_known, filled, formed, key_of, passed, sealed, short
from twolenses.check.sameness import differing, same
from twolenses.data import load
from twolenses.errors import suggestion

__all__ = ["frame", "series"]


def series(
    name: str,
    value: Any,
    *,
    answer: str | None = None,
    table: str | None = None,
    column: str = "",
    where: str | None = None,
    within: float | None = None,
    because: str = "",
) -> None:
    """Check that `value` is a Series equal to an answer, or to a column of a table, row by row.

    Parameters
    ----------
    answer
        Name of the answer that holds the key, a Series.
    table, column
        Where the key stands, if it is a column of a table.
    where
        Keep only these rows of the table (a :meth:`pandas.DataFrame.query`), numbered from 0.
    within
        Allowed distance of numbers; without it, a millionth.

    Raises
    ------
    CheckFailed
        If it is no Series, has another length, index or order, holds text, or differs in some row.
    """
    filled(name, value)
    if isinstance(value, pd.DataFrame):
        raise CheckFailed(f"{name} is a whole table. Select one column: table['column'].")
    if not isinstance(value, pd.Series):
        raise CheckFailed(f"{name} is a {type(value).__name__}; it should be a Series, one value for each row.")
    if sealed(answer):
        return formed(name, "a Series")
    key = key_of(answer) if answer else _column(str(table), column, where)
    if same(value, key, within):
        return passed(name, because)
    if answer:
        fail_if_known(f"{name}:", answer, lambda wrong: same(value, wrong, within))
    _hold_rows(name, value, key, "the table" if table else "the answer")
    _hold_values(name, value, key, within)
    return passed(name, because)


def frame(name: str, value: Any, *, answer: str, within: float | None = None, because: str = "") -> None:
    """Check that `value` is a DataFrame equal to an answer. The order of the columns is free.

    Parameters
    ----------
    answer
        Name of the answer that holds the key, a DataFrame.
    within
        Allowed distance of numbers; without it, a millionth.

    Raises
    ------
    CheckFailed
        If it is no DataFrame, lacks or adds a column, has other rows or another order, or differs in some cell.
    """
    filled(name, value)
    if isinstance(value, pd.Series):
        raise CheckFailed(f"{name} is one column. A table is asked for: keep several with table[['one', 'two']].")
    if not isinstance(value, pd.DataFrame):
        raise CheckFailed(f"{name} is a {type(value).__name__}; it should be a DataFrame.")
    if sealed(answer):
        return formed(name, "a DataFrame")
    key: pd.DataFrame = key_of(answer)
    if same(value, key, within):
        return passed(name, because)
    fail_if_known(f"{name}:", answer, lambda wrong: same(value, wrong, within))
    if missing := [column for column in key if column not in value]:
        raise CheckFailed(
            f"{name} has no column {missing[0]!r}. {suggestion(str(missing[0]), map(str, value.columns))}"
        )
    if added := [column for column in value if column not in key]:
        raise CheckFailed(
            f"{name} has the column {added[0]!r}, which was not asked for. Keep {', '.join(map(repr, key))}."
        )
    _hold_rows(name, value, key, "the answer")
    for column in key:
        _hold_values(f"{name}[{column!r}]", value[column], key[column], within)
    return passed(name, because)


def _column(table: str, column: str, where: str | None) -> pd.Series:
    rows = load(table)
    return (rows.query(where).reset_index(drop=True) if where else rows)[column]


def _hold_rows(name: str, value: pd.DataFrame | pd.Series, key: pd.DataFrame | pd.Series, owner: str) -> None:
    if len(value) != len(key):
        more = "Keep every row, also the odd ones." if len(value) < len(key) else "Some rows do not belong to it."
        raise CheckFailed(f"{name} has {len(value)} rows; {owner} has {len(key)}. {more}")
    if value.index.equals(key.index) or same(list(value.index), list(key.index)):
        return
    if value.index.nlevels != key.index.nlevels:
        raise CheckFailed(f"{name} has an index of {value.index.nlevels} levels; {key.index.nlevels} is asked for.")
    if set(value.index) == set(key.index):
        raise CheckFailed(f"{name} has the rows in another order than {owner}. Sort them as the task says.")
    strange = next((row for row in value.index if row not in set(key.index)), None)
    raise CheckFailed(
        f"{name} has a row called {_row(strange)}; {owner} begins with {_row(key.index[0])}. "
        "Look at the index: set_index(…) chooses it, reset_index(drop=True) numbers the rows."
    )


def _hold_values(name: str, value: pd.Series, key: pd.Series, within: float | None) -> None:
    if pd.api.types.is_numeric_dtype(key) and pd.api.types.is_timedelta64_dtype(value):
        raise CheckFailed(f"{name} holds durations; numbers are asked for. {name}.dt.days has whole days.")
    if pd.api.types.is_numeric_dtype(key) and not pd.api.types.is_numeric_dtype(value):
        raise CheckFailed(
            f"{name} still holds text (dtype {value.dtype}). Turn it into numbers, for example with astype(int)."
        )
    unlike = differing(value, key, within)
    if unlike.any():
        first = int(np.flatnonzero(unlike)[0])
        some = "1 row differs" if unlike.sum() == 1 else f"{unlike.sum()} rows differ"
        raise CheckFailed(
            f"{name}: {some}; the first is row {_row(key.index[first])}, where you have {short(value.iloc[first])}."
        )


def _row(label: Any) -> str:
    """A row's label in a sentence; a year has no comma."""
    return str(int(label)) if isinstance(label, (int, np.integer)) else short(label)
