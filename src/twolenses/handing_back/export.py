"""A CSV file as a platform gave it, to be written again with one column changed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from twolenses.errors import HandingBackError, place

__all__ = ["Export", "number", "read"]

MARK = "\ufeff"


@dataclass(frozen=True)
class Export:
    """A file of cells; `rows` holds all lines after the header, each as long as the header."""

    path: Path
    header: list[str]
    rows: list[list[str]]
    separator: str
    newline: str
    mark: bool
    """Whether it begins with a byte-order mark."""

    @property
    def comma(self) -> bool:
        """Whether its numbers have a decimal comma."""
        return any(re.fullmatch(r"-?\d+,\d+", cell) for row in self.rows for cell in row)

    def column(self, name: str) -> int:
        """The place of a column.

        Raises
        ------
        HandingBackError
            If there is none of that name.
        """
        if name not in self.header:
            raise HandingBackError(
                f"{place(self.path, 1)}  has no column {name!r}. It has {', '.join(filter(None, self.header))}."
            )
        return self.header.index(name)

    def text(self, column: int, values: Mapping[int, str]) -> str:
        """The whole file, with other values in one column of some rows; everything else is kept."""
        file = io.StringIO()
        writer = csv.writer(file, delimiter=self.separator, lineterminator=self.newline)
        writer.writerow(self.header)
        for place_, row in enumerate(self.rows):
            value = values.get(place_, row[column])
            writer.writerow([*row[:column], value, *row[column + 1 :]])
        return (MARK if self.mark else "") + file.getvalue()


def read(path: Path) -> Export:
    """Read an export, separated by commas or by semicolons.

    Raises
    ------
    HandingBackError
        If it is missing, empty, no UTF-8, or not a table.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise HandingBackError(f"{place(path)}  cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError:
        raise HandingBackError(
            f"{place(path)}  is no CSV file in UTF-8. Give the export as the platform wrote it, not as a spreadsheet "
            "saved it."
        ) from None
    mark, text = text.startswith(MARK), text.removeprefix(MARK)
    if not text.strip() or "\0" in text:
        raise HandingBackError(f"{place(path)}  holds no table. Export it from the platform again.")
    first = text.splitlines()[0]
    separator = max(",;\t", key=first.count)
    try:
        header, *rows = [
            row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True) if row
        ]
    except csv.Error as error:
        raise HandingBackError(f"{place(path)}  is not a readable CSV table: {error}.") from error
    for line, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise HandingBackError(
                f"{place(path)}  row {line} has {len(row)} cells and the header {len(header)}. Export it again, and "
                "do not edit it."
            )
    return Export(path, header, rows, separator, "\r\n" if "\r\n" in text else "\n", mark)


def number(cell: str) -> float | None:
    """The number in a cell, with a decimal point or comma; nothing where there is none."""
    found = re.fullmatch(r"\s*(-?\d+(?:[.,]\d+)?)\s*", cell)
    return float(found[1].replace(",", ".")) if found else None
