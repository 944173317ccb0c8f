"""``{people}``: who is who in the ledger and the timeline, each with the rows that name them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from twolenses.book import wording
from twolenses.book.nodes import claim_link, entry, heading, joined, labelled, link_to, section, small_print
from twolenses.book.reference.records import rows, values

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class PeopleDirective(SphinxDirective):
    """Who is who.

    Written ```` ```{people} ```` (no argument, no content); out comes one section for each side, persons before bodies.
    One entry per row of `people`, at the address ``#person-ID``, with links to the claims and events that name them.
    """

    def run(self) -> list[nodes.Node]:
        people = rows("people")
        self.dates = {row["id"]: wording.date(row["date"]) for row in rows("chronology")}
        return [self._side(side, [row for row in people if row["side"] == side]) for side in values("people", "side")]

    def _side(self, side: str, part: list[dict[str, Any]]) -> nodes.section:
        return section(side, nodes.make_id(f"side-{side}"), *map(self._entry, part))

    def _entry(self, row: dict[str, Any]) -> nodes.Element:
        anchor = f"person-{row['id']}"
        node = entry(self.state.document, anchor, ["tl-person"], {"kind": row["kind"], "side": row["side"]})
        node += heading(anchor, row["name"])
        if other := _other_names(row):
            node += small_print(other)
        node += nodes.paragraph("", "", nodes.strong("", row["affiliation"]), nodes.Text(f". {row['role']}."))
        if row["note"]:
            node += nodes.paragraph("", row["note"])
        if row["claims"]:
            links = (claim_link(one, one, self.env.docname, made=True) for one in row["claims"].split("; "))
            node += labelled("Claims:", *joined(links, end="."))
        if row["events"]:
            events = (self._event(one) for one in row["events"].split("; "))
            node += labelled("Events:", *joined(events, end="."))
        node += small_print("Source: ", *wording.link(row["source"], row["source_url"]))
        return node

    def _event(self, id: str) -> nodes.Node:
        return link_to(self.dates[id], f"event-{id.lower()}", self.env.docname, made=True)


def _other_names(row: dict[str, Any]) -> str:
    forms = ((row["name_sq"], "Albanian"), (row["name_sr"], "Serbian"))
    return " · ".join(f"{tongue}: {form}" for form, tongue in forms if form)


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("people", PeopleDirective)
