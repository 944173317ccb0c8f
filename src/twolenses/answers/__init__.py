"""Keys of the exercises' tasks that no single figure can hold: a Series, a frame, a choice, a function.

A number that also stands in prose is a fact (:mod:`twolenses.facts`); an answer is asked for in one exercise only.
Each exercise has a module of short functions; the name of the function is the name of the answer, and a check names
it: ``check.series("growth", growth, answer="spending_growth")``. An answer is worked out from the tables, not copied
from the solution, so that the two hold each other.
"""

# Importing an exercise's module registers what it defines.
from importlib import import_module
from pkgutil import iter_modules

from twolenses.answers.register import Answer, answer, describe, is_known, key, names

__all__ = ["Answer", "answer", "describe", "is_known", "key", "names"]

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
