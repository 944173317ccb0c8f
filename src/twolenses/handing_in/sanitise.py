"""The preprocessor with which nbgrader mends each notebook before it overwrites and grades it.

It knows the exercise from nbgrader's database, as it was when it was released. nbgrader itself refuses a notebook with
a copied cell (jupyter/nbgrader issue 1083), and looks for no cell that has lost its metadata.
"""

from __future__ import annotations

import warnings
from typing import Any

from nbformat.validator import normalize
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from twolenses.handing_in.cells import Original
from twolenses.handing_in.mend import mend

__all__ = ["Mend"]


class Mend(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """Every graded cell is there once and has its metadata; other cells have none of nbgrader's."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Mend one notebook, and say in nbgrader's log what was done."""
        where = resources["nbgrader"]
        nb = _valid(nb)
        done = mend(nb, _released(where["db_url"], where["notebook"], where["assignment"]))
        for what, names in vars(done).items():
            if names:
                self.log.info("Mended, %s: %s", what, ", ".join(names))
        return nb, resources


def _valid(notebook: Any) -> Any:
    """The notebook without outputs, and without what its format does not allow: nbconvert would refuse all of it."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of every id that is missing or doubled
        return normalize(notebook, strip_invalid_metadata=True)[1]


def _released(url: str, notebook: str, assignment: str) -> list[Original]:
    """The cells of a notebook as nbgrader released it, in order."""
    with Gradebook(url) as book:
        found = book.find_notebook(notebook, assignment)
        points = {cell.name: float(cell.max_score) for cell in [*found.grade_cells, *found.task_cells]}
        graded = {cell.name for cell in found.grade_cells}
        solved = {cell.name for cell in found.solution_cells}
        asked = {cell.name for cell in found.task_cells}
        return [
            Original(
                cell.name, cell.cell_type, cell.source or "", cell.name in graded, cell.name in solved,
                cell.name in asked, bool(cell.locked), points.get(cell.name, 0), cell.checksum,
            )
            for cell in found.source_cells
        ]  # fmt: skip
