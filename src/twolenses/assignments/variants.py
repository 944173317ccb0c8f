"""A copy of an exercise for each student of a roster: the same tasks, countries, years or numbers of their own.

Variants (:mod:`twolenses.exercises.vary`) are dealt along the roster: nobody has that of a neighbour there, and nobody
has another's at all while the class has no more students than there are variants. Who has one on record keeps it,
whoever joins or leaves. Who does not know the seed can neither foresee a variant nor make up the code that a copy
carries. The variant that the course's own pages solve is nobody's.

nbgrader releases one notebook for all, and puts its locked cells back before it grades. So students are handed copies,
`handouts/NAME/STUDENT/NAME.ipynb`; what nbgrader has is nobody's copy; and `variants/NAME.json` says what its cells
become for whom (:mod:`twolenses.handing_in.variants`).
"""

from __future__ import annotations

import csv
import hashlib
import hmac
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from twolenses import exercises
from twolenses.assignments import nbgrader
from twolenses.errors import AssignmentError, place, suggestion
from twolenses.exercises import Exercise, vary
from twolenses.handing_in import people
from twolenses.handing_in.variants import Copy, Record, as_text, path_of, read

__all__ = ["CONFIG", "HANDOUTS", "Copies", "dealt", "files_of", "made", "students_in", "to_add", "write"]

HANDOUTS = "handouts"

CONFIG = """
# Students' own countries, years and numbers, variants/NAME.json, put into nbgrader's cells before it grades.
from pathlib import Path

from twolenses.handing_in.sanitise import Mend, Vary

c.Autograde.sanitize_preprocessors = [Mend, ClearOutput, OverwriteKernelspec, Vary, CheckCellMetadata]
c.Vary.folder = str(Path(__file__).resolve().parent / "variants")
"""
"""What nbgrader_config.py needs at its end."""

IDS = ("id", "ids", "login", "nbgrader id", "sis login id", "sis user id", "student", "student id", "user", "username")
"""What a first column may be called."""


@dataclass(frozen=True)
class Copies:
    """What nbgrader is to have, what each student is handed, and the record of both."""

    source: Exercise
    students: Mapping[str, Exercise]
    record: Record
    written: dict[str, str]
    """What is alike in them, as it was written (:func:`twolenses.exercises.rebuild`)."""


def write(
    master: Exercise,
    folder: Path,
    roster: Path | None,
    seed: str | None,
    *,
    shown: bool = False,
    force: bool = False,
) -> list[Path]:
    """Write what :func:`twolenses.assignments.nbgrader.write` does, a copy for each student, and the record.

    Returns
    -------
    list of Path
        The files written; none that already is what it should be.

    Raises
    ------
    AssignmentError, HandingInError
        If roster or seed is missing or cannot be used, the exercise is the same for all, other copies are there, or
        for the reasons of that function. Nothing is written then.
    """
    if roster is None or seed is None:
        raise AssignmentError("Copies for each student need both: --roster roster.csv and --seed, a long word.")
    before = None if force else read(path_of(folder, master.name))
    copies = made(master, students_in(roster), seed, before)
    more = files_of(copies, folder, force=force)
    return nbgrader.write(copies.source, folder, shown=shown, force=force, more=more, config=CONFIG)


def students_in(roster: Path) -> list[str]:
    """The ids of a roster, in order: a CSV file with a line of column names, the first of which is nbgrader's id.

    Raises
    ------
    AssignmentError
        If it holds no students, or its first column is not one of ids.
    HandingInError
        If it cannot be read, or an id is there twice or is none.
    """
    listed = people.read_roster(roster)
    first = roster.read_text(encoding="utf-8-sig").splitlines()[:1]
    names = [one.strip() for one in next(csv.reader(first, delimiter=max(",;\t", key=first[0].count)))] if first else []
    called = names[0].casefold().replace("_", " ") if names else ""
    if called not in IDS:
        others = [one for one in names[1:] if one.casefold().replace("_", " ") in (*IDS, "id number")]
        raise AssignmentError(
            f"{place(roster, 1)}  begins with {names[0] if names else ''!r}, and the first column must be the ids that "
            "nbgrader knows students by. "
            + (f"Move the column {others[0]!r} there." if others else "Write 'id,first_name,last_name,email' above it.")
        )
    if not listed.entries:
        raise AssignmentError(f"{place(roster)}  holds no student. Write a line for each below the column names.")
    return [one.id for one in listed.entries]


def dealt(master: Exercise, students: Sequence[str], seed: str, before: Record | None = None) -> dict[str, vary.Rows]:
    """Which row of each entry each student has.

    Of the variants that none of the nearest has, half as many on either side as there are variants, a student gets one
    that fewest have.

    Parameters
    ----------
    students
        Their ids, in the order of the roster.
    before
        What earlier students have; they keep what was made with this seed.
    """
    _, *variants = vary.variants(master)
    known = before.students if before else {}
    held = {
        one: rows for one, copy in known.items() for rows in variants if copy.code == _code(seed, master, one, rows)
    }
    reach = max(1, (len(variants) - 1) // 2)
    for at, student in enumerate(students):
        if student not in held:
            near = {held.get(one) for one in students[max(0, at - reach) : at + reach + 1]}
            free = [rows for rows in variants if rows not in near] or variants
            often, draw = Counter(held.values()), partial(_digest, seed, master.name, student)
            held[student] = min(free, key=lambda rows: (often[rows], draw(*map(str, rows))))
    return {one: held[one] for one in students}


def _code(seed: str, master: Exercise, student: str, rows: vary.Rows) -> str:
    return _digest(seed, master.name, student, "code", *map(str, rows))[:12]


def _digest(seed: str, *parts: str) -> str:
    return hmac.new(seed.encode(), "\n".join(parts).encode(), hashlib.sha256).hexdigest()


def made(master: Exercise, students: Sequence[str], seed: str, before: Record | None = None) -> Copies:
    """The copies of an exercise for these students, in the order of the roster; who has one on record keeps it.

    Raises
    ------
    AssignmentError
        If the exercise is the same for all, or the seed is empty.
    """
    if not vary.entries(master):
        others = [one.name for one in map(exercises.read, _beside(master)) if vary.entries(one)]
        raise AssignmentError(
            f"{place(master.path)}  is the same for all: its front matter has no 'vary:'. "
            + (f"These vary: {', '.join(others)}." if others else suggestion(master.name, []))
        )
    if not seed.strip():
        raise AssignmentError("The seed is empty, and then anybody could make the copies. Give --seed a long word.")
    everybody = vary.copy_of(master, vary.variants(master)[0], "")
    rows = dealt(master, students, seed, before)
    codes = {one: _code(seed, master, one, rows[one]) for one in students}
    copies = {one: vary.copy_of(master, rows[one], one, codes[one]) for one in students}
    written: dict[str, str] = {}
    common = {name: str(cell.source) for name, cell in _locked(everybody, written).items()}
    tasks = {one.task for one in vary.entries(master)}
    own = {student: _own(copy, tasks, written) for student, copy in copies.items()}
    cells = {name: text for name, text in common.items() if any(one[name] != text for one in own.values())}
    own = {student: {name: texts[name] for name in cells} for student, texts in own.items()}
    record = {one: Copy(codes[one], dict(copies[one].varied), own[one]) for one in students}
    return Copies(everybody, copies, Record(master.name, cells, record), written)


def _beside(master: Exercise) -> list[Path]:
    return exercises.masters(master.folder.parent)


def _locked(master: Exercise, written: dict[str, str]) -> dict[str, Any]:
    """The cells that nbgrader puts back, by the names that it has for them."""
    cells = [cell for cell in nbgrader.source(master, written).cells if cell.metadata.get("nbgrader", {}).get("locked")]
    return {cell.metadata["nbgrader"]["grade_id"]: cell for cell in cells}


def _own(copy: Exercise, tasks: Collection[str], written: dict[str, str]) -> dict[str, str]:
    """The text of each cell; a check of what varies says first whose copy it is, whatever a cell above has changed."""
    cells = _locked(copy, written)
    said = next(found[0] for cell in cells.values() if (found := vary.HEAD.search(cell.source)))
    return {
        name: f"{said}\n{cell.source}" if cell.metadata.get("check") in tasks else str(cell.source)
        for name, cell in cells.items()
    }


def files_of(copies: Copies, folder: Path, *, force: bool = False) -> dict[Path, str]:
    """The students' copies and the record, and their text.

    Parameters
    ----------
    folder
        The course directory.
    force
        Make other copies than those that students may have. Without it, who is in the record stays in it.

    Raises
    ------
    AssignmentError
        If the record that is there has other copies for the same students.
    HandingInError
        If it cannot be read.
    """
    name = copies.record.exercise
    path = path_of(folder, name)
    before = read(path) or Record(name)
    if before.students and not force and not _same(before, copies.record):
        raise AssignmentError(
            f"{place(path)}  has other copies, made with another seed or from another state of the exercise. Give the "
            "--seed that you had, or add --force and hand all copies out again."
        )
    record = copies.record if force else replace(copies.record, students={**before.students, **copies.record.students})
    found = {
        folder / HANDOUTS / name / student / f"{name}.ipynb": exercises.writes(exercises.student(copy, copies.written))
        for student, copy in copies.students.items()
    }
    return found | {path: as_text(record)}


def _same(before: Record, now: Record) -> bool:
    """Whether students who are in both have the same copy, made from the same cells."""
    both = before.students.keys() & now.students.keys()
    return before.cells == now.cells and all(before.students[one] == now.students[one] for one in both)


def to_add(config: Path) -> str:
    """What an instructor's own configuration lacks, in a sentence; nothing where it names what varies."""
    if not config.is_file() or "c.Vary.folder" in config.read_text(encoding="utf-8", errors="replace"):
        return ""
    return f"{place(config)}  does not say where variants lie, so nobody could be graded. Add at its end:\n{CONFIG}"
