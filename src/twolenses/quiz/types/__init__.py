"""The question types, one file each. Adding a type is a file and a line here."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from twolenses.quiz.types.base import BaseQuestion, Mark, Md, Option
from twolenses.quiz.types.classify import Classify
from twolenses.quiz.types.cloze import ChoiceBlank, Cloze, NumberBlank, TextBlank
from twolenses.quiz.types.essay import Essay
from twolenses.quiz.types.matching import Matching
from twolenses.quiz.types.multiple import Multiple
from twolenses.quiz.types.numeric import Numeric
from twolenses.quiz.types.ordering import Ordering
from twolenses.quiz.types.short import Short
from twolenses.quiz.types.single import Single
from twolenses.quiz.types.true_false import TrueFalse

__all__ = [
    "TYPES",
    "BaseQuestion",
    "ChoiceBlank",
    "Classify",
    "Cloze",
    "Essay",
    "Mark",
    "Matching",
    "Md",
    "Multiple",
    "NumberBlank",
    "Numeric",
    "Option",
    "Ordering",
    "Question",
    "Short",
    "Single",
    "TextBlank",
    "TrueFalse",
    "mark",
]

TYPES: dict[str, type[BaseQuestion]] = {
    "single": Single,
    "multiple": Multiple,
    "true-false": TrueFalse,
    "numeric": Numeric,
    "short": Short,
    "matching": Matching,
    "ordering": Ordering,
    "cloze": Cloze,
    "classify": Classify,
    "essay": Essay,
}

Question = Annotated[
    Single | Multiple | TrueFalse | Numeric | Short | Matching | Ordering | Cloze | Classify | Essay,
    Field(discriminator="type"),
]


def mark(question: BaseQuestion, response: Any) -> Mark:
    """Mark a response. The one definition of correctness: the page's script follows it.

    Parameters
    ----------
    response
        What the question type takes, as its class says: the number of the chosen option for *single*, a list of
        numbers for *multiple*, the typed text for *numeric* and *short*; ``None`` is no answer.
    """
    return question.mark(response)
