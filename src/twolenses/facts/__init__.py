"""Named facts: every number of the course, computed from a table and printed with its qualifier.

>>> from twolenses import facts
>>> print(facts.figure("serbian_troop_cut"))
46.1%
>>> print(facts.figure("kfor_october_2023"))
well over 4,500

Each theme is a module of short functions; the name of the function is the name of the fact.
"""

# Importing a theme registers what it defines.
from twolenses.facts import (  # noqa: F401
    alignment,
    arms,
    claims,
    democracy,
    economy,
    events,
    forecasts,
    institutions,
    kfor,
    losses,
    northern_votes,
    people,
    power,
    recognition,
    spending,
    tariff,
    trade,
    troops,
    votes,
    war,
    withdrawals,
)
from twolenses.facts._choose import numbers_in
from twolenses.facts.figure import Fact, Figure, describe, fact, figure, names

__all__ = ["Fact", "Figure", "describe", "fact", "figure", "names", "numbers_in"]
