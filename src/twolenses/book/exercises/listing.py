"""``{exercise-list}``: every exercise of the book with its chapter, level, tasks and points, from the masters.

With ``:short:`` it is a list of links, for a page that is read on a phone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from twolenses import course, exercises
from twolenses.book.exercises.pages import FOLDER
from twolenses.errors import Error

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["links", "table"]

log = logging.getLogger(__name__)

COLUMNS = {"Exercise": 38, "Chapter": 10, "Level": 18, "Minutes": 10, "Tasks": 8, "Points": 18}
"""Heads of the columns, with their widths in percent."""


def table(found: Sequence[exercises.Exercise], docname: str) -> nodes.table:
    """A row for each exercise, its title a link made from the page `docname`."""
    group = nodes.tgroup("", cols=len(COLUMNS))
    group += [nodes.colspec("", colwidth=width) for width in COLUMNS.values()]
    group += nodes.thead("", nodes.row("", *(_entry(nodes.Text(head)) for head in COLUMNS)))
    body = nodes.tbody("")
    for one in found:
        texts = str(one.chapter), one.difficulty, str(one.minutes), str(len(one.tasks)), _points(one)
        body += nodes.row(
            "",
            _entry(_link(one, docname, f"{int(one.name[:2])}. {one.title}")),
            *(_entry(nodes.Text(text)) for text in texts),
        )
    group += body
    return nodes.table("", group)


def _points(one: exercises.Exercise) -> str:
    by_hand = sum(task.manual for task in one.tasks)
    return f"{one.points:g} ({by_hand:g} by people)" if by_hand else f"{one.points:g}"


def links(found: Sequence[exercises.Exercise], docname: str) -> nodes.enumerated_list:
    """The titles alone, numbered, each a link made from the page `docname`."""
    items = (nodes.list_item("", nodes.paragraph("", "", _link(one, docname, one.title))) for one in found)
    return nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")


def _link(one: exercises.Exercise, docname: str, text: str) -> nodes.Node:
    return addnodes.pending_xref(
        "",
        nodes.inline("", text),
        refdomain="std",
        reftype="doc",
        reftarget=f"/exercises/notebooks/{one.name}/exercise",
        refexplicit=True,
        refwarn=True,
        refdoc=docname,
    )


def _entry(cell: nodes.Node) -> nodes.entry:
    return nodes.entry("", nodes.paragraph("", "", cell))


class ExerciseListDirective(SphinxDirective):
    """The exercises that the table of contents has."""

    option_spec: ClassVar = {"short": directives.flag}

    def run(self) -> list[nodes.Node]:
        """One table, or one list."""
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
