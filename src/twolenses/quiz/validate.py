"""The rules of the bank: what must hold for a question beyond its form, and for all questions together.

Each rule is a small function that yields problems; :func:`validate` runs them all. Learning objectives and
bibliography keys are passed in, so that an instructor's own bank is held to its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from twolenses import data, facts
from twolenses.errors import near, place
from twolenses.quiz import text
from twolenses.quiz.bank import Problem, Quiz, parse
from twolenses.quiz.types import BaseQuestion

__all__ = ["Problem", "validate"]


@dataclass(frozen=True)
class _Placed:
    quiz: Quiz
    question: BaseQuestion
    line: int

    def problem(self, sentence: str) -> Problem:
        return Problem(self.quiz.path, self.line, f"question {self.question.id!r} {sentence}")


@dataclass(frozen=True)
class _Known:
    objectives: Collection[str] | None
    citations: Collection[str] | None


def validate(
    paths: Collection[Path],
    *,
    objectives: Collection[str] | None = None,
    citations: Collection[str] | None = None,
) -> list[Problem]:
    """Hold quiz files to the rules.

    Parameters
    ----------
    paths
        The files, which form one bank.
    objectives, citations
        Ids that questions may name; without them the rule is not applied.

    Returns
    -------
    list of Problem
        Empty when the bank is sound.
    """
    problems: list[Problem] = []
    placed: list[_Placed] = []
    for path in paths:
        quiz, unformed = parse(path)
        problems += unformed
        placed += [_Placed(quiz, question, line) for question, line in zip(quiz, quiz.lines, strict=True)]
    known = _Known(objectives, citations)
    for rule in _RULES:
        problems += rule(placed, known)
    return sorted(problems, key=lambda problem: (problem.path, problem.line))


# ── the rules ────────────────────────────────────────────────────────────────────────────────────────


def _own_faults(placed: list[_Placed], known: _Known) -> Iterator[Problem]:
    for one in placed:
        yield from map(one.problem, one.question.faults())


def _unique(placed: list[_Placed], known: _Known) -> Iterator[Problem]:
    ids: dict[str, _Placed] = {}
    stems: dict[str, _Placed] = {}
    for one in placed:
        for what, seen, value in (
            ("id", ids, one.question.id),
            ("stem", stems, one.question.stem.casefold().strip()),
        ):
            if value in seen:
                first = seen[value]
                yield one.problem(
                    f"has the {what} of another question ({place(first.quiz.path, first.line)}). Change one."
                )
            seen.setdefault(value, one)


def _facts_exist(placed: list[_Placed], known: _Known) -> Iterator[Problem]:
    for one in placed:
        for name in {name for part in one.question.texts() for name in text.fact_names(part)}:
            if name not in facts.names():
                yield one.problem(f"names the fact {name!r}, which does not exist. {near(name, facts.names())}")


def _objective_known(placed: list[_Placed], known: _Known) -> Iterator[Problem]:
    if known.objectives is None:
        return
    for one in placed:
        objective = one.question.objective
        if objective not in known.objectives:
            yield one.problem(
                f"names the objective {objective!r}, which no chapter has. {near(objective, known.objectives)}"
            )


def _source_resolves(placed: list[_Placed], known: _Known) -> Iterator[Problem]:
    claims = set(data.load("claims")["id"])
    for one in placed:
        for source in one.question.source:
            kind, _, name = source.rpartition(":")
            table: Collection[str] | None = {"": claims, "fact": facts.names(), "cite": known.citations}.get(kind, ())
            if table is not None and name not in table:
                yield one.problem(f"names the source {source!r}, which does not exist. {near(name, table)}")


_RULES: tuple[Callable[[list[_Placed], _Known], Iterator[Problem]], ...] = (
    _own_faults,
    _unique,
    _facts_exist,
    _objective_known,
    _source_resolves,
)
