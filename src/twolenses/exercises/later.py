"""What later cells make of a right response: the notebook goes on with what the student made, not with the solution.

Each response that `answers.yml` lists as right, or as poor, is put in the place of the solution, everything else
solved. A cell after it runs again only if it uses something that the response made otherwise, so that a whole course
is tried in seconds. That no cell needs a name which a student may leave out is read from the source: the contract.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from types import CodeType, FunctionType
from typing import Any

from twolenses.check import CheckFailed
from twolenses.errors import place
from twolenses.exercises import trial
from twolenses.exercises.master import Exercise
from twolenses.exercises.names import bound, needed
from twolenses.exercises.regions import keep_all

__all__ = ["Break", "breaks", "problems"]

MISSING = object()
"""Stands for a name that the solution binds and the response does not."""


@dataclass(frozen=True)
class Break:
    """A response after which another cell stops: the response, the number of the cell, its task, and why."""

    response: trial.Response
    cell: int
    task: str
    message: str


@dataclass(eq=False)
class _Trail:
    """A response on its way through the notebook: the names that are other than where all is solved."""

    response: trial.Response
    other: dict[str, Any] = field(default_factory=dict)


def problems(master: Exercise) -> list[str]:
    """A sentence for each listed right or poor response after which a later cell fails, with its place and a remedy."""
    file = master.folder / trial.FILE
    return [
        f"{place(file, one.response.line)}  task {one.response.task!r}: after this right response cell {one.cell}"
        f"{f' (task {one.task!r})' if one.task else ''} fails: {one.message.rstrip('.')}. "
        "Have that cell take what the task's check takes, or take the answer from check.given(…)."
        for one in breaks(master, [one for one in trial.responses(master) if one.right])
    ]


def breaks(master: Exercise, responses: Iterable[trial.Response]) -> Iterator[Break]:
    """The first cell after each response that stops, or whose check fails; the response's own check is not run."""
    listed = list(responses)
    space: dict[str, Any] = {"__name__": "__main__"}
    trails: list[_Trail] = []
    for number, cell in enumerate(master.notebook.cells, start=1):
        if cell.cell_type != "code" or cell.metadata.get("only") == "page":
            continue
        source, task = keep_all(cell.source), str(cell.metadata.get("task") or cell.metadata.get("check") or "")
        uses, binds = needed(source), bound(source)
        touched = [one for one in trails if one.response.task != task and _reached(uses, space) & set(one.other)]
        starting = [_Trail(one) for one in listed if "task" in cell.metadata and one.task == task]
        before = trial.copied(space) if touched or starting else {}
        checks = "check" in cell.metadata
        if not checks:
            trial.execute(master, source, space)
            for one in trails:
                one.other = {name: value for name, value in one.other.items() if one in touched or name not in binds}
        for one in [*touched, *starting]:
            mine = _with(before, one.other)
            ran = source if one in touched else one.response.source
            if message := _stopped(master, ran, mine):
                if one in touched:
                    yield Break(one.response, number, task, message)
                    trails.remove(one)
            elif not checks:
                one.other = _differing(needed(ran) | bound(ran) | uses | binds | set(one.other), mine, space)
        trails += starting


def _stopped(master: Exercise, source: str, space: dict[str, Any]) -> str:
    try:
        trial.execute(master, source, space)
    except CheckFailed as failure:
        return str(failure)
    except Exception as error:  # whatever a cell may raise
        return f"{type(error).__name__}: {error}"
    return ""


def _with(space: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """A copy of the namespace in which some names are other, or missing."""
    mine = {**space, **other}
    return trial.copied({name: value for name, value in mine.items() if value is not MISSING})


def _differing(names: set[str], mine: dict[str, Any], solved: dict[str, Any]) -> dict[str, Any]:
    return {name: mine.get(name, MISSING) for name in names if not _alike(name, mine, solved)}


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


def _globals_of(code: CodeType) -> set[str]:
    inner = (one for one in code.co_consts if isinstance(one, CodeType))
    return set(code.co_names).union(*map(_globals_of, inner))
