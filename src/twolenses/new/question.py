"""A new question at the end of a quiz file."""

from __future__ import annotations

import re
from pathlib import Path

from twolenses import course, data, quiz
from twolenses.errors import NewError, place, suggestion
from twolenses.new.writing import checkout, filled, write
from twolenses.quiz import bank
from twolenses.quiz.types import TYPES

__all__ = ["question", "text_of"]


def question(
    chapter: str, id: str, folder: Path | None = None, *, type: str = "single", objective: str | None = None
) -> list[Path]:
    """Write a question with feedback for each answer at the end of a chapter's file.

    Parameters
    ----------
    chapter
        Number or name of the chapter; in an instructor's own folder also the name of a file to begin.
    id
        ``who-paid``: how pages, exports and exercises name it.
    folder
        An instructor's own folder; without it, the course's bank.
    type
        One of the question types.
    objective
        What it assesses; without it, the chapter's first objective.

    Returns
    -------
    list of Path
        The file written.

    Raises
    ------
    NewError
        If the id does not do or is taken, or there is no such type, chapter or objective.
    QuizError
        If the file is not sound as it stands.
    """
    if not re.fullmatch(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", id):
        raise NewError(f"{id!r} is no id of a question. Write small letters, digits and hyphens: 'who-paid'.")
    if type not in TYPES:
        raise NewError(f"There is no question type {type!r}. {suggestion(type, TYPES)}")
    root = folder or checkout() / "exercises" / "quizzes"
    taken = {one.id: path for path in quiz.files(folder) for one in bank.parse(path)[0]}
    if id in taken:
        raise NewError(f"{place(taken[id])}  has a question {id!r} already. Choose another id.")
    path = root / f"{_name(chapter, folder)}.yml"
    known = [one.id for one in _objectives(path.stem)]
    if objective and not folder and objective not in course.objectives():
        raise NewError(
            f"No chapter has the objective {objective!r}. {suggestion(objective, known or course.objectives())}"
        )
    new = text_of(type, id, objective or (known or ["write-the-objective"])[0])
    if not path.exists():
        return write({path: new})
    quiz.read(path)
    before = path.read_text(encoding="utf-8")
    indent = re.search(r"^( *)- ", before, re.M)
    margin = indent[1] if indent else ""
    return write({}, {path: f"{before.rstrip()}\n\n" + re.sub(r"^(?=.)", margin, new, flags=re.M)})


def text_of(type: str, id: str, objective: str) -> str:
    """A question of that type in YAML, to be written over."""
    try:
        return filled(f"questions/{type}.yml", id=id, objective=objective, source=data.load("claims")["id"].iloc[0])
    except FileNotFoundError:
        raise NewError(f"The type {type!r} has no template yet: new/templates/questions/{type}.yml.") from None


def _name(chapter: str, folder: Path | None) -> str:
    """The name of the file that a chapter's number or name means."""
    own = [path.stem for path in quiz.files(folder)]
    names = [*own, *(str(one) for one in course.chapters() if str(one) not in own)]
    for name in names:
        if chapter in (name, name[:2], name[:2].lstrip("0"), name[3:]):
            return name
    if folder and re.fullmatch(r"[\w-]+", chapter):
        return chapter
    raise NewError(f"There is no chapter {chapter!r}. {suggestion(chapter, names)}")


def _objectives(name: str) -> tuple[course.Objective, ...]:
    return next((one.objectives for one in course.chapters() if str(one) == name), ())
