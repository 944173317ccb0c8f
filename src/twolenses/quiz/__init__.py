"""Questions: read from YAML, held to rules, marked, and shown on a page.

>>> from twolenses import quiz
>>> bank = quiz.load("01-reading-the-case")
>>> quiz.mark(bank["cut-percent"], "46.1").right
True
"""

from typing import Any

from twolenses.errors import QuizError

try:
    from twolenses.quiz.bank import Quiz, files, holding, load, pick, read, schema
    from twolenses.quiz.types import Mark, Question, mark
    from twolenses.quiz.validate import Problem, validate
    from twolenses.quiz.vary import variants
except ModuleNotFoundError as error:  # an installation for notebooks, or the one in a browser
    raise QuizError(
        f"Quizzes need {error.name}, which is not here. Each chapter's page has its quiz and needs no Python; where "
        "packages can be installed: pip install 'twolenses[notebook,quiz]'."
    ) from error

__all__ = [
    "Mark",
    "Problem",
    "Question",
    "Quiz",
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


def __getattr__(name: str) -> Any:
    """Give `show` when it is asked for: a live notebook has its libraries, a build or an export need not."""
    if name == "show":
        from twolenses.quiz.widget import show

        return show
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
