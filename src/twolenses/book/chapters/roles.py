"""The roles of a page: each prints what :mod:`twolenses.roles` says, so that a notebook reads the same.

==============================  ==============================================================================
written                         printed
==============================  ==============================================================================
``{fact}`serbian_troop_cut` ``  ``46.1%``, as text, and a line in *Where these numbers come from*
``{claim}`C21` ``               ``C21``, a link to its entry in the ledger
``{event}`E74` ``               ``chronology, 24 September 2023``, a link to its entry in the timeline
==============================  ==============================================================================

A name that does not exist is a warning with file and line, so the book is not built.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from twolenses.book.nodes import link_to
from twolenses.errors import Error
from twolenses.roles import printed

if TYPE_CHECKING:
    from sphinx.application import Sphinx

log = logging.getLogger(__name__)


class PrintedRole(SphinxRole):
    """Print what the role says."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        try:
            return [self.shown(printed(self.name, self.text))], []
        except Error as error:
            log.warning("{%s} %s", self.name, error, location=self.get_location())
            return [nodes.inline(self.rawtext, self.text)], []

    def shown(self, text: str) -> nodes.Node:
        """The printed text as a node."""
        raise NotImplementedError


class FactRole(PrintedRole):
    """``{fact}``: the number is plain text that can be read, searched, copied."""

    def shown(self, text: str) -> nodes.Node:
        return nodes.inline(self.rawtext, text, classes=["tl-fact"], fact=self.text)


class RowRole(PrintedRole):
    """``{claim}`` and ``{event}``: a link to the row's entry on its page."""

    def shown(self, text: str) -> nodes.Node:
        return link_to(text, f"{self.name}-{self.text.lower()}", self.env.docname, classes=[f"tl-{self.name}"])


def setup(app: Sphinx) -> None:
    """Register the roles."""
    app.add_role("fact", FactRole())
    for name in ("claim", "event"):
        app.add_role(name, RowRole())
