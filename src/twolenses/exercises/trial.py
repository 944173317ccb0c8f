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
    poor:
      - task: argument
        how: on the subject, and says nothing of what would change it
        code: |
          argument = "…"

A response is the solved cell with something replaced (`replace`, `with`), or a cell of its own (`code`). A wrong one
may name the mistake whose sentence the student must read. A poor one is a text that must pass, since a check judges
its length and whether it is the student's own, and that whoever marks it by the rubric will not give full points.
"""

from __future__ import annotations

import copy
import io
import os
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path
from types import FunctionType
from typing import Any, Literal

from twolenses import keys, mistakes
from twolenses.check import CheckFailed
from twolenses.errors import Error, ExerciseError, place, suggestion
from twolenses.exercises import ties, vary
from twolenses.exercises.master import Exercise
from twolenses.exercises.regions import keep_all, public, solution, starter
from twolenses.register import keeping

__all__ = [
    "FILE",
    "Response",
    "Stage",
    "Verdict",
    "as_given",
    "copied",
    "execute",
    "in_full",
    "judged",
    "messages_to",
    "problems",
    "responses",
    "run",
    "sentence_of",
    "stages",
    "variants_judged",
    "verdicts",
]

FILE = "answers.yml"
ANOTHER_ORDER = "where a sort leaves ties in another order, as on another processor"

_kept: dict[Any, Any] = {}
"""The keys and mistakes that were worked out since somebody last began at an exercise's first cell."""


@dataclass(frozen=True)
class Response:
    """What a student may answer: the task, whether checks should pass it, the cell, which mistake a wrong one makes."""

    task: str
    right: bool
    source: str
    mistake: str = ""
    how: str = ""
    line: int = 0
    poor: bool = False


def responses(master: Exercise) -> list[Response]:
    """The responses that the exercise lists, in order; none where it has no `answers.yml`.

    Raises
    ------
    ExerciseError
        If the file is not of the form above. The sentence says where.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError

    path = master.folder / FILE
    if not path.is_file():
        return []
    try:
        listed = YAML(typ="rt").load(path.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError) as error:
        raise ExerciseError(f"{place(path)}  cannot be read: {error}. Save it as UTF-8.") from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ExerciseError(f"{place(path, line)}  is not valid YAML: {error.problem}.") from error
    if not _is_listed(listed):
        raise ExerciseError(
            f"{place(path, 1)}  needs the lists 'right:', 'wrong:' and 'poor:' of responses, and nothing else."
        )
    solved = {task: solution(cell.source) for task, cell in _tasks(master).items()}
    return [
        _response(path, entry, str(kind), solved, entries.lc.item(number)[0] + 1)
        for kind, entries in listed.items()
        for number, entry in enumerate(entries or [])
    ]


def _is_listed(listed: Any) -> bool:
    return (
        isinstance(listed, dict)
        and not set(listed) - {"right", "wrong", "poor"}
        and all(isinstance(entries or [], list) for entries in listed.values())
        and all(isinstance(entry, dict) for entries in listed.values() for entry in entries or [])
    )


def _tasks(master: Exercise) -> dict[str, Any]:
    return {str(cell.metadata["task"]): cell for cell in master.notebook.cells if "task" in cell.metadata}


def _response(path: Path, entry: Any, kind: str, solved: dict[str, str], line: int) -> Response:
    known = {"task", "how", "replace", "with", "code"} | ({"mistake"} if kind == "wrong" else set())
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
    mistake, how = str(entry.get("mistake", "")), str(entry.get("how", ""))
    return Response(task, kind != "wrong", str(source), mistake, how, line, poor=kind == "poor")


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
        For each task what its checks said in failing; empty where all passed. Run in full, checks that passed are asked
        once more at the end: Otter may judge a notebook there.
    """
    import matplotlib.pyplot as plt

    _kept.clear()
    message: dict[str, list[str]] = {task.name: [] for task in master.tasks}
    space: dict[str, Any] = {"__name__": "__main__"}
    with _as_in_a_notebook(master):
        for number, cell in enumerate(master.notebook.cells):
            if cell.cell_type != "code" or (until and cell.metadata.get("check", until) != until):
                continue
            if until and message[until] and "check" not in cell.metadata:
                break
            try:
                exec(compile(change(cell), f"<{master.name} cell {number}>", "exec"), space)
            except CheckFailed as failure:
                message[cell.metadata["check"]].append(str(failure))
            finally:
                plt.close("all")
        for task in [] if until else [name for name, failures in message.items() if not failures]:
            for cell in master.notebook.cells:
                if cell.metadata.get("check") == task and (later := _refused(change(cell), space)):
                    message[task].append(f"{later} It passed where it stands: a later cell changes what it looks at.")
    return message


@contextmanager
def _as_in_a_notebook(master: Exercise, warned: Literal["error", "ignore"] = "error") -> Iterator[None]:
    """Charts without a window, the key from the master's own folder; a master may not warn, a student may."""
    import matplotlib as mpl

    mpl.use("agg")
    before = os.environ.get(keys.FOLDER)
    os.environ[keys.FOLDER] = str(master.folder.resolve().parent)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(warned)
            warnings.filterwarnings("ignore", "FigureCanvasAgg is non-interactive")  # a notebook shows what it draws
            with redirect_stdout(io.StringIO()), keeping(_kept):
                yield
    finally:
        os.environ.pop(keys.FOLDER) if before is None else os.environ.update({keys.FOLDER: before})


@dataclass(frozen=True)
class Stage:
    """A notebook as it stands before a task: what its cells made, and the cells from the task to its last check."""

    master: Exercise
    task: str
    space: dict[str, Any]
    cells: tuple[Any, ...]


@dataclass(frozen=True)
class Verdict:
    """What a task's checks say to a response: those a student runs, and those the grader adds."""

    public: str
    hidden: str
    space: dict[str, Any]

    @property
    def message(self) -> str:
        """The sentence that refuses it; empty where it passes."""
        return self.public or self.hidden


def stages(master: Exercise) -> Iterator[Stage]:
    """Each task in turn, with everything before it run once, solved. A stage is good until the next is asked for."""
    _kept.clear()
    space: dict[str, Any] = {"__name__": "__main__"}
    cells = master.notebook.cells
    for number, cell in enumerate(cells):
        if cell.cell_type != "code" or cell.metadata.get("only") == "notebook":
            continue
        if task := cell.metadata.get("task"):
            last = max(n for n, one in enumerate(cells) if one.metadata.get("check") == task)
            between = [one for one in cells[number + 1 : last + 1] if one.cell_type == "code"]
            yield Stage(master, str(task), space, (cell, *between))
        if "check" not in cell.metadata:
            execute(master, solution(cell.source), space)  # not across a yield: who asks may want to print


def execute(master: Exercise, source: str, space: dict[str, Any]) -> None:
    """Run a cell as in the exercise's notebook, and close its charts. What it raises is raised."""
    import matplotlib.pyplot as plt

    with _as_in_a_notebook(master):
        try:
            _run(source, space)
        finally:
            plt.close("all")


def judged(stage: Stage, source: str) -> Verdict:
    """Run a response in a copy of the stage, then the task's checks, the public ones first.

    A response that stops is refused with what stopped it.
    """
    import matplotlib.pyplot as plt

    space = copied(stage.space)
    rest = stage.cells[1:]
    message = {"public": "", "hidden": ""}
    with _as_in_a_notebook(stage.master, "ignore"):
        try:
            _run(source, space)
            for cell in rest:
                if "check" not in cell.metadata:
                    _run(solution(cell.source), space)
                    continue
                for kind, version in (("public", public(cell.source)), ("hidden", keep_all(cell.source))):
                    if not message["public"] and not message["hidden"]:
                        message[kind] = _refused(version, space)
        except Exception as error:
            message["public"] = f"stops with {type(error).__name__}: {error}"
        finally:
            plt.close("all")
    return Verdict(message["public"], message["hidden"], space)


def _run(source: str, space: dict[str, Any]) -> None:
    exec(compile(source, "<a cell>", "exec"), space)


def _refused(source: str, space: dict[str, Any]) -> str:
    try:
        _run(source, space)
    except CheckFailed as failure:
        return str(failure)
    return ""


def copied(space: dict[str, Any]) -> dict[str, Any]:
    """A namespace that can be changed without the first noticing: its tables, lists and functions are new."""
    new: dict[str, Any] = {}
    for name, value in space.items():
        if isinstance(value, FunctionType) and value.__module__ == "__main__":  # made by a cell
            made = FunctionType(value.__code__, new, value.__name__, value.__defaults__, value.__closure__)
            made.__kwdefaults__ = value.__kwdefaults__
            new[name] = made
        elif hasattr(value, "copy") and hasattr(value, "index"):  # a table, a Series, a list
            new[name] = value.copy()
        elif isinstance(value, (list, dict, set)):
            new[name] = copy.deepcopy(value)
        else:
            new[name] = value
    return new


def messages_to(master: Exercise, response: Response) -> list[str]:
    """What the checks of its task say to a response; nothing where they pass it."""
    for stage in stages(master):
        if stage.task == response.task:
            message = judged(stage, response.source).message
            return [message] if message else []
    raise ExerciseError(f"{place(master.path)}  has no task {response.task!r}.")


def verdicts(master: Exercise) -> Iterator[tuple[Response, Verdict]]:
    """Every response that the exercise lists, with what its checks say; the cells before a task are run once.

    A right one must be right in whatever order a sort leaves ties.
    """
    listed = responses(master)
    for stage in stages(master):
        for one in listed:
            if one.task == stage.task:
                yield one, _judged_in_any_order(stage, one)


def _judged_in_any_order(stage: Stage, response: Response) -> Verdict:
    with ties.watched() as met:
        verdict = judged(stage, response.source)
    if not met or not response.right or verdict.message:
        return verdict
    with ties.turned():
        other = judged(stage, response.source)
    return replace(verdict, public=f"{ANOTHER_ORDER}: {other.message}") if other.message else verdict


def variants_judged(master: Exercise) -> Iterator[tuple[str, str, Verdict]]:
    """Each varying task in each variant, as students have it: what varies, in words, and what its checks say when it is
    solved."""
    tasks = {one.task for one in vary.entries(master)}
    for stage in stages(master):
        if stage.task not in tasks:
            continue
        for rows in vary.variants(master):
            copied_master = vary.copy_of(master, rows, "somebody")
            said = vary.head(master.name, "somebody", "", copied_master.varied)
            *given, task = vary.cells_to(copied_master, stage.task)
            source = "\n".join([said, *(cell.source for cell in given), solution(task.source)])
            last = [cell for cell in copied_master.notebook.cells if cell.metadata.get("check") == stage.task]
            mine = replace(stage, master=copied_master, cells=(task, *last))
            yield stage.task, ", ".join(f"{k}={v}" for k, v in copied_master.varied.items()), judged(mine, source)
        execute(master, f'check.exercise("{master.name}")', stage.space)


def problems(master: Exercise, *, quick: bool = False) -> list[str]:
    """Where the checks judge otherwise than `answers.yml` and the solutions say, a sentence each with its place.

    Parameters
    ----------
    quick
        Read the key and the answers, and run nothing of the master.
    """
    try:
        listed = responses(master)
        varied = bool(vary.entries(master))
        found = [*_named(master), *_mistakes(master, listed)]
        if quick or found:
            return found
        with ties.watched() as met:
            solved = run(master)
        with ties.turned():
            turned = run(master) if met else {}
        unsolved = run(master, as_given)
    except ExerciseError as error:
        return [str(error)]
    except (Exception, SystemExit) as error:  # whatever an author's cell may raise
        message = str(error) if isinstance(error, Error) else f"stops with {type(error).__name__}: {error}"
        return [f"{place(master.path)}  {message}"]
    found = [
        f"{place(master.path)}  the solution of task {name!r} fails its own check: {failures[0]}"
        for name, failures in solved.items()
        if failures
    ]
    found += [
        f"{place(master.path)}  the solution of task {name!r} fails its own check {ANOTHER_ORDER}: {failures[0]}"
        for name, failures in turned.items()
        if failures and not solved[name]
    ]
    found += [
        f"{place(master.path)}  the check of task {name!r} passes without an answer. Have it look at what is asked for."
        for name, failures in unsolved.items()
        if not failures
    ]
    found += [sentence for one, verdict in verdicts(master) if (sentence := _misjudged(master, one, verdict.message))]
    return found + [
        f"{place(master.path)}  the solution of task {task!r} fails its own check with {shown}: {verdict.message}"
        for task, shown, verdict in (variants_judged(master) if varied else ())
        if verdict.message
    ]


def _named(master: Exercise) -> Iterator[str]:
    """The notebook says which exercise it is: without its name, its checks would ask another key, or none."""
    source = "\n".join(cell.source for cell in master.notebook.cells if cell.cell_type == "code")
    called = re.findall(r"""^check\.exercise\(["']([^"']*)["']\)""", source, re.M)
    if not called and (master.folder / keys.FILE).is_file():
        yield f'{place(master.path)}  names no key. Write check.exercise("{master.name}") in its first code cell.'
    for name in called:
        if name != master.name:
            yield f"{place(master.path)}  asks the key of {name!r}. Write check.exercise({master.name!r})."


def _mistakes(master: Exercise, listed: list[Response]) -> Iterator[str]:
    with keys.using(keys.read(master.folder / keys.FILE)):
        for one in listed:
            if one.mistake and one.mistake not in mistakes.names():
                known = suggestion(one.mistake, mistakes.names())
                yield f"{place(master.folder / FILE, one.line)}  there is no mistake {one.mistake!r}. {known}"


def _misjudged(master: Exercise, response: Response, message: str) -> str:
    where = f"{place(master.folder / FILE, response.line)}  task {response.task!r}: "
    if response.right:
        return f"{where}a {'poor' if response.poor else 'right'} response is refused: {message}" if message else ""
    if not message:
        return f"{where}a wrong response passes."
    if response.mistake:
        sentence = sentence_of(master, response.mistake)
        if sentence not in message:
            return f"{where}the sentence of {response.mistake!r} is not what is said: {message}"
    return ""


def sentence_of(master: Exercise, mistake: str) -> str:
    """What a student reads who makes a mistake that the exercise knows."""
    with keys.using(keys.read(master.folder / keys.FILE)):
        return mistakes.named(mistake).sentence
