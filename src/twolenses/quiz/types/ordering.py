"""Ordering: put items into their order."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any, ClassVar, Literal

from pydantic import Field

from twolenses.quiz.types.base import BaseQuestion, Mark, Md, Text, whole


class Ordering(BaseQuestion):
    """Every item directly followed by the one that should follow it earns a share of 1/(n − 1).

    Moodle calls the rule *relative to the next item, excluding last*: a run moved as a whole loses little. The
    response is the list of all items as placed, each by its number in the right order; a list in which one is
    missing or stands twice earns nothing.
    """

    template: ClassVar[str] = "ordering.html"
    type: Literal["ordering"]
    items: list[Text] = Field(min_length=3)
    feedback: Text

    @property
    def shown(self) -> tuple[int, ...]:
        """Numbers of the items in the order they are shown: the same at every build, never the right one."""
        right = list(range(len(self.items)))
        chance = random.Random(self.id)
        order = right[:]
        while order == right:
            chance.shuffle(order)
        return tuple(order)

    def mark(self, response: Any) -> Mark:
        """Mark a list of numbers of items."""
        last = len(self.items) - 1
        if not isinstance(response, (list, tuple)):
            return Mark(0)
        placed = [whole(one, last + 1) for one in response]
        if len(placed) != last + 1 or set(placed) != set(range(last + 1)):
            return Mark(0)
        numbers = [one for one in placed if one is not None]
        right = sum(after == before + 1 for before, after in pairwise(numbers))
        return Mark(right / last, () if right == last else (self.feedback,))

    def marking(self) -> dict[str, Any]:
        """How many items there are, and what to say to a wrong order."""
        return {"type": self.type, "items": len(self.items), "feedback": Md(self.feedback)}

    def solution(self) -> str:
        """The items in order."""
        return "; ".join(f"{number}. {item}" for number, item in enumerate(self.items, start=1))

    def texts(self) -> list[str]:
        """Stem, hints, explanation, items and feedback."""
        return [*super().texts(), *self.items, self.feedback]

    def offered(self) -> list[list[str]]:
        """The items."""
        return [self.items]
