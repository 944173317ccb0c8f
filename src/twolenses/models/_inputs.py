"""What the models check of their inputs, and the sentence for each fault."""

from __future__ import annotations

from math import inf, isfinite

import numpy as np
from numpy.typing import ArrayLike, NDArray

from twolenses.models import ModelError

Numbers = NDArray[np.float64]


def number(name: str, value: float, low: float = -inf, high: float = inf) -> float:
    """`value` as a finite float between `low` and `high`, both included."""
    try:
        result = float(value)
    except (TypeError, ValueError):
        raise ModelError(f"{name} is {value!r}. Give a number.") from None
    if not isfinite(result):
        raise ModelError(f"{name} is {value!r}. Give a finite number.")
    if not low <= result <= high:
        bounds = f"of at least {low:g}" if high == inf else f"between {low:g} and {high:g}"
        raise ModelError(f"{name} is {result:g}. Give a number {bounds}.")
    return result


def numbers(name: str, values: ArrayLike, low: float = -inf, high: float = inf, dimensions: int = 1) -> Numbers:
    """`values` as an array of finite floats between `low` and `high`, at least one, of so many dimensions."""
    try:
        result = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise ModelError(f"{name} holds something that is not a number. Drop or fill it first.") from None
    if result.ndim != dimensions or not result.size:
        wanted = "one row of numbers" if dimensions == 1 else "rows of numbers"
        raise ModelError(f"{name} has the shape {result.shape}. Give {wanted}, at least one.")
    if missing := int((~np.isfinite(result)).sum()):
        raise ModelError(f"{name} has {missing} missing or infinite values. Drop them first, and say so.")
    for value in (result.min(), result.max()):
        number(f"A value of {name}", value, low, high)
    return result
