"""Grades and feedback of one assignment, written for a platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from twolenses import files
from twolenses.errors import HandingBackError, place
from twolenses.handing_back import export, feedback, gradebook, matching
from twolenses.handing_back.gradebook import Grade
from twolenses.handing_back.platforms import PLATFORMS, Person, Sheet

__all__ = ["Returned", "write"]


@dataclass
class Returned:
    """What was written, and what an instructor must know: sentences, and a table of student and remark."""

    written: dict[Path, str] = field(default_factory=dict)
    sentences: list[str] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)


def write(
    assignment: str,
    course: Path,
    exports: Mapping[str, Path],
    folder: Path,
    *,
    db: str | None = None,
    columns: Mapping[str, str | None] | None = None,
    submissions: Path | None = None,
    scale: bool = False,
) -> Returned:
    """Write the grades into copies of the platforms' exports, and the feedback into archives beside them.

    Parameters
    ----------
    exports
        Platform (``moodle``, ``canvas``) → its own export.
    folder
        Where the copies go: `NAME-moodle.csv`, `NAME-moodle-feedback.zip` and so on.
    columns
        Platform → the column that takes the grades, where it cannot be found by its name.
    submissions
        Canvas's archive of submissions, which holds the names that its upload of feedback wants.
    scale
        Turn points into points of the platform's maximum.

    Raises
    ------
    HandingBackError
        If something cannot be read or written, or no student of the gradebook is in an export. Nothing is written then.
    """
    if not exports:
        raise HandingBackError("Nothing says where the grades go. Add --moodle EXPORT.csv or --canvas EXPORT.csv.")
    grades = gradebook.grades(gradebook.address(course, db), assignment)
    roster = matching.roster(course / "roster.csv")
    returned, contents = Returned(), dict[Path, str | bytes]()
    for platform, path in exports.items():
        read = export.read(path)
        sheet = PLATFORMS[platform](read, assignment, (columns or {}).get(platform))
        found = matching.match(grades, sheet.people, roster)
        if not found.people:
            raise HandingBackError(
                f"{place(path)}  none of the {len(sheet.people)} students in it is one of the {len(grades)} in the "
                "gradebook. Is it the export of another course or assignment?"
            )
        target = folder / f"{assignment}-{platform}.csv"
        if target.resolve() == path.resolve():
            raise HandingBackError(f"{place(path)}  would be overwritten. Choose another folder with -o.")
        values = _values(grades, found.people, sheet, scale)
        contents[target] = sheet.export.text(sheet.grade, values)
        returned.written[target] = f"{len(values)} grades of {len(sheet.people)} students"
        returned.sentences += _said(platform, grades, sheet, values, scale)
        returned.remarks += _remarks(grades, found, sheet, course, assignment)
        archive, placed = _feedback(platform, course, assignment, grades, found.people, submissions)
        if archive:
            packed = folder / f"{assignment}-{platform}-feedback.zip"
            contents[packed] = feedback.packed(archive)
            returned.written[packed] = f"feedback for {placed} students"
        returned.sentences += _about_feedback(platform, course, assignment, found.people, placed, submissions)
    returned.remarks = list(dict.fromkeys(returned.remarks))
    for path, content in contents.items():
        try:
            files.write(path, content)
        except OSError as error:
            raise HandingBackError(f"{place(path)}  cannot be written: {error.strerror}. Choose another -o.") from error
    return returned


def _values(grades: list[Grade], people: Mapping[str, Person], sheet: Sheet, scale: bool) -> dict[int, str]:
    """Row → the cell that is written. What a person has yet to grade stays as it was."""
    return {
        people[grade.student].row: _number(_points(grade, sheet, scale), sheet)
        for grade in grades
        if grade.student in people and grade.submitted and not grade.waiting
    }


def _points(grade: Grade, sheet: Sheet, scale: bool) -> float:
    if scale and sheet.maximum and grade.maximum:
        return grade.points * sheet.maximum / grade.maximum
    return grade.points


def _number(points: float, sheet: Sheet) -> str:
    """Two digits, as both platforms print them, with the export's own decimal sign."""
    text = f"{points:.2f}"
    return text.replace(".", ",") if sheet.export.comma else text


def _said(platform: str, grades: list[Grade], sheet: Sheet, values: Mapping[int, str], scale: bool) -> list[str]:
    title, said = platform.capitalize(), []
    ours = next((grade.maximum for grade in grades), 0.0)
    if sheet.maximum is None:
        if scale:
            raise HandingBackError(
                f"{place(sheet.export.path)}  does not say one maximum in points, so --scale cannot be used."
            )
        said.append(f"{title}: the export names no maximum in points; the grades are written as they are.")
    elif not scale and abs(sheet.maximum - ours) > 0.005:
        said.append(
            f"{title}: the exercise has {ours:g} points and {title} {sheet.maximum:g}. The grades are written as they "
            "are; --scale turns them into the platform's points."
        )
        above = sum((export.number(value) or 0) > sheet.maximum for value in values.values())
        if above and platform == "moodle":
            said.append(
                f"Moodle: {above} of them are above its maximum. Moodle passes over such a grade without a word."
            )
    if sheet.export.separator != ",":
        said.append(f"{title}: the file is separated as the export was, by {sheet.export.separator!r}.")
    return said


def _remarks(
    grades: list[Grade], found: matching.Matches, sheet: Sheet, course: Path, assignment: str
) -> list[tuple[str, str]]:
    remarks = []
    name = sheet.export.path.name
    for grade in grades:
        person = found.people.get(grade.student)
        if person is None:
            remarks.append((grade.student, f"not in {name}" + _because(found.refused.get(grade.student))))
            continue
        if grade.student in found.by_name:
            remarks.append((grade.student, f"known by name only, as {person.name}: look whether it is the same person"))
        if not grade.submitted:
            remarks.append((grade.student, "has no grade"))
        elif grade.waiting:
            was = sheet.export.rows[person.row][sheet.grade]
            remarks.append((grade.student, f"waits for a person to grade; left as it was ({was or 'empty'})"))
        elif grade.penalty:
            remarks.append((grade.student, f"{grade.score:g} points less {grade.penalty:g} for being late"))
        if feedback.stale(course, grade, assignment):
            remarks.append(
                (grade.student, "the feedback is older than the grade: run nbgrader generate_feedback --force")
            )
    placed = {person.row for person in found.people.values()}
    remarks += [
        (person.name or person.number, f"in {name} only: the gradebook does not know them")
        for person in sheet.people
        if person.row not in placed
    ]
    return remarks


def _because(reason: str | None) -> str:
    return f" ({reason})" if reason else ""


def _feedback(
    platform: str,
    course: Path,
    assignment: str,
    grades: list[Grade],
    people: Mapping[str, Person],
    submissions: Path | None,
) -> tuple[dict[str, Path], int]:
    """Name in the archive → page, and how many students have one. Who waits for a person gets none yet."""
    known = feedback.downloaded(submissions) if submissions and platform == "canvas" else {}
    archive: dict[str, Path] = {}
    placed = 0
    for grade in grades:
        if grade.student not in people or grade.waiting:
            continue
        pages = feedback.pages(course, grade.student, assignment)
        person = people[grade.student]
        names = (
            feedback.moodle_names(person, pages)
            if platform == "moodle"
            else feedback.canvas_names(person, pages, known)
        )
        archive |= names
        placed += bool(names)
    return archive, placed


def _about_feedback(
    platform: str, course: Path, assignment: str, people: Mapping[str, Person], placed: int, submissions: Path | None
) -> list[str]:
    written = [student for student in people if feedback.pages(course, student, assignment)]
    if not written:
        return [f"There is no feedback yet: nbgrader generate_feedback {assignment} writes it."]
    if platform == "canvas" and submissions is None:
        return [
            "Canvas takes feedback only under the names of its own download: add --submissions submissions.zip for it."
        ]
    if placed < len(written) and platform == "canvas":
        return [f"Canvas: {len(written) - placed} students have feedback that has no name in {submissions}, or waits."]
    return []
