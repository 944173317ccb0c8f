"""``{people}``: who is who in the ledger and the timeline, each with the rows that name them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from twolenses.book import wording
from twolenses.book.reference.records import entry, heading, jump, labelled, rows, small, values

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class PeopleDirective(SphinxDirective):
    """One section for each side, persons before bodies; one entry a row."""

    def run(self) -> list[nodes.Node]:
        """The sections."""
        people = rows("people")
        self.dates = {row["id"]: wording.date(row["date"]) for row in rows("chronology")}
        return [self._side(side, [row for row in people if row["side"] == side]) for side in values("people", "side")]

    def _side(self, side: str, part: list[dict[str, Any]]) -> nodes.section:
        section = nodes.section("", nodes.title("", side), ids=[nodes.make_id(f"side-{side}")])
        section += [self._entry(row) for row in part]
        return section

    def _entry(self, row: dict[str, Any]) -> nodes.Element:
        anchor = f"person-{row['id']}"
        node = entry(self.state.document, anchor, ["tl-person"], {"kind": row["kind"], "side": row["side"]})
        node += heading(anchor, row["name"])
        if other := _other_names(row):
            node += small(nodes.Text(other))
        node += nodes.paragraph("", "", nodes.strong("", row["affiliation"]), nodes.Text(f". {row['role']}."))
        if row["note"]:
            node += nodes.paragraph("", row["note"])
        if row["claims"]:
            links = ((one, f"claim-{one.lower()}") for one in row["claims"].split("; "))
            node += labelled("Claims:", *self._jumps(links))
        if row["events"]:
            links = ((self.dates[one], f"event-{one.lower()}") for one in row["events"].split("; "))
            node += labelled("Events:", *self._jumps(links))
        node += small(nodes.Text("Source: "), *wording.link(row["source"], row["source_url"]))
        return node

    def _jumps(self, links: Any) -> list[nodes.Node]:
        line: list[nodes.Node] = []
        for text, anchor in links:
            line += [nodes.Text(", ")] if line else []
            line.append(jump(text, anchor, self.env.docname))
        return [*line, nodes.Text(".")]


def _other_names(row: dict[str, Any]) -> str:
    forms = ((row["name_sq"], "Albanian"), (row["name_sr"], "Serbian"))
    return " · ".join(f"{tongue}: {form}" for form, tongue in forms if form)


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("people", PeopleDirective)
