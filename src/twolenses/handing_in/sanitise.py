"""The preprocessors with which nbgrader mends each notebook before it overwrites and grades it.

It knows the exercise from nbgrader's database, as it was when it was released. nbgrader itself refuses a notebook with
a copied cell (jupyter/nbgrader issue 1083), and looks for no cell that has lost its metadata. Its cells are the same
for all: where each student has countries, years or numbers of their own, it is told them here.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from nbformat.validator import normalize
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor, OverwriteCells
from traitlets import Unicode

from twolenses.errors import HandingInError
from twolenses.handing_in import notebooks, variants
from twolenses.handing_in.cells import Original, bare
from twolenses.handing_in.mend import mend

__all__ = ["Mend", "Vary"]


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


class Vary(OverwriteCells):  # type: ignore[misc]
    """nbgrader's cells put back as OverwriteCells does, and then with what the student's own copy has in them."""

    folder = Unicode(variants.FOLDER, help="Where the records of variants lie.").tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Overwrite one notebook, and say where it is not the student's own.

        Raises
        ------
        HandingInError
            If the student has no copy, or a cell was edited after the copies were made: nothing could be graded.
        """
        about = resources["nbgrader"]
        nb, resources = super().preprocess(nb, resources)
        record = variants.read(Path(self.folder, f"{about['assignment']}.json"))
        if record is None or about["notebook"] != record.exercise:
            return nb, resources
        own = _own(nb, about["student"], record)
        if said := variants.flag(_handed_in(nb, resources), about["student"], record):
            self._say(f"{about['notebook']}.ipynb {said}", resources.get("twolenses"))
        for cell in nb.cells:
            cell.source = own.get(_name(cell), cell.source)
        return nb, resources

    def _say(self, sentence: str, context: Any) -> None:
        self.log.warning(sentence)
        if context is not None:
            context.faults.append(sentence)


def _own(notebook: Any, student: str, record: variants.Record) -> dict[str, str]:
    """The cells of a student's copy by name, once it is sure that they fit nbgrader's."""
    if student not in record.students:
        raise HandingInError(
            f"{student!r} has no variant of {record.exercise}. Put them into the roster, and write it again with the "
            "same seed: twolenses assign nbgrader"
        )
    for cell in notebook.cells:
        made_from = record.cells.get(_name(cell))
        if made_from is not None and bare(made_from) != bare(cell.source):
            raise HandingInError(
                f"the cell {_name(cell)!r} of {record.exercise} was changed after the students' copies were made. "
                "Write them again from the master: twolenses assign nbgrader, with roster, seed and --force"
            )
    return dict(record.students[student].cells)


def _name(cell: Any) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def _handed_in(notebook: Any, resources: Any) -> Any:
    """The notebook as it lies in the submission: in memory the cell that says whose it is has been mended."""
    about = resources["metadata"]
    try:
        return notebooks.read(Path(about["path"], f"{about['name']}.ipynb").read_bytes())
    except (OSError, HandingInError):
        return notebook


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
