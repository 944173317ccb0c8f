"""What a question loses on its way into another format. Nothing is dropped without a line about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from twolenses.quiz import Quiz
from twolenses.quiz.types import TYPES, BaseQuestion

__all__ = ["Losses", "Written", "held"]


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
        types = sorted(
            self._types.items(), key=lambda item: order.index(item[0][0]) if item[0][0] in order else len(order)
        )
        return (
            *(f"every question: {said}" for said in self._all),
            *(f"{name} ({n} question{'s' if n > 1 else ''}): {said}" for (name, said), n in types),
            *(f"{id}: {said}" for id, said in self._questions),
        )


def held(quizzes: Iterable[Quiz], holds: Callable[[BaseQuestion], bool], losses: Losses) -> list[Quiz]:
    """The quizzes with the questions that a format has a form for; every other type is left out with its line."""
    kept = []
    for quiz in quizzes:
        pairs = list(zip(quiz.questions, quiz.lines, strict=True))
        for question, _ in pairs:
            if not holds(question):
                losses.of_type(question, "this format has no form for it; left out")
        there = [pair for pair in pairs if holds(pair[0])]
        kept.append(replace(quiz, questions=tuple(q for q, _ in there), lines=tuple(line for _, line in there)))
    return kept
