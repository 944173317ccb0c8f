"""Matching: to each left side belongs one of the choices."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar, Literal

from pydantic import Field

from twolenses.quiz.types.base import BaseQuestion, Mark, Md, Model, Text, whole


class Pair(Model):
    """What belongs together, and what to say to somebody who put it with something else."""

    left: Text
    right: Text
    feedback: Text


class Matching(BaseQuestion):
    """Every pair put together earns the same share; nothing is taken away.

    The response is a list with the number of a choice, or nothing, for each pair in the order of the file.
    """

    template: ClassVar[str] = "matching.html"
    type: Literal["matching"]
    pairs: list[Pair] = Field(min_length=3)
    distractors: list[Text] = Field(default_factory=list)

    @cached_property
    def choices(self) -> tuple[str, ...]:
        """The right sides and distractors, each once, sorted; turned round where that would be the order of the
        pairs."""
        texts = list(dict.fromkeys([*(pair.right for pair in self.pairs), *self.distractors]))
        ordered = sorted(texts, key=lambda text: (text.casefold(), text))
        return tuple(reversed(ordered) if ordered == texts else ordered)

    @property
    def keys(self) -> tuple[int, ...]:
        """The number of the right choice for each pair."""
        return tuple(self.choices.index(pair.right) for pair in self.pairs)

    def mark(self, response: Any) -> Mark:
        """Mark a list of numbers of choices."""
        if not isinstance(response, (list, tuple)):
            return Mark(0)
        picks = [whole(one, len(self.choices)) for one in response[: len(self.pairs)]]
        answered = list(zip(picks, self.keys, self.pairs, strict=False))
        right = sum(one == key for one, key, _ in answered)
        feedback = tuple(pair.feedback for one, key, pair in answered if one is not None and one != key)
        return Mark(right / len(self.pairs), feedback)

    def marking(self) -> dict[str, Any]:
        """The right choice and the feedback for each pair."""
        return {
            "type": self.type,
            "keys": list(self.keys),
            "choices": len(self.choices),
            "feedback": [Md(pair.feedback) for pair in self.pairs],
        }

    def solution(self) -> str:
        """Every pair."""
        return "; ".join(f"{pair.left} – {pair.right}" for pair in self.pairs)

    def texts(self) -> list[str]:
        """Stem, hints, explanation, pairs, feedback and distractors."""
        pairs = [text for pair in self.pairs for text in (pair.left, pair.right, pair.feedback)]
        return super().texts() + pairs + self.distractors

    def offered(self) -> list[list[str]]:
        """The left sides, and the choices."""
        rights = dict.fromkeys(pair.right for pair in self.pairs)
        return [[pair.left for pair in self.pairs], [*rights, *self.distractors]]

    def faults(self) -> list[str]:
        """There is something to choose between."""
        return [*super().faults(), *(["has one choice for all pairs. Add another."] if len(self.choices) < 2 else [])]
