"""Exercises: the master, the regions of its cells, the student's notebook, and what can be wrong with each.

Sphinx and nbgrader are not needed here.
"""

from twolenses.exercises.contract import problems
from twolenses.exercises.master import Exercise, Task, exercise, masters, name_of, read
from twolenses.exercises.regions import HIDDEN, cut, keep_all, public, solution, starter
from twolenses.exercises.student import NEEDS, plain, rebuild, student, writes

__all__ = [
    "HIDDEN",
    "NEEDS",
    "Exercise",
    "Task",
    "cut",
    "exercise",
    "keep_all",
    "masters",
    "name_of",
    "plain",
    "problems",
    "public",
    "read",
    "rebuild",
    "solution",
    "starter",
    "student",
    "writes",
]
