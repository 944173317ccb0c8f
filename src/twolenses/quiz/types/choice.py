"""Options to choose from: what single choice, multiple response and a blank with options share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import Field

from twolenses.quiz.types.base import BaseQuestion, Mark, Md, Model, Option, whole

__all__ = ["Choice", "Options", "mark_one", "one_key"]


class Options(Model):
    """Two options or more, each with its feedback."""

    options: list[Option] = Field(min_length=2)

    @property
    def keys(self) -> tuple[int, ...]:
        """Numbers of the right options, from 0."""
        return tuple(number for number, option in enumerate(self.options) if option.key)

    def option_texts(self) -> list[str]:
        """Every option and its feedback."""
        return [text for option in self.options for text in (option.text, option.feedback)]

    def key_marking(self) -> dict[str, Any]:
        """Right options and the feedback to each."""
        return {"keys": list(self.keys), "feedback": [Md(option.feedback) for option in self.options]}

    def in_words(self) -> str:
        """The right options, one after the other."""
        return "; ".join(self.options[number].text for number in self.keys)


class Choice(Options, BaseQuestion):
    """A question with options."""

    def texts(self) -> list[str]:
        """Stem, hints, explanation, options and their feedback."""
        return super().texts() + self.option_texts()

    def offered(self) -> list[list[str]]:
        """The options."""
        return [[option.text for option in self.options]]

    def marking(self) -> dict[str, Any]:
        """Type, right options and the feedback to each."""
        return {"type": self.type, **self.key_marking()}

    def solution(self) -> str:
        """The right options, one after the other."""
        return self.in_words()


def mark_one(options: Sequence[Option], response: Any) -> Mark:
    """Mark the number of the one chosen option."""
    pick = whole(response, len(options))
    if pick is None:
        return Mark(0)
    return Mark(float(options[pick].key), (options[pick].feedback,))


def one_key(options: Sequence[Option]) -> list[str]:
    """What is wrong unless exactly one option is right."""
    keys = sum(option.key for option in options)
    if not keys:
        return ["has no key. Mark the right option with 'key: true'."]
    if keys > 1:
        return [f"has {keys} keys, a single choice has one. Take 'key: true' from the others, or use 'type: multiple'."]
    return []
