"""What nbgrader's gradebook says about one assignment, and its due date. Everything else in it is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nbgrader.api import Assignment, Student, SubmittedAssignment
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.orm import Session

from twolenses.errors import HandingBackError, place, suggestion

__all__ = ["Grade", "address", "assignment_of", "due", "grades", "opened", "set_due"]


@dataclass(frozen=True)
class Grade:
    """One student's grade for an assignment, in points.

    `score` is before the late penalty. `waiting` says that a person has not yet graded a part of it, and `submitted`
    is false where nothing has been graded at all.
    """

    student: str
    name: str = ""
    email: str = ""
    score: float = 0
    penalty: float = 0
    maximum: float = 0
    waiting: bool = False
    submitted: bool = True

    @property
    def points(self) -> float:
        """What counts: the score without the penalty, never below zero."""
        return max(0.0, self.score - self.penalty)


def address(course: Path, db: str | None = None) -> str:
    """The gradebook's database URL: `db`, else `gradebook.db` in the course directory.

    Raises
    ------
    HandingBackError
        If there is no such file: nbgrader would make an empty one.
    """
    url = db or f"sqlite:///{course.resolve() / 'gradebook.db'}"
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise HandingBackError(f"--db {url}  is no database URL. Write one such as sqlite:///gradebook.db.") from None
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
        raise HandingBackError(
            f"{place(Path(parsed.database or ''))}  does not exist, so there are no grades. Name the folder in which "
            "nbgrader runs with --course, or its database with --db."
        )
    return url


def grades(url: str, assignment: str) -> list[Grade]:
    """The grade of every student whom the gradebook knows, by student id.

    Raises
    ------
    HandingBackError
        If the gradebook cannot be read or does not have the assignment.
    """
    with opened(url) as session:
        found = assignment_of(session, assignment)
        handed_in = {one.student_id: one for one in session.query(SubmittedAssignment).filter_by(assignment=found)}
        students = session.query(Student).order_by(Student.id)
        return [_grade(student, handed_in.get(student.id), float(found.max_score)) for student in students]


def due(url: str, assignment: str) -> datetime | None:
    """When the assignment is due, in UTC and without a zone, as nbgrader keeps it."""
    with opened(url) as session:
        found: datetime | None = assignment_of(session, assignment).duedate
        return found


def set_due(url: str, assignment: str, moment: datetime) -> int:
    """Write a due date in UTC; how many submissions were graded before it was known."""
    with opened(url) as session:
        found = assignment_of(session, assignment)
        found.duedate = moment
        graded: int = session.query(SubmittedAssignment).filter_by(assignment=found).count()
        session.commit()
        return graded


def _grade(student: Student, submission: SubmittedAssignment | None, maximum: float) -> Grade:
    name = " ".join(part for part in (student.first_name, student.last_name) if part)
    if submission is None:
        return Grade(student.id, name, student.email or "", maximum=maximum, submitted=False)
    return Grade(
        student.id, name, student.email or "", float(submission.score), float(submission.late_submission_penalty),
        maximum, bool(submission.needs_manual_grade),
    )  # fmt: skip


def assignment_of(session: Session, name: str) -> Assignment:
    """The assignment of that name; a sentence with the nearest name where there is none."""
    known = {one.name: one for one in session.query(Assignment)}
    if name not in known:
        raise HandingBackError(f"The gradebook has no assignment {name!r}. {suggestion(name, known)}")
    return known[name]


@contextmanager
def opened(url: str) -> Iterator[Session]:
    """The database, for as long as a block lasts. Reading writes nothing, unlike opening nbgrader's own `Gradebook`."""
    try:
        engine = create_engine(url)
        with Session(engine) as session:
            yield session
        engine.dispose()
    except (DBAPIError, NoSuchModuleError, ModuleNotFoundError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise HandingBackError(
            f"{_shown(url)}  cannot be used: {reason}. Close what else has it open, or name nbgrader's database with "
            "--db."
        ) from error


def _shown(url: str) -> str:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return place(Path(parsed.database or ""))
    return parsed.render_as_string(hide_password=True)
