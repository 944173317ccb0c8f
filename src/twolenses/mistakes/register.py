"""What a mistake is, and the register of all mistakes."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from twolenses.errors import FactError, near
from twolenses.facts import describe

__all__ = ["Mistake", "mistake", "mistakes_for", "named", "names"]


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that people give: its name, the fact it misses, the wrong value, what to say."""

    name: str
    fact: str
    compute: Callable[[], float]

    @property
    def value(self) -> float:
        """The wrong number."""
        return float(self.compute())

    @property
    def sentence(self) -> str:
        """What the student reads."""
        return " ".join((inspect.getdoc(self.compute) or "").split())


_MISTAKES: dict[str, Mistake] = {}


def mistake(*, of: str) -> Callable[[Callable[[], float]], Callable[[], float]]:
    """Register a function as a common mistake made when the fact `of` is asked for."""

    def register(function: Callable[[], float]) -> Callable[[], float]:
        name = function.__name__
        if name in _MISTAKES:
            raise FactError(f"Two mistakes are called {name!r}.")
        describe(of)
        _MISTAKES[name] = Mistake(name, of, function)
        return function

    return register


def named(name: str) -> Mistake:
    """The mistake of that name.

    Raises
    ------
    FactError
        If there is none; the sentence names the nearest.
    """
    if name not in _MISTAKES:
        raise FactError(f"names the mistake {name!r}, which does not exist. {near(name, _MISTAKES)}")
    return _MISTAKES[name]


def names() -> list[str]:
    """Names of all mistakes."""
    return list(_MISTAKES)


def mistakes_for(fact: str) -> list[Mistake]:
    """The mistakes known for one fact."""
    return [one for one in _MISTAKES.values() if one.fact == fact]
