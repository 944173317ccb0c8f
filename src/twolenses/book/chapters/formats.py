"""``{export-formats}``: what every export format makes of every type of question, and what is lost.

Made by exporting questions of the course, so that the tables say what the command would say.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from twolenses import lms, quiz
from twolenses.book.nodes import section, table
from twolenses.errors import Error

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from twolenses.lms.formats import Format

__all__ = ["tables"]

log = logging.getLogger(__name__)

COLUMNS = {"Type": 15, "Becomes": 35, "Lost": 50}
"""Heads of the columns, with their widths in percent."""


def tables(found: Sequence[Format]) -> list[nodes.section]:
    """A section with a table for each format, and a name to link to: ``[…](#format-moodle)``."""
    return [_format(one) for one in found]


def _format(one: Format) -> nodes.section:
    from twolenses.lms.formats import LEFT_OUT

    kept = sum(made != LEFT_OUT for made in one.becomes.values())
    said = nodes.paragraph("", f"{kept} of {len(one.becomes)} types. Of every question: {'; '.join(one.lost_by_all)}.")
    lines = [
        (nodes.literal("", type), nodes.Text(made), nodes.Text("; ".join(one.lost.get(type, ("–",)))))
        for type, made in one.becomes.items()
    ]
    shown = section(one.name, f"format-{one.name}", said, table(COLUMNS, lines))
    shown["names"] = [f"format-{one.name}"]
    return shown


class ExportFormatsDirective(SphinxDirective):
    """What each format makes of each type.

    Written ```` ```{export-formats} ```` (no argument, no content); out come a section and a table per format.
    """

    def run(self) -> list[nodes.Node]:
        from twolenses.lms.formats import formats, sample  # slow to import, and one page needs them

        try:
            for path in (*quiz.files(), *Path(lms.__file__).parent.rglob("*.py")):
                self.env.note_dependency(str(path))
            shown = tables(formats(sample(map(quiz.read, quiz.files()))))
        except Error as error:
            log.warning("{export-formats} %s", error, location=self.get_location())
            return []
        for one in shown:
            self.state.document.note_explicit_target(one)
        return [*shown]


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("export-formats", ExportFormatsDirective)
