"""Questions on paper: one HTML file to print, and the answer key as another.

Both files carry their style and need nothing else. Formulas are MathML, boxes and lines are borders, so that they
print without background graphics.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from twolenses import data, facts, files, templating
from twolenses.errors import ExportError, QuizError, place
from twolenses.lms import select
from twolenses.lms.characters import illegal, legal
from twolenses.lms.letters import letter
from twolenses.lms.losses import Losses, Written, held
from twolenses.quiz import Problem, Quiz, pictures, text
from twolenses.quiz.rules import Known, Placed, math_is_readable
from twolenses.quiz.types import BaseQuestion, Classify, Cloze, Matching, Multiple, Ordering, Single, TrueFalse

__all__ = ["KINDS", "Item", "asked", "documents", "key_path", "write"]

KINDS = {
    "single": "options to tick",
    "multiple": "options to tick",
    "true-false": "True and False to tick, and reasons",
    "numeric": "a line",
    "short": "a line",
    "matching": "a letter to write beside each",
    "ordering": "a place to write beside each",
    "cloze": "lines and options in the text",
    "classify": "a box to tick for each",
    "essay": "lines to write on",
}
"""What each type becomes."""

LINES = 30
"""The most lines an essay gets; ten words fit on one."""


@dataclass(frozen=True)
class Item:
    """A question as it is printed: its number, its parts in their order, and the two orders a question type has."""

    number: int
    question: BaseQuestion
    choices: tuple[str, ...] = ()
    shown: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Section:
    title: str
    items: tuple[Item, ...]


def write(quizzes: Iterable[Quiz], path: Path, *, shuffle: bool = False, seed: int | str = 0) -> Written:
    """Write the questions to `path` and the answer key beside it (:func:`key_path`).

    Parameters
    ----------
    shuffle
        Whether the questions of a chapter, and the options and other parts of a question, stand in a random order.
        The key follows.
    seed
        Which order: the same seed gives the same files.

    Raises
    ------
    QuizError
        If a formula cannot be set. Then there is no file.
    ExportError
        If a file cannot be written. Then there is neither.
    """
    losses = Losses()
    chosen = held(quizzes, _holds, losses)
    if problems := [str(one) for quiz in chosen for one in _unreadable(quiz)]:
        raise QuizError("\n".join(problems))
    for question in (question for quiz in chosen for question in quiz):
        if question.vary:
            losses.of(question, "varies; the variant of the page is printed")
        if removed := illegal(question):
            losses.of(question, f"{removed} control characters, which no HTML file can hold, are left out")
    losses.of_all("hints and feedback to single answers are not printed")
    paper, key = documents(chosen, shuffle=shuffle, seed=seed)
    beside = key_path(path)
    try:
        if path.is_dir() or beside.is_dir():
            raise IsADirectoryError(0, "a folder has this name")
        files.write(beside, key)  # first, as its name is the longer one
        files.write(path, paper)
    except OSError as error:
        raise ExportError(
            f"{place(path)}  cannot be written, or its key: {error.strerror}. Choose another place with -o."
        ) from error
    return Written(sum(map(len, chosen)), losses.lines())


def _holds(question: BaseQuestion) -> bool:
    return question.type in KINDS


def _unreadable(quiz: Quiz) -> Iterator[Problem]:
    placed = [Placed(quiz, question, line) for question, line in zip(quiz, quiz.lines, strict=True)]
    return math_is_readable(placed, Known(None, None))


def key_path(path: Path) -> Path:
    """Where the key of a paper lies: ``quiz-key.html`` beside ``quiz.html``."""
    return path.with_name(f"{path.stem}-key{path.suffix}")


def documents(quizzes: Iterable[Quiz], *, shuffle: bool = False, seed: int | str = 0) -> tuple[str, str]:
    """The paper and its key as HTML; the same questions, of one folder, and the same seed give the same bytes."""
    quizzes = list(quizzes)
    sections = _sections(quizzes, f"{seed}" if shuffle else None)
    questions = [item.question for section in sections for item in section.items]
    given = {
        "sections": sections,
        "points": sum(question.points for question in questions),
        "version": f"{seed}" if shuffle else "",
        "css": Markup(_environment().get_template("paper.css").render()),
    }
    templates = (_environment().get_template(name) for name in ("paper.html", "paper-key.html"))
    folder = quizzes[0].folder if quizzes else Path()
    paper, key = (pictures.embedded(legal(template.render(given)), folder) + "\n" for template in templates)
    return paper, key


def asked(question: BaseQuestion, folder: Path) -> str:
    """One question as it is printed, without number and key: HTML that is XML too. `folder` holds its pictures."""
    kind: Any = _environment().get_template(f"paper/{question.template}").module
    stem = text.html(question.stem)
    return pictures.embedded(legal(f"{stem}\n{kind.ask(_item(1, question, None))}"), folder)


# ── the order of things ──────────────────────────────────────────────────────────────────────────────


def _sections(quizzes: Sequence[Quiz], seed: str | None) -> list[_Section]:
    sections, number = [], 0
    for quiz in quizzes:
        items = []
        for question in _mixed(quiz.questions, seed, quiz.name):
            number += 1
            items.append(_item(number, question, seed))
        sections.append(_Section(select.title(quiz), tuple(items)))
    return sections


def _item(number: int, question: BaseQuestion, seed: str | None) -> Item:
    def mixed(parts: Sequence[Any], what: str = "") -> list[Any]:
        return _mixed(parts, seed, f"{question.id}/{what}")

    match question:
        case Single() | Multiple():
            question = question.model_copy(update={"options": mixed(question.options)})
        case TrueFalse():
            question = question.model_copy(update={"reasons": mixed(question.reasons)})
        case Classify():
            question = question.model_copy(update={"statements": mixed(question.statements)})
        case Cloze():
            blanks = [
                blank.model_copy(update={"options": mixed(blank.options, str(place))})
                if blank.type == "choice"
                else blank
                for place, blank in enumerate(question.blanks)
            ]
            question = question.model_copy(update={"blanks": blanks})
        case Matching():
            choices = tuple(mixed(question.choices, "choices"))
            return Item(number, question.model_copy(update={"pairs": mixed(question.pairs)}), choices=choices)
        case Ordering():
            right = tuple(range(len(question.items)))
            shown = tuple(mixed(question.shown))
            return Item(number, question, shown=shown if shown != right else question.shown)
    return Item(number, question)


def _mixed(parts: Sequence[Any], seed: str | None, what: str) -> list[Any]:
    """In the order of the seed, another one for each thing; without a seed as they stand."""
    order = list(parts)
    if seed is not None:
        random.Random(f"{seed}/{what}").shuffle(order)
    return order


# ── words ────────────────────────────────────────────────────────────────────────────────────────────


def _source(source: str) -> str:
    """What a key rests on, in words."""
    kind, _, name = source.rpartition(":")
    if kind == "fact" and name in facts.names():
        return f"{facts.describe(name).title.rstrip('.')} ({name})"
    if kind == "cite":
        return f"bibliography, {name}"
    claims = {row["id"]: row["claim"] for row in data.rows("claims")}
    return f"claim {name}: “{claims[name]}”" if name in claims else source


def _points(points: float) -> str:
    return f"{points:g} point{'' if points == 1 else 's'}"


@cache
def _environment() -> Environment:
    environment = templating.environment("twolenses.lms", letter=letter, points=_points, source=_source)
    environment.globals["most_lines"] = LINES
    return environment
