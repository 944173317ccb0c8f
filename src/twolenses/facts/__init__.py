"""Named facts: every number of the course, computed from a table and printed with its qualifier.

>>> from twolenses import facts
>>> print(facts.figure("serbian_troop_cut"))
46.1%
>>> print(facts.figure("kfor_october_2023"))
well over 4,500

Each theme is a module of short functions; the name of the function is the name of the fact.
"""

from twolenses.facts.figure import Fact, Figure, describe, fact, figure, names

from twolenses.facts import ledger, troops  # isort: skip  (they register themselves, and need the names above)

__all__ = ["Fact", "Figure", "describe", "fact", "figure", "ledger", "names", "troops"]
