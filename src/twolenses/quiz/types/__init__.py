"""The question types, one file each. Adding a type is a file and a line here."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from twolenses.quiz.types.base import BaseQuestion, Mark, Option
from twolenses.quiz.types.multiple import Multiple
from twolenses.quiz.types.numeric import Numeric
from twolenses.quiz.types.single import Single

__all__ = ["TYPES", "BaseQuestion", "Mark", "Multiple", "Numeric", "Option", "Question", "Single", "mark"]

TYPES: dict[str, type[BaseQuestion]] = {"single": Single, "multiple": Multiple, "numeric": Numeric}

Question = Annotated[Single | Multiple | Numeric, Field(discriminator="type")]


def mark(question: BaseQuestion, response: Any) -> Mark:
    """Mark a response. The one definition of correctness: the page's script follows it.

    Parameters
    ----------
    response
        What the question type takes: the number of the chosen option for *single*, a collection of numbers for
        *multiple*, the typed text for *numeric*; ``None`` is no answer.
    """
    return question.mark(response)
