"""Typed answers for platforms that compare letter by letter: numbers as intervals or as a list, words in their
spellings.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from twolenses import mistakes
from twolenses.lms.characters import legal
from twolenses.quiz.normal import normal
from twolenses.quiz.types.numeric import Number
from twolenses.quiz.types.short import Words
from twolenses.tolerance import SLACK

__all__ = ["Interval", "decimal", "intervals", "near_misses", "spellings", "written"]

MOST = 60
"""How many values a list of alternatives holds; a wider tolerance is written to fewer decimals."""


@dataclass(frozen=True)
class Interval:
    """From where to where a number counts as this one, ends included, whether that is right, and what to say to it."""

    right: bool
    low: float
    high: float
    feedback: str = ""


def intervals(number: Number) -> list[Interval]:
    """The key, then the mistakes, in the order in which the page asks; what it allows for rounding is in the ends."""
    known = [(True, number.value, "")]
    known += [(False, one.value, one.sentence) for one in map(mistakes.named, number.mistakes)]
    return [_around(value, number.within, right, said) for right, value, said in known]


def _around(value: float, within: float, right: bool, said: str) -> Interval:
    reach = within + SLACK * max(1.0, abs(value))
    return Interval(right, value - reach, value + reach, said)


def decimal(value: float) -> str:
    """A number without exponent: ten decimals at most, none that are zero."""
    return f"{value:.10f}".rstrip("0").rstrip(".")


def written(number: Number) -> list[str]:
    """Every right answer as somebody might type it, for a platform that knows no tolerance: the printed key first.

    All values of the key's decimals within the tolerance, and those of fewer decimals, with a point and with a comma;
    the key between thousands, too. Where these are too many, only as many decimals as make no more than
    :data:`MOST`.
    """
    figure = number.answer.figure()
    (key, *_) = intervals(number)
    digits = figure.digits
    found = [f"{round(number.value, digits):.{digits}f}"]
    for places in range(digits + 1):
        lowest, highest = math.ceil(key.low * 10**places), math.floor(key.high * 10**places)
        if highest - lowest < MOST:
            values = sorted(
                (one / 10**places for one in range(lowest, highest + 1)), key=lambda v: abs(v - number.value)
            )
            found += [f"{value:.{places}f}" for value in values]
    grouped = f"{round(number.value, digits):,.{digits}f}"
    if grouped != found[0]:
        found += [grouped, grouped.replace(",", " ")]
        found.append(grouped.translate(str.maketrans(",.", ".,")))
    found += [one.replace(".", ",") for one in found if "." in one and "," not in one]
    right = (one for one in dict.fromkeys(found) if number.judge(one)[0])
    return list(right)


def spellings(words: Words, texts: Iterable[str] | None = None) -> list[str]:
    """Every accepted answer as it stands, in plain type, and bare of diacritics where these do not matter; each once,
    whatever its case.
    """
    found: dict[str, str] = {}
    for answer in words.answers if texts is None else texts:
        for text in (answer, normal(answer, strict=True), normal(answer, strict=words.strict)):
            found.setdefault(legal(text).casefold(), legal(text))
    return [text for text in found.values() if text]


def near_misses(words: Words) -> Iterator[tuple[str, str]]:
    """Near misses in their spellings, each with its feedback; an accepted answer is none."""
    seen = {one.casefold() for one in spellings(words)}
    for miss in words.near:
        for text in spellings(words, [miss.text]):
            if text.casefold() not in seen:
                seen.add(text.casefold())
                yield text, miss.feedback
