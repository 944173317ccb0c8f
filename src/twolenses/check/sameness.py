"""When two values are the same: numbers within a tolerance, rows by their label, words without case, days by date."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from twolenses.check.reading import LISTS, as_frame, as_series, canon, is_number, number_of
from twolenses.tolerance import MILLIONTH, Bools, Tolerance, needed_digits

__all__ = ["ORDERS", "Asked", "arranged", "differing", "is_number", "of_whole_table", "row_matches", "same"]

ORDERS = ("", "ascending", "descending", "as given")


@dataclass(frozen=True)
class Asked:
    """What counts as the key: how near, and in which order.

    Parameters
    ----------
    order
        ``"ascending"``, ``"descending"`` (ties in any order), ``"as given"`` (in the key's), or none: rows are matched
        by their label.
    by
        Column by which a frame is sorted, or ``"index"``; a Series is sorted by its values.
    """

    tolerance: Tolerance = field(default=MILLIONTH)
    order: str = ""
    by: str = ""

    def same(self, response: Any, key: Any) -> bool:
        """Whether the response is the key, in the order that is asked for; rounded enough counts."""
        if same(response, key, self.tolerance):
            return self.ordered(response, key)
        return self.order == "as given" and _renamed(response, key, self.tolerance)

    def exactly(self, response: Any, key: Any) -> bool:
        """Whether it is so without rounding."""
        return same(response, key, Tolerance(relative=1e-6, digits=99))

    def alike(self, response: Any, wrong: Any) -> bool:
        """Whether the response is what a mistake leads to; where an order is asked for, in that mistake's order."""
        if not same(response, wrong, self.tolerance):
            return False
        return not self.order or _same_sequence(response, wrong, self.tolerance)

    def ordered(self, response: Any, key: Any) -> bool:
        """Whether rows that are right stand in the order asked for."""
        if not self.order or not isinstance(key, (pd.Series, pd.DataFrame)):
            return True
        found = as_series(response, key) if isinstance(key, pd.Series) else as_frame(response, key)
        if found is None:
            return False
        if self.order == "as given":
            return list(map(canon, found.index)) == list(map(canon, key.index)) or _positional(found, key)
        positions = arranged(found.index, key.index)
        if positions is None:
            return False
        back = np.argsort(positions, kind="stable")  # the key's row at each place of the response
        held = key.iloc[back]
        return any(  # the response's own values: rounded ones tie where the key's do not
            _monotone(list(_sorted_by(rows, self.by)), self.order) for rows in (held, found)
        )


def _sorted_by(rows: pd.Series | pd.DataFrame, by: str) -> Any:
    return rows.index if by == "index" else rows[by] if isinstance(rows, pd.DataFrame) else rows


def _renamed(response: Any, key: Any, tolerance: Tolerance) -> bool:
    """Whether a Series has the key's values in the key's order, and no label of the key at another's place."""
    found = as_series(response, key) if isinstance(key, pd.Series) else None
    if found is None or not _values_agree(found, key, tolerance):
        return False
    mine, wanted = list(map(canon, found.index)), list(map(canon, key.index))
    return all(one == other or one not in wanted for one, other in zip(mine, wanted, strict=True))


def _positional(found: pd.Series | pd.DataFrame, key: pd.Series | pd.DataFrame) -> bool:
    """Labels are only numbers of rows: the order is that of the values."""
    return isinstance(key.index, pd.RangeIndex) and len(found) == len(key)


def _monotone(values: list[Any], order: str) -> bool:
    if order == "descending":
        values = values[::-1]
    if all(map(is_number, values)):
        numbers = np.array([number_of(one) for one in values], dtype=float)
        numbers = numbers[~np.isnan(numbers)]
        return bool((np.diff(numbers) >= -1e-9 * np.maximum(1.0, np.abs(numbers[1:]))).all())
    plain = [str(canon(one)) for one in values]
    return plain == sorted(plain)


def _same_sequence(response: Any, wrong: Any, tolerance: Tolerance) -> bool:
    if isinstance(wrong, pd.Series):
        found = as_series(response, wrong)
        return found is not None and _values_agree(found, wrong, tolerance)
    if isinstance(wrong, pd.DataFrame):
        table = as_frame(response, wrong)
        return table is not None and all(_values_agree(table[name], wrong[name], tolerance) for name in wrong)
    return True


def _values_agree(found: pd.Series, wrong: pd.Series, tolerance: Tolerance) -> bool:
    return len(found) == len(wrong) and not differing(found, wrong, tolerance).any()


def same(response: Any, key: Any, tolerance: Tolerance = MILLIONTH) -> bool:
    """Whether two values are the same, whatever holds them.

    A number may be any kind of number; rows of a Series or a frame are matched by label, and a list, an array, a
    dictionary or a frame of one column may stand for a Series; further columns of a frame are passed over.
    """
    if isinstance(key, pd.Series):
        return _same_series(response, key, tolerance)
    if isinstance(key, pd.DataFrame):
        return _same_frame(response, key, tolerance)
    if isinstance(key, Mapping):
        return _same_mapping(response, key, tolerance)
    if isinstance(key, (set, frozenset)):
        return isinstance(response, (set, frozenset, pd.Series, *LISTS)) and {*map(canon, response)} == {
            *map(canon, key)
        }
    if isinstance(key, LISTS) and not (isinstance(key, np.ndarray) and key.ndim == 0):
        return (
            isinstance(response, (pd.Series, type({}.values()), type({}.keys()), *LISTS))
            and getattr(response, "ndim", 1) > 0
            and len(response) == len(key)
            and all(same(one, other, tolerance) for one, other in zip(response, key, strict=True))
        )
    return _same_scalar(response, key, tolerance)


def _same_scalar(response: Any, key: Any, tolerance: Tolerance) -> bool:
    right = number_of(key)
    if right is not None:
        found = number_of(response)
        if found is None or np.isnan(right) or np.isnan(found):
            return (found is not None and np.isnan(right) and np.isnan(found)) or (
                np.isnan(right) and canon(response) is None
            )
        return bool(found == right or tolerance.accepts(found, right) or tolerance.rounds(found, right))
    if isinstance(key, (bool, np.bool_, str, date, pd.Period, np.datetime64)) or key is None or key is pd.NA:
        plain = canon(response)
        if isinstance(key, date) and isinstance(response, date) and canon(key) == str(key)[:10]:
            plain = str(response)[:10]  # a day is asked for: the hour is passed over
        if isinstance(plain, bool) != isinstance(canon(key), bool):
            return False
        return plain == canon(key)
    return type(response) is type(key) and bool(response == key)


def _same_mapping(response: Any, key: Mapping[Any, Any], tolerance: Tolerance) -> bool:
    if isinstance(response, pd.DataFrame):
        response = response.iloc[0] if len(response) == 1 else response.iloc[:, 0] if response.shape[1] == 1 else {}
    if not isinstance(response, (Mapping, pd.Series)):
        return False
    found = {canon(name): value for name, value in response.items()}
    return set(found) == set(map(canon, key)) and all(same(found[canon(name)], key[name], tolerance) for name in key)


def _same_series(response: Any, key: pd.Series, tolerance: Tolerance) -> bool:
    found = as_series(response, key)
    if found is None:
        return False
    positions = arranged(found.index, key.index)
    return positions is not None and not differing(found.iloc[positions], key, tolerance).any()


def _same_frame(response: Any, key: pd.DataFrame, tolerance: Tolerance) -> bool:
    found = as_frame(response, key)
    if found is None or not set(key.columns) <= set(found.columns) or len(found) != len(key):
        return False
    tolerance = of_whole_table(tolerance, key)
    for positions in row_matches(found, key):
        rows = found.iloc[positions]
        if not any(differing(rows[name], key[name], tolerance).any() for name in key):
            return True
    return False


def of_whole_table(tolerance: Tolerance, key: pd.DataFrame) -> Tolerance:
    """The tolerance with one number of decimals for all columns, as the form under a task says it."""
    numbers = key.select_dtypes("number").to_numpy(dtype=float, na_value=np.nan)
    return tolerance if tolerance.digits is not None else replace(tolerance, digits=needed_digits(numbers))


def row_matches(found: pd.DataFrame, key: pd.DataFrame) -> list[list[int]]:
    """Ways in which the rows of a table can be the key's: by label; where rows have none, by the words in them."""
    positions = arranged(found.index, key.index)
    ways = [] if positions is None else [positions]
    if isinstance(key.index, pd.RangeIndex):
        words = [name for name in key if not pd.api.types.is_float_dtype(key[name])]
        if words and len(found) == len(key):
            mine, wanted = (list(map(tuple, one[words].astype(object).to_numpy())) for one in (found, key))
            by_words = _places([canon(row) for row in mine], [canon(row) for row in wanted])
            ways += [] if by_words is None else [by_words]
    return ways


def arranged(labels: pd.Index, key: pd.Index) -> list[int] | None:
    """Where the row of each of the key's labels stands; None where the labels are others.

    Rows that are only numbered, in the key or in the response, are taken as they come.
    """
    if len(labels) != len(key):
        return None
    mine, wanted = list(map(canon, labels)), list(map(canon, key))
    as_they_come = list(range(len(key)))
    if mine == wanted:
        return as_they_come
    for version in (mine, _coarser(mine, wanted), [one[::-1] if isinstance(one, tuple) else one for one in mine]):
        if (positions := _places(version, wanted)) is not None:
            return positions
    numbered = isinstance(key, pd.RangeIndex) or mine == [float(n) for n in as_they_come]
    return as_they_come if numbered else None


def _places(mine: list[Hashable], wanted: list[Hashable]) -> list[int] | None:
    free: dict[Hashable, list[int]] = {}
    for position, label in enumerate(mine):
        free.setdefault(label, []).append(position)
    try:
        return [free[label].pop(0) for label in wanted]
    except (KeyError, IndexError):
        return None


def _coarser(mine: list[Hashable], wanted: list[Hashable]) -> list[Hashable]:
    """Days as the years or months of the key, where each is the first or last of its own."""

    def all_are(pattern: str, labels: list[Hashable]) -> bool:
        return all(isinstance(one, str) and re.fullmatch(pattern, one) for one in labels)

    if all(isinstance(one, float) and one in range(1000, 3000) for one in wanted):
        return [float(str(one)[:4]) for one in mine] if all_are(r"\d{4}(-01-01|-12-31)", mine) else mine
    if all_are(r"\d{4}-\d{2}", wanted) and all_are(r"\d{4}-\d{2}-(01|28|29|30|31)", mine):
        return [str(one)[:7] for one in mine]
    return mine


def differing(response: pd.Series, key: pd.Series, tolerance: Tolerance = MILLIONTH) -> Bools:
    """Which rows differ, by position. Two missing values are the same; a missing and a present one are not."""
    absent, lacking = response.isna().to_numpy(dtype=bool), key.isna().to_numpy(dtype=bool)
    left, right = _numbers(response), _numbers(key)
    if right is not None and left is not None:
        unlike = ~(tolerance.accepts(left, right) | tolerance.rounds(left, right) | (left == right))
    elif right is not None:
        unlike = np.ones(len(key), dtype=bool)
    else:
        unlike = np.array(
            [not same(one, other, tolerance) for one, other in zip(response, key, strict=True)], dtype=bool
        )
    return np.asarray(np.where(absent | lacking, absent != lacking, unlike), dtype=bool)


def _numbers(column: pd.Series) -> np.ndarray[Any, np.dtype[np.float64]] | None:
    """A column of numbers as an array, also where objects hold them; None for any other."""
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_timedelta64_dtype(column):
        return None
    if pd.api.types.is_numeric_dtype(column):
        return column.to_numpy(dtype=float, na_value=np.nan)
    if isinstance(column.dtype, pd.CategoricalDtype) or column.dtype == object:
        found = [np.nan if canon(one) is None else number_of(one) for one in column.astype(object)]
        if found and all(one is not None for one in found) and not all(np.isnan(np.array(found, dtype=float))):
            return np.array(found, dtype=float)
    return None
