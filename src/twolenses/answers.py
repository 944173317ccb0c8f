"""Keys of tasks that no single figure can hold: a Series, a frame, a choice, a function.

A number that also stands in prose is a fact (:mod:`twolenses.facts`); an answer is asked for in one exercise only, so
it stands in that exercise's own ``key.py``. The name of the function is the name of the answer, and a check names it:
``check.series("growth", growth, answer="spending_growth")``. An answer is worked out from the tables, not copied from
the solution, so that the two hold each other.

What differs by student (:mod:`twolenses.exercises.vary`) is a parameter with the standard value as its default::

    @answer
    def spending_ratio_in_money(neighbour: str = "XKX") -> pd.Series: ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, overload

from twolenses import facts
from twolenses.errors import FactError
from twolenses.register import Register, docstring, worked_out

__all__ = ["ANSWERS", "Answer", "answer", "describe", "is_known", "key", "names"]


@dataclass(frozen=True)
class Answer:
    """The key of a task that is more than one figure: name, function that works it out, decimals if it says them."""

    name: str
    compute: Callable[..., Any]
    digits: int | None = None

    @property
    def title(self) -> str:
        """First paragraph of the docstring, on one line: what a student is told to look at again."""
        return docstring(self.compute)


ANSWERS: Register[Answer] = Register("answer")
"""The answers of the exercise in use (:mod:`twolenses.keys`)."""


Compute = Callable[..., Any]


@overload
def answer(function: Compute) -> Compute: ...
@overload
def answer(*, digits: int) -> Callable[[Compute], Compute]: ...
def answer(function: Compute | None = None, *, digits: int | None = None) -> Compute | Callable[[Compute], Compute]:
    """Register a function that needs no arguments as an answer under its own name.

    ``@answer(digits=1)`` says that its numbers are asked for to one decimal: any response that rounds to the same
    counts, as with a fact. Without it a response counts within a millionth.
    """

    def register(compute: Compute) -> Compute:
        name = compute.__name__
        if name in facts.names():
            raise FactError(f"The answer {name!r} is called like a fact: rename the one in {compute.__module__}.")
        ANSWERS.add(name, Answer(name, compute, digits), compute)
        return compute

    return register if function is None else register(function)


def names() -> list[str]:
    """Names of all answers of the exercise in use."""
    return list(ANSWERS.all())


def is_known(name: str) -> bool:
    """Whether an answer or a fact has that name."""
    return name in ANSWERS or name in facts.names()


def describe(name: str) -> Answer:
    """The answer of that name.

    Raises
    ------
    FactError
        If there is none; the sentence names the nearest.
    """
    return ANSWERS[name]


def key(name: str) -> Any:
    """The key of that name, worked out from the tables as they are now: a number, text, Series, frame or function."""
    return worked_out(ANSWERS[name].compute)
