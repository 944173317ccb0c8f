"""What a mistake is, and the register of all mistakes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from twolenses import answers, facts
from twolenses.errors import FactError, suggestion
from twolenses.register import Register, docstring, worked_out

__all__ = ["MISTAKES", "Mistake", "mistake", "mistakes_for", "named", "names"]


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that people give: its name, the fact or answer it misses, the wrong answer, what to say."""

    name: str
    about: str
    compute: Callable[..., Any]

    @property
    def value(self) -> float:
        """The wrong number, where a number is asked for."""
        return float(worked_out(self.compute))

    @property
    def sentence(self) -> str:
        """What the student reads."""
        return docstring(self.compute, whole=True)


MISTAKES: Register[Mistake] = Register("mistake")
"""Those that several share, and over them those of the exercise in use (:mod:`twolenses.keys`)."""


def mistake(*, about: str = "", of: str = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as a common mistake made when the fact or the answer `about` is asked for.

    The function computes the wrong answer, of the same type as the right one: a number for a number, a function for
    a function. Its docstring is the sentence for whoever gives it. Keys of release 0.1 say `of` for `about`; it is
    read, and ``twolenses validate exercises`` says the new word.
    """
    about = about or of

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        name = function.__name__
        if not answers.is_known(about):
            known = [*facts.names(), *answers.names()]
            raise FactError(
                f"The mistake {name!r} is about {about!r}, which is no fact and no answer. {suggestion(about, known)}"
            )
        MISTAKES.add(name, Mistake(name, about, function), function)
        return function

    return register


def named(name: str) -> Mistake:
    """The mistake of that name.

    Raises
    ------
    FactError
        If there is none; the sentence names the nearest.
    """
    return MISTAKES[name]


def names() -> list[str]:
    """Names of all mistakes."""
    return list(MISTAKES.all())


def mistakes_for(about: str) -> list[Mistake]:
    """The mistakes known for one fact or answer."""
    return [one for one in MISTAKES.all().values() if one.about == about]
