"""``{agreement}``: the agreement of 2023 point by point, with what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from twolenses.book import wording
from twolenses.book.nodes import link_to, small_print, table
from twolenses.book.reference.records import rows

if TYPE_CHECKING:
    from sphinx.application import Sphinx

TEXTS = {"agreement": "Article", "annex": "Annex"}
HEADS = {"Point": 10, "What it says": 38, "State": 10, "On record": 42}


class AgreementDirective(SphinxDirective):
    """The agreement of 27 February 2023 and its annex.

    Written ```` ```{agreement} ```` (no argument, no content); out comes one table with a line per article and per
    paragraph of the annex: what it says, its state, what is on record with its source, then where the table lies.
    """

    def run(self) -> list[nodes.Node]:
        described = link_to("table", "table-agreement_2023", self.env.docname)
        caption = small_print(
            "States are our coding, by the last source found; the annex’s paragraphs are counted by us. In full: the ",
            described,
            ".",
        )
        return [table(HEADS, map(_line, rows("agreement_2023")), "tl-grid"), caption]


def _line(row: dict[str, Any]) -> list[nodes.Node]:
    due = f" (due: {row['due']})" if row["due"] else ""
    record = nodes.inline("", f"{row['record']} (")
    record += wording.link(row["source"], row["source_url"])
    record += nodes.Text(").")
    return [
        nodes.strong("", f"{TEXTS[row['text']]} {row['point']}"),
        nodes.Text(f"{row['says']}{due}."),
        nodes.emphasis("", row["state"]),
        record,
    ]


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("agreement", AgreementDirective)
