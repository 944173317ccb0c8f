"""``{fact}`NAME` `` prints a figure as text; ``{claim}`C21` `` links to the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from twolenses import data, facts
from twolenses.errors import Error, near

if TYPE_CHECKING:
    from sphinx.application import Sphinx

log = logging.getLogger(__name__)


class FactRole(SphinxRole):
    """Print the figure of a fact with its qualifier. The number is plain text: it can be read, searched, copied."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The printed figure, or a warning with file and line."""
        try:
            printed = str(facts.figure(self.text))
        except Error as error:
            log.warning("{fact} %s", error, location=self.get_location())
            printed = self.text
        return [nodes.inline(self.rawtext, printed, classes=["tl-fact"], fact=self.text)], []


class ClaimRole(SphinxRole):
    """Link to one claim of the ledger by its id."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """A link, or a warning with file and line."""
        known = set(data.load("claims")["id"])
        if self.text not in known:
            log.warning(
                "{claim} names %r, which is not in the ledger. %s",
                self.text,
                near(self.text, known),
                location=self.get_location(),
            )
            return [nodes.inline(self.rawtext, self.text)], []
        link = addnodes.pending_xref(
            self.rawtext,
            nodes.inline("", self.text, classes=["tl-claim"]),
            refdomain="std",
            reftype="ref",
            reftarget=f"claim-{self.text.lower()}",
            refexplicit=True,
            refwarn=True,
            refdoc=self.env.docname,
        )
        return [link], []


def setup(app: Sphinx) -> None:
    """Register the roles."""
    app.add_role("fact", FactRole())
    app.add_role("claim", ClaimRole())
