"""What later cells make of a right response: the notebook goes on with what the student made, not with the solution.

Each response that `answers.yml` lists as right, or as poor, is put in the place of the solution, everything else
solved. A cell after it runs again only if it uses something that the response made otherwise, so that a whole course
is tried in seconds.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import CodeType, FunctionType
from typing import Any

from twolenses.errors import place
from twolenses.exercises import trial
from twolenses.exercises.master import Exercise
from twolenses.exercises.names import bound, needed
from twolenses.exercises.regions import keep_all

__all__ = ["Break", "breaks"]

MISSING = object()
"""Stands for a name that the solution binds and the response does not."""


@dataclass(frozen=True)
class Break:
    """A right response after which another cell stops: the response, the number of the cell, its task, and why."""

    response: trial.Response
    cell: int
    task: str
    message: str

    def sentence(self, master: Exercise) -> str:
        """Where it is, what stops and what to do."""
        where = f"{place(master.folder / trial.FILE, self.response.line)}  task {self.response.task!r}"
        of = f" (task {self.task!r})" if self.task else ""
        return (
            f"{where}: after this right response cell {self.cell}{of} fails: {self.message} "
            "Have that cell take whatever the task's check takes."
        )


@dataclass
class _Trail:
    """A response on its way through the notebook: the names that are other than where all is solved."""

    response: trial.Response
    other: dict[str, Any] = field(default_factory=dict)


def breaks(master: Exercise) -> Iterator[Break]:
    """Every listed right or poor response after which a later cell stops, or a later task's check fails.

    One break each, the first. The response's own check is left to `trial.verdicts`.
    """
    listed = [one for one in trial.responses(master) if one.right]
    space: dict[str, Any] = {"__name__": "__main__"}
    trails: list[_Trail] = []
    for number, cell in enumerate(master.notebook.cells, start=1):
        if cell.cell_type != "code" or cell.metadata.get("only") == "notebook":
            continue
        source, task = keep_all(cell.source), str(cell.metadata.get("task") or cell.metadata.get("check") or "")
        uses, binds = needed(source), bound(source)
        touched = [one for one in trails if one.response.task != task and _reached(uses, space) & set(one.other)]
        starting = [_Trail(one) for one in listed if "task" in cell.metadata and one.task == task]
        before = trial.copied(space) if touched or starting else {}
        if "check" not in cell.metadata:
            trial.execute(master, source, space)
        for one in trails:
            if one not in touched and "check" not in cell.metadata:
                one.other = {name: value for name, value in one.other.items() if name not in binds}
        for one in [*touched, *starting]:
            mine = _with(before, one.other)
            answer = source if one in touched else one.response.source
            if message := _stopped(master, answer, mine):
                if one in touched:
                    yield Break(one.response, number, task, message)
                    trails.remove(one)
                continue
            if "check" not in cell.metadata:
                names = _mentioned(answer) | _mentioned(source) | set(one.other)
                one.other = {name: mine.get(name, MISSING) for name in names if not _alike(name, mine, space)}
        trails += [one for one in starting if one.other]


def _stopped(master: Exercise, source: str, space: dict[str, Any]) -> str:
    try:
        trial.execute(master, source, space)
    except trial.CheckFailed as failure:
        return str(failure)
    except Exception as error:  # whatever a cell may raise
        return f"{type(error).__name__}: {error}"
    return ""


def _with(space: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """A copy of the namespace in which some names are other, or missing."""
    mine = {**space, **other}
    return trial.copied({name: value for name, value in mine.items() if value is not MISSING})


def _alike(name: str, mine: dict[str, Any], solved: dict[str, Any]) -> bool:
    """Whether a name holds the same, to the byte; what cannot be told counts as other."""
    one, two = mine.get(name, MISSING), solved.get(name, MISSING)
    if one is two:
        return True
    if isinstance(one, FunctionType) and isinstance(two, FunctionType):
        return one.__code__ == two.__code__
    if type(one) is not type(two) or type(one).__module__.partition(".")[0] not in ("builtins", "numpy", "pandas"):
        return False
    try:
        return pickle.dumps(one) == pickle.dumps(two)
    except (pickle.PicklingError, TypeError, AttributeError):
        return False


def _reached(names: set[str], space: dict[str, Any]) -> set[str]:
    """Names, and those that the notebook's own functions among them use in turn."""
    found, open_ = set(names), list(names)
    while open_:
        value = space.get(open_.pop())
        if isinstance(value, FunctionType) and value.__module__ == "__main__":
            new = _globals_of(value.__code__) - found
            found |= new
            open_ += new
    return found


def _mentioned(source: str) -> set[str]:
    return needed(source) | bound(source)


def _globals_of(code: CodeType) -> set[str]:
    inner = (one for one in code.co_consts if isinstance(one, CodeType))
    return set(code.co_names).union(*map(_globals_of, inner))
