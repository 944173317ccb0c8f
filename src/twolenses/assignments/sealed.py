"""Sealed exercises: an instructor's own exercise is released without its key, which the grader alone has.

The students' checks then look at the form of an answer (:mod:`twolenses.keys`). While nbgrader grades, the key and
the sentences of its mistakes come from `keys/NAME/key.py` in the course directory, which the configuration that we
write names. nbgrader releases what lies in `source/NAME/`, and nothing else.

A submission runs where the key lies, as it does with nbgrader's hidden tests: code that sets out to read the key can
print it, and feedback would show it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from twolenses import answers, course, keys
from twolenses.errors import AssignmentError, place
from twolenses.exercises import Exercise, public, starter

__all__ = ["CONFIG", "EMPTY", "faults", "files_of", "is_own", "to_add"]

CONFIG = f"""
# The keys of sealed exercises, keys/NAME/{keys.FILE}: beside this file, and in no folder that students are given.
import os
from pathlib import Path

os.environ["{keys.FOLDER}"] = str(Path(__file__).resolve().parent / "keys")
"""
"""What nbgrader_config.py needs at its end."""

EMPTY = '"""Every key of this exercise is a fact."""\n'


def is_own(master: Exercise) -> bool:
    """Whether an exercise is an instructor's own, and not one of the course, whose keys are public."""
    return master.folder.resolve().parent != (course.root() / "exercises" / "notebooks").resolve()


def files_of(master: Exercise, folder: Path, *, shown: bool = False) -> dict[Path, str]:
    """The files with the key that a course directory needs, and their text.

    Parameters
    ----------
    folder
        The course directory.
    shown
        Whether students get the key, beside their notebook.

    Returns
    -------
    dict
        Empty for an exercise of the course: its key comes with the package.

    Raises
    ------
    AssignmentError
        If the exercise is called like one of the course, or would give its key away though it is to be sealed.
    ExerciseError
        If the key cannot be read.
    """
    if not is_own(master):
        return {}
    if (course.root() / "exercises" / "notebooks" / master.name).is_dir():
        raise AssignmentError(
            f"{place(master.path)}  is called like an exercise of the course, whose key everybody has. Rename its "
            f"folder, and the name in check.exercise({master.name!r})."
        )
    beside = folder / "source" / master.name / keys.FILE
    if not shown and (found := [*faults(master), *_left(beside)]):
        raise AssignmentError("\n".join(found))
    key = master.folder / keys.FILE
    text = key.read_text(encoding="utf-8") if key.is_file() else EMPTY
    return {folder / "keys" / master.name / keys.FILE: text} | ({beside: text} if shown else {})


def to_add(config: Path) -> str:
    """What an instructor's own configuration lacks, in a sentence; nothing where it names the folder of keys."""
    if not config.is_file() or keys.FOLDER in config.read_text(encoding="utf-8", errors="replace"):
        return ""
    return f"{place(config)}  does not say where keys lie, so nothing could be graded. Add at its end:\n{CONFIG}"


def _left(beside: Path) -> Iterator[str]:
    if beside.is_file():
        yield f"{place(beside)}  would be released with the exercise. Delete it to seal the exercise, or say --open."


# ── what an exercise would give away ─────────────────────────────────────────────────────────────────


def faults(master: Exercise) -> list[str]:
    """Why an exercise cannot be sealed, a sentence each: what students see would name an answer."""
    values = list(_values(master))
    return [
        f"{place(master.path)}  cell {number} {sentence}"
        for number, cell in enumerate(master.notebook.cells, start=1)
        if cell.cell_type == "code" and cell.metadata.get("only") != "page"
        for sentence in _given_away(cell, values)
    ]


def _values(master: Exercise) -> Iterator[tuple[str, Any]]:
    """The key of every answer that is no function."""
    key = keys.read(master.folder / keys.FILE)
    with keys.using(key):
        for name in key.answers:
            try:
                value = answers.key(name)
            except Exception as error:  # whatever an author's function may raise
                raise AssignmentError(
                    f"{place(master.folder / keys.FILE)}  the answer {name!r} stops with "
                    f"{type(error).__name__}: {error}. 'twolenses validate exercises' tries every answer."
                ) from error
            if isinstance(value, pd.DataFrame):
                yield name, _plain(value.to_dict("list"))
                yield name, _plain(value.to_numpy())
            elif not callable(value):
                yield name, _plain(value)


def _plain(value: Any) -> Any:
    """What Python itself writes of a value: a list for all that is a sequence, a dict for what has names."""
    if isinstance(value, (pd.Series, pd.Index, np.ndarray, np.generic)):
        value = value.tolist()
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value


def _given_away(cell: Any, values: list[tuple[str, Any]]) -> Iterator[str]:
    source = starter(cell.source) if "task" in cell.metadata else public(cell.source)
    lines = ["" if line.lstrip().startswith(("%", "!")) else line for line in source.splitlines()]  # no line magics
    try:
        tree = ast.parse("\n".join(lines))
    except SyntaxError as error:
        yield f"is no Python as students find it: {error.msg}. Leave a line outside the solution that runs."
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "given":
            yield f"takes an answer from {ast.unparse(node)}, which a sealed exercise cannot give. Give it another way."
        if isinstance(node, (ast.Import, ast.ImportFrom)) and (read := _READS & set(_modules(node))):
            yield f"imports {sorted(read)[0]}, which reads keys. Leave that to the checks."
    offered = {id(part) for node in ast.walk(tree) for part in _parts(node)}
    for node in ast.walk(tree):
        found, literal = _literal(node)
        if found and id(node) not in offered:
            for name, value in values:
                if _telling(literal) and _equal(literal, value):
                    yield f"holds the key of {name!r}: {ast.unparse(node)[:60]}. Students would read it there."


_READS = {"key", "twolenses.answers", "twolenses.keys", "twolenses.mistakes"}


def _modules(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    for one in node.names:
        yield one.name
        if isinstance(node, ast.ImportFrom):
            yield f"{node.module}.{one.name}"
            yield str(node.module)


def _parts(node: ast.AST) -> list[ast.expr | None]:
    """What stands in a collection beside others, as an option does that may be chosen."""
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)) and len(node.elts) > 1:
        return list(node.elts)
    return [*node.keys, *node.values] if isinstance(node, ast.Dict) and len(node.keys) > 1 else []


def _literal(node: ast.AST) -> tuple[bool, Any]:
    try:
        return isinstance(node, ast.expr), ast.literal_eval(node) if isinstance(node, ast.expr) else None
    except (ValueError, TypeError, SyntaxError):
        return False, None


def _telling(literal: Any) -> bool:
    """Whether it is more than a yes, an empty text or a number as short as many in a cell."""
    if isinstance(literal, bool) or literal in (None, ..., "", [], {}, ()):
        return False
    return not isinstance(literal, (int, float)) or len(f"{literal:g}".strip("0").replace(".", "").lstrip("-0")) > 2


def _equal(literal: Any, value: Any) -> bool:
    if isinstance(literal, str) and isinstance(value, str):
        return literal.strip().casefold() == value.strip().casefold()
    if isinstance(literal, (int, float)) and isinstance(value, (int, float)):
        return abs(literal - value) <= 1e-6 * max(1.0, abs(value))
    literal = _plain(literal)
    return type(literal) is type(value) and bool(literal == value)
