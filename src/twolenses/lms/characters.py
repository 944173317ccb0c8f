"""Characters that no XML or HTML file can hold: control characters, halves of a pair, and what is no character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from twolenses.quiz.types import BaseQuestion

__all__ = ["illegal", "legal"]

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """The text without them; marks of direction and every letter stay."""
    return _ILLEGAL.sub("", text)


def illegal(question: BaseQuestion) -> int:
    """How many of them the question holds."""
    return sum(len(_ILLEGAL.findall(text)) for text in _texts(question.model_dump()))


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from _texts(value)
