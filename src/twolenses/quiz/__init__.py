"""Questions: read from YAML, held to rules, marked, and shown on a page.

>>> from twolenses import quiz
>>> bank = quiz.load("01-reading-the-case")
>>> quiz.mark(bank["cut-percent"], "46.1").right
True
"""

from twolenses.quiz.bank import Quiz, files, load, read, schema
from twolenses.quiz.types import Mark, Question, mark
from twolenses.quiz.validate import Problem, validate
from twolenses.quiz.vary import variants

__all__ = ["Mark", "Problem", "Question", "Quiz", "files", "load", "mark", "read", "schema", "validate", "variants"]
