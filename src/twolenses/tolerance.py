"""When a number is close enough, and how a typed number is read. Shared by quizzes, checks and tests.

`marking.js` follows the same rules; the two are held together by tests.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, overload

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

__all__ = ["MILLIONTH", "Tolerance", "digits_within", "half_unit", "needed_digits", "readings"]

Bools: TypeAlias = "NDArray[np.bool_]"
SLACK = 1e-9


@dataclass(frozen=True)
class Tolerance:
    """How far a response may lie from the key: the two distances are added.

    Parameters
    ----------
    within
        Absolute distance, in the unit of the key.
    relative
        Distance as a share of the key.
    digits
        A response also counts that is the key rounded to at least so many decimals. None: to those that
        :func:`needed_digits` names. A whole key is never rounded.
    """

    within: float = 0.0
    relative: float = 0.0
    digits: int | None = None

    @classmethod
    def printed(cls, value: float, digits: int) -> Tolerance:
        """Half a unit of the last printed place; a whole count must be exact."""
        whole = digits == 0 and float(value).is_integer()
        return cls(0.0 if whole else half_unit(digits), digits=digits)

    @overload
    def accepts(self, response: float, key: float) -> bool: ...
    @overload
    def accepts(self, response: NDArray[Any], key: NDArray[Any]) -> Bools: ...
    def accepts(self, response: ArrayLike, key: ArrayLike) -> bool | Bools:
        """Whether `response` counts as `key`, element by element. Not-a-number never does."""
        if isinstance(response, (int, float)) and isinstance(key, (int, float)):
            reach = self.within + self.relative * abs(key) + SLACK * max(1.0, abs(key))
            return bool(math.isfinite(response) and abs(response - key) <= reach)
        import numpy as np  # quizzes ask for single numbers and need not wait for it

        values, right = np.asarray(response, dtype=float), np.asarray(key, dtype=float)
        allowed = self.within + self.relative * np.abs(right) + SLACK * np.maximum(1.0, np.abs(right))
        with np.errstate(invalid="ignore"):
            near = np.isfinite(values) & (np.abs(values - right) <= allowed)
        return bool(near) if near.ndim == 0 else np.asarray(near, dtype=bool)

    def rounds(self, response: ArrayLike, key: ArrayLike) -> Bools:
        """Whether each response is its key rounded to enough decimals. All keys together say how many are enough."""
        import numpy as np

        right = np.asarray(key, dtype=float)
        return _rounded(response, right, needed_digits(right) if self.digits is None else self.digits, 12)

    def rounds_too_far(self, response: ArrayLike, key: ArrayLike) -> Bools:
        """Whether each response is its key rounded, to fewer decimals than are enough and to something."""
        import numpy as np

        right = np.asarray(key, dtype=float)
        enough = needed_digits(right) if self.digits is None else self.digits
        something: Bools = np.asarray(response, dtype=float) != 0
        return np.logical_and(_rounded(response, right, enough - 3, enough - 1), something)


MILLIONTH = Tolerance(relative=1e-6)
"""What is computed twice in different ways differs by less."""


def _rounded(response: ArrayLike, key: NDArray[Any], fewest: int, most: int) -> Bools:
    import numpy as np

    values = np.asarray(response, dtype=float)
    slack = SLACK * np.maximum(1.0, np.abs(key))
    found = np.zeros(np.broadcast_shapes(values.shape, key.shape), dtype=bool)
    with np.errstate(invalid="ignore"):
        whole = key == np.round(key)
        for digits in range(fewest, most + 1):
            has_so_many = np.abs(values - np.round(values, digits)) <= slack
            found |= has_so_many & (np.abs(values - key) <= half_unit(digits) + slack)
    return np.asarray(found & ~whole & np.isfinite(values), dtype=bool)


def needed_digits(key: ArrayLike) -> int:
    """Decimals that a rounded response keeps where nobody says how many.

    Two, or as many as three significant digits have where that is fewer (12.3, 457); three significant digits of a
    number below a tenth (0.0123). Of several keys the middle one decides.
    """
    import numpy as np

    sizes = np.abs(np.asarray(key, dtype=float).ravel())
    sizes = sizes[np.isfinite(sizes) & (sizes > 0)]
    if not len(sizes):
        return 2
    middle = float(np.median(sizes))
    three = 2 - math.floor(math.log10(middle))
    return three if middle < 0.1 else min(2, max(0, three))


def half_unit(digits: int) -> float:
    """Half a unit of the last printed place: 46.1 stands for anything from 46.05 to 46.15."""
    return 0.5 * 10.0**-digits


def digits_within(distance: float) -> int:
    """The fewest decimals whose rounding moves a number by no more than that distance (0.05 is 1)."""
    return math.ceil(-math.log10(2 * distance) - SLACK) if distance > 0 else 12


_GROUPED = r"[+-]?[0-9]{1,3}(?:%s[0-9]{3})+"


def readings(text: str) -> tuple[float, ...]:
    """The numbers a typed text can mean.

    ``8,350`` and ``8.350`` are read both as a decimal and with the separator between thousands, because
    readers in London and in Belgrade write them differently; whichever fits the key counts. Spaces between
    thousands, a leading sign (also the typographic minus), a unit behind the number (``km²`` and ``km2``, too), ``€``
    on either side and a full stop at the end are allowed. A text that is no number has no reading.
    """
    bare = re.sub(r"[\s\u00a0\u202f]+", "", text).replace("−", "-").replace("–", "-")
    found = re.fullmatch(r"€?([+-]?[0-9.,]*[0-9])([^0-9]*?|[kdcm]?m[23])\.?", bare)
    if not found or not (found[2] in ("", "%", "€") or re.sub("[23²³]$", "", found[2]).isalpha()):
        return ()
    number = found[1]
    shapes: list[str] = []
    if re.fullmatch(r"[+-]?(?:[0-9]+|[0-9]*[.,][0-9]+)", number):
        shapes.append(number.replace(",", "."))
    for thousands, decimal in ((",", "."), (".", ",")):
        grouped = _GROUPED % re.escape(thousands)
        if re.fullmatch(rf"{grouped}(?:{re.escape(decimal)}[0-9]+)?", number):
            shapes.append(number.replace(thousands, "").replace(decimal, "."))
    return tuple(dict.fromkeys(float(shape) for shape in shapes))
