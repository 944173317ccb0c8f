"""``{objectives-map}``: every objective of every chapter, with the questions that assess it.

The tables are made from the chapters' front matter and the quiz bank, so an objective nobody asks about shows as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from twolenses import course, quiz
from twolenses.book import heads, wording
from twolenses.book.nodes import link_to, section, table
from twolenses.errors import Error

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["Assessed", "assessed", "tables"]

log = logging.getLogger(__name__)

COLUMNS = {"Objective": 50, "Id": 20, "Questions": 30}
"""Heads of the columns, with their widths in percent."""

LABELS = {
    "classify": "classification",
    "multiple": "multiple choice",
    "short": "short answer",
    "single": "single choice",
    "true-false": "true/false",
}
"""What a type of question is called where its name does not say it."""


@dataclass(frozen=True)
class Assessed:
    """A chapter's objective and how many questions of each type ask for it."""

    chapter: course.Chapter
    objective: course.Objective
    types: Counter[str]

    @property
    def questions(self) -> int:
        """How many there are, of all types."""
        return self.types.total()

    def __str__(self) -> str:
        """The questions as the table prints them: ``3: 2 numeric and 1 matching``."""
        if not self.questions:
            return "none yet"
        return f"{self.questions}: {_counts(self.types)}" if len(self.types) > 1 else _counts(self.types)


def assessed() -> list[Assessed]:
    """Every objective in the order of the book, with its questions from the whole bank."""
    types: dict[str, Counter[str]] = {}
    for path in quiz.files():
        for question in quiz.read(path):
            types.setdefault(question.objective, Counter())[question.type] += 1
    return [
        Assessed(chapter, objective, types.get(objective.id, Counter()))
        for chapter in course.chapters()
        for objective in chapter.objectives
    ]


def tables(found: Sequence[Assessed], docname: str) -> list[nodes.Node]:
    """A line that sums up, then a section with a table for each chapter.

    Parameters
    ----------
    found
        The objectives to show, those of a chapter together.
    docname
        The page on which they stand, from which links are made.
    """
    chapters = list(dict.fromkeys(one.chapter for one in found))
    parts: list[nodes.Node] = [nodes.paragraph("", _summary(found, len(chapters)))]
    for chapter in chapters:
        page = nodes.paragraph("", "", nodes.Text("Page: "), _page(chapter, docname), nodes.Text("."))
        lines = [
            (nodes.Text(one.objective.text), nodes.literal("", one.objective.id), nodes.Text(str(one)))
            for one in found
            if one.chapter == chapter
        ]
        title = f"{chapter.number}. {chapter.title}"
        parts.append(section(title, f"objectives-{chapter.number}", page, table(COLUMNS, lines)))
    return parts


def _summary(found: Sequence[Assessed], chapters: int) -> str:
    """All in one line, gaps included."""
    types = sum((one.types for one in found), Counter[str]())
    asked = f"{types.total()} questions ask for them: {_counts(types)}." if types else "No question asks for them yet."
    gaps = [one.objective.id for one in found if not one.questions]
    open_ones = f" Not asked yet: {wording.listed(gaps)}." if gaps and types else ""
    return f"{len(found)} objectives in {chapters} chapters. {asked}{open_ones}"


def _counts(types: Counter[str]) -> str:
    return wording.listed(f"{count} {LABELS.get(kind, kind)}" for kind, count in types.most_common())


def _page(chapter: course.Chapter, docname: str) -> nodes.Node:
    page = chapter.path.relative_to(course.root()).with_suffix("").as_posix()
    return link_to(chapter.title, f"/{page}", docname, kind="doc")


class ObjectivesMapDirective(SphinxDirective):
    """Every objective and the questions that ask for it.

    Written ```` ```{objectives-map} ```` (no argument, no content); out come a line that sums up and a table per
    chapter: objective, id, *3: 2 numeric and 1 matching*.
    """

    def run(self) -> list[nodes.Node]:
        try:
            for path in (course.root() / "_toc.yml", *quiz.files()):
                self.env.note_dependency(str(path))
            heads.depend(self.env)
            return tables(assessed(), self.env.docname)
        except Error as error:
            log.warning("{objectives-map} %s", error, location=self.get_location())
            return []


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("objectives-map", ObjectivesMapDirective)
