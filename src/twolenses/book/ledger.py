"""``{ledger}``: every claim with its verdict and evidence, each at an address of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from twolenses.data import load

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class LedgerDirective(SphinxDirective):
    """One section for the claims, one for the omissions; one entry a row."""

    def run(self) -> list[nodes.Node]:
        """The sections."""
        rows = load("claims").to_dict("records")
        claims = [row for row in rows if row["verdict"] != "omission"]
        omissions = [row for row in rows if row["verdict"] == "omission"]
        return [self._part("Claims", claims), self._part("Omissions", omissions)]

    def _part(self, title: str, rows: list[dict[str, Any]]) -> nodes.section:
        section = nodes.section("", nodes.title("", title), ids=[title.lower()])
        for row in rows:
            section += self._entry(row)
        return section

    def _entry(self, row: dict[str, Any]) -> nodes.section:
        name = f"claim-{row['id'].lower()}"
        verdict = "" if row["verdict"] == "omission" else f" · {row['verdict']}"
        entry = nodes.section(
            "", nodes.title("", f"{row['id']}{verdict}"), classes=["tl-entry", f"tl-{row['verdict']}"]
        )
        entry["ids"], entry["names"] = [name], [name]
        self.state.document.note_explicit_target(entry)
        entry += nodes.paragraph("", "", nodes.strong("", row["claim"]))
        entry += nodes.paragraph("", row["correction"])
        entry += _evidence(row)
        entry += nodes.paragraph("", _small_print(row), classes=["tl-small"])
        return entry


def _evidence(row: dict[str, Any]) -> list[nodes.Node]:
    """Primary source first, then the words quoted."""
    parts: list[nodes.Node] = []
    if row["primary_source"]:
        parts.append(nodes.paragraph("", "Source: ", *_linked(row["primary_source"], row["primary_url"])))
    if row["evidence_quote"]:
        by = ", ".join(part for part in (row["evidence_publisher"], row["evidence_date"]) if part)
        quote = nodes.paragraph("", f"“{row['evidence_quote']}” ")
        quote += _linked(by, row["evidence_url"])
        parts.append(nodes.block_quote("", quote))
    return parts


def _linked(text: str, url: str) -> list[nodes.Node]:
    return [nodes.reference("", text, refuri=url, internal=False)] if url else [nodes.Text(text)]


def _small_print(row: dict[str, Any]) -> str:
    where = f"Paragraph {row['paragraph']} of the article. " if str(row["paragraph"]) != "<NA>" else ""
    basis = "" if row["basis"] == "retrieved" else " Basis: background knowledge, not settled here."
    return f"{where}Type: {row['type']}. Confidence: {row['confidence']}.{basis}"


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("ledger", LedgerDirective)
