"""A new chapter: its page with all parts, its quiz with a first question, and its line in `_toc.yml`."""

from __future__ import annotations

from pathlib import Path

from twolenses import course
from twolenses.new.question import text_of
from twolenses.new.writing import checkout, filled, listed, numbered, write

__all__ = ["chapter"]


def chapter(name: str) -> list[Path]:
    """Write a chapter's page and quiz.

    Parameters
    ----------
    name
        ``sanctions`` or ``13-sanctions``.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    NewError
        If the name does not do, or a file cannot be written. Then nothing is left behind.
    """
    root = checkout()
    called = numbered(name, map(str, course.chapters()), "a chapter")
    slug = called[3:]
    quiz = filled("quiz.yml", name=called) + text_of("single", f"first-of-{slug}", f"explain-{slug}")
    toc = root / "_toc.yml"
    return write(
        {
            root / "chapters" / f"{called}.md": filled("chapter.md", name=called, slug=slug),
            root / "exercises" / "quizzes" / f"{called}.yml": quiz,
        },
        {toc: listed(toc.read_text(encoding="utf-8"), f"chapters/{called}")},
    )
