"""Numeric: a number, the key of which is a fact."""

from __future__ import annotations

import math
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, Tag

from twolenses import mistakes
from twolenses.errors import Error
from twolenses.facts import Figure
from twolenses.quiz.keys import ByCell, ByFact, Computed, kind_of, printed
from twolenses.quiz.types.base import BaseQuestion, Mark, Md, Model
from twolenses.tolerance import Tolerance, half_unit, readings

__all__ = ["Number", "Numeric"]

_NO_NUMBER = (Error, ArithmeticError, TypeError, ValueError)


class Nearness(Model):
    """How far a response may lie from the key: at most one of the three, else half a unit of the last printed place.

    `within` is a distance in the unit of the key, `relative` a share of the key (0.05 for five percent), `figures` a
    number of significant digits: the response lies within half a unit of that place of the key.
    """

    within: float | None = Field(default=None, ge=0)
    relative: float | None = Field(default=None, ge=0, lt=1)
    figures: int | None = Field(default=None, ge=1, le=15)

    def modes(self) -> list[str]:
        """Which of the three are given."""
        return [name for name in ("within", "relative", "figures") if getattr(self, name) is not None]

    def distance(self, key: Figure) -> float:
        """The tolerance as a distance, which is what marking needs."""
        value = float(key)
        if self.within is not None:
            return self.within
        if self.relative is not None:
            return self.relative * abs(value)
        if self.figures is not None:
            return half_unit(self.figures - 1 - math.floor(math.log10(abs(value)))) if value else 0.0
        return Tolerance.printed(value, key.digits).within


class FactAnswer(Nearness, ByFact):
    """The fact that holds the key, and how far a response may lie from it."""


class CellAnswer(Nearness, ByCell):
    """The cell that holds the key of a varied question."""


class ComputedAnswer(Nearness, Computed):
    """The computation that yields the key of a varied question."""


Answer = Annotated[
    Annotated[FactAnswer, Tag("#fact")]
    | Annotated[CellAnswer, Tag("#table")]
    | Annotated[ComputedAnswer, Tag("#compute")],
    Discriminator(kind_of),
]


class Number(Model):
    """A number to write, with the common mistakes made on the way to it.

    Without `mistakes` these are all that are known for the fact; an empty list means none.
    """

    answer: Answer
    unit: str = ""
    named: list[str] | None = Field(default=None, alias="mistakes")

    @property
    def value(self) -> float:
        """The key."""
        return float(self.answer.figure())

    @property
    def within(self) -> float:
        """The tolerance, as a distance from the key."""
        return self.answer.distance(self.answer.figure())

    @cached_property
    def mistakes(self) -> tuple[str, ...]:
        """Names of the common mistakes. One that the tolerance cannot tell from the key is none."""
        if self.named is not None:
            return tuple(self.named)
        known = mistakes.mistakes_for(self.answer.fact) if isinstance(self.answer, ByFact) else []
        try:
            return tuple(one.name for one in known if not Tolerance(self.within).accepts(one.value, self.value))
        except _NO_NUMBER:  # `number_faults` says it
            return ()

    def judge(self, response: Any) -> tuple[bool, str]:
        """Whether a typed text is the key, and the sentence of the mistake if it is one."""
        values = readings(response) if isinstance(response, str) else ()
        if not values:
            return False, ""
        key, allowed = self.value, Tolerance(self.within)
        if any(allowed.accepts(value, key) for value in values):
            return True, ""
        for one in map(mistakes.named, self.mistakes):
            if any(allowed.accepts(value, one.value) for value in values):
                return False, one.sentence
        return False, ""

    def number_marking(self) -> dict[str, Any]:
        """Key, tolerance, unit and the sentence for each common mistake."""
        mode = next(iter(self.answer.modes()), "printed")
        return {
            "value": self.value,
            "within": self.within,
            "tolerance": {"mode": mode, "amount": getattr(self.answer, mode, None)},
            "unit": self.unit,
            "mistakes": [
                {"value": one.value, "feedback": Md(one.sentence)} for one in map(mistakes.named, self.mistakes)
            ],
        }

    def in_words(self) -> str:
        """The figure as it is printed, with its unit."""
        figure = self.answer.figure()
        return " ".join(
            part for part in (figure.qualifier, printed(self.answer, self.unit), figure.attribution) if part
        )

    def sentences(self) -> list[str]:
        """The sentences of its mistakes."""
        return [mistakes.named(name).sentence for name in self.mistakes if name in mistakes.names()]

    def number_faults(self, varies: bool) -> list[str]:
        """The key exists and is one number; the mistakes exist and are not right by chance."""
        faults = []
        if len(self.answer.modes()) > 1:
            faults.append(f"has {' and '.join(map(repr, self.answer.modes()))}. Keep one of them.")
        if not varies and not isinstance(self.answer, ByFact):
            faults.append("takes its key from a table. Name a fact, or let the question vary.")
        try:
            key, allowed = self.value, Tolerance(self.within)
            wrong = [mistakes.named(name) for name in self.mistakes]
        except _NO_NUMBER as error:
            return [*faults, str(error)]
        return faults + [
            f"names the mistake {one.name!r}, whose value lies within the tolerance of the key. Narrow 'within'."
            for one in wrong
            if allowed.accepts(one.value, key)
        ]


class Numeric(Number, BaseQuestion):
    """A number: the key, or a value within the tolerance, earns everything, any other nothing.

    The response is the typed text, read with a decimal point or comma, with separators between thousands, with a
    sign and with a unit behind it (:func:`twolenses.tolerance.readings`).
    """

    template: ClassVar[str] = "numeric.html"
    type: Literal["numeric"]

    def mark(self, response: Any) -> Mark:
        """Mark a typed text."""
        right, sentence = self.judge(response)
        return Mark(1, (self.because,)) if right else Mark(0, (sentence,) if sentence else ())

    def marking(self) -> dict[str, Any]:
        """Key, tolerance and the sentence for each common mistake."""
        return {"type": self.type, **self.number_marking()}

    def solution(self) -> str:
        """The figure as it is printed, with its unit."""
        return self.in_words()

    def texts(self) -> list[str]:
        """Stem, hints, explanation, and the sentences of its mistakes."""
        return super().texts() + self.sentences()

    def faults(self) -> list[str]:
        """Those of its number."""
        return super().faults() + self.number_faults(self.varies)
