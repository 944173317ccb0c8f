"""What two halves of a class answered, in a file of one's own or as a platform exports it.

========  =========================================================================================================
ours      a column `group` with two different words, and one for each question
Moodle    *Feedback*, *Responses*, *Download all responses as* CSV: a file for each version, which its columns name:
          ``(A1) How far …``
Canvas    *Survey statistics*, *Student analysis*: a file for each version, known by the paragraph in its first line;
          ``1234: How far …`` and behind it a column of points
========  =========================================================================================================

A platform's columns are known by the text of the question. Whatever else stands in such a file, names included, is not
read. Rows without consent are left out.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import chain
from pathlib import Path

import numpy as np

from twolenses.errors import FramingError, place
from twolenses.framing import texts
from twolenses.framing.texts import HIGHEST, LOWEST, Survey
from twolenses.tabular import cells, number

__all__ = ["FEWEST", "Answers", "Numbers", "here", "made_up", "read", "written"]

FEWEST = 3
"""How many answers a group needs to each question."""

SEED = 2023
"""Of the class that never was."""

FILES = "responses*.csv"
"""What the notebook reads."""

Numbers = np.ndarray

_LABEL = re.compile(r"\(([A-Z])\d\)")
_SHEETS = (".xlsx", ".xls", ".ods")


@dataclass(frozen=True)
class Answers:
    """Question → group → answers; how many were left empty, how many people gave no consent, whether it is made up."""

    groups: tuple[str, str]
    by: Mapping[str, Mapping[str, Numbers]]
    empty: int = 0
    without_consent: int = 0
    made_up: bool = False

    @property
    def counts(self) -> tuple[int, int]:
        """The sizes of the groups, at the question that fewest answered."""
        one, other = self.groups
        return min(((len(by[one]), len(by[other])) for by in self.by.values()), key=sum)


def read(*paths: Path) -> Answers:
    """Answers from a file that holds both groups, or from a file for each.

    Raises
    ------
    FramingError
        If there are not two groups, too few answers, or one that is no number from 1 to 7.
    TableError
        If a file cannot be read or is no table.
    """
    survey = texts.load()
    found = [_of_file(path, survey) for path in paths]
    names = ", ".join(place(path) for path in paths)
    groups = sorted({group for one in found for group in one.groups})
    if len(groups) == 1 and groups[0] in survey.versions:
        raise FramingError(f"{names}  has only answers to version {groups[0]}. Name the file of the other one, too.")
    if len(groups) != 2 or "" in groups:
        shown = ", ".join(repr(group) for group in groups[:5])
        raise FramingError(f"{names}  has the groups {shown}. Give each row one of two words, such as A and B.")
    by: dict[str, dict[str, Numbers]] = {}
    for question in dict.fromkeys(question for one in found for question in one.questions):
        lists = {group: [*chain(*(one.given.get((question, group), ()) for one in found))] for group in groups}
        by[question] = {group: np.array(answers, dtype=float) for group, answers in lists.items()}
        for group, answers in by[question].items():
            if len(answers) < FEWEST:
                raise FramingError(
                    f"{names}  has {len(answers)} answers of group {group!r} to {question!r}. {FEWEST} is the fewest; "
                    "a column that is no question has to be deleted."
                )
    return Answers(
        (groups[0], groups[1]), by, sum(one.empty for one in found), sum(one.without_consent for one in found)
    )


@dataclass
class _File:
    """What one file holds."""

    questions: list[str]
    groups: set[str] = field(default_factory=set)
    given: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    empty: int = 0
    without_consent: int = 0


@dataclass(frozen=True)
class _Columns:
    """Where things stand in a file: each question, the group or the one version, and consent."""

    questions: Mapping[str, int]
    group: int | None = None
    version: str = ""
    consent: int | None = None


def _of_file(path: Path, survey: Survey) -> _File:
    if path.suffix.lower() in _SHEETS:
        raise FramingError(
            f"{place(path)}  is a spreadsheet. Download the responses as CSV (in Moodle under 'Responses', not under "
            "'Analysis'), or save it as CSV UTF-8."
        )
    header, lines = cells(path)
    columns = _exported(header, path, survey) or _ours(header, path)
    found = _File(list(columns.questions))
    for line, row in lines:
        if columns.consent is not None and not row[columns.consent]:
            found.without_consent += 1
            continue
        group = columns.version if columns.group is None else row[columns.group]
        found.groups.add(group)
        for question, at in columns.questions.items():
            if row[at]:
                answer = _answer(row[at], survey, path, line, question)
                found.given.setdefault((question, group), []).append(answer)
            else:
                found.empty += 1
    return found


def _ours(header: Sequence[str], path: Path) -> _Columns:
    group = _group(header)
    questions = {name: at for at, name in enumerate(header) if name and at != group}
    if group is None or not questions:
        raise FramingError(
            f"{place(path, 1)}  needs a column 'group' and one for each question, named so; or the text of our "
            "questions, as Moodle and Canvas export it."
        )
    if twice := [name for name in questions if header.count(name) > 1]:
        raise FramingError(f"{place(path, 1)}  has the column {twice[0]!r} twice. Give each a name of its own.")
    return _Columns(questions, group)


def _exported(header: Sequence[str], path: Path, survey: Survey) -> _Columns | None:
    """The columns of a platform's export; None where no question of ours is in it."""
    heads = [_letters(name) for name in header]
    questions = {
        name: at for name, text in survey.questions.items() for at, head in enumerate(heads) if _letters(text) in head
    }
    if not questions:
        return None
    consent = next((at for at, head in enumerate(heads) if _letters(survey.asks) in head), None)
    versions = sorted(set(_versions(header, heads, survey)))
    if len(versions) > 1:
        raise FramingError(f"{place(path, 1)}  holds versions {' and '.join(versions)}. Give each its own survey.")
    group = _group(header)
    if not versions and group is None:
        raise FramingError(
            f"{place(path, 1)}  does not say which version was read. Add a column 'group' with A or B in each row."
        )
    return _Columns(questions, None if versions else group, "".join(versions), consent)


def _versions(header: Sequence[str], heads: Sequence[str], survey: Survey) -> Iterator[str]:
    """The versions that columns name: by the label of a question, or by the paragraph itself."""
    for name, head in zip(header, heads, strict=True):
        label = _LABEL.search(name)
        if label and label[1] in survey.versions:
            yield label[1]
        yield from (one.name for one in survey.versions.values() if _letters(one.opens) in head)


def _group(header: Sequence[str]) -> int | None:
    return next((at for at, name in enumerate(header) if name.casefold() in ("group", "groups")), None)


def _letters(text: str) -> str:
    """A text as it is known again: no markup, no signs, no case."""
    return re.sub(r"\W+", "", unescape(re.sub(r"<[^>]*>", "", text))).casefold()


def _answer(cell: str, survey: Survey, path: Path, line: int, question: str) -> float:
    words = dict(zip(map(_letters, survey.options), range(LOWEST, HIGHEST + 1), strict=True))
    found = words.get(_letters(cell)) or number(cell, path, line, f"answer to {question!r}")
    if not LOWEST <= found <= HIGHEST:
        raise FramingError(
            f"{place(path, line)}  has the answer {cell!r} to {question!r}. Answers go from {LOWEST} to {HIGHEST}."
        )
    return float(found)


# ── A class that never was ───────────────────────────────────────────────────────────────────────────


def made_up(students: int = 30, seed: int = SEED) -> Answers:
    """Answers that nobody gave: in A the first question is answered one point higher on average, the others alike."""
    dice = np.random.default_rng(seed)
    survey = texts.load()
    sizes = dict(zip(survey.versions, (students - students // 2, students // 2), strict=True))
    by = {
        question: {
            group: np.clip(
                np.rint(dice.normal(4 + shift * (0.5 if group == "A" else -0.5), 1.5, size)), LOWEST, HIGHEST
            )
            for group, size in sizes.items()
        }
        for question, shift in zip(survey.questions, (1.0, 0.0, 0.0), strict=True)
    }
    one, other = sizes
    return Answers((one, other), by, made_up=True)


def written(answers: Answers, version: str) -> str:
    """The answers to one version as Moodle exports them; each row says that it is made up."""
    survey = texts.load()
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\n")
    asked = [survey.asks, *survey.questions.values()]
    sheet.writerow(["Response number", *(f"({version}{at}) {text}" for at, text in enumerate(asked))])
    for number_, row in enumerate(zip(*(by[version] for by in answers.by.values()), strict=True), start=1):
        chosen = [survey.options[int(one) - LOWEST] for one in row]
        sheet.writerow([f"made up {number_}", survey.answer, *chosen])
    return out.getvalue()


def here(folder: Path | str = ".") -> Answers:
    """The class whose files lie in a folder, as ``responses*.csv``; where none does, one that never was. Says which.

    Raises
    ------
    FramingError, TableError
        As :func:`read` does.
    """
    paths = sorted(Path(folder).glob(FILES))
    if not paths:
        found = made_up()
        print(f"No {FILES} here: this is a class that never was, {sum(found.counts)} students.")
        return found
    found = read(*paths)
    print(f"{' and '.join(str(count) for count in found.counts)} students, from {', '.join(p.name for p in paths)}.")
    return found
