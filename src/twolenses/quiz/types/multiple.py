"""Multiple response: any number of options is right, from one to all."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from twolenses.quiz.types.base import Mark, whole
from twolenses.quiz.types.choice import Choice


class Multiple(Choice):
    """Every right option chosen earns its share, every wrong one takes a share away, never below nothing.

    With *k* keys, a share is 1/k: the rule that Moodle's positive and negative fractions express. The response is a
    list of the numbers of the chosen options; what is no number of an option is ignored.
    """

    template: ClassVar[str] = "choice.html"
    type: Literal["multiple"]

    def mark(self, response: Any) -> Mark:
        """Mark the numbers of the chosen options."""
        if not isinstance(response, (set, frozenset, list, tuple)) or not self.keys:
            return Mark(0)
        picks = sorted({one for one in (whole(entry, len(self.options)) for entry in response) if one is not None})
        right = sum(self.options[number].key for number in picks)
        fraction = max(0, 2 * right - len(picks)) / len(self.keys)
        return Mark(fraction, tuple(self.options[number].feedback for number in picks))

    def faults(self) -> list[str]:
        """One key at least; how many there are is for the reader to find out."""
        return super().faults() + ([] if self.keys else ["has no key. Mark the right options with 'key: true'."])
