"""``{memo}``, ``{remark}`` and ``{agreed}``: a student's memo with the marker's remarks beside it, and agreed marks.

A remark stands after the paragraph that it is about, in the text as in what a screen reader reads; a wide screen and
paper set it beside.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from twolenses.book.nodes import folded, record, table
from twolenses.errors import Error, suggestion

if TYPE_CHECKING:
    from sphinx.application import Sphinx

log = logging.getLogger(__name__)

CRITERIA = ("facts", "wording", "lenses", "test", "step")
"""The criteria of the guide's rubric, in its order."""

FULL = 6
"""The points of each."""

HEADS = {"Criterion": 40, "Lost": 20, "Points": 40}


class MemoDirective(SphinxDirective):
    """A memo with a marker's remarks in its margin.

    Written::

        ::::{memo}
        A paragraph of the student’s.

        :::{remark} facts 2
        What earned or lost points, and why.
        :::
        ::::

    Out come the paragraphs, each with the remarks that follow it beside it or, on a narrow screen, below it; then a
    table of the points: of each criterion six, less what the remarks took.
    """

    has_content = True

    def run(self) -> list[nodes.Node]:
        inside = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, inside)
        lost = dict.fromkeys(CRITERIA, 0)
        for remark in inside.findall(record):
            lost[remark["criterion"]] += remark["lost"]
        if over := [name for name, points in lost.items() if points > FULL]:
            log.warning("{memo} takes more than %d points for %s.", FULL, over[0], location=self.get_location())
        return [nodes.container("", *_rows(inside.children), classes=["tl-memo"]), _points(lost)]


class RemarkDirective(SphinxDirective):
    """A remark on the paragraph above it: a criterion, and how many points it costs, 0 for what kept them.

    Written inside ``{memo}``, which shows an example; out comes a note that begins *Facts, −2.* or *Facts, kept.*
    """

    has_content = True
    required_arguments = 2

    def run(self) -> list[nodes.Node]:
        criterion, points = self.arguments
        if criterion not in CRITERIA:
            log.warning("{remark} %s", suggestion(criterion, CRITERIA), location=self.get_location())
            return []
        lost = directives.nonnegative_int(points)
        label = f"{criterion.capitalize()}, {f'−{lost}' if lost else 'kept'}."
        seen = {"role": "note", "aria-label": f"Marker on {criterion}"}
        note = record("", tag="div", html=seen, classes=["tl-remark", *(["tl-lost"] if lost else [])])
        note["criterion"], note["lost"] = criterion, lost
        note += nodes.paragraph("", "", nodes.strong("", label))
        self.state.nested_parse(self.content, self.content_offset, note)
        return [note]


class AgreedDirective(SphinxDirective):
    """The agreed marks of one excerpt of the calibration set, folded.

    Written ```` ```{agreed} 1 ```` (no content); the argument is the excerpt. Out comes a fold with a table: criterion,
    points, why.
    """

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        from twolenses.grading import markers  # pandas, which most edits of a page do without

        try:
            found = [one for one in markers.agreed() if one.item == self.arguments[0]]
        except Error as error:
            log.warning("{agreed} %s", error, location=self.get_location())
            return []
        if not found:
            log.warning("{agreed} has no excerpt %r.", self.arguments[0], location=self.get_location())
        lines = ["| Criterion | Points | Why |", "| --- | --- | --- |"]
        lines += [f"| {one.criterion} | {one.mark:g} of {FULL} | {one.why} |" for one in found]
        inside = nodes.container()
        self.state.nested_parse(StringList(lines, self.get_source_info()[0]), self.content_offset, inside)
        return [folded(f"Agreed marks of excerpt {self.arguments[0]}", *inside.children)]


def _rows(children: list[nodes.Node]) -> Iterator[nodes.container]:
    """What was written and the remarks that follow it, row by row."""
    text, remarks = nodes.container(classes=["tl-said"]), nodes.container(classes=["tl-margin"])
    for child in children:
        if isinstance(child, record):
            remarks += child
            continue
        if remarks.children:
            yield nodes.container("", text, remarks, classes=["tl-marked"])
            text, remarks = nodes.container(classes=["tl-said"]), nodes.container(classes=["tl-margin"])
        text += child
    yield nodes.container("", text, remarks, classes=["tl-marked"])


def _points(lost: dict[str, int]) -> nodes.table:
    rows = [(name, str(points), f"{FULL - points} of {FULL}") for name, points in lost.items()]
    total = sum(lost.values())
    rows.append(("together", str(total), f"{FULL * len(lost) - total} of {FULL * len(lost)}"))
    return table(HEADS, [[nodes.Text(cell) for cell in row] for row in rows])


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("memo", MemoDirective)
    app.add_directive("remark", RemarkDirective)
    app.add_directive("agreed", AgreedDirective)
