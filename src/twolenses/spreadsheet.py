"""A table as a file for a spreadsheet program: typed cells, text that stays text, and a sheet that says what it is.

A CSV file opened by hand is often read in a local code page and split at semicolons; an `.xlsx` file is not.
"""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

from twolenses import data, files
from twolenses.errors import DataError, place

__all__ = ["workbook", "write"]

MARK = "\ufeff"
"""The byte-order mark, by which Excel knows UTF-8."""

CREATED = datetime(2000, 1, 1)
"""One date for every file: the same table gives the same bytes."""


def write(table: str, path: Path) -> None:
    """Write a table as `.xlsx` or `.csv`, whichever the name ends in.

    Raises
    ------
    DataError
        If the table is unknown, the name ends otherwise, or the file cannot be written.
    """
    kinds = {".xlsx": workbook, ".csv": _csv}
    if path.suffix.lower() not in kinds:
        raise DataError(f"{place(path)}  should end in .xlsx or .csv.")
    content = kinds[path.suffix.lower()](table)
    try:
        files.write(path, content)
    except OSError as error:
        raise DataError(f"{place(path)}  cannot be written: {error.strerror}. Choose another -o.") from error


def workbook(table: str) -> bytes:
    """Two sheets: what the table is, where it comes from and what its columns mean; then the table."""
    from xlsxwriter import Workbook

    about, rows = data.describe(table), data.rows(table)
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"title": about["title"], "comments": data.source(table), "created": CREATED})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@"})
        first = book.add_worksheet("About")
        first.set_column(0, 0, 26, bold)
        first.set_column(1, 1, 90, wrapped)
        first.set_column(2, 3, 14)
        for row, cells in enumerate(_about(about)):
            for column, cell in enumerate(cells):
                first.write_string(row, column, cell)
        second = book.add_worksheet(table[:31])
        second.freeze_panes(1, 0)
        for column, field in enumerate(about["schema"]["fields"]):
            second.write_string(0, column, field["name"], bold)
            second.set_column(column, column, min(40, max(10, len(field["name"]) + 2)))
            for number, values in enumerate(rows, start=1):
                _cell(second, number, column, values[field["name"]], text)
    return buffer.getvalue()


def _cell(sheet: Any, row: int, column: int, value: Any, text: Any) -> None:
    """A value in its own type; what is missing stays empty."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value, text)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    else:
        sheet.write_number(row, column, value)


def _about(about: dict[str, Any]) -> list[list[str]]:
    """The first sheet, row by row."""
    licences = "; ".join(f"{one['title']} {one.get('path', '')}".strip() for one in about.get("licenses", []))
    same = ["Whoever passes this file on keeps its licence and names the source."]
    return [
        ["Title", about["title"]],
        ["Description", about["description"]],
        ["Shows", about["shows"]],
        ["Cannot show", about["cannotShow"]],
        ["Licence", ". ".join([about["licenseClass"], *([licences] if licences else [])])],
        *([["Share alike", *same]] if about["licenseClass"] == "share-alike" else []),
        ["Cite as", data.source(about["name"])],
        *(["Source", f"{one['title']} {one.get('path', '')}".strip()] for one in about["sources"]),
        ["Course", "Two Lenses. An empty cell is a missing value, never zero."],
        [],
        ["Column", "Meaning", "Type", "Unit"],
        *(
            [field["name"], field["description"], field["type"], field.get("unit", "")]
            for field in about["schema"]["fields"]
        ),
    ]


def _csv(table: str) -> bytes:
    """The table's own file, with the mark by which Excel knows UTF-8."""
    return (MARK + data.text(table)).encode("utf-8")
