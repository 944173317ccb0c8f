"""Answers as Moodle compares them: words letter by letter but for case, fractions from its list of grades."""

from __future__ import annotations

from collections.abc import Iterable

from twolenses.quiz.normal import normal
from twolenses.quiz.types import Multiple
from twolenses.quiz.types.short import Words

__all__ = ["accepted", "fraction", "near", "shares"]

EQUAL = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
"""Into so many equal shares Moodle can divide (question/engine/bank.php): 100 %, 50 %, 33.33333 % … 10 %."""


def accepted(words: Words) -> list[str]:
    """Every accepted answer as it stands, and bare of diacritics and typographic quotes where these do not matter."""
    return _variants(words.answers, words.strict)


def near(words: Words) -> list[tuple[str, str]]:
    """Near misses with their feedback; an accepted answer is none."""
    right = {one.casefold() for one in accepted(words)}
    return [
        (text, one.feedback)
        for one in words.near
        for text in _variants([one.text], words.strict)
        if text.casefold() not in right
    ]


def _variants(answers: Iterable[str], strict: bool) -> list[str]:
    """In Moodle a bare * stands for any text."""
    found: dict[str, str] = {}
    for answer in answers:
        for text in (answer, normal(answer, strict=strict)):
            found.setdefault(text.casefold(), text.replace("*", "\\*"))
    return list(found.values())


def shares(question: Multiple) -> list[float]:
    """What each key is worth, in percent. Eleven to twenty keys are worth 10 or 5, as Moodle has nothing between."""
    keys = len(question.keys)
    if keys in EQUAL:
        return [100 / keys] * keys
    return [10.0] * (20 - keys) + [5.0] * (2 * keys - 20)


def fraction(percent: float) -> str:
    """As Moodle's list of grades writes it: at most five decimals, none that are zero."""
    return f"{percent:.5f}".rstrip("0").rstrip(".") if percent else "0"
