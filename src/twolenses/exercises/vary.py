"""What differs from student to student: `vary:` in the front matter of a master.

::

    exercise:
      vary:
        - task: money
          neighbour: [XKX, ALB, HRV]
          name: [Kosovo, Albania, Croatia]
          instead:
            Both shares rise, and nothing follows.: Does anything follow?

An entry is a small table with a column for each name. Its first row is what the master says, and what everybody has
where there is no roster. In a student's copy another row takes its place, text for text, in the section of the task:
from below its heading to its last check. `instead` rewrites sentences that hold for the first row only. A column that
is called like a parameter of the key's functions is handed to them::

    @answer
    def spending_ratio_in_money(neighbour: str = "XKX") -> pd.Series: ...

Entries differ independently: two of one task, of three rows and of eight, are 24 variants.
"""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from twolenses import keys
from twolenses.errors import ExerciseError, place, suggestion
from twolenses.exercises.master import Exercise
from twolenses.register import parameters

__all__ = ["HEAD", "Entry", "Rows", "cells_to", "copy_of", "entries", "head", "says", "text_of", "variants"]

Rows = tuple[int, ...]
"""The number of a row in each entry."""

HEAD = re.compile(r"^check\.exercise\(.*\)$", re.M)
"""The line with which a notebook says which exercise it is, and whose."""


@dataclass(frozen=True)
class Entry:
    """One table: the task whose section it changes, the columns, and the sentences that do not hold in every row."""

    task: str
    columns: Mapping[str, tuple[Any, ...]]
    instead: Mapping[str, str]
    handed: tuple[str, ...]
    """Columns that the key takes as parameters."""

    @property
    def length(self) -> int:
        """How many rows there are."""
        return len(next(iter(self.columns.values())))

    def values(self, row: int) -> dict[str, Any]:
        """What the key is handed in that row."""
        return {name: self.columns[name][row] for name in self.handed}

    def texts(self, row: int) -> dict[str, str]:
        """What stands in the master, and what stands in its place in that row."""
        return {str(column[0]): str(column[row]) for column in self.columns.values()}


def variants(master: Exercise) -> list[Rows]:
    """Every variant of an exercise; none where it does not vary."""
    found = entries(master)
    return list(itertools.product(*(range(one.length) for one in found))) if found else []


def copy_of(master: Exercise, rows: Sequence[int], student: str, code: str = "") -> Exercise:
    """The master as it is for one student.

    Parameters
    ----------
    rows
        The number of a row in each entry.
    student, code
        Whose it is, and what shows that it was made for them; an empty name makes the copy that nbgrader has for all,
        with the standard values.
    """
    known = entries(master)
    chosen = list(zip(known, rows, strict=True))
    values = {name: value for one, row in chosen for name, value in one.values(row).items()}
    notebook = copy.deepcopy(master.notebook)
    for task in dict.fromkeys(one.task for one in known):
        mine = [(one, row) for one, row in chosen if one.task == task]
        instead = {old: new for one, _ in mine for old, new in one.instead.items()}
        texts = {old: new for one, row in mine for old, new in one.texts(row).items()}
        for cell, start in _section(notebook.cells, task):
            cell.source = cell.source[:start] + _swapped(_swapped(cell.source[start:], instead), texts)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.source = HEAD.sub(lambda _: head(master.name, student, code, values), cell.source)
    return replace(master, notebook=notebook, varied=values if student else {})


def head(exercise: str, student: str, code: str, values: Mapping[str, Any]) -> str:
    """The line that says whose copy of which exercise a notebook is, and with which values."""
    said = {"student": student} | ({"code": code} | dict(values) if student else {})
    return f"check.exercise({_quoted(exercise)}, {', '.join(f'{name}={_quoted(one)}' for name, one in said.items())})"


def _quoted(value: Any) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' if isinstance(value, str) else repr(value)


def _section(cells: Sequence[Any], task: str) -> Iterator[tuple[Any, int]]:
    """The cells of a task's section, each with where it begins there: below its heading, up to its last check."""
    at = next(number for number, cell in enumerate(cells) if cell.metadata.get("task") == task)
    last = max(number for number, cell in enumerate(cells) if cell.metadata.get("check") == task)
    for first in range(at, -1, -1):
        if cells[first].cell_type == "markdown" and (found := list(re.finditer(r"^## .*$", cells[first].source, re.M))):
            yield cells[first], found[-1].end()
            break
    yield from ((cell, 0) for cell in cells[first + 1 : last + 1])


def cells_to(master: Exercise, task: str) -> list[Any]:
    """The code cells of a task's section up to the task's own, which is the last."""
    cells = [cell for cell, _ in _section(master.notebook.cells, task) if cell.cell_type == "code"]
    at = next(number for number, cell in enumerate(cells) if cell.metadata.get("task") == task)
    return cells[: at + 1]


def text_of(master: Exercise, task: str) -> str:
    """What stands in a task's section, below its heading."""
    return "\n".join(cell.source[start:] for cell, start in _section(master.notebook.cells, task))


def says(text: str, words: str) -> bool:
    """Whether words, a number or a sentence stand whole in a text, wherever its lines break."""
    return re.search(_pattern(words), text) is not None


def _swapped(text: str, pairs: Mapping[str, str]) -> str:
    """A text with all pairs swapped at once; words, numbers and sentences whole, wherever their lines break."""
    if not pairs:
        return text
    by_words = {" ".join(old.split()): new for old, new in pairs.items()}
    longest = sorted(by_words, key=len, reverse=True)
    return re.sub("|".join(map(_pattern, longest)), lambda found: by_words[" ".join(found[0].split())], text)


def _pattern(text: str) -> str:
    return r"(?<![\w.])" + r"\s+".join(map(re.escape, text.split())) + r"(?!\w|\.\d)"


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────


def entries(master: Exercise) -> tuple[Entry, ...]:
    """What a master lets vary; nothing where it has no `vary:`.

    Raises
    ------
    ExerciseError
        If an entry has not the form above, names no task, or its first row is not what the master and the key say.
    """
    listed = master.notebook.metadata["exercise"].get("vary", [])
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise _error(master, "write a list of entries, each with 'task:' and columns of values.")
    standard = _standard(master) if listed else {}
    return tuple(_entry(master, one, standard) for one in listed)


def _standard(master: Exercise) -> dict[str, Any]:
    """The parameters of the key's functions, with their defaults."""
    key = keys.read(master.folder / keys.FILE)
    functions = [one.compute for one in key.answers.values()] + [one.compute for one in key.mistakes.values()]
    found: dict[str, Any] = {}
    for function in functions:
        for name, default in parameters(function).items():
            if found.setdefault(name, default) != default:
                raise _error(master, f"the key has two standard values for {name!r}, {found[name]!r} and {default!r}.")
    return found


def _entry(master: Exercise, listed: dict[str, Any], standard: Mapping[str, Any]) -> Entry:
    task, tasks = str(listed.get("task")), [one.name for one in master.tasks]
    if task not in tasks:
        raise _error(master, f"there is no task {task!r}. {suggestion(task, tasks)}")
    columns = {str(name): column for name, column in listed.items() if name not in ("task", "instead")}
    lengths = {len(column) if isinstance(column, list) else 0 for column in columns.values()}
    if len(lengths) != 1 or min(lengths) < 2:
        raise _error(master, f"the columns of task {task!r} need two values or more, and as many in each.")
    handed = tuple(name for name in columns if name in standard)
    if not handed:
        raise _error(master, f"no function of the key takes one of {', '.join(columns)}: the key would not change.")
    instead = {str(old): str(new) for old, new in (listed.get("instead") or {}).items()}
    entry = Entry(task, {name: tuple(column) for name, column in columns.items()}, instead, handed)
    section = text_of(master, task)
    for old in instead:
        if not says(section, old):
            raise _error(master, f"task {task!r} does not say {old!r}.")
    rewritten = _swapped(section, instead)
    for name, column in columns.items():
        if not says(rewritten, str(column[0])):
            raise _error(master, f"{str(column[0])!r}, first of {name!r}, does not stand in the section of {task!r}.")
        if name in standard and (type(standard[name]), standard[name]) != (type(column[0]), column[0]):
            raise _error(master, f"{name!r} begins with {column[0]!r}, and the key's standard is {standard[name]!r}.")
    return entry


def _error(master: Exercise, sentence: str) -> ExerciseError:
    return ExerciseError(f"{place(master.path, 1)}  front matter, 'vary:': {sentence}")
