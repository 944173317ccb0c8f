"""What is wrong with a notebook that a student hands in, before anything of it is run."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from twolenses import __version__
from twolenses.errors import ExerciseError, place
from twolenses.exercises.master import Exercise
from twolenses.exercises.regions import public, starter

__all__ = ["faults"]


def faults(path: Path, master: Exercise) -> list[str]:
    """What keeps a notebook from being graded as its author expects, a sentence each; empty where all is well.

    Parameters
    ----------
    path
        The notebook as it was handed in.
    master
        The exercise it should be.
    """
    try:
        notebook = _read(path)
    except ExerciseError as error:
        return [str(error)]
    meta = notebook.metadata.get("two_lenses", {})
    if meta.get("exercise", master.name) != master.name:
        return [
            f"{place(path)}  is the notebook of exercise {meta['exercise']!r}, not of {master.name!r}. "
            f"Hand in {master.name}.ipynb."
        ]
    rules = (_release, _cells, _checks, _variables)
    return [f"{place(path)}  {sentence}" for rule in rules for sentence in rule(notebook, master)]


def _read(path: Path) -> Any:
    try:
        return nbformat.read(path, as_version=4)
    except OSError as error:
        raise ExerciseError(f"{place(path)}  cannot be read: {error.strerror}.") from error
    except Exception as error:  # nbformat raises what its parsers raise
        raise ExerciseError(
            f"{place(path)}  is not a notebook ({type(error).__name__}). "
            "Hand in the .ipynb file that Jupyter saves, not a copy as text or PDF."
        ) from error


def _release(notebook: Any, master: Exercise) -> Iterator[str]:
    needs = str(notebook.metadata.get("two_lenses", {}).get("needs", "0"))
    if _release_of(needs) > _release_of(__version__):
        yield f"was made for twolenses {needs}; this is {__version__}. Update the package before grading."


def _release_of(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2] if part.isdigit())


def _cells(notebook: Any, master: Exercise) -> Iterator[str]:
    for kind in ("task", "check"):
        asked = Counter(str(cell.metadata[kind]) for cell in master.notebook.cells if kind in cell.metadata)
        found = Counter(str(cell.metadata[kind]) for cell in notebook.cells if kind in cell.metadata)
        for name, times in asked.items():
            if found[name] < times:
                yield f"the {kind} cell {name!r} is missing: it counts as unanswered. Copy it from the original."
            elif found[name] > times:
                yield f"the {kind} cell {name!r} is there {found[name]} times. Keep one: the last one is graded."


def _checks(notebook: Any, master: Exercise) -> Iterator[str]:
    given = {_bare(public(cell.source)) for cell in master.notebook.cells if "check" in cell.metadata}
    for cell in notebook.cells:
        if "check" in cell.metadata and _bare(cell.source) not in given:
            yield f"the check of {cell.metadata['check']!r} was changed. It is put back when it is graded."


def _bare(source: str) -> str:
    return "\n".join(line.rstrip() for line in source.splitlines() if line.strip())


def _variables(notebook: Any, master: Exercise) -> Iterator[str]:
    bound: set[str] = set()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            bound |= _bound(cell.source)
    for cell in master.notebook.cells:
        if "task" in cell.metadata:
            for name in sorted(_bound(starter(cell.source)) - bound):
                asks = f"which task {cell.metadata['task']!r} asks for"
                yield f"nothing is called {name!r}, {asks}. Give it back its name."


def _bound(source: str) -> set[str]:
    """Names that a cell binds; none where it cannot be read, as with a line that ends in the middle."""
    try:
        tree = ast.parse("\n".join(line for line in source.splitlines() if not line.lstrip().startswith(("%", "!"))))
    except (SyntaxError, ValueError):
        return set()
    stored = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return stored | {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
