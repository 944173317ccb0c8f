"""nbgrader's feedback pages, packed as each platform's upload wants them.

Moodle (*Upload multiple feedback files in a zip*) knows a student by the folder
``Full name_12345_assignsubmission_file_``.
Canvas (*Upload submissions*) knows a file by the two numbers in the name under which it was downloaded,
``surnamename_123_456_notebook.ipynb``: the student's and the handed-in file's.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from twolenses.errors import HandingBackError, place
from twolenses.handing_back.gradebook import Grade
from twolenses.handing_back.platforms import Person

__all__ = ["canvas_names", "downloaded", "moodle_names", "packed", "pages", "stale"]

ALWAYS = (1980, 1, 1, 0, 0, 0)
"""The date of every file in an archive: the same feedback gives the same archive."""


def pages(course: Path, student: str, assignment: str) -> list[Path]:
    """The feedback that nbgrader has written for a student."""
    return sorted((course / "feedback" / student / assignment).glob("*.html"))


def stale(course: Path, grade: Grade, assignment: str) -> bool:
    """Whether the feedback was written before the last grading, or shows another score than the gradebook."""
    notebooks = list((course / "autograded" / grade.student / assignment).glob("*.ipynb"))
    written = pages(course, grade.student, assignment)
    if not written:
        return False
    if notebooks and min(page.stat().st_mtime for page in written) < max(one.stat().st_mtime for one in notebooks):
        return True
    shown = [_score(page.read_text(encoding="utf-8")) for page in written]
    return abs(sum(shown) - (grade.score - grade.penalty)) > 0.011 * len(shown)  # nbgrader rounds each to two digits


def _score(page: str) -> float:
    """The score at the head of a page, from which nbgrader has taken the penalty."""
    score = re.search(r"<h4>.*\(Score: (-?[\d.]+) / [\d.]+\)</h4>", page)
    return float(score[1]) if score else 0


def moodle_names(person: Person, files: Iterable[Path]) -> dict[str, Path]:
    """Name in the archive → page. An underscore in a student's name would move the number from its place."""
    name = re.sub(r"[_/\\:*?\"<>|]+", " ", person.name).strip() or "Participant"
    return {f"{name}_{person.number}_assignsubmission_file_/{file.name}": file for file in files}


def canvas_names(person: Person, files: Iterable[Path], known: Mapping[str, str]) -> dict[str, Path]:
    """Name in the archive → page, or nothing where Canvas has given no name to what this student handed in."""
    prefix = known.get(person.number)
    return {f"{prefix}_{file.name}": file for file in files} if prefix else {}


def downloaded(archive: Path) -> dict[str, str]:
    """What Canvas called what each student handed in: the student's number → the name up to the file's number.

    Only names are read, in an archive or a folder. Of several files the notebook counts, and of those the newest.

    Raises
    ------
    HandingBackError
        If it cannot be read or holds no name as Canvas gives them.
    """
    try:
        if archive.is_dir():
            names = [path.name for path in archive.rglob("*") if path.is_file()]
        else:
            with zipfile.ZipFile(archive) as file:
                names = [Path(name).name for name in file.namelist()]
    except (OSError, zipfile.BadZipFile) as error:
        raise HandingBackError(f"{place(archive)}  is no archive that can be read: {error}.") from error
    found: dict[str, tuple[bool, int, str]] = {}
    for name in names:
        if parts := re.match(r"(?P<who>[^_].*?)_(?:LATE_)?(?P<student>\d+)_(?P<file>\d+)_(?P<rest>.*)$", name):
            rank = (parts["rest"].endswith(".ipynb"), int(parts["file"]), name[: parts.end("file")])
            found[parts["student"]] = max(found.get(parts["student"], rank), rank)
    if not found:
        raise HandingBackError(
            f"{place(archive)}  holds no file with a name as Canvas gives them (surnamename_123_456_notebook.ipynb). "
            "Give the archive of 'Download submissions'."
        )
    return {student: prefix for student, (_, _, prefix) in found.items()}


def packed(files: Mapping[str, Path]) -> bytes:
    """An archive of the files under these names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in files.items():
            archive.writestr(zipfile.ZipInfo(name, ALWAYS), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
