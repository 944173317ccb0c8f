"""The debrief as a notebook: the page of the book, with its roles printed."""

from __future__ import annotations

from twolenses import course
from twolenses.errors import SimulationError, place

__all__ = ["notebook"]


def notebook() -> str:
    """The page ``chapters/simulation/debrief.md`` as a Jupyter notebook, which reads the files beside it.

    Raises
    ------
    SimulationError
        If the page is not there.
    """
    import jupytext
    import nbformat

    from twolenses.exercises import markdown

    page = course.root() / "chapters" / "simulation" / "debrief.md"
    try:
        made = jupytext.reads(page.read_text(encoding="utf-8"), fmt="md:myst")
    except OSError as error:
        raise SimulationError(f"{place(page)}  cannot be read: {error.strerror}.") from error
    for number, cell in enumerate(made.cells):
        cell["id"] = f"debrief-{number:02d}"
        if cell.cell_type == "markdown":
            cell.source = markdown.plain(cell.source)
        else:
            cell.metadata = {}
    made.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return str(nbformat.writes(made)) + "\n"
