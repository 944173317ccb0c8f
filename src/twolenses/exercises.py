"""Exercise masters: one MyST notebook with solutions, from which everything else is made.

A master is a notebook that runs as it stands. Cell options say what a cell is:

- ``:task: NAME`` — the student works here; ``### BEGIN SOLUTION … ### END SOLUTION`` is taken out for them;
- ``:check: NAME`` with ``:points: N`` — checks the task; ``### BEGIN HIDDEN TESTS … ### END HIDDEN TESTS`` is
  run by the grader only.

Sphinx and nbgrader are not needed here.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from twolenses import course
from twolenses.errors import ExerciseError, near, place

__all__ = ["Exercise", "Task", "exercise", "masters", "public", "read", "solution", "starter", "student"]

SOLUTION, HIDDEN = "SOLUTION", "HIDDEN TESTS"

_INSTALL = """\
# Installs the course package where it is missing (Colab, a fresh machine). Run it first.
import importlib.util

if importlib.util.find_spec("twolenses") is None:
    %pip install -q "twolenses[notebook] @ git+{repository}"
"""


@dataclass(frozen=True)
class Task:
    """One task: its name, and the points of its checks."""

    name: str
    points: float


@dataclass(frozen=True)
class Exercise:
    """An exercise as its master describes it."""

    path: Path
    title: str
    chapter: int
    minutes: int
    difficulty: str
    tasks: tuple[Task, ...]
    notebook: Any

    @property
    def name(self) -> str:
        """File name without suffix: ``01-newspaper-number``."""
        return self.path.stem

    @property
    def points(self) -> float:
        """Points of all checks."""
        return sum(task.points for task in self.tasks)


# ── regions ──────────────────────────────────────────────────────────────────────────────────────────


def cut(source: str, region: str, *, keep: bool = False) -> str:
    """`source` without the lines between the region's markers, or (`keep`) without the markers only."""
    kept, inside = [], False
    for line in source.splitlines():
        if line.strip() in (f"### BEGIN {region}", f"### END {region}"):
            inside = line.strip().startswith("### BEGIN")
        elif keep or not inside:
            kept.append(line)
    return "\n".join(kept)


def starter(source: str) -> str:
    """What the student finds in a task cell."""
    return cut(source, SOLUTION)


def solution(source: str) -> str:
    """A solved task cell, without markers."""
    return cut(source, SOLUTION, keep=True)


def public(source: str) -> str:
    """A check cell without its hidden tests."""
    return cut(source, HIDDEN)


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────


def masters(folder: Path | None = None) -> list[Path]:
    """The masters of the course, or of an instructor's own folder, in order."""
    return sorted((folder or course.root() / "exercises" / "notebooks").glob("*.md"))


def exercise(name: str, folder: Path | None = None) -> Exercise:
    """One exercise by its name, or by the number it starts with.

    Raises
    ------
    ExerciseError
        If there is none; the sentence names the nearest.
    """
    found = {path.stem: path for path in masters(folder)}
    for stem, path in found.items():
        if name in (stem, stem[:2], stem[:2].lstrip("0")):
            return read(path)
    raise ExerciseError(f"There is no exercise {name!r}. {near(name, found)}")


def read(path: Path) -> Exercise:
    """Read a master and hold it to its form.

    Raises
    ------
    ExerciseError
        If a marker is unterminated or out of place, a check has no task or no points, or the front matter
        lacks title, chapter, minutes or difficulty. The sentence says where.
    """
    text = path.read_text(encoding="utf-8")
    _hold_markers(path, text)
    notebook = jupytext.reads(text, fmt="md:myst")
    meta = notebook.metadata.get("exercise", {})
    for key in ("chapter", "minutes", "difficulty"):
        if key not in meta:
            raise ExerciseError(f"{place(path, 1)}  front matter has no 'exercise: {key}:'. Add it.")
    title = re.search(r"^# (.+)$", text, re.M)
    if not title:
        raise ExerciseError(f"{place(path)}  has no title. Its first heading starts with '# '.")
    return Exercise(
        path=path,
        title=title[1],
        chapter=int(meta["chapter"]),
        minutes=int(meta["minutes"]),
        difficulty=str(meta["difficulty"]),
        tasks=_tasks(path, text, notebook),
        notebook=notebook,
    )


def _hold_markers(path: Path, text: str) -> None:
    """Every region is opened and closed inside one code cell, and a region of each kind stands where it belongs."""
    opened: tuple[str, int] | None = None
    cell = ""
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if stripped.startswith("```"):
            if opened:
                raise ExerciseError(
                    f"{place(path, opened[1])}  '### BEGIN {opened[0]}' is never ended. "
                    f"Write '### END {opened[0]}' before the cell ends."
                )
            cell = "" if cell else stripped
        found = re.match(r"#+\s*(BEGIN|END) (SOLUTION|HIDDEN TESTS)\b", stripped)
        if not found:
            continue
        word, region = found.groups()
        if stripped != f"### {word} {region}":
            raise ExerciseError(f"{place(path, number)}  {stripped!r}: write the marker as '### {word} {region}'.")
        if "code-cell" not in cell:
            raise ExerciseError(f"{place(path, number)}  {stripped!r} stands outside a code cell.")
        if word == "BEGIN":
            if opened:
                raise ExerciseError(
                    f"{place(path, number)}  {stripped!r} inside the region opened in line {opened[1]}. End that first."
                )
            opened = (region, number)
        elif opened is None or opened[0] != region:
            raise ExerciseError(f"{place(path, number)}  {stripped!r} ends nothing: no '### BEGIN {region}' before it.")
        else:
            opened = None
    if opened:
        raise ExerciseError(
            f"{place(path, opened[1])}  '### BEGIN {opened[0]}' is never ended. Write '### END {opened[0]}'."
        )


def _tasks(path: Path, text: str, notebook: Any) -> tuple[Task, ...]:
    def line_of(option: str) -> int:
        for number, line in enumerate(text.splitlines(), start=1):
            if re.fullmatch(rf":?{option}", line.strip()):
                return number
        return 1

    points: dict[str, float] = {}
    for cell in notebook.cells:
        meta = cell.metadata
        if "task" in meta:
            name = str(meta["task"])
            if name in points:
                raise ExerciseError(
                    f"{place(path, line_of(f'task: {name}'))}  a second task is called {name!r}. Rename it."
                )
            if f"### BEGIN {SOLUTION}" not in cell.source:
                raise ExerciseError(
                    f"{place(path, line_of(f'task: {name}'))}  task {name!r} has no solution between markers."
                )
            points[name] = 0
        elif "check" in meta:
            name = str(meta["check"])
            where = place(path, line_of(f"check: {name}"))
            if name not in points:
                raise ExerciseError(f"{where}  check {name!r} comes before any task of that name. {near(name, points)}")
            if not isinstance(meta.get("points"), (int, float)) or meta["points"] <= 0:
                raise ExerciseError(f"{where}  check {name!r} needs ':points:' and a number above 0.")
            points[name] += meta["points"]
    if not points:
        raise ExerciseError(f"{place(path)}  has no task. Give a code cell the option ':task: NAME'.")
    for name, sum_of_points in points.items():
        if not sum_of_points:
            raise ExerciseError(f"{place(path, line_of(f'task: {name}'))}  task {name!r} has no check.")
    return tuple(Task(name, value) for name, value in points.items())


# ── the student's notebook ───────────────────────────────────────────────────────────────────────────


def student(master: Exercise) -> Any:
    """The notebook a student opens: no solution, no hidden test, no output, stable cell ids."""

    def code(cell: Any) -> None:
        if "task" in cell.metadata:
            cell.source = starter(cell.source)
        elif "check" in cell.metadata:
            cell.source = public(cell.source)

    return rebuild(master, code)


def rebuild(master: Exercise, code: Callable[[Any], None]) -> Any:
    """A new notebook from the master's cells; `code` changes each code cell in place."""
    # Not the master's metadata: a `jupytext` entry would make Jupyter pair the copy with the master.
    kernel = master.notebook.metadata["kernelspec"]
    install = new_code_cell(_INSTALL.rstrip().format(repository=course.repository()), id="install")
    return new_notebook(
        cells=[install, *_cells(master, code)],
        metadata={
            "kernelspec": kernel,
            "language_info": {"name": "python"},
            "two_lenses": {"exercise": master.name},
        },
    )


def writes(notebook: Any) -> str:
    """A notebook as the text of its file."""
    return str(nbformat.writes(notebook)) + "\n"


def _cells(master: Exercise, code: Callable[[Any], None]) -> Iterator[Any]:
    for number, cell in enumerate(master.notebook.cells, start=1):
        new = copy.deepcopy(cell)
        new.id = f"cell-{number:02d}"  # stable: the file is committed and compared
        if cell.cell_type == "markdown":
            new.source = plain(cell.source)
        else:
            new.outputs, new.execution_count = [], None
            code(new)
            new.metadata.pop("mystnb", None)
        yield new


_HINT = re.compile(r"^(`{3,}|:{3,})\{hint\}[^\n]*\n(?::[^\n]*\n)*(.*?)\n\1[ \t]*$", re.M | re.S)
_NOTE = re.compile(r"^(`{3,}|:{3,})\{(?:note|admonition|tip)\}([^\n]*)\n(?::[^\n]*\n)*(.*?)\n\1[ \t]*$", re.M | re.S)
_ROLE = re.compile(r"\{(fact|claim|term|doc|ref)\}`([^`<]+?)(?:\s*<([^>`]+)>)?`")


def plain(markdown: str) -> str:
    """Markdown as Jupyter and Colab show it: hints become `<details>`, roles become their text."""
    text = _HINT.sub(r"<details><summary>Hint</summary>\n\n\2\n\n</details>", markdown)
    text = _NOTE.sub(lambda found: "\n".join(f"> {line}".rstrip() for line in _quoted(found)), text)
    return _ROLE.sub(lambda found: _role(found[1], found[2]), text)


def _quoted(found: re.Match[str]) -> list[str]:
    title = [f"**{found[2].strip()}**", ""] if found[2].strip() else []
    return title + found[3].splitlines()


def _role(role: str, text: str) -> str:
    if role == "fact":
        from twolenses.facts import figure

        return str(figure(text))
    return text
