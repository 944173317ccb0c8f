"""Responses to try a question with: right, wrong, right in part, blank; and what they are called in QTI."""

from __future__ import annotations

from typing import Any

from twolenses import mistakes
from twolenses.lms import answers
from twolenses.quiz.types import (  # fmt: skip
    BaseQuestion,
    ChoiceBlank,
    Classify,
    Cloze,
    Essay,
    Matching,
    Multiple,
    NumberBlank,
    Numeric,
    Ordering,
    Short,
    Single,
    TextBlank,
    TrueFalse,
)

WORDS = "no such word"


def tried(question: BaseQuestion) -> list[Any]:
    """Responses as the page takes them."""
    match question:
        case Single():
            return [*range(len(question.options)), None]
        case Multiple():
            every, keys = set(range(len(question.options))), set(question.keys)
            sets = [set(), every, keys, *({one} for one in every), *(keys ^ {one} for one in every)]
            return [list(one) for one in dict.fromkeys(tuple(sorted(one)) for one in sets)]
        case TrueFalse():
            reasons = range(len(question.reasons)) if question.reasons else [None]
            return [None, *({"value": value, "reason": one} for value in (True, False) for one in reasons)]
        case Numeric():
            return numbers(question)
        case Short():
            return words(question)
        case Matching() | Classify():
            right, size = _right(question)
            return [right, [(one + 1) % size for one in right], [*right[:-1], None], [None] * len(right), right[::-1]]
        case Ordering():
            right = list(range(len(question.items)))
            return [right, right[::-1], [*right[1:], 0], [1, 0, *right[2:]]]
        case Cloze():
            right = [blank_right(blank) for blank in question.blanks]
            wrong = [blank_wrong(blank) for blank in question.blanks]
            one_wrong = [[*right[:n], wrong[n], *right[n + 1 :]] for n in range(len(right))]
            return [right, wrong, *one_wrong, [None] * len(right)]
        case Essay():
            return []
    raise AssertionError(question.type)


def _right(question: Matching | Classify) -> tuple[list[int], int]:
    if isinstance(question, Matching):
        return list(question.keys), len(question.choices)
    return [question.categories.index(one.key) for one in question.statements], len(question.categories)


def numbers(number: Any) -> list[str]:
    """The printed key, what lies just inside and just outside, the mistakes, nothing, words."""
    figure, within = number.answer.figure(), number.within
    step = 1e-4 * max(1.0, within)
    near = [number.value - within + step * (within > 0), number.value + within - step * (within > 0)]
    far = [number.value - within - step, number.value + within + step, -number.value - 1]
    known = [one.value for one in map(mistakes.named, number.mistakes)]
    printed = f"{round(number.value, figure.digits):.{figure.digits}f}"
    return [printed, *(answers.decimal(one) for one in (*near, *far, *known)), "", WORDS]


def words(known: Any) -> list[str]:
    """Every spelling in another case, near misses, nothing, another word."""
    missed = [text for text, _ in answers.near_misses(known)]
    return [*(one.swapcase() for one in answers.spellings(known)), *missed, "", WORDS]


def blank_right(blank: ChoiceBlank | TextBlank | NumberBlank) -> Any:
    match blank:
        case ChoiceBlank():
            return blank.keys[0]
        case TextBlank():
            return blank.answers[0]
        case NumberBlank():
            return numbers(blank)[0]


def blank_wrong(blank: ChoiceBlank | TextBlank | NumberBlank) -> Any:
    match blank:
        case ChoiceBlank():
            return next(number for number in range(len(blank.options)) if number not in blank.keys)
        case TextBlank():
            return WORDS
        case NumberBlank():
            return numbers(blank)[4]


def as_page(question: BaseQuestion, response: Any) -> Any:
    """A response with lenses by name where the page has names."""
    if isinstance(question, Classify):
        return [None if one is None else question.categories[one] for one in response]
    return response


def as_qti(question: BaseQuestion, response: Any) -> dict[str, Any]:
    """The same response by the names of the item's variables."""
    if isinstance(question, Cloze):
        named = {}
        for number, (blank, one) in enumerate(zip(question.blanks, response, strict=True), start=1):
            given = None if one is None else f"option{one + 1}" if isinstance(blank, ChoiceBlank) else one
            if given is not None:
                named[f"RESPONSE_{number}"] = given
        return named
    return {} if (given := _given(question, response)) is None else {"RESPONSE": given}


def _given(question: BaseQuestion, response: Any) -> Any:
    match question:
        case Single():
            return None if response is None else f"option{response + 1}"
        case Multiple():
            return [f"option{one + 1}" for one in response] or None
        case TrueFalse():
            if response is None:
                return None
            size = max(1, len(question.reasons))
            return f"option{1 + (0 if response['value'] else size) + (response['reason'] or 0)}"
        case Matching() | Classify():
            pairs = [f"left{n} choice{one + 1}" for n, one in enumerate(response, start=1) if one is not None]
            return pairs or None
        case Ordering():
            return [f"item{one + 1}" for one in response]
    return response or None
