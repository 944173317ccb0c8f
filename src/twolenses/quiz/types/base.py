"""What every question has."""

from __future__ import annotations

import re
from abc import abstractmethod
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    PrivateAttr,
    Tag,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from twolenses import mistakes
from twolenses.errors import Error
from twolenses.quiz.keys import ByCell, ByFact, ByMistake, Choices, Computed, kind_of, printed
from twolenses.quiz.model import Md, Model, Text, Texts, number, type_of, whole

__all__ = ["BaseQuestion", "Mark", "Md", "Model", "Option", "Text", "Texts", "number", "type_of", "whole"]

Lens = Literal["realism", "liberalism", "both", "neither"]


@dataclass(frozen=True)
class Mark:
    """What a response is worth, from 0 to 1, and what to say to it (Markdown)."""

    fraction: float
    feedback: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        """Whether the response earns everything."""
        return self.fraction >= 1


_NUMBER: TypeAdapter[ByFact | ByCell | Computed | ByMistake] = TypeAdapter(
    Annotated[
        Annotated[ByFact, Tag("#fact")]
        | Annotated[ByCell, Tag("#table")]
        | Annotated[Computed, Tag("#compute")]
        | Annotated[ByMistake, Tag("#mistake")],
        Discriminator(kind_of),
    ]
)


def _in_words(value: Any) -> Any:
    """A number in place of an option's text, printed as the book prints it."""
    if not isinstance(value, dict):
        return value
    try:
        number = _NUMBER.validate_python({name: one for name, one in value.items() if name != "unit"})
        return printed(number, str(value.get("unit", "")))
    except ValidationError as error:
        first = error.errors()[0]
        field = " ".join(str(step) for step in first["loc"] if not str(step).startswith("#"))
        raise ValueError(f"{field}: {first['msg'][0].lower()}{first['msg'][1:]}") from error
    except (Error, ArithmeticError, TypeError) as error:
        raise ValueError(str(error)) from error


class Option(Model):
    """One option to choose, with what to say to somebody who chose it.

    The text may be a number: `{fact: …}`, `{table: …, column: …, where: …}`, `{compute: …, of: […]}` or, for a wrong
    option, `{mistake: …}`, each with `unit` and `digits` where they are due. An option made of a named mistake needs
    no feedback of its own: it has the sentence of the mistake.
    """

    text: Annotated[Text, BeforeValidator(_in_words, json_schema_input_type=Text | dict[str, Any])]
    feedback: Text
    key: bool = False

    @model_validator(mode="before")
    @classmethod
    def _sentence_of_its_mistake(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("text"), dict) and "feedback" not in value:
            name = value["text"].get("mistake")
            if name in mistakes.names():
                return {**value, "feedback": mistakes.named(name).sentence}
        return value


class BaseQuestion(Model):
    """What every question has, whatever its type.

    `source` names what the key rests on: a claim (``C21``), a fact (``fact:serbian_troop_cut``) or an entry of the
    bibliography (``cite:jervis1978``). A stem may have several paragraphs; the first one is the question. Texts are
    Markdown with `$math$` and facts. `vary` makes a question of many variants, see :mod:`twolenses.quiz.vary`.
    """

    template: ClassVar[str]

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(--[0-9]+)?$")
    type: str
    objective: str
    level: Literal["remember", "understand", "apply", "analyze", "evaluate", "create"]
    difficulty: Literal["easy", "medium", "hard"]
    lens: Lens = "neither"
    source: Texts = Field(min_length=1)
    stem: Text
    hint: Texts = Field(min_length=1)
    because: Text
    points: float = Field(default=1, gt=0)
    vary: dict[str, Choices] = Field(default_factory=dict)

    _written: dict[str, Any] = PrivateAttr(default_factory=dict)

    @property
    def written(self) -> dict[str, Any]:
        """The entry as it stands in the file, with placeholders and computed options; nothing outside a bank."""
        return self._written

    @property
    def lead(self) -> str:
        """First paragraph of the stem: the question."""
        return re.split(r"\n\s*\n", self.stem, maxsplit=1)[0]

    @property
    def rest(self) -> str:
        """What stands after the first paragraph, or nothing."""
        return "".join(re.split(r"\n\s*\n", self.stem, maxsplit=1)[1:])

    @property
    def varies(self) -> bool:
        """Whether this is a question with variants, or one of them."""
        return bool(self.vary) or "--" in self.id

    @property
    def answer_template(self) -> str:
        """The template of the answer in words, where the type has one of its own."""
        return self.template.replace(".html", "_answer.html")

    @abstractmethod
    def mark(self, response: Any) -> Mark:
        """What `response` is worth. Any response has a mark; what cannot be read is worth nothing."""

    @abstractmethod
    def marking(self) -> dict[str, Any]:
        """What the page's script needs to mark, as JSON; a Markdown text is a :class:`Md`."""

    @abstractmethod
    def solution(self) -> str:
        """The right answer in words (Markdown)."""

    def texts(self) -> list[str]:
        """Every text a reader may see, for the rules that look at all of them."""
        return [self.stem, *self.hint, self.because]

    def offered(self) -> list[list[str]]:
        """The lists of texts a reader chooses from or arranges; within each, no text may stand twice."""
        return []

    def faults(self) -> list[str]:
        """What is wrong with the question beyond its form, one sentence each."""
        return []
