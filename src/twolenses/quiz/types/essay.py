"""Essay: a text, assessed by its writer on the page and by the teacher in a learning platform."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field

from twolenses.quiz.types.base import BaseQuestion, Mark, Md, Model, Text, number


class Criterion(Model):
    """One row of the rubric: what is looked at, how much it is worth, what earns that."""

    criterion: Text
    points: float = Field(gt=0)
    description: Text


class Length(Model):
    """How many words are asked for."""

    min: int = Field(ge=1)
    max: int = Field(ge=1)


class Essay(BaseQuestion):
    """The points its writer gives, as a share of all points of the rubric; nothing before points are given.

    The response is ``{"text": …, "scores": [number, …]}``, one score per criterion; a score below zero counts as zero,
    one above the points of its criterion as those. The text is never judged by a program.
    """

    template: ClassVar[str] = "essay.html"
    type: Literal["essay"]
    rubric: list[Criterion] = Field(min_length=1)
    words: Length
    sample: Text

    @property
    def total(self) -> float:
        """All points of the rubric."""
        return sum(row.points for row in self.rubric)

    def mark(self, response: Any) -> Mark:
        """Mark by the writer's own scores."""
        scores = response.get("scores") if isinstance(response, dict) else None
        if not isinstance(scores, (list, tuple)):
            return Mark(0)
        scored = zip(map(number, scores), self.rubric, strict=False)
        earned = sum(min(max(score, 0), row.points) for score, row in scored if score is not None)
        return Mark(min(earned / self.total, 1))

    def marking(self) -> dict[str, Any]:
        """The points of each criterion, the rubric and the number of words."""
        return {
            "type": self.type,
            "points_each": [row.points for row in self.rubric],
            "rubric": [{"criterion": Md(row.criterion), "description": Md(row.description)} for row in self.rubric],
            "words": {"min": self.words.min, "max": self.words.max},
        }

    def solution(self) -> str:
        """The model answer."""
        return self.sample

    def texts(self) -> list[str]:
        """Stem, hints, explanation, rubric and model answer."""
        rubric = [text for row in self.rubric for text in (row.criterion, row.description)]
        return [*super().texts(), *rubric, self.sample]

    def offered(self) -> list[list[str]]:
        """The criteria."""
        return [[row.criterion for row in self.rubric]]

    def faults(self) -> list[str]:
        """The shortest length is not above the longest."""
        if self.words.min > self.words.max:
            return [*super().faults(), f"asks for at least {self.words.min} words and at most {self.words.max}."]
        return super().faults()
