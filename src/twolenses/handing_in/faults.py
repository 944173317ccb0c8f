"""What is wrong with a notebook that a student hands in, before anything of it is run.

What is mended as it is graded (:mod:`twolenses.handing_in.mend`) is no fault, and is told apart from what may cost
marks or needs a person.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from twolenses import __version__, exercises
from twolenses.errors import ExerciseError, HandingInError, place, suggestion
from twolenses.exercises import Exercise
from twolenses.handing_in import notebooks, variants
from twolenses.handing_in.cells import Original, originals
from twolenses.handing_in.mend import Mended, mend
from twolenses.handing_in.names import asks_for_input, binds, needs

__all__ = ["Verdict", "faults", "find", "verdicts"]


@dataclass
class Verdict:
    """What there is to say about one file."""

    path: Path
    exercise: str = ""
    faults: list[str] = field(default_factory=list)
    """What may cost marks, a sentence each, with the file."""
    mends: list[str] = field(default_factory=list)
    """What is put right when it is graded, a few words each."""

    @property
    def summary(self) -> str:
        """What a table says of it."""
        if self.faults:
            return f"look at it: {len(self.faults)} {'sentence' if len(self.faults) == 1 else 'sentences'}"
        return "; ".join(["can be graded", *self.mends])


def find(paths: Iterable[Path]) -> list[Path]:
    """The notebooks among files and folders, in order; what computers leave behind is passed over."""
    found = {
        one
        for path in paths
        for one in ([path] if path.is_file() else path.rglob("*.ipynb"))
        if one.is_file() and not notebooks.is_leftover(one.relative_to(path).parts or one.parts[-1:])
    }
    return sorted(found)


def verdicts(paths: Iterable[Path], exercise: str | None = None, masters: Path | None = None) -> list[Verdict]:
    """Judge every file; one that cannot be read does not silence the others.

    Parameters
    ----------
    exercise
        Number or name of the exercise that they all should be; without it, each notebook tells by what is in it.
    masters
        An instructor's own folder of masters.

    Raises
    ------
    ExerciseError
        If there is no exercise of that name.
    """
    known = {exercises.name_of(path): path for path in exercises.masters(masters)}
    wanted = exercises.exercise(exercise, masters).name if exercise else None

    @cache
    def master(name: str) -> Exercise:
        return exercises.read(known[name])

    @cache
    def cells(name: str) -> list[Original]:
        try:
            return originals(exercises.student(master(name)))
        except ExerciseError:
            return []

    def judge(path: Path) -> Verdict:
        verdict = Verdict(path)
        try:
            notebook = notebooks.read(path.read_bytes())
            name = notebooks.which(notebook, known, cells, path.name) or wanted
            if name is None:
                raise HandingInError(
                    "is no notebook of an exercise: none of its cells is one of ours. Name it with --exercise."
                )
            verdict.exercise = name
            if wanted and name != wanted:
                raise HandingInError(
                    f"is the notebook of exercise {name!r}, not of {wanted!r}. Hand in {wanted}.ipynb."
                )
            if name not in known:
                raise HandingInError(
                    f"is the notebook of exercise {name!r}, which is not known here. {suggestion(name, known)}"
                )
            student, record = _copy(path, name)
            verdict.faults, verdict.mends = faults(notebook, master(name), record.cells if record else ())
            if record and (said := variants.flag(notebook, student, record)):
                verdict.faults.append(f"{said}.")
            verdict.faults += _placed(path, name)
        except HandingInError as error:
            verdict.faults.append(str(error))
        except OSError as error:
            verdict.faults.append(f"cannot be read: {error.strerror}.")
        except ExerciseError as error:
            verdict.faults.append(f"cannot be judged: {error}")
        verdict.faults = [f"{place(path)}  {fault}" for fault in verdict.faults]
        return verdict

    return [judge(path) for path in paths]


def _copy(path: Path, name: str) -> tuple[str, variants.Record | None]:
    """Whose folder a notebook lies in, and what each student's copy has, where they differ."""
    folders = path.resolve().parts
    if len(folders) < 4 or folders[-4] != "submitted":
        return "", None
    return folders[-3], variants.read(variants.path_of(Path(*folders[:-4]), name))


def faults(notebook: Any, master: Exercise, varying: Collection[str] = ()) -> tuple[list[str], list[str]]:
    """What keeps a notebook from being graded as its author expects, and what is mended when it is graded.

    Parameters
    ----------
    notebook
        As it was handed in; it is left as it is.
    master
        The exercise it should be.
    varying
        Names of cells that differ by student, which are no changes of theirs.
    """
    asked = originals(exercises.student(master))
    mended = copy.deepcopy(notebook)
    done = mend(mended, asked)
    done.changed = [name for name in done.changed if name not in varying]
    rules = [*_release(notebook), *_answers(notebook, mended, done, master), *_order(mended), *_waiting(mended)]
    return rules, list(_mends(done))


def _release(notebook: Any) -> Iterator[str]:
    metadata_of_ours = notebook.metadata.get("two_lenses", {})
    wanted = str(metadata_of_ours.get("needs", "0")) if isinstance(metadata_of_ours, dict) else "0"
    if _release_of(wanted) > _release_of(__version__):
        yield f"was made for twolenses {wanted}; this is {__version__}. Update the package before grading."


def _release_of(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2] if part.isdigit())


def _answers(notebook: Any, mended: Any, done: Mended, master: Exercise) -> Iterator[str]:
    """Every task's names are bound somewhere, and its cell is there once."""
    bound = set().union(*(binds(cell.source) for cell in notebook.cells if cell.cell_type == "code"))
    present = {cell.metadata["nbgrader"]["grade_id"] for cell in mended.cells if "nbgrader" in cell.metadata}
    copies = Counter(done.copied)
    for cell in exercises.student(master).cells:
        if "task" not in cell.metadata:
            continue
        task = str(cell.metadata["task"])
        lost = sorted(binds(cell.source) - bound)
        if lost and (task not in present or task in done.missing):
            yield f"the task cell {task!r} is missing: it counts as unanswered. Copy it from the original."
        else:
            for name in lost:
                yield f"nothing is called {name!r}, which task {task!r} asks for. Give it back its name."
        if copies[task]:
            yield f"the task cell {task!r} is there {copies[task] + 1} times. Keep one: the last one is graded."


def _order(mended: Any) -> Iterator[str]:
    """What a check needs is bound above it."""
    first: dict[str, int] = {}
    for number, cell in enumerate(mended.cells):
        for name in binds(cell.source) if cell.cell_type == "code" else ():
            first.setdefault(name, number)
    for number, cell in enumerate(mended.cells):
        if cell.metadata.get("nbgrader", {}).get("grade") and cell.metadata["nbgrader"]["locked"]:
            check = cell.metadata["nbgrader"]["grade_id"].removeprefix("check-")
            for name in sorted(needs(cell.source)):
                if first.get(name, -1) > number:
                    yield f"the check of {check!r} stands above the cell that binds {name!r}. Move that cell above it."


def _waiting(mended: Any) -> Iterator[str]:
    for cell in mended.cells:
        if cell.cell_type == "code" and asks_for_input(cell.source):
            where = cell.metadata.get("nbgrader", {}).get("grade_id")
            called = f"task {where!r}" if where else f"the cell {cell.source.strip().splitlines()[0][:40]!r}"
            yield f"{called} waits at input(), and nobody types while it is graded. Write the value in its place."


def _placed(path: Path, name: str) -> Iterator[str]:
    """Where it lies as nbgrader has it, in `submitted/STUDENT/NAME`: its name, and whether it is graded already."""
    folders = path.resolve().parts
    if len(folders) < 4 or folders[-4] != "submitted":
        return
    if folders[-2] != name or path.name != f"{name}.ipynb":
        yield (
            f"is the notebook of {name!r}, and nbgrader would pass it over. "
            f"Move it to {name}/{name}.ipynb, as 'twolenses collect' does."
        )
    graded = Path(*folders[:-4], "autograded", *folders[-3:])
    if graded.is_file() and graded.stat().st_mtime < path.stat().st_mtime:
        yield (
            "has changed since it was graded, and nbgrader keeps the old grade. "
            f"Grade it with: nbgrader autograde {folders[-2]} --student={folders[-3]} --force"
        )


def _mends(done: Mended) -> Iterator[str]:
    """A few words for each kind of mend, with the names of the cells."""
    if done.unnamed:
        yield f"{len(done.unnamed)} cells known again"
    added = [name for name in done.changed if name in done.kept]
    others = [name for name in done.changed if name not in done.kept and name != "install"]
    if others:
        yield f"changed and put back: {', '.join(others)}"
    if added:
        yield f"put back, with what was added run before it: {', '.join(added)}"
    if missing := [name for name in done.missing if name != "install"]:  # a notebook that ran in the browser has none
        yield f"missing and put back: {', '.join(missing)}"
    if copies := [name for name in dict.fromkeys(done.copied) if name.startswith(("check-", "given-", "install"))]:
        yield f"copied, the last one counts: {', '.join(copies)}"
