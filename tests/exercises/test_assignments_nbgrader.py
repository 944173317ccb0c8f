"""Every exercise released, handed in and graded by nbgrader itself."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import classes
import nbformat
import pytest
from classes import KINDS, MASTERS, Solve, exercise, first_mistake, hand_in, perfect, recorded, tasks
from nbgrader.api import Gradebook

from conftest import run, run_here
from twolenses import exercises
from twolenses.exercises import trial
from twolenses.grading.client import Warm
from twolenses.grading.run import Run


def checks(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if "check" in cell.metadata]


def full_marks(master: exercises.Exercise) -> dict[str, float]:
    """What every graded cell can have; what people grade has nothing yet."""
    marks: dict[str, float] = {}
    seen: Counter[str] = Counter()
    for cell in checks(exercises.student(master)):
        name = f"check-{cell.metadata['check']}"
        seen[name] += 1
        marks[name if seen[name] == 1 else f"{name}-{seen[name]}"] = float(cell.metadata["points"])
    return marks | {task.name: 0.0 for task in master.tasks if task.manual}


def graded(course: Path, master: exercises.Exercise, submissions: dict[str, Solve]) -> Path:
    """The course directory once nbgrader's commands have released the exercise and graded what was handed in."""
    made = run_here("assign", "nbgrader", master.name, "--course", course, cwd=course)
    assert made.returncode == 0, made.stderr
    released = run("nbgrader", "generate_assignment", master.name, "--create", cwd=course)
    assert released.returncode == 0, released.stderr
    hand_in(course, master, submissions)
    done = run("nbgrader", "autograde", master.name, cwd=course)
    assert done.returncode == 0, done.stderr
    return course


def scores(course: Path, name: str, student: str) -> dict[str, float]:
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        (notebook,) = book.find_submission(name, student).notebooks
        return {grade.name: grade.score for grade in notebook.grades}


def read(course: Path, name: str, student: str) -> Any:
    return nbformat.read(course / "autograded" / student / name / f"{name}.ipynb", 4)


def failures(cell: Any) -> list[Any]:
    return [output for output in cell.outputs if output.output_type == "error"]


# ── what is handed in ────────────────────────────────────────────────────────────────────────────────


def measured(notebook: Any, master: exercises.Exercise) -> None:
    """Perfect, and says at the end how much memory it took."""
    perfect(notebook, master)
    peak = "import resource\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    notebook.cells.append(nbformat.v4.new_code_cell(peak))


def crashing(notebook: Any, master: exercises.Exercise) -> None:
    """Everything right, but one cell stops with an error of its own."""
    perfect(notebook, master)
    tasks(notebook)["bases"].source = "bases = 28 / 0"


def tampered(notebook: Any, master: exercises.Exercise) -> None:
    """Nothing solved, and every check rewritten to pass."""
    for cell in checks(notebook):
        cell.source = "assert True"


def renamed(notebook: Any, master: exercises.Exercise) -> None:
    """Everything right, but one variable has a name of the student's own."""
    perfect(notebook, master)
    tasks(notebook)["bases"].source = (
        tasks(notebook)["bases"].source.replace("bases = ", "my_bases = ").replace('print("bases:", bases)', "")
    )


def gone_and_doubled(notebook: Any, master: exercises.Exercise) -> None:
    """Everything right, but a task and its check were deleted, and another check was copied."""
    perfect(notebook, master)
    notebook.cells = [
        cell for cell in notebook.cells if "bases" not in (cell.metadata.get("task"), cell.metadata.get("check"))
    ]
    copied = next(cell for cell in checks(notebook) if cell.metadata["check"] == "read")
    notebook.cells.insert(0, nbformat.from_dict(copied | {"id": "copied"}))


# ── every exercise ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("master", MASTERS, ids=lambda master: master.name)
def test_nbgrader_grades_it(master: exercises.Exercise, tmp_path: Path, warm: Warm) -> None:
    """Full marks for everything right, none for nothing, and one mistake costs its task, with its own sentence.

    Our executor runs it; that nbgrader's gives the same score in every cell is recorded.
    """
    course = exercise(tmp_path, master, KINDS | {"perfect": measured})
    assert all(one.graded for one in Run(course, master.name).grade(warm.run))
    for student in KINDS:
        assert classes.scores(course, master.name, student) == recorded(master.name, student)
    marks = full_marks(master)
    assert scores(course, master.name, "perfect") == marks
    assert scores(course, master.name, "empty") == dict.fromkeys(marks, 0.0)

    kilobytes = int(read(course, master.name, "perfect").cells[-1].outputs[0].text)
    assert kilobytes < 1_000_000, "more memory than Binder or a small laptop has"

    for cell in read(course, master.name, "empty").cells:
        if cell.cell_type == "code" and "check" not in cell.metadata:
            assert failures(cell) == [], "a cell that checks nothing must run in an open notebook"
    for cell in checks(read(course, master.name, "empty")):
        (failure,) = failures(cell)
        assert failure.ename == "CheckFailed"
        assert len(failure.traceback) == 1
        assert failure.traceback[0].startswith("✗ ")

    entry = first_mistake(master)
    lost = f"check-{entry.task}"
    assert scores(course, master.name, "mistaken") == marks | {lost: 0.0}
    cell = next(one for one in checks(read(course, master.name, "mistaken")) if one.metadata["check"] == entry.task)
    assert trial.sentence_of(master, entry.mistake) in failures(cell)[0].traceback[0]


# ── exercise 1, handed in in worse ways ──────────────────────────────────────────────────────────────

FIRST = MASTERS[0]
WORSE: dict[str, tuple[Solve, dict[str, float]]] = {
    "crashing": (crashing, full_marks(FIRST) | {"check-bases": 0.0}),
    "tampered": (tampered, dict.fromkeys(full_marks(FIRST), 0.0)),
    "renamed": (renamed, full_marks(FIRST) | {"check-bases": 0.0}),
    "gone": (gone_and_doubled, full_marks(FIRST) | {"check-bases": 0.0}),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return graded(tmp_path_factory.mktemp("course"), FIRST, {name: solve for name, (solve, _) in WORSE.items()})


@pytest.mark.parametrize("student", WORSE)
def test_nbgrader_gives_every_cell_its_score(course: Path, student: str) -> None:
    assert scores(course, FIRST.name, student) == WORSE[student][1]


def test_a_renamed_variable_is_a_sentence_in_the_graded_notebook(course: Path) -> None:
    (bases,) = [cell for cell in checks(read(course, FIRST.name, "renamed")) if cell.metadata["check"] == "bases"]
    (failure,) = failures(bases)
    assert failure.ename == "NameError"
    assert len(failure.traceback) == 1
    assert "bases does not exist. You have 'my_bases'" in failure.traceback[0]


def test_what_nbgrader_releases_is_what_we_publish(course: Path) -> None:
    theirs = nbformat.read(course / "release" / FIRST.name / f"{FIRST.name}.ipynb", 4)
    ours = exercises.student(FIRST)

    def code(notebook: Any) -> list[str]:
        return [
            "\n".join(line for line in cell.source.splitlines() if line.strip())
            for cell in notebook.cells
            if cell.cell_type == "code"
        ]

    def metadata(notebook: Any) -> list[Any]:
        kept = [dict(cell.metadata) for cell in notebook.cells if cell.cell_type == "code"]
        for one in kept:
            one["nbgrader"] = {k: v for k, v in one["nbgrader"].items() if k not in ("checksum", "cell_type")}
        return kept

    assert code(theirs) == code(ours)
    assert metadata(theirs) == metadata(ours)


def test_a_configuration_of_the_instructors_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text("# mine")
    assert run_here("assign", "nbgrader", "1", "--course", tmp_path, cwd=tmp_path).returncode == 0
    assert (tmp_path / "nbgrader_config.py").read_text() == "# mine"
