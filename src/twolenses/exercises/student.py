"""The notebook a student opens, made from a master."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from twolenses import course
from twolenses.errors import Error, ExerciseError, place
from twolenses.exercises import graded
from twolenses.exercises.form import form
from twolenses.exercises.graded import INSTALL
from twolenses.exercises.markdown import plain
from twolenses.exercises.master import Exercise
from twolenses.exercises.regions import public, starter

__all__ = ["NEEDS", "install_cell", "lite_notebook", "rebuild", "student", "writes"]

NEEDS = (0, 2)
"""The oldest release of this package that the notebooks run with."""

SKIPPED = "skip-execution"
"""The tag of a cell that only a person runs, such as one with sliders: graders go past it."""

_INSTALL = """\
# Installs the course package where it is missing or too old (Colab, a fresh machine). Run it first.
import sys
from importlib.metadata import PackageNotFoundError, version


def too_old(needs=({major}, {minor})):
    try:
        return tuple(map(int, version("twolenses").split(".")[:2])) < needs
    except PackageNotFoundError:
        return True


if too_old():
    %pip install -q --upgrade "twolenses[notebook] @ git+{repository}"
    if too_old():
        print("This notebook needs twolenses {major}.{minor} or newer, which could not be installed here.")
        print("Update it with pip, restart the kernel, and run this cell again.")

loaded = getattr(sys.modules.get("pandas"), "__version__", None)
if loaded and loaded != version("pandas"):
    print(f"pandas {{loaded}} is still loaded, and {{version('pandas')}} is installed. Restart the kernel")
    print("(in Colab: Runtime, Restart session), then go on from this cell.")
"""


def install_cell() -> Any:
    """The first cell of a notebook that somebody may open where the package is not."""
    major, minor = NEEDS
    install = _INSTALL.rstrip().format(repository=course.repository(), major=major, minor=minor)
    return new_code_cell(install, id=INSTALL)


def student(master: Exercise, written: dict[str, str] | None = None) -> Any:
    """The notebook a student opens: no solution, no hidden test, no output, stable cell ids.

    It is what nbgrader releases, so that it can be handed in whichever door it was opened through. `written` is as for
    :func:`rebuild`.
    """

    def code(cell: Any) -> None:
        if "task" in cell.metadata:
            cell.source = starter(cell.source)
        elif "check" in cell.metadata:
            cell.source = public(cell.source)

    notebook = rebuild(master, code, written)
    graded.freeze(notebook.cells)
    return notebook


def lite_notebook(notebook: Any) -> Any:
    """A student's notebook for a page that brings the package along: the same, without the cell that installs it.

    Handed in, it has that cell put back before it is graded.
    """
    lite = copy.deepcopy(notebook)
    lite.cells = [cell for cell in lite.cells if cell.get("id") != INSTALL]
    return lite


def rebuild(master: Exercise, code: Callable[[Any], None], written: dict[str, str] | None = None) -> Any:
    """A new notebook from the master's cells, with nbgrader's metadata.

    Parameters
    ----------
    code
        Changes each code cell in place.
    written
        What was written of sources before, and takes in what is written now: copies of one exercise differ in little.
    """
    # Not the master's metadata: a `jupytext` entry would make Jupyter pair the copy with the master.
    major, minor = NEEDS
    kernel = master.notebook.metadata["kernelspec"]
    cells = [install_cell(), *_cells(master, code, {} if written is None else written)]
    graded.mark(cells)
    return new_notebook(
        cells=cells,
        metadata={
            "kernelspec": kernel,
            "language_info": {"name": "python"},
            "two_lenses": {"exercise": master.name, "needs": f"{major}.{minor}"},
        },
    )


def writes(notebook: Any) -> str:
    """A notebook as the text of its file."""
    return str(nbformat.writes(notebook)) + "\n"


def _cells(master: Exercise, code: Callable[[Any], None], written: dict[str, str]) -> Iterator[Any]:
    for number, cell in enumerate(master.notebook.cells, start=1):
        new = copy.deepcopy(cell)
        new.id = f"cell-{number:02d}"  # stable: the file is committed and compared
        if cell.cell_type == "markdown":
            new.source = _once(written, cell.source, partial(_plain, master, cell.source))
            if task := _task_after(master, number):
                asked = _once(written, _sources(master, task), partial(form, master, task))
                new.source = f"{new.source}\n\n{asked}".strip()
            if not new.source:
                continue
        elif cell.metadata.get("only") == "page":
            continue
        else:
            new.outputs, new.execution_count = [], None
            code(new)
            tags = [tag for tag in new.metadata.get("tags", ()) if tag == SKIPPED]
            for name in ("mystnb", "only", "tags"):  # they speak to the page
                new.metadata.pop(name, None)
            if tags:
                new.metadata["tags"] = tags
        yield new


def _once(written: dict[str, str], source: str, write: Callable[[], str]) -> str:
    if source not in written:
        written[source] = write()
    return written[source]


def _sources(master: Exercise, task: str) -> str:
    """All that the form of a task's answers is made of, but for the key."""
    cells = [cell for cell in master.notebook.cells if task in (cell.metadata.get("task"), cell.metadata.get("check"))]
    return "\n".join([f"form of {task}", *(cell.source for cell in cells)])


def _task_after(master: Exercise, number: int) -> str:
    """The task whose cell follows the cell of that number: its form stands right above it."""
    following = master.notebook.cells[number : number + 1]
    return str(following[0].metadata.get("task", "")) if following else ""


def _plain(master: Exercise, markdown: str) -> str:
    try:
        return plain(markdown)
    except Error as error:
        lines = master.path.read_text(encoding="utf-8").split(markdown.splitlines()[0])[0].count("\n")
        raise ExerciseError(f"{place(master.path, lines + 1)}  {error}") from error
