"""Cloze: a text with blanks to choose, to write, or to compute."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, Tag

from twolenses.quiz.types.base import BaseQuestion, Mark, Md, Text, type_of
from twolenses.quiz.types.choice import Options, mark_one, one_key
from twolenses.quiz.types.numeric import Number
from twolenses.quiz.types.short import Words

__all__ = ["Cloze"]


class ChoiceBlank(Options):
    """A blank with options, marked as a single choice."""

    type: Literal["choice"]

    def mark(self, response: Any) -> Mark:
        """Mark the number of the chosen option."""
        return mark_one(self.options, response)

    def marking(self) -> dict[str, Any]:
        """As a single choice."""
        return {"type": self.type, **self.key_marking()}

    def texts(self) -> list[str]:
        """Options and their feedback."""
        return self.option_texts()

    def faults(self, varies: bool) -> list[str]:
        """Exactly one key."""
        return one_key(self.options)


class TextBlank(Words):
    """A blank to write a word into, marked as a short answer."""

    type: Literal["text"]
    feedback: Text

    def mark(self, response: Any) -> Mark:
        """Mark a typed text."""
        right, sentence = self.judge(response)
        return Mark(1, (self.feedback,)) if right else Mark(0, (sentence,) if sentence else ())

    def marking(self) -> dict[str, Any]:
        """As a short answer."""
        return {"type": self.type, **self.word_marking(), "feedback": Md(self.feedback)}

    def texts(self) -> list[str]:
        """The answer, its feedback and that to near misses."""
        return [*self.sentences(), self.feedback]

    def faults(self, varies: bool) -> list[str]:
        """Those of its words."""
        return self.word_faults()


class NumberBlank(Number):
    """A blank to write a number into, marked as a numeric question."""

    type: Literal["number"]
    feedback: Text

    def mark(self, response: Any) -> Mark:
        """Mark a typed text."""
        right, sentence = self.judge(response)
        return Mark(1, (self.feedback,)) if right else Mark(0, (sentence,) if sentence else ())

    def marking(self) -> dict[str, Any]:
        """As a numeric question."""
        return {"type": self.type, **self.number_marking(), "feedback": Md(self.feedback)}

    def texts(self) -> list[str]:
        """The feedback and the sentences of its mistakes."""
        return [*self.sentences(), self.feedback]

    def faults(self, varies: bool) -> list[str]:
        """Those of its number."""
        return self.number_faults(varies)


Blank = Annotated[
    Annotated[ChoiceBlank, Tag("#choice")]
    | Annotated[TextBlank, Tag("#text")]
    | Annotated[NumberBlank, Tag("#number")],
    Discriminator(type_of),
]


class Cloze(BaseQuestion):
    """Every blank is worth the same; the fraction is the mean of theirs.

    Blanks stand in the text as ``[[1]]``, ``[[2]]``. The response is a list with one response for each blank: the
    number of an option, or the typed text, or nothing.
    """

    template: ClassVar[str] = "cloze.html"
    type: Literal["cloze"]
    text: Text
    blanks: list[Blank] = Field(min_length=1)

    def mark(self, response: Any) -> Mark:
        """Mark a list of responses."""
        if not isinstance(response, (list, tuple)):
            return Mark(0)
        marks = [blank.mark(one) for blank, one in zip(self.blanks, response, strict=False)]
        feedback = tuple(text for mark in marks for text in mark.feedback)
        return Mark(sum(mark.fraction for mark in marks) / len(self.blanks), feedback)

    def marking(self) -> dict[str, Any]:
        """What each blank needs."""
        return {"type": self.type, "blanks": [blank.marking() for blank in self.blanks]}

    def solution(self) -> str:
        """The text with every blank filled."""
        words = {str(number): blank.in_words() for number, blank in enumerate(self.blanks, start=1)}
        return re.sub(r"\[\[([0-9]+)\]\]", lambda found: words.get(found[1], found[0]), self.text)

    def texts(self) -> list[str]:
        """Stem, hints, explanation, the text and those of the blanks."""
        return [*super().texts(), self.text, *(text for blank in self.blanks for text in blank.texts())]

    def offered(self) -> list[list[str]]:
        """The options of each blank that has options."""
        return [[option.text for option in blank.options] for blank in self.blanks if isinstance(blank, ChoiceBlank)]

    def faults(self) -> list[str]:
        """Every blank stands in the text once, in order, and is sound."""
        faults = super().faults()
        found = re.findall(r"\[\[([0-9]+)\]\]", self.text)
        wanted = [str(number) for number in range(1, len(self.blanks) + 1)]
        if found != wanted:
            faults.append(
                f"has the blanks {', '.join(found) or 'none'} in its text and {len(wanted)} under 'blanks'. "
                "Write each once, in order, from [[1]]."
            )
        for number, blank in enumerate(self.blanks, start=1):
            faults += [f"in blank {number} {fault}" for fault in blank.faults(self.varies)]
        return faults
