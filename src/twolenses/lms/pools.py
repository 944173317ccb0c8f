"""Variants as pools: a question that varies becomes a quiz of its own, from which a platform draws one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from twolenses import quiz
from twolenses.lms.losses import Losses
from twolenses.quiz import Quiz, vary

__all__ = ["Pool", "spread"]


@dataclass(frozen=True)
class Pool(Quiz):
    """Variants of one question, under the name of their chapter; `base` is the id of the question."""

    base: str = ""


def spread(quizzes: Iterable[Quiz], variants: int, seed: int | str, losses: Losses) -> list[Quiz]:
    """The quizzes with each question that varies taken out and put behind them, in so many variants.

    With no variants asked for, the quizzes as they are.
    """
    spread: list[Quiz] = []
    for one in quizzes:
        pairs = list(zip(one.questions, one.lines, strict=True))
        stay = [(question, line) for question, line in pairs if not (variants and question.vary)]
        if stay:
            spread.append(replace(one, questions=tuple(q for q, _ in stay), lines=tuple(line for _, line in stay)))
        for question, line in pairs:
            if not (variants and question.vary):
                continue
            available = len(vary.combinations(question.written))
            if available < variants:
                losses.of(question, f"has {available} variants, not {variants}; all are written")
            made = tuple(quiz.variants(question, min(variants, available), seed))
            given = {part.name: getattr(one, part.name) for part in fields(Quiz)}
            spread.append(
                Pool(**given | {"questions": made, "lines": (line,) * len(made), "called": one.name}, base=question.id)
            )
    return spread
