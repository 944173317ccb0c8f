"""What nbgrader knows of a cell: its name, its kind, its points. The notebook behind every button carries it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

__all__ = ["INSTALL", "freeze", "mark"]

INSTALL = "install"
"""The cell that installs the package."""


def mark(cells: Iterable[Any]) -> None:
    """Give every code cell nbgrader's metadata, and its name there as its id.

    A task is called as it is, its checks ``check-TASK`` and ``check-TASK-2``, and code that is given ``given-1``,
    ``given-2``: it is locked, so that nbgrader puts it back where a student has changed it.
    """
    seen: Counter[str] = Counter()
    for cell in cells:
        if cell.cell_type != "code":
            continue
        meta = cell.metadata
        kind: dict[str, Any] = {"grade": False, "locked": True, "solution": False}
        if "task" in meta:
            name = str(meta["task"])
            by_hand = {"grade": True, "points": meta["manual"]} if "manual" in meta else {}
            kind |= {"locked": False, "solution": True} | by_hand
        elif "check" in meta:
            name = f"check-{meta['check']}"
            seen[name] += 1
            name += f"-{seen[name]}" if seen[name] > 1 else ""
            kind |= {"grade": True, "points": meta["points"]}
        elif cell.id == INSTALL:
            name = cell.id
        else:
            seen["given"] += 1
            name = f"given-{seen['given']}"
        meta["nbgrader"] = {"schema_version": 3, "task": False, "grade_id": name, **kind}
        cell.id = name


def freeze(cells: Iterable[Any]) -> None:
    """What a student should not lose cannot be deleted, and what is not theirs cannot be edited, as nbgrader has it."""
    for cell in cells:
        if "nbgrader" in cell.metadata:
            cell.metadata["deletable"] = False
            if cell.metadata["nbgrader"]["locked"]:
                cell.metadata["editable"] = False
