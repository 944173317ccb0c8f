"""Short answer: a word or a name to write."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field

from twolenses.quiz.normal import normal
from twolenses.quiz.types.base import BaseQuestion, Mark, Md, Model, Text

__all__ = ["NearMiss", "Short", "Words"]


class NearMiss(Model):
    """A wrong answer that comes near, with what to say to it."""

    text: Text
    feedback: Text


class Words(Model):
    """Accepted answers and near misses. Case, white space, quotation marks and, unless `strict`, diacritics do not
    matter, see :mod:`twolenses.quiz.normal`."""

    answers: list[Text] = Field(min_length=1)
    near: list[NearMiss] = Field(default_factory=list)
    strict: bool = False

    def judge(self, response: Any) -> tuple[bool, str]:
        """Whether a typed text is accepted, and the sentence of the near miss if it is one."""
        if not isinstance(response, str) or not (word := self._normal(response)):
            return False, ""
        if word in map(self._normal, self.answers):
            return True, ""
        return False, next((one.feedback for one in self.near if self._normal(one.text) == word), "")

    def word_marking(self) -> dict[str, Any]:
        """Accepted answers and near misses as they are compared."""
        return {
            "strict": self.strict,
            "answers": list(dict.fromkeys(map(self._normal, self.answers))),
            "near": [{"text": self._normal(one.text), "feedback": Md(one.feedback)} for one in self.near],
        }

    def in_words(self) -> str:
        """The first of the accepted answers, which is the one to print."""
        return self.answers[0]

    def sentences(self) -> list[str]:
        """Every text a reader may see."""
        return [self.answers[0], *(one.feedback for one in self.near)]

    def word_faults(self) -> list[str]:
        """Every answer holds a letter or a digit; a near miss is not accepted, and stands once."""
        accepted = [self._normal(one) for one in self.answers]
        missed = [self._normal(one.text) for one in self.near]
        faults = [
            f"has {one!r} among its answers, of which nothing is left to compare. Write a word."
            for one, bare in zip(self.answers, accepted, strict=True)
            if not bare
        ]
        for number, one in enumerate(missed):
            if one in accepted:
                faults.append(f"has the near miss {self.near[number].text!r}, which is accepted. Take one out.")
            if one in missed[:number]:
                faults.append(f"has the near miss {self.near[number].text!r} twice. Take one out.")
        return faults

    def _normal(self, text: str) -> str:
        return normal(text, strict=self.strict)


class Short(Words, BaseQuestion):
    """A word or a name: an accepted variant earns everything, any other text nothing. The response is the text."""

    template: ClassVar[str] = "short.html"
    type: Literal["short"]

    def mark(self, response: Any) -> Mark:
        """Mark a typed text."""
        right, sentence = self.judge(response)
        return Mark(1, (self.because,)) if right else Mark(0, (sentence,) if sentence else ())

    def marking(self) -> dict[str, Any]:
        """Accepted answers and near misses as they are compared."""
        return {"type": self.type, **self.word_marking()}

    def solution(self) -> str:
        """The first of the accepted answers."""
        return self.in_words()

    def texts(self) -> list[str]:
        """Stem, hints, explanation, the answer, and the feedback to near misses."""
        return super().texts() + self.sentences()

    def faults(self) -> list[str]:
        """Those of its words."""
        return super().faults() + self.word_faults()
