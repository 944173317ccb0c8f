"""An exercise as nbgrader's source notebook: solutions, hidden tests, points, and the metadata nbgrader reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from twolenses import exercises, files
from twolenses.assignments import sealed
from twolenses.errors import AssignmentError, place
from twolenses.exercises import Exercise

__all__ = ["source", "write"]

CONFIG = """\
# Written by twolenses; yours to change.
import os
import sys

from nbgrader.preprocessors import CheckCellMetadata, ClearOutput, OverwriteCells, OverwriteKernelspec

from twolenses.assignments.copied import KeepLast

c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "two-lenses"
# nbgrader calls other programs by name: those of its own environment come first.
os.environ["PATH"] = os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]
# The starters stand outside the solution markers, so a cleared cell needs no stub of nbgrader's.
c.ClearSolutions.code_stub = {"python": ""}
# A cell that a student has copied would stop nbgrader: of copies, the last is graded.
c.Autograde.sanitize_preprocessors = [ClearOutput, KeepLast, OverwriteKernelspec, OverwriteCells, CheckCellMetadata]
"""


def source(master: Exercise) -> Any:
    """The master with nbgrader's cell metadata; nbgrader itself clears solutions and hidden tests on release."""
    seen: dict[str, int] = {}

    def code(cell: Any) -> None:
        meta = cell.metadata
        if "task" in meta:
            by_hand = {"grade": True, "points": meta["manual"]} if "manual" in meta else {"grade": False}
            cell.metadata["nbgrader"] = _meta(meta["task"], **by_hand, solution=True, locked=False)
        elif "check" in meta:
            number = seen[meta["check"]] = seen.get(meta["check"], 0) + 1
            name = f"check-{meta['check']}" + (f"-{number}" if number > 1 else "")
            cell.metadata["nbgrader"] = _meta(name, grade=True, solution=False, locked=True, points=meta["points"])

    return exercises.rebuild(master, code)


def write(master: Exercise, folder: Path, *, shown: bool = False) -> list[Path]:
    """Write `source/NAME/NAME.ipynb` into a course directory, a configuration where there is none, and the key.

    Parameters
    ----------
    folder
        The course directory, made if it does not exist.
    shown
        Whether students get the key of an instructor's own exercise too (:mod:`twolenses.assignments.sealed`).

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    AssignmentError
        If they cannot be written, or would give away the key of a sealed exercise.
    """
    written = sealed.files_of(master, folder, shown=shown)
    written |= {folder / "source" / master.name / f"{master.name}.ipynb": exercises.writes(source(master))}
    config = folder / "nbgrader_config.py"
    if not config.exists():
        written[config] = CONFIG + sealed.CONFIG
    try:
        for path, text in written.items():
            files.write(path, text)
    except OSError as error:
        raise AssignmentError(
            f"{place(folder)}  cannot be written: {error.strerror}. Choose another --course."
        ) from error
    return list(written)


def _meta(name: str, **kind: Any) -> dict[str, Any]:
    return {"schema_version": 3, "task": False, "grade_id": name, **kind}
