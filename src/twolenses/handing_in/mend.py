"""A notebook as it was handed in, made gradable: every cell that the exercise knows is there once, by its name.

What a student has written is kept and still runs. A cell that is not theirs is put back as it was; what they added
there runs just before it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from nbformat.v4 import new_code_cell, new_markdown_cell

from twolenses.handing_in.cells import Original, bare, recognise
from twolenses.handing_in.names import binds

__all__ = ["Mended", "mend"]


@dataclass
class Mended:
    """What was done, by the names of the originals."""

    unnamed: list[str] = field(default_factory=list)
    """Cells that had lost nbgrader's metadata."""
    changed: list[str] = field(default_factory=list)
    """Locked cells that read otherwise."""
    kept: list[str] = field(default_factory=list)
    """Those among them to which the student had added something, which still runs."""
    missing: list[str] = field(default_factory=list)
    """Cells that were put back."""
    copied: list[str] = field(default_factory=list)
    """Names of cells that stood there more than once."""


def mend(notebook: Any, originals: Sequence[Original]) -> Mended:
    """Mend a notebook in place.

    Parameters
    ----------
    originals
        The cells of its exercise, in order.
    """
    done = Mended()
    notebook.metadata.pop("widgets", None)  # Colab's are without the state that nbconvert asks for
    found = recognise(notebook.cells, originals)
    cells = {name: notebook.cells[index] for name, index in found.items()}
    _forget(notebook.cells, cells, done)
    for original in originals:
        if original.name in cells:
            _restore(notebook.cells, cells[original.name], original, done)
    for original in originals:
        if original.name not in cells and (original.locked or original.grade or original.task):
            done.missing.append(original.name)
            _put_back(notebook.cells, cells, original, originals)
    if (notebook.get("nbformat"), notebook.get("nbformat_minor", 0)) < (4, 5):
        for cell in notebook.cells:
            cell.pop("id", None)
    return done


def _forget(all_cells: list[Any], known: dict[str, Any], done: Mended) -> None:
    """Take nbgrader's metadata from cells that are copies, or none of the exercise's."""
    own = {id(cell) for cell in known.values()}
    for cell in all_cells:
        if id(cell) not in own and "nbgrader" in cell.metadata:
            meta = cell.metadata.pop("nbgrader")
            if isinstance(meta, dict) and meta.get("grade_id") in known:
                done.copied.append(meta["grade_id"])


def _restore(cells: list[Any], cell: Any, original: Original, done: Mended) -> None:
    meta = cell.metadata.get("nbgrader")
    if not isinstance(meta, dict) or meta.get("grade_id") != original.name:
        done.unnamed.append(original.name)
    if original.locked and bare(cell.source) not in (original.text, bare(original.source)):
        done.changed.append(original.name)
        if cell.cell_type == "code" and binds(cell.source) - original.binds and original.name != "install":
            done.kept.append(original.name)
            cells.insert(_index(cells, cell), new_code_cell(cell.source))
    if original.locked:
        cell.source = original.source
    elif bare(cell.source) == original.text:
        cell.source = original.source  # to the letter, so that nbgrader sees that nothing was answered
    _as(cell, original.kind)
    cell.metadata["nbgrader"] = original.metadata


def _as(cell: Any, kind: str) -> None:
    """Give a cell its type back."""
    cell.cell_type = kind
    if kind == "code":
        cell.setdefault("outputs", [])
        cell.setdefault("execution_count", None)
        cell.pop("attachments", None)
    else:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)


def _put_back(cells: list[Any], known: dict[str, Any], original: Original, originals: Sequence[Original]) -> None:
    """Insert a missing cell.

    What is not the student's goes before the next cell that is there, so that all they have done in between counts; a
    text to write goes after the last one, so that it does not take the place of one written elsewhere.
    """
    make: Callable[..., Any] = new_code_cell if original.kind == "code" else new_markdown_cell
    cell = make(original.source, metadata={"nbgrader": original.metadata})
    order = [one.name for one in originals]
    at = order.index(original.name)
    after = next((known[name] for name in order[at + 1 :] if name in known), None)
    before = next((known[name] for name in reversed(order[:at]) if name in known), None)
    if original.locked and after is not None:
        index = _index(cells, after)
    elif original.task or (original.locked and original.grade):
        index = len(cells)
    else:
        index = 0 if before is None else _index(cells, before) + 1
    cells.insert(index, cell)
    known[original.name] = cell


def _index(cells: list[Any], cell: Any) -> int:
    return next(index for index, one in enumerate(cells) if one is cell)
