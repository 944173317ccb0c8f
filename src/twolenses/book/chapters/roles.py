"""The roles of a page: each prints what :mod:`twolenses.roles` says, so that a notebook reads the same.

==============================  ==============================================================================
written                         printed
==============================  ==============================================================================
``{fact}`serbian_troop_cut` ``  ``46.1%``, and a line in *Where these numbers come from*, to which it links
``{claim}`C21` ``               ``C21``, a link to its entry in the ledger, marked with the claim's verdict
``{event}`E74` ``               ``chronology, 24 September 2023``, a link to its entry in the timeline
==============================  ==============================================================================

A name that does not exist is a warning with file and line, so the book is not built.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from twolenses.book.nodes import claim_link, link_to
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


class EventRole(PrintedRole):
    """``{event}``: a link to the event's entry in the timeline."""

    def shown(self, text: str) -> nodes.Node:
        return link_to(text, f"event-{self.text.lower()}", self.env.docname)


class ClaimRole(PrintedRole):
    """``{claim}``: a link to the claim's entry in the ledger, a mark in the colour and the shape of its verdict."""

    def shown(self, text: str) -> nodes.Node:
        return claim_link(text, self.text, self.env.docname)


def setup(app: Sphinx) -> None:
    """Register the roles."""
    app.add_role("fact", FactRole())
    app.add_role("claim", ClaimRole())
    app.add_role("event", EventRole())
