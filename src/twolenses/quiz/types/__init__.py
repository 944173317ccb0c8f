"""The question types, one file each. Adding a type is a file and a line here."""

from __future__ import annotations

from typing import Annotated, Any, get_args

from pydantic import Discriminator, Tag

from twolenses.quiz.types.base import BaseQuestion, Mark, Md, Option, type_of
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

Question = Annotated[
    Annotated[Single, Tag("#single")]
    | Annotated[Multiple, Tag("#multiple")]
    | Annotated[TrueFalse, Tag("#true-false")]
    | Annotated[Numeric, Tag("#numeric")]
    | Annotated[Short, Tag("#short")]
    | Annotated[Matching, Tag("#matching")]
    | Annotated[Ordering, Tag("#ordering")]
    | Annotated[Cloze, Tag("#cloze")]
    | Annotated[Classify, Tag("#classify")]
    | Annotated[Essay, Tag("#essay")],
    Discriminator(type_of),
]

TYPES: dict[str, type[BaseQuestion]] = {
    tag.tag.removeprefix("#"): model for model, tag in map(get_args, get_args(get_args(Question)[0]))
}
"""The question types by the name that a file has for them."""


def mark(question: BaseQuestion, response: Any) -> Mark:
    """Mark a response. The one definition of correctness: the page's script follows it.

    Parameters
    ----------
    response
        What the question type takes, as its class says: the number of the chosen option for *single*, a list of
        numbers for *multiple*, the typed text for *numeric* and *short*; ``None`` is no answer.
    """
    return question.mark(response)
