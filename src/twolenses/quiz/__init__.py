"""Questions: read from YAML, held to rules, marked, and shown on a page.

>>> from twolenses import quiz
>>> bank = quiz.load("01-reading-the-case")
>>> quiz.mark(bank["cut-percent"], "46.1").right
True

What is asked for is imported then: an edited page of the book shows a quiz without reading it, and an export draws no
widget. In a browser `show` frames the page that `make lite` writes for each quiz.
"""

import re
import sys
from collections.abc import Collection
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from twolenses import course
from twolenses.errors import QuizError, suggestion

if TYPE_CHECKING:
    from twolenses.quiz.bank import Problem, Quiz, holding, load, pick, read, schema
    from twolenses.quiz.types import Mark, Question, mark
    from twolenses.quiz.validation import validate
    from twolenses.quiz.vary import variants
    from twolenses.quiz.widget import show

__all__ = [
    "Mark",
    "Problem",
    "Question",
    "Quiz",
    "called",
    "files",
    "holding",
    "load",
    "mark",
    "pick",
    "read",
    "schema",
    "show",
    "validate",
    "variants",
]

_HOMES = {
    "bank": ("Problem", "Quiz", "holding", "load", "pick", "read", "schema"),
    "types": ("Mark", "Question", "mark"),
    "validation": ("validate",),
    "vary": ("variants",),
    "widget": ("show",),
}


def files(folder: Path | None = None) -> list[Path]:
    """The quiz files of the course, or of an instructor's own folder, in order."""
    return sorted((folder or course.root() / "exercises" / "quizzes").glob("*.yml"))


def called(name: str, known: Collection[str]) -> str:
    """Which of the quizzes is meant: by its name, by its chapter's number, or by the name without the number.

    Raises
    ------
    QuizError
        If there is none.
    """
    for stem in known:
        if name in (stem, stem[:2], stem[:2].lstrip("0"), stem[3:]):
            return stem
    raise QuizError(f"There is no quiz {name!r}. {suggestion(name, known)}")


def _framed(name: str) -> Any:
    """The page of a quiz, on the site that the kernel's own script is from; JupyterLab turns what is relative."""
    from IPython.display import IFrame

    site = import_module("js").location.href.partition("/extensions/")[0]

    toc = (course.root() / "_toc.yml").read_text(encoding="utf-8")
    stem = called(name, re.findall(r"chapters/(\d\d-[\w-]+)", toc))
    return IFrame(f"{site}/quizzes/{stem}.html", "100%", 640, extras=['title="Quiz"'])


def __getattr__(name: str) -> Any:
    home = next((module for module, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return getattr(import_module(f"{__name__}.{home}"), name)
    except ModuleNotFoundError as error:  # an installation for notebooks, or the one in a browser
        if name == "show" and sys.platform == "emscripten":
            return _framed
        raise QuizError(
            f"Quizzes need {error.name}, which is not here. Each chapter's page has its quiz and needs no Python; "
            "where packages can be installed: pip install 'twolenses[notebook,quiz]'."
        ) from error
