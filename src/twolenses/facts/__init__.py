"""Named facts: every number of the course, computed from a table and printed with its qualifier.

>>> from twolenses import facts
>>> print(facts.figure("serbian_troop_cut"))
46.1%
>>> print(facts.figure("kfor_october_2023"))
well over 4,500

Each theme is a module of short functions; the name of the function is the name of the fact.
"""

from importlib import import_module
from pkgutil import iter_modules

from twolenses.facts._choose import numbers_in
from twolenses.facts.figure import Fact, Figure, describe, fact, figure, names

__all__ = ["Fact", "Figure", "describe", "fact", "figure", "names", "numbers_in"]

# Importing a theme registers what it defines.
for theme in iter_modules(__path__):
    import_module(f"{__name__}.{theme.name}")
