"""What a platform's export writes of a response, understood: the response that a question's type takes.

Moodle joins parts by ``; `` (``left -> right``, ``part 1: …``, ten characters of an item that is put in order), Canvas
by commas (``left=>right``). Both write plain text, so that known texts are looked for without their markup.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from twolenses.lms.letters import letter
from twolenses.quiz import text, types
from twolenses.quiz.types import BaseQuestion, ChoiceBlank

__all__ = ["bare", "understood"]

T = TypeVar("T")


def bare(written: str) -> str:
    """A text as it is looked for: without case, spaces, emphasis and the signs around a formula."""
    return re.sub(r"[\s_*\"'\\$(){}]+", "", unicodedata.normalize("NFKC", written).casefold())


def understood(question: BaseQuestion, given: str) -> Any:
    """The response that stands in a platform's export as a text; None where it cannot be told."""
    match question:
        case types.Numeric() | types.Short() | types.Essay():
            return given
        case types.Single():
            return _only(given, _numbered(option.text for option in question.options))
        case types.Multiple():
            return _all(given, _numbered(option.text for option in question.options))
        case types.TrueFalse():
            reasons = [f": {text.plain(reason.text)}" for reason in question.reasons] or [""]
            verdicts = {
                f"{value}{reason}": {"value": value, "reason": number}
                for value in (True, False)
                for number, reason in enumerate(reasons)
            }
            return _only(given, verdicts)
        case types.Matching():
            choices = [*enumerate(question.choices), *((n, letter(n)) for n in range(len(question.choices)))]
            return _rows(given, [pair.left for pair in question.pairs], choices)
        case types.Classify():
            return _rows(given, [one.text for one in question.statements], [(one, one) for one in question.categories])
        case types.Ordering():
            return _order(given, [bare(text.plain(item)) for item in question.items])
        case types.Cloze():
            parts = dict(re.findall(r"\w+ (\d+) ?: (.*?)(?=; \w+ \d+ ?: |$)", given, re.S))
            return [_blank(one, parts.get(str(n), "")) for n, one in enumerate(question.blanks, 1)] if parts else None
    return None


def _order(given: str, items: Sequence[str]) -> list[int] | None:
    """The places of items, each cut short after some characters; None where two begin alike."""
    shown = [bare(one.strip().removesuffix("...")) for one in given.split(";")]
    found = [[place for place, item in enumerate(items) if item.startswith(one)] for one in shown]
    return [one[0] for one in found] if all(len(one) == 1 for one in found) else None


def _blank(blank: Any, given: str) -> Any:
    if isinstance(blank, ChoiceBlank):
        return _only(given, _numbered(one.text for one in blank.options))
    return given or None


def _numbered(texts: Iterable[str]) -> dict[str, int]:
    return {text.plain(one): number for number, one in enumerate(texts)}


def _rows(given: str, lefts: Sequence[str], rights: Sequence[tuple[T, str]]) -> list[T | None] | None:
    """What stands beside each left side: ``left -> right`` in Moodle, ``left=>right`` in Canvas."""
    pairs = {
        f"{text.plain(left)}{arrow}{text.plain(right)}": (row, value)
        for row, left in enumerate(lefts)
        for value, right in rights
        for arrow in ("->", "=>")
    }
    found = _all(given, pairs)
    chosen = dict(found or [])
    return [chosen.get(row) for row in range(len(lefts))] if found else None


def _only(given: str, known: Mapping[str, T]) -> T | None:
    found = _all(given, known)
    return found[0] if found and len(found) == 1 else None


def _all(given: str, known: Mapping[str, T]) -> list[T] | None:
    """The known texts that a text consists of, in order; None where it holds anything else."""
    values = {bare(one): value for one, value in known.items()}
    pattern = "|".join(map(re.escape, sorted(values, key=len, reverse=True)))
    whole = bare(given)
    if re.search(r"\w", re.sub(pattern, "", whole)):
        return None
    return [values[one] for one in re.findall(pattern, whole)]
