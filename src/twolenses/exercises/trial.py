"""What students answer, as an exercise's `answers.yml` lists it, tried on its checks without a kernel.

::

    right:
      - task: levels
        how: numpy's own correlation
        code: |
          levels = np.corrcoef(shares["SRB"], shares["XKX"])[0, 1]
    wrong:
      - task: cut
        replace: "/ before"
        with: "/ after"
        mistake: cut_of_new

A response is the solved cell with something replaced (`replace`, `with`), or a cell of its own (`code`). A wrong one
may name the mistake whose sentence the student must read.
"""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from twolenses import keys, mistakes
from twolenses.check import CheckFailed
from twolenses.errors import Error, ExerciseError, place, suggestion
from twolenses.exercises.master import Exercise
from twolenses.exercises.regions import keep_all, public, solution, starter

__all__ = ["FILE", "Response", "as_given", "in_full", "problems", "responses", "run", "said_to"]

FILE = "answers.yml"


@dataclass(frozen=True)
class Response:
    """What a student may answer: the task, whether it is right, the cell, and which mistake a wrong one makes."""

    task: str
    right: bool
    source: str
    mistake: str = ""
    how: str = ""
    line: int = 0


def responses(master: Exercise) -> list[Response]:
    """The responses that the exercise lists, in order; none where it has no `answers.yml`.

    Raises
    ------
    ExerciseError
        If the file is not of the form above. The sentence says where.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError

    path = master.path.with_name(FILE)
    if not path.is_file():
        return []
    try:
        listed = YAML(typ="rt").load(path.read_text(encoding="utf-8")) or {}
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ExerciseError(f"{place(path, line)}  is not valid YAML: {error.problem}.") from error
    if not isinstance(listed, dict) or set(listed) - {"right", "wrong"}:
        raise ExerciseError(f"{place(path, 1)}  needs the lists 'right:' and 'wrong:', and nothing else.")
    solved = {task: solution(cell.source) for task, cell in _tasks(master).items()}
    return [
        _response(path, entry, kind == "right", solved, entries.lc.item(number)[0] + 1)
        for kind, entries in listed.items()
        for number, entry in enumerate(entries or [])
    ]


def _tasks(master: Exercise) -> dict[str, Any]:
    return {str(cell.metadata["task"]): cell for cell in master.notebook.cells if "task" in cell.metadata}


def _response(path: Path, entry: Any, right: bool, solved: dict[str, str], line: int) -> Response:
    known = {"task", "how", "replace", "with", "code"} | (set() if right else {"mistake"})
    if strange := set(entry) - known:
        raise ExerciseError(f"{place(path, line)}  {sorted(strange)[0]!r} is not known here. {suggestion('', known)}")
    task = str(entry.get("task"))
    if task not in solved:
        raise ExerciseError(f"{place(path, line)}  there is no task {task!r}. {suggestion(task, solved)}")
    if ("code" in entry) == ("replace" in entry and "with" in entry):
        raise ExerciseError(f"{place(path, line)}  needs 'replace:' and 'with:', or 'code:'.")
    if "replace" in entry and str(entry["replace"]) not in solved[task]:
        raise ExerciseError(f"{place(path, line)}  {entry['replace']!r} does not stand in the solution of {task!r}.")
    source = entry["code"] if "code" in entry else solved[task].replace(str(entry["replace"]), str(entry["with"]))
    return Response(task, right, str(source), str(entry.get("mistake", "")), str(entry.get("how", "")), line)


def in_full(cell: Any) -> str:
    """A cell as it runs when the exercise is solved and checked in full."""
    return keep_all(cell.source)


def as_given(cell: Any) -> str:
    """A cell as the student finds it."""
    return starter(cell.source) if "task" in cell.metadata else public(cell.source)


def run(master: Exercise, change: Callable[[Any], str] = in_full, until: str = "") -> dict[str, list[str]]:
    """Run the master's cells in this process, warnings as errors.

    Parameters
    ----------
    change
        The source that runs for a cell.
    until
        Go no further than that task, and run no other checks.

    Returns
    -------
    dict
        For each task what its checks said in failing; empty where all passed.
    """
    import matplotlib.pyplot as plt

    said: dict[str, list[str]] = {task.name: [] for task in master.tasks}
    space: dict[str, Any] = {"__name__": "__main__"}
    with _as_in_a_notebook(master):
        for number, cell in enumerate(master.notebook.cells):
            if cell.cell_type != "code" or (until and cell.metadata.get("check", until) != until):
                continue
            if until and said[until] and "check" not in cell.metadata:
                break
            try:
                exec(compile(change(cell), f"<{master.name} cell {number}>", "exec"), space)
            except CheckFailed as failure:
                said[cell.metadata["check"]].append(str(failure))
            finally:
                plt.close("all")
    return said


@contextmanager
def _as_in_a_notebook(master: Exercise) -> Iterator[None]:
    """Charts without a window, warnings as errors, the key from the master's own folder."""
    import matplotlib as mpl

    mpl.use("agg")
    before = os.environ.get(keys.FOLDER)
    os.environ[keys.FOLDER] = str(master.path.resolve().parents[1])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.filterwarnings("ignore", "FigureCanvasAgg is non-interactive")  # a notebook shows what it draws
            with redirect_stdout(io.StringIO()):
                yield
    finally:
        os.environ.pop(keys.FOLDER) if before is None else os.environ.update({keys.FOLDER: before})


def said_to(master: Exercise, response: Response) -> list[str]:
    """What the checks of its task say to a response; nothing where they pass it."""

    def answered(cell: Any) -> str:
        return response.source if cell.metadata.get("task") == response.task else in_full(cell)

    return run(master, answered, until=response.task)[response.task]


def problems(master: Exercise) -> list[str]:
    """Where the checks judge otherwise than `answers.yml` and the solutions say, a sentence each with its place."""
    try:
        listed = responses(master)
        solved, given = run(master), run(master, as_given)
    except ExerciseError as error:
        return [str(error)]
    except Exception as error:  # whatever an author's cell may raise
        said = str(error) if isinstance(error, Error) else f"stops with {type(error).__name__}: {error}"
        return [f"{place(master.path)}  {said}"]
    found = [
        f"{place(master.path)}  the solution of task {name!r} fails its own check: {failures[0]}"
        for name, failures in solved.items()
        if failures
    ]
    found += [
        f"{place(master.path)}  the check of task {name!r} passes without an answer. Have it look at what is asked for."
        for name, failures in given.items()
        if not failures
    ]
    return found + [sentence for one in listed if (sentence := _misjudged(master, one))]


def _misjudged(master: Exercise, response: Response) -> str:
    where = f"{place(master.path.with_name(FILE), response.line)}  task {response.task!r}: "
    try:
        said = said_to(master, response)
    except Exception as error:
        return f"{where}the response stops with {type(error).__name__}: {error}"
    if response.right:
        return f"{where}a right response is refused: {said[0]}" if said else ""
    if not said:
        return f"{where}a wrong response passes."
    if response.mistake:
        with keys.using(keys.read(master.path.with_name(keys.FILE))):
            sentence = mistakes.named(response.mistake).sentence
        if sentence not in said[0]:
            return f"{where}the sentence of {response.mistake!r} is not what is said: {said[0]}"
    return ""
