"""What an answer is, and the register of all answers."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from twolenses import facts
from twolenses.errors import FactError, near

__all__ = ["Answer", "answer", "describe", "is_known", "key", "names"]


@dataclass(frozen=True)
class Answer:
    """The key of a task that is more than one figure: its name, and the function that works it out."""

    name: str
    compute: Callable[[], Any]

    @property
    def title(self) -> str:
        """First paragraph of the docstring, on one line: what a student is told to look at again."""
        return " ".join((inspect.getdoc(self.compute) or "").split("\n\n")[0].split())


_ANSWERS: dict[str, Answer] = {}


def answer(function: Callable[[], Any]) -> Callable[[], Any]:
    """Register a function of no arguments as an answer under its own name."""
    name = function.__name__
    if is_known(name):
        raise FactError(f"Two answers are called {name!r}, or a fact is: rename the one in {function.__module__}.")
    if not function.__doc__:
        raise FactError(f"The answer {name!r} has no docstring. Say in one sentence what it is.")
    _ANSWERS[name] = Answer(name, function)
    return function


def names() -> list[str]:
    """Names of all answers."""
    return list(_ANSWERS)


def is_known(name: str) -> bool:
    """Whether an answer or a fact has that name."""
    return name in _ANSWERS or name in facts.names()


def describe(name: str) -> Answer:
    """The answer of that name.

    Raises
    ------
    FactError
        If there is none; the sentence names the nearest.
    """
    if name not in _ANSWERS:
        raise FactError(f"names the answer {name!r}, which does not exist. {near(name, _ANSWERS)}")
    return _ANSWERS[name]


def key(name: str) -> Any:
    """The key of that name, worked out from the tables as they are now: a number, text, Series, frame or function."""
    return describe(name).compute()
