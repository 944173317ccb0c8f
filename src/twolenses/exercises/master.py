"""Exercise masters: one MyST notebook with solutions, from which everything else is made.

An exercise is a folder: `exercise.md`, the master; `key.py`, its answers and mistakes (:mod:`twolenses.keys`);
`answers.yml`, what students answer (:mod:`twolenses.exercises.trial`); and the student's notebook, made from the
master and called like the folder. A master is a notebook that runs as it stands. Cell options say what a cell is:

- ``:task: NAME`` — the student works here; ``### BEGIN SOLUTION … ### END SOLUTION`` is taken out for them; with
  ``:manual: N`` people give it N points, by the ``{criteria}`` that follows;
- ``:check: NAME`` with ``:points: N`` — checks the task; ``### BEGIN HIDDEN TESTS … ### END HIDDEN TESTS`` is
  run by the grader only;
- ``:only: notebook`` or ``:only: page`` — the cell is not for the other, as a slider is not for a printed page.

Directives between the cells: ``{hint}``, ``{explanation} NAME`` (folded with the solution, not in the student's
copy) and ``{criteria} NAME``. ``try: NAME`` in the front matter names the task that runs in the page
(:mod:`twolenses.exercises.trying`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from twolenses import course
from twolenses.errors import ExerciseError, place, suggestion
from twolenses.exercises.regions import SOLUTION

__all__ = ["FILE", "Exercise", "Task", "exercise", "line_of", "masters", "name_of", "path", "read", "superseded"]

FILE = "exercise.md"


@dataclass(frozen=True)
class Task:
    """One task: its name, the points of its checks, and those that people give."""

    name: str
    points: float
    manual: float = 0


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
    predict: tuple[str, ...] = ()
    varied: Mapping[str, Any] = field(default_factory=dict)
    """What a student's own copy has in the place of the standard values (:mod:`twolenses.exercises.vary`)."""

    @property
    def name(self) -> str:
        """Name of the folder: ``01-newspaper-number``."""
        return name_of(self.path)

    @property
    def folder(self) -> Path:
        """The exercise's folder. A master that is a file of its own, ``NAME.md``, may have ``NAME/`` beside it."""
        return self.path.parent if self.path.name == FILE else self.path.with_suffix("")

    @property
    def notebook_path(self) -> Path:
        """Where the student's notebook lies: ``…/01-newspaper-number/01-newspaper-number.ipynb``."""
        return self.path.with_name(f"{self.name}.ipynb")

    @property
    def points(self) -> float:
        """Points of all checks, and of what people grade."""
        return sum(task.points + task.manual for task in self.tasks)


def masters(folder: Path | None = None) -> list[Path]:
    """The masters of the course, or of an instructor's own folder, in order of their names.

    A master that is a file of its own, ``NAME.md``, as release 0.1 had them, is found too.
    """
    folder = folder or course.root() / "exercises" / "notebooks"
    flat = [path for path in folder.glob("*.md") if path.stem != "README" and not (folder / path.stem / FILE).is_file()]
    return sorted([*folder.glob(f"*/{FILE}"), *flat], key=name_of)


def superseded(paths: Iterable[Path]) -> list[str]:
    """What is still read of an earlier release and has a new place or word since, a sentence each."""
    flat = next((path for path in paths if path.name != FILE), None)
    found = (
        []
        if flat is None
        else [
            f"{place(flat)}  is read, but since release 0.2 an exercise is a folder: {flat.stem}/{FILE}, and beside "
            f"it {flat.stem}/key.py and answers.yml."
        ]
    )
    for key in (path.with_name("key.py") for path in paths if path.name == FILE):
        old = re.search(r"^@mistake\(of=", key.read_text("utf-8"), re.M) if key.is_file() else None
        if old:
            line = key.read_text("utf-8").count("\n", 0, old.start()) + 1
            found.append(f"{place(key, line)}  '@mistake(of=…)' is read, but the word is now 'about'.")
    return found


def name_of(path: Path) -> str:
    """What an exercise is called, by the path of its master."""
    return path.parent.name if path.name == FILE else path.stem


def exercise(name: str, folder: Path | None = None) -> Exercise:
    """One exercise by its name, with or without its number, or by the number alone.

    Raises
    ------
    ExerciseError
        If there is none (the sentence names the nearest), or its master does not have its form.
    """
    return read(path(name, folder))


def path(name: str, folder: Path | None = None) -> Path:
    """Where the master of that exercise lies.

    Raises
    ------
    ExerciseError
        If there is none; the sentence names the nearest.
    """
    found = {name_of(one): one for one in masters(folder)}
    for called, one in found.items():
        number, _, rest = called.partition("-") if called[:2].isdigit() else ("", "", called)
        if name in (called, rest, number, number.lstrip("0")):
            return one
    raise ExerciseError(f"There is no exercise {name!r}. {suggestion(name, found)}")


def line_of(master: Exercise, cell: Any, within: int = 1) -> int:
    """The line of the master's file where a line of a code cell's source stands, both counted from 1."""
    lines = _text(master.path).splitlines()
    fences = [number for number, line in enumerate(lines, start=1) if re.match(r"`{3,}\{code-cell\}", line)]
    coded = [one for one in master.notebook.cells if one.cell_type == "code"]
    fence = dict(zip(map(id, coded), fences, strict=False)).get(id(cell), 1)
    source = cell.source.splitlines()
    starts = (start for start in range(fence, len(lines)) if lines[start : start + len(source)] == source)
    return next(starts, fence - 1) + within


def read(path: Path) -> Exercise:
    """Read a master and hold it to its form.

    Raises
    ------
    ExerciseError
        If it cannot be read, a marker is unterminated or out of place, a check has no task or no points, or the
        front matter lacks title, chapter, minutes or difficulty. The sentence says where.
    """
    text = _text(path)
    _hold_markers(path, text)
    notebook = _notebook(path, text)
    meta = notebook.metadata.get("exercise", {})
    if not isinstance(meta, dict):
        raise ExerciseError(f"{place(path, 1)}  front matter: 'exercise:' needs 'chapter:', 'minutes:' and others.")
    for key in ("chapter", "minutes", "difficulty"):
        if key not in meta:
            raise ExerciseError(f"{place(path, 1)}  front matter has no 'exercise: {key}:'. Add it.")
    title = re.search(r"^# (.+)$", text, re.M)
    if not title:
        raise ExerciseError(f"{place(path)}  has no title. Its first heading starts with '# '.")
    return Exercise(
        path=path,
        title=title[1],
        chapter=_whole(path, meta, "chapter"),
        minutes=_whole(path, meta, "minutes"),
        difficulty=str(meta["difficulty"]),
        tasks=_tasks(path, text, notebook),
        notebook=notebook,
        predict=tuple(map(str, meta.get("predict", ()))),
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ExerciseError(f"{place(path)}  cannot be read: {error}. Save it as UTF-8.") from error


def _notebook(path: Path, text: str) -> Any:
    import jupytext  # slow: it imports a server of notebooks

    try:
        return jupytext.reads(text, fmt="md:myst")
    except Exception as error:  # jupytext raises what its parsers raise
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        message = getattr(error, "problem", None) or error
        raise ExerciseError(
            f"{place(path, mark.line + 2 if mark else 1)}  is not a MyST notebook: {message}. "
            "Look at the front matter and at the options of cells."
        ) from error


def _whole(path: Path, meta: dict[str, Any], key: str) -> int:
    try:
        return int(meta[key])
    except (TypeError, ValueError):
        raise ExerciseError(f"{place(path, 1)}  front matter: 'exercise: {key}:' needs a whole number.") from None


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
    manual: dict[str, float] = {}
    for cell in notebook.cells:
        meta = cell.metadata
        if "only" in meta:
            _hold_only(path, line_of(f"only: {meta['only']}"), meta)
        if "task" in meta:
            name = str(meta["task"])
            where = place(path, line_of(f"task: {name}"))
            if name in points:
                raise ExerciseError(f"{where}  a second task is called {name!r}. Rename it.")
            if f"### BEGIN {SOLUTION}" not in cell.source:
                raise ExerciseError(f"{where}  task {name!r} has no solution between markers.")
            points[name] = 0
            if "manual" in meta:
                manual[name] = _points(
                    meta["manual"], f"{where}  task {name!r} needs a number above 0 after ':manual:'."
                )
        elif "check" in meta:
            name = str(meta["check"])
            where = place(path, line_of(f"check: {name}"))
            if name not in points:
                raise ExerciseError(
                    f"{where}  check {name!r} comes before any task of that name. {suggestion(name, points)}"
                )
            points[name] += _points(
                meta.get("points"), f"{where}  check {name!r} needs ':points:' and a number above 0."
            )
    if not points:
        raise ExerciseError(f"{place(path)}  has no task. Give a code cell the option ':task: NAME'.")
    for name, sum_of_points in points.items():
        if not sum_of_points:
            raise ExerciseError(f"{place(path, line_of(f'task: {name}'))}  task {name!r} has no check.")
    return tuple(Task(name, value, manual.get(name, 0)) for name, value in points.items())


def _points(value: Any, sentence: str) -> float:
    if not isinstance(value, (int, float)) or value <= 0:
        raise ExerciseError(sentence)
    return value


def _hold_only(path: Path, line: int, meta: dict[str, Any]) -> None:
    if meta["only"] not in ("notebook", "page"):
        raise ExerciseError(f"{place(path, line)}  ':only: {meta['only']}' is neither 'notebook' nor 'page'.")
    if meta["only"] == "notebook" and "skip-execution" not in meta.get("tags", []):
        raise ExerciseError(
            f"{place(path, line)}  a cell for the notebook only would run for the page. "
            "Add the option ':tags: [skip-execution]'."
        )
