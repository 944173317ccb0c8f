"""Common wrong answers, and the sentence for each. A wrong number is never a fact.

A mistake is a function that computes the wrong answer from the same tables; its docstring is what the student
reads. Quizzes name mistakes (``mistakes: [cut_of_new]``), exercise checks find them by the fact or answer they miss.
Here stand those that several share; those of one exercise stand in its own ``key.py``.
"""

from importlib import import_module
from pkgutil import iter_modules

from twolenses.mistakes.register import MISTAKES, Mistake, mistake, mistakes_for, named, names

__all__ = ["MISTAKES", "Mistake", "mistake", "mistakes_for", "named", "names"]

# Importing a module registers what it defines.
for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
