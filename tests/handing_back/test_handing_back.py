"""Exercise 1 graded by nbgrader itself, then handed back: what Moodle and Canvas would read."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import shutil
import sqlite3
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import nbformat
import pandas as pd
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from traitlets.config import Config, PyFileConfigLoader

from conftest import ROOT, run_here
from twolenses import cli, exercises
from twolenses.assignments import nbgrader as ours
from twolenses.errors import HandingBackError
from twolenses.handing_back import back, due, feedback, gradebook
from twolenses.handing_back.late import PerDay

MASTER = exercises.read(exercises.masters()[0])
NAME = MASTER.name
BY_HAND = next(task for task in MASTER.tasks if task.manual)
CHECKED = sum(cell.metadata["points"] for cell in exercises.student(MASTER).cells if "check" in cell.metadata)
MAXIMUM = CHECKED + BY_HAND.manual
GUIDE = (ROOT / "chapters" / "instructors" / "nbgrader.md").read_text(encoding="utf-8")

# Student id → whether anything is solved, and when it came in (UTC); due on 1 December, 22:59 UTC.
DUE = "2026-12-01 23:59 Europe/Belgrade"
HANDED_IN = {
    "Krasniqi Arta_3500017": (True, "2026-12-01 22:00:00 UTC"),
    "jpetrovic": (False, "2026-12-01 22:00:00 UTC"),
    "Thaçi Blerim_77": (True, "2026-12-03 01:00:00 UTC"),  # two days begun
    "waits_3500020": (True, "2026-12-01 22:00:00 UTC"),
}
LATE = re.search(r"^```python\n(c\.AssignLatePenalties.*?)^```$", GUIDE, re.M | re.S)

MOODLE = """\
Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed","Last modified (submission)","Last modified (grade)","Feedback comments"
"Participant 3500020","Dragana Waits",dragana@example.org,"Submitted for grading",,15.00,Yes,"Tuesday, 1 December 2026, 11:00 PM",-,
"Participant 3500018","Jovan Petrović",JPetrovic@Example.org,"Submitted for grading",,15.00,Yes,"Tuesday, 1 December 2026, 11:00 PM",-,"Line one, ""quoted""
line two"
"Participant 3500017","Arta Krasniqi",arta@example.org,"Submitted for grading",-,15.00,Yes,"Tuesday, 1 December 2026, 11:00 PM",-,
"Participant 3500019","Blerim Thaçi",,"Submitted for grading",,15.00,Yes,"Thursday, 3 December 2026, 2:00 AM",-,
"Participant 3500021","Never Handed-In",never@example.org,"No submission",,15.00,Yes,-,-,
"""

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Essay (41),Newspaper number (42),Current Score,Final Score
,,,,,,Manual Posting,,
    Points Possible,,,,,"10,00","30,00",(read only),(read only)
"Krasniqi, Arta",901,007,akrasniqi,IR 1,"9,00",,"90,00","90,00"
"Petrović, Jovan",902,008,JPETROVIC,IR 1,,,,
"Thaçi, Blerim",903,009,bthaci,IR 1,"7,50",,"75,00","75,00"
"Student, Test",999,,abc,IR 1,,,,
"""


def hand_in(course: Path, student: str, solved: bool, when: str) -> None:
    folder = course / "submitted" / student / NAME
    shutil.copytree(course / "release" / NAME, folder)
    (folder / "timestamp.txt").write_text(when)
    if solved:
        notebook = nbformat.read(folder / f"{NAME}.ipynb", 4)
        right = {cell.metadata["task"]: cell.source for cell in MASTER.notebook.cells if "task" in cell.metadata}
        for cell in notebook.cells:
            if "task" in cell.metadata:
                cell.source = exercises.keep_all(right[cell.metadata["task"]])
        nbformat.write(notebook, folder / f"{NAME}.ipynb")


def grade_by_hand(course: Path, student: str, points: float) -> None:
    with Gradebook(f"sqlite:///{course}/gradebook.db", "two-lenses") as book:
        grade = book.find_grade(BY_HAND.name, NAME, NAME, student)
        grade.manual_score, grade.needs_manual_grade = points, False
        book.db.commit()


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course directory, as nbgrader leaves it after autograding, a person's grading, and feedback."""
    course = tmp_path_factory.mktemp("course")
    ours.write(MASTER, course)
    assert LATE, "the guide shows how to set a late penalty"
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(LATE[1])
    path = os.environ["PATH"]
    os.environ["PATH"] = "/usr/bin:/bin"  # as where nothing has been activated
    try:
        config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
        config.CourseDirectory.root = str(course)
        nbgrader = NbGraderAPI(config=config)
        assert nbgrader.generate_assignment(NAME)["success"]
        due.set_due(NAME, DUE, course)
        for student, (solved, when) in HANDED_IN.items():
            hand_in(course, student, solved, when)
            done = nbgrader.autograde(NAME, student)
            assert done["success"], done
        grade_by_hand(course, "Krasniqi Arta_3500017", 3)
        grade_by_hand(course, "Thaçi Blerim_77", 4)
        with Gradebook(f"sqlite:///{course}/gradebook.db", "two-lenses") as book:
            book.update_or_create_student("jpetrovic", email="jpetrovic@example.org")
            book.add_student("nobody", first_name="No", last_name="Body")
        for student in HANDED_IN:
            assert nbgrader.generate_feedback(NAME, student)["success"]
    finally:
        os.environ["PATH"] = path
    return course


@pytest.fixture
def course(graded: Path, tmp_path: Path) -> Path:
    """A copy to change at will, with the modification times kept, and both exports beside it."""
    copy = tmp_path / "course"
    shutil.copytree(graded, copy)
    (tmp_path / "moodle.csv").write_text(MOODLE, encoding="utf-8")
    (tmp_path / "canvas.csv").write_text(CANVAS, encoding="utf-8")
    return copy


def returned(course: Path, *options: str | Path) -> Any:
    """The command as `main` runs it, in this process: what it prints, and with which code it leaves."""
    folder = course.parent
    words = ["twolenses", "return", NAME, "--course", course, "-o", folder / "back", *options]
    done = SimpleNamespace(stdout=io.StringIO(), stderr=io.StringIO(), returncode=-1)
    with (
        mock.patch.object(sys, "argv", list(map(str, words))),
        contextlib.redirect_stdout(done.stdout),
        contextlib.redirect_stderr(done.stderr),
        pytest.raises(SystemExit) as left,
    ):
        cli.main()
    done.returncode, done.stdout, done.stderr = left.value.code, done.stdout.getvalue(), done.stderr.getvalue()
    return done


def table(path: Path, **how: Any) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False, **how)


# ── what nbgrader holds ──────────────────────────────────────────────────────────────────────────────


def test_the_gradebook_is_read_as_nbgrader_filled_it(graded: Path) -> None:
    grades = {one.student: one for one in gradebook.grades(gradebook.address(graded), NAME)}
    assert grades["Krasniqi Arta_3500017"].points == CHECKED + 3
    assert grades["jpetrovic"].points == 0
    assert not grades["jpetrovic"].waiting
    assert grades["waits_3500020"].waiting
    assert not grades["nobody"].submitted
    assert {one.maximum for one in grades.values()} == {MAXIMUM}


def test_two_days_begun_cost_twenty_percent_of_what_was_there_when_nbgrader_graded(graded: Path) -> None:
    (late,) = [one for one in gradebook.grades(gradebook.address(graded), NAME) if one.penalty]
    assert late.student == "Thaçi Blerim_77"
    assert late.penalty == pytest.approx(0.2 * CHECKED)
    assert late.points == pytest.approx(CHECKED + 4 - 0.2 * CHECKED)


@pytest.mark.parametrize(
    ("seconds", "lost"), [(1, 0), (1800, 0), (1801, 1), (1800 + 86400, 1), (1801 + 86400, 2), (10**8, 10)]
)
def test_the_penalty_counts_days_begun_after_the_grace_and_never_more_than_all(seconds: int, lost: float) -> None:
    plugin = PerDay(config=Config({"PerDay": {"percent": 10, "grace_minutes": 30}}))
    assert plugin.late_submission_penalty("ak", 10.0, seconds) == pytest.approx(lost)


# ── Moodle ───────────────────────────────────────────────────────────────────────────────────────────


def test_moodles_worksheet_comes_back_with_grades_and_nothing_else_changed(course: Path) -> None:
    done = returned(course, "--moodle", course.parent / "moodle.csv")
    assert done.returncode == 0, done.stderr
    before, after = table(course.parent / "moodle.csv"), table(course.parent / "back" / f"{NAME}-moodle.csv")
    assert list(after["Grade"]) == ["", "0.00", f"{CHECKED + 3:.2f}", f"{0.8 * CHECKED + 4:.2f}", ""]
    assert after.drop(columns="Grade").equals(before.drop(columns="Grade"))
    for sentence in (
        "waits_3500020  waits for a person to grade; left as it was (empty)",
        f"points less {0.2 * CHECKED:g} for being late",
        "known by name only, as Blerim Thaçi",
        "nobody  not in moodle.csv",
        "Never Handed-In  in moodle.csv only",
    ):
        assert sentence in re.sub("  +", "  ", done.stdout)


def test_moodles_feedback_is_found_by_its_number(course: Path) -> None:
    assert returned(course, "--moodle", course.parent / "moodle.csv").returncode == 0
    with zipfile.ZipFile(course.parent / "back" / f"{NAME}-moodle-feedback.zip") as archive:
        assert archive.namelist() == [
            f"Arta Krasniqi_3500017_assignsubmission_file_/{NAME}.html",
            f"Blerim Thaçi_3500019_assignsubmission_file_/{NAME}.html",
            f"Jovan Petrović_3500018_assignsubmission_file_/{NAME}.html",
        ]
        page = archive.read(f"Arta Krasniqi_3500017_assignsubmission_file_/{NAME}.html").decode()
    assert f"(Score: {float(CHECKED + 3)} / {float(MAXIMUM)})" in page
    for name in archive.namelist():  # as Moodle's importer takes a name apart
        assert name.split("/")[0].split("_", 4)[1].isdigit()


def test_a_german_worksheet_with_semicolons_and_commas_stays_one(course: Path) -> None:
    rows = list(csv.reader(io.StringIO(MOODLE)))
    rows[0] = ["ID", "Vollständiger Name", "E-Mail-Adresse", "Status", "Bewertung", "Bestwertung", *rows[0][6:]]
    for row in rows[1:]:
        row[0], row[5] = row[0].replace("Participant ", "Teilnehmer/in"), "15,00"
    path = course.parent / "german.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    done = returned(course, "--moodle", path, "--moodle-column", "Bewertung")
    assert done.returncode == 0, done.stderr
    written = (course.parent / "back" / f"{NAME}-moodle.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.count(b"\r\n") == len(rows)
    after = table(course.parent / "back" / f"{NAME}-moodle.csv", sep=";", encoding="utf-8-sig")
    assert after["Bewertung"][2] == f"{CHECKED + 3:.2f}".replace(".", ",")


# ── Canvas ───────────────────────────────────────────────────────────────────────────────────────────


def test_canvas_gradebook_comes_back_with_one_column_filled(course: Path) -> None:
    done = returned(course, "--canvas", course.parent / "canvas.csv")
    assert done.returncode == 0, done.stderr
    before, after = table(course.parent / "canvas.csv"), table(course.parent / "back" / f"{NAME}-canvas.csv")
    arta, blerim = (f"{points:.2f}".replace(".", ",") for points in (CHECKED + 3, 0.8 * CHECKED + 4))
    column = "Newspaper number (42)"
    assert list(after[column]) == ["Manual Posting", "30,00", arta, "0,00", blerim, ""]
    assert after.drop(columns=column).equals(before.drop(columns=column))
    assert list(after["SIS User ID"])[2:5] == ["007", "008", "009"]
    assert f"the exercise has {MAXIMUM:g} points and Canvas 30" in done.stdout
    assert "add --submissions" in done.stdout


def test_scaling_is_asked_for(course: Path) -> None:
    done = returned(course, "--canvas", course.parent / "canvas.csv", "--scale")
    assert done.returncode == 0, done.stderr
    after = table(course.parent / "back" / f"{NAME}-canvas.csv")
    assert after["Newspaper number (42)"][2] == f"{(CHECKED + 3) * 30 / MAXIMUM:.2f}".replace(".", ",")


def test_canvas_feedback_has_the_names_of_its_download(course: Path) -> None:
    archive = course.parent / "submissions.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for name in (
            f"krasniqiarta_901_5001_{NAME}.ipynb", f"krasniqiarta_901_5009_{NAME}-1.ipynb", "krasniqiarta_901_5010_notes.pdf",
            f"thaçiblerim_LATE_903_5003_{NAME}.ipynb", "readme.txt",
        ):  # fmt: skip
            file.writestr(name, "")
    done = returned(course, "--canvas", course.parent / "canvas.csv", "--submissions", archive)
    assert done.returncode == 0, done.stderr
    assert "1 students have feedback that has no name" in done.stdout
    with zipfile.ZipFile(course.parent / "back" / f"{NAME}-canvas-feedback.zip") as file:
        assert file.namelist() == [f"krasniqiarta_901_5009_{NAME}.html", f"thaçiblerim_LATE_903_5003_{NAME}.html"]
    for name in file.namelist():  # as Canvas's importer takes a name apart
        assert next(part for part in name.split("_") if part.isdigit()) in ("901", "903")


# ── who is who ───────────────────────────────────────────────────────────────────────────────────────


def test_a_roster_says_who_a_student_is(course: Path) -> None:
    (course / "roster.csv").write_text("id,name,number\nThaçi Blerim_77,Somebody Else,3500019\n", encoding="utf-8")
    done = returned(course, "--moodle", course.parent / "moodle.csv")
    assert "known by name only" not in done.stdout
    assert table(course.parent / "back" / f"{NAME}-moodle.csv")["Grade"][3] != ""


def test_a_number_with_another_name_is_not_taken(course: Path) -> None:
    other = MOODLE.replace("Arta Krasniqi", "Milica Other").replace("arta@", "milica@")
    (course.parent / "moodle.csv").write_text(other, encoding="utf-8")
    done = returned(course, "--moodle", course.parent / "moodle.csv")
    assert "not in moodle.csv (number 3500017 is Milica Other there, not placed)" in done.stdout
    assert table(course.parent / "back" / f"{NAME}-moodle.csv")["Grade"][2] == "-"


def test_two_students_of_one_name_are_not_told_apart(course: Path) -> None:
    twin = MOODLE.replace('"Never Handed-In",never@example.org', '"Blerim Thaçi",other@example.org')
    (course.parent / "moodle.csv").write_text(twin, encoding="utf-8")
    done = returned(course, "--moodle", course.parent / "moodle.csv")
    assert "not in moodle.csv (fits several: Blerim Thaçi, Blerim Thaçi)" in done.stdout
    assert list(table(course.parent / "back" / f"{NAME}-moodle.csv")["Grade"])[3:] == ["", ""]


# ── feedback that is no longer true ──────────────────────────────────────────────────────────────────


def test_feedback_is_fresh_after_nbgrader_wrote_it(graded: Path) -> None:
    grades = gradebook.grades(gradebook.address(graded), NAME)
    assert [one.student for one in grades if feedback.stale(graded, one, NAME)] == []


def test_feedback_from_before_a_regrade_is_said(course: Path) -> None:
    grade_by_hand(course, "Krasniqi Arta_3500017", 1)
    os.utime(course / "autograded" / "jpetrovic" / NAME / f"{NAME}.ipynb", (4e9, 4e9))
    done = returned(course, "--moodle", course.parent / "moodle.csv")
    older = [line.split("  ")[0] for line in done.stdout.splitlines() if "feedback is older" in line]
    assert older == ["Krasniqi Arta_3500017", "jpetrovic"]


# ── due dates ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2026-12-01 23:59 Europe/Belgrade", "2026-12-01 22:59"),
        ("2026-07-01 23:59 Europe/Belgrade", "2026-07-01 21:59"),
        ("2026-12-01T23:59 UTC", "2026-12-01 23:59"),
    ],
)
def test_a_due_date_is_kept_in_utc(written: str, hour: str) -> None:
    assert due.moment(written) == datetime.fromisoformat(hour).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("tomorrow", "is no due date"),
        ("2026-12-01 23:59", "names no time zone"),
        ("2026-12-01 23:59 CEST", "no time zone that everybody reads alike"),
        ("2026-12-01 23:59 +0100", "no time zone that everybody reads alike"),
        ("2026-12-01 23:59 Europe/Pristina", "the clock of Pristina too"),
        ("2026-13-01 23:59 UTC", "is no date"),
        ("2026-10-25 02:30 Europe/Belgrade", "show this hour twice"),
        ("2026-03-29 02:30 Europe/Belgrade", "show this hour never"),
    ],
)
def test_what_cannot_be_read_as_one_moment_is_refused(written: str, said: str) -> None:
    with pytest.raises(HandingBackError, match=re.escape(said)):
        due.moment(written)


def test_due_writes_the_gradebook_and_prints_both_hours(course: Path) -> None:
    done = run_here("due", NAME, "2026-12-02 12:00 Europe/Belgrade", "--course", course, cwd=course)
    assert done.returncode == 0, done.stderr
    assert "is due 2026-12-02 12:00 Europe/Belgrade, that is 2026-12-02 11:00 UTC." in done.stdout
    assert "4 submissions are in the gradebook already" in done.stdout
    assert gradebook.due(gradebook.address(course), NAME) == datetime(2026, 12, 2, 11)


# ── what cannot be handed back ───────────────────────────────────────────────────────────────────────

Spoil = Callable[[Path], None]
BAD: dict[str, tuple[str, str]] = {
    "empty": ("", "holds no table"),
    "blank lines": ("\n\n", "holds no table"),
    "header only": (MOODLE.splitlines()[0] + "\n", "holds no students"),
    "no column": (MOODLE.replace(",Grade,", ",Mark,"), "has no column 'Grade'. It has Identifier, Full name"),
    "canvas as moodle": (CANVAS, "no column holds entries such as 'Participant 12345'"),
    "edited": (MOODLE.replace("15.00,Yes", "15.00", 1), "row 2 has 9 cells and the header 10"),
    "a quote too many": (MOODLE + '"Participant 9', "is not a readable CSV table"),
}
BAD["another course"] = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade\nParticipant 1,Somebody Else,a@b.org,,,15.00\n",
    "none of the 1 students in it is one of the 5 in the gradebook",
)


@pytest.mark.parametrize("what", BAD)
def test_a_bad_worksheet_is_one_sentence_and_nothing_is_written(course: Path, what: str) -> None:
    text, said = BAD[what]
    (course.parent / "moodle.csv").write_text(text, encoding="utf-8")
    done = returned(course, "--moodle", course.parent / "moodle.csv")
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (course.parent / "back").exists()


def test_a_column_that_canvas_has_twice_is_asked_for(course: Path) -> None:
    (course.parent / "canvas.csv").write_text(CANVAS.replace("Essay (41)", "Newspaper number (41)"), encoding="utf-8")
    done = returned(course, "--canvas", course.parent / "canvas.csv")
    assert done.returncode == 2
    assert "stands 2 times in it. Choose with --canvas-column, one of: Newspaper number (41);" in done.stderr
    chosen = returned(course, "--canvas", course.parent / "canvas.csv", "--canvas-column", "42")
    assert chosen.returncode == 0, chosen.stderr


def no_gradebook(course: Path) -> None:
    (course / "gradebook.db").unlink()


def no_database(course: Path) -> None:
    (course / "gradebook.db").write_text("not a database, and long enough to be read as one" * 40)


def other_database(course: Path) -> None:
    (course / "gradebook.db").write_bytes(b"")


def not_a_spreadsheet(course: Path) -> None:
    (course.parent / "moodle.csv").write_bytes(MOODLE.encode("cp1250"))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (no_gradebook, "gradebook.db  does not exist"),
        (no_database, "cannot be used: file is not a database"),
        (other_database, "cannot be used: no such table"),
        (not_a_spreadsheet, "is no CSV file in UTF-8"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(course: Path, spoil: Spoil, said: str) -> None:
    spoil(course)
    done = returned(course, "--moodle", course.parent / "moodle.csv")
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (course.parent / "back").exists()


def test_a_gradebook_in_use_is_said(course: Path) -> None:
    with sqlite3.connect(course / "gradebook.db") as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(HandingBackError, match="database is locked. Close what else has it open"):
            gradebook.grades(gradebook.address(course) + "?timeout=0.1", NAME)


def test_an_unknown_assignment_names_the_nearest(course: Path) -> None:
    with pytest.raises(HandingBackError, match=f"Did you mean '{NAME}'"):
        back.write("01-newspaper", course, {"moodle": course.parent / "moodle.csv"}, course / "back")


def test_the_export_itself_is_never_overwritten(course: Path) -> None:
    folder = course.parent / "back"
    folder.mkdir()
    export = folder / f"{NAME}-moodle.csv"
    export.write_text(MOODLE, encoding="utf-8")
    done = returned(course, "--moodle", export)
    assert done.returncode == 2
    assert "would be overwritten" in done.stderr
    assert export.read_text(encoding="utf-8") == MOODLE


def test_nothing_to_write_for_is_said(course: Path) -> None:
    done = returned(course)
    assert done.returncode == 2
    assert "Add --moodle EXPORT.csv or --canvas EXPORT.csv" in done.stderr
