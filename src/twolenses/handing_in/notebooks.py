"""Reading what should be a notebook, and telling which exercise it is, by what is in it and not by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import reader

from twolenses.errors import HandingInError
from twolenses.handing_in.cells import Original, recognise

__all__ = ["NOTEBOOKS", "decode", "is_leftover", "read", "which"]

NOTEBOOKS = (".ipynb", ".txt", ".json", "")
"""How the name of a notebook may end: ``x.ipynb.txt`` is what a browser saves that shows the file."""


def is_leftover(parts: Sequence[str]) -> bool:
    """Whether a file is what a computer leaves behind by itself: autosaves, a Mac's other half, folder settings."""
    return (
        any(part in (".ipynb_checkpoints", "__MACOSX", ".git", "__pycache__") for part in parts)
        or parts[-1].startswith(("._", "~$"))
        or parts[-1] in (".DS_Store", "Thumbs.db", "desktop.ini")
    )


def decode(data: bytes) -> str:
    """The text of a file, in UTF-8 with or without a byte-order mark, or in UTF-16 with one.

    Raises
    ------
    UnicodeDecodeError
        If it is none of these.
    """
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")


def read(data: bytes) -> Any:
    """A notebook in version 4 of its format, from the bytes of a file.

    nbformat is asked to read and not to judge: it would warn of every missing id.

    Raises
    ------
    HandingInError
        If it is no notebook.
    """
    try:
        notebook = nbformat.convert(reader.reads(decode(data)), 4)
        for cell in notebook.cells:
            _complete(cell)
        notebook.setdefault("metadata", nbformat.from_dict({}))
        return notebook
    except (Exception, RecursionError) as error:  # nbformat raises what its parsers raise
        raise HandingInError(
            "is not a notebook. Hand in the .ipynb file that Jupyter saves, not a copy as text or PDF."
        ) from error


def _complete(cell: Any) -> None:
    """Fail on what is no cell; give one the fields that a tool left out."""
    if not isinstance(cell.cell_type, str) or not isinstance(cell.source, str):
        raise TypeError("a cell without type or source")
    if not isinstance(cell.setdefault("metadata", nbformat.from_dict({})), dict):
        raise TypeError("a cell whose metadata is no object")
    if cell.cell_type == "code":
        cell.setdefault("outputs", [])
        cell.setdefault("execution_count", None)


def which(
    notebook: Any, known: Collection[str], originals: Callable[[str], Sequence[Original]], called: str = ""
) -> str | None:
    """The exercise a notebook is, by what it says, then by its cells, last by what its file is called.

    Parameters
    ----------
    known
        The exercises it may be.
    originals
        The cells of one of them.

    Returns
    -------
    str or None
        A name that may be none of `known`, where the notebook itself names another; None where nothing tells.
    """
    metadata_of_ours = notebook.metadata.get("two_lenses", {})
    if isinstance(metadata_of_ours, dict) and isinstance(metadata_of_ours.get("exercise"), str):
        return str(metadata_of_ours["exercise"])
    for cell in notebook.cells:
        if cell.cell_type == "code" and (
            named := re.search(r"^check\.exercise\([\"']([\w-]+)[\"']\)", cell.source, re.M)
        ):
            return named[1]
    scores = {name: _likeness(notebook, originals(name)) for name in known}
    best = max(scores, key=lambda name: scores[name], default=None)
    if best and scores[best] > (0, 0.5) and list(scores.values()).count(scores[best]) == 1:
        return best
    bare = re.sub(r"[^a-z0-9]+", "-", Path(called).name.lower())
    return max((name for name in known if name in bare), key=len, default=None)


def _likeness(notebook: Any, originals: Sequence[Original]) -> tuple[int, float]:
    """How many checks stand there word for word, and the share of tasks and checks that something tells of."""
    asked = [one for one in originals if one.grade or one.solution]
    found = recognise(notebook.cells, asked)
    same = sum(
        one.locked and found.get(one.name) is not None and one.is_text_of(notebook.cells[found[one.name]])
        for one in asked
    )
    return same, len(found) / max(len(asked), 1)
