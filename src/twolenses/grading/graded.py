"""The results of an assignment: scores from nbgrader's gradebook, sentences from the notebooks it has graded.

Nothing is written. Whatever graded them, nbgrader or `twolenses grade`, both are where nbgrader keeps them.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from nbgrader.api import Assignment, SubmittedAssignment, SubmittedNotebook
from sqlalchemy.orm import Session, selectinload

from twolenses import exercises, keys
from twolenses.errors import Error, ExerciseError, GradingError, place
from twolenses.grading import remarks as kept
from twolenses.grading.results import About, Results, Told, known_mistakes, named
from twolenses.handing_back import gradebook

__all__ = ["read"]

LONG = 600
"""The most characters of a sentence that a report prints: what a student raises may be a book."""


@dataclass
class _Notebook:
    """What a graded notebook shows of its cells: item and heading, sentences, what the student wrote, surprises.

    All but the surprises go by nbgrader's names of cells.
    """

    items: dict[str, tuple[str, str]] = field(default_factory=dict)
    said: list[tuple[str, str, Literal["right", "wrong"]]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def read(assignment: str, course: Path, db: str | None = None, masters: Path | None = None) -> Results:
    """The results of an assignment.

    Parameters
    ----------
    course
        nbgrader's course directory.
    db
        URL of its database, where that is not `gradebook.db`.
    masters
        An instructor's own exercises.

    Raises
    ------
    HandingBackError
        If there is no gradebook, it cannot be read, or it does not have the assignment.
    GradingError
        If nothing has been graded.
    """
    url = gradebook.address(course, db)
    grades = gradebook.grades(url, assignment)
    with gradebook.opened(url) as session:
        found = gradebook.assignment_of(session, assignment)
        prefixes = {one.name: _name(found, one.name, "") for one in found.notebooks}
        handed_in = [one.student for one in grades if one.submitted]
        notebooks = {one: _notebook(course / "autograded" / one / assignment, prefixes) for one in handed_in}
        items = _items(notebooks.values())
        meta = _front_matter(assignment, masters)
        about = _about(found, items, _by_task(meta.get("objectives")), _by_task(meta.get("lenses")))
        cells = pd.DataFrame(_cells(session, found, items), columns=["student", "item", "score"])
        comments = _comments(session, found, items)
    if cells["score"].isna().all():
        raise GradingError(
            f"Nothing of {assignment} is graded in {place(course)} yet. Run: twolenses grade {assignment} "
            f"--course {course}"
        )
    scores = cells.pivot_table(values="score", index="student", columns="item", aggfunc=_all_or_none, dropna=False)
    scores = scores.reindex(columns=[item for item in about if item in scores]).dropna(how="all")
    known = _known_mistakes(assignment, course)
    told = [
        Told(student, items[cell][0], said, kind, named(said, known) if kind == "wrong" else "")
        for student, one in notebooks.items()
        for cell, said, kind in one.said
    ]
    faults = kept.read(course, assignment)
    remarks = [(student, fault) for student, told_of in sorted(faults.items()) for fault in told_of]
    remarks += [(student, remark) for student, one in notebooks.items() for remark in one.remarks]
    remarks += [
        (one.student, _not_in(one)) for one in grades if one.student not in scores.index and one.student not in faults
    ]
    texts = {student: one.texts for student, one in notebooks.items()}
    sentences = {name: sentence for sentence, name in known.items()}
    return Results(
        assignment, about, scores, (*told, *comments), tuple(remarks), sentences, texts=texts, grades=tuple(grades)
    )


def _items(notebooks: Iterable[_Notebook]) -> dict[str, tuple[str, str]]:
    """Cell → item and label, as most notebooks have them: a student may have changed a heading or a cell's metadata."""
    seen: dict[str, Counter[tuple[str, str]]] = {}
    for notebook in notebooks:
        for cell, item in notebook.items.items():
            seen.setdefault(cell, Counter())[item] += 1
    return {cell: items.most_common(1)[0][0] for cell, items in seen.items()}


def _all_or_none(scores: pd.Series) -> float:
    """The points of an item's cells together; missing where one of them is."""
    return float(scores.sum(skipna=False))


def _not_in(grade: gradebook.Grade) -> str:
    return "handed nothing in" if not grade.submitted else "has no graded cell: look at nbgrader's log"


# ── the gradebook ────────────────────────────────────────────────────────────────────────────────────


def _about(
    assignment: Assignment,
    items: Mapping[str, tuple[str, str]],
    objectives: Mapping[str, str],
    lenses: Mapping[str, str],
) -> dict[str, About]:
    """The items in the order of the notebook, with the sum of their cells' points."""
    maxima: dict[str, float] = {}
    for notebook in assignment.notebooks:
        for cell in (*notebook.grade_cells, *notebook.task_cells):
            maxima[_name(assignment, notebook.name, cell.name)] = float(cell.max_score or 0)
    order = [*(cell for cell in items if cell in maxima), *(cell for cell in maxima if cell not in items)]
    found: dict[str, About] = {}
    for cell in order:
        item, label = items.get(cell, (cell, cell))
        task = item.removesuffix(BY_HAND)
        before = found[item].maximum if item in found else 0.0
        found[item] = About(label, before + maxima[cell], objectives.get(task, ""), lenses.get(task, ""))
    return {item: one for item, one in found.items() if one.maximum}


BY_HAND = ", by hand"


def _name(assignment: Assignment, notebook: str, cell: str) -> str:
    """A cell by its name, and by that of its notebook where there are several: two may have cells of one name."""
    return f"{notebook}: {cell}" if len(assignment.notebooks) > 1 else cell


def _submissions(session: Session, assignment: Assignment) -> list[SubmittedAssignment]:
    notebooks = selectinload(SubmittedAssignment.notebooks)
    return list(
        session.query(SubmittedAssignment)
        .filter_by(assignment=assignment)
        .order_by(SubmittedAssignment.student_id)
        .options(notebooks.selectinload(SubmittedNotebook.grades), notebooks.selectinload(SubmittedNotebook.comments))
    )


def _cells(
    session: Session, assignment: Assignment, items: Mapping[str, tuple[str, str]]
) -> Iterator[tuple[str, str, float]]:
    """Student, item and score of every graded cell; the score is missing while a person has to give it."""
    for submission in _submissions(session, assignment):
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                score = math.nan if grade.needs_manual_grade else float(grade.score)
                name = _name(assignment, notebook.name, grade.name)
                yield submission.student_id, items.get(name, (name, ""))[0], score


def _comments(session: Session, assignment: Assignment, items: Mapping[str, tuple[str, str]]) -> list[Told]:
    """What a person wrote to a student."""
    return [
        Told(submission.student_id, items.get(name, (name, ""))[0], comment.comment, "comment")
        for submission in _submissions(session, assignment)
        for notebook in submission.notebooks
        for comment in notebook.comments
        if comment.comment and (name := _name(assignment, notebook.name, comment.name))
    ]


# ── the notebooks ────────────────────────────────────────────────────────────────────────────────────


def _notebook(folder: Path, prefixes: Mapping[str, str]) -> _Notebook:
    found = _Notebook()
    paths = [path for path in sorted(folder.glob("*.ipynb")) if path.stem in prefixes]
    if not paths:
        found.remarks.append("has no graded notebook: its sentences are missing here")
    for path in paths:
        try:
            _read(json.loads(path.read_text(encoding="utf-8"))["cells"], prefixes[path.stem], found)
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            found.remarks.append(f"{path.name} cannot be read ({type(error).__name__}): its sentences are missing here")
    return found


def _read(cells: list[Any], prefix: str, found: _Notebook) -> None:
    heading = ""
    for cell in cells:
        meta, source = cell["metadata"], "".join(cell["source"])
        if cell["cell_type"] == "markdown" and (titles := re.findall(r"^#+ +(.+?) *$", source, re.M)):
            heading = titles[-1]
        nbgrader = meta.get("nbgrader", {})
        if not (nbgrader.get("grade") or nbgrader.get("solution") or nbgrader.get("task")):
            continue
        name = prefix + str(nbgrader["grade_id"])
        item = f"{prefix}{meta.get('check') or meta.get('task') or nbgrader['grade_id']}"
        label = f"{prefix}{heading}" if heading else item
        if nbgrader.get("grade") and nbgrader.get("solution"):
            found.items[name] = (f"{item}{BY_HAND}", f"{label}{BY_HAND}")
        elif nbgrader.get("grade") or nbgrader.get("task"):
            found.items[name] = (item, label)
        if nbgrader.get("solution"):
            found.texts[name] = source
        elif nbgrader.get("grade"):
            _outputs(cell.get("outputs", []), name, found)


def _outputs(outputs: list[Any], cell: str, found: _Notebook) -> None:
    """What a check said. Of an error only its name and sentence: a traceback would show a hidden test."""
    error = next((one for one in outputs if one["output_type"] == "error"), None)
    streams = {one.get("name"): "".join(one["text"]) for one in outputs if one["output_type"] == "stream"}
    if error:
        said = str(error.get("evalue", ""))
        said = said if error["ename"] == "CheckFailed" else f"{error['ename']}: {said}" if said else error["ename"]
        found.said.append((cell, said[:LONG], "wrong"))
    elif "stderr" in streams:
        found.said.append((cell, "The check passed, and something was written to stderr.", "wrong"))
        found.remarks.append(f"{cell}: a warning or a text on stderr, which in nbgrader costs all points of the check")
    else:
        right = re.findall(r"^✓ .*(?:\n  Note: .*)*", streams.get("stdout", ""), re.M)
        found.said += [
            (cell, one[:LONG], "right") for one in right if not any(_says_more(other, one) for other in right)
        ]
    for one in outputs:
        shown = "".join(one.get("data", {}).get("text/plain", "")) if one["output_type"] == "execute_result" else ""
        if shown and not re.fullmatch(r"[-+.\deE]+", shown):
            found.remarks.append(
                f"{cell}: its check ends with {shown[:40]!r}, no plain number; nbgrader gives full marks"
            )


def _says_more(other: str, one: str) -> bool:
    """Hidden tests say once more that an answer is right, without the reason."""
    return other != one and other.startswith(one)


# ── what the exercise knows ──────────────────────────────────────────────────────────────────────────


def _known_mistakes(assignment: str, course: Path) -> dict[str, str]:
    """The mistakes of an exercise, from the course directory's own key or ours; only the shared ones without a key."""
    own = course / "keys" / assignment / keys.FILE
    try:
        path = own if own.is_file() else keys.find(assignment)
        with keys.using(keys.read(path) if path else keys.EMPTY):
            return known_mistakes()
    except Error:
        return known_mistakes()


def _front_matter(assignment: str, masters: Path | None) -> Mapping[str, Any]:
    """What the master of the exercise says of it; nothing where there is no master."""
    try:
        master = exercises.exercise(assignment, masters)
    except ExerciseError:
        return {}
    meta: Mapping[str, Any] = master.notebook.metadata["exercise"] if master.name == assignment else {}
    return meta


def _by_task(listed: Any) -> dict[str, str]:
    """Task → what it assesses, an objective or a lens."""
    listed = listed if isinstance(listed, dict) else {}
    return {str(task): str(name) for name, tasks in listed.items() if isinstance(tasks, list) for task in tasks}
