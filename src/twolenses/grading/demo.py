"""A class that never was: submissions and quiz responses of students with abilities and misconceptions.

Every response comes from where the course keeps it: an exercise's `answers.yml` (right ones, wrong ones, and the
mistakes they make), the bank's options, near misses and named mistakes. The same seed gives the same class.
"""

from __future__ import annotations

import csv
import io
import json
import math
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from twolenses import exercises, files, mistakes, quiz
from twolenses.assignments import nbgrader
from twolenses.errors import GradingError, place
from twolenses.exercises import Exercise, trial
from twolenses.quiz import types
from twolenses.quiz.types import BaseQuestion

__all__ = ["QUIZ", "Made", "make", "response"]

QUIZ = "quiz-responses.csv"
"""The responses to the quiz of the exercise's chapter, as `twolenses quiz mark` reads them."""


@dataclass(frozen=True)
class Made:
    """What was written."""

    exercise: str
    submissions: int
    quiz: Path


@dataclass(frozen=True)
class _Student:
    name: str
    ability: float
    """Standardised: 0 is the middle of the class."""
    chance: random.Random

    def knows(self, difficulty: float) -> bool:
        """Whether this student masters something of that difficulty (Rasch's model)."""
        return self.chance.random() < 1 / (1 + math.exp(difficulty - self.ability))


def make(course: Path, students: int = 30, seed: int = 7, exercise: str = "1") -> Made:
    """Write `source/`, `submitted/` and the quiz responses of a class into a course directory.

    In a class of six or more the last student has handed in the work of another, and one has handed nothing in.

    Raises
    ------
    GradingError
        If submissions are there already, or the exercise lists no responses.
    """
    if any((course / "submitted").glob("*/*")):
        raise GradingError(f"{place(course / 'submitted')}  holds submissions already. Choose another folder.")
    master = exercises.exercise(exercise)
    listed = trial.responses(master)
    if not listed:
        raise GradingError(f"{place(master.folder)}  has no {trial.FILE}, which lists what students answer.")
    chance = random.Random(seed)
    people = [
        _Student(f"student-{number:02d}", chance.gauss(0.7, 1.5), random.Random(f"{seed}-{number}"))
        for number in range(1, students + 1)
    ]
    hard = {task.name: chance.gauss(0, 0.8) for task in master.tasks}
    popular = [chance.random() ** 2 for _ in listed]  # a few mistakes are made by many
    work = {one.name: _notebook(master, listed, popular, one, hard) for one in people}
    if students >= 6:
        work[people[-1].name] = work[people[2].name]
        del work[people[4].name]
    bank = [one for one in quiz.load(str(master.chapter)) if not isinstance(one, types.Essay)]
    easy = {one.id: chance.gauss({"easy": -1, "medium": 0, "hard": 1}[one.difficulty], 0.4) for one in bank}
    responses = [
        (
            one.name,
            question.id,
            json.dumps(response(question, one.chance, one.knows(easy[question.id])), ensure_ascii=False),
        )
        for one in people
        for question in bank
    ]
    nbgrader.write(master, course)
    for name, text in work.items():
        files.write(course / "submitted" / name / master.name / f"{master.name}.ipynb", text)
    files.write(course / QUIZ, _csv([("student", "question", "response"), *responses]))
    return Made(master.name, len(work), course / QUIZ)


def _csv(rows: list[tuple[str, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


# ── a notebook ───────────────────────────────────────────────────────────────────────────────────────


def _notebook(
    master: Exercise, listed: list[trial.Response], popular: list[float], student: _Student, hard: dict[str, float]
) -> str:
    notebook = exercises.student(master)
    solved = {
        str(cell.metadata["task"]): exercises.solution(cell.source)
        for cell in master.notebook.cells
        if "task" in cell.metadata
    }
    for cell in notebook.cells:
        if task := cell.metadata.get("task"):
            right = [solved[task], *(one.source for one in listed if one.task == task and one.right)]
            wrong = [
                (one.source, p) for one, p in zip(listed, popular, strict=True) if one.task == task and not one.right
            ]
            cell.source = _answer(right, wrong, cell.source, student, hard[task])
    return exercises.writes(notebook)


def _answer(
    right: list[str], wrong: list[tuple[str, float]], starter: str, student: _Student, difficulty: float
) -> str:
    """A right answer, a wrong one, or, of those who do not know, now and then none."""
    if student.knows(difficulty):
        return student.chance.choice(right)
    if not wrong or student.chance.random() < 0.15:
        return starter
    return student.chance.choices([source for source, _ in wrong], [weight for _, weight in wrong])[0]


# ── a quiz ───────────────────────────────────────────────────────────────────────────────────────────


def response(question: BaseQuestion, chance: random.Random, right: bool) -> Any:
    """A right or a wrong response, of the form that the question's type takes."""
    match question:
        case types.Single():
            return _option(question.options, right, chance)
        case types.Multiple():
            wrong = [number for number in range(len(question.options)) if number not in question.keys]
            return list(question.keys if right else [*question.keys[1:], *chance.sample(wrong, min(1, len(wrong)))])
        case types.TrueFalse():
            reason = _option(question.reasons, right, chance) if question.reasons else None
            return {"value": question.answer == (right or bool(question.reasons)), "reason": reason}
        case types.Numeric():
            return _number(question, right, chance)
        case types.Short():
            return _word(question, right, chance)
        case types.Matching():
            return _swapped(list(question.keys), right, chance)
        case types.Classify():
            return [
                one.key if right or chance.random() < 0.6 else chance.choice(question.categories)
                for one in question.statements
            ]
        case types.Ordering():
            return _swapped(list(range(len(question.items))), right, chance)
        case types.Cloze():
            return [_blank(blank, right or chance.random() < 0.5, chance) for blank in question.blanks]
    raise GradingError(f"A question of the type {question.type!r} has no response of its own here.")


def _blank(blank: Any, right: bool, chance: random.Random) -> Any:
    match blank:
        case types.ChoiceBlank():
            return _option(blank.options, right, chance)
        case types.TextBlank():
            return _word(blank, right, chance)
        case types.NumberBlank():
            return _number(blank, right, chance)


def _option(options: Any, right: bool, chance: random.Random) -> int:
    return chance.choice([number for number, one in enumerate(options) if one.key == right])


def _number(question: Any, right: bool, chance: random.Random) -> str:
    """The key, the number that a named mistake leads to, or ten times the key."""
    wrong = [mistakes.named(name).value for name in question.mistakes] or [10 * question.value + 1]
    return f"{question.value if right else chance.choice(wrong):.10g}"


def _word(question: Any, right: bool, chance: random.Random) -> str:
    wrong = [one.text for one in question.near] or ["no idea"]
    return str(chance.choice(question.answers if right else wrong))


def _swapped(keys: list[int], right: bool, chance: random.Random) -> list[int]:
    """The keys, or two neighbours exchanged."""
    at = chance.randrange(len(keys) - 1)
    return keys if right else [*keys[:at], keys[at + 1], keys[at], *keys[at + 2 :]]
