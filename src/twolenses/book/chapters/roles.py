"""The roles of a page: each prints what :mod:`twolenses.roles` says, so that a notebook reads the same.

==============================  ==============================================================================
written                         printed
==============================  ==============================================================================
``{fact}`serbian_troop_cut` ``  ``46.1%``, and a line in *Where these numbers come from*, to which it links
``{claim}`C21` ``               ``C21``, a link to its entry in the ledger, marked with the claim's verdict
``{event}`E74` ``               ``chronology, 24 September 2023``, a link to its entry in the timeline
``{claimed}`two tanks <C21>` ``  ``two tanks``, marked and linked in the same way
``{minutes}`chapters/13-x` ``   ``45 minutes``, from the front matter of the page or counted from its words
==============================  ==============================================================================

A name that does not exist is a warning with file and line, so the book is not built.
"""

from __future__ import annotations

import re
from pathlib import Path
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

WORDS_A_MINUTE = 200


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


class ClaimedRole(SphinxRole):
    """``{claimed}``: words of the article, linked to the claim that they make and marked with its verdict."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        words, _, id = self.text.removesuffix(">").rpartition(" <")
        try:
            link = claim_link(words, printed("claim", id), self.env.docname)
        except Error as error:
            log.warning("{claimed} %s", error, location=self.get_location())
            return [nodes.inline(self.rawtext, words)], []
        link["classes"] = ["tl-claimed" if one == "tl-claim" else one for one in link["classes"]]
        return [link], []


class MinutesRole(SphinxRole):
    """``{minutes}``: how long a page takes, as its front matter says or by its words, 200 a minute."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        path = Path(self.env.doc2path(self.text))
        if not path.is_file():
            log.warning("{minutes} names %r, no page of the book.", self.text, location=self.get_location())
            return [], []
        self.env.note_dependency(str(path))
        text = path.read_text(encoding="utf-8")
        stated = re.search(r"^minutes: (\d+)$", text, re.M)
        number = int(stated[1]) if stated else max(1, round(len(text.split()) / WORDS_A_MINUTE))
        return [nodes.inline(self.rawtext, f"{number} minutes" if number > 1 else "1 minute")], []


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
    app.add_role("claimed", ClaimedRole())
    app.add_role("event", EventRole())
    app.add_role("minutes", MinutesRole())
