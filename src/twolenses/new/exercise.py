"""A new exercise: a folder with master, key, answers and the student's notebook, and its line in `_toc.yml`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from twolenses import course, exercises, keys, quiz
from twolenses.errors import NewError, place
from twolenses.exercises import trial
from twolenses.exercises.master import FILE
from twolenses.new.writing import checkout, filled, listed, numbered, write

__all__ = ["exercise"]


def exercise(name: str, folder: Path | None = None, *, chapter: int = 1) -> list[Path]:
    """Write an exercise with five tasks, its key, and answers that students give.

    Parameters
    ----------
    name
        ``who-pays`` or ``17-who-pays``.
    folder
        An instructor's own folder; without it, the course.
    chapter
        The chapter that it belongs to, whose quiz has the questions to predict.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    NewError
        If the name does not do, or a file cannot be written. Then nothing is left behind.
    """
    root = folder or checkout() / "exercises" / "notebooks"
    own = {exercises.name_of(path) for path in exercises.masters(folder)}
    called = numbered(name, own, "an exercise")
    if folder and called in {exercises.name_of(path) for path in exercises.masters()}:
        raise NewError(f"The course has an exercise {called!r}, whose key everybody has. Choose another name.")
    if (root / called).exists():
        raise NewError(f"{place(root / called)}  exists. Nothing was written; choose another name.")
    predict = [question.id for question in quiz.load(course.chapter(chapter).path.stem)][:2]
    made = {
        FILE: filled("exercise.md", name=called, chapter=chapter, predict=", ".join(predict)),
        keys.FILE: filled("key.py.txt", name=called),
        trial.FILE: filled("answers.yml"),
    }
    made[f"{called}.ipynb"] = _notebook(called, made[FILE])
    new = {root / called / file: text for file, text in made.items()}
    if folder:
        return write(new)
    toc = checkout() / "_toc.yml"
    page = f"exercises/notebooks/{called}/{Path(FILE).stem}"
    return write(new, {toc: listed(toc.read_text(encoding="utf-8"), page)})


def _notebook(name: str, text: str) -> str:
    """The student's notebook that a master makes."""
    with tempfile.TemporaryDirectory() as away:
        path = Path(away, name, FILE)
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        return exercises.writes(exercises.student(exercises.read(path)))
