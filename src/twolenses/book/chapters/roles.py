"""``{fact}`NAME` `` prints a figure as text; ``{claim}`C21` `` and ``{event}`E74` `` link to ledger and timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from twolenses import facts
from twolenses.book import wording
from twolenses.book.reference.records import rows
from twolenses.errors import Error, suggestion

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


class RowRole(SphinxRole):
    """Link to one row of a table by its id; each kind of row has a page where every row has an address."""

    table: str
    place: str

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """A link, or a warning with file and line."""
        found = {row["id"]: row for row in rows(self.table)}
        if self.text not in found:
            log.warning(
                "{%s} names %r, which is not in the %s. %s",
                self.name,
                self.text,
                self.place,
                suggestion(self.text, found),
                location=self.get_location(),
            )
            return [nodes.inline(self.rawtext, self.text)], []
        link = addnodes.pending_xref(
            self.rawtext,
            nodes.inline("", self.printed(found[self.text]), classes=[f"tl-{self.name}"]),
            refdomain="std",
            reftype="ref",
            reftarget=f"{self.name}-{self.text.lower()}",
            refexplicit=True,
            refwarn=True,
            refdoc=self.env.docname,
        )
        return [link], []

    def printed(self, row: dict[str, Any]) -> str:
        """What the link reads."""
        return self.text


class ClaimRole(RowRole):
    """Link to one claim of the ledger by its id."""

    table, place = "claims", "ledger"


class EventRole(RowRole):
    """Link to one event of the timeline by its id, read as its date: *chronology, 24 September 2023*."""

    table, place = "chronology", "chronology"

    def printed(self, row: dict[str, Any]) -> str:
        """The date of the event, as precise as it is known."""
        return f"chronology, {wording.date(row['date'])}"


def setup(app: Sphinx) -> None:
    """Register the roles."""
    app.add_role("fact", FactRole())
    app.add_role("claim", ClaimRole())
    app.add_role("event", EventRole())
