"""Checks of a Series and of a DataFrame: values first, then rows and order, then form."""

from __future__ import annotations

from dataclasses import replace
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
from twolenses.check.reading import as_frame, as_series, canon
from twolenses.check.sameness import ORDERS, Asked, arranged, differing, of_whole_table, row_matches
from twolenses.data import load
from twolenses.tolerance import Tolerance, digits_within

__all__ = ["asked_of", "frame", "hold_order", "series"]

LOST = "its rows have no labels of their own; a Series with the labels as index keeps each value with its name."


def asked_of(answer: str | None, within: float | None, digits: int | None, order: str = "", by: str = "") -> Asked:
    """What counts as the key of an answer: `within` if given, else a millionth; rounded to its digits, too.

    A given distance is all that counts: rounding may not go further than that.
    """
    if order not in ORDERS:
        raise ValueError(f"order={order!r} is none of {', '.join(map(repr, ORDERS[1:]))}")
    if within is not None:
        return Asked(Tolerance(within, digits=digits_within(within) if digits is None else digits), order, by)
    own = answers.describe(answer).digits if answer and answer in answers.ANSWERS else None
    digits = own if digits is None else digits
    return Asked(Tolerance(relative=1e-6, digits=digits), order, by)


@explained
def series(
    name: str,
    value: Any,
    *,
    answer: str | None = None,
    table: str | None = None,
    column: str = "",
    where: str | None = None,
    within: float | None = None,
    digits: int | None = None,
    order: str = "",
    unit: str = "",
    rows: str = "",
    because: str = "",
) -> None:
    """Check that `value` is a Series equal to an answer, or to a column of a table.

    Rows are matched by label; a list, an array, a dictionary or a frame of one column may stand for a Series.

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
    digits
        Decimals to which a response may be rounded; without it :func:`twolenses.tolerance.needed_digits` says.
    order
        ``"ascending"``, ``"descending"`` or ``"as given"`` if the task asks for an order; else any order is right.
    unit, rows
        Of the values, and what each of them belongs to (``"year"``): for the form under the task.

    Raises
    ------
    CheckFailed
        If it is no column of values, has other rows, another order than is asked for, or differs in some row.
    """
    filled(name, value)
    asked = asked_of(answer, within, digits, order)
    if sealed(answer):
        return formed(name, _series_or_fail(name, value, pd.Series(dtype=float)))
    key: pd.Series = key_of(answer) if answer else _column(str(table), column, where)
    if asked.same(value, key):
        return _passed(name, because, asked, value, key)
    if answer:
        fail_if_known(f"{name}:", answer, lambda wrong: asked.alike(value, wrong))
    _series_or_fail(name, value, key)
    found = as_series(value, key)
    assert found is not None
    owner = "the table" if table else "the answer"
    places = _hold_rows(name, found, key, owner)
    _hold_values(name, found.iloc[places], key, asked)
    hold_order(name, asked)


def _series_or_fail(name: str, value: Any, key: pd.Series) -> str:
    """The words for a Series; a sentence where nothing could be one."""
    if as_series(value, key) is None:
        if isinstance(value, pd.DataFrame):
            raise CheckFailed(f"{name} is a whole table. Select one column: table['column'].")
        raise CheckFailed(f"{name} is a {type(value).__name__}; it should be a Series, one value for each row.")
    return "a Series"


def _passed(name: str, because: str, asked: Asked, value: Any, key: pd.Series | pd.DataFrame) -> None:
    notes = []
    labelled = not isinstance(key.index, pd.RangeIndex)
    if (
        labelled
        and (not hasattr(value, "index") or isinstance(value, list) or _numbered(value))
        and isinstance(key, pd.Series)
    ):
        notes.append(LOST) if not isinstance(value, (dict, pd.DataFrame)) else None
    if isinstance(key, pd.DataFrame) and isinstance(value, pd.DataFrame):
        known = {canon(one) for one in (*key.columns, *key.index.names)}
        if more := [
            one for one in value.columns if canon(one) not in known and not key.index.equals(pd.Index(value[one]))
        ]:
            notes.append(f"the column {more[0]!r} was not asked for; it was passed over.")
    passed(name, because, notes, rounded=not asked.exactly(value, key))


def _numbered(value: Any) -> bool:
    return isinstance(value, pd.Series) and isinstance(value.index, pd.RangeIndex)


@explained
def frame(
    name: str,
    value: Any,
    *,
    answer: str,
    within: float | None = None,
    digits: int | None = None,
    order: str = "",
    by: str = "",
    unit: str = "",
    rows: str = "",
    because: str = "",
) -> None:
    """Check that `value` is a DataFrame equal to an answer: its columns, rows and values.

    Rows are matched by label, columns by name; an index may stand as a column and a column as index, and further
    columns are passed over.

    Parameters
    ----------
    answer
        Name of the answer that holds the key, a DataFrame.
    within, digits, order, unit, rows
        As for :func:`series`.
    by
        The column that `order` speaks of, or ``"index"``.

    Raises
    ------
    CheckFailed
        If it is no DataFrame, lacks a column, has other rows, another order than is asked for, or differs in a cell.
    """
    filled(name, value)
    asked = asked_of(answer, within, digits, order, by)
    if sealed(answer):
        _frame_or_fail(name, value, pd.DataFrame())
        return formed(name, "a DataFrame")
    key: pd.DataFrame = key_of(answer)
    if asked.same(value, key):
        return _passed(name, because, asked, value, key)
    fail_if_known(f"{name}:", answer, lambda wrong: asked.alike(value, wrong))
    found = _frame_or_fail(name, value, key)
    if missing := [column for column in key if column not in found]:
        asks = ", ".join(repr(one) for one in key)
        raise CheckFailed(f"{name} has no column {missing[0]!r}. The columns asked for are {asks}.")
    places = _hold_rows(name, found, key, "the answer")
    places = (row_matches(found, key) or [places])[-1]
    whole = replace(asked, tolerance=of_whole_table(asked.tolerance, key))
    for column in key:
        _hold_values(f"{name}[{column!r}]", found[column].iloc[places], key[column], whole)
    hold_order(name, asked)


def _frame_or_fail(name: str, value: Any, key: pd.DataFrame) -> pd.DataFrame:
    found = as_frame(value, key)
    if found is None:
        if isinstance(value, pd.Series):
            raise CheckFailed(
                f"{name} is one column; a DataFrame is asked for: keep several with table[['one', 'two']]."
            )
        raise CheckFailed(f"{name} is a {type(value).__name__}; it should be a DataFrame.")
    return found


def hold_order(name: str, asked: Asked) -> None:
    """Fail for the order, where everything else is right."""
    what = {"index": "its rows by their labels"}.get(asked.by, f"by {asked.by!r}" if asked.by else "its values")
    how = {
        "ascending": f"sort {what}, the lowest first",
        "descending": f"sort {what}, the highest first",
    }.get(asked.order, "leave the rows in the order in which the task gives them")
    raise CheckFailed(f"{name} has the right values in another order: {how}.")


def _column(table: str, column: str, where: str | None) -> pd.Series:
    rows = load(table)
    return (rows.query(where).reset_index(drop=True) if where else rows)[column]


def _hold_rows(name: str, found: pd.DataFrame | pd.Series, key: pd.DataFrame | pd.Series, owner: str) -> list[int]:
    if len(found) != len(key):
        more = "Keep every row, also the odd ones." if len(found) < len(key) else "Some rows do not belong to it."
        raise CheckFailed(f"{name} has {len(found)} rows; {owner} has {len(key)}. {more}")
    places = arranged(found.index, key.index)
    if places is not None:
        return places
    if found.index.nlevels != key.index.nlevels:
        raise CheckFailed(f"{name} has an index of {found.index.nlevels} levels; {key.index.nlevels} is asked for.")
    known = set(map(canon, key.index))
    strange = next((row for row in found.index if canon(row) not in known), None)
    if strange is None:
        raise CheckFailed(f"{name} has a row twice that {owner} has once. Look at the index.")
    mine = set(map(canon, found.index))
    absent = next((row for row in key.index if canon(row) not in mine), key.index[0])
    where = (
        "" if mine & known else " Look at the index: set_index(…) chooses it, reset_index(drop=True) numbers the rows."
    )
    raise CheckFailed(
        f"{name} has a row called {shown_value(strange)}; {owner} has one called {shown_value(absent)}.{where}"
    )


def _hold_values(name: str, found: pd.Series, key: pd.Series, asked: Asked) -> None:
    unlike = differing(found, key, asked.tolerance)
    if not unlike.any():
        return
    if pd.api.types.is_numeric_dtype(key):
        if pd.api.types.is_timedelta64_dtype(found):
            raise CheckFailed(f"{name} holds durations; numbers are asked for. {name}.dt.days has whole days.")
        if not pd.api.types.is_numeric_dtype(found) and any(isinstance(one, str) for one in found):
            raise CheckFailed(
                f"{name} still holds text (dtype {found.dtype}). Turn it into numbers, for example with astype(int)."
            )
        if pd.api.types.is_numeric_dtype(found):
            left, right = found.to_numpy(dtype=float, na_value=np.nan), key.to_numpy(dtype=float, na_value=np.nan)
            if (asked.tolerance.rounds_too_far(left, right) | ~unlike).all():
                raise CheckFailed(f"{name} is rounded too far. Keep the digits that the computation gives.")
    first = int(np.flatnonzero(unlike)[0])
    some = "1 row differs" if unlike.sum() == 1 else f"{unlike.sum()} rows differ"
    raise CheckFailed(
        f"{name}: {some}; the first is row {shown_value(key.index[first])}, where you have "
        f"{shown_value(found.iloc[first])}."
    )
