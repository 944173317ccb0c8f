"""``{exercise-list}``: every exercise of the book with its chapter, level, tasks and points, from the masters.

With ``:short:`` it is a list of links, for a page that is read on a phone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from twolenses import course, exercises
from twolenses.book.exercises.pages import FOLDER
from twolenses.book.nodes import link_to
from twolenses.book.nodes import table as make_table
from twolenses.errors import Error

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["links", "table"]

log = logging.getLogger(__name__)

COLUMNS = {"Exercise": 38, "Chapter": 10, "Level": 18, "Minutes": 10, "Tasks": 8, "Points": 18}
"""Heads of the columns, with their widths in percent."""


def table(found: Sequence[exercises.Exercise], docname: str) -> nodes.table:
    """A row for each exercise, its title a link made from the page `docname`."""
    lines = []
    for one in found:
        texts = str(one.chapter), one.difficulty, str(one.minutes), str(len(one.tasks)), _points(one)
        lines.append([_link(one, docname, f"{int(one.name[:2])}. {one.title}"), *map(nodes.Text, texts)])
    return make_table(COLUMNS, lines)


def _points(one: exercises.Exercise) -> str:
    by_hand = sum(task.manual for task in one.tasks)
    return f"{one.points:g} ({by_hand:g} by people)" if by_hand else f"{one.points:g}"


def links(found: Sequence[exercises.Exercise], docname: str) -> nodes.enumerated_list:
    """The titles alone, numbered, each a link made from the page `docname`."""
    items = (nodes.list_item("", nodes.paragraph("", "", _link(one, docname, one.title))) for one in found)
    return nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".", classes=["tl-titles"])


def _link(one: exercises.Exercise, docname: str, text: str) -> nodes.Node:
    return link_to(text, f"/{FOLDER}{one.name}/exercise", docname, kind="doc")


class ExerciseListDirective(SphinxDirective):
    """The exercises that the table of contents has.

    Written ```` ```{exercise-list} ```` (no argument, no content); out comes a table with a row per exercise. With
    ``:short:`` it is a numbered list of links.
    """

    option_spec: ClassVar = {"short": directives.flag}

    def run(self) -> list[nodes.Node]:
        try:
            pages = course.pages()
            paths = [path for path in exercises.masters() if f"{FOLDER}{exercises.name_of(path)}/exercise" in pages]
            for path in [course.root() / "_toc.yml", *paths]:
                self.env.note_dependency(str(path))
            shown = links if "short" in self.options else table
            return [shown([exercises.read(path) for path in paths], self.env.docname)]
        except Error as error:
            log.warning("{exercise-list} %s", error, location=self.get_location())
            return []


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("exercise-list", ExerciseListDirective)
