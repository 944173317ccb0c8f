"""What a question loses on its way into another format. Nothing is dropped without a line about it."""

from __future__ import annotations

from dataclasses import dataclass, field

from twolenses.quiz.types import TYPES, BaseQuestion

__all__ = ["Losses", "Written"]


@dataclass(frozen=True)
class Written:
    """How many questions a file holds, and what they lost, one line each."""

    questions: int
    losses: tuple[str, ...] = ()


@dataclass
class Losses:
    """Collects losses: what every question of a type loses is said once, with how many questions it concerns."""

    _types: dict[tuple[str, str], int] = field(default_factory=dict)
    _questions: dict[tuple[str, str], None] = field(default_factory=dict)
    _all: dict[str, None] = field(default_factory=dict)

    def of_type(self, question: BaseQuestion, sentence: str) -> None:
        """Every question like this one loses the same."""
        key = (question.type, sentence)
        self._types[key] = self._types.get(key, 0) + 1

    def of(self, question: BaseQuestion, sentence: str) -> None:
        """This question loses something."""
        self._questions[question.id, sentence] = None

    def of_all(self, sentence: str) -> None:
        """Every question loses it."""
        self._all[sentence] = None

    def lines(self) -> tuple[str, ...]:
        """What all lose, then types in their order, then questions in the order they were written."""
        order = list(TYPES)
        types = sorted(self._types.items(), key=lambda item: order.index(item[0][0]))
        return (
            *(f"every question: {said}" for said in self._all),
            *(f"{name} ({n} question{'s' if n > 1 else ''}): {said}" for (name, said), n in types),
            *(f"{id}: {said}" for id, said in self._questions),
        )
