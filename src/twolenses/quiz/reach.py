"""Numbers to work out: the digits that a question prints reach its key.

A fact computes with everything its table holds, a reader with what is printed. 81.3 and 10.5 make 7.7, and a key of
7.8, made of more decimals, would mark that as careless.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date
from itertools import permutations

from twolenses import facts
from twolenses.errors import Error
from twolenses.quiz import text, vary
from twolenses.quiz.bank import Problem
from twolenses.quiz.keys import COMPUTE
from twolenses.quiz.rules import Known, Placed, Rule
from twolenses.quiz.types import BaseQuestion, Cloze, Numeric
from twolenses.quiz.types.numeric import Number
from twolenses.tolerance import Tolerance

__all__ = ["OF_NUMBERS", "numbers", "printed", "reached", "worked_out"]

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b")
_DIGITS = re.compile(r"[-−]?\d[\d.,]*")


def numbers(question: BaseQuestion) -> list[Number]:
    """The numbers that a question asks for."""
    if isinstance(question, Numeric):
        return [question]
    return [blank for blank in question.blanks if isinstance(blank, Number)] if isinstance(question, Cloze) else []


def printed(question: BaseQuestion) -> tuple[list[float], list[date]]:
    """What there is to compute with in stem and gaps: the numbers of facts as they are printed, and dates."""
    shown = "\n".join([question.stem, question.text] if isinstance(question, Cloze) else [question.stem])
    figures = [found for name in text.fact_names(shown) for found in _DIGITS.findall(facts.figure(name).number)]
    given = [float(found.rstrip(".,").replace(",", "").replace("−", "-")) for found in figures]
    days = [date(int(year), _MONTHS.index(month) + 1, int(day)) for day, month, year in _DATE.findall(shown)]
    return given, days


def worked_out(given: list[float], days: list[date]) -> Iterator[float]:
    """What a reader can make of it: the computations of the bank, two thirds of a number of votes, spans of time."""
    for first, second in permutations(given, 2):
        for compute in COMPUTE.values():
            if (first if compute is COMPUTE["relative_change"] else second) != 0:
                yield from _both_signs(compute(first, second))
        yield from _both_signs(_two_thirds(first) - second)
    yield from map(_two_thirds, given)
    for first_day, last_day in permutations(days, 2):
        yield (last_day - first_day).days
        yield last_day.year - first_day.year - ((last_day.month, last_day.day) < (first_day.month, first_day.day))


def _both_signs(number: float) -> tuple[float, float]:
    return number, -number


def _two_thirds(votes: float) -> float:
    return math.ceil(2 * votes / 3 - 1e-9)


def reached(asked: Number, given: list[float], days: list[date]) -> bool:
    """Whether something that can be worked out is the key, within its tolerance and as it is printed."""
    key, digits, allowed = asked.value, asked.answer.figure().digits, Tolerance(asked.within)
    return any(
        allowed.accepts(number, key) and math.isclose(round(number, digits), round(key, digits))
        for number in worked_out(given, days)
    )


def key_is_reached(placed: list[Placed], known: Known) -> Iterator[Problem]:
    """In the course's own bank, what is printed to compute with reaches the key (facts, or two dates and more)."""
    for one in placed if known.own else ():
        for question in _variants(one.question):
            for asked in numbers(question):
                if fault := _fault(question, asked):
                    yield one.problem(fault)


def _variants(question: BaseQuestion) -> list[BaseQuestion]:
    try:
        return vary.variants(question, len(vary.combinations(question.written)), 0) if question.vary else [question]
    except (Error, ValueError):  # `variants_hold` says it
        return []


def _fault(question: BaseQuestion, asked: Number) -> str:
    try:
        given, days = printed(question)
        if (given or len(days) > 1) and not reached(asked, given, days):
            shown = ", ".join([*(f"{number:g}" for number in given), *map(str, days)])
            return (
                f"prints {shown}, and no sum of them gives the key {asked.in_words()}. Print more digits, or what is "
                "missing; a sum of another kind goes into `worked_out` of quiz/reach.py."
            )
    except (Error, ArithmeticError, TypeError, ValueError):  # `own_faults` and `facts_exist` say it
        pass
    return ""


OF_NUMBERS: tuple[Rule, ...] = (key_is_reached,)
