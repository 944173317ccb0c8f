"""Common wrong answers, and the sentence for each. A wrong number is never a fact.

A mistake is a function that computes the wrong number from the same facts; its docstring is what the student
reads. Quizzes name mistakes (``mistakes: [cut_of_new]``), exercise checks find them by the fact they miss.
"""

# Importing a theme registers what it defines.
from twolenses.mistakes import force, politics, troops  # noqa: F401
from twolenses.mistakes.register import Mistake, mistake, mistakes_for, named, names

__all__ = ["Mistake", "mistake", "mistakes_for", "named", "names"]
