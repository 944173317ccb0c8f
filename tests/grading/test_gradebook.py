"""The results of an assignment, read from a gradebook and graded notebooks that these tests write; nothing is run."""

from __future__ import annotations

import functools
import json
import os
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from nbgrader.api import Gradebook

from conftest import BIN
from twolenses.errors import GradingError, HandingBackError
from twolenses.grading import graded, report
from twolenses.grading.results import Told

NAME = "01-newspaper-number"
CELLS = {"check-cut": 2.0, "check-cut-2": 1.0, "check-bases": 1.0, "essay": 4.0}


def markdown(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": [text]}


def code(name: str, source: str, *outputs: dict[str, Any], **meta: Any) -> dict[str, Any]:
    kind = {"grade_id": name, "grade": "check" in meta or name == "essay", "solution": "task" in meta}
    return {"cell_type": "code", "metadata": {"nbgrader": kind, **meta}, "source": source, "outputs": list(outputs)}


def right(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": [text]}


def failed(said: str, kind: str = "CheckFailed") -> dict[str, Any]:
    return {"output_type": "error", "ename": kind, "evalue": said, "traceback": ["HIDDEN TEST: cut(3, 1)"]}


def notebook(**outputs: Any) -> list[dict[str, Any]]:
    """Two tasks and a text; `outputs` of a check by its name, with ``_`` for ``-``."""

    def check(name: str, task: str) -> dict[str, Any]:
        return code(name, "### BEGIN HIDDEN TESTS", *outputs.get(name.replace("-", "_"), []), check=task)

    return [
        markdown("# The exercise"),
        markdown("## Task 1. Compute the cut\n\nHow much?"),
        code("cut", outputs.get("written", "def cut(): ..."), task="cut"),
        check("check-cut", "cut"),
        check("check-cut-2", "cut"),
        markdown("## Task 2. Take a sum apart"),
        check("check-bases", "bases"),
        markdown("## Task 3. Argue"),
        code("essay", "essay = ''", task="essay"),
    ]


Scores = dict[str, float | None]


@functools.cache
def empty() -> bytes:
    """A gradebook with the assignment and no student; nbgrader calls alembic by name to make one."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{BIN}{os.pathsep}{os.environ['PATH']}")
        with Gradebook(f"sqlite:///{folder}/gradebook.db") as book:
            book.add_assignment(NAME)
            book.add_notebook(NAME, NAME)
            for cell, points in CELLS.items():
                book.add_grade_cell(cell, NAME, NAME, max_score=points, cell_type="code")
            book.add_solution_cell("cut", NAME, NAME)
        return Path(folder, "gradebook.db").read_bytes()


def made(course: Path, students: dict[str, tuple[Scores, Any]]) -> Path:
    """A course directory: student → score of each cell (None waits for a person), and the cells of the notebook."""
    (course / "gradebook.db").write_bytes(empty())
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        for student, (scores, cells) in students.items():
            book.add_student(student)
            book.add_submission(NAME, student)
            for cell, score in scores.items():
                grade = book.find_grade(cell, NAME, NAME, student)
                grade.auto_score, grade.needs_manual_grade = score, score is None
            book.db.commit()
            path = course / "autograded" / student / NAME / f"{NAME}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text(cells if isinstance(cells, str) else json.dumps({"cells": cells}), encoding="utf-8")
    return course


FULL: Scores = {"check-cut": 2, "check-cut-2": 1, "check-bases": 1, "essay": None}
NONE: Scores = {"check-cut": 0, "check-cut-2": 0, "check-bases": 0, "essay": None}
ONLY_ARMY = "bases is 28. Those are the army's bases alone. The statement also counts the gendarmerie's."


pytestmark = pytest.mark.filterwarnings("ignore:Object of type <Submitted")  # nbgrader's own


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return made(
        tmp_path,
        {
            "ana": (FULL, notebook(check_cut=[right("✓ cut is right. It is Serbia's own.\n✓ cut is right.\n")])),
            "petar": (NONE | {"check-cut": 2}, notebook(check_cut_2=[failed("cut(3, 1) gives 2.")], check_bases=[failed(ONLY_ARMY)])),
            "late": (NONE, "{ broken"),
        },
    )  # fmt: skip


def test_the_checks_of_a_task_are_one_item_and_what_a_person_grades_another(course: Path) -> None:
    found = graded.read(NAME, course)
    assert [(item, one.label, one.maximum) for item, one in found.about.items()] == [
        ("cut", "Task 1. Compute the cut", 3),
        ("bases", "Task 2. Take a sum apart", 1),
        ("essay, by hand", "Task 3. Argue, by hand", 4),
    ]
    assert found.scores.loc["petar"].dropna().to_dict() == {"cut": 2, "bases": 0}
    assert found.scores["essay, by hand"].isna().all()


def test_each_check_has_its_sentence_and_a_known_mistake_its_name(course: Path) -> None:
    told = graded.read(NAME, course).told
    assert told == (
        Told("ana", "cut", "✓ cut is right. It is Serbia's own.", "right"),
        Told("petar", "cut", "cut(3, 1) gives 2.", "wrong"),
        Told("petar", "bases", ONLY_ARMY, "wrong", "only_army"),
    )


def test_a_broken_notebook_keeps_its_scores_and_is_a_line(course: Path) -> None:
    found = graded.read(NAME, course)
    assert found.scores.loc["late", "cut"] == 0
    assert (
        dict(found.remarks)["late"] == f"{NAME}.ipynb cannot be read (JSONDecodeError): its sentences are missing here"
    )


def test_who_handed_nothing_in_is_a_line_and_no_zero(course: Path) -> None:
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        book.add_student("absent")
    found = graded.read(NAME, course)
    assert "absent" not in found.scores.index
    assert dict(found.remarks)["absent"] == "handed nothing in"
    assert "absent,,0,0,8,,,," in report.grades_csv(found)


def test_a_persons_points_count_in_place_of_the_graders(course: Path) -> None:
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        grade = book.find_grade("essay", NAME, NAME, "ana")
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 3, 0.5, False
        book.find_comment("cut", NAME, NAME, "ana").manual_comment = "Well done."
        book.db.commit()
    found = graded.read(NAME, course)
    assert found.scores.at["ana", "essay, by hand"] == 3.5
    assert Told("ana", "cut", "Well done.", "comment") in found.told
    assert "<strong>Comment:</strong> Well done." in report.feedback(found, "ana")


def test_what_nbgraders_rules_make_of_a_check_is_said(tmp_path: Path) -> None:
    warned = {"output_type": "stream", "name": "stderr", "text": "FutureWarning: …"}
    value = {"output_type": "execute_result", "data": {"text/plain": "np.float64(0.5)"}}
    number = {"output_type": "execute_result", "data": {"text/plain": "0.5"}}
    cells = notebook(check_cut=[right("✓ cut is right.\n"), warned], check_cut_2=[value], check_bases=[number])
    remarks = [remark for _, remark in graded.read(NAME, made(tmp_path, {"ana": (FULL, cells)})).remarks]
    assert remarks == [
        "check-cut: a warning or a text on stderr, which in nbgrader costs all points of the check",
        "check-cut-2: its check ends with 'np.float64(0.5)', no plain number; nbgrader gives full marks",
    ]


def test_a_page_of_feedback_shows_sentences_and_no_source(course: Path) -> None:
    page = report.feedback(graded.read(NAME, course), "petar")
    assert "2 of 3 points" in page
    assert "The statement also counts the gendarmerie&#39;s." in page
    assert "HIDDEN" not in page
    assert "<script" not in page


def test_what_a_student_raises_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    cells = notebook(check_cut=[failed("<script>alert(1)</script>" + "x" * 5000, "MyError")])
    cells[1] = markdown("## <b>Another heading</b>")
    cells[3]["metadata"]["check"] = "bases"
    rest = {name: (NONE, notebook()) for name in ("ana", "petar")}
    found = graded.read(NAME, made(tmp_path, {"eve": (NONE, cells), **rest}))
    assert found.about["cut"].label == "Task 1. Compute the cut", "as the others have it"
    for page in (report.html(found), report.feedback(found, "eve")):
        assert "<script" not in page
        assert "x" * graded.LONG not in page
    assert "MyError: &lt;script&gt;alert(1)" in report.feedback(found, "eve")


@pytest.mark.parametrize("scores", [FULL, NONE], ids=["all right", "nothing right"])
def test_one_student_alone_has_a_report_that_says_what_is_missing(scores: Scores, tmp_path: Path) -> None:
    page = report.html(graded.read(NAME, made(tmp_path, {"ana": (scores, notebook())})))
    assert "It needs two items and three students; there are 2 and 1." in page
    assert "With 1 students, difficulty and discrimination say more about these students" in page
    assert "nan" not in page


def test_a_class_with_one_score_has_a_report(tmp_path: Path) -> None:
    page = report.html(graded.read(NAME, made(tmp_path, {f"s{n}": (FULL, notebook()) for n in range(5)})))
    assert "All students have the same total." in page
    assert "Everybody has full points." in page
    assert "nan" not in page


def test_two_notebooks_may_have_cells_of_one_name(course: Path) -> None:
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        book.add_notebook("more", NAME)
        book.add_grade_cell("check-bases", "more", NAME, max_score=5, cell_type="code")
        book.add_student("two")
        book.add_submission(NAME, "two")
        grade = book.find_grade("check-bases", "more", NAME, "two")
        grade.auto_score, grade.needs_manual_grade = 4, False
        book.db.commit()
    (course / "autograded" / "two" / NAME).mkdir(parents=True)
    (course / "autograded" / "two" / NAME / "more.ipynb").write_text(json.dumps({"cells": notebook()}))
    found = graded.read(NAME, course)
    assert found.about["more: bases"].maximum == 5
    assert found.scores.at["two", "more: bases"] == 4
    assert found.scores.at["petar", f"{NAME}: bases"] == 0
    assert found.scores["more: bases"].count() == 1


# ── what is not there ────────────────────────────────────────────────────────────────────────────────


def test_an_unknown_assignment_names_the_nearest(course: Path) -> None:
    with pytest.raises(HandingBackError, match="has no assignment '01-newspaper'. Did you mean '01-newspaper-number'"):
        graded.read("01-newspaper", course)


def test_no_gradebook_is_a_sentence_and_makes_none(tmp_path: Path) -> None:
    with pytest.raises(HandingBackError, match="gradebook.db  does not exist, so there are no grades"):
        graded.read(NAME, tmp_path)
    assert not list(tmp_path.iterdir())


def test_nothing_graded_yet_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(GradingError, match=f"twolenses grade {NAME} --course"):
        graded.read(NAME, made(tmp_path, {}))


def test_a_database_that_something_else_has_locked_is_a_sentence(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = sqlite3.connect(course / "gradebook.db")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(HandingBackError, match="cannot be used: database is locked. Close what else has it open"):
        graded.read(NAME, course, db=f"sqlite:///{course}/gradebook.db?timeout=0")
    other.close()


def test_a_read_only_database_will_do_since_nothing_is_written(course: Path) -> None:
    database = course / "gradebook.db"
    before = database.read_bytes()
    database.chmod(0o444)
    course.chmod(0o555)
    assert len(graded.read(NAME, course).scores) == 3
    course.chmod(0o755)
    assert database.read_bytes() == before
    assert {path.name for path in course.iterdir()} == {"autograded", "gradebook.db"}


def test_a_report_that_cannot_be_written_is_a_sentence(course: Path) -> None:
    (course / "taken").write_text("a file")
    with pytest.raises(GradingError, match="cannot be written: .* Choose another --out"):
        report.write(graded.read(NAME, course), course / "taken" / "report.html")
