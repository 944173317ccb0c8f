"""Exercises as master notebooks for `otter assign`, which makes the students' notebook and Gradescope's autograder.

A question is a graded cell of nbgrader's, with its name and its points, so that marks compare name by name:
``check-TASK`` for a check, ``TASK`` for what people mark. A check stays in the notebook for the students, as behind
every other door, and is the question's test besides, in Otter's exception format: the default one refuses a solution
whose check prints. Hidden tests are a test case of their own.

No cell asks for Otter (``init_cell``, ``check_cell`` and ``export_cell`` are false). The test of a question is named
in the metadata of its last cell, and Otter runs it there whatever the notebook's file is called. A
``grader.check`` cell would need a notebook of the master's name; without one, tests would run at the end.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell, new_raw_cell

from twolenses import course, exercises, files, keys
from twolenses.assignments import sealed
from twolenses.errors import AssignmentError, Error, ExerciseError, place
from twolenses.exercises import Exercise, keep_all, public
from twolenses.exercises.master import line_of
from twolenses.exercises.names import needed
from twolenses.exercises.regions import HIDDEN

__all__ = ["REQUIREMENTS", "chosen", "faults", "source", "write"]

REQUIREMENTS = "requirements.txt"

_CONFIG = """\
# ASSIGNMENT CONFIG
# Written by twolenses; yours to change.
init_cell: false
export_cell: false
requirements: {requirements}
tests:
    ok_format: false
"""


def source(master: Exercise, config: str = "") -> Any:
    """The master as a notebook with Otter's questions, solutions and tests.

    Parameters
    ----------
    config
        More lines of the assignment's configuration.
    """
    notebook = exercises.rebuild(master, _mark_solution)
    notebook.metadata["kernelspec"]["language"] = "python"
    settings = _CONFIG.format(requirements=REQUIREMENTS) + config
    notebook.cells = [_raw("otter-config", settings.rstrip()), *_questions(master, notebook.cells)]
    return notebook


def _mark_solution(cell: Any) -> None:
    if "task" in cell.metadata:
        marked = re.sub(r"^(\s*)### BEGIN SOLUTION", r"\1# BEGIN SOLUTION NO PROMPT", cell.source, flags=re.M)
        cell.source = re.sub(r"^(\s*)### END SOLUTION", r"\1# END SOLUTION", marked, flags=re.M)


# ── questions ────────────────────────────────────────────────────────────────────────────────────────


def _questions(master: Exercise, cells: list[Any]) -> Iterator[Any]:
    """The cells of the notebook, with Otter's marks around tasks and checks."""
    began = False
    for number, cell in enumerate(cells):
        following = cells[number + 1] if number + 1 < len(cells) else cell
        if cell.cell_type == "markdown" and "task" in following.metadata:
            yield from (_begin(following, cells), cell)
        elif "task" in cell.metadata:
            if not number or cells[number - 1].cell_type != "markdown":
                yield _begin(cell, cells)
            yield from _marked("solution", cell.metadata["task"], [cell])
            began = "manual" not in cell.metadata
            if not began:
                yield _raw(f"end-{_name(cell)}", "# END QUESTION")
        elif "check" in cell.metadata:
            if not began:
                yield _begin(cell, cells)
            tests = list(_tests(master, cell))
            cell.source = public(cell.source)
            yield cell
            yield from _marked("tests", _name(cell), tests)
            yield _raw(f"end-{_name(cell)}", "# END QUESTION")
            began = False
        else:
            yield cell


def _begin(cell: Any, cells: list[Any]) -> Any:
    """The mark before a question: what people mark is one of its own, any other task is one with its first check."""
    by_hand = "manual" in cell.metadata
    if "task" in cell.metadata and not by_hand:
        cell = next(one for one in cells if one.metadata.get("check") == cell.metadata["task"])
    lines = ["# BEGIN QUESTION", f"name: {_name(cell)}", f"points: {cell.metadata['manual' if by_hand else 'points']}"]
    return _raw(f"begin-{_name(cell)}", "\n".join([*lines, "manual: true" if by_hand else "check_cell: false"]))


def _name(cell: Any) -> str:
    return str(cell.metadata["nbgrader"]["grade_id"])


def _marked(kind: str, name: str, cells: Iterable[Any]) -> Iterator[Any]:
    yield _raw(f"begin-{kind}-{name}", f"# BEGIN {kind.upper()}")
    yield from cells
    yield _raw(f"end-{kind}-{name}", f"# END {kind.upper()}")


def _raw(id: str, text: str) -> Any:
    return new_raw_cell(text, id=id[:64])  # longer ones are no ids of cells


# ── tests ────────────────────────────────────────────────────────────────────────────────────────────


def _tests(master: Exercise, cell: Any) -> Iterator[Any]:
    """The test cases of a check: what students see and, where some is hidden, the whole; the last has the points."""
    points, function = cell.metadata["points"], _name(cell).replace("-", "_")
    if f"### BEGIN {HIDDEN}" not in cell.source:
        yield _test(master, f"{_name(cell)}-test", function, public(cell.source), points)
        return
    yield _test(master, f"{_name(cell)}-test", function, public(cell.source), 0)
    hidden = _test(master, f"{_name(cell)}-hidden", f"{function}_hidden", keep_all(cell.source), points)
    hidden.source = hidden.source.replace("points:", "hidden: true\npoints:", 1)
    yield hidden


def _test(master: Exercise, id: str, function: str, check: str, points: float) -> Any:
    about = f'""" # BEGIN TEST CONFIG\npoints: {points}\n""" # END TEST CONFIG\n'
    return new_code_cell(about + _function(master, function, check), id=id[:64])


def _function(master: Exercise, name: str, check: str) -> str:
    """A check as the function that Otter calls: it takes what it needs of the notebook by its name.

    The key is asked for once more, so that a test does not hang on the notebook's first cell.
    """
    begin = ast.parse(f"from twolenses import check\ncheck.exercise({master.name!r})")
    taken = ", ".join(sorted(_taken(check)))
    made = ast.parse(f"def {name}({taken}): pass")
    assert isinstance(made.body[0], ast.FunctionDef)
    made.body[0].body = [*begin.body, *ast.parse(check).body]
    return ast.unparse(made)


def _taken(check: str) -> set[str]:
    return needed(check) - set(dir(builtins)) - {"check"}


# ── what Otter cannot hold ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Fault:
    cell: Any
    line: int
    sentence: str


def faults(master: Exercise) -> list[str]:
    """Why Otter could not hold an exercise, a sentence each with file, line and remedy."""
    cells = [cell for cell in master.notebook.cells if cell.metadata.get("only") != "page"]
    found = [*_overlapping(cells), *(one for cell in cells for one in [*_misread(cell), *_untestable(master, cell)])]
    return [
        f"{place(master.path, line_of(master, one.cell, one.line) if one.cell.cell_type == 'code' else None)}  "
        f"{one.sentence}"
        for one in found
    ]


def _overlapping(cells: list[Any]) -> Iterator[_Fault]:
    waiting = ""
    for cell in cells:
        if "task" in cell.metadata:
            if waiting:
                yield _Fault(
                    cell, 1, f"begins task {cell.metadata['task']!r} before the check of task {waiting!r}: Otter's "
                    "questions cannot overlap. Put that check before it."
                )  # fmt: skip
            waiting = "" if "manual" in cell.metadata else str(cell.metadata["task"])
        elif cell.metadata.get("check") == waiting:
            waiting = ""


_MARKS = {
    "code": re.compile(r"(?<!##)# ?(?:(?:BEGIN |END )?(?:SOLUTION|IGNORE|PROMPT)|SEED)\b"),
    "markdown": re.compile(r"^\s*```otter|# (?:END )?IGNORE\s*$|^\s*#\s*BEGIN\s*IGNORE", re.I),
    "raw": re.compile(r"^#\s+(?:BEGIN|END|ASSIGNMENT)\s", re.I),
}


def _misread(cell: Any) -> Iterator[_Fault]:
    """Lines that mean something else to Otter."""
    for number, line in enumerate(cell.source.splitlines(), start=1):
        if found := _MARKS[cell.cell_type].search(line):
            yield _Fault(cell, number, f"has {found[0].strip()!r}, which is an order to Otter. Write it otherwise.")


def _untestable(master: Exercise, cell: Any) -> Iterator[_Fault]:
    """Names that cannot be those of files, and checks that cannot be a function."""
    name = str(cell.metadata.get("task") or cell.metadata.get("check") or "")
    if name and not re.fullmatch(r"[A-Za-z0-9_-]+", name):
        yield _Fault(
            cell, 1, f"is called {name!r}, and Otter names a file so. Use letters, digits, hyphens and underscores."
        )
    elif "check" in cell.metadata:
        check = keep_all(cell.source)
        try:
            compile(_function(master, "test", check), "<check>", "exec")
            taken, last = _taken(check), ast.parse(check).body[-1]
        except SyntaxError as error:
            yield _Fault(
                cell, 1, f"is a check that is no function of Python's: {error.msg}. Do in the cell before it what a "
                "check cannot do, such as a line that begins with % or !."
            )  # fmt: skip
            return
        if "env" in taken:
            yield _Fault(cell, 1, "checks 'env', by which Otter calls the whole notebook. Use another name.")
        if _is_value(last):
            yield _Fault(
                cell, 1, f"ends its check in a value, {ast.unparse(last)[:40]}, for a part of the points: Otter gives "
                "all or none. Make each part a check of its own, with its points."
            )  # fmt: skip


def _is_value(last: ast.stmt) -> bool:
    """Whether nbgrader would read a score from the last line of a check."""
    if not isinstance(last, ast.Expr):
        return False
    return not isinstance(last.value, ast.Call) or ast.unparse(last.value.func) in ("float", "int", "round", "sum")


# ── files ────────────────────────────────────────────────────────────────────────────────────────────


def chosen(names: Iterable[str], folder: Path | None = None) -> list[Exercise]:
    """The exercises of these names or numbers, each once.

    Raises
    ------
    AssignmentError
        If any of them is unknown or cannot be read; each has its sentence.
    """
    found: dict[Path, Exercise] = {}
    unknown: list[str] = []
    for name in names:
        try:
            master = exercises.exercise(name, folder)
            found[master.path] = master
        except ExerciseError as error:
            unknown.append(str(error))
    if unknown:
        raise AssignmentError("\n".join(unknown))
    return list(found.values())


def write(masters: Iterable[Exercise], folder: Path, *, shown: bool = False, force: bool = False) -> list[Path]:
    """Write a folder for each exercise, `NAME/NAME.ipynb` and what it needs. All of them are written, or none.

    Parameters
    ----------
    folder
        Where the folders go; made if it does not exist.
    shown
        Whether students get the key of an instructor's own exercise too.
    force
        Overwrite what is not what would be written, and write into a folder that holds other things.

    Returns
    -------
    list of Path
        The files written; none that already is what it should be.

    Raises
    ------
    AssignmentError
        If Otter cannot hold an exercise, the key of a sealed one would be given away, or a folder holds other things.
    """
    wanted: dict[Path, str] = {}
    found: list[str] = []
    for master in masters:
        try:
            mine = _files(master, folder / master.name, shown)
            found += [] if force else _in_the_way(folder / master.name, mine)
            wanted |= mine
        except Error as error:
            found.append(str(error))
    if found:
        raise AssignmentError("\n".join(found))
    try:
        written = [path for path, text in wanted.items() if not _is(path, text)]
        for path in written:
            files.write(path, wanted[path])
    except OSError as error:
        raise AssignmentError(f"{place(folder)}  cannot be written: {error.strerror}. Choose another -o.") from error
    return written


def _files(master: Exercise, folder: Path, shown: bool) -> dict[Path, str]:
    """Path → text of what `otter assign` needs."""
    if unheld := faults(master):
        raise AssignmentError("\n".join(unheld))
    # In the autograder the key lies beside the notebook, over whatever a student has called so.
    key = next(iter(sealed.files_of(master, folder, shown=shown).values()), None)
    config = f"{'files' if shown else 'autograder_files'}:\n    - {keys.FILE}\n" if key else ""
    needs = f"# Where this is graded.\ntwolenses[notebook] @ {course.repository()}/archive/HEAD.zip\n"
    found = {folder / f"{master.name}.ipynb": exercises.writes(source(master, config)), folder / REQUIREMENTS: needs}
    return found | ({folder / keys.FILE: key} if key else {})


def _in_the_way(folder: Path, wanted: dict[Path, str]) -> Iterator[str]:
    differs = next((path for path, text in wanted.items() if path.exists() and not _is(path, text)), None)
    if differs:
        yield (
            f"{place(differs)}  is there and differs from what would be written: you have edited it, or another "
            "release wrote it. Keep it, or add --force."
        )
    elif (folder.is_dir() and any(folder.iterdir()) and not any(map(Path.exists, wanted))) or folder.is_file():
        yield f"{place(folder)}  is there and holds other things. Choose another -o, or add --force."


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8", errors="replace") == text
