"""How fairly checks mark the responses that exercises list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from twolenses.errors import place
from twolenses.exercises import trial
from twolenses.exercises.form import calls
from twolenses.exercises.master import Exercise

__all__ = ["Rates", "Tried", "rates", "tried"]


@dataclass(frozen=True)
class Tried:
    """One response and what became of it; `kind` is that of the task's first check."""

    exercise: str
    task: str
    kind: str
    where: str
    right: bool
    message: str
    public_only: bool
    misnamed: bool
    poor: bool = False

    @property
    def fault(self) -> str:
        """What is wrong with how it was marked; empty where it was marked well."""
        if self.right:
            return f"right, and refused: {self.message}" if self.message else ""
        if not self.message:
            return "wrong, and accepted."
        return f"another mistake is named: {self.message}" if self.misnamed else ""


@dataclass(frozen=True)
class Rates:
    """Counts: right responses, refused ones; wrong ones, accepted, refused by hidden tests only, misnamed; poor texts.

    Poor texts, which a rubric judges and a check must let pass, are counted among neither.
    """

    right: int
    refused: int
    wrong: int
    accepted: int
    public_only: int
    misnamed: int
    poor: int

    @property
    def share_refused(self) -> float:
        """Of the right ones."""
        return self.refused / self.right if self.right else 0.0

    @property
    def share_accepted(self) -> float:
        """Of the wrong ones."""
        return self.accepted / self.wrong if self.wrong else 0.0


def tried(master: Exercise) -> Iterator[Tried]:
    """Each response of an exercise's list, tried on its task's checks."""
    for response, verdict in trial.verdicts(master):
        checks = [cell.source for cell in master.notebook.cells if cell.metadata.get("check") == response.task]
        kinds = [getattr(call.func, "attr", "") for call in calls("\n".join(checks))]
        named = trial.sentence_of(master, response.mistake) if response.mistake else ""
        yield Tried(
            exercise=master.name,
            task=response.task,
            kind=kinds[-1] if "plot" not in kinds else "plot",
            where=f"{place(master.path.with_name(trial.FILE), response.line)}  task {response.task!r}",
            right=response.right,
            message=verdict.message,
            public_only=not response.right and not verdict.public and bool(verdict.hidden),
            poor=response.poor,
            misnamed=bool(named) and bool(verdict.message) and named not in verdict.message,
        )


def rates(responses: Iterable[Tried]) -> Rates:
    """The counts of several responses."""
    listed = list(responses)
    right, wrong = [one for one in listed if one.right and not one.poor], [one for one in listed if not one.right]
    return Rates(
        right=len(right),
        refused=sum(bool(one.message) for one in right),
        wrong=len(wrong),
        accepted=sum(not one.message for one in wrong),
        public_only=sum(one.public_only for one in wrong),
        misnamed=sum(one.misnamed for one in wrong),
        poor=sum(one.poor for one in listed),
    )
