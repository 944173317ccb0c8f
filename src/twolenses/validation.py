"""The data package held to its description by frictionless, and its links between tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from frictionless import Package

from twolenses import course, data
from twolenses.errors import DataError, place

__all__ = ["count", "problems"]


def count(folder: Path | None = None) -> int:
    """Number of tables described."""
    return len(data.tables(folder))


def problems(folder: Path | None = None) -> list[str]:
    """What is wrong with the tables, one sentence each; empty when all is well.

    Parameters
    ----------
    folder
        Another data package than the course's own.
    """
    folder = folder or course.root() / "data"
    found = list(_unreadable(folder))
    if found:
        return found
    report = Package(str(folder / "datapackage.json")).validate()
    return [_sentence(folder, task, error) for task in report.tasks for error in task.errors]


def _unreadable(folder: Path) -> Iterator[str]:
    try:
        names = data.tables(folder)
    except DataError as error:
        yield str(error)
        return
    for name in names:
        try:
            data.load(name, folder)
        except DataError as error:
            yield str(error)


def _sentence(folder: Path, task: Any, error: Any) -> str:
    row = getattr(error, "row_number", None)
    field = getattr(error, "field_name", None)
    where = place(folder / task.place, row)
    column = f"column {field!r}: " if field else ""
    return f"{where}  {column}{error.note[:1].upper()}{error.note[1:].rstrip('.')}. Correct the cell or its constraint."
