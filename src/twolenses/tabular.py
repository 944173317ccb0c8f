"""CSV files that people fill in by hand: rows with their line, whatever a spreadsheet made of them."""

from __future__ import annotations

import csv
import io
from math import isfinite, nan
from pathlib import Path

from twolenses.errors import TableError, place

__all__ = ["cells", "number", "rows"]


def rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows that are not empty, each with its line and by the names of the columns.

    Raises
    ------
    TableError
        As :func:`cells` does, and if two columns have the same name.
    """
    names, lines = cells(path)
    if twice := [name for name in names if name and names.count(name) > 1]:
        raise TableError(f"{place(path, 1)}  has the column {twice[0]!r} twice. Give each a name of its own.")
    return [(line, {name: cell for name, cell in zip(names, row, strict=True) if name}) for line, row in lines]


def cells(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The names of the columns, and the rows that are not empty, each with its line and as long as the names.

    Columns are separated by a comma, a semicolon or a tab: what the first line has most of.

    Raises
    ------
    TableError
        If the file cannot be read, is not UTF-8, is no table or has no rows.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(f"{place(path)}  is not UTF-8. Save it as CSV UTF-8.") from error
    except OSError as error:
        raise TableError(f"{place(path)}  cannot be read: {error.strerror}.") from error
    first = text.partition("\n")[0]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        names = [name.strip() for name in next(lines, [])]
        wide = len(names)
        found = [(lines.line_num, [cell.strip() for cell in [*row, *[""] * wide][:wide]]) for row in lines]
    except csv.Error as error:
        raise TableError(f"{place(path)}  is no table: {error}. Save it as CSV.") from error
    found = [(line, row) for line, row in found if any(row)]
    if not found:
        raise TableError(f"{place(path)}  has no rows. Write one below the names of the columns.")
    return names, found


def number(text: str, path: Path, line: int, what: str = "mark") -> float:
    """A number as it is typed, with a decimal point or a decimal comma.

    Raises
    ------
    TableError
        If it is none.
    """
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        found = nan
    if not isfinite(found):
        raise TableError(f"{place(path, line)}  has the {what} {text!r}. Write a number, such as 3.")
    return found
