"""A table of the questions, one per row, for a spreadsheet program, a database, or a script of your own.

Texts are bare: formulas as they are written, pictures as their descriptions. A cell that lists several things has one
on each line. The file begins with a byte-order mark, by which Excel knows UTF-8.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from twolenses import mistakes
from twolenses.lms import forms, writing
from twolenses.lms.forms import Choice, Pairs
from twolenses.lms.letters import letter
from twolenses.lms.losses import Losses, Written
from twolenses.lms.pools import Pool
from twolenses.lms.texts import plain
from twolenses.quiz import Quiz
from twolenses.quiz.types import (
    BaseQuestion,
    ChoiceBlank,
    Cloze,
    Essay,
    NumberBlank,
    Numeric,
    Ordering,
    Short,
    TextBlank,
)
from twolenses.quiz.types.numeric import Number
from twolenses.quiz.types.short import Words
from twolenses.spreadsheet import MARK

__all__ = ["KINDS", "write"]

KINDS = dict.fromkeys(
    (
        "single", "multiple", "true-false", "numeric", "short", "matching", "ordering", "cloze", "classify", "essay",
    ),
    "a row",
)  # fmt: skip
"""What each type becomes."""

COLUMNS = (
    "id", "variant_of", "chapter", "type", "points", "objective", "level", "difficulty", "lens", "stem", "offered",
    "key", "tolerance", "unit", "feedback", "hints", "explanation", "source",
)  # fmt: skip


def write(quizzes: Iterable[Quiz], path: Path) -> Written:
    """Write the questions as CSV.

    Raises
    ------
    ExportError
        If the file cannot be written.
    """
    return writing.save(quizzes, path, KINDS, _document)


def _document(quizzes: list[Quiz], losses: Losses) -> str:
    losses.of_all("emphasis and pictures are lost, a cell holds bare text; formulas stand as they are written")
    table = io.StringIO(MARK)
    table.seek(0, io.SEEK_END)
    rows = csv.DictWriter(table, COLUMNS)
    rows.writeheader()
    for quiz in quizzes:
        rows.writerows(writing.each(quiz, partial(_row, quiz=quiz, losses=losses)))
    return table.getvalue()


def _row(question: BaseQuestion, quiz: Quiz, losses: Losses) -> dict[str, str]:
    number = question if isinstance(question, Numeric) else None
    offered, key, feedback = _parts(question)
    row = {
        "id": question.id,
        "variant_of": quiz.base if isinstance(quiz, Pool) else "",
        "chapter": quiz.name,
        "type": question.type,
        "points": f"{question.points:g}",
        **{name: getattr(question, name) for name in ("objective", "level", "difficulty", "lens")},
        "stem": plain(question.stem) + (f"\n{plain(question.text)}" if isinstance(question, Cloze) else ""),
        "offered": _lines(offered),
        "key": _lines(key),
        "tolerance": f"{number.within:.10g}" if number else "",
        "unit": number.unit if number else "",
        "feedback": _lines(feedback),
        "hints": _lines(question.hint),
        "explanation": plain(question.because),
        "source": _lines(question.source),
    }
    for name, cell in row.items():
        if cell.startswith(("=", "+", "@", "\t")):
            row[name] = f"'{cell}"
            losses.of(question, f"an apostrophe stands before its {name}, which a spreadsheet would take for a formula")
    return row


def _lines(texts: Sequence[str]) -> str:
    return "\n".join(" ".join(plain(one).split()) for one in texts)


def _parts(question: BaseQuestion) -> tuple[list[str], list[str], list[str]]:
    """What is offered, what is right, and what is said to single answers, one line each."""
    match forms.of(question):
        case Choice() as choice:
            return _choice(choice)
        case Pairs() as pairs:
            right = [pairs.choices[key] for key in pairs.keys]
            key = [f"{left} = {one}" for left, one in zip(pairs.lefts, right, strict=True)]
            said = [f"{left}: {one}" for left, one in zip(pairs.lefts, pairs.feedback, strict=True)]
            return list(pairs.choices), key, said
        case Numeric() as number:
            return [], _number(number)[0], _number(number)[1]
        case Short() as words:
            return [], _words(words)[0], _words(words)[1]
        case Ordering() as order:
            return [order.items[number] for number in order.shown], list(order.items), [order.feedback]
        case Cloze() as cloze:
            return _cloze(cloze)
        case Essay() as essay:
            rubric = [f"{row.criterion} ({row.points:g}): {row.description}" for row in essay.rubric]
            return [f"{essay.words.min} to {essay.words.max} words"], [essay.sample], rubric
    raise AssertionError(question.type)  # `KINDS` has no other


def _choice(choice: Choice) -> tuple[list[str], list[str], list[str]]:
    named = [(letter(number), one) for number, one in enumerate(choice.offers)]
    key = [f"{name} ({one.share:g})" if choice.in_parts else name for name, one in named if one.share > 0]
    return [f"{name}. {one.text}" for name, one in named], key, [f"{name}. {one.feedback}" for name, one in named]


def _number(number: Number) -> tuple[list[str], list[str]]:
    figure = number.answer.figure()
    known = map(mistakes.named, number.mistakes)
    return [f"{float(figure):.{figure.digits}f}"], [f"{one.value:.10g}: {one.sentence}" for one in known]


def _words(words: Words) -> tuple[list[str], list[str]]:
    return list(words.answers), [f"{one.text}: {one.feedback}" for one in words.near]


def _cloze(cloze: Cloze) -> tuple[list[str], list[str], list[str]]:
    columns: tuple[list[str], list[str], list[str]] = ([], [], [])
    for number, blank in enumerate(cloze.blanks, start=1):
        match blank:
            case ChoiceBlank():
                parts = _choice(forms.options(blank.options))
            case TextBlank():
                parts = ([], *_words(blank))
            case NumberBlank():
                parts = ([f"tolerance {blank.within:.10g}"], *_number(blank))
        for column, lines in zip(columns, parts, strict=True):
            column += [f"[[{number}]] {line}" for line in lines]
    return columns
