"""Another order of ties: what a sort without ``kind="stable"`` gives on another processor.

numpy sorts with what the processor has, and pandas with numpy. Equal keys come out in one order with AVX-512 and in
another in a browser, so a check that depends on their order marks a right answer wrong somewhere.

>>> import pandas as pd
>>> with turned():
...     list(pd.Series([2, 1, 1], index=["a", "b", "c"]).sort_values().index)
['c', 'b', 'a']
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["turned", "watched"]

sorting = import_module("pandas.core.sorting")  # not public: `tests/exercises/test_ties.py` says if it changes

Order = np.ndarray[Any, np.dtype[np.intp]]
Turn = Callable[[Any, Order], Order]

STABLE = ("stable", "mergesort")
ALIKE = 1e-12
"""Numbers that differ by less, as a share or in themselves, may be equal where sums are added up in another order."""


@contextmanager
def turned() -> Iterator[None]:
    """While this lasts, pandas' sorts by one key and `np.argsort` give ties in reverse, unless they are stable."""
    with _sorting_with(lambda keys, order: _reversed(order, _runs(keys))):
        yield


@contextmanager
def watched() -> Iterator[list[int]]:
    """Note in a list, for each sort that is not stable and meets ties, how many runs of them it met."""
    met: list[int] = []

    def note(keys: Any, order: Order) -> Order:
        if runs := _runs(keys):
            met.append(len(runs))
        return order

    with _sorting_with(note):
        yield met


def _runs(keys: Any) -> list[tuple[int, int]]:
    """Where keys in order are alike: from and to of each run of two or more."""
    values = pd.Series(keys).reset_index(drop=True)
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        numbers = values.to_numpy(dtype=float, na_value=np.nan)
        same = np.isclose(numbers[1:], numbers[:-1], rtol=ALIKE, atol=ALIKE)
    else:
        same = (values[1:].reset_index(drop=True) == values[:-1]).fillna(False).to_numpy(dtype=bool)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], same, [False]]).astype(int)))
    return [(int(start), int(end) + 1) for start, end in edges.reshape(-1, 2)]


def _reversed(order: Order, runs: list[tuple[int, int]]) -> Order:
    order = order.copy()
    for start, end in runs:
        order[start:end] = order[start:end][::-1]
    return order


@contextmanager
def _sorting_with(turn: Turn) -> Iterator[None]:
    """Put our versions in the place of pandas' one function that sorts, wherever pandas has it, and of numpy's."""
    by_pandas, by_numpy = sorting.nargsort, np.argsort

    def nargsort(items: Any, kind: Any = "quicksort", ascending: Any = True, na_position: Any = "last",
                 key: Any = None, mask: Any = None) -> Any:  # fmt: skip
        if kind in STABLE:
            return by_pandas(items, kind, ascending, na_position, key, mask)
        items = items if key is None else sorting.ensure_key_mapped(items, key)
        order = by_pandas(items, "stable", ascending, na_position, None, mask)
        return turn(pd.Series(items).iloc[order], order)

    def argsort(a: Any, axis: Any = -1, kind: Any = None, order: Any = None, *, stable: Any = None) -> Any:
        found = by_numpy(a, axis=axis, kind=kind, order=order, stable=stable)
        if kind in STABLE or stable or np.ndim(a) != 1 or isinstance(a, (pd.Series, pd.Index)):
            return found
        found = by_numpy(a, kind="stable")
        return turn(np.asarray(a)[found], found)

    homes = [one for name, one in list(sys.modules.items()) if name.startswith("pandas.")]
    homes = [one for one in homes if vars(one).get("nargsort") is by_pandas]
    try:
        np.argsort = argsort
        for one in homes:
            one.nargsort = nargsort  # type: ignore[attr-defined]
        yield
    finally:
        np.argsort = by_numpy
        for one in homes:
            one.nargsort = by_pandas  # type: ignore[attr-defined]
