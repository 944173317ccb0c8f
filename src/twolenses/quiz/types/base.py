"""What every question has."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

__all__ = ["BaseQuestion", "Choice", "Mark", "Option", "Text"]

Text = Annotated[str, Field(min_length=1)]


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


@dataclass(frozen=True)
class Mark:
    """What a response is worth, from 0 to 1, and what to say to it (Markdown)."""

    fraction: float
    feedback: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        """Whether the response earns everything."""
        return self.fraction >= 1


class Model(BaseModel):
    """A part of a question: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Option(Model):
    """One option to choose, with what to say to somebody who chose it."""

    text: Text
    feedback: Text
    key: bool = False


class BaseQuestion(Model):
    """What every question has, whatever its type.

    `source` names what the key rests on: a claim (``C21``), a fact (``fact:serbian_troop_cut``) or an entry of the
    bibliography (``cite:jervis1978``).
    """

    template: ClassVar[str]

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    type: str
    objective: str
    level: Literal["remember", "understand", "apply", "analyze", "evaluate", "create"]
    difficulty: Literal["easy", "medium", "hard"]
    lens: Literal["realism", "liberalism", "both", "neither"] = "neither"
    source: Annotated[list[Text], BeforeValidator(_as_list), Field(min_length=1)]
    stem: Text
    hint: Annotated[list[Text], BeforeValidator(_as_list), Field(min_length=1)]
    because: Text
    points: float = Field(default=1, gt=0)

    @abstractmethod
    def mark(self, response: Any) -> Mark:
        """What `response` is worth."""

    @abstractmethod
    def marking(self) -> dict[str, Any]:
        """What the page's script needs to mark, as JSON; feedback is Markdown still."""

    @abstractmethod
    def solution(self) -> str:
        """The right answer in words (Markdown)."""

    def texts(self) -> list[str]:
        """Every text a reader may see, for the rules that look at all of them."""
        return [self.stem, *self.hint, self.because]

    def faults(self) -> list[str]:
        """What is wrong with the question beyond its form, one sentence each."""
        return []


class Choice(BaseQuestion):
    """A question with options."""

    options: list[Option] = Field(min_length=2)

    @property
    def keys(self) -> tuple[int, ...]:
        """Numbers of the right options, from 0."""
        return tuple(number for number, option in enumerate(self.options) if option.key)

    def texts(self) -> list[str]:
        """Stem, hints, explanation, options and their feedback."""
        return super().texts() + [text for option in self.options for text in (option.text, option.feedback)]

    def faults(self) -> list[str]:
        """An option that stands twice."""
        seen = [option.text.casefold().strip() for option in self.options]
        return [
            f"has the option {text!r} twice. Change one." for text in sorted({t for t in seen if seen.count(t) > 1})
        ]

    def marking(self) -> dict[str, Any]:
        """Type, right options and the feedback to each."""
        return {
            "type": self.type,
            "keys": list(self.keys),
            "feedback": [option.feedback for option in self.options],
        }

    def solution(self) -> str:
        """The right options, one after the other."""
        return "; ".join(self.options[number].text for number in self.keys)
