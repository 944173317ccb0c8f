"""CSV files that people fill in by hand: rows with their line, whatever a spreadsheet made of them."""

from __future__ import annotations

import csv
import io
from math import isfinite, nan
from pathlib import Path

from twolenses.errors import GradingError, place

__all__ = ["number", "rows"]


def rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows that are not empty, each with its line and by the names of the columns.

    Columns are separated by a comma, a semicolon or a tab: what the first line has most of.

    Raises
    ------
    GradingError
        If the file cannot be read, is not UTF-8, is no table or has no rows.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise GradingError(f"{place(path)}  is not UTF-8. Save it as CSV UTF-8.") from error
    except OSError as error:
        raise GradingError(f"{place(path)}  cannot be read: {error.strerror}.") from error
    first = text.partition("\n")[0]
    try:
        lines = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
        names = [name.strip() for name in lines.fieldnames or []]
        if twice := [name for name in names if name and names.count(name) > 1]:
            raise GradingError(f"{place(path, 1)}  has the column {twice[0]!r} twice. Give each a name of its own.")
        lines.fieldnames = names
        found = [(lines.line_num, {key: (row[key] or "").strip() for key in names if key}) for row in lines]
    except csv.Error as error:
        raise GradingError(f"{place(path)}  is no table: {error}. Save it as CSV.") from error
    found = [(line, row) for line, row in found if any(row.values())]
    if not found:
        raise GradingError(f"{place(path)}  has no rows. Write one below the names of the columns.")
    return found


def number(text: str, path: Path, line: int, what: str = "mark") -> float:
    """A number as it is typed, with a decimal point or a decimal comma.

    Raises
    ------
    GradingError
        If it is none.
    """
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        found = nan
    if not isfinite(found):
        raise GradingError(f"{place(path, line)}  has the {what} {text!r}. Write a number, such as 3.")
    return found
