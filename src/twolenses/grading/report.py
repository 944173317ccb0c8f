"""What the instructor reads: a class report, a table of grades, and a page for each student.

Each page is one file that needs nothing else; it follows the reader's light or dark setting and prints. Of a student's
check it shows the sentence, never the source.
"""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from twolenses import course, files, templating
from twolenses.errors import GradingError, place
from twolenses.grading import items, similar
from twolenses.grading.results import Results

__all__ = ["feedback", "grades_csv", "html", "write"]

BINS = 10
MOST = 12
"""Sentences without a name that are listed."""
MANY = 0.2
"""From this share of the class on, one mistake or sentence is a reason to look at its item."""


def write(results: Results, path: Path) -> list[Path]:
    """Write the report to `path` and beside it `NAME-grades.csv` and, of an assignment, `NAME-feedback/STUDENT.html`.

    Raises
    ------
    GradingError
        If something cannot be written.
    """
    pages: dict[Path, str] = {path: html(results), path.with_name(f"{path.stem}-grades.csv"): grades_csv(results)}
    if results.grades:
        folder = path.with_name(f"{path.stem}-feedback")
        pages |= {folder / f"{student}.html": feedback(results, student) for student in results.scores.index}
    try:
        for one, text in pages.items():
            files.write(one, text)
    except OSError as error:
        raise GradingError(f"{place(path)}  cannot be written: {error.strerror}. Choose another --out.") from error
    return list(pages)


def grades_csv(results: Results) -> str:
    """One row per student, with the points of each item; empty where an item waits for a person."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    known = {one.student: one for one in results.grades}
    more = ("name", "score", "penalty", "maximum", "waits") if known else ("score", "maximum")
    writer.writerow(["student", *more, *results.scores.columns])
    for student in dict.fromkeys([*known, *results.scores.index]):
        row = (
            results.scores.loc[student]
            if student in results.scores.index
            else pd.Series(math.nan, results.scores.columns)
        )
        cells = ["" if math.isnan(one) else f"{one:g}" for one in row]
        if grade := known.get(student):
            head = [
                grade.name,
                f"{grade.score:g}",
                f"{grade.penalty:g}",
                f"{grade.maximum:g}",
                "yes" if grade.waiting else "",
            ]
        else:
            head = [f"{row.sum():g}", f"{results.maxima[row.notna()].sum():g}"]
        writer.writerow([student, *head, *cells])
    return text.getvalue()


def feedback(results: Results, student: str) -> str:
    """The page of one student: each item with its points, and what its check or a person said."""
    rows = [
        {
            "label": about.label,
            "score": results.scores.at[student, item] if item in results.scores else math.nan,
            "maximum": about.maximum,
            "said": [one for one in results.told if (one.student, one.item) == (student, item)],
        }
        for item, about in results.about.items()
    ]
    grade = next((one for one in results.grades if one.student == student), None)
    return _page("feedback.html", title=results.title, student=student, rows=rows, grade=grade)


def html(results: Results) -> str:
    """The class report."""
    found = items.statistics(results.scores, results.maxima)
    reached = results.reached.dropna()
    return _page(
        "report.html",
        results=results,
        reached=reached,
        bins=_bins(reached),
        rows=_rows(results, found),
        alpha=items.alpha(results.scores),
        few=len(results.scores) < items.FEW,
        group=len(items.extremes(results.scores)[0]),
        looks=list(_looks(results, found)),
        mistakes=results.mistakes.most_common(),
        sentences=[(results.about[item].label, said, count) for item, said, count in _sentences(results)[:MOST]],
        mastery=[(title, _mastery(results, field)) for title, field in (("objective", "objective"), ("lens", "lens"))],
        pairs=similar.pairs(results.texts),
        remarks=_remarks(results),
        students=[(student, reached.get(student, math.nan)) for student in results.scores.index],
        waiting=[
            about.label
            for item, about in results.about.items()
            if item not in results.scores or results.scores[item].isna().any()
        ],
    )


def _page(template: str, **filled: Any) -> str:
    environment = templating.environment("twolenses.grading", percent=_percent, decimal=_decimal)
    return str(environment.get_template(template).render(**filled))


def _percent(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.0%}".replace("%", "\N{NARROW NO-BREAK SPACE}%")


def _decimal(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.2f}".replace("-", "\N{MINUS SIGN}")


@dataclass(frozen=True)
class _Bin:
    label: str
    count: int


def _bins(reached: pd.Series) -> list[_Bin]:
    """How many students reached 0 to 9 percent, 10 to 19 and so on; the last holds 100 too."""
    counts = Counter(min(int(round(100 * share, 9)) // 10, BINS - 1) for share in reached)
    return [_Bin(f"{10 * n}–{10 * n + 9 if n < BINS - 1 else 100}", counts[n]) for n in range(BINS)]


def _rows(results: Results, found: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {"number": number, "name": item, "about": results.about[str(item)], **row}
        for number, (item, row) in enumerate(found.iterrows(), start=1)
    ]


def _looks(results: Results, found: pd.DataFrame) -> Iterator[tuple[str, list[str]]]:
    """Label and reasons of each item that deserves a look."""
    made = [
        (item, f"{name.replace('_', ' ')}. {results.sentences.get(name, '')}", n)
        for (item, name), n in results.mistakes.items()
    ]
    for item, row in found.iterrows():
        why = list(items.reasons(row))
        for of, said, count in [*made, *_sentences(results)]:
            if of == item and count >= MANY * row["n"]:
                why.append(f"{count} of {row['n']:.0f} students: {said}")
        if why:
            yield results.about[str(item)].label, why


def _sentences(results: Results) -> list[tuple[str, str, int]]:
    """The sentences without a name that more than one student was told: item, sentence, students."""
    told = {(one.student, one.item, one.said) for one in results.told if one.kind == "wrong" and not one.mistake}
    counts = Counter((item, said) for _, item, said in sorted(told))
    return [(item, said, count) for (item, said), count in counts.most_common() if count > 1 and item in results.about]


def _remarks(results: Results) -> list[tuple[str, list[str]]]:
    """Each remark once, with all that it is about."""
    found: dict[str, list[str]] = {}
    for about, remark in results.remarks:
        found.setdefault(remark, []).append(about)
    return list(found.items())


def _mastery(results: Results, field: str) -> list[dict[str, Any]]:
    known = {name: one.text for name, one in course.objectives().items()}
    return [{"name": known.get(str(name), name), **row} for name, row in results.mastery(field).iterrows()]
