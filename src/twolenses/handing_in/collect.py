"""Notebooks from a platform's archive, placed where nbgrader looks for them."""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from twolenses import files
from twolenses.errors import HandingInError, place, suggestion
from twolenses.handing_in import archives, notebooks, people
from twolenses.handing_in.archives import LIMITS, File, Limits
from twolenses.handing_in.cells import Original, originals
from twolenses.handing_in.people import Person, Roster

__all__ = ["Row", "collect"]

STAMP = "timestamp.txt"
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """What became of one student's work, or of one file that has no student."""

    student: str
    assignment: str
    outcome: str
    """``placed``, ``replaced``, ``as before``, ``nothing``, ``passed over`` or ``not placed``."""
    remarks: tuple[str, ...] = ()

    @property
    def needs_you(self) -> bool:
        """Whether a person has to do something."""
        return self.outcome == "not placed"

    @property
    def is_there(self) -> bool:
        """Whether a notebook of theirs is in the course."""
        return self.outcome in ("placed", "replaced", "as before")


@dataclass(frozen=True)
class _Copy:
    """A notebook that a student handed in."""

    file: File
    person: Person
    called: str
    assignment: str
    text: str

    @property
    def order(self) -> tuple[object, ...]:
        """The newest is the greatest: by time, and by the number that a browser or Canvas adds to a name."""
        stem = re.sub(r"(\.ipynb|\.txt|\.json)+$", "", self.called)
        added = re.search(r"(?:\((\d+)\)|-(\d+))$", stem) if stem != self.assignment else None
        attempt, when = int((added[1] or added[2]) if added else 0), self.file.when or LONG_AGO
        return (attempt, when) if self.person.canvas else (when, attempt)


@dataclass
class _Work:
    """Everything of one student."""

    person: Person
    copies: list[_Copy] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def collect(
    sources: Sequence[Path],
    course: Path,
    assignment: str | None = None,
    roster: Path | None = None,
    limits: Limits = LIMITS,
) -> list[Row]:
    """Place what was handed in into `submitted/STUDENT/NAME/NAME.ipynb`, and say what became of everybody's work.

    A notebook is known by its cells. Of several the newest is taken; one that is there is replaced by a newer one only,
    and then its grade and its feedback go, so that nbgrader grades it again.

    Parameters
    ----------
    sources
        Zip archives, folders or notebooks, as Moodle or Canvas names them, or one folder per student.
    course
        nbgrader's course directory.
    assignment
        Take this one only; without it, any that the course has.
    roster
        CSV file: nbgrader's id, then names and numbers. Without it, `roster.csv` of the course where there is one.

    Raises
    ------
    HandingInError
        If the course has no assignment, or the roster cannot be read; nothing is placed then.
    """
    known = _assignments(course)
    if assignment is not None and assignment not in known:
        raise HandingInError(f"{place(course)}  has no assignment {assignment!r}. {suggestion(assignment, known)}")
    own = course / "roster.csv"
    listed = people.read_roster(roster or own) if roster or own.exists() else None
    rows: list[Row] = []
    work: dict[Person, _Work] = {}
    with ExitStack() as stack:
        for source in sources:
            try:
                found = list(archives.walk(source, stack, limits))
            except HandingInError as error:
                rows.append(Row("", "", "not placed", (str(error),)))
                continue
            if not found:
                rows.append(Row("", "", "not placed", (f"{source}: holds no files",)))
            rows += _sort(found, known, assignment, work)
        ids, refused = _ids(work, listed)
        rows += [Row(_shown(person), "", "not placed", (why, *_names(work[person]))) for person, why in refused.items()]
        for person, student in ids.items():
            rows += _place_all(work[person], student, course)
    if listed:
        silent = sorted({one.id for one in listed.entries} - set(ids.values()))
        rows += [Row(student, assignment or "", "nothing", ("in the roster, handed nothing in",)) for student in silent]
    return rows


def _assignments(course: Path) -> dict[str, list[Original]]:
    """The assignments of a course directory, with the cells of each."""
    found = {}
    for path in sorted((course / "source").glob("*/*.ipynb")):
        if path.stem == path.parent.name:
            try:
                found[path.stem] = originals(notebooks.read(path.read_bytes()))
            except HandingInError as error:
                raise HandingInError(f"{place(path)}  {error}") from error
    if not found:
        raise HandingInError(
            f"{place(course)}  has no assignment. Write one first: twolenses assign nbgrader 1 --course {course}"
        )
    return found


def _sort(
    found: Sequence[File], known: dict[str, list[Original]], wanted: str | None, work: dict[Person, _Work]
) -> list[Row]:
    """Put every file to its student; rows for those that have none."""
    rows = []
    whose = people.who([file.parts for file in found], known)
    for file, (person, called) in zip(found, whose, strict=True):
        if called.lower().endswith(".zip") and not file.refused:
            continue  # its files follow
        remark, copy = "", None
        if file.refused:
            remark = file.refused
        elif not called.lower().endswith(notebooks.NOTEBOOKS) and "." in called:
            remark = "is no notebook"
        else:
            copy, remark = _notebook(file, person, called, known, wanted)
        if person is None:
            why = remark or "does not say whose it is: put it into a folder called like the student"
            outcome = "passed over" if remark == "is no notebook" else "not placed"
            rows.append(Row("", copy.assignment if copy else "", outcome, (f"{file.shown}: {why}",)))
            continue
        own = work.setdefault(person, _Work(person))
        if copy:
            own.copies.append(copy)
        elif called != STAMP:
            own.remarks.append(f"{called} {remark}")
    return rows


def _notebook(
    file: File, person: Person | None, called: str, known: dict[str, list[Original]], wanted: str | None
) -> tuple[_Copy | None, str]:
    """A file as a student's copy of an assignment, or why it is none."""
    try:
        data = file.read()
        notebook = notebooks.read(data)
    except HandingInError as error:
        is_one = called.lower().endswith(".ipynb")
        remarks = str(error) if is_one or "not a notebook" not in str(error) else "is no notebook"
        return None, remarks.rstrip(".")
    except OSError as error:
        return None, f"cannot be read: {error.strerror}"
    name = notebooks.which(notebook, known, known.__getitem__, called)
    if name is None:
        return None, f"is no notebook of {', '.join(known)}: none of its cells is there"
    if name not in known or wanted not in (None, name):
        return None, f"is the notebook of {name!r}, not of {wanted or ', '.join(known)}"
    return _Copy(file, person or Person(""), called, name, notebooks.decode(data)), ""


def _ids(work: Iterable[Person], roster: Roster | None) -> tuple[dict[Person, str], dict[Person, str]]:
    """nbgrader's id of each person, and why some have none; two persons never share one."""
    ids: dict[Person, str] = {}
    refused: dict[Person, str] = {}
    for person in work:
        student, why = roster.find(person) if roster else (people.plain_id(person), "")
        if student:
            ids[person] = student
        else:
            refused[person] = why
    shared = defaultdict(list)
    for person, student in ids.items():
        shared[student.casefold()].append(person)
    for several in shared.values():
        if len(several) > 1:
            for person in several:
                others = ", ".join(_shown(one) for one in several if one is not person)
                refused[person] = f"would share the id {ids.pop(person)!r} with {others}: tell them apart in a roster"
    return ids, refused


def _shown(person: Person) -> str:
    return f"{person.name} ({person.number})" if person.number else person.name


def _names(work: _Work) -> list[str]:
    return [copy.called for copy in work.copies] or work.remarks


def _place_all(work: _Work, student: str, course: Path) -> list[Row]:
    by_assignment: dict[str, list[_Copy]] = defaultdict(list)
    for copy in work.copies:
        by_assignment[copy.assignment].append(copy)
    if not by_assignment:
        return [Row(student, "", "not placed", ("no notebook", *work.remarks))]
    rows = []
    for number, (name, copies) in enumerate(sorted(by_assignment.items())):
        newest = max(copies, key=lambda copy: copy.order)
        places = sorted({copy.person.folders for copy in copies if copy.person.folders})
        if len(places) > 1:
            why = f"copies in {', '.join(places)}: give the folder above if these are students, else keep one"
            rows.append(Row(student, name, "not placed", (why,)))
            continue
        try:
            outcome, remarks = _place(newest, student, course)
        except HandingInError as error:
            outcome, remarks = "not placed", [str(error)]
        except OSError as error:
            outcome, remarks = "not placed", [f"cannot be written: {error.strerror}"]
        remarks = [*remarks, *_remarks_on(newest, copies), *(work.remarks if number == 0 else [])]
        rows.append(Row(student, name, outcome, tuple(remarks)))
    return rows


def _remarks_on(newest: _Copy, copies: Sequence[_Copy]) -> list[str]:
    remarks = []
    if newest.called != f"{newest.assignment}.ipynb":
        remarks.append(f"was called {newest.called}")
    if len(copies) > 1:
        others = ", ".join(sorted(copy.called for copy in copies if copy is not newest))
        remarks.append(f"{len(copies)} copies, the newest taken; also {others}")
    if newest.person.late:
        remarks.append("late, as Canvas says")
    return remarks


def _place(copy: _Copy, student: str, course: Path) -> tuple[str, list[str]]:
    """Write one notebook, unless the one that is there is newer; what was done."""
    folder = course / "submitted" / student / copy.assignment
    path = folder / f"{copy.assignment}.ipynb"
    if path.is_symlink() or not path.resolve().is_relative_to(course.resolve()):
        raise HandingInError(f"{place(path)} is a link that leads out of the course")
    outcome, remarks = "placed", []
    if path.exists():
        if path.read_text(encoding="utf-8", errors="replace") == copy.text:
            return "as before", []
        if (copy.file.when or LONG_AGO) <= _time_of(path):
            return "as before", [f"{copy.called} differs and is not newer than what is there: that is kept"]
        outcome, remarks = "replaced", _forget_grade(course, student, copy.assignment)
    files.write(path, copy.text)
    if copy.file.when:
        os.utime(path, (copy.file.when.timestamp(),) * 2)
    if copy.file.when and copy.file.archived and not copy.person.canvas:
        files.write(folder / STAMP, f"{copy.file.when:%Y-%m-%d %H:%M:%S.%f} UTC\n")
    else:
        (folder / STAMP).unlink(missing_ok=True)
    return outcome, remarks


def _time_of(path: Path) -> datetime:
    """When the notebook that is there was handed in: what nbgrader would read, else the time of the file."""
    stamp = path.with_name(STAMP)
    try:
        read = datetime.fromisoformat(stamp.read_text(encoding="utf-8").strip().removesuffix(" UTC"))
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (OSError, ValueError, OverflowError):
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _forget_grade(course: Path, student: str, assignment: str) -> list[str]:
    """Take away what nbgrader made of an older notebook: it grades nothing that it finds graded."""
    gone = []
    for step in ("autograded", "feedback"):
        folder = course / step / student / assignment
        if folder.is_dir() and folder.resolve().is_relative_to(course.resolve()):
            for file in folder.rglob("*"):
                file.chmod(file.stat().st_mode | stat.S_IWRITE)  # nbgrader writes read-only files
            shutil.rmtree(folder)
            gone.append(step)
    return [f"was graded: {' and '.join(gone)} taken away, grade it again"] if gone else []
