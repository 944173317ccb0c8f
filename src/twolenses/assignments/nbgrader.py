"""An exercise as nbgrader's source notebook: solutions, hidden tests, points, and the metadata nbgrader reads."""

from __future__ import annotations

from collections.abc import Mapping
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

from twolenses.handing_in.sanitise import Mend

c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "two-lenses"
# nbgrader calls other programs by name: those of its own environment come first.
os.environ["PATH"] = os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]
# The starters stand outside the solution markers, so a cleared cell needs no stub of nbgrader's.
c.ClearSolutions.code_stub = {"python": ""}
# Mend knows a cell again whose metadata a tool has stripped, keeps the last of copied cells, and puts lost ones back.
c.Autograde.sanitize_preprocessors = [Mend, ClearOutput, OverwriteKernelspec, OverwriteCells, CheckCellMetadata]
"""


def source(master: Exercise, written: dict[str, str] | None = None) -> Any:
    """The whole master as a notebook; nbgrader itself clears solutions and hidden tests on release.

    `written` is as for :func:`twolenses.exercises.rebuild`.
    """
    return exercises.rebuild(master, lambda cell: None, written)


def write(
    master: Exercise,
    folder: Path,
    *,
    shown: bool = False,
    force: bool = False,
    more: Mapping[Path, str] | None = None,
    config: str = "",
) -> list[Path]:
    """Write `source/NAME/NAME.ipynb` into a course directory, a configuration where there is none, and the key.

    Parameters
    ----------
    folder
        The course directory, made if it does not exist.
    shown
        Whether students get the key of an instructor's own exercise too (:mod:`twolenses.assignments.sealed`).
    force
        Overwrite a source that is not what would be written.
    more
        Other files to write, and their text.
    config
        What a configuration needs at its end besides.

    Returns
    -------
    list of Path
        The files written; none that already is what it should be.

    Raises
    ------
    AssignmentError
        If a source is there and differs, the files cannot be written, or the key of a sealed exercise would be
        given away.
    """
    path, text = folder / "source" / master.name / f"{master.name}.ipynb", exercises.writes(source(master))
    settings = folder / "nbgrader_config.py"
    wanted = {**sealed.files_of(master, folder, shown=shown), path: text, **(more or {})}
    if not settings.exists():
        wanted[settings] = CONFIG + sealed.CONFIG + config
    try:
        if path.exists() and not force and path.read_text(encoding="utf-8", errors="replace") != text:
            raise AssignmentError(
                f"{place(path)}  is there and differs from what would be written: you have edited it, or another "
                "release wrote it. Keep it, or add --force. Once work is handed in, nbgrader takes no other cells."
            )
        written = [one for one, content in wanted.items() if not _is(one, content)]
        for one in written:
            files.write(one, wanted[one])
    except OSError as error:
        raise AssignmentError(
            f"{place(folder)}  cannot be written: {error.strerror}. Choose another --course."
        ) from error
    return written


def _is(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8", errors="replace") == text
