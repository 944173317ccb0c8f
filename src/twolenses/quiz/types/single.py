"""Single choice: one option is right."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from twolenses.quiz.types.base import Mark
from twolenses.quiz.types.choice import Choice, mark_one, one_key


class Single(Choice):
    """One option is right; it earns everything, any other nothing. The response is the number of an option."""

    template: ClassVar[str] = "choice.html"
    type: Literal["single"]

    def mark(self, response: Any) -> Mark:
        """Mark the number of the chosen option."""
        return mark_one(self.options, response)

    def faults(self) -> list[str]:
        """Exactly one key."""
        return super().faults() + one_key(self.options)
