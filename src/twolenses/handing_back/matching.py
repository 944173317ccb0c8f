"""Which student of the gradebook is which row of an export: by number, then by e-mail or login, then by name."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from twolenses.errors import HandingBackError, place
from twolenses.handing_back.gradebook import Grade
from twolenses.handing_back.platforms import Person

__all__ = ["Matches", "Roster", "match", "roster"]

Roster = Mapping[str, tuple[str, ...]]
"""Student id → what else they are known by: numbers, logins, names."""


@dataclass
class Matches:
    """Student id → person, and why some have none."""

    people: dict[str, Person] = field(default_factory=dict)
    by_name: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)


def roster(path: Path) -> Roster:
    """A CSV file whose first column is nbgrader's student id; each other cell is something the student is known by.

    Raises
    ------
    HandingBackError
        If it is there and cannot be read.
    """
    if not path.exists():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            _, *rows = list(csv.reader(file, delimiter=max(",;\t", key=first.count)))
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as error:
        raise HandingBackError(f"{place(path)}  cannot be read as a roster: {error}.") from error
    return {row[0].strip(): tuple(cell.strip() for cell in row[1:] if cell.strip()) for row in rows if row}


def match(grades: Iterable[Grade], people: Iterable[Person], known: Roster) -> Matches:
    """Who is who. Each key counts only where it fits one student and one row; a name that contradicts a number wins."""
    found = Matches()
    grades, people = list(grades), list(people)
    steps: list[tuple[Callable[[Grade, Roster], set[str]], Callable[[Person], set[str]]]] = [
        (_numbers, lambda person: set(person.numbers)),
        (_logins, lambda person: set(person.logins)),
        (_names, lambda person: _spellings(person.name)),
    ]
    for step, (of_student, of_person) in enumerate(steps):
        taken = {person.row for person in found.people.values()}
        free = [person for person in people if person.row not in taken]
        fits = {
            grade.student: [person for person in free if of_student(grade, known) & of_person(person)]
            for grade in grades
            if grade.student not in found.people
        }
        claims = Counter(person.row for fitting in fits.values() for person in fitting)
        for grade in grades:
            fitting = fits.get(grade.student, [])
            if not fitting:
                continue
            if len(fitting) > 1 or claims[fitting[0].row] > 1:
                found.refused[grade.student] = "fits several: " + _listed(fitting, grades, fits)
            elif step == 0 and not _agree(grade, fitting[0], known):
                found.refused[grade.student] = f"number {fitting[0].number} is {fitting[0].name} there, not placed"
            else:
                found.people[grade.student] = fitting[0]
                found.refused.pop(grade.student, None)
                if step == len(steps) - 1:
                    found.by_name.add(grade.student)
    return found


def _listed(fitting: list[Person], grades: list[Grade], fits: Mapping[str, list[Person]]) -> str:
    rows = {person.row for person in fitting}
    others = [grade.student for grade in grades if any(one.row in rows for one in fits.get(grade.student, []))]
    named = [person.name or person.number for person in fitting] if len(fitting) > 1 else others
    return ", ".join(named)


def _numbers(grade: Grade, known: Roster) -> set[str]:
    """The id itself, the number that ends it as in `Surname Name_12345`, and what the roster says."""
    ends = re.search(r"_(\d+)$", grade.student)
    return {
        grade.student.casefold(),
        *([ends[1]] if ends else []),
        *(cell.casefold() for cell in known.get(grade.student, ())),
    }


def _logins(grade: Grade, known: Roster) -> set[str]:
    keys = {grade.student, grade.email, *known.get(grade.student, ())}
    return {key.casefold() for key in keys if key}


def _names(grade: Grade, known: Roster) -> set[str]:
    return set().union(*(_spellings(name) for name in _called(grade, known)))


def _called(grade: Grade, known: Roster) -> list[str]:
    """Every name of a student that has letters only, the id's own included."""
    said = [grade.name, re.sub(r"_(LATE_)?\d+$", "", grade.student), *known.get(grade.student, ())]
    return [name for name in said if name and not re.search(r"[\d@]", name)]


def _spellings(name: str) -> set[str]:
    """A name without accents, case and blanks, in either order: *Krasniqi, Arta* is *artakrasniqi* and its turn."""
    words = _words(name)
    return {"".join(words), "".join(words[::-1]), "".join(sorted(words)), "".join([*words[1:], *words[:1]])} - {""}


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold().replace("đ", "d"))
    return re.findall(r"[^\W\d_]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def _agree(grade: Grade, person: Person, known: Roster) -> bool:
    """Whether some word of the one name is in the other, or one of them is not known."""
    words = [word for word in _words(person.name) if len(word) > 1]
    called = ["".join(_words(name)) for name in _called(grade, known)]
    # An id such as ak17 is no name: only what has been written as one can contradict.
    written = [name for name in called if len(name) > 5]
    return not words or not written or any(word in name for name in written for word in words)
