"""What can go wrong, said in a sentence: the file, the place, and what to do about it.

One class per room, all under :class:`Error`. The command line prints the sentence and leaves with 2.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path


class Error(Exception):
    """Anything the course can explain to its user. In a notebook, too, it is a sentence without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [f"✗ {self}"]


class CourseError(Error):
    """The course's files are not where they should be, or its table of contents cannot be read."""


class DataError(Error):
    """A table, its description or a cell is not what it should be."""


class FactError(Error):
    """A fact is unknown or cannot be computed."""


class LanguageError(Error):
    """The abstracts in other languages cannot be read."""


class QuizError(Error):
    """A question or a quiz file breaks the rules of the bank."""


class FormulaError(Error):
    """A formula cannot be read, or would be shown as garbage."""


class ExerciseError(Error):
    """An exercise master cannot be read."""


class AssignmentError(Error):
    """An assignment cannot be made or written."""


class HandingInError(Error):
    """What students handed in cannot be read, or cannot be placed into a course directory."""


class HandingBackError(Error):
    """Grades or feedback cannot go back to a learning platform, or a due date cannot be set."""


class GradingError(Error):
    """A class cannot be graded, or what was graded, or a file of responses, cannot be read or reported."""


class ExportError(Error):
    """A file for a learning platform cannot be written."""


class ChartError(Error):
    """A chart cannot be drawn for a page."""


class BookError(Error):
    """The book cannot be built or served."""


class LiteError(Error):
    """What runs in the reader's browser cannot be laid beside the book."""


class TableError(Error):
    """A CSV file that people filled in by hand cannot be read."""


class SimulationError(Error):
    """A class cannot be dealt roles, its prints cannot be written, or its decisions cannot be read."""


class FramingError(Error):
    """Answers to a framing experiment cannot be compared, or its surveys cannot be written."""


class NewError(Error):
    """What was to be added has no fit name, exists already, or cannot be written."""


def suggestion(name: str, known: Iterable[str]) -> str:
    """A question that names the nearest known names, or a list of all, to end an error with."""
    known = sorted(known)
    if close := get_close_matches(name, known, n=3, cutoff=0.5):
        return f"Did you mean {' or '.join(repr(one) for one in close)}?"
    return f"Known: {', '.join(known)}." if known else "None is known."


def place(path: Path, line: int | None = None) -> str:
    """`path:line`, relative to the working directory where that is shorter."""
    try:
        shown = path.resolve().relative_to(Path.cwd())
    except ValueError:
        shown = path
    return f"{shown}:{line}" if line else str(shown)
