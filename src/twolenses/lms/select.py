"""Which questions of the bank go into a file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import get_args

from twolenses import course, quiz
from twolenses.errors import ExportError, QuizError, place, suggestion
from twolenses.quiz import Quiz, pictures
from twolenses.quiz.types import TYPES, BaseQuestion

__all__ = ["Wanted", "questions", "title"]


@dataclass(frozen=True)
class Wanted:
    """What is asked for. Values of one kind are alternatives, kinds narrow one another, an empty kind asks for all.

    `without` names types of questions to leave out.
    """

    chapter: Sequence[str] = ()
    objective: Sequence[str] = ()
    difficulty: Sequence[str] = ()
    lens: Sequence[str] = ()
    level: Sequence[str] = ()
    id: Sequence[str] = ()
    without: Sequence[str] = ()


def questions(wanted: Wanted | None = None, bank: Path | None = None) -> list[Quiz]:
    """The quizzes of the course, or of an instructor's own folder, with the questions that are asked for.

    Raises
    ------
    QuizError
        If there is no such quiz, or a question cannot be marked as it stands: it has no key, a blank too few, a
        picture that is not there.
    ExportError
        If an objective, an id or another value is unknown, or no question is left. The sentence names the nearest.
    """
    wanted = wanted or Wanted()
    paths = quiz.files(bank)
    if not paths:
        raise ExportError(f"{place(bank) if bank else 'The course'}  holds no quiz file. Add one that ends in .yml.")
    named = {one.path: one for one in (quiz.load(name, bank) for name in wanted.chapter)}
    every = [named[path] for path in paths if path in named] or [quiz.read(path) for path in paths]
    _known(wanted, every, own=bank is not None)
    chosen = [one for one in (_fitting(one, wanted) for one in every) if len(one)]
    if not chosen:
        raise ExportError("No question fits all of these. Ask for less at once.")
    _sound(chosen)
    return chosen


def title(quiz: Quiz) -> str:
    """The title of the chapter a quiz belongs to; for a quiz of another course, its name in words."""
    chapter = course.root() / "chapters" / f"{quiz.name}.md"
    if chapter.is_file():
        return course.title(chapter)
    return quiz.name.lstrip("0123456789-").replace("-", " ").strip().capitalize() or quiz.name


def _fitting(quiz: Quiz, wanted: Wanted) -> Quiz:
    kept = [(one, line) for one, line in zip(quiz, quiz.lines, strict=True) if _fits(one, wanted)]
    return replace(quiz, questions=tuple(one for one, _ in kept), lines=tuple(line for _, line in kept))


def _fits(question: BaseQuestion, wanted: Wanted) -> bool:
    if question.type in wanted.without:
        return False
    names = [kind.name for kind in fields(Wanted) if kind.name not in ("chapter", "without")]
    kinds = [(getattr(wanted, name), name) for name in names]
    return all(not values or getattr(question, name) in values for values, name in kinds)


def _known(wanted: Wanted, quizzes: Iterable[Quiz], *, own: bool) -> None:
    every = [question for one in quizzes for question in one]
    known: dict[str, Collection[str]] = {"id": {question.id for question in every}}
    if wanted.objective:
        objectives = set() if own else set(course.objectives())
        known["objective"] = objectives | {question.objective for question in every}
    known |= {name: get_args(BaseQuestion.model_fields[name].annotation) for name in ("difficulty", "lens", "level")}
    known["without"] = TYPES
    for name, values in known.items():
        for value in getattr(wanted, name):
            if value not in values:
                called = {"id": "question", "without": "type"}.get(name, name)
                where = " in these chapters" if wanted.chapter and name in ("id", "objective") else ""
                raise ExportError(f"There is no {called} {value!r}{where}. {suggestion(value, values)}")


def _sound(quizzes: Iterable[Quiz]) -> None:
    faults = [
        f"{place(quiz.path, line)}  question {question.id!r} {fault}"
        for quiz in quizzes
        for question, line in zip(quiz, quiz.lines, strict=True)
        for fault in [*question.faults(), *pictures.faults(question, quiz.folder)]
    ]
    if faults:
        raise QuizError("\n".join(faults))
