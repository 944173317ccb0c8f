"""What a student's notebook runs after a task.

A check compares values first; it speaks of order and form where values cannot be compared. A right answer prints one
line; a wrong one raises :class:`CheckFailed`, which Jupyter shows as one sentence without a traceback and nbgrader
counts as a failure. The sentence names the likely mistake, never the answer.

>>> from twolenses import check
>>> check.number("cut", 46.1, fact="serbian_troop_cut")
✓ cut is right, but rounded; keep the digits for the next step.
"""

from twolenses.check.charts import plot
from twolenses.check.functions import function
from twolenses.check.notebook import explain_missing_names
from twolenses.check.outcome import CheckFailed, exercise, given
from twolenses.check.tables import frame, series
from twolenses.check.values import choice, labels, number
from twolenses.check.words import text, words

__all__ = [
    "CheckFailed",
    "choice",
    "exercise",
    "frame",
    "function",
    "given",
    "labels",
    "number",
    "plot",
    "series",
    "text",
    "words",
]

explain_missing_names()
