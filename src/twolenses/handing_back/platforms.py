"""Where the two platforms keep what in their exports.

Moodle: the grading worksheet of one assignment, with the columns *Identifier* (``Participant 12345``), *Full name*,
*Email address*, *Status*, *Grade*, *Maximum Grade* and others. Canvas: the whole gradebook, with *Student*, *ID*,
*SIS User ID*, *SIS Login ID*, *Section*, then a column ``Name (123)`` per assignment; the row *Points Possible* holds
the maxima.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from twolenses.errors import HandingBackError, place
from twolenses.handing_back.export import Export, number

__all__ = ["PLATFORMS", "Person", "Sheet"]


@dataclass(frozen=True)
class Person:
    """A student in an export: the row's place, and by what they can be known."""

    row: int
    number: str
    """The platform's own number, which names its uploads too."""
    numbers: frozenset[str]
    logins: frozenset[str]
    name: str


@dataclass(frozen=True)
class Sheet:
    """An export with its meaning: which column takes the grades, who stands where, and the maximum in points."""

    export: Export
    grade: int
    people: list[Person]
    maximum: float | None


def moodle(export: Export, assignment: str, column: str | None) -> Sheet:
    """A grading worksheet: *View all submissions*, *Download grading worksheet*."""
    identifiers = [place_ for place_, _ in enumerate(export.header) if _all(export, place_, r"\D+\d+")]
    if not export.rows:
        raise HandingBackError(f"{place(export.path)}  holds no students. Export it from the platform again.")
    if not identifiers:
        raise HandingBackError(
            f"{place(export.path, 1)}  is no grading worksheet of a Moodle assignment: no column holds entries such as "
            "'Participant 12345'. Switch the feedback type 'Offline grading worksheet' on, then download it."
        )
    who = identifiers[0]
    grade = export.column(column or "Grade")
    names = [place_ for place_, name in enumerate(export.header) if name == "Full name"] or [who + 1]
    numbers = [place_ for place_, name in enumerate(export.header) if name == "ID number"]
    logins = [place_ for place_, name in enumerate(export.header) if name in ("Email address", "Username")]
    people = []
    for row, cells in enumerate(export.rows):
        own = re.sub(r"\D+", "", cells[who])
        emails = {cell for cell in cells if re.fullmatch(r"\S+@\S+", cell)}
        people.append(
            Person(
                row, own, _keys([own, *(cells[one] for one in numbers)]),
                _keys([*(cells[one] for one in logins), *emails]), cells[names[0]],
            )
        )  # fmt: skip
    # The maximum follows the grade in every language: one number for all.
    maxima = {number(cells[grade + 1]) for cells in export.rows} if grade + 1 < len(export.header) else set()
    return Sheet(export, grade, people, maxima.pop() if len(maxima) == 1 else None)


def canvas(export: Export, assignment: str, column: str | None) -> Sheet:
    """A gradebook: *Grades*, *Export*."""
    who = export.column("ID")
    name_at = [export.header.index(one) for one in ("Student", "FirstName", "LastName") if one in export.header]
    if not name_at:
        raise HandingBackError(f"{place(export.path, 1)}  is no gradebook of Canvas: it has no column 'Student'.")
    numbers = [place_ for place_, name in enumerate(export.header) if name in ("SIS User ID", "Integration ID")]
    logins = [place_ for place_, name in enumerate(export.header) if name == "SIS Login ID"]
    grade = _canvas_column(export, assignment, column)
    people, maximum = [], None
    for row, cells in enumerate(export.rows):
        if "Points Possible" in cells[0]:
            maximum = number(cells[grade])
        elif cells[who].strip():
            people.append(
                Person(
                    row, cells[who].strip(), _keys([cells[who], *(cells[one] for one in numbers)]),
                    _keys(cells[one] for one in logins), " ".join(cells[one] for one in name_at),
                )
            )  # fmt: skip
    return Sheet(export, grade, people, maximum)


PLATFORMS: dict[str, Callable[[Export, str, str | None], Sheet]] = {"moodle": moodle, "canvas": canvas}


def _canvas_column(export: Export, assignment: str, column: str | None) -> int:
    titles = {name: found[1] for name in export.header if (found := re.fullmatch(r"(.*) \((\d+)\)", name, re.S))}
    if column:
        wanted = [name for name, title in titles.items() if column in (name, title) or name.endswith(f" ({column})")]
    else:
        short = {_slug(assignment), _slug(re.sub(r"^\d+\W", "", assignment))}
        wanted = [name for name, title in titles.items() if _slug(title) in short]
    if len(wanted) != 1:
        called = f"The column {column!r}" if column else f"A column for {assignment}"
        times = f"{len(wanted)} times" if wanted else "nowhere"
        raise HandingBackError(
            f"{place(export.path, 1)}  {called} stands {times} in it. Choose with --canvas-column, one of: "
            f"{'; '.join(titles) or 'none'}."
        )
    return export.header.index(wanted[0])


def _slug(text: str) -> str:
    return "".join(re.findall(r"\w+", text.lower())).replace("_", "")


def _all(export: Export, column: int, pattern: str) -> bool:
    return bool(export.rows) and all(re.fullmatch(pattern, row[column].strip()) for row in export.rows)


def _keys(cells: Iterable[str]) -> frozenset[str]:
    return frozenset(cell.strip().casefold() for cell in cells if cell.strip())
