"""What a student's value means, whatever holds it: a number, a word, a day, a column, a table.

Nothing here judges. Each function returns the plain form, or None where the value cannot mean it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["as_frame", "as_series", "canon", "is_number", "number_of", "one_of", "word"]

LISTS = (list, tuple, np.ndarray, pd.Index, pd.api.extensions.ExtensionArray)
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")


def one_of(value: Any) -> Any:
    """The one value in an array, Series, frame or list of one; anything else as it is."""
    if isinstance(value, (np.ndarray, pd.Series, pd.DataFrame, pd.Index)):
        return one_of(np.asarray(value, dtype=object).ravel()[0]) if value.size == 1 else value
    if isinstance(value, (list, tuple)) and len(value) == 1:
        return one_of(value[0])
    return value


def is_number(value: Any) -> bool:
    """Whether it is one number, also in an array without dimensions; True and False are not."""
    return number_of(value) is not None


def number_of(value: Any) -> float | None:
    """A number as a float; NaN for a missing one."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    if isinstance(value, (bool, np.bool_)):
        return None
    return (
        float(value)
        if isinstance(value, (Real, np.number, Decimal)) and not isinstance(value, np.timedelta64)
        else None
    )


def word(text: str) -> str:
    """A word as it is compared: without case, outer and double white space, and with plain apostrophes."""
    plain = unicodedata.normalize("NFC", text).replace("’", "'").replace("‘", "'").replace("‐", "-").replace("–", "-")
    return " ".join(plain.split()).casefold()


def canon(value: Any) -> Hashable:
    """A label or a cell as it is compared: numbers by size, days by their date, words without case.

    A year that is a period is its number, a month ``2023-09``; nothing is None.
    """
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, str):
        day = _DAY.fullmatch(value.strip())
        return day[1] if day else word(value)
    if isinstance(value, pd.Period):
        named: str = str(value)
        return float(named) if named.isdigit() else named
    if isinstance(value, (date, np.datetime64)):  # a datetime and a Timestamp are dates too
        if pd.isna(value):
            return None
        text = pd.Timestamp(value).isoformat()
        day = _DAY.fullmatch(text)
        return day[1] if day else text
    if isinstance(value, (tuple, list)):
        return tuple(map(canon, value))
    if isinstance(value, (set, frozenset)):
        return frozenset(map(canon, value))
    number = number_of(value)
    if number is not None:
        return None if np.isnan(number) else float(f"{number:.10g}")  # 0.1 + 0.2 is the label 0.3
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    return value if isinstance(value, Hashable) else repr(value)


def as_series(value: Any, key: pd.Series) -> pd.Series | None:
    """One column, whatever holds it: a Series, a frame of one column or one row, a dictionary, a list, an array.

    A list has no labels, so it takes those of the key if it is as long.
    """
    if isinstance(value, pd.Series):
        return value
    if isinstance(value, pd.DataFrame):
        return _column_of(value, key)
    if isinstance(value, Mapping):
        return pd.Series(dict(value), dtype=object if not value else None)
    if isinstance(value, LISTS):
        flat = np.empty(len(value), dtype=object)
        items = list(np.ravel(value)) if isinstance(value, np.ndarray) else list(value)
        if len(items) != len(flat) or any(isinstance(one, (list, tuple, np.ndarray)) for one in items):
            return None
        flat[:] = items
        return pd.Series(flat, index=key.index if len(flat) == len(key) else None).infer_objects()
    return None


def _column_of(frame: pd.DataFrame, key: pd.Series) -> pd.Series | None:
    if frame.shape[1] == 1:
        return frame.iloc[:, 0]
    if len(frame) == 1 and frame.shape[1] == len(key):
        return frame.iloc[0]
    if frame.shape[1] == 2:
        labels = _multiset(key.index)
        for label, other in ((0, 1), (1, 0)):
            if _multiset(frame.iloc[:, label]) == labels:
                return pd.Series(frame.iloc[:, other].to_numpy(), index=pd.Index(frame.iloc[:, label]))
    return None


def as_frame(value: Any, key: pd.DataFrame) -> pd.DataFrame | None:
    """A table with the key's columns under the key's names, and the key's index as index, where that is unambiguous."""
    if isinstance(value, pd.Series) and key.shape[1] == 1:
        value = value.to_frame(key.columns[0])
    if isinstance(value, pd.Series) and isinstance(value.index, pd.MultiIndex) and value.index.nlevels == 2:
        value = value.unstack()
    if isinstance(value, Mapping):
        try:
            value = pd.DataFrame(value)
        except ValueError:
            return None
    if isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
        value = pd.DataFrame(value)
    if not isinstance(value, pd.DataFrame):
        return None
    return _named(_indexed(value, key), key)


def _indexed(value: pd.DataFrame, key: pd.DataFrame) -> pd.DataFrame:
    """An index that stands as columns, or columns that stand as index, put where the key has them."""
    wanted = {canon(name) for name in key.columns}
    as_index = [name for name in value.index.names if name is not None and canon(name) in wanted]
    if as_index and not {canon(name) for name in as_index} & {canon(name) for name in value.columns}:
        value = value.reset_index()
    if isinstance(key.index, pd.RangeIndex) or _multiset(value.index) == _multiset(key.index):
        return value
    names = [name for name in key.index.names if name is not None]
    here = {canon(name): name for name in value.columns}
    if len(names) == key.index.nlevels and all(canon(name) in here for name in names):
        return value.set_index([here[canon(name)] for name in names])
    if key.index.nlevels == 1:
        labels = _multiset(key.index)
        found = [
            n
            for n, name in enumerate(value.columns)
            if canon(name) not in wanted and _multiset(value.iloc[:, n]) == labels
        ]
        if len(found) == 1:
            return value.set_index(value.columns[found[0]])
    return value


def _named(value: pd.DataFrame, key: pd.DataFrame) -> pd.DataFrame:
    """The key's spelling of its columns, where the response spells them otherwise."""
    known = {canon(name): name for name in key.columns}
    exact = set(value.columns)
    return value.rename(
        columns={n: known[canon(n)] for n in value.columns if canon(n) in known and known[canon(n)] not in exact}
    )


def _multiset(labels: Sequence[Any] | pd.Index | pd.Series) -> list[str]:
    return sorted(map(repr, map(canon, labels)))
