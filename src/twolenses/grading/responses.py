"""Responses to a quiz, from a file of our own or the export of a platform, marked as the page marks them.

========  =========================================================================================================
ours      columns `student`, `question` (its id) and `response`: JSON of the form that the question's type takes, or
          the typed text
Moodle    *Results*, *Responses*, with *question text* and *response* displayed, downloaded as CSV: *Question 1*,
          *Response 1* and so on, in any language
Canvas    *Quiz statistics*, *Student Analysis*: ``1234: The question`` and behind it a column with its points
========  =========================================================================================================

Questions are known by their text. Canvas has marked already and its points count; what Moodle exports is marked here.
"""

from __future__ import annotations

import json
import math
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from twolenses import quiz
from twolenses.errors import GradingError, place
from twolenses.grading import wording
from twolenses.grading.results import About, Results, Told, known_mistakes, named
from twolenses.handing_back import export
from twolenses.handing_back.export import Export
from twolenses.quiz import text, types
from twolenses.quiz.types import BaseQuestion, ChoiceBlank

__all__ = ["Answer", "mark"]

Bank = Mapping[str, BaseQuestion]


@dataclass(frozen=True)
class Answer:
    """One response: who gave it to what, as exported; the share of the points where the platform has marked it.

    `response` is what the question's type takes, None where there is none; `readable` is false where what is there
    could not be understood.
    """

    student: str
    item: str
    label: str
    question: BaseQuestion | None
    response: Any
    readable: bool = True
    fraction: float | None = None
    maximum: float = 1


def mark(path: Path, bank: Path | None = None) -> Results:
    """The results of a file of responses.

    Parameters
    ----------
    bank
        An instructor's own folder of quiz files.

    Raises
    ------
    GradingError
        If it is no such file, or no question of the bank is in it.
    HandingBackError
        If it is no table that can be read.
    """
    questions = {question.id: question for file in quiz.files(bank) for question in quiz.read(file)}
    sheet = export.read(path)
    answers = list(_reader(sheet)(sheet, questions))
    if not any(one.question or one.fraction is not None for one in answers):
        raise GradingError(
            f"{place(path)}  holds no response to a question of the bank. Give the export with the text of the "
            "questions in it, or the bank that it was made from with --bank."
        )
    known = known_mistakes()
    scores: dict[tuple[str, str], float] = {}
    about: dict[str, About] = {}
    told: list[Told] = []
    for one in answers:
        fraction, said = _marked(one)
        points = one.question.points if one.question and one.fraction is None else one.maximum
        objective, lens = (one.question.objective, one.question.lens) if one.question else ("", "")
        if one.item not in about:
            about[one.item] = About(one.label, points, objective, lens)
        scores[one.student, one.item] = fraction * points
        told += [Told(one.student, one.item, sentence, "wrong", named(sentence, known)) for sentence in said]
    table = pd.Series(scores, index=pd.MultiIndex.from_tuples(scores)).unstack(sort=False)
    table = table.reindex(columns=list(about)).dropna(axis="columns", how="all")
    sentences = {name: sentence for sentence, name in known.items()}
    return Results(path.stem, about, table, tuple(told), tuple(_remarks(answers)), sentences)


def _marked(answer: Answer) -> tuple[float, tuple[str, ...]]:
    """The share of the points, missing where nothing can mark it; and what is said to what is wrong."""
    question = answer.question
    if question is None or not answer.readable or isinstance(question, types.Essay):
        return (math.nan if answer.fraction is None else answer.fraction), ()
    found = quiz.mark(question, answer.response)
    fraction = found.fraction if answer.fraction is None else answer.fraction
    if fraction >= 1:
        return fraction, ()
    right = set(_praise(question))
    return fraction, tuple(text.plain(one) for one in found.feedback if one not in right)


def _praise(question: BaseQuestion) -> list[str]:
    """What is said to a right part of a response that may be wrong in another."""
    match question:
        case types.Multiple():
            return [option.feedback for option in question.options if option.key]
        case types.TrueFalse():
            return [question.feedback.true if question.answer else question.feedback.false]
        case types.Cloze():
            options = [
                option for blank in question.blanks if isinstance(blank, ChoiceBlank) for option in blank.options
            ]
            written = [blank.feedback for blank in question.blanks if not isinstance(blank, ChoiceBlank)]
            return [*written, *(option.feedback for option in options if option.key)]
    return []


def _remarks(answers: Iterable[Answer]) -> Iterator[tuple[str, str]]:
    listed = list(answers)
    for item in dict.fromkeys(one.item for one in listed):
        some = [one for one in listed if one.item == item]
        if some[0].question is None:
            marks = "Canvas's points count" if some[0].fraction is not None else "it is left out"
            yield item, f"no question of the bank has this text: {marks}"
        elif isinstance(some[0].question, types.Essay) and some[0].fraction is None:
            yield item, "an essay, which a person marks: it is left out"
        elif unread := sum(not one.readable for one in some):
            yield item, f"{unread} responses could not be understood and are left out"


# ── the three forms of a file ────────────────────────────────────────────────────────────────────────


def _reader(sheet: Export) -> Callable[[Export, Bank], Iterator[Answer]]:
    if {"student", "question", "response"} <= set(sheet.header):
        return _ours
    if any(_canvas_columns(sheet)):
        return _canvas
    if any(len(columns) > 1 for columns in _moodle_columns(sheet).values()):
        return _moodle
    raise GradingError(
        f"{place(sheet.path, 1)}  is no file of responses. It needs the columns student, question and response; or "
        "Question 1 and Response 1, as Moodle's report 'Responses' has them with the question text displayed; or those "
        "of Canvas's 'Student Analysis'."
    )


def _ours(sheet: Export, bank: Bank) -> Iterator[Answer]:
    student, question, response = (sheet.column(name) for name in ("student", "question", "response"))
    for row in sheet.rows:
        found = bank.get(row[question])
        label = _label(found) if found else row[question]
        yield Answer(row[student], row[question], label, found, _value(found, row[response]))


def _label(question: BaseQuestion) -> str:
    return textwrap.shorten(text.plain(question.lead), 90, placeholder=" …")


def _value(question: BaseQuestion | None, given: str) -> Any:
    """A cell as JSON; what is none is a text. Who typed ``46.1`` typed a text, whatever JSON makes of it."""
    try:
        value = json.loads(given)
    except ValueError:
        return given or None
    return given if isinstance(question, types.Numeric | types.Short) and not isinstance(value, str | None) else value


def _moodle_columns(sheet: Export) -> dict[str, list[int]]:
    """The columns of each question, by its number: its text, the response, perhaps the right answer."""
    found: dict[str, list[int]] = {}
    for at, name in enumerate(sheet.header):
        if parts := re.fullmatch(r"\D+ (\d+)", name):
            found.setdefault(parts[1], []).append(at)
    return found


def _moodle(sheet: Export, bank: Bank) -> Iterator[Answer]:
    known = {wording.bare(text.plain(question.stem)): question for question in bank.values()}
    for row in _last_attempts(sheet):
        for number, columns in _moodle_columns(sheet).items():
            asked, given = row[columns[0]], row[columns[1]] if len(columns) > 1 else ""
            if asked.strip() in ("", "-"):
                continue
            question = _question(asked, known)
            item, label = (question.id, text.plain(question.lead)) if question else (f"question-{number}", asked[:80])
            response, readable = _read(question, "" if given.strip() == "-" else given)
            yield Answer(_who(sheet, row), item, label, question, response, readable)


def _last_attempts(sheet: Export) -> Iterable[list[str]]:
    """The last row of everybody who has one with a name: there may be several attempts, and a row of averages."""
    return {who: row for row in sheet.rows if (who := _who(sheet, row))}.values()


def _who(sheet: Export, row: Sequence[str]) -> str:
    """An e-mail address, else the first two columns, which hold the name."""
    email = next((cell for cell in row if re.fullmatch(r"\S+@\S+\.\w+", cell)), "")
    return email or " ".join(cell for cell in row[:2] if cell)


def _canvas_columns(sheet: Export) -> Iterator[tuple[int, str, float]]:
    """Place, text and points of each question."""
    for at, name in enumerate(sheet.header[:-1]):
        points = export.number(sheet.header[at + 1])
        if (parts := re.match(r"\d+: ?(.*)", name, re.S)) and points is not None:
            yield at, parts[1], points


def _canvas(sheet: Export, bank: Bank) -> Iterator[Answer]:
    known = {wording.bare(text.plain(question.stem)): question for question in bank.values()}
    names = [sheet.header.index(name) for name in ("id", "name") if name in sheet.header] or [0]
    latest: dict[str, list[str]] = {}
    for row in sheet.rows:
        who = next((row[at] for at in names if row[at]), "")
        if who and _is_later(sheet, row, latest.get(who)):
            latest[who] = row
    for who, row in latest.items():
        for at, asked, points in _canvas_columns(sheet):
            question, earned = _question(asked, known), export.number(row[at + 1])
            if earned is None:
                continue
            item = question.id if question else sheet.header[at].partition(":")[0]
            label = _label(question) if question else asked[:80]
            response, readable = _read(question, row[at].replace("\\,", ","))
            yield Answer(who, item, label, question, response, readable, earned / points if points else 0, points or 1)


def _is_later(sheet: Export, row: list[str], known: list[str] | None) -> bool:
    """Whether a row is a later attempt of somebody than the one known; Canvas numbers them where it lists several."""
    if known is None or "attempt" not in sheet.header:
        return known is None
    at = sheet.header.index("attempt")
    return (export.number(row[at]) or 0) > (export.number(known[at]) or 0)


def _question(asked: str, known: Mapping[str, BaseQuestion]) -> BaseQuestion | None:
    """The question whose text a platform's begins with: behind it stand options, or a unit."""
    bare = wording.bare(asked)
    found = max((stem for stem in known if bare.startswith(stem)), key=len, default=None)
    return known[found] if found else None


def _read(question: BaseQuestion | None, given: str) -> tuple[Any, bool]:
    """The response that a text stands for, and whether it could be understood."""
    if question is None or not given.strip():
        return None, True
    response = wording.understood(question, given)
    return response, response is not None
