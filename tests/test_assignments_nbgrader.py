"""Exercise 1 released, solved in five ways and graded by nbgrader itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.api import Gradebook

from conftest import keep_all, run
from twolenses import exercises

NAME = "01-newspaper-number"
CHECKS = ["check-read", "check-cut", "check-bases", "check-clean", "check-plot"]


def tasks(notebook: Any) -> dict[str, Any]:
    return {cell.metadata["task"]: cell for cell in notebook.cells if "task" in cell.metadata}


def perfect(notebook: Any) -> None:
    master = exercises.exercise("1").notebook
    for name, cell in tasks(notebook).items():
        cell.source = keep_all(next(one for one in master.cells if one.metadata.get("task") == name).source)


def half_right(notebook: Any) -> None:
    """Reads and cleans well, divides by the wrong number, forgets the gendarmerie and the title."""
    perfect(notebook)
    done = tasks(notebook)
    done["cut"].source = done["cut"].source.replace("/ before", "/ after")
    done["bases"].source = done["bases"].source.replace(', "gendarmerie_bases"', "")
    done["plot"].source = "\n".join(line for line in done["plot"].source.splitlines() if "set_title" not in line)


def empty(notebook: Any) -> None:
    """Handed in as it was released."""


def crashing(notebook: Any) -> None:
    """Everything right, but one cell stops with an error of its own."""
    perfect(notebook)
    tasks(notebook)["bases"].source = "bases = 28 / 0"


def tampered(notebook: Any) -> None:
    """Nothing solved, and every check rewritten to pass."""
    for cell in notebook.cells:
        if "check" in cell.metadata:
            cell.source = "assert True"


SUBMISSIONS: dict[str, tuple[Callable[[Any], None], dict[str, float]]] = {
    "perfect": (
        perfect,
        {"check-read": 2, "check-cut": 2, "check-bases": 1, "check-clean": 2, "check-plot": 3},
    ),
    "half": (
        half_right,
        {"check-read": 2, "check-cut": 0, "check-bases": 0, "check-clean": 2, "check-plot": 0},
    ),
    "empty": (empty, dict.fromkeys(CHECKS, 0)),
    "crashing": (
        crashing,
        {"check-read": 2, "check-cut": 2, "check-bases": 0, "check-clean": 2, "check-plot": 3},
    ),
    "tampered": (tampered, dict.fromkeys(CHECKS, 0)),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course directory in which nbgrader has released the exercise and graded five submissions."""
    course = tmp_path_factory.mktemp("course")
    made = run("twolenses", "assign", "nbgrader", "1", "--course", course, cwd=course)
    assert made.returncode == 0, made.stderr
    released = run("nbgrader", "generate_assignment", NAME, "--create", cwd=course)
    assert released.returncode == 0, released.stderr
    for student, (solve, _) in SUBMISSIONS.items():
        folder = course / "submitted" / student / NAME
        shutil.copytree(course / "release" / NAME, folder)
        notebook = nbformat.read(folder / f"{NAME}.ipynb", 4)
        solve(notebook)
        nbformat.write(notebook, folder / f"{NAME}.ipynb")
    done = run("nbgrader", "autograde", NAME, cwd=course)
    assert done.returncode == 0, done.stderr
    return course


@pytest.mark.parametrize("student", SUBMISSIONS)
def test_nbgrader_gives_every_cell_its_score(graded: Path, student: str) -> None:
    with Gradebook(f"sqlite:///{graded}/gradebook.db") as book:
        (notebook,) = book.find_submission(NAME, student).notebooks
        scores = {grade.name: grade.score for grade in notebook.grades}
    assert scores == SUBMISSIONS[student][1]


def test_what_nbgrader_releases_is_what_we_publish(graded: Path) -> None:
    theirs = nbformat.read(graded / "release" / NAME / f"{NAME}.ipynb", 4)
    ours = exercises.student(exercises.exercise("1"))

    def code(notebook: Any) -> list[str]:
        return [
            "\n".join(line for line in cell.source.splitlines() if line.strip())
            for cell in notebook.cells
            if cell.cell_type == "code"
        ]

    assert code(theirs) == code(ours)


def test_a_failed_check_is_one_sentence_in_the_graded_notebook(graded: Path) -> None:
    notebook = nbformat.read(graded / "autograded" / "half" / NAME / f"{NAME}.ipynb", 4)
    (cut,) = [cell for cell in notebook.cells if cell.metadata.get("check") == "cut"]
    (failure,) = [output for output in cut.outputs if output.output_type == "error"]
    assert len(failure.traceback) == 1
    assert failure.traceback[0].startswith("✗ ")


def test_a_configuration_of_the_instructors_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text("# mine")
    assert run("twolenses", "assign", "nbgrader", "1", "--course", tmp_path, cwd=tmp_path).returncode == 0
    assert (tmp_path / "nbgrader_config.py").read_text() == "# mine"
