"""Cells that a student has copied do not stop nbgrader.

nbgrader empties the metadata of a copied cell and then refuses the notebook for having cells of "an old version"
(jupyter/nbgrader issue 1083). Here the metadata goes altogether, so that the notebook is graded.
"""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import DeduplicateIds

__all__ = ["KeepLast"]


class KeepLast(DeduplicateIds):  # type: ignore[misc]  # nbgrader has no types
    """Of cells with one id the last is graded, as in nbgrader; the others are cells like any other."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Take the grading metadata of a copy away."""
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if cell.metadata.get("nbgrader") == {}:
            del cell.metadata["nbgrader"]
        return cell, resources
