"""Single choice: one option is right."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from twolenses.quiz.types.base import Choice, Mark


class Single(Choice):
    """One option is right; it earns everything, any other nothing."""

    template: ClassVar[str] = "choice.html"
    type: Literal["single"]

    def mark(self, response: Any) -> Mark:
        """Mark the number of the chosen option."""
        if not isinstance(response, int) or not 0 <= response < len(self.options):
            return Mark(0)
        return Mark(float(response in self.keys), (self.options[response].feedback,))

    def faults(self) -> list[str]:
        """Exactly one key."""
        faults = super().faults()
        if not self.keys:
            faults.append("has no key. Mark the right option with 'key: true'.")
        elif len(self.keys) > 1:
            faults.append(
                f"has {len(self.keys)} keys, a single choice has one. Take 'key: true' from the others, or use "
                "'type: multiple'."
            )
        return faults
