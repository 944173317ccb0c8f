"""Numeric: a number, the key of which is a fact."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field

from twolenses import facts, mistakes
from twolenses.errors import FactError
from twolenses.quiz.types.base import BaseQuestion, Mark, Model
from twolenses.tolerance import Tolerance, half_unit, readings


class FactAnswer(Model):
    """The fact that holds the key, and how far a response may lie from it."""

    fact: str
    within: float | None = Field(default=None, ge=0)


class Numeric(BaseQuestion):
    """A number. A typed value is read with a decimal point or comma; a near value within the tolerance is right."""

    template: ClassVar[str] = "numeric.html"
    type: Literal["numeric"]
    answer: FactAnswer
    unit: str = ""
    mistakes: list[str] = Field(default_factory=list)

    @property
    def value(self) -> float:
        """The key."""
        return float(facts.figure(self.answer.fact))

    @property
    def within(self) -> float:
        """The tolerance: what the question says, else half a unit of the last printed place, none for a count."""
        if self.answer.within is not None:
            return self.answer.within
        figure = facts.figure(self.answer.fact)
        return half_unit(figure.digits) if figure.digits else 0.0

    def mark(self, response: Any) -> Mark:
        """Mark a typed text."""
        values = readings(response) if isinstance(response, str) else ()
        allowed = Tolerance(self.within)
        if any(allowed.accepts(value, self.value) for value in values):
            return Mark(1, (self.because,))
        for one in map(mistakes.named, self.mistakes):
            if any(allowed.accepts(value, one.value) for value in values):
                return Mark(0, (one.sentence,))
        return Mark(0)

    def marking(self) -> dict[str, Any]:
        """Key, tolerance and the sentence for each common mistake."""
        wrong = [{"value": one.value, "feedback": one.sentence} for one in map(mistakes.named, self.mistakes)]
        return {"type": self.type, "value": self.value, "within": self.within, "mistakes": wrong}

    def solution(self) -> str:
        """The figure as it is printed, with its unit."""
        printed = str(facts.figure(self.answer.fact))
        return printed if not self.unit or printed.endswith(self.unit) else f"{printed} {self.unit}"

    def texts(self) -> list[str]:
        """Stem, hints, explanation, and the sentences of its mistakes."""
        return super().texts() + [mistakes.named(name).sentence for name in self.mistakes if name in mistakes.names()]

    def faults(self) -> list[str]:
        """The fact exists and is one number; the mistakes exist and are not right by chance."""
        try:
            key = self.value
            wrong = [mistakes.named(name) for name in self.mistakes]
        except FactError as error:
            return [str(error)]
        return [
            f"names the mistake {one.name!r}, whose value lies within the tolerance of the key. Narrow 'within'."
            for one in wrong
            if Tolerance(self.within).accepts(one.value, key)
        ]
