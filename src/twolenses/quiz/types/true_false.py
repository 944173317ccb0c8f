"""True or false, with or without a reason to choose."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field

from twolenses.quiz.types.base import BaseQuestion, Mark, Md, Model, Option, Text
from twolenses.quiz.types.choice import mark_one, one_key


class Verdicts(Model):
    """What to say to either verdict."""

    true: Text
    false: Text


class TrueFalse(BaseQuestion):
    """A statement to judge. Without reasons the right verdict earns everything.

    With reasons the right verdict earns half and the right reason the other half, but only behind the right verdict:
    a good reason for a wrong verdict is worth nothing. The response is ``{"value": bool, "reason": number}``; a bare
    bool is a verdict without a reason.
    """

    template: ClassVar[str] = "true-false.html"
    type: Literal["true-false"]
    answer: bool
    feedback: Verdicts
    reasons: list[Option] = Field(default_factory=list)

    def mark(self, response: Any) -> Mark:
        """Mark a verdict, and the number of the reason."""
        value, reason = response, None
        if isinstance(response, dict):
            value, reason = response.get("value"), response.get("reason")
        if not isinstance(value, bool):
            return Mark(0)
        feedback = (self.feedback.true if value else self.feedback.false,)
        if value != self.answer:
            return Mark(0, feedback)
        if not self.reasons:
            return Mark(1, feedback)
        behind = mark_one(self.reasons, reason)
        return Mark(0.5 + behind.fraction / 2, feedback + behind.feedback)

    def marking(self) -> dict[str, Any]:
        """The verdict, the feedback to each, and key and feedback of the reasons."""
        return {
            "type": self.type,
            "answer": self.answer,
            "feedback": {"true": Md(self.feedback.true), "false": Md(self.feedback.false)},
            "reasons": {
                "keys": [number for number, reason in enumerate(self.reasons) if reason.key],
                "feedback": [Md(reason.feedback) for reason in self.reasons],
            }
            if self.reasons
            else None,
        }

    def solution(self) -> str:
        """*True* or *False*, and the reason."""
        verdict = "True" if self.answer else "False"
        return ": ".join([verdict, *(reason.text for reason in self.reasons if reason.key)])

    def texts(self) -> list[str]:
        """Stem, hints, explanation, feedback and reasons."""
        reasons = [text for reason in self.reasons for text in (reason.text, reason.feedback)]
        return [*super().texts(), self.feedback.true, self.feedback.false, *reasons]

    def offered(self) -> list[list[str]]:
        """The reasons."""
        return [[reason.text for reason in self.reasons]]

    def faults(self) -> list[str]:
        """Exactly one reason is right, and there are two or more, where there are any."""
        faults = super().faults()
        if len(self.reasons) == 1:
            faults.append("has one reason. Give another to choose from, or none.")
        elif self.reasons:
            faults += [f"in its reasons {fault}" for fault in one_key(self.reasons)]
        return faults
