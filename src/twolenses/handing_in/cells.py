"""Which cell of a notebook is which cell of its exercise, though a tool has stripped, copied or renamed things.

A cell is known by nbgrader's metadata, by our `task` and `check`, by its id, by its text, or, for a task, by the names
that it binds. Of several that fit equally well the last is taken, as nbgrader does.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from twolenses.exercises import public, starter
from twolenses.handing_in.names import binds

__all__ = ["Original", "bare", "originals", "recognise"]


NO_FIT = (0.0, 0.0)


@dataclass(frozen=True)
class Original:
    """A cell of an exercise as nbgrader knows it, hidden tests and all."""

    name: str
    kind: str
    """Type of the cell: code or markdown."""
    source: str
    grade: bool = False
    solution: bool = False
    task: bool = False
    """Whether it is one of nbgrader's own manual tasks."""
    locked: bool = False
    points: float = 0
    checksum: str | None = None

    @cached_property
    def given(self) -> str:
        """The source as a student has it."""
        return public(self.source)

    @cached_property
    def text(self) -> str:
        """The same up to blank lines and blanks at the end of lines."""
        return bare(self.given)

    @cached_property
    def binds(self) -> frozenset[str]:
        """Names that a student's cell needs to bind to stand for this one."""
        return binds(self.given) if self.kind == "code" else frozenset()

    @property
    def metadata(self) -> dict[str, Any]:
        """What nbgrader keeps in a cell."""
        kept = {
            "schema_version": 3, "grade_id": self.name, "grade": self.grade, "solution": self.solution,
            "locked": self.locked, "task": self.task, "cell_type": self.kind,
        }  # fmt: skip
        graded = {"points": self.points} if self.grade or self.task else {}
        return kept | graded | ({"checksum": self.checksum} if self.checksum else {})

    def is_text_of(self, cell: Any) -> bool:
        """Whether a cell says just this."""
        return bool(self.text) and bare(cell.source) == self.text


def originals(notebook: Any) -> list[Original]:
    """The cells of an exercise that nbgrader knows, from its source or from what students get."""
    found = []
    for cell in notebook.cells:
        meta = cell.metadata.get("nbgrader", {})
        if any(meta.get(kind) for kind in ("grade", "solution", "locked", "task")):
            grade, solution, task = (bool(meta.get(kind)) for kind in ("grade", "solution", "task"))
            source = starter(cell.source) if solution else cell.source
            locked = not solution and (grade or bool(meta.get("locked")))
            points = float(meta.get("points", 0))
            found.append(Original(meta["grade_id"], cell.cell_type, source, grade, solution, task, locked, points))
    return found


def recognise(cells: Sequence[Any], wanted: Sequence[Original]) -> dict[str, int]:
    """The place of each original among the cells; those that are not there are left out."""
    known = {one.name for one in wanted}
    claims = [_claims(cell, known) for cell in cells]
    by_name = {one.name: one for one in wanted}
    fits = []
    for index, cell in enumerate(cells):
        text = bare(cell.source)
        for order, one in enumerate(wanted):
            rank = _rank(cell, text, one, claims[index], by_name)
            if rank > NO_FIT:
                fits.append((rank, index, order))
    found: dict[str, int] = {}
    taken: set[int] = set()
    for _, index, order in sorted(fits, reverse=True):
        name = wanted[order].name
        if name not in found and index not in taken:
            found[name] = index
            taken.add(index)
    return found


def _claims(cell: Any, known: Collection[str]) -> set[str]:
    """Originals that a cell's metadata, or else its id, says it is."""
    meta = cell.metadata
    nbgrader = meta.get("nbgrader")
    if isinstance(nbgrader, dict) and nbgrader.get("grade_id") in known:
        return {nbgrader["grade_id"]}
    if "task" in meta:
        return {str(meta["task"])} & set(known)
    if "check" in meta:
        name = f"check-{meta['check']}"
        return {one for one in known if one == name or (one.startswith(f"{name}-") and one[len(name) + 1 :].isdigit())}
    return {cell.get("id")} & set(known)


def _rank(
    cell: Any, text: str, original: Original, claims: set[str], known: dict[str, Original]
) -> tuple[float, float]:
    """How well a cell fits an original; `NO_FIT` where it does not."""
    same = bool(text) and text == original.text
    claimed = original.name in claims
    if original.locked and same:
        # A text that is its own is not another's, whatever the metadata says that was copied with the cell.
        others = any(known[one].text == text for one in claims)
        return (4, 0) if claimed else NO_FIT if others else (3, 0)
    if claimed:
        return (2, 0) if original.locked else (4, 0)
    if claims or cell.cell_type != "code" or original.kind != "code":
        return NO_FIT
    if same:
        return (2, 0)
    if original.binds and original.binds <= binds(cell.source):
        lines = set(original.text.splitlines())
        return (1, len(lines & set(text.splitlines())) / len(lines))
    return NO_FIT


def bare(source: str) -> str:
    """A source without blank lines, and without blanks at the end of its lines."""
    return "\n".join(line.rstrip() for line in source.splitlines() if line.strip())
