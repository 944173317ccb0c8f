"""What the tools save, from a platform's archive to a grade in nbgrader's gradebook: full marks, or a sentence."""

from __future__ import annotations

import os
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
import tools
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from tools import NAME, TOOLS
from traitlets.config import PyFileConfigLoader

from conftest import BIN, run_here
from twolenses.assignments import nbgrader as ours
from twolenses.grading.client import Warm
from twolenses.grading.run import Run
from twolenses.handing_back import back
from twolenses.handing_in import collect, faults

FULL = {"check-read": 2, "check-cut": 2, "check-bases": 1, "check-clean": 2, "check-plot": 3, "check-correction": 1}


def folder(number: int, name: str) -> str:
    return f"{name}_{number}_assignsubmission_file_"


def api(course: Path) -> NbGraderAPI:
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    config.CourseDirectory.root = str(course)
    return NbGraderAPI(config=config)


@pytest.fixture(scope="module")
def course(warm: Warm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with exercise 1, to which every tool's notebook was handed in, collected, and graded."""
    path = os.environ["PATH"]
    os.environ["PATH"] = f"{BIN}{os.pathsep}{path}"  # nbgrader calls alembic
    course = tmp_path_factory.mktemp("course")
    ours.write(tools.FIRST, course)
    nbgrader = api(course)
    assert nbgrader.generate_assignment(NAME)["success"]
    handed_in = {
        f"{folder(number, name)}/{NAME}{' (1)' if name == 'browser' else ''}.ipynb": tools.saved(change(tools.solved()))
        for number, (name, change) in enumerate(TOOLS.items(), start=101)
    }
    handed_in[f"{folder(201, 'Mac')}/work.zip"] = tools.mac_zip({f"work/{NAME}.ipynb": tools.saved(tools.solved())})
    handed_in[f"{folder(202, 'untouched')}/{NAME}.ipynb"] = tools.saved(tools.given_out())
    archive = course / "moodle.zip"
    archive.write_bytes(tools.archive(handed_in))
    rows = collect.collect([archive], course)
    assert {row.outcome for row in rows} == {"placed"}
    assert all(one.graded for one in Run(course, NAME).grade(warm.run))
    yield course
    os.environ["PATH"] = path


def grades(course: Path, student: str) -> dict[str, tuple[float | None, bool]]:
    """Cell → points by the grader, and whether a person still has to look."""
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        (notebook,) = book.find_submission(NAME, student).notebooks
        return {grade.name: (grade.auto_score, bool(grade.needs_manual_grade)) for grade in notebook.grades}


STUDENTS = [f"{name.replace(' ', '-')}_{number}" for number, name in enumerate(TOOLS, start=101)] + ["Mac_201"]


@pytest.mark.parametrize("student", STUDENTS)
def test_a_solved_notebook_has_full_marks_whatever_it_went_through(course: Path, student: str) -> None:
    assert grades(course, student) == {name: (points, False) for name, points in FULL.items()} | {
        "correction": (None, True)
    }


@pytest.mark.parametrize("student", STUDENTS)
def test_validate_has_nothing_to_say_of_it(course: Path, student: str) -> None:
    (verdict,) = faults.verdicts(faults.find([course / "submitted" / student]))
    assert (verdict.exercise, verdict.faults) == (NAME, [])


def test_nothing_answered_is_nothing_to_grade_by_hand(course: Path) -> None:
    assert grades(course, "untouched_202") == dict.fromkeys([*FULL, "correction"], (0, False))


def test_feedback_comes_although_colab_lost_the_state_of_its_widgets(course: Path) -> None:
    done = api(course).generate_feedback(NAME, "Colab-widgets_102")
    assert done["success"], done
    assert (course / "feedback" / "Colab-widgets_102" / NAME / f"{NAME}.html").stat().st_size > 10_000


def test_the_marks_go_back_to_the_platform_they_came_from(course: Path) -> None:
    """Each tool's student, by the number that Moodle's archive gave the folder, in Moodle's own worksheet."""
    assert api(course).generate_feedback(NAME, "Colab_101")["success"]
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        for student in STUDENTS:
            book.find_grade("correction", NAME, NAME, student).manual_score = 4
            book.find_grade("correction", NAME, NAME, student).needs_manual_grade = False
        book.db.commit()
    names = dict(enumerate(TOOLS, start=101)) | {201: "Mac", 202: "untouched"}
    rows = "".join(f'"Participant {number}","{name}",,15.00\n' for number, name in names.items())
    (course / "moodle.csv").write_text(f'Identifier,"Full name",Grade,"Maximum Grade"\n{rows}')
    done = back.write(NAME, course, {"moodle": course / "moodle.csv"}, course / "back")
    sheet = pd.read_csv(course / "back" / f"{NAME}-moodle.csv", index_col="Identifier")["Grade"]
    assert sheet.drop("Participant 202").eq(15).all()
    assert sheet["Participant 202"] == 0
    with zipfile.ZipFile(next(path for path in done.written if path.suffix == ".zip")) as feedback:
        assert any("_101_assignsubmission_file_/" in name for name in feedback.namelist())


def test_handed_in_again_is_graded_again(course: Path) -> None:
    """nbgrader passes over what it finds graded, so the old grade has to go."""
    student, better = "untouched_202", course / "again.zip"
    entry = f"{folder(202, 'untouched')}/{NAME}.ipynb"
    better.write_bytes(tools.archive({entry: tools.saved(tools.solved())}, datetime(2026, 11, 21, 9, 0)))
    (row,) = collect.collect([better], course)
    assert (row.student, row.outcome) == (student, "replaced")
    assert "was graded: autograded taken away, grade it again" in row.remarks
    assert api(course).autograde(NAME, student)["success"]
    assert grades(course, student)["check-plot"] == (3, False)
    (row,) = collect.collect([better], course)
    assert row.outcome == "as before"
    assert (course / "autograded" / student / NAME).exists()


def test_an_older_copy_does_not_take_its_place(course: Path) -> None:
    older = course / "older.zip"
    entry = f"{folder(101, 'Colab')}/{NAME}.ipynb"
    older.write_bytes(tools.archive({entry: tools.saved(tools.given_out())}, datetime(2026, 11, 1, 9, 0)))
    (row,) = collect.collect([older], course)
    assert row.outcome == "as before"
    assert "not newer than what is there" in row.remarks[0]
    assert grades(course, "Colab_101")["check-plot"] == (3, False)


def test_a_notebook_changed_by_hand_after_it_was_graded_is_a_sentence(course: Path) -> None:
    path = course / "submitted" / "Kaggle_105" / NAME / f"{NAME}.ipynb"
    path.write_text(path.read_text() + "\n")
    (verdict,) = faults.verdicts([path])
    assert "has changed since it was graded, and nbgrader keeps the old grade" in verdict.faults[0]
    assert f"nbgrader autograde {NAME} --student=Kaggle_105 --force" in verdict.faults[0]


def test_a_course_directory_of_release_0_1_grades_old_and_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its configuration names our old preprocessor, and its database knows tasks and checks only."""
    monkeypatch.setenv("PATH", f"{BIN}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "nbgrader_config.py").write_text(
        "from nbgrader.preprocessors import CheckCellMetadata, ClearOutput, OverwriteCells, OverwriteKernelspec\n"
        "from twolenses.assignments.copied import KeepLast\n"
        "c = get_config()\n"
        "c.ClearSolutions.code_stub = {'python': ''}\n"
        "c.Autograde.sanitize_preprocessors = "
        "[ClearOutput, KeepLast, OverwriteKernelspec, OverwriteCells, CheckCellMetadata]\n"
    )
    source: Any = ours.source(tools.FIRST)
    for cell in source.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id", "").startswith(("given", "install")):
            del cell.metadata["nbgrader"]
    path = tmp_path / "source" / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(source, path)
    nbgrader = api(tmp_path)
    assert nbgrader.generate_assignment(NAME)["success"]
    for student, change in {"old": tools.release_0_1, "new": lambda notebook: notebook}.items():
        there = tmp_path / "submitted" / student / NAME
        there.mkdir(parents=True)
        (there / f"{NAME}.ipynb").write_bytes(tools.saved(change(tools.solved())))
        done = nbgrader.autograde(NAME, student)
        assert done["success"], done
        assert {name: score for name, (score, _) in grades(tmp_path, student).items() if name != "correction"} == FULL


def test_an_edited_source_is_not_overwritten_without_force(tmp_path: Path) -> None:
    def assign(*more: str) -> Any:
        return run_here("assign", "nbgrader", "1", "--course", "c", *more, cwd=tmp_path)

    assert assign().returncode == 0
    path = tmp_path / "c" / "source" / NAME / f"{NAME}.ipynb"
    written = path.read_text()
    again = assign()
    assert again.returncode == 0
    assert str(path.name) not in again.stdout
    path.write_text(written.replace("Can you trust", "Do you trust"))
    refused = assign()
    assert refused.returncode == 2
    assert f"c/source/{NAME}/{NAME}.ipynb  is there and differs from what would be written" in refused.stderr
    assert "Do you trust" in path.read_text()
    assert assign("--force").returncode == 0
    assert path.read_text() == written
