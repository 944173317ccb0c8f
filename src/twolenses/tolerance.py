"""When a number is close enough, and how a typed number is read. Shared by quizzes and checks.

`marking.js` follows the same rules; the two are held together by tests.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

__all__ = ["Tolerance", "half_unit", "readings"]


@dataclass(frozen=True)
class Tolerance:
    """How far a response may lie from the key.

    Parameters
    ----------
    within
        Absolute distance, in the unit of the key.
    """

    within: float = 0.0

    def accepts(self, response: float, key: float) -> bool:
        """Whether `response` counts as `key`. Not-a-number never does."""
        slack = 1e-9 * max(1.0, abs(key))
        return math.isfinite(response) and abs(response - key) <= self.within + slack


def half_unit(digits: int) -> float:
    """Half a unit of the last printed place: 46.1 stands for anything from 46.05 to 46.15."""
    return 0.5 * 10.0**-digits


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
