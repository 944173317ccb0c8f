"""Exercises: the master, the regions of its cells, the student's notebook, and what can be wrong with each.

Sphinx and nbgrader are not needed here.
"""

from twolenses.exercises.contract import problems
from twolenses.exercises.form import FORM, Item, form, items
from twolenses.exercises.markdown import plain
from twolenses.exercises.master import Exercise, Task, exercise, masters, name_of, path, read, superseded
from twolenses.exercises.regions import HIDDEN, cut, keep_all, public, shown_solution, solution, starter
from twolenses.exercises.student import NEEDS, lite_notebook, rebuild, student, writes
from twolenses.exercises.trying import Told, ToTry, task_to_try, to_try

__all__ = [
    "FORM",
    "HIDDEN",
    "NEEDS",
    "Exercise",
    "Item",
    "Task",
    "ToTry",
    "Told",
    "cut",
    "exercise",
    "form",
    "items",
    "keep_all",
    "lite_notebook",
    "masters",
    "name_of",
    "path",
    "plain",
    "problems",
    "public",
    "read",
    "rebuild",
    "shown_solution",
    "solution",
    "starter",
    "student",
    "superseded",
    "task_to_try",
    "to_try",
    "writes",
]
