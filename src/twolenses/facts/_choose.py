"""How facts choose their cells: rows by value, months in a row, a number that stands inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from twolenses.data import Cell, rows
from twolenses.errors import FactError
from twolenses.facts._rows import cells
from twolenses.facts.figure import Number

__all__ = ["agreed", "months", "numbers_in", "pick"]


def pick(table: str, column: str = "value", **where: Any) -> tuple[Cell, ...]:
    """The cells of `column` in all rows where every named column has the given value, or one of several.

    Raises
    ------
    FactError
        If no row fits: a misspelt value must not count as zero.
    """
    found = rows(table)
    for name, wanted in where.items():
        several = isinstance(wanted, Collection) and not isinstance(wanted, str)
        values = list(wanted) if several else [wanted]
        found = tuple(row for row in found if row[name] in values)
    if not found:
        asked = ", ".join(f"{name} = {value!r}" for name, value in where.items())
        raise FactError(f"Table {table!r} has no rows with {asked}.")
    return cells(table, column, found)


def months(first: str, last: str) -> tuple[str, ...]:
    """All months from the first to the last, both included: ``("2018-11", "2018-12")``."""
    start, end = (12 * int(month[:4]) + int(month[5:]) - 1 for month in (first, last))
    return tuple(f"{month // 12}-{month % 12 + 1:02}" for month in range(start, end + 1))


def numbers_in(row: Cell, pattern: str) -> tuple[int, ...]:
    """The numbers that the groups of `pattern` find in the text of a cell; ``3,000`` is three thousand.

    Raises
    ------
    FactError
        If the text has changed and no longer fits the pattern.
    """
    if not (found := re.search(pattern, str(row.value))):
        raise FactError(f"The text of {row} no longer has the form {pattern!r}.")
    return tuple(int(number.replace(",", "")) for number in found.groups())


def agreed(*values: Number) -> Number | tuple[Number, Number]:
    """The value if all are the same, else the range from the lowest to the highest."""
    low, high = min(values), max(values)
    return low if low == high else (low, high)
