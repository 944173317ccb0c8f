"""When two values are the same: numbers within a tolerance, tables cell by cell, everything else exactly."""

from __future__ import annotations

import math
from collections.abc import Mapping
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["differing", "is_number", "same"]


def is_number(value: Any) -> bool:
    """Whether it is one number; True and False are not."""
    return isinstance(value, (Real, np.number)) and not isinstance(value, (bool, np.bool_))


def same(given: Any, key: Any, within: float | None = None) -> bool:
    """Whether two values are the same.

    Parameters
    ----------
    within
        Allowed distance of numbers; without it, a millionth of the key.
    """
    if isinstance(key, (pd.DataFrame, pd.Series)):
        return _same_table(given, key, within)
    if isinstance(key, Mapping):
        return (
            isinstance(given, Mapping)
            and set(given) == set(key)
            and all(same(given[name], key[name], within) for name in key)
        )
    if isinstance(key, (list, tuple, np.ndarray)):
        return (
            isinstance(given, (list, tuple, np.ndarray, pd.Series))
            and len(given) == len(key)
            and all(same(one, other, within) for one, other in zip(given, key, strict=True))
        )
    if is_number(key):
        if not is_number(given):
            return False
        if math.isnan(float(key)):
            return math.isnan(float(given))
        return abs(float(given) - float(key)) <= (1e-6 * max(1.0, abs(float(key))) if within is None else within + 1e-9)
    if isinstance(key, (bool, np.bool_)):
        return isinstance(given, (bool, np.bool_)) and bool(given) == bool(key)
    return type(given) is type(key) and bool(given == key)


def _same_table(given: Any, key: pd.DataFrame | pd.Series, within: float | None) -> bool:
    if type(given) is not type(key) or given.shape != key.shape or not _same_index(given.index, key.index):
        return False
    if isinstance(key, pd.Series) and isinstance(given, pd.Series):
        return not differing(given, key, within).any()
    columns: list[Any] = list(key.columns)
    return set(given.columns) == set(columns) and all(
        not differing(given[name], key[name], within).any() for name in columns
    )


def _same_index(given: pd.Index, key: pd.Index) -> bool:
    return bool(given.equals(key)) or (len(given) == len(key) and all(map(same, given, key)))


def differing(given: pd.Series, key: pd.Series, within: float | None = None) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which rows differ, by position. Two missing values are the same; a missing and a present one are not."""
    absent, lacking = given.isna().to_numpy(), key.isna().to_numpy()
    if pd.api.types.is_numeric_dtype(key) and pd.api.types.is_numeric_dtype(given):
        left, right = (one.to_numpy(dtype=float, na_value=np.nan) for one in (given, key))
        allowed = 1e-6 * np.maximum(1.0, np.abs(right)) if within is None else within + 1e-9
        with np.errstate(invalid="ignore"):
            unlike = ~(np.abs(left - right) <= allowed) & ~((left == right) & ~absent)
    else:
        unlike = np.array([not same(one, other, within) for one, other in zip(given, key, strict=True)], dtype=bool)
    return np.asarray(np.where(absent | lacking, absent != lacking, unlike), dtype=bool)
