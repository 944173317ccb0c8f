"""What every part of a question is made of: the frozen model, texts, and how numbers in a response are read.

Wherever a file may hold one of several things, each of them has a tag that begins with ``#``: pydantic puts it into the
place of an error, and :mod:`twolenses.quiz.bank` knows by the sign that it does not stand in the file.
"""

from __future__ import annotations

import math
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

from twolenses.quiz.text import Md

__all__ = ["Md", "Model", "Text", "Texts", "number", "type_of", "whole"]

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


Texts = Annotated[list[Text], BeforeValidator(_as_list, json_schema_input_type=list[Text] | Text)]
"""One text or a list of texts."""


class Model(BaseModel):
    """A part of a question: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def type_of(value: Any) -> str | None:
    """The tag of what says its own type; nothing where it says none."""
    type = value.get("type") if isinstance(value, dict) else getattr(value, "type", None)
    return None if type is None else f"#{type}"


def whole(value: Any, size: int) -> int | None:
    """`value` as a whole number from 0 to `size` − 1, or nothing. True is no number, 1.0 is 1, as on the page."""
    number_ = number(value)
    if number_ is None or not number_.is_integer() or not 0 <= number_ < size:
        return None
    return int(number_)


def number(value: Any) -> float | None:
    """`value` as a finite number, or nothing."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:
        return None
