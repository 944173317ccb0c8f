"""The bank held to its rules: of questions (`rules.py`, `reach.py`, `spelling.py`) and of the whole (`balance.py`).

Learning objectives and bibliography keys are passed in, so that an instructor's own bank is held to its own.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from twolenses.quiz.bank import Problem, parse

__all__ = ["Problem", "validate"]


def validate(
    paths: Collection[Path],
    *,
    objectives: Collection[str] | None = None,
    citations: Collection[str] | None = None,
    whole: bool = True,
    own: bool = True,
) -> list[Problem]:
    """Hold quiz files to the rules.

    Parameters
    ----------
    paths
        The files, which form one bank.
    objectives, citations
        Ids that questions may name; without them the rule is not applied.
    whole
        Whether the files are the whole bank. The rules of balance make no sense for one chapter of many.
    own
        Whether the bank is the course's own: a number that one of its facts prints is typed nowhere in it.

    Returns
    -------
    list of Problem
        Empty when the bank is sound.
    """
    # Whoever marks or exports questions holds them to no rule, and need not wait for these.
    from twolenses.quiz.balance import OF_THE_BANK
    from twolenses.quiz.reach import OF_NUMBERS
    from twolenses.quiz.rules import OF_QUESTIONS, Known, Placed
    from twolenses.quiz.spelling import OF_WORDS

    problems: list[Problem] = []
    placed: list[Placed] = []
    for path in paths:
        quiz, unformed = parse(path)
        problems += unformed
        placed += [Placed(quiz, question, line) for question, line in zip(quiz, quiz.lines, strict=True)]
    known = Known(objectives, citations, own)
    for rule in OF_QUESTIONS + OF_NUMBERS + OF_WORDS + (OF_THE_BANK if whole else ()):
        problems += rule(placed, known)
    return sorted(problems, key=lambda problem: (problem.path, problem.line))
