"""The debrief as a notebook: the page of the book, with its roles printed."""

from __future__ import annotations

from twolenses import course

__all__ = ["notebook"]


def notebook() -> str:
    """The page ``chapters/simulation/debrief.md`` as a Jupyter notebook, which reads the files beside it.

    Raises
    ------
    ExerciseError
        If the page is not there.
    """
    from twolenses.exercises.plain_page import as_notebook

    return as_notebook(course.root() / "chapters" / "simulation" / "debrief.md", "debrief")
