"""The one task of an exercise that a page lets its reader try at once, with all that runs before and after it.

It is the first task, or the one that the front matter names where the first does not stand alone well::

    exercise:
      try: patience
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from twolenses.errors import ExerciseError, place, suggestion
from twolenses.exercises.form import form
from twolenses.exercises.markdown import plain
from twolenses.exercises.master import Exercise, Task
from twolenses.exercises.regions import public, starter

__all__ = ["ToTry", "Told", "task_to_try", "to_try"]

_HINT = re.compile(r"^```\{hint\}\n(.*?)^```$\n?", re.M | re.S)
_HEADING = re.compile(r"^## (?:Task \d+\. )?(.+)$", re.M)


@dataclass(frozen=True)
class Told:
    """A piece of what the master says of a task: Markdown, or a cell that is given."""

    text: str
    is_code: bool = False


@dataclass(frozen=True)
class ToTry:
    """A task as a page offers it: all of it from the master, nothing of its solution."""

    task: str
    title: str
    told: tuple[Told, ...]
    """What stands between the task's heading and its cell, hints left out; last the form of its answers."""
    hints: tuple[str, ...]
    before: tuple[str, ...]
    """Every cell that runs before, earlier tasks as the student finds them."""
    starter: str
    after: tuple[str, ...]
    """The cells behind the task's own, to the last of its checks."""


def task_to_try(master: Exercise) -> Task:
    """The task that a page offers.

    Raises
    ------
    ExerciseError
        If the front matter names none of the exercise's tasks, or one that people mark.
    """
    named = master.notebook.metadata.get("exercise", {}).get("try")
    judged = {task.name: task for task in master.tasks if not task.manual}
    if named is None and judged:
        return next(iter(judged.values()))
    if named not in judged:
        raise ExerciseError(
            f"{place(master.path, 1)}  front matter, 'try: {named}': no task of that name is marked by its check "
            f"alone. {suggestion(str(named), judged)}"
        )
    return judged[named]


def to_try(master: Exercise) -> ToTry:
    """The task that a page offers, with its cells.

    Raises
    ------
    ExerciseError
        As :func:`task_to_try`.
    """
    name = task_to_try(master).name
    cells = [cell for cell in master.notebook.cells if cell.metadata.get("only") != "notebook"]
    at = next(n for n, cell in enumerate(cells) if cell.metadata.get("task") == name)
    last = max(n for n, cell in enumerate(cells) if cell.metadata.get("check") == name)
    heading = max(
        n for n, cell in enumerate(cells[:at]) if cell.cell_type == "markdown" and _HEADING.search(cell.source)
    )
    title = _HEADING.findall(cells[heading].source)[-1]
    section = [(_under_heading(cells[heading].source), False)]
    section += [(cell.source, cell.cell_type == "code") for cell in cells[heading + 1 : at]]
    texts = [text for text, is_code in section if not is_code]
    told = [Told(text if is_code else plain(_HINT.sub("", text)), is_code) for text, is_code in section]
    return ToTry(
        task=name,
        title=title,
        told=tuple(one for one in (*told, Told(form(master, name))) if one.text.strip()),
        hints=tuple(plain(hint) for text in texts for hint in _HINT.findall(text)),
        before=tuple(starter(cell.source) for cell in cells[:at] if _runs_before(cell)),
        starter=starter(cells[at].source),
        after=tuple(public(cell.source) for cell in cells[at + 1 : last + 1] if cell.cell_type == "code"),
    )


def _under_heading(source: str) -> str:
    return source[[found.end() for found in _HEADING.finditer(source)][-1] :].strip()


def _runs_before(cell: Any) -> bool:
    return cell.cell_type == "code" and "check" not in cell.metadata
