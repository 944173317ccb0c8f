"""Classify: which lens does each statement belong to?"""

from __future__ import annotations

from typing import Any, ClassVar, Literal, get_args

from pydantic import Field

from twolenses.quiz.types.base import BaseQuestion, Lens, Mark, Md, Model, Text


class Statement(Model):
    """A statement, the lens it belongs to, and the reason."""

    text: Text
    key: Lens
    because: Text


class Classify(BaseQuestion):
    """Every statement put under its lens earns the same share; nothing is taken away.

    The response is a list with *realism*, *liberalism*, *both* or *neither*, or nothing, for each statement.
    """

    template: ClassVar[str] = "classify.html"
    categories: ClassVar[tuple[str, ...]] = get_args(Lens)
    type: Literal["classify"]
    statements: list[Statement] = Field(min_length=4)

    def mark(self, response: Any) -> Mark:
        """Mark a list of lenses."""
        if not isinstance(response, (list, tuple)):
            return Mark(0)
        answered = list(zip(response, self.statements, strict=False))
        right = sum(lens == one.key for lens, one in answered)
        feedback = (one.because for lens, one in answered if lens != one.key and self._known(lens))
        return Mark(right / len(self.statements), tuple(feedback))

    def _known(self, lens: Any) -> bool:
        return isinstance(lens, str) and lens in self.categories

    def marking(self) -> dict[str, Any]:
        """The lens of each statement and the reason."""
        return {
            "type": self.type,
            "keys": [one.key for one in self.statements],
            "categories": list(self.categories),
            "feedback": [Md(one.because) for one in self.statements],
        }

    def solution(self) -> str:
        """Every statement with its lens."""
        return "; ".join(f"{one.text.rstrip('.')} – {one.key}" for one in self.statements)

    def texts(self) -> list[str]:
        """Stem, hints, explanation, statements and reasons."""
        return super().texts() + [text for one in self.statements for text in (one.text, one.because)]

    def offered(self) -> list[list[str]]:
        """The statements."""
        return [[one.text for one in self.statements]]

    def faults(self) -> list[str]:
        """The statements do not all belong to one lens."""
        if len({one.key for one in self.statements}) < 2:
            return [*super().faults(), "puts every statement under one lens. Add one that belongs elsewhere."]
        return super().faults()
