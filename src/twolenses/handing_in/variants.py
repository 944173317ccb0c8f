"""Whose copy of an exercise a notebook is, and what each student's copy has, as `assign nbgrader` wrote it down.

`variants/NAME.json` in the course directory says for each student the code of their copy, the values in it, and the
text of the cells that differ: what nbgrader's own cells, which are the same for all, become before a notebook is
graded. It is the instructor's alone.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from twolenses.errors import HandingInError, place
from twolenses.exercises.vary import HEAD

__all__ = ["FOLDER", "Copy", "Record", "as_text", "flag", "path_of", "read", "said_by"]

FOLDER = "variants"


@dataclass(frozen=True)
class Copy:
    """One student's: its code, its values by name, and the text of each cell that differs, by nbgrader's name."""

    code: str
    values: Mapping[str, Any]
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Record:
    """The copies of one exercise by student, and the text for all of the cells that differ."""

    exercise: str
    cells: Mapping[str, str] = field(default_factory=dict)
    students: Mapping[str, Copy] = field(default_factory=dict)


def path_of(course: Path, exercise: str) -> Path:
    """Where the record of an exercise lies in a course directory."""
    return course / FOLDER / f"{exercise}.json"


def as_text(record: Record) -> str:
    """The record as the text of its file: students in order of their ids."""
    students = {name: vars(record.students[name]) for name in sorted(record.students)}
    return json.dumps(vars(record) | {"students": students}, indent=1, ensure_ascii=False) + "\n"


def read(path: Path) -> Record | None:
    """The record in a file; None where there is no file, as of an exercise that is the same for all.

    Raises
    ------
    HandingInError
        If it is no record.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        students = {str(name): Copy(**one) for name, one in found["students"].items()}
        return Record(str(found["exercise"]), dict(found["cells"]), students)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise HandingInError(
            f"{place(path)}  is no record of variants: {error}. Write it again: twolenses assign nbgrader, with the "
            "roster and the seed that you had."
        ) from error


def said_by(notebook: Any) -> tuple[str, str]:
    """The student and the code that a notebook says it was made for; empty texts where it does not say so."""
    for cell in notebook.cells:
        for line in HEAD.findall(cell.source) if cell.cell_type == "code" else ():
            try:
                call = ast.parse(line, mode="eval").body
                assert isinstance(call, ast.Call)
                said = {one.arg: ast.literal_eval(one.value) for one in call.keywords if one.arg in ("student", "code")}
            except (SyntaxError, ValueError, AssertionError, RecursionError):
                continue
            if said.get("student"):
                return str(said["student"]), str(said.get("code", ""))
    return "", ""


def flag(notebook: Any, student: str, record: Record) -> str:
    """What is wrong with whose notebook a student handed in; nothing where it is their own copy."""
    said, code = said_by(notebook)
    owner = next((name for name, one in record.students.items() if one.code == code), "")
    if not said:
        return f"does not say whose copy it is: a copy of {record.exercise} has the student's id in its first cell"
    if said == student == owner:
        return ""
    if said == student:
        made_for = repr(owner) if owner else "nobody"
        return (
            f"says that it is the copy of {student!r}, with the code {code!r} of {made_for}: ask whose notebook it was"
        )
    known = "" if said in record.students else ", who is not in the roster"
    return f"is the copy of {said!r}{known}, handed in by {student!r}: ask whose notebook it was"
