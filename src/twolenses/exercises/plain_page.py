"""A page of the book as a notebook of its own: its roles printed, its directives made plain."""

from __future__ import annotations

from pathlib import Path

import jupytext
import nbformat

from twolenses.errors import ExerciseError, place
from twolenses.exercises import markdown
from twolenses.exercises.student import install_cell

__all__ = ["as_notebook"]


def as_notebook(page: Path, name: str, *, install: bool = False) -> str:
    """The page as the text of a Jupyter notebook, whose cells are called ``name-00`` and so on.

    With `install` it begins with the cell that installs what students' notebooks need, where that is missing.

    Raises
    ------
    ExerciseError
        If the page is not there.
    """
    try:
        made = jupytext.reads(page.read_text(encoding="utf-8"), fmt="md:myst")
    except OSError as error:
        raise ExerciseError(f"{place(page)}  cannot be read: {error.strerror}.") from error
    for number, cell in enumerate(made.cells):
        cell["id"] = f"{name}-{number:02d}"
        if cell.cell_type == "markdown":
            cell.source = markdown.plain(cell.source)
        else:
            cell.metadata = {}
    if install:
        made.cells.insert(0, install_cell())
    made.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return str(nbformat.writes(made)) + "\n"
