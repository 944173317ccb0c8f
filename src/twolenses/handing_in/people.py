"""Whose a file is, by the names that Moodle, Canvas and people give, and by a roster where there is one."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path

from twolenses.errors import HandingInError, place

__all__ = ["Person", "Roster", "plain_id", "read_roster", "who"]

MOODLE = re.compile(r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_[a-z]+(?:_(?P<file>.*))?", re.S)
"""A student's folder, or the same before the name of the file."""
CANVAS = re.compile(r"(?P<name>[^_]+)(?P<late>_LATE)?_(?P<number>\d+)_(?:(?P<submission>\d+)_)?(?P<file>.+)", re.S)


@dataclass(frozen=True)
class Person:
    """A student as a platform writes them; the number tells two of one name apart."""

    name: str
    number: str = ""
    late: bool = field(default=False, compare=False)
    canvas: bool = field(default=False, compare=False)
    """Canvas dates every file to the moment of the download."""
    folders: str = field(default="", compare=False)
    """Where the file lies in the student's folder."""


def who(files: Sequence[tuple[str, ...]], assignments: Collection[str]) -> list[tuple[Person | None, str]]:
    """For each file, given as its folders and name: whose it is (None where nothing says so), and its own name.

    A folder of Moodle's, or a file of Moodle's or Canvas's, says it. Else it is the folder that stands for a student:
    below the folders that hold them all, and not called like an assignment.
    """
    heads = [_head(parts) for parts in files]
    canvas = _canvas_folders(heads)
    own = [tuple(part for part in head[:-1] if part not in assignments) for head in heads]
    plain = [not _moodle(head) and head[:-1] not in canvas for head in heads]
    wrapper = _shared([(*one, head[-1]) for one, head, is_plain in zip(own, heads, plain, strict=True) if is_plain])
    found: list[tuple[Person | None, str]] = []
    for parts, head, folders in zip(files, heads, own, strict=True):
        called, inside = parts[-1], parts[-1] != head[-1]
        if moodle := _moodle(head):
            called = called if inside else moodle["file"] or called
            found.append((Person(moodle["name"], moodle["number"]), called))
        elif head[:-1] in canvas and (matched := CANVAS.fullmatch(head[-1])):
            person = Person(matched["name"], matched["number"], bool(matched["late"]), canvas=True)
            found.append((person, called if inside else matched["file"]))
        elif folders[wrapper:]:
            found.append((Person(folders[wrapper], folders="/".join(folders[wrapper + 1 :])), called))
        else:
            found.append((None, called))
    return found


def _head(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The part of a path that can say whose it is: up to the archive that a student handed in.

    An archive that lies in no folder and is called like nobody is a platform's, and its own names count.
    """
    for number, part in enumerate(parts[:-1]):
        if part.lower().endswith(".zip"):
            whole = parts[: number + 1]
            return whole if number or _moodle(whole) or CANVAS.fullmatch(part) else _head(parts[1:])
    return parts


def _moodle(parts: tuple[str, ...]) -> re.Match[str] | None:
    return next((found for part in parts if (found := MOODLE.fullmatch(part))), None)


def _canvas_folders(files: Iterable[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Folders whose every file is called as Canvas calls them, of two students at least or at the top."""
    numbers: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for parts in files:
        matched = CANVAS.fullmatch(parts[-1])
        numbers[parts[:-1]].append(matched["number"] if matched else "")
    return {folder for folder, seen in numbers.items() if not folder or (all(seen) and len(set(seen)) > 1)}


def _shared(files: Sequence[tuple[str, ...]]) -> int:
    """How many folders hold all students' folders."""
    shared = 0
    while True:
        below = [parts[shared:] for parts in files if len(parts) > shared + 1]
        if len({parts[0] for parts in below}) != 1:
            return shared
        inner = {parts[1] for parts in below if len(parts) > 2 and parts[-1].endswith(".ipynb")}
        loose = any(len(parts) == 2 and parts[-1].endswith(".ipynb") for parts in below)
        if len(inner) < 2 and (loose or not inner):
            return shared
        shared += 1


def plain_id(person: Person) -> str:
    """nbgrader's id for a student who is in no roster: their name, and the platform's number at its end."""
    name = unicodedata.normalize("NFC", person.name)
    bare = re.sub(r"[^\w.+@-]+", "-", name).strip("-.") or "student"
    return f"{bare}_{person.number}" if person.number else bare


@dataclass(frozen=True)
class Entry:
    """A student of the roster: nbgrader's id, and what else they are known by."""

    id: str
    numbers: frozenset[str]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Roster:
    """The students of a course."""

    entries: tuple[Entry, ...]

    def find(self, person: Person) -> tuple[str, str]:
        """nbgrader's id of a person, or nothing and why."""
        if person.number and (by_number := [one for one in self.entries if person.number in one.numbers]):
            return (by_number[0].id, "") if len(by_number) == 1 else ("", f"number {person.number} is there twice")
        if by_id := [one for one in self.entries if one.id == person.name]:
            return by_id[0].id, ""
        named = [one for one in self.entries if any(_alike(person.name, name) for name in (one.id, *one.names))]
        if not named:
            return "", "is not in the roster"
        if len(named) > 1:
            return "", f"{len(named)} students of the roster are called so: write the platform's number beside each"
        if person.number and named[0].numbers:
            numbers = ", ".join(sorted(named[0].numbers))
            return "", f"the roster has {numbers} for {named[0].id}, not {person.number}: add that number, or a student"
        return named[0].id, ""


def read_roster(path: Path) -> Roster:
    """A CSV file whose first column is nbgrader's id; the other cells are names, logins and the platform's numbers.

    Raises
    ------
    HandingInError
        If it cannot be read, or one id is there twice.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            reader = csv.reader(file, delimiter=max(",;\t", key=first.count))
            rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except OSError as error:
        raise HandingInError(f"{place(path)}  cannot be read as a roster: {error.strerror or error}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise HandingInError(f"{place(path)}  cannot be read as a roster: {error}. Save it as CSV in UTF-8.") from error
    lines: dict[str, int] = {}
    entries = [(number, _entry(row)) for number, row in rows[1:] if any(row)]
    for number, one in entries:
        if not one.id or one.id != plain_id(Person(one.id)):
            raise HandingInError(
                f"{place(path, number)}  {one.id!r} cannot be a student's id, which names a folder. "
                "Use letters, digits, '-' and '_'."
            )
        if (before := lines.setdefault(one.id.casefold(), number)) != number:
            raise HandingInError(
                f"{place(path, number)}  the id {one.id!r} is there twice, in line {before} too. "
                "Give each student their own."
            )
    return Roster(tuple(one for _, one in entries))


def _entry(row: Sequence[str]) -> Entry:
    numbers = {digits for cell in row[1:] if (digits := re.sub(r"^\D+ (?=\d+$)", "", cell)).isdigit()}
    texts = [cell for cell in row[1:] if (cell and not any(character.isdigit() for character in cell)) or "@" in cell]
    names = [text for text in texts if "@" not in text]
    return Entry(row[0], frozenset(numbers), (*texts, " ".join(names)))


def _alike(given: str, name: str) -> bool:
    """The same name: whatever the order of its parts, accents or case, written in one word too as Canvas does."""
    ours, theirs = _words(given), _words(name)
    if not theirs:
        return False
    if sorted(ours) == sorted(theirs):
        return True
    return len(ours) == 1 and len(theirs) <= 5 and ours[0] in {"".join(order) for order in permutations(theirs)}


def _words(name: str) -> list[str]:
    bare = unicodedata.normalize("NFKD", name.casefold().replace("đ", "d").replace("ł", "l").replace("ı", "i"))
    return re.findall(r"\w+", "".join(one for one in bare if not unicodedata.combining(one)).replace("_", " "))
