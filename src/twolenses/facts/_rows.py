"""Rows of a table as the cells a figure rests on, and the few things done with them in several themes."""

from __future__ import annotations

from collections.abc import Iterable

from twolenses.data import Cell, Row
from twolenses.facts.figure import Figure, Number

__all__ = ["cells", "counted", "percent", "single", "total"]


def cells(table: str, column: str, rows: Iterable[Row]) -> tuple[Cell, ...]:
    """The cells of one column, each with its whole row."""
    return tuple(Cell(table, column, dict(row)) for row in rows)


def single(row: Cell, attribution: str = "") -> Figure:
    """One cell as it stands, with the word its source prints before it."""
    return Figure(row.value, rows=(row,), qualifier=row.qualifier, attribution=attribution)


def counted(rows: tuple[Cell, ...], qualifier: str = "", attribution: str = "") -> Figure:
    """How many rows there are."""
    return Figure(len(rows), rows=rows, qualifier=qualifier, attribution=attribution)


def total(rows: tuple[Cell, ...], attribution: str = "") -> Figure:
    """The sum of the cells."""
    return Figure(_sum(rows), rows=rows, attribution=attribution)


def percent(part: tuple[Cell, ...], whole: tuple[Cell, ...], attribution: str = "") -> Figure:
    """What some of the cells make of all of them, in percent."""
    return Figure(100 * _sum(part) / _sum(whole), rows=whole, attribution=attribution)


def _sum(rows: tuple[Cell, ...]) -> Number:
    values: list[Number] = [row.value for row in rows]
    return sum(values)
