"""Answers as Moodle compares them: words letter by letter but for case, numbers within a tolerance, fractions from its
list of grades.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from twolenses import mistakes
from twolenses.quiz.normal import normal
from twolenses.quiz.types import Multiple
from twolenses.quiz.types.numeric import Number
from twolenses.quiz.types.short import Words

__all__ = ["KEYS", "WRITE_A_POINT", "Expected", "accepted", "fraction", "near", "numbers", "shares"]

EQUAL = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
"""Into so many equal shares Moodle can divide (question/engine/bank.php): 100 %, 50 %, 33.33333 % … 10 %."""

KEYS = 20
"""How many keys Moodle's fractions can share 100 % among."""

WRITE_A_POINT = (
    "If you wrote a comma before the decimals: Moodle took it for a separator between thousands. Write a point."
)


@dataclass(frozen=True)
class Expected:
    """A number that Moodle knows: whether it is right, how far a response may lie from it, what to say to it."""

    right: bool
    value: float
    within: float
    feedback: str = ""

    def meets(self, other: Expected) -> bool:
        """Whether a response could be both."""
        return abs(self.value - other.value) <= self.within + other.within


def numbers(number: Number, feedback: str = "") -> list[Expected]:
    """The key, the mistakes, and what the key becomes when Moodle drops a decimal comma, in the order of comparison.

    Moodle prints the first right number it finds, so the key as the book prints it comes before the exact one.
    """
    figure = number.answer.figure()
    key = Expected(True, float(figure), number.answer.distance(figure), feedback)
    shown = Expected(True, round(key.value, figure.digits), 0, feedback)
    known = [shown, key] if shown.value != key.value and shown.meets(key) else [key]
    known += [Expected(False, one.value, key.within, one.sentence) for one in map(mistakes.named, number.mistakes)]
    joined = _joined(key, figure.digits)
    return known if joined is None or any(map(joined.meets, known)) else [*known, joined]


def _joined(key: Expected, digits: int) -> Expected | None:
    """All that would be right with a decimal point, read without it: 461 for 46.1, 457 to 466 for 46.1 ± 0.5."""
    if not digits:
        return None
    low, high = (round(10**digits * (key.value + side * key.within), 6) for side in (-1, 1))
    lowest, highest = math.ceil(low), math.floor(high)
    middle, reach = (lowest + highest) / 2, (highest - lowest) / 2
    return Expected(False, middle, reach, WRITE_A_POINT) if reach >= 0 else None


def accepted(words: Words) -> list[str]:
    """Every accepted answer as it stands, in plain type, bare of diacritics where these do not matter; a full stop may
    stand behind each.
    """
    return _variants(words.answers, words.strict)


def near(words: Words) -> list[tuple[str, str]]:
    """Near misses with their feedback; an accepted answer is none."""
    right = {one.lower() for one in accepted(words)}
    return [
        (text, one.feedback)
        for one in words.near
        for text in _variants([one.text], words.strict)
        if text.lower() not in right
    ]


def _variants(answers: Iterable[str], strict: bool) -> list[str]:
    """In Moodle a bare * stands for any text, and case does not matter, letter by letter: ß is no ss."""
    found: dict[str, str] = {}
    for answer in answers:
        bare = dict.fromkeys((answer, normal(answer, strict=True), normal(answer, strict=strict)))
        for text in (*bare, *(f"{one}." for one in bare if not one.endswith("."))):
            found.setdefault(text.lower(), text.replace("*", "\\*"))
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
